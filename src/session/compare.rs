//! A scenario beside the plan: what lands earlier, what later, and what that means, on the same draws.

use std::cmp::Reverse;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::effects::say_shift;
use super::outlook::{GroupKey, Outlook};
use super::planner::Planner;
use super::query::scorer;
use super::ranking::Field;
use super::scenarios::{OnTop, mark, named};
use super::view::Lands;
use super::{say, trade_off};
use crate::error::Result;
use crate::plan::{CivilDate, Plan};

/// What a scenario is compared with.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct CompareOptions {
    /// Another scenario, by name; the plan itself when absent.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub against: Option<String>,
    /// As in [`Options`](super::Options).
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub today: Option<CivilDate>,
    /// As in [`Options`](super::Options).
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub trials: Option<u32>,
}

/// A scenario beside the plan, or beside another scenario.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    /// The scenario's name.
    pub scenario: String,
    /// The trade-off in one sentence, to be pasted.
    pub sentence: String,
    /// When everything lands.
    pub total: Shift,
    /// The items whose dates differ, that are added, or that are left out; in the order of the scenario, what is left out
    /// last.
    pub items: Vec<ItemShift>,
    /// How many items land as they do without it.
    pub unchanged: usize,
    /// Every objective that both have.
    pub objectives: Vec<ObjectiveShift>,
    /// The open epics that both have.
    pub epics: Vec<ItemShift>,
    /// The next sprints.
    pub sprints: Vec<SprintShift>,
    /// What the order of each costs: Σ worth × finish time, by the plan's scores; absent when no item has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub delay: Option<DelayShift>,
    /// What is assumed, and whether the plan still takes it.
    pub assumed: Vec<Assumed>,
    /// Whether the plan has changed since the last of it was assumed: it was applied again then.
    pub changed: bool,
}

/// When something lands, without a scenario and with it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Shift {
    /// Without it.
    pub before: Lands,
    /// With it.
    pub after: Lands,
    /// How many days later at 50 %; negative when earlier; null where either has no such day.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub days50: Option<i64>,
    /// The same at 85 %.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub days85: Option<i64>,
    /// The shift at 50 % in a few words: "+14 days", "−3 days", "no change", "no date".
    pub text50: String,
    /// The same at 85 %.
    pub text: String,
}

impl Shift {
    fn of(before: Lands, after: Lands) -> Self {
        let (days50, text50) = say_shift(before.p50, after.p50);
        let (days85, text) = say_shift(before.p85, after.p85);
        Self { before, after, days50, days85, text50, text }
    }

    /// How much later at 85 %, so that beyond the horizon comes after every day.
    pub(super) fn weight(&self) -> i64 {
        const NEVER: i64 = 1 << 40;
        match (self.before.p85, self.after.p85) {
            (Some(before), Some(after)) => before.days_until(after),
            (Some(_), None) => NEVER,
            (None, Some(_)) => -NEVER,
            (None, None) => 0,
        }
    }
}

/// How an item fares in a scenario.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ItemShift {
    /// The key.
    pub id: String,
    /// What it is.
    pub title: String,
    /// Whether both have it.
    pub change: ItemChange,
    /// When it lands.
    pub shift: Shift,
}

/// Whether an item is open without a scenario, and with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum ItemChange {
    /// Both times.
    Moved,
    /// Only with it.
    Added,
    /// Only without it.
    LeftOut,
}

/// How the work for an objective fares in a scenario.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ObjectiveShift {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// When its work lands.
    pub shift: Shift,
    /// Its day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub due: Option<CivilDate>,
    /// The chance that its work lands by its day without the scenario and with it, 0..1; absent without a day or work.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "[before: number, after: number]"))]
    pub chance: Option<(f64, f64)>,
    /// The same as they are shown: "78 %".
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "[before: string, after: string]"))]
    pub chance_text: Option<(String, String)>,
}

/// How many items are 85 % sure by the end of a sprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct SprintShift {
    /// The sprint's last day.
    pub end: CivilDate,
    /// Without the scenario.
    pub before: usize,
    /// With it.
    pub after: usize,
}

/// What delay costs without a scenario, and with it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct DelayShift {
    /// Without it: Σ worth × finish time.
    pub before: f64,
    /// With it.
    pub after: f64,
    /// "4 % more", "the same".
    pub text: String,
}

/// One thing that a scenario assumes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Assumed {
    /// What it does: "move LF-3"; what keeps it from doing so, where the plan no longer takes it.
    pub text: String,
    /// Whether the plan takes it.
    pub applies: bool,
}

/// A scenario, as it stands in a list of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ScenarioView {
    /// What it is called.
    pub name: String,
    /// What it assumes.
    pub assumed: Vec<Assumed>,
    /// As in [`Comparison`].
    pub changed: bool,
}

/// How many of the next sprints are told of.
const SPRINTS: u32 = 8;

impl Planner {
    /// A scenario beside the plan, or beside another scenario, on the same draws: only what differs moves.
    ///
    /// # Errors
    /// [`Code::UnknownId`](crate::Code::UnknownId) for a scenario that the plan does not have; else as
    /// [`Self::summary`].
    pub fn compare(&self, scenario: &str, options: &CompareOptions) -> Result<Comparison> {
        let with = self.in_scenario(scenario)?;
        let without = match &options.against {
            Some(name) => self.in_scenario(name).map_err(|e| e.at("/against"))?.plan.clone(),
            None => self.plan().clone(),
        };
        let before = self.fresh_outlook(without, options.today, options.trials)?;
        let after = self.fresh_outlook(with.plan.clone(), Some(before.settings.today), options.trials)?;
        let sides = Sides { before: &before, after: &after };
        let (items, unchanged) = sides.items();
        let total = |outlook: &Outlook| outlook.total().map(|total| outlook.days_of(&total)).unwrap_or_default();
        let view = view_of(self.plan(), named(self.plan(), scenario)?, &with);
        let mut comparison = Comparison {
            scenario: scenario.to_owned(),
            sentence: String::new(),
            total: Shift::of(total(&before), total(&after)),
            items,
            unchanged,
            objectives: sides.objectives(),
            epics: sides.epics(),
            sprints: sides.sprints(),
            delay: sides.delay(),
            assumed: view.assumed,
            changed: view.changed,
        };
        comparison.sentence = trade_off::sentence(&comparison, &before, &after);
        Ok(comparison)
    }

    /// The scenarios of the plan, in the order in which they were begun.
    pub fn scenarios(&self) -> Vec<ScenarioView> {
        let plan = self.plan();
        let view = |scenario| view_of(plan, scenario, &self.kept.on_top(plan, scenario));
        plan.scenarios.iter().map(view).collect()
    }
}

fn view_of(plan: &Plan, scenario: &crate::plan::Scenario, on_top: &OnTop) -> ScenarioView {
    let assumed = on_top.steps.iter().map(|step| match step {
        Ok(change) => Assumed { text: change.label.clone(), applies: true },
        Err(why) => Assumed { text: why.message().to_owned(), applies: false },
    });
    ScenarioView { name: scenario.name.clone(), assumed: assumed.collect(), changed: scenario.on != mark(plan) }
}

struct Sides<'a> {
    before: &'a Arc<Outlook>,
    after: &'a Arc<Outlook>,
}

impl Sides<'_> {
    /// The items that differ, and how many do not.
    fn items(&self) -> (Vec<ItemShift>, usize) {
        let (before, after) = (self.before, self.after);
        let lands =
            |outlook: &Outlook, rank: Option<usize>| rank.and_then(|rank| outlook.lands(rank)).unwrap_or_default();
        let mut items = Vec::new();
        let mut unchanged = 0;
        for (rank, item) in after.work_items().enumerate() {
            let old = before.ranks.get(&item.id).copied();
            let shift = Shift::of(lands(before, old), lands(after, Some(rank)));
            if old.is_some() && shift.before == shift.after {
                unchanged += 1;
                continue;
            }
            let change = if old.is_some() { ItemChange::Moved } else { ItemChange::Added };
            items.push(ItemShift { id: item.id.clone(), title: item.title.clone(), change, shift });
        }
        for (rank, item) in before.work_items().enumerate() {
            // An item that has been broken down is open still, through its parts.
            if !after.is_open(&item.id) {
                let shift = Shift::of(lands(before, Some(rank)), Lands::default());
                let (id, title) = (item.id.clone(), item.title.clone());
                items.push(ItemShift { id, title, change: ItemChange::LeftOut, shift });
            }
        }
        (items, unchanged)
    }

    fn group(&self, key: &GroupKey) -> Option<Shift> {
        let lands = |outlook: &Outlook| outlook.group(key).map(|finish| outlook.days_of(&finish));
        Some(Shift::of(lands(self.before)?, lands(self.after)?))
    }

    fn objectives(&self) -> Vec<ObjectiveShift> {
        let both = self.before.plan.objectives.iter().filter_map(|objective| {
            let after = self.after.plan.objective(&objective.id)?;
            let key = GroupKey::Objective(objective.id.clone());
            let shift = self.group(&key).filter(|_| self.before.work_in(&key) > 0);
            let chance = |outlook: &Outlook, due: Option<CivilDate>| {
                let finish = outlook.group(&key).filter(|_| outlook.work_in(&key) > 0)?;
                due.map(|due| outlook.chance_by(&finish, due))
            };
            let chance = chance(self.before, objective.due).zip(chance(self.after, after.due));
            let said = |share| say::chance(share, self.before.settings.trials);
            Some(ObjectiveShift {
                id: objective.id.clone(),
                name: objective.name.clone(),
                shift: shift.unwrap_or_else(|| Shift::of(Lands::default(), Lands::default())),
                due: after.due,
                chance,
                chance_text: chance.map(|(before, after)| (said(before), said(after))),
            })
        });
        both.collect()
    }

    fn epics(&self) -> Vec<ItemShift> {
        let epics = self.before.plan.items.iter().filter(|item| self.before.is_open_epic(&item.id));
        let shifts = epics.filter_map(|item| {
            let shift = self.group(&GroupKey::Epic(item.id.clone()))?;
            Some(ItemShift { id: item.id.clone(), title: item.title.clone(), change: ItemChange::Moved, shift })
        });
        shifts.collect()
    }

    fn sprints(&self) -> Vec<SprintShift> {
        let sure = |outlook: &Outlook, end: CivilDate| {
            let ranks = 0..outlook.work.len();
            ranks.filter(|rank| outlook.lands(*rank).and_then(|lands| lands.p85).is_some_and(|day| day <= end)).count()
        };
        let of = |k: u32| {
            let end = self.before.sprint(k).end;
            SprintShift { end, before: sure(self.before, end), after: sure(self.after, end) }
        };
        (1..=SPRINTS).map(of).collect()
    }

    fn delay(&self) -> Option<DelayShift> {
        let cost = |outlook: &Outlook| {
            let field = Field::of(outlook, &scorer(&outlook.plan));
            let scored = field.scores.iter().any(|score| score.is_ok());
            scored.then(|| field.arrange().cost.given)
        };
        let (before, after) = (cost(self.before)?, cost(self.after)?);
        let text = match (after / before - 1.0) * 100.0 {
            more if before <= 0.0 || more.abs() < 0.05 => "the same".to_owned(),
            more if more > 0.0 => format!("{} % more", say::number(more)),
            less => format!("{} % less", say::number(-less)),
        };
        Some(DelayShift { before, after, text })
    }
}

/// The items of a comparison that move most, first; of those that move as far, the one that stands higher.
pub(super) fn most<'a>(items: &'a [ItemShift], later: bool) -> Vec<&'a ItemShift> {
    let towards = |item: &&'a ItemShift| {
        let weight = item.shift.weight();
        item.change == ItemChange::Moved && if later { weight > 0 } else { weight < 0 }
    };
    let mut moving: Vec<&ItemShift> = items.iter().filter(towards).collect();
    moving.sort_by_key(|item| Reverse(item.shift.weight().abs()));
    moving
}
