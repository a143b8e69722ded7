//! Promises: what was told to whom, and how it stands.

use std::sync::Arc;

use super::apply::{serves_one, unknown};
use super::command::{Change, Command};
use super::records::{keep, no_such};
use crate::error::Result;
use crate::plan::{Occasion, Plan, Promise};

pub(super) fn set_promise(plan: &Plan, mut promise: Box<Promise>) -> Result<(Plan, Change)> {
    let mut next = plan.clone();
    if promise.id.trim().is_empty() {
        promise.id = Plan::free_id("P-", plan.promises.iter().map(|promise| promise.id.as_str()));
    }
    if let Some(id) = promise.item.as_deref().filter(|id| plan.find(id).is_none()) {
        return Err(unknown(id).at("/promise/item"));
    }
    serves_one(plan, promise.objective.as_deref()).map_err(|e| e.at("/promise/objective"))?;
    if promise.what.trim().is_empty() {
        promise.what = named(plan, &promise);
    }
    if let Some((k, id)) = promise.items.iter().enumerate().find(|(_, id)| plan.find(id).is_none()) {
        return Err(unknown(id).at(format!("/promise/items/{k}")));
    }
    promise.check().map_err(|e| e.within("/promise"))?;
    let place = plan.promises.iter().position(|other| other.id == promise.id);
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
