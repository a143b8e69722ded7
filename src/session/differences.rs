//! What makes one plan of another, as commands: how a colleague's edited copy becomes a scenario.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::apply::apply;
use super::command::{Command, ItemPatch};
use super::planner::Planner;
use super::say;
use crate::error::Result;
use crate::plan::{Item, Plan, PlanDocument};
use crate::sort;

impl Planner {
    /// The commands that make the plan of a document out of this one: what a colleague has changed in a copy. Scenarios,
    /// promises and kept forecasts stay one's own, and so do the columns of imported rows.
    ///
    /// # Errors
    /// When the document's plan breaks a rule, with a JSON pointer to the place.
    pub fn differences(&self, document: PlanDocument) -> Result<Vec<Command>> {
        let other = Plan::try_from(document)?;
        let mut way = Way { plan: self.plan().clone(), commands: Vec::new() };
        way.objectives(&other)?;
        way.items(&other)?;
        way.rest(&other)?;
        Ok(way.commands)
    }

    /// What has changed since the plan was as in a document, in a sentence.
    ///
    /// # Errors
    /// As [`Self::differences`].
    pub fn since(&self, document: PlanDocument) -> Result<String> {
        let same = document == self.document();
        let (mut added, mut gone, mut changed, mut more) = (0, Vec::new(), Vec::new(), Vec::new());
        for command in self.differences(document)? {
            match command {
                Command::AddItem { item, .. } => gone.push(item.id.clone()),
                Command::RemoveItems { ids } => added += ids.len(),
                Command::EditItem { id, .. } if !gone.contains(&id) => changed.push(id),
                Command::EditItem { .. } => {}
                Command::OrderItems { .. } => more.push("the order"),
                _ => more.push("other things than items"),
            }
        }
        sort::set(&mut changed);
        more.dedup();
        let counts = [(added, "added"), (gone.len(), "taken out"), (changed.len(), "changed")];
        let mut parts: Vec<String> = counts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{} {what}", say::items(count)))
            .collect();
        if !more.is_empty() {
            parts.push(format!("{} changed", say::listed(&more)));
        } else if parts.is_empty() {
            parts.push(
                if same { "nothing has changed" } else { "scenarios, promises or kept forecasts changed" }.to_owned(),
            );
        }
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        Ok(format!("Since then: {}", say::listed(&parts)))
    }
}

/// The plan so far, and what has led to it.
struct Way {
    plan: Plan,
    commands: Vec<Command>,
}

impl Way {
    fn go(&mut self, command: Command) -> Result<()> {
        let (plan, change) = apply(&self.plan, command)?;
        self.plan = plan;
        self.commands.push(change.command);
        Ok(())
    }

    fn objectives(&mut self, other: &Plan) -> Result<()> {
        for objective in other.objectives.iter() {
            if self.plan.objective(&objective.id) != Some(objective) {
                self.go(Command::SetObjective { objective: Box::new(objective.clone()) })?;
            }
        }
        Ok(())
    }

    fn items(&mut self, other: &Plan) -> Result<()> {
        let wanted: HashMap<&str, &Arc<Item>> = other.items.iter().map(|item| (item.id.as_str(), item)).collect();
        let here = Arc::clone(&self.plan.items);
        let ids = |items: &mut dyn Iterator<Item = &Arc<Item>>| items.map(|item| item.id.clone()).collect::<Vec<_>>();
        let gone = ids(&mut here.iter().filter(|item| !wanted.contains_key(item.id.as_str())));
        let known: HashSet<&str> = here.iter().map(|item| item.id.as_str()).collect();
        // What is new first, without links: what it is linked to may come after it.
        for item in other.items.iter().filter(|item| !known.contains(item.id.as_str())) {
            let alone = Item { parent: None, needs: Vec::new(), ..(**item).clone() };
            self.go(Command::AddItem { item: Box::new(alone), before: None })?;
        }
        if !gone.is_empty() {
            self.go(Command::RemoveItems { ids: gone })?;
        }
        // Links are cut before they are made, so that none closes a circle on the way.
        for link in [false, true] {
            for item in Arc::clone(&self.plan.items).iter() {
                let Some(new) = wanted.get(item.id.as_str()) else { continue };
                let mut aim = (***new).clone();
                if !link {
                    aim.needs.retain(|need| item.needs.contains(need));
                    aim.parent = aim.parent.filter(|parent| item.parent.as_ref() == Some(parent));
                }
                let patch = ItemPatch::between(item, &aim);
                if patch != ItemPatch::default() {
                    self.go(Command::EditItem { id: item.id.clone(), patch: Box::new(patch) })?;
                }
            }
        }
        let order = ids(&mut other.items.iter());
        if ids(&mut self.plan.items.iter()) != order {
            self.go(Command::OrderItems { ids: order })?;
        }
        Ok(())
    }

    fn rest(&mut self, other: &Plan) -> Result<()> {
        let here = self.plan.clone();
        for objective in here.objectives.iter().filter(|objective| other.objective(&objective.id).is_none()) {
            self.go(Command::RemoveObjective { id: objective.id.clone() })?;
        }
        if here.name != other.name {
            self.go(Command::RenamePlan { name: other.name.clone() })?;
        }
        if here.unit != other.unit {
            self.go(Command::SetUnit { unit: other.unit })?;
        }
        if here.calendar != other.calendar {
            self.go(Command::SetCalendar { calendar: Box::new((*other.calendar).clone()) })?;
        }
        if here.teams != other.teams {
            self.go(Command::SetTeams { teams: (*other.teams).clone() })?;
        }
        let (old, new) = (&here.history.sprints, &other.history.sprints);
        for start in old.keys().filter(|start| !new.contains_key(start)) {
            self.go(Command::SetSprint { start: *start, sprint: None, team: None })?;
        }
        for (start, sprint) in new.iter().filter(|(start, sprint)| old.get(start) != Some(sprint)) {
            self.go(Command::SetSprint { start: *start, sprint: Some(*sprint), team: None })?;
        }
        if here.history.guess != other.history.guess {
            self.go(Command::SetGuess { guess: other.history.guess, team: None })?;
        }
        if here.assumptions != other.assumptions {
            self.go(Command::SetAssumptions { assumptions: Box::new((*other.assumptions).clone()) })?;
        }
        if here.scoring != other.scoring {
            self.go(Command::SetScoring { scoring: Box::new((*other.scoring).clone()) })?;
        }
        if here.agreement != other.agreement {
            self.go(Command::SetAgreement { agreement: Box::new((*other.agreement).clone()) })?;
        }
        for request in here.requests.iter().filter(|old| !other.requests.iter().any(|new| new.id == old.id)) {
            self.go(Command::RemoveRequest { id: request.id.clone() })?;
        }
        for request in other.requests.iter() {
            if !self.plan.requests.contains(request) {
                self.go(Command::SetRequest { request: Box::new(request.clone()) })?;
            }
        }
        for decision in here.decisions.iter().filter(|old| !other.decisions.iter().any(|new| new.id == old.id)) {
            self.go(Command::RemoveDecision { id: decision.id.clone() })?;
        }
        for decision in other.decisions.iter() {
            if !self.plan.decisions.contains(decision) {
                self.go(Command::SetDecision { decision: Box::new(decision.clone()) })?;
            }
        }
        // An objective that went has taken its views along.
        for view in
            Arc::clone(&self.plan.views).iter().filter(|old| !other.views.iter().any(|new| new.name == old.name))
        {
            self.go(Command::RemoveView { name: view.name.clone() })?;
        }
        for view in other.views.iter() {
            if !self.plan.views.contains(view) {
                self.go(Command::SetView { view: Box::new(view.clone()) })?;
            }
        }
        Ok(())
    }
}
