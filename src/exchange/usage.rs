//! Usage files: what was used by how many, as Amplitude and Pendo export it.
//!
//! Recognised by a line that names the columns, which may stand below a few lines of preamble: an event, a feature or a
//! page with users and counts, or with one column a day. Of the numbers by day the largest is taken for the users, as the
//! same person may come every day, and their sum for the count.

use super::columns;
use super::dates::{self, Evidence, Shape};
use super::decode;
use super::reading::Rejected;
use super::table::{self, Row};
use super::words;
use crate::error::{Code, Error, Result};
use crate::plan::{CivilDate, MAX_LINE};

/// What names what was used.
const NAMES: &[&str] = &[
    "event",
    "event name",
    "event type",
    "feature",
    "feature name",
    "page",
    "page name",
    "track event",
    "screen",
    "screen name",
    "action",
    "events",
    "name",
    "title",
    "item",
];
/// How many people, each counted once.
const USERS: &[&str] = &[
    "uniques",
    "unique users",
    "users",
    "unique",
    "visitors",
    "unique visitors",
    "active users",
    "number of visitors",
    "number of users",
    "total visitors",
    "total users",
    "distinct users",
    "visitor count",
    "user count",
    "people",
    "unique user count",
];
/// How often.
const COUNTS: &[&str] = &[
    "totals",
    "total",
    "event totals",
    "total events",
    "events",
    "count",
    "event count",
    "number of events",
    "clicks",
    "total clicks",
    "number of clicks",
    "views",
    "page views",
    "total views",
    "number of views",
    "times",
];
/// The day of a row.
const DAYS: &[&str] = &["date", "day", "week", "month"];
/// What only a list of work has.
const WORK: &[&str] = &[
    "status",
    "state",
    "issue key",
    "key",
    "issue type",
    "work item type",
    "type",
    "estimate",
    "story points",
    "points",
    "assignee",
    "priority",
    "effort",
];

/// Among so many lines the one with the column names must be.
const PREAMBLE: usize = 40;
/// The most rows: no tool knows as many events.
const MAX_ROWS: usize = 20_000;

/// What a usage file holds: the rows found are always `lines.len() + rejected.len()`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct UsageReading {
    /// What counted: "Amplitude", "Pendo"; empty where nothing says so.
    pub source: String,
    /// The rows found below the column names.
    pub read: usize,
    /// The rows that say something.
    pub lines: Vec<UsageLine>,
    /// The rows that do not, and why.
    pub rejected: Vec<Rejected>,
    /// The first day that was counted.
    pub from: Option<CivilDate>,
    /// The last one.
    pub to: Option<CivilDate>,
    /// Whether there is a number for each day.
    pub by_day: bool,
    /// Whether nothing in the file says if those count people or events.
    pub guessed: bool,
}

/// A row of a usage file.
#[derive(Debug, Clone, PartialEq)]
pub struct UsageLine {
    /// What was used.
    pub name: String,
    /// By how many people.
    pub users: Option<f64>,
    /// How often.
    pub count: Option<f64>,
}

/// What is compared of a name: `Report Exported`, `report_exported` and `ReportExported` are one.
pub(crate) fn key(name: &str) -> String {
    words::plain(name).replace(' ', "")
}

/// The words of a name, as they are compared.
pub(crate) fn plain(name: &str) -> String {
    words::plain(&columns::plain(name))
}

/// The columns that a line names.
struct Head {
    name: usize,
    users: Option<usize>,
    count: Option<usize>,
    day: Option<usize>,
    /// The columns of days.
    days: Vec<usize>,
}

/// The columns that these headers name, where they are those of a usage file.
fn head(headers: &[String]) -> Option<Head> {
    let plain: Vec<String> = headers.iter().map(|header| plain(header)).collect();
    let of = |list: &[&str], but: Option<usize>| {
        let places = list.iter().filter_map(|name| plain.iter().position(|header| header == name));
        places.into_iter().find(|place| Some(*place) != but)
    };
    let days: Vec<usize> =
        (0..headers.len()).filter(|k| headers.get(*k).and_then(|h| dates::shape(h)).is_some()).collect();
    let name = of(NAMES, None);
    let (users, count) = (of(USERS, name), of(COUNTS, name));
    if name.is_some() && (users.is_some() || count.is_some()) {
        let day = of(DAYS, name);
        return Some(Head { name: name?, users, count, day, days: Vec::new() });
    }
    let enough = if name.is_some() { 1 } else { 2 };
    let name = name.or_else(|| (0..headers.len()).find(|k| !days.contains(k)))?;
    (days.len() >= enough).then_some(Head { name, users: None, count: None, day: None, days })
}

/// Reads a usage file; none where it is something else. `totals` says what the numbers by day count: events, or people.
/// `file` is its name, which may name the tool.
///
/// # Errors
/// As [`super::read`], for what is recognised; [`Code::TooLarge`] above 20,000 rows.
pub fn usage(bytes: &[u8], file: &str, totals: Option<bool>) -> Result<Option<UsageReading>> {
    let begin = decode::decode(bytes.get(..bytes.len().min(1 << 16)).unwrap_or(bytes));
    let Some((skipped, delimiter)) = begin.ok().and_then(|begin| first_line(&begin.text)) else { return Ok(None) };
    let text = decode::decode(bytes)?.text;
    let mut lines = text.split_inclusive('\n');
    let preamble: Vec<&str> = lines.by_ref().take(skipped).collect();
    let rest = text.get(preamble.iter().map(|line| line.len()).sum()..).unwrap_or_default();
    // Blank lines in the preamble's place, so that lines are counted as in the file.
    let table = table::table(&format!("{}{rest}", "\n".repeat(skipped)), Some(delimiter), &|_| false)?;
    let Some(head) = head(&table.header) else { return Ok(None) };
    if table.rows.is_empty() {
        let message = "the file names its columns and has no rows below: export it again with its numbers";
        return Err(Error::new(Code::NoRows, message).at(format!("line {}", skipped + 2)));
    }
    if table.rows.len() > MAX_ROWS {
        let message = format!("the file has {} rows: at most {MAX_ROWS} are read", table.rows.len());
        return Err(Error::new(Code::TooLarge, message));
    }
    let said = format!("{}\n{file}", preamble.concat()).to_lowercase();
    let by_day = !head.days.is_empty();
    let counted = totals.or_else(|| {
        let says = |words: &[&str]| words.iter().any(|word| said.contains(word));
        match (says(&["unique", "active user", "visitors"]), says(&["totals", "total events", "event count"])) {
            (true, false) => Some(false),
            (false, true) => Some(true),
            _ => None,
        }
    });
    let totals = counted.unwrap_or(false);
    let mut shapes: Vec<Shape> = head.days.iter().filter_map(|day| dates::shape(table.header.get(*day)?)).collect();
    let mut reading = UsageReading {
        source: source(&said, &table.header, by_day).to_owned(),
        read: table.rows.len(),
        by_day,
        guessed: by_day && counted.is_none(),
        ..UsageReading::default()
    };
    let numbers: Vec<usize> = head.users.into_iter().chain(head.count).chain(head.days.iter().copied()).collect();
    let decimal = decimal_mark(&table.rows, &numbers);
    for row in &table.rows {
        match line(row, &head, &numbers, decimal, totals) {
            Ok(found) => {
                shapes.extend(head.day.and_then(|day| dates::shape(row.cell(day))));
                reading.lines.push(found);
            }
            Err((column, reason)) => reading.rejected.push(Rejected {
                line: row.line,
                column: column.and_then(|column| table.header.get(column)).cloned(),
                reason,
            }),
        }
    }
    if by_day && reading.lines.is_empty() {
        // Those were no column names: a row of dates among others.
        return Ok(None);
    }
    (reading.from, reading.to) = span(&shapes, true).or_else(|| told(&preamble)).unzip();
    Ok(Some(reading))
}

/// How many lines stand above the column names, and what separates these. A list of work has none.
fn first_line(text: &str) -> Option<(usize, char)> {
    for (above, line) in text.split_inclusive('\n').take(PREAMBLE).enumerate() {
        for delimiter in [',', ';', '\t', '|'].into_iter().filter(|delimiter| line.contains(*delimiter)) {
            let Ok(table) = table::table(line, Some(delimiter), &|_| false) else { continue };
            if table.header.iter().any(|header| WORK.contains(&plain(header).as_str())) {
                return None;
            }
            if head(&table.header).is_some() {
                return Some((above, delimiter));
            }
        }
    }
    None
}

fn source(said: &str, headers: &[String], by_day: bool) -> &'static str {
    let has = |words: &[&str]| headers.iter().any(|header| words.contains(&plain(header).as_str()));
    if said.contains("amplitude") {
        "Amplitude"
    } else if said.contains("pendo") {
        "Pendo"
    } else if has(&["visitors", "accounts", "unique visitors", "number of visitors"]) {
        "Pendo"
    } else if has(&["uniques", "event totals"]) || by_day {
        "Amplitude"
    } else {
        ""
    }
}

/// The first and the last of some days. Where columns or rows stand a week or a month apart, the last one only begins a
/// week or a month.
fn span(shapes: &[Shape], spaced: bool) -> Option<(CivilDate, CivilDate)> {
    let mut evidence = Evidence::default();
    shapes.iter().for_each(|shape| evidence.add(*shape));
    let mut days: Vec<CivilDate> = shapes.iter().filter_map(|shape| shape.day(evidence.order(), false)).collect();
    crate::sort::set(&mut days);
    let (first, last) = (days.first()?, days.last()?);
    let apart = days.iter().rev().nth(1).map_or(1, |before| before.days_until(*last));
    let rest = if spaced && matches!(apart, 7 | 28..=31) { apart - 1 } else { 0 };
    Some((*first, last.plus_days(rest)))
}

/// The span that a preamble tells: "Nov 1 - Nov 30, 2026", or its first and its last day in cells of their own.
fn told(preamble: &[&str]) -> Option<(CivilDate, CivilDate)> {
    let mut days = Vec::new();
    for line in preamble {
        let bare = line.trim().trim_end_matches(',').trim_matches('"').trim();
        let said = bare.rsplit_once(": ").map_or(bare, |(_, said)| said);
        for between in [" - ", " – ", " — ", " to "] {
            let Some((one, other)) = said.split_once(between) else { continue };
            let Some(last) = dates::shape(other) else { continue };
            let year = span(&[last], false).map_or(0, |(day, _)| day.year());
            if let Some(first) = dates::shape(one).or_else(|| dates::shape(&format!("{one}, {year}"))) {
                return span(&[first, last], false);
            }
        }
        let label = bare.to_lowercase();
        if label.contains("start") || label.contains("end") || label.contains("from") {
            days.extend(bare.split([',', ';', '\t']).filter_map(dates::shape));
        }
    }
    (days.len() == 2).then(|| span(&days, false))?
}

/// What a row says, or which of its columns is wrong and why.
fn line(
    row: &Row,
    head: &Head,
    numbers: &[usize],
    decimal: Option<char>,
    totals: bool,
) -> std::result::Result<UsageLine, (Option<usize>, String)> {
    let name = row.cell(head.name);
    if name.is_empty() {
        return Err((Some(head.name), "no name: say what was used".to_owned()));
    }
    if name.chars().count() > MAX_LINE {
        return Err((Some(head.name), format!("a name of more than {MAX_LINE} characters: shorten it")));
    }
    let mut found = UsageLine { name: name.to_owned(), users: None, count: None };
    for column in numbers {
        let cell = row.cell(*column);
        if matches!(cell, "" | "-" | "–" | "—") {
            continue;
        }
        let Some(number) = number(cell, decimal) else {
            let shown: String = cell.chars().take(40).collect();
            return Err((
                Some(*column),
                format!("\"{shown}\" is no count: give a number of at least 0, or leave it empty"),
            ));
        };
        if head.count == Some(*column) || (totals && head.users.is_none()) {
            found.count = Some(found.count.unwrap_or_default() + number);
        } else {
            found.users = Some(found.users.unwrap_or_default().max(number));
        }
    }
    match found {
        UsageLine { users: None, count: None, .. } => Err((None, "no number: give users or a count".to_owned())),
        found => Ok(found),
    }
}

/// The mark before decimals, where one stands in some cell: before other than three digits, or as the last of two marks.
fn decimal_mark(rows: &[Row], columns: &[usize]) -> Option<char> {
    let cells = rows.iter().flat_map(|row| columns.iter().map(|column| row.cell(*column)));
    cells.into_iter().find_map(|cell| {
        let (before, decimals) = cell.trim().rsplit_once(['.', ','])?;
        let mark = cell.chars().rev().find(|c| matches!(c, '.' | ','))?;
        let other = if mark == '.' { ',' } else { '.' };
        let digits = !decimals.is_empty() && decimals.bytes().all(|b| b.is_ascii_digit());
        (digits && !before.contains(mark) && (decimals.len() != 3 || before.contains(other))).then_some(mark)
    })
}

/// A count as people write it, to the whole.
fn number(text: &str, decimal: Option<char>) -> Option<f64> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’')).collect();
    let (whole, decimals) = decimal.and_then(|mark| bare.split_once(mark)).unwrap_or((&bare, ""));
    let grouped = whole.split([',', '.']).enumerate().all(|(k, group)| match k {
        0 => !group.is_empty(),
        _ => matches!(group.len(), 2 | 3),
    });
    let digits: String = whole.chars().filter(|c| !matches!(c, ',' | '.')).collect();
    let plain = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !grouped || digits.len() > 15 || !plain(&digits) || !plain(decimals) {
        return None;
    }
    let up = decimals.bytes().next().is_some_and(|first| first >= b'5');
    Some((digits.parse::<u64>().ok()? + u64::from(up)) as f64)
}
