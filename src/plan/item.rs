//! The item: one thing in the backlog.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::date::CivilDate;
use super::usage::Usage;
use crate::error::{Code, Error, Result, pointer};
use crate::range::Uncertain;

/// What sort of thing an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A large piece, broken down into children.
    Epic,
    /// A user story, and whatever a tracker calls by a name of its own.
    #[default]
    Story,
    /// A defect.
    Bug,
    /// Work without a story.
    Task,
    /// An investigation.
    Spike,
    /// A part of another item: never counted as work of its own.
    SubTask,
}

impl Kind {
    /// Every kind, in the order in which the page offers them.
    pub const ALL: [Self; 6] = [Self::Story, Self::Bug, Self::Task, Self::Spike, Self::Epic, Self::SubTask];

    /// The word for it, as JSON and the page have it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Epic => "epic",
            Self::Story => "story",
            Self::Bug => "bug",
            Self::Task => "task",
            Self::Spike => "spike",
            Self::SubTask => "sub-task",
        }
    }
}

/// How far an item has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Not begun.
    #[default]
    Todo,
    /// Begun.
    InProgress,
    /// Delivered.
    Done,
    /// It will not be done.
    Declined,
}

impl Status {
    /// Every status, in the order in which an item goes through them.
    pub const ALL: [Self; 4] = [Self::Todo, Self::InProgress, Self::Done, Self::Declined];

    /// The word for it, as JSON and the page have it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::InProgress => "in-progress",
            Self::Done => "done",
            Self::Declined => "declined",
        }
    }

    /// Whether the item still has to be done.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Todo | Self::InProgress)
    }
}

/// How much it matters in this round, by the MoSCoW method (Clegg 1994).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
pub enum Moscow {
    /// Must have: without it the round has failed.
    Must,
    /// Should have: important, and the round stands without it.
    Should,
    /// Could have: wanted, where it costs little.
    Could,
    /// Won't have this time.
    Wont,
}

impl Moscow {
    /// The word for it, as JSON has it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::Should => "should",
            Self::Could => "could",
            Self::Wont => "wont",
        }
    }
}

/// "As a *who*, I want *what*, so that *why*."
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Story {
    /// Who wants it.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub as_a: String,
    /// What they want.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub i_want: String,
    /// Why: the benefit.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub so_that: String,
}

impl Story {
    /// Whether nothing is written yet.
    pub const fn is_empty(&self) -> bool {
        self.as_a.is_empty() && self.i_want.is_empty() && self.so_that.is_empty()
    }
}

/// One acceptance criterion.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Criterion {
    /// Free text, or "Given …, when …, then …".
    pub text: String,
    /// Whether it is met.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub met: bool,
}

/// What an item waits for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Blocked {
    /// Why it cannot go on.
    pub reason: String,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub since: Option<CivilDate>,
    /// When it is expected to go on. Without a date, forecasts assume that it can go on now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub until: Option<CivilDate>,
}

/// One thing in the backlog. Its place in the order is its place in the plan's list.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Item {
    /// The key: `LF-12`, or the one it was imported with. Unique in its plan.
    #[serde(default)]
    pub id: String,
    /// What it is, in a line.
    pub title: String,
    /// What sort of thing it is.
    #[serde(default, rename = "type")]
    pub kind: Kind,
    /// How far it has come.
    #[serde(default)]
    pub status: Status,
    /// How large it is, in the plan's unit; absent while nobody has said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub size: Option<Uncertain>,
    /// How much of it is left to do, in the plan's unit, while it is in progress; absent: all of its size. A plan that
    /// counts items takes no notice of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub remaining: Option<Uncertain>,
    /// The story in three parts.
    #[serde(default, skip_serializing_if = "Story::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub story: Story,
    /// What must be true for it to be accepted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub criteria: Vec<Criterion>,
    /// Scoring inputs by name: `reach`, `impact`, `confidence`, `effort`, …
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "Record<string, Uncertain>"))]
    pub inputs: BTreeMap<String, Uncertain>,
    /// How many people use what it is about, as an analytics tool counted them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub usage: Option<Usage>,
    /// The objective it serves, by id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub objective: Option<String>,
    /// How far it is expected to move its objective's metric, in the metric's unit; below 0 where the metric should fall.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub effect: Option<Uncertain>,
    /// How much it matters in this round.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub moscow: Option<Moscow>,
    /// The item it is a part of, by id; it may lie outside the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub parent: Option<String>,
    /// The items that must be done before it, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub needs: Vec<String>,
    /// Labels.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub tags: Vec<String>,
    /// The team that does it, where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub team: Option<String>,
    /// The sprint the tracker puts it in, as it names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub sprint: Option<String>,
    /// What it waits for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub blocked: Option<Blocked>,
    /// The points of the definition of ready that somebody has ticked for it, by their text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub ready: Vec<String>,
    /// The first day on which work on it may begin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub not_before: Option<CivilDate>,
    /// When it was written down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub created: Option<CivilDate>,
    /// When work on it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub started: Option<CivilDate>,
    /// When it was delivered, or declined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub finished: Option<CivilDate>,
    /// Anything else worth knowing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub notes: String,
    /// Where it can be looked up: the tracker's page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub link: Option<String>,
    /// The tracker's own words for status and type, and the columns of an imported row that Landfall does not know,
    /// by header. They are kept, and exported again.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "Record<string, string>"))]
    pub columns: BTreeMap<String, String>,
}

/// The longest id, title, name or tag, in characters.
pub const MAX_LINE: usize = 2_000;
/// The longest note, in characters.
pub const MAX_TEXT: usize = 200_000;

impl Item {
    /// An item of a title alone; the plan gives it an id when it is added.
    pub fn titled(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// Checks what can be checked without the rest of the plan.
    ///
    /// # Errors
    /// With the place inside the item (`/size`, `/inputs/reach`).
    pub fn check(&self) -> Result<()> {
        if self.id.trim().is_empty() {
            return Err(Error::new(Code::InvalidRequest, "an item needs an id that is not blank").at("/id"));
        }
        for (place, text, most) in
            [("/id", &self.id, MAX_LINE), ("/title", &self.title, MAX_LINE), ("/notes", &self.notes, MAX_TEXT)]
        {
            check_text(text, most).map_err(|e| e.at(place))?;
        }
        if let Some(size) = &self.size {
            size.check(0.0).map_err(|e| e.within("/size"))?;
        }
        if let Some(remaining) = &self.remaining {
            remaining.check(0.0).map_err(|e| e.within("/remaining"))?;
        }
        if let Some(effect) = &self.effect {
            effect.check(f64::NEG_INFINITY).map_err(|e| e.within("/effect"))?;
        }
        for (name, input) in &self.inputs {
            input.check(f64::NEG_INFINITY).map_err(|e| e.within(&format!("/inputs/{}", pointer(name))))?;
        }
        self.usage.as_ref().map_or(Ok(()), Usage::check).map_err(|e| e.within("/usage"))
    }
}

/// Checks that a text is not longer than `most` characters.
pub(crate) fn check_text(text: &str, most: usize) -> Result<()> {
    if text.len() > most && text.chars().count() > most {
        return Err(Error::new(Code::TooLarge, format!("a text of more than {most} characters: shorten it")));
    }
    Ok(())
}
