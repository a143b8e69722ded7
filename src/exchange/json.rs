//! JSON to a table: a list of objects, wherever in the document it stands, and Trello's boards.

use serde_json::{Map, Value};

use super::contents::JSON;
use super::reading::Rejected;
use super::table::{MAX_ROWS, Table, check_size};
use super::trello;
use crate::error::{Code, Error, Result};

/// The largest document, in bytes: as values it takes several times as much.
const MAX_BYTES: usize = 32 << 20;
/// Under which names services put their lists.
const LISTS: [&str; 9] = ["items", "issues", "data", "nodes", "results", "tasks", "stories", "features", "records"];
/// What objects inside a cell are called by.
const NAMES: [&str; 6] = ["name", "title", "login", "displayName", "value", "key"];
/// Objects that only wrap what an entry says.
const WRAPPERS: [&str; 3] = ["fields", "content", "node"];

/// Whether a text is meant to be JSON, though it may be broken: `[x] a task` and `[a](link)` are not.
pub(super) fn begins(shown: &str) -> bool {
    let line = shown.lines().next().unwrap_or_default();
    let noted = || line.split_once(']').is_some_and(|(_, rest)| rest.starts_with([' ', '(']) && rest.trim().len() > 1);
    shown.starts_with('{') || (shown.starts_with('[') && !noted())
}

/// Reads a document. Its depth is bounded by serde_json, at 128.
pub(super) fn table(text: &str) -> Result<Table> {
    if text.len() > MAX_BYTES {
        let message = format!("the JSON has more than {} MiB: export fewer items", MAX_BYTES >> 20);
        return Err(Error::new(Code::TooLarge, message));
    }
    let document: Value = serde_json::from_str(text).map_err(|e| {
        let message = format!("this is no valid JSON ({e}): export it again, or save it as CSV");
        Error::new(Code::NotJson, message).at(format!("line {}, column {}", e.line(), e.column()))
    })?;
    if document.get("format").and_then(Value::as_str) == Some(crate::plan::FORMAT) {
        let message = "the file is a Landfall plan: open it instead of importing it";
        return Err(Error::new(Code::NotATable, message).at("/format"));
    }
    if let Some(board) = trello::board(&document) {
        return board;
    }
    let Some(list) = list(&document, 0) else {
        let message = "the JSON holds no list of items: export a list of objects with a title each";
        return Err(Error::new(Code::NotATable, message).at("line 1"));
    };
    entries(list)
}

/// The list of a document; a lone object is a list of one.
fn list(value: &Value, depth: usize) -> Option<&[Value]> {
    const DEPTH: usize = 4;
    match value {
        Value::Array(values) => values.iter().any(|value| value.is_object() || value.is_string()).then_some(values),
        Value::Object(map) if depth < DEPTH => {
            for name in LISTS {
                if let Some(found) = map.get(name).and_then(|inner| list(inner, depth + 1)) {
                    return Some(found);
                }
            }
            let lone = ["title", "name", "summary"].iter().any(|name| map.contains_key(*name));
            let mut largest: Option<&[Value]> = None;
            for inner in map.values().filter(|_| !lone) {
                let found = list(inner, depth + 1).filter(|found| found.iter().any(Value::is_object));
                if found.is_some_and(|found| largest.is_none_or(|largest| found.len() > largest.len())) {
                    largest = found;
                }
            }
            largest.or_else(|| (depth == 0 && !map.is_empty()).then(|| std::slice::from_ref(value)))
        }
        _ => None,
    }
}

/// A list as a table: its columns are the names of all objects.
fn entries(list: &[Value]) -> Result<Table> {
    check_size(0, list.len(), MAX_ROWS)?;
    let mut header: Vec<String> = Vec::new();
    let mut rows = Vec::new();
    let mut rejected = Vec::new();
    for (line, value) in (1..).zip(list) {
        let mut fields: Vec<(&str, String)> = Vec::new();
        match value {
            Value::Object(map) => fill(map, &mut fields),
            Value::String(title) => fields.push(("title", title.clone())),
            _ => {}
        }
        let reason = if fields.is_empty() {
            Some("the entry is no object with a title: give each item as one")
        } else if value.get("pull_request").is_some_and(|pull| !pull.is_null()) {
            Some("the entry is a pull request, not an issue")
        } else {
            None
        };
        if let Some(reason) = reason {
            rejected.push(Rejected { line, column: None, reason: reason.to_owned() });
            continue;
        }
        let mut row: Vec<String> = Vec::new();
        for (name, cell) in fields {
            let place = header.iter().position(|known| known == name).unwrap_or_else(|| {
                header.push(name.to_owned());
                header.len() - 1
            });
            check_size(header.len(), rows.len(), MAX_ROWS)?;
            row.resize(row.len().max(place + 1), String::new());
            if let Some(slot) = row.get_mut(place).filter(|slot| slot.is_empty()) {
                *slot = cell;
            }
        }
        rows.push((line, row));
    }
    let table = Table::of(JSON, header, rows)?;
    Ok(Table { rejected, ..table })
}

fn fill<'a>(map: &'a Map<String, Value>, fields: &mut Vec<(&'a str, String)>) {
    for (name, value) in map {
        match value {
            Value::Object(inner) if WRAPPERS.contains(&name.as_str()) => fill(inner, fields),
            _ => fields.push((name, text(value))),
        }
    }
}

/// A value as the text of a cell: objects by their names, lists of names with commas.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => {
            let (mut joined, mut plain) = (String::new(), true);
            let mut names = Vec::new();
            for value in values {
                let name = text(value);
                plain &= !name.contains([',', ';', '|', '\n']);
                joined.push_str(if joined.is_empty() { "" } else { ", " });
                joined.push_str(&name);
                names.push(Value::String(name));
            }
            if plain { joined } else { written(&Value::Array(names)) }
        }
        Value::Object(map) => match NAMES.iter().find_map(|name| map.get(*name).filter(|name| !name.is_null())) {
            Some(name) if !name.is_object() => text(name),
            _ => written(value),
        },
        other => written(other),
    }
}

fn written(value: &Value) -> String {
    crate::json::to_text(value, false).unwrap_or_default()
}
