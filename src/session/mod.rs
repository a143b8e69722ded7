//! The plan now: commands in, small views out.

mod apply;
mod command;
mod import;
mod outlook;
mod planner;
mod query;
mod sample;
mod say;
mod team_past;
mod view;

pub use command::{Change, Command, ItemPatch, read_command};
pub use import::{ImportOptions, ImportReport};
pub use planner::{Planner, UNDO_DEPTH};
pub use sample::sample;
pub use view::*;
