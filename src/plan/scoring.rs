//! How a plan's items are scored.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::choice::Method;
use crate::error::Result;
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
}

impl Scoring {
    /// Checks every weight.
    ///
    /// # Errors
    /// With the place inside the scoring.
    pub fn check(&self) -> Result<()> {
        for (name, weight) in &self.weights {
            check_number(*weight, f64::NEG_INFINITY).map_err(|e| e.at(format!("/weights/{}", super::pointer(name))))?;
        }
        Ok(())
    }
}
