//! Whether a story says how it is built.

use super::text::Text;
use super::words::{NAMED_AFTER, NAMED_BEFORE, SOLUTIONS, TECHNICAL};

/// The widget or the technology, as it was written.
pub(super) fn prescribed(source: &str) -> Option<&str> {
    let text = Text::new(source);
    let is_name = |at: usize, words: usize| {
        at.checked_sub(1).is_some_and(|at| text.any(at, NAMED_BEFORE) == Some(1))
            || text.any(at + words, NAMED_AFTER).is_some()
            || (text.word(at) == "add" && source.contains("board"))
    };
    (0..text.tokens.len()).find_map(|at| {
        let words = text.any(at, SOLUTIONS).filter(|words| !is_name(at, *words))?;
        text.is_own(at).then(|| text.slice(at, at + words))
    })
}

/// Whether technology is what the role is about: an API's consumer may want an API.
pub(super) fn is_technical(role: &str) -> bool {
    let text = Text::new(role);
    text.holds(0, text.tokens.len(), TECHNICAL)
}
