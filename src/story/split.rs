//! Proposals to cut a story, by patterns for splitting (Lawrence 2009, *Patterns for Splitting User Stories*): the ones
//! that a text can show.

use serde::Serialize;

use super::joined::halves;
use super::list::List;
use super::repeats::shared;
use super::text::{Text, is_blank, short, title, trimmed};
use super::written::Written;
use crate::plan::{Item, Story};

/// By what a story is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum SplitBy {
    /// The steps of the workflow.
    Workflow,
    /// The business rules.
    Rule,
    /// The kinds of data.
    Data,
    /// The interfaces.
    Interface,
    /// What usually happens first, and what can go wrong after.
    HappyPath,
}

/// A proposal to cut an item.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Split {
    /// By what.
    pub by: SplitBy,
    /// What was seen in the item that suggests it.
    pub why: String,
    /// At least two items of a title, a story and criteria alone; every criterion stands in exactly one of them.
    pub pieces: Vec<Item>,
}

/// The most pieces of a proposal.
const MOST: usize = 5;

/// Proposals to cut an item, the best first, at most one of each kind; none if nothing in it suggests one.
///
/// The pieces inherit role and benefit, and the want where it cannot be cut. They have no ids and no sizes.
///
/// ```
/// use landfall::plan::{Item, Story};
/// use landfall::story::{SplitBy, splits};
///
/// let mut item = Item::titled("Export the report");
/// item.story.i_want = "export the report as CSV, Excel and PDF".into();
/// let [split] = splits(&item).try_into().expect("one proposal");
/// assert_eq!(split.by, SplitBy::Data);
/// assert_eq!(split.pieces[1].title, "Export the report as Excel");
/// ```
pub fn splits(item: &Item) -> Vec<Split> {
    let source = Source::of(item);
    // A list of interfaces is no list of data.
    let lists = source.interfaces().or_else(|| source.data());
    [source.workflow(), lists, source.happy_path(), source.rules()].into_iter().flatten().collect()
}

/// How a piece is called, and what it wants, if not what the whole wants.
type Cut = (String, Option<String>);

struct Source<'a> {
    item: &'a Item,
    written: Written<'a>,
    /// The want, else the title.
    text: &'a str,
}

impl<'a> Source<'a> {
    fn of(item: &'a Item) -> Self {
        let written = Written::of(item);
        let text = if is_blank(written.i_want) { item.title.as_str() } else { written.i_want };
        Self { item, written, text }
    }

    /// A proposal, `places` saying for each criterion the piece that takes it.
    fn propose(&self, by: SplitBy, why: String, cuts: Vec<Cut>, places: &[usize]) -> Option<Split> {
        let Written { as_a, i_want, so_that } = self.written;
        let mut pieces = Vec::new();
        for (title, want) in cuts {
            let want = want.filter(|_| !is_blank(i_want)).unwrap_or_else(|| i_want.to_owned());
            let mut piece = Item::titled(title);
            piece.story = Story { as_a: as_a.to_owned(), i_want: want, so_that: so_that.to_owned() };
            pieces.push(piece);
        }
        for (criterion, place) in self.item.criteria.iter().zip(places) {
            let last = pieces.len().checked_sub(1)?;
            pieces.get_mut((*place).min(last))?.criteria.push(criterion.clone());
        }
        (pieces.len() > 1).then_some(Split { by, why, pieces })
    }

    /// For each criterion the piece whose words it shares most; the first, if it shares none.
    fn by_words(&self, keys: &[String]) -> Vec<usize> {
        let mut places = Vec::new();
        for criterion in &self.item.criteria {
            let (mut best, mut most) = (0, 0);
            for (place, key) in keys.iter().enumerate() {
                let count = shared(key, &criterion.text);
                if count > most {
                    (best, most) = (place, count);
                }
            }
            places.push(best);
        }
        places
    }

    /// A piece for each of several wants.
    fn wants(&self, by: SplitBy, why: String, mut wants: Vec<String>) -> Option<Split> {
        wants.truncate(MOST);
        let keys: Vec<String> = wants.iter().map(|want| own(want, &wants)).collect();
        let places = self.by_words(&keys);
        self.propose(by, why, wants.into_iter().map(|want| (title(&want), Some(want))).collect(), &places)
    }

    fn workflow(&self) -> Option<Split> {
        let steps = |why: &str, wants: &[&str]| {
            let why = format!("{why}: {}", named(wants));
            self.wants(SplitBy::Workflow, why, wants.iter().map(|want| (*want).to_owned()).collect())
        };
        // Two verbs with things of their own are two wants first of all.
        let list = List::find(self.text, 2).filter(|list| list.verbs);
        let two = halves(self.text).filter(|_| list.as_ref().is_none_or(|list| list.items.len() < 3));
        if let Some((first, second)) = two {
            return steps("it joins two wants", &[trimmed(first), trimmed(second)]);
        }
        if let Some(list) = list {
            return self.wants(SplitBy::Workflow, format!("it lists steps: {}", named(&list.items)), list.each());
        }
        steps("it goes in steps", &self::steps(self.text)).or_else(|| self.told_steps())
    }

    /// Criteria that name steps.
    fn told_steps(&self) -> Option<Split> {
        const STEPS: &str = "first|next|finally|lastly|afterwards|after that|step|second|third|in the end";
        let mut cuts = Vec::new();
        let mut places = Vec::new();
        for criterion in &self.item.criteria {
            if Text::new(&criterion.text).any(0, STEPS).is_some() && cuts.len() < MOST {
                cuts.push(self.cut(&criterion.text));
            }
            places.push(cuts.len().saturating_sub(1));
        }
        self.propose(SplitBy::Workflow, "its criteria name steps that follow each other".to_owned(), cuts, &places)
    }

    /// A piece called after one of the criteria.
    fn cut(&self, criterion: &str) -> Cut {
        (format!("{}: {}", self.item.title, title(criterion)), None)
    }

    fn data(&self) -> Option<Split> {
        let of = |list: &List<'_>| format!("it lists kinds of data: {}", named(&list.items));
        if let Some(list) = List::find(self.text, 3).filter(|list| !list.verbs) {
            return self.wants(SplitBy::Data, of(&list), list.each());
        }
        let mut lists = self.item.criteria.iter().filter_map(|criterion| List::find(&criterion.text, 3));
        let list = lists.rfind(|list| !list.verbs)?;
        let names: Vec<String> = list.items.iter().take(MOST).map(|name| (*name).to_owned()).collect();
        self.propose(
            SplitBy::Data,
            of(&list),
            names.iter().map(|name| self.cut(name)).collect(),
            &self.by_words(&names),
        )
    }

    fn interfaces(&self) -> Option<Split> {
        let mut texts = vec![self.text, self.item.title.as_str()];
        texts.extend(self.item.criteria.iter().map(|criterion| criterion.text.as_str()));
        let found = texts.into_iter().map(interfaces).find(|found| found.len() > 1)?;
        let names: Vec<&str> = found.iter().map(|(name, _)| *name).collect();
        let why = format!("it names several interfaces: {}", named(&names));
        let list = List::find(self.text, 2).filter(|list| list.items.iter().all(|item| !interfaces(item).is_empty()));
        if let Some(list) = list {
            return self.wants(SplitBy::Interface, why, list.each());
        }
        let keys: Vec<String> = found.iter().map(|(_, words)| words.replace('|', " ")).collect();
        let cuts = names.iter().take(MOST).map(|name| self.cut(name)).collect();
        self.propose(SplitBy::Interface, why, cuts, &self.by_words(&keys))
    }

    fn happy_path(&self) -> Option<Split> {
        let places: Vec<usize> = self.item.criteria.iter().map(|it| usize::from(holds(&it.text, WRONG))).collect();
        let wrong: usize = places.iter().sum();
        let count = places.len();
        if wrong == 0 || wrong == count || count < 3 {
            return None;
        }
        let why = format!("{wrong} of its {count} criteria say what happens when something goes wrong");
        let whole = (self.item.title.clone(), None);
        self.propose(
            SplitBy::HappyPath,
            why,
            vec![whole, (format!("{}: when something goes wrong", self.item.title), None)],
            &places,
        )
    }

    fn rules(&self) -> Option<Split> {
        let mut cuts = vec![(self.item.title.clone(), None)];
        let mut places = Vec::new();
        for criterion in &self.item.criteria {
            let is_rule = holds(&criterion.text, RULES) && !holds(&criterion.text, WRONG);
            // The first criterion stays with the whole, whatever it says: no piece is without one.
            if is_rule && !places.is_empty() && cuts.len() < MOST {
                cuts.push(self.cut(&criterion.text));
            }
            places.push(if is_rule { cuts.len() - 1 } else { 0 });
        }
        let rules = cuts.len() - 1;
        let why = format!("{rules} of its criteria are rules of their own");
        (rules > 1).then(|| self.propose(SplitBy::Rule, why, cuts, &places)).flatten()
    }
}

/// What an interface is called, and the words that stand for it.
const INTERFACES: &[(&str, &str)] = &[
    ("web", "web|website|browser|desktop"),
    ("mobile", "mobile|phone|smartphone|app|tablet|ios|android"),
    ("e-mail", "e mail|email"),
    ("text message", "sms|text message"),
    ("API", "api"),
    ("push notification", "push|push notification"),
    ("kiosk", "kiosk|terminal"),
    ("voice", "voice"),
    ("chat", "chat|chatbot|whatsapp"),
];

/// The interfaces that a text names.
fn interfaces(text: &str) -> Vec<(&'static str, &'static str)> {
    INTERFACES.iter().copied().filter(|(_, words)| holds(text, words)).collect()
}

/// The words of a want that none of the others has.
fn own(want: &str, wants: &[String]) -> String {
    let others = wants.iter().filter(|other| *other != want);
    let others: Vec<String> = others.flat_map(|other| Text::new(other).tokens).map(|token| token.word).collect();
    let words = Text::new(want).tokens.into_iter().map(|token| token.word).filter(|word| !others.contains(word));
    words.collect::<Vec<_>>().join(" ")
}

/// "choose a seat, then pay for it" in pieces.
fn steps(text: &str) -> Vec<&str> {
    let words = Text::new(text);
    let mut steps = Vec::new();
    let mut from = 0;
    for at in (1..words.tokens.len()).filter(|at| words.word(*at) == "then") {
        let joined = words.before(at) == "and";
        steps.push(trimmed(words.slice(from, at - usize::from(joined))));
        from = at + 1;
    }
    steps.push(trimmed(words.rest(from)));
    steps.retain(|step| !step.is_empty());
    steps
}

const WRONG: &str = "\
    declined|invalid|fail|failed|failure|error|offline|empty|timeout|time out|wrong|missing|expired|unavailable|\
    rejected|refused|not found|unknown|no network|without a network|no connection|duplicate|not available|\
    incorrect|corrupt|unreachable|sold out|full|not valid|interrupted|out of stock|lost|blocked|too large|\
    cannot be read|exception|retry";
const RULES: &str = "\
    if|unless|only|at most|at least|limit|limited|maximum|minimum|except|more than|less than|fewer than|\
    no more than|up to|must not|cannot|may not|never|depending|exceed|exceeds|under|over|above|below|after|\
    before|until|within";

fn holds(text: &str, phrases: &str) -> bool {
    let text = Text::new(text);
    text.holds(0, text.tokens.len(), phrases)
}

/// `"CSV", "Excel" and "PDF"`.
fn named(items: &[&str]) -> String {
    let quoted: Vec<String> = items.iter().map(|item| format!("\"{}\"", short(item))).collect();
    match quoted.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => quoted.concat(),
    }
}
