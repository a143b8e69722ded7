//! The plan now: commands in, small views out.

mod apply;
mod backtest;
mod command;
mod effects;
mod import;
mod kept;
mod outlook;
mod planner;
mod query;
mod sample;
mod say;
mod takes;
mod team_past;
mod view;

pub use backtest::*;
pub use command::{Change, Command, ItemPatch, read_command};
pub use effects::*;
pub use import::{ImportOptions, ImportReport};
pub use kept::{Attempt, Missing, Simulation};
pub use planner::{Planner, UNDO_DEPTH};
pub use sample::sample;
pub use takes::*;
pub use view::*;
