//! What comes out of a file: typed rows, what was rejected, and how everything was understood.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::dates::DateOrder;
use crate::plan::{CivilDate, Item, Kind, Status, Unit};

/// How a file is to be read. Everything is found out from the file unless it is given here.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ReadOptions {
    /// The format by name: a tool's (`jira-csv`, `azure-csv`, `trello-json`, …), `csv` for any other table, or what holds
    /// the items: `json`, `html`, `markdown`, `lines`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub format: Option<String>,
    /// Which column is what: header to field (`{ "Aufgabe": "title" }`), or field to header. Fields are named as in
    /// [`ColumnUse::field`]; `ignore` leaves a column unread.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "Record<string, string>"))]
    pub mapping: BTreeMap<String, String>,
    /// What the tracker's statuses mean, where it was understood otherwise.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "Record<string, Status>"))]
    pub statuses: BTreeMap<String, Status>,
    /// What the tracker's types mean, where it was understood otherwise.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "Record<string, Kind>"))]
    pub types: BTreeMap<String, Kind>,
    /// What to count in.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub unit: Option<Unit>,
    /// The length of a sprint, in days.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub sprint_days: Option<u32>,
    /// Whether the day or the month comes first in dates of numbers alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub date_order: Option<DateOrder>,
    /// What separates the columns.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "string"))]
    pub delimiter: Option<char>,
    /// How the cells of single columns are written, by header.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "Record<string, ColumnOptions>"))]
    pub columns: BTreeMap<String, ColumnOptions>,
}

/// How the cells of one column are written, where it was found out otherwise.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ColumnOptions {
    /// Whether the day or the month comes first in its dates; it counts more than [`ReadOptions::date_order`].
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub date_order: Option<DateOrder>,
    /// Whether the comma in `1,250` is a decimal one: 1¼, not 1250.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub decimal_comma: Option<bool>,
}

/// What a file holds. The rows found are always `rows.len() + rejected.len()`.
#[derive(Debug, Clone, PartialEq)]
pub struct FileReading {
    /// The format that was recognised: `jira-csv`, `azure-csv`, `trello-json`, …; for what no known tool wrote `csv`, `json`,
    /// `html`, `markdown` or `lines`.
    pub format: String,
    /// The rows found below the header. Rows without any content are none.
    pub read: usize,
    /// The rows that became items, in the order of the file.
    pub rows: Vec<FileRow>,
    /// What of an item this file speaks of: only this is overwritten when it is imported again.
    pub fields: Vec<Field>,
    /// The rows that could not become items.
    pub rejected: Vec<Rejected>,
    /// What a person should know before taking the file in, in sentences.
    pub notes: Vec<String>,
    /// The oldest day on which the file says that something happened.
    pub oldest: Option<CivilDate>,
    /// The newest one: up to it the file is complete. Due dates and planned sprints are not among them.
    pub newest: Option<CivilDate>,
    /// How the file was understood, for the preview.
    pub recognised: Recognised,
}

/// A row that became an item.
#[derive(Debug, Clone, PartialEq)]
pub struct FileRow {
    /// The line of the file on which it begins, counted from 1; of JSON and of a table of a web page, its place in the
    /// list.
    pub line: u64,
    /// The item. Its id is empty where the file has no key for it.
    pub item: Item,
    /// The place, among the rows, of the row that it is a part of, where that one has no key.
    pub parent: Option<usize>,
}

/// A row that could not become an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Rejected {
    /// The line of the file on which it begins, counted from 1; of JSON and of a table of a web page, its place in the
    /// list.
    pub line: u64,
    /// The header of the column that is the reason, where one is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub column: Option<String>,
    /// Why, and what would do.
    pub reason: String,
}

/// A part of an item that a file can speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub enum Field {
    /// [`Item::title`].
    Title,
    /// [`Item::kind`].
    Kind,
    /// [`Item::status`].
    Status,
    /// [`Item::size`].
    Size,
    /// [`Item::created`].
    Created,
    /// [`Item::started`].
    Started,
    /// [`Item::finished`].
    Finished,
    /// [`Item::parent`].
    Parent,
    /// [`Item::needs`].
    Needs,
    /// [`Item::tags`].
    Tags,
    /// [`Item::sprint`].
    Sprint,
    /// [`Item::notes`].
    Notes,
    /// [`Item::team`].
    Team,
    /// [`Item::link`].
    Link,
    /// [`Item::remaining`].
    Remaining,
    /// [`Item::story`].
    Story,
    /// [`Item::criteria`].
    Criteria,
    /// [`Item::inputs`].
    Inputs,
    /// [`Item::objective`].
    Objective,
    /// [`Item::effect`].
    Effect,
    /// [`Item::moscow`].
    Moscow,
    /// [`Item::blocked`].
    Blocked,
    /// [`Item::ready`].
    Ready,
    /// [`Item::not_before`].
    NotBefore,
    /// [`Item::usage`].
    Usage,
}

impl Field {
    /// The field's name, as serde writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Kind => "kind",
            Self::Status => "status",
            Self::Size => "size",
            Self::Created => "created",
            Self::Started => "started",
            Self::Finished => "finished",
            Self::Parent => "parent",
            Self::Needs => "needs",
            Self::Tags => "tags",
            Self::Sprint => "sprint",
            Self::Notes => "notes",
            Self::Team => "team",
            Self::Link => "link",
            Self::Remaining => "remaining",
            Self::Story => "story",
            Self::Criteria => "criteria",
            Self::Inputs => "inputs",
            Self::Objective => "objective",
            Self::Effect => "effect",
            Self::Moscow => "moscow",
            Self::Blocked => "blocked",
            Self::Ready => "ready",
            Self::NotBefore => "notBefore",
            Self::Usage => "usage",
        }
    }
}

/// How a file was understood: what the preview shows, and what its reader may correct through [`ReadOptions`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Recognised {
    /// What wrote the file, as people call it: "Jira", "Azure DevOps"; "table" when nothing was recognised.
    pub tool: String,
    /// What separates the columns; empty where the file is no list of separated values.
    pub delimiter: String,
    /// How its letters were encoded: `utf-8`, `utf-16` or `windows-1252`.
    pub encoding: String,
    /// A digest of the format and the headers: files of one shape have the same one, so that corrections can be
    /// remembered under it. Case and the number of columns of one name do not matter.
    pub shape: String,
    /// Every column, in the order of the file; columns that share a header stand as one.
    pub columns: Vec<ColumnUse>,
    /// Whether no column was recognised as the title, so that a person should say which one it is.
    pub ask_mapping: bool,
    /// The statuses of the items, the most frequent first.
    pub statuses: Vec<StatusUse>,
    /// The types of the items, the most frequent first.
    pub types: Vec<TypeUse>,
    /// What to count in: points where at least half of the finished work has a size.
    pub unit: Unit,
    /// How many items have a size.
    pub sized: usize,
    /// The length of a sprint, in days.
    pub sprint_days: u32,
    /// Whether the sprint length comes from the file; otherwise it is the usual one.
    pub sprint_days_found: bool,
    /// Whether the day or the month comes first, where dates of numbers alone occur.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub date_order: Option<DateOrder>,
    /// Whether nothing in the file proves that order.
    pub date_order_guessed: bool,
}

/// One column and what it was taken for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ColumnUse {
    /// As it stands in the file.
    pub header: String,
    /// How many columns share the header.
    pub count: usize,
    /// The field it fills; absent where the column is only kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub field: Option<String>,
    /// The first cell that is not blank, shortened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub example: Option<String>,
    /// Whether the day or the month comes first, where its cells are dates of numbers alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub date_order: Option<DateOrder>,
    /// Whether no cell of the column proves that order.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub date_order_guessed: bool,
    /// Whether its numbers have a decimal comma, where commas occur in them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub decimal_comma: Option<bool>,
}

/// One of the tracker's statuses and what it was taken for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct StatusUse {
    /// The tracker's word; empty for items without one.
    pub name: String,
    /// How many items have it.
    pub count: usize,
    /// What most of them were taken for.
    pub status: Status,
    /// How many were taken for something else, because of their resolution or their dates.
    pub otherwise: usize,
    /// Whether the word stands in no list, so that its meaning is a guess.
    pub guessed: bool,
}

/// One of the tracker's types and what it was taken for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct TypeUse {
    /// The tracker's word; empty for items without one.
    pub name: String,
    /// How many items have it.
    pub count: usize,
    /// What it was taken for.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// How many were taken for something else, because of their parent or their labels.
    pub otherwise: usize,
    /// Whether the word stands in no list, so that its meaning is a guess.
    pub guessed: bool,
}
