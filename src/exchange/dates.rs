//! Dates as trackers write them, and the order of day and month where only the column tells.

use serde::{Deserialize, Serialize};

use crate::plan::CivilDate;

/// Which comes first in a date of numbers alone, such as `03/04/2025`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// `3/4/2025` is the third of April.
    #[default]
    DayFirst,
    /// `3/4/2025` is the fourth of March.
    MonthFirst,
}

/// What a cell says: a day, or numbers of which the column must tell the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Day(CivilDate),
    Numbers { first: u8, second: u8, year: i32, dots: bool, clock12: bool },
}

/// Months by how their name begins, in the languages that trackers print them in; the longest beginning that fits wins.
const MONTHS: &[(u8, &[&str])] = &[
    (1, &["jan", "ene", "gen", "janv", "jän", "sty", "led", "янв", "oca", "tammi"]),
    (2, &["feb", "fev", "fév", "févr", "lut", "úno", "фев", "şub", "helmi"]),
    (3, &["mar", "mär", "mrz", "maa", "mrt", "bře", "мар", "março"]),
    (4, &["apr", "avr", "abr", "kwi", "dub", "апр", "nis", "huhti"]),
    (5, &["may", "mai", "mag", "mei", "maj", "kvě", "май", "мая", "touko"]),
    (6, &["jun", "juin", "giu", "cze", "čvn", "июн", "haz", "kesä", "červen"]),
    (7, &["jul", "juil", "lug", "lip", "čvc", "июл", "tem", "heinä", "červenec"]),
    (8, &["aug", "aoû", "aou", "ago", "sie", "srp", "авг", "ağu", "elo"]),
    (9, &["sep", "set", "wrz", "zář", "сен", "eyl", "syys"]),
    (10, &["oct", "okt", "ott", "out", "paź", "říj", "окт", "eki", "loka"]),
    (11, &["nov", "lis", "ноя", "kas", "marras"]),
    (12, &["dec", "dez", "déc", "dic", "des", "gru", "pro", "дек", "ara", "joulu"]),
];

fn month(word: &str) -> Option<u8> {
    const ENGLISH: &str = "janfebmaraprmayjunjulaugsepoctnovdec";
    let in_english = |month: &u8| {
        let at = usize::from(*month) * 3;
        ENGLISH.get(at..at + 3).is_some_and(|name| name.eq_ignore_ascii_case(word))
    };
    if let Some(month) = (0..12).find(in_english) {
        return Some(month + 1);
    }
    let word = super::words::plain(word);
    let fitting = |names: &&[&str]| names.iter().filter(|name| word.starts_with(**name)).map(|name| name.len()).max();
    MONTHS
        .iter()
        .filter_map(|(month, names)| fitting(names).map(|length| (length, *month)))
        .max_by_key(|(length, _)| *length)
        .map(|(_, month)| month)
}

/// A number or a word of a cell, and the mark that stands before it.
#[derive(Clone, Copy)]
struct Part<'a> {
    text: &'a str,
    digits: bool,
    mark: char,
}

impl Part<'_> {
    fn number(&self, most_digits: usize) -> Option<u8> {
        (self.digits && self.text.len() <= most_digits).then(|| self.text.parse().ok())?
    }

    fn year(&self) -> Option<i32> {
        let year: i32 = self.digits.then(|| self.text.parse().ok())??;
        match self.text.len() {
            4 => Some(year),
            2 if year <= 68 => Some(2000 + year),
            2 => Some(1900 + year),
            _ => None,
        }
    }

    fn month(&self) -> Option<u8> {
        (!self.digits).then(|| month(self.text))?
    }

    /// Whether this could follow a finished date: a time, a zone, an era, but not a further piece of a version number.
    fn may_follow(&self) -> bool {
        matches!(self.mark, ' ' | ',' | '\0' | '(')
    }
}

/// Words that stand between the numbers of a date and say nothing: `21 de abril de 2025`, `2nd`, `2025年1月2日`.
fn says_nothing(word: &str) -> bool {
    ["de", "del", "di", "of", "den", "le", "st", "nd", "rd", "th", "年", "月", "日", "년", "월", "일"]
        .iter()
        .any(|filler| word.eq_ignore_ascii_case(filler))
}

fn parts(text: &str) -> Vec<Part<'_>> {
    // Every shape is decided by its first seven pieces.
    const ENOUGH: usize = 10;
    let mut parts: Vec<Part<'_>> = Vec::with_capacity(ENOUGH);
    let mut rest = text;
    let mut mark = '\0';
    while let Some(letter) = rest.chars().next() {
        if parts.len() == ENOUGH {
            break;
        }
        let digits = letter.is_ascii_digit();
        let length = rest
            .find(|c: char| if digits { !c.is_ascii_digit() } else { !c.is_alphabetic() })
            .unwrap_or(rest.len())
            .max(letter.len_utf8());
        let (part, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        rest = after;
        if !digits && !letter.is_alphabetic() {
            // Of `, ` and `. ` the mark counts, unless only a space stood there.
            if mark == '\0' || mark == ' ' {
                mark = if letter.is_whitespace() { ' ' } else { letter };
            }
        } else if digits || !says_nothing(part) {
            parts.push(Part { text: part, digits, mark });
            mark = '\0';
        }
    }
    parts
}

/// Whether a cell can be a date of numbers alone: two of them stand behind a mark.
pub(super) fn may_be_numbers(text: &str) -> bool {
    let (mut behind_mark, mut count) = (false, 0);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            count += u32::from(behind_mark && byte.is_ascii_digit());
            behind_mark = false;
        } else {
            behind_mark |= matches!(byte, b'/' | b'.' | b'-');
        }
    }
    count > 1
}

/// Reads one cell. A time of day and a zone are left aside: the date counts as it is written.
pub(super) fn shape(text: &str) -> Option<Shape> {
    let parts = parts(text);
    let clock12 = parts.iter().any(|p| p.text.eq_ignore_ascii_case("am") || p.text.eq_ignore_ascii_case("pm"));
    // A weekday before the date is left aside. `mar. 5 mai` is a Tuesday, so a month's name is one only without another
    // right behind its number.
    let from = match parts.as_slice() {
        [a, b, c, ..] if !a.digits && b.digits && !c.digits && c.month().is_some() => 1,
        [a, b, ..] if !a.digits && (!b.digits || a.month().is_none()) => 1,
        _ => 0,
    };
    let parts = parts.get(from..)?;
    let day = |year, month, day| CivilDate::new(year?, month?, day?).map(Shape::Day);
    let whole = parts.get(3).is_none_or(Part::may_follow);
    match parts {
        [only] if only.text.len() == 8 => basic(only.text),
        [only, t, ..] if only.text.len() == 8 && t.text.eq_ignore_ascii_case("t") => basic(only.text),
        [y, m, d, ..] if y.digits && y.text.len() == 4 && whole => {
            day(y.year(), if m.digits { m.number(2) } else { m.month() }, d.number(2))
        }
        [d, m, y, ..] if d.digits && !m.digits && whole => day(y.year(), m.month(), d.number(2)),
        [m, d, y, ..] if !m.digits && d.digits && whole => day(y.year(), m.month(), d.number(2)),
        [first, second, year, ..] if whole && second.mark == year.mark && matches!(year.mark, '/' | '.' | '-') => {
            let (first, second, year_number) = (first.number(2)?, second.number(2)?, year.year()?);
            let (low, high) = (first.min(second), first.max(second));
            ((1..=12).contains(&low) && high <= 31).then_some(Shape::Numbers {
                first,
                second,
                year: year_number,
                dots: year.mark == '.',
                clock12,
            })
        }
        _ => None,
    }
}

/// Whether a cell that is a date says more beside it: words that are no month, weekday or zone.
pub(super) fn says_more(text: &str) -> bool {
    // A zone's name stands between brackets, behind its offset.
    let text = if text.contains("GMT") { text.split('(').next().unwrap_or_default() } else { text };
    let mut words = text.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().nth(3).is_some());
    words.any(|word| {
        let zone = word.len() <= 5 && word.chars().all(char::is_uppercase);
        !zone && !word.ends_with("day") && !word.ends_with("tag") && month(word).is_none()
    })
}

/// `20060102`.
fn basic(text: &str) -> Option<Shape> {
    let number: u32 = text.parse().ok()?;
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    (1900..2100).contains(&year).then(|| {
        CivilDate::new(i32::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?).map(Shape::Day)
    })?
}

/// What a column's cells say about the order of day and month.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Evidence {
    /// Cells whose first number is above 12.
    day_first: usize,
    /// Cells whose second number is above 12.
    month_first: usize,
    /// Cells of numbers whose day and month differ and could change places.
    open: usize,
    dots: bool,
    clock12: bool,
}

impl Evidence {
    pub(super) fn add(&mut self, shape: Shape) {
        let Shape::Numbers { first, second, dots, clock12, .. } = shape else { return };
        if first > 12 {
            self.day_first += 1;
        } else if second > 12 {
            self.month_first += 1;
        } else if first != second {
            self.open += 1;
        }
        self.dots |= dots;
        self.clock12 |= clock12 && !dots;
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.day_first += other.day_first;
        self.month_first += other.month_first;
        self.open += other.open;
        self.dots |= other.dots;
        self.clock12 |= other.clock12;
    }

    /// Whether there are dates of numbers alone.
    pub(super) const fn any(&self) -> bool {
        self.day_first + self.month_first + self.open > 0
    }

    /// Whether cells can be read both ways and none settles it.
    pub(super) const fn is_ambiguous(&self) -> bool {
        self.open > 0 && self.settled().is_none() && !self.dots
    }

    /// The order that the cells prove.
    pub(super) const fn settled(&self) -> Option<DateOrder> {
        match (self.day_first, self.month_first) {
            (0, 0) => None,
            (_, 0) => Some(DateOrder::DayFirst),
            (0, _) => Some(DateOrder::MonthFirst),
            // Both occur: the file mixes them, and the more frequent one decides the cells that could be either.
            (days, months) => Some(if months > days { DateOrder::MonthFirst } else { DateOrder::DayFirst }),
        }
    }

    /// The order that is taken: the proven one, else by habit (dots and a 24-hour clock go with the day first).
    pub(super) const fn order(&self) -> DateOrder {
        match self.settled() {
            Some(order) => order,
            None if self.clock12 && !self.dots => DateOrder::MonthFirst,
            None => DateOrder::DayFirst,
        }
    }
}

impl Shape {
    /// The day, under an order of day and month. A cell that has no date under it is read the other way, unless `strict`.
    pub(super) fn day(self, order: DateOrder, strict: bool) -> Option<CivilDate> {
        match self {
            Self::Day(day) => Some(day),
            Self::Numbers { first, second, year, .. } => {
                let (day, month) = match order {
                    DateOrder::DayFirst => (first, second),
                    DateOrder::MonthFirst => (second, first),
                };
                CivilDate::new(year, month, day)
                    .or_else(|| if strict { None } else { CivilDate::new(year, day, month) })
            }
        }
    }
}
