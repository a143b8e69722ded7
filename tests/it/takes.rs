//! What would it take: chances by a day, and the deadline, velocity and scope that make something likely enough.

use landfall::Code;
use landfall::plan::{PlanDocument, Status};
use landfall::session::{ChanceQuery, Command, Options, Planner, WhatItTakes, sample};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::plan::date;

/// Ten points in every past sprint, so that nothing is left to chance: sprints of two weeks, the running one from today.
fn steady(items: Value) -> Planner {
    planner(items, &[10.0; 8], "bootstrap")
}

fn planner(items: Value, finished: &[f64], model: &str) -> Planner {
    let today = date("2026-11-16");
    let document = json!({
        "format": "landfall", "version": 1, "name": "steady", "unit": "points",
        "calendar": { "sprintDays": 14, "sprintStart": "2026-11-16", "workingDays": [1, 2, 3, 4, 5] },
        "objectives": [{ "id": "leads", "name": "Leads +20 %", "due": "2026-12-25" }],
        "assumptions": { "model": model },
        "items": items,
    });
    let mut planner = Planner::from_document(PlanDocument::from_json(&document.to_string()).unwrap()).unwrap();
    planner.apply(Command::SetHistory { finished: finished.to_vec(), today, team: None }).unwrap();
    planner
}

fn by(day: &str) -> ChanceQuery {
    ChanceQuery { today: Some(date("2026-11-16")), ..ChanceQuery::by(date(day)) }
}

fn ids(takes: &WhatItTakes) -> Vec<&str> {
    takes.scope.items.iter().map(|item| item.id.as_str()).collect()
}

/// The chance of a query with some items declined.
fn chance_without(planner: &Planner, query: &ChanceQuery, ids: &[&str]) -> f64 {
    let decline = |id: &&str| {
        landfall::session::read_command(
            &json!({ "type": "editItem", "id": id, "patch": { "status": "declined" } }).to_string(),
        )
    };
    let assume = ids.iter().map(decline).collect::<Result<_, _>>().unwrap();
    planner.chance(&ChanceQuery { assume, ..query.clone() }).unwrap().chance
}

#[test]
fn what_it_takes_is_what_one_reckons_by_hand() {
    // Five sprints of work, three sprints of time: it ends on Friday 22 January, and should on Friday 25 December.
    let planner = steady(json!(
        (1..=5).map(|k| json!({ "id": format!("LF-{k}"), "title": "x", "size": 10 })).collect::<Vec<_>>()
    ));
    let query = by("2026-12-25");
    let takes = planner.what_would_it_take(&query).unwrap();
    assert!(!takes.holds);
    assert_eq!((takes.now.chance, takes.now.chance_text.as_str()), (0.0, "< 1 %"));
    assert_eq!(takes.sentence, "all 5 items are < 1 % likely by 25 Dec; for 85 % it takes one of these");

    assert_eq!((takes.deadline.by, takes.deadline.days), (Some(date("2027-01-22")), Some(28)));
    assert_eq!(takes.deadline.sentence, "85 % sure by 22 Jan, 28 days later");

    let factor = takes.velocity.factor.unwrap();
    assert!((5.0 / 3.0..5.0 / 3.0 * 1.006).contains(&factor), "{factor}");
    assert_eq!((takes.velocity.now, takes.velocity.a_sprint), (10.0, Some(16.7)));
    assert_eq!(takes.velocity.sentence, "it takes 16.7 points a sprint instead of 10: 67 % more");

    // Nothing is scored: from the end of the order.
    assert_eq!(ids(&takes), ["LF-5", "LF-4"]);
    assert_eq!((takes.scope.amount, takes.scope.chance, takes.scope.minimal), (20.0, 1.0, true));
    assert_eq!(
        takes.scope.sentence,
        "leave out LF-5 and LF-4 (20 points), and all that stays is > 99 % likely by 25 Dec"
    );
    assert_eq!(takes.scope.items.iter().map(|item| item.chance.unwrap()).collect::<Vec<_>>(), [0.0, 1.0]);

    // How many: three sprints hold three items.
    assert_eq!((takes.now.how_many.items, takes.now.how_many.amount), (3, 30.0));
    assert_eq!(takes.now.how_many.sentence, "the first 3 of 5 items (30 points) are 85 % sure by 25 Dec");
}

#[test]
fn a_chance_is_told_for_any_day_not_only_for_ends_of_sprints() {
    let planner = steady(json!([{ "id": "LF-1", "title": "x", "size": 5 }]));
    // Half of the ten points take half of the ten working days.
    let chance = |day: &str| planner.chance(&by(day)).unwrap().chance;
    assert_eq!((chance("2026-11-19"), chance("2026-11-20"), chance("2026-11-21")), (0.0, 1.0, 1.0));
    let chance = planner.chance(&by("2026-11-19")).unwrap();
    assert_eq!(chance.sentence, "the one item left is < 1 % likely by 19 Nov");
    assert_eq!(chance.lands.p85, Some(date("2026-11-20")));
    assert_eq!(chance.how_many.sentence, "not even the first item is 85 % sure by 19 Nov");
}

#[test]
fn how_many_items_land_says_what_is_assumed_to_be_added_apart() {
    let mut planner =
        steady(json!([{ "id": "LF-1", "title": "x", "size": 5 }, { "id": "LF-2", "title": "y", "size": 5 }]));
    let growth = json!({ "type": "setAssumptions", "assumptions": { "model": "bootstrap",
        "growth": { "low": 2, "high": 2 } } });
    planner.apply(landfall::session::read_command(&growth.to_string()).unwrap()).unwrap();
    // Ten points are finished by the end of the sprint, the two that are added are not.
    let chance = planner.chance(&by("2026-11-27")).unwrap();
    assert_eq!((chance.chance, chance.how_many.items), (0.0, 2));
    assert_eq!(
        chance.how_many.sentence,
        "all 2 items of today (10 points) are 85 % sure by 27 Nov; new work that is assumed comes later"
    );
}

#[test]
fn what_holds_already_tells_how_much_there_is_to_spare() {
    let planner = steady(json!(
        (1..=3).map(|k| json!({ "id": format!("LF-{k}"), "title": "x", "size": 10 })).collect::<Vec<_>>()
    ));
    let takes = planner.what_would_it_take(&by("2027-01-22")).unwrap();
    assert!(takes.holds && takes.scope.items.is_empty() && takes.scope.command.is_none());
    assert_eq!(takes.sentence, "all 3 items are > 99 % likely by 22 Jan: nothing has to change for 85 %");
    assert_eq!(takes.deadline.sentence, "85 % sure by 25 Dec, 28 days earlier");
    assert_eq!(takes.velocity.sentence, "6 points a sprint would do instead of 10: 40 % less");
    assert_eq!(takes.scope.sentence, "nothing has to be left out");
}

#[test]
fn the_least_valuable_goes_first_and_takes_along_what_needs_it() {
    // Scores by RICE: 4 is worth least, but 2 needs it; 1 is in progress and worth nothing.
    let item = |k: u32, reach: f64, needs: &[&str], status: &str| {
        json!({ "id": format!("LF-{k}"), "title": "x", "size": 10, "needs": needs, "status": status,
                "inputs": { "reach": reach, "impact": 1, "confidence": 1 } })
    };
    let planner = steady(json!([
        item(1, 0.0, &[], "in-progress"),
        item(2, 900.0, &["LF-4"], "todo"),
        item(3, 500.0, &[], "todo"),
        item(4, 100.0, &[], "todo"),
        item(5, 700.0, &[], "todo"),
    ]));
    let takes = planner.what_would_it_take(&by("2026-12-25")).unwrap();
    assert_eq!(ids(&takes), ["LF-2", "LF-4"]);
    assert_eq!(takes.scope.items[0].needs, ["LF-4"]);
    // One of them alone is enough for four sprints: the one that nothing needs.
    let takes = planner.what_would_it_take(&by("2027-01-08")).unwrap();
    assert_eq!(ids(&takes), ["LF-2"]);
}

#[test]
fn an_objective_keeps_its_own_work_while_other_work_stands_before_it() {
    let planner = steady(json!([
        { "id": "LF-1", "title": "other", "size": 10 },
        { "id": "LF-2", "title": "needed", "size": 10 },
        { "id": "LF-3", "title": "own", "size": 10, "objective": "leads", "needs": ["LF-2"] },
        { "id": "LF-4", "title": "own", "size": 10, "objective": "leads" },
        { "id": "LF-5", "title": "behind", "size": 10 },
    ]));
    let leads = |day: &str| {
        let query = ChanceQuery { objective: Some("leads".into()), ..by(day) };
        planner.what_would_it_take(&query).unwrap()
    };
    // It takes four sprints. Without the other work three.
    let takes = leads("2026-12-25");
    assert_eq!(ids(&takes), ["LF-1"]);
    assert_eq!(
        takes.scope.sentence,
        "leave out LF-1 (10 points), and the work for Leads +20 % is > 99 % likely by 25 Dec"
    );
    // Two sprints: one of its own items has to go as well, the one further down.
    assert_eq!(ids(&leads("2026-12-11")), ["LF-1", "LF-4"]);
    // One sprint: LF-3, which stands higher, takes two with what it needs.
    let takes = leads("2026-11-27");
    assert!(!takes.scope.possible);
    assert_eq!(takes.scope.sentence, "even the most valuable part of it alone would come too late");
    assert_eq!(takes.velocity.sentence, "it takes 40 points a sprint instead of 10: 300 % more");
}

#[test]
fn work_that_stands_behind_what_is_left_of_an_objective_stays() {
    let planner = steady(json!([
        { "id": "LF-1", "title": "own", "size": 10, "objective": "leads" },
        { "id": "LF-2", "title": "other", "size": 10 },
        { "id": "LF-3", "title": "own", "size": 10, "objective": "leads" },
    ]));
    let query = ChanceQuery { objective: Some("leads".into()), ..by("2026-11-27") };
    assert_eq!(ids(&planner.what_would_it_take(&query).unwrap()), ["LF-3"]);
}

#[test]
fn a_velocity_that_cannot_do_says_why() {
    let planner = steady(json!([
        { "id": "LF-1", "title": "late", "size": 10, "notBefore": "2027-02-01" },
        { "id": "LF-2", "title": "stuck", "size": 10, "blocked": { "reason": "contract", "until": "2027-03-01" } },
        { "id": "LF-3", "title": "huge", "size": 2000 },
    ]));
    let velocity = |item: &str, day: &str| {
        planner.what_would_it_take(&ChanceQuery { item: Some(item.into()), ..by(day) }).unwrap().velocity
    };
    assert_eq!(velocity("LF-1", "2027-01-04").sentence, "no velocity would do: LF-1 may not begin before 1 Feb");
    assert_eq!(velocity("LF-2", "2027-01-04").sentence, "no velocity would do: LF-2 is blocked until 1 Mar");
    assert_eq!(velocity("LF-3", "2027-01-04").sentence, "even ten times the velocity would not do");
    assert_eq!(velocity("LF-3", "2027-01-04").factor, None);
    // Nothing stands before it, and the item itself is what is wanted.
    let takes = planner.what_would_it_take(&ChanceQuery { item: Some("LF-1".into()), ..by("2027-01-04") }).unwrap();
    assert_eq!(takes.scope.sentence, "LF-1 has nothing to leave out");
}

#[test]
fn every_query_that_makes_no_sense_names_its_place() {
    let planner = steady(json!([{ "id": "LF-1", "title": "x", "size": 5 }]));
    let place = |query: ChanceQuery| {
        let error = planner.chance(&query).unwrap_err();
        (error.code(), error.path().map(str::to_owned))
    };
    let at = |code, path: &str| (code, Some(path.to_owned()));
    assert_eq!(place(by("2026-11-15")), at(Code::InvalidDate, "/by"));
    assert_eq!(place(ChanceQuery { at: Some(1.0), ..by("2026-12-01") }), at(Code::InvalidNumber, "/at"));
    assert_eq!(place(ChanceQuery { at: Some(f64::NAN), ..by("2026-12-01") }), at(Code::InvalidNumber, "/at"));
    assert_eq!(place(ChanceQuery { item: Some("LF-9".into()), ..by("2026-12-01") }), at(Code::UnknownId, "/item"));
    assert_eq!(place(ChanceQuery { tag: Some("x".into()), ..by("2026-12-01") }), at(Code::UnknownId, "/tag"));
    assert_eq!(
        place(ChanceQuery { objective: Some("x".into()), ..by("2026-12-01") }),
        at(Code::UnknownId, "/objective")
    );
    let two = ChanceQuery { item: Some("LF-1".into()), objective: Some("leads".into()), ..by("2026-12-01") };
    assert_eq!(planner.chance(&two).unwrap_err().code(), Code::InvalidRequest);
    assert_eq!(Planner::default().chance(&by("2026-12-01")).unwrap_err().code(), Code::EmptyHistory);
    // An objective that nothing is left to do for.
    let leads = ChanceQuery { objective: Some("leads".into()), ..by("2026-12-01") };
    let takes = planner.what_would_it_take(&leads).unwrap();
    assert_eq!((takes.now.chance, takes.holds), (1.0, true));
    assert_eq!(takes.sentence, "nothing of the work for Leads +20 % is left to do");
}

#[test]
fn leaving_out_is_one_step_that_gives_what_was_said_and_can_be_taken_back() {
    let today = date("2026-11-23");
    let mut planner = sample(Some(today)).unwrap();
    let before = planner.plan().clone();
    let half = planner.forecast(&Options { today: Some(today), ..Default::default() }).unwrap().lands.p50.unwrap();
    let query = ChanceQuery { today: Some(today), ..ChanceQuery::by(half) };
    let takes = planner.what_would_it_take(&query).unwrap();
    assert!(takes.scope.possible && takes.scope.chance >= 0.85 && !takes.scope.items.is_empty());

    let change = planner.apply(takes.scope.command.clone().unwrap()).unwrap();
    assert!(change.label.starts_with("leave out "), "{}", change.label);
    assert_eq!(change.ids.len(), takes.scope.items.len());
    assert_eq!(planner.chance(&query).unwrap().chance, takes.scope.chance, "what was said is what comes of it");
    for left in &takes.scope.items {
        let (_, item) = planner.plan().find(&left.id).unwrap();
        assert_eq!((item.status, item.finished), (Status::Declined, Some(today)));
        let why = planner.plan().why_declined(&left.id);
        assert!(why.starts_with("so that all "), "{why}");
    }
    assert!(planner.what_would_it_take(&query).unwrap().holds);
    planner.undo().unwrap();
    assert_eq!(*planner.plan(), before);
}

#[test]
fn the_sample_gets_three_answers_for_every_objective() {
    let today = date("2026-11-23");
    let planner = sample(Some(today)).unwrap();
    for objective in planner.plan().objectives.iter() {
        let due = objective.due.unwrap();
        let query = ChanceQuery { objective: Some(objective.id.clone()), today: Some(today), ..ChanceQuery::by(due) };
        let takes = planner.what_would_it_take(&query).unwrap();
        let summary = planner.summary(&Options { today: Some(today), ..Default::default() }).unwrap();
        let view = summary.objectives.iter().find(|view| view.objective.id == objective.id).unwrap();
        assert_eq!(Some(takes.now.chance), view.chance, "the same chance as beside the objective");
        assert_holds(&planner, &query, &takes);
    }
}

#[test]
fn a_risk_of_what_is_done_or_declined_hits_nothing() {
    let mut planner =
        steady(json!([{ "id": "LF-1", "title": "x", "size": 5 }, { "id": "LF-2", "title": "y", "size": 5 }]));
    let risk = json!({ "type": "setAssumptions", "assumptions": { "model": "bootstrap", "risks": [
        { "name": "rework", "probability": 1, "impact": { "low": 40, "high": 40 }, "at": "LF-2" }] } });
    planner.apply(landfall::session::read_command(&risk.to_string()).unwrap()).unwrap();
    let query = by("2026-11-27");
    assert_eq!(planner.chance(&query).unwrap().chance, 0.0);
    assert_eq!(chance_without(&planner, &query, &["LF-2"]), 1.0);
}

#[test]
fn searches_go_on_from_the_simulations_that_others_have_run() {
    use landfall::forecast::engine::Trials;
    use landfall::session::{Attempt, Missing};
    let today = date("2026-11-23");
    let planner = sample(Some(today)).unwrap();
    let options = Options { today: Some(today), ..Options::default() };
    let query = ChanceQuery { today: Some(today), tag: Some("acme".into()), ..ChanceQuery::by(date("2027-03-05")) };
    planner.when_missing(Missing::Previous);
    assert_eq!(planner.what_would_it_take(&query).unwrap_err().code(), Code::SimulationPending);
    assert_eq!(planner.effects(&options).unwrap_err().code(), Code::SimulationPending);
    let mut simulations = 0;
    let (takes, effects) = loop {
        let both = planner.attempt(|planner| Ok((planner.what_would_it_take(&query)?, planner.effects(&options)?)));
        match both.unwrap() {
            Attempt::Answer(both) => break both,
            Attempt::Pending(simulation) => {
                simulations += 1;
                let mut trials = Trials::new(&simulation.model).unwrap();
                while trials.advance(4000) > 0 {}
                planner.supply(&trials.finish()).unwrap();
            }
        }
    };
    assert!((20..80).contains(&simulations), "{simulations}");
    let other = sample(Some(today)).unwrap();
    assert_eq!(takes, other.what_would_it_take(&query).unwrap());
    assert_eq!(effects, other.effects(&options).unwrap());
}

/// That each answer makes it likely enough, and that less would not.
fn assert_holds(planner: &Planner, query: &ChanceQuery, takes: &WhatItTakes) {
    if let Some(day) = takes.deadline.by {
        let chance = |day| planner.chance(&ChanceQuery { by: day, ..query.clone() }).unwrap().chance;
        assert!(chance(day) >= takes.at, "{}", takes.deadline.sentence);
        if day > query.today.unwrap() {
            assert!(chance(day.plus_days(-1)) < takes.at, "{}", takes.deadline.sentence);
        }
    }
    if takes.holds {
        assert!(takes.scope.items.is_empty());
        return;
    }
    if !takes.scope.possible {
        return;
    }
    let left_out = ids(takes);
    assert!(takes.scope.minimal);
    assert_eq!(chance_without(planner, query, &left_out), takes.scope.chance);
    assert!(takes.scope.chance >= takes.at, "{}", takes.scope.sentence);
    for (k, left) in takes.scope.items.iter().enumerate() {
        // What needs it stands before it, so that no item stays that needs one left out.
        assert!(left.needs.iter().all(|need| left_out[k..].contains(&need.as_str())));
        if left.needs.is_empty() {
            let rest: Vec<&str> = left_out.iter().copied().filter(|id| *id != left.id).collect();
            assert!(chance_without(planner, query, &rest) < takes.at, "{} need not be left out", left.id);
        }
    }
    for item in planner.plan().items.iter().filter(|item| item.status.is_open()) {
        let needs_gone = item.needs.iter().any(|need| left_out.contains(&need.as_str()));
        assert!(!needs_gone || left_out.contains(&item.id.as_str()), "{} stays without what it needs", item.id);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_plan_the_answers_hold_and_less_would_not(
        sizes in prop::collection::vec((0_u32..9, 0_u32..4, any::<bool>(), 0_usize..20), 1..14),
        finished in prop::collection::vec(0_u32..12, 3..12),
        weeks in 1_i64..40,
        target in 0_u32..3,
        ranges in any::<bool>(),
    ) {
        let items = sizes.iter().enumerate().map(|(k, (size, reach, own, need))| {
            let size = if ranges && k % 2 == 0 {
                json!({ "low": size, "high": size + 5 })
            } else {
                json!(size)
            };
            let needs: Vec<String> = if *need < k { vec![format!("LF-{}", need + 1)] } else { vec![] };
            let mut item = json!({ "id": format!("LF-{}", k + 1), "title": "x", "size": size, "needs": needs });
            if *reach > 0 {
                item["inputs"] = json!({ "reach": reach * 100, "impact": 1, "confidence": 1 });
            }
            if *own {
                item["objective"] = json!("leads");
                item["tags"] = json!(["own"]);
            }
            item
        });
        let finished: Vec<f64> = finished.into_iter().map(f64::from).collect();
        let planner = planner(json!(items.collect::<Vec<_>>()), &finished, "calibrated");
        let today = date("2026-11-16");
        let query = ChanceQuery {
            objective: (target == 1).then(|| "leads".to_owned()),
            tag: (target == 2 && sizes.iter().any(|size| size.2)).then(|| "own".to_owned()),
            today: Some(today),
            trials: Some(400),
            ..ChanceQuery::by(today.plus_days(weeks * 7))
        };
        let takes = planner.what_would_it_take(&query).unwrap();
        assert_holds(&planner, &query, &takes);
        if let Some(factor) = takes.velocity.factor.filter(|factor| *factor > 0.1) {
            // The same velocity as that share of capacity in every sprint until then.
            let faster = |factor: f64| {
                let sprint = |k: i64| Command::SetCapacity { sprint: today.plus_days(14 * k), factor: Some(factor), team: None };
                let assume = (0..=weeks / 2).map(sprint).collect();
                planner.chance(&ChanceQuery { assume, ..query.clone() }).unwrap().chance
            };
            prop_assert!(faster(factor) >= 0.85, "{}", takes.velocity.sentence);
            prop_assert!(faster(factor * 0.985) < 0.85, "{}", takes.velocity.sentence);
        }
    }
}

#[test]
fn a_must_is_never_left_out_and_saying_no_is_a_decision() {
    let mut planner = steady(json!(
        (1..=5).map(|k| json!({ "id": format!("LF-{k}"), "title": "x", "size": 10 })).collect::<Vec<_>>()
    ));
    let query = by("2026-12-25");
    let must = |id: &str| {
        let command = json!({ "type": "editItem", "id": id, "patch": { "moscow": "must" } });
        landfall::session::read_command(&command.to_string()).unwrap()
    };
    planner.apply(must("LF-5")).unwrap();
    let takes = planner.what_would_it_take(&query).unwrap();
    assert_eq!(ids(&takes), ["LF-4", "LF-3"]);
    planner.apply(takes.scope.command.clone().unwrap()).unwrap();
    let decision = &planner.plan().decisions[0];
    assert_eq!((decision.items.join(" "), decision.date), ("LF-4 LF-3".to_owned(), Some(date("2026-11-16"))));
    assert_eq!(decision.why, "so that all 5 items land by 2026-12-25");
    planner.undo().unwrap();
    // What a must needs stays too.
    let needs = json!({ "type": "editItem", "id": "LF-5", "patch": { "needs": ["LF-4"] } });
    planner.apply(landfall::session::read_command(&needs.to_string()).unwrap()).unwrap();
    assert_eq!(ids(&planner.what_would_it_take(&query).unwrap()), ["LF-3", "LF-2"]);
    (1..=5).for_each(|k| drop(planner.apply(must(&format!("LF-{k}"))).unwrap()));
    let takes = planner.what_would_it_take(&query).unwrap();
    assert_eq!(takes.scope.sentence, "even the must-haves alone would come too late");
}
