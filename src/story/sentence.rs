//! "As a *who*, I want *what*, so that *why*", in the ways in which people write it (Cohn 2004, *User Stories Applied*).

use super::text::{Text, trimmed};

/// The parts of the sentence, as far as they are there, and what stands before and after it.
#[derive(Default)]
pub(super) struct Sentence<'a> {
    pub before: &'a str,
    pub as_a: Option<&'a str>,
    pub i_want: Option<&'a str>,
    pub so_that: Option<&'a str>,
    pub rest: &'a str,
}

const ARTICLES: &str = "a|an|the";

/// After "I" or "we"; what stands later in the list is cut off too.
const WANTS: &str = "\
    want to|want|need to|need|would like to|would like|would love to|would love|wish to|wish|must be able to|\
    should be able to|would like to be able to|can|could|am able to|are able to|expect to|expect|require|have to|\
    must|should|would want to|prefer to|will be able to|like to|love to";

/// Who is meant after "so", where "that" is left out.
const SO: &str = "\
    i|we|my|our|they|it|the|you|he|she|users|customers|people|there|no|nobody|everyone|everybody|all|each|every|\
    their|nothing|these|those";

/// Reads the first such sentence. One without a role has to begin with "I want".
pub(super) fn sentence(source: &str) -> Option<Sentence<'_>> {
    let text = Text::new(source);
    let count = text.tokens.len();
    let role = text.find(0, &|at| is_role(&text, at));
    let after_role = role.map(|at| at + 1 + usize::from(text.is(at + 1, ARTICLES)));
    let last = after_role.and_then(|from| text.find(from, &|at| is_role(&text, at) && ends(&text, at - 1)));
    let last = last.unwrap_or(count);
    let want = text
        .find(after_role.unwrap_or(0), &|at| want(&text, at).is_some())
        .filter(|at| *at < last && (role.is_some() || *at == 0));
    let Some(want_at) = want else { return role_alone(&text, role?, after_role?) };
    let after_want = want_at + self::want(&text, want_at)?;
    let first = role.unwrap_or(want_at);
    let why = |from: usize, to: usize| text.find(from, &|at| benefit(&text, at).is_some()).filter(|at| *at < to);
    let early = why(0, first).filter(|_| role.is_some());
    let middle = after_role.and_then(|from| why(from, want_at));
    let late = why(after_want, last);
    let end = text.find(late.unwrap_or(after_want), &|at| ends(&text, at)).map_or(count, |at| at + 1).min(last);
    let part = |from: usize, to: usize| Some(trimmed(text.slice(from, to))).filter(|part| !part.is_empty());
    let reason = |at: Option<usize>, to: usize| at.and_then(|at| part(at + benefit(&text, at)?, to));
    Some(Sentence {
        before: text.slice(0, early.unwrap_or(first)),
        as_a: after_role.and_then(|from| part(from, middle.unwrap_or(want_at))),
        i_want: part(after_want, late.unwrap_or(end)),
        so_that: reason(late, end).or_else(|| reason(middle, want_at)).or_else(|| reason(early, first)),
        rest: text.rest(end),
    })
}

/// A benefit that stands alone: "so that …".
pub(super) fn reason(source: &str) -> Option<&str> {
    let text = Text::new(source);
    benefit(&text, 0).map(|count| trimmed(text.rest(count))).filter(|reason| !reason.is_empty())
}

/// A wish that stands alone: "I want to …".
pub(super) fn wish(source: &str) -> Option<&str> {
    let text = Text::new(source);
    want(&text, 0).map(|count| trimmed(text.rest(count))).filter(|wish| !wish.is_empty())
}

/// "As a customer", and nothing else.
fn role_alone<'a>(text: &Text<'a>, role: usize, after: usize) -> Option<Sentence<'a>> {
    const MOST: usize = 10;
    let as_a = trimmed(text.rest(after));
    let plain = !text.slice(after, text.tokens.len().saturating_sub(1)).contains([',', '.', ':']);
    let fits = role == 0 && after > 1 && plain && text.tokens.len() <= MOST && !as_a.is_empty();
    fits.then(|| Sentence { as_a: Some(as_a), ..Sentence::default() })
}

fn is_role(text: &Text<'_>, at: usize) -> bool {
    let begins = at == 0 || text.tokens.get(at - 1).is_some_and(|before| !before.is_word());
    let named = text.is(at + 1, ARTICLES);
    text.word(at) == "as" && begins && (named || (1..8).any(|more| want(text, at + more).is_some()))
}

/// How many words say that something is wanted: "I would like to".
fn want(text: &Text<'_>, at: usize) -> Option<usize> {
    let short = match text.word(at) {
        "i" | "we" => false,
        "i'd" | "we'd" | "i'm" | "we're" => true,
        _ => return None,
    };
    if short {
        return ["like to", "love to", "like", "love", "able to"]
            .iter()
            .find_map(|more| text.phrase(at + 1, more))
            .map(|n| n + 1);
    }
    let also = usize::from(text.word(at + 1) == "also");
    text.any(at + 1 + also, WANTS).map(|count| count + 1 + also)
}

/// How many words say that a reason follows.
fn benefit(text: &Text<'_>, at: usize) -> Option<usize> {
    match text.word(at) {
        "so" if text.word(at + 1) == "that" => Some(2),
        "so" if text.is(at + 1, SO) => Some(1),
        "such" => text.phrase(at, "such that"),
        "in" => text.phrase(at, "in order to").or_else(|| text.phrase(at, "in order that")),
        "because" if text.before(at) == "," && text.word(at + 1) != "of" => Some(1),
        _ => None,
    }
}

/// Whether a sentence ends here.
pub(super) fn ends(text: &Text<'_>, at: usize) -> bool {
    let (Some(mark), Some(next)) = (text.tokens.get(at), text.tokens.get(at + 1)) else { return false };
    let apart = mark.end < next.start;
    // "e.g. the name" goes on.
    apart && matches!(mark.word.as_str(), "." | "!" | "?") && text.before(at).len() > 1
}
