//! The voice of the customer and the record of decisions, as the page shows them.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::planner::Planner;
use super::view::Link;
use crate::plan::{Decision, Plan, Request, RequestState};

/// Which requests to give; all conditions must hold.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct RequestQuery {
    /// Only those as far as this.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub state: Option<RequestState>,
    /// Only those of this person or team.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub from: Option<String>,
    /// Only those that this item would solve.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub item: Option<String>,
    /// Only those in whose words every word of this occurs.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub search: String,
}

/// A request, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct RequestView {
    /// The request as it stands in the plan.
    pub request: Request,
    /// How far it has come: as it was answered, else as its item stands.
    pub state: RequestState,
    /// Why, where somebody said so.
    pub why: String,
    /// The item that would solve it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub item: Option<Link>,
}

/// A decision, and what it was about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct DecisionView {
    /// The decision as it stands in the plan.
    pub decision: Decision,
    /// The items it is about.
    pub items: Vec<Link>,
    /// The requests it is about.
    pub requests: Vec<Request>,
}

impl Planner {
    /// What was asked for, the newest first.
    pub fn requests(&self, query: &RequestQuery) -> Vec<RequestView> {
        let plan = self.plan();
        let words: Vec<String> = query.search.split_whitespace().map(str::to_lowercase).collect();
        let wanted = |view: &RequestView| {
            let request = &view.request;
            let text = || format!("{} {} {}", request.id, request.from, request.problem).to_lowercase();
            query.state.is_none_or(|state| state == view.state)
                && query.from.as_ref().is_none_or(|from| *from == request.from)
                && query.item.as_ref().is_none_or(|item| request.item.as_ref() == Some(item))
                && (words.is_empty() || words.iter().all(|word| text().contains(word.as_str())))
        };
        let links = links(plan);
        let mut views: Vec<RequestView> =
            plan.requests.iter().rev().map(|one| request_view(plan, &links, one)).collect();
        views.retain(wanted);
        // Those without a day come first: nobody has looked at them yet.
        let day = |view: &RequestView| view.request.date.map_or((1, None), |date| (0, Some(date)));
        crate::sort::by(&mut views, |a, b| day(b).cmp(&day(a)));
        views
    }

    /// What was decided, the newest first.
    pub fn decisions(&self) -> Vec<DecisionView> {
        let plan = self.plan();
        let links = links(plan);
        plan.decisions.iter().rev().map(|decision| decision_view(plan, &links, decision)).collect()
    }
}

/// Every item as a link, by id.
pub(super) fn links(plan: &Plan) -> HashMap<&str, Link> {
    let link =
        |item: &crate::plan::Item| Link { id: item.id.clone(), title: item.title.clone(), status: Some(item.status) };
    let named: HashSet<&str> = (plan.requests.iter().filter_map(|request| request.item.as_deref()))
        .chain(plan.decisions.iter().flat_map(|decision| &decision.items).map(String::as_str))
        .collect();
    if named.is_empty() {
        return HashMap::new();
    }
    let items = plan.items.iter().filter(|item| named.contains(item.id.as_str()));
    items.map(|item| (item.id.as_str(), link(item))).collect()
}

pub(super) fn request_view(plan: &Plan, links: &HashMap<&str, Link>, request: &Request) -> RequestView {
    let (state, why) = plan.state_of(request);
    let item = request.item.as_deref().and_then(|id| links.get(id)).cloned();
    RequestView { request: request.clone(), state, why: why.to_owned(), item }
}

pub(super) fn decision_view(plan: &Plan, links: &HashMap<&str, Link>, decision: &Decision) -> DecisionView {
    DecisionView {
        items: decision.items.iter().filter_map(|id| links.get(id.as_str())).cloned().collect(),
        requests: plan.requests.iter().filter(|request| decision.requests.contains(&request.id)).cloned().collect(),
        decision: decision.clone(),
    }
}
