//! The bootstrap: every future period is a past one, drawn with replacement, all equally likely (Efron 1979). It is
//! what other tools do; it leaves out that levels drift and that a short history says little, so its high percentiles
//! hold less often than they say.

use std::sync::Arc;

use super::BLOCK;
use crate::forecast::draw::{Purpose, Stream, to_index};

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

    pub(crate) fn begin(&mut self, trial: u64) {
        self.trial = self.all.trial(trial);
    }

    /// Two periods share the 64 bits of one place.
    pub(crate) fn fill(&self, first: u32, block: &mut [f64; BLOCK]) {
        let len = self.past.len() as u32;
        let amount = |bits| self.past.get(to_index(bits, len) as usize).copied().unwrap_or(0.0);
        for (place, pair) in (u64::from(first / 2)..).zip(block.as_chunks_mut::<2>().0) {
            let bits = self.trial.bits(place);
            *pair = [amount(bits & 0xFFFF_FFFF), amount(bits >> 32)];
        }
    }
}
