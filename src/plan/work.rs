//! Which items are work, and how large those are that nobody has sized.

use std::collections::HashSet;
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
        let sizes = self.of(kind);
        sizes.iter().sum::<f64>() / sizes.len() as f64
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
    /// Nobody has said: it will be like one of these.
    Like(Arc<[f64]>),
}

impl WorkSize {
    /// The mean of the distribution.
    pub fn mean(&self) -> f64 {
        match self {
            Self::Given(size) => size.mean(),
            Self::Like(sizes) => sizes.iter().sum::<f64>() / sizes.len().max(1) as f64,
        }
    }
}

impl Plan {
    /// The ids of the items that have children among the plan's items. Such an item is neither work nor throughput: it
    /// lands with its last child.
    pub fn containers(&self) -> HashSet<&str> {
        // Sub-tasks make no container: a story with sub-tasks is the work, and they are not.
        let parents: HashSet<&str> =
            self.items.iter().filter(|item| counts(item)).filter_map(|item| item.parent.as_deref()).collect();
        self.items.iter().map(|item| item.id.as_str()).filter(|id| parents.contains(id)).collect()
    }

    /// The sizes of what was finished, in the plan's unit.
    pub fn finished_sizes(&self) -> FinishedSizes {
        let containers = self.containers();
        let mut by_kind: [Vec<f64>; Kind::ALL.len()] = Default::default();
        let mut all = Vec::new();
        let done = |item: &&Arc<Item>| item.status == Status::Done && counts(item);
        for item in self.items.iter().filter(done).filter(|item| !containers.contains(item.id.as_str())) {
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
        let mut sizes = FinishedSizes { by_kind: by_kind.map(Arc::from), all: all.into(), epics: Arc::from([]) };
        let places = self.places();
        let mut sums: Vec<Option<f64>> = vec![None; self.items.len()];
        for item in self.items.iter().filter(|item| item.status != Status::Declined && counts(item)) {
            if let Some(parent) = item.parent.as_deref()
                && containers.contains(parent)
                && let Some(sum) = places.get(parent).and_then(|place| sums.get_mut(*place))
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
        let containers = self.containers();
        let sizes = self.finished_sizes();
        let (mut begun, mut work) = (Vec::new(), Vec::new());
        for (index, item) in self.items.iter().enumerate() {
            if !item.status.is_open() || !counts(item) || containers.contains(item.id.as_str()) {
                continue;
            }
            let not_broken_down = item.kind == Kind::Epic;
            let size = match (self.unit, item.remaining.filter(|_| item.status == Status::InProgress).or(item.size)) {
                (_, None) if not_broken_down && !sizes.epics().is_empty() => WorkSize::Like(sizes.epics()),
                // An epic that counts as one item would be a guess nobody made, so its breakdown is drawn even though
                // every other item is 1.
                (Unit::Items, _) if not_broken_down && !sizes.epics().is_empty() => WorkSize::Like(sizes.epics()),
                (Unit::Items, _) => WorkSize::Given(1.0.into()),
                (Unit::Points, Some(size)) => WorkSize::Given(size),
                (Unit::Points, None) => WorkSize::Like(sizes.of(item.kind)),
            };
            let list = if item.status == Status::InProgress { &mut begun } else { &mut work };
            list.push(Work { index, size, not_broken_down });
        }
        begun.append(&mut work);
        begun
    }
}
