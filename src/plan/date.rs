//! Civil dates: a day in the calendar, without a time and without a zone.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use time::{Date, Month};

use crate::error::{Code, Error, Result};

/// A day between 0001-01-01 and 9999-12-31, written `2026-11-23`.
///
/// ```
/// use landfall::plan::CivilDate;
/// let monday: CivilDate = "2026-11-23".parse()?;
/// assert_eq!(monday.weekday(), 1);
/// assert_eq!(monday.plus_days(14).to_string(), "2026-12-07");
/// assert_eq!(monday.days_until("2027-01-01".parse()?), 39);
/// # Ok::<(), landfall::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CivilDate(Date);

impl CivilDate {
    /// The Monday from which sprints are counted until somebody says otherwise: 2024-01-01.
    pub const MONDAY: Self = match Date::from_ordinal_date(2024, 1) {
        Ok(date) => Self(date),
        Err(_) => Self(Date::MIN),
    };

    /// The day of a year, a month (1–12) and a day of the month, if there is one.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        if !(1..=9999).contains(&year) {
            return None;
        }
        Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok().map(Self)
    }

    /// The day `days` later (earlier when negative); the first or last day there is when that lies beyond.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        let first = Date::from_calendar_date(1, Month::January, 1).map_or(self.0, |date| date);
        let last = Date::from_calendar_date(9999, Month::December, 31).map_or(self.0, |date| date);
        let day = i64::from(self.0.to_julian_day()).saturating_add(days);
        let day = day.clamp(i64::from(first.to_julian_day()), i64::from(last.to_julian_day()));
        i32::try_from(day).ok().and_then(|day| Date::from_julian_day(day).ok()).map_or(self, Self)
    }

    /// How many days later `other` is.
    pub fn days_until(self, other: Self) -> i64 {
        i64::from(other.0.to_julian_day()) - i64::from(self.0.to_julian_day())
    }

    /// The ISO day of the week: 1 is Monday, 7 is Sunday.
    pub fn weekday(self) -> u8 {
        self.0.weekday().number_from_monday()
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1–12.
    pub fn month(self) -> u8 {
        u8::from(self.0.month())
    }

    /// The day of the month.
    pub fn day(self) -> u8 {
        self.0.day()
    }

    /// As people write it: `12 May`, with the year when it is not the one of `today`.
    pub fn spoken(self, today: Self) -> String {
        let month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
            .get(usize::from(self.month()).saturating_sub(1))
            .copied()
            .unwrap_or_default();
        if self.year() == today.year() || (0..=183).contains(&today.days_until(self)) {
            format!("{} {month}", self.day())
        } else {
            format!("{} {month} {}", self.day(), self.year())
        }
    }
}

impl fmt::Display for CivilDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl FromStr for CivilDate {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let mut parts = text.split('-');
        let mut next = |digits: usize| {
            let part = parts.next()?;
            (part.len() == digits && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u16>().ok())?
        };
        let date = (|| {
            let (year, month, day) = (next(4)?, next(2)?, next(2)?);
            Self::new(i32::from(year), u8::try_from(month).ok()?, u8::try_from(day).ok()?)
        })();
        date.filter(|_| parts.next().is_none()).ok_or_else(|| {
            let shown: String = text.chars().take(40).collect();
            Error::new(Code::InvalidDate, format!("\"{shown}\" is not a date: write it like 2026-11-23"))
        })
    }
}

impl Serialize for CivilDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CivilDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct Door;
        impl de::Visitor<'_> for Door {
            type Value = CivilDate;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date like \"2026-11-23\"")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> std::result::Result<CivilDate, E> {
                text.parse().map_err(|e: Error| E::custom(e.message()))
            }
        }
        deserializer.deserialize_str(Door)
    }
}
