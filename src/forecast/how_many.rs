//! How much is finished in a number of periods.

use super::amounts::Amounts;
use super::answer::{HowMany, HowMuch};
use super::check_percentiles;
use super::engine::{DEFAULT_TRIALS, MAX_HORIZON, MAX_TRIALS, Team, check_count};
use super::request::HowManyRequest;
use super::teams::Teams;
use super::velocity::BLOCK;
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
    let trials = request.trials.unwrap_or(DEFAULT_TRIALS);
    check_count(trials, 1, MAX_TRIALS).map_err(|e| e.at("/trials"))?;
    check_count(request.periods, 0, MAX_HORIZON).map_err(|e| e.at("/periods"))?;
    let teams = Teams::new(&request.history, request.capacity.as_ref(), request.model.unwrap_or_default())?;
    let amounts = amounts(&teams.into_engine(), request.periods, trials, request.seed.unwrap_or(1));
    let at = |&p: &f64| HowMuch { p, amount: amounts.percentile(p) };
    Ok(HowMany { percentiles: percentiles.iter().map(at).collect(), mean: amounts.mean() })
}

/// The distribution of what teams finish together in a number of periods. The teams have been checked.
pub(super) fn amounts(teams: &[Team], periods: u32, trials: u32, seed: u64) -> Amounts {
    let mut sums = vec![0.0; trials as usize];
    for team in teams.iter().filter(|team| !team.velocity.is_zero()) {
        let mut sampler = team.velocity.sampler(seed, team.key);
        let mut block = [0.0; BLOCK];
        for (trial, sum) in (0..).zip(&mut sums) {
            sampler.begin(trial);
            for first in (0..periods).step_by(BLOCK) {
                sampler.fill(first, &mut block);
                let factors = team.capacity.iter().skip(first as usize).copied().chain(std::iter::repeat(1.0));
                let amounts = block.iter().take((periods - first) as usize).zip(factors);
                *sum += amounts.map(|(amount, factor)| amount * factor).sum::<f64>();
            }
        }
    }
    Amounts::from_trials(sums)
}
