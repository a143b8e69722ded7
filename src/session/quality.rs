//! The quality of a plan's stories: findings while they are written, ways to cut one, and the way to an assistant.

use serde::Deserialize;

use super::command::ItemPatch;
use super::outlook::Prepared;
use super::planner::Planner;
use super::readiness::half_a_sprint;
use crate::error::Result;
use crate::plan::{CivilDate, Item, Plan};
use crate::story::{self, Context, Finding, Prompt, Split};

/// Of which item findings are wanted.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FindingQuery {
    /// The item.
    pub id: String,
    /// What is being typed into it, and has not been taken yet.
    #[serde(default)]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub patch: Box<ItemPatch>,
    /// As in [`Options`](super::Options).
    #[serde(default)]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub today: Option<CivilDate>,
}

impl Planner {
    /// What makes an item less than ready, while it is written too. Nothing is simulated for it.
    ///
    /// # Errors
    /// [`Code::UnknownId`](crate::Code::UnknownId).
    pub fn findings(&self, query: &FindingQuery) -> Result<Vec<Finding>> {
        let plan = self.in_numbers(self.shown(), query.today)?;
        let item = query.patch.applied_to(item_called(&self.shown(), &query.id)?);
        Ok(findings(&plan, &item))
    }

    /// Ways to cut an item; apply one with [`Command::SplitItem`](super::Command::SplitItem).
    ///
    /// # Errors
    /// [`Code::UnknownId`](crate::Code::UnknownId).
    pub fn splits(&self, id: &str) -> Result<Vec<Split>> {
        item_called(&self.shown(), id).map(story::splits)
    }

    /// The text that asks an assistant to write the item's story, or with `split` to cut it into several.
    ///
    /// # Errors
    /// [`Code::UnknownId`](crate::Code::UnknownId).
    pub fn prompt(&self, id: &str, split: bool) -> Result<String> {
        let plan = self.shown();
        let item = item_called(&plan, id)?;
        let epic = item.parent.as_deref().and_then(|parent| plan.find(parent));
        let about = Prompt {
            objective: item.objective.as_deref().and_then(|id| plan.objective(id)),
            epic: epic.map(|(_, epic)| epic.title.as_str()),
            house_rules: &plan.agreement.house_rules,
            split,
        };
        Ok(story::prompt(item, &about))
    }
}

fn item_called<'a>(plan: &'a Plan, id: &str) -> Result<&'a Item> {
    plan.find(id).map(|(_, item)| &**item).ok_or_else(|| super::apply::unknown(id))
}

/// What makes an item of a plan less than ready.
pub(super) fn findings(plan: &Prepared, item: &Item) -> Vec<Finding> {
    let rank = |id: &str| plan.ranks.get(id);
    let own = rank(&item.id);
    let later = |need: &&String| own.zip(rank(need)).is_some_and(|(own, need)| need > own);
    let context = Context {
        sprint: half_a_sprint(plan).map(|half| 2.0 * half),
        later: item.needs.iter().filter(later).cloned().collect(),
        objectives: !plan.plan.objectives.is_empty(),
    };
    story::check_story(item, &context)
}
