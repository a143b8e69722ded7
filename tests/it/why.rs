//! Why a date moved, and what was promised: with a steady velocity the shares can be reckoned by hand; with any plan they
//! add up.

use landfall::plan::{Assumptions, Item, Objective, Plan, PlanGrowth, Promise, PromiseState, Status};
use landfall::session::{Cause, Command, ItemPatch, Options, Planner, PromiseView, WhyMoved, WhyQuery};
use landfall::{Code, VelocityModel};

use crate::commands_any::Random;
use crate::plan::{assert_round_trip, date};

const MONDAY: &str = "2026-11-23";

#[track_caller]
fn apply(planner: &mut Planner, command: Command) {
    planner.apply(command).unwrap();
    assert_round_trip(planner.plan());
}

fn edit(id: &str, patch: ItemPatch) -> Command {
    Command::EditItem { id: id.into(), patch: Box::new(patch) }
}

fn promise(told: &str, by: &str) -> Promise {
    Promise {
        id: String::new(),
        to: "Sales".into(),
        what: String::new(),
        objective: None,
        item: None,
        tag: None,
        by: date(by),
        chance: 0.85,
        told: date(told),
        forecast: String::new(),
        items: Vec::new(),
        withdrawn: false,
        note: String::new(),
    }
}

fn tell(planner: &mut Planner, promise: Promise) {
    apply(planner, Command::SetPromise { promise: Box::new(promise) });
}

/// Four items of 5 points, ten points in each of six past sprints and, without a doubt, in each to come: one item a week.
fn steady() -> Planner {
    let mut planner = Planner::default();
    let assumptions = Assumptions { model: VelocityModel::Bootstrap, ..Assumptions::default() };
    apply(&mut planner, Command::SetAssumptions { assumptions: Box::new(assumptions) });
    apply(&mut planner, Command::SetHistory { finished: vec![10.0; 6], today: date(MONDAY), team: None });
    for title in ["Checkout", "Baskets", "Gift cards", "Invoices"] {
        let item = Item { size: Some(5.0.into()), tags: vec![title[..1].to_lowercase()], ..Item::titled(title) };
        apply(&mut planner, Command::AddItem { item: Box::new(item), before: None });
    }
    planner
}

fn why(planner: &Planner, today: &str) -> WhyMoved {
    planner.why(&WhyQuery { today: Some(date(today)), trials: Some(200), ..WhyQuery::default() }).unwrap()
}

fn told(planner: &Planner, today: &str) -> Vec<PromiseView> {
    planner.promises(&Options { today: Some(date(today)), trials: Some(1000), ..Options::default() }).unwrap()
}

#[track_caller]
fn adds_up(why: &WhyMoved) {
    if let Some(days) = why.days
        && why.causes.iter().all(|cause| cause.days.is_some())
    {
        let sum: i64 = why.causes.iter().filter_map(|cause| cause.days).sum();
        assert_eq!(sum, days, "{why:?}");
    }
}

#[test]
fn with_one_cause_alone_all_of_the_shift_is_its() {
    let add =
        Command::AddItem { item: Box::new(Item { size: Some(10.0.into()), ..Item::titled("Audit") }), before: None };
    let sized = ItemPatch { size: Some(Some(15.0.into())), ..ItemPatch::default() };
    let waits = ItemPatch { not_before: Some(Some(date("2027-01-11"))), ..ItemPatch::default() };
    let growth = Assumptions {
        model: VelocityModel::Bootstrap,
        growth: Some(PlanGrowth { low: 5.0, likely: None, high: 5.0, urgent: 0.0 }),
        ..Assumptions::default()
    };
    let mut longer = (*steady().plan().calendar).clone();
    longer.capacity.insert(date("2026-11-30"), 0.5);
    let cases: [(Command, Cause, i64, &str); 7] = [
        (add, Cause::ScopeAdded, 14, "1 item added: LF-5 Audit"),
        (Command::RemoveItem { id: "LF-2".into() }, Cause::ScopeRemoved, -7, "1 item taken out: LF-2 Baskets"),
        (edit("LF-1", sized), Cause::Sizes, 14, "1 item sized anew: LF-1 Checkout"),
        (
            Command::SetHistory { finished: vec![5.0; 6], today: date(MONDAY), team: None },
            Cause::Velocity,
            28,
            "nothing was finished",
        ),
        (edit("LF-4", waits), Cause::Order, 28, "the order, dependencies, or days before which work may not begin"),
        (Command::SetCalendar { calendar: Box::new(longer) }, Cause::Calendar, 7, "sprints, days off or teams"),
        (
            Command::SetAssumptions { assumptions: Box::new(growth) },
            Cause::Assumptions,
            35,
            "new work, splits, risks, the model or the unit",
        ),
    ];
    for (command, cause, days, about) in cases {
        let mut planner = steady();
        tell(&mut planner, promise(MONDAY, "2026-12-18"));
        assert_eq!(why(&planner, MONDAY).causes, [], "nothing has changed yet");
        apply(&mut planner, command);
        let moved = why(&planner, MONDAY);
        assert_eq!(moved.before, Some(date("2026-12-18")));
        assert_eq!(moved.causes.len(), 1, "{moved:?}");
        assert_eq!(
            (moved.causes[0].cause, moved.causes[0].days, moved.days),
            (cause, Some(days), Some(days)),
            "{moved:?}"
        );
        assert_eq!(moved.causes[0].about, about);
    }
}

#[test]
fn several_causes_share_the_shift_and_the_sentence_says_so() {
    let mut planner = steady();
    tell(&mut planner, promise(MONDAY, "2026-12-18"));
    assert_eq!(why(&planner, MONDAY).sentence, "85 % sure by 18 Dec as seen on 23 Nov and now: the date has not moved");
    apply(
        &mut planner,
        Command::AddItem { item: Box::new(Item { size: Some(10.0.into()), ..Item::titled("Audit") }), before: None },
    );
    apply(&mut planner, Command::RemoveItem { id: "LF-2".into() });
    // A week later the first is done, as forecast: that moves nothing.
    let done = ItemPatch {
        status: Some(Some(Status::Done)),
        finished: Some(Some(date("2026-11-27"))),
        ..ItemPatch::default()
    };
    apply(&mut planner, edit("LF-1", done));
    let moved = why(&planner, "2026-11-30");
    adds_up(&moved);
    let shares: Vec<_> = moved.causes.iter().map(|cause| (cause.cause, cause.days, cause.about.as_str())).collect();
    assert_eq!(
        shares,
        [
            (Cause::ScopeAdded, Some(14), "1 item added: LF-5 Audit"),
            (Cause::ScopeRemoved, Some(-7), "1 item taken out: LF-2 Baskets"),
            (Cause::Velocity, Some(0), "1 item finished in 7 days"),
        ]
    );
    assert_eq!(
        moved.sentence,
        "85 % sure by 18 Dec as seen on 23 Nov, by 25 Dec now, 7 days later: scope added +14 days, scope removed −7 days"
    );
    // Had nothing been finished, the week that has passed would be lost.
    let mut idle = steady();
    tell(&mut idle, promise(MONDAY, "2026-12-18"));
    let moved = why(&idle, "2026-11-30");
    assert_eq!((moved.days, moved.causes[0].cause), (Some(7), Cause::Velocity));
    assert_eq!(moved.causes[0].about, "nothing was finished in 7 days");
}

#[test]
fn the_shares_add_up_in_two_hundred_random_pairs_of_plans() {
    let (mut shifted, mut shares) = (0, 0);
    for seed in 0..200 {
        let mut random = Random(seed);
        let mut planner = Planner::default();
        let some = |random: &mut Random| (0..6).map(|_| random.below(20) as f64).collect::<Vec<_>>();
        planner.apply(Command::SetHistory { finished: some(&mut random), today: date(MONDAY), team: None }).unwrap();
        for _ in 0..30 {
            let _ = planner.apply(random.command(&planner));
        }
        if planner.apply(Command::SetPromise { promise: Box::new(promise(MONDAY, "2027-02-01")) }).is_err() {
            continue;
        }
        for _ in 0..15 {
            let command = random.command(&planner);
            if !matches!(command, Command::Batch { .. }) {
                let _ = planner.apply(command);
            }
        }
        if random.below(2) == 0 {
            planner
                .apply(Command::SetHistory { finished: some(&mut random), today: date(MONDAY), team: None })
                .unwrap();
        }
        let Some(kept) = planner.plan().kept.last() else { continue };
        let query = WhyQuery {
            from: Some(kept.id.clone()),
            today: Some(date("2026-12-07")),
            trials: Some(100),
            ..WhyQuery::default()
        };
        let moved = planner.why(&query).unwrap();
        adds_up(&moved);
        let days = moved.before.zip(moved.after).map(|(before, after)| before.days_until(after));
        assert_eq!(moved.days, days);
        shifted += usize::from(moved.days.is_some_and(|days| days != 0));
        shares += moved.causes.iter().filter(|cause| cause.days.is_some_and(|days| days != 0)).count();
    }
    assert!(shifted > 100 && shares > 2 * shifted, "{shifted} pairs shifted, {shares} shares");
}

#[test]
fn a_promise_says_what_was_told_and_how_it_stands_now() {
    let mut planner = steady();
    tell(&mut planner, promise(MONDAY, "2026-12-18"));
    tell(&mut planner, Promise { to: "Acme".into(), item: Some("LF-2".into()), ..promise(MONDAY, "2026-12-04") });
    tell(&mut planner, Promise { tag: Some("g".into()), ..promise(MONDAY, "2026-12-11") });
    let words: Vec<String> = planner.plan().promises.iter().map(|promise| promise.what.clone()).collect();
    assert_eq!(words, ["all of the plan", "LF-2 Baskets", "all that is tagged g"]);
    // Three of one day rest on one forecast.
    assert_eq!(planner.plan().kept.len(), 1);
    let said =
        |planner: &Planner, today: &str| told(planner, today).into_iter().map(|view| view.sentence).collect::<Vec<_>>();
    assert_eq!(
        said(&planner, MONDAY),
        [
            "told Sales 11 Dec at 85 % on 23 Nov; now > 99 %",
            "told Acme 4 Dec at 85 % on 23 Nov; now > 99 %",
            "told Sales 18 Dec at 85 % on 23 Nov; now > 99 %",
        ]
    );
    apply(&mut planner, edit("LF-1", ItemPatch { size: Some(Some(10.0.into())), ..ItemPatch::default() }));
    assert_eq!(said(&planner, MONDAY)[1], "told Acme 4 Dec at 85 % on 23 Nov; now < 1 %");
    let moved = planner
        .why(&WhyQuery { promise: Some("P-2".into()), today: Some(date(MONDAY)), ..WhyQuery::default() })
        .unwrap();
    assert_eq!((moved.days, moved.causes.len(), moved.causes[0].cause), (Some(7), 1, Cause::Sizes));
    // Kept, broken, taken back, and about what is gone.
    let done = |day: &str| ItemPatch {
        status: Some(Some(Status::Done)),
        finished: Some(Some(date(day))),
        ..ItemPatch::default()
    };
    apply(&mut planner, edit("LF-2", done("2026-12-04")));
    apply(&mut planner, edit("LF-3", done("2026-12-14")));
    let states: Vec<PromiseState> = told(&planner, "2026-12-21").iter().map(|view| view.state).collect();
    assert_eq!(states, [PromiseState::Broken, PromiseState::Kept, PromiseState::Broken]);
    assert_eq!(
        said(&planner, "2026-12-21"),
        [
            "told Sales 11 Dec at 85 % on 23 Nov; broken: it landed later",
            "told Acme 4 Dec at 85 % on 23 Nov; kept",
            "told Sales 18 Dec at 85 % on 23 Nov; broken: 2 items are still open",
        ]
    );
    let mut first = planner.plan().promises[0].clone();
    first.withdrawn = true;
    tell(&mut planner, first);
    assert_eq!(told(&planner, "2026-12-21")[2].sentence, "told Sales 18 Dec at 85 % on 23 Nov; withdrawn");
    let mut planner = steady();
    tell(&mut planner, Promise { item: Some("LF-2".into()), ..promise(MONDAY, "2026-12-04") });
    apply(&mut planner, Command::RemoveItem { id: "LF-2".into() });
    assert_eq!(
        said(&planner, MONDAY),
        ["told Sales 4 Dec at 85 % on 23 Nov; what it is about is no longer in the plan"]
    );
}

#[test]
fn what_cannot_be_explained_is_refused_with_its_place() {
    let mut planner = steady();
    let refused = |planner: &Planner, query: WhyQuery| {
        let error = planner.why(&query).unwrap_err();
        assert_eq!(error.code(), Code::UnknownId);
        error.path().unwrap().to_owned()
    };
    assert_eq!(refused(&planner, WhyQuery::default()), "/from");
    tell(&mut planner, promise(MONDAY, "2026-12-18"));
    assert_eq!(refused(&planner, WhyQuery { promise: Some("P-9".into()), ..WhyQuery::default() }), "/promise");
    assert_eq!(refused(&planner, WhyQuery { to: Some("F-9".into()), ..WhyQuery::default() }), "/to");
    for (broken, path) in [
        (Promise { to: " ".into(), ..promise(MONDAY, MONDAY) }, "/promise/to"),
        (Promise { chance: 1.5, ..promise(MONDAY, MONDAY) }, "/promise/chance"),
        (Promise { item: Some("LF-99".into()), ..promise(MONDAY, MONDAY) }, "/promise/item"),
        (Promise { item: Some("LF-1".into()), tag: Some("g".into()), ..promise(MONDAY, MONDAY) }, "/promise/item"),
    ] {
        let error = planner.apply(Command::SetPromise { promise: Box::new(broken) }).unwrap_err();
        assert_eq!(error.path(), Some(path), "{error}");
    }
}

#[test]
fn the_oldest_forecasts_go_first_and_those_of_promises_last() {
    let mut planner = steady();
    tell(&mut planner, promise(MONDAY, "2026-12-18"));
    let set = |name: &str| Command::SetObjective {
        objective: Box::new(Objective { id: "o".into(), name: name.into(), ..Objective::default() }),
    };
    apply(&mut planner, set("Leads"));
    // Each import keeps one; the file that changes nothing keeps none.
    for k in 0..40 {
        let item = Item { id: "LF-1".into(), size: Some(f64::from(k + 1).into()), ..Item::titled("Checkout") };
        let import = |item: &Item| Command::ImportItems {
            items: vec![item.clone().into()],
            fields: vec!["size".into()],
            known_until: None,
            unit: None,
            sprint_days: None,
            guess: None,
            replace: None,
            today: Some(date(MONDAY)),
        };
        apply(&mut planner, import(&item));
        let count = planner.plan().kept.len();
        apply(&mut planner, import(&item));
        assert_eq!(planner.plan().kept.len(), count);
    }
    let plan: &Plan = planner.plan();
    assert_eq!(plan.kept.len(), 24);
    assert_eq!((plan.kept[0].id.as_str(), plan.kept[1].id.as_str()), ("F-1", "F-19"));
    assert_eq!(plan.promises[0].forecast, "F-1");
    assert_eq!(planner.kept_forecasts()[23].text, "when Sales was told");
}

#[test]
fn a_chance_that_was_told_is_said_as_chances_are() {
    let mut planner = steady();
    for (chance, said) in [(0.85392, "85 %"), (1.0, "> 99 %"), (0.0, "< 1 %")] {
        tell(&mut planner, Promise { chance, ..promise(MONDAY, "2026-12-18") });
        let sentence = format!("told Sales 18 Dec at {said} on 23 Nov; now > 99 %");
        assert_eq!(told(&planner, MONDAY)[0].sentence, sentence);
    }
}

#[test]
fn the_sample_was_promised_at_its_85_percent_dates_and_says_why_they_moved() {
    for day in ["2026-11-23", "2027-02-28", "2024-01-04"] {
        let planner = landfall::session::sample(Some(date(day))).unwrap();
        assert_round_trip(planner.plan());
        let promises = planner.promises(&Options { today: Some(date(day)), ..Options::default() }).unwrap();
        assert_eq!(promises.len(), 2);
        for view in promises {
            assert_eq!(view.state, PromiseState::Open);
            assert!(view.explained);
            let query =
                WhyQuery { promise: Some(view.promise.id.clone()), today: Some(date(day)), ..WhyQuery::default() };
            let moved = planner.why(&query).unwrap();
            adds_up(&moved);
            assert_eq!(moved.before, Some(view.promise.by), "{moved:#?}");
            assert!(moved.days.is_some_and(|days| days != 0), "{moved:#?}");
            assert!(moved.causes.len() > 2, "{moved:#?}");
        }
    }
}
