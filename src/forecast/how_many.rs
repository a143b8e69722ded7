//! How much is finished in a number of periods.

use super::amounts::Amounts;
use super::answer::{HowMany, HowMuch};
use super::check_percentiles;
use super::engine::{DEFAULT_TRIALS, MAX_HORIZON, MAX_TRIALS, Team, check_count};
use super::request::HowManyRequest;
use super::teams::Teams;
use super::velocity::{BLOCK, Prior, Sampler, Velocity, VelocityModel};
use crate::error::Result;

/// Forecasts how much is finished in `periods` periods: the largest amount whose probability of being reached is at
/// least p.
///
/// # Errors
/// The place is a JSON pointer into the request. [`Code::InvalidNumber`](crate::Code::InvalidNumber),
/// [`Code::EmptyHistory`](crate::Code::EmptyHistory), [`Code::UnknownId`](crate::Code::UnknownId),
/// [`Code::TooLarge`](crate::Code::TooLarge).
///
/// ```
/// use landfall::forecast::{HowManyRequest, how_many};
/// let answer = how_many(&HowManyRequest::new(vec![2.0, 0.0, 3.0, 1.0], 0))?;
/// assert_eq!(answer.mean, 0.0); // nothing is finished in no time
/// # Ok::<(), landfall::Error>(())
/// ```
pub fn how_many(request: &HowManyRequest) -> Result<HowMany> {
    let percentiles = check_percentiles(request.percentiles.as_deref())?;
    let amounts = how_many_amounts(request)?;
    let at = |&p: &f64| HowMuch { p, amount: amounts.percentile(p) };
    Ok(HowMany { percentiles: percentiles.iter().map(at).collect(), mean: amounts.mean() })
}

/// The whole distribution behind [`how_many`].
///
/// # Errors
/// As [`how_many`].
pub fn how_many_amounts(request: &HowManyRequest) -> Result<Amounts> {
    let trials = request.trials.unwrap_or(DEFAULT_TRIALS);
    check_count(trials, 1, MAX_TRIALS).map_err(|e| e.at("/trials"))?;
    check_count(request.periods, 0, MAX_HORIZON).map_err(|e| e.at("/periods"))?;
    let teams = Teams::new(&request.history, request.capacity.as_ref(), request.model.unwrap_or_default())?;
    Ok(amounts(&teams.into_engine(), request.periods, trials, request.seed.unwrap_or(1)))
}

/// The distribution of what teams finish together in a number of periods. The teams have been checked.
pub(super) fn amounts(teams: &[Team], periods: u32, trials: u32, seed: u64) -> Amounts {
    let mut sums = vec![0.0; trials as usize];
    for team in teams.iter().filter(|team| !team.velocity.is_zero()) {
        add(team.velocity.sampler(seed, team.key), &team.capacity, periods, &mut sums);
    }
    Amounts::from_trials(sums)
}

/// Adds to each trial's sum what a team finishes in it.
fn add(mut sampler: Sampler, capacity: &[f64], periods: u32, sums: &mut [f64]) {
    let mut block = [0.0; BLOCK];
    for (trial, sum) in (0..).zip(sums) {
        sampler.begin(trial);
        for first in (0..periods).step_by(BLOCK) {
            sampler.fill(first, &mut block);
            let factors = capacity.iter().skip(first as usize).copied().chain(std::iter::repeat(1.0));
            let amounts = block.iter().take((periods - first) as usize).zip(factors);
            *sum += amounts.map(|(amount, factor)| amount * factor).sum::<f64>();
        }
    }
}

impl Prior {
    /// How much a team with this history, oldest first, finishes in a number of periods by the calibrated model under
    /// this prior: to fit priors, and to judge them.
    ///
    /// # Errors
    /// As [`how_many`].
    pub fn how_many(&self, past: &[f64], periods: u32, trials: u32, seed: u64) -> Result<Amounts> {
        check_count(trials, 1, MAX_TRIALS).map_err(|e| e.at("/trials"))?;
        check_count(periods, 0, MAX_HORIZON).map_err(|e| e.at("/periods"))?;
        let velocity = Velocity::History { past: past.into(), model: VelocityModel::Calibrated };
        velocity.check().map_err(|e| e.within("/history"))?;
        let mut sums = vec![0.0; trials as usize];
        add(Velocity::under(self, past, seed), &[], periods, &mut sums);
        Ok(Amounts::from_trials(sums))
    }
}
