//! Flow: times, ages, bugs and blocks with answers known by hand.

use landfall::plan::PlanDocument;
use landfall::session::{Flow, Options, Planner, sample};
use serde_json::{Value, json};

use crate::plan::date;

fn flow(items: Value, history: Value) -> Flow {
    let document = json!({
        "format": "landfall", "version": 1, "name": "flow", "unit": "points", "history": history,
        "calendar": { "sprintDays": 14, "sprintStart": "2026-11-16" }, "items": items,
    });
    let planner = Planner::from_document(PlanDocument::read(&document).unwrap()).unwrap();
    planner.flow(&Options { today: Some(date("2026-11-20")), ..Options::default() }).unwrap()
}

fn done(id: usize, started: &str, finished: &str, kind: &str, size: f64) -> Value {
    json!({ "id": format!("D{id}"), "title": "x", "type": kind, "status": "done", "size": size,
            "created": "2026-10-19", "started": started, "finished": finished })
}

#[test]
fn times_count_both_ends_and_percentiles_are_the_least_that_reach_their_share() {
    // Ten items that took 1 to 10 days, begun on the 2nd of November.
    let items: Vec<Value> = (1..=10)
        .map(|k| done(k, "2026-11-02", &date("2026-11-01").plus_days(k as i64).to_string(), "story", 1.0))
        .collect();
    let flow = flow(json!(items), json!({}));
    assert_eq!(flow.cycle.items.iter().filter_map(|item| item.days).collect::<Vec<_>>(), (1..=10).collect::<Vec<_>>());
    let cycle = &flow.cycle;
    assert_eq!((cycle.p50, cycle.p70, cycle.p85, cycle.p95), (Some(5), Some(7), Some(9), Some(10)));
    assert_eq!(flow.cycle.sentence, "half of 10 items took 5 days or less, 85 % took 9 days or less");
    // Fourteen days more since they were written down.
    assert_eq!(flow.lead.p85, Some(23));
}

#[test]
fn velocity_throughput_and_bugs_add_up_sprint_by_sprint() {
    let mut items = vec![
        done(1, "2026-10-20", "2026-10-30", "story", 6.0),
        done(2, "2026-10-20", "2026-11-02", "bug", 2.0),
        done(3, "2026-11-03", "2026-11-15", "story", 6.0),
        // After the last sprint: of none of them.
        done(4, "2026-11-16", "2026-11-18", "bug", 1.0),
    ];
    items.push(json!({ "id": "B", "title": "open", "type": "bug", "created": "2026-11-05" }));
    items.push(json!({ "id": "S", "title": "part", "type": "sub-task", "status": "done", "finished": "2026-11-05" }));
    let history = json!({ "sprints": { "2026-10-19": { "finished": 7, "committed": 8 }, "2026-11-02": { "finished": 8, "committed": 8 } } });
    let flow = flow(json!(items), history);
    let rows: Vec<_> = flow
        .sprints
        .iter()
        .map(|row| {
            (row.finished, row.committed.unwrap(), row.throughput, row.bugs_created, row.bugs_fixed, row.bug_share)
        })
        .collect();
    // Three were written down on the first day of the first sprint, of which one is a bug, and one that was fixed later.
    assert_eq!(rows, [(7.0, 8.0, 1, 2, 0, Some(0.0)), (8.0, 8.0, 2, 1, 1, Some(0.25))]);
    assert_eq!(flow.velocity, "2 sprints, 7–8, median 7.5; 1 of 2 finished as much as was committed to");
    assert_eq!(
        flow.bugs,
        "3 bugs were created in these sprints and 1 fixed, 14 % of what was finished, by size; 1 open now"
    );
}

#[test]
fn what_is_begun_ages_against_what_finished_items_took() {
    let mut items: Vec<Value> = (1..=4).map(|k| done(k, "2026-11-02", "2026-11-06", "story", 1.0)).collect();
    items.push(json!({ "id": "Y", "title": "young", "status": "in-progress", "started": "2026-11-16" }));
    items.push(json!({ "id": "O", "title": "old", "status": "in-progress", "started": "2026-11-01" }));
    items.push(json!({ "id": "U", "title": "unknown", "status": "in-progress" }));
    let flow = flow(json!(items), json!({}));
    let ageing: Vec<_> = flow.ageing.iter().map(|item| (item.id.as_str(), item.days, item.late)).collect();
    // As long as 85 % took is not longer.
    assert_eq!(ageing, [("O", Some(20), true), ("Y", Some(5), false), ("U", None, false)]);
    assert_eq!(
        flow.ageing_sentence,
        "3 items are in progress, O the longest: 20 days; 1 of 3 longer than the 5 days that 85 % took"
    );
}

#[test]
fn a_blocked_item_has_its_age_and_a_message_to_send() {
    let flow = flow(
        json!([
            { "id": "A", "title": "Tax", "blocked": { "reason": "waiting for the offer.", "since": "2026-11-11" }, "link": "https://tracker.example/A" },
            { "id": "B", "title": "Abroad", "needs": ["A"], "blocked": { "reason": "" } },
            { "id": "C", "title": "Duties", "needs": ["A"] },
            { "id": "D", "title": "Done", "status": "done", "blocked": { "reason": "was" } },
        ]),
        json!({}),
    );
    assert_eq!(flow.blocked_sentence, "2 items are blocked, A for 9 days");
    assert_eq!(flow.blocked.iter().map(|item| item.days).collect::<Vec<_>>(), [Some(9), None]);
    assert_eq!(
        flow.blocked[0].message,
        "A “Tax” has been blocked for 9 days, since 11 Nov: waiting for the offer. B and C wait for it. \
         What does it take for it to go on, and when can that be there? https://tracker.example/A"
    );
    assert_eq!(
        flow.blocked[1].message,
        "B “Abroad” is blocked. What does it take for it to go on, and when can that be there?"
    );
}

#[test]
fn where_nothing_is_known_it_says_so_and_the_sample_has_something_of_everything() {
    let flow = flow(json!([]), json!({}));
    assert!(flow.cycle.items.is_empty() && flow.cycle.p50.is_none() && flow.cycle.sentence.is_empty());
    assert_eq!(
        (flow.ageing_sentence.as_str(), flow.blocked_sentence.as_str()),
        ("nothing is in progress", "nothing is blocked")
    );
    let today = date("2026-11-23");
    let planner = sample(Some(today)).unwrap();
    let flow = planner.flow(&Options { today: Some(today), ..Options::default() }).unwrap();
    assert!(flow.cycle.items.len() >= 5 && flow.lead.items.len() >= 5);
    assert!(flow.ageing.iter().all(|item| item.days.is_some()) && flow.ageing.len() >= 2 && flow.blocked.len() == 1);
    assert!(
        flow.sprints.iter().any(|sprint| sprint.bugs_fixed > 0)
            && flow.sprints.iter().any(|sprint| sprint.bugs_created > 0)
    );
    // What was finished is what the forecast draws from.
    let forecast = planner.forecast(&Options { today: Some(today), ..Options::default() }).unwrap();
    assert_eq!(
        flow.sprints.iter().map(|sprint| (sprint.start, sprint.finished, sprint.committed)).collect::<Vec<_>>(),
        forecast.history.iter().map(|period| (period.start, period.finished, period.committed)).collect::<Vec<_>>()
    );
}
