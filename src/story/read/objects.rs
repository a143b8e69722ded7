//! Stories as JSON, in the shapes that assistants choose.

use serde_json::{Map, Value};

use super::field::{Field, field};
use super::line::plain;
use super::{MAX_STORIES, ReadStory, parts};
use crate::story::sentence::sentence;

/// The stories in a text that is JSON, or has JSON in its midst.
pub(super) fn read(text: &str) -> Option<Vec<ReadStory>> {
    let starts = |line: &&str| line.trim_start().starts_with(['[', '{']);
    let first = text.lines().find(starts)?;
    let start = first.as_ptr() as usize - text.as_ptr() as usize;
    let end = text.rfind([']', '}'])?;
    let value: Value = serde_json::from_str(text.get(start..=end)?).ok()?;
    let mut stories = Vec::new();
    collect(&value, &mut stories);
    (!stories.is_empty()).then_some(stories)
}

fn collect(value: &Value, stories: &mut Vec<ReadStory>) {
    match value {
        Value::Array(values) if stories.len() < MAX_STORIES => values.iter().for_each(|value| collect(value, stories)),
        Value::Object(fields) if stories.len() < MAX_STORIES => match story(fields).titled() {
            Some(story) => stories.push(story),
            None => fields.values().filter(|value| !value.is_string()).for_each(|value| collect(value, stories)),
        },
        _ => {}
    }
}

fn story(fields: &Map<String, Value>) -> ReadStory {
    let mut story = ReadStory::default();
    let is_group = |value: &Value| matches!(value, Value::Array(values) if values.iter().any(Value::is_object));
    if fields.iter().any(|(name, value)| field(name) != Some(Field::Criteria) && is_group(value)) {
        return story;
    }
    for (name, value) in fields {
        let text = plain(value.as_str().unwrap_or_default());
        match field(name) {
            Some(Field::Title) => story.title = text.trim().to_owned(),
            Some(Field::Story) => match value {
                Value::Object(fields) => {
                    let ReadStory { as_a, i_want, so_that, .. } = self::story(fields);
                    (story.as_a, story.i_want, story.so_that) = (as_a, i_want, so_that);
                }
                _ => sentence(&text).into_iter().for_each(|sentence| story.fill(&sentence)),
            },
            Some(Field::Role) => story.as_a = parts::role(&text),
            Some(Field::Want) => story.i_want = parts::want(&text),
            Some(Field::Benefit) => story.so_that = parts::benefit(&text),
            Some(Field::Criteria) => story.criteria = criteria(value),
            _ => {}
        }
    }
    story
}

fn criteria(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => parts::criteria(text),
        Value::Array(values) => values.iter().map(criterion).filter(|criterion| !criterion.is_empty()).collect(),
        _ => Vec::new(),
    }
}

/// A text, or an object with one, or with the parts of a scenario.
fn criterion(value: &Value) -> String {
    let Value::Object(fields) = value else { return parts::criterion(value.as_str().unwrap_or_default()) };
    let text = |name: &str| fields.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let steps = ["given", "when", "then"].iter().filter_map(|step| {
        let text = text(step)?;
        let told = text.get(..step.len()).is_some_and(|first| first.eq_ignore_ascii_case(step));
        Some(if told { text.to_owned() } else { format!("{step} {text}") })
    });
    let steps: Vec<String> = steps.collect();
    if steps.is_empty() {
        let told = ["text", "criterion", "description", "criteria", "title"].iter().find_map(|name| text(name));
        return parts::criterion(told.unwrap_or_default());
    }
    crate::story::text::capital(&steps.join(", "))
}
