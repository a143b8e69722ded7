//! The definition of ready, looked at item by item.

use serde::Serialize;

use super::outlook::Prepared;
use super::query::score_of;
use crate::plan::{Item, ReadyPoint, ReadyRule, Unit};
use crate::score::Scorer;

/// A point of the definition of ready, for one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ReadyView {
    /// What it says.
    pub text: String,
    /// Whether it holds.
    pub holds: bool,
    /// Whether the plan looks at it itself; otherwise somebody ticks it.
    pub seen: bool,
}

/// Every point of the plan's definition of ready.
pub(super) fn points(plan: &Prepared, scorer: &Scorer, item: &Item) -> Vec<ReadyView> {
    let view = |point: &ReadyPoint| ReadyView {
        text: point.text.clone(),
        holds: holds(plan, scorer, item, point),
        seen: point.rule.is_some(),
    };
    plan.plan.agreement.ready.iter().map(view).collect()
}

/// Whether every point holds.
pub(super) fn is_ready(plan: &Prepared, scorer: &Scorer, item: &Item) -> bool {
    plan.plan.agreement.ready.iter().all(|point| holds(plan, scorer, item, point))
}

fn holds(plan: &Prepared, scorer: &Scorer, item: &Item, point: &ReadyPoint) -> bool {
    let Some(rule) = point.rule else { return item.ready.contains(&point.text) };
    let said = |text: &str| !text.trim().is_empty();
    match rule {
        ReadyRule::Story => said(&item.story.as_a) && said(&item.story.i_want) && said(&item.story.so_that),
        ReadyRule::Criteria => !item.criteria.is_empty(),
        ReadyRule::Sized => item.size.is_some() || plan.plan.unit == Unit::Items,
        ReadyRule::Small => half_a_sprint(plan).is_none_or(|half| item.size.is_some_and(|size| size.mean() <= half)),
        ReadyRule::Scored => score_of(scorer, item).is_ok(),
        ReadyRule::Objective => item.objective.is_some(),
        ReadyRule::Free => item.blocked.is_none() && !item.needs.iter().any(|need| plan.is_open(need)),
    }
}

/// Half of what a usual sprint finishes; nothing where that is not known, or every item counts as one.
pub(super) fn half_a_sprint(plan: &Prepared) -> Option<f64> {
    Some(plan.usual_sprint() / 2.0).filter(|half| *half > 0.0 && plan.plan.unit == Unit::Points)
}
