//! Proposals to cut a story.

use serde::Serialize;

use crate::plan::Item;

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

/// Proposals to cut an item, the best first, at most one of each kind.
pub fn splits(item: &Item) -> Vec<Split> {
    let _ = item;
    Vec::new()
}
