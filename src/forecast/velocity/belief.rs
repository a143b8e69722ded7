//! What a history tells of a team: how high its level stands now, how much it drifts, and how much periods scatter
//! around it, each with what is left open.
//!
//! The level is a random walk of its logarithm, seen through periods that scatter. Both spreads are unknown, so each
//! pair of a grid of them is followed through the history on a grid of levels (Kitagawa 1987, "Non-Gaussian state-space
//! modeling of nonstationary time series"), and weighted by how well it foretold every period from those before it,
//! times what is believed of teams in general, the [`Prior`].
//!
//! A period of level μ has the mean μ and a variance in proportion to μ, as counts of things of similar size have. Its
//! likelihood is the Poisson's, at whatever scale that proportion sets, so that points and fractions are as good as
//! counts (quasi-likelihood, Wedderburn 1974).

/// What is believed of a team before its own history speaks: the typical team among those it was fitted on.
///
/// `make calibration` fits it and judges it on teams that it was not fitted on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prior {
    /// The median standard deviation of one period's step of the logarithm of the level.
    pub drift: f64,
    /// How far teams differ in that: the standard deviation of its logarithm.
    pub drift_spread: f64,
    /// The median variance of a period around its level, over the square of the mean period, at the mean level.
    pub scatter: f64,
    /// How far teams differ in that: the standard deviation of its logarithm.
    pub scatter_spread: f64,
    /// The part of the way back to its long-run mean that the level goes in a period: teams that ran hot or cold
    /// come back.
    pub pull: f64,
    /// By how many squared drifts the logarithm of the level sinks in a period. At ½ the mean of the level would stay
    /// where it is, at 0 its median.
    pub sag: f64,
}

impl Default for Prior {
    fn default() -> Self {
        Self { drift: 0.14, drift_spread: 0.5, scatter: 0.2, scatter_spread: 0.7, pull: 0.06, sag: 0.07 }
    }
}

/// The drifts that are followed: standard deviations of a step.
const DRIFTS: [f64; 6] = [0.03, 0.07, 0.12, 0.19, 0.28, 0.45];
/// The scatters that are followed: variance over squared mean.
const SCATTERS: [f64; 7] = [0.01, 0.04, 0.1, 0.2, 0.4, 0.75, 1.3];
/// Levels lie this far apart, as logarithms of their ratio to the mean period.
const STEP: f64 = 0.16;
/// The logarithm of the lowest level.
const LOWEST: f64 = -4.0;
/// From a 55th of the mean to 46 times it: no period of [`REACH`] can stand higher above their mean.
const LEVELS: usize = 50;
/// How many periods are read, the newest ones. On the teams it was fitted on 40 foretold better than 20 and 60.
pub(super) const REACH: usize = 40;

/// A way in which things may stand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Case {
    /// The logarithm of the level's ratio to the mean period; the middle of a cell [`STEP`] wide.
    pub(super) level: f64,
    /// The standard deviation of its step in a period.
    pub(super) drift: f64,
    /// The variance of a period, over the squared mean, at the mean level.
    pub(super) scatter: f64,
    /// How likely that is.
    pub(super) weight: f64,
}

/// The width of the cell around a level.
pub(super) const CELL: f64 = STEP;

/// Reads a history, oldest first, given as multiples of its mean. The weights of the cases sum to 1.
pub(super) fn read(past: &[f64], prior: &Prior) -> Vec<Case> {
    let distance = |value: f64, median: f64, spread: f64| {
        let z = libm::log(value / median) / spread;
        -0.5 * z * z
    };
    let kernels = DRIFTS.map(Kernel::new);
    let mut followed = Vec::with_capacity(DRIFTS.len() * SCATTERS.len());
    for scatter in SCATTERS {
        let likelihoods: Vec<Likelihood> = past.iter().map(|&amount| Likelihood::of(amount, scatter)).collect();
        for (drift, kernel) in DRIFTS.iter().zip(&kernels) {
            let (levels, foretold) = follow(&likelihoods, kernel);
            let believed = distance(*drift, prior.drift, prior.drift_spread)
                + distance(scatter, prior.scatter, prior.scatter_spread);
            followed.push((*drift, scatter, foretold + believed, levels));
        }
    }
    let best = followed.iter().fold(f64::NEG_INFINITY, |best, (_, _, log, _)| best.max(*log));
    let mut cases: Vec<Case> = Vec::with_capacity(followed.len() * LEVELS);
    for (drift, scatter, log, levels) in followed {
        let weight = libm::exp(log - best);
        let places = levels.iter().enumerate();
        cases.extend(places.map(|(k, share)| Case { level: level(k), drift, scatter, weight: weight * share }));
    }
    let sum: f64 = cases.iter().map(|case| case.weight).sum();
    cases.iter_mut().for_each(|case| case.weight /= sum);
    cases
}

fn level(place: usize) -> f64 {
    LOWEST + place as f64 * STEP
}

type Levels = [f64; LEVELS];

/// The probability of each level after the last period, and the logarithm of the probability of the history.
fn follow(likelihoods: &[Likelihood], kernel: &Kernel) -> (Levels, f64) {
    let mut levels = [1.0 / LEVELS as f64; LEVELS];
    let mut log = 0.0;
    for (period, likelihood) in likelihoods.iter().enumerate() {
        if period > 0 {
            levels = kernel.step(&levels);
        }
        let mut sum = 0.0;
        for (share, ratio) in levels.iter_mut().zip(&likelihood.ratios) {
            *share *= ratio;
            sum += *share;
        }
        // Every level keeps some likelihood, so that the sum can be tiny but not 0; the floor guards the division.
        let sum = sum.max(f64::MIN_POSITIVE);
        levels.iter_mut().for_each(|share| *share /= sum);
        log += likelihood.log + libm::log(sum);
    }
    (levels, log)
}

/// How likely an amount is at every level.
struct Likelihood {
    /// Over that of the likeliest level.
    ratios: Levels,
    /// The logarithm for the likeliest level.
    log: f64,
}

impl Likelihood {
    fn of(amount: f64, scatter: f64) -> Self {
        // In units in which the variance is the mean.
        let count = amount / scatter;
        let logs: [f64; LEVELS] =
            std::array::from_fn(|k| count * (level(k) - libm::log(scatter)) - libm::exp(level(k)) / scatter);
        let best = logs.iter().fold(f64::NEG_INFINITY, |best, log| best.max(*log));
        let rest = -libm::lgamma(count + 1.0) - libm::log(scatter);
        Self { ratios: logs.map(|log| libm::exp(log - best)), log: best + rest }
    }
}

/// The shares of a step over 0, 1, 2, … levels, the same to both sides.
struct Kernel(Vec<f64>);

impl Kernel {
    /// Of a normal step. Below the distance of the levels three places carry its variance exactly.
    fn new(drift: f64) -> Self {
        let ratio = drift / STEP;
        if ratio < 1.0 {
            let side = ratio * ratio / 2.0;
            return Self(vec![1.0 - 2.0 * side, side]);
        }
        let places = 0..=(3.5 * ratio) as usize + 1;
        let mut shares: Vec<f64> = places.map(|k| libm::exp(-0.5 * (k as f64 / ratio) * (k as f64 / ratio))).collect();
        let sum = shares.iter().sum::<f64>() * 2.0 - shares.first().copied().unwrap_or(0.0);
        shares.iter_mut().for_each(|share| *share /= sum);
        Self(shares)
    }

    /// What would step over the lowest or the highest level stays there.
    fn step(&self, from: &Levels) -> Levels {
        let mut to = [0.0; LEVELS];
        let (mut below, mut above) = (0.0, 0.0);
        for (distance, part) in self.0.iter().enumerate() {
            to.iter_mut().skip(distance).zip(from).for_each(|(to, share)| *to += share * part);
            if distance > 0 {
                to.iter_mut().zip(from.iter().skip(distance)).for_each(|(to, share)| *to += share * part);
                below += from.iter().take(distance).fold(0.0, |sum, share| sum + share * part);
                above += from.iter().rev().take(distance).fold(0.0, |sum, share| sum + share * part);
            }
        }
        to.first_mut().into_iter().for_each(|to| *to += below);
        to.last_mut().into_iter().for_each(|to| *to += above);
        to
    }
}
