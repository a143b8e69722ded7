//! The decision: what was decided, why, and instead of what.

use serde::{Deserialize, Serialize};

use super::date::CivilDate;
use super::item::{MAX_LINE, MAX_TEXT, check_text};
use crate::error::{Code, Error, Result};

/// What was decided, and why, so that it can be defended when it is forgotten.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Decision {
    /// The key: `D-12`. Unique in its plan.
    #[serde(default)]
    pub id: String,
    /// What was decided, in a line.
    pub what: String,
    /// Why.
    pub why: String,
    /// Instead of what.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub instead: String,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub date: Option<CivilDate>,
    /// The items it is about, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub items: Vec<String>,
    /// The requests it is about, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub requests: Vec<String>,
}

impl Decision {
    /// Checks what can be checked without the rest of the plan.
    ///
    /// # Errors
    /// With the place inside the decision.
    pub fn check(&self) -> Result<()> {
        for (place, text, most, words) in [
            ("/id", &self.id, MAX_LINE, "a decision needs an id that is not blank"),
            ("/what", &self.what, MAX_LINE, "a decision needs what was decided"),
            ("/why", &self.why, MAX_TEXT, "a decision needs a reason: say why"),
        ] {
            if text.trim().is_empty() {
                return Err(Error::new(Code::InvalidRequest, words).at(place));
            }
            check_text(text, most).map_err(|e| e.at(place))?;
        }
        check_text(&self.instead, MAX_TEXT).map_err(|e| e.at("/instead"))
    }
}
