//! How the backlog is owned.

use landfall::Code;
use landfall::plan::{Criterion, Decision, Item, Objective, Outcome, Promise, Request, RequestState, Status, Story};
use landfall::session::{Command, Ownership, OwnershipQuery, Planner, RowQuery, sample};

use crate::plan::date;

fn planner(commands: Vec<Command>) -> Planner {
    let mut planner = Planner::default();
    commands.into_iter().for_each(|command| drop(planner.apply(command).unwrap()));
    planner
}

fn add(item: Item) -> Command {
    Command::AddItem { item: Box::new(item), before: None }
}

fn owned(planner: &Planner, answers: &[usize]) -> Ownership {
    planner.ownership(&OwnershipQuery { answers: answers.to_vec(), today: Some(date("2026-11-23")) }).unwrap()
}

fn sentences(ownership: &Ownership) -> Vec<&str> {
    ownership.counts.iter().map(|count| count.sentence.as_str()).collect()
}

#[test]
fn what_is_counted_opens_what_stands_behind_it() {
    let story = |so_that: &str| Story { so_that: so_that.into(), ..Story::default() };
    let criteria = vec![Criterion { text: "It can be undone".into(), met: false }];
    let declined = Outcome { state: RequestState::Declined, why: "nobody else asks".into(), date: None };
    let promise = |to: &str, by: &str, item: &str| {
        let promise = Promise {
            id: String::new(),
            to: to.into(),
            what: String::new(),
            objective: None,
            item: Some(item.into()),
            tag: None,
            by: date(by),
            chance: 0.85,
            told: date("2026-10-01"),
            forecast: String::new(),
            items: Vec::new(),
            withdrawn: false,
            note: String::new(),
        };
        Command::SetPromise { promise: Box::new(promise) }
    };
    let done = Item { id: "D".into(), ..Item::titled("Done") };
    let planner = planner(vec![
        Command::SetObjective {
            objective: Box::new(Objective { id: "o".into(), name: "More".into(), ..Objective::default() }),
        },
        add(Item { id: "E".into(), kind: landfall::plan::Kind::Epic, ..Item::titled("Epic") }),
        add(Item {
            id: "A".into(),
            objective: Some("o".into()),
            story: story("I know"),
            parent: Some("E".into()),
            ..Item::titled("A")
        }),
        add(Item { id: "B".into(), objective: Some("o".into()), story: story(" "), criteria, ..Item::titled("B") }),
        add(Item { id: "C".into(), ..Item::titled("C") }),
        add(done),
        promise("Sales", "2026-11-01", "D"),
        promise("Acme", "2026-11-20", "C"),
        promise("Support", "2026-12-20", "B"),
        Command::EditItem {
            id: "D".into(),
            patch: Box::new(landfall::session::ItemPatch {
                status: Some(Some(Status::Done)),
                finished: Some(Some(date("2026-10-30"))),
                ..Default::default()
            }),
        },
        Command::SetRequest {
            request: Box::new(Request {
                from: "X".into(),
                problem: "p".into(),
                outcome: Some(declined),
                ..Request::default()
            }),
        },
        Command::SetRequest {
            request: Box::new(Request { from: "Y".into(), problem: "q".into(), ..Request::default() }),
        },
        Command::SetDecision {
            decision: Box::new(Decision { what: "no".into(), why: "because".into(), ..Decision::default() }),
        },
    ]);
    let ownership = owned(&planner, &[]);
    assert_eq!(
        sentences(&ownership),
        [
            "2 of 3 items serve an objective",
            "1 of 3 items says why it is wanted",
            "1 of 3 items has acceptance criteria",
            "1 of 1 declined request has a reason",
            "1 of 1 decision has a why",
            "1 of 2 due promises was kept",
        ]
    );
    let behind: Vec<String> = ownership
        .counts
        .iter()
        .map(|count| format!("{} {} | {}", count.of, count.ids.join(" "), count.missing.join(" ")))
        .collect();
    assert_eq!(
        behind,
        [
            "items A B | C",
            "items A | B C",
            "items B | A C",
            "requests R-1 | ",
            "decisions D-1 | ",
            "promises P-1 | P-2"
        ]
    );
    for count in &ownership.counts[..3] {
        let filter = landfall::plan::Filter { ids: count.missing.clone(), ..Default::default() };
        let rows = planner.rows(&RowQuery { filter, ..RowQuery::default() }).unwrap();
        assert_eq!(rows.rows.iter().map(|row| row.id.clone()).collect::<Vec<_>>(), count.missing);
    }
}

#[test]
fn answers_place_the_role_and_name_one_step() {
    let planner = sample(Some(date("2026-11-23"))).unwrap();
    let of = |answers: &[usize]| {
        let Ownership { stance, sentence, step, .. } = owned(&planner, answers);
        (stance, sentence, step)
    };
    let is = |answers: &[usize], stance: &str, sentence: &str, step: &str| {
        assert_eq!(of(answers), (stance.to_owned(), sentence.to_owned(), step.to_owned()), "{answers:?}");
    };
    let scribe = "The set-up is that of a scribe: orders are taken, and decided elsewhere";
    let proxy = "The set-up is that of a proxy: orders are filtered, and the last word is elsewhere";
    let strategist = "The set-up is that of a strategist: the backlog is steered by outcomes";
    let objective = "Write down one objective with a metric and a first reading, and agree on it with whoever pays";
    is(&[1; 6], "scribe", scribe, objective);
    is(&[2; 6], "proxy", proxy, objective);
    let users = "Talk to two users in this sprint, and note what they cannot do today as requests";
    is(&[3, 2, 3, 1, 3, 3], "strategist", strategist, users);
    is(&[2, 2, 2, 1, 1, 2], "scribe", scribe, users);
    let why = "Give a why to the 35 items without one";
    is(&[], "", "Six answers show where the role stands in this set-up", why);
    is(&[3; 6], "strategist", strategist, why);
    assert_eq!(of(&[3, 3, 3, 3, 3]).1, "One more answer shows where the role stands in this set-up");
    assert_eq!(of(&[3, 3, 0, 3, 3, 3]).0, "");
    for answers in [&[4][..], &[1, 1, 1, 1, 1, 1, 1]] {
        let error = planner.ownership(&OwnershipQuery { answers: answers.to_vec(), today: None }).unwrap_err();
        assert_eq!(error.code(), Code::InvalidNumber);
        assert_eq!(error.path(), Some(if answers.len() == 1 { "/answers/0" } else { "/answers/6" }));
    }
}

#[test]
fn nothing_is_judged_where_there_is_nothing() {
    let ownership = owned(&Planner::default(), &[]);
    assert_eq!(
        sentences(&ownership),
        [
            "no item yet",
            "no item yet",
            "no item yet",
            "no declined request yet",
            "no decision yet",
            "no due promise yet"
        ]
    );
    assert_eq!(ownership.step, "Take a reading of every objective after each sprint, and order by what it says");
    assert_eq!(ownership.questions.len(), 6);
    assert!(ownership.questions.iter().all(|question| question.answers.len() == 3));
    let one = owned(&planner(vec![add(Item { id: "A".into(), ..Item::titled("A") })]), &[3; 6]);
    assert_eq!(one.step, "Give an objective to the 1 item without one");
    assert_eq!(sentences(&one)[0], "0 of 1 item serves an objective");
}
