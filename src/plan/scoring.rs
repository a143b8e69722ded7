//! How a plan's items are scored.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::item::{MAX_LINE, check_text};
use crate::choice::Method;
use crate::error::{Code, Error, Result};
use crate::range::check_number;

/// The method chosen for a plan, and the weights of the criteria where it has any.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Scoring {
    /// The method.
    pub method: Method,
    /// The weights of the team's own criteria, by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "Record<string, number>"))]
    pub weights: BTreeMap<String, f64>,
    /// Another method whose scores are shown beside.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub beside: Option<Method>,
    /// The team's own scales, by input: they take the place of the published ones.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "Record<string, Step[]>"))]
    pub scales: BTreeMap<String, Vec<Step>>,
}

/// A value that a scale offers. Any other value may be given all the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Step {
    /// The value.
    pub value: f64,
    /// What it stands for: "massive".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub label: String,
}

/// The most criteria, scales, and steps of a scale.
const MAX_STEPS: usize = 100;

impl Scoring {
    /// Checks every weight and scale.
    ///
    /// # Errors
    /// With the place inside the scoring.
    pub fn check(&self) -> Result<()> {
        for (name, weight) in &self.weights {
            let place = || format!("/weights/{}", super::pointer(name));
            if name.trim().is_empty() {
                return Err(Error::new(Code::InvalidRequest, "a criterion needs a name that is not blank").at(place()));
            }
            check_text(name, MAX_LINE).map_err(|e| e.at(place()))?;
            check_number(*weight, f64::NEG_INFINITY).map_err(|e| e.at(place()))?;
        }
        for (name, steps) in &self.scales {
            for (k, step) in steps.iter().enumerate() {
                let place = |field: &str| format!("/scales/{}/{k}/{field}", super::pointer(name));
                check_number(step.value, f64::NEG_INFINITY).map_err(|e| e.at(place("value")))?;
                check_text(&step.label, MAX_LINE).map_err(|e| e.at(place("label")))?;
            }
        }
        let most = self.scales.values().map(Vec::len).chain([self.weights.len(), self.scales.len()]).max();
        if most > Some(MAX_STEPS) {
            let message = format!("more than {MAX_STEPS} criteria, scales or steps of a scale: give fewer");
            return Err(Error::new(Code::TooLarge, message));
        }
        Ok(())
    }
}
