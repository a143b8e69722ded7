//! Landfall: what comes next in a backlog, when it will land, and what it would take.
//!
//! The crate is the core of a planner that runs in any page. It can be used alone, in three depths:
//!
//! - [`forecast()`], [`how_many`], [`backtest`], [`rank`]: numbers in, distributions and scores out;
//!   [`story::check_story`], [`story::read_stories`]: texts in, findings and stories out.
//! - [`session::Planner`]: a whole plan, changed by [`session::Command`]s, with undo, imports, and the views that the page
//!   shows.
//! - [`forecast::engine`], [`score::Scorer`], [`exchange::read`], [`store::Store`]: the parts behind them.
//!
//! ```
//! use landfall::forecast::{ForecastRequest, forecast};
//!
//! // Six sprints finished this much, and 120 points remain.
//! let answer = forecast(&ForecastRequest::new(vec![14.0, 17.0, 11.0, 19.0, 16.0, 22.0], 120.0))?;
//! let [half, _, sure, _] = answer.total.percentiles.as_slice() else { panic!("50, 70, 85 and 95 % by default") };
//! assert!(half.period <= sure.period);
//! # Ok::<(), landfall::Error>(())
//! ```
//!
//! Nothing here does I/O, reads a clock or panics, and the same input gives the same bits on every platform. Every
//! [`Error`] has a stable [`Code`], the place, and a sentence that says what would do.

mod choice;
mod error;
pub mod exchange;
pub mod forecast;
mod json;
mod needs;
mod pace;
pub mod plan;
mod range;
pub mod score;
pub mod session;
mod sort;
pub mod store;
pub mod story;

pub use choice::{Method, VelocityModel};
pub use error::{Code, Error, Result};
pub use forecast::{backtest, forecast, how_many};
pub use range::{MAX_NUMBER, Range, Uncertain, check_number};
pub use score::rank;

#[cfg(target_arch = "wasm32")]
mod wasm;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
