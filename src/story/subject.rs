//! What JavaScript gives to be checked.

use serde_json::{Map, Value};

use super::check::Context;
use crate::error::{Code, Error, Result};
use crate::json;
use crate::plan::Item;

/// The fields of an item that a check looks at.
const FIELDS: [&str; 10] =
    ["id", "title", "type", "status", "size", "criteria", "objective", "needs", "notes", "story"];
/// The parts of a story, inside `story` or beside the title.
const PARTS: [&str; 3] = ["asA", "iWant", "soThat"];

/// Reads an item of a plan, or a story as [`read_stories`](super::read_stories) gives it, and what is known around it.
///
/// The parts of the story stand in `story` or beside the title; a criterion is `{ text, met }` or its text; every field
/// may be absent, and what a check does not look at is left alone. A story whose parts stand beside the title is in no
/// plan yet, so that it is not asked for an objective.
///
/// ```
/// use landfall::story::{check_story, subject};
///
/// let story = serde_json::json!({ "title": "Export", "asA": "treasurer", "criteria": ["the file opens in Excel"] });
/// let (item, context) = subject(&story)?;
/// let places: Vec<String> = check_story(&item, &context).into_iter().map(|finding| finding.place).collect();
/// assert_eq!(places, ["/story/iWant", "/story/soThat"]);
/// # Ok::<(), landfall::Error>(())
/// ```
///
/// # Errors
/// [`Code::InvalidRequest`], with a JSON pointer to what does not fit.
pub fn subject(value: &Value) -> Result<(Item, Context)> {
    let Value::Object(given) = value else { return Err(unfit("an item or a story is an object").at("")) };
    let mut fields = known(given, &FIELDS);
    if !fields.contains_key("title") {
        fields.insert("title".to_owned(), Value::String(String::new()));
    }
    let mut story = match fields.get("story") {
        Some(Value::Object(story)) => Some(known(story, &PARTS)),
        Some(_) => None,
        None => Some(Map::new()),
    };
    let flat = known(given, &PARTS);
    let objectives = flat.is_empty();
    for (part, text) in flat {
        if !text.is_string() {
            return Err(unfit("a part of a story is a text").at(format!("/{part}")));
        }
        story.iter_mut().filter(|story| !story.contains_key(&part)).for_each(|story| {
            story.insert(part.clone(), text.clone());
        });
    }
    if let Some(story) = story {
        fields.insert("story".to_owned(), Value::Object(story));
    }
    if let Some(Value::Array(criteria)) = fields.get_mut("criteria") {
        criteria.iter_mut().for_each(plain);
    }
    Ok((json::read(&Value::Object(fields))?, Context { objectives, ..Context::default() }))
}

/// The fields of an object that have these names; null is absent.
fn known(given: &Map<String, Value>, names: &[&str]) -> Map<String, Value> {
    let mut fields = Map::new();
    for name in names {
        if let Some(value) = given.get(*name).filter(|value| !value.is_null()) {
            fields.insert((*name).to_owned(), value.clone());
        }
    }
    fields
}

/// A criterion as an item has it.
fn plain(criterion: &mut Value) {
    let mut fields = Map::new();
    match criterion {
        Value::String(_) => {
            fields.insert("text".to_owned(), criterion.take());
        }
        Value::Object(given) => fields = known(given, &["text", "met"]),
        _ => return,
    }
    *criterion = Value::Object(fields);
}

fn unfit(message: &str) -> Error {
    Error::new(Code::InvalidRequest, message)
}
