//! Putting the whole backlog in order, looked at before it is done.

use serde::{Deserialize, Serialize};

use super::command::Command;
use super::planner::Planner;
use super::ranking::Field;
use super::say;
use crate::error::Result;
use crate::plan::{CivilDate, Moscow};
use crate::score::{self, DelayCost};

/// By what the remaining work is put in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
pub enum OrderBy {
    /// By value under dependencies: what is worth most per unit of time first, nothing before what it needs, and what
    /// others wait for as early as their worth says.
    #[default]
    Value,
    /// By score, the highest first, with no regard to dependencies.
    Score,
}

/// Which order is wanted.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct OrderQuery {
    /// By what; `value` when absent.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub by: OrderBy,
    /// Whether MoSCoW classes go first: all musts, then all shoulds, and so on; what has no class counts as a could.
    /// Only by score.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub classes: bool,
    /// As in [`Options`](super::Options).
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub today: Option<CivilDate>,
    /// As in [`Options`](super::Options).
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub trials: Option<u32>,
}

/// An order, before it is taken.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct OrderPreview {
    /// What puts the items in this order; absent where it is today's.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub command: Option<Command>,
    /// The items whose place changes, in the new order.
    pub moves: Vec<Move>,
    /// What today's order costs, and this one; absent when no item has a score.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "{ given: number; best: number }"))]
    pub cost: Option<DelayCost>,
    /// Whether dates are missing because their simulation has not been run.
    pub stale: bool,
    /// What it means: "12 of 41 items move: 5 land earlier, 7 later. Delay costs 14 % less than today."
    pub sentence: String,
    /// What a person should know: items without a score, items that would stand before what they need.
    pub notes: Vec<String>,
}

/// An item whose place changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Move {
    /// The key.
    pub id: String,
    /// What it is.
    pub title: String,
    /// Its place now, from 1.
    pub from: usize,
    /// Its place then.
    pub to: usize,
    /// The day by which it is 85 % sure now; absent beyond the horizon, and without a forecast.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub before: Option<CivilDate>,
    /// That day then.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub after: Option<CivilDate>,
}

impl Planner {
    /// What it would mean to put the remaining work in order: the command for it, what moves, which dates change, and
    /// what it saves. What is in progress stays first; what has no score keeps its place.
    ///
    /// # Errors
    /// When the plan is too large to simulate.
    pub fn order(&self, query: &OrderQuery) -> Result<OrderPreview> {
        let now = self.outlook(self.shown(), query.today, query.trials)?;
        let plan = &now.plan;
        let scorer = super::query::scorer(plan);
        let field = Field::of(&now, &scorer);
        let class = |place: u32| {
            let item = now.item(field.begun + place as usize).filter(|_| query.classes);
            item.map_or(0, |item| item.moscow.unwrap_or(Moscow::Could) as u32)
        };
        let arranged = field.arrange();
        let order = match query.by {
            OrderBy::Value => arranged.order.clone(),
            OrderBy::Score => field.by_score(class),
        };
        let scored = field.scores.iter().filter(|score| score.is_ok()).count();
        // What stands before what it needs waits for it.
        let cost = score::cost(&score::keeping_needs(&order, &field.needs), &field.scores, &field.durations);
        let cost = (scored > 0).then_some(DelayCost { given: arranged.cost.given, best: cost });
        let ids = order.iter().filter_map(|place| now.item(field.begun + *place as usize)).map(|item| item.id.clone());
        let command = Command::OrderItems { ids: ids.collect() };
        let moved = |(at, place): (usize, &u32)| *place as usize != at;
        let moving = order.iter().enumerate().any(moved);
        let (then, _) = super::apply::apply(plan, command.clone())?;
        let then = self.outlook(then, query.today, query.trials)?;
        let stale = now.stale() || then.stale();
        let moves = order.iter().enumerate().filter(|(at, place)| moved((*at, place))).filter_map(|(at, place)| {
            let (from, to) = (field.begun + *place as usize, field.begun + at);
            let item = now.item(from)?;
            let day = |outlook: &super::outlook::Outlook, rank| outlook.lands(rank).filter(|_| !stale)?.p85;
            Some(Move {
                id: item.id.clone(),
                title: item.title.clone(),
                from: from + 1,
                to: to + 1,
                before: day(&now, from),
                after: day(&then, to),
            })
        });
        let moves: Vec<Move> = moves.collect();
        let mut at = vec![0; order.len()];
        order.iter().enumerate().for_each(|(k, place)| at.get_mut(*place as usize).into_iter().for_each(|at| *at = k));
        let of = |place: u32| at.get(place as usize).copied().unwrap_or_default();
        let waits = |(place, needs): (u32, &Vec<u32>)| needs.iter().any(|need| of(*need) > of(place));
        let waiting = (0..).zip(&field.needs).filter(|one| waits(*one)).count();
        Ok(OrderPreview {
            command: moving.then_some(command),
            sentence: say::order(&moves, order.len(), cost, stale),
            notes: say::order_notes(field.scores.len() - scored, waiting, field.begun),
            moves,
            cost,
            stale,
        })
    }
}
