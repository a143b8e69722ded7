//! The calendar: sprints, working days, holidays, and what capacity they leave.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::date::CivilDate;
use crate::error::{Code, Error, Result};
use crate::range::check_number;

/// The longest sprint, in days.
pub const MAX_SPRINT_DAYS: u32 = 365;

/// How a plan's time is cut into sprints, and which of its days are worked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Calendar {
    /// The length of a sprint, in calendar days.
    pub sprint_days: u32,
    /// The first day of any one sprint; all others follow from it.
    pub sprint_start: CivilDate,
    /// The ISO days of the week that are worked: 1 is Monday. At least one.
    #[serde(default = "monday_to_friday")]
    pub working_days: Vec<u8>,
    /// Days on which nobody works.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub holidays: Vec<CivilDate>,
    /// What share of the usual capacity a sprint has, by the sprint's first day; 1 where none is given.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "Record<CivilDate, number>"))]
    pub capacity: BTreeMap<CivilDate, f64>,
}

fn monday_to_friday() -> Vec<u8> {
    vec![1, 2, 3, 4, 5]
}

/// A sprint's first and last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub start: CivilDate,
    /// The last day, which belongs to it.
    pub end: CivilDate,
}

impl Calendar {
    /// Two-week sprints of which one begins on `start`, worked from Monday to Friday.
    pub fn fortnights_from(start: CivilDate) -> Self {
        Self {
            sprint_days: 14,
            sprint_start: start,
            working_days: monday_to_friday(),
            holidays: Vec::new(),
            capacity: BTreeMap::new(),
        }
    }

    /// Checks lengths, days of the week and factors.
    ///
    /// # Errors
    /// With the place inside the calendar.
    pub fn check(&self) -> Result<()> {
        if !(1..=MAX_SPRINT_DAYS).contains(&self.sprint_days) {
            let found = self.sprint_days;
            let message = format!("a sprint of {found} days: give 1 to {MAX_SPRINT_DAYS}");
            return Err(Error::new(Code::InvalidNumber, message).at("/sprintDays"));
        }
        if self.working_days.is_empty() || self.working_days.iter().any(|day| !(1..=7).contains(day)) {
            let message = "working days are numbers from 1 (Monday) to 7 (Sunday), at least one of them";
            return Err(Error::new(Code::InvalidNumber, message).at("/workingDays"));
        }
        for (start, factor) in &self.capacity {
            check_number(*factor, 0.0).map_err(|e| e.at(format!("/capacity/{start}")))?;
        }
        Ok(())
    }

    /// The sprint that holds `day`.
    pub fn sprint_of(&self, day: CivilDate) -> Span {
        let length = i64::from(self.sprint_days.max(1));
        let start = day.plus_days(-(self.sprint_start.days_until(day).rem_euclid(length)));
        Span { start, end: start.plus_days(length - 1) }
    }

    /// The sprint `k` after the one that holds `day` (before, when negative).
    pub fn sprint_after(&self, day: CivilDate, k: i64) -> Span {
        let length = i64::from(self.sprint_days.max(1));
        let start = self.sprint_of(day).start.plus_days(k.saturating_mul(length));
        Span { start, end: start.plus_days(length - 1) }
    }

    /// Whether `day` is worked.
    pub fn is_working(&self, day: CivilDate) -> bool {
        self.is_weekday(day) && !self.holidays.contains(&day)
    }

    fn is_weekday(&self, day: CivilDate) -> bool {
        self.working_days.contains(&day.weekday())
    }

    /// The days from `from` to `span.end` that are worked, oldest first.
    pub fn working_days_of(&self, span: Span, from: CivilDate) -> Vec<CivilDate> {
        let first = from.max(span.start);
        (0..=first.days_until(span.end)).map(|k| first.plus_days(k)).filter(|day| self.is_working(*day)).collect()
    }

    /// The share of a full sprint's capacity that is left in `span` from the day `from` on: its working days without
    /// holidays, over those with them, times the factor given for the sprint.
    pub fn capacity_of(&self, span: Span, from: CivilDate) -> f64 {
        let usual = (0..=span.start.days_until(span.end)).filter(|k| self.is_weekday(span.start.plus_days(*k))).count();
        let factor = self.capacity.get(&span.start).copied().unwrap_or(1.0);
        let left = self.working_days_of(span, from).len();
        if usual == 0 { 0.0 } else { factor * left as f64 / usual as f64 }
    }
}
