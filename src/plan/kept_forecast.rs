//! Kept forecasts: the plan as it was, as far as its dates depend on it, so that it can be said why a date moved.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::date::CivilDate;
use super::item::{MAX_LINE, check_text};
use super::{Blocked, Item, Objective, Plan, PlanDocument};
use crate::error::{Code, Error, Result};

/// The most forecasts that a plan keeps.
pub(crate) const MAX_KEPT: usize = 24;
/// The most items in all of them together: some two megabytes in a file.
const MAX_KEPT_ITEMS: usize = 15_000;

/// Why a forecast was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
pub enum Occasion {
    /// A file was taken in.
    Import,
    /// A sprint ended.
    Sprint,
    /// Something was promised.
    Promise,
}

/// A forecast that is kept: what its dates depend on, from which they can be computed again to the bit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KeptForecast {
    /// The key: `F-12`. Unique in its plan.
    pub id: String,
    /// The day that it was planned from.
    pub date: CivilDate,
    /// Why it was kept.
    pub occasion: Occasion,
    /// The plan as it was, without what no date depends on: stories, scores, notes, requests.
    pub plan: Arc<PlanDocument>,
}

impl KeptForecast {
    /// Checks it, and the plan in it.
    ///
    /// # Errors
    /// With the place inside the forecast.
    pub fn check(&self) -> Result<()> {
        if self.id.trim().is_empty() {
            return Err(Error::new(Code::InvalidRequest, "a kept forecast needs an id").at("/id"));
        }
        check_text(&self.id, MAX_LINE).map_err(|e| e.at("/id"))?;
        if !self.plan.kept.is_empty() {
            let message = "a kept forecast keeps no others: this is no plan that Landfall has written";
            return Err(Error::new(Code::InvalidRequest, message).at("/plan/kept"));
        }
        Plan::try_from((*self.plan).clone()).map(drop).map_err(|e| e.within("/plan"))
    }

    /// The plan as it was.
    ///
    /// # Errors
    /// As [`Self::check`].
    pub fn plan(&self) -> Result<Plan> {
        Plan::try_from((*self.plan).clone())
    }
}

impl Plan {
    /// Keeps the forecast of the plan as it is, seen from a day; gives back its id. The same plan seen from the same day
    /// is kept once, a plan without work or with too much of it not at all. The oldest go first, those that promises rest
    /// on last.
    pub(crate) fn keep_forecast(&mut self, date: CivilDate, occasion: Occasion) -> Option<String> {
        if self.items.len() > MAX_KEPT_ITEMS || !self.items.iter().any(|item| item.status.is_open()) {
            return None;
        }
        let plan = Arc::new(self.without_words());
        if let Some(same) = self.kept.iter().find(|kept| kept.date == date && kept.plan == plan) {
            return Some(same.id.clone());
        }
        let id = Self::free_id("F-", self.kept.iter().map(|kept| kept.id.as_str()));
        let kept = Arc::make_mut(&mut self.kept);
        kept.push(Arc::new(KeptForecast { id: id.clone(), date, occasion, plan }));
        let size = |kept: &[Arc<KeptForecast>]| kept.iter().map(|kept| kept.plan.items.len()).sum::<usize>();
        while kept.len() > 1 && (kept.len() > MAX_KEPT || size(kept) > MAX_KEPT_ITEMS) {
            let all = kept.len() - 1;
            let promised = |kept: &KeptForecast| self.promises.iter().any(|promise| promise.forecast == kept.id);
            let oldest = kept.iter().take(all).position(|kept| !promised(kept)).unwrap_or(0);
            let gone = kept.remove(oldest);
            if promised(&gone) {
                let of = |promise: &&mut super::Promise| promise.forecast == gone.id;
                Arc::make_mut(&mut self.promises).iter_mut().filter(of).for_each(|promise| promise.forecast.clear());
            }
        }
        Some(id)
    }

    /// The plan as a document, without what no date depends on.
    fn without_words(&self) -> PlanDocument {
        let items = self.items.iter().map(|item| {
            Arc::new(Item {
                id: item.id.clone(),
                title: item.title.clone(),
                kind: item.kind,
                status: item.status,
                size: item.size,
                remaining: item.remaining,
                objective: item.objective.clone(),
                parent: item.parent.clone(),
                needs: item.needs.clone(),
                tags: item.tags.clone(),
                team: item.team.clone(),
                blocked: item.blocked.as_ref().map(|blocked| Blocked { reason: blocked.reason.clone(), ..*blocked }),
                not_before: item.not_before,
                created: item.created,
                started: item.started,
                finished: item.finished,
                ..Item::default()
            })
        });
        let objectives = self.objectives.iter().map(|objective| Objective {
            id: objective.id.clone(),
            name: objective.name.clone(),
            due: objective.due,
            ..Objective::default()
        });
        PlanDocument::from(&Self {
            name: self.name.clone(),
            unit: self.unit,
            calendar: Arc::clone(&self.calendar),
            history: Arc::clone(&self.history),
            teams: Arc::clone(&self.teams),
            assumptions: Arc::clone(&self.assumptions),
            objectives: Arc::new(objectives.collect()),
            items: Arc::new(items.collect()),
            ..Self::default()
        })
    }
}
