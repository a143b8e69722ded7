//! The planner: the plan now, what undo takes back, and the answers that the page shows.

use std::sync::Arc;

use super::command::{Change, Command};
use super::import::FileInPlan;
use super::kept::Kept;
use super::scenarios::OnTop;
use crate::error::Result;
use crate::plan::{Plan, PlanDocument};

/// How many commands can be undone.
pub const UNDO_DEPTH: usize = 200;

/// A plan, what was done to it, and its forecast.
///
/// ```
/// use landfall::session::{Command, Planner};
/// use landfall::plan::Item;
///
/// let mut planner = Planner::default();
/// planner.apply(Command::AddItem { item: Box::new(Item::titled("Guest checkout")), before: None })?;
/// planner.apply(Command::AddItem { item: Box::new(Item::titled("Saved baskets")), before: None })?;
/// planner.apply(Command::MoveItem { id: "LF-2".into(), before: Some("LF-1".into()) })?;
/// let titles = |planner: &Planner| planner.plan().items.iter().map(|item| item.title.clone()).collect::<Vec<_>>();
/// assert_eq!(titles(&planner), ["Saved baskets", "Guest checkout"]);
///
/// // An error changes nothing, and says what is wrong.
/// let error = planner.apply(Command::RemoveItem { id: "LF-9".into() }).unwrap_err();
/// assert_eq!(error.to_string(), "/id: there is no item LF-9: name one of the plan's");
///
/// let undone = planner.undo().expect("there is something to undo");
/// assert_eq!(undone.label, "move LF-2");
/// assert_eq!(titles(&planner), ["Guest checkout", "Saved baskets"]);
/// # Ok::<(), landfall::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct Planner {
    pub(super) plan: Plan,
    past: Vec<Step>,
    future: Vec<Step>,
    /// What was simulated last, so that a page that asks for rows, summary and item in turn waits once.
    pub(super) kept: Kept,
    /// The scenario in which queries are answered, by name.
    entered: Option<String>,
    /// The file that was read last, so that taking it in after a look at it costs nothing.
    pub(super) previewed: Option<(Vec<u8>, Arc<FileInPlan>)>,
}

/// A change and the plan on its other side.
#[derive(Debug)]
struct Step {
    plan: Plan,
    change: Change,
}

impl From<Plan> for Planner {
    fn from(plan: Plan) -> Self {
        Self { plan, ..Self::default() }
    }
}

impl Planner {
    /// A planner of the plan in a document.
    ///
    /// # Errors
    /// When the document's plan breaks a rule, with a JSON pointer to the place.
    pub fn from_document(document: PlanDocument) -> Result<Self> {
        Plan::try_from(document).map(Self::from)
    }

    /// The plan now.
    pub const fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The plan now, as it is written to a file.
    pub fn document(&self) -> PlanDocument {
        PlanDocument::from(&self.plan)
    }

    /// Applies a command: all of it, or on an error nothing.
    ///
    /// # Errors
    /// What is wrong with the command, and where in it.
    pub fn apply(&mut self, command: Command) -> Result<Change> {
        let (plan, change) = super::apply::apply(&self.plan, command)?;
        self.take_over(plan, change.clone());
        Ok(change)
    }

    /// Whether a command would apply; nothing changes.
    ///
    /// # Errors
    /// As [`Self::apply`].
    pub fn check(&self, command: Command) -> Result<()> {
        super::apply::apply(&self.shown(), command).map(drop)
    }

    /// Answers every query, and [`Self::check`], as things would be in a scenario; without a name, as they are. What is
    /// applied changes the plan itself all the same: to assume something, apply [`Command::Assume`].
    ///
    /// # Errors
    /// [`Code::UnknownId`](crate::Code::UnknownId).
    pub fn enter(&mut self, scenario: Option<String>) -> Result<()> {
        if let Some(name) = &scenario {
            super::scenarios::named(&self.plan, name)?;
        }
        self.entered = scenario;
        Ok(())
    }

    /// The scenario that was entered, if the plan still has it.
    pub fn entered(&self) -> Option<&str> {
        self.entered.as_deref().filter(|name| super::scenarios::named(&self.plan, name).is_ok())
    }

    /// The plan as queries see it: in the scenario that was entered.
    pub(super) fn shown(&self) -> Plan {
        self.entered()
            .and_then(|name| self.in_scenario(name).ok())
            .map_or_else(|| self.plan.clone(), |top| top.plan.clone())
    }

    /// The plan with a scenario on top of it.
    pub(super) fn in_scenario(&self, name: &str) -> Result<Arc<OnTop>> {
        let scenario = super::scenarios::named(&self.plan, name).map_err(|e| e.at("/scenario"))?;
        Ok(self.kept.on_top(&self.plan, scenario))
    }

    /// Goes on with a plan that a change has led to.
    pub(super) fn take_over(&mut self, plan: Plan, change: Change) {
        self.turn(&change);
        let before = std::mem::replace(&mut self.plan, plan);
        if self.past.len() >= UNDO_DEPTH {
            self.past.remove(0);
        }
        self.past.push(Step { plan: before, change });
        self.future.clear();
    }

    /// Forgets what is of the plan before a change.
    fn turn(&mut self, change: &Change) {
        self.previewed = None;
        if change.command.replaces_plan() {
            self.kept.forget_last();
        }
    }

    /// Takes the last command back.
    pub fn undo(&mut self) -> Option<Change> {
        let step = self.past.pop()?;
        self.turn(&step.change);
        let after = std::mem::replace(&mut self.plan, step.plan);
        self.future.push(Step { plan: after, change: step.change.clone() });
        Some(step.change)
    }

    /// Does again what was undone last.
    pub fn redo(&mut self) -> Option<Change> {
        let step = self.future.pop()?;
        self.turn(&step.change);
        let before = std::mem::replace(&mut self.plan, step.plan);
        self.past.push(Step { plan: before, change: step.change.clone() });
        Some(step.change)
    }

    /// What the next undo takes back.
    pub fn undo_label(&self) -> Option<&str> {
        self.past.last().map(|step| step.change.label.as_str())
    }

    /// What the next redo does again.
    pub fn redo_label(&self) -> Option<&str> {
        self.future.last().map(|step| step.change.label.as_str())
    }

    /// The plan as queries see it, with commands assumed on top of it.
    pub(super) fn assuming(&self, commands: &[Command]) -> Result<Plan> {
        self.assuming_in(None, commands)
    }

    /// A scenario's plan, with commands assumed on top of it.
    pub(super) fn assuming_in(&self, scenario: Option<&str>, commands: &[Command]) -> Result<Plan> {
        let base = match scenario {
            Some(name) => self.in_scenario(name)?.plan.clone(),
            None => self.shown(),
        };
        commands.iter().enumerate().try_fold(base, |plan, (k, command)| {
            let applied = super::apply::apply(&plan, command.clone());
            applied.map(|(plan, _)| plan).map_err(|e| e.within(&format!("/assume/{k}")))
        })
    }
}
