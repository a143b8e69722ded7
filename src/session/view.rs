//! What the page shows: small values, computed here and nowhere else.

use serde::{Deserialize, Serialize};

use crate::plan::{
    Agreement, Assumptions, Calendar, CivilDate, Filter, Item, Kind, Moscow, Objective, Period, Reading, SavedView,
    Scoring, Status, Team, Unit,
};
use crate::range::{Range, Uncertain};

use super::command::Command;
use super::compare::ScenarioView;
use super::ranking::InputView;
use super::readiness::ReadyView;
use super::voices::{DecisionView, RequestView};
use crate::score::ScoreRange;
use crate::story::Finding;

/// What every query may be given.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Options {
    /// The day to plan from; without it, the newest day that the plan knows of.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub today: Option<CivilDate>,
    /// Trials; without it, 10,000.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub trials: Option<u32>,
    /// Commands to assume on top of the plan for this answer alone: what would be, if.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub assume: Vec<Command>,
    /// The scenario to answer in, by name; the one that was entered when absent.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub scenario: Option<String>,
}

/// Which rows to give.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct RowQuery {
    /// The first row, from 0.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub from: usize,
    /// How many; all from `from` on when absent.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub count: Option<usize>,
    /// Only rows in whose id, title or tags every word of this occurs.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub search: String,
    /// Which items; the remaining work when absent.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub filter: Filter,
    /// As in [`Options`].
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub today: Option<CivilDate>,
    /// As in [`Options`].
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub trials: Option<u32>,
    /// As in [`Options`].
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub assume: Vec<Command>,
    /// As in [`Options`].
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub scenario: Option<String>,
}

/// When something lands: the days by which it has landed with these chances; null where it lies beyond the horizon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Lands {
    /// With 15 %.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "CivilDate | null"))]
    pub p15: Option<CivilDate>,
    /// With 50 %.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "CivilDate | null"))]
    pub p50: Option<CivilDate>,
    /// With 70 %.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "CivilDate | null"))]
    pub p70: Option<CivilDate>,
    /// With 85 %: the date to tell people.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "CivilDate | null"))]
    pub p85: Option<CivilDate>,
    /// With 95 %.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "CivilDate | null"))]
    pub p95: Option<CivilDate>,
}

/// The answer to a row query.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Rows {
    /// How many rows match, of which `rows` holds the part that was asked for.
    pub total: usize,
    /// The rows, in order.
    pub rows: Vec<Row>,
    /// As in [`Summary`]: then there are no bands, and new items have no date yet.
    pub stale: bool,
    /// Where the list of work crosses what is 85 % sure by the end of a sprint. Only for the whole list of work.
    pub bands: Vec<Band>,
    /// When all work with the tag asked for has landed; absent where none was asked for, or no open item has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub tagged: Option<TagView>,
    /// The first and last day that the strips of the whole list need.
    pub axis: Axis,
}

/// The remaining work with a tag.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct TagView {
    /// The tag.
    pub tag: String,
    /// How many items of remaining work have it, or belong to an epic that has.
    pub open: usize,
    /// When the last of them lands.
    pub lands: Lands,
    /// The same as a sentence: "85 % sure that the 7 items tagged acme land by 12 May".
    pub sentence: String,
}

/// A team, and how its work stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct TeamView {
    /// The team as it stands in the plan.
    pub team: Team,
    /// How many items of remaining work are its own.
    pub open: usize,
    /// "12 sprints, 8–24, median 18", "a guess: 8–14–20 points a sprint", or "not known yet".
    pub velocity: String,
    /// Whether its items wait for a history or a guess.
    pub needs_history: bool,
    /// Its guess, where it rests on one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub guess: Option<Range>,
}

/// A name by which items name a team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct TeamName {
    /// The name.
    pub name: String,
    /// How many items carry it.
    pub items: usize,
}

/// The forecast of one team.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct TeamForecast {
    /// The team's name; blank where the plan names none.
    pub name: String,
    /// Items of its remaining work.
    pub items: usize,
    /// Their mean size together.
    pub amount: f64,
    /// When the last of them lands.
    pub lands: Lands,
    /// "12 sprints, 8–24, median 18".
    pub velocity: String,
    /// The periods of its past, oldest first.
    pub history: Vec<Period>,
    /// Its future sprints.
    pub sprints: Vec<FutureSprint>,
}

/// The days that a picture spans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Axis {
    /// The first day.
    pub from: CivilDate,
    /// The last day.
    pub to: CivilDate,
}

/// One item in a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// The key.
    pub id: String,
    /// What it is.
    pub title: String,
    /// What sort of thing it is.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// How far it has come.
    pub status: Status,
    /// Its place in the remaining work, from 1; absent for what is no work.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub rank: Option<usize>,
    /// Its score by the plan's method; absent when inputs are missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub score: Option<f64>,
    /// The inputs that are missing for a score.
    pub missing: Vec<String>,
    /// Its score by the method shown beside.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub beside: Option<f64>,
    /// Its size, as given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub size: Option<Uncertain>,
    /// The mean size that the forecast takes where nobody has given one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub assumed_size: Option<f64>,
    /// Whether it is an epic that is not broken down yet.
    pub not_broken_down: bool,
    /// When it lands; absent for what is done or declined.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub lands: Option<Lands>,
    /// When it was finished.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub finished: Option<CivilDate>,
    /// The objective it serves, by id.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub objective: Option<String>,
    /// The item it is a part of, by id.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub parent: Option<String>,
    /// The open items that must be done first, by id.
    pub needs: Vec<String>,
    /// Labels.
    pub tags: Vec<String>,
    /// Why it waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub blocked: Option<String>,
    /// Its MoSCoW class.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub moscow: Option<Moscow>,
    /// How many requests it would solve.
    pub requests: usize,
    /// Whether every point of the definition of ready holds; false for what is no work.
    pub ready: bool,
}

/// A line in the list of work: everything above it is 85 % sure by the end of a sprint.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Band {
    /// How many rows stand above it.
    pub after: usize,
    /// The last day of the sprint.
    pub end: CivilDate,
    /// The same as a sentence: "Sprint to 5 Feb: everything above is 85 % sure".
    pub sentence: String,
}

/// Everything about one item.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ItemDetail {
    /// The item as it stands in the plan.
    pub item: Item,
    /// The same as in a list.
    pub row: Row,
    /// As in [`Summary`].
    pub stale: bool,
    /// The score with its range, when an input is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "{ p10: number; p90: number }"))]
    pub score_range: Option<ScoreRange>,
    /// The inputs that the plan's method takes, in order; the last divides.
    pub inputs: Vec<String>,
    /// When it lands, as a sentence: "85 % sure by 29 Jan, half sure by 20 Jan. Needs LF-3 first."
    pub sentence: String,
    /// How it got its size, when nobody gave one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub size_note: Option<String>,
    /// Its objective, and the chance of that objective's work.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub objective: Option<ObjectiveView>,
    /// Its children.
    pub children: Vec<Link>,
    /// Items that must be done before it.
    pub needs: Vec<Link>,
    /// Items that wait for it.
    pub needed_by: Vec<Link>,
    /// The definition of ready, point by point.
    pub ready: Vec<ReadyView>,
    /// What makes it less than ready to be built, by the rules for stories.
    pub findings: Vec<Finding>,
    /// The requests that it would solve.
    pub requests: Vec<RequestView>,
    /// The decisions about it, the newest first.
    pub decisions: Vec<DecisionView>,
    /// How many use what it is about, where the number came from and when: "reach: 1,240 users, Amplitude, 1 to 30 Nov 2026".
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub usage: Option<String>,
    /// The effect expected of it on its objective, and what readings have shown since it landed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub effect: Option<String>,
}

/// Another item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Link {
    /// Its key.
    pub id: String,
    /// What it is; empty when it is not in the plan.
    pub title: String,
    /// How far it has come; absent when it is not in the plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub status: Option<Status>,
}

/// An objective, and how its work stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ObjectiveView {
    /// The objective as it stands in the plan.
    pub objective: Objective,
    /// How many items of remaining work serve it.
    pub open: usize,
    /// How many items that serve it were delivered.
    pub done: usize,
    /// When the last of its work lands.
    pub lands: Lands,
    /// The chance that its work lands by its date, 0..1; absent without a date or without work.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub chance: Option<f64>,
    /// The chance as it is shown: "78 %", "> 99 %".
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub chance_text: Option<String>,
    /// The same as a sentence: "the work for Leads +20 % is 78 % likely by 31 Mar".
    pub sentence: String,
    /// Where its metric stands, and what open items are expected to add.
    pub outcome: OutcomeView,
}

/// Where an objective's metric stands.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct OutcomeView {
    /// The newest reading.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub now: Option<Reading>,
    /// The share of the way from the first reading to the target that is behind, 0 where it went the other way; absent
    /// without a target and two readings.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub progress: Option<f64>,
    /// What open items are expected to add, all together, in the metric's unit; absent where none says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub expected: Option<f64>,
    /// "1,046 of 1,200 new customers a month on 3 Nov; open items are expected to add 90".
    pub sentence: String,
}

/// What stands above the list.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// What the plan is called.
    pub name: String,
    /// Whether it is the sample.
    pub sample: bool,
    /// What sizes and velocities are counted in.
    pub unit: Unit,
    /// The day from which it is planned.
    pub today: CivilDate,
    /// Whether the simulation of the plan as it is now is still to be run: what is told of the time to come is then of
    /// the plan before the last changes, or absent.
    pub stale: bool,
    /// "85 % sure that all 41 items land by 12 May", or what is missing for that.
    pub headline: String,
    /// Whether the dates rest on a guess, for want of a history.
    pub guess: bool,
    /// Whether a forecast needs a history or a guess first.
    pub needs_history: bool,
    /// When everything has landed.
    pub lands: Lands,
    /// How many items each list holds.
    pub counts: Counts,
    /// Every objective, in order.
    pub objectives: Vec<ObjectiveView>,
    /// Every tag, the most frequent first.
    pub tags: Vec<String>,
    /// How items are scored.
    pub scoring: Scoring,
    /// What the method asks of each item, with the values that are offered.
    pub inputs: Vec<InputView>,
    /// Who has requested something, the most frequent first.
    pub requesters: Vec<String>,
    /// The lists that somebody has kept.
    pub views: Vec<SavedView>,
    /// What would be, if: the plan's scenarios.
    pub scenarios: Vec<ScenarioView>,
    /// The scenario that was entered, by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub scenario: Option<String>,
    /// How many promises there are.
    pub promises: usize,
    /// How many forecasts are kept.
    pub kept: usize,
    /// The definition of ready, and the house rules for stories.
    pub agreement: Agreement,
    /// The plan's calendar.
    pub calendar: Calendar,
    /// Who works: each team of the plan. One, without a name, where the plan has none.
    pub teams: Vec<TeamView>,
    /// The names by which items name teams, the most frequent first.
    pub team_names: Vec<TeamName>,
    /// What forecasts assume.
    pub assumptions: Assumptions,
    /// The team's guess.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub team_guess: Option<Range>,
    /// "12 sprints, 8–24, median 18", or "a guess: 8–14–20".
    pub velocity: String,
    /// What the next undo takes back: "move LF-3".
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub undo: Option<String>,
    /// What the next redo does again.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub redo: Option<String>,
    /// What the forecast had to assume: "6 items have no size".
    pub notes: Vec<String>,
    /// The assumption that is worth mending first.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub weakest: Option<String>,
}

/// How many items there are of each sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// Items of remaining work.
    pub work: usize,
    /// Of these, without a size.
    pub without_size: usize,
    /// Of these, without a score.
    pub unscored: usize,
    /// Of these, waiting for something.
    pub blocked: usize,
    /// Of these, with every point of the definition of ready.
    pub ready: usize,
    /// Of these, serving no objective.
    pub unserving: usize,
    /// Of these, epics that are not broken down.
    pub not_broken_down: usize,
    /// Open epics with children.
    pub epics: usize,
    /// Delivered items, without epics that have children.
    pub done: usize,
    /// Declined items.
    pub declined: usize,
    /// All items.
    pub all: usize,
    /// Requests that nobody has answered.
    pub requests: usize,
    /// Decisions.
    pub decisions: usize,
}

/// The forecast of a plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct PlanForecast {
    /// As in [`Summary`].
    pub stale: bool,
    /// "85 % sure that all 41 items land by 12 May".
    pub headline: String,
    /// "Half sure by 16 Apr · from 14 sprints of history, calibrated · 10,000 trials".
    pub basis: String,
    /// Whether the dates rest on a guess.
    pub guess: bool,
    /// What sizes and velocities are counted in.
    pub unit: Unit,
    /// When everything has landed.
    pub lands: Lands,
    /// The chance that everything lands within the horizon, 0..1.
    pub within_horizon: f64,
    /// Items of remaining work.
    pub items: usize,
    /// Their mean size together.
    pub amount: f64,
    /// The periods of the past that velocity is drawn from, oldest first.
    pub history: Vec<Period>,
    /// What was finished up to now, and what will be: the burn-up.
    pub burn_up: BurnUp,
    /// How likely everything is to land in each sprint.
    pub finish: Vec<FinishShare>,
    /// "Most likely in the sprint to 16 Apr; …", the finish histogram as a sentence.
    pub finish_sentence: String,
    /// Every objective.
    pub objectives: Vec<ObjectiveView>,
    /// All work with each tag, in the order of [`Summary::tags`].
    pub tags: Vec<TagView>,
    /// The future sprints with their capacity, as many as the burn-up shows; that of all teams together where there are
    /// several, each weighing as much as it usually finishes.
    pub sprints: Vec<FutureSprint>,
    /// The same team by team: one where the plan has no teams.
    pub teams: Vec<TeamForecast>,
    /// What had to be assumed.
    pub notes: Vec<String>,
}

/// The burn-up: amounts in the plan's unit, counted from the first day of its past.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct BurnUp {
    /// What had been finished by the end of each past period.
    pub past: Vec<BurnPoint>,
    /// What will have been finished by the end of each future sprint.
    pub cone: Vec<ConePoint>,
    /// What there is to finish in all: done and remaining.
    pub scope: f64,
    /// The same as a sentence.
    pub sentence: String,
}

/// An amount at the end of a day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct BurnPoint {
    /// The day.
    pub end: CivilDate,
    /// The amount.
    pub amount: f64,
}

/// The amounts that will have been finished by a day with these chances: `p85` is what is 85 % sure, and so the least.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ConePoint {
    /// The day.
    pub end: CivilDate,
    /// Reached with 95 %.
    pub p95: f64,
    /// Reached with 85 %.
    pub p85: f64,
    /// Reached with 50 %.
    pub p50: f64,
    /// Reached with 15 %.
    pub p15: f64,
}

/// The chance that everything lands in a sprint.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct FinishShare {
    /// The sprint's first day (today, in the running one).
    pub start: CivilDate,
    /// The sprint's last day.
    pub end: CivilDate,
    /// The share of trials in which the last item lands in it, 0..1.
    pub share: f64,
    /// The share of trials in which everything has landed by its end, 0..1.
    pub by_then: f64,
}

/// A sprint to come.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct FutureSprint {
    /// Its first day.
    pub start: CivilDate,
    /// Its last day.
    pub end: CivilDate,
    /// The share of a usual sprint's capacity that it has: without holidays, absences and days gone by, with those who
    /// join and without those who leave, times what was entered by hand.
    pub capacity: f64,
    /// Why: "82 % — 2 holidays, Ada away 3 days".
    pub sentence: String,
    /// The share entered by hand, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub factor: Option<f64>,
}
