//! The objective: an outcome that items serve.

use serde::{Deserialize, Serialize};

use super::date::CivilDate;
use super::item::{MAX_LINE, check_text};
use crate::error::{Code, Error, Result};
use crate::range::{Uncertain, check_number};

/// An outcome, not an output: a metric, where it should be, and by when.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Objective {
    /// The key by which items name it. Unique in its plan.
    pub id: String,
    /// What it is, in a few words: "Leads +20 %".
    pub name: String,
    /// What is measured: "leads a month".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub metric: Option<String>,
    /// Where the metric should be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub target: Option<f64>,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub due: Option<CivilDate>,
    /// What reaching it is worth, in money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub worth: Option<Uncertain>,
    /// What the metric showed, and when, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub readings: Vec<Reading>,
}

/// A metric's value on a day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Reading {
    /// The day.
    pub date: CivilDate,
    /// The value.
    pub value: f64,
}

impl Objective {
    /// Checks the objective's texts and numbers.
    ///
    /// # Errors
    /// With the place inside the objective.
    pub fn check(&self) -> Result<()> {
        if self.id.trim().is_empty() {
            return Err(Error::new(Code::InvalidRequest, "an objective needs an id that is not blank").at("/id"));
        }
        check_text(&self.id, MAX_LINE).map_err(|e| e.at("/id"))?;
        check_text(&self.name, MAX_LINE).map_err(|e| e.at("/name"))?;
        if let Some(target) = self.target {
            check_number(target, f64::NEG_INFINITY).map_err(|e| e.at("/target"))?;
        }
        if let Some(worth) = &self.worth {
            worth.check(0.0).map_err(|e| e.within("/worth"))?;
        }
        for (k, reading) in self.readings.iter().enumerate() {
            check_number(reading.value, f64::NEG_INFINITY).map_err(|e| e.at(format!("/readings/{k}/value")))?;
        }
        Ok(())
    }
}
