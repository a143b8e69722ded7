//! Sprints: what the next ones hold, starting one, watching it, closing it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::apply::{put, sprints_mut, unknown};
use super::command::{Change, Command};
use super::outlook::{Outlook, SURE};
use super::planner::Planner;
use super::query::rounded;
use super::reshape::{move_items, must_be_open, places_of};
use super::say;
use crate::error::{Code, Error, Result};
use crate::forecast::Histogram;
use crate::forecast::engine::check_count;
use crate::plan::{
    CivilDate, Item, MAX_LINE, Occasion, Plan, RunningSprint, Span, Sprint, SprintItem, Status, Unit, check_text,
    counts,
};

/// The chance at which something is a stretch.
const HALF: f64 = 0.5;
/// The sprints that are told where nobody asks for another number.
const COUNT: u32 = 3;
/// The most items that are tried one by one to join a sprint in which teams or items may have to wait.
const MOST_TRIED: usize = 200;

/// Which sprints to tell of.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct SprintQuery {
    /// How many sprints beside the running one, 1 to 12; 3 when absent.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub count: Option<u32>,
    /// As in [`Options`](super::Options).
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub today: Option<CivilDate>,
    /// As in [`Options`](super::Options).
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub trials: Option<u32>,
    /// As in [`Options`](super::Options): with a `startSprint`, how likely that choice is to be finished.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub assume: Vec<Command>,
}

/// The running sprint and the next ones.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Sprints {
    /// What sizes are counted in.
    pub unit: Unit,
    /// The sprint that was started and not closed yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub running: Option<SprintProgress>,
    /// The sprints after it; from the one of today on where none runs.
    pub next: Vec<NextSprint>,
}

/// A sprint to come: what it holds, with which chance.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct NextSprint {
    /// The first day.
    pub start: CivilDate,
    /// The last day.
    pub end: CivilDate,
    /// The share of a usual sprint's capacity that it has, and why: "82 % — 2 holidays, Ada away 3 days".
    pub capacity: String,
    /// What to commit to: all of it, and all that the sprints before it hold, is finished by its end with 85 %, and with
    /// any one item more it would not be. By rank.
    pub commit: Vec<SprintWork>,
    /// How much that is.
    pub amount: f64,
    /// What comes beyond that if it goes well: with it all is finished by then with 50 %.
    pub stretch: Vec<SprintWork>,
    /// How much that is.
    pub stretch_amount: f64,
    /// A goal, from the objective most served; empty where there is nothing to commit to.
    pub goal: String,
    /// "85 % sure by 6 Dec: 4 items (17 points); half sure: 2 more (5 points)".
    pub sentence: String,
    /// What stands out: begun work that is too much, items that have to wait.
    pub notes: Vec<String>,
}

/// An item in a sprint.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct SprintWork {
    /// Its key.
    pub id: String,
    /// What it is.
    pub title: String,
    /// Its size, as it counts when it is finished.
    pub size: f64,
    /// How far it has come.
    pub status: Status,
    /// When it was finished.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub finished: Option<CivilDate>,
    /// The day on which it came into the running sprint, where it was not committed to.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub added: Option<CivilDate>,
}

/// How the running sprint stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct SprintProgress {
    /// The first day.
    pub start: CivilDate,
    /// The last day.
    pub end: CivilDate,
    /// What it is for.
    pub goal: String,
    /// What is in it: what is done, then the rest by rank; without what was declined, or broken down since.
    pub items: Vec<SprintWork>,
    /// What was committed to when it was started, in the sizes of then.
    pub committed: f64,
    /// What of it is still to be finished, and of what was added.
    pub left: f64,
    /// The chance that what was committed to is finished, all of it, by its end, 0..1; absent where nothing of it is left,
    /// or no day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub chance: Option<f64>,
    /// Whether that is less likely than 85 %.
    pub over: bool,
    /// Whether its last day has gone by.
    pub ended: bool,
    /// "all 4 items committed to are 72 % likely to be finished by 6 Dec".
    pub sentence: String,
    /// Day by day, the day before the first one in front.
    pub days: Vec<BurnDay>,
    /// The same as a sentence.
    pub burn_down: String,
}

/// A day of a burn-down: what was left at its end is what was left the day before, with what was added, without what was
/// finished.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct BurnDay {
    /// The day.
    pub day: CivilDate,
    /// What would be left at its end if as much were finished on every working day.
    pub ideal: f64,
    /// How much came in on it.
    pub added: f64,
    /// How much was finished on it.
    pub finished: f64,
    /// What was left at its end; absent for days to come.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub left: Option<f64>,
}

/// Starts a sprint, or says what is in the one that runs.
pub(super) fn start(
    plan: &Plan,
    start: Option<CivilDate>,
    today: CivilDate,
    items: Vec<String>,
    goal: Option<String>,
) -> Result<(Plan, Change)> {
    let running = plan.sprint.as_deref();
    let asked = start.or(running.map(|sprint| sprint.start)).unwrap_or(today);
    let span = match running {
        Some(sprint) if (sprint.start..=sprint.end).contains(&asked) => Span { start: sprint.start, end: sprint.end },
        Some(sprint) => {
            let message = format!("the sprint to {} is running: close it first", sprint.end);
            return Err(Error::new(Code::InvalidRequest, message).at("/start"));
        }
        None => plan.calendar.sprint_of(asked),
    };
    if span.end < today || today.plus_days(i64::from(plan.calendar.sprint_days)) < span.start {
        let message = format!("the sprint from {} to {} is not the one of today, nor the next", span.start, span.end);
        return Err(Error::new(Code::InvalidDate, message).at("/start"));
    }
    if running.is_none() && plan.has_result(0, span) {
        let message = format!("the sprint from {} is closed: take its result back, or start the next", span.start);
        return Err(Error::new(Code::InvalidRequest, message).at("/start"));
    }
    check_text(goal.as_deref().unwrap_or_default(), MAX_LINE).map_err(|e| e.at("/goal"))?;
    let places = places_of(plan, &items).map_err(|e| e.at("/items"))?;
    let old = running.map_or(&[][..], |sprint| &sprint.items);
    let (containers, sizes) = (plan.containers(), plan.finished_sizes());
    let mut list = Vec::new();
    for (k, item) in places.iter().filter_map(|place| plan.items.get(*place)).enumerate() {
        let known = old.iter().find(|known| known.id == item.id);
        if known.is_none() {
            let at = format!("/items/{k}");
            must_be_open(item, "take in what is open").map_err(|e| e.at(at.clone()))?;
            if containers.contains(item.id.as_str()) || !counts(item) {
                let message =
                    format!("{} is no work of its own: take in its children, or what it is a part of", item.id);
                return Err(Error::new(Code::InvalidRequest, message).at(at));
            }
        }
        let added = running.filter(|sprint| sprint.start <= today).map(|_| today);
        let new = || SprintItem { id: item.id.clone(), size: plan.credit(item, &sizes), added };
        list.push(known.cloned().unwrap_or_else(new));
    }
    for entry in old.iter().filter(|old| !items.contains(&old.id)) {
        if plan.find(&entry.id).is_some_and(|(_, item)| item.status == Status::Done) {
            list.push(entry.clone());
        }
    }
    let mut next = to_top(plan, &list)?;
    let goal_now = goal.clone().or(running.map(|sprint| sprint.goal.clone())).unwrap_or_default();
    next.sprint = Some(Arc::new(RunningSprint { start: span.start, end: span.end, goal: goal_now, items: list }));
    let to = span.end.spoken(today);
    let label = if running.is_some() {
        format!("change what is in the sprint to {to}")
    } else {
        format!("start the sprint to {to}")
    };
    let command = Command::StartSprint { start: Some(span.start), today, items: items.clone(), goal };
    Ok((next, Change { label, command, ids: items }))
}

/// Closes the running sprint.
pub(super) fn close(plan: &Plan, today: CivilDate, finished: Vec<String>) -> Result<(Plan, Change)> {
    let Some(sprint) = plan.sprint.as_deref() else {
        return Err(Error::new(Code::InvalidRequest, "no sprint is running: start one first"));
    };
    let (start, end) = (sprint.start, sprint.end);
    if today < start {
        let message = format!("the sprint begins on {start}: undo its start, or close it from then on");
        return Err(Error::new(Code::InvalidDate, message).at("/today"));
    }
    let mut next = plan.clone();
    for (k, id) in finished.iter().enumerate() {
        if !sprint.items.iter().any(|item| item.id == *id) {
            return Err(unknown(id).at(format!("/finished/{k}")));
        }
    }
    for SprintItem { id, .. } in &sprint.items {
        let Some((place, item)) = plan.find(id) else { continue };
        let done = item.status == Status::Done || finished.contains(id);
        if done && (item.status != Status::Done || item.finished.is_none()) {
            let finished = Some(today.min(end));
            put(&mut next, place, Arc::new(Item { status: Status::Done, finished, ..(**item).clone() }));
        }
    }
    // As the past credits items: by the day on which they were finished, whether they were committed to or not.
    let (containers, sizes) = (next.containers(), next.finished_sizes());
    let mut results: Vec<Sprint> = Vec::new();
    for team in 0..plan.team_count() {
        let mut result = Sprint { finished: 0.0, committed: Some(0.0) };
        for item in next.items.iter().filter(|item| plan.team_of(item) == team) {
            let in_it = item.finished.is_some_and(|day| start <= day && day <= end);
            if in_it && item.status == Status::Done && counts(item) && !containers.contains(item.id.as_str()) {
                result.finished += next.credit(item, &sizes);
            }
            if let Some(entry) = entry_of(sprint, item).filter(|entry| entry.added.is_none()) {
                result.committed = result.committed.map(|sum| sum + entry.size);
            }
        }
        results.push(result);
    }
    for (team, result) in results.into_iter().enumerate() {
        let name = plan.teams.get(team).map(|team| team.name.as_str());
        sprints_mut(&mut next, name)?.insert(start, result);
    }
    // Items tell the past up to here now; the periods of the files go on running back from the ends of sprints.
    let history = Arc::make_mut(&mut next.history);
    history.known_until = history.known_until.map(|day| if start <= day.plus_days(1) { day.max(end) } else { day });
    next = to_top(&next, &sprint.items)?;
    next.sprint = None;
    next.keep_forecast(today, Occasion::Sprint);
    let label = format!("close the sprint to {}", end.spoken(today));
    let ids = sprint.items.iter().map(|item| item.id.clone()).collect();
    Ok((next, Change { label, command: Command::CloseSprint { today, finished }, ids }))
}

/// Takes the sizes of what is in the running sprint anew, in another unit.
pub(super) fn measure(plan: &mut Plan) {
    let Some(mut sprint) = plan.sprint.take() else { return };
    let sizes = plan.finished_sizes();
    for entry in &mut Arc::make_mut(&mut sprint).items {
        entry.size = plan.find(&entry.id).map_or(entry.size, |(_, item)| plan.credit(item, &sizes));
    }
    plan.sprint = Some(sprint);
}

/// The plan with those of some items that are open before all others that are.
fn to_top(plan: &Plan, entries: &[SprintItem]) -> Result<Plan> {
    let mut ids: Vec<String> = Vec::new();
    let mut other = None;
    for item in plan.items.iter().filter(|item| item.status.is_open()) {
        if entries.iter().any(|entry| entry.id == item.id) {
            ids.push(item.id.clone());
        } else if other.is_none() {
            other = Some(item.id.clone());
        }
    }
    match other {
        Some(_) if !ids.is_empty() => move_items(plan, ids, other).map(|(plan, _)| plan),
        _ => Ok(plan.clone()),
    }
}

impl Planner {
    /// The running sprint with its burn-down and its chance, and what the next ones hold: what to commit to with 85 %, and
    /// what would stretch them, with 50 %.
    ///
    /// Items join a sprint by rank, for as long as all that it and the sprints before it hold is finished by its end with
    /// that chance, as the forecast simulates it: with dependencies, absences, first days and the other teams. An item
    /// that would break the chance (it waits, or is too large) is passed over; those below it join only where the team
    /// would really get to them. With any one item more the chance would be missed.
    ///
    /// # Errors
    /// [`Code::InvalidNumber`] or [`Code::TooLarge`] for the count; else as [`Self::summary`], and
    /// [`Code::SimulationPending`] where dates from before would have to do.
    pub fn sprints(&self, query: &SprintQuery) -> Result<Sprints> {
        let count = query.count.unwrap_or(COUNT);
        check_count(count, 1, 12).map_err(|e| e.at("/count"))?;
        let outlook = self.fresh_outlook(self.assuming(&query.assume)?, query.today, query.trials)?;
        let plan = &outlook.plan;
        let today = outlook.settings.today;
        let sizes = plan.finished_sizes_in(&outlook.tree);
        let work = |item: &Item, added: Option<CivilDate>| SprintWork {
            id: item.id.clone(),
            title: item.title.clone(),
            size: rounded(plan.credit(item, &sizes)),
            status: item.status,
            finished: item.finished,
            added,
        };
        let running = plan.sprint.as_deref();
        let ended = running.is_some_and(|sprint| sprint.end < today);
        let mut items: Vec<SprintWork> = Vec::new();
        // What is held by rank, and what of it was committed to.
        let (mut held, mut promised): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
        for (place, item) in plan.items.iter().enumerate().filter(|(_, item)| item.status == Status::Done) {
            if let Some(entry) = running.and_then(|sprint| entry_of(sprint, item))
                && !outlook.tree.is_container(place)
            {
                items.push(work(item, entry.added));
            }
        }
        for (rank, item) in (0..).zip(outlook.work_items()) {
            let Some(entry) = running.and_then(|sprint| entry_of(sprint, item)) else { continue };
            items.push(work(item, entry.added));
            // What a sprint that has ended leaves open joins the next ones like anything else.
            if !ended {
                held.push(rank);
            }
            if entry.added.is_none() {
                promised.push(rank);
            }
        }
        let first = match running {
            Some(sprint) if !ended => outlook.sprint_of(sprint.end) + 1,
            None if outlook.capacity(1) <= 0.0 => 2,
            _ => 1,
        };
        let last = first + count - 1;
        // Where nobody has to wait the order in which items finish is always the same, and all that are likely enough one
        // by one are together.
        let mut sets = vec![promised.clone()];
        for k in first..=last {
            for p in [SURE, HALF] {
                let mut set = held.clone();
                for rank in 0..outlook.work.len() as u32 {
                    if outlook.lands_by_sprint(rank as usize, p, k) && !held.contains(&rank) {
                        set.push(rank);
                    }
                }
                sets.push(set);
            }
        }
        let finishes = if outlook.has_dates() { self.sets(&outlook, sets.clone(), last)? } else { Vec::new() };
        let (mut before, mut next) = (held.clone(), Vec::new());
        let mut told = sets.iter().zip(&finishes).skip(1);
        for k in first..=last {
            let mut join = |start: &[u32], p: f64| match told.next() {
                Some((set, finish)) if outlook.by_sprint(finish, k) >= p => Ok(set.clone()),
                Some((set, _)) => self.joined(&outlook, start, set, k, p),
                None => Ok(start.to_vec()),
            };
            let sure = join(&before, SURE)?;
            let half = join(&sure, HALF)?;
            let (mut commit, mut stretch) = (Vec::new(), Vec::new());
            for (rank, item) in (0..).zip(outlook.work_items()).filter(|(rank, _)| !before.contains(rank)) {
                if sure.contains(&rank) {
                    commit.push(work(item, None));
                } else if half.contains(&rank) {
                    stretch.push(work(item, None));
                }
            }
            next.push(next_sprint(&outlook, k, commit, stretch, k == first && running.is_none()));
            before = sure;
        }
        let running = running.map(|sprint| progress(&outlook, sprint, items, finishes.first(), promised.len()));
        Ok(Sprints { unit: plan.unit, running, next })
    }

    /// The items of a set that join others, the first ones first, for as long as all are finished by the end of a sprint
    /// with a chance of `p`.
    fn joined(&self, outlook: &Outlook, start: &[u32], set: &[u32], k: u32, p: f64) -> Result<Vec<u32>> {
        let mut joined = start.to_vec();
        let mut rest = set.to_vec();
        rest.retain(|rank| !start.contains(rank));
        rest.truncate(MOST_TRIED);
        while !rest.is_empty() {
            // With the first one of them, the first two, and so on; then with each of them alone.
            let mut sets: Vec<Vec<u32>> = Vec::new();
            let mut chain = joined.clone();
            for rank in &rest {
                chain.push(*rank);
                sets.push(chain.clone());
            }
            for rank in &rest {
                let mut one = joined.clone();
                one.push(*rank);
                sets.push(one);
            }
            let finishes = self.sets(outlook, sets, k)?;
            let holds = |place: usize| finishes.get(place).is_some_and(|finish| outlook.by_sprint(finish, k) >= p);
            let run = (0..rest.len()).take_while(|place| holds(*place)).count();
            joined.extend_from_slice(rest.get(..run).unwrap_or_default());
            // What breaks the chance now breaks it with more as well.
            let count = rest.len();
            let mut place = 0;
            rest.retain(|_| {
                place += 1;
                place > run + 1 && holds(count + place - 1)
            });
        }
        Ok(joined)
    }
}

fn entry_of<'a>(sprint: &'a RunningSprint, item: &Item) -> Option<&'a SprintItem> {
    sprint.items.iter().find(|entry| entry.id == item.id)
}

fn sum(items: &[SprintWork]) -> f64 {
    rounded(items.iter().fold(0.0, |sum, item| sum + item.size))
}

/// "4 items (17 points)"; where items are counted, "4 items".
fn worth(plan: &Plan, items: &[SprintWork]) -> String {
    let amount = say::amount(sum(items), plan.unit);
    match plan.unit {
        Unit::Points => format!("{} ({amount})", say::items(items.len())),
        Unit::Items => amount,
    }
}

fn next_sprint(
    outlook: &Outlook,
    k: u32,
    commit: Vec<SprintWork>,
    stretch: Vec<SprintWork>,
    may_start: bool,
) -> NextSprint {
    let plan = &outlook.plan;
    let Span { start, end } = outlook.sprint(k);
    let by = end.spoken(outlook.settings.today);
    let mut sentence = match commit.as_slice() {
        _ if !outlook.has_dates() => "nothing is forecast: say what your sprints finish, and add items".to_owned(),
        [] => format!("nothing more is 85 % sure by {by}"),
        _ => format!("85 % sure by {by}: {}", worth(plan, &commit)),
    };
    if !stretch.is_empty() {
        sentence.push_str(&format!("; half sure: {} more", worth(plan, &stretch)));
    }
    let (mut begun, mut waiting, mut blocked): (Vec<&str>, Vec<&str>, Vec<&str>) = Default::default();
    let lowest = commit.last().and_then(|item| outlook.ranks.get(&item.id)).copied().unwrap_or(0);
    for (rank, item) in outlook.work_items().enumerate() {
        let is_in = commit.iter().any(|own| own.id == item.id);
        if item.status == Status::InProgress && !is_in && may_start && outlook.has_dates() {
            begun.push(&item.id);
        } else if rank < lowest && waiting.len() < 5 && !outlook.lands_by_sprint(rank, SURE, k) {
            waiting.push(&item.id);
        }
        if is_in && item.blocked.as_ref().is_some_and(|blocked| blocked.until.is_none()) {
            blocked.push(&item.id);
        }
    }
    let mut notes = Vec::new();
    if !begun.is_empty() {
        let (is, than) = if begun.len() == 1 { ("is", "it is") } else { ("are", "they are") };
        let begun = say::listed(&begun);
        notes.push(format!(
            "more is begun than the sprint holds: {begun} {is} in progress, and {than} not 85 % sure by {by}"
        ));
    }
    if !waiting.is_empty() {
        let (stands, has) = if waiting.len() == 1 { ("stands", "has") } else { ("stand", "have") };
        notes.push(format!("{} {stands} higher and {has} to wait", say::listed(&waiting)));
    }
    if !blocked.is_empty() {
        notes.push(format!("blocked without a date, assumed to go on now: {}", say::listed(&blocked)));
    }
    NextSprint {
        start,
        end,
        capacity: say::capacity(outlook, None, k),
        goal: goal(plan, &commit),
        amount: sum(&commit),
        stretch_amount: sum(&stretch),
        sentence,
        notes,
        commit,
        stretch,
    }
}

/// A goal: the objective that most of the commitment serves, by size, else the first item.
fn goal(plan: &Plan, commit: &[SprintWork]) -> String {
    let Some(mut first) = commit.first() else { return String::new() };
    let (mut most, mut name, mut more) = (0.0, "", commit.len() - 1);
    for objective in plan.objectives.iter() {
        let (mut amount, mut own, mut top) = (0.0, 0, None);
        for work in commit {
            if plan.find(&work.id).is_some_and(|(_, item)| item.objective.as_ref() == Some(&objective.id)) {
                amount += work.size;
                own += 1;
                top = top.or(Some(work));
            }
        }
        if let Some(top) = top.filter(|_| amount > most) {
            (most, name, more, first) = (amount, &objective.name, own - 1, top);
        }
    }
    let colon = if name.is_empty() { "" } else { ": " };
    let goal = if more == 0 {
        format!("{name}{colon}{}", first.title)
    } else {
        format!("{name}{colon}{} and {more} more", first.title)
    };
    goal.chars().take(MAX_LINE).collect()
}

fn progress(
    outlook: &Outlook,
    sprint: &RunningSprint,
    items: Vec<SprintWork>,
    finish: Option<&Histogram>,
    promised: usize,
) -> SprintProgress {
    let (plan, today) = (&outlook.plan, outlook.settings.today);
    let (start, end) = (sprint.start, sprint.end);
    let ended = end < today;
    let chance = finish.filter(|_| promised > 0 && !ended).map(|finish| outlook.chance_by(finish, end));
    let before = start.plus_days(-1);
    let working = plan.calendar.working_days_of(Span { start, end }, start);
    let (mut days, mut gone, mut left): (Vec<BurnDay>, f64, f64) = (Vec::new(), 0.0, 0.0);
    let (mut first, mut came, mut done, mut ideal) = (0.0, 0.0, 0.0, 0.0);
    for k in -1..=start.days_until(end) {
        let day = start.plus_days(k);
        let (mut added, mut finished) = (0.0, 0.0);
        for item in &items {
            // Days that are not known, or lie outside, are those nearest to it.
            let in_since = item.added.map_or(before, |day| day.clamp(start, end));
            let done = item.finished.unwrap_or_else(|| today.min(end)).max(start).max(in_since);
            if in_since == day {
                added += item.size;
            }
            if item.status == Status::Done && done == day {
                finished += item.size;
            }
        }
        if k < 0 {
            first = added;
        } else {
            came += added;
        }
        if working.contains(&day) {
            gone += 1.0;
        }
        left += added - finished;
        let told = day <= today || k < 0;
        let even = rounded(first * (1.0 - gone / working.len().max(1) as f64));
        if told {
            (ideal, done) = (even, done + finished);
        }
        days.push(BurnDay {
            day,
            ideal: even,
            added: rounded(added),
            finished: rounded(finished),
            left: told.then(|| rounded(left)),
        });
    }
    let left = days.iter().filter_map(|day| day.left).next_back().unwrap_or(0.0);
    let committed = sprint.items.iter().filter(|item| item.added.is_none());
    let committed = rounded(committed.fold(0.0, |sum, item| sum + item.size));
    let to = end.spoken(today);
    let amount = |value: f64| say::amount(value, plan.unit);
    let (all, are) = if promised == 1 { ("the one item", "is") } else { ("all items", "are") };
    let over = chance.is_some_and(|chance| chance < SURE);
    let sentence = match chance {
        Some(chance) => format!(
            "{all} committed to and still open {are} {} likely to be finished by {to}{}",
            say::chance(chance, outlook.settings.trials),
            if over { ": more is committed to than is 85 % sure" } else { "" },
        ),
        None if promised == 0 => "all that was committed to is finished".to_owned(),
        None if ended => format!("the sprint ended on {to}, and {} of it {are} open: close it", say::items(promised)),
        None => "how likely it is to be finished needs a history or a guess".to_owned(),
    };
    let mut burn_down = format!("{} of {} are finished", say::number(done), amount(rounded(first + came)));
    if came > 0.0 {
        burn_down.push_str(&format!(", {} of them added since the start", amount(rounded(came))));
    }
    burn_down.push_str(&format!("; {} left, where an even pace would leave {}", amount(left), say::number(ideal)));
    if committed != rounded(first) {
        burn_down.push_str(&format!("; {} were committed to, in the sizes of then", amount(committed)));
    }
    SprintProgress {
        start,
        end,
        goal: sprint.goal.clone(),
        items,
        committed,
        left,
        chance,
        over,
        ended,
        sentence,
        days,
        burn_down,
    }
}
