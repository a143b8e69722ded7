//! The calendar: sprints, working days and holidays.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::date::CivilDate;
use super::item::{MAX_LINE, check_text};
use super::team::check_days;
use crate::error::{Code, Error, Result};
use crate::range::check_number;

/// The longest sprint, in days.
pub const MAX_SPRINT_DAYS: u32 = 365;
/// The most holidays, and the most absences and changes of a team.
pub const MAX_ABSENCES: usize = 1_000;

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
    /// Days on which nobody works. In JSON: `"2026-12-25"`, or `{ "from": "2026-12-24", "to": "2027-01-01", "name":
    /// "Christmas" }`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(
        target_arch = "wasm32",
        tsify(optional, type = "(CivilDate | { from: CivilDate; to?: CivilDate; name?: string })[]")
    )]
    pub holidays: Vec<Holiday>,
    /// What share of its capacity a sprint has for reasons that the calendar does not know, by the sprint's first day;
    /// 1 where none is given. It multiplies what holidays, absences and changes leave.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "Record<CivilDate, number>"))]
    pub capacity: BTreeMap<CivilDate, f64>,
}

/// Days on which nobody works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    /// The first day.
    pub from: CivilDate,
    /// The last day; the first one when absent.
    pub to: Option<CivilDate>,
    /// What it is called.
    pub name: Option<String>,
}

impl Holiday {
    /// One day, without a name.
    pub const fn on(day: CivilDate) -> Self {
        Self { from: day, to: None, name: None }
    }

    /// The last day.
    pub fn end(&self) -> CivilDate {
        self.to.unwrap_or(self.from)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct HolidayFields {
    from: CivilDate,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<CivilDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

impl Serialize for Holiday {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        match self {
            Self { from, to: None, name: None } => from.serialize(serializer),
            Self { from, to, name } => HolidayFields { from: *from, to: *to, name: name.clone() }.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Holiday {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct Door;
        impl<'de> Visitor<'de> for Door {
            type Value = Holiday;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date like \"2026-12-25\", or { from, to, name }")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> std::result::Result<Holiday, E> {
                text.parse().map(Holiday::on).map_err(|e: Error| E::custom(e.message()))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> std::result::Result<Holiday, A::Error> {
                let HolidayFields { from, to, name } = Deserialize::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Holiday { from, to, name })
            }
        }
        deserializer.deserialize_any(Door)
    }
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
        if self.holidays.len() > MAX_ABSENCES {
            let message = format!("more than {MAX_ABSENCES} holidays: take out those gone by");
            return Err(Error::new(Code::TooLarge, message).at("/holidays"));
        }
        for (k, holiday) in self.holidays.iter().enumerate() {
            check_days(holiday.from, holiday.to).map_err(|e| e.at(format!("/holidays/{k}/to")))?;
            let name = holiday.name.as_deref().unwrap_or_default();
            check_text(name, MAX_LINE).map_err(|e| e.at(format!("/holidays/{k}/name")))?;
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
        self.is_weekday(day) && self.holiday(day).is_none()
    }

    /// The holiday that a day belongs to.
    pub fn holiday(&self, day: CivilDate) -> Option<&Holiday> {
        self.holidays.iter().find(|holiday| (holiday.from..=holiday.end()).contains(&day))
    }

    /// Whether `day` would be worked if there were no holidays.
    pub fn is_weekday(&self, day: CivilDate) -> bool {
        self.working_days.contains(&day.weekday())
    }

    /// The days from `from` to `span.end` that are worked, oldest first.
    pub fn working_days_of(&self, span: Span, from: CivilDate) -> Vec<CivilDate> {
        let first = from.max(span.start);
        (0..=first.days_until(span.end)).map(|k| first.plus_days(k)).filter(|day| self.is_working(*day)).collect()
    }
}
