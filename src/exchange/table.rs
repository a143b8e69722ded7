//! Text to a table: the delimiter, the header, the rows and the lines on which they begin.

use csv::{ReaderBuilder, StringRecord};

use super::columns;
use super::reading::Rejected;
use super::write::unguarded;
use crate::error::{Code, Error, Result};
use crate::pace::{self, Pace};

/// The most rows that are read.
pub(super) const MAX_ROWS: usize = 200_000;
/// The most columns that are read.
pub(super) const MAX_COLUMNS: usize = 2_000;
/// The most cells that columns and rows may make: of JSON and pages a short file must not become a large table.
const MAX_CELLS: usize = 1 << 24;

/// The delimiters that are tried, the likelier ones first.
pub(super) const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];

/// A file's rows, as text.
#[derive(Default)]
pub(super) struct Table {
    pub header: Vec<String>,
    pub rows: Vec<Row>,
    /// What separates the columns, where the file is text with separators.
    pub delimiter: Option<char>,
    /// The format of what holds it, where that is no text with separators.
    pub format: Option<&'static str>,
    /// The format of the tool that wrote it, where the contents tell.
    pub tool: Option<&'static str>,
    /// Rows that can be no items.
    pub rejected: Vec<Rejected>,
    pub notes: Vec<String>,
}

impl Table {
    /// A table of a format, from its rows, each with the line or the place at which it stands.
    pub(super) fn of(format: &'static str, header: Vec<String>, rows: Vec<(u64, Vec<String>)>) -> Result<Self> {
        check_size(header.len(), rows.len(), MAX_ROWS)?;
        let row = |(line, cells): (u64, Vec<String>)| Row {
            line,
            cells: StringRecord::from(cells),
            loose: false,
            guarded: Vec::new(),
        };
        let rows = rows.into_iter().map(row).filter(Row::is_filled).collect();
        Ok(Self { header, rows, format: Some(format), ..Self::default() })
    }
}

/// Refuses a table of too many columns, of more than `most` rows, or of too many cells.
pub(super) fn check_size(columns: usize, rows: usize, most: usize) -> Result<()> {
    let message = if columns > MAX_COLUMNS {
        format!("the file has {columns} columns: at most {MAX_COLUMNS} are read")
    } else if rows > most {
        format!("the file has more than {most} rows: export fewer items")
    } else if columns * rows > MAX_CELLS {
        format!("the file has {columns} columns in {rows} rows: export fewer items or fewer columns")
    } else {
        return Ok(());
    };
    Err(Error::new(Code::TooLarge, message))
}

/// One row below the header.
pub(super) struct Row {
    /// The line on which it begins, counted from 1.
    pub line: u64,
    pub cells: StringRecord,
    /// Whether a quote in it is not closed where a column ends.
    pub loose: bool,
    /// The columns whose cells had a guard that kept a spreadsheet from running them; these stand as they are.
    pub guarded: Vec<usize>,
}

impl Row {
    fn is_filled(&self) -> bool {
        self.cells.iter().any(|cell| !cell.trim().is_empty())
    }

    /// The cell of a column, trimmed, without the guard that some tools put before what a spreadsheet would run.
    pub(super) fn cell(&self, column: usize) -> &str {
        let cell = self.cells.get(column).unwrap_or_default();
        if self.guarded.contains(&column) {
            return cell;
        }
        let cell = cell.trim();
        match cell.strip_prefix('\'') {
            Some(guarded) if guarded.starts_with(['=', '+', '-', '@']) => guarded,
            _ => cell,
        }
    }
}

/// Reads a table, with the delimiter that was asked for or else the one that fits best. `is_known` tells whether a
/// header is one that the reader can use. The text is afterwards as it was.
pub(super) async fn table(
    whole: &mut String,
    (asked, most): (Option<char>, usize),
    is_known: &dyn Fn(&str) -> bool,
    pace: &Pace,
) -> Result<Table> {
    let (text, declared, first_line) = declaration(whole);
    let delimiter = match asked.or(declared) {
        Some(delimiter) if delimiter.is_ascii() && !matches!(delimiter, '"' | '\r' | '\n') => delimiter,
        Some(other) => {
            let message = format!("{other:?} cannot separate columns: give a comma, a semicolon, a tab or a bar");
            return Err(Error::new(Code::InvalidRequest, message).at("/delimiter"));
        }
        None => sniff(text, is_known)?,
    };
    let (end, begin) = (whole.len(), whole.len() - text.len());
    whole.push_str(END);
    let bytes = whole.as_bytes().get(begin..).unwrap_or_default();
    let found = match records(bytes, delimiter, first_line, true, most, pace).await {
        // What is pasted from a spreadsheet or written as TSV has its quotes as they are.
        Err(error) if delimiter == '\t' && error.code() == Code::UnterminatedQuote => {
            records(bytes, delimiter, first_line, false, most, pace).await
        }
        found => found,
    };
    whole.truncate(end);
    let mut records = found?.into_iter();
    let Some(header) = records.next() else {
        return Err(Error::new(Code::EmptyFile, "the file is empty: export it again, with its header and its rows")
            .at("line 1"));
    };
    check_size(header.cells.len(), 0, most)?;
    let rows = records.filter(Row::is_filled).collect();
    let is_plain = |column: &usize| !header.guarded.contains(column);
    let names = header.cells.iter().enumerate().map(|(column, cell)| match Some(column).filter(is_plain) {
        Some(_) => cell.trim().trim_start_matches('\u{feff}').to_owned(),
        None => cell.to_owned(),
    });
    let header = names.collect();
    Ok(Table { header, rows, delimiter: Some(delimiter), ..Table::default() })
}

/// [`table`] of a short text, under a delimiter.
pub(super) fn at_once(text: &str, delimiter: char) -> Result<Table> {
    pace::at_once(table(&mut text.to_owned(), (Some(delimiter), MAX_ROWS), &|_| false, &Pace::default()))
}

/// `sep=;` on a line of its own, as spreadsheets write it before the header.
fn declaration(text: &str) -> (&str, Option<char>, u64) {
    let declared = text.split_once(['\n', '\r']).and_then(|(line, rest)| {
        let mut letters = line.strip_prefix("sep=")?.chars();
        let delimiter = letters.next()?;
        letters.next().is_none().then_some((rest.strip_prefix('\n').unwrap_or(rest), delimiter))
    });
    match declared {
        Some((rest, delimiter)) => (rest, Some(delimiter), 2),
        None => (text, None, 1),
    }
}

/// What stands behind the text while it is read: a quote that is still open swallows it.
const END: &str = "\n\u{1}";

async fn records(
    bytes: &[u8],
    delimiter: char,
    first_line: u64,
    quoting: bool,
    most: usize,
    pace: &Pace,
) -> Result<Vec<Row>> {
    let separator = u8::try_from(delimiter).unwrap_or(b',');
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .quoting(quoting)
        .delimiter(separator)
        .buffer_capacity(1 << 16)
        .from_reader(bytes);
    let mut rows: Vec<Row> = Vec::new();
    let mut own = true;
    let mut record = StringRecord::new();
    let (mut counted, mut line) = (0, first_line);
    let unreadable = |e: csv::Error| Error::new(Code::NotATable, format!("the file cannot be read as a table: {e}"));
    while reader.read_record(&mut record).map_err(unreadable)? {
        let begin = record.position().map_or(0, |position| byte(position.byte()));
        let end = byte(reader.position().byte());
        // The reader's position may still lie before the line break that it skips.
        let skipped = bytes.get(begin..end).unwrap_or_default().iter().take_while(|b| is_break(**b)).count();
        let begin = begin + skipped;
        line += breaks(bytes.get(counted..begin).unwrap_or_default());
        counted = begin;
        if record.len() == 1 && record.get(0) == Some(END.trim_start()) && end >= bytes.len() {
            return Ok(rows);
        }
        let raw = bytes.get(begin..end).unwrap_or_default();
        let raw = raw.iter().rposition(|b| !is_break(*b)).and_then(|last| raw.get(..=last)).unwrap_or_default();
        let mut loose = false;
        if quoting && raw.contains(&b'"') {
            match check_quotes(raw, &record, separator, line, rows.first()) {
                // A row of one line cannot have swallowed another, however its quotes stand.
                Err(_) if delimiter != '\t' && !raw.iter().any(|b| is_break(*b)) => loose = true,
                checked => checked?,
            }
        }
        check_size(0, rows.len(), most)?;
        let guarded = unguard(&mut record, own);
        if rows.is_empty() {
            own = super::own::is_own(&record.iter().map(str::to_owned).collect::<Vec<_>>());
        }
        // A clone would be as large as the largest row so far.
        let mut cells = StringRecord::with_capacity(record.as_slice().len(), record.len());
        cells.extend(&record);
        rows.push(Row { line, cells, loose, guarded });
        if rows.len().is_multiple_of(64) {
            pace.step(0.25 * end as f64 / bytes.len() as f64).await;
        }
    }
    // Only a quote that is open to the end keeps the last record from being the mark.
    Err(unterminated(line, None))
}

/// Takes the guards away that Landfall writes before what a spreadsheet would run, and tells where they stood.
fn unguard(record: &mut StringRecord, own: bool) -> Vec<usize> {
    if !record.iter().any(|cell| cell.starts_with('\'')) {
        return Vec::new();
    }
    let bare: Vec<Option<String>> = record.iter().map(|cell| unguarded(cell, own)).collect();
    let guarded: Vec<usize> = bare.iter().enumerate().filter(|(_, cell)| cell.is_some()).map(|(k, _)| k).collect();
    if !guarded.is_empty() {
        let cells = record.iter().zip(bare).map(|(cell, bare)| bare.unwrap_or_else(|| cell.to_owned()));
        let position = record.position().cloned();
        *record = cells.collect::<Vec<_>>().into();
        record.set_position(position);
    }
    guarded
}

fn byte(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

fn is_break(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// Counts line breaks of every kind.
fn breaks(bytes: &[u8]) -> u64 {
    let mut count = 0;
    let mut before = 0;
    for byte in bytes {
        count += u64::from(*byte == b'\r' || (*byte == b'\n' && before != b'\r'));
        before = *byte;
    }
    count
}

/// Checks that a row is quoted as it should be. A quote that is never closed runs on to the next quote
/// of the file, somewhere in another row, and readers are silent about it; but then a closing quote stands where no
/// column ends.
fn check_quotes(raw: &[u8], record: &StringRecord, separator: u8, line: u64, header: Option<&Row>) -> Result<()> {
    let mut rest = raw;
    for (column, cell) in record.iter().enumerate() {
        let after = || {
            let rest = if column == 0 { rest } else { rest.strip_prefix(&[separator])? };
            match rest.strip_prefix(b"\"") {
                Some(quoted) => after_quoted(quoted, cell),
                None => rest.strip_prefix(cell.as_bytes()),
            }
        };
        let ends_well = |rest: &[u8]| rest.is_empty() || rest.first() == Some(&separator);
        match after().filter(|rest| ends_well(rest)) {
            Some(after) => rest = after,
            None => {
                let before = raw.get(..raw.len() - rest.len()).unwrap_or_default();
                let header = header.and_then(|header| header.cells.get(column)).filter(|header| header.len() < 80);
                return Err(unterminated(line + breaks(before), header));
            }
        }
    }
    Ok(())
}

/// What follows a quoted cell, behind its closing quote.
fn after_quoted<'a>(mut rest: &'a [u8], cell: &str) -> Option<&'a [u8]> {
    for (place, piece) in cell.split('"').enumerate() {
        if place > 0 {
            rest = rest.strip_prefix(b"\"\"")?;
        }
        rest = rest.strip_prefix(piece.as_bytes())?;
    }
    rest.strip_prefix(b"\"")
}

fn unterminated(line: u64, header: Option<&str>) -> Error {
    let place = match header {
        Some(header) if !header.trim().is_empty() => format!("line {line}, column \"{}\"", header.trim()),
        _ => format!("line {line}"),
    };
    let message =
        "a quoted cell begins here that is not closed where a column ends: close it, or double the quotes inside it";
    Error::new(Code::UnterminatedQuote, message).at(place)
}

/// Finds the delimiter: the one under which most headers are known, then most rows are as wide as the header.
fn sniff(text: &str, is_known: &dyn Fn(&str) -> bool) -> Result<char> {
    let sample = sample(text);
    let end = sample.len();
    let mut best: Option<(char, Fit)> = None;
    for delimiter in DELIMITERS {
        let fit = fit(sample, delimiter, end == text.len(), is_known);
        if fit.width > 1 && best.as_ref().is_none_or(|(_, best)| fit.rank() > best.rank()) {
            best = Some((delimiter, fit));
        }
    }
    match best {
        Some((delimiter, fit)) if fit.known > 0 || fit.rows == 0 || fit.same * 2 > fit.rows => Ok(delimiter),
        // A list of titles is a table of one column, which nothing separates.
        _ if fit(sample, '\t', false, is_known).known == 1 => {
            Ok(DELIMITERS.into_iter().find(|delimiter| !text.contains(*delimiter)).unwrap_or(','))
        }
        // A quote that is open in the header hides its columns.
        _ if text.starts_with('"') => Ok(','),
        _ => Err(Error::new(
            Code::NotATable,
            "the file is not a table: its first line holds no column names that commas, semicolons or tabs separate. \
             Export the items as CSV, or give one item a line",
        )
        .at("line 1")),
    }
}

fn sample(text: &str) -> &str {
    let mut end = text.len().min(1 << 16);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}

/// How many known headers the first line has, however it is separated.
pub(super) fn known(text: &str, is_known: &dyn Fn(&str) -> bool) -> usize {
    let (text, ..) = declaration(text);
    DELIMITERS.into_iter().map(|delimiter| fit(sample(text), delimiter, true, is_known).known).max().unwrap_or(0)
}

/// How well a delimiter fits.
struct Fit {
    known: usize,
    width: usize,
    rows: usize,
    same: usize,
}

impl Fit {
    fn rank(&self) -> (usize, usize, usize) {
        (self.known, self.same * 100 / self.rows.max(1), self.width)
    }
}

fn fit(sample: &str, delimiter: char, whole: bool, is_known: &dyn Fn(&str) -> bool) -> Fit {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .from_reader(sample.as_bytes());
    let mut widths: Vec<usize> = Vec::new();
    let mut known = 0;
    let mut record = StringRecord::new();
    while widths.len() < 200 && matches!(reader.read_record(&mut record), Ok(true)) {
        if widths.is_empty() {
            known = record.iter().filter(|header| is_known(&columns::plain(header))).count();
        }
        widths.push(record.len());
    }
    if !whole && widths.len() > 2 {
        // The last row was cut off with the sample.
        widths.pop();
    }
    let width = widths.first().copied().unwrap_or(0);
    let same = widths.iter().skip(1).filter(|w| **w == width).count();
    Fit { known, width, rows: widths.len().saturating_sub(1), same }
}
