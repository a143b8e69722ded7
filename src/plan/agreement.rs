//! The working agreement: when an item is ready, and the rules by which stories are written.

use serde::{Deserialize, Serialize};

use super::item::{MAX_LINE, MAX_TEXT, check_text};
use crate::error::{Code, Error, Result};

/// What a team has agreed on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Agreement {
    /// The definition of ready: an item is ready when every point holds. Empty: every item is.
    pub ready: Vec<ReadyPoint>,
    /// How this team writes stories, for whoever drafts one.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub house_rules: String,
}

/// A point of the definition of ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReadyPoint {
    /// What it says.
    pub text: String,
    /// What the plan looks at itself; without it somebody ticks the point, item by item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub rule: Option<ReadyRule>,
}

/// A point of the definition of ready that the plan can see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum ReadyRule {
    /// The story names who, what and why.
    Story,
    /// There is an acceptance criterion.
    Criteria,
    /// Somebody has given it a size.
    Sized,
    /// It is no bigger than half a sprint.
    Small,
    /// It has a score by the plan's method.
    Scored,
    /// It serves an objective.
    Objective,
    /// It does not wait for anything: not blocked, and all it needs is done.
    Free,
}

impl ReadyRule {
    /// Every rule, with what it says, in the order in which the page offers them.
    pub const ALL: [(Self, &'static str); 7] = [
        (Self::Story, "The story says who, what and why"),
        (Self::Criteria, "It has an acceptance criterion"),
        (Self::Sized, "It has a size"),
        (Self::Small, "It fits into half a sprint"),
        (Self::Scored, "It has a score"),
        (Self::Objective, "It serves an objective"),
        (Self::Free, "It waits for nothing"),
    ];
}

impl Default for Agreement {
    /// Criteria, a size, and nothing to wait for: what most teams ask of an item before they begin it.
    fn default() -> Self {
        let asked = [ReadyRule::Criteria, ReadyRule::Sized, ReadyRule::Free];
        let points = ReadyRule::ALL.into_iter().filter(|(rule, _)| asked.contains(rule));
        Self {
            ready: points.map(|(rule, text)| ReadyPoint { text: text.to_owned(), rule: Some(rule) }).collect(),
            house_rules: String::new(),
        }
    }
}

/// The most points of a definition of ready.
const MAX_POINTS: usize = 50;

impl Agreement {
    /// Checks every text.
    ///
    /// # Errors
    /// With the place inside the agreement.
    pub fn check(&self) -> Result<()> {
        if self.ready.len() > MAX_POINTS {
            let message = format!("a definition of ready holds up to {MAX_POINTS} points");
            return Err(Error::new(Code::TooLarge, message).at("/ready"));
        }
        for (k, point) in self.ready.iter().enumerate() {
            let place = || format!("/ready/{k}/text");
            if point.text.trim().is_empty() {
                return Err(
                    Error::new(Code::InvalidRequest, "a point of the definition of ready says something").at(place())
                );
            }
            check_text(&point.text, MAX_LINE).map_err(|e| e.at(place()))?;
            if self.ready.iter().take(k).any(|other| other.text == point.text) {
                let message = format!("the point \"{}\" stands twice: take one of them out", point.text);
                return Err(Error::new(Code::DuplicateId, message).at(place()));
            }
        }
        check_text(&self.house_rules, MAX_TEXT).map_err(|e| e.at("/houseRules"))
    }
}
