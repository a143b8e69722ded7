//! A number that is not known exactly: a low, a likely and a high value.

use std::fmt;

use serde::de::{self, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer, Serialize};

use crate::error::{Code, Error, Result};

/// Low, likely and high: a triangular distribution when there is a likely value, else a uniform one.
///
/// ```
/// use landfall::Range;
/// let size = Range { low: 3.0, likely: Some(5.0), high: 13.0 };
/// assert_eq!(size.mean(), 7.0);
/// assert_eq!(size.quantile(0.0), 3.0);
/// assert_eq!(size.quantile(1.0), 13.0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// The lowest value thought possible.
    pub low: f64,
    /// The most likely value, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub likely: Option<f64>,
    /// The highest value thought possible.
    pub high: f64,
}

impl Range {
    /// The range that holds one value alone.
    pub const fn exactly(value: f64) -> Self {
        Self { low: value, likely: None, high: value }
    }

    /// Checks that all values are finite and in order, and not below `least`.
    ///
    /// # Errors
    /// [`Code::InvalidNumber`] at `/low`, `/likely` or `/high`; [`Code::InvalidRange`] when they are out of order.
    pub fn check(&self, least: f64) -> Result<()> {
        check_number(self.low, least).map_err(|e| e.at("/low"))?;
        check_number(self.high, least).map_err(|e| e.at("/high"))?;
        if let Some(likely) = self.likely {
            check_number(likely, least).map_err(|e| e.at("/likely"))?;
        }
        let likely = self.likely.unwrap_or(self.low);
        if self.low <= likely && likely <= self.high {
            return Ok(());
        }
        Err(Error::new(
            Code::InvalidRange,
            format!("the range {self} is out of order: give low, likely and high from small to large"),
        ))
    }

    /// The mean of the distribution.
    pub fn mean(&self) -> f64 {
        match self.likely {
            Some(likely) => self.low / 3.0 + likely / 3.0 + self.high / 3.0,
            None => self.low / 2.0 + self.high / 2.0,
        }
    }

    /// The value below which a share `u` (0..=1) of the distribution lies. Square roots are exact on every
    /// platform (IEEE 754), so the same `u` gives the same bits everywhere.
    #[inline(always)]
    pub fn quantile(&self, u: f64) -> f64 {
        let width = self.high - self.low;
        let Some(likely) = self.likely else { return self.low + u * width };
        if width <= 0.0 {
            return self.low;
        }
        let rise = (likely - self.low) / width;
        if u < rise {
            self.low + width * (u * rise).sqrt()
        } else {
            self.high - width * ((1.0 - u) * (1.0 - rise)).sqrt()
        }
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.likely {
            Some(likely) => write!(f, "{}–{likely}–{}", self.low, self.high),
            None => write!(f, "{}–{}", self.low, self.high),
        }
    }
}

/// A number, or a range of them. In JSON: `5`, or `{ "low": 3, "likely": 5, "high": 13 }`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Uncertain {
    /// Known exactly.
    Exact(f64),
    /// Known within a range.
    Range(Range),
}

impl Uncertain {
    /// Checks that the number or range is finite, in order and not below `least`.
    ///
    /// # Errors
    /// As [`Range::check`].
    pub fn check(&self, least: f64) -> Result<()> {
        match self {
            Self::Exact(value) => check_number(*value, least),
            Self::Range(range) => range.check(least),
        }
    }

    /// The mean of the distribution.
    pub fn mean(&self) -> f64 {
        match self {
            Self::Exact(value) => *value,
            Self::Range(range) => range.mean(),
        }
    }

    /// The value below which a share `u` (0..=1) lies.
    pub fn quantile(&self, u: f64) -> f64 {
        match self {
            Self::Exact(value) => *value,
            Self::Range(range) => range.quantile(u),
        }
    }
}

impl From<f64> for Uncertain {
    fn from(value: f64) -> Self {
        Self::Exact(value)
    }
}

impl From<Range> for Uncertain {
    fn from(range: Range) -> Self {
        Self::Range(range)
    }
}

impl fmt::Display for Uncertain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(value) => write!(f, "{value}"),
            Self::Range(range) => range.fmt(f),
        }
    }
}

// By hand, because serde's untagged enums answer every mistake with the same sentence and lose the place.
impl<'de> Deserialize<'de> for Uncertain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct Door;
        impl<'de> Visitor<'de> for Door {
            type Value = Uncertain;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number or a range { low, likely, high }")
            }
            fn visit_f64<E: de::Error>(self, value: f64) -> std::result::Result<Uncertain, E> {
                Ok(Uncertain::Exact(value))
            }
            fn visit_i64<E: de::Error>(self, value: i64) -> std::result::Result<Uncertain, E> {
                Ok(Uncertain::Exact(value as f64))
            }
            fn visit_u64<E: de::Error>(self, value: u64) -> std::result::Result<Uncertain, E> {
                Ok(Uncertain::Exact(value as f64))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> std::result::Result<Uncertain, A::Error> {
                Range::deserialize(MapAccessDeserializer::new(map)).map(Uncertain::Range)
            }
        }
        deserializer.deserialize_any(Door)
    }
}

/// Checks one number: finite, not below `least`, and of a magnitude that sums of it can bear.
///
/// # Errors
/// [`Code::InvalidNumber`].
pub fn check_number(value: f64, least: f64) -> Result<()> {
    if value.is_nan() {
        return Err(Error::new(Code::InvalidNumber, "found NaN: give a number"));
    }
    if value.abs() > MAX_NUMBER {
        return Err(Error::new(Code::InvalidNumber, format!("{value:e} is too large: give at most {MAX_NUMBER:e}")));
    }
    if value < least {
        return Err(Error::new(Code::InvalidNumber, format!("{value} is too small: give at least {least}")));
    }
    Ok(())
}

/// The largest magnitude that any number in a plan or request may have.
pub const MAX_NUMBER: f64 = 1e15;
