//! The engine: a [`Model`] in numbers and positions becomes an [`Outcome`] of distributions.
//!
//! It knows neither ids nor dates. What turns names into positions, and bins of histograms into dates, stands above.
//!
//! ```
//! use landfall::forecast::engine::{Model, Run, Size, Task, Team, key};
//! use landfall::forecast::{Velocity, VelocityModel};
//!
//! let team = Team {
//!     key: key("us"),
//!     velocity: Velocity::History { past: [4.0, 7.0, 5.0].into(), model: VelocityModel::Bootstrap },
//!     capacity: Vec::new(),
//! };
//! let item = |id, size| Task { key: key(id), size: Size::Exact(size), needs: vec![], not_before: 1, team: 0 };
//! let model = Model { teams: vec![team], items: vec![item("a", 8.0), item("b", 3.0)], ..Model::default() };
//!
//! let mut run = Run::new(&model)?;
//! while run.advance(1000) > 0 {} // in slices, so that a page can show progress or stop
//! let outcome = run.finish();
//! assert_eq!(outcome.items[0].percentile(0.85), Some(2));
//! assert!(outcome.total.percentile(0.85) >= outcome.items[0].percentile(0.85));
//! # Ok::<(), landfall::Error>(())
//! ```

mod growth;
mod interleaved;
mod lattice;
mod model;
mod pace;
mod ready;
mod run;
mod sequence;
mod sizes;
mod tally;
mod wire;

use std::sync::Arc;

pub use model::{
    DEFAULT_HORIZON, DEFAULT_TRIALS, Growth, MAX_HORIZON, MAX_ITEMS, MAX_SLOTS, MAX_TEAMS, MAX_TRIALS, Model, Risk,
    RiskOn, Size, Split, Task, Team, key,
};
pub(crate) use model::{check_capacity, check_count, check_share};
pub use run::{Outcome, Run, simulate};
pub use wire::{AmountPercentiles, ModelKey, PackedOutcome, Percentiles, Trials};

/// How much of its size may be missing when an item counts as done: ten times 0.1 is 1.
const SLACK: f64 = 1e-9;

/// Where inside its period something is finished: the places of every period.
#[derive(Debug, Clone)]
struct Places {
    // Places that bins are counted in, of every period.
    slots: u32,
    // Places that a period really has, where that is fewer.
    of: Arc<[u32]>,
    // Whether everything comes out in the last place.
    at_end: bool,
}

impl Places {
    fn of(model: &Model, team: u32) -> Self {
        Self { slots: model.slots, of: model.places.as_slice().into(), at_end: model.at_period_end.contains(&team) }
    }

    /// The bin of something finished in a period, counted from 0, when `used` of the capacity `amount` had been used.
    #[inline(always)]
    fn bin(&self, period: u32, used: f64, amount: f64) -> u32 {
        if self.slots == 1 {
            return period;
        }
        if self.at_end {
            return period * self.slots + self.slots - 1;
        }
        let places = self.of.get(period as usize).copied().unwrap_or(self.slots);
        let share = if amount > 0.0 { used / amount } else { 0.0 };
        // A finish at the end of a slot belongs to it, rounding or not.
        let place = (share * f64::from(places) - 1e-6).ceil();
        period * self.slots + (place as u32).max(1).min(places) - 1
    }
}

/// The slot, from 1, in which an amount was finished by periods that are over; none where they did not finish it.
pub(crate) fn finished_in(finished: &[f64], amount: f64, slots: u32) -> Option<u32> {
    let places = Places { slots, of: Arc::new([]), at_end: false };
    let mut rest = amount;
    for (period, &done) in (0_u32..).zip(finished) {
        if done >= rest - amount * SLACK {
            return Some(places.bin(period, rest.min(done), done) + 1);
        }
        rest -= done;
    }
    None
}
