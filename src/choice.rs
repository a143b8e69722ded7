//! Choices that plans hold and requests name, by the same words: the velocity model and the scoring method.

use serde::{Deserialize, Serialize};

/// Which velocity model turns a history into future periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
pub enum VelocityModel {
    /// A level that drifts as far as the history shows, and periods that scatter around it: its 85 % is meant to hold in
    /// 85 % of cases.
    #[default]
    Calibrated,
    /// Past periods drawn with replacement, all equally likely, as if the future were as steady as the past looked.
    Bootstrap,
}

/// The method by which items are scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Reach × impact × confidence / effort.
    #[default]
    Rice,
    /// Impact × confidence × ease.
    Ice,
    /// Cost of delay / job size.
    Wsjf,
    /// Value / effort.
    ValueEffort,
    /// Σ weight × criterion.
    Weighted,
}

impl Method {
    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rice => "RICE",
            Self::Ice => "ICE",
            Self::Wsjf => "WSJF",
            Self::ValueEffort => "value / effort",
            Self::Weighted => "weighted score",
        }
    }
}
