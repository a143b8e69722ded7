//! The text that asks an assistant for stories.

use crate::plan::{Item, Objective};

/// What an assistant should know besides the item.
#[derive(Debug, Clone, Copy, Default)]
pub struct Prompt<'a> {
    /// The objective that it serves.
    pub objective: Option<&'a Objective>,
    /// The title of the epic that it is a part of.
    pub epic: Option<&'a str>,
    /// What the team asks of every story, in its own words.
    pub house_rules: &'a str,
    /// Whether to cut it into several stories, rather than to write it well.
    pub split: bool,
}

/// The text for the clipboard: [`read_stories`](super::read_stories) reads what it asks for.
pub fn prompt(item: &Item, about: &Prompt<'_>) -> String {
    let _ = (item, about);
    String::new()
}
