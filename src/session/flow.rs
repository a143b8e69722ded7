//! Flow: velocity against commitments, cycle and lead times, the age of what is begun, bugs, and what is blocked. All of
//! it is of the past and the present; nothing is simulated.

use serde::Serialize;

use super::outlook::{Outlook, Told};
use super::planner::Planner;
use super::say;
use super::view::Options;
use crate::error::Result;
use crate::plan::{CivilDate, Item, Kind, Status, Unit, counts};

/// The most finished items whose times are told, the newest ones.
const MOST: usize = 500;

/// How work has flowed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Flow {
    /// What amounts are counted in.
    pub unit: Unit,
    /// Past sprints, oldest first.
    pub sprints: Vec<FlowSprint>,
    /// "12 sprints, 8–22, median 16.5; 4 of 12 finished as much as was committed to".
    pub velocity: String,
    /// "3 bugs were created in these sprints and 2 fixed; 1 is open".
    pub bugs: String,
    /// From the day on which work began to the day on which it was finished.
    pub cycle: FlowTimes,
    /// From the day on which an item was written down to the day on which it was finished.
    pub lead: FlowTimes,
    /// What is in progress, the oldest first.
    pub ageing: Vec<AgeingItem>,
    /// How old that is, against the cycle times.
    pub ageing_sentence: String,
    /// What is blocked, the longest first.
    pub blocked: Vec<BlockedItem>,
    /// "2 items are blocked, LF-19 for 9 days".
    pub blocked_sentence: String,
}

/// A past sprint.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct FlowSprint {
    /// The first day.
    pub start: CivilDate,
    /// The last day.
    pub end: CivilDate,
    /// How much was finished, as the forecast draws it.
    pub finished: f64,
    /// How much was committed to, where that was recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub committed: Option<f64>,
    /// How many items are known to have been finished in it.
    pub throughput: usize,
    /// How many bugs were written down in it.
    pub bugs_created: usize,
    /// How many bugs were finished in it.
    pub bugs_fixed: usize,
    /// The share of bugs in what is known to have been finished in it, by size, 0..1; absent where nothing is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub bug_share: Option<f64>,
}

/// How long finished items took, in calendar days, both ends counted: what began and ended on one day took 1 (Vacanti,
/// *Actionable Agile Metrics for Predictability*, 2015).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct FlowTimes {
    /// The items, by the day on which they were finished: the newest 500 at most.
    pub points: Vec<FlowPoint>,
    /// The days within which at least such a share of them was finished: 50, 70, 85 and 95 %; empty without items.
    pub percentiles: Vec<FlowPercentile>,
    /// "half of 27 items took 4 days or less, 85 % took 9 days or less".
    pub sentence: String,
}

/// How long a finished item took.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct FlowPoint {
    /// Its key.
    pub id: String,
    /// What it is.
    pub title: String,
    /// When it was finished.
    pub finished: CivilDate,
    /// How many days it took.
    pub days: i64,
}

/// The days within which a share of items was finished.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct FlowPercentile {
    /// The share, 0..1.
    pub p: f64,
    /// The days.
    pub days: i64,
}

/// An item in progress.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct AgeingItem {
    /// Its key.
    pub id: String,
    /// What it is.
    pub title: String,
    /// How many days it has been in progress, both ends counted; absent where nobody knows since when.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub days: Option<i64>,
    /// Whether 85 % of finished items took less than that.
    pub late: bool,
}

/// An item that waits for somebody.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct BlockedItem {
    /// Its key.
    pub id: String,
    /// What it is.
    pub title: String,
    /// Why it cannot go on.
    pub reason: String,
    /// For how many days; absent where nobody knows since when.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub days: Option<i64>,
    /// What to send to whoever can unblock it.
    pub message: String,
}

impl Planner {
    /// How work has flowed up to now. Nothing is simulated.
    ///
    /// # Errors
    /// When an assumed command does not apply.
    pub fn flow(&self, options: &Options) -> Result<Flow> {
        let prepared = self.in_numbers(self.assuming(&options.assume)?, options.today)?;
        let outlook = Outlook::new(prepared, Told::Nothing);
        let (plan, today) = (&outlook.plan, outlook.settings.today);
        let (containers, sizes) = (plan.containers(), plan.finished_sizes());
        let own = |item: &&Item| counts(item) && !containers.contains(item.id.as_str());
        let items: Vec<&Item> = plan.items.iter().map(|item| &**item).filter(own).collect();
        let done = || items.iter().filter(|item| item.status == Status::Done && item.finished.is_some());
        let is_bug = |item: &&&Item| item.kind == Kind::Bug;
        let sprints = outlook.past.periods.iter().map(|period| {
            let within = |day: Option<CivilDate>| day.is_some_and(|day| (period.start..=period.end).contains(&day));
            let finished = || done().filter(|item| within(item.finished));
            let amount = |sum: f64, item: &&Item| sum + plan.credit(item, &sizes);
            let (all, of_bugs) = (finished().fold(0.0, amount), finished().filter(is_bug).fold(0.0, amount));
            FlowSprint {
                start: period.start,
                end: period.end,
                finished: period.finished,
                committed: period.committed,
                throughput: finished().count(),
                bugs_created: items.iter().filter(is_bug).filter(|item| within(item.created)).count(),
                bugs_fixed: finished().filter(is_bug).count(),
                bug_share: (all > 0.0).then_some(of_bugs / all),
            }
        });
        let sprints: Vec<FlowSprint> = sprints.collect();
        let times = |from: &dyn Fn(&Item) -> Option<CivilDate>| {
            let points = done().filter_map(|item| {
                let (from, finished) = (from(item)?, item.finished?);
                let days = from.days_until(finished) + 1;
                (days > 0).then(|| FlowPoint { id: item.id.clone(), title: item.title.clone(), finished, days })
            });
            times_of(points.collect())
        };
        let (cycle, lead) = (times(&|item| item.started), times(&|item| item.created));
        let usual = cycle.percentiles.iter().find(|one| one.p == 0.85).map(|one| one.days);
        let begun = items.iter().filter(|item| item.status == Status::InProgress).map(|item| {
            let days = item.started.map(|day| day.days_until(today) + 1).filter(|days| *days > 0);
            let late = days.zip(usual).is_some_and(|(days, usual)| days > usual);
            AgeingItem { id: item.id.clone(), title: item.title.clone(), days, late }
        });
        let mut ageing: Vec<AgeingItem> = begun.collect();
        ageing.sort_by_key(|item| std::cmp::Reverse(item.days));
        let waiting = items.iter().filter(|item| item.status.is_open()).filter_map(|item| blocked(&outlook, item));
        let mut blocked: Vec<BlockedItem> = waiting.collect();
        blocked.sort_by_key(|item| std::cmp::Reverse(item.days));
        let open_bugs = items.iter().filter(is_bug).filter(|item| item.status.is_open()).count();
        Ok(Flow {
            unit: plan.unit,
            velocity: say_velocity(&outlook, &sprints),
            bugs: say_bugs(&sprints, open_bugs),
            ageing_sentence: say_ageing(&ageing, usual),
            blocked_sentence: say_blocked(&blocked),
            sprints,
            cycle,
            lead,
            ageing,
            blocked,
        })
    }
}

fn times_of(mut points: Vec<FlowPoint>) -> FlowTimes {
    points.sort_by_key(|point| point.finished);
    let points = points.split_off(points.len().saturating_sub(MOST));
    let mut days: Vec<i64> = points.iter().map(|point| point.days).collect();
    days.sort_unstable();
    let percentiles = [0.5, 0.7, 0.85, 0.95].into_iter().filter_map(|p: f64| {
        let reached = (1..=days.len()).find(|count| *count as f64 / days.len() as f64 >= p)?;
        Some(FlowPercentile { p, days: *days.get(reached - 1)? })
    });
    let percentiles: Vec<FlowPercentile> = percentiles.collect();
    let at = |p: f64| percentiles.iter().find(|one| one.p == p).map_or_else(String::new, |one| say::days(one.days));
    let sentence = match points.len() {
        0 => String::new(),
        1 => format!("the one finished item of which that is known took {}", at(0.5)),
        count => format!("half of {} took {} or less, 85 % took {} or less", say::items(count), at(0.5), at(0.85)),
    };
    FlowTimes { points, percentiles, sentence }
}

fn blocked(outlook: &Outlook, item: &Item) -> Option<BlockedItem> {
    let today = outlook.settings.today;
    let blocked = item.blocked.as_ref()?;
    let days = blocked.since.map(|day| day.days_until(today)).filter(|days| *days >= 0);
    let name = format!("{} “{}”", item.id, item.title);
    let since = match blocked.since.zip(days) {
        Some((day, days)) => format!("has been blocked for {}, since {}", say::days(days), day.spoken(today)),
        None => "is blocked".to_owned(),
    };
    let waits: Vec<&str> =
        outlook.work_items().filter(|other| other.needs.contains(&item.id)).map(|other| other.id.as_str()).collect();
    let waits = match waits.as_slice() {
        [] => String::new(),
        [one] => format!(" {one} waits for it."),
        some => format!(" {} wait for it.", say::listed(some)),
    };
    let reason = blocked.reason.trim().trim_end_matches('.');
    let why = if reason.is_empty() { String::new() } else { format!(": {reason}") };
    let link = item.link.as_deref().map(|link| format!(" {link}")).unwrap_or_default();
    let message =
        format!("{name} {since}{why}.{waits} What does it take for it to go on, and when can that be there?{link}");
    Some(BlockedItem { id: item.id.clone(), title: item.title.clone(), reason: blocked.reason.clone(), days, message })
}

fn say_velocity(outlook: &Outlook, sprints: &[FlowSprint]) -> String {
    let text = say::velocity(outlook);
    let committed = sprints.iter().filter_map(|sprint| Some((sprint.committed?, sprint.finished)));
    let committed: Vec<(f64, f64)> = committed.collect();
    if committed.is_empty() {
        return text;
    }
    let kept = committed.iter().filter(|(committed, finished)| finished >= committed).count();
    format!("{text}; {kept} of {} finished as much as was committed to", committed.len())
}

fn say_bugs(sprints: &[FlowSprint], open: usize) -> String {
    let bugs = |count: usize| if count == 1 { "1 bug".to_owned() } else { format!("{count} bugs") };
    let sum = |of: fn(&FlowSprint) -> usize| sprints.iter().map(of).sum::<usize>();
    let (created, fixed) = (sum(|sprint| sprint.bugs_created), sum(|sprint| sprint.bugs_fixed));
    let was = |count: usize| if count == 1 { "was" } else { "were" };
    format!("{} {} created in these sprints and {fixed} fixed; {open} open now", bugs(created), was(created))
}

fn say_ageing(ageing: &[AgeingItem], usual: Option<i64>) -> String {
    let Some(oldest) = ageing.first() else { return "nothing is in progress".to_owned() };
    let late = ageing.iter().filter(|item| item.late).count();
    let are = if ageing.len() == 1 { "is" } else { "are" };
    let mut text = format!("{} {are} in progress", say::items(ageing.len()));
    if let Some(days) = oldest.days {
        text.push_str(&format!(", {} the longest: {}", oldest.id, say::days(days)));
    }
    if let Some(usual) = usual {
        let usual = say::days(usual);
        text.push_str(&format!("; {late} of {} longer than the {usual} that 85 % took", ageing.len()));
    }
    text
}

fn say_blocked(blocked: &[BlockedItem]) -> String {
    let Some(longest) = blocked.first() else { return "nothing is blocked".to_owned() };
    let are = if blocked.len() == 1 { "is" } else { "are" };
    let mut text = format!("{} {are} blocked", say::items(blocked.len()));
    if let Some(days) = longest.days {
        let name = if blocked.len() == 1 { String::new() } else { format!(" {}", longest.id) };
        text.push_str(&format!(",{name} for {}", say::days(days)));
    }
    text
}
