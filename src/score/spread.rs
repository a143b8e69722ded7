//! The spread of a score whose inputs are ranges.

use crate::forecast::{Purpose, Stream};

/// Points at which a score is looked at, the same for all items, so that equal inputs have equal scores: a low
/// discrepancy sequence (the additive recurrence on powers of the generalised golden ratio, Roberts 2018), shifted
/// by the seed.
#[derive(Debug, Clone)]
pub(super) struct Points {
    points: Vec<f64>,
    dimensions: usize,
}

/// One in ten, five in ten and nine in ten lie below.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spread {
    pub p10: f64,
    pub median: f64,
    pub p90: f64,
}

const POINTS: usize = 1023;

impl Points {
    pub(super) fn new(dimensions: usize, seed: u64) -> Self {
        let shift = Stream::new(seed, Purpose::Score, 0);
        let step = 1.0 / golden(dimensions);
        let mut alpha = 1.0;
        let steps: Vec<(f64, f64)> = (0..dimensions)
            .map(|dimension| {
                alpha *= step;
                (shift.uniform(dimension as u64), alpha)
            })
            .collect();
        let points = (0..POINTS).flat_map(|n| {
            steps.iter().map(move |&(shift, alpha)| {
                let place = shift + n as f64 * alpha;
                place - place.floor()
            })
        });
        // A range that begins at zero may divide: its very end is no point.
        Self { points: points.map(|place| place.clamp(1e-6, 1.0 - 1e-6)).collect(), dimensions: dimensions.max(1) }
    }

    pub(super) fn spread(&self, score: impl Fn(&[f64]) -> f64) -> Spread {
        let mut values: Vec<f64> = self.points.chunks(self.dimensions).map(score).collect();
        let mut at = |p: f64| {
            let place = (p * values.len() as f64) as usize;
            if place < values.len() { *values.select_nth_unstable_by(place, f64::total_cmp).1 } else { 0.0 }
        };
        Spread { p10: at(0.1), median: at(0.5), p90: at(0.9) }
    }
}

/// The real root above 1 of x^(d + 1) = x + 1, by the iteration x ← x − f / f′.
fn golden(dimensions: usize) -> f64 {
    let mut x = 2.0;
    for _ in 0..64 {
        let power = (0..dimensions).fold(1.0, |power, _| power * x);
        x -= (power * x - x - 1.0) / ((dimensions + 1) as f64 * power - 1.0);
    }
    x
}
