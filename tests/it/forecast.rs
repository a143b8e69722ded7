//! What a forecast answers, refuses and leaves alone.

use landfall::forecast::engine::{self, Model, Run, Size, Split, Task, Team, key, simulate};
use landfall::forecast::{
    BacktestRequest, ForecastRequest, History, HowManyRequest, PerTeam, Velocity, VelocityModel, WorkItem, backtest,
    forecast, how_many,
};
use landfall::{Code, Error, Range};
use serde_json::{Value, json};

fn parse<T: std::str::FromStr<Err = Error>>(value: Value) -> Result<T, Error> {
    value.to_string().parse()
}

fn ask(value: Value) -> Result<Value, Error> {
    let answer = forecast(&parse(value)?)?;
    Ok(serde_json::to_value(answer).unwrap())
}

#[track_caller]
fn refuses(value: Value, code: Code, path: &str, words: &str) {
    let error = ask(value).expect_err("refused");
    assert_eq!((error.code(), error.path()), (code, Some(path)), "{error}");
    assert!(error.message().contains(words), "{error}");
}

// ------------------------------------------------------------------------------------------------ shape

#[test]
fn an_answer_is_plain_json_with_whole_numbers_and_dates() {
    let answer = ask(json!({
        "history": [2], "work": [{ "id": "a", "size": 3 }, { "id": "b", "size": 1, "needs": ["a"] }],
        "model": "bootstrap", "percentiles": [0.5, 0.85], "periodDays": 14, "start": "2026-11-23"
    }))
    .unwrap();
    assert_eq!(
        answer,
        json!({
            "total": {
                "percentiles": [
                    { "p": 0.5, "period": 2, "date": "2026-12-20" },
                    { "p": 0.85, "period": 2, "date": "2026-12-20" }
                ],
                "within": [0.0, 1.0]
            },
            "items": [
                { "id": "a", "percentiles": [
                    { "p": 0.5, "period": 2, "date": "2026-12-20" },
                    { "p": 0.85, "period": 2, "date": "2026-12-20" }
                ], "within": [0.0, 1.0] },
                { "id": "b", "percentiles": [
                    { "p": 0.5, "period": 2, "date": "2026-12-20" },
                    { "p": 0.85, "period": 2, "date": "2026-12-20" }
                ], "within": [0.0, 1.0] }
            ]
        })
    );
}

#[test]
fn what_is_beyond_the_horizon_is_null_and_dates_are_there_only_when_asked_for() {
    let never = ask(json!({ "history": [0, 0], "work": 1, "horizon": 3, "percentiles": [0.5] })).unwrap();
    assert_eq!(never["total"], json!({ "percentiles": [{ "p": 0.5, "period": null }], "within": [0.0, 0.0, 0.0] }));
    let never = ask(json!({
        "history": [0], "work": 1, "horizon": 1, "percentiles": [0.5], "periodDays": 7, "start": "2026-11-23"
    }));
    assert_eq!(never.unwrap()["total"]["percentiles"], json!([{ "p": 0.5, "period": null, "date": null }]));
}

#[test]
fn whole_numbers_may_be_written_as_floats() {
    let request: ForecastRequest =
        parse(json!({ "history": [1], "work": 1, "trials": 10.0, "seed": 7.0, "horizon": null })).unwrap();
    assert_eq!((request.trials, request.seed, request.horizon), (Some(10), Some(7), None));
}

#[test]
fn a_guess_and_a_record_of_teams_are_told_apart() {
    let request = |history: Value| parse::<HowManyRequest>(json!({ "history": history, "periods": 2 }));
    let guess = request(json!({ "likely": 4, "low": 2, "high": 7 })).unwrap();
    let range = Range { low: 2.0, likely: Some(4.0), high: 7.0 };
    assert_eq!(guess.history, PerTeam::One(History::Guess(range)));
    // A team may be called anything, "low" too.
    let teams = request(json!({ "low": [1], "high": { "low": 2, "likely": 4, "high": 7 } })).unwrap();
    let PerTeam::Each(teams) = teams.history else { panic!("a record") };
    assert_eq!(teams["low"], History::Periods(vec![1.0]));
    assert_eq!(teams["high"], History::Guess(range));
}

#[test]
fn text_that_is_no_json_is_refused() {
    let error = "{ \"history\": [1,".parse::<ForecastRequest>().expect_err("refused");
    assert_eq!((error.code(), error.path()), (Code::NotJson, Some("line 1, column 16")));
}

#[test]
fn a_mistake_in_the_shape_is_named_with_its_place() {
    let cases = [
        (json!({ "history": [1, "x"], "work": 1 }), "/history/1"),
        (json!({ "history": { "low": 1, "high": "x" }, "work": 1 }), "/history/high"),
        (json!({ "history": { "red": [1, null] }, "work": [] }), "/history/red/1"),
        (json!({ "history": [1], "work": [{ "id": "a" }] }), "/work/0"),
        (json!({ "history": [1], "work": [{ "id": "a", "size": "L" }] }), "/work/0/size"),
        (json!({ "history": [1], "work": [{ "id": "a", "size": { "low": 1 } }] }), "/work/0/size"),
        (json!({ "history": [1], "work": 1, "trials": 0.5 }), "/trials"),
        (json!({ "history": [1], "work": 1, "trials": -1 }), "/trials"),
        (json!({ "history": [1], "work": 1, "model": "gut" }), "/model"),
        (json!({ "history": [1], "work": 1, "Trials": 1 }), "/Trials"),
        (json!({ "history": [1], "work": 1, "risks": [{ "probability": 1 }] }), "/risks/0"),
        (json!({ "history": [1], "work": 1, "growth": { "low": 1, "high": 2, "rush": 1 } }), "/growth/rush"),
        (json!({ "history": [1], "work": 1, "capacity": { "red": 1 } }), "/capacity"),
    ];
    for (value, place) in cases {
        let error = parse::<ForecastRequest>(value.clone()).expect_err("refused");
        assert_eq!((error.code(), error.path()), (Code::InvalidRequest, Some(place)), "{value}: {error}");
        assert!(!error.message().contains("did not match any variant"), "{error}");
    }
}

// ------------------------------------------------------------------------------------------------ refusals

#[test]
fn what_makes_no_sense_is_refused_with_its_place_and_a_remedy() {
    use Code::*;
    refuses(json!({ "history": [], "work": 1 }), EmptyHistory, "/history", "finished work per period");
    refuses(json!({ "history": {}, "work": [] }), EmptyHistory, "/history", "no team");
    refuses(json!({ "history": { "a/b": [] }, "work": [] }), EmptyHistory, "/history/a~1b", "no period");
    refuses(json!({ "history": [1, -2], "work": 1 }), InvalidNumber, "/history/1", "at least 0");
    refuses(json!({ "history": [1e300], "work": 1 }), InvalidNumber, "/history/0", "too large");
    refuses(json!({ "history": { "low": 3, "high": 1 }, "work": 1 }), InvalidRange, "/history", "out of order");
    refuses(json!({ "history": [1], "work": -1 }), InvalidNumber, "/work", "at least 0");
    refuses(json!({ "history": [1], "work": 1, "trials": 0 }), InvalidNumber, "/trials", "at least 1");
    refuses(json!({ "history": [1], "work": 1, "trials": 1e9 }), TooLarge, "/trials", "at most 1000000");
    refuses(json!({ "history": [1], "work": 1, "horizon": 0 }), InvalidNumber, "/horizon", "at least 1");
    refuses(json!({ "history": [1], "work": 1, "horizon": 10001 }), TooLarge, "/horizon", "at most 10000");
    refuses(json!({ "history": [1], "work": 1, "percentiles": [0.5, 1] }), InvalidNumber, "/percentiles/1", "below 1");
    refuses(json!({ "history": [1], "work": 1, "percentiles": [0] }), InvalidNumber, "/percentiles/0", "above 0");
    refuses(json!({ "history": [1], "work": 1, "split": { "low": -1, "high": 1 } }), InvalidNumber, "/split/low", "-1");
    refuses(
        json!({ "history": [1], "work": 1, "growth": { "low": 2, "high": 1 } }),
        InvalidRange,
        "/growth",
        "out of order",
    );
    refuses(
        json!({ "history": [1], "work": 1, "growth": { "low": 0, "high": 1, "urgent": 2 } }),
        InvalidNumber,
        "/growth/urgent",
        "from 0 to 1",
    );
    let risk = |probability: f64, low: f64, item: &str| {
        json!({ "history": [1], "work": [{ "id": "a", "size": 1 }],
            "risks": [{ "probability": probability, "impact": { "low": low, "high": 5 }, "item": item }] })
    };
    refuses(risk(1.5, 0.0, "a"), InvalidNumber, "/risks/0/probability", "from 0 to 1");
    refuses(risk(0.5, -1.0, "a"), InvalidNumber, "/risks/0/impact/low", "at least 0");
    refuses(risk(0.5, 1.0, "b"), UnknownId, "/risks/0/item", "b");
    refuses(json!({ "history": [1], "work": 1, "capacity": [1, -1] }), InvalidNumber, "/capacity/1", "at least 0");
    refuses(json!({ "history": [1], "work": 1, "capacity": { "red": [] } }), UnknownId, "/capacity/red", "no history");
    refuses(json!({ "history": [1], "work": 1, "start": "23.11.2026" }), InvalidDate, "/start", "2026-11-23");
    refuses(json!({ "history": [1], "work": 1, "start": "2026-02-30" }), InvalidDate, "/start", "2026-02-30");
    refuses(
        json!({ "history": [1], "work": 90, "start": "9999-12-01", "periodDays": 7 }),
        InvalidDate,
        "/start",
        "9999",
    );
    refuses(json!({ "history": [1], "work": 1, "periodDays": 0 }), InvalidNumber, "/periodDays", "at least 1");
}

#[test]
fn nan_is_refused_where_json_cannot_write_it() {
    let refuse = |request: ForecastRequest, path: &str| {
        let error = forecast(&request).expect_err("refused");
        assert_eq!((error.code(), error.path()), (Code::InvalidNumber, Some(path)));
    };
    refuse(ForecastRequest::new(vec![1.0, f64::NAN], 1.0), "/history/1");
    refuse(ForecastRequest::new(vec![1.0], f64::NAN), "/work");
    refuse(ForecastRequest::new(vec![1.0], vec![WorkItem::new("a", f64::INFINITY)]), "/work/0/size");
    let mut request = ForecastRequest::new(vec![1.0], 1.0);
    request.percentiles = Some(vec![f64::NAN]);
    refuse(request, "/percentiles/0");
}

#[test]
fn items_are_refused_by_name() {
    let work = |items: Value| json!({ "history": [1], "work": items });
    refuses(
        work(json!([{ "id": "a", "size": 1 }, { "id": "a", "size": 2 }])),
        Code::DuplicateId,
        "/work/1/id",
        "two items carry the id a",
    );
    refuses(
        work(json!([{ "id": "a", "size": 1, "needs": ["b"] }])),
        Code::UnknownId,
        "/work/0/needs/0",
        "a needs b, which is not in the list",
    );
    refuses(
        work(json!([{ "id": "a", "size": 1, "notBefore": 0 }])),
        Code::InvalidNumber,
        "/work/0/notBefore",
        "at least 1",
    );
    refuses(work(json!([{ "id": "a", "size": 1, "team": "red" }])), Code::InvalidRequest, "/work/0/team", "red");
    let teams = |items: Value| json!({ "history": { "red": [1], "blue": [2] }, "work": items });
    refuses(teams(json!(5)), Code::InvalidRequest, "/work", "a list");
    refuses(teams(json!([{ "id": "a", "size": 1 }])), Code::InvalidRequest, "/work/0/team", "one of blue, red");
    refuses(teams(json!([{ "id": "a", "size": 1, "team": "green" }])), Code::UnknownId, "/work/0/team", "green");
}

#[test]
fn a_cycle_is_spelt_out() {
    let item = |id: &str, needs: &[&str]| json!({ "id": id, "size": 1, "needs": needs });
    refuses(
        json!({ "history": [1], "work": [item("LF-1", &[]), item("LF-3", &["LF-1", "LF-7"]), item("LF-7", &["LF-3"])] }),
        Code::Cycle,
        "/work/1/needs",
        "LF-3 needs LF-7 needs LF-3",
    );
    refuses(json!({ "history": [1], "work": [item("a", &["a"])] }), Code::Cycle, "/work/0/needs", "a needs a");
}

#[test]
fn absurd_amounts_of_work_are_refused_with_a_remedy() {
    let items: Vec<WorkItem> = (0..100_000).map(|n| WorkItem::new(n.to_string(), 1.0)).collect();
    let mut request = ForecastRequest::new(vec![1.0], items);
    request.trials = Some(1_000_000);
    let error = forecast(&request).expect_err("refused");
    assert_eq!((error.code(), error.path()), (Code::TooLarge, Some("/trials")));
    assert!(error.message().contains("ask for at most"), "{error}");
}

// ------------------------------------------------------------------------------------------------ edges

#[test]
fn a_team_that_finishes_nothing_never_lands_and_answers_at_once() {
    for model in [VelocityModel::Bootstrap, VelocityModel::Calibrated] {
        let mut request = ForecastRequest::new(vec![0.0; 12], vec![WorkItem::new("a", 1.0), WorkItem::new("b", 2.0)]);
        request.model = Some(model);
        request.trials = Some(1_000_000);
        request.horizon = Some(10_000);
        let answer = forecast(&request).unwrap();
        assert!(answer.total.percentiles.iter().all(|at| at.period.is_none()), "{model:?}");
        assert!(answer.items.iter().all(|item| item.completion.within.iter().all(|&share| share == 0.0)));
    }
    let mut request = ForecastRequest::new(vec![3.0], 1.0);
    request.capacity = Some(PerTeam::One(vec![0.0; 10_000]));
    request.trials = Some(1_000_000);
    request.horizon = Some(10_000);
    assert_eq!(forecast(&request).unwrap().total.percentiles[0].period, None);
}

#[test]
fn no_work_lands_in_the_first_period() {
    for history in [vec![0.0], vec![3.0]] {
        for work in [0.0.into(), landfall::forecast::Work::Items(vec![]), vec![WorkItem::new("a", 0.0)].into()] {
            let answer = forecast(&ForecastRequest::new(history.clone(), work)).unwrap();
            assert_eq!(answer.total.within, [1.0]);
            assert!(answer.total.percentiles.iter().all(|at| at.period == Some(1)));
        }
    }
}

#[test]
fn ten_times_a_tenth_is_one() {
    for not_before in [None, Some(2)] {
        let mut request = ForecastRequest::new(vec![0.1], vec![WorkItem { not_before, ..WorkItem::new("a", 1.0) }]);
        request.model = Some(VelocityModel::Bootstrap);
        let last = 10 + not_before.map_or(0, |period| period - 1);
        assert_eq!(forecast(&request).unwrap().items[0].completion.percentiles[0].period, Some(last));
    }
}

#[test]
fn a_history_of_a_hundred_thousand_periods_and_a_chain_of_as_many_needs_are_fine() {
    let history: Vec<f64> = (0..100_000).map(|n| f64::from(n % 7)).collect();
    for model in [VelocityModel::Bootstrap, VelocityModel::Calibrated] {
        let mut request = ForecastRequest::new(history.clone(), 30.0);
        request.model = Some(model);
        request.trials = Some(1000);
        assert!(forecast(&request).unwrap().total.percentiles[0].period.is_some());
    }
    // Each needs the one behind it: the whole list turns over.
    let item = |n: u32| WorkItem {
        needs: (n < 99_999).then(|| vec![(n + 1).to_string()]),
        not_before: (n == 99_999).then_some(2),
        ..WorkItem::new(n.to_string(), 1.0)
    };
    for first in [0, 99_999] {
        let mut items: Vec<WorkItem> = (0..100_000).map(item).collect();
        items[99_999].not_before = (first == 0).then_some(2);
        let mut request = ForecastRequest::new(vec![50_000.0], items);
        request.trials = Some(3);
        request.model = Some(VelocityModel::Bootstrap);
        let answer = forecast(&request).unwrap();
        let expected = if first == 0 { 3 } else { 2 };
        assert_eq!(answer.items[0].completion.percentiles[0].period, Some(expected));
    }
}

#[test]
fn one_value_of_history_is_a_distribution_under_the_calibrated_model_and_a_number_under_the_bootstrap() {
    let mut request = ForecastRequest::new(vec![5.0], 60.0);
    let spread = |request: &ForecastRequest| {
        let answer = forecast(request).unwrap();
        (answer.total.percentiles[0].period.unwrap(), answer.total.percentiles[3].period.unwrap())
    };
    let (half, late) = spread(&request);
    assert!(late > half, "{half}, {late}");
    request.model = Some(VelocityModel::Bootstrap);
    assert_eq!(spread(&request), (12, 12));
}

// ------------------------------------------------------------------------------------------------ same bits

fn full_model() -> Model {
    let velocity = |past: &[f64], model| Velocity::History { past: past.into(), model };
    let team = |name, velocity| Team { key: key(name), velocity, capacity: vec![0.5, 1.0, 1.2] };
    let items = (0..60_u32)
        .map(|n| Task {
            key: key(&format!("LF-{n}")),
            size: match n % 3 {
                0 => Size::Exact(f64::from(n % 5)),
                1 => Size::Range(Range { low: 1.0, likely: Some(2.0), high: f64::from(3 + n % 7) }),
                _ => Size::OneOf([1.0, 2.0, 5.0].into()),
            },
            needs: if n % 7 == 6 { vec![n - 3, n - 5] } else { vec![] },
            not_before: if n % 11 == 10 { 4 } else { 1 },
            team: u32::from(n % 4 == 3) + u32::from(n % 4 == 1) * 2,
        })
        .collect();
    Model {
        teams: vec![
            team("red", velocity(&[4.0, 9.0, 0.0, 7.0], VelocityModel::Calibrated)),
            team("blue", velocity(&[3.0, 2.0, 6.0], VelocityModel::Bootstrap)),
            team("green", Velocity::Guess(Range { low: 1.0, likely: Some(3.0), high: 4.0 })),
        ],
        items,
        groups: vec![vec![1, 5, 9], vec![], (0..60).collect()],
        each: true,
        prefixes: true,
        risks: vec![engine::Risk {
            key: key("rain"),
            probability: 0.3,
            impact: Range { low: 1.0, likely: None, high: 9.0 },
            on: engine::RiskOn::LastOf(0),
        }],
        growth: Some(engine::Growth { amount: Range { low: -1.0, likely: None, high: 2.0 }, urgent: 0.3 }),
        split: Split::Shared(Range { low: 1.0, likely: None, high: 1.5 }),
        slots: 10,
        horizon: 60,
        trials: 500,
        seed: 42,
        burn_up: 20,
        // Some short periods, and one team that releases at their end.
        places: vec![7, 10, 3],
        at_period_end: vec![1],
    }
}

#[test]
fn slicing_a_run_changes_nothing() {
    let model = full_model();
    let whole = simulate(&model).unwrap();
    let mut run = Run::new(&model).unwrap();
    let mut slice = 1;
    while run.advance(slice) > 0 {
        slice = slice * 2 % 97 + 1;
    }
    assert_eq!(run.done(), 500);
    assert_eq!(run.finish(), whole);
}

#[test]
fn a_run_that_is_stopped_tells_what_it_has_seen() {
    let mut run = Run::new(&full_model()).unwrap();
    assert_eq!(run.advance(120), 380);
    let outcome = run.finish();
    assert_eq!(outcome.trials, 120);
    assert!(outcome.items.iter().chain([&outcome.total]).all(|histogram| histogram.trials() == 120));
}

#[test]
fn the_same_seed_gives_the_same_bits_and_another_seed_others() {
    let model = full_model();
    assert_eq!(simulate(&model).unwrap(), simulate(&model).unwrap());
    assert_ne!(simulate(&model).unwrap(), simulate(&Model { seed: 43, ..model }).unwrap());
}

#[test]
fn whole_periods_and_slots_tell_the_same_story() {
    let fine = simulate(&full_model()).unwrap();
    let coarse = simulate(&Model { slots: 1, places: Vec::new(), ..full_model() }).unwrap();
    for (fine, coarse) in fine.items.iter().zip(&coarse.items) {
        for period in 1..=60 {
            assert_eq!(fine.within(period * 10), coarse.within(period));
        }
    }
}

#[test]
fn the_short_way_for_whole_numbers_finds_what_the_long_way_finds() {
    let past: Vec<f64> = (0..31_u32).map(|n| f64::from(n * n % 5)).collect();
    let team = |past: &[f64]| Team {
        key: 9,
        velocity: Velocity::History { past: past.into(), model: VelocityModel::Bootstrap },
        capacity: vec![],
    };
    let item = |n: u32| Task {
        key: u64::from(n),
        size: Size::Exact([2.0, 0.0, 1.5, 0.25, 3.0][n as usize % 5]),
        needs: if n % 4 == 1 { vec![n + 2] } else { vec![] },
        not_before: 1,
        team: 0,
    };
    for horizon in [17, 60] {
        let short = Model {
            teams: vec![team(&past)],
            items: (0..40).map(item).collect(),
            groups: vec![vec![3, 30], vec![], vec![1]],
            prefixes: true,
            horizon,
            trials: 3000,
            ..Model::default()
        };
        let long = simulate(&Model { slots: 10, ..short.clone() }).unwrap();
        let short = simulate(&short).unwrap();
        let all = |outcome: &engine::Outcome| {
            [&outcome.items[..], &outcome.groups, &outcome.prefixes, std::slice::from_ref(&outcome.total)].concat()
        };
        for (short, long) in all(&short).iter().zip(&all(&long)) {
            assert_eq!((short.trials(), short.never()), (3000, long.never()));
            for period in 1..=horizon {
                assert_eq!(short.within(period), long.within(period * 10), "by {period}");
            }
        }
    }
}

#[test]
fn a_finish_lies_inside_its_period_at_the_share_of_capacity_used() {
    let team = Team { key: 0, velocity: Velocity::Guess(Range::exactly(10.0)), capacity: vec![] };
    let item = |key, size, not_before| Task { key, size: Size::Exact(size), needs: vec![], not_before, team: 0 };
    for not_before in [1, 2] {
        let items = vec![item(1, 3.0, 1), item(2, 4.5, 1), item(3, 2.5, 1), item(4, 0.1, not_before)];
        let model = Model { teams: vec![team.clone()], items, slots: 10, trials: 10, ..Model::default() };
        let outcome = simulate(&model).unwrap();
        let slots: Vec<_> = outcome.items.iter().map(|item| item.percentile(0.5).unwrap()).collect();
        assert_eq!(slots, [3, 8, 10, 11]);
    }
}

#[test]
fn groups_and_prefixes_land_with_their_last_member() {
    let outcome = simulate(&full_model()).unwrap();
    assert_eq!(outcome.groups[1].percentile(0.99), Some(1), "an empty group has nothing to wait for");
    assert_eq!(outcome.groups[2], outcome.prefixes[59]);
    assert_eq!(outcome.prefixes[0], outcome.items[0]);
    for slot in 1..=600 {
        assert!(outcome.groups[0].within(slot) <= outcome.items[5].within(slot));
        assert!(outcome.prefixes.windows(2).all(|two| two[1].within(slot) <= two[0].within(slot)));
    }
}

#[test]
fn a_burn_up_rises_to_the_work_that_there_is() {
    let item = |n: u64| Task { key: n, size: Size::Exact(5.0), needs: vec![], not_before: 1, team: 0 };
    let velocity = Velocity::History { past: [3.0, 6.0].into(), model: VelocityModel::Bootstrap };
    for waits in [false, true] {
        let mut items: Vec<Task> = (0..6).map(item).collect();
        items[5].not_before = if waits { 2 } else { 1 };
        let model = Model {
            teams: vec![Team { key: 1, velocity: velocity.clone(), capacity: vec![] }],
            items,
            burn_up: 12,
            trials: 4000,
            ..Model::default()
        };
        let outcome = simulate(&model).unwrap();
        assert_eq!(outcome.burn_up.len(), 12);
        assert!((outcome.burn_up[1].mean() - 9.0).abs() < 0.15, "{}", outcome.burn_up[1].mean());
        assert_eq!(outcome.burn_up[11].percentile(0.99), 30.0, "all work, and no more");
        assert_eq!(outcome.burn_up[11].percentile(0.01), 30.0);
    }
}

#[test]
fn a_moved_item_leaves_untouched_what_stands_above_both_places() {
    let mut model = full_model();
    model.growth = None;
    let before = simulate(&model).unwrap();
    // 40 goes to 20: nothing needs or is needed by what lies between that would pull anything above along.
    let moved = model.items.remove(40);
    model.items.insert(20, moved);
    let place = |old: u32| match old {
        40 => 20,
        20..40 => old + 1,
        _ => old,
    };
    for item in &mut model.items {
        item.needs.iter_mut().for_each(|need| *need = place(*need));
    }
    model.groups.iter_mut().flatten().for_each(|item| *item = place(*item));
    let after = simulate(&model).unwrap();
    assert_eq!(before.items[..20], after.items[..20]);
    assert_ne!(before.items[20..], after.items[20..]);
    assert_eq!(before.prefixes[..20], after.prefixes[..20]);
}

#[test]
fn teams_draw_alike_wherever_they_stand() {
    let items =
        |red: u32| vec![Task { key: key("a"), size: Size::Exact(20.0), needs: vec![], not_before: 1, team: red }];
    let velocity = Velocity::History { past: [1.0, 2.0, 5.0].into(), model: VelocityModel::Calibrated };
    let team = |name| Team { key: key(name), velocity: velocity.clone(), capacity: vec![] };
    let alone = Model { teams: vec![team("red")], items: items(0), ..Model::default() };
    let beside = Model { teams: vec![team("blue"), team("red")], items: items(1), ..Model::default() };
    assert_eq!(simulate(&alone).unwrap().items, simulate(&beside).unwrap().items);
    assert_ne!(simulate(&alone).unwrap().items, simulate(&Model { teams: vec![team("blue")], ..alone }).unwrap().items);
}

#[test]
fn more_work_never_lands_anything_earlier_and_a_risk_never_helps() {
    let base = ForecastRequest::new(
        vec![2.0, 3.0, 7.0],
        (0..9).map(|n| WorkItem::new(n.to_string(), 3.0)).collect::<Vec<_>>(),
    );
    let later = |request: &ForecastRequest| {
        let (one, other) = (forecast(&base).unwrap(), forecast(request).unwrap());
        let pairs = one.items.iter().zip(&other.items).map(|(a, b)| (&a.completion, &b.completion));
        for (a, b) in pairs.chain([(&one.total, &other.total)]) {
            assert!(b.within.iter().zip(a.within.iter().chain(std::iter::repeat(&1.0))).all(|(b, a)| b <= a));
        }
        assert_ne!(one, other);
    };
    let mut larger = base.clone();
    if let landfall::forecast::Work::Items(items) = &mut larger.work {
        items[4].size = 4.0.into();
    }
    later(&larger);
    let risk = |item: Option<&str>| landfall::forecast::Risk {
        probability: 0.2,
        impact: Range { low: 1.0, likely: None, high: 4.0 },
        item: item.map(str::to_owned),
    };
    later(&ForecastRequest { risks: Some(vec![risk(None)]), ..base.clone() });
    later(&ForecastRequest { risks: Some(vec![risk(Some("3"))]), ..base.clone() });
    later(&ForecastRequest { split: Some(Range { low: 1.0, likely: None, high: 1.2 }), ..base.clone() });
}

// ------------------------------------------------------------------------------------------------ how many, backtest

#[test]
fn how_many_is_refused_and_answered_like_a_forecast() {
    let error = how_many(&HowManyRequest::new(vec![1.0, f64::NAN], 3)).expect_err("refused");
    assert_eq!(error.path(), Some("/history/1"));
    let error = how_many(&HowManyRequest::new(vec![1.0], 10_001)).expect_err("refused");
    assert_eq!((error.code(), error.path()), (Code::TooLarge, Some("/periods")));
    let mut request = HowManyRequest::new(vec![2.0], 4);
    request.model = Some(VelocityModel::Bootstrap);
    request.capacity = Some(PerTeam::One(vec![0.5, 0.0]));
    let answer = serde_json::to_value(how_many(&request).unwrap()).unwrap();
    assert_eq!(answer["mean"], json!(5.0));
    assert_eq!(answer["percentiles"][2], json!({ "p": 0.85, "amount": 5.0 }));
}

#[test]
fn a_steady_team_is_forecast_without_fail() {
    let mut request = BacktestRequest::new(vec![4.0; 30], 10, 3);
    request.model = Some(VelocityModel::Bootstrap);
    let answer = backtest(&request).unwrap();
    assert_eq!(answer.forecasts, 18);
    assert!(answer.coverage.iter().all(|at| at.held == 18));
    assert_eq!(answer.crps, 0.0);
}

#[test]
fn a_team_that_slows_down_breaks_the_bootstrap_more_often_than_the_calibrated_model() {
    let history: Vec<f64> = (0..40).map(|n| 60.0 - f64::from(n) - f64::from(n % 3)).collect();
    let mut request = BacktestRequest::new(history, 10, 4);
    request.trials = Some(2000);
    let calibrated = backtest(&request).unwrap();
    request.model = Some(VelocityModel::Bootstrap);
    let bootstrap = backtest(&request).unwrap();
    assert_eq!((calibrated.forecasts, bootstrap.forecasts), (27, 27));
    assert!(calibrated.coverage[2].held > bootstrap.coverage[2].held, "{calibrated:?} {bootstrap:?}");
    assert!(calibrated.crps < bootstrap.crps);
}

#[test]
fn a_history_too_short_to_test_gives_no_forecast() {
    let answer = backtest(&BacktestRequest::new(vec![1.0; 5], 4, 3)).unwrap();
    assert_eq!((answer.forecasts, answer.crps), (0, 0.0));
    let error = backtest(&BacktestRequest::new(vec![1.0; 5], 0, 3)).expect_err("refused");
    assert_eq!(error.path(), Some("/window"));
}
