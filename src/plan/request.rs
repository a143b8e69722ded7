//! The request: the voice of a customer, and what came of it.

use serde::{Deserialize, Serialize};

use super::date::CivilDate;
use super::item::{MAX_LINE, MAX_TEXT, check_text};
use crate::error::{Code, Error, Result};

/// What somebody asked for. Many requests may point to one item.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Request {
    /// The key: `R-12`. Unique in its plan.
    #[serde(default)]
    pub id: String,
    /// Who asked: a customer, a colleague, a team.
    pub from: String,
    /// For which problem, in their words.
    pub problem: String,
    /// When they asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub date: Option<CivilDate>,
    /// Where it can be read: the ticket, the mail, the call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub link: Option<String>,
    /// The item that would solve it, by id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub item: Option<String>,
    /// What they were answered; absent: what has become of its item says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub outcome: Option<Outcome>,
}

/// How far a request has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
pub enum RequestState {
    /// Nobody has answered.
    #[default]
    Open,
    /// It will be solved.
    Planned,
    /// It is solved.
    Done,
    /// It will not be solved.
    Declined,
}

/// What was answered to a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Outcome {
    /// `planned`, `done` or `declined`.
    pub state: RequestState,
    /// Why. A request is never declined without a reason.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub why: String,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub date: Option<CivilDate>,
}

impl Request {
    /// Checks what can be checked without the rest of the plan.
    ///
    /// # Errors
    /// With the place inside the request.
    pub fn check(&self) -> Result<()> {
        let blank = |place: &str, words: &str| Err(Error::new(Code::InvalidRequest, words).at(place.to_owned()));
        if self.id.trim().is_empty() {
            return blank("/id", "a request needs an id that is not blank");
        }
        if self.problem.trim().is_empty() {
            return blank("/problem", "a request needs a problem: say what they cannot do today");
        }
        for (place, text, most) in
            [("/id", &self.id, MAX_LINE), ("/from", &self.from, MAX_LINE), ("/problem", &self.problem, MAX_TEXT)]
        {
            check_text(text, most).map_err(|e| e.at(place))?;
        }
        let Some(outcome) = &self.outcome else { return Ok(()) };
        check_text(&outcome.why, MAX_TEXT).map_err(|e| e.at("/outcome/why"))?;
        match outcome.state {
            RequestState::Open => blank("/outcome/state", "an open request has no outcome yet: leave the outcome out"),
            RequestState::Declined if outcome.why.trim().is_empty() => {
                blank("/outcome/why", "a request is declined with a reason: say why")
            }
            _ => Ok(()),
        }
    }
}
