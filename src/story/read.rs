//! Stories out of pasted text.

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
pub fn read_stories(text: &str) -> Vec<ReadStory> {
    let _ = text;
    Vec::new()
}
