//! The nouns: a plan is a value. Nothing here changes a plan in place; [`crate::session`] makes new ones from old ones.

mod agreement;
mod assumptions;
mod calendar;
mod capacity;
mod date;
mod decision;
mod document;
mod history;
mod item;
mod kept_forecast;
mod needs;
mod objective;
mod promise;
mod records;
mod request;
mod running_sprint;
mod saved_view;
mod scenario;
mod scoring;
mod team;
mod usage;
mod work;

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub(crate) use crate::error::pointer;
pub use agreement::{Agreement, ReadyPoint, ReadyRule};
pub use assumptions::{Assumptions, PlanGrowth, PlanRisk};
pub use calendar::{Calendar, Holiday, MAX_ABSENCES, MAX_SPRINT_DAYS, Span};
pub use capacity::{Capacity, SprintCapacity};
pub use date::CivilDate;
pub use decision::Decision;
pub use document::{FORMAT, PlanDocument, VERSION};
pub use history::{Past, Period, PlanHistory, Sprint};
pub(crate) use item::check_text;
pub use item::{Blocked, Criterion, Item, Kind, MAX_LINE, MAX_TEXT, Moscow, Status, Story};
pub use kept_forecast::{KeptForecast, Occasion};
pub(crate) use needs::MAX_LEVELS;
pub use objective::{Objective, Reading};
pub use promise::{Promise, PromiseState};
pub(crate) use records::{MAX_RECORDS, MAX_VIEWS};
pub use request::{Outcome, Request, RequestState};
pub use running_sprint::{RunningSprint, SprintItem};
pub use saved_view::{Filter, SavedView, Show};
pub(crate) use scenario::MAX_SCENARIOS;
pub use scenario::Scenario;
pub use scoring::{Scoring, Step};
pub use team::{Absence, MAX_TEAMS, Releases, Team, TeamChange};
pub use usage::Usage;
pub use work::{FinishedSizes, Work, WorkSize};
pub(crate) use work::{Tree, counts};

/// What sizes and velocities are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Story points, or whatever the team estimates in.
    #[default]
    Points,
    /// Items: each counts as one.
    Items,
}

/// The most items that a plan holds.
pub const MAX_ITEMS: usize = 100_000;

/// A backlog and everything that is known, assumed and wanted of it.
///
/// Cloning is cheap: items are shared, and so is the list of them until it changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// What it is called.
    pub name: String,
    /// Whether this is the sample with which a first opening begins; an import offers to take its place.
    pub sample: bool,
    /// What sizes and velocities are counted in.
    pub unit: Unit,
    /// Every item, the most important first; done and declined ones stay where they were.
    pub items: Arc<Vec<Arc<Item>>>,
    /// The outcomes that items serve.
    pub objectives: Arc<Vec<Objective>>,
    /// Sprints and working days.
    pub calendar: Arc<Calendar>,
    /// What past sprints finished.
    pub history: Arc<PlanHistory>,
    /// Who works: none or one where everything is one team's.
    pub teams: Arc<Vec<Team>>,
    /// What forecasts assume.
    pub assumptions: Arc<Assumptions>,
    /// How items are scored.
    pub scoring: Arc<Scoring>,
    /// What was asked for, by whom.
    pub requests: Arc<Vec<Request>>,
    /// What was decided, and why, oldest first.
    pub decisions: Arc<Vec<Decision>>,
    /// When an item is ready, and how stories are written.
    pub agreement: Arc<Agreement>,
    /// The lists that somebody has kept.
    pub views: Arc<Vec<SavedView>>,
    /// What would be, if.
    pub scenarios: Arc<Vec<Scenario>>,
    /// What was told to whom.
    pub promises: Arc<Vec<Promise>>,
    /// Forecasts that were kept, oldest first.
    pub kept: Arc<Vec<Arc<KeptForecast>>>,
    /// The sprint that was started and not closed yet.
    pub sprint: Option<Arc<RunningSprint>>,
}

impl Default for Plan {
    fn default() -> Self {
        // A Monday, so that sprints begin on Mondays until somebody says otherwise.
        let monday = CivilDate::MONDAY;
        Self {
            name: "New plan".to_owned(),
            sample: false,
            unit: Unit::default(),
            items: Arc::default(),
            objectives: Arc::default(),
            calendar: Arc::new(Calendar::fortnights_from(monday)),
            history: Arc::default(),
            teams: Arc::default(),
            assumptions: Arc::default(),
            scoring: Arc::default(),
            requests: Arc::default(),
            decisions: Arc::default(),
            agreement: Arc::default(),
            views: Arc::default(),
            scenarios: Arc::default(),
            promises: Arc::default(),
            kept: Arc::default(),
            sprint: None,
        }
    }
}

impl Plan {
    /// The item of this id, and its place in the list.
    pub fn find(&self, id: &str) -> Option<(usize, &Arc<Item>)> {
        self.items.iter().enumerate().find(|(_, item)| item.id == id)
    }

    /// The places of all items, by id.
    pub fn places(&self) -> HashMap<&str, usize> {
        self.items.iter().enumerate().map(|(place, item)| (item.id.as_str(), place)).collect()
    }

    /// Whether the items' text alone is longer than so many letters, as far as that can be told without writing it.
    pub fn is_longer_than(&self, mut most: usize) -> bool {
        let length = |item: &Item| {
            let lists =
                item.tags.iter().chain(&item.needs).chain(item.columns.iter().flat_map(|(name, cell)| [name, cell]));
            // Each item has more fields, and each text its marks.
            80 + item.id.len() + item.title.len() + item.notes.len() + lists.map(|text| 3 + text.len()).sum::<usize>()
        };
        !self.items.iter().all(|item| {
            let left = most.checked_sub(length(item));
            most = left.unwrap_or_default();
            left.is_some()
        })
    }

    /// The objective of this id.
    pub fn objective(&self, id: &str) -> Option<&Objective> {
        self.objectives.iter().find(|objective| objective.id == id)
    }

    /// The next free id of the form `LF-12`.
    pub fn next_id(&self) -> String {
        Self::free_id("LF-", self.items.iter().map(|item| item.id.as_str()))
    }

    /// The newest day the plan knows of: what it is planned from when nobody says what day it is.
    pub fn newest_day(&self) -> CivilDate {
        let of_items = self.items.iter().flat_map(|item| [item.created, item.started, item.finished]).flatten().max();
        let entered = (0..self.team_count()).filter_map(|team| self.sprints_of(team)?.keys().max());
        let of_sprints = entered.max().map(|start| self.calendar.sprint_of(*start).end);
        [of_items, of_sprints, self.history.known_until]
            .into_iter()
            .flatten()
            .max()
            .unwrap_or(self.calendar.sprint_start)
    }
}
