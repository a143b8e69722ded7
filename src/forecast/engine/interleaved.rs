//! Teams that may have to wait, for each other or for a date: period by period, the highest ranked item that is ready
//! takes the capacity; what is unfinished goes on in the next period unless something ranked higher has become ready.

// Positions were checked when the model was taken in: items < items.len(), homes < teams.len().
#![allow(clippy::indexing_slicing)]

use super::growth::{Appeared, Growing};
use super::pace::Pace;
use super::ready::Ready;
use super::tally::NEVER;
use super::{Places, SLACK};

const NONE: u32 = u32::MAX;

/// The teams that may have to wait.
#[derive(Debug, Clone)]
pub(super) struct Interleaved {
    teams: Box<[Live]>,
    horizon: u32,
    slots: u32,
    // By item: its team here, or NONE, and its place among the items of that team.
    home: Box<[u32]>,
    place: Box<[u32]>,
    // The items here that need an item stand together; by item, and once more at the end: where they begin.
    dependents: Box<[u32]>,
    dependents_from: Box<[u32]>,
    // Items of other teams that items here need.
    outside: Box<[u32]>,
    needs: Box<[u32]>,
    not_before: Box<[u32]>,
    // What follows is of one trial.
    waiting: Box<[u32]>,
    from: Box<[u32]>,
    rest: Box<[f64]>,
    // Scope dropped from an item, where scope can be dropped at all.
    cut: Box<[f64]>,
    ready: Box<[bool]>,
    // Items that become ready in a later period, as linked lists by period.
    later: Box<[u32]>,
    after: Box<[u32]>,
}

#[derive(Debug, Clone)]
struct Live {
    pace: Pace,
    share: f64,
    places: Places,
    // By rank, and in an order in which nothing stands before what it needs.
    items: Box<[u32]>,
    order: Box<[u32]>,
    ready: Ready,
    left: u32,
    // Unfinished items that are not dropped, counted where scope can be dropped.
    open: u32,
    rush: f64,
    rush_seen: f64,
    // Work done on growth at the end of the order, and scope of items that growth below zero has taken away.
    grown: f64,
    dropped: f64,
    done: f64,
    total: u32,
}

/// A team as the engine hands it over: how fast, its part of growth, where in a period its work comes out, its items by
/// rank and in an order that its needs allow.
pub(super) struct LiveTeam {
    pub(super) pace: Pace,
    pub(super) share: f64,
    pub(super) places: Places,
    pub(super) items: Vec<u32>,
    pub(super) order: Vec<u32>,
}

impl Interleaved {
    /// `needs` and `not_before` are by item, of all teams.
    pub(super) fn new(teams: Vec<LiveTeam>, needs: &[&[u32]], not_before: &[u32], horizon: u32, slots: u32) -> Self {
        let items = needs.len();
        let mut home = vec![NONE; items];
        let mut place = vec![0; items];
        for (team, live) in (0..).zip(&teams) {
            for (nth, &item) in (0..).zip(&live.items) {
                home[item as usize] = team;
                place[item as usize] = nth;
            }
        }
        let mut dependents = vec![Vec::new(); items];
        for (item, needs) in (0..).zip(needs).filter(|&(item, _): &(u32, _)| home[item as usize] != NONE) {
            needs.iter().for_each(|&need| dependents[need as usize].push(item));
        }
        let outside = (0..items as u32)
            .filter(|&item| home[item as usize] == NONE && !dependents[item as usize].is_empty())
            .collect();
        let mut end = 0;
        let ends = dependents.iter().map(|dependents| {
            end += dependents.len() as u32;
            end
        });
        let dependents_from = std::iter::once(0).chain(ends).collect();
        Self {
            teams: teams
                .into_iter()
                .map(|team| Live {
                    pace: team.pace,
                    share: team.share,
                    places: team.places,
                    ready: Ready::new(team.items.len()),
                    items: team.items.into(),
                    order: team.order.into(),
                    left: 0,
                    open: 0,
                    rush: 0.0,
                    rush_seen: 0.0,
                    grown: 0.0,
                    dropped: 0.0,
                    done: 0.0,
                    total: NEVER,
                })
                .collect(),
            horizon,
            slots,
            home: home.into(),
            place: place.into(),
            dependents: dependents.concat().into(),
            dependents_from,
            outside,
            needs: needs.iter().map(|needs| needs.len() as u32).collect(),
            not_before: not_before.into(),
            waiting: vec![0; items].into(),
            from: vec![0; items].into(),
            rest: vec![0.0; items].into(),
            cut: vec![0.0; items].into(),
            ready: vec![false; items].into(),
            later: vec![NONE; horizon as usize + 1].into(),
            after: vec![NONE; items].into(),
        }
    }

    /// Runs a trial, after those of the teams that never wait; returns when all is finished.
    pub(super) fn run(
        &mut self,
        trial: u64,
        sizes: &[f64],
        mut growth: Option<&mut Growing>,
        finish: &mut [u32],
        burn_up: &mut [f64],
    ) -> u32 {
        self.begin(trial, sizes, finish);
        let drops = growth.as_ref().is_some_and(|growth| growth.drops());
        let mut open = true;
        let mut period = 0;
        while open && period < self.horizon {
            let appeared = growth.as_mut().map(|growth| growth.at(period)).unwrap_or_default();
            self.release(period);
            open = false;
            for team in 0..self.teams.len() {
                if self.teams[team].total == NEVER {
                    self.work(team, period, sizes, appeared, drops, finish);
                    open |= self.teams[team].total == NEVER;
                }
            }
            if let Some(sum) = burn_up.get_mut(period as usize) {
                *sum += self.teams.iter().map(|team| team.done).sum::<f64>();
            }
            period += 1;
        }
        let done: f64 = self.teams.iter().map(|team| team.done).sum();
        burn_up.iter_mut().skip(period as usize).for_each(|sum| *sum += done);
        self.teams.iter().map(|team| team.total).max().unwrap_or(0)
    }

    fn begin(&mut self, trial: u64, sizes: &[f64], finish: &mut [u32]) {
        self.waiting.copy_from_slice(&self.needs);
        self.from.copy_from_slice(&self.not_before);
        self.rest.copy_from_slice(sizes);
        self.cut.fill(0.0);
        self.ready.fill(false);
        self.later.fill(NONE);
        for place in 0..self.outside.len() {
            let item = self.outside[place] as usize;
            if finish[item] == NEVER {
                continue;
            }
            let next = finish[item] / self.slots + 2;
            for nth in self.dependents_of(item) {
                let dependent = self.dependents[nth] as usize;
                self.waiting[dependent] -= 1;
                self.from[dependent] = self.from[dependent].max(next);
            }
        }
        for team in 0..self.teams.len() {
            let live = &mut self.teams[team];
            live.pace.begin(trial);
            live.ready.clear();
            live.left = live.items.len() as u32;
            (live.rush, live.rush_seen, live.grown, live.dropped, live.done) = (0.0, 0.0, 0.0, 0.0, 0.0);
            live.total = NEVER;
            for nth in 0..live.items.len() {
                let item = self.teams[team].items[nth];
                finish[item as usize] = NEVER;
                if self.waiting[item as usize] == 0 {
                    self.free(item, 0);
                }
            }
        }
    }

    /// An item whose needs are met: it is ready at once, or in the first period in which it may be.
    #[inline(always)]
    fn free(&mut self, item: u32, period: u32) {
        let from = self.from[item as usize];
        if from <= period + 1 {
            self.ready[item as usize] = true;
            if self.cut[item as usize] <= 0.0 || self.cut[item as usize] < self.rest[item as usize] {
                self.teams[self.home[item as usize] as usize].ready.insert(self.place[item as usize]);
            }
        } else if from <= self.horizon {
            self.after[item as usize] = self.later[from as usize];
            self.later[from as usize] = item;
        }
    }

    #[inline(always)]
    fn release(&mut self, period: u32) {
        let mut item = self.later[period as usize + 1];
        while item != NONE {
            let next = self.after[item as usize];
            self.free(item, period);
            item = next;
        }
    }

    #[inline(always)]
    fn work(&mut self, team: usize, period: u32, sizes: &[f64], appeared: Appeared, drops: bool, finish: &mut [u32]) {
        let live = &mut self.teams[team];
        let amount = live.pace.period(period);
        live.rush += appeared.urgent * live.share;
        live.rush_seen += appeared.urgent * live.share;
        let rushed = live.rush.min(amount);
        live.rush -= rushed;
        let mut left = amount - rushed;
        // Growth not yet worked off, or, below zero, scope yet to be dropped.
        let at_end = appeared.at_end * live.share - live.grown + live.dropped;
        if drops {
            self.drop_scope(team, (-at_end).max(0.0), finish);
            self.drop_all(team, period, self.teams[team].places.bin(period, amount - left, amount), finish);
        }
        while let Some(place) = self.teams[team].ready.first() {
            let item = self.teams[team].items[place as usize];
            let rest = self.rest[item as usize] - self.cut[item as usize];
            if left < rest - sizes[item as usize] * SLACK {
                self.rest[item as usize] -= left;
                left = 0.0;
                break;
            }
            left = (left - rest).max(0.0);
            self.land(item, period, self.teams[team].places.bin(period, amount - left, amount), finish);
            if drops {
                self.drop_all(team, period, self.teams[team].places.bin(period, amount - left, amount), finish);
            }
        }
        let live = &mut self.teams[team];
        let growth = left.min(at_end.max(0.0));
        live.grown += growth;
        left -= growth;
        live.done += amount - left;
        let none_left = live.left == 0
            && at_end - growth <= appeared.at_end.abs() * live.share * SLACK
            && live.rush <= live.rush_seen * SLACK;
        if none_left {
            live.total = live.places.bin(period, amount - left, amount);
        }
    }

    #[inline(always)]
    fn land(&mut self, item: u32, period: u32, bin: u32, finish: &mut [u32]) {
        let home = self.home[item as usize];
        let gone = self.gone(item as usize);
        let live = &mut self.teams[home as usize];
        live.open -= u32::from(!gone && live.open > 0);
        live.ready.remove(self.place[item as usize]);
        live.left -= 1;
        live.dropped += self.cut[item as usize];
        finish[item as usize] = bin;
        for nth in self.dependents_of(item as usize) {
            let dependent = self.dependents[nth];
            self.waiting[dependent as usize] -= 1;
            if self.home[dependent as usize] != home {
                // Another team hears of it when the period is over: its first period is the next, counted from 1.
                self.from[dependent as usize] = self.from[dependent as usize].max(period + 2);
            }
            if self.waiting[dependent as usize] == 0 && finish[dependent as usize] == NEVER {
                self.free(dependent, period);
            }
        }
    }

    /// Takes scope from the end of a team's order. What loses all of it is not worked on any more.
    fn drop_scope(&mut self, team: usize, mut scope: f64, finish: &[u32]) {
        self.teams[team].open = 0;
        for nth in (0..self.teams[team].order.len()).rev() {
            let item = self.teams[team].order[nth] as usize;
            if finish[item] != NEVER {
                continue;
            }
            let cut = scope.min(self.rest[item]);
            scope -= cut;
            self.cut[item] = cut;
            if self.gone(item) {
                self.teams[team].ready.remove(self.place[item]);
                continue;
            }
            self.teams[team].open += 1;
            if self.ready[item] {
                self.teams[team].ready.insert(self.place[item]);
            }
        }
    }

    /// What was dropped lands with the last of what was not.
    fn drop_all(&mut self, team: usize, period: u32, bin: u32, finish: &mut [u32]) {
        if self.teams[team].left == 0 || self.teams[team].open > 0 {
            return;
        }
        for nth in 0..self.teams[team].order.len() {
            let item = self.teams[team].order[nth];
            if finish[item as usize] == NEVER {
                self.land(item, period, bin, finish);
            }
        }
    }

    #[inline(always)]
    fn dependents_of(&self, item: usize) -> std::ops::Range<usize> {
        self.dependents_from[item] as usize..self.dependents_from[item + 1] as usize
    }

    #[inline(always)]
    fn gone(&self, item: usize) -> bool {
        self.cut[item] > 0.0 && self.cut[item] >= self.rest[item]
    }
}
