//! What a forecast assumes beside the history: new work, splitting, risks, the velocity model.

use serde::{Deserialize, Serialize};

use super::item::{MAX_LINE, check_text};
use crate::choice::VelocityModel;
use crate::error::{Code, Error, Result};
use crate::range::Range;

/// What a forecast assumes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Assumptions {
    /// How velocity is drawn from the history.
    #[serde(skip_serializing_if = "is_default")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub model: VelocityModel,
    /// New work that appears in each sprint, in the plan's unit; negative when scope is dropped.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub growth: Option<PlanGrowth>,
    /// What the remaining work turns out to be, as a multiple of what it looks like: `1–1.3`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub split: Option<Range>,
    /// What may go wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub risks: Vec<PlanRisk>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// New work in each sprint.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlanGrowth {
    /// The least that appears in a sprint.
    pub low: f64,
    /// The most likely amount, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub likely: Option<f64>,
    /// The most that appears in a sprint.
    pub high: f64,
    /// The share (0..1) that goes ahead of everything else.
    #[serde(default, skip_serializing_if = "is_default")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub urgent: f64,
}

impl PlanGrowth {
    /// The amount, as a range.
    pub const fn range(&self) -> Range {
        Range { low: self.low, likely: self.likely, high: self.high }
    }
}

/// Something that may go wrong and would add work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlanRisk {
    /// What may go wrong.
    pub name: String,
    /// How likely it is, 0..1.
    pub probability: f64,
    /// The work that it would add, in the plan's unit.
    pub impact: Range,
    /// The item or objective that it would hit, by id; anywhere in the remaining work when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub at: Option<String>,
}

impl Assumptions {
    /// Checks every number.
    ///
    /// # Errors
    /// With the place inside the assumptions.
    pub fn check(&self) -> Result<()> {
        let share = |value: f64, place: String| {
            if (0.0..=1.0).contains(&value) {
                return Ok(());
            }
            Err(Error::new(Code::InvalidNumber, format!("{value} is no share: give a number from 0 to 1")).at(place))
        };
        if let Some(growth) = &self.growth {
            growth.range().check(f64::NEG_INFINITY).map_err(|e| e.within("/growth"))?;
            share(growth.urgent, "/growth/urgent".to_owned())?;
        }
        if let Some(split) = &self.split {
            split.check(0.0).map_err(|e| e.within("/split"))?;
        }
        for (k, risk) in self.risks.iter().enumerate() {
            check_text(&risk.name, MAX_LINE).map_err(|e| e.at(format!("/risks/{k}/name")))?;
            share(risk.probability, format!("/risks/{k}/probability"))?;
            risk.impact.check(0.0).map_err(|e| e.within(&format!("/risks/{k}/impact")))?;
        }
        Ok(())
    }
}
