//! What sort of text a file holds, and the table in it.

use super::reading::ReadOptions;
use super::table::{self, Table};
use super::{html, json, lines, markdown};
use crate::error::{Code, Error, Result};
use crate::pace::Pace;

pub(super) const JSON: &str = "json";
pub(super) const HTML: &str = "html";
pub(super) const MARKDOWN: &str = "markdown";
pub(super) const TRELLO: &str = "trello-json";
pub(super) const LINES: &str = "lines";
/// The formats that are no tool's.
pub(super) const FORMATS: [&str; 4] = [JSON, HTML, MARKDOWN, LINES];

/// The table of a text: as it was asked for, else by what the text looks like.
pub(super) async fn table(
    mut text: String,
    options: &ReadOptions,
    most: usize,
    is_known: &dyn Fn(&str) -> bool,
    pace: &Pace,
) -> Result<Table> {
    let format = options.format.as_deref();
    let (shown, open) = (text.trim_start(), format.is_none_or(|format| !FORMATS.contains(&format)));
    let found = match format {
        Some(super::tools::ANY_FORMAT) => None,
        Some(LINES) => Some(lines::table(&text)),
        _ if format == Some(JSON) || (open && json::begins(shown)) => Some(json::table(&text)),
        _ if format == Some(HTML) || (open && html::begins(shown)) => Some(html_table(&text, is_known)),
        _ => pick(MARKDOWN, markdown::tables(&text, pace).await, is_known),
    };
    match found {
        Some(Ok(table)) => return table::check_size(0, table.rows.len(), most).map(|()| table),
        Some(error) => return error,
        None if format == Some(MARKDOWN) => return lines::table(&text),
        None => {}
    }
    let sure = options.delimiter.is_some()
        || !options.mapping.is_empty()
        || format.is_some()
        || table::known(&text, is_known) > 0;
    if !sure && lines::is_list(&text) {
        return lines::table(&text);
    }
    match table::table(&mut text, (options.delimiter, most), is_known, pace).await {
        found if sure => found,
        Ok(table) if table.header.len() == 1 && lines::is_notes(&text) => lines::of_notes(table),
        // Where every comma is followed by a space, it stands in a sentence.
        Ok(table) if table.delimiter == Some(',') && text.matches(',').count() == text.matches(", ").count() => {
            if lines::is_notes(&text) {
                lines::table(&text)
            } else {
                Ok(table)
            }
        }
        Err(error) if error.code() == Code::NotATable && lines::is_notes(&text) => lines::table(&text),
        found => found,
    }
}

fn html_table(text: &str, is_known: &dyn Fn(&str) -> bool) -> Result<Table> {
    let page = html::read(text);
    match pick(HTML, page.tables, is_known) {
        Some(table) => table,
        None if !page.points.is_empty() => lines::table(&page.points),
        None => {
            let message =
                "the file is HTML or XML without a table or a list: export the items as CSV, or copy their table";
            Err(Error::new(Code::NotATable, message).at("line 1"))
        }
    }
}

/// Of the tables of a page, the one with the most headers that are known, then with the most rows.
fn pick(format: &'static str, tables: Vec<Vec<Vec<String>>>, is_known: &dyn Fn(&str) -> bool) -> Option<Result<Table>> {
    // A title may stand in the rows above the header.
    const ABOVE: usize = 5;
    let count = tables.len();
    // How many headers are known, how many rows there are, where the header stands; and the table.
    let mut best: Option<(usize, usize, usize, Vec<Vec<String>>)> = None;
    for rows in tables {
        let (mut known, mut place) = (0, 0);
        for (nth, row) in rows.iter().take(ABOVE).enumerate() {
            let found = row.iter().filter(|cell| is_known(&super::columns::plain(cell))).count();
            if found > known {
                (known, place) = (found, nth);
            }
        }
        if best.as_ref().is_none_or(|best| (known, rows.len()) > (best.0, best.1)) {
            best = Some((known, rows.len(), place, rows));
        }
    }
    let (known, _, place, mut rows) = best?;
    if known == 0 && rows.iter().all(|row| row.iter().skip(1).all(String::is_empty)) {
        let mut notes = Vec::new();
        for (line, row) in (1..).zip(rows) {
            notes.extend(row.into_iter().next().filter(|cell| !cell.is_empty()).map(|cell| (line, cell)));
        }
        return Some(lines::of_cells(&notes));
    }
    let above = rows.drain(..place).filter(|row| row.iter().any(|cell| !cell.is_empty())).count();
    let header = rows.remove(0);
    let first = place as u64 + 2;
    Some(Table::of(format, header, (first..).zip(rows).collect()).map(|mut table| {
        if count > 1 || above > 0 {
            let others = match count - 1 {
                0 => "what stands above its header".to_owned(),
                1 => "another table".to_owned(),
                more => format!("{more} other tables"),
            };
            table.notes.push(format!("only the table with the most known columns was read, not {others}"));
        }
        table
    }))
}
