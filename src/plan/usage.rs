//! Usage: how many people use what an item is about, as an analytics tool counted them.

use serde::{Deserialize, Serialize};

use super::date::CivilDate;
use super::item::{MAX_LINE, check_text};
use crate::error::{Code, Error, Result};
use crate::range::check_number;

/// How many people use what an item is about, where that number came from, and when.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Usage {
    /// How many people, each counted once; absent where only events were counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub users: Option<f64>,
    /// Whether there may be more: of several events, or several days, the largest number was taken, as the same person
    /// may stand behind each.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub at_least: bool,
    /// How often it was used.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub count: Option<f64>,
    /// The tool that counted: "Amplitude", "Pendo".
    #[serde(skip_serializing_if = "String::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub source: String,
    /// The name of the file that said so.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub file: String,
    /// The first day that was counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub from: Option<CivilDate>,
    /// The last day that was counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub to: Option<CivilDate>,
    /// The day on which the file was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub read: Option<CivilDate>,
    /// What the tool calls it: the names of events, features and pages by which it is found again in the next file.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub names: Vec<String>,
}

impl Usage {
    /// The most names that one item is found by.
    pub const MAX_NAMES: usize = 1_000;

    /// Checks the numbers and the lengths of the texts.
    ///
    /// # Errors
    /// With the place inside it (`/users`).
    pub fn check(&self) -> Result<()> {
        for (place, number) in [("/users", self.users), ("/count", self.count)] {
            number.map_or(Ok(()), |number| check_number(number, 0.0)).map_err(|e| e.at(place))?;
        }
        if self.names.len() > Self::MAX_NAMES {
            let message = format!("more than {} names for one item: map some of them to others", Self::MAX_NAMES);
            return Err(Error::new(Code::TooLarge, message).at("/names"));
        }
        for (place, text) in [("/source", &self.source), ("/file", &self.file)] {
            check_text(text, MAX_LINE).map_err(|e| e.at(place))?;
        }
        self.names.iter().try_for_each(|name| check_text(name, MAX_LINE)).map_err(|e| e.at("/names"))
    }
}
