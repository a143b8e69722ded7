//! What would it take: how likely something is by a day, and which velocity, scope or deadline would make it likely
//! enough.
//!
//! Every question is put to the same draws: an outlook of the plan with another velocity, or with less in it. The
//! searches only ever ask [`Planner::thin_outlook`], so that outlooks which are there already are not computed again.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::command::Command;
use super::outlook::{Outlook, SURE, Settings, Target};
use super::planner::Planner;
use super::query::{rounded, score_of, scorer};
use super::say;
use super::view::Lands;
use crate::error::{Code, Error, Result};
use crate::exchange::write::isolated;
use crate::forecast::engine::{DEFAULT_HORIZON, Size, Task};
use crate::needs;
use crate::plan::{CivilDate, Moscow, Plan, Status, Unit};

/// What is asked: the work for something, by a day. Without an objective, an item or a tag: all of it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChanceQuery {
    /// The day by whose end it should have landed.
    pub by: CivilDate,
    /// How likely that should be, above 0 and below 1; 0.85 when absent.
    #[serde(default)]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub at: Option<f64>,
    /// The work for an objective, by its id.
    #[serde(default)]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub objective: Option<String>,
    /// An item by its id, or an epic, which lands with the last of its children.
    #[serde(default)]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub item: Option<String>,
    /// The work with a tag.
    #[serde(default)]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub tag: Option<String>,
    /// As in [`Options`](super::Options).
    #[serde(default)]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub today: Option<CivilDate>,
    /// As in [`Options`](super::Options).
    #[serde(default)]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub trials: Option<u32>,
    /// As in [`Options`](super::Options).
    #[serde(default)]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub assume: Vec<Command>,
}

impl ChanceQuery {
    /// Whether everything lands by a day, with 85 %.
    pub const fn by(day: CivilDate) -> Self {
        Self {
            by: day,
            at: None,
            objective: None,
            item: None,
            tag: None,
            today: None,
            trials: None,
            assume: Vec::new(),
        }
    }
}

/// How likely something is to have landed by a day, and how much lands by then.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Chance {
    /// What was asked about: "all 41 items", "the work for Leads +20 %".
    pub what: String,
    /// The day.
    pub by: CivilDate,
    /// The chance that it has landed by the end of that day, 0..1.
    pub chance: f64,
    /// The chance as it is shown: "34 %", "< 1 %".
    pub chance_text: String,
    /// "all 41 items are 34 % likely by 31 Mar".
    pub sentence: String,
    /// When it lands.
    pub lands: Lands,
    /// How many items it consists of.
    pub items: usize,
    /// How much of the whole plan lands by then.
    pub how_many: HowManyLand,
}

/// How much of the plan lands by a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct HowManyLand {
    /// The longest run of items from the top that has landed, all of it, with the chance asked for.
    pub items: usize,
    /// Their mean size together, in the plan's unit.
    pub amount: f64,
    /// "the first 14 of 41 items (63 points) are 85 % sure by 31 Mar".
    pub sentence: String,
}

/// What would make something likely enough by a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct WhatItTakes {
    /// How it stands now.
    pub now: Chance,
    /// How likely it should be, 0..1.
    pub at: f64,
    /// Whether it is as likely as that already.
    pub holds: bool,
    /// "all 41 items are 34 % likely by 31 Mar; for 85 % it takes one of these".
    pub sentence: String,
    /// The deadline that it would hold by.
    pub deadline: DeadlineTaken,
    /// The velocity with which it would hold.
    pub velocity: VelocityTaken,
    /// The scope to leave out for it to hold.
    pub scope: ScopeTaken,
}

/// The deadline at which something is likely enough.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct DeadlineTaken {
    /// The earliest such day; null where there is none within the horizon.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "CivilDate | null"))]
    pub by: Option<CivilDate>,
    /// How many days later than the day asked for; negative when earlier.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub days: Option<i64>,
    /// "85 % sure by 12 May, 42 days later".
    pub sentence: String,
}

/// The velocity at which something is likely enough.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct VelocityTaken {
    /// The least velocity, as a multiple of what the forecast draws, to 0.1 %; null where none up to ten times would
    /// do. Below 1 it tells how much there is to spare.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub factor: Option<f64>,
    /// The same in the plan's unit: the mean of a past sprint, or of the guess, times the factor.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub a_sprint: Option<f64>,
    /// The mean of a past sprint, or of the guess.
    pub now: f64,
    /// "it takes 23.4 points a sprint instead of 16.3: 44 % more".
    pub sentence: String,
}

/// The scope without which something is likely enough.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ScopeTaken {
    /// Whether there is such a scope; when it holds already there is nothing to leave out.
    pub possible: bool,
    /// What to leave out, the least valuable first, and before each item what needs it.
    pub items: Vec<LeftOut>,
    /// Their mean size together, in the plan's unit.
    pub amount: f64,
    /// Whether putting any one of them back would make it less likely than asked for. False only where there were too
    /// many to try each.
    pub minimal: bool,
    /// The chance without them, 0..1.
    pub chance: f64,
    /// The chance as it is shown.
    pub chance_text: String,
    /// "leave out LF-9 and LF-12 (8 points), and the work for Leads +20 % is 86 % likely by 31 Mar".
    pub sentence: String,
    /// Leaves them out, in one step: each is declined, with the reason in its notes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub command: Option<Command>,
}

/// An item to leave out.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct LeftOut {
    /// Its key.
    pub id: String,
    /// What it is.
    pub title: String,
    /// Its mean size, in the plan's unit.
    pub amount: f64,
    /// The items left out with it that it needs, by id.
    pub needs: Vec<String>,
    /// The chance without it and all that stand before it in the list, 0..1; absent in long lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub chance: Option<f64>,
    /// That chance as it is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub chance_text: Option<String>,
}

/// The highest velocity that is looked at, as a multiple of what the forecast draws.
const MOST_VELOCITY: f64 = 10.0;
/// The lowest.
const LEAST_VELOCITY: f64 = 0.1;
/// How close the velocity found is to the least that would do.
const CLOSE: f64 = 1.001;
/// How many items are tried to be put back one by one, and how many of a plan of ten thousand.
const MOST_PUT_BACK: usize = 64;
const FEWEST_PUT_BACK: usize = 8;
/// How many items each have the chance without them told.
const MOST_TOLD: usize = 12;

impl Planner {
    /// How likely the work for something is to have landed by the end of a day, and how much lands by then.
    ///
    /// # Errors
    /// [`Code::UnknownId`], [`Code::InvalidDate`] for a day gone by, [`Code::InvalidNumber`] for a chance that is none,
    /// [`Code::EmptyHistory`] where nothing can be forecast; else as [`Self::summary`].
    pub fn chance(&self, query: &ChanceQuery) -> Result<Chance> {
        Search::new(self, query)?.now()
    }

    /// What would make the work for something likely enough by a day: another deadline, another velocity, or less
    /// scope. Each answer stands alone.
    ///
    /// Scope is left out by the least score of the plan's method, an item without a score holding its place counted
    /// from the end of the order; work in progress comes last, and what needs an item goes with it. Work that an
    /// objective, an epic, an item or a tag does not need goes before its own, and of its own something always stays.
    ///
    /// # Errors
    /// As [`Self::chance`].
    pub fn what_would_it_take(&self, query: &ChanceQuery) -> Result<WhatItTakes> {
        let search = Search::new(self, query)?;
        let now = search.now()?;
        let holds = now.chance >= search.at;
        Ok(WhatItTakes {
            at: search.at,
            holds,
            sentence: search.say_now(&now, holds),
            deadline: search.deadline()?,
            velocity: search.velocity()?,
            scope: search.scope(now.chance)?,
            now,
        })
    }
}

/// One question, and the outlook of the plan as it stands.
struct Search<'a> {
    planner: &'a Planner,
    outlook: Arc<Outlook>,
    target: Target,
    members: Vec<u32>,
    by: CivilDate,
    at: f64,
    /// "all 41 items", and whether that is many.
    what: (String, bool),
}

impl<'a> Search<'a> {
    fn new(planner: &'a Planner, query: &ChanceQuery) -> Result<Self> {
        let at = query.at.unwrap_or(SURE);
        if !(at > 0.0 && at < 1.0) {
            let message = format!("{at} is not a chance: give one above 0 and below 1");
            return Err(Error::new(Code::InvalidNumber, message).at("/at"));
        }
        let outlook = planner.fresh_outlook(planner.assuming(&query.assume)?, query.today, query.trials)?;
        let target = target_of(&outlook.plan, query)?;
        let today = outlook.settings.today;
        if query.by < today {
            let message = format!("{} has gone by: give a day from {today} on", query.by);
            return Err(Error::new(Code::InvalidDate, message).at("/by"));
        }
        if outlook.needs_history() {
            let message = "there is neither a history nor a guess: say what your sprints finish";
            return Err(Error::new(Code::EmptyHistory, message));
        }
        let members = outlook.members(&target);
        let what = say_what(&outlook, &target, members.len());
        Ok(Self { planner, outlook, target, members, by: query.by, at, what })
    }

    /// The outlook with another velocity and without some items, by rank.
    fn outlook_of(&self, velocity: f64, without: &[u32]) -> Result<Arc<Outlook>> {
        let place = |rank: &u32| self.outlook.work.get(*rank as usize).map(|work| work.index);
        let mut without: Vec<usize> = without.iter().filter_map(place).collect();
        crate::sort::by(&mut without, usize::cmp);
        let thin = self.outlook.settings.only(self.target.clone());
        let settings = Settings { until: Some(self.by), velocity, without: without.into(), ..thin };
        self.planner.thin_outlook(self.outlook.plan.clone(), settings)
    }

    fn chance_of(&self, velocity: f64, without: &[u32]) -> Result<f64> {
        if self.members.is_empty() {
            return Ok(1.0);
        }
        let outlook = self.outlook_of(velocity, without)?;
        Ok(outlook.finish(&self.target).map_or(0.0, |finish| outlook.chance_by(&finish, self.by)))
    }

    /// The outlook that knows when the target lands as things stand.
    fn as_it_stands(&self) -> Result<Arc<Outlook>> {
        match self.outlook.finish(&self.target) {
            Some(_) => Ok(Arc::clone(&self.outlook)),
            None => {
                let thin = self.outlook.settings.only(self.target.clone());
                self.planner.thin_outlook(self.outlook.plan.clone(), thin)
            }
        }
    }

    fn now(&self) -> Result<Chance> {
        let outlook = self.as_it_stands()?;
        let finish = outlook.finish(&self.target).filter(|_| !self.members.is_empty());
        let finish = finish.as_ref();
        let chance = finish.map_or(1.0, |finish| outlook.chance_by(finish, self.by));
        let by = self.day(self.by);
        let (what, many) = &self.what;
        let chance_text = self.said(chance);
        let sentence = match finish {
            Some(_) => format!("{what} {} {chance_text} likely by {by}", if *many { "are" } else { "is" }),
            None => format!("nothing of {what} is left to do"),
        };
        Ok(Chance {
            what: what.clone(),
            by: self.by,
            chance,
            chance_text,
            sentence,
            lands: finish.map(|finish| outlook.days_of(finish)).unwrap_or_default(),
            items: self.members.len(),
            how_many: self.how_many(),
        })
    }

    fn how_many(&self) -> HowManyLand {
        let outlook = &self.outlook;
        let items = outlook.finished_by(self.by, self.at);
        let amount = rounded(outlook.work.iter().take(items).map(|work| work.size.mean()).fold(0.0, |sum, x| sum + x));
        let count = outlook.work.len();
        let all = say::items(count);
        let (sure, by) = (say::percent(self.at), self.day(self.by));
        let worth = self.worth(amount, items);
        let with_added = outlook.total().map_or(0.0, |total| outlook.chance_by(&total, self.by));
        let sentence = match items {
            0 => format!("not even the first item is {sure} sure by {by}"),
            1 => format!("the first of {all}{worth} is {sure} sure by {by}"),
            n if n == count && with_added < self.at => {
                format!("all {all} of today{worth} are {sure} sure by {by}; new work that is assumed comes later")
            }
            n if n == count => format!("all {all}{worth} are {sure} sure by {by}"),
            n => format!("the first {} of {all}{worth} are {sure} sure by {by}", say::thousands(n as u64)),
        };
        HowManyLand { items, amount, sentence }
    }

    fn deadline(&self) -> Result<DeadlineTaken> {
        let sure = say::percent(self.at);
        if self.members.is_empty() {
            return Ok(DeadlineTaken { by: None, days: None, sentence: String::new() });
        }
        let outlook = self.as_it_stands()?;
        let by = outlook.finish(&self.target).and_then(|finish| outlook.day_at(&finish, self.at));
        let days = by.map(|by| self.by.days_until(by));
        let sentence = match by.zip(days) {
            None => format!("no day within {DEFAULT_HORIZON} sprints is {sure} sure"),
            Some((by, 0)) => format!("{sure} sure by {}, the very day", self.day(by)),
            Some((by, days)) => {
                let when = if days > 0 { "later" } else { "earlier" };
                format!("{sure} sure by {}, {} {when}", self.day(by), say::days(days.abs()))
            }
        };
        Ok(DeadlineTaken { by, days, sentence })
    }

    fn velocity(&self) -> Result<VelocityTaken> {
        let now = self.outlook.usual_sprint();
        let taken = |factor: Option<f64>, sentence: String| VelocityTaken {
            factor,
            a_sprint: factor.map(|factor| rounded(now * factor)),
            now: rounded(now),
            sentence,
        };
        if self.members.is_empty() {
            return Ok(taken(None, String::new()));
        }
        let holds = |factor: f64| self.chance_of(factor, &[]).map(|chance| chance >= self.at);
        let held = holds(1.0)?;
        let (mut low, mut high) = if held { (LEAST_VELOCITY, 1.0) } else { (1.0, MOST_VELOCITY) };
        if held && holds(low)? {
            return Ok(taken(Some(low), "even a tenth of the velocity would do".to_owned()));
        }
        if !held && !holds(high)? {
            return Ok(taken(None, self.say_too_slow()?));
        }
        while high > low * CLOSE {
            let middle = (low * high).sqrt();
            if holds(middle)? { high = middle } else { low = middle }
        }
        let (usual, needed) = (rounded(now), rounded(now * high));
        // What people reckon from the two numbers they see.
        let share = if usual > 0.0 { ((needed / usual - 1.0).abs() * 100.0).round() } else { 0.0 };
        let needs = self.amount(needed);
        let sentence = if share == 0.0 {
            format!("today's velocity, {needs} a sprint, is just enough")
        } else if held {
            format!("{needs} a sprint would do instead of {usual}: {share} % less")
        } else {
            format!("it takes {needs} a sprint instead of {usual}: {share} % more")
        };
        Ok(taken(Some(high), sentence))
    }

    /// Why not even the highest velocity would do.
    fn say_too_slow(&self) -> Result<String> {
        const ENDLESS: f64 = 1e6;
        if self.chance_of(ENDLESS, &[])? >= self.at {
            return Ok("even ten times the velocity would not do".to_owned());
        }
        let tasks = self.outlook.tasks();
        let needed = needed_by(tasks, &self.members);
        let waits = |rank: &usize| needed.get(*rank).copied().unwrap_or(false);
        let item_of = |rank: usize| self.outlook.item(rank);
        let latest = (0..tasks.len())
            .filter(waits)
            .filter_map(|rank| {
                let item = item_of(rank)?;
                let until = item.blocked.as_ref().and_then(|blocked| blocked.until);
                let from = item.not_before.max(until)?;
                Some((from, until == Some(from), &item.id))
            })
            .max();
        Ok(match latest.filter(|(from, ..)| *from > self.outlook.settings.today) {
            Some((from, true, id)) => format!("no velocity would do: {id} is blocked until {}", self.day(from)),
            Some((from, false, id)) => {
                format!("no velocity would do: {id} may not begin before {}", self.day(from))
            }
            None => "no velocity would do: there is too little time left to work in".to_owned(),
        })
    }

    fn scope(&self, now: f64) -> Result<ScopeTaken> {
        let chunks = self.chunks();
        let mut taken = ScopeTaken {
            possible: true,
            items: Vec::new(),
            amount: 0.0,
            minimal: true,
            chance: now,
            chance_text: self.said(now),
            sentence: "nothing has to be left out".to_owned(),
            command: None,
        };
        if now >= self.at {
            return Ok(taken);
        }
        let first = |count: usize| -> Vec<u32> { chunks.iter().take(count).flatten().copied().collect() };
        let holds = |without: &[u32]| self.chance_of(1.0, without).map(|chance| chance >= self.at);
        let (mut low, mut high) = (0, chunks.len());
        if high == 0 || !holds(&first(high))? {
            (taken.possible, taken.sentence) = (false, self.say_no_scope(high));
            return Ok(taken);
        }
        while high > low + 1 {
            let middle = usize::midpoint(low, high);
            if holds(&first(middle))? { high = middle } else { low = middle }
        }
        let (left_out, minimal) = self.put_back(first(high))?;
        taken.minimal = minimal;
        let outlook = &self.outlook;
        let id_of = |rank: u32| outlook.item(rank as usize).map(|item| item.id.clone()).unwrap_or_default();
        let told = left_out.len() <= MOST_TOLD;
        for (k, &rank) in left_out.iter().enumerate() {
            let (Some(item), Some(work)) = (outlook.item(rank as usize), outlook.work.get(rank as usize)) else {
                continue;
            };
            let needs = outlook.tasks().get(rank as usize).map(|task| task.needs.as_slice()).unwrap_or_default();
            let so_far = left_out.get(..=k).unwrap_or_default();
            let chance = told.then(|| self.chance_of(1.0, so_far)).transpose()?;
            taken.items.push(LeftOut {
                id: item.id.clone(),
                title: item.title.clone(),
                amount: rounded(work.size.mean()),
                needs: needs.iter().filter(|need| left_out.contains(need)).map(|need| id_of(*need)).collect(),
                chance,
                chance_text: chance.map(|chance| self.said(chance)),
            });
        }
        let size = |rank: &u32| outlook.work.get(*rank as usize).map_or(0.0, |work| work.size.mean());
        taken.amount = rounded(left_out.iter().map(size).fold(0.0, |sum, size| sum + size));
        taken.chance = self.chance_of(1.0, &left_out)?;
        taken.chance_text = self.said(taken.chance);
        taken.sentence = self.say_scope(&taken);
        taken.command = Some(self.leave_out(&taken));
        Ok(taken)
    }

    /// What must be there, and all that it needs: by rank.
    fn musts(&self) -> Vec<bool> {
        let is_must =
            |rank: &u32| self.outlook.item(*rank as usize).is_some_and(|item| item.moscow == Some(Moscow::Must));
        let musts: Vec<u32> = (0..self.outlook.work.len() as u32).filter(is_must).collect();
        needed_by(self.outlook.tasks(), &musts)
    }

    /// What may be left out, the least valuable first, each with what needs it; never a must. Within a chunk nothing stands after
    /// what it needs, so that every run of items from the start leaves nothing without what it needs.
    fn chunks(&self) -> Vec<Vec<u32>> {
        let tasks = self.outlook.tasks();
        let needed = needed_by(tasks, &self.members);
        let is = |flags: &[bool], rank: u32| flags.get(rank as usize).copied().unwrap_or(false);
        let needs: Vec<Vec<u32>> = tasks.iter().map(|task| task.needs.clone()).collect();
        let dependents = needs::dependents(&needs);
        let last = (0_u32..).zip(&needed).filter(|(_, needed)| **needed).map(|(rank, _)| rank).max().unwrap_or(0);
        let mut own = vec![false; tasks.len()];
        self.members.iter().for_each(|rank| set(&mut own, *rank));
        let mut gone = vec![false; tasks.len()];
        let musts = self.musts();
        let order: Vec<u32> = self.least_valuable_first().into_iter().filter(|rank| !is(&musts, *rank)).collect();
        let mut chunks = Vec::new();
        for &rank in order.iter().filter(|rank| **rank < last && !is(&needed, **rank)) {
            if !is(&gone, rank) {
                chunks.push(with_dependents(rank, &dependents, &mut gone));
            }
        }
        let mut stay = self.members.len();
        for &rank in order.iter().filter(|rank| is(&own, **rank)) {
            if is(&gone, rank) {
                continue;
            }
            let mut after = gone.clone();
            let chunk = with_dependents(rank, &dependents, &mut after);
            let of_own = chunk.iter().filter(|rank| is(&own, **rank)).count();
            // Without any of it there would be nothing to be likely.
            if of_own >= stay {
                continue;
            }
            (gone, stay) = (after, stay - of_own);
            let mut open = chunk.clone();
            chunks.push(chunk);
            // What only they needed.
            while let Some(rank) = open.pop() {
                for &need in needs.get(rank as usize).into_iter().flatten() {
                    let waited = dependents.get(need as usize).into_iter().flatten();
                    if !is(&own, need)
                        && !is(&gone, need)
                        && !is(&musts, need)
                        && waited.into_iter().all(|other| is(&gone, *other))
                    {
                        set(&mut gone, need);
                        chunks.push(vec![need]);
                        open.push(need);
                    }
                }
            }
        }
        chunks
    }

    /// All ranks: by the least score, an item without a score holding its place counted from the end of the order.
    /// What is in progress comes last.
    fn least_valuable_first(&self) -> Vec<u32> {
        let outlook = &self.outlook;
        let scorer = scorer(&outlook.plan);
        let score = |rank: u32| {
            let item = outlook.item(rank as usize)?;
            score_of(&scorer, item).ok().map(|score| score.value)
        };
        let begun = |rank: &u32| outlook.item(*rank as usize).is_some_and(|item| item.status == Status::InProgress);
        let (begun, ranks): (Vec<u32>, Vec<u32>) = (0..outlook.work.len() as u32).rev().partition(begun);
        let sorted = |ranks: Vec<u32>| {
            let scores: Vec<Option<f64>> = ranks.iter().map(|rank| score(*rank)).collect();
            let mut scored: Vec<(f64, u32)> =
                scores.iter().zip(&ranks).filter_map(|(score, rank)| Some(((*score)?, *rank))).collect();
            crate::sort::by(&mut scored, |a, b| a.0.total_cmp(&b.0));
            let mut scored = scored.into_iter();
            let next = |(score, rank): (Option<f64>, u32)| match score {
                Some(_) => scored.next().map(|(_, rank)| rank),
                None => Some(rank),
            };
            scores.into_iter().zip(ranks).filter_map(next).collect::<Vec<u32>>()
        };
        let mut order = sorted(ranks);
        order.append(&mut sorted(begun));
        order
    }

    /// Puts back what need not be left out, the most valuable first; and whether all that is left was tried.
    fn put_back(&self, left_out: Vec<u32>) -> Result<(Vec<u32>, bool)> {
        let tasks = self.outlook.tasks();
        let in_line = self.outlook.is_one_line(&self.target);
        let most = (20_000 / tasks.len().max(1)).clamp(FEWEST_PUT_BACK, MOST_PUT_BACK);
        let mut out = vec![false; tasks.len()];
        left_out.iter().for_each(|rank| set(&mut out, *rank));
        let is_out = |out: &[bool], rank: u32| out.get(rank as usize).copied().unwrap_or(false);
        let mut tried = vec![false; tasks.len()];
        // What could not be put back. Where only the sum of the work counts, nothing as large that stands before it
        // could be either. Own work tells nothing of that: with it the end moves.
        let all = self.target == Target::Everything;
        let tells = |rank: u32| !self.outlook.is_at_risk(rank) && (all || !self.members.contains(&rank));
        let mut too_much: Vec<(f64, u32)> = Vec::new();
        let (mut left, mut count, mut minimal, mut again) = (left_out, 0, true, true);
        while again {
            again = false;
            for &rank in left.clone().iter().rev() {
                let Some(task) = tasks.get(rank as usize) else { continue };
                let waits = task.needs.iter().any(|need| is_out(&out, *need));
                if !is_out(&out, rank) || is_out(&tried, rank) || waits {
                    continue;
                }
                let exact = match task.size {
                    Size::Exact(size) if in_line => Some(size),
                    _ => None,
                };
                let counts = |at: u32| all || rank <= at;
                if exact.is_some_and(|size| too_much.iter().any(|(least, at)| size >= *least && counts(*at))) {
                    continue;
                }
                if count >= most {
                    minimal = false;
                    continue;
                }
                count += 1;
                set(&mut tried, rank);
                let rest: Vec<u32> = left.iter().copied().filter(|other| *other != rank).collect();
                if self.chance_of(1.0, &rest)? >= self.at {
                    out.get_mut(rank as usize).into_iter().for_each(|out| *out = false);
                    left = rest;
                    again = true;
                } else if let Some(size) = exact.filter(|_| tells(rank)) {
                    too_much.push((size, rank));
                }
            }
        }
        Ok((left, minimal))
    }

    /// One step that declines them all, and keeps the reason as a decision.
    fn leave_out(&self, taken: &ScopeTaken) -> Command {
        let (what, many) = &self.what;
        let land = if *many { "land" } else { "lands" };
        let decline = Command::Decline {
            items: taken.items.iter().map(|left| left.id.clone()).collect(),
            requests: Vec::new(),
            why: format!("so that {what} {land} by {}", self.by),
            instead: String::new(),
            date: Some(self.outlook.settings.today),
            decision: String::new(),
        };
        Command::Batch { label: format!("leave out {}", say_ids(taken)), commands: vec![decline] }
    }

    fn day(&self, day: CivilDate) -> String {
        day.spoken(self.outlook.settings.today)
    }

    fn said(&self, chance: f64) -> String {
        say::chance(chance, self.outlook.settings.trials)
    }

    fn amount(&self, amount: f64) -> String {
        say::amount(amount, self.outlook.plan.unit)
    }

    /// How much some items are, in brackets, where that is not their number.
    fn worth(&self, amount: f64, items: usize) -> String {
        match self.outlook.plan.unit {
            Unit::Points => format!(" ({})", self.amount(amount)),
            Unit::Items if amount == items as f64 => String::new(),
            Unit::Items => format!(" ({} once epics are broken down)", self.amount(amount)),
        }
    }

    fn say_now(&self, now: &Chance, holds: bool) -> String {
        let sure = say::percent(self.at);
        match (self.members.is_empty(), holds) {
            (true, _) => now.sentence.clone(),
            (_, true) => format!("{}: nothing has to change for {sure}", now.sentence),
            (_, false) => format!("{}; for {sure} it takes one of these", now.sentence),
        }
    }

    fn say_scope(&self, taken: &ScopeTaken) -> String {
        let (what, many) = match self.target {
            // It is not all items any more.
            Target::Everything => ("all that stays".to_owned(), false),
            _ => self.what.clone(),
        };
        let (is, by) = (if many { "are" } else { "is" }, self.day(self.by));
        let worth = self.worth(taken.amount, taken.items.len());
        format!("leave out {}{worth}, and {what} {is} {} likely by {by}", say_ids(taken), taken.chance_text)
    }

    fn say_no_scope(&self, chunks: usize) -> String {
        let (what, many) = &self.what;
        match (&self.target, chunks) {
            _ if self.musts().contains(&true) => "even the must-haves alone would come too late".to_owned(),
            (Target::Everything, _) => "even the most valuable item alone would come too late".to_owned(),
            (_, 0) => format!("{what} {} nothing to leave out", if *many { "have" } else { "has" }),
            _ => "even the most valuable part of it alone would come too late".to_owned(),
        }
    }
}

fn set(flags: &mut [bool], rank: u32) {
    flags.get_mut(rank as usize).into_iter().for_each(|flag| *flag = true);
}

/// Which ranks some of them need, themselves included.
fn needed_by(tasks: &[Task], members: &[u32]) -> Vec<bool> {
    let mut needed = vec![false; tasks.len()];
    let mut open = members.to_vec();
    while let Some(rank) = open.pop() {
        if needed.get(rank as usize).copied().unwrap_or(true) {
            continue;
        }
        set(&mut needed, rank);
        open.extend(tasks.get(rank as usize).into_iter().flat_map(|task| &task.needs));
    }
    needed
}

/// An item and all that needs it and is still there: nothing stands after what it needs.
fn with_dependents(rank: u32, dependents: &[Vec<u32>], gone: &mut [bool]) -> Vec<u32> {
    let mut chunk = Vec::new();
    // An item is entered once to see what needs it, and again to be put down after that.
    let mut open = vec![(rank, false)];
    while let Some((rank, seen)) = open.pop() {
        if seen {
            chunk.push(rank);
            continue;
        }
        if gone.get(rank as usize).copied().unwrap_or(true) {
            continue;
        }
        set(gone, rank);
        open.push((rank, true));
        open.extend(dependents.get(rank as usize).into_iter().flatten().map(|other| (*other, false)));
    }
    chunk
}

fn target_of(plan: &Plan, query: &ChanceQuery) -> Result<Target> {
    let unknown = |what: &str, id: &str, place: &str| {
        let shown: String = id.chars().take(80).collect();
        Err(Error::new(Code::UnknownId, format!("there is no {what} {shown}: name one of the plan's")).at(place))
    };
    match (&query.objective, &query.item, &query.tag) {
        (None, None, None) => Ok(Target::Everything),
        (Some(id), None, None) if plan.objective(id).is_none() => unknown("objective", id, "/objective"),
        (Some(id), None, None) => Ok(Target::Objective(id.clone())),
        (None, Some(id), None) if plan.find(id).is_none() => unknown("item", id, "/item"),
        (None, Some(id), None) => Ok(Target::Item(id.clone())),
        (None, None, Some(tag)) if !plan.items.iter().any(|item| item.tags.contains(tag)) => {
            unknown("tag", tag, "/tag")
        }
        (None, None, Some(tag)) => Ok(Target::Tag(tag.clone())),
        _ => Err(Error::new(Code::InvalidRequest, "give an objective, an item or a tag, and not several of them")),
    }
}

/// A target in words, and whether they are plural.
fn say_what(outlook: &Outlook, target: &Target, members: usize) -> (String, bool) {
    match target {
        Target::Everything if members == 1 => ("the one item left".to_owned(), false),
        Target::Everything => (format!("all {}", say::items(members)), true),
        Target::Objective(id) => {
            let name = outlook.plan.objective(id).map_or(id.as_str(), |objective| &objective.name);
            (format!("the work for {}", isolated(name)), false)
        }
        Target::Item(id) => (id.clone(), false),
        Target::Tag(tag) => (format!("the work tagged {}", isolated(tag)), false),
    }
}

/// "LF-9 and LF-12", or "LF-9, LF-12, LF-13 and 11 more".
fn say_ids(taken: &ScopeTaken) -> String {
    const MOST: usize = 4;
    let ids: Vec<&str> = taken.items.iter().map(|item| item.id.as_str()).collect();
    match ids.get(..MOST - 1) {
        Some(first) if ids.len() > MOST => format!("{} and {} more", first.join(", "), ids.len() - first.len()),
        _ => say::listed(&ids),
    }
}
