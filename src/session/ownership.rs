//! How the backlog is owned: counts from the plan, and where six answers about authority place the role.
//!
//! The places follow the levels of R. Eringa, "Evolution of the Product Owner" (Scrum.org, 2016), told at length by
//! D. McGreal and R. Jocham in "The Professional Product Owner" (2018): the scribe, the proxy, and, as one here, those
//! who steer by outcomes: business representative, sponsor and entrepreneur. What is judged is the set-up, never a
//! person.

use serde::{Deserialize, Serialize};

use super::planner::Planner;
use super::ranking::RankingQuery;
use super::say;
use super::view::Options;
use crate::error::{Code, Error, Result};
use crate::plan::{CivilDate, Item, PromiseState, RequestState};

/// What is known of the authority, and what is wanted.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct OwnershipQuery {
    /// The answers in the order of [`Ownership::questions`], each 0, 1 or 2; null or missing where there is none.
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "(number | null)[]"))]
    pub answers: Vec<Option<usize>>,
    /// Whether to look at how forecasts held as well, which takes a while.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub held: bool,
    /// As in [`Options`].
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub today: Option<CivilDate>,
}

/// How the backlog is owned.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Ownership {
    /// What can be counted in the plan.
    pub counts: Vec<OwnedCount>,
    /// How today's order compares with the best one found: "today's order costs 12 % more delay than the best one found".
    pub order: String,
    /// How forecasts held, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub held: Option<String>,
    /// Who has which authority.
    pub questions: Vec<Question>,
    /// How many of the questions have an answer.
    pub answered: usize,
    /// Where the role stands: `scribe`, `proxy` or `strategist`; absent until every question has its answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "\"scribe\" | \"proxy\" | \"strategist\""))]
    pub stance: Option<&'static str>,
    /// The same as a sentence.
    pub sentence: String,
    /// The one step that would help most.
    pub step: String,
}

/// Something that is counted, with what stands behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct OwnedCount {
    /// What the ids are of: `items`, `requests`, `decisions` or `promises`.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "\"items\" | \"requests\" | \"decisions\" | \"promises\""))]
    pub of: &'static str,
    /// "36 of 40 items serve an objective".
    pub sentence: String,
    /// Those for which it holds, by id.
    pub ids: Vec<String>,
    /// Those for which it does not, by id.
    pub missing: Vec<String>,
}

/// A question about authority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Question {
    /// What is asked.
    pub text: &'static str,
    /// Three answers, from taking orders to steering by outcomes.
    pub answers: [&'static str; 3],
}

/// The questions, and the step that helps where the answer is not the last one. The first ones weigh most: an order
/// cannot be decided towards objectives that nobody has.
const QUESTIONS: [(Question, &str); 6] = [
    (
        Question {
            text: "Who sets the objectives?",
            answers: ["There are none: features are asked for", "Others do, and I am told", "I do, with those who pay"],
        },
        "Write down one objective with a metric and a first reading, and agree on it with whoever pays",
    ),
    (
        Question {
            text: "Who decides the order of the backlog?",
            answers: ["Others hand it to me", "I propose it, others approve", "I do"],
        },
        "Agree on a rule by which you order without asking, such as the plan's score, and show what exceptions cost",
    ),
    (
        Question {
            text: "Who may say no to a request?",
            answers: ["Nobody: all is taken in", "Others, when I ask them", "I do, with a reason"],
        },
        "Decline one request this sprint, with its reason in writing, and agree with its sender that this is yours to do",
    ),
    (
        Question {
            text: "Who talks to users?",
            answers: ["Others: I read what they wrote", "I do, when there is an occasion", "I do, every sprint"],
        },
        "Talk to two users in this sprint, and note what they cannot do today as requests",
    ),
    (
        Question {
            text: "Who accepts what was finished?",
            answers: ["Others, after a release", "I do, and others confirm it", "I do, against its criteria"],
        },
        "Give the next items criteria before they begin, and accept them by these within the sprint",
    ),
    (
        Question {
            text: "Who may change the scope within a sprint?",
            answers: ["Anybody who asks the team", "Those above, through me", "I do, with the team"],
        },
        "Let every wish within a sprint come to you first, and answer it with what it would push out",
    ),
];

impl Planner {
    /// How the backlog is owned: what can be counted, and where the answers place the role.
    ///
    /// # Errors
    /// [`Code::InvalidNumber`] at `/answers/…` for an answer that is none of the three, [`Code::TooLarge`] for more
    /// answers than questions; else as [`Self::ranking`].
    pub fn ownership(&self, query: &OwnershipQuery) -> Result<Ownership> {
        let answers = &query.answers;
        if answers.len() > QUESTIONS.len() {
            let message = format!("{} answers: there are {} questions", answers.len(), QUESTIONS.len());
            return Err(Error::new(Code::TooLarge, message).at("/answers"));
        }
        if let Some(place) = answers.iter().position(|answer| answer.is_some_and(|answer| answer > 2)) {
            let message = "an answer is 0, 1 or 2: its place among the question's answers";
            return Err(Error::new(Code::InvalidNumber, message).at(format!("/answers/{place}")));
        }
        let today = query.today;
        let ranking = RankingQuery { count: Some(0), today, ..RankingQuery::default() };
        let held = query.held.then(|| self.backtest(&Options::default())).transpose()?;
        let counts = self.owned_counts(today);
        let answered = answers.iter().flatten().count();
        let sum: usize = answers.iter().flatten().sum();
        let stance = (answered == QUESTIONS.len()).then_some(match sum {
            ..=4 => "scribe",
            5..=8 => "proxy",
            _ => "strategist",
        });
        let sentence = match stance {
            Some("scribe") => "The set-up is that of a scribe: orders are taken, and decided elsewhere".to_owned(),
            Some("proxy") => {
                "The set-up is that of a proxy: orders are filtered, and the last word is elsewhere".to_owned()
            }
            Some(_) => "The set-up is that of a strategist: the backlog is steered by outcomes".to_owned(),
            None if answered == 0 => "Six answers show where the role stands in this set-up".to_owned(),
            None => match QUESTIONS.len() - answered {
                1 => "1 more answer shows where the role stands in this set-up".to_owned(),
                more => format!("{more} more answers show where the role stands in this set-up"),
            },
        };
        Ok(Ownership {
            order: self.ranking(&ranking)?.sentence,
            held: held.map(|held| held.sentence),
            questions: QUESTIONS.into_iter().map(|(question, _)| question).collect(),
            answered,
            stance,
            sentence,
            step: step(answers, &counts),
            counts,
        })
    }

    fn owned_counts(&self, today: Option<CivilDate>) -> Vec<OwnedCount> {
        let plan = self.plan();
        let today = today.unwrap_or_else(|| plan.newest_day());
        let work = plan.work();
        let work: Vec<&Item> = work.iter().filter_map(|work| plan.items.get(work.index)).map(|item| &**item).collect();
        let of_items = |one: &str, many: &str, holds: &dyn Fn(&Item) -> bool| {
            let items: Vec<(&str, bool)> = work.iter().map(|item| (item.id.as_str(), holds(item))).collect();
            counted("items", ["item", one], ["items", many], &items)
        };
        let declined = plan.requests.iter().filter(|request| plan.state_of(request).0 == RequestState::Declined);
        let declined: Vec<(&str, bool)> =
            declined.map(|request| (request.id.as_str(), !plan.state_of(request).1.trim().is_empty())).collect();
        let decisions: Vec<(&str, bool)> =
            plan.decisions.iter().map(|decision| (decision.id.as_str(), !decision.why.trim().is_empty())).collect();
        let due = plan.promises.iter().filter_map(|promise| match plan.promise_state(promise, today) {
            PromiseState::Kept => Some((promise.id.as_str(), true)),
            PromiseState::Broken => Some((promise.id.as_str(), false)),
            PromiseState::Open | PromiseState::Withdrawn => None,
        });
        let due: Vec<(&str, bool)> = due.collect();
        vec![
            of_items("serves an objective", "serve an objective", &|item| {
                item.objective.as_deref().is_some_and(|id| plan.objective(id).is_some())
            }),
            of_items("says why it is wanted", "say why they are wanted", &|item| !item.story.so_that.trim().is_empty()),
            of_items("has acceptance criteria", "have acceptance criteria", &|item| !item.criteria.is_empty()),
            counted(
                "requests",
                ["declined request", "has a reason"],
                ["declined requests", "have a reason"],
                &declined,
            ),
            counted("decisions", ["decision", "has a why"], ["decisions", "have a why"], &decisions),
            counted("promises", ["promise", "was kept"], ["promises", "were kept"], &due),
        ]
    }
}

/// "36 of 40 items serve an objective", with a noun and a verb for one and for many.
fn counted(of: &'static str, one: [&str; 2], many: [&str; 2], all: &[(&str, bool)]) -> OwnedCount {
    let ids = |wanted: bool| -> Vec<String> {
        all.iter().filter(|(_, holds)| *holds == wanted).map(|(id, _)| (*id).to_owned()).collect()
    };
    let (ids, missing) = (ids(true), ids(false));
    let noun = if all.len() == 1 { one[0] } else { many[0] };
    let verb = if ids.len() == 1 { one[1] } else { many[1] };
    let sentence = match all.len() {
        0 if of == "promises" => "no promise is due yet".to_owned(),
        0 => format!("no {noun} yet"),
        count => format!("{} of {} {noun} {verb}", say::thousands(ids.len() as u64), say::thousands(count as u64)),
    };
    OwnedCount { of, sentence, ids, missing }
}

/// The one step that would help most: where the authority ends first, else what the plan lacks most.
fn step(answers: &[Option<usize>], counts: &[OwnedCount]) -> String {
    for level in 0..2 {
        let at = answers.iter().position(|answer| *answer == Some(level));
        if let Some((_, step)) = at.and_then(|place| QUESTIONS.get(place)) {
            return (*step).to_owned();
        }
    }
    let items = counts.iter().filter(|count| count.of == "items").zip([
        "an objective to serve: start at the top",
        "its why: start at the top",
        "acceptance criteria: start at the top",
    ]);
    match items.max_by_key(|(count, _)| count.missing.len()).filter(|(count, _)| !count.missing.is_empty()) {
        Some((count, what)) => {
            let them = if count.missing.len() == 1 {
                "the one item without".to_owned()
            } else {
                format!("the {} without", say::items(count.missing.len()))
            };
            format!("Give {them} {what}")
        }
        None => "Take a reading of every objective after each sprint, and order by what it says".to_owned(),
    }
}
