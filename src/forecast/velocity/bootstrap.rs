//! The bootstrap: every future period is a past one, drawn with replacement, all equally likely (Efron 1979). It is
//! what other tools do; it leaves out that levels drift and that a short history says little, so its high percentiles
//! hold less often than they say.

use std::sync::Arc;

use super::BLOCK;
use crate::forecast::draw::{MOST_OF_FOUR, Purpose, Stream, to_four_indices, to_index};

#[derive(Debug, Clone)]
pub(crate) struct Sampler {
    past: Arc<[f64]>,
    all: Stream,
    trial: Stream,
}

impl Sampler {
    pub(crate) fn new(past: Arc<[f64]>, seed: u64, team: u64) -> Self {
        let all = Stream::new(seed, Purpose::Velocity, team);
        Self { past, all, trial: all }
    }

    #[inline(always)]
    pub(crate) fn begin(&mut self, trial: u64) {
        self.trial = self.all.trial(trial);
    }

    pub(crate) fn fill(&self, first: u32, block: &mut [f64; BLOCK]) {
        let len = self.past.len() as u32;
        if self.past.len() <= MOST_OF_FOUR {
            for (nth, amounts) in (u64::from(first) / 4..).zip(block.as_chunks_mut::<4>().0) {
                let [one, two, three, four] = to_four_indices(self.trial.bits(nth), len);
                *amounts = [self.amount(one), self.amount(two), self.amount(three), self.amount(four)];
            }
        } else {
            for (nth, amounts) in (u64::from(first) / 2..).zip(block.as_chunks_mut::<2>().0) {
                let bits = self.trial.bits(nth);
                *amounts = [self.amount(to_index(bits & 0xFFFF_FFFF, len)), self.amount(to_index(bits >> 32, len))];
            }
        }
    }

    /// What [`Self::fill`] draws for the `nth` four periods of a short history, as two pairs: a pair is the position
    /// of the first times the number of positions, plus that of the second.
    #[inline(always)]
    pub(crate) fn pairs(&self, nth: u64) -> [u32; 2] {
        let bits = self.trial.bits(nth);
        let pairs = (self.past.len() * self.past.len()) as u32;
        [to_index(bits & 0xFFFF_FFFF, pairs), to_index(bits >> 32, pairs)]
    }

    #[inline(always)]
    fn amount(&self, place: u32) -> f64 {
        self.past.get(place as usize).copied().unwrap_or_default()
    }
}
