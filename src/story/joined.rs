//! Whether a want is two wants.

use super::repeats::shared;
use super::text::{Text, is_one_of};
use super::words::{
    AMBIGUOUS, CLAUSES, DETERMINERS, ENDS, FOLLOWERS, HEADS, MEANS, MOSTLY_VERBS, PRONOUNS, RETURNS, VERBS,
};

/// The words with which a second want begins, as they were written.
///
/// One verb for two things ("name and address") is one want, and so are two verbs for one thing ("search and filter
/// products", "book a room and cancel it") and a means with its end ("enter my postcode and see who delivers"). Two
/// verbs with things of their own are two.
pub(super) fn second(source: &str) -> Option<&str> {
    let text = Text::new(source);
    link(&text).map(|(link, object)| text.slice(link.at, object))
}

/// The two wants.
pub(super) fn halves(source: &str) -> Option<(&str, &str)> {
    let text = Text::new(source);
    link(&text).map(|(link, _)| (text.slice(0, link.at), text.rest(link.behind)))
}

/// What joins two wants, and where the second one's verb ends.
fn link(text: &Text<'_>) -> Option<(Link, usize)> {
    // Nobody's want is longer, and each link looks at all of it.
    const MOST: usize = 500;
    (1..text.tokens.len().min(MOST)).find_map(|at| {
        let link = Link::at(text, at)?;
        let object = link.second(text)?;
        Some((link, object))
    })
}

/// What joins two halves.
struct Link {
    at: usize,
    /// Where the second half begins.
    behind: usize,
    /// Whether it says itself that something is added.
    adds: bool,
    /// Whether only a verb can follow: "and I want to".
    infinitive: bool,
}

/// What only joins, and what says that there is more.
const JOINS: &str = "and|&|+|;|plus|and / or";
const ADDS: &str = "\
    as well as|and also|and additionally|in addition to|in addition|additionally|and in addition|along with|\
    and besides|and separately|and furthermore|and at the same time|; also|. also";
const MODALS: &str = "\
    also want to|also want|want to|want|also need to|need to|need|also need|can also|can|would also like to|\
    would like to|also would like to|should be able to";

impl Link {
    fn at(text: &Text<'_>, at: usize) -> Option<Self> {
        if !text.is_own(at) {
            return None;
        }
        let adds = text.any(at, ADDS);
        let joins = adds.or_else(|| text.any(at, JOINS)).or_else(|| (text.word(at) == ".").then_some(1))?;
        let begins = at + joins;
        let again = matches!(text.word(begins), "i" | "we").then(|| text.any(begins + 1, MODALS)).flatten();
        let to = text.word(begins) == "to";
        let behind = begins + again.map_or(usize::from(to), |words| words + 1);
        let link = Self { at, behind, adds: adds.is_some() || again.is_some() || to, infinitive: again.is_some() };
        (text.word(at) != "." || link.adds).then_some(link)
    }

    /// Where the verb that begins a second want ends.
    fn second(&self, text: &Text<'_>) -> Option<usize> {
        let loose = self.adds || text.word(self.at) == ";";
        let object = self.behind + verb(text, self.behind, loose).or_else(|| self.infinitive.then_some(1))?;
        if self.adds {
            return Some(object);
        }
        let parted = text.word(self.at) != ";" && self.shares(text);
        let named = has_object(text, object);
        let apart = named && !parted && !self.is_end(text, object) && !self.is_of_one_thing(text, object);
        apart.then_some(object)
    }

    /// Whether the verb before it has no object of its own: "search and filter products", "drag and drop".
    fn shares(&self, text: &Text<'_>) -> bool {
        let Some(last) = self.at.checked_sub(1) else { return true };
        let begins = last == 0 || is_one_of(text.before(last), "to|,|and|or|can|/|&|via|use|not|i");
        let verb = |at: usize| text.is(at, VERBS) || text.is(at, AMBIGUOUS);
        let clause = text.holds(0, self.at, CLAUSES);
        (begins && (verb(last) || last == 0)) || clause || !first_verb(text)
    }

    /// "select a seat and pay", "cancel an order and get a refund".
    fn is_end(&self, text: &Text<'_>, object: usize) -> bool {
        let verb = text.word(self.behind);
        let means = text.is(start(text), MEANS) && is_one_of(verb, ENDS);
        let rest = object..object + 4;
        let about = rest.clone().any(|at| text.word(at) == "about");
        let returned =
            !about && matches!(verb, "get" | "receive" | "be" | "have") && text.holds(self.behind, rest.end, RETURNS);
        means || returned
    }

    fn is_of_one_thing(&self, text: &Text<'_>, object: usize) -> bool {
        let one = |at: usize| matches!(text.word(at), "one" | "some") && text.is(at + 1, FOLLOWERS);
        let pronoun = |at: usize| text.any(at, PRONOUNS).is_some() || one(at);
        let next = text.find(object, &|at| matches!(text.word(at), "and" | ";" | ",")).unwrap_or(text.tokens.len());
        (object..next).any(pronoun) || shared(text.slice(start(text) + 1, self.at), text.slice(object, next)) > 0
    }
}

/// Where the first half's verb stands.
fn start(text: &Text<'_>) -> usize {
    const OPENINGS: &str = "\
        to be able to|be able to|to|i want to|i can|we can|the ability to|a way to|the option to|the possibility to";
    text.any(0, OPENINGS).unwrap_or(0)
}

/// Whether the first half begins with a verb; if not, what follows "and" is a noun as well.
fn first_verb(text: &Text<'_>) -> bool {
    let word = text.word(start(text));
    !is_one_of(word, DETERMINERS) && (!word.ends_with('s') || is_one_of(word, AMBIGUOUS))
}

/// How many words a verb takes up here, if there is one. What can be a noun too has to name an object, unless the link
/// says that it is one.
fn verb(text: &Text<'_>, at: usize, loose: bool) -> Option<usize> {
    let base = |at: usize| !text.word(at).ends_with('s') || matches!(text.word(at), "access" | "process");
    if text.tokens.get(at)?.joined || !base(at) {
        return None;
    }
    if let Some(words) = text.any(at, VERBS).or_else(|| gerund(text.word(at)).then_some(1)) {
        return Some(words);
    }
    let words = text.any(at, AMBIGUOUS)?;
    let next = text.word(at + words);
    let is_head = is_one_of(next, HEADS) || is_one_of(next, FOLLOWERS);
    let plural = next.ends_with('s') && text.before(at - 1).ends_with('s') && text.is(at, MOSTLY_VERBS);
    let named = words > 1 || is_one_of(next, DETERMINERS) || (!is_head && (plural || loose));
    named.then_some(words)
}

/// "as well as inviting".
fn gerund(word: &str) -> bool {
    let Some(stem) = word.strip_suffix("ing") else { return false };
    VERBS.split('|').any(|verb| verb.strip_suffix('e').unwrap_or(verb) == stem)
}

fn has_object(text: &Text<'_>, at: usize) -> bool {
    const NONE: &str = "\
        by|with|in|on|at|from|for|to|as|via|and|or|when|if|so|later|online|again|immediately|directly|of|off|now|\
        back";
    let phrasal = !text.before(at).is_empty()
        && is_one_of(text.before(at), "for|with|to|notified|reminded|informed|alerted|able|into|up");
    let named = text.tokens.get(at).is_some_and(|token| token.is_word()) && !text.is(at, NONE);
    named || phrasal
}
