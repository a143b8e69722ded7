//! What an item says as a story, in whichever field it says so.

use super::sentence::{Sentence, sentence};
use super::text::is_blank;
use crate::plan::{Item, Story};

/// The sentence, wherever in the item it is written.
pub(super) struct Written<'a> {
    pub as_a: &'a str,
    pub i_want: &'a str,
    pub so_that: &'a str,
}

impl<'a> Written<'a> {
    pub(super) fn of(item: &'a Item) -> Self {
        let Story { as_a, i_want, so_that } = &item.story;
        let mut written = Self { as_a, i_want, so_that };
        let paragraphs = item.notes.split("\n\n").filter(|text| text.contains("want") || text.contains("need"));
        let texts = [i_want.as_str(), item.title.as_str()].into_iter().chain(paragraphs.take(20));
        for text in texts.filter(|text| text.len() < 4_000) {
            if is_blank(written.as_a) || is_blank(written.i_want) || is_blank(written.so_that) {
                written.fill(text);
            }
        }
        written
    }

    fn fill(&mut self, text: &'a str) {
        let Some(Sentence { as_a: Some(as_a), i_want: Some(i_want), so_that, .. }) = sentence(text) else { return };
        for (part, found) in
            [(&mut self.as_a, Some(as_a)), (&mut self.i_want, Some(i_want)), (&mut self.so_that, so_that)]
        {
            if is_blank(part) {
                *part = found.unwrap_or_default();
            }
        }
    }
}
