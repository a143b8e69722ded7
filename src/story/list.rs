//! Lists in a sentence: "CSV, Excel and PDF", "view, add and edit notes".

use super::text::Text;
use super::words::{AMBIGUOUS, DETERMINERS, VERBS};

/// A list, and where it stands.
pub(super) struct List<'a> {
    /// What is listed, as it was written.
    pub items: Vec<&'a str>,
    /// Whether verbs are listed.
    pub verbs: bool,
    before: &'a str,
    behind: &'a str,
}

/// What an item of nouns does not hold.
const STOPS: &str = "\
    to|for|from|in|on|at|by|with|as|of|via|into|through|per|under|over|so|that|which|who|when|if|is|are|can|be|\
    without|before|after|within|or|and|&|using|between|not|both|either|supports|accepts|include|includes|like|than|\
    then|while|where|it|them|i";
/// The most items.
const MOST: usize = 20;
/// The most words of an item.
const LONGEST: usize = 4;

impl<'a> List<'a> {
    /// The first list of a text that has at least so many items.
    pub(super) fn find(source: &'a str, least: usize) -> Option<Self> {
        let text = Text::new(source);
        let join = |at: usize| text.is(at, "and|or|&") && text.is_own(at);
        let places = (1..text.tokens.len()).filter(|at| join(*at));
        places.filter_map(|at| Self::at(&text, at)).find(|list| list.items.len() >= least)
    }

    /// The list whose last two items are joined here.
    fn at(text: &Text<'a>, join: usize) -> Option<Self> {
        let mut starts = vec![join + 1];
        let mut ends = Vec::new();
        let mut end = join - usize::from(text.before(join) == ",");
        loop {
            let comma = (end.saturating_sub(LONGEST + 1)..end).rev().find(|at| text.word(*at) == ",");
            ends.push(end);
            let Some(comma) = comma.filter(|_| ends.len() < MOST) else { break };
            starts.push(comma + 1);
            end = comma;
        }
        let verb = |at: usize| text.any(at, VERBS).is_some() || text.is(at, AMBIGUOUS);
        let opening = text.any(0, "to be able to|be able to|to").unwrap_or(0);
        let inner = starts.iter().all(|start| verb(*start));
        let verbs = inner && (verb(opening) || opening + 1 == end) && opening < end;
        let named = |at: usize| text.tokens.get(at).is_some_and(|token| token.is_word()) && !text.is(at, STOPS);
        let noun = |at: usize| named(at) && !text.is(at, DETERMINERS);
        let first = if verbs {
            opening
        } else {
            let least = end.saturating_sub(if ends.len() > 1 { 2 } else { 1 });
            (least..end).rev().take_while(|at| noun(*at) && !(*at == opening && verb(*at))).last()?
        };
        starts.push(first);
        let single = ends.iter().zip(starts.iter().skip(1)).all(|(end, start)| end - start == 1);
        let last = match (verbs, single) {
            (true, true) => join + 2,
            (true, false) => {
                text.find(join + 1, &|at| matches!(text.word(at), "," | ";" | ".")).unwrap_or(text.tokens.len())
            }
            _ => (join + 1..join + 1 + LONGEST).take_while(|at| named(*at)).last()? + 1,
        };
        ends.insert(0, last);
        let items: Vec<&str> = starts.iter().zip(&ends).rev().map(|(start, end)| text.slice(*start, *end)).collect();
        let whole = items.iter().all(|item| !item.is_empty());
        whole.then(|| Self { items, verbs, before: text.slice(0, first), behind: text.rest(last) })
    }

    /// The text once for each item, with it in the place of all.
    pub(super) fn each(&self) -> Vec<String> {
        self.items.iter().map(|item| self.with(item)).collect()
    }

    fn with(&self, item: &str) -> String {
        let close = if self.behind.starts_with([',', '.', ';', ':', ')']) { "" } else { " " };
        format!("{} {item}{close}{}", self.before, self.behind).trim().to_owned()
    }
}
