//! Landfall: a planner for product owners.

mod choice;
mod error;
pub mod exchange;
pub mod forecast;
mod json;
mod needs;
pub mod plan;
mod range;
pub mod score;
pub mod session;
pub mod store;

pub use choice::{Method, VelocityModel};
pub use error::{Code, Error, Result};
pub use forecast::{backtest, forecast, how_many};
pub use range::{MAX_NUMBER, Range, Uncertain, check_number};
pub use score::rank;

#[cfg(target_arch = "wasm32")]
mod wasm;
