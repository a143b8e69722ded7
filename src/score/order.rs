//! The best order under dependencies: minimise Σ weight × finish time with no item before what it needs.
//!
//! Without needs that is Smith's rule (Smith 1956): by weight / duration, and exact. With needs it is NP-hard. Sidney
//! (1975) showed that some best order takes groups closed under their needs by the best ratio of their weights to
//! their durations. Those ratios solve a convex problem: let each item pass weight on to what it needs, until nothing
//! that is needed is worth less per duration than what waits for it. It is solved by passing along one need after the
//! other; what is inherited so is also why an item stands early. Inside a group of one ratio, and where the passing
//! has not quite settled, runs of up to three items are moved to where they cost least.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::needs::dependents;

/// Rounds of passing weight on. Each is one look at every need; what is left to settle after so many is left to the
/// moves.
const ROUNDS: usize = 60;
/// Rounds of moves, the longest run moved, and how far: bounds on the time, hardly ever reached on short lists.
const MOVE_ROUNDS: usize = 8;
const LONGEST_RUN: usize = 3;
const REACH: usize = 48;

/// The best order found, and what each need passes on.
#[derive(Debug, Clone)]
pub(super) struct Best {
    /// Positions, the first goes first.
    pub order: Vec<u32>,
    /// By item, by need: whether the item's worth is inherited by what it needs.
    pub passes: Vec<Vec<bool>>,
}

/// What an order costs.
pub(super) fn cost(order: &[u32], weights: &[f64], durations: &[f64]) -> f64 {
    let mut time = 0.0;
    let mut cost = 0.0;
    for &place in order {
        time += of(durations, place);
        cost += of(weights, place) * time;
    }
    cost
}

/// Finds an order. `topological` is any order in which nothing stands before what it needs; equals keep their places.
pub(super) fn best(weights: &[f64], durations: &[f64], needs: &[Vec<u32>], topological: &[u32]) -> Best {
    let (worth, passed) = inherit(weights, durations, needs, topological);
    let mut list = List::new(greedy(&worth, needs), weights, durations, needs);
    if needs.iter().any(|needs| !needs.is_empty()) {
        list.improve();
    }
    let passes = passed.into_iter().map(|needs| needs.into_iter().map(|weight| weight > 0.0).collect()).collect();
    Best { order: list.order, passes }
}

/// Improves an order that keeps its needs.
pub(super) fn improve(order: &[u32], weights: &[f64], durations: &[f64], needs: &[Vec<u32>]) -> Vec<u32> {
    let mut list = List::new(order.to_vec(), weights, durations, needs);
    list.improve();
    list.order
}

fn of(values: &[f64], place: u32) -> f64 {
    values.get(place as usize).copied().unwrap_or_default()
}

/// What each item is worth per duration once all that wait for it have passed on what they can, and how much goes
/// over each need. Coordinate descent on Σ worth² / duration over what is passed on, which is never negative.
fn inherit(weights: &[f64], durations: &[f64], needs: &[Vec<u32>], topological: &[u32]) -> (Vec<f64>, Vec<Vec<f64>>) {
    let mean = durations.iter().sum::<f64>() / durations.len().max(1) as f64;
    // A duration of zero would be worth infinitely much.
    let least = if mean > 0.0 { mean * 1e-9 } else { 1.0 };
    let durations: Vec<f64> = durations.iter().map(|duration| duration.max(least)).collect();
    let enough = weights.iter().map(|weight| weight.abs()).sum::<f64>() * 1e-12;
    let mut worth = weights.to_vec();
    let mut passed: Vec<Vec<f64>> = needs.iter().map(|needs| vec![0.0; needs.len()]).collect();
    for _ in 0..ROUNDS {
        let mut moved = 0.0;
        for &place in topological.iter().rev() {
            let (Some(wanted), Some(passed)) = (needs.get(place as usize), passed.get_mut(place as usize)) else {
                continue;
            };
            let duration = of(&durations, place);
            for (&need, passed) in wanted.iter().zip(passed) {
                let other = of(&durations, need);
                let even = (of(&worth, place) * other - of(&worth, need) * duration) / (duration + other);
                let more = even.max(-*passed);
                *passed += more;
                for (place, more) in [(place, -more), (need, more)] {
                    if let Some(worth) = worth.get_mut(place as usize) {
                        *worth += more;
                    }
                }
                moved += more.abs();
            }
        }
        if moved <= enough {
            break;
        }
    }
    (worth.iter().zip(&durations).map(|(worth, duration)| worth / duration).collect(), passed)
}

/// By worth, nothing before what it needs.
fn greedy(worth: &[f64], needs: &[Vec<u32>]) -> Vec<u32> {
    let dependents = dependents(needs);
    let mut waiting: Vec<usize> = needs.iter().map(Vec::len).collect();
    let candidate = |place: u32| Candidate { worth: of(worth, place), place };
    let mut ready: BinaryHeap<Candidate> =
        (0..).zip(&waiting).filter(|&(_, &waiting)| waiting == 0).map(|(place, _)| candidate(place)).collect();
    let mut order = Vec::with_capacity(needs.len());
    while let Some(Candidate { place, .. }) = ready.pop() {
        order.push(place);
        for &dependent in dependents.get(place as usize).into_iter().flatten() {
            if let Some(waiting) = waiting.get_mut(dependent as usize) {
                *waiting -= 1;
                if *waiting == 0 {
                    ready.push(candidate(dependent));
                }
            }
        }
    }
    order
}

struct Candidate {
    worth: f64,
    place: u32,
}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.worth.total_cmp(&other.worth).then(other.place.cmp(&self.place))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Candidate {}

/// An order that is being improved.
struct List<'a> {
    order: Vec<u32>,
    // Where each item stands in the order.
    stands: Vec<u32>,
    weights: &'a [f64],
    durations: &'a [f64],
    needs: &'a [Vec<u32>],
    dependents: Vec<Vec<u32>>,
}

impl<'a> List<'a> {
    fn new(order: Vec<u32>, weights: &'a [f64], durations: &'a [f64], needs: &'a [Vec<u32>]) -> Self {
        let mut list =
            Self { stands: vec![0; order.len()], order, weights, durations, needs, dependents: dependents(needs) };
        list.note(0, list.order.len());
        list
    }

    fn improve(&mut self) {
        for _ in 0..MOVE_ROUNDS {
            let mut better = false;
            for run in 1..=LONGEST_RUN.min(self.order.len()) {
                for from in 0..=self.order.len() - run {
                    better |= self.move_run(from, from + run);
                }
            }
            if !better {
                break;
            }
        }
    }

    /// Moves the run to where it costs least, if that is elsewhere.
    fn move_run(&mut self, from: usize, to: usize) -> bool {
        let Some(run) = self.order.get(from..to) else { return false };
        let weight: f64 = run.iter().map(|&place| of(self.weights, place)).sum();
        let duration: f64 = run.iter().map(|&place| of(self.durations, place)).sum();
        let stands =
            |places: &'a [u32]| places.iter().filter_map(|&p| self.stands.get(p as usize)).map(|&p| p as usize);
        let mut earliest = from.saturating_sub(REACH);
        let mut latest = (to + REACH).min(self.order.len());
        for &place in run {
            let needs = self.needs.get(place as usize).map_or(&[][..], Vec::as_slice);
            earliest = stands(needs).filter(|&at| at < from).map(|at| at + 1).fold(earliest, usize::max);
            let dependents = self.dependents.get(place as usize).into_iter().flatten();
            latest = dependents
                .filter_map(|&p| self.stands.get(p as usize))
                .map(|&at| at as usize)
                .filter(|&at| at >= to)
                .fold(latest, usize::min);
        }
        // What passing one item by saves is the difference of the products of the weights and durations.
        let saves = |place: u32| weight * of(self.durations, place) - of(self.weights, place) * duration;
        // Less than this is rounding.
        let mut most = 1e-9 * (weight * duration).abs();
        let mut target = from;
        let mut saved = 0.0;
        for (at, &place) in self.order.iter().enumerate().take(from).skip(earliest).rev() {
            saved += saves(place);
            if saved > most {
                (most, target) = (saved, at);
            }
        }
        saved = 0.0;
        for (at, &place) in self.order.iter().enumerate().take(latest).skip(to) {
            saved -= saves(place);
            if saved > most {
                (most, target) = (saved, at + 1 - (to - from));
            }
        }
        let (first, last) = match target.cmp(&from) {
            Ordering::Equal => return false,
            Ordering::Less => (target, to),
            Ordering::Greater => (from, target + (to - from)),
        };
        if let Some(part) = self.order.get_mut(first..last) {
            if target < from { part.rotate_right(to - from) } else { part.rotate_left(to - from) }
        }
        self.note(first, last);
        true
    }

    fn note(&mut self, first: usize, last: usize) {
        for (at, &place) in self.order.iter().enumerate().take(last).skip(first) {
            if let Some(stands) = self.stands.get_mut(place as usize) {
                *stands = at as u32;
            }
        }
    }
}
