//! Scenarios with known answers: with a steady velocity every date can be reckoned by hand.

use landfall::plan::{Item, Objective, Scenario, Status, Team, TeamChange};
use landfall::session::{Command, CompareOptions, ItemChange, ItemPatch, Options, Planner, RowQuery, sample};
use landfall::{Code, Range};

use crate::plan::{assert_round_trip, date};

const MONDAY: &str = "2026-11-23";

/// Eight items of 5 points, ten points a sprint of two weeks: item k lands on the k-th Friday, from 27 November on.
/// The first four serve Leads, due on 18 December, when the fourth lands; the others Renewals, due on 31 January.
fn steady() -> Planner {
    let mut planner = Planner::default();
    let set = |id: &str, name: &str, due: &str| Command::SetObjective {
        objective: Box::new(Objective {
            id: id.into(),
            name: name.into(),
            due: Some(date(due)),
            ..Objective::default()
        }),
    };
    apply(&mut planner, set("leads", "Leads +20 %", "2026-12-18"));
    apply(&mut planner, set("renewals", "Renewals", "2027-01-31"));
    apply(&mut planner, Command::SetGuess { guess: Some(Range::exactly(10.0)), team: None });
    for (k, title) in
        ["Guest checkout", "Saved baskets", "Gift cards", "Invoices", "Search", "Refunds", "Audit log", "Acme sign-on"]
            .into_iter()
            .enumerate()
    {
        let objective = Some(if k < 4 { "leads" } else { "renewals" }.to_owned());
        let item = Item { id: format!("LF-{}", k + 1), size: Some(5.0.into()), objective, ..Item::titled(title) };
        apply(&mut planner, Command::AddItem { item: Box::new(item), before: None });
    }
    planner
}

#[track_caller]
fn apply(planner: &mut Planner, command: Command) {
    planner.apply(command).unwrap();
    assert_round_trip(planner.plan());
}

fn assume(planner: &mut Planner, scenario: &str, command: Command) {
    apply(planner, Command::Assume { scenario: scenario.to_owned(), command: Box::new(command) });
}

fn to_the_top(id: &str, before: &str) -> Command {
    Command::MoveItem { id: id.into(), before: Some(before.into()) }
}

fn edit(id: &str, patch: ItemPatch) -> Command {
    Command::EditItem { id: id.into(), patch: Box::new(patch) }
}

fn without(ids: &[&str]) -> Command {
    let items = ids.iter().map(|id| (*id).to_owned()).collect();
    Command::Decline {
        items,
        requests: Vec::new(),
        why: "for the sake of the others".into(),
        instead: String::new(),
        date: None,
        decision: String::new(),
    }
}

fn on() -> CompareOptions {
    CompareOptions { today: Some(date(MONDAY)), trials: Some(200), against: None }
}

/// What each scenario assumes, the days by which its items are 85 % sure, and what it says.
/// Friday `k` is the k-th from 27 November on; 0 where the item is left out.
struct Known {
    name: &'static str,
    assumed: Vec<Command>,
    fridays: [i64; 8],
    says: &'static str,
}

fn known() -> Vec<Known> {
    let sized = |size: f64| ItemPatch { size: Some(Some(size.into())), ..ItemPatch::default() };
    let piece = |title: &str, size: f64| Item { size: Some(size.into()), ..Item::titled(title) };
    let team = |people: f64, from: &str| {
        let change =
            TeamChange { people, from: date(from), ramp_up: 0.0, starting_share: 0.0, who: Some("Ada".into()) };
        Team { people: Some(2.0), changes: vec![change], ..Team::default() }
    };
    vec![
        Known {
            name: "Acme first",
            assumed: vec![to_the_top("LF-8", "LF-1")],
            fridays: [2, 3, 4, 5, 6, 7, 8, 1],
            says: "Acme first: LF-8 Acme sign-on lands 49 days earlier, by 27 Nov instead of 15 Jan (85 % sure); LF-1 Guest checkout lands 7 days later, by 4 Dec instead of 27 Nov, and 6 more land 7 days later; the work for Leads +20 % is < 1 % likely by 18 Dec instead of > 99 %; everything still lands by 15 Jan",
        },
        Known {
            name: "Search before gift cards",
            assumed: vec![to_the_top("LF-5", "LF-3")],
            fridays: [1, 2, 4, 5, 3, 6, 7, 8],
            says: "Search before gift cards: LF-5 Search lands 14 days earlier, by 11 Dec instead of 25 Dec (85 % sure); LF-3 Gift cards lands 7 days later, by 18 Dec instead of 11 Dec, and 1 more lands 7 days later; the work for Leads +20 % is < 1 % likely by 18 Dec instead of > 99 %; everything still lands by 15 Jan",
        },
        Known {
            name: "Baskets first",
            assumed: vec![to_the_top("LF-2", "LF-1")],
            fridays: [2, 1, 3, 4, 5, 6, 7, 8],
            says: "Baskets first: LF-2 Saved baskets lands 7 days earlier, by 27 Nov instead of 4 Dec (85 % sure); LF-1 Guest checkout lands 7 days later, by 4 Dec instead of 27 Nov; everything still lands by 15 Jan",
        },
        Known {
            name: "Without gift cards",
            assumed: vec![without(&["LF-3"])],
            fridays: [1, 2, 0, 3, 4, 5, 6, 7],
            says: "Without gift cards: LF-3 Gift cards is left out; LF-4 Invoices lands 7 days earlier, by 11 Dec instead of 18 Dec (85 % sure), and 4 more land 7 days earlier; everything lands 7 days earlier, by 8 Jan instead of 15 Jan",
        },
        Known {
            name: "Renewals later",
            assumed: vec![without(&["LF-5", "LF-6"])],
            fridays: [1, 2, 3, 4, 0, 0, 5, 6],
            says: "Renewals later: LF-5 Search and LF-6 Refunds are left out; LF-7 Audit log lands 14 days earlier, by 25 Dec instead of 8 Jan (85 % sure), and 1 more lands 14 days earlier; everything lands 14 days earlier, by 1 Jan instead of 15 Jan",
        },
        Known {
            name: "Only what leads need",
            assumed: vec![without(&["LF-5", "LF-6", "LF-7", "LF-8"])],
            fridays: [1, 2, 3, 4, 0, 0, 0, 0],
            says: "Only what leads need: 4 items are left out; everything lands 28 days earlier, by 18 Dec instead of 15 Jan (85 % sure)",
        },
        Known {
            name: "A first slice",
            assumed: vec![
                Command::SplitItem {
                    id: "LF-1".into(),
                    pieces: vec![piece("Checkout by e-mail alone", 2.5), piece("The rest of checkout", 2.5)],
                },
                Command::MoveItem { id: "LF-9".into(), before: None },
            ],
            fridays: [0; 8],
            says: "A first slice: LF-9 The rest of checkout is added and lands by 15 Jan (85 % sure); LF-1 Checkout by e-mail alone lands 2 days earlier, by 25 Nov instead of 27 Nov, and 7 more land 2 days earlier; the work for Leads +20 % is < 1 % likely by 18 Dec instead of > 99 %; everything still lands by 15 Jan",
        },
        Known {
            name: "An audit comes in",
            assumed: vec![Command::AddItem {
                item: Box::new(piece("Answer the auditors", 5.0)),
                before: Some("LF-3".into()),
            }],
            fridays: [1, 2, 4, 5, 6, 7, 8, 9],
            says: "An audit comes in: LF-9 Answer the auditors is added and lands by 11 Dec (85 % sure); LF-3 Gift cards lands 7 days later, by 18 Dec instead of 11 Dec, and 5 more land 7 days later; the work for Leads +20 % is < 1 % likely by 18 Dec instead of > 99 %; everything lands 7 days later, by 22 Jan instead of 15 Jan",
        },
        Known {
            name: "Checkout is twice as large",
            assumed: vec![edit("LF-1", sized(10.0))],
            fridays: [2, 3, 4, 5, 6, 7, 8, 9],
            says: "Checkout is twice as large: LF-1 Guest checkout lands 7 days later, by 4 Dec instead of 27 Nov (85 % sure), and 7 more land 7 days later; the work for Leads +20 % is < 1 % likely by 18 Dec instead of > 99 %; everything lands 7 days later, by 22 Jan instead of 15 Jan",
        },
        Known {
            name: "The partner is late",
            assumed: vec![edit(
                "LF-2",
                ItemPatch { not_before: Some(Some(date("2026-12-14"))), ..ItemPatch::default() },
            )],
            fridays: [1, 4, 2, 3, 5, 6, 7, 8],
            says: "The partner is late: LF-3 Gift cards lands 7 days earlier, by 4 Dec instead of 11 Dec (85 % sure), and 1 more lands 7 days earlier; LF-2 Saved baskets lands 14 days later, by 18 Dec instead of 4 Dec; everything still lands by 15 Jan",
        },
        Known {
            name: "Ada leaves with the year",
            assumed: vec![Command::SetTeam { team: Box::new(team(-1.0, "2026-12-28")), instead_of: None }],
            fridays: [1, 2, 3, 4, 5, 7, 9, 11],
            says: "Ada leaves with the year: LF-8 Acme sign-on lands 21 days later, by 5 Feb instead of 15 Jan (85 % sure), and 2 more land up to 14 days later; the work for Renewals is < 1 % likely by 31 Jan instead of > 99 %; everything lands 21 days later, by 5 Feb instead of 15 Jan",
        },
        Known {
            name: "Another title",
            assumed: vec![edit(
                "LF-1",
                ItemPatch { title: Some(Some("Checkout for guests".into())), ..ItemPatch::default() },
            )],
            fridays: [1, 2, 3, 4, 5, 6, 7, 8],
            says: "Another title: no date and no chance changes",
        },
        Known {
            name: "It never ends",
            assumed: vec![edit("LF-7", sized(100_000.0))],
            fridays: [0; 8],
            says: "It never ends: LF-7 Audit log no longer has a date at 85 %, which was 8 Jan, and 1 more loses its date or lands later; the work for Renewals is < 1 % likely by 31 Jan instead of > 99 %; there is no date at 85 % for everything any more, which was 15 Jan",
        },
    ]
}

#[test]
fn thirteen_scenarios_say_what_they_mean_word_by_word() {
    for Known { name, assumed, fridays, says } in known() {
        let mut planner = steady();
        for command in assumed {
            assume(&mut planner, name, command);
        }
        let compared = planner.compare(name, &on()).unwrap();
        if fridays != [0; 8] {
            for (k, friday) in fridays.into_iter().enumerate() {
                let id = format!("LF-{}", k + 1);
                let item = compared.items.iter().find(|item| item.id == id);
                let day = |friday: i64| date("2026-11-27").plus_days(7 * (friday - 1));
                let usual = k as i64 + 1;
                match item {
                    None => assert_eq!(friday, usual, "{name}: {id} does not move"),
                    Some(item) if friday == 0 => assert_eq!(item.change, ItemChange::LeftOut, "{name}: {id}"),
                    Some(item) => {
                        assert_eq!(item.change, ItemChange::Moved, "{name}: {id}");
                        assert_eq!(item.shift.before.p85, Some(day(usual)), "{name}: {id} before");
                        assert_eq!(item.shift.after.p85, Some(day(friday)), "{name}: {id} after");
                        assert_eq!(item.shift.days85, Some(7 * (friday - usual)), "{name}: {id}");
                        assert_eq!(item.shift.days50, item.shift.days85, "{name}: nothing is uncertain");
                    }
                }
            }
        }
        assert_eq!(compared.sentence, says);
    }
}

#[test]
fn what_stands_above_both_places_keeps_every_figure_to_the_bit() {
    let mut planner = sample(Some(date(MONDAY))).unwrap();
    let rows = |planner: &Planner, scenario: Option<&str>| {
        planner
            .rows(&RowQuery { today: Some(date(MONDAY)), scenario: scenario.map(str::to_owned), ..RowQuery::default() })
            .unwrap()
            .rows
    };
    let before = rows(&planner, None);
    // The last item goes behind the tenth: what stands above keeps its dates, each as it was drawn.
    let (moved, target) = (before.last().unwrap().id.clone(), before[10].id.clone());
    assume(&mut planner, "pull", Command::MoveItem { id: moved.clone(), before: Some(target) });
    let after = rows(&planner, Some("pull"));
    for (old, new) in before.iter().zip(&after).take(10) {
        assert_eq!((&old.id, old.lands), (&new.id, new.lands));
    }
    let compared = planner.compare("pull", &on()).unwrap();
    let first = compared.items.iter().find(|item| item.id == moved).unwrap();
    assert!(first.shift.days85.unwrap() < 0);
    assert!(compared.items.iter().all(|item| before[..10].iter().all(|row| row.id != item.id)));
    assert_eq!(compared.unchanged + compared.items.len(), before.len());
    // The plan itself is as it was.
    assert_eq!(rows(&planner, None), before);
}

#[test]
fn a_scenario_is_taken_over_as_one_step_and_undone_as_one() {
    let mut planner = steady();
    let start = planner.plan().clone();
    assume(&mut planner, "two", to_the_top("LF-8", "LF-1"));
    assume(&mut planner, "two", without(&["LF-3"]));
    assert_eq!(planner.plan().items, start.items, "nothing is assumed of the plan itself");
    let assumed = planner.plan().clone();
    let compared = planner.compare("two", &on()).unwrap();
    assert_eq!(compared.assumed.iter().map(|one| one.text.as_str()).collect::<Vec<_>>(), ["move LF-8", "decline LF-3"]);
    apply(&mut planner, Command::TakeOver { scenario: "two".into(), only: None });
    assert_eq!(planner.plan().items[0].id, "LF-8");
    assert_eq!(planner.plan().find("LF-3").unwrap().1.status, Status::Declined);
    assert_eq!(planner.plan().decisions[0].why, "for the sake of the others");
    assert!(planner.plan().scenarios.is_empty());
    assert_eq!(planner.undo().unwrap().label, "take over two");
    assert_eq!(*planner.plan(), assumed);
    // One of the two can be dropped.
    apply(&mut planner, Command::RemoveAssumed { scenario: "two".into(), place: 0 });
    assert_eq!(
        planner.scenarios()[0].assumed.iter().map(|one| one.text.as_str()).collect::<Vec<_>>(),
        ["decline LF-3"]
    );
    let error = planner.apply(Command::RemoveAssumed { scenario: "two".into(), place: 1 }).unwrap_err();
    assert_eq!((error.code(), error.path()), (Code::InvalidNumber, Some("/place")));
    planner.undo();
    // A part alone; the rest stays assumed.
    apply(&mut planner, Command::TakeOver { scenario: "two".into(), only: Some(vec![1]) });
    assert_eq!(planner.plan().items[0].id, "LF-1");
    assert_eq!(planner.plan().scenarios[0].commands.len(), 1);
    planner.undo();
    planner.undo();
    planner.undo();
    assert_eq!(*planner.plan(), start, "each assumption is a step of its own");
}

#[test]
fn a_scenario_is_applied_again_when_the_plan_changes_and_says_what_no_longer_applies() {
    let mut planner = steady();
    assume(&mut planner, "two", to_the_top("LF-8", "LF-1"));
    assume(&mut planner, "two", edit("LF-3", ItemPatch { size: Some(Some(1.0.into())), ..ItemPatch::default() }));
    assert!(!planner.compare("two", &on()).unwrap().changed);
    apply(&mut planner, Command::RemoveItem { id: "LF-3".into() });
    let compared = planner.compare("two", &on()).unwrap();
    assert!(compared.changed);
    let assumed: Vec<_> = compared.assumed.iter().map(|one| (one.text.as_str(), one.applies)).collect();
    assert_eq!(assumed, [("move LF-8", true), ("there is no item LF-3: name one of the plan's", false)]);
    assert_eq!(compared.items.iter().find(|item| item.id == "LF-8").unwrap().shift.days85, Some(-42));
    // What is left of it can still be taken over; of nothing nothing can.
    apply(&mut planner, Command::TakeOver { scenario: "two".into(), only: None });
    assume(&mut planner, "gone", edit("LF-8", ItemPatch { size: Some(Some(1.0.into())), ..ItemPatch::default() }));
    apply(&mut planner, Command::RemoveItem { id: "LF-8".into() });
    let error = planner.apply(Command::TakeOver { scenario: "gone".into(), only: None }).unwrap_err();
    assert_eq!((error.code(), error.path()), (Code::InvalidRequest, Some("/scenario")));
}

#[test]
fn queries_answer_in_the_scenario_that_was_entered() {
    let mut planner = steady();
    assume(&mut planner, "Acme first", to_the_top("LF-8", "LF-1"));
    let today = Some(date(MONDAY));
    let first =
        |planner: &Planner| planner.rows(&RowQuery { today, ..RowQuery::default() }).unwrap().rows[0].id.clone();
    assert_eq!(first(&planner), "LF-1");
    planner.enter(Some("Acme first".into())).unwrap();
    assert_eq!(first(&planner), "LF-8");
    let summary = planner.summary(&Options { today, ..Options::default() }).unwrap();
    assert_eq!((summary.scenario.as_deref(), summary.scenarios.len()), (Some("Acme first"), 1));
    // It can be looked at beside the plan whatever was entered, and another against it.
    assume(&mut planner, "Search first", to_the_top("LF-5", "LF-1"));
    let against = CompareOptions { against: Some("Acme first".into()), ..on() };
    let compared = planner.compare("Search first", &against).unwrap();
    assert_eq!(compared.items.iter().find(|item| item.id == "LF-8").unwrap().shift.days85, Some(49));
    planner.enter(None).unwrap();
    assert_eq!(first(&planner), "LF-1");
    let error = planner.enter(Some("nothing".into())).unwrap_err();
    assert_eq!(error.code(), Code::UnknownId);
    // A scenario that is gone is left.
    planner.enter(Some("Acme first".into())).unwrap();
    apply(&mut planner, Command::RemoveScenario { name: "Acme first".into() });
    assert_eq!((first(&planner).as_str(), planner.entered()), ("LF-1", None));
}

#[test]
fn a_scenario_holds_changes_of_the_backlog_alone() {
    let mut planner = steady();
    let before = planner.plan().clone();
    let refused = [
        Command::RemoveScenario { name: "x".into() },
        Command::ReplacePlan { document: Box::new(planner.document()) },
        Command::Batch { label: String::new(), commands: vec![Command::TakeOver { scenario: "x".into(), only: None }] },
    ];
    for command in refused {
        let command = Command::Assume { scenario: "x".into(), command: Box::new(command) };
        let error = planner.apply(command).unwrap_err();
        assert_eq!((error.code(), error.path()), (Code::InvalidRequest, Some("/command")));
    }
    let command = Command::Assume { scenario: "x".into(), command: Box::new(to_the_top("LF-99", "LF-1")) };
    assert_eq!(planner.apply(command).unwrap_err().path(), Some("/command/id"));
    let broken =
        Scenario { name: "x".into(), commands: vec![serde_json::json!({ "type": "fly" })], ..Scenario::default() };
    let error = planner.apply(Command::SetScenario { scenario: Box::new(broken), instead_of: None }).unwrap_err();
    assert!(error.path().unwrap().starts_with("/scenario/commands/0"), "{error}");
    assert_eq!(*planner.plan(), before);
}

#[test]
fn a_copy_that_a_colleague_has_edited_becomes_a_scenario() {
    let mine = sample(Some(date(MONDAY))).unwrap();
    let mut theirs = Planner::from_document(mine.document()).unwrap();
    let ids: Vec<String> = mine.plan().work().iter().map(|work| mine.plan().items[work.index].id.clone()).collect();
    apply(&mut theirs, Command::MoveItem { id: ids[20].clone(), before: Some(ids[4].clone()) });
    apply(&mut theirs, Command::RemoveItem { id: ids[8].clone() });
    apply(&mut theirs, edit(&ids[6], ItemPatch { size: Some(Some(21.0.into())), ..ItemPatch::default() }));
    let fresh = Item { needs: vec![ids[6].clone()], ..Item::titled("Theirs") };
    apply(&mut theirs, Command::AddItem { item: Box::new(fresh), before: Some(ids[5].clone()) });
    apply(&mut theirs, Command::SetGuess { guess: Some(Range::exactly(7.0)), team: None });
    let commands = mine.differences(theirs.document()).unwrap();
    assert_eq!(commands.len(), 6, "{commands:?}");
    let mut copy = Planner::from_document(mine.document()).unwrap();
    for command in commands {
        assume(&mut copy, "theirs", command);
    }
    assert_eq!(copy.plan().items, mine.plan().items);
    apply(&mut copy, Command::TakeOver { scenario: "theirs".into(), only: None });
    assert_eq!(copy.plan(), theirs.plan());
    assert!(mine.differences(mine.document()).unwrap().is_empty());
}
