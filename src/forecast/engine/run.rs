//! Running trials, in slices, and counting what came of them.

use super::super::amounts::Amounts;
use super::super::histogram::Histogram;
use super::Places;
use super::growth::Growing;
use super::interleaved::{Interleaved, LiveTeam};
use super::lattice::Lattice;
use super::model::Model;
use super::pace::Pace;
use super::sequence::Sequence;
use super::sizes::Sizes;
use super::tally::{NEVER, Tally};
use crate::error::Result;

/// What a simulation found. All histograms count slots (periods, when there is one slot a period) from 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The trials that were run.
    pub trials: u32,
    /// Places inside a period: bin `k` of a histogram is slot `(k - 1) % slots` of period `(k - 1) / slots + 1`.
    pub slots: u32,
    /// When each item is finished, by position in the model; empty unless asked for.
    pub items: Vec<Histogram>,
    /// When all members of each group are finished; period 1 for an empty one.
    pub groups: Vec<Histogram>,
    /// When the first item is finished, the first two, and so on; empty unless asked for.
    pub prefixes: Vec<Histogram>,
    /// When everything is finished, growth included.
    pub total: Histogram,
    /// How much is finished by the end of each period, growth included, for as many periods as were asked for. Counted
    /// on the first ten thousand trials.
    pub burn_up: Vec<Amounts>,
}

/// Trials whose burn-up is kept.
const BURN_UP_TRIALS: u32 = 10_000;

/// Finishes held before they are counted: counting several trials of an item at once keeps its histogram at hand,
/// where thousands of items would push each other's out of the cache.
const UNCOUNTED: usize = 1 << 16;
/// The most trials that are counted at once.
const MOST_TOGETHER: usize = 64;

/// Runs all trials of a model.
///
/// # Errors
/// As [`Model::check`].
pub fn simulate(model: &Model) -> Result<Outcome> {
    let mut run = Run::new(model)?;
    run.advance(model.trials);
    Ok(run.finish())
}

/// A simulation that can be run in slices; how it is sliced does not change what comes out.
#[derive(Debug, Clone)]
pub struct Run {
    trials: u32,
    next: u32,
    slots: u32,
    sizes: Sizes,
    growth: Option<Growing>,
    sequences: Vec<Sequence>,
    interleaved: Option<Interleaved>,
    lattice: Option<Lattice>,
    groups: Vec<Vec<u32>>,
    // The bin in which each item is finished, for the trials not yet counted, one after the other.
    finish: Vec<u32>,
    width: usize,
    together: usize,
    uncounted: usize,
    items: Tally,
    in_groups: Tally,
    prefixes: Prefixes,
    total: Tally,
    burn_up: Vec<f64>,
    burned: Vec<Vec<f64>>,
}

#[derive(Debug, Clone)]
pub(super) enum Prefixes {
    NotAsked,
    // Items finish in the order of their rank: a prefix is finished with its last item.
    AsItems,
    Counted(Tally),
}

/// What a run has counted: items, prefixes where they are counted, groups, the total, and the burn-up behind each
/// other.
pub(super) struct Counted<'a> {
    pub(super) slots: u32,
    pub(super) items: &'a Tally,
    pub(super) prefixes: &'a Prefixes,
    pub(super) groups: &'a Tally,
    total: &'a Tally,
    pub(super) burned: &'a [Vec<f64>],
}

/// Trials by bin, or an amount a trial.
pub(super) enum Row<'a> {
    Listed(&'a [u32]),
    Finish(&'a [u32]),
    Amounts(&'a [f64]),
}

impl<'a> Counted<'a> {
    pub(super) fn rows(&self) -> usize {
        let prefixes = if let Prefixes::Counted(prefixes) = self.prefixes { prefixes.len() } else { 0 };
        self.items.len() + prefixes + self.groups.len() + self.total.len() + self.burned.len()
    }

    pub(super) fn row(&self, mut row: usize) -> Option<Row<'a>> {
        let prefixes = if let Prefixes::Counted(prefixes) = self.prefixes { Some(prefixes) } else { None };
        for tally in [self.items].into_iter().chain(prefixes) {
            if row < tally.len() {
                return tally.counts(row).map(Row::Listed);
            }
            row -= tally.len();
        }
        for tally in [self.groups, self.total] {
            if row < tally.len() {
                return tally.counts(row).map(Row::Finish);
            }
            row -= tally.len();
        }
        self.burned.get(row).map(|amounts| Row::Amounts(amounts))
    }
}

impl Run {
    /// Takes in a model; no trial is run yet.
    ///
    /// # Errors
    /// As [`Model::check`].
    pub fn new(model: &Model) -> Result<Self> {
        let order = model.order()?;
        let sizes = Sizes::new(model);
        let mut by_rank = vec![Vec::new(); model.teams.len()];
        let mut in_order = vec![Vec::new(); model.teams.len()];
        let team = |place: u32| model.items.get(place as usize).map_or(0, |item| item.team as usize);
        for place in 0..model.items.len() as u32 {
            by_rank.get_mut(team(place)).into_iter().for_each(|items: &mut Vec<u32>| items.push(place));
        }
        for &place in &order {
            in_order.get_mut(team(place)).into_iter().for_each(|items: &mut Vec<u32>| items.push(place));
        }
        let mut waits = vec![false; model.teams.len()];
        for item in &model.items {
            if item.not_before > 1 || item.needs.iter().any(|&need| team(need) != item.team as usize) {
                waits.get_mut(item.team as usize).into_iter().for_each(|waits| *waits = true);
            }
        }
        let shares = growth_shares(model);
        let mut sequences = Vec::new();
        let mut live = Vec::new();
        for (((((team, items), order), waits), share), nth) in
            model.teams.iter().zip(by_rank).zip(in_order).zip(waits).zip(shares).zip(0..)
        {
            let pace = Pace::new(team, model.seed, model.horizon);
            let places = Places::of(model, nth);
            if waits {
                live.push(LiveTeam { pace, share, places, items, order });
            } else {
                let mut sequence = Sequence::new(pace, share, order, model.horizon, places);
                sequence.measure(sizes.current());
                sequences.push(sequence);
            }
        }
        let interleaved = (!live.is_empty()).then(|| {
            let needs: Vec<&[u32]> = model.items.iter().map(|item| item.needs.as_slice()).collect();
            let not_before: Vec<u32> = model.items.iter().map(|item| item.not_before).collect();
            Interleaved::new(live, &needs, &not_before, model.horizon, model.slots)
        });
        let lattice = match (sequences.as_slice(), model.teams.as_slice()) {
            ([only], [team]) if sizes.fixed() && model.growth.is_none() && model.slots == 1 && model.burn_up == 0 => {
                Lattice::new(team, &only.reach(), model.seed, model.horizon)
            }
            _ => None,
        };
        let prefixes = match sequences.as_slice() {
            _ if !model.prefixes || !model.each => Prefixes::NotAsked,
            [only] if interleaved.is_none() && only.items().eq(0..model.items.len() as u32) => Prefixes::AsItems,
            _ => Prefixes::Counted(Tally::new(model.items.len())),
        };
        let mut groups = model.groups.clone();
        if let ([only], None) = (sequences.as_slice(), &interleaved) {
            // One line of work: a group is finished with the one of its items that stands last in it.
            let mut place = vec![0; model.items.len()];
            for (nth, item) in only.items().enumerate() {
                place.get_mut(item as usize).into_iter().for_each(|place| *place = nth);
            }
            for group in &mut groups {
                let last = group.iter().copied().max_by_key(|&item| place.get(item as usize));
                *group = last.into_iter().collect();
            }
        }
        let width = model.items.len().max(1);
        let together = (UNCOUNTED / width).clamp(1, MOST_TOGETHER);
        Ok(Self {
            trials: model.trials,
            next: 0,
            slots: model.slots,
            sizes,
            growth: model.growth.map(|growth| Growing::new(growth, model.seed, model.horizon)),
            sequences,
            interleaved,
            lattice,
            groups,
            finish: vec![NEVER; width * together],
            width,
            together,
            uncounted: 0,
            items: Tally::new(if model.each { model.items.len() } else { 0 }),
            in_groups: Tally::new(model.groups.len()),
            prefixes,
            total: Tally::new(1),
            burn_up: vec![0.0; model.burn_up.min(model.horizon) as usize],
            burned: vec![Vec::new(); model.burn_up.min(model.horizon) as usize],
        })
    }

    /// Runs at most this many trials more; returns how many are left to run.
    pub fn advance(&mut self, trials: u32) -> u32 {
        let end = self.next.saturating_add(trials).min(self.trials);
        if let Some(lattice) = &mut self.lattice {
            lattice.run(self.next..end);
            self.next = end;
        }
        while self.next < end {
            self.trial(u64::from(self.next));
            self.next += 1;
        }
        self.left()
    }

    /// The trials that have been run.
    pub fn done(&self) -> u32 {
        self.next
    }

    /// The trials that are left to run.
    pub(super) fn left(&self) -> u32 {
        self.trials - self.next
    }

    /// After the last trial: counts what was counted together.
    pub(super) fn close(&mut self) {
        self.take_from_lattice();
        self.count();
    }

    pub(super) fn counted(&self) -> Counted<'_> {
        Counted {
            slots: self.slots,
            items: &self.items,
            prefixes: &self.prefixes,
            groups: &self.in_groups,
            total: &self.total,
            burned: &self.burned,
        }
    }

    /// What the trials that were run have shown.
    pub fn finish(mut self) -> Outcome {
        self.close();
        let items = self.items.into_histograms();
        Outcome {
            trials: self.next,
            slots: self.slots,
            groups: self.in_groups.into_histograms(),
            prefixes: match self.prefixes {
                Prefixes::NotAsked => Vec::new(),
                Prefixes::AsItems => items.clone(),
                Prefixes::Counted(tally) => tally.into_histograms(),
            },
            items,
            total: self.total.into_histograms().pop().unwrap_or_default(),
            burn_up: self.burned.into_iter().map(Amounts::from_trials).collect(),
        }
    }

    fn trial(&mut self, trial: u64) {
        if !self.sizes.fixed() {
            self.sizes.draw(trial);
            self.sequences.iter_mut().for_each(|sequence| sequence.measure(self.sizes.current()));
        }
        if let Some(growth) = &mut self.growth {
            growth.begin(trial);
        }
        let burns = trial < u64::from(BURN_UP_TRIALS) && !self.burn_up.is_empty();
        let burn_up = if burns { self.burn_up.as_mut_slice() } else { &mut [] };
        burn_up.fill(0.0);
        let first = self.uncounted * self.width;
        let finish = self.finish.get_mut(first..first + self.width).unwrap_or_default();
        let mut total = 0;
        for sequence in &mut self.sequences {
            total = total.max(if burns || self.growth.is_some() {
                sequence.run_growing(trial, self.growth.as_mut(), finish, burn_up)
            } else {
                sequence.run(trial, finish)
            });
        }
        if let Some(interleaved) = &mut self.interleaved {
            let sizes = self.sizes.current();
            total = total.max(interleaved.run(trial, sizes, self.growth.as_mut(), finish, burn_up));
        }
        for (amounts, &amount) in self.burned.iter_mut().zip(&*burn_up) {
            amounts.push(amount);
        }
        self.total.add(0, total);
        self.uncounted += 1;
        if self.uncounted == self.together {
            self.count();
        }
    }

    /// Counts as if every trial had been counted item by item.
    fn take_from_lattice(&mut self) {
        let (Some(lattice), [sequence]) = (self.lattice.take(), self.sequences.as_slice()) else { return };
        let mut place = vec![0; self.width];
        for (nth, item) in sequence.items().enumerate() {
            place.get_mut(item as usize).into_iter().for_each(|place| *place = nth);
        }
        let histograms = lattice.histograms(self.next);
        // What lands with several items lands with the one that stands last in the order.
        let take = |tally: &mut Tally, row: usize, place: usize| {
            histograms.get(place).into_iter().for_each(|histogram| tally.add_all(row, histogram));
        };
        for (row, &place) in place.iter().enumerate() {
            take(&mut self.items, row, place);
        }
        for (row, group) in self.groups.iter().enumerate() {
            match group.iter().filter_map(|&item| place.get(item as usize)).max() {
                Some(&place) => take(&mut self.in_groups, row, place),
                None => self.in_groups.add_many(row, 0, self.next),
            }
        }
        if let Prefixes::Counted(tally) = &mut self.prefixes {
            let mut last = 0;
            for (row, &place) in place.iter().enumerate() {
                last = last.max(place);
                take(tally, row, last);
            }
        }
        take(&mut self.total, 0, place.len() - 1);
    }

    /// Counts the trials held.
    fn count(&mut self) {
        let trials = self.finish.chunks_exact(self.width).take(std::mem::take(&mut self.uncounted));
        self.items.add_each(|row| trials.clone().map(move |finish| finish.get(row).copied().unwrap_or(NEVER)));
        for (row, group) in self.groups.iter().enumerate() {
            for finish in trials.clone() {
                let last = group.iter().filter_map(|&item| finish.get(item as usize)).max();
                self.in_groups.add(row, last.copied().unwrap_or(0));
            }
        }
        if let Prefixes::Counted(tally) = &mut self.prefixes {
            for finish in trials {
                let mut last = 0;
                for (row, &bin) in finish.iter().enumerate() {
                    last = last.max(bin);
                    tally.add(row, last);
                }
            }
        }
    }
}

/// The part of all growth that falls to each team: by mean velocity, or evenly when nobody has any.
fn growth_shares(model: &Model) -> Vec<f64> {
    let means: Vec<f64> = model.teams.iter().map(|team| team.velocity.mean()).collect();
    let sum: f64 = means.iter().sum();
    let even = 1.0 / means.len().max(1) as f64;
    means.iter().map(|mean| if sum > 0.0 { mean / sum } else { even }).collect()
}
