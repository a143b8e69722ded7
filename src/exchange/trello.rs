//! Trello's boards, as "Print, export, and share → Export as JSON" writes them.
//!
//! A card's list is its status. Its checklists are its acceptance criteria. When it was begun and finished is read from
//! the board's actions, of which Trello exports the newest thousand; when it was written down, from its id.

use std::collections::HashMap;

use serde_json::Value;

use super::contents::TRELLO;
use super::json::text;
use super::lines::sized;
use super::table::{MAX_ROWS, Table, check_size};
use super::tools::Tools;
use super::words;
use crate::error::Result;
use crate::plan::{CivilDate, Status};

const HEADER: [&str; 18] = [
    "Card",
    "Card ID",
    "Title",
    "Points",
    "List",
    "Labels",
    "Description",
    "Checklists",
    "Created",
    "Started",
    "Finished",
    "Complete",
    "Archived",
    "Start",
    "Due",
    "Last activity",
    "Members",
    "URL",
];

/// The cards of a board, if it is one.
pub(super) fn board(board: &Value) -> Option<Result<Table>> {
    let cards = board.get("cards")?.as_array()?;
    board.get("lists")?.as_array()?;
    Some(table(board, cards))
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn field(value: &Value, name: &str) -> String {
    value.get(name).map(text).unwrap_or_default()
}

fn is(value: &Value, name: &str) -> bool {
    value.get(name).and_then(Value::as_bool) == Some(true)
}

fn names(value: &Value, name: &str, id: &str) -> bool {
    !id.is_empty() && value.get(name).and_then(Value::as_str) == Some(id)
}

fn named<'a>(value: &'a Value, name: &str, id: &str) -> Option<&'a Value> {
    list(value, name).iter().find(|entry| names(entry, "id", id))
}

/// The day in the first eight digits of an id, which are a time in seconds.
fn born(id: &str) -> Option<String> {
    let mut seconds = 0_i64;
    for digit in id.get(..8).filter(|_| id.len() == 24)?.chars() {
        seconds = seconds * 16 + i64::from(digit.to_digit(16)?);
    }
    Some(CivilDate::new(1970, 1, 1)?.plus_days(seconds / 86_400).to_string())
}

/// The first text that is not empty.
fn either(first: String, second: String) -> String {
    if first.is_empty() { second } else { first }
}

/// What stands elsewhere on the board about a card.
#[derive(Default)]
struct Card {
    started: String,
    finished: String,
    criteria: String,
}

/// What the board says about its cards, in their order, and their places by id.
#[derive(Default)]
struct Told {
    cards: Vec<Card>,
    places: HashMap<String, usize>,
}

impl Told {
    /// What there is about the card that a value names.
    fn of(&mut self, value: &Value, name: &str) -> Option<&mut Card> {
        let id = value.get(name)?.as_str().filter(|id| !id.is_empty())?;
        self.cards.get_mut(*self.places.get(id)?)
    }
}

fn table(board: &Value, cards: &[Value]) -> Result<Table> {
    let tools = Tools::read();
    let mut header: Vec<String> = Vec::new();
    for name in HEADER {
        header.push(name.to_owned());
    }
    for custom in list(board, "customFields") {
        header.push(field(custom, "name"));
    }
    check_size(header.len(), cards.len(), MAX_ROWS)?;
    let mut told = Told::default();
    for card in cards {
        told.places.insert(field(card, "id"), told.cards.len());
        told.cards.push(Card::default());
    }
    // The newest move comes first.
    for action in list(board, "actions") {
        let Some(data) = action.get("data") else { continue };
        let (Some(moved), Some(to)) = (data.get("card"), data.get("listAfter")) else { continue };
        let Some(card) = told.of(moved, "id") else { continue };
        let to = tools.words().and_then(|all| words::status(&field(to, "name"), all, all));
        match to.map(|meaning| meaning.value) {
            Some(Status::Done) if card.finished.is_empty() => card.finished = field(action, "date"),
            Some(Status::InProgress) => card.started = field(action, "date"),
            _ => {}
        }
    }
    for checklist in list(board, "checklists") {
        let Some(card) = told.of(checklist, "idCard") else { continue };
        for point in list(checklist, "checkItems") {
            card.criteria.push_str(if field(point, "state") == "complete" { "[x] " } else { "[ ] " });
            card.criteria.push_str(&field(point, "name"));
            card.criteria.push('\n');
        }
    }
    let mut rows = Vec::new();
    for ((place, card), told) in (1..).zip(cards).zip(told.cards) {
        let id = &field(card, "id");
        let on = named(board, "lists", &field(card, "idList"));
        let (title, points) = sized(&field(card, "name"));
        let url = either(field(card, "shortUrl"), field(card, "url"));
        let in_url = url.split_once("/c/").map_or(id.as_str(), |(_, key)| key);
        let mut members = String::new();
        for member in list(card, "idMembers") {
            let member = text(member);
            let found = named(board, "members", &member).map(|member| field(member, "fullName"));
            members.push_str(if members.is_empty() { "" } else { ", " });
            members.push_str(&found.unwrap_or(member));
        }
        let mut row = vec![
            either(field(card, "shortLink"), in_url.to_owned()),
            id.to_owned(),
            title,
            points,
            on.map(|on| field(on, "name")).unwrap_or_default(),
            card.get("labels").map(labels).unwrap_or_default(),
            field(card, "desc"),
            told.criteria,
            born(id).unwrap_or_default(),
            told.started,
            either(field(card, "dateCompleted"), told.finished),
            flag(is(card, "dueComplete")),
            flag(is(card, "closed") || on.is_some_and(|on| is(on, "closed"))),
            field(card, "start"),
            field(card, "due"),
            field(card, "dateLastActivity"),
            members,
            url,
        ];
        for custom in list(board, "customFields") {
            let mut cell = String::new();
            for given in list(card, "customFieldItems") {
                if names(given, "idCustomField", &field(custom, "id")) {
                    let option = named(custom, "options", &field(given, "idValue")).or(Some(given));
                    let value = option.and_then(|option| option.get("value")).and_then(Value::as_object);
                    cell = value.and_then(|value| value.values().next()).map(text).unwrap_or_default();
                }
            }
            row.push(cell);
        }
        rows.push((place, row));
    }
    Ok(Table { tool: Some(TRELLO), ..Table::of(TRELLO, header, rows)? })
}

fn flag(set: bool) -> String {
    (if set { "yes" } else { "" }).to_owned()
}

/// Labels by name; one without a name is its colour.
fn labels(labels: &Value) -> String {
    let mut names = Vec::new();
    for label in labels.as_array().map_or(&[][..], Vec::as_slice) {
        names.push(Value::String(either(field(label, "name"), field(label, "color"))));
    }
    text(&Value::Array(names))
}
