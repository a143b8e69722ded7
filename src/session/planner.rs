//! The planner: the plan now, what undo takes back, and the answers that the page shows.

use std::sync::Arc;

use serde_json::Value;

use super::command::{Change, Command};
use super::import::FileInPlan;
use super::kept::Kept;
use super::scenarios::OnTop;
use crate::error::{Code, Error, Result};
use crate::plan::{Plan, PlanDocument};
use crate::sort;
use crate::store::Stamp;

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
    /// What has led to it: what is not stored yet stands last.
    pub(super) past: Vec<Step>,
    /// What was undone, the last at the end.
    future: Vec<Change>,
    /// What was undone and had been stored.
    pub(super) taken_back: Vec<Stamp>,
    /// Whether changes that were not stored yet have grown too many to be listed.
    pub(super) overflown: bool,
    /// What no longer applied when it was its turn again, in sentences.
    left_out: Vec<String>,
    /// What was simulated last, so that a page that asks for rows, summary and item in turn waits once.
    pub(super) kept: Kept,
    /// The scenario in which queries are answered, by name.
    entered: Option<String>,
    /// The file that was read last, so that taking it in after a look at it costs nothing.
    pub(super) previewed: Option<(Vec<u8>, Arc<FileInPlan>)>,
}

/// A change and the plan before it.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) plan: Plan,
    pub(super) change: Change,
    /// Whether it was made here, so that undo takes it back.
    pub(super) own: bool,
    /// Whether the plan took it.
    pub(super) applied: bool,
    /// Where it is stored.
    pub(super) stamp: Option<Stamp>,
}

impl Step {
    /// A command that is to be applied in its turn.
    pub(super) fn waiting(command: Command, own: bool, stamp: Stamp) -> Self {
        let change = Change { label: String::new(), command, ids: Vec::new() };
        Self { plan: Plan::default(), change, own, applied: true, stamp: Some(stamp) }
    }
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
        self.future.clear();
        self.turn(&change);
        self.push(Step { plan, change, own: true, applied: true, stamp: None });
    }

    /// Goes on to the plan that stands in a step, which is left with the one before it.
    fn push(&mut self, mut step: Step) {
        std::mem::swap(&mut self.plan, &mut step.plan);
        if self.past.len() >= UNDO_DEPTH {
            self.overflown |= self.past.remove(0).stamp.is_none();
        }
        self.past.push(step);
    }

    /// Forgets what is of the plan before a change.
    fn turn(&mut self, change: &Change) {
        self.previewed = None;
        if change.command.replaces_plan() {
            self.kept.forget_last();
        }
    }

    /// Takes the last command of one's own back; what others did since stays.
    pub fn undo(&mut self) -> Option<Change> {
        let place = self.past.iter().rposition(|step| step.own && step.applied)?;
        let mut later = self.split(place);
        let step = later.remove(0);
        self.plan = step.plan;
        self.turn(&step.change);
        self.again(later);
        self.taken_back.extend(step.stamp);
        self.future.push(step.change.clone());
        Some(step.change)
    }

    /// Does again what was undone last, on the plan as it is now. Nothing when it no longer applies: see
    /// [`Self::take_left_out`].
    pub fn redo(&mut self) -> Option<Change> {
        let undone = self.future.pop()?;
        match reapplied(&self.plan, &undone.command) {
            Ok((plan, change)) => {
                self.turn(&change);
                self.push(Step { plan, change: change.clone(), own: true, applied: true, stamp: None });
                Some(change)
            }
            Err(error) => {
                self.leave_out(&undone.label, &error);
                None
            }
        }
    }

    fn leave_out(&mut self, label: &str, error: &Error) {
        let what = if label.is_empty() { "A change".to_owned() } else { format!("“{label}”") };
        self.note_left_out(format!("{what} no longer applies: {}", error.message()));
    }

    /// Notes what could not be done, in a sentence.
    pub(super) fn note_left_out(&mut self, sentence: String) {
        self.left_out.push(sentence);
    }

    /// The steps from a place on, taken off; the plan stays for the moment.
    fn split(&mut self, place: usize) -> Vec<Step> {
        self.past.split_off(place)
    }

    /// Applies steps again. What no longer applies is told; what was not stored yet is then forgotten.
    fn again(&mut self, steps: Vec<Step>) {
        // What other tabs do not know of yet goes by its new ids from here on.
        let mut ids = Vec::new();
        for mut step in steps {
            self.turn(&step.change);
            if step.stamp.is_none() && !ids.is_empty() {
                step.change.command = renamed(&step.change.command, &ids).unwrap_or(step.change.command);
            }
            match reapplied(&self.plan, &step.change.command) {
                Ok((plan, mut change)) => {
                    if step.stamp.is_some() {
                        // As it is stored: next time it may get the id that it was to have.
                        change.command = step.change.command;
                    } else {
                        let pairs = step.change.ids.into_iter().zip(change.ids.iter().cloned());
                        ids.extend(pairs.filter(|(old, new)| old != new));
                    }
                    self.push(Step { plan, change, applied: true, own: step.own, stamp: step.stamp });
                }
                Err(error) => {
                    if step.applied {
                        self.leave_out(&step.change.label, &error);
                    }
                    if step.stamp.is_some() {
                        self.push(Step { plan: self.plan.clone(), applied: false, ..step });
                    }
                }
            }
        }
    }

    /// Takes in what others did, where it belongs, and what they took back. False when that reaches behind what is known
    /// here: then nothing has changed.
    pub(super) fn weave(&mut self, new: Vec<Step>, taken_back: &[Stamp]) -> bool {
        let mut place = self.past.len();
        for step in &new {
            place = place.min(self.past.partition_point(|old| old.stamp.is_some() && old.stamp <= step.stamp));
        }
        let gone = |step: &Step| step.stamp.as_ref().is_some_and(|stamp| taken_back.contains(stamp));
        for stamp in taken_back.iter().filter(|stamp| !new.iter().any(|step| step.stamp.as_ref() == Some(stamp))) {
            match self.past.iter().position(|step| step.stamp.as_ref() == Some(stamp)) {
                Some(known) => place = place.min(known),
                None => return false,
            }
        }
        let mut steps = self.split(place);
        if let Some(first) = steps.first() {
            self.plan = first.plan.clone();
        }
        steps.extend(new);
        steps.iter().filter(|step| gone(step)).for_each(|step| self.turn(&step.change));
        steps.retain(|step| !gone(step));
        sort::by(&mut steps, |a, b| (a.stamp.is_none(), &a.stamp).cmp(&(b.stamp.is_none(), &b.stamp)));
        self.again(steps);
        true
    }

    /// Begins anew from a plan and the steps since; what was not stored yet comes on top.
    pub(super) fn restart(&mut self, plan: Plan, mut steps: Vec<Step>) {
        steps.extend(self.split(0).into_iter().filter(|step| step.stamp.is_none()));
        if std::mem::take(&mut self.overflown) {
            self.note_left_out(format!(
                "Changes that found no room are lost but for the last {UNDO_DEPTH}: another tab had gone on without them"
            ));
        }
        self.plan = plan;
        self.kept.forget_last();
        self.again(steps);
    }

    /// What could not be applied again since this was last asked, because of what others did or what was undone: in
    /// sentences.
    pub fn take_left_out(&mut self) -> Vec<String> {
        std::mem::take(&mut self.left_out)
    }

    /// What the next undo takes back.
    pub fn undo_label(&self) -> Option<&str> {
        self.past.iter().rfind(|step| step.own && step.applied).map(|step| step.change.label.as_str())
    }

    /// What the next redo does again.
    pub fn redo_label(&self) -> Option<&str> {
        self.future.last().map(|change| change.label.as_str())
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

/// Applies a command again. Two tabs that had not seen each other may have given the same id to two things: then the later
/// takes the next free one. What a new item names may be gone: then it comes without.
fn reapplied(plan: &Plan, command: &Command) -> Result<(Plan, Change)> {
    let mut applied = super::apply::apply(plan, command.clone());
    if applied.is_ok() {
        return applied;
    }
    let Ok(mut value) = crate::json::to_value(command) else { return applied };
    while let Err(error) = &applied {
        let (parent, field) = error.path().and_then(|path| path.rsplit_once('/')).unwrap_or_default();
        let Some(object) = value.pointer_mut(parent).and_then(Value::as_object_mut) else { break };
        let fits = match error.code() {
            Code::DuplicateId => true,
            Code::UnknownId => parent.ends_with("/item") || object.contains_key("item"),
            _ => false,
        };
        if !fits || object.remove(field).is_none() {
            break;
        }
        match crate::json::read(&value) {
            Ok(command) => applied = super::apply::apply(plan, command),
            Err(_) => break,
        }
    }
    applied
}

/// A command that speaks of things by new ids.
fn renamed(command: &Command, ids: &[(String, String)]) -> Option<Command> {
    fn rename(value: &mut Value, ids: &[(String, String)]) {
        match value {
            Value::String(text) => {
                if let Some((_, new)) = ids.iter().find(|(old, _)| old == text) {
                    text.clone_from(new);
                }
            }
            Value::Array(list) => list.iter_mut().for_each(|value| rename(value, ids)),
            Value::Object(map) => map.values_mut().for_each(|value| rename(value, ids)),
            _ => {}
        }
    }
    let mut value = crate::json::to_value(command).ok()?;
    rename(&mut value, ids);
    crate::json::read(&value).ok()
}
