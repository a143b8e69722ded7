//! The history: what was finished in past sprints, or the team's guess while there is none.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::date::CivilDate;
use super::item::Status;
use super::work::{FinishedSizes, Tree};
use super::{Plan, Unit};
use crate::error::Result;
use crate::range::{Range, check_number};

/// What a plan keeps of its past beside its finished items.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct PlanHistory {
    /// The newest day that the imported files know of, or that a closed sprint brought them up to: finished items up to it
    /// count, in periods that run back from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub known_until: Option<CivilDate>,
    /// Sprints entered by hand, by their first day. They take the place of what the items say of these days.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "Record<CivilDate, Sprint>"))]
    pub sprints: BTreeMap<CivilDate, Sprint>,
    /// A poor, a usual and a good sprint, while there is no history.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub guess: Option<Range>,
}

/// What one sprint finished, in the plan's unit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Sprint {
    /// How much was finished.
    pub finished: f64,
    /// How much was committed to, where that was recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub committed: Option<f64>,
}

/// One period of the past, as the forecast uses it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Period {
    /// The first day.
    pub start: CivilDate,
    /// The last day.
    pub end: CivilDate,
    /// How much was finished, in the plan's unit.
    pub finished: f64,
    /// How many items that were finished stand behind it; 0 when it was entered by hand.
    pub items: usize,
    /// How much was committed to, where that was recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub committed: Option<f64>,
    /// Whether it was entered by hand.
    pub by_hand: bool,
}

impl Sprint {
    /// Checks both numbers.
    ///
    /// # Errors
    /// At `/finished` or `/committed`.
    pub fn check(&self) -> Result<()> {
        check_number(self.finished, 0.0).map_err(|e| e.at("/finished"))?;
        check_number(self.committed.unwrap_or(0.0), 0.0).map_err(|e| e.at("/committed"))
    }
}

impl PlanHistory {
    /// Checks every number.
    ///
    /// # Errors
    /// With the place inside the history.
    pub fn check(&self) -> Result<()> {
        for (start, sprint) in &self.sprints {
            sprint.check().map_err(|e| e.within(&format!("/sprints/{start}")))?;
        }
        self.guess.as_ref().map_or(Ok(()), |guess| guess.check(0.0).map_err(|e| e.within("/guess")))
    }
}

/// The past of a plan, cut into periods.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Past {
    /// The periods that the forecast draws from, oldest first.
    pub periods: Vec<Period>,
    /// Finished items whose size was imputed because nobody had given one.
    pub imputed: usize,
    /// Finished items that lie in the oldest period, which the file covers only in part and which is left out.
    pub left_out: usize,
    /// Finished items without the day on which they were finished.
    pub undated: usize,
}

/// The most periods that a history is cut into.
const MAX_PERIODS: i64 = 100_000;

impl Plan {
    /// Cuts the plan's past into periods of a sprint's length.
    ///
    /// A finished item is credited once, to the period of the day it was finished. Periods run back from the newest day
    /// that the imported files know of; the oldest is dropped where the files cover it only in part; sprints entered by
    /// hand take the place of what the items say.
    ///
    /// With several teams this is the sum of their pasts: their periods of the same days put together. The numbers of
    /// items beside it are the sums too.
    pub fn past(&self) -> Past {
        let tree = self.tree();
        self.past_in(&tree, &self.finished_sizes_in(&tree))
    }

    pub(crate) fn past_in(&self, tree: &Tree, sizes: &FinishedSizes) -> Past {
        let mut all = self.past_of_in(0, tree, sizes);
        for team in 1..self.team_count() {
            let Past { periods, imputed, left_out, undated } = self.past_of_in(team, tree, sizes);
            for period in periods {
                let place = all.periods.partition_point(|other| other.start < period.start);
                match all.periods.get_mut(place).filter(|other| other.start == period.start) {
                    Some(other) => {
                        other.finished += period.finished;
                        other.items += period.items;
                        other.committed = other.committed.zip(period.committed).map(|(a, b)| a + b);
                        other.by_hand |= period.by_hand;
                    }
                    None => all.periods.insert(place, period),
                }
            }
            all.imputed += imputed;
            all.left_out += left_out;
            all.undated += undated;
        }
        all
    }

    /// The past of the team at a place, cut as [`Self::past`] does: from the items that belong to it, and the sprints
    /// entered by hand for it.
    pub fn past_of(&self, team: usize) -> Past {
        let tree = self.tree();
        self.past_of_in(team, &tree, &self.finished_sizes_in(&tree))
    }

    pub(crate) fn past_of_in(&self, team: usize, tree: &Tree, sizes: &FinishedSizes) -> Past {
        let length = i64::from(self.calendar.sprint_days.max(1));
        let mut past = Past::default();
        // From the newest to the oldest.
        let mut periods: Vec<Period> = Vec::new();
        // The partial result of the running sprint is not history.
        let before = self.sprint.as_ref().map(|sprint| sprint.start.plus_days(-1));
        if let Some(newest) = self.history.known_until.map(|newest| before.map_or(newest, |day| day.min(newest))) {
            let mut credited: Vec<(i64, f64)> = Vec::new();
            for (place, item) in self.items.iter().enumerate().filter(|(_, item)| item.status == Status::Done) {
                if tree.is_container(place) || !super::work::counts(item) || self.team_of(item) != team {
                    continue;
                }
                let Some(day) = item.finished else {
                    past.undated += 1;
                    continue;
                };
                let back = day.days_until(newest);
                if back < 0 || back / length >= MAX_PERIODS {
                    continue;
                }
                past.imputed += usize::from(self.unit == Unit::Points && item.size.is_none());
                credited.push((back, self.credit(item, sizes)));
            }
            let oldest = credited.iter().map(|(back, _)| *back).max();
            // The oldest period is whole only when its first day is the first day on which anything was finished.
            let whole = oldest.map_or(0, |oldest| (oldest + 1) / length);
            for k in 0..whole {
                let end = newest.plus_days(-k * length);
                let start = end.plus_days(1 - length);
                periods.push(Period { start, end, finished: 0.0, items: 0, committed: None, by_hand: false });
            }
            for (back, size) in credited {
                match periods.get_mut((back / length) as usize) {
                    Some(period) => {
                        period.finished += size;
                        period.items += 1;
                    }
                    None => past.left_out += 1,
                }
            }
        }
        for (start, sprint) in self.sprints_of(team).into_iter().flatten() {
            let end = start.plus_days(length - 1);
            // What was entered by hand is never replaced: a period of the file that shares days with it gives way.
            periods.retain(|period| period.by_hand || period.end < *start || end < period.start);
            let Sprint { finished, committed } = *sprint;
            let place = periods.partition_point(|period| *start < period.start);
            periods.insert(place, Period { start: *start, end, finished, items: 0, committed, by_hand: true });
        }
        periods.reverse();
        past.periods = periods;
        past
    }
}
