//! Trello's boards, as "Print, export, and share → Export as JSON" writes them.
//!
//! A card's list is its status. Its checklists are its acceptance criteria. When it was begun and finished is read from
//! the board's actions, of which Trello exports the newest thousand; when it was written down, from its id.

use serde_json::Value;

use super::contents::TRELLO;
use super::json::text;
use super::lines::sized;
use super::table::Table;
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

fn entries<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
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
    entries(value, name).find(|entry| names(entry, "id", id))
}

/// The day in the first eight digits of an id, which are a time in seconds.
fn born(id: &str) -> Option<String> {
    let seconds = i64::from_str_radix(id.get(..8).filter(|_| id.len() == 24)?, 16).ok()?;
    Some(CivilDate::new(1970, 1, 1)?.plus_days(seconds / 86_400).to_string())
}

fn table(board: &Value, cards: &[Value]) -> Result<Table> {
    let tools = Tools::read();
    let status = |list: &str| {
        let meaning = tools.words().and_then(|all| words::status(list, all, all));
        meaning.map_or(Status::Todo, |meaning| meaning.value)
    };
    // Of each move: the card, what the list means to which it went, when. The newest one comes first.
    let moves: Vec<(String, Status, String)> = entries(board, "actions")
        .filter_map(|action| {
            let data = action.get("data")?;
            let to = field(data.get("listAfter")?, "name");
            Some((field(data.get("card")?, "id"), status(&to), field(action, "date")))
        })
        .collect();
    let mut header: Vec<String> = HEADER.iter().map(|name| (*name).to_owned()).collect();
    header.extend(entries(board, "customFields").map(|custom| field(custom, "name")));
    let mut rows = Vec::new();
    for (place, card) in (1..).zip(cards) {
        let id = &field(card, "id");
        let list = named(board, "lists", &field(card, "idList"));
        let moved = |wanted: Status| moves.iter().filter(move |(card, to, _)| *card == *id && *to == wanted);
        let first = |wanted| moved(wanted).last().map(|(.., date)| date.clone()).unwrap_or_default();
        let finished = match field(card, "dateCompleted") {
            date if date.is_empty() => moved(Status::Done).next().map(|(.., date)| date.clone()).unwrap_or_default(),
            date => date,
        };
        let (title, points) = sized(&field(card, "name"));
        let url = match field(card, "shortUrl") {
            url if url.is_empty() => field(card, "url"),
            url => url,
        };
        let key = match field(card, "shortLink") {
            key if key.is_empty() => url.rsplit_once("/c/").map_or(id.clone(), |(_, key)| key.to_owned()),
            key => key,
        };
        let away = is(card, "closed") || list.is_some_and(|list| is(list, "closed"));
        let criteria: Vec<String> = entries(board, "checklists")
            .filter(|checklist| names(checklist, "idCard", id))
            .flat_map(|checklist| entries(checklist, "checkItems"))
            .map(|point| {
                let mark = if field(point, "state") == "complete" { "[x]" } else { "[ ]" };
                format!("{mark} {}", field(point, "name"))
            })
            .collect();
        let members: Vec<String> = entries(card, "idMembers")
            .map(|member| named(board, "members", &text(member)).map_or(text(member), |found| field(found, "fullName")))
            .collect();
        let custom = entries(board, "customFields").map(|custom| {
            let of = |value: &&Value| field(value, "idCustomField") == field(custom, "id");
            let Some(given) = entries(card, "customFieldItems").find(of) else { return String::new() };
            let option = named(custom, "options", &field(given, "idValue")).and_then(|option| option.get("value"));
            let value = option.or_else(|| given.get("value"));
            value.and_then(Value::as_object).and_then(|value| value.values().next()).map(text).unwrap_or_default()
        });
        let done = is(card, "dueComplete");
        let cells = [
            key,
            id.to_owned(),
            title,
            points,
            list.map(|list| field(list, "name")).unwrap_or_default(),
            card.get("labels").map(labels).unwrap_or_default(),
            field(card, "desc"),
            criteria.join("\n"),
            born(id).unwrap_or_default(),
            first(Status::InProgress),
            finished,
            flag(done),
            flag(away),
            field(card, "start"),
            field(card, "due"),
            field(card, "dateLastActivity"),
            members.join(", "),
            url,
        ];
        rows.push((place, cells.into_iter().chain(custom).collect()));
    }
    Ok(Table { tool: Some(TRELLO), ..Table::of(TRELLO, header, rows)? })
}

fn flag(set: bool) -> String {
    (if set { "yes" } else { "" }).to_owned()
}

/// Labels by name; one without a name is its colour.
fn labels(labels: &Value) -> String {
    let name = |label: &Value| match field(label, "name") {
        name if name.is_empty() => field(label, "color"),
        name => name,
    };
    text(&labels.as_array().into_iter().flatten().map(|label| Value::from(name(label))).collect())
}
