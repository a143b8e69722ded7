//! Commands on what a plan keeps of people: requests, decisions, kept lists; and saying no.

use std::collections::HashSet;
use std::sync::Arc;

use super::apply::unknown;
use super::command::{Change, Command};
use super::say;
use crate::error::{Code, Error, Result};
use crate::plan::{
    CivilDate, Decision, Item, MAX_RECORDS, MAX_VIEWS, Outcome, Plan, Request, RequestState, SavedView, Status,
};

/// Says no to items and requests, and keeps the reason.
pub(super) fn decline(
    plan: &Plan,
    items: Vec<String>,
    requests: Vec<String>,
    why: String,
    instead: String,
    date: Option<CivilDate>,
    decision: String,
) -> Result<(Plan, Change)> {
    if items.is_empty() && requests.is_empty() {
        return Err(Error::new(Code::InvalidRequest, "name what is declined: an item or a request").at("/items"));
    }
    let day = date.unwrap_or_else(|| plan.newest_day());
    let mut next = plan.clone();
    let mut names = Vec::new();
    let places = plan.places();
    let list = Arc::make_mut(&mut next.items);
    for (k, id) in items.iter().enumerate() {
        let place = || format!("/items/{k}");
        let slot = places.get(id.as_str()).and_then(|at| list.get_mut(*at)).ok_or_else(|| unknown(id).at(place()))?;
        if !slot.status.is_open() {
            let message = format!("{id} is {} already: decline open items", slot.status.as_str());
            return Err(Error::new(Code::InvalidRequest, message).at(place()));
        }
        names.push(format!("{id} {}", slot.title));
        *slot = Arc::new(Item { status: Status::Declined, finished: Some(day), ..(**slot).clone() });
    }
    for (k, id) in requests.iter().enumerate() {
        let all = Arc::make_mut(&mut next.requests);
        let request = all.iter_mut().find(|request| request.id == *id);
        let request = request.ok_or_else(|| no_request(id).at(format!("/requests/{k}")))?;
        let by = if request.from.is_empty() { String::new() } else { format!(" of {}", request.from) };
        names.push(format!("the request{by}: {}", request.problem.lines().next().unwrap_or_default()));
        request.outcome = Some(Outcome { state: RequestState::Declined, why: why.clone(), date: Some(day) });
    }
    let what = match names.as_slice() {
        [one] => format!("Decline {one}"),
        _ if requests.is_empty() => format!("Decline {}", say::items(names.len())),
        _ => format!("Decline {} items and requests", names.len()),
    };
    let kept = Decision {
        id: id_or_next(decision, plan),
        // A line, whatever the titles are.
        what: what.chars().take(200).collect(),
        why: why.clone(),
        instead: instead.clone(),
        date: Some(day),
        items: items.clone(),
        requests: requests.clone(),
    };
    let decision = kept.id.clone();
    if plan.decisions.iter().any(|other| other.id == decision) {
        let message = format!("there is a decision {decision} already: give the new one another id");
        return Err(Error::new(Code::DuplicateId, message).at("/decision"));
    }
    kept.check()?;
    keep(Arc::make_mut(&mut next.decisions), kept)?;
    let label = match (items.as_slice(), requests.as_slice()) {
        ([one], []) | ([], [one]) => format!("decline {one}"),
        _ => format!("decline {} items and requests", items.len() + requests.len()),
    };
    let ids = items.clone();
    let command = Command::Decline { items, requests, why, instead, date: Some(day), decision };
    Ok((next, Change { label, command, ids }))
}

pub(super) fn set_request(plan: &Plan, mut request: Box<Request>) -> Result<(Plan, Change)> {
    if request.id.trim().is_empty() {
        request.id = Plan::free_id("R-", plan.requests.iter().map(|request| request.id.as_str()));
    }
    request.check().map_err(|e| e.within("/request"))?;
    if let Some(item) = request.item.as_deref().filter(|item| plan.find(item).is_none()) {
        return Err(unknown(item).at("/request/item"));
    }
    let mut next = plan.clone();
    let requests = Arc::make_mut(&mut next.requests);
    let label = match requests.iter_mut().find(|other| other.id == request.id) {
        Some(other) => {
            other.clone_from(&request);
            format!("change the request {}", request.id)
        }
        None => {
            keep(requests, (*request).clone())?;
            format!("add the request {}", request.id)
        }
    };
    Ok((next, Change { label, command: Command::SetRequest { request }, ids: Vec::new() }))
}

pub(super) fn remove_request(plan: &Plan, id: String) -> Result<(Plan, Change)> {
    if !plan.requests.iter().any(|request| request.id == id) {
        return Err(no_request(&id).at("/id"));
    }
    let mut next = plan.clone();
    Arc::make_mut(&mut next.requests).retain(|request| request.id != id);
    if plan.decisions.iter().any(|decision| decision.requests.contains(&id)) {
        for decision in Arc::make_mut(&mut next.decisions) {
            decision.requests.retain(|request| *request != id);
        }
    }
    let label = format!("remove the request {id}");
    Ok((next, Change { label, command: Command::RemoveRequest { id }, ids: Vec::new() }))
}

pub(super) fn set_decision(plan: &Plan, mut decision: Box<Decision>) -> Result<(Plan, Change)> {
    decision.id = id_or_next(std::mem::take(&mut decision.id), plan);
    decision.check().map_err(|e| e.within("/decision"))?;
    let (items, requests): (HashSet<&str>, HashSet<&str>) = (
        plan.items.iter().map(|item| item.id.as_str()).collect(),
        plan.requests.iter().map(|request| request.id.as_str()).collect(),
    );
    if let Some((k, id)) = decision.items.iter().enumerate().find(|(_, id)| !items.contains(id.as_str())) {
        return Err(unknown(id).at(format!("/decision/items/{k}")));
    }
    if let Some((k, id)) = decision.requests.iter().enumerate().find(|(_, id)| !requests.contains(id.as_str())) {
        return Err(no_request(id).at(format!("/decision/requests/{k}")));
    }
    let mut next = plan.clone();
    let decisions = Arc::make_mut(&mut next.decisions);
    let label = match decisions.iter_mut().find(|other| other.id == decision.id) {
        Some(other) => {
            other.clone_from(&decision);
            format!("change the decision {}", decision.id)
        }
        None => {
            keep(decisions, (*decision).clone())?;
            format!("add the decision {}", decision.id)
        }
    };
    Ok((next, Change { label, command: Command::SetDecision { decision }, ids: Vec::new() }))
}

pub(super) fn remove_decision(plan: &Plan, id: String) -> Result<(Plan, Change)> {
    let mut next = plan.clone();
    let decisions = Arc::make_mut(&mut next.decisions);
    let before = decisions.len();
    decisions.retain(|decision| decision.id != id);
    if decisions.len() == before {
        return Err(no_such("decision", &id).at("/id"));
    }
    let label = format!("remove the decision {id}");
    Ok((next, Change { label, command: Command::RemoveDecision { id }, ids: Vec::new() }))
}

pub(super) fn set_view(plan: &Plan, view: Box<SavedView>) -> Result<(Plan, Change)> {
    view.check().map_err(|e| e.within("/view"))?;
    let mut next = plan.clone();
    let views = Arc::make_mut(&mut next.views);
    match views.iter_mut().find(|other| other.name == view.name) {
        Some(other) => other.clone_from(&view),
        None if plan.views.len() >= MAX_VIEWS => {
            let message = format!("a plan keeps up to {MAX_VIEWS} views: remove one first");
            return Err(Error::new(Code::TooLarge, message).at("/view"));
        }
        None => views.push((*view).clone()),
    }
    let label = format!("keep the view {}", view.name);
    Ok((next, Change { label, command: Command::SetView { view }, ids: Vec::new() }))
}

pub(super) fn remove_view(plan: &Plan, name: String) -> Result<(Plan, Change)> {
    let mut next = plan.clone();
    let views = Arc::make_mut(&mut next.views);
    let before = views.len();
    views.retain(|view| view.name != name);
    if views.len() == before {
        return Err(no_such("view", &name).at("/name"));
    }
    let label = format!("remove the view {name}");
    Ok((next, Change { label, command: Command::RemoveView { name }, ids: Vec::new() }))
}

fn id_or_next(id: String, plan: &Plan) -> String {
    if id.trim().is_empty() {
        return Plan::free_id("D-", plan.decisions.iter().map(|decision| decision.id.as_str()));
    }
    id
}

pub(super) fn keep<T>(list: &mut Vec<T>, record: T) -> Result<()> {
    if list.len() >= MAX_RECORDS {
        return Err(Error::new(Code::TooLarge, format!("a plan holds up to {MAX_RECORDS} of these: remove old ones")));
    }
    list.push(record);
    Ok(())
}

fn no_request(id: &str) -> Error {
    no_such("request", id)
}

pub(super) fn no_such(what: &str, id: &str) -> Error {
    let shown: String = id.chars().take(80).collect();
    Error::new(Code::UnknownId, format!("there is no {what} {shown}: name one of the plan's"))
}
