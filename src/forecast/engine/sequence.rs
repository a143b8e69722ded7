//! A team that never has to wait: no item of it has a first period, and none needs another team's. The order in which
//! its items finish is then the same in every trial, and a trial only asks when the cumulated capacity reaches each.

use super::growth::Growing;
use super::pace::Pace;
use super::tally::NEVER;
use super::{Places, SLACK};

/// The items of one team in the order in which they finish.
#[derive(Debug, Clone)]
pub(super) struct Sequence {
    pace: Pace,
    // The part of all growth that falls to this team.
    share: f64,
    // In order: an item, and the work up to and with it.
    steps: Vec<(u32, f64)>,
    work: f64,
    horizon: u32,
    places: Places,
}

impl Sequence {
    pub(super) fn new(pace: Pace, share: f64, items: Vec<u32>, horizon: u32, places: Places) -> Self {
        let steps = items.into_iter().map(|item| (item, 0.0)).collect();
        Self { pace, share, steps, work: 0.0, horizon, places }
    }

    /// The items in the order in which they finish.
    pub(super) fn items(&self) -> impl Iterator<Item = u32> + '_ {
        self.steps.iter().map(|&(item, _)| item)
    }

    /// How much must be finished for each item to be, in that order.
    pub(super) fn reach(&self) -> Vec<f64> {
        self.steps.iter().map(|&(_, reach)| reach).collect()
    }

    /// Takes in the sizes of a trial.
    #[inline(always)]
    pub(super) fn measure(&mut self, sizes: &[f64]) {
        let mut work = 0.0;
        for (item, reach) in &mut self.steps {
            work += sizes.get(*item as usize).copied().unwrap_or_default();
            *reach = work * (1.0 - SLACK);
        }
        self.work = work;
    }

    /// Runs a trial without growth: writes when each item is finished, and returns when all are.
    #[inline(always)]
    pub(super) fn run(&mut self, trial: u64, finish: &mut [u32]) -> u32 {
        let mut steps = self.steps.iter();
        let Some(&(mut item, mut reach)) = steps.next() else { return 0 };
        self.pace.begin(trial);
        // Nothing changes after the first period of a team that stands still.
        let horizon = if self.pace.still() { 1 } else { self.horizon };
        let mut done = 0.0;
        let mut period = 0;
        while period < horizon {
            for &amount in self.pace.block(period).iter().take((horizon - period) as usize) {
                let before = done;
                done += amount;
                while done >= reach {
                    let bin = self.places.bin(period, reach - before, amount);
                    if let Some(finish) = finish.get_mut(item as usize) {
                        *finish = bin;
                    }
                    match steps.next() {
                        Some(&next) => (item, reach) = next,
                        None => return bin,
                    }
                }
                period += 1;
            }
        }
        for item in std::iter::once(item).chain(steps.map(|&(item, _)| item)) {
            if let Some(finish) = finish.get_mut(item as usize) {
                *finish = NEVER;
            }
        }
        NEVER
    }

    /// As [`Self::run`], with growth, and adding the amount finished by the end of each period to `burn_up`.
    pub(super) fn run_growing(
        &mut self,
        trial: u64,
        mut growth: Option<&mut Growing>,
        finish: &mut [u32],
        burn_up: &mut [f64],
    ) -> u32 {
        let mut steps = self.steps.iter().peekable();
        self.pace.begin(trial);
        let may_drop = growth.as_ref().is_some_and(|growth| growth.drops());
        let horizon = if self.pace.still() && !may_drop { 1 } else { self.horizon };
        let mut done = 0.0;
        let mut rushed = 0.0;
        let mut rush = 0.0;
        let mut rush_seen = 0.0;
        let mut total = NEVER;
        for period in 0..horizon {
            let amount = self.pace.period(period);
            let appeared = growth.as_mut().map(|growth| growth.at(period)).unwrap_or_default();
            rush += appeared.urgent * self.share;
            rush_seen += appeared.urgent * self.share;
            let first = rush.min(amount);
            rush -= first;
            rushed += first;
            let before = done;
            done += amount - first;
            let scope = self.work + appeared.at_end * self.share;
            let limit = scope * (1.0 - SLACK);
            let all = done >= limit;
            while let Some(&(item, reach)) = steps.next_if(|&&(_, reach)| all || done >= reach) {
                if let Some(finish) = finish.get_mut(item as usize) {
                    *finish = self.places.bin(period, first + reach.min(limit) - before, amount);
                }
            }
            if all && steps.peek().is_none() && rush <= rush_seen * SLACK {
                total = self.places.bin(period, first + limit - before, amount);
                done = scope.max(before).min(done);
            }
            if let Some(sum) = burn_up.get_mut(period as usize) {
                *sum += done + rushed;
            }
            if total != NEVER {
                break;
            }
        }
        let ended = if total == NEVER { horizon } else { total / self.places.slots + 1 };
        burn_up.iter_mut().skip(ended as usize).for_each(|sum| *sum += done + rushed);
        for &(item, _) in steps {
            if let Some(finish) = finish.get_mut(item as usize) {
                *finish = NEVER;
            }
        }
        total
    }
}
