//! Landfall: a planner for product owners.

mod error;
pub mod exchange;
mod json;
pub mod plan;
mod range;

pub use error::{Code, Error, Result};
pub use range::{MAX_NUMBER, Range, Uncertain, check_number};

#[cfg(target_arch = "wasm32")]
mod wasm;
