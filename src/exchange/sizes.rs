//! Sizes as people and trackers write them: `3`, `3,5`, `5 pts`, `3–5–8`.

use crate::range::{MAX_NUMBER, Range, Uncertain};

/// What a size cell says.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Size {
    Known(Uncertain),
    /// Not a number, but something a team may well write: `XL`, `2d`.
    Words,
    /// A number that no size can be: why, and what would do.
    Impossible(&'static str),
}

/// How the numbers of a column are written.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Notation {
    /// Whether a comma is a decimal one even before three digits, as in `1,250`.
    pub decimal_comma: bool,
}

impl Notation {
    /// Takes a cell into account: a comma before one, two or more than three digits can only be a decimal one.
    pub(super) fn add(&mut self, text: &str) {
        if let Some((_, decimals)) = text.trim().rsplit_once(',') {
            let digits = decimals.bytes().all(|b| b.is_ascii_digit());
            self.decimal_comma |= digits && !decimals.is_empty() && decimals.len() != 3;
        }
    }
}

/// Reads one cell that is not blank.
pub(super) fn size(text: &str, notation: Notation) -> Size {
    let bare = bare(text);
    if let Some(number) = number(&bare, notation) {
        return checked(number);
    }
    // A hyphen only between two: three numbers with hyphens are a date that a spreadsheet made of something else.
    let dash = if bare.contains('–') { '–' } else { '-' };
    let ends: Vec<Option<f64>> = bare.split(dash).map(|end| number(end.trim(), notation)).collect();
    let range = match ends.as_slice() {
        [Some(low), Some(high)] => Range { low: *low, likely: None, high: *high },
        [Some(low), Some(likely), Some(high)] if dash == '–' => {
            Range { low: *low, likely: Some(*likely), high: *high }
        }
        _ => return Size::Words,
    };
    match range.check(0.0) {
        Ok(()) => Size::Known(range.into()),
        Err(_) => Size::Words,
    }
}

fn checked(number: f64) -> Size {
    if number.is_nan() {
        Size::Impossible("is not a number: give a size of at least 0, or leave it empty")
    } else if number < 0.0 {
        Size::Impossible("is negative: give a size of at least 0, or leave it empty")
    } else if number > MAX_NUMBER {
        Size::Impossible("is too large for a size: give a smaller number, or leave it empty")
    } else {
        // Adding zero turns −0 into 0.
        Size::Known((number + 0.0).into())
    }
}

/// Without the unit behind the number and without the spaces that group its digits.
fn bare(text: &str) -> String {
    let text = text.trim();
    let number = text.trim_end_matches(|c: char| c.is_alphabetic() || c == '.' || c.is_whitespace());
    let unit = super::words::plain(text.strip_prefix(number).unwrap_or_default());
    let is_unit = ["p", "pt", "pts", "point", "points", "sp", "story points", "punkte"].contains(&unit.as_str());
    let kept = if is_unit && !number.is_empty() { number } else { text };
    kept.chars().filter(|c| !matches!(c, '\u{a0}' | '\u{202f}')).collect::<String>().replace('∞', "inf")
}

/// The number that a text is, without a unit.
pub(super) fn number(text: &str, notation: Notation) -> Option<f64> {
    if text.is_empty() {
        return None;
    }
    let decimals = text.rsplit_once(',').map(|(_, decimals)| decimals.len());
    let commas = text.bytes().filter(|b| *b == b',').count();
    let dots = text.bytes().filter(|b| *b == b'.').count();
    let plain = match (commas, dots) {
        (0, 0 | 1) => text.to_owned(),
        (1, 0) if decimals != Some(3) || notation.decimal_comma || text.starts_with("0,") => text.replace(',', "."),
        // Whichever of the two stands last is the decimal one, and the other groups digits.
        (1, _) if dots > 0 && text.rfind(',') > text.rfind('.') => text.replace('.', "").replace(',', "."),
        (_, 0 | 1) if grouped(text) => text.replace(',', ""),
        _ => return None,
    };
    decimal(&plain)
}

/// The number that a text is. Std's reading, which is right to the last bit of more than 15 digits and 22 decimals, has
/// 10 KB of tables for these.
fn decimal(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text).to_ascii_lowercase();
    let value = match unsigned.as_str() {
        "inf" | "infinity" => f64::INFINITY,
        "nan" => f64::NAN,
        number => {
            let (number, exponent) = number.split_once('e').unwrap_or((number, "0"));
            let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
            let digits = || whole.bytes().chain(fraction.bytes());
            if digits().next().is_none() || !digits().all(|digit| digit.is_ascii_digit()) {
                return None;
            }
            let power = |exponent: u64| (0..exponent.min(308)).fold(1.0, |power, _| power * 10.0);
            let shift = exponent.parse::<i64>().ok()?.checked_sub_unsigned(fraction.len() as u64)?;
            let value = digits().fold(0.0, |value, digit| value * 10.0 + f64::from(digit - b'0'));
            let near =
                if shift < 0 { value / power(shift.unsigned_abs()) } else { value * power(shift.unsigned_abs()) };
            // Beyond 15 digits the last bits are rounded more than once: of the neighbours it is the one so written.
            let around = (0..9).flat_map(|step| [near.to_bits() + step, near.to_bits().saturating_sub(step)]);
            let exact =
                around.map(f64::from_bits).filter(|_| unsigned.len() > 15).find(|one| one.to_string() == unsigned);
            exact.unwrap_or(near)
        }
    };
    Some(if text.starts_with('-') { -value } else { value })
}

/// Whether every comma is followed by three digits: `1,250,000.5`.
fn grouped(text: &str) -> bool {
    let whole = text.split('.').next().unwrap_or_default();
    let mut groups = whole.trim_start_matches(['+', '-']).split(',');
    let first = groups.next().is_some_and(|group| (1..=3).contains(&group.len()));
    first && groups.all(|group| group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit()))
}
