//! The commonest question, fast: known sizes, one team that never waits, and a bootstrap of a few whole numbers.
//!
//! What is finished is then a whole number. So a trial only draws, adds and counts how much is finished by the end of
//! each period, without a branch per item or period; which items that covers is read off once, at the end. The
//! numbers are those that [`Sequence`](super::sequence::Sequence) finds.

use std::ops::Range;

use super::super::histogram::Histogram;
use super::super::velocity::{Velocity, VelocityModel, bootstrap};
use super::model::Team;

// Tables have the size of a power of two, so that a masked place needs no check.
const MAX_PAST: usize = 64;
const PAIRS: usize = MAX_PAST * MAX_PAST;
const ROW: usize = 256;
/// Periods drawn together.
const BATCH: usize = 4;

#[derive(Debug, Clone)]
pub(super) struct Lattice {
    sampler: bootstrap::Sampler,
    // By pair of past periods: the amount of the first, and above sixteen bits that of both.
    pairs: Vec<u32>,
    // By item, in the order in which they finish: the least whole number that covers it.
    reach: Vec<u32>,
    work: u32,
    horizon: usize,
    // By period and amount finished: the trials, until all is.
    counts: Vec<[u32; ROW]>,
}

impl Lattice {
    /// `reach` is the work up to each item, in the order in which they finish; none where this does not apply.
    pub(super) fn new(team: &Team, reach: &[f64], seed: u64, horizon: u32) -> Option<Self> {
        let Velocity::History { past, model: VelocityModel::Bootstrap } = &team.velocity else { return None };
        let whole = past.iter().all(|amount| amount.floor() == *amount);
        let most = past.iter().copied().fold(0.0, f64::max);
        let work = reach.last()?.ceil();
        // A trial overshoots by one batch at most.
        if !whole || past.len() > MAX_PAST || work + most * BATCH as f64 >= ROW as f64 {
            return None;
        }
        if !team.capacity.is_empty() || team.velocity.is_zero() {
            return None;
        }
        let both = |first: &f64, second: &f64| *first as u32 | (*first as u32 + *second as u32) << 16;
        let mut pairs: Vec<u32> =
            past.iter().flat_map(|first| past.iter().map(move |second| both(first, second))).collect();
        pairs.resize(PAIRS, 0);
        let horizon = horizon as usize;
        Some(Self {
            sampler: bootstrap::Sampler::new(past.clone(), seed, team.key),
            pairs,
            reach: reach.iter().map(|reach| reach.ceil() as u32).collect(),
            work: work as u32,
            horizon,
            counts: vec![[0; ROW]; horizon.next_multiple_of(BATCH)],
        })
    }

    // Places are masked by the size of what they are places in.
    #[allow(clippy::indexing_slicing)]
    pub(super) fn run(&mut self, trials: Range<u32>) {
        let Some(pairs) = self.pairs.first_chunk::<PAIRS>() else { return };
        let batches = self.counts.as_chunks_mut::<BATCH>().0;
        let (work, sampler) = (self.work, self.sampler.pairs());
        for trial in trials {
            let drawn = sampler.trial(u64::from(trial));
            let mut done = 0;
            for (nth, [first, second, third, fourth]) in (0..).zip(&mut *batches) {
                let [one, two] = drawn.at(nth);
                let (one, two) = (pairs[one as usize % PAIRS], pairs[two as usize % PAIRS]);
                first[(done + (one & 0xFFFF)) as usize % ROW] += 1;
                done += one >> 16;
                second[done as usize % ROW] += 1;
                third[(done + (two & 0xFFFF)) as usize % ROW] += 1;
                done += two >> 16;
                fourth[done as usize % ROW] += 1;
                if done >= work {
                    break;
                }
            }
        }
    }

    /// When each item is finished, in the order in which they finish.
    pub(super) fn histograms(&self, trials: u32) -> Vec<Histogram> {
        let mut bins = vec![Vec::new(); self.reach.len()];
        let mut open = vec![trials; self.reach.len()];
        for counts in self.counts.iter().take(self.horizon) {
            if open.last() == Some(&0) {
                break;
            }
            let mut amounts = (0..).zip(counts).peekable();
            let mut short = 0;
            for ((reach, bins), open) in self.reach.iter().zip(&mut bins).zip(&mut open) {
                // Trials end where all is finished; of those that go on, the ones that fall short are open.
                while let Some((_, count)) = amounts.next_if(|(amount, _)| amount < reach) {
                    short += count;
                }
                bins.push(*open - short);
                *open = short;
            }
        }
        bins.into_iter().zip(open).map(|(bins, never)| Histogram::from_bins(bins, never)).collect()
    }
}
