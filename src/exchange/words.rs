//! What teams call statuses, types and resolutions, by the lists in `tools.txt`.

use super::tools::Tool;
use crate::plan::{Kind, Status};

/// A word as it is compared: lower case, letters and digits alone, one space between words.
pub(super) fn plain(word: &str) -> String {
    let mut plain = String::with_capacity(word.len());
    for letter in word.chars() {
        if letter.is_alphanumeric() {
            plain.extend(letter.to_lowercase());
        } else if !matches!(letter, '\'' | '’') && !plain.is_empty() && !plain.ends_with(' ') {
            plain.push(' ');
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}

/// What a word was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meaning<T> {
    pub value: T,
    /// Whether the word stands in a list as it is; otherwise it only holds a word that does.
    pub sure: bool,
}

/// What a status means: by the tool's own words, else by everybody's.
pub(super) fn status(word: &str, own: &Tool, all: &Tool) -> Option<Meaning<Status>> {
    let (name, sure) = meaning(word, "status ", own, all)?;
    Status::ALL.into_iter().find(|status| status.as_str() == name).map(|value| Meaning { value, sure })
}

/// What a type means: by the tool's own words, else by everybody's.
pub(super) fn kind(word: &str, own: &Tool, all: &Tool) -> Option<Meaning<Kind>> {
    let (name, sure) = meaning(word, "type ", own, all)?;
    Kind::ALL.into_iter().find(|kind| kind.as_str() == name).map(|value| Meaning { value, sure })
}

/// Whether a resolution says that nothing was delivered.
pub(super) fn not_delivered(resolution: &str, all: &Tool) -> bool {
    let padded = padded(resolution);
    all.words("not delivered").any(|beginning| holds_beginning(&padded, beginning))
}

fn meaning(word: &str, sort: &str, own: &Tool, all: &Tool) -> Option<(&'static str, bool)> {
    let plain = plain(word);
    if plain.is_empty() {
        return None;
    }
    let whole = |tool: &Tool| tool.meaning(sort, &|known| known == plain).filter(|name| !name.starts_with("like "));
    let padded = padded(word);
    let parts = || all.meaning(&format!("{sort}like "), &|known| holds_beginning(&padded, known));
    whole(own).or_else(|| whole(all)).map(|name| (name, true)).or_else(|| parts().map(|name| (name, false)))
}

fn padded(word: &str) -> String {
    format!(" {} ", plain(word))
}

/// Whether any word, or run of words, of a plain text with a space before and behind it begins so.
fn holds_beginning(padded: &str, beginning: &str) -> bool {
    padded.match_indices(beginning).any(|(at, _)| at > 0 && padded.as_bytes().get(at - 1) == Some(&b' '))
}
