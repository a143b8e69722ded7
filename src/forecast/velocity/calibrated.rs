//! The calibrated model: an 85 % that holds in 85 % of cases.
//!
//! **What it assumes.** A team has a level, the mean of a period; periods scatter around it, and it drifts. How much,
//! differs from team to team: a short history says little about that, and then what is known of teams in general
//! speaks; a long one says it itself (see [`Prior`] and the module `belief`). From where it may stand now, the level
//! walks on: each period it takes a random step, and goes a small part of the way back to the mean of the history that
//! was read. Where the history counts in whole numbers, so do the periods drawn.
//!
//! **Where it comes from.** A local level model of counts (West and Harrison 1997, *Bayesian Forecasting and Dynamic
//! Models*; Harvey and Fernandes 1989, "Time series models for count or qualitative observations"), its level damped
//! towards the mean as Gardner and McKenzie (1985, "Forecasting trends in time series") damp trends, its spreads shared
//! among teams by an empirical Bayes prior (Efron and Morris 1975). `make calibration` prints how often it held on 13
//! public delivery histories, each judged by a prior fitted on the other twelve.
//!
//! **When not to use it.** When the future is known to differ from the past in a way that a plan can say: a team that
//! grows or shrinks belongs into the calendar, new work into growth. When a history is no sample of the team's work at
//! all: migrated tickets closed in one night. When every period is known to be drawn from the same distribution, as in
//! a textbook: there the bootstrap is narrower, and right.

use super::BLOCK;
use super::belief::{self, CELL, Case, Prior, REACH};
use crate::forecast::draw::{Purpose, Stream};

/// Bits whose ones make a normal deviate: their number is binomial, of mean 12 and variance 6.
const BITS: u32 = 24;
const MASK: u64 = (1 << BITS) - 1;
/// The level stays within these, as logarithms of its ratio to the mean.
const LOW: f64 = -6.0;
const HIGH: f64 = 4.0;
/// Entries of the table of the exponential, per unit.
const FINE: f64 = 32.0;
const ENTRIES: usize = ((HIGH - LOW) * FINE) as usize + 2;

#[derive(Debug, Clone)]
pub(crate) struct Sampler {
    mean: f64,
    whole: bool,
    keep: f64,
    starts: Vec<Start>,
    exponential: Vec<f64>,
    all: [Stream; 2],
    // The trial at hand.
    periods: Stream,
    level: f64,
    step: f64,
    scatter: f64,
}

/// A case to begin with, or with its share of the draws that fall here, another one.
#[derive(Debug, Clone, Copy)]
struct Start {
    level: f64,
    /// By how much the level moves for every one more of the drawn bits than half of them.
    step: f64,
    /// The scatter, over 9.
    scatter: f64,
    /// Draws below this, of 2^32, stay here.
    cut: u64,
    other: u32,
}

impl Sampler {
    pub(crate) fn new(past: &[f64], prior: &Prior, seed: u64, team: u64) -> Self {
        let read = past.get(past.len().saturating_sub(REACH)..).unwrap_or(past);
        let mean = read.iter().sum::<f64>() / read.len().max(1) as f64;
        let cases = if mean > 0.0 {
            let ratios: Vec<f64> = read.iter().map(|amount| amount / mean).collect();
            belief::read(&ratios, prior)
        } else {
            Vec::new()
        };
        let all = [Purpose::Level, Purpose::Velocity].map(|purpose| Stream::new(seed, purpose, team));
        Self {
            mean,
            whole: past.iter().all(|amount| amount.fract() == 0.0),
            keep: 1.0 - prior.pull,
            starts: starts(&cases),
            exponential: (0..ENTRIES).map(|k| libm::exp(LOW + k as f64 / FINE)).collect(),
            all,
            periods: all[1],
            level: 0.0,
            step: 0.0,
            scatter: 0.0,
        }
    }

    pub(crate) fn begin(&mut self, trial: u64) {
        let [level, periods] = self.all;
        self.periods = periods.trial(trial);
        let bits = level.bits(trial);
        let place = (bits >> 32) * self.starts.len() as u64;
        let Some(mut start) = self.starts.get((place >> 32) as usize) else { return };
        if place & 0xFFFF_FFFF >= start.cut {
            start = self.starts.get(start.other as usize).unwrap_or(start);
        }
        let within = (bits & 0xFFFF_FFFF) as f64 / (1_u64 << 32) as f64 - 0.5;
        self.level = start.level + within * CELL;
        self.step = start.step;
        self.scatter = start.scatter;
    }

    pub(crate) fn fill(&mut self, first: u32, block: &mut [f64; BLOCK]) {
        if self.starts.is_empty() {
            block.fill(0.0);
            return;
        }
        for (place, amount) in (u64::from(first)..).zip(block) {
            let bits = self.periods.bits(place);
            let up = f64::from((bits & MASK).count_ones()) - 12.0;
            self.level = (self.keep * self.level + self.step * up).clamp(LOW, HIGH);
            let level = self.exp(self.level);
            // A gamma deviate by the cube of a normal one (Wilson and Hilferty 1931); below 0 nothing was finished.
            let normal = (f64::from((bits >> BITS & MASK).count_ones()) + byte(bits >> (2 * BITS)) - 12.5) * NARROW;
            let variance = self.scatter / level;
            let root = (1.0 - variance + normal * variance.sqrt()).max(0.0);
            let drawn = self.mean * level * root * root * root;
            *amount = if self.whole { (drawn + byte(bits >> (2 * BITS + 8))).floor() } else { drawn };
        }
    }

    /// Interpolated, for speed: within 0.02 %.
    #[inline(always)]
    fn exp(&self, x: f64) -> f64 {
        let place = (x - LOW) * FINE;
        let whole = place as usize;
        let at = |k: usize| self.exponential.get(k).copied().unwrap_or(1.0);
        at(whole) + (at(whole + 1) - at(whole)) * (place - whole as f64)
    }
}

/// One over the standard deviation of the ones among [`BITS`] plus a uniform number: √(6 + 1/12).
const NARROW: f64 = 0.405_442_427_070_410_5;
/// One over the standard deviation of the ones among [`BITS`]: √6.
const PER_ONE: f64 = 0.408_248_290_463_863;

/// Eight bits as the middle of one of 256 equal parts of 0..1.
#[inline(always)]
fn byte(bits: u64) -> f64 {
    ((bits & 0xFF) as f64 + 0.5) * (1.0 / 256.0)
}

/// The alias method (Walker 1977; Vose 1991): any of the cases for one draw.
fn starts(cases: &[Case]) -> Vec<Start> {
    const WHOLE: f64 = (1_u64 << 32) as f64;
    let mut starts: Vec<Start> = Vec::with_capacity(cases.len());
    let mut shares: Vec<f64> = Vec::with_capacity(cases.len());
    let (mut small, mut large) = (Vec::new(), Vec::new());
    for (place, case) in cases.iter().enumerate() {
        let (step, scatter) = (case.drift * PER_ONE, case.scatter / 9.0);
        starts.push(Start { level: case.level, step, scatter, cut: 1 << 32, other: place as u32 });
        let share = case.weight * cases.len() as f64;
        shares.push(share);
        if share < 1.0 { small.push(place) } else { large.push(place) }
    }
    while let (Some(less), Some(more)) = (small.pop(), large.pop()) {
        let share = shares.get(less).copied().unwrap_or(1.0);
        if let Some(start) = starts.get_mut(less) {
            start.cut = (share * WHOLE) as u64;
            start.other = more as u32;
        }
        let Some(rest) = shares.get_mut(more) else { break };
        *rest -= 1.0 - share;
        if *rest < 1.0 { small.push(more) } else { large.push(more) }
    }
    starts
}
