//! Whether a story is ready: what is missing in it, and what will make it hard to build or to accept.

use serde::Serialize;

use super::criterion::untestable;
use super::joined::second;
use super::repeats::repeats;
use super::solution::{is_technical, prescribed};
use super::text::{is_blank, short};
use super::written::Written;
use crate::plan::{Criterion, Item, Kind};

/// What can be wrong with a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// `role-missing`: nobody is named who wants it.
    RoleMissing,
    /// `want-missing`: it does not say what is wanted.
    WantMissing,
    /// `benefit-missing`: it does not say why.
    BenefitMissing,
    /// `benefit-repeats-want`: the reason says no more than the want.
    BenefitRepeatsWant,
    /// `criteria-missing`: nothing says when it is done.
    CriteriaMissing,
    /// `too-many-criteria`: more than seven, which is more than one story.
    TooManyCriteria,
    /// `criterion-untestable`: no two people would agree whether it is met.
    CriterionUntestable,
    /// `two-stories`: it joins two wants.
    TwoStories,
    /// `solution-prescribed`: it says how it is built, not what is wanted.
    SolutionPrescribed,
    /// `too-big`: bigger than half a sprint.
    TooBig,
    /// `needs-later`: it needs something that stands later in the order.
    NeedsLater,
    /// `objective-missing`: it serves no objective.
    ObjectiveMissing,
}

/// Something that makes a story less than ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Finding {
    /// Which rule it breaks.
    pub rule: Rule,
    /// Where, as a JSON pointer into the item: `/story/soThat`, `/criteria/2`.
    #[serde(rename = "where")]
    pub place: String,
    /// What was found, in lower case.
    pub message: String,
    /// What would mend it, in lower case.
    pub fix: String,
}

/// What a story cannot know of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Context {
    /// What a usual sprint finishes, in the unit of the item's size. Without it no story is too big.
    pub sprint: Option<f64>,
    /// The items that it needs and that stand later in the order, by id.
    pub later: Vec<String>,
    /// Whether to ask for an objective: there is none to name while a story is in no plan.
    pub objectives: bool,
}

impl Default for Context {
    fn default() -> Self {
        Self { sprint: None, later: Vec::new(), objectives: true }
    }
}

/// The most criteria of one story.
const MAX_CRITERIA: usize = 7;

/// Checks a story against the rules, in the order of the item's parts.
///
/// Role, want and benefit are asked of stories alone, criteria of stories, bugs and tasks, a size of all but epics, an
/// objective of all but sub-tasks. What is done or declined has no findings. A story that stands in the title or in the
/// notes as a sentence counts as written.
pub fn check_story(item: &Item, context: &Context) -> Vec<Finding> {
    let mut found = Findings(Vec::new());
    if !item.status.is_open() || item.kind == Kind::SubTask {
        return found.0;
    }
    if item.kind == Kind::Story {
        check_sentence(item, &mut found);
    }
    if matches!(item.kind, Kind::Story | Kind::Bug | Kind::Task) {
        check_criteria(&item.criteria, &mut found);
    }
    if item.kind != Kind::Epic {
        check_size(item, context, &mut found);
    }
    check_needs(item, context, &mut found);
    if context.objectives && item.objective.as_deref().is_none_or(is_blank) {
        let fix = "name the objective that it moves, or ask whether it is needed";
        found.add(Rule::ObjectiveMissing, "/objective", "it serves no objective", fix);
    }
    found.0
}

struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, rule: Rule, place: &str, message: impl Into<String>, fix: impl Into<String>) {
        self.0.push(Finding { rule, place: place.to_owned(), message: message.into(), fix: fix.into() });
    }
}

fn check_sentence(item: &Item, found: &mut Findings) {
    let written = Written::of(item);
    let parts = [
        (Rule::RoleMissing, "/story/asA", written.as_a, "who wants it", "as a …"),
        (Rule::WantMissing, "/story/iWant", written.i_want, "what is wanted", "I want …"),
        (Rule::BenefitMissing, "/story/soThat", written.so_that, "why it is wanted", "so that …"),
    ];
    for (rule, place, part, what, words) in parts {
        if is_blank(part) {
            found.add(rule, place, format!("it does not say {what}"), format!("say {what}: \"{words}\""));
        }
    }
    if !is_blank(written.i_want) && !is_blank(written.so_that) && repeats(written.i_want, written.so_that) {
        let message = format!("the benefit \"{}\" says no more than the want", short(written.so_that));
        let fix = "say what the wish is good for: what gets better, cheaper or safer once it is there";
        found.add(Rule::BenefitRepeatsWant, "/story/soThat", message, fix);
    }
    let texts = [("/story/iWant", written.i_want), ("/title", item.title.as_str())];
    if let Some((place, words)) = texts.iter().find_map(|(place, text)| Some((place, second(text)?))) {
        let message = format!("it joins two wants: \"{}\" begins a second one", short(words));
        found.add(
            Rule::TwoStories,
            place,
            message,
            format!("make a story of its own of what follows \"{}\"", short(words)),
        );
    }
    if is_technical(written.as_a) {
        return;
    }
    if let Some((place, words)) = texts.iter().find_map(|(place, text)| Some((place, prescribed(text)?))) {
        let message = format!("\"{words}\" says how it is built, not what is wanted");
        let fix = format!("say what \"{words}\" is to make possible, and leave the way to the team");
        found.add(Rule::SolutionPrescribed, place, message, fix);
    }
}

fn check_criteria(criteria: &[Criterion], found: &mut Findings) {
    let said = criteria.iter().filter(|criterion| !is_blank(&criterion.text)).count();
    if said == 0 {
        let fix = "write down what must be true for it to be accepted: \"given …, when …, then …\"";
        found.add(Rule::CriteriaMissing, "/criteria", "no acceptance criterion says when it is done", fix);
        return;
    }
    if said > MAX_CRITERIA {
        let message = format!("it has {said} acceptance criteria: more than {MAX_CRITERIA} are more than one story");
        found.add(Rule::TooManyCriteria, "/criteria", message, "split it by its rules, or leave out what can wait");
    }
    for (place, criterion) in criteria.iter().enumerate() {
        let place = format!("/criteria/{place}");
        if is_blank(&criterion.text) {
            let fix = "say what must be true, or remove it";
            found.add(Rule::CriterionUntestable, &place, "this criterion says nothing yet", fix);
        } else if let Some(words) = untestable(&criterion.text) {
            let message = format!("\"{words}\" cannot be tested: two people would not agree whether it is met");
            let fix = format!(
                "put what can be seen or measured in the place of \"{words}\": a number, a limit, a list that ends, an example"
            );
            found.add(Rule::CriterionUntestable, &place, message, fix);
        }
    }
}

fn check_size(item: &Item, context: &Context, found: &mut Findings) {
    let Some((size, sprint)) = item.size.map(|size| size.mean()).zip(context.sprint) else { return };
    if sprint > 0.0 && size > sprint / 2.0 {
        let (size, sprint) = (tenths(size), tenths(sprint));
        let message = format!("a size of {size} is more than half of what a usual sprint finishes ({sprint})");
        found.add(Rule::TooBig, "/size", message, "split it, so that each piece fits into a sprint twice");
    }
}

fn check_needs(item: &Item, context: &Context, found: &mut Findings) {
    for (place, need) in item.needs.iter().enumerate().filter(|(_, need)| context.later.contains(need)) {
        let fix = format!("move {need} before it, or cut what needs {need} out of it");
        found.add(Rule::NeedsLater, &format!("/needs/{place}"), format!("it needs {need}, which stands later"), fix);
    }
}

fn tenths(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}
