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

pub use model::{
    DEFAULT_HORIZON, DEFAULT_TRIALS, Growth, MAX_HORIZON, MAX_ITEMS, MAX_SLOTS, MAX_TEAMS, MAX_TRIALS, Model, Risk,
    RiskOn, Size, Split, Task, Team, key,
};
pub(crate) use model::{check_capacity, check_count, check_share};
pub use run::{Outcome, Run, simulate};
pub use wire::{AmountPercentiles, ModelKey, PackedOutcome, Percentiles, Trials};

/// How much of its size may be missing when an item counts as done: ten times 0.1 is 1.
const SLACK: f64 = 1e-9;

/// The bin of something finished in a period, counted from 0, when `used` of the capacity `amount` had been used.
#[inline(always)]
fn slot(period: u32, used: f64, amount: f64, slots: u32) -> u32 {
    if slots == 1 {
        return period;
    }
    let share = if amount > 0.0 { used / amount } else { 0.0 };
    // A finish at the end of a slot belongs to it, rounding or not.
    let place = (share * f64::from(slots) - 1e-6).ceil();
    period * slots + (place as u32).clamp(1, slots) - 1
}

/// The slot, from 1, in which an amount was finished by periods that are over; none where they did not finish it.
pub(crate) fn finished_in(finished: &[f64], amount: f64, slots: u32) -> Option<u32> {
    let mut rest = amount;
    for (period, &done) in (0_u32..).zip(finished) {
        if done >= rest - amount * SLACK {
            return Some(slot(period, rest.min(done), done, slots) + 1);
        }
        rest -= done;
    }
    None
}
