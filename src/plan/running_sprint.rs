//! The running sprint: what was committed to when it was started, and what came in since.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::date::CivilDate;
use super::item::{MAX_LINE, check_text};
use super::team::check_days;
use super::{FinishedSizes, Item, Plan, Span, Unit};
use crate::error::{Code, Error, Result};
use crate::range::check_number;

/// A sprint that was started and not closed yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RunningSprint {
    /// The first day.
    pub start: CivilDate,
    /// The last day, which belongs to it.
    pub end: CivilDate,
    /// What it is for, in a sentence.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub goal: String,
    /// What is in it.
    pub items: Vec<SprintItem>,
}

/// An item of a running sprint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SprintItem {
    /// Its key.
    pub id: String,
    /// Its size when it was taken in, in the plan's unit.
    pub size: f64,
    /// The day on which it came in after the start; absent for what was committed to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub added: Option<CivilDate>,
}

impl Plan {
    /// How much an item counts for when it is finished, in the plan's unit: its size, the mean of what was finished where
    /// nobody has given one, 1 where items are counted.
    pub fn credit(&self, item: &Item, sizes: &FinishedSizes) -> f64 {
        match self.unit {
            Unit::Items => 1.0,
            Unit::Points => item.size.map_or_else(|| sizes.mean_of(item.kind), |size| size.mean()),
        }
    }

    /// Whether the result of a team's sprint was entered by hand, or by closing it.
    pub(crate) fn has_result(&self, team: usize, sprint: Span) -> bool {
        self.sprints_of(team).is_some_and(|sprints| sprints.contains_key(&sprint.start))
    }

    /// Checks the running sprint, and that its items are the plan's.
    ///
    /// # Errors
    /// With a JSON pointer from `/sprint`.
    pub(super) fn check_sprint(&self, known: &HashSet<&str>) -> Result<()> {
        let Some(sprint) = &self.sprint else { return Ok(()) };
        check_days(sprint.start, Some(sprint.end)).map_err(|e| e.at("/sprint/end"))?;
        check_text(&sprint.goal, MAX_LINE).map_err(|e| e.at("/sprint/goal"))?;
        let mut seen = HashSet::new();
        for (k, SprintItem { id, size, .. }) in sprint.items.iter().enumerate() {
            check_number(*size, 0.0).map_err(|e| e.at(format!("/sprint/items/{k}/size")))?;
            if !known.contains(id.as_str()) || !seen.insert(id) {
                let message = "an item of the sprint is not in the plan, or named twice: take it out of the sprint";
                return Err(Error::new(Code::UnknownId, message).at(format!("/sprint/items/{k}/id")));
            }
        }
        Ok(())
    }
}
