//! The best order under dependencies: minimise Σ weight × finish time with no item before what it needs.
//!
//! Without needs that is Smith's rule (Smith 1956): by weight / duration, and exact. With needs it is NP-hard. Sidney
//! (1975) showed that some best order takes groups closed under their needs by the best ratio of their weights to
//! their durations. Those ratios solve a convex problem: let each item pass weight on to what it needs, until nothing
//! that is needed is worth less per duration than what waits for it. It is solved by passing along one need after the
//! other; what is inherited so is also why an item stands early. Inside a group of one ratio, and where the passing
//! has not quite settled, items are moved to where they cost least, each with what it needs when it goes up, and with
//! what waits for it when it goes down.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::needs::dependents;

/// Rounds of passing weight on. Each is one look at every need; what is left to settle after so many is left to the
/// moves.
const ROUNDS: usize = 60;
/// Rounds of moves, and how far a move goes: bounds on the time, hardly ever reached on short lists.
const MOVE_ROUNDS: usize = 8;
const REACH: usize = 48;
/// A round that saves less than this share of the cost is the last.
const WORTH_A_ROUND: f64 = 1e-5;

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
    weights: &'a [f64],
    durations: &'a [f64],
    needs: &'a [Vec<u32>],
    dependents: Vec<Vec<u32>>,
    // By item: the last move in which it went along, or would have.
    along: Vec<u32>,
    move_number: u32,
    // Space for a move.
    moved: Vec<u32>,
    passed: Vec<u32>,
}

#[derive(Clone, Copy, PartialEq)]
enum Way {
    Up,
    Down,
}

impl<'a> List<'a> {
    fn new(order: Vec<u32>, weights: &'a [f64], durations: &'a [f64], needs: &'a [Vec<u32>]) -> Self {
        Self {
            along: vec![0; order.len()],
            order,
            weights,
            durations,
            needs,
            dependents: dependents(needs),
            move_number: 0,
            moved: Vec::new(),
            passed: Vec::new(),
        }
    }

    fn improve(&mut self) {
        let enough = cost(&self.order, self.weights, self.durations).abs() * WORTH_A_ROUND;
        for _ in 0..MOVE_ROUNDS {
            let mut saved = 0.0;
            for way in [Way::Up, Way::Down] {
                for from in 0..self.order.len() {
                    saved += self.move_from(from, way);
                }
            }
            if saved <= enough {
                break;
            }
        }
    }

    /// Moves the item that stands here, and what must go along, to where it costs least. Returns what that saves.
    fn move_from(&mut self, from: usize, way: Way) -> f64 {
        self.move_number += 1;
        let Some(&first) = self.order.get(from) else { return 0.0 };
        self.take_along(first, way);
        let (mut weight, mut duration) = (of(self.weights, first), of(self.durations, first));
        let mut saves = 0.0;
        // Less than this is rounding.
        let mut most = 1e-9 * (weight * duration).abs();
        let mut target = from;
        for step in 1..=REACH {
            let at = if way == Way::Up { from.checked_sub(step) } else { Some(from + step) };
            let Some((at, &place)) = at.and_then(|at| Some((at, self.order.get(at)?))) else { break };
            if self.goes_along(place) {
                weight += of(self.weights, place);
                duration += of(self.durations, place);
                self.take_along(place, way);
                continue;
            }
            // What passing one item by saves is the difference of the products of the weights and durations.
            let saved = weight * of(self.durations, place) - of(self.weights, place) * duration;
            saves += if way == Way::Up { saved } else { -saved };
            if saves > most {
                (most, target) = (saves, at);
            }
        }
        if target == from {
            return 0.0;
        }
        self.carry(target.min(from), target.max(from) + 1, way);
        most
    }

    /// Moves what goes along to one end of a part of the order; both what moves and what is passed by keep their order.
    fn carry(&mut self, first: usize, last: usize, way: Way) {
        let Some(part) = self.order.get_mut(first..last) else { return };
        self.moved.clear();
        self.passed.clear();
        for &place in &*part {
            let goes = self.along.get(place as usize) == Some(&self.move_number);
            if goes { &mut self.moved } else { &mut self.passed }.push(place);
        }
        let (before, after) = if way == Way::Up { (&self.moved, &self.passed) } else { (&self.passed, &self.moved) };
        part.iter_mut().zip(before.iter().chain(after)).for_each(|(place, &next)| *place = next);
    }

    fn goes_along(&self, place: u32) -> bool {
        self.along.get(place as usize) == Some(&self.move_number)
    }

    /// An item goes along, and so does what it needs on the way up, what waits for it on the way down.
    fn take_along(&mut self, place: u32, way: Way) {
        let bound = match way {
            Way::Up => self.needs.get(place as usize),
            Way::Down => self.dependents.get(place as usize),
        };
        for &place in bound.into_iter().flatten().chain([&place]) {
            if let Some(along) = self.along.get_mut(place as usize) {
                *along = self.move_number;
            }
        }
    }
}
