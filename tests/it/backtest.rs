//! How forecasts held on a history, and what each assumption costs.

use landfall::VelocityModel;
use landfall::forecast::{BacktestRequest, backtest_finish, usual_count};
use landfall::plan::PlanDocument;
use landfall::session::{Command, EffectQuery, Options, PlanBacktest, Planner, read_command, sample};
use serde_json::{Value, json};

use crate::plan::date;

fn with_history(finished: &[f64]) -> Planner {
    let mut planner = Planner::default();
    let command = Command::SetHistory { finished: finished.to_vec(), today: date("2026-11-16"), team: None };
    planner.apply(command).unwrap();
    planner
}

fn backtest(finished: &[f64]) -> PlanBacktest {
    with_history(finished).backtest(&Options::default()).unwrap()
}

#[test]
fn usual_counts_are_sums_of_the_binomial_distribution() {
    for n in 1..40_u32 {
        for p in [0.01, 0.3, 0.5, 0.7, 0.85, 0.95, 0.999] {
            let mut choose = 1.0;
            let mut cdf = Vec::new();
            for k in 0..=n {
                let pmf = choose * f64::powi(p, k as i32) * f64::powi(1.0 - p, (n - k) as i32);
                cdf.push(cdf.last().copied().unwrap_or(0.0) + pmf);
                choose *= f64::from(n - k) / f64::from(k + 1);
            }
            let (low, high) = usual_count(n, p);
            assert!(low <= high && high <= n);
            assert!(low == 0 || cdf[low as usize - 1] <= 0.1 + 1e-9, "{n} {p}");
            assert!(cdf[low as usize] > 0.1 - 1e-9, "{n} {p}");
            assert!(1.0 - cdf[high as usize] <= 0.1 + 1e-9, "{n} {p}");
            assert!(high == 0 || 1.0 - cdf[high as usize - 1] > 0.1 - 1e-9, "{n} {p}");
        }
    }
    // Where a naive (1 - p)^n would be no number any more.
    let (low, high) = usual_count(100_000, 0.85);
    assert!((84_850..84_860).contains(&low) && (85_140..85_150).contains(&high), "{low} {high}");
    assert_eq!((usual_count(0, 0.5), usual_count(5, 0.0), usual_count(5, 1.0)), ((0, 0), (0, 0), (5, 5)));
}

#[test]
fn a_backtest_by_hand() {
    // Six steady sprints, then five of which the third finishes nothing.
    let mut finished = vec![10.0; 11];
    finished[8] = 0.0;
    let answer = backtest(&finished);
    assert_eq!((answer.sprints, answer.missing, answer.window, answer.periods), (11, 0, 6, 1));
    assert_eq!(answer.amounts.forecasts, 5);
    let amounts = answer.amounts.coverage[2];
    assert_eq!((amounts.p, amounts.bootstrap, amounts.usual_low, amounts.usual_high), (0.85, 4, 3, 5));
    let said: Vec<_> = answer.past_amounts.iter().map(|past| (past.bootstrap.p50, past.bootstrap.p85)).collect();
    // One sprint in six finished nothing: ten is 83 % sure.
    assert_eq!(said, [(10.0, 10.0), (10.0, 10.0), (10.0, 10.0), (10.0, 0.0), (10.0, 0.0)]);
    let held: Vec<_> = answer.past_amounts.iter().map(|past| past.bootstrap.held).collect();
    assert_eq!(held, [true, true, false, true, true]);
    assert_eq!(answer.past_amounts[2].start, date("2026-10-05"));
    assert_eq!(answer.past_amounts[4].end, date("2026-11-15"));

    // Ten were finished on the last day of a sprint, once of the sprint after; 8.3 on the twelfth of fourteen days.
    let dates: Vec<_> = answer.past_finishes.iter().map(|past| past.finished.unwrap().to_string()).collect();
    assert_eq!(dates, ["2026-09-20", "2026-10-04", "2026-11-01", "2026-10-30"]);
    let held: Vec<_> = answer.past_finishes.iter().map(|past| past.bootstrap.held).collect();
    assert_eq!(held, [true, true, false, true]);
    assert_eq!(answer.finish.coverage[2].bootstrap, 3);
    assert!(
        answer.sentence.starts_with("in your last 5 sprints our 85 % held ")
            && answer.sentence.ends_with("; by luck alone 3 to 5 would be usual. The bootstrap's held 4 times"),
        "{}",
        answer.sentence
    );
}

#[test]
fn what_never_changes_always_holds() {
    let answer = backtest(&[7.0; 30]);
    assert_eq!((answer.window, answer.periods, answer.amounts.forecasts), (6, 2, 12));
    for record in [&answer.amounts, &answer.finish] {
        assert!(record.coverage.iter().all(|coverage| coverage.bootstrap == record.forecasts));
    }
    // Each is about sprints of its own, and together they are about the newest.
    assert!(answer.past_amounts.windows(2).all(|pair| pair[0].end.plus_days(1) == pair[1].start));
    assert_eq!(answer.past_amounts.last().unwrap().end, date("2026-11-15"));
}

#[test]
fn a_history_that_is_too_short_says_how_many_sprints_are_missing() {
    for (sprints, said) in [
        (0, "a backtest needs 11 past sprints, and there is none yet: 11 more"),
        (1, "a backtest needs 11 past sprints, and there is 1: 10 more"),
        (10, "a backtest needs 11 past sprints, and there are 10: 1 more"),
    ] {
        let answer = backtest(&vec![5.0; sprints]);
        assert_eq!((answer.missing, answer.sentence.as_str()), (11 - sprints, said));
        assert!(answer.past_amounts.is_empty());
    }
    assert_eq!(backtest(&[5.0; 11]).missing, 0);
}

#[test]
fn a_long_past_is_told_by_its_newest_forecasts_and_the_calibrated_model_holds_more_often() {
    // A level that drifts: what the bootstrap does not expect.
    let mut level: f64 = 30.0;
    let mut state = 7_u64;
    let mut uniform = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let finished: Vec<f64> = (0..400)
        .map(|_| {
            level *= (0.5 * (uniform() - 0.5)).exp();
            level = level.clamp(5.0, 100.0);
            (level * (0.7 + 0.6 * uniform())).round()
        })
        .collect();
    let answer = backtest(&finished);
    assert_eq!((answer.window, answer.periods, answer.amounts.forecasts, answer.trials), (20, 6, 60, 2000));
    let told = answer.amounts.coverage[2];
    assert!(told.calibrated > told.bootstrap, "{}", answer.sentence);
    for (record, name) in [(&answer.amounts, "amounts"), (&answer.finish, "finish")] {
        let counts: Vec<u32> = record.coverage.iter().map(|coverage| coverage.calibrated).collect();
        assert!(counts.is_sorted(), "{name}: {counts:?}");
    }
}

#[test]
fn finish_dates_are_backtested_for_any_history() {
    let mut request = BacktestRequest::new(vec![4.0, 4.0, 4.0, 4.0, 4.0, 4.0, 2.0, 2.0, 4.0], 4, 2);
    request.model = Some(VelocityModel::Bootstrap);
    request.percentiles = Some(vec![0.5, 0.95]);
    // Two steps have four periods after them. Eight are forecast within two periods; the second time they take three.
    let answer = backtest_finish(&request).unwrap();
    assert_eq!(answer.forecasts, 2);
    assert_eq!(answer.coverage.iter().map(|held| held.held).collect::<Vec<_>>(), [1, 1]);
    request.history = vec![0.0; 12];
    assert_eq!(backtest_finish(&request).unwrap().forecasts, 0, "nothing is forecast from windows of nothing");
    request.trials = Some(0);
    assert_eq!(backtest_finish(&request).unwrap_err().path(), Some("/trials"));
}

// ------------------------------------------------------------------------------------------------ effects

/// Ten points in every past sprint and fifty to do; with what is assumed.
fn steady(assumptions: &Value, calendar: &Value) -> Planner {
    let mut of_calendar = json!({ "sprintDays": 14, "sprintStart": "2026-11-16", "workingDays": [1, 2, 3, 4, 5] });
    of_calendar.as_object_mut().unwrap().extend(calendar.as_object().unwrap().clone());
    let mut of_assumptions = json!({ "model": "bootstrap" });
    of_assumptions.as_object_mut().unwrap().extend(assumptions.as_object().unwrap().clone());
    let items: Vec<Value> = (1..=5).map(|k| json!({ "id": format!("LF-{k}"), "title": "x", "size": 10 })).collect();
    let document = json!({ "format": "landfall", "version": 1, "name": "steady", "unit": "points",
        "calendar": of_calendar, "assumptions": of_assumptions, "items": items });
    let mut planner = Planner::from_document(PlanDocument::from_json(&document.to_string()).unwrap()).unwrap();
    planner.apply(Command::SetHistory { finished: vec![10.0; 8], today: date("2026-11-16"), team: None }).unwrap();
    planner
}

fn today() -> Options {
    Options { today: Some(date("2026-11-16")), ..Options::default() }
}

/// The days that each assumption costs.
fn costs(planner: &Planner) -> Vec<(String, Option<i64>, String)> {
    let effects = planner.effects(&today()).unwrap();
    effects.into_iter().map(|one| (one.assumption, one.effect.days, one.effect.text)).collect()
}

#[test]
fn each_assumption_costs_what_one_reckons_by_hand() {
    let one = |assumptions: Value, calendar: Value| {
        let mut all = costs(&steady(&assumptions, &calendar));
        assert_eq!(all.remove(0).0, "model");
        assert_eq!(all.len(), 1);
        all.remove(0)
    };
    let is = |name: &str, days: i64, text: &str| (name.to_owned(), Some(days), text.to_owned());
    // 50 points take 5 sprints. With 2 more in each, 4 of 64 are left for the seventh: its first Thursday.
    let growth = one(json!({ "growth": { "low": 2, "high": 2 } }), json!({}));
    assert_eq!(growth, is("growth", 20, "+20 days"));
    assert_eq!(one(json!({ "split": { "low": 1.2, "high": 1.2 } }), json!({})), is("split", 14, "+14 days"));
    let risk = json!({ "risks": [{ "name": "r", "probability": 1, "impact": { "low": 20, "high": 20 } }] });
    assert_eq!(one(risk, json!({})), is("risk-0", 28, "+28 days"));
    // Two Mondays of the last sprint: a fifth of its work moves on, into the first two of the next one's ten.
    let off = json!({ "holidays": ["2027-01-11", "2027-01-18"] });
    assert_eq!(one(json!({}), off), is("calendar", 4, "+4 days"));
    let half = json!({ "capacity": { "2026-11-30": 0.0 } });
    assert_eq!(one(json!({}), half), is("capacity", 14, "+14 days"));
    // On Saturdays as well: the last day of the work is one.
    let six = json!({ "workingDays": [1, 2, 3, 4, 5, 6] });
    assert_eq!(one(json!({}), six), is("sprint", 1, "+1 day"));
}

#[test]
fn the_model_and_the_guess_are_compared_with_others() {
    let planner = sample(Some(date("2026-11-16"))).unwrap();
    let effects = planner.effects(&today()).unwrap();
    let names: Vec<&str> = effects.iter().map(|one| one.assumption.as_str()).collect();
    assert_eq!(names, ["model", "growth", "risk-0"]);
    let model = &effects[0].effect;
    assert!(model.days.unwrap() > 0, "{}", model.sentence);
    assert!(model.sentence.starts_with("with bootstrap: ") && model.sentence.ends_with("but that holds less often"));
    let mut assumptions = (*planner.plan().assumptions).clone();
    assumptions.model = VelocityModel::Bootstrap;
    let other = Command::SetAssumptions { assumptions: Box::new(assumptions) };
    let summary = planner.summary(&Options { assume: vec![other], ..today() }).unwrap();
    assert_eq!(summary.lands.p85, model.by, "as the whole plan says it");

    let mut guessed = steady(&json!({}), &json!({}));
    guessed.apply(Command::SetHistory { finished: vec![], today: date("2026-11-16"), team: None }).unwrap();
    assert!(costs(&guessed).is_empty(), "without a forecast nothing costs anything");
    let guess = landfall::Range { low: 2.0, likely: Some(10.0), high: 12.0 };
    guessed.apply(Command::SetGuess { guess: Some(guess), team: None }).unwrap();
    let all = costs(&guessed);
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].0, "guess");
    assert!(all[0].1.unwrap() > 0, "{}", all[0].2);
}

#[test]
fn the_effect_of_a_change_is_told_before_it_is_made() {
    let mut planner = steady(&json!({}), &json!({}));
    let command = |json: Value| read_command(&json.to_string()).unwrap();
    let split = command(json!({ "type": "setAssumptions", "assumptions": { "model": "bootstrap",
        "split": { "low": 1.4, "high": 1.4 } } }));
    let effect = |planner: &Planner, change: Command| {
        planner.effect(&EffectQuery { change: vec![change], today: today().today, ..Default::default() })
    };
    let told = effect(&planner, split.clone()).unwrap();
    assert_eq!((told.days, told.text.as_str()), (Some(28), "+28 days"));
    assert_eq!(told.sentence, "85 % sure by 19 Feb, 28 days later");
    planner.apply(split.clone()).unwrap();
    assert_eq!(planner.summary(&today()).unwrap().lands.p85, told.by);
    assert_eq!(effect(&planner, split).unwrap().sentence, "85 % sure by 19 Feb, as before");
    let wrong = command(json!({ "type": "setAssumptions", "assumptions": { "split": { "low": 2, "high": 1 } } }));
    assert_eq!(effect(&planner, wrong).unwrap_err().path(), Some("/change/0/assumptions/split"));
    let none = Command::SetHistory { finished: vec![0.0; 5], today: date("2026-11-16"), team: None };
    assert_eq!(effect(&planner, none).unwrap().sentence, "no date at 85 % any more");
}
