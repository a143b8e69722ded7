//! Proposals to cut a story, by patterns for splitting (Lawrence 2009, *Patterns for Splitting User Stories*): the ones
//! that a text can show.

use serde::Serialize;

use super::joined::halves;
use super::list::List;
use super::repeats::shared;
use super::text::{Text, is_blank, short, title, trimmed};
use super::written::Written;
use crate::plan::{Criterion, Item, Story};

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
    let proposals = [source.workflow(), source.interfaces(), source.data(), source.happy_path(), source.rules()];
    let mut found: Vec<Split> = proposals.into_iter().flatten().filter(|split| split.pieces.len() > 1).collect();
    if found.iter().any(|split| split.by == SplitBy::Interface) {
        // A list of interfaces is no list of data.
        found.retain(|split| split.by != SplitBy::Data);
    }
    found
}

/// How a piece is called and what it wants, if not what the whole wants, and which words its criteria hold.
struct Cut {
    title: String,
    want: Option<String>,
    key: String,
}

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

    fn piece(&self, title: String, want: Option<String>, criteria: Vec<Criterion>) -> Item {
        let Written { as_a, i_want, so_that } = self.written;
        let i_want = want.filter(|_| !is_blank(i_want)).unwrap_or_else(|| i_want.to_owned());
        Item {
            title,
            story: Story { as_a: as_a.to_owned(), i_want, so_that: so_that.to_owned() },
            criteria,
            ..Item::default()
        }
    }

    /// Pieces, with each criterion in the one whose words it shares most; in the first, if it shares none.
    fn pieces(&self, cuts: Vec<Cut>) -> Vec<Item> {
        let mut criteria = vec![Vec::new(); cuts.len()];
        for criterion in &self.item.criteria {
            let best = cuts.iter().enumerate().rev().max_by_key(|(_, cut)| shared(&cut.key, &criterion.text));
            let best = best.map_or(0, |(place, _)| place);
            criteria.get_mut(best).into_iter().for_each(|held| held.push(criterion.clone()));
        }
        cuts.into_iter().zip(criteria).map(|(cut, criteria)| self.piece(cut.title, cut.want, criteria)).collect()
    }

    /// A cut for each of several wants.
    fn wants(&self, wants: &[String]) -> Vec<Item> {
        let cut = |want: &String| Cut { title: title(want), want: Some(want.clone()), key: own(want, wants) };
        self.pieces(wants.iter().take(MOST).map(cut).collect())
    }

    fn workflow(&self) -> Option<Split> {
        let of = |why: String, wants: Vec<String>| {
            let pieces = self.wants(&wants);
            Some(Split { by: SplitBy::Workflow, why, pieces })
        };
        // Two verbs with things of their own are two wants first of all.
        let list = List::find(self.text, 2).filter(|list| list.verbs);
        let two = halves(self.text).filter(|_| list.as_ref().is_none_or(|list| list.items.len() < 3));
        if let Some((first, second)) = two {
            let wants = [first, second].map(trimmed);
            return of(format!("it joins two wants: {}", named(&wants)), wants.map(str::to_owned).to_vec());
        }
        if let Some(list) = list {
            let wants = list.items.iter().map(|item| list.with(item)).collect();
            return of(format!("it lists steps: {}", named(&list.items)), wants);
        }
        let steps = steps(self.text);
        if steps.len() > 1 {
            return of(format!("it goes in steps: {}", named(&steps)), steps.into_iter().map(str::to_owned).collect());
        }
        self.steps()
    }

    /// Criteria that name steps.
    fn steps(&self) -> Option<Split> {
        const STEPS: &[&str] = &[
            "first",
            "next",
            "finally",
            "lastly",
            "afterwards",
            "after that",
            "step",
            "second",
            "third",
            "in the end",
        ];
        let begins = |criterion: &Criterion| Text::new(&criterion.text).any(0, STEPS).is_some();
        let count = self.item.criteria.iter().filter(|criterion| begins(criterion)).count();
        if count < 2 {
            return None;
        }
        let mut groups: Vec<Vec<Criterion>> = Vec::new();
        for criterion in &self.item.criteria {
            match groups.last_mut() {
                Some(group) if !begins(criterion) || group.iter().all(|before| !begins(before)) => {
                    group.push(criterion.clone())
                }
                _ => groups.push(vec![criterion.clone()]),
            }
        }
        let why = format!("{count} of its criteria name steps that follow each other");
        Some(Split { by: SplitBy::Workflow, why, pieces: self.grouped(groups) })
    }

    fn data(&self) -> Option<Split> {
        let of = |list: &List<'_>, cuts: Vec<Cut>| {
            Some(Split {
                by: SplitBy::Data,
                why: format!("it lists kinds of data: {}", named(&list.items)),
                pieces: self.pieces(cuts),
            })
        };
        if let Some(list) = List::find(self.text, 3).filter(|list| !list.verbs) {
            let cut = |item: &&str| Cut {
                title: title(&list.with(item)),
                want: Some(list.with(item)),
                key: (*item).to_owned(),
            };
            return of(&list, list.items.iter().take(MOST).map(cut).collect());
        }
        let list = self
            .item
            .criteria
            .iter()
            .find_map(|criterion| List::find(&criterion.text, 3).filter(|list| !list.verbs))?;
        let cut =
            |item: &&str| Cut { title: format!("{}: {item}", self.item.title), want: None, key: (*item).to_owned() };
        of(&list, list.items.iter().take(MOST).map(cut).collect())
    }

    fn interfaces(&self) -> Option<Split> {
        const INTERFACES: &[(&str, &[&str])] = &[
            ("web", &["web", "website", "browser", "desktop"]),
            ("mobile", &["mobile", "phone", "smartphone", "app", "tablet", "ios", "android"]),
            ("e-mail", &["e mail", "email"]),
            ("text message", &["sms", "text message"]),
            ("API", &["api"]),
            ("push notification", &["push", "push notification"]),
            ("kiosk", &["kiosk", "terminal"]),
            ("voice", &["voice"]),
            ("chat", &["chat", "chatbot", "whatsapp"]),
        ];
        let in_text = |text: &str| {
            let text = Text::new(text);
            let holds = |words: &[&str]| (0..text.tokens.len()).any(|at| text.any(at, words).is_some());
            INTERFACES.iter().filter(|(_, words)| holds(words)).collect::<Vec<_>>()
        };
        let texts = [self.text, &self.item.title]
            .into_iter()
            .chain(self.item.criteria.iter().map(|criterion| criterion.text.as_str()));
        let found = texts.map(in_text).find(|found| found.len() > 1)?;
        let list = List::find(self.text, 2).filter(|list| list.items.iter().all(|item| !in_text(item).is_empty()));
        let cut = |(name, words): &&(&str, &[&str])| {
            let item = list.as_ref().and_then(|list| {
                Some((list, list.items.iter().find(|item| in_text(item).iter().any(|(found, _)| found == name))?))
            });
            let want = item.map(|(list, item)| list.with(item));
            let title = want.as_deref().map_or_else(|| format!("{}: {name}", self.item.title), title);
            Cut { title, want, key: words.join(" ") }
        };
        let names: Vec<&str> = found.iter().map(|(name, _)| *name).collect();
        let why = format!("it names several interfaces: {}", named(&names));
        Some(Split { by: SplitBy::Interface, why, pieces: self.pieces(found.iter().take(MOST).map(cut).collect()) })
    }

    fn happy_path(&self) -> Option<Split> {
        let (wrong, well): (Vec<_>, Vec<_>) =
            self.item.criteria.iter().cloned().partition(|criterion| goes_wrong(&criterion.text));
        if wrong.is_empty() || well.is_empty() || self.item.criteria.len() < 3 {
            return None;
        }
        let why = format!(
            "{} of its {} criteria say what happens when something goes wrong",
            wrong.len(),
            self.item.criteria.len()
        );
        let rest = format!("{}: when something goes wrong", self.item.title);
        let pieces = vec![self.piece(self.item.title.clone(), None, well), self.piece(rest, None, wrong)];
        Some(Split { by: SplitBy::HappyPath, why, pieces })
    }

    fn rules(&self) -> Option<Split> {
        let is_rule = |criterion: &Criterion| states_rule(&criterion.text) && !goes_wrong(&criterion.text);
        let (rules, plain): (Vec<_>, Vec<_>) = self.item.criteria.iter().cloned().partition(is_rule);
        if rules.len() < 2 || self.item.criteria.len() < 3 {
            return None;
        }
        let why = format!("{} of its criteria are rules of their own", rules.len());
        let mut groups: Vec<Vec<Criterion>> = if plain.is_empty() { Vec::new() } else { vec![plain] };
        groups.extend(rules.into_iter().map(|rule| vec![rule]));
        let more = groups.split_off(MOST.min(groups.len()));
        groups.last_mut().into_iter().for_each(|last| last.extend(more.iter().flatten().cloned()));
        Some(Split { by: SplitBy::Rule, why, pieces: self.grouped(groups) })
    }

    /// A piece for each group of criteria: the first is called as the whole is.
    fn grouped(&self, groups: Vec<Vec<Criterion>>) -> Vec<Item> {
        let named = |(place, group): (usize, Vec<Criterion>)| {
            let about = group.first().map(|criterion| title(&criterion.text)).unwrap_or_default();
            let title = if place == 0 { self.item.title.clone() } else { format!("{}: {about}", self.item.title) };
            self.piece(title, None, group)
        };
        groups.into_iter().enumerate().map(named).collect()
    }
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

fn goes_wrong(text: &str) -> bool {
    const WRONG: &[&str] = &[
        "declined",
        "invalid",
        "fail",
        "failed",
        "failure",
        "error",
        "offline",
        "empty",
        "timeout",
        "time out",
        "wrong",
        "missing",
        "expired",
        "unavailable",
        "rejected",
        "refused",
        "not found",
        "unknown",
        "no network",
        "without a network",
        "no connection",
        "duplicate",
        "not available",
        "incorrect",
        "corrupt",
        "unreachable",
        "sold out",
        "full",
        "not valid",
        "interrupted",
        "out of stock",
        "lost",
        "blocked",
        "too large",
        "cannot be read",
        "exception",
        "retry",
    ];
    let text = Text::new(text);
    (0..text.tokens.len()).any(|at| text.any(at, WRONG).is_some())
}

fn states_rule(text: &str) -> bool {
    const RULES: &[&str] = &[
        "if",
        "unless",
        "only",
        "at most",
        "at least",
        "limit",
        "limited",
        "maximum",
        "minimum",
        "except",
        "more than",
        "less than",
        "fewer than",
        "no more than",
        "up to",
        "must not",
        "cannot",
        "may not",
        "never",
        "depending",
        "exceed",
        "exceeds",
        "under",
        "over",
        "above",
        "below",
        "after",
        "before",
        "until",
        "within",
    ];
    let text = Text::new(text);
    (0..text.tokens.len()).any(|at| text.any(at, RULES).is_some())
}

/// `"CSV", "Excel" and "PDF"`.
fn named(items: &[&str]) -> String {
    let quoted: Vec<String> = items.iter().map(|item| format!("\"{}\"", short(item))).collect();
    match quoted.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => quoted.concat(),
    }
}
