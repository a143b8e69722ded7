//! How much a team finishes in each future period: the velocity models.
//!
//! A model knows the past and nothing else. What one trial draws lives in a [`Sampler`], which is told when a trial
//! begins and then asked for its periods in order; every draw is addressed by team, trial and period.

mod belief;
pub(crate) mod bootstrap;
mod calibrated;

use std::sync::Arc;

pub use belief::Prior;

use super::draw::{Purpose, Stream};
pub use crate::choice::VelocityModel;
use crate::error::{Code, Error, Result};
use crate::range::{Range, check_number};

/// What is known of a team's velocity, in work per period.
#[derive(Debug, Clone, PartialEq)]
pub enum Velocity {
    /// No history: a poor, a usual and a good period, drawn anew for each period.
    Guess(Range),
    /// Work finished in past periods, oldest first, and the model that reads it.
    History {
        /// Finished work per period, oldest first; zeros count.
        past: Arc<[f64]>,
        /// How the past speaks of the future.
        model: VelocityModel,
    },
}

/// The most periods a history may have.
pub const MAX_HISTORY: usize = 1_000_000;

impl Velocity {
    /// Checks that there is a history, and that its numbers are finite and not negative.
    ///
    /// # Errors
    /// [`Code::EmptyHistory`]; [`Code::InvalidNumber`] at `/3`; as [`Range::check`] for a guess; [`Code::TooLarge`].
    pub fn check(&self) -> Result<()> {
        match self {
            Self::Guess(range) => range.check(0.0),
            Self::History { past, .. } if past.is_empty() => Err(Error::new(
                Code::EmptyHistory,
                "the history has no period: give finished work per period, or a guess { low, likely, high }",
            )),
            Self::History { past, .. } if past.len() > MAX_HISTORY => Err(Error::new(
                Code::TooLarge,
                format!("the history has {} periods: give the newest, at most {MAX_HISTORY}", past.len()),
            )),
            Self::History { past, .. } => past
                .iter()
                .enumerate()
                .try_for_each(|(place, &amount)| check_number(amount, 0.0).map_err(|e| e.at(format!("/{place}")))),
        }
    }

    /// The mean amount of a period.
    pub fn mean(&self) -> f64 {
        match self {
            Self::Guess(range) => range.mean(),
            Self::History { past, .. } => past.iter().sum::<f64>() / past.len().max(1) as f64,
        }
    }

    /// Whether nothing can ever be finished.
    pub(crate) fn is_zero(&self) -> bool {
        match self {
            Self::Guess(range) => range.high <= 0.0,
            Self::History { past, .. } => past.iter().all(|&amount| amount <= 0.0),
        }
    }

    /// Draws by the calibrated model under another prior.
    pub(crate) fn under(prior: &Prior, past: &[f64], seed: u64) -> Sampler {
        Sampler::Calibrated(calibrated::Sampler::new(past, prior, seed, 0))
    }

    /// Draws for the team of this key.
    pub(crate) fn sampler(&self, seed: u64, team: u64) -> Sampler {
        match self {
            Self::Guess(range) => Sampler::Guess(Guess {
                range: *range,
                all: Stream::new(seed, Purpose::Velocity, team),
                trial: Stream::new(seed, Purpose::Velocity, team),
            }),
            Self::History { past, model: VelocityModel::Bootstrap } => {
                Sampler::Bootstrap(bootstrap::Sampler::new(Arc::clone(past), seed, team))
            }
            Self::History { past, model: VelocityModel::Calibrated } => {
                Sampler::Calibrated(calibrated::Sampler::new(past, &Prior::default(), seed, team))
            }
        }
    }
}

/// Periods are drawn in blocks of this many, so that choosing the model costs nothing per period.
pub(crate) const BLOCK: usize = 8;

/// The draws of one team.
#[derive(Debug, Clone)]
pub(crate) enum Sampler {
    Guess(Guess),
    Bootstrap(bootstrap::Sampler),
    Calibrated(calibrated::Sampler),
}

impl Sampler {
    /// Begins a trial.
    #[inline(always)]
    pub(crate) fn begin(&mut self, trial: u64) {
        match self {
            Self::Guess(guess) => guess.trial = guess.all.trial(trial),
            Self::Bootstrap(sampler) => sampler.begin(trial),
            Self::Calibrated(sampler) => sampler.begin(trial),
        }
    }

    /// The velocities of the next block of periods; `first` counts the periods of the trial from 0 and is asked for
    /// in order.
    pub(crate) fn fill(&mut self, first: u32, block: &mut [f64; BLOCK]) {
        match self {
            Self::Guess(guess) => {
                for (place, velocity) in (u64::from(first)..).zip(block) {
                    *velocity = guess.range.quantile(guess.trial.uniform(place));
                }
            }
            Self::Bootstrap(sampler) => sampler.fill(first, block),
            Self::Calibrated(sampler) => sampler.fill(first, block),
        }
    }
}

/// A guess: each period is drawn on its own.
#[derive(Debug, Clone)]
pub(crate) struct Guess {
    range: Range,
    all: Stream,
    trial: Stream,
}
