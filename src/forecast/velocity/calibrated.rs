//! The calibrated model: what the bootstrap leaves out.
//!
//! - A short history says little: each trial weights the past periods anew, with exponential draws (the Bayesian
//!   bootstrap, Rubin 1981).
//! - Recent periods say more than old ones: the weights halve every four periods.
//! - The level drifts while the work goes on: a random walk of its logarithm, 0.2 a period.

use super::BLOCK;
use crate::forecast::draw::{Purpose, Stream, to_uniform};

/// Periods after which the weight of a past period has halved.
const HALF_LIFE: f64 = 4.0;
/// Standard deviation of the walk of the logarithm of the level, a period.
const DRIFT: f64 = 0.2;
/// Periods older than this weigh less than 2^-32 of the newest and are left out.
const REACH: usize = (32.0 * HALF_LIFE) as usize;

#[derive(Debug, Clone)]
pub(crate) struct Sampler {
    // Newest first.
    past: Vec<f64>,
    decay: Vec<f64>,
    cumulated: Vec<f64>,
    level: f64,
    steps: Vec<f64>,
    draws: [Stream; 3],
    trial: [Stream; 2],
}

impl Sampler {
    pub(crate) fn new(past: &[f64], seed: u64, team: u64) -> Self {
        let past: Vec<f64> = past.iter().rev().take(REACH).copied().collect();
        let decay = (0..past.len()).map(|age| libm::exp2(-(age as f64) / HALF_LIFE)).collect();
        let [velocity, weight, level] =
            [Purpose::Velocity, Purpose::Weight, Purpose::Level].map(|purpose| Stream::new(seed, purpose, team));
        Self {
            cumulated: vec![0.0; past.len()],
            past,
            decay,
            level: 1.0,
            // The number of ones among 64 bits is binomial with mean 32 and deviation 4: a normal step, near enough,
            // for the price of a look-up.
            steps: (0..=64).map(|ones| libm::exp(DRIFT * (f64::from(ones) - 32.0) / 4.0)).collect(),
            draws: [velocity, weight, level],
            trial: [velocity, level],
        }
    }

    pub(crate) fn begin(&mut self, trial: u64) {
        let [velocity, weight, level] = self.draws.map(|stream| stream.trial(trial));
        self.trial = [velocity, level];
        self.level = 1.0;
        let mut sum = 0.0;
        for (place, (cumulated, decay)) in self.cumulated.iter_mut().zip(&self.decay).enumerate() {
            sum -= decay * libm::log(to_uniform(weight.bits(place as u64)));
            *cumulated = sum;
        }
    }

    pub(crate) fn fill(&mut self, first: u32, block: &mut [f64; BLOCK]) {
        let [velocity, level] = self.trial;
        let sum = self.cumulated.last().copied().unwrap_or(0.0);
        for (place, amount) in (u64::from(first)..).zip(block) {
            let ones = level.bits(place).count_ones();
            self.level *= self.steps.get(ones as usize).copied().unwrap_or(1.0);
            let point = velocity.uniform(place) * sum;
            let drawn = self.cumulated.partition_point(|&cumulated| cumulated < point);
            *amount = self.level * self.past.get(drawn).copied().unwrap_or(0.0);
        }
    }
}
