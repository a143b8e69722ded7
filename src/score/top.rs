//! The chance that an item belongs to the best few, where inputs are ranges.

use super::formula::Parts;
use crate::forecast::{Purpose, Stream};

/// The most draws of one answer: long lists get fewer trials.
const DRAWS: usize = 4_000_000;
/// Trials of a short list, and of the longest.
const TRIALS: (u32, u32) = (10_000, 1_000);

/// Chances, and the trials from which they were counted.
#[derive(Debug, Clone)]
pub(crate) struct Chances {
    /// By item, 0..1.
    pub(crate) of: Vec<f64>,
    pub(crate) trials: u32,
}

/// By item, the share of trials in which it belongs to the `top` best; nothing where no score is a range, for then the
/// order says it. `items` are named by the key of their draws, so that an item draws the same wherever it stands; those
/// without a score belong to none. Of equals, the first in the list is the better.
pub(crate) fn chances(items: &[Option<(u64, Parts)>], top: usize, trials: Option<u32>, seed: u64) -> Option<Chances> {
    if top == 0 || items.iter().flatten().all(|(_, parts)| parts.is_exact()) {
        return None;
    }
    // What cannot reach the score that the best few have at the least belongs to them in no trial.
    let mut least: Vec<f64> = items.iter().flatten().map(|(_, parts)| parts.bounds().0).collect();
    let cut = match least.len().checked_sub(top) {
        Some(place) if place > 0 => *least.select_nth_unstable_by(place, f64::total_cmp).1,
        _ => f64::NEG_INFINITY,
    };
    let mut exact: Vec<(f64, usize)> = Vec::new();
    let mut drawn: Vec<(Stream, &Parts, usize)> = Vec::new();
    for (place, item) in items.iter().enumerate() {
        match item {
            Some((_, parts)) if parts.bounds().1 < cut => {}
            Some((_, parts)) if parts.is_exact() => exact.push((parts.at(|_| 0.5), place)),
            Some((key, parts)) => drawn.push((Stream::new(seed, Purpose::Top, *key), parts, place)),
            None => {}
        }
    }
    let affordable = u32::try_from(DRAWS / (drawn.len() + exact.len()).max(1)).unwrap_or(TRIALS.0);
    let trials = trials.unwrap_or(affordable.clamp(TRIALS.1, TRIALS.0));
    let best_first = |a: &(f64, usize), b: &(f64, usize)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
    let mut counts = vec![0_u32; items.len()];
    let mut scores = Vec::with_capacity(exact.len() + drawn.len());
    for trial in 0..u64::from(trials) {
        scores.clear();
        scores.extend_from_slice(&exact);
        scores.extend(drawn.iter().map(|(stream, parts, place)| {
            let stream = stream.trial(trial);
            (parts.at(|input| stream.uniform(input as u64)), *place)
        }));
        if top < scores.len() {
            scores.select_nth_unstable_by(top, best_first);
        }
        for &(_, place) in scores.iter().take(top) {
            counts.get_mut(place).into_iter().for_each(|count| *count += 1);
        }
    }
    let of = counts.into_iter().map(|count| f64::from(count) / f64::from(trials)).collect();
    Some(Chances { of, trials })
}
