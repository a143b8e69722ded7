//! Usage files: what was used by how many, as Amplitude and Pendo export it.
//!
//! Recognised by a line that names the columns, which may stand below a few lines of preamble: an event, a feature or a
//! page with users and counts, or with one column a day. Of the numbers by day the largest is taken for the users, as the
//! same person may come every day, and their sum for the count.

use super::columns;
use super::dates::{self, Evidence, Shape};
use super::decode;
use super::reading::Rejected;
use super::rows::shortened;
use super::table::{self, Row};
use super::words;
use crate::error::{Code, Error, Result};
use crate::pace::{self, Pace};
use crate::plan::{CivilDate, MAX_LINE};

/// What names what was used.
const NAMES: &str = "\
    event|event name|event type|feature|feature name|page|page name|track event|screen|screen name|action|\
    events|name|title|item";
/// How many people, each counted once.
const USERS: &str = "\
    uniques|unique users|users|unique|visitors|unique visitors|active users|number of visitors|\
    number of users|total visitors|total users|distinct users|visitor count|user count|people|\
    unique user count";
/// How often.
const COUNTS: &str = "\
    totals|total|event totals|total events|events|count|event count|number of events|clicks|total clicks|\
    number of clicks|views|page views|total views|number of views|times";
/// The day of a row.
const DAYS: &str = "\
    date|day|week|month";
/// What only a list of work has.
const WORK: &str = "\
    status|state|issue key|key|issue type|work item type|type|estimate|story points|points|assignee|priority|\
    effort";

/// Among so many lines the one with the column names must be.
const PREAMBLE: usize = 40;
/// The most rows: no tool knows as many events.
const MAX_ROWS: usize = 20_000;
/// The largest count.
const MOST: u64 = 1_000_000_000_000_000;

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
    /// Whether that number counts events, and not people.
    pub totals: bool,
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
    /// How many people, each counted once.
    users: Option<usize>,
    /// The day of each row.
    day: Option<usize>,
    /// The columns of numbers.
    numbers: Vec<usize>,
    /// The days that columns are of; then each number is one of these.
    days: Vec<Shape>,
}

/// The columns that these headers name, where they are those of a usage file.
fn head(headers: &[String]) -> Option<Head> {
    let mut plain_headers = Vec::new();
    let (mut days, mut numbers) = (Vec::new(), Vec::new());
    for (column, header) in headers.iter().enumerate() {
        plain_headers.push(plain(header));
        if let Some(day) = dates::shape(header) {
            days.push(day);
            numbers.push(column);
        }
    }
    let of = |list: &str, but: Option<usize>| {
        for name in list.split('|') {
            for (column, header) in plain_headers.iter().enumerate() {
                if header == name && Some(column) != but {
                    return Some(column);
                }
            }
        }
        None
    };
    let name = of(NAMES, None);
    let (users, count) = (of(USERS, name), of(COUNTS, name));
    if let (Some(name), Some(first)) = (name, users.or(count)) {
        numbers = vec![first];
        numbers.extend(count.filter(|count| *count != first));
        return Some(Head { name, users, day: of(DAYS, Some(name)), numbers, days: Vec::new() });
    }
    let enough = if name.is_some() { 1 } else { 2 };
    let name = name.or_else(|| (0..headers.len()).find(|column| !numbers.contains(column)))?;
    (days.len() >= enough).then_some(Head { name, users: None, day: None, numbers, days })
}

/// Reads a usage file; none where it is something else. `totals` says what the numbers by day count: events, or people.
/// `file` is its name, which may name the tool.
///
/// # Errors
/// As [`super::read`], for what is recognised; [`Code::TooLarge`] above 20,000 rows.
pub fn usage(bytes: &[u8], file: &str, totals: Option<bool>) -> Result<Option<UsageReading>> {
    let decode = |bytes: &[u8]| pace::at_once(decode::decode(bytes.to_vec(), &Pace::default()));
    let begin = decode(bytes.get(..bytes.len().min(1 << 16)).unwrap_or(bytes));
    let Some((skipped, delimiter)) = begin.ok().and_then(|begin| first_line(&begin.text)) else { return Ok(None) };
    let text = decode(bytes)?.text;
    // Blank lines in the preamble's place, so that lines are counted as in the file.
    let (mut said, mut rest) = (String::new(), String::new());
    for (k, line) in text.split_inclusive('\n').enumerate() {
        if k <= skipped {
            said.push_str(line);
        }
        rest.push_str(if k < skipped { "\n" } else { line });
    }
    let table = table::at_once(&rest, delimiter)?;
    let Some(head) = head(&table.header) else { return Ok(None) };
    if table.rows.is_empty() {
        let message = "the file names its columns and has no rows below: export it again with its numbers";
        return Err(Error::new(Code::NoRows, message).at(format!("line {}", skipped + 2)));
    }
    if table.rows.len() > MAX_ROWS {
        return Err(Error::new(Code::TooLarge, format!("the file has more than {MAX_ROWS} rows: export fewer")));
    }
    let told = told(&said);
    said.push_str(file);
    let said = said.to_lowercase();
    let says = |word: &str| said.contains(word);
    let by_day = !head.days.is_empty();
    let (people, events) = (says("unique") || says("active user") || says("visitor"), says("total"));
    let counted = totals.or((people != events).then_some(events));
    let source = if says("amplitude") {
        "Amplitude"
    } else if says("pendo") || says("visitor") {
        "Pendo"
    } else if says("unique") || by_day {
        "Amplitude"
    } else {
        ""
    };
    let mut reading = UsageReading {
        source: source.to_owned(),
        read: table.rows.len(),
        by_day,
        totals: by_day && counted == Some(true),
        guessed: by_day && counted.is_none(),
        ..UsageReading::default()
    };
    let decimal = decimal_mark(&table.rows, &head.numbers);
    let mut shapes = head.days.clone();
    for row in &table.rows {
        match line(row, &head, decimal, reading.totals) {
            Ok(found) => {
                shapes.extend(head.day.and_then(|day| dates::shape(row.cell(day))));
                reading.lines.push(found);
            }
            Err((column, reason)) => {
                reading.rejected.push(Rejected { line: row.line, column: table.header.get(column).cloned(), reason })
            }
        }
    }
    if by_day && reading.lines.is_empty() {
        // Those were no column names: a row of dates among others.
        return Ok(None);
    }
    (reading.from, reading.to) = span(&shapes, true).or(told).unzip();
    Ok(Some(reading))
}

/// How many lines stand above the column names, and what separates these. A list of work has none.
fn first_line(text: &str) -> Option<(usize, char)> {
    if text.trim_start().starts_with(['{', '[', '<']) {
        return None;
    }
    for (above, line) in text.split_inclusive('\n').take(PREAMBLE).enumerate() {
        for delimiter in table::DELIMITERS {
            if !line.contains(delimiter) {
                continue;
            }
            let Ok(table) = table::at_once(line, delimiter) else { continue };
            if table.header.iter().any(|header| is_work(&plain(header))) {
                return None;
            }
            if head(&table.header).is_some() {
                return Some((above, delimiter));
            }
        }
    }
    None
}

/// The first and the last of some days. Where columns or rows stand a week or a month apart, the last one only begins a
/// week or a month.
fn span(shapes: &[Shape], spaced: bool) -> Option<(CivilDate, CivilDate)> {
    let mut evidence = Evidence::default();
    for shape in shapes {
        evidence.add(*shape);
    }
    let mut days = Vec::new();
    for shape in shapes {
        days.extend(shape.day(evidence.order(), false));
    }
    crate::sort::set(&mut days);
    let (first, last) = (*days.first()?, *days.last()?);
    let apart = days.iter().rev().nth(1).map_or(1, |before| before.days_until(last));
    let rest = if spaced && matches!(apart, 7 | 28..=31) { apart - 1 } else { 0 };
    Some((first, last.plus_days(rest)))
}

fn is_work(header: &str) -> bool {
    WORK.split('|').any(|word| word == header)
}

/// The span that a preamble tells: "Nov 1 - Nov 30, 2026".
fn told(preamble: &str) -> Option<(CivilDate, CivilDate)> {
    for line in preamble.lines() {
        let line = line.trim_matches([',', ';', '"', ' ', '\t']);
        let line = line.split_once(": ").map_or(line, |(_, span)| span);
        for between in [" - ", " – ", " to "] {
            let Some((one, other)) = line.split_once(between) else { continue };
            let Some(last) = dates::shape(other) else { continue };
            let year = span(&[last], false).map_or(0, |(day, _)| day.year());
            if let Some(first) = dates::shape(one).or_else(|| dates::shape(&format!("{one}, {year}"))) {
                return span(&[first, last], false);
            }
        }
    }
    None
}

/// What a row says, or which of its columns is wrong and why.
fn line(
    row: &Row,
    head: &Head,
    decimal: Option<char>,
    totals: bool,
) -> std::result::Result<UsageLine, (usize, String)> {
    let name = row.cell(head.name);
    if name.is_empty() {
        return Err((head.name, "no name: say what was used".to_owned()));
    }
    if name.len() > MAX_LINE {
        return Err((head.name, format!("a name of more than {MAX_LINE} bytes: shorten it")));
    }
    let mut found = UsageLine { name: name.to_owned(), users: None, count: None };
    for column in &head.numbers {
        let cell = row.cell(*column);
        if matches!(cell, "" | "-" | "–" | "—") {
            continue;
        }
        let Some(number) = number(cell, decimal) else {
            return Err((
                *column,
                format!("\"{}\" is no count: give a whole number, or leave it empty", shortened(cell, 40)),
            ));
        };
        let people = if head.days.is_empty() { head.users == Some(*column) } else { !totals };
        if people {
            found.users = Some(found.users.unwrap_or_default().max(number));
        } else {
            found.count = Some(found.count.unwrap_or_default() + number);
        }
    }
    if found.users.or(found.count).is_none() {
        return Err((usize::MAX, "no number: give users or a count".to_owned()));
    }
    Ok(found)
}

/// The mark before decimals, where one stands in some cell: before other than three digits, or as the last of two marks.
fn decimal_mark(rows: &[Row], columns: &[usize]) -> Option<char> {
    for row in rows {
        for column in columns {
            let cell = row.cell(*column);
            let Some(at) = cell.rfind(['.', ',']) else { continue };
            let (before, decimals) = cell.split_at(at);
            let mark = if decimals.starts_with('.') { '.' } else { ',' };
            let other = if mark == '.' { ',' } else { '.' };
            let digits = decimals.len() > 1 && decimals.bytes().skip(1).all(|b| b.is_ascii_digit());
            if digits && !before.contains(mark) && (decimals.len() != 4 || before.contains(other)) {
                return Some(mark);
            }
        }
    }
    None
}

/// A count as people write it, to the whole.
fn number(text: &str, decimal: Option<char>) -> Option<f64> {
    let (mut value, mut digits, mut groups) = (0_u64, 0, 0);
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '0'..='9' => {
                value = value * 10 + u64::from(letter as u32 - '0' as u32);
                digits += 1;
                if value > MOST {
                    return None;
                }
            }
            _ if letter.is_whitespace() || matches!(letter, '\'' | '’') => {}
            _ if Some(letter) == decimal && digits > 0 => {
                let decimals = letters.as_str();
                if !decimals.bytes().all(|b| b.is_ascii_digit()) {
                    return None;
                }
                value += u64::from(decimals.as_bytes().first().is_some_and(|first| *first >= b'5'));
                break;
            }
            // A group of two or three digits ends; what stands before the first is shorter or as long.
            '.' | ',' if (1..=3).contains(&digits) && (groups == 0 || digits > 1) => (groups, digits) = (groups + 1, 0),
            _ => return None,
        }
    }
    (digits > 0 && (groups == 0 || matches!(digits, 2 | 3))).then_some(value as f64)
}
