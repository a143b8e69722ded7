//! How often forecasts would have held on a history: each made from what was known then.

use super::answer::{Backtest, Held};
use super::check_percentiles;
use super::engine::{DEFAULT_TRIALS, MAX_HORIZON, MAX_TRIALS, Team, check_count};
use super::how_many::amounts;
use super::request::BacktestRequest;
use super::velocity::{MAX_HISTORY, Velocity};
use crate::error::{Code, Error, Result};

/// The most periods that all trials of all forecasts together may draw: some minutes of work.
const MAX_STEPS: u64 = 20_000_000_000;

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
    let percentiles = check_percentiles(request.percentiles.as_deref())?;
    let trials = request.trials.unwrap_or(DEFAULT_TRIALS);
    check_count(trials, 1, MAX_TRIALS).map_err(|e| e.at("/trials"))?;
    check_count(request.window, 1, MAX_HISTORY as u32).map_err(|e| e.at("/window"))?;
    check_count(request.periods, 1, MAX_HORIZON).map_err(|e| e.at("/periods"))?;
    let model = request.model.unwrap_or_default();
    Velocity::History { past: request.history.as_slice().into(), model }.check().map_err(|e| e.within("/history"))?;
    let (window, periods) = (request.window as usize, request.periods as usize);
    let steps = request.history.windows(window.saturating_add(periods));
    let work = steps.len() as u64 * u64::from(trials) * u64::from(request.periods);
    if work > MAX_STEPS {
        return Err(Error::new(
            Code::TooLarge,
            format!("{} forecasts of {trials} trials are too much work: ask for fewer trials", steps.len()),
        )
        .at("/trials"));
    }
    let mut held = vec![0_u32; percentiles.len()];
    let mut score = 0.0;
    let mut forecasts = 0_u32;
    // Every step has luck of its own.
    for (key, step) in (0_u64..).zip(steps) {
        let (past, future) = step.split_at(window.min(step.len()));
        let truth: f64 = future.iter().sum();
        let team = Team { key, velocity: Velocity::History { past: past.into(), model }, capacity: Vec::new() };
        let amounts = amounts(&[team], request.periods, trials, request.seed.unwrap_or(1));
        for (held, &p) in held.iter_mut().zip(&percentiles) {
            *held += u32::from(truth >= amounts.percentile(p));
        }
        score += amounts.crps(truth);
        forecasts += 1;
    }
    let coverage = percentiles.iter().zip(held).map(|(&p, held)| Held { p, held }).collect();
    Ok(Backtest { forecasts, coverage, crps: score / f64::from(forecasts.max(1)) })
}
