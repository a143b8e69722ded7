//! What the forecasting functions answer, in the shape of the JavaScript API.

use serde::{Deserialize, Serialize};

/// When everything is finished, and every item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Forecast {
    /// All work, with what growth adds to it.
    pub total: Completion,
    /// Each item, in the order of the request; none when `work` was an amount.
    pub items: Vec<ItemCompletion>,
}

/// When something is finished.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Completion {
    /// For each chance asked for, the smallest period by whose end at least that share of the trials was done.
    pub percentiles: Vec<When>,
    /// `within[k - 1]`: the share of trials done by the end of period `k`. Ends where all are done (read 1 beyond),
    /// else at the horizon.
    pub within: Vec<f64>,
}

/// When one item is finished.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ItemCompletion {
    /// The item.
    pub id: String,
    /// When it is finished.
    #[serde(flatten)]
    pub completion: Completion,
}

/// A period and its chance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct When {
    /// The chance.
    pub p: f64,
    /// The period, from 1; none (null) when it is not within the horizon.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | null"))]
    pub period: Option<u32>,
    /// The last day of that period; absent unless days and start were given, none (null) when there is no period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "string | null"))]
    pub date: Option<Option<String>>,
}

/// How much is finished in a number of periods.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct HowMany {
    /// For each chance asked for, the largest amount reached with at least that probability.
    pub percentiles: Vec<HowMuch>,
    /// The mean amount.
    pub mean: f64,
}

/// An amount and its chance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct HowMuch {
    /// The chance.
    pub p: f64,
    /// The amount.
    pub amount: f64,
}

/// How often forecasts held on a history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Backtest {
    /// The forecasts made.
    pub forecasts: u32,
    /// For each chance asked for, how often what came was at least what was forecast with it.
    pub coverage: Vec<Held>,
    /// The mean continuous ranked probability score, in units of work; 0 is best.
    pub crps: f64,
}

/// How often forecasts of a finish held on a history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct BacktestFinish {
    /// The forecasts made.
    pub forecasts: u32,
    /// For each chance asked for, how often the work was finished by the time that was forecast with it.
    pub coverage: Vec<Held>,
}

/// How often a chance held.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Held {
    /// The chance.
    pub p: f64,
    /// The number of forecasts that held.
    pub held: u32,
}
