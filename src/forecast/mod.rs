//! Numbers in, distributions out: when work is finished, how much is finished in a given time, and how often such
//! answers held. This module knows no plan.

mod amounts;
mod answer;
mod backtest;
mod binomial;
mod draw;
pub mod engine;
mod histogram;
mod how_many;
mod request;
mod shape;
mod teams;
mod velocity;
mod when;

pub(crate) use draw::{Purpose, Stream, key};
pub(crate) use shape::{from_text, whole};

pub use amounts::Amounts;
pub use answer::{Backtest, BacktestFinish, Completion, Forecast, Held, HowMany, HowMuch, ItemCompletion, When};
pub(crate) use backtest::{PastAmounts, PastFinish, Walk};
pub use backtest::{backtest, backtest_finish};
pub use binomial::usual_count;
pub use histogram::Histogram;
pub use how_many::{how_many, how_many_amounts};
pub use request::{BacktestRequest, ByTeam, ForecastRequest, Growth, HowManyRequest, Risk, WorkItem};
pub use shape::{History, PerTeam, Work};
pub use velocity::{MAX_HISTORY, Prior, Velocity, VelocityModel};
pub use when::forecast;

use crate::error::{Code, Error, Result};

/// The chances that are told where none are asked for.
pub const DEFAULT_PERCENTILES: [f64; 4] = [0.5, 0.7, 0.85, 0.95];

/// The chances asked for, or the default ones.
///
/// # Errors
/// [`Code::InvalidNumber`] at `/percentiles/2` unless 0 < p < 1.
fn check_percentiles(percentiles: Option<&[f64]>) -> Result<Vec<f64>> {
    let percentiles = percentiles.unwrap_or(&DEFAULT_PERCENTILES);
    for (place, &p) in percentiles.iter().enumerate() {
        if !(p > 0.0 && p < 1.0) {
            return Err(Error::new(Code::InvalidNumber, format!("{p} is not a chance: give one above 0 and below 1"))
                .at(format!("/percentiles/{place}")));
        }
    }
    if percentiles.len() > 1000 {
        return Err(Error::new(Code::TooLarge, "give at most 1000 percentiles").at("/percentiles"));
    }
    Ok(percentiles.to_vec())
}
