//! Which items are work, and how large those are that nobody has sized.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::item::{Item, Kind, Status};
use super::{Plan, Unit};
use crate::range::Uncertain;

/// Whether an item can be work or throughput at all: sub-tasks never count.
pub(crate) fn counts(item: &Item) -> bool {
    item.kind != Kind::SubTask
}

/// Sizes of finished items, from which an item without one takes its own.
#[derive(Debug, Clone, Default)]
pub struct FinishedSizes {
    by_kind: [Arc<[f64]>; Kind::ALL.len()],
    means: [f64; Kind::ALL.len()],
    all: Arc<[f64]>,
    epics: Arc<[f64]>,
}

impl FinishedSizes {
    /// The sizes to draw from for an item of this kind: of finished items of its kind, else of all, else 1.
    pub fn of(&self, kind: Kind) -> Arc<[f64]> {
        let own = self.by_kind.get(kind as usize).filter(|own| !own.is_empty()).unwrap_or(&self.all);
        if own.is_empty() { Arc::from([1.0]) } else { Arc::clone(own) }
    }

    /// The mean of [`Self::of`].
    pub fn mean_of(&self, kind: Kind) -> f64 {
        self.means.get(kind as usize).copied().unwrap_or(1.0)
    }

    /// What finished epics came to, each the sum of its children; empty when none had any.
    pub fn epics(&self) -> Arc<[f64]> {
        Arc::clone(&self.epics)
    }
}

/// One piece of the remaining work.
#[derive(Debug, Clone)]
pub struct Work {
    /// Its place in the plan's list.
    pub index: usize,
    /// How large it is.
    pub size: WorkSize,
    /// Whether it is an epic that nobody has broken down yet.
    pub not_broken_down: bool,
}

/// The size of a piece of work.
#[derive(Debug, Clone)]
pub enum WorkSize {
    /// As it was given.
    Given(Uncertain),
    /// Nobody has said: it will be like one of these, whose mean stands beside them.
    Like(Arc<[f64]>, f64),
}

impl WorkSize {
    /// The mean of the distribution.
    pub fn mean(&self) -> f64 {
        match self {
            Self::Given(size) => size.mean(),
            Self::Like(_, mean) => *mean,
        }
    }
}

fn mean(sizes: &[f64]) -> f64 {
    sizes.iter().sum::<f64>() / sizes.len().max(1) as f64
}

/// Which items are parts of which, by their places in the plan's list.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    parents: Vec<Option<usize>>,
    containers: Vec<bool>,
}

impl Tree {
    /// The place of the item that the one at a place is a part of, where the plan has it.
    pub(crate) fn parent(&self, place: usize) -> Option<usize> {
        self.parents.get(place).copied().flatten()
    }

    /// Whether an item has children that count.
    pub(crate) fn is_container(&self, place: usize) -> bool {
        self.containers.get(place).copied().unwrap_or(false)
    }
}

impl Plan {
    /// The ids of the items that have children among the plan's items. Such an item is neither work nor throughput: it
    /// lands with its last child.
    pub fn containers(&self) -> HashSet<&str> {
        let tree = self.tree();
        let items = self.items.iter().enumerate().filter(|(place, _)| tree.is_container(*place));
        items.map(|(_, item)| item.id.as_str()).collect()
    }

    /// What [`Self::containers`] tells, and all parents, by place: each id is looked up once.
    pub(crate) fn tree(&self) -> Tree {
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        // Of each parent that is named: whether a child of it counts, and its place. Sub-tasks make no container: a story
        // with sub-tasks is the work, and they are not.
        let mut known: Vec<(bool, Option<usize>)> = Vec::new();
        let mut named = vec![None; self.items.len()];
        for (item, named) in self.items.iter().zip(&mut named) {
            let Some(parent) = item.parent.as_deref() else { continue };
            let number = *numbers.entry(parent).or_insert(known.len());
            if number == known.len() {
                known.push((false, None));
            }
            known.get_mut(number).into_iter().for_each(|known| known.0 |= counts(item));
            *named = Some(number);
        }
        let mut containers = vec![false; self.items.len()];
        for ((place, item), container) in self.items.iter().enumerate().zip(&mut containers) {
            if let Some(parent) = numbers.get(item.id.as_str()).and_then(|number| known.get_mut(*number)) {
                parent.1 = Some(place);
                *container = parent.0;
            }
        }
        let parents = named.into_iter().map(|number: Option<usize>| known.get(number?)?.1).collect();
        Tree { parents, containers }
    }

    /// The sizes of what was finished, in the plan's unit.
    pub fn finished_sizes(&self) -> FinishedSizes {
        self.finished_sizes_in(&self.tree())
    }

    pub(crate) fn finished_sizes_in(&self, tree: &Tree) -> FinishedSizes {
        let mut by_kind: [Vec<f64>; Kind::ALL.len()] = Default::default();
        let mut all = Vec::new();
        for (place, item) in self.items.iter().enumerate() {
            if item.status != Status::Done || !counts(item) || tree.is_container(place) {
                continue;
            }
            let size = match self.unit {
                Unit::Items => Some(1.0),
                Unit::Points => item.size.map(|size| size.mean()),
            };
            if let Some(size) = size
                && item.kind != Kind::Epic
            {
                by_kind.get_mut(item.kind as usize).into_iter().for_each(|own| own.push(size));
                all.push(size);
            }
        }
        let by_kind = by_kind.map(Arc::from);
        let mut sizes = FinishedSizes { by_kind, all: all.into(), ..FinishedSizes::default() };
        for kind in Kind::ALL {
            let mean = mean(&sizes.of(kind));
            sizes.means.get_mut(kind as usize).into_iter().for_each(|slot| *slot = mean);
        }
        let mut sums: Vec<Option<f64>> = vec![None; self.items.len()];
        for (place, item) in self.items.iter().enumerate() {
            if item.status != Status::Declined
                && counts(item)
                && let Some(sum) = tree.parent(place).and_then(|parent| sums.get_mut(parent))
            {
                *sum.get_or_insert(0.0) += self.credit(item, &sizes);
            }
        }
        sizes.epics = self
            .items
            .iter()
            .zip(sums)
            .filter(|(item, _)| item.status == Status::Done && item.kind == Kind::Epic)
            .filter_map(|(_, sum)| sum)
            .collect();
        sizes
    }

    /// The remaining work, in order: what is in progress first, then the rest as it stands in the list.
    pub fn work(&self) -> Vec<Work> {
        let tree = self.tree();
        self.work_in(&tree, &self.finished_sizes_in(&tree))
    }

    pub(crate) fn work_in(&self, tree: &Tree, sizes: &FinishedSizes) -> Vec<Work> {
        let epics = WorkSize::Like(sizes.epics(), mean(&sizes.epics));
        let (mut begun, mut work) = (Vec::new(), Vec::new());
        for (index, item) in self.items.iter().enumerate() {
            if !item.status.is_open() || !counts(item) || tree.is_container(index) {
                continue;
            }
            let not_broken_down = item.kind == Kind::Epic;
            let size = match (self.unit, item.remaining.filter(|_| item.status == Status::InProgress).or(item.size)) {
                (_, None) if not_broken_down && !sizes.epics.is_empty() => epics.clone(),
                // An epic that counts as one item would be a guess nobody made, so its breakdown is drawn even though
                // every other item is 1.
                (Unit::Items, _) if not_broken_down && !sizes.epics.is_empty() => epics.clone(),
                (Unit::Items, _) => WorkSize::Given(1.0.into()),
                (Unit::Points, Some(size)) => WorkSize::Given(size),
                (Unit::Points, None) => WorkSize::Like(sizes.of(item.kind), sizes.mean_of(item.kind)),
            };
            let list = if item.status == Status::InProgress { &mut begun } else { &mut work };
            list.push(Work { index, size, not_broken_down });
        }
        begun.append(&mut work);
        begun
    }
}
