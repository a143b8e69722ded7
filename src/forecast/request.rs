//! What the forecasting functions are asked, in the shape of the JavaScript API.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::shape::{History, PerTeam, Work, from_text, whole};
use super::velocity::VelocityModel;
use crate::error::{Error, Result};
use crate::range::Range;

/// What [`forecast`](fn@super::forecast) is asked. Periods are counted from 1; all amounts are in one unit of work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ForecastRequest {
    /// Finished work per period, oldest first, or a guess; per team when a record: then every item names its team
    /// and `work` is a list.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "History | Record<string, History>"))]
    pub history: PerTeam<History>,
    /// What remains, in order.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | WorkItem[]"))]
    pub work: Work,
    /// How the history speaks of the future.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub model: Option<VelocityModel>,
    /// Simulated futures, at most 1,000,000; 10,000 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "whole")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub trials: Option<u32>,
    /// The same seed gives the same answer, to the bit; 1 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "whole")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub seed: Option<u64>,
    /// Periods after which a trial gives up, at most 10,000; 520 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "whole")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub horizon: Option<u32>,
    /// The chances to tell periods for, each between 0 and 1; 0.5, 0.7, 0.85 and 0.95 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub percentiles: Option<Vec<f64>>,
    /// Work that appears in each period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "Range & { urgent?: number }"))]
    pub growth: Option<Growth>,
    /// A multiplier on all work, drawn once a trial: stories turn out to be two stories.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub split: Option<Range>,
    /// What may add work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub risks: Option<Vec<Risk>>,
    /// Factor of each future period, 1 being as in the history; beyond its end, 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "number[] | Record<string, number[]>"))]
    pub capacity: Option<PerTeam<Vec<f64>>>,
    /// Days of a period; with `start`, answers carry dates.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "whole")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub period_days: Option<u32>,
    /// The first day of period 1, as `2026-11-23`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub start: Option<String>,
}

/// A piece of work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WorkItem {
    /// Its name, unique in the list.
    pub id: String,
    /// How much work it is.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "number | Range"))]
    pub size: crate::range::Uncertain,
    /// The ids of what must be finished before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub needs: Option<Vec<String>>,
    /// The first period in which work may begin.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "whole")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub not_before: Option<u32>,
    /// Who does it, where the history is per team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub team: Option<String>,
}

impl WorkItem {
    /// An item that needs nothing.
    pub fn new(id: impl Into<String>, size: impl Into<crate::range::Uncertain>) -> Self {
        Self { id: id.into(), size: size.into(), needs: None, not_before: None, team: None }
    }
}

/// Something that may add work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(deny_unknown_fields)]
pub struct Risk {
    /// How likely it is, 0..=1.
    pub probability: f64,
    /// How much work it adds.
    pub impact: Range,
    /// The id of the item it adds it to; without one, to the item in which a point of the remaining work, drawn
    /// uniformly, falls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub item: Option<String>,
}

/// Work that appears in each period: a range, negative when scope is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Growth {
    /// The least that appears in a period.
    pub low: f64,
    /// What usually appears.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likely: Option<f64>,
    /// The most that appears in a period.
    pub high: f64,
    /// The share that goes ahead of everything, 0..=1; the rest joins the end of the order. 0 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgent: Option<f64>,
}

impl ForecastRequest {
    /// A request in which everything else has its default.
    pub fn new(history: impl Into<PerTeam<History>>, work: impl Into<Work>) -> Self {
        Self {
            history: history.into(),
            work: work.into(),
            model: None,
            trials: None,
            seed: None,
            horizon: None,
            percentiles: None,
            growth: None,
            split: None,
            risks: None,
            capacity: None,
            period_days: None,
            start: None,
        }
    }
}

/// What [`how_many`](super::how_many) is asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HowManyRequest {
    /// Finished work per period, oldest first, or a guess; of several teams when a record.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "History | Record<string, History>"))]
    pub history: PerTeam<History>,
    /// Future periods, at most 10,000.
    #[serde(deserialize_with = "super::shape::count")]
    pub periods: u32,
    /// How the history speaks of the future.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub model: Option<VelocityModel>,
    /// Simulated futures, at most 1,000,000; 10,000 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "whole")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub trials: Option<u32>,
    /// The same seed gives the same answer, to the bit; 1 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "whole")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub seed: Option<u64>,
    /// The chances to tell amounts for, each between 0 and 1; 0.5, 0.7, 0.85 and 0.95 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub percentiles: Option<Vec<f64>>,
    /// Factor of each future period, 1 being as in the history; beyond its end, 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "number[] | Record<string, number[]>"))]
    pub capacity: Option<PerTeam<Vec<f64>>>,
}

impl HowManyRequest {
    /// A request in which everything else has its default.
    pub fn new(history: impl Into<PerTeam<History>>, periods: u32) -> Self {
        Self {
            history: history.into(),
            periods,
            model: None,
            trials: None,
            seed: None,
            percentiles: None,
            capacity: None,
        }
    }
}

/// What [`backtest`](fn@super::backtest) is asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BacktestRequest {
    /// Finished work per period, oldest first.
    pub history: Vec<f64>,
    /// Past periods that each forecast sees.
    #[serde(deserialize_with = "super::shape::count")]
    pub window: u32,
    /// Future periods that each forecast is about.
    #[serde(deserialize_with = "super::shape::count")]
    pub periods: u32,
    /// How the history speaks of the future.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub model: Option<VelocityModel>,
    /// Simulated futures of each forecast, at most 1,000,000; 10,000 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "whole")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub trials: Option<u32>,
    /// The same seed gives the same answer, to the bit; 1 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "whole")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub seed: Option<u64>,
    /// The chances to check, each between 0 and 1; 0.5, 0.7, 0.85 and 0.95 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub percentiles: Option<Vec<f64>>,
}

impl BacktestRequest {
    /// A request in which everything else has its default.
    pub fn new(history: impl Into<Vec<f64>>, window: u32, periods: u32) -> Self {
        Self { history: history.into(), window, periods, model: None, trials: None, seed: None, percentiles: None }
    }
}

/// By team name, in the order of the names.
pub type ByTeam<T> = BTreeMap<String, T>;

/// From JSON, as the JavaScript API takes it. Errors: `not-json`, and `invalid-request` with a JSON pointer.
///
/// ```
/// use landfall::forecast::{ForecastRequest, forecast};
/// let request: ForecastRequest = r#"{ "history": [3, 0, 5], "work": [{ "id": "LF-1", "size": 8 }] }"#.parse()?;
/// assert_eq!(forecast(&request)?.items[0].id, "LF-1");
/// let error = r#"{ "history": [3, "x"], "work": 8 }"#.parse::<ForecastRequest>().unwrap_err();
/// assert_eq!(error.path(), Some("/history/1"));
/// # Ok::<(), landfall::Error>(())
/// ```
impl FromStr for ForecastRequest {
    type Err = Error;
    fn from_str(json: &str) -> Result<Self> {
        from_text(json)
    }
}

/// From JSON, as the JavaScript API takes it. Errors as for [`ForecastRequest`].
impl FromStr for HowManyRequest {
    type Err = Error;
    fn from_str(json: &str) -> Result<Self> {
        from_text(json)
    }
}

/// From JSON, as the JavaScript API takes it. Errors as for [`ForecastRequest`].
impl FromStr for BacktestRequest {
    type Err = Error;
    fn from_str(json: &str) -> Result<Self> {
        from_text(json)
    }
}
