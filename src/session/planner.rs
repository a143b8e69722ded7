//! The planner: the plan now, what undo takes back, and the answers that the page shows.

use std::cell::RefCell;
use std::sync::Arc;

use super::command::{Change, Command};
use super::outlook::{Outlook, Settings};
use crate::error::{Code, Error, Result};
use crate::plan::{CivilDate, Plan, PlanDocument};

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
    plan: Plan,
    past: Vec<Step>,
    future: Vec<Step>,
    /// The outlooks computed last, so that a page that asks for rows, summary and item in turn waits once.
    outlooks: RefCell<Vec<Arc<Outlook>>>,
}

/// A change and the plan on its other side.
#[derive(Debug)]
struct Step {
    plan: Plan,
    change: Change,
}

/// How many outlooks are kept: the plan's own, one assumed on top of it while dragging, and those before an undo.
const OUTLOOKS_KEPT: usize = 4;
/// How many outlooks are kept that tell of one target alone: more than any search looks at.
const THIN_OUTLOOKS_KEPT: usize = 256;

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
        let before = std::mem::replace(&mut self.plan, plan);
        if self.past.len() >= UNDO_DEPTH {
            self.past.remove(0);
        }
        self.past.push(Step { plan: before, change: change.clone() });
        self.future.clear();
        Ok(change)
    }

    /// Takes the last command back.
    pub fn undo(&mut self) -> Option<Change> {
        let step = self.past.pop()?;
        let after = std::mem::replace(&mut self.plan, step.plan);
        self.future.push(Step { plan: after, change: step.change.clone() });
        Some(step.change)
    }

    /// Does again what was undone last.
    pub fn redo(&mut self) -> Option<Change> {
        let step = self.future.pop()?;
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

    /// The plan with commands assumed on top of it.
    pub(super) fn assuming(&self, commands: &[Command]) -> Result<Plan> {
        commands.iter().enumerate().try_fold(self.plan.clone(), |plan, (k, command)| {
            let applied = super::apply::apply(&plan, command.clone());
            applied.map(|(plan, _)| plan).map_err(|e| e.within(&format!("/assume/{k}")))
        })
    }

    /// The outlook of a plan: its forecast, from the kept ones where one fits.
    pub(super) fn outlook(&self, plan: Plan, today: Option<CivilDate>, trials: Option<u32>) -> Result<Arc<Outlook>> {
        let settings = Settings::new(&plan, today, trials)?;
        self.outlook_with(plan, settings)
    }

    /// The outlook of a plan under settings.
    pub(super) fn outlook_with(&self, plan: Plan, settings: Settings) -> Result<Arc<Outlook>> {
        let mut kept = self.outlooks.borrow_mut();
        if let Some(place) = kept.iter().position(|outlook| outlook.is_of(&plan, &settings)) {
            let outlook = kept.remove(place);
            kept.push(Arc::clone(&outlook));
            return Ok(outlook);
        }
        let outlook = Arc::new(Outlook::of(plan, settings)?);
        let most = if outlook.is_thin() { THIN_OUTLOOKS_KEPT } else { OUTLOOKS_KEPT };
        if kept.iter().filter(|other| other.is_thin() == outlook.is_thin()).count() >= most
            && let Some(oldest) = kept.iter().position(|other| other.is_thin() == outlook.is_thin())
        {
            kept.remove(oldest);
        }
        kept.push(Arc::clone(&outlook));
        Ok(outlook)
    }

    /// The plan as text in a format: `json`.
    ///
    /// # Errors
    /// [`Code::UnknownFormat`].
    pub fn export(&self, format: &str) -> Result<String> {
        match format {
            "json" => self.document().to_json(),
            _ => {
                let shown: String = format.chars().take(40).collect();
                Err(Error::new(Code::UnknownFormat, format!("\"{shown}\" is no format to export: use json")))
            }
        }
    }
}
