//! The scenario: a name, and commands on top of the plan.

use serde::{Deserialize, Serialize};

use super::item::{MAX_LINE, check_text};
use crate::error::{Code, Error, Result};

/// The most scenarios of a plan.
pub(crate) const MAX_SCENARIOS: usize = 50;
/// The most commands of a scenario.
pub(crate) const MAX_ASSUMED: usize = 500;

/// What would be, if: commands that are assumed on top of the plan, and never part of it until somebody takes them over.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Scenario {
    /// What it is called, as a line in a table: "Acme first". Unique in its plan.
    pub name: String,
    /// What is assumed, in order. This floor knows no commands: it keeps them as data.
    #[serde(default)]
    #[cfg_attr(target_arch = "wasm32", tsify(type = "Command[]"))]
    pub commands: Vec<serde_json::Value>,
    /// A mark of the plan as it was when the last of them was assumed, by which a change underneath is noticed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub on: String,
}

impl Scenario {
    /// Checks what can be checked without the rest of the plan.
    ///
    /// # Errors
    /// With the place inside the scenario.
    pub fn check(&self) -> Result<()> {
        if self.name.trim().is_empty() {
            return Err(Error::new(Code::InvalidRequest, "a scenario needs a name").at("/name"));
        }
        check_text(&self.name, MAX_LINE).map_err(|e| e.at("/name"))?;
        check_text(&self.on, MAX_LINE).map_err(|e| e.at("/on"))?;
        if self.commands.len() > MAX_ASSUMED {
            let message = format!("a scenario holds up to {MAX_ASSUMED} commands: take it over, or begin another");
            return Err(Error::new(Code::TooLarge, message).at("/commands"));
        }
        Ok(())
    }
}
