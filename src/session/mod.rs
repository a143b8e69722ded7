//! The plan now: commands in, small views out.

mod apply;
mod command;
mod view;

pub use command::{Change, Command, ItemPatch};
pub use view::*;
