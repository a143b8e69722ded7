//! From scores to an order: what moves, what stays, and what an order costs.

use super::formula::Score;
use super::order;
use super::request::DelayCost;
use crate::needs;

/// What is known of an item: its score, or the inputs that are missing for one.
pub(crate) type Scored<'a> = Result<Score, Vec<&'a str>>;

/// Where items without a score go, unless something with a score waits for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unscored {
    /// Behind all others.
    Last,
    /// Nowhere: they keep their places.
    Stay,
}

/// An order found.
#[derive(Debug, Clone)]
pub(crate) struct Arranged {
    /// Positions, the first goes first.
    pub(crate) order: Vec<u32>,
    /// By item, by need: whether the item's worth is inherited by what it needs.
    pub(crate) passes: Vec<Vec<bool>>,
    /// What the order given and the one found cost.
    pub(crate) cost: DelayCost,
}

/// The best order found: Σ weight × finish time is least, nothing stands before what it needs, equals keep their places.
/// `durations` are those of items without a score, as far as they are known.
pub(crate) fn arrange(
    scores: &[Scored<'_>],
    durations: &[Option<f64>],
    needs: &[Vec<u32>],
    unscored: Unscored,
) -> Arranged {
    let (weights, durations) = numbers(scores, durations);
    let topological = needs::order(needs).unwrap_or_default();
    // Nothing without a score is worth being early, unless something with a score waits for it.
    let mut wanted: Vec<bool> = scores.iter().map(Result::is_ok).collect();
    for &place in topological.iter().rev() {
        if wanted.get(place as usize) == Some(&true) {
            for &need in needs.get(place as usize).into_iter().flatten() {
                wanted.get_mut(need as usize).into_iter().for_each(|wanted| *wanted = true);
            }
        }
    }
    let is_wanted = |place: &u32| wanted.get(*place as usize) == Some(&true);
    let settle = |order: &[u32]| -> Vec<u32> {
        let mut moving = order.iter().copied().filter(is_wanted);
        match unscored {
            Unscored::Last => moving.chain(topological.iter().copied().filter(|place| !is_wanted(place))).collect(),
            Unscored::Stay => {
                let all = 0..scores.len() as u32;
                let filled: Vec<u32> =
                    all.filter_map(|place| if is_wanted(&place) { moving.next() } else { Some(place) }).collect();
                keeping_needs(&filled, needs)
            }
        }
    };
    let given: Vec<u32> = match unscored {
        Unscored::Last => (0..scores.len() as u32).collect(),
        // What stands before what it needs waits for it.
        Unscored::Stay => topological.clone(),
    };
    let cost = |order: &[u32]| order::cost(order, &weights, &durations);
    let best = order::best(&weights, &durations, needs, &topological);
    let mut order = settle(&best.order);
    let mut found = DelayCost { given: cost(&given), best: cost(&order) };
    if found.best > found.given && topological == given {
        order = settle(&order::improve(&given, &weights, &durations, needs));
        found.best = cost(&order);
    }
    if unscored == Unscored::Stay && found.best > found.given {
        (order, found.best) = (given, found.given);
    }
    Arranged { order, passes: best.passes, cost: found }
}

/// What an order costs: Σ weight × finish time.
pub(crate) fn cost(order: &[u32], scores: &[Scored<'_>], durations: &[Option<f64>]) -> f64 {
    let (weights, durations) = numbers(scores, durations);
    order::cost(order, &weights, &durations)
}

/// Weights and durations. Without a score nothing is gained by an item, but what waits for it waits as long as it takes,
/// if that is known.
fn numbers(scores: &[Scored<'_>], durations: &[Option<f64>]) -> (Vec<f64>, Vec<f64>) {
    let number = |(score, duration): (&Scored<'_>, &Option<f64>)| match score {
        Ok(score) => (score.weight, score.duration),
        Err(_) => (0.0, duration.unwrap_or(0.0)),
    };
    scores.iter().zip(durations).map(number).unzip()
}

/// The order with as little changed as it takes that nothing stands before what it needs.
pub(crate) fn keeping_needs(order: &[u32], needs: &[Vec<u32>]) -> Vec<u32> {
    let mut position = vec![0_u32; order.len()];
    for (at, &place) in (0..).zip(order) {
        position.get_mut(place as usize).into_iter().for_each(|position| *position = at);
    }
    let of = |place: u32| position.get(place as usize).copied().unwrap_or_default();
    let by_position: Vec<Vec<u32>> = order
        .iter()
        .map(|&place| needs.get(place as usize).into_iter().flatten().map(|&need| of(need)).collect())
        .collect();
    let kept = needs::order(&by_position).unwrap_or_else(|_| (0..order.len() as u32).collect());
    kept.into_iter().filter_map(|at| order.get(at as usize).copied()).collect()
}
