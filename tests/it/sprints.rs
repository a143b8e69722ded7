//! Sprints: what the next ones hold, starting one, watching it, closing it.

use landfall::forecast::engine::{Model, simulate};
use landfall::plan::{Occasion, PlanDocument, Status};
use landfall::session::{
    Attempt, BurnDay, Command, ItemPatch, NextSprint, Options, Planner, RowQuery, SprintQuery, SprintWork, Sprints,
    read_command, sample,
};
use serde_json::{Value, json};

use crate::plan::{assert_round_trip, date};

/// A plan of fortnights from Monday 16 November, whose past sprints finished the amounts given.
fn planner(items: Value, more: Value, finished: &[f64]) -> Planner {
    let mut document = json!({
        "format": "landfall", "version": 1, "name": "sprints", "unit": "points",
        "calendar": { "sprintDays": 14, "sprintStart": "2026-11-16", "workingDays": [1, 2, 3, 4, 5] },
        "objectives": [{ "id": "leads", "name": "Leads +20 %" }, { "id": "cost", "name": "Lower cost" }],
        "assumptions": { "model": "bootstrap" },
        "items": items,
    });
    document.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let mut planner = Planner::from_document(PlanDocument::from_json(&document.to_string()).unwrap()).unwrap();
    let today = date("2026-11-16");
    planner.apply(Command::SetHistory { finished: finished.to_vec(), today, team: None }).unwrap();
    planner
}

/// Ten points in every sprint: nothing is left to chance.
fn steady(items: Value) -> Planner {
    planner(items, json!({}), &[10.0; 8])
}

fn on(today: &str) -> SprintQuery {
    SprintQuery { today: Some(date(today)), ..SprintQuery::default() }
}

fn at(planner: &Planner, today: &str) -> Sprints {
    planner.sprints(&on(today)).unwrap()
}

fn ids(items: &[SprintWork]) -> Vec<&str> {
    items.iter().map(|item| item.id.as_str()).collect()
}

fn run(planner: &mut Planner, command: Value) {
    planner.apply(read_command(&command.to_string()).unwrap()).unwrap();
    assert_round_trip(planner.plan());
}

fn refuse(planner: &mut Planner, command: Value) -> String {
    let before = planner.plan().clone();
    let error = planner.apply(read_command(&command.to_string()).unwrap()).unwrap_err();
    assert_eq!(*planner.plan(), before);
    error.to_string()
}

fn order(planner: &Planner) -> Vec<&str> {
    planner.plan().items.iter().map(|item| item.id.as_str()).collect()
}

fn of_size(id: &str, size: f64) -> Value {
    json!({ "id": id, "title": id.to_lowercase(), "size": size })
}

#[test]
fn each_sprint_holds_what_one_reckons_by_hand() {
    let planner = steady(json!([
        { "id": "A", "title": "Cards", "size": 4, "objective": "leads" },
        { "id": "B", "title": "Wallets", "size": 3, "objective": "cost" },
        { "id": "C", "title": "Receipts", "size": 3, "objective": "leads" },
        of_size("D", 8.0), of_size("E", 1.0), of_size("F", 2.0),
    ]));
    let sprints = at(&planner, "2026-11-16");
    let [one, two, three] = sprints.next.as_slice() else { panic!("{sprints:?}") };
    assert_eq!((ids(&one.commit), one.amount), (vec!["A", "B", "C"], 10.0));
    assert_eq!((one.start, one.end), (date("2026-11-16"), date("2026-11-29")));
    assert_eq!(one.sentence, "85 % sure by 29 Nov: 3 items (10 points)");
    assert_eq!(one.goal, "Leads +20 %: Cards and 1 more");
    assert_eq!(one.capacity, "100 % — as in the past");
    assert_eq!((ids(&two.commit), two.goal.as_str()), (vec!["D", "E"], "d and 1 more"));
    assert_eq!(ids(&three.commit), ["F"]);
    assert!(sprints.next.iter().all(|sprint| sprint.stretch.is_empty() && sprint.notes.is_empty()));
    let more = planner.sprints(&SprintQuery { count: Some(4), ..on("2026-11-16") }).unwrap();
    assert_eq!(more.next[3].sentence, "nothing more is 85 % sure by 10 Jan");
    assert_eq!(more.next[3].goal, "");
    let error = planner.sprints(&SprintQuery { count: Some(13), ..on("2026-11-16") }).unwrap_err();
    assert_eq!((error.code().as_str(), error.path()), ("too-large", Some("/count")));
}

#[test]
fn stretch_is_what_half_of_the_futures_get_to() {
    // Six or ten points, equally likely by the bootstrap: six are sure, ten are half sure.
    let planner =
        planner(json!([of_size("A", 6.0), of_size("B", 3.9), of_size("C", 3.0)]), json!({}), &[6.0, 10.0, 10.0]);
    let one = &at(&planner, "2026-11-16").next[0];
    assert_eq!((ids(&one.commit), ids(&one.stretch)), (vec!["A"], vec!["B"]));
    assert_eq!((one.amount, one.stretch_amount), (6.0, 3.9));
    assert_eq!(one.sentence, "85 % sure by 29 Nov: 1 item (6 points); half sure: 1 item (3.9 points) more");
}

#[test]
fn absences_first_days_blocks_and_dependencies_are_respected() {
    let absent = json!({ "teams": [{ "name": "", "people": 2, "absences": [{ "who": "Ada", "from": "2026-11-16", "to": "2026-11-29" }] }] });
    let planner = planner(
        json!([
            // Needs what stands below it, which comes first.
            { "id": "A", "title": "a", "size": 2, "needs": ["C"] },
            // Waits beyond the sprint, and holds up nothing.
            { "id": "B", "title": "b", "size": 2, "blocked": { "reason": "contract", "until": "2026-12-02" } },
            { "id": "C", "title": "c", "size": 1 },
            { "id": "L", "title": "l", "size": 2, "notBefore": "2026-12-14" },
            { "id": "D", "title": "d", "size": 2, "blocked": { "reason": "an answer" } },
            of_size("E", 2.0),
        ]),
        absent,
        &[10.0; 8],
    );
    let sprints = at(&planner, "2026-11-16");
    let commits: Vec<Vec<&str>> = sprints.next.iter().map(|sprint| ids(&sprint.commit)).collect();
    // Half of ten points: three of A and C, two of D.
    assert_eq!(commits, [vec!["A", "C", "D"], vec!["B", "E"], vec!["L"]]);
    assert_eq!(sprints.next[0].capacity, "50 % — Ada away 10 days");
    assert_eq!(
        sprints.next[0].notes,
        ["B and L stand higher and have to wait", "blocked without a date, assumed to go on now: D"]
    );
}

/// The model that the planner simulates.
fn model_of(planner: &Planner, today: &str) -> Model {
    let options = Options { today: Some(date(today)), ..Options::default() };
    match Planner::from(planner.plan().clone()).attempt(|planner| planner.summary(&options)).unwrap() {
        Attempt::Pending(simulation) => Model::from_bytes(&simulation.model).unwrap(),
        Attempt::Answer(_) => panic!("nothing was simulated"),
    }
}

/// Four standard errors of 100,000 trials around 85 %.
const FOUR: f64 = 4.0 * 0.001_129;

/// Puts every commitment to 100,000 trials of another seed, and every item that could be added to it.
fn assert_holds(planner: &Planner, today: &str) {
    let sprints = at(planner, today);
    let rows = planner.rows(&RowQuery { today: Some(date(today)), ..RowQuery::default() }).unwrap();
    let rank = |id: &str| rows.rows.iter().find(|row| row.id == id).unwrap().rank.unwrap() as u32 - 1;
    let all: Vec<u32> = (0..rows.total as u32).collect();
    let mut model = model_of(planner, today);
    let fixed: Vec<Vec<u32>> = model.groups.clone();
    (model.trials, model.seed, model.each, model.prefixes) = (100_000, 20_261_127, false, false);
    let mut held: Vec<u32> = Vec::new();
    for (k, NextSprint { commit, .. }) in (1..).zip(&sprints.next) {
        held.extend(commit.iter().map(|item| rank(&item.id)));
        let rest: Vec<u32> = all.iter().copied().filter(|rank| !held.contains(rank)).collect();
        let with = |more: &u32| [held.clone(), vec![*more]].concat();
        // Risks name the plan's own groups, which stay where they are.
        model.groups = [fixed.clone(), vec![held.clone()], rest.iter().map(with).collect()].concat();
        let outcome = simulate(&model).unwrap();
        let chances: Vec<f64> =
            outcome.groups[fixed.len()..].iter().map(|group| group.within(k * model.slots)).collect();
        assert!(!held.is_empty() && chances[0] >= 0.85 - FOUR, "sprint {k}: {}", chances[0]);
        for (rank, chance) in rest.iter().zip(&chances[1..]) {
            assert!(*chance < 0.85 + FOUR, "sprint {k} with the item at {rank}: {chance}");
        }
        // Not by a hair only: the best that could be added misses the chance beyond the noise of the trials.
        let best = chances[1..].iter().copied().fold(0.0, f64::max);
        println!("sprint {k}: {} items hold in {:.4}, with one more in {best:.4} at most", held.len(), chances[0]);
        assert!(best < 0.85, "sprint {k}: {best}");
    }
}

#[test]
fn what_is_committed_to_holds_in_100_000_fresh_trials_and_one_item_more_does_not() {
    assert_holds(&sample(Some(date("2026-11-23"))).unwrap(), "2026-11-23");
    assert_holds(&sample(Some(date("2026-11-23"))).unwrap(), "2026-11-26");
}

#[test]
fn it_holds_for_two_teams_that_wait_for_each_other_where_sums_of_chances_would_not() {
    let past = |amounts: &[f64]| -> Value {
        (1..)
            .zip(amounts)
            .map(|(k, amount)| (date("2026-11-16").plus_days(-14 * k).to_string(), json!({ "finished": amount })))
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    let item = |k: usize| {
        let needs = if k.is_multiple_of(5) { vec![format!("I{}", k - 3)] } else { Vec::new() };
        json!({ "id": format!("I{k}"), "title": "x", "size": 1 + k % 3, "team": if k.is_multiple_of(2) { "Web" } else { "Apps" },
                "needs": needs, "notBefore": if k == 9 { json!("2026-12-01") } else { Value::Null } })
    };
    let items: Vec<Value> = (1..=40).map(item).collect();
    let varied = [7.0, 12.0, 9.0, 15.0, 4.0, 11.0, 8.0, 13.0];
    let planner = planner(
        json!(items),
        json!({ "teams": [{ "name": "Web" }, { "name": "Apps", "sprints": past(&[10.0, 5.0, 12.0, 8.0, 14.0, 9.0, 6.0, 11.0]) }],
                "assumptions": { "model": "calibrated", "growth": { "low": 0, "high": 3, "urgent": 0.3 },
                                 "risks": [{ "name": "harder", "probability": 0.3, "impact": { "low": 1, "high": 3 }, "at": "I7" }] } }),
        &varied,
    );
    assert_holds(&planner, "2026-11-16");
    // One by one more items are 85 % sure by then than together.
    let sprints = at(&planner, "2026-11-16").next;
    let (end, held) = (sprints[2].end, sprints.iter().map(|sprint| sprint.commit.len()).sum::<usize>());
    let query = RowQuery { today: Some(date("2026-11-16")), ..RowQuery::default() };
    let rows = planner.rows(&query).unwrap().rows;
    let alone = rows.iter().filter(|row| row.lands.unwrap().p85.is_some_and(|day| day <= end)).count();
    assert!(alone > held, "{alone} alone, {held} together");
}

#[test]
fn a_started_sprint_is_watched_day_by_day_and_closed_into_the_history() {
    let mut planner = steady(json!([
        of_size("Z", 5.0),
        of_size("A", 4.0),
        of_size("B", 3.0),
        of_size("C", 3.0),
        of_size("D", 2.0),
        of_size("E", 2.0)
    ]));
    run(&mut planner, json!({ "type": "startSprint", "today": "2026-11-16", "items": ["A", "B", "C"], "goal": "Pay" }));
    assert_eq!(planner.undo_label(), Some("start the sprint to 29 Nov"));
    // What is committed to comes first.
    assert_eq!(order(&planner), ["A", "B", "C", "Z", "D", "E"]);
    let running = at(&planner, "2026-11-16").running.unwrap();
    assert_eq!((running.goal.as_str(), running.committed, running.left), ("Pay", 10.0, 10.0));
    assert_eq!(running.sentence, "all items committed to and still open are > 99 % likely to be finished by 29 Nov");
    assert!(!running.over && running.days.len() == 15);
    // Today's sprint runs: the next ones come after it, and hold nothing of it.
    let sprints = at(&planner, "2026-11-16");
    assert_eq!(sprints.next[0].start, date("2026-11-30"));
    assert_eq!(ids(&sprints.next[0].commit), ["Z", "D", "E"]);

    run(
        &mut planner,
        json!({ "type": "editItem", "id": "A", "patch": { "status": "done", "finished": "2026-11-18" } }),
    );
    run(&mut planner, json!({ "type": "startSprint", "today": "2026-11-19", "items": ["B", "C", "D"] }));
    let running = at(&planner, "2026-11-20").running.unwrap();
    // A is done, and stays; D came in.
    assert_eq!(ids(&running.items), ["A", "B", "C", "D"]);
    assert_eq!((running.goal.as_str(), running.committed, running.left), ("Pay", 10.0, 8.0));
    let day = |k: usize| running.days[k];
    let told = |BurnDay { day, ideal, added, finished, left }: BurnDay| (day, ideal, added, finished, left);
    assert_eq!(told(day(0)), (date("2026-11-15"), 10.0, 10.0, 0.0, Some(10.0)));
    assert_eq!(told(day(3)), (date("2026-11-18"), 7.0, 0.0, 4.0, Some(6.0)));
    assert_eq!(told(day(4)), (date("2026-11-19"), 6.0, 2.0, 0.0, Some(8.0)));
    assert_eq!(told(day(5)), (date("2026-11-20"), 5.0, 0.0, 0.0, Some(8.0)));
    assert_eq!(told(day(6)), (date("2026-11-21"), 5.0, 0.0, 0.0, None));
    assert_eq!(day(14).ideal, 0.0);
    for pair in running.days.windows(2).filter(|pair| pair[1].left.is_some()) {
        assert_eq!(pair[1].left.unwrap(), pair[0].left.unwrap() + pair[1].added - pair[1].finished);
    }
    assert_eq!(
        running.burn_down,
        "4 of 12 points are finished, 2 points of them added since the start; 8 points left, where an even pace would leave 5"
    );
    // Six of ten days are left, and so are six points: the six committed to come before what was added.
    assert_eq!(running.chance, Some(1.0));
    let late = at(&planner, "2026-11-24").running.unwrap();
    assert_eq!((late.chance, late.over), (Some(0.0), true));
    assert_eq!(
        late.sentence,
        "all items committed to and still open are < 1 % likely to be finished by 29 Nov: more is committed to than is 85 % sure"
    );

    let error = refuse(
        &mut planner,
        json!({ "type": "startSprint", "today": "2026-11-27", "start": "2026-12-01", "items": ["E"] }),
    );
    assert_eq!(error, "/start: the sprint to 2026-11-29 is running: close it first");
    let before = planner.plan().clone();
    run(
        &mut planner,
        json!({ "type": "editItem", "id": "E", "patch": { "status": "done", "finished": "2026-11-26" } }),
    );
    run(&mut planner, json!({ "type": "closeSprint", "today": "2026-11-27", "finished": ["B"] }));
    let plan = planner.plan();
    assert!(plan.sprint.is_none());
    // A and B of the commitment, and E, which nobody had planned.
    let result = plan.history.sprints[&date("2026-11-16")];
    assert_eq!((result.finished, result.committed), (9.0, Some(10.0)));
    let b = plan.find("B").unwrap().1;
    assert_eq!((b.status, b.finished), (Status::Done, Some(date("2026-11-27"))));
    let past = plan.past();
    assert_eq!((past.periods.len(), past.periods[8].finished, past.periods[8].committed), (9, 9.0, Some(10.0)));
    // What is left comes next.
    let open: Vec<&str> = plan.items.iter().filter(|item| item.status.is_open()).map(|item| item.id.as_str()).collect();
    assert_eq!(open, ["C", "D", "Z"]);
    assert_eq!((plan.kept.len(), plan.kept[0].occasion, plan.kept[0].date), (1, Occasion::Sprint, date("2026-11-27")));
    // A closed sprint is not offered again.
    let sprints = at(&planner, "2026-11-27");
    assert!(sprints.running.is_none());
    assert_eq!(sprints.next[0].start, date("2026-11-30"));
    // Nor does its last day finish anything more: ten points lie in the next one, as in any other.
    assert_eq!((ids(&sprints.next[0].commit), sprints.next[0].amount), (vec!["C", "D", "Z"], 10.0));
    let rows = planner.rows(&RowQuery { today: Some(date("2026-11-27")), ..RowQuery::default() }).unwrap().rows;
    assert_eq!(rows[2].lands.unwrap().p85, Some(date("2026-12-11")));
    let error = refuse(&mut planner, json!({ "type": "startSprint", "today": "2026-11-27", "items": ["C"] }));
    assert_eq!(error, "/start: the sprint from 2026-11-16 is closed: take its result back, or start the next");
    run(&mut planner, json!({ "type": "startSprint", "today": "2026-11-27", "start": "2026-11-30", "items": ["C"] }));
    let error = refuse(&mut planner, json!({ "type": "closeSprint", "today": "2026-11-27" }));
    assert_eq!(error, "/today: the sprint begins on 2026-11-30: undo its start, or close it from then on");
    planner.undo();
    planner.undo();
    planner.undo();
    assert_eq!(*planner.plan(), before);
}

#[test]
fn what_cannot_be_in_a_sprint_is_refused_with_its_place() {
    let mut planner = steady(json!([
        { "id": "E", "title": "e", "type": "epic" }, { "id": "A", "title": "a", "size": 1, "parent": "E" },
        { "id": "X", "title": "x", "status": "done" },
    ]));
    let today = "2026-11-16";
    for (command, error) in [
        (json!({ "items": [] }), "/items: name one item at least"),
        (json!({ "items": ["A", "A"] }), "/items: A is named twice: name every item once"),
        (json!({ "items": ["nothing"] }), "/items: there is no item nothing: name one of the plan's"),
        (json!({ "items": ["X"] }), "/items/0: X is done: take in what is open"),
        (
            json!({ "items": ["A", "E"] }),
            "/items/1: E is no work of its own: take in its children, or what it is a part of",
        ),
        (
            json!({ "items": ["A"], "start": "2026-11-02" }),
            "/start: the sprint from 2026-11-02 to 2026-11-15 is not the one of today, nor the next",
        ),
        (
            json!({ "items": ["A"], "start": "2026-12-20" }),
            "/start: the sprint from 2026-12-14 to 2026-12-27 is not the one of today, nor the next",
        ),
    ] {
        let mut whole = json!({ "type": "startSprint", "today": today });
        whole.as_object_mut().unwrap().extend(command.as_object().unwrap().clone());
        assert_eq!(refuse(&mut planner, whole), error);
    }
    let error = refuse(&mut planner, json!({ "type": "closeSprint", "today": today }));
    assert_eq!(error, "no sprint is running: start one first");
    run(&mut planner, json!({ "type": "startSprint", "today": today, "items": ["A"] }));
    let error = refuse(&mut planner, json!({ "type": "closeSprint", "today": today, "finished": ["X"] }));
    assert_eq!(error, "/finished/0: there is no item X: name one of the plan's");
    let mut document = serde_json::to_value(planner.document()).unwrap();
    document["sprint"]["items"][0]["id"] = json!("gone");
    let error = Planner::from_document(PlanDocument::read(&document).unwrap()).unwrap_err();
    assert_eq!(error.path(), Some("/sprint/items/0/id"));
}

#[test]
fn a_sprint_keeps_up_with_what_is_merged_split_taken_out_and_counted_otherwise() {
    let mut planner = steady(json!([of_size("A", 4.0), of_size("B", 3.0), of_size("C", 3.0), of_size("D", 2.0)]));
    run(&mut planner, json!({ "type": "startSprint", "today": "2026-11-16", "items": ["A", "B", "C"] }));
    let entries = |planner: &Planner| -> Vec<(String, f64)> {
        planner.plan().sprint.as_ref().unwrap().items.iter().map(|item| (item.id.clone(), item.size)).collect()
    };
    run(&mut planner, json!({ "type": "mergeItems", "id": "D", "others": ["A", "C"], "addSizes": true }));
    assert_eq!(entries(&planner), [("D".to_owned(), 7.0), ("B".to_owned(), 3.0)]);
    run(
        &mut planner,
        json!({ "type": "splitItem", "id": "D", "pieces": [{ "title": "first", "size": 5 }, { "title": "rest", "size": 4 }] }),
    );
    let running = at(&planner, "2026-11-16").running.unwrap();
    assert_eq!((ids(&running.items), running.committed, running.left), (vec!["B", "D"], 10.0, 8.0));
    assert!(
        running.burn_down.ends_with("; 10 points were committed to, in the sizes of then"),
        "{}",
        running.burn_down
    );
    run(&mut planner, json!({ "type": "removeItem", "id": "B" }));
    assert_eq!(entries(&planner), [("D".to_owned(), 7.0)]);
    run(&mut planner, json!({ "type": "setUnit", "unit": "items" }));
    assert_eq!(entries(&planner), [("D".to_owned(), 1.0)]);
    run(&mut planner, json!({ "type": "removeItems", "ids": ["D"] }));
    let running = at(&planner, "2026-11-16").running.unwrap();
    assert_eq!(
        (running.items.len(), running.chance, running.sentence.as_str()),
        (0, None, "all that was committed to is finished")
    );
}

#[test]
fn what_items_and_sprints_both_tell_of_is_counted_once() {
    // The file knew everything up to the 15th: two sprints of ten points.
    let finished = |id: &str, size: f64, day: &str| json!({ "id": id, "title": "x", "size": size, "status": "done", "finished": day });
    let mut planner = planner(
        json!([
            finished("A", 10.0, "2026-10-19"),
            finished("B", 10.0, "2026-11-13"),
            of_size("C", 6.0),
            of_size("D", 4.0)
        ]),
        json!({ "history": { "knownUntil": "2026-11-15" } }),
        &[],
    );
    let amounts = |planner: &Planner| -> Vec<f64> {
        planner.plan().past().periods.iter().map(|period| period.finished).collect()
    };
    assert_eq!(amounts(&planner), [10.0, 10.0]);
    run(&mut planner, json!({ "type": "startSprint", "today": "2026-11-16", "items": ["C", "D"] }));
    // A file in the middle of the sprint: what runs is not history, and keeps its days.
    run(
        &mut planner,
        json!({ "type": "importItems", "fields": ["title", "size", "status", "finished"], "knownUntil": "2026-11-25",
        "items": [finished("C", 6.0, "2026-11-24")] }),
    );
    assert_eq!(planner.plan().calendar.sprint_start, date("2026-11-16"));
    assert_eq!(amounts(&planner), [10.0, 10.0]);
    run(&mut planner, json!({ "type": "closeSprint", "today": "2026-12-01" }));
    assert_eq!(amounts(&planner), [10.0, 10.0, 6.0]);
    assert_eq!(planner.plan().history.known_until, Some(date("2026-11-29")));
    // What is finished from then on is of the next sprint.
    run(
        &mut planner,
        json!({ "type": "importItems", "fields": ["title", "size", "status", "finished"], "knownUntil": "2026-12-13",
        "items": [finished("D", 4.0, "2026-12-01")] }),
    );
    assert_eq!(amounts(&planner), [10.0, 10.0, 6.0, 4.0]);
}

#[test]
fn each_team_gets_its_own_result() {
    let mut planner = planner(
        json!([
            { "id": "W", "title": "w", "size": 4, "team": "Web" }, { "id": "A", "title": "a", "size": 3, "team": "Apps" },
            { "id": "N", "title": "n", "size": 2 },
        ]),
        json!({ "teams": [{ "name": "Web" }, { "name": "Apps", "guess": { "low": 4, "high": 8 } }] }),
        &[10.0; 4],
    );
    run(&mut planner, json!({ "type": "startSprint", "today": "2026-11-16", "items": ["W", "A", "N"] }));
    run(&mut planner, json!({ "type": "closeSprint", "today": "2026-11-27", "finished": ["W", "A"] }));
    let plan = planner.plan();
    let start = date("2026-11-16");
    let of = |team: usize| plan.sprints_of(team).unwrap()[&start];
    assert_eq!((of(0).finished, of(0).committed), (4.0, Some(6.0)));
    assert_eq!((of(1).finished, of(1).committed), (3.0, Some(3.0)));
    let both = plan.past().periods.last().copied().unwrap();
    assert_eq!((both.finished, both.committed), (7.0, Some(9.0)));
}

#[test]
fn a_choice_is_judged_before_it_is_made_and_a_sprint_that_ended_is_to_be_closed() {
    let mut planner = steady(json!([of_size("A", 6.0), of_size("B", 4.0), of_size("C", 3.0)]));
    let start = json!({ "type": "startSprint", "today": "2026-11-16", "items": ["A", "B", "C"] });
    let assume = vec![read_command(&start.to_string()).unwrap()];
    let chosen = planner.sprints(&SprintQuery { assume, ..on("2026-11-16") }).unwrap().running.unwrap();
    assert_eq!((chosen.chance, chosen.over), (Some(0.0), true));
    assert!(planner.plan().sprint.is_none());
    run(&mut planner, start);
    let sprints = at(&planner, "2026-12-01");
    let running = sprints.running.unwrap();
    assert!(running.ended && running.chance.is_none() && !running.over);
    assert_eq!(running.sentence, "the sprint ended on 29 Nov, and 3 items of it are open: close it");
    // What it leaves open is what the sprint of today holds, as far as it does: eight of ten days are left.
    assert_eq!((ids(&sprints.next[0].commit), sprints.next[0].start), (vec!["A"], date("2026-11-30")));
    assert_eq!(sprints.next[0].notes, Vec::<String>::new());
    // In a plan of which nothing can be forecast there is nothing to commit to, and it says why.
    let empty = Planner::default().sprints(&on("2026-11-16")).unwrap();
    assert_eq!(empty.next[0].sentence, "nothing is forecast: say what your sprints finish, and add items");
}

#[test]
fn more_begun_than_a_sprint_holds_stands_out() {
    let begun = |id: &str, size: f64| json!({ "id": id, "title": "x", "size": size, "status": "in-progress" });
    let planner = steady(json!([begun("A", 6.0), begun("B", 5.0), of_size("C", 1.0)]));
    let one = &at(&planner, "2026-11-16").next[0];
    assert_eq!(ids(&one.commit), ["A"]);
    assert_eq!(one.notes, ["more is begun than the sprint holds: B is in progress, and it is not 85 % sure by 29 Nov"]);
}

#[test]
fn a_query_that_may_not_simulate_waits_for_every_simulation_it_needs() {
    let planner = sample(Some(date("2026-11-23"))).unwrap();
    let mut simulated = 0;
    let sprints = loop {
        match planner.attempt(|planner| planner.sprints(&on("2026-11-23"))).unwrap() {
            Attempt::Answer(sprints) => break sprints,
            Attempt::Pending(simulation) => {
                let mut trials = landfall::forecast::engine::Trials::new(&simulation.model).unwrap();
                while trials.advance(5000) > 0 {}
                planner.supply(&trials.finish()).unwrap();
                simulated += 1;
            }
        }
    };
    assert_eq!(sprints, at(&sample(Some(date("2026-11-23"))).unwrap(), "2026-11-23"));
    assert!(simulated >= 2, "{simulated}");
    let patch = ItemPatch { title: Some(Some("New".into())), ..ItemPatch::default() };
    let mut planner = planner;
    planner.apply(Command::EditItem { id: "LF-2".into(), patch: Box::new(patch) }).unwrap();
    assert_eq!(at(&planner, "2026-11-23").next[0].commit[0].title, "New");
}
