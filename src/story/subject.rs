//! What JavaScript gives to be checked.

use serde_json::{Map, Value};

use super::check::Context;
use crate::error::{Code, Error, Result};
use crate::json;
use crate::plan::Item;

/// The fields of an item that a check looks at.
const FIELDS: [&str; 9] = ["id", "title", "type", "status", "size", "objective", "needs", "notes", "story"];
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
    let given = |name: &str| given.get(name).filter(|value| !value.is_null());
    let mut fields: Map<String, Value> =
        FIELDS.iter().filter_map(|name| Some(((*name).to_owned(), given(name)?.clone()))).collect();
    fields.entry("title").or_insert_with(|| "".into());
    let mut flat = false;
    for part in PARTS {
        let Some(text) = given(part) else { continue };
        if !text.is_string() {
            return Err(unfit("a part of a story is a text").at(format!("/{part}")));
        }
        flat = true;
        if let Value::Object(story) = fields.entry("story").or_insert_with(|| Map::new().into()) {
            story.entry(part).or_insert_with(|| text.clone());
        }
    }
    if let Some(Value::Object(story)) = fields.get_mut("story") {
        story.retain(|name, text| PARTS.contains(&name.as_str()) && !text.is_null());
    }
    if let Some(criteria) = given("criteria") {
        fields.insert("criteria".to_owned(), plain_criteria(criteria));
    }
    Ok((json::read(&Value::Object(fields))?, Context { objectives: !flat, ..Context::default() }))
}

fn plain_criteria(criteria: &Value) -> Value {
    let Value::Array(criteria) = criteria else { return criteria.clone() };
    let plain = |criterion: &Value| match criterion {
        Value::String(_) => Map::from_iter([("text".to_owned(), criterion.clone())]).into(),
        Value::Object(fields) => {
            let known =
                ["text", "met"].iter().filter_map(|name| Some(((*name).to_owned(), fields.get(*name)?.clone())));
            Value::Object(known.collect())
        }
        other => other.clone(),
    };
    criteria.iter().map(plain).collect()
}

fn unfit(message: &str) -> Error {
    Error::new(Code::InvalidRequest, message)
}
