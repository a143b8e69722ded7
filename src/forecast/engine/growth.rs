//! The work that appears while a trial goes on.

use super::super::draw::{Purpose, Stream};
use super::model::Growth;

/// The growth of one trial, drawn as far as it is asked for.
#[derive(Debug, Clone)]
pub(super) struct Growing {
    growth: Growth,
    all: Stream,
    trial: Stream,
    // By period, from the first: the sum of what joined the end so far, and what goes ahead in this period.
    periods: Vec<Appeared>,
    sum: f64,
}

/// What has appeared by the start of a period.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Appeared {
    /// Work that has joined the end of the order so far, less what was dropped from it.
    pub at_end: f64,
    /// Work that goes ahead of everything, new in this period.
    pub urgent: f64,
}

impl Growing {
    pub(super) fn new(growth: Growth, seed: u64, horizon: u32) -> Self {
        let all = Stream::new(seed, Purpose::Growth, 0);
        Self { growth, all, trial: all, periods: Vec::with_capacity(horizon as usize), sum: 0.0 }
    }

    /// Whether scope may be dropped.
    pub(super) fn drops(&self) -> bool {
        self.growth.amount.low < 0.0
    }

    pub(super) fn begin(&mut self, trial: u64) {
        self.trial = self.all.trial(trial);
        self.periods.clear();
        self.sum = 0.0;
    }

    /// What has appeared by the start of a period, counted from 0.
    #[inline(always)]
    pub(super) fn at(&mut self, period: u32) -> Appeared {
        while self.periods.len() <= period as usize {
            let amount = self.growth.amount.quantile(self.trial.uniform(self.periods.len() as u64));
            let urgent = if amount > 0.0 { amount * self.growth.urgent } else { 0.0 };
            self.sum += amount - urgent;
            self.periods.push(Appeared { at_end: self.sum, urgent });
        }
        self.periods.get(period as usize).copied().unwrap_or_default()
    }
}
