//! The file format: a plan as JSON, with a version.

use std::collections::HashSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    Agreement, Assumptions, Calendar, Decision, Item, KeptForecast, MAX_ITEMS, Objective, Plan, PlanHistory, Promise,
    Request, RunningSprint, SavedView, Scenario, Scoring, Team, Unit, check_text,
};
use crate::error::{Code, Error, Result};

/// The word in a document's `format` field.
pub const FORMAT: &str = "landfall";
/// The version of the format that this Landfall writes, and the newest that it reads.
pub const VERSION: u32 = 1;

/// A plan as it is written to a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlanDocument {
    /// `"landfall"`.
    pub format: String,
    /// The version of the format, from 1.
    pub version: u32,
    /// What the plan is called.
    pub name: String,
    /// Whether this is the sample with which a first opening begins.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub sample: bool,
    /// What sizes and velocities are counted in.
    #[serde(default)]
    pub unit: Unit,
    /// Sprints and working days.
    pub calendar: Arc<Calendar>,
    /// What past sprints finished.
    #[serde(default)]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub history: Arc<PlanHistory>,
    /// Who works.
    #[serde(default, skip_serializing_if = "is_default")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "Team[]"))]
    pub teams: Arc<Vec<Team>>,
    /// What forecasts assume.
    #[serde(default)]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub assumptions: Arc<Assumptions>,
    /// How items are scored.
    #[serde(default)]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub scoring: Arc<Scoring>,
    /// The outcomes that items serve.
    #[serde(default)]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub objectives: Arc<Vec<Objective>>,
    /// Every item, the most important first.
    #[serde(default)]
    #[cfg_attr(target_arch = "wasm32", tsify(type = "Item[]"))]
    pub items: Arc<Vec<Arc<Item>>>,
    /// What was asked for, by whom.
    #[serde(default, skip_serializing_if = "is_default")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "Request[]"))]
    pub requests: Arc<Vec<Request>>,
    /// What was decided, and why, oldest first.
    #[serde(default, skip_serializing_if = "is_default")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "Decision[]"))]
    pub decisions: Arc<Vec<Decision>>,
    /// When an item is ready, and how stories are written.
    #[serde(default, skip_serializing_if = "is_default")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub agreement: Arc<Agreement>,
    /// The lists that somebody has kept.
    #[serde(default, skip_serializing_if = "is_default")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "SavedView[]"))]
    pub views: Arc<Vec<SavedView>>,
    /// What would be, if.
    #[serde(default, skip_serializing_if = "is_default")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "Scenario[]"))]
    pub scenarios: Arc<Vec<Scenario>>,
    /// What was told to whom.
    #[serde(default, skip_serializing_if = "is_default")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "Promise[]"))]
    pub promises: Arc<Vec<Promise>>,
    /// Forecasts that were kept, oldest first.
    #[serde(default, skip_serializing_if = "is_default")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "KeptForecast[]"))]
    pub kept: Arc<Vec<Arc<KeptForecast>>>,
    /// The sprint that was started and not closed yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "RunningSprint"))]
    pub sprint: Option<Arc<RunningSprint>>,
}

fn is_default<T: Default + PartialEq>(value: &Arc<T>) -> bool {
    **value == T::default()
}

/// The largest document, in bytes.
const MAX_BYTES: usize = 64 << 20;

impl PlanDocument {
    /// Reads a document from JSON text.
    ///
    /// # Errors
    /// [`Code::EmptyFile`], [`Code::NotJson`], [`Code::NotAPlan`], [`Code::NewerFormat`], or [`Code::InvalidRequest`]
    /// with a JSON pointer to what does not fit.
    pub fn from_json(text: &str) -> Result<Self> {
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.is_empty() {
            return Err(Error::new(Code::EmptyFile, "the file is empty: choose a plan that Landfall has saved"));
        }
        if text.len() > MAX_BYTES {
            let message = format!("the plan has {} MiB: the largest is {} MiB", text.len() >> 20, MAX_BYTES >> 20);
            return Err(Error::new(Code::TooLarge, message));
        }
        let syntax = |e: serde_json::Error| {
            let place = format!("line {}, column {}", e.line(), e.column());
            Error::new(Code::NotJson, "this is no JSON: choose a plan that Landfall has saved").at(place)
        };
        let value: serde_json::Value = serde_json::from_str(text).map_err(syntax)?;
        Self::read(&value)
    }

    /// Reads a document from a JSON value.
    ///
    /// # Errors
    /// As [`Self::from_json`].
    pub fn read(value: &serde_json::Value) -> Result<Self> {
        let no_plan = || Error::new(Code::NotAPlan, "this is no Landfall plan: its \"format\" is not \"landfall\"");
        if value.get("format").and_then(|format| format.as_str()) != Some(FORMAT) {
            return Err(no_plan().at("/format"));
        }
        let version = value.get("version").and_then(|version| version.as_f64()).unwrap_or(0.0);
        if version > f64::from(VERSION) {
            let message = format!(
                "the plan has format {version}, and this Landfall reads up to {VERSION}: open it with a newer Landfall"
            );
            return Err(Error::new(Code::NewerFormat, message).at("/version"));
        }
        if version != f64::from(VERSION) {
            return Err(Error::new(Code::NotAPlan, format!("{version} is no version of the format")).at("/version"));
        }
        crate::json::read(value)
    }

    /// The document as JSON text, indented, its keys in alphabetical order, whole numbers without ".0". Numbers of up to
    /// 15 digits are read back as they are; of longer ones the last bit may differ.
    ///
    /// # Errors
    /// None that a plan can cause; the signature is that of the writer.
    pub fn to_json(&self) -> Result<String> {
        crate::json::to_text(self, true)
    }
}

impl From<&Plan> for PlanDocument {
    fn from(plan: &Plan) -> Self {
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            name: plan.name.clone(),
            sample: plan.sample,
            unit: plan.unit,
            calendar: Arc::clone(&plan.calendar),
            history: Arc::clone(&plan.history),
            teams: Arc::clone(&plan.teams),
            assumptions: Arc::clone(&plan.assumptions),
            scoring: Arc::clone(&plan.scoring),
            objectives: Arc::clone(&plan.objectives),
            items: Arc::clone(&plan.items),
            requests: Arc::clone(&plan.requests),
            decisions: Arc::clone(&plan.decisions),
            agreement: Arc::clone(&plan.agreement),
            views: Arc::clone(&plan.views),
            scenarios: Arc::clone(&plan.scenarios),
            promises: Arc::clone(&plan.promises),
            kept: Arc::clone(&plan.kept),
            sprint: plan.sprint.clone(),
        }
    }
}

impl TryFrom<PlanDocument> for Plan {
    type Error = Error;

    fn try_from(document: PlanDocument) -> Result<Self> {
        let PlanDocument { name, sample, unit, items, objectives, calendar, history, .. } = document;
        let PlanDocument { teams, assumptions, scoring, requests, decisions, agreement, views, .. } = document;
        let PlanDocument { scenarios, promises, kept, sprint, .. } = document;
        let plan = Self {
            name,
            sample,
            unit,
            items,
            objectives,
            calendar,
            history,
            teams,
            assumptions,
            scoring,
            requests,
            decisions,
            agreement,
            views,
            scenarios,
            promises,
            kept,
            sprint,
        };
        plan.check()?;
        Ok(plan)
    }
}

impl Plan {
    /// Checks everything that must hold of a plan: every number and text, unique ids, no circle among needs.
    ///
    /// # Errors
    /// The first thing found, with a JSON pointer to it.
    pub fn check(&self) -> Result<()> {
        self.check_beside_items()?;
        let mut items = HashSet::with_capacity(self.items.len());
        for (k, item) in self.items.iter().enumerate() {
            item.check().map_err(|e| e.within(&format!("/items/{k}")))?;
            if !items.insert(item.id.as_str()) {
                let message = format!("two items have the id {}: give one of them another", item.id);
                return Err(Error::new(Code::DuplicateId, message).at(format!("/items/{k}/id")));
            }
        }
        let mut ids = HashSet::new();
        for (k, objective) in self.objectives.iter().enumerate() {
            objective.check().map_err(|e| e.within(&format!("/objectives/{k}")))?;
            if !ids.insert(objective.id.as_str()) {
                let message = format!("two objectives have the id {}: give one of them another", objective.id);
                return Err(Error::new(Code::DuplicateId, message).at(format!("/objectives/{k}/id")));
            }
        }
        self.check_records(&items)?;
        self.check_needs().map_err(|e| e.within("/items"))
    }

    /// Checks what no item has a part in, and how many items there are.
    pub(crate) fn check_beside_items(&self) -> Result<()> {
        check_text(&self.name, super::MAX_LINE).map_err(|e| e.at("/name"))?;
        self.calendar.check().map_err(|e| e.within("/calendar"))?;
        self.history.check().map_err(|e| e.within("/history"))?;
        self.check_teams()?;
        self.assumptions.check().map_err(|e| e.within("/assumptions"))?;
        self.scoring.check().map_err(|e| e.within("/scoring"))?;
        if self.items.len() > MAX_ITEMS {
            let message = format!("{} items: a plan holds up to {MAX_ITEMS}", self.items.len());
            return Err(Error::new(Code::TooLarge, message).at("/items"));
        }
        Ok(())
    }
}
