//! Whether two people would agree that a criterion is met.

use super::text::{Text, is_one_of};
use super::words::{
    ADJECTIVES, BEHAVIOURS, FITTINGLY, FOLLOWERS, HEDGES, MANNERS, MEASURES, NUMBERS, QUALITIES, UNITS,
};

/// The words that nobody can test, as they were written. Conditions may be vague ("when the user clicks quickly"): what
/// comes of them may not.
pub(super) fn untestable(source: &str) -> Option<&str> {
    let text = Text::new(source);
    let count = text.tokens.len();
    let unquoted = |at: &usize| text.is_own(*at);
    let alone = |at: usize, words: usize| words > 1 || !is_joined(&text, at);
    // "If possible matches exist" begins a condition.
    let opens = |at: usize, words: usize| at == 0 && !text.is(words, "|,|the|a|an");
    for at in (0..count).filter(unquoted) {
        if let Some(words) = text.any(at, HEDGES).filter(|words| alone(at, *words) && !opens(at, *words)) {
            return Some(text.slice(at, at + words));
        }
    }
    let (from, to) = outcome(&text);
    let vague = |at: usize| {
        text.any(at, QUALITIES)
            .filter(|words| alone(at, *words) && !is_name(&text, at, at + words))
            .or_else(|| adjective(&text, at))
            .or_else(|| fittingly(&text, at))
    };
    let (at, words) = (from..to).filter(unquoted).find_map(|at| vague(at).map(|words| (at, words)))?;
    let measured = is_measured(&text, from, to) || is_defined(&text, at + words);
    (!measured).then(|| text.slice(at, at + words))
}

fn is_joined(text: &Text<'_>, at: usize) -> bool {
    let joined = |at: usize| text.tokens.get(at).is_some_and(|token| token.joined);
    joined(at) || at.checked_sub(1).is_some_and(joined)
}

/// "the easy-to-read version": one of several, called so.
fn is_name(text: &Text<'_>, at: usize, behind: usize) -> bool {
    let next = text.word(behind);
    text.word(at) == "easy" && is_joined(text, at) && !is_one_of(next, FOLLOWERS) && text.any(behind, MANNERS).is_none()
}

/// Where the outcome stands: behind "then", or behind a condition that comes first, and before one that comes last.
fn outcome(text: &Text<'_>) -> (usize, usize) {
    const CONDITIONS: &str = "when|if|given|once|after|while|unless|as soon as|until";
    let count = text.tokens.len();
    let condition = |at: usize| text.any(at, CONDITIONS).is_some();
    let comma = || text.find(0, &|at| text.word(at) == ",").filter(|_| condition(0));
    let from = text.find(0, &|at| text.word(at) == "then").or_else(comma).map_or(0, |at| at + 1);
    (from, text.find(from + 1, &condition).unwrap_or(count))
}

/// "is fast", "a fast response"; not "a fast lane", nor "clear the list".
fn adjective(text: &Text<'_>, at: usize) -> Option<usize> {
    if is_joined(text, at) || !text.is(at, ADJECTIVES) || is_one_of(text.before(at), "to|as") {
        return None;
    }
    if let Some(words) = text.any(at + 1, MANNERS) {
        return Some(words + 1);
    }
    let says = at > 0 && text.is(at + 1, FOLLOWERS);
    says.then_some(1)
}

/// "is displayed correctly".
fn fittingly(text: &Text<'_>, at: usize) -> Option<usize> {
    let found = text.is(at, BEHAVIOURS) && text.is(at + 1, FITTINGLY);
    let works = matches!(text.word(at), "works" | "work" | "handled") && at > 0 && at < 4 && text.is(at + 1, "|.");
    match (found, works) {
        (true, _) => Some(2),
        (_, true) => Some(1),
        _ => None,
    }
}

/// Whether the outcome holds a number, a literal text or a measure.
fn is_measured(text: &Text<'_>, from: usize, to: usize) -> bool {
    let digit = |at: usize| text.word(at).contains(|letter: char| letter.is_ascii_digit());
    let counted = |at: usize| text.is(at, NUMBERS) && text.any(at + 1, UNITS).is_some();
    (from..to.max(from)).any(|at| digit(at) || counted(at) || !text.is_own(at)) || text.holds(from, to, MEASURES)
}

/// Whether a colon, a dash or a bracket behind a word begins to say what it means.
fn is_defined(text: &Text<'_>, behind: usize) -> bool {
    const LEAST: usize = 3;
    let mark = text.find(behind, &|at| matches!(text.word(at), ":" | "(" | "–" | "—" | "="));
    mark.is_some_and(|at| text.tokens.len() > at + LEAST)
}
