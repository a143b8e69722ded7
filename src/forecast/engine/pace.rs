//! How much one team can do in each period of a trial: its velocity times its capacity.

use super::super::velocity::{BLOCK, Sampler};
use super::model::Team;

#[derive(Debug, Clone)]
pub(super) struct Pace {
    sampler: Sampler,
    capacity: Vec<f64>,
    block: [f64; BLOCK],
    still: bool,
}

impl Pace {
    pub(super) fn new(team: &Team, seed: u64, horizon: u32) -> Self {
        Self {
            sampler: team.velocity.sampler(seed, team.key),
            capacity: team.capacity.iter().take(horizon as usize).copied().collect(),
            block: [0.0; BLOCK],
            still: team.velocity.is_zero()
                || (team.capacity.len() >= horizon as usize
                    && team.capacity.iter().take(horizon as usize).all(|&factor| factor <= 0.0)),
        }
    }

    /// Whether the team can never finish anything within the horizon.
    pub(super) fn still(&self) -> bool {
        self.still
    }

    #[inline(always)]
    pub(super) fn begin(&mut self, trial: u64) {
        self.sampler.begin(trial);
    }

    /// The next block of periods; `first` counts from 0 and is a multiple of [`BLOCK`].
    #[inline(always)]
    pub(super) fn block(&mut self, first: u32) -> &[f64; BLOCK] {
        self.sampler.fill(first, &mut self.block);
        if let Some(factors) = self.capacity.get(first as usize..) {
            self.block.iter_mut().zip(factors).for_each(|(amount, factor)| *amount *= factor);
        }
        &self.block
    }

    /// One period after the other, counted from 0.
    #[inline(always)]
    pub(super) fn period(&mut self, period: u32) -> f64 {
        let place = period % BLOCK as u32;
        if place == 0 {
            self.block(period);
        }
        self.block.get(place as usize).copied().unwrap_or_default()
    }
}
