//! Stories out of pasted text: an assistant's answer, a page of a wiki, a few columns of a sheet.
//!
//! A text is read as JSON, else as a table, else line by line. Names of fields, columns and labels are one list
//! (`field`); what is made of a story's parts stands in `parts`.

mod field;
mod line;
mod lines;
mod objects;
mod parts;
mod table;

use serde::Serialize;

/// A story as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ReadStory {
    /// What it is, in a line: as given, else made of the want.
    pub title: String,
    /// Who wants it, without the article.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub as_a: Option<String>,
    /// What they want, without "to".
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub i_want: Option<String>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub so_that: Option<String>,
    /// The acceptance criteria.
    pub criteria: Vec<String>,
}

/// The most bytes that are read; what lies behind them is left alone.
pub const MAX_BYTES: usize = 1 << 20;
/// The most stories that are read; what lies behind them is left alone.
pub const MAX_STORIES: usize = 2_000;

/// Reads stories out of what assistants answer and people paste.
///
/// Lists, Markdown with its headings, labels and tables, tables from a sheet, Gherkin, JSON and plain sentences are
/// understood; talk around them is left out. A text that is only a list gives a story of a title for each line. At most
/// [`MAX_BYTES`] are read, and at most [`MAX_STORIES`] come out.
///
/// ```
/// use landfall::story::read_stories;
///
/// let answer = "Sure! Here is one:\n\n1. As an administrator, I'd like to export the list, so that I can check it.\n   - It opens in Excel";
/// let stories = read_stories(answer);
/// let [story] = stories.as_slice() else { panic!("one story") };
/// assert_eq!(story.title, "Export the list");
/// assert_eq!(story.as_a.as_deref(), Some("administrator"));
/// assert_eq!(story.so_that.as_deref(), Some("I can check it"));
/// assert_eq!(story.criteria, ["It opens in Excel"]);
/// ```
pub fn read_stories(text: &str) -> Vec<ReadStory> {
    let end = (0..=MAX_BYTES.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    let text = text.get(..end).unwrap_or_default();
    let mut stories = objects::read(text).or_else(|| table::read(text)).unwrap_or_else(|| lines::read(text));
    stories.truncate(MAX_STORIES);
    stories
}
