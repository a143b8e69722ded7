//! Flow: velocity against commitments, cycle and lead times, the age of what is begun, bugs, and what is blocked. All of
//! it is of the past and the present; nothing is simulated.

use serde::Serialize;

use super::outlook::{Outlook, Told};
use super::planner::Planner;
use super::say;
use super::view::Options;
use crate::error::Result;
use crate::exchange::write::isolated;
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
    /// "3 bugs were created in these sprints and 2 fixed, 14 % of what was finished, by size; 1 open now".
    pub bugs: String,
    /// From the day on which work began to the day on which it was finished.
    pub cycle: FlowTimes,
    /// From the day on which an item was written down to the day on which it was finished.
    pub lead: FlowTimes,
    /// What is in progress, the oldest first.
    pub ageing: Vec<FlowItem>,
    /// How old that is, against the cycle times.
    pub ageing_sentence: String,
    /// What is blocked, the longest first.
    pub blocked: Vec<FlowItem>,
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
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct FlowTimes {
    /// The items, by the day on which they were finished: the newest 500 at most.
    pub items: Vec<FlowItem>,
    /// The days within which at least half of them were finished; null without items, as the others.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub p50: Option<i64>,
    /// At least 70 %.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub p70: Option<i64>,
    /// At least 85 %.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub p85: Option<i64>,
    /// At least 95 %.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub p95: Option<i64>,
    /// "half of 27 items took 4 days or less, 85 % took 9 days or less".
    pub sentence: String,
}

/// An item with a time.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct FlowItem {
    /// Its key.
    pub id: String,
    /// What it is.
    pub title: String,
    /// How many days: that it took, is in progress, or is blocked; null where nobody knows since when.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub days: Option<i64>,
    /// When it was finished.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "CivilDate | null"))]
    pub finished: Option<CivilDate>,
    /// Whether it is in progress for longer than 85 % of finished items took.
    pub late: bool,
    /// What to send to whoever can unblock it; empty where it is not blocked.
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
        let sizes = plan.finished_sizes_in(&outlook.tree);
        let (mut cycle, mut lead, mut ageing, mut blocked) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut sprints: Vec<FlowSprint> = Vec::new();
        for period in &outlook.past.periods {
            let (start, end, finished, committed) = (period.start, period.end, period.finished, period.committed);
            let (throughput, bugs_created, bugs_fixed, bug_share) = (0, 0, 0, None);
            sprints.push(FlowSprint {
                start,
                end,
                finished,
                committed,
                throughput,
                bugs_created,
                bugs_fixed,
                bug_share,
            });
        }
        let mut amounts = vec![(0.0, 0.0); sprints.len()];
        let mut open_bugs = 0;
        for (place, item) in plan.items.iter().enumerate() {
            if !counts(item) || outlook.tree.is_container(place) {
                continue;
            }
            let is_bug = item.kind == Kind::Bug;
            let done = item.finished.filter(|_| item.status == Status::Done);
            for (sprint, (all, of_bugs)) in sprints.iter_mut().zip(&mut amounts) {
                let within = |day: Option<CivilDate>| day.is_some_and(|day| sprint.start <= day && day <= sprint.end);
                let (created, finished) = (within(item.created), within(done));
                sprint.bugs_created += usize::from(is_bug && created);
                if finished {
                    let credit = plan.credit(item, &sizes);
                    sprint.throughput += 1;
                    sprint.bugs_fixed += usize::from(is_bug);
                    *all += credit;
                    *of_bugs += if is_bug { credit } else { 0.0 };
                    sprint.bug_share = (*all > 0.0).then(|| *of_bugs / *all);
                }
            }
            if let Some(finished) = done {
                timed(&mut cycle, item, item.started, finished);
                timed(&mut lead, item, item.created, finished);
            }
            if item.status.is_open() {
                open_bugs += usize::from(is_bug);
                blocked.extend(blocked_item(&outlook, item));
            }
            if item.status == Status::InProgress {
                let days = item.started.map(|day| day.days_until(today) + 1).filter(|days| *days > 0);
                ageing.push(flow_item(item, days));
            }
        }
        let (cycle, lead) = (times_of(cycle), times_of(lead));
        let usual = cycle.p85;
        for item in &mut ageing {
            item.late = item.days.zip(usual).is_some_and(|(days, usual)| days > usual);
        }
        let (ageing, blocked) = (longest_first(ageing), longest_first(blocked));
        Ok(Flow {
            unit: plan.unit,
            velocity: say_velocity(&outlook, &sprints),
            bugs: say_bugs(&sprints, &amounts, open_bugs),
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

fn flow_item(item: &Item, days: Option<i64>) -> FlowItem {
    let (id, title) = (item.id.clone(), item.title.clone());
    FlowItem { id, title, days, finished: None, late: false, message: String::new() }
}

fn timed(list: &mut Vec<FlowItem>, item: &Item, from: Option<CivilDate>, finished: CivilDate) {
    let days = from.map(|from| from.days_until(finished) + 1).filter(|days| *days > 0);
    if days.is_some() {
        list.push(FlowItem { finished: Some(finished), ..flow_item(item, days) });
    }
}

fn longest_first(items: Vec<FlowItem>) -> Vec<FlowItem> {
    let longest = |item: &FlowItem| item.days.map_or(1.0, |days| -(days as f64));
    in_order(items, longest)
}

/// Items by a key, the least first.
fn in_order(items: Vec<FlowItem>, key: fn(&FlowItem) -> f64) -> Vec<FlowItem> {
    let mut order: Vec<(f64, u32)> = items.iter().map(key).zip(0..).collect();
    crate::sort::by(&mut order, |a, b| a.0.total_cmp(&b.0));
    order.iter().filter_map(|(_, place)| items.get(*place as usize).cloned()).collect()
}

fn times_of(items: Vec<FlowItem>) -> FlowTimes {
    let finished = |item: &FlowItem| item.finished.map_or(0.0, |day| CivilDate::MONDAY.days_until(day) as f64);
    let mut items = in_order(items, finished);
    items.drain(..items.len().saturating_sub(MOST));
    let count = items.len();
    // The least number of days that enough of them did not exceed.
    let at = |p: f64| {
        let within = |days: i64| items.iter().filter(|item| item.days.is_some_and(|other| other <= days)).count();
        let enough = |days: &i64| within(*days) as f64 / count as f64 >= p;
        items.iter().filter_map(|item| item.days).filter(enough).min()
    };
    let (p50, p70, p85, p95) = (at(0.5), at(0.7), at(0.85), at(0.95));
    let sentence = match p50.zip(p85) {
        None => String::new(),
        Some((half, _)) if count == 1 => {
            format!("the one finished item of which that is known took {}", say::days(half))
        }
        Some((half, most)) => format!(
            "half of {} took {} or less, 85 % took {} or less",
            say::items(count),
            say::days(half),
            say::days(most)
        ),
    };
    FlowTimes { items, p50, p70, p85, p95, sentence }
}

fn blocked_item(outlook: &Outlook, item: &Item) -> Option<FlowItem> {
    let today = outlook.settings.today;
    let blocked = item.blocked.as_ref()?;
    let days = blocked.since.map(|day| day.days_until(today)).filter(|days| *days >= 0);
    let since = match blocked.since.zip(days) {
        Some((day, days)) => format!("has been blocked for {}, since {}", say::days(days), day.spoken(today)),
        None => "is blocked".to_owned(),
    };
    let mut waits: Vec<&str> = Vec::new();
    for other in outlook.work_items() {
        if other.needs.contains(&item.id) {
            waits.push(&other.id);
        }
    }
    let waits = match waits.len() {
        0 => String::new(),
        count => format!(" {} wait{} for it.", say::listed(&waits), if count == 1 { "s" } else { "" }),
    };
    let reason = blocked.reason.trim().trim_end_matches('.');
    let colon = if reason.is_empty() { "" } else { ": " };
    let link = item.link.as_deref().unwrap_or_default();
    let message = format!(
        "{} “{}” {since}{colon}{reason}.{waits} What does it take for it to go on, and when can that be there? {link}",
        item.id,
        isolated(&item.title)
    );
    Some(FlowItem { message: message.trim_end().to_owned(), ..flow_item(item, days) })
}

fn say_velocity(outlook: &Outlook, sprints: &[FlowSprint]) -> String {
    let text = say::velocity(outlook);
    let (mut known, mut kept) = (0, 0);
    for sprint in sprints {
        known += usize::from(sprint.committed.is_some());
        kept += usize::from(sprint.committed.is_some_and(|committed| sprint.finished >= committed));
    }
    if known == 0 { text } else { format!("{text}; {kept} of {known} finished as much as was committed to") }
}

fn say_bugs(sprints: &[FlowSprint], amounts: &[(f64, f64)], open: usize) -> String {
    let (mut created, mut fixed) = (0, 0);
    for sprint in sprints {
        created += sprint.bugs_created;
        fixed += sprint.bugs_fixed;
    }
    let (mut all, mut of_bugs) = (0.0, 0.0);
    for (amount, own) in amounts {
        all += amount;
        of_bugs += own;
    }
    let share = if all > 0.0 {
        format!(", {} % of what was finished, by size", (of_bugs / all * 100.0).round())
    } else {
        String::new()
    };
    let bugs = if created == 1 { "bug was" } else { "bugs were" };
    format!("{created} {bugs} created in these sprints and {fixed} fixed{share}; {open} open now")
}

fn say_ageing(ageing: &[FlowItem], usual: Option<i64>) -> String {
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

fn say_blocked(blocked: &[FlowItem]) -> String {
    let Some(longest) = blocked.first() else { return "nothing is blocked".to_owned() };
    let are = if blocked.len() == 1 { "is" } else { "are" };
    let mut text = format!("{} {are} blocked", say::items(blocked.len()));
    if let Some(days) = longest.days {
        let name = if blocked.len() == 1 { String::new() } else { format!(" {}", longest.id) };
        text.push_str(&format!(",{name} for {}", say::days(days)));
    }
    text
}
