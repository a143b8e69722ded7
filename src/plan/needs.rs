//! What needs what: circles among the needs of a plan's items.

use std::collections::HashMap;

use super::{Plan, Tree};
use crate::error::{Code, Error, Result};
use crate::needs;
use crate::pace::{self, Pace};

/// How many levels of parents are followed; trackers hold a handful, and a circle of parents ends here too.
pub(crate) const MAX_LEVELS: usize = 16;

impl Plan {
    /// The ids that an item needs: its own needs, and those of the epics that it is a part of.
    pub(crate) fn needs_of(&self, place: usize, tree: &Tree) -> Vec<&str> {
        let mut needs = Vec::new();
        let mut at = Some(place);
        for _ in 0..=MAX_LEVELS {
            let Some((place, item)) = at.and_then(|place| Some((place, self.items.get(place)?))) else { break };
            needs.extend(item.needs.iter().map(String::as_str));
            at = tree.parent(place);
        }
        needs
    }

    /// A circle among the needs, as places in the list of items, each needing the next and the last the first. An epic
    /// needs its children, and these need what it needs. A need of something that is not in the plan is allowed: files
    /// refer to items that were not exported with them.
    pub fn circle(&self) -> Option<Vec<usize>> {
        pace::at_once(self.circle_in_slices(&Pace::default()))
    }

    /// [`Self::circle`], with rests.
    pub(crate) async fn circle_in_slices(&self, pace: &Pace) -> Option<Vec<usize>> {
        if self.items.iter().all(|item| item.needs.is_empty()) {
            return None;
        }
        let tree = self.tree();
        pace.rest(0.83).await;
        // Only the few ids that are needed are looked up.
        let mut places: HashMap<&str, Option<u32>> =
            self.items.iter().flat_map(|item| &item.needs).map(|need| (need.as_str(), None)).collect();
        for (place, item) in (0..).zip(self.items.iter()) {
            places.get_mut(item.id.as_str()).into_iter().for_each(|slot| *slot = Some(place));
        }
        pace.rest(0.85).await;
        let edges_of = |place| self.needs_of(place, &tree).into_iter().filter_map(|need| *places.get(need)?);
        let mut edges: Vec<Vec<u32>> = (0..self.items.len()).map(|place| edges_of(place).collect()).collect();
        for (place, child) in (0..self.items.len()).zip(0..) {
            tree.parent(place).and_then(|parent| edges.get_mut(parent)).into_iter().for_each(|edges| edges.push(child));
        }
        pace.rest(0.87).await;
        if needs::is_circle_free(&edges) {
            return None;
        }
        needs::order(&edges).err().map(|circle| circle.into_iter().map(|place| place as usize).collect())
    }

    /// Checks that no items need each other in a circle, and none needs itself.
    ///
    /// # Errors
    /// [`Code::Cycle`], with the circle spelt out: "LF-3 needs LF-7 needs LF-3".
    pub fn check_needs(&self) -> Result<()> {
        let Some(circle) = self.circle() else { return Ok(()) };
        let ids = circle.iter().chain(circle.first()).filter_map(|place| self.items.get(*place));
        let spelt: Vec<&str> = ids.map(|item| item.id.as_str()).collect();
        Err(Error::new(Code::Cycle, format!("{}: take one of these needs out", spelt.join(" needs "))))
    }

    /// Checks that none of some items is a part of itself, by way of others either.
    ///
    /// # Errors
    /// [`Code::Cycle`], with the circle spelt out: "LF-3 is part of LF-7 is part of LF-3".
    pub(crate) fn check_parents(&self, of: &[usize]) -> Result<()> {
        let places = self.places();
        for item in of.iter().filter_map(|place| self.items.get(*place)) {
            let mut circle = vec![item.id.as_str()];
            let mut parent = item.parent.as_deref();
            while let Some(id) = parent.filter(|_| circle.len() <= MAX_LEVELS) {
                circle.push(id);
                if id == item.id {
                    let message = format!("{}: take one of these parents out", circle.join(" is part of "));
                    return Err(Error::new(Code::Cycle, message));
                }
                parent = places.get(id).and_then(|place| self.items.get(*place)?.parent.as_deref());
            }
        }
        Ok(())
    }
}
