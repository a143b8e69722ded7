//! What needs what: unknown ids and circles among the needs of a plan's items.

use petgraph::algo::tarjan_scc;
use petgraph::graph::DiGraph;

use super::Plan;
use crate::error::{Code, Error, Result};

impl Plan {
    /// Checks that no items need each other in a circle, and none needs itself. A need of something that is not in the
    /// plan is allowed: files refer to items that were not exported with them.
    ///
    /// # Errors
    /// [`Code::Cycle`], with the circle spelt out: "LF-3 needs LF-7 needs LF-3".
    pub fn check_needs(&self) -> Result<()> {
        if self.items.iter().all(|item| item.needs.is_empty()) {
            return Ok(());
        }
        let places = self.places();
        let mut graph: DiGraph<usize, ()> = DiGraph::with_capacity(self.items.len(), self.items.len());
        let nodes: Vec<_> = (0..self.items.len()).map(|place| graph.add_node(place)).collect();
        for (item, node) in self.items.iter().zip(&nodes) {
            for need in &item.needs {
                if need == &item.id {
                    return Err(Error::new(Code::Cycle, format!("{need} needs itself: take that need out")));
                }
                if let Some(other) = places.get(need.as_str()).and_then(|place| nodes.get(*place)) {
                    graph.add_edge(*node, *other, ());
                }
            }
        }
        let circle = tarjan_scc(&graph).into_iter().find(|component| component.len() > 1);
        let Some(component) = circle else { return Ok(()) };
        // Inside a component every item needs another one of it, so a walk along such needs must come back.
        let members: Vec<usize> = component.iter().filter_map(|node| graph.node_weight(*node)).copied().collect();
        let mut walk: Vec<usize> = members.iter().copied().min().into_iter().collect();
        while let Some(item) = walk.last().and_then(|place| self.items.get(*place)) {
            let next = item.needs.iter().filter_map(|need| places.get(need.as_str())).find(|p| members.contains(p));
            let Some(next) = next.copied() else { break };
            if let Some(from) = walk.iter().position(|place| *place == next) {
                walk.drain(..from);
                walk.push(next);
                break;
            }
            walk.push(next);
        }
        let spelt: Vec<&str> =
            walk.iter().filter_map(|place| self.items.get(*place)).map(|item| item.id.as_str()).collect();
        let message = format!("{}: take one of these needs out", spelt.join(" needs "));
        Err(Error::new(Code::Cycle, message))
    }
}
