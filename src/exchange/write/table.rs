//! Items as a table, in CSV: with all that an item holds, or as another tool's importer takes them.
//!
//! Data, not code: what a format can hold is what it has a column for. Columns that came with an import and that nobody
//! here knows go out again, under their own header.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::Value;

use super::formula::{exactly, guarded, spots};
use crate::error::Result;
use crate::exchange::reading::Field;
use crate::exchange::{columns, tools, words};
use crate::plan::{CivilDate, Item, Kind, Plan, Status};
use crate::range::Uncertain;

/// A format of a table of items.
pub struct TableFormat {
    /// Its name, as [`read`](crate::exchange::read) tells it.
    pub format: &'static str,
    /// What people call the tool.
    pub tool: &'static str,
    columns: &'static [Column],
    /// The words for to do, in progress, done and declined.
    statuses: [&'static str; 4],
    /// The words for the kinds, in the order of [`Kind::ALL`].
    kinds: [&'static str; 6],
    day: fn(CivilDate) -> String,
    /// Whether a label holds no blanks.
    one_word: bool,
}

/// The header of a column, what it is of, and what stands in it.
type Column = (&'static str, Field, Fill);

/// What fills a column.
#[derive(Clone, Copy)]
enum Fill {
    /// A part of an item, by its place in JSON.
    Own(&'static str, Shape),
    Id,
    /// The id where it is a number: Azure DevOps gives numbers to all others.
    Number,
    /// The id, where some are no numbers.
    Key,
    /// The place in the table, as a number by which children name their parents.
    Row,
    ParentRow,
    Title,
    Kind,
    Status,
    Category,
    Resolution,
    /// `open` or `closed`.
    State,
    Size,
    Parent,
    /// One to a column, or all in one with this between them.
    Needs(&'static str),
    Tags(&'static str),
    Team,
    Sprint,
    /// The sprint below the plan, as Azure DevOps names it.
    Path,
    Created,
    Started,
    /// The day on which it was done, or declined.
    Ended,
    Done,
    Declined,
    Notes,
    Link,
    Nothing,
}

/// How a part of an item is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::exchange) enum Shape {
    Text,
    Status,
    Kind,
    Day,
    /// A number; of a range the likely one.
    Number,
    /// A number or `3–5–8`.
    Range,
    /// Texts with commas between them, or a JSON array where that would not come back.
    List,
    /// A line each, `[x] ` before what is met; or a JSON array.
    Criteria,
    /// "yes", or nothing.
    Yes,
}

/// What Landfall itself reads back: all of an item.
const OWN: &[Column] = &[
    ("ID", Field::Title, Fill::Own("/id", Shape::Text)),
    ("Title", Field::Title, Fill::Own("/title", Shape::Text)),
    ("Type", Field::Kind, Fill::Own("/type", Shape::Kind)),
    ("Status", Field::Status, Fill::Own("/status", Shape::Status)),
    ("Size", Field::Size, Fill::Own("/size", Shape::Number)),
    ("Size low", Field::Size, Fill::Own("/size/low", Shape::Number)),
    ("Size high", Field::Size, Fill::Own("/size/high", Shape::Number)),
    ("Remaining", Field::Remaining, Fill::Own("/remaining", Shape::Range)),
    ("As a", Field::Story, Fill::Own("/story/asA", Shape::Text)),
    ("I want", Field::Story, Fill::Own("/story/iWant", Shape::Text)),
    ("So that", Field::Story, Fill::Own("/story/soThat", Shape::Text)),
    ("Acceptance criteria", Field::Criteria, Fill::Own("/criteria", Shape::Criteria)),
    ("Objective", Field::Objective, Fill::Own("/objective", Shape::Text)),
    ("Effect", Field::Effect, Fill::Own("/effect", Shape::Range)),
    ("MoSCoW", Field::Moscow, Fill::Own("/moscow", Shape::Text)),
    ("Parent", Field::Parent, Fill::Own("/parent", Shape::Text)),
    ("Needs", Field::Needs, Fill::Own("/needs", Shape::List)),
    ("Tags", Field::Tags, Fill::Own("/tags", Shape::List)),
    ("Team", Field::Team, Fill::Own("/team", Shape::Text)),
    ("Sprint", Field::Sprint, Fill::Own("/sprint", Shape::Text)),
    ("Blocked", Field::Blocked, Fill::Own("/blocked/reason", Shape::Text)),
    ("Blocked since", Field::Blocked, Fill::Own("/blocked/since", Shape::Day)),
    ("Blocked until", Field::Blocked, Fill::Own("/blocked/until", Shape::Day)),
    ("Ready", Field::Ready, Fill::Own("/ready", Shape::List)),
    ("Not before", Field::NotBefore, Fill::Own("/notBefore", Shape::Day)),
    ("Users", Field::Usage, Fill::Own("/usage/users", Shape::Number)),
    ("Users at least", Field::Usage, Fill::Own("/usage/atLeast", Shape::Yes)),
    ("Uses", Field::Usage, Fill::Own("/usage/count", Shape::Number)),
    ("Usage source", Field::Usage, Fill::Own("/usage/source", Shape::Text)),
    ("Usage file", Field::Usage, Fill::Own("/usage/file", Shape::Text)),
    ("Usage from", Field::Usage, Fill::Own("/usage/from", Shape::Day)),
    ("Usage to", Field::Usage, Fill::Own("/usage/to", Shape::Day)),
    ("Usage read", Field::Usage, Fill::Own("/usage/read", Shape::Day)),
    ("Usage names", Field::Usage, Fill::Own("/usage/names", Shape::List)),
    ("Created", Field::Created, Fill::Own("/created", Shape::Day)),
    ("Started", Field::Started, Fill::Own("/started", Shape::Day)),
    ("Finished", Field::Finished, Fill::Own("/finished", Shape::Day)),
    ("Notes", Field::Notes, Fill::Own("/notes", Shape::Text)),
    ("Link", Field::Link, Fill::Own("/link", Shape::Text)),
];

/// Before the name of a scoring input.
pub(in crate::exchange) const SCORE: &str = "Score: ";

/// The header of the column of an own part, with its field, its place in JSON and its shape.
pub(in crate::exchange) fn own_part(header: &str) -> Option<(Field, &'static str, Shape)> {
    OWN.iter().find(|(own, ..)| *own == header).and_then(|(_, field, fill)| match fill {
        Fill::Own(place, shape) => Some((*field, *place, *shape)),
        _ => None,
    })
}

static TABLES: [TableFormat; 5] = [
    TableFormat {
        format: "csv",
        tool: "this table",
        columns: OWN,
        statuses: [""; 4],
        kinds: [""; 6],
        day: iso,
        one_word: false,
    },
    TableFormat {
        format: "jira-csv",
        tool: "Jira",
        columns: &[
            ("Issue key", Field::Title, Fill::Id),
            ("Issue id", Field::Parent, Fill::Row),
            ("Summary", Field::Title, Fill::Title),
            ("Issue Type", Field::Kind, Fill::Kind),
            ("Status", Field::Status, Fill::Status),
            ("Status Category", Field::Status, Fill::Category),
            ("Resolution", Field::Status, Fill::Resolution),
            ("Story Points", Field::Size, Fill::Size),
            ("Parent", Field::Parent, Fill::Parent),
            ("Parent id", Field::Parent, Fill::ParentRow),
            ("Inward issue link (Blocks)", Field::Needs, Fill::Needs("")),
            ("Labels", Field::Tags, Fill::Tags("")),
            ("Custom field (Team)", Field::Team, Fill::Team),
            ("Sprint", Field::Sprint, Fill::Sprint),
            ("Created", Field::Created, Fill::Created),
            ("Custom field (Actual start)", Field::Started, Fill::Started),
            ("Resolved", Field::Finished, Fill::Ended),
            ("Description", Field::Notes, Fill::Notes),
        ],
        statuses: ["To Do", "In Progress", "Done", "Done"],
        kinds: ["Story", "Bug", "Task", "Spike", "Epic", "Sub-task"],
        // What Jira's importer expects unless it is told otherwise; it takes years of four digits too.
        day: |day| {
            let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
            let month = months.get(usize::from(day.month()).saturating_sub(1)).copied().unwrap_or_default();
            format!("{:02}/{month}/{:04} 12:00 AM", day.day(), day.year())
        },
        one_word: true,
    },
    TableFormat {
        format: "linear-csv",
        tool: "Linear",
        columns: &[
            ("ID", Field::Title, Fill::Id),
            ("Team", Field::Team, Fill::Team),
            ("Title", Field::Title, Fill::Title),
            ("Description", Field::Notes, Fill::Notes),
            ("Status", Field::Status, Fill::Status),
            ("Estimate", Field::Size, Fill::Size),
            ("Type", Field::Kind, Fill::Kind),
            ("Labels", Field::Tags, Fill::Tags(", ")),
            ("Cycle Name", Field::Sprint, Fill::Sprint),
            ("Created", Field::Created, Fill::Created),
            ("Started", Field::Started, Fill::Started),
            ("Completed", Field::Finished, Fill::Done),
            ("Canceled", Field::Finished, Fill::Declined),
            ("Parent issue", Field::Parent, Fill::Parent),
            ("Blocked by", Field::Needs, Fill::Needs(", ")),
            ("URL", Field::Link, Fill::Link),
        ],
        statuses: ["Todo", "In Progress", "Done", "Canceled"],
        kinds: ["Story", "Bug", "Task", "Spike", "Epic", "Sub-task"],
        day: |day| format!("{day}T00:00:00.000Z"),
        one_word: false,
    },
    TableFormat {
        format: "azure-csv",
        tool: "Azure DevOps",
        columns: &[
            ("ID", Field::Title, Fill::Number),
            ("Work Item Type", Field::Kind, Fill::Kind),
            ("Title", Field::Title, Fill::Title),
            ("State", Field::Status, Fill::Status),
            ("Key", Field::Title, Fill::Key),
            ("Story Points", Field::Size, Fill::Size),
            ("Parent", Field::Parent, Fill::Parent),
            ("Predecessors", Field::Needs, Fill::Needs("; ")),
            ("Tags", Field::Tags, Fill::Tags("; ")),
            ("Iteration Path", Field::Sprint, Fill::Path),
            ("Created Date", Field::Created, Fill::Created),
            ("Activated Date", Field::Started, Fill::Started),
            ("Closed Date", Field::Finished, Fill::Ended),
            ("Description", Field::Notes, Fill::Notes),
        ],
        statuses: ["New", "Active", "Closed", "Removed"],
        kinds: ["User Story", "Bug", "Task", "User Story", "Epic", "Task"],
        day: iso,
        one_word: false,
    },
    TableFormat {
        format: "github-csv",
        tool: "GitHub",
        columns: &[
            ("Title", Field::Title, Fill::Title),
            ("Body", Field::Notes, Fill::Notes),
            ("Labels", Field::Tags, Fill::Tags(",")),
            ("State", Field::Status, Fill::State),
            ("Status", Field::Status, Fill::Status),
            ("URL", Field::Link, Fill::Link),
            ("Repository", Field::Link, Fill::Nothing),
            ("ID", Field::Title, Fill::Id),
            ("Type", Field::Kind, Fill::Kind),
            ("Estimate", Field::Size, Fill::Size),
            ("Iteration", Field::Sprint, Fill::Sprint),
            ("Parent", Field::Parent, Fill::Parent),
            ("Blocked by", Field::Needs, Fill::Needs(", ")),
            ("Created", Field::Created, Fill::Created),
            ("Started", Field::Started, Fill::Started),
            ("Closed", Field::Finished, Fill::Ended),
        ],
        statuses: ["Todo", "In Progress", "Done", "Not planned"],
        kinds: ["Story", "Bug", "Task", "Spike", "Epic", "Sub-task"],
        day: iso,
        one_word: false,
    },
];

fn iso(day: CivilDate) -> String {
    day.to_string()
}

impl TableFormat {
    /// The format of a name: `csv`, `jira-csv`, `linear-csv`, `azure-csv` or `github-csv`.
    pub fn named(name: &str) -> Option<&'static Self> {
        TABLES.iter().find(|table| table.format == name)
    }

    /// Whether it has a column for a part of an item.
    pub fn holds(&self, field: Field) -> bool {
        // Own scoring inputs have a column each, by their names.
        self.columns.iter().any(|column| column.1 == field) || (self.is_own() && field == Field::Inputs)
    }

    const fn is_own(&self) -> bool {
        self.columns.len() == OWN.len()
    }

    /// The items of a plan, in order, below a header.
    ///
    /// # Errors
    /// None that a plan can cause; the signature is that of the writer.
    pub fn write(&self, plan: &Plan) -> Result<String> {
        let all: Vec<&Item> = plan.items.iter().map(|item| &**item).collect();
        let table = Source {
            table: self,
            places: if self.is_own() { HashMap::new() } else { plan.places() },
            // A path has no separators but its own.
            root: plan.name.replace(['\\', '/', '\n'], " "),
            numbered: all.iter().all(|item| is_number(&item.id)),
            tools: tools::Tools::read(),
        };
        // How often each column stands side by side: as often as the fullest row needs it.
        let mut widths = vec![1; self.columns.len()];
        for (width, (_, _, fill)) in widths.iter_mut().zip(self.columns) {
            let cells = |(place, item): (usize, &&Item)| table.cells(*fill, place, item).len();
            match fill {
                Fill::Key if table.numbered => *width = 0,
                Fill::Needs("") | Fill::Tags("") | Fill::Sprint => {
                    *width = all.iter().enumerate().map(cells).fold(1, usize::max);
                }
                _ => {}
            }
        }
        let mut names: Vec<&str> = Vec::new();
        let mut kept: Vec<&str> = Vec::new();
        let ours: Vec<String> = self.columns.iter().map(|(header, ..)| columns::plain(header)).collect();
        let is_ours = |header: &str| !self.is_own() && ours.contains(&columns::plain(header));
        for item in &all {
            for name in item.inputs.keys().map(String::as_str).filter(|_| self.is_own()) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            for header in item.columns.keys().map(String::as_str) {
                if !kept.contains(&header) && !is_ours(header) {
                    kept.push(header);
                }
            }
        }
        // A column that only looks like a scoring input stands behind an empty one.
        for name in kept.iter().filter_map(|header| header.strip_prefix(SCORE)).filter(|_| self.is_own()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let mut out = String::new();
        let mut row: Vec<String> = Vec::new();
        for (width, (header, ..)) in widths.iter().zip(self.columns) {
            (0..*width).for_each(|_| row.push((*header).to_owned()));
        }
        row.extend(names.iter().map(|name| self.cell(&format!("{SCORE}{name}"))));
        row.extend(kept.iter().map(|header| self.cell(header)));
        put(&mut out, &row);
        for (place, item) in all.into_iter().enumerate() {
            row.clear();
            let value = if self.is_own() { crate::json::to_value(item)? } else { Value::Null };
            for (width, (_, _, fill)) in widths.iter().zip(self.columns) {
                let end = row.len() + width;
                match fill {
                    Fill::Own(place, shape) => row.push(self.cell(&own(value.pointer(place), *shape))),
                    fill => row.extend(table.cells(*fill, place, item).iter().take(*width).map(|text| self.cell(text))),
                }
                row.resize(end, String::new());
            }
            for name in &names {
                row.push(item.inputs.get(*name).map(|input| self.cell(&input.to_string())).unwrap_or_default());
            }
            for header in &kept {
                row.push(item.columns.get(*header).map(|text| self.cell(text)).unwrap_or_default());
            }
            put(&mut out, &row);
        }
        Ok(out)
    }

    /// A text as a cell holds it: readers of other tools leave the white space around it out.
    fn cell(&self, text: &str) -> String {
        if self.is_own() {
            return exactly(text).into_owned();
        }
        match guarded(text) {
            Cow::Borrowed(text) => text.trim().to_owned(),
            Cow::Owned(text) => text,
        }
    }
}

/// A record, as RFC 4180 has it. The csv crate's writer can quote what is no number, and brings std's reading of numbers
/// with it for that: 10 KB of tables.
fn put(out: &mut String, row: &[String]) {
    for (column, cell) in row.iter().enumerate() {
        if column > 0 {
            out.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(cell);
        }
    }
    out.push('\n');
}

fn is_number(id: &str) -> bool {
    id.bytes().all(|b| b.is_ascii_digit())
}

/// What the cells of another tool's table are made from.
struct Source<'a> {
    table: &'a TableFormat,
    places: HashMap<&'a str, usize>,
    root: String,
    /// Whether every id is a number.
    numbered: bool,
    /// What the readers know.
    tools: tools::Tools,
}

impl Source<'_> {
    fn cells(&self, fill: Fill, place: usize, item: &Item) -> Vec<String> {
        let (table, ended) = (self.table, !item.status.is_open());
        let day = |day: Option<CivilDate>, holds: bool| day.filter(|_| holds).map(table.day);
        // Numbers that no id has.
        let row = |place: usize| (10_000_001 + place).to_string();
        let status = STATUSES.iter().position(|status| *status == item.status).unwrap_or_default();
        let one = match fill {
            Fill::Own(..) | Fill::Nothing => None,
            Fill::Id | Fill::Key => Some(item.id.clone()),
            Fill::Number => Some(item.id.clone()).filter(|id| is_number(id)),
            Fill::Row => Some(row(place)),
            Fill::ParentRow => item.parent.as_deref().and_then(|parent| self.places.get(parent).copied()).map(row),
            Fill::Title if spots(&item.title).is_empty() => Some(super::line(&item.title)),
            Fill::Title => Some(item.title.replace(['\n', '\r'], " ")),
            Fill::Kind => self
                .word(item, &["Issue Type", "Work Item Type", "Type"], &|word, own, all| {
                    words::kind(word, own, all).is_some_and(|meaning| meaning.value == item.kind)
                })
                .or_else(|| {
                    Kind::ALL.iter().position(|kind| *kind == item.kind).and_then(|k| table.kinds.get(k)).map(text)
                }),
            Fill::Status => self
                .word(item, &["Status", "State"], &|word, own, all| {
                    words::status(word, own, all).is_some_and(|meaning| meaning.value == item.status)
                })
                .or_else(|| table.statuses.get(status).map(text)),
            Fill::Category => ["To Do", "In Progress", "Done", "Done"].get(status).map(text),
            Fill::Resolution if !ended => None,
            Fill::Resolution => self
                .word(item, &["Resolution"], &|word, _, all| {
                    words::not_delivered(word, all) == (item.status == Status::Declined)
                        && words::plain(word) != "unresolved"
                })
                .or_else(|| Some(text(if item.status == Status::Done { &"Done" } else { &"Won't Do" }))),
            Fill::State => Some(text(if ended { &"closed" } else { &"open" })),
            Fill::Size => item.size.map(|size| match size {
                Uncertain::Exact(size) => size.to_string(),
                Uncertain::Range(range) => range.likely.unwrap_or(range.mean()).to_string(),
            }),
            Fill::Parent => item.parent.clone(),
            Fill::Needs("") => return item.needs.clone(),
            Fill::Needs(between) => Some(item.needs.join(between)),
            Fill::Tags(between) => {
                let mut tags: Vec<String> = Vec::new();
                for tag in &item.tags {
                    let parts = |c: char| matches!(c, ',' | ';' | '|' | '[') || (table.one_word && c.is_whitespace());
                    let tag = tag.trim().replace(parts, "_");
                    if !tag.is_empty() && !tags.contains(&tag) {
                        tags.push(tag);
                    }
                }
                if between.is_empty() {
                    return tags;
                }
                Some(tags.join(between))
            }
            // One team is none to the reader, which keeps its name.
            Fill::Team => {
                item.team.clone().or_else(|| self.word(item, &["Team", "Custom field (Team)"], &|_, _, _| true))
            }
            Fill::Sprint => {
                let past = item
                    .columns
                    .get("Sprint")
                    .filter(|past| table.one_word && past.split(", ").last() == item.sprint.as_deref());
                match past {
                    Some(past) => return past.split(", ").map(str::to_owned).collect(),
                    None => item.sprint.clone(),
                }
            }
            Fill::Path => item.sprint.as_deref().map(|sprint| {
                let path = item.columns.get("Iteration Path");
                path.filter(|path| path.rsplit_once('\\').is_some_and(|(_, last)| last == sprint))
                    .cloned()
                    .unwrap_or_else(|| format!("{}\\{sprint}", self.root))
            }),
            Fill::Created => day(item.created, true),
            Fill::Started => day(item.started, true),
            Fill::Ended => day(item.finished, ended),
            Fill::Done => day(item.finished, item.status == Status::Done),
            Fill::Declined => day(item.finished, item.status == Status::Declined),
            Fill::Notes => Some(item.notes.clone()),
            Fill::Link => item.link.clone(),
        };
        one.into_iter().collect()
    }

    /// The tracker's own word, where it came with the item and still says the same to the reader of this format.
    fn word(&self, item: &Item, headers: &[&str], fits: &Fits) -> Option<String> {
        let (own, all) = (self.tools.of_format(self.table.format)?, self.tools.words()?);
        let ours = headers.iter().filter(|header| self.table.columns.iter().any(|column| column.0 == **header));
        ours.filter_map(|header| item.columns.get(*header)).find(|word| fits(word, own, all)).cloned()
    }
}

/// Whether a word says what it should, to a reader with a tool's words and everybody's.
type Fits<'a> = dyn Fn(&str, &tools::Tool, &tools::Tool) -> bool + 'a;

const STATUSES: [Status; 4] = [Status::Todo, Status::InProgress, Status::Done, Status::Declined];

fn text(word: &&str) -> String {
    (*word).to_owned()
}

/// A part of an item as Landfall itself writes it.
fn own(value: Option<&Value>, shape: Shape) -> String {
    let number = |value: &Value, key: &str| value.get(key).and_then(Value::as_f64).map(|number| number.to_string());
    match (value, shape) {
        (Some(Value::String(text)), _) => text.clone(),
        (Some(Value::Bool(true)), _) => "yes".to_owned(),
        (Some(Value::Number(number)), _) => number.as_f64().unwrap_or_default().to_string(),
        (Some(range @ Value::Object(_)), Shape::Number) => number(range, "likely").unwrap_or_default(),
        (Some(range @ Value::Object(_)), _) => {
            let ends: Vec<String> = ["low", "likely", "high"].iter().filter_map(|key| number(range, key)).collect();
            ends.join("–")
        }
        (Some(list @ Value::Array(items)), _) => {
            let met = |item: &Value| item.get("met").and_then(Value::as_bool).unwrap_or(false);
            let line = |item: &Value| match item.get("text").and_then(Value::as_str) {
                Some(text) => format!("[{}] {text}", if met(item) { 'x' } else { ' ' }),
                None => item.as_str().unwrap_or_default().to_owned(),
            };
            let lines: Vec<String> = items.iter().map(line).collect();
            let simple = lines.join(if shape == Shape::Criteria { "\n" } else { ", " });
            if own_list(&simple, shape) == *list { simple } else { crate::json::to_text(list, false).unwrap_or(simple) }
        }
        _ => String::new(),
    }
}

/// The list that a cell of Landfall's own table holds.
pub(in crate::exchange) fn own_list(cell: &str, shape: Shape) -> Value {
    if let Ok(list @ Value::Array(_)) = serde_json::from_str(cell) {
        return list;
    }
    let mut list: Vec<Value> = Vec::new();
    for piece in cell.split(if shape == Shape::Criteria { '\n' } else { ',' }) {
        let piece = piece.trim();
        if piece.is_empty() {
            continue;
        }
        let Some(open) = (shape == Shape::Criteria).then(|| piece.strip_prefix("[ ] ")) else {
            list.push(piece.into());
            continue;
        };
        let met = open.is_none() && (piece.starts_with("[x] ") || piece.starts_with("[X] "));
        let text = if met { piece.get(4..) } else { open };
        let mut criterion = serde_json::Map::new();
        criterion.insert("text".to_owned(), text.unwrap_or(piece).into());
        if met {
            criterion.insert("met".to_owned(), true.into());
        }
        list.push(Value::Object(criterion));
    }
    Value::Array(list)
}
