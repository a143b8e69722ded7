//! A story's parts as they are kept: without articles, marks and what leads to them.

use super::ReadStory;
use super::line::{plain, unlisted};
use crate::story::sentence::{Sentence, reason, wish};
use crate::story::text::{Text, capital, title, trimmed};

fn kept(text: &str) -> Option<String> {
    let text = trimmed(text);
    (!text.is_empty()).then(|| text.to_owned())
}

/// "As an administrator," is an administrator.
pub(super) fn role(text: &str) -> Option<String> {
    let text = Text::new(trimmed(text));
    let role = usize::from(text.word(0) == "as");
    let article = matches!(text.word(role), "a" | "an" | "the") && text.tokens.len() > role + 1;
    kept(text.rest(role + usize::from(article)))
}

/// "I want to export the list." is to export the list.
pub(super) fn want(text: &str) -> Option<String> {
    let text = trimmed(wish(text).unwrap_or(text));
    let bare =
        text.split_once(' ').filter(|(first, _)| first.eq_ignore_ascii_case("to")).map_or(text, |(_, rest)| rest);
    kept(bare)
}

/// "so that I can check it" is that I can check it.
pub(super) fn benefit(text: &str) -> Option<String> {
    let text = trimmed(reason(text).unwrap_or(text));
    let bare =
        text.split_once(' ').filter(|(first, _)| first.eq_ignore_ascii_case("that")).map_or(text, |(_, rest)| rest);
    kept(bare)
}

impl ReadStory {
    /// Takes over what a sentence says and the story does not say yet.
    pub(super) fn fill(&mut self, sentence: &Sentence<'_>) {
        self.as_a = self.as_a.take().or_else(|| sentence.as_a.and_then(role));
        self.i_want = self.i_want.take().or_else(|| sentence.i_want.and_then(want));
        self.so_that = self.so_that.take().or_else(|| sentence.so_that.and_then(benefit));
    }

    pub(super) fn is_told(&self) -> bool {
        self.as_a.is_some() || self.i_want.is_some()
    }

    /// The story with a title, if there is anything to make it of.
    pub(super) fn titled(mut self) -> Option<Self> {
        if self.title.is_empty() {
            self.title = self.i_want.as_deref().or(self.so_that.as_deref()).map(title).unwrap_or_default();
        }
        if self.title.is_empty() {
            self.title = self.as_a.as_deref().map(capital)?;
        }
        Some(self)
    }
}

/// The criteria in a cell or behind a label: lines, bullets, semicolons or numbers part them.
pub(super) fn criteria(text: &str) -> Vec<String> {
    let text = ["<br>", "<br/>", "<br />", "<BR>"].iter().fold(text.to_owned(), |text, tag| text.replace(tag, "\n"));
    let lines = text.contains(['\n', '•', '▪', '●']);
    let marks: &[char] = if lines { &['\n', '•', '▪', '●'] } else { &[';'] };
    let pieces = text.split(marks).flat_map(|piece| if lines { vec![piece] } else { numbered(piece) });
    pieces.map(criterion).filter(|criterion| !criterion.is_empty()).collect()
}

/// One criterion, without its bullet, number or box.
pub(super) fn criterion(text: &str) -> String {
    let text = plain(text);
    unlisted(&text).trim_end_matches([';', ',', ' ']).to_owned()
}

/// "1) … 2) …" as pieces.
fn numbered(text: &str) -> Vec<&str> {
    let mut cuts = vec![0];
    let mut next = 1;
    for (at, _) in text.match_indices([')', '.']) {
        let before = text.get(..at).unwrap_or_default();
        let digits = before.len() - before.trim_end_matches(|letter: char| letter.is_ascii_digit()).len();
        let start = at - digits;
        let apart = start == 0 || text.get(..start).is_some_and(|before| before.ends_with([' ', '(']));
        let spaced = text.get(at + 1..).is_some_and(|rest| rest.starts_with(' '));
        if apart && spaced && before.get(start..).and_then(|number| number.parse().ok()) == Some(next) {
            cuts.push(start);
            next += 1;
        }
    }
    if next < 3 {
        return vec![text];
    }
    let ends = cuts.iter().skip(1).copied().chain([text.len()]);
    cuts.iter()
        .zip(ends)
        .filter_map(|(start, end)| text.get(*start..end))
        .map(|piece| piece.trim_end_matches(['(', ' ']))
        .collect()
}
