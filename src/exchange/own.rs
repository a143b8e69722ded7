//! Landfall's own table back to items: every column, as it was written, or as a spreadsheet has changed it since.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::dates::{self, Evidence};
use super::reading::{ColumnUse, Field, FileReading, FileRow, ReadOptions, Recognised, Rejected};
use super::rows::{keep, shortened};
use super::sizes::{self, Notation};
use super::table::Table;
use super::tools::{Tool, Tools};
use super::write::{SCORE, Shape, own_list, own_part};
use super::{Decoded, words};
use crate::error::{Error, Result};
use crate::pace::Pace;
use crate::plan::{CivilDate, Item, Unit};

/// What Landfall calls itself among the tools.
pub(crate) const TOOL: &str = "Landfall";

/// Whether Landfall has written a table with this header: these names stand together nowhere else.
pub(super) fn is_own(header: &[String]) -> bool {
    ["ID", "Title", "Size low", "Not before"].iter().all(|name| header.iter().any(|found| found == name))
}

/// What a column is.
enum Part {
    Of(Field, &'static str, Shape),
    Input(String),
    /// A column that came with an import.
    Kept(String),
}

/// Reads every row.
pub(super) async fn read(
    table: &mut Table,
    options: &ReadOptions,
    tools: &Tools,
    any: &Tool,
    decoded: Decoded,
    pace: &Pace,
) -> FileReading {
    let words = tools.words().unwrap_or(any);
    let (mut rejected, mut notes) = (std::mem::take(&mut table.rejected), std::mem::take(&mut table.notes));
    notes.extend(decoded.note);
    let table = &*table;
    // The first column of a name is Landfall's own; a later one came with an import and has the same name.
    let part = |(place, header): (usize, &String)| {
        let seen = table.header.iter().take(place).any(|before| before == header);
        match (own_part(header), header.strip_prefix(SCORE)) {
            (Some((field, path, shape)), _) if !seen => Part::Of(field, path, shape),
            (None, Some(name)) if !seen => Part::Input(name.to_owned()),
            _ => Part::Kept(header.clone()),
        }
    };
    let parts: Vec<Part> = table.header.iter().enumerate().map(part).collect();
    let mut evidence = Evidence::default();
    let mut fields: Vec<Field> = Vec::new();
    for (column, part) in parts.iter().enumerate() {
        let field = match part {
            Part::Of(field, _, shape) => {
                let cells = table.rows.iter().filter(|_| *shape == Shape::Day).map(|row| row.cell(column));
                cells.filter_map(dates::shape).for_each(|shape| evidence.add(shape));
                *field
            }
            Part::Input(_) => Field::Inputs,
            Part::Kept(_) => continue,
        };
        if !fields.contains(&field) {
            fields.push(field);
        }
    }
    let order = options.date_order.unwrap_or(evidence.order());
    let mut rows: Vec<FileRow> = Vec::new();
    let mut ids = std::collections::HashMap::new();
    for (place, row) in table.rows.iter().enumerate() {
        if place % 32 == 0 {
            pace.step(0.3 + 0.45 * place as f64 / table.rows.len() as f64).await;
        }
        let mut map = Map::new();
        let mut inputs = Map::new();
        let mut columns = BTreeMap::new();
        let beyond = row.cells.iter().skip(parts.len()).any(|cell| !cell.trim().is_empty());
        if row.loose || beyond {
            let reason = "a quote is not closed where a column ends, or the row has more cells than the header: quote the \
                          cells that hold separators, and double the quotes inside";
            rejected.push(Rejected { line: row.line, column: None, reason: reason.to_owned() });
            continue;
        }
        for (column, part) in parts.iter().enumerate() {
            let (exact, cell) = (row.cells.get(column).unwrap_or_default(), row.cell(column));
            if exact.is_empty() {
                continue;
            }
            let notation = Notation { decimal_comma: table.delimiter == Some(';') };
            let number = |text: &str| sizes::number(text.trim(), notation).map_or(Value::from(text), Value::from);
            match part {
                Part::Input(name) => drop(inputs.insert(name.clone(), range(cell, &number))),
                Part::Kept(header) => keep(&mut columns, header.clone(), exact),
                Part::Of(_, path, shape) => {
                    let value = match shape {
                        Shape::Text => exact.into(),
                        Shape::Status => {
                            words::status(cell, any, words).map_or(cell, |known| known.value.as_str()).into()
                        }
                        Shape::Kind => words::kind(cell, any, words).map_or(cell, |known| known.value.as_str()).into(),
                        Shape::Day => match dates::shape(cell).and_then(|shape| shape.day(order, false)) {
                            Some(day) => day.to_string().into(),
                            None => cell.into(),
                        },
                        Shape::Number => number(cell),
                        Shape::Yes => cell.eq_ignore_ascii_case("yes").into(),
                        Shape::Range => range(cell, &number),
                        Shape::List | Shape::Criteria => own_list(exact, *shape),
                    };
                    put(&mut map, path, value);
                }
            }
        }
        if !inputs.is_empty() {
            map.insert("inputs".to_owned(), Value::Object(inputs));
        }
        let mut reject = |error: Error| {
            let pointer = error.path().unwrap_or_default();
            let of = |part: &Part| matches!(part, Part::Of(_, path, _) if pointer.starts_with(path));
            let column = parts.iter().zip(&table.header).find(|(part, _)| of(part)).map(|(_, header)| header.clone());
            rejected.push(Rejected { line: row.line, column, reason: error.message().to_owned() });
        };
        match item(map).map(|item| Item { columns, ..item }) {
            Err(error) => reject(error),
            Ok(item) if item.id.is_empty() => rows.push(FileRow { line: row.line, item, parent: None }),
            Ok(item) => match ids.insert(item.id.clone(), rows.len()).and_then(|first| rows.get(first)) {
                None => rows.push(FileRow { line: row.line, item, parent: None }),
                Some(first) => {
                    let line = first.line;
                    let id = shortened(&item.id, 60);
                    let why = format!("\"{id}\" stands in line {line} already: each id may occur once");
                    reject(Error::new(crate::error::Code::DuplicateId, why).at("/id"));
                }
            },
        }
    }
    let days = |item: &Item| [item.created, item.started, item.finished];
    let days: Vec<CivilDate> = rows.iter().flat_map(|row| days(&row.item)).flatten().collect();
    let sized = rows.iter().filter(|row| row.item.size.is_some()).count();
    let used = |(header, part): (&String, Part)| ColumnUse {
        header: header.clone(),
        count: 1,
        field: match part {
            Part::Of(field, ..) => Some(field.as_str().to_owned()),
            Part::Input(name) => Some(name),
            Part::Kept(_) => None,
        },
        example: None,
        date_order: None,
        date_order_guessed: false,
        decimal_comma: None,
    };
    FileReading {
        format: "csv".to_owned(),
        read: rows.len() + rejected.len(),
        fields,
        rejected,
        notes,
        oldest: days.iter().min().copied(),
        newest: days.iter().max().copied(),
        recognised: Recognised {
            tool: TOOL.to_owned(),
            delimiter: table.delimiter.map(String::from).unwrap_or_default(),
            encoding: decoded.encoding.to_owned(),
            shape: TOOL.to_owned(),
            columns: table.header.iter().zip(parts).map(used).collect(),
            ask_mapping: false,
            statuses: Vec::new(),
            types: Vec::new(),
            unit: options.unit.unwrap_or(if sized > 0 { Unit::Points } else { Unit::Items }),
            sized,
            sprint_days: options.sprint_days.unwrap_or(super::summary::USUAL_SPRINT_DAYS),
            sprint_days_found: false,
            date_order: evidence.any().then_some(order),
            date_order_guessed: options.date_order.is_none() && evidence.is_ambiguous(),
        },
        rows,
    }
}

/// A number, or two or three with dashes between them.
fn range(cell: &str, number: &dyn Fn(&str) -> Value) -> Value {
    let ends: Vec<&str> = cell.split('–').collect();
    let names: &[&str] = match ends.len() {
        2 => &["low", "high"],
        3 => &["low", "likely", "high"],
        _ => return number(cell),
    };
    let mut range = Map::new();
    for (name, end) in names.iter().zip(ends) {
        range.insert((*name).to_owned(), number(end));
    }
    Value::Object(range)
}

/// Puts a value where its place in JSON says.
fn put(map: &mut Map<String, Value>, path: &str, value: Value) {
    let path = path.trim_start_matches('/');
    let Some((whole, part)) = path.split_once('/') else {
        map.insert(path.to_owned(), value);
        return;
    };
    let whole = map.entry(whole).or_insert_with(|| Value::Object(Map::new()));
    if !whole.is_object() {
        // The number beside the ends of a range is the likely one.
        let mut range = Map::new();
        range.insert("likely".to_owned(), whole.take());
        *whole = Value::Object(range);
    }
    if let Some(whole) = whole.as_object_mut() {
        whole.insert(part.to_owned(), value);
    }
}

fn item(mut map: Map<String, Value>) -> Result<Item> {
    if let Some(blocked) = map.get_mut("blocked").and_then(Value::as_object_mut) {
        blocked.entry("reason").or_insert_with(|| "".into());
    }
    if map.contains_key("id") {
        map.entry("title").or_insert_with(|| "".into());
    }
    let mut item: Item = crate::json::read(&Value::Object(map))?;
    let id = std::mem::take(&mut item.id);
    // The plan gives ids to those without.
    item.id = if id.is_empty() { "new".to_owned() } else { id.clone() };
    item.check()?;
    item.id = id;
    Ok(item)
}
