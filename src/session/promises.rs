//! Promises: what was told to whom, and how it stands.

use std::sync::Arc;

use serde::Serialize;

use super::apply::{serves_one, unknown};
use super::command::{Change, Command};
use super::outlook::Target;
use super::planner::Planner;
use super::records::{keep, no_such};
use super::say;
use super::view::{Lands, Options};
use super::why::Standing;
use crate::error::Result;
use crate::plan::{CivilDate, Occasion, Plan, Promise, PromiseState};

/// A promise, and what the forecast says of it now.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct PromiseView {
    /// The promise as it stands in the plan.
    pub promise: Promise,
    /// How it stands.
    pub state: PromiseState,
    /// The chance now that it is kept, 0..1; absent where that is known, or nothing can be forecast.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub chance: Option<f64>,
    /// The same as it is shown: "62 %".
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub chance_text: Option<String>,
    /// When what it is about lands now.
    pub lands: Lands,
    /// How many of the items that it was about are open still.
    pub open: usize,
    /// "told Sales 29 Jan at 85 % on 3 Nov; now 62 %".
    pub sentence: String,
    /// Whether the forecast that it rested on is still kept, so that it can be said what moved it.
    pub explained: bool,
}

impl Planner {
    /// What was told to whom, the newest first, and what the forecast says of it now.
    ///
    /// # Errors
    /// As [`Self::summary`]; with [`Missing::Previous`](super::Missing) it waits for a simulation that is missing.
    pub fn promises(&self, options: &Options) -> Result<Vec<PromiseView>> {
        let plan = &self.assuming_in(options.scenario.as_deref(), &options.assume)?;
        let mut views = Vec::with_capacity(plan.promises.len());
        for promise in plan.promises.iter().rev() {
            let standing = Standing::of(self, plan.clone(), options.today, options.trials, target_of(promise))?;
            let today = standing.today();
            let state = plan.promise_state(promise, today);
            let gone = promise.item.as_deref().is_some_and(|id| plan.find(id).is_none())
                || promise.objective.as_deref().is_some_and(|id| plan.objective(id).is_none());
            let open = plan.items.iter().filter(|item| item.status.is_open() && promise.items.contains(&item.id));
            let open = open.count();
            let chance = standing.chance_by(promise.by).filter(|_| state == PromiseState::Open && !gone);
            let chance_text = chance.map(|chance| say::chance(chance, standing.trials()));
            let day = |day: CivilDate| day.spoken(today);
            let told = format!(
                "told {} {} at {} on {}",
                promise.to,
                day(promise.by),
                say::chance(promise.chance, standing.trials()),
                day(promise.told)
            );
            let now = match (state, &chance_text) {
                (PromiseState::Kept, _) => "kept".to_owned(),
                (PromiseState::Broken, _) if open > 0 => {
                    format!("broken: {} {} still open", say::items(open), if open == 1 { "is" } else { "are" })
                }
                (PromiseState::Broken, _) => "broken: it landed later".to_owned(),
                (PromiseState::Withdrawn, _) => "withdrawn".to_owned(),
                (PromiseState::Open, _) if gone => "what it is about is no longer in the plan".to_owned(),
                (PromiseState::Open, Some(chance)) => format!("now {chance}"),
                (PromiseState::Open, None) => "no forecast yet".to_owned(),
            };
            views.push(PromiseView {
                promise: promise.clone(),
                state,
                chance,
                chance_text,
                lands: standing.lands(),
                open,
                sentence: format!("{told}; {now}"),
                explained: plan.kept.iter().any(|kept| kept.id == promise.forecast),
            });
        }
        Ok(views)
    }
}

/// What a promise is about.
pub(super) fn target_of(promise: &Promise) -> Target {
    match (&promise.objective, &promise.item, &promise.tag) {
        (Some(id), ..) => Target::Objective(id.clone()),
        (_, Some(id), _) => Target::Item(id.clone()),
        (.., Some(tag)) => Target::Tag(tag.clone()),
        _ => Target::Everything,
    }
}

pub(super) fn set_promise(plan: &Plan, mut promise: Box<Promise>) -> Result<(Plan, Change)> {
    let mut next = plan.clone();
    if promise.id.trim().is_empty() {
        promise.id = Plan::free_id("P-", plan.promises.iter().map(|promise| promise.id.as_str()));
    }
    let place = plan.promises.iter().position(|other| other.id == promise.id);
    if place.is_none() {
        if let Some(id) = promise.item.as_deref().filter(|id| plan.find(id).is_none()) {
            return Err(unknown(id).at("/promise/item"));
        }
        serves_one(plan, promise.objective.as_deref()).map_err(|e| e.at("/promise/objective"))?;
    }
    if promise.what.trim().is_empty() {
        promise.what = named(plan, &promise);
    }
    if let Some((k, id)) = promise.items.iter().enumerate().find(|(_, id)| plan.find(id).is_none()) {
        return Err(unknown(id).at(format!("/promise/items/{k}")));
    }
    promise.check().map_err(|e| e.within("/promise"))?;
    if place.is_none() {
        if promise.items.is_empty() {
            promise.items = about(plan, &promise);
        }
        promise.forecast = next.keep_forecast(promise.told, Occasion::Promise).unwrap_or_default();
    } else if !plan.kept.iter().any(|kept| kept.id == promise.forecast) {
        promise.forecast.clear();
    }
    let promises = Arc::make_mut(&mut next.promises);
    let label = match place.and_then(|place| promises.get_mut(place)) {
        Some(slot) => {
            slot.clone_from(&promise);
            format!("change the promise to {}", promise.to)
        }
        None => {
            keep(promises, (*promise).clone())?;
            format!("note the promise to {}", promise.to)
        }
    };
    Ok((next, Change { label, command: Command::SetPromise { promise }, ids: Vec::new() }))
}

pub(super) fn remove_promise(plan: &Plan, id: String) -> Result<(Plan, Change)> {
    let mut next = plan.clone();
    let promises = Arc::make_mut(&mut next.promises);
    let before = promises.len();
    promises.retain(|promise| promise.id != id);
    if promises.len() == before {
        return Err(no_such("promise", &id).at("/id"));
    }
    let label = format!("remove the promise {id}");
    Ok((next, Change { label, command: Command::RemovePromise { id }, ids: Vec::new() }))
}

/// What a promise is about, in words: "LF-3 Guest checkout", "the work for Leads +20 %".
fn named(plan: &Plan, promise: &Promise) -> String {
    let objective = promise.objective.as_deref().and_then(|id| plan.objective(id));
    let item = promise.item.as_deref().and_then(|id| plan.find(id));
    let words = match (objective, item, &promise.tag) {
        (Some(objective), ..) => format!("the work for {}", objective.name),
        (_, Some((_, item)), _) => format!("{} {}", item.id, item.title),
        (.., Some(tag)) => format!("all that is tagged {tag}"),
        _ => "all of the plan".to_owned(),
    };
    words.chars().take(200).collect()
}

/// The open items that a promise is about, by id: of an epic its children.
fn about(plan: &Plan, promise: &Promise) -> Vec<String> {
    let containers = plan.containers();
    let places = plan.places();
    let under = |id: &str, of: &str| {
        let parent = |id: &str| places.get(id).and_then(|place| plan.items.get(*place)?.parent.as_deref());
        let chain = std::iter::successors(Some(id), |id| parent(id)).take(crate::plan::MAX_LEVELS);
        chain.into_iter().any(|id| id == of)
    };
    let own = plan.items.iter().filter(|item| item.status.is_open() && !containers.contains(item.id.as_str()));
    let own = own.filter(|item| match (&promise.objective, &promise.item, &promise.tag) {
        (Some(id), ..) => item.objective.as_ref() == Some(id),
        (_, Some(id), _) => under(&item.id, id),
        (.., Some(tag)) => item.tags.contains(tag),
        _ => true,
    });
    own.map(|item| item.id.clone()).collect()
}
