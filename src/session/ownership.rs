//! How the backlog is owned: counts from the plan, and where six answers about authority place the role.
//!
//! The places follow the levels of R. Eringa, "Evolution of the Product Owner" (Scrum.org, 2016), told at length by
//! D. McGreal and R. Jocham in "The Professional Product Owner" (2018): the scribe, the proxy, and, as one here, those
//! who steer by outcomes: business representative, sponsor and entrepreneur. What is judged is the set-up, never a
//! person.

use serde::{Deserialize, Serialize};

use super::planner::Planner;
use super::say;
use crate::error::{Code, Error, Result};
use crate::plan::{CivilDate, PromiseState, RequestState};

/// What is known of the authority.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct OwnershipQuery {
    /// The answers in the order of [`Ownership::questions`], each 1, 2 or 3; 0, or missing at the end, where there is none.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub answers: Vec<usize>,
    /// As in [`Options`](super::Options).
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub today: Option<CivilDate>,
}

/// How the backlog is owned. How today's order compares with the best one stands in [`Planner::ranking`], how forecasts
/// held in [`Planner::backtest`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Ownership {
    /// What can be counted in the plan.
    pub counts: Vec<OwnedCount>,
    /// Who has which authority.
    pub questions: Vec<Question>,
    /// Where the role stands: `scribe`, `proxy` or `strategist`; empty until every question has its answer.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "\"\" | \"scribe\" | \"proxy\" | \"strategist\""))]
    pub stance: String,
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
    pub of: String,
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
    pub text: String,
    /// Three answers, from taking orders to steering by outcomes.
    pub answers: Vec<String>,
}

/// The questions, and the step that helps where the answer is not the last one. The first ones weigh most: an order
/// cannot be decided towards objectives that nobody has.
const QUESTIONS: [[&str; 5]; 6] = [
    [
        "Who sets the objectives?",
        "There are none: features are asked for",
        "Others do, and I am told",
        "I do, with those who pay",
        "Write down one objective with a metric and a first reading, and agree on it with whoever pays",
    ],
    [
        "Who decides the order of the backlog?",
        "Others hand it to me",
        "I propose it, others approve",
        "I do",
        "Agree on a rule by which you order without asking, such as the plan's score, and show what exceptions cost",
    ],
    [
        "Who may say no to a request?",
        "Nobody: all is taken in",
        "Others, when I ask them",
        "I do, with a reason",
        "Decline one request this sprint, with its reason in writing, and agree with its sender that this is yours to do",
    ],
    [
        "Who talks to users?",
        "Others: I read what they wrote",
        "I do, when there is an occasion",
        "I do, every sprint",
        "Talk to two users in this sprint, and note what they cannot do today as requests",
    ],
    [
        "Who accepts what was finished?",
        "Others, after a release",
        "I do, and others confirm it",
        "I do, against its criteria",
        "Give the next items criteria before they begin, and accept them by these within the sprint",
    ],
    [
        "Who may change the scope within a sprint?",
        "Anybody who asks the team",
        "Those above, through me",
        "I do, with the team",
        "Let every wish within a sprint come to you first, and answer it with what it would push out",
    ],
];

/// What is counted: the noun, and the verb for one and for several.
const COUNTED: [[&str; 3]; 6] = [
    ["item", "serves an objective", "serve an objective"],
    ["item", "says why it is wanted", "say why they are wanted"],
    ["item", "has acceptance criteria", "have acceptance criteria"],
    ["declined request", "has a reason", "have a reason"],
    ["decision", "has a why", "have a why"],
    ["due promise", "was kept", "were kept"],
];

impl Planner {
    /// How the backlog is owned: what can be counted, and where the answers place the role.
    ///
    /// # Errors
    /// [`Code::InvalidNumber`] at `/answers/…` for an answer that is none of the three, or of no question.
    pub fn ownership(&self, query: &OwnershipQuery) -> Result<Ownership> {
        let answers = &query.answers;
        let strange = |(place, answer): (usize, &usize)| *answer > 3 || place >= QUESTIONS.len();
        if let Some(place) = answers.iter().enumerate().position(strange) {
            let message = "there are six questions, and an answer is 1, 2 or 3: its place among the question's answers";
            return Err(Error::new(Code::InvalidNumber, message).at(format!("/answers/{place}")));
        }
        let (mut open, mut sum) = (QUESTIONS.len(), 0);
        for answer in answers.iter().filter(|answer| **answer > 0) {
            open -= 1;
            sum += answer;
        }
        let (stance, sentence) = match (open, sum) {
            (0, ..=10) => ("scribe", "The set-up is that of a scribe: orders are taken, and decided elsewhere"),
            (0, ..=14) => {
                ("proxy", "The set-up is that of a proxy: orders are filtered, and the last word is elsewhere")
            }
            (0, _) => ("strategist", "The set-up is that of a strategist: the backlog is steered by outcomes"),
            (1, _) => ("", "One more answer shows where the role stands in this set-up"),
            _ => ("", "Six answers show where the role stands in this set-up"),
        };
        let counts = self.owned_counts(query.today);
        let mut questions = Vec::new();
        for [text, first, second, third, _] in &QUESTIONS {
            let mut answers = Vec::new();
            [first, second, third].iter().for_each(|answer| answers.push((**answer).to_string()));
            questions.push(Question { text: (*text).to_owned(), answers });
        }
        Ok(Ownership {
            questions,
            stance: stance.to_owned(),
            sentence: sentence.to_owned(),
            step: step(answers, &counts),
            counts,
        })
    }

    fn owned_counts(&self, today: Option<CivilDate>) -> Vec<OwnedCount> {
        let plan = self.plan();
        let today = today.unwrap_or_else(|| plan.newest_day());
        let mut counts = Vec::new();
        for of in ["items", "items", "items", "requests", "decisions", "promises"] {
            counts.push(OwnedCount {
                of: of.to_owned(),
                sentence: String::new(),
                ids: Vec::new(),
                missing: Vec::new(),
            });
        }
        let mut count = |place: usize, id: &String, holds: bool| {
            let Some(counted): Option<&mut OwnedCount> = counts.get_mut(place) else { return };
            let list = if holds { &mut counted.ids } else { &mut counted.missing };
            list.push(id.clone());
        };
        for item in plan.work().iter().filter_map(|work| plan.items.get(work.index)) {
            count(0, &item.id, item.objective.is_some());
            count(1, &item.id, !item.story.so_that.trim().is_empty());
            count(2, &item.id, !item.criteria.is_empty());
        }
        for request in plan.requests.iter() {
            let (state, why) = plan.state_of(request);
            if state == RequestState::Declined {
                count(3, &request.id, !why.trim().is_empty());
            }
        }
        plan.decisions.iter().for_each(|decision| count(4, &decision.id, !decision.why.trim().is_empty()));
        for promise in plan.promises.iter() {
            match plan.promise_state(promise, today) {
                PromiseState::Kept => count(5, &promise.id, true),
                PromiseState::Broken => count(5, &promise.id, false),
                PromiseState::Open | PromiseState::Withdrawn => {}
            }
        }
        for (count, [noun, one, many]) in counts.iter_mut().zip(COUNTED) {
            let (some, all) = (count.ids.len(), count.ids.len() + count.missing.len());
            let plural = if all == 1 { "" } else { "s" };
            let verb = if some == 1 || all == 1 { one } else { many };
            count.sentence = match all {
                0 => format!("no {noun} yet"),
                _ => format!("{} of {} {noun}{plural} {verb}", say::thousands(some as u64), say::thousands(all as u64)),
            };
        }
        counts
    }
}

/// The one step that would help most: where the authority ends first, else what the plan lacks most.
fn step(answers: &[usize], counts: &[OwnedCount]) -> String {
    for level in 1..=2 {
        let at = answers.iter().position(|answer| *answer == level);
        if let Some([.., step]) = at.and_then(|place| QUESTIONS.get(place)) {
            return (*step).to_owned();
        }
    }
    let (mut most, mut lack) = (0, ["", ""]);
    let lacks = [["an objective", "one"], ["a why", "one"], ["acceptance criteria", "any"]];
    for (count, what) in counts.iter().zip(lacks) {
        if count.missing.len() > most {
            (most, lack) = (count.missing.len(), what);
        }
    }
    let [what, none] = lack;
    match most {
        0 => "Take a reading of every objective after each sprint, and order by what it says".to_owned(),
        _ => format!("Give {what} to the {} without {none}", say::items(most)),
    }
}
