//! Which items a list shows, and the lists that somebody has kept.

use serde::{Deserialize, Serialize};

use super::item::{MAX_LINE, Moscow, Status, check_text};
use crate::error::{Code, Error, Result};

/// Which items a list holds; all conditions must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Filter {
    /// `work`: what remains to be done (the default); else by status or kind.
    #[serde(skip_serializing_if = "is_work")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub show: Show,
    /// Only items that serve this objective.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub objective: Option<String>,
    /// Only items with this tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub tag: Option<String>,
    /// Only items that are a part of this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub parent: Option<String>,
    /// Only items of this status.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub status: Option<Status>,
    /// Only items of this MoSCoW class.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub moscow: Option<Moscow>,
    /// Only items that this person or team has requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub requester: Option<String>,
    /// Only these items, by id; any when empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub ids: Vec<String>,
}

fn is_work(show: &Show) -> bool {
    *show == Show::Work
}

/// A list of items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Show {
    /// What remains to be done, in the order in which it will be begun.
    #[default]
    Work,
    /// Work for which every point of the definition of ready holds.
    Ready,
    /// Work that nobody has sized.
    Unsized,
    /// Work without a score.
    Unscored,
    /// Work that waits for something.
    Blocked,
    /// Work that serves no objective.
    Unserving,
    /// Open epics, which land with their last child.
    Epics,
    /// What was delivered.
    Done,
    /// What will not be done.
    Declined,
    /// Everything.
    All,
}

/// A list that somebody has kept.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SavedView {
    /// What it is called. Unique in its plan.
    pub name: String,
    /// Only items in whose id, title or tags every word of this occurs.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub search: String,
    /// Which items.
    #[serde(default)]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub filter: Filter,
}

impl SavedView {
    /// Checks the texts.
    ///
    /// # Errors
    /// With the place inside the view.
    pub fn check(&self) -> Result<()> {
        if self.name.trim().is_empty() {
            return Err(Error::new(Code::InvalidRequest, "a view needs a name that is not blank").at("/name"));
        }
        check_text(&self.name, MAX_LINE).map_err(|e| e.at("/name"))?;
        check_text(&self.search, MAX_LINE).map_err(|e| e.at("/search"))
    }
}
