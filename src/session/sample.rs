//! The sample plan: what a first opening shows.

use std::sync::Arc;

use super::command::Command;
use super::outlook::SURE;
use super::planner::Planner;
use crate::error::Result;
use crate::plan::{CivilDate, Objective, Plan, PlanDocument, Promise, Reading, Sprint, Status};

/// What the twelve sprints before the running one committed to and finished.
const SPRINTS: [(f64, f64); 12] = [
    (20.0, 14.0),
    (18.0, 17.0),
    (18.0, 11.0),
    (16.0, 19.0),
    (18.0, 16.0),
    (18.0, 22.0),
    (20.0, 13.0),
    (18.0, 18.0),
    (18.0, 8.0),
    (18.0, 20.0),
    (20.0, 17.0),
    (20.0, 21.0),
];
/// When each objective is due, in days from now, and what its metric showed every four weeks, the newest last.
const OBJECTIVES: [(&str, i64, [f64; 4]); 3] = [
    ("leads", 160, [980.0, 1004.0, 1011.0, 1046.0]),
    ("renewals", 142, [0.0, 1.0, 1.0, 2.0]),
    ("refunds", 185, [204.0, 198.0, 207.0, 195.0]),
];
/// What was told three weeks ago: to whom, of which tag, if not of everything, and the day that was 85 % sure then, in
/// days from the Monday on which the running sprint began.
const PROMISES: [(&str, Option<&str>, i64); 2] = [("Acme", Some("acme"), 128), ("the board", None, 206)];
/// What came into the plan since.
const NEW: [&str; 2] = ["LF-40", "LF-42"];
/// What was smaller then.
const GREW: (&str, f64) = ("LF-14", 5.0);

/// The sample plan, as seen from a day; without one, from the first Monday of 2024.
///
/// # Errors
/// None: the sample is a part of Landfall, and a test reads it.
pub fn sample(today: Option<CivilDate>) -> Result<Planner> {
    let today = today.unwrap_or(CivilDate::MONDAY);
    let mut plan = Plan::try_from(PlanDocument::from_json(include_str!("sample.json"))?)?;
    // The running sprint began on the Monday before last, at most: there is always some of it left.
    let monday = today.plus_days(1 - i64::from(today.weekday()));
    Arc::make_mut(&mut plan.calendar).sprint_start = monday;
    let history = Arc::make_mut(&mut plan.history);
    for ((committed, finished), back) in SPRINTS.into_iter().rev().zip(1..) {
        history.sprints.insert(monday.plus_days(-14 * back), Sprint { finished, committed: Some(committed) });
    }
    for (id, due, readings) in OBJECTIVES {
        let objectives: &mut Vec<Objective> = Arc::make_mut(&mut plan.objectives);
        let Some(objective) = objectives.iter_mut().find(|objective| objective.id == id) else { continue };
        objective.due = Some(today.plus_days(due));
        let reading = |(value, k): (f64, i64)| Reading { date: monday.plus_days(28 * (k - 3)), value };
        objective.readings = readings.into_iter().zip(0..).map(reading).collect();
    }
    let requests = Arc::make_mut(&mut plan.requests);
    for (request, back) in requests.iter_mut().rev().zip(1..) {
        request.date = Some(monday.plus_days(-9 * back));
        if let Some(outcome) = &mut request.outcome {
            outcome.date = Some(monday.plus_days(-6));
        }
    }
    for (decision, back) in Arc::make_mut(&mut plan.decisions).iter_mut().rev().zip(0..) {
        decision.date = Some(monday.plus_days(-6 - 18 * back));
    }
    for item in Arc::make_mut(&mut plan.items) {
        let item = Arc::make_mut(item);
        // Older items have the lower numbers; what is done was done in the last sprints, one item a week.
        let number =
            item.id.strip_prefix("LF-").and_then(|number| number.parse::<u64>().ok()).unwrap_or_default() as i64;
        let back = (51 - number) * 7;
        item.created = Some(monday.plus_days(-84 + number % 42));
        match item.status {
            Status::InProgress => item.started = Some(monday.plus_days(-number)),
            Status::Done => {
                item.finished = Some(monday.plus_days(4 - back));
                item.started = Some(monday.plus_days(2 - back - number % 7));
            }
            Status::Declined => item.finished = Some(monday.plus_days(-3)),
            Status::Todo => {}
        }
        if let Some(blocked) = &mut item.blocked {
            blocked.since = Some(monday.plus_days(-9));
        }
    }
    plan.check()?;
    let then = promised(&plan, monday)?;
    (plan.promises, plan.kept) = (then.promises, then.kept);
    Ok(Planner::from(plan))
}

/// The plan as it was three weeks ago, when the promises were made.
fn promised(plan: &Plan, monday: CivilDate) -> Result<Plan> {
    let began = monday.plus_days(-28);
    let mut then = plan.clone();
    Arc::make_mut(&mut then.calendar).sprint_start = began;
    Arc::make_mut(&mut then.history).sprints.retain(|start, _| *start < began);
    let items = Arc::make_mut(&mut then.items);
    items.retain(|item| !NEW.contains(&item.id.as_str()));
    for item in items {
        let item = Arc::make_mut(item);
        (item.started, item.finished, item.status) = match item.status {
            Status::Done => (Some(began), None, Status::InProgress),
            _ => (None, None, Status::Todo),
        };
        if item.id == GREW.0 {
            item.size = Some(GREW.1.into());
        }
    }
    let mut planner = Planner::from(then);
    for (to, tag, by) in PROMISES {
        let promise = Promise {
            id: String::new(),
            to: to.to_owned(),
            what: String::new(),
            objective: None,
            item: None,
            tag: tag.map(str::to_owned),
            by: monday.plus_days(by),
            chance: SURE,
            told: monday.plus_days(-20),
            forecast: String::new(),
            items: Vec::new(),
            withdrawn: false,
            note: String::new(),
        };
        planner.apply(Command::SetPromise { promise: Box::new(promise) })?;
    }
    Ok(planner.plan().clone())
}
