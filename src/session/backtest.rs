//! How well forecasts like the plan's would have held on its own past.

use serde::Serialize;

use super::planner::Planner;
use super::query::rounded;
use super::say;
use super::view::Options;
use crate::choice::VelocityModel;
use crate::error::Result;
use crate::forecast::{PastAmounts, PastFinish, Walk, usual_count};
use crate::plan::{CivilDate, MAX_SPRINT_DAYS, Plan};

/// How forecasts held on the plan's own past, the calibrated model beside the bootstrap.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct PlanBacktest {
    /// The past sprints that there are.
    pub sprints: usize,
    /// How many more are needed; 0 when there are enough.
    pub missing: usize,
    /// The sprints that each forecast saw.
    pub window: usize,
    /// The sprints that each forecast was about.
    pub periods: u32,
    /// The trials of each forecast.
    pub trials: u32,
    /// "In your last 20 sprints our 85 % held 17 times; by luck alone 15 to 19 would be usual. The bootstrap's held 13
    /// times", or how many sprints are missing.
    pub sentence: String,
    /// How it was done, as a sentence.
    pub method: String,
    /// How much would be finished, against what was.
    pub amounts: TrackRecord,
    /// When as much as usual would be finished, against when it was.
    pub finish: TrackRecord,
    /// Every forecast of an amount, oldest first.
    pub past_amounts: Vec<PastAmountView>,
    /// Every forecast of a finish, oldest first.
    pub past_finishes: Vec<PastFinishView>,
}

/// How often forecasts of one sort held.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct TrackRecord {
    /// The forecasts made.
    pub forecasts: u32,
    /// How often each chance held.
    pub coverage: Vec<Coverage>,
    /// The same as a sentence, for 85 %.
    pub sentence: String,
}

/// How often a chance held.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Coverage {
    /// The chance that was told.
    pub p: f64,
    /// The forecasts of the calibrated model that held.
    pub calibrated: u32,
    /// The forecasts of the bootstrap that held.
    pub bootstrap: u32,
    /// By luck alone, a model that is right holds at least as often as this in nine cases of ten.
    pub usual_low: u32,
    /// By luck alone, a model that is right holds at most as often as this in nine cases of ten.
    pub usual_high: u32,
}

/// A forecast of the past: how much.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct PastAmountView {
    /// The first day of the sprints that it was about.
    pub start: CivilDate,
    /// The last day of them.
    pub end: CivilDate,
    /// What they finished.
    pub finished: f64,
    /// What the calibrated model said.
    pub calibrated: SaidAmounts,
    /// What the bootstrap said.
    pub bootstrap: SaidAmounts,
}

/// The amounts that were said to be reached with these chances.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct SaidAmounts {
    /// With 95 %.
    pub p95: f64,
    /// With 85 %.
    pub p85: f64,
    /// With 70 %.
    pub p70: f64,
    /// With 50 %.
    pub p50: f64,
    /// Whether at least the 85 % amount was reached.
    pub held: bool,
}

/// A forecast of the past: when.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct PastFinishView {
    /// The first day of the sprints that it was about.
    pub start: CivilDate,
    /// The amount that was to be finished.
    pub amount: f64,
    /// The day on which it was; null where the history ends before.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "CivilDate | null"))]
    pub finished: Option<CivilDate>,
    /// What the calibrated model said.
    pub calibrated: SaidFinish,
    /// What the bootstrap said.
    pub bootstrap: SaidFinish,
}

/// The days by which it was said to be finished with these chances; null beyond twenty times the usual.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct SaidFinish {
    /// With 50 %.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "CivilDate | null"))]
    pub p50: Option<CivilDate>,
    /// With 85 %.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "CivilDate | null"))]
    pub p85: Option<CivilDate>,
    /// With 95 %.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "CivilDate | null"))]
    pub p95: Option<CivilDate>,
    /// Whether it was finished by the 85 % day.
    pub held: bool,
}

/// The chances that are looked at.
const CHANCES: [f64; 4] = [0.5, 0.7, 0.85, 0.95];
/// Of them, the one that is told.
const TOLD: f64 = 0.85;
/// Trials of each forecast: enough for counts of some dozens, and quick.
const TRIALS: u32 = 2_000;
/// The most forecasts that are made, the newest.
const MOST: usize = 60;
/// The fewest that say anything.
const FEWEST: usize = 5;
/// How many forecasts there should be before each is about more than one sprint.
const PLENTY: usize = 12;
/// The shortest window.
const WINDOW: usize = 6;

/// What each forecast sees and what it is about, for a history of some sprints: 6 sprints, 10 from 40 on and 20 from
/// 100 on; the next 6, 3 or 2 sprints where that leaves twelve forecasts that are about different sprints, else the
/// next one.
fn choice(sprints: usize) -> (usize, u32) {
    let window = match sprints {
        100.. => 20,
        40.. => 10,
        _ => WINDOW,
    };
    let periods = [6, 3, 2].into_iter().find(|periods| sprints.saturating_sub(window) / periods >= PLENTY);
    (window, periods.unwrap_or(1) as u32)
}

impl Planner {
    /// How forecasts from the plan's own past would have held: each made from the sprints before it alone, and about
    /// sprints that no other is about, so that their count can be compared with luck.
    ///
    /// # Errors
    /// When an assumed command does not apply.
    pub fn backtest(&self, options: &Options) -> Result<PlanBacktest> {
        let plan = self.assuming_in(options.scenario.as_deref(), &options.assume)?;
        let past = plan.past();
        let finished: Vec<f64> = past.periods.iter().map(|period| period.finished).collect();
        let sprints = finished.len();
        let (window, periods) = choice(sprints);
        let mut answer = PlanBacktest {
            sprints,
            missing: (WINDOW + FEWEST).saturating_sub(sprints),
            window,
            periods,
            trials: TRIALS,
            sentence: String::new(),
            method: say_method(window, periods),
            amounts: TrackRecord::default(),
            finish: TrackRecord::default(),
            past_amounts: Vec::new(),
            past_finishes: Vec::new(),
        };
        if answer.missing > 0 {
            answer.sentence = say_missing(sprints, answer.missing);
            return Ok(answer);
        }
        let walk = |model| Walk { history: &finished, window, periods, model, trials: TRIALS, seed: 1 };
        let (calibrated, bootstrap) = (walk(VelocityModel::Calibrated), walk(VelocityModel::Bootstrap));
        let span = periods as usize;
        // From the newest backwards, each about sprints of its own.
        let steps = |seen: usize| {
            let mut steps: Vec<usize> =
                (window..=sprints.saturating_sub(seen)).rev().step_by(span).take(MOST).collect();
            steps.reverse();
            steps
        };
        let mut amounts = Vec::new();
        for at in steps(span) {
            let (ours, plain) = (calibrated.amounts(at), bootstrap.amounts(at));
            if let (Some(first), Some(last)) = (past.periods.get(at), past.periods.get(at + span - 1)) {
                answer.past_amounts.push(PastAmountView {
                    start: first.start,
                    end: last.end,
                    finished: rounded(ours.truth),
                    calibrated: said_amounts(&ours),
                    bootstrap: said_amounts(&plain),
                });
                amounts.push(held_at(|p| ours.held(p), |p| plain.held(p)));
            }
        }
        let days = plan.calendar.sprint_days.clamp(1, MAX_SPRINT_DAYS);
        let mut finishes = Vec::new();
        for at in steps(2 * span) {
            let Some((ours, plain)) = calibrated.finish(at, slots(&plan))?.zip(bootstrap.finish(at, slots(&plan))?)
            else {
                continue;
            };
            let Some(start) = past.periods.get(at).map(|period| period.start) else { continue };
            let day = |slot: u32| start.plus_days(i64::from(slot * days).div_euclid(i64::from(slots(&plan))) - 1);
            answer.past_finishes.push(PastFinishView {
                start,
                amount: rounded(ours.amount),
                finished: ours.truth.map(day),
                calibrated: said_finish(&ours, day),
                bootstrap: said_finish(&plain, day),
            });
            finishes.push(held_at(|p| ours.held(p), |p| plain.held(p)));
        }
        answer.amounts = record(&amounts, |told, forecasts| say_amounts(told, forecasts, periods));
        answer.finish = record(&finishes, |told, forecasts| say_finishes(told, forecasts, periods));
        answer.sentence.clone_from(&answer.amounts.sentence);
        Ok(answer)
    }
}

/// A place inside a sprint for each of its days, as far as there are.
fn slots(plan: &Plan) -> u32 {
    plan.calendar.sprint_days.clamp(1, crate::forecast::engine::MAX_SLOTS)
}

/// Whether each of the chances held, with the calibrated model and with the bootstrap.
type BothHeld = [(bool, bool); CHANCES.len()];

fn held_at(ours: impl Fn(f64) -> bool, plain: impl Fn(f64) -> bool) -> BothHeld {
    CHANCES.map(|p| (ours(p), plain(p)))
}

fn said_amounts(past: &PastAmounts) -> SaidAmounts {
    let at = |p| rounded(past.amounts.percentile(p));
    SaidAmounts { p95: at(0.95), p85: at(0.85), p70: at(0.7), p50: at(0.5), held: past.held(TOLD) }
}

fn said_finish(past: &PastFinish, day: impl Fn(u32) -> CivilDate) -> SaidFinish {
    let at = |p| past.finish.percentile(p).map(&day);
    SaidFinish { p50: at(0.5), p85: at(0.85), p95: at(0.95), held: past.held(TOLD) }
}

fn record(made: &[BothHeld], say: impl Fn(&Coverage, u32) -> String) -> TrackRecord {
    let forecasts = made.len() as u32;
    let coverage = |(k, p): (usize, f64)| {
        let held = || made.iter().filter_map(|held| held.get(k));
        let (usual_low, usual_high) = usual_count(forecasts, p);
        Coverage {
            p,
            calibrated: held().filter(|(ours, _)| *ours).count() as u32,
            bootstrap: held().filter(|(_, plain)| *plain).count() as u32,
            usual_low,
            usual_high,
        }
    };
    let coverage: Vec<Coverage> = CHANCES.into_iter().enumerate().map(coverage).collect();
    let told = coverage.iter().find(|coverage| coverage.p == TOLD).filter(|_| forecasts > 0);
    let sentence = told.map(|told| say(told, forecasts)).unwrap_or_default();
    TrackRecord { forecasts, coverage, sentence }
}

fn sprints_of(count: usize) -> String {
    if count == 1 { "1 sprint".to_owned() } else { format!("{count} sprints") }
}

fn times(count: u32) -> String {
    match count {
        0 => "never".to_owned(),
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => format!("{n} times"),
    }
}

fn say_missing(sprints: usize, missing: usize) -> String {
    let has = match sprints {
        0 => "there is none yet".to_owned(),
        1 => "there is 1".to_owned(),
        n => format!("there are {n}"),
    };
    format!("a backtest needs {} past sprints, and {has}: {missing} more", WINDOW + FEWEST)
}

fn say_method(window: usize, periods: u32) -> String {
    let about = if periods == 1 { "the next one".to_owned() } else { format!("the next {periods}") };
    let trials = say::thousands(TRIALS.into());
    format!("each forecast saw the {window} sprints before it and was about {about}; {trials} trials each")
}

/// "our 85 % held 12 times; by luck alone 10 to 14 would be usual. The bootstrap's held 9 times".
fn say_held(told: &Coverage, forecasts: u32) -> String {
    let Coverage { calibrated, bootstrap, usual_low, usual_high, .. } = *told;
    let ours = if calibrated == forecasts { "every time".to_owned() } else { times(calibrated) };
    let plain = if bootstrap == forecasts { "every time".to_owned() } else { times(bootstrap) };
    format!(
        "our 85 % held {ours}; by luck alone {usual_low} to {usual_high} would be usual. The bootstrap's held {plain}"
    )
}

fn say_amounts(told: &Coverage, forecasts: u32, periods: u32) -> String {
    let sprints = sprints_of((forecasts * periods) as usize);
    let held = say_held(told, forecasts);
    match periods {
        1 => format!("in your last {sprints} {held}"),
        n => format!("in your last {sprints}, {forecasts} forecasts of {n} sprints each, {held}"),
    }
}

fn say_finishes(told: &Coverage, forecasts: u32, periods: u32) -> String {
    let held = say_held(told, forecasts);
    let work = if periods == 1 { "a usual sprint's work".to_owned() } else { format!("{periods} usual sprints' work") };
    format!("of {forecasts} finish dates, each for {work}, {held}")
}
