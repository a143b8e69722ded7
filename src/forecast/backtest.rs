//! How often forecasts would have held on a history: each made from what was known then.

use super::amounts::Amounts;
use super::answer::{Backtest, BacktestFinish, Held};
use super::check_percentiles;
use super::engine::{self, DEFAULT_TRIALS, MAX_HORIZON, MAX_TRIALS, Model, Size, Task, Team, check_count};
use super::histogram::Histogram;
use super::how_many::amounts;
use super::request::BacktestRequest;
use super::velocity::{MAX_HISTORY, Velocity, VelocityModel};
use crate::error::{Code, Error, Result};

/// The most periods that all trials of all forecasts together may draw: some minutes of work.
const MAX_STEPS: u64 = 20_000_000_000;
/// Places inside a period to which a finish in the past is told, where nobody asks for another number.
const SLOTS: u32 = 20;

/// Walks through a history, forecasts at every step the amount of the next `periods` from the `window` before it, and
/// counts how often the forecast held. A history too short for one step gives no forecast.
///
/// # Errors
/// The place is a JSON pointer into the request. [`Code::InvalidNumber`], [`Code::EmptyHistory`],
/// [`Code::TooLarge`].
///
/// ```
/// use landfall::forecast::{BacktestRequest, backtest};
/// let answer = backtest(&BacktestRequest::new(vec![4.0; 12], 6, 3))?;
/// assert_eq!(answer.forecasts, 4);
/// # Ok::<(), landfall::Error>(())
/// ```
pub fn backtest(request: &BacktestRequest) -> Result<Backtest> {
    let (walk, percentiles) = Walk::of(request)?;
    let steps = request.history.len().checked_sub(walk.window + walk.periods as usize).map_or(0, |last| last + 1);
    walk.check(steps, request.periods)?;
    let mut held = vec![0_u32; percentiles.len()];
    let mut score = 0.0;
    for step in 0..steps {
        let made = walk.amounts(step + walk.window);
        for (held, &p) in held.iter_mut().zip(&percentiles) {
            *held += u32::from(made.held(p));
        }
        score += made.amounts.crps(made.truth);
    }
    let coverage = percentiles.iter().zip(held).map(|(&p, held)| Held { p, held }).collect();
    Ok(Backtest { forecasts: steps as u32, coverage, crps: score / steps.max(1) as f64 })
}

/// Walks through a history, forecasts at every step from the `window` before it when the next work is finished, as much
/// as `periods` of the window finished on average, and counts how often it was finished by then.
///
/// A finish lies inside its period, at the share of what the period finished that it took, told to the twentieth of a
/// period. A step is made where twice `periods` follow it, and where its window finished something at all. What the
/// history does not see finished counts as missed.
///
/// # Errors
/// As [`backtest`].
///
/// ```
/// use landfall::forecast::{BacktestRequest, backtest_finish};
/// let answer = backtest_finish(&BacktestRequest::new(vec![4.0; 12], 6, 3))?;
/// assert_eq!((answer.forecasts, answer.coverage[2].held), (1, 1));
/// # Ok::<(), landfall::Error>(())
/// ```
pub fn backtest_finish(request: &BacktestRequest) -> Result<BacktestFinish> {
    let (walk, percentiles) = Walk::of(request)?;
    let seen = walk.window.saturating_add(2 * walk.periods as usize);
    let steps = request.history.len().checked_sub(seen).map_or(0, |last| last + 1);
    walk.check(steps, walk.horizon())?;
    let mut held = vec![0_u32; percentiles.len()];
    let mut forecasts = 0;
    for step in 0..steps {
        let Some(made) = walk.finish(step + walk.window, SLOTS)? else { continue };
        for (held, &p) in held.iter_mut().zip(&percentiles) {
            *held += u32::from(made.held(p));
        }
        forecasts += 1;
    }
    let coverage = percentiles.iter().zip(held).map(|(&p, held)| Held { p, held }).collect();
    Ok(BacktestFinish { forecasts, coverage })
}

/// A walk through a history, from which forecasts of the past are made. Its numbers have been checked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Walk<'a> {
    /// Finished work per period, oldest first.
    pub history: &'a [f64],
    /// Past periods that each forecast sees.
    pub window: usize,
    /// Future periods that each forecast is about.
    pub periods: u32,
    /// How the past speaks of the future.
    pub model: VelocityModel,
    /// Simulated futures of each forecast.
    pub trials: u32,
    /// The seed.
    pub seed: u64,
}

/// A forecast of the past: how much would be finished, and how much was.
#[derive(Debug, Clone)]
pub(crate) struct PastAmounts {
    pub amounts: Amounts,
    pub truth: f64,
}

/// A forecast of the past: when an amount would be finished, and when it was. Counted in slots, from 1.
#[derive(Debug, Clone)]
pub(crate) struct PastFinish {
    pub amount: f64,
    pub finish: Histogram,
    /// None where the history ends before.
    pub truth: Option<u32>,
}

impl PastAmounts {
    /// Whether at least as much was finished as was forecast with this chance.
    pub fn held(&self, p: f64) -> bool {
        self.truth >= self.amounts.percentile(p)
    }
}

impl PastFinish {
    /// Whether it was finished by the time that was forecast with this chance.
    pub fn held(&self, p: f64) -> bool {
        self.truth.is_some_and(|truth| self.finish.percentile(p).is_none_or(|slot| truth <= slot))
    }
}

impl<'a> Walk<'a> {
    fn of(request: &'a BacktestRequest) -> Result<(Self, Vec<f64>)> {
        let percentiles = check_percentiles(request.percentiles.as_deref())?;
        let trials = request.trials.unwrap_or(DEFAULT_TRIALS);
        check_count(trials, 1, MAX_TRIALS).map_err(|e| e.at("/trials"))?;
        check_count(request.window, 1, MAX_HISTORY as u32).map_err(|e| e.at("/window"))?;
        check_count(request.periods, 1, MAX_HORIZON).map_err(|e| e.at("/periods"))?;
        let model = request.model.unwrap_or_default();
        let all = Velocity::History { past: request.history.as_slice().into(), model };
        all.check().map_err(|e| e.within("/history"))?;
        let walk = Self {
            history: &request.history,
            window: request.window as usize,
            periods: request.periods,
            model,
            trials,
            seed: request.seed.unwrap_or(1),
        };
        Ok((walk, percentiles))
    }

    fn check(&self, steps: usize, periods: u32) -> Result<()> {
        if steps as u64 * u64::from(self.trials) * u64::from(periods) <= MAX_STEPS {
            return Ok(());
        }
        let message = format!("{steps} forecasts of {} trials are too much work: ask for fewer trials", self.trials);
        Err(Error::new(Code::TooLarge, message).at("/trials"))
    }

    /// Beyond this many periods a finish is not followed.
    fn horizon(&self) -> u32 {
        self.periods.saturating_mul(20).min(MAX_HORIZON)
    }

    fn known(&self, at: usize) -> &'a [f64] {
        self.history.get(at.saturating_sub(self.window)..at).unwrap_or_default()
    }

    fn after(&self, at: usize) -> &'a [f64] {
        self.history.get(at..).unwrap_or_default()
    }

    /// The team as it was known after `at` periods. Every step has luck of its own.
    fn team(&self, at: usize) -> Team {
        let velocity = Velocity::History { past: self.known(at).into(), model: self.model };
        Team { key: at.saturating_sub(self.window) as u64, velocity, capacity: Vec::new() }
    }

    /// The forecast after `at` periods of how much the next ones finish.
    pub fn amounts(&self, at: usize) -> PastAmounts {
        let amounts = amounts(&[self.team(at)], self.periods, self.trials, self.seed);
        PastAmounts { amounts, truth: self.after(at).iter().take(self.periods as usize).sum() }
    }

    /// The forecast after `at` periods of when as much is finished as `periods` of the window did on average; none
    /// where that is nothing.
    pub fn finish(&self, at: usize, slots: u32) -> Result<Option<PastFinish>> {
        let known = self.known(at);
        let amount = known.iter().sum::<f64>() / known.len().max(1) as f64 * f64::from(self.periods);
        if amount <= 0.0 {
            return Ok(None);
        }
        let task = Task { key: 0, size: Size::Exact(amount), needs: Vec::new(), not_before: 0, team: 0 };
        let model = Model {
            teams: vec![self.team(at)],
            items: vec![task],
            slots,
            horizon: self.horizon(),
            trials: self.trials,
            seed: self.seed,
            ..Model::default()
        };
        let finish = engine::simulate(&model)?.total;
        Ok(Some(PastFinish { amount, finish, truth: engine::finished_in(self.after(at), amount, slots) }))
    }
}
