//! What needs what, as a picture shows it.

use serde::Serialize;

use super::planner::Planner;
use super::view::{Lands, Options};
use crate::error::Result;
use crate::needs;
use crate::plan::Status;

/// The open items that need others or are needed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Dependencies {
    /// The items, in the order of the plan.
    pub items: Vec<DependencyItem>,
    /// Who needs whom, by their places in `items`.
    pub needs: Vec<Need>,
    /// How many layers there are.
    pub layers: usize,
    /// The same as a sentence: "9 items wait for others; LF-3 holds up the most: 4 items wait for it".
    pub sentence: String,
    /// Whether dates are from before the last changes.
    pub stale: bool,
}

/// An item in the picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct DependencyItem {
    /// The key.
    pub id: String,
    /// What it is.
    pub title: String,
    /// How far it has come.
    pub status: Status,
    /// Its place in the remaining work, from 1.
    pub place: usize,
    /// How many needs lie before it, at most: 0 for what needs nothing.
    pub layer: usize,
    /// How many items wait for it, by way of others too.
    pub waiting: usize,
    /// Whether it stands before something it needs.
    pub too_early: bool,
    /// Why it waits for something outside.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub blocked: Option<String>,
    /// When it lands.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub lands: Option<Lands>,
}

/// One item needs another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Need {
    /// Who needs, by its place in the list of items.
    pub item: usize,
    /// Whom.
    pub needs: usize,
}

impl Planner {
    /// What needs what among the remaining work, in layers: every item stands in a layer after all that it needs.
    ///
    /// # Errors
    /// As [`Self::summary`].
    pub fn dependencies(&self, options: &Options) -> Result<Dependencies> {
        let outlook = self.outlook(
            self.assuming_in(options.scenario.as_deref(), &options.assume)?,
            options.today,
            options.trials,
        )?;
        let all: Vec<Vec<u32>> = outlook.tasks().iter().map(|task| task.needs.clone()).collect();
        let dependents = needs::dependents(&all);
        let linked = |rank: usize| {
            let has = |lists: &[Vec<u32>]| lists.get(rank).is_some_and(|list| !list.is_empty());
            has(&all) || has(&dependents)
        };
        let ranks: Vec<usize> = (0..all.len()).filter(|rank| linked(*rank)).collect();
        let mut place_of = vec![usize::MAX; all.len()];
        for (place, rank) in ranks.iter().enumerate() {
            place_of.get_mut(*rank).into_iter().for_each(|slot| *slot = place);
        }
        let place = |rank: u32| place_of.get(rank as usize).copied().unwrap_or(usize::MAX);
        let mut layers = vec![0_usize; all.len()];
        for rank in needs::order(&all).unwrap_or_default() {
            let of = |need: &u32| layers.get(*need as usize).map_or(0, |layer| layer + 1);
            let layer = all.get(rank as usize).into_iter().flatten().map(of).max().unwrap_or(0);
            layers.get_mut(rank as usize).into_iter().for_each(|slot| *slot = layer);
        }
        let items = ranks.iter().filter_map(|&rank| {
            let item = outlook.item(rank)?;
            Some(DependencyItem {
                id: item.id.clone(),
                title: item.title.clone(),
                status: item.status,
                place: rank + 1,
                layer: layers.get(rank).copied().unwrap_or_default(),
                waiting: reached(rank, &dependents),
                too_early: all.get(rank).into_iter().flatten().any(|need| *need as usize > rank),
                blocked: item.blocked.as_ref().map(|blocked| blocked.reason.clone()),
                lands: outlook.lands(rank),
            })
        });
        let items: Vec<DependencyItem> = items.collect();
        let edges = ranks.iter().enumerate().flat_map(|(item, rank)| {
            all.get(*rank).into_iter().flatten().map(move |need| Need { item, needs: place(*need) })
        });
        Ok(Dependencies {
            sentence: super::say::dependencies(&items),
            needs: edges.collect(),
            layers: items.iter().map(|item| item.layer + 1).max().unwrap_or(0),
            items,
            stale: outlook.stale(),
        })
    }
}

/// How many others are reached from one.
fn reached(from: usize, dependents: &[Vec<u32>]) -> usize {
    // A picture of more is none: counting stops where nobody could read on.
    const MOST: usize = 1_000;
    let mut seen = std::collections::HashSet::new();
    let mut open = vec![from as u32];
    while let Some(rank) = open.pop() {
        for &next in dependents.get(rank as usize).into_iter().flatten() {
            if seen.len() < MOST && seen.insert(next) {
                open.push(next);
            }
        }
    }
    seen.len()
}
