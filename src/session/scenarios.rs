//! Commands on scenarios: what is assumed on top of the plan, and what of it is taken over.

use std::sync::Arc;

use super::apply::{apply, unknown};
use super::command::{Change, Command};
use super::records::no_such;
use crate::error::{Code, Error, Result};
use crate::plan::{Item, MAX_SCENARIOS, Plan, Scenario};
use crate::store::CRC;

/// A plan with what a scenario assumes on top of it.
#[derive(Debug)]
pub(super) struct OnTop {
    pub(super) plan: Plan,
    /// What came of each command, in order: what it does, or why the plan no longer takes it.
    pub(super) steps: Vec<Result<Change>>,
}

impl OnTop {
    /// Assumes one command after the other; what does not apply is left out and told.
    pub(super) fn of(plan: &Plan, scenario: &Scenario) -> Self {
        let mut next = plan.clone();
        let steps = scenario.commands.iter().map(|command| {
            let (after, change) =
                crate::json::read::<Command>(command).and_then(|command| apply_alone(&next, command))?;
            next = after;
            Ok(change)
        });
        let steps = steps.collect();
        Self { plan: next, steps }
    }
}

/// Applies a command that may stand in a scenario.
fn apply_alone(plan: &Plan, command: Command) -> Result<(Plan, Change)> {
    if command.is_about_scenarios() || command.replaces_plan() {
        let message = "a scenario is made of changes to the backlog: neither other scenarios nor another plan";
        return Err(Error::new(Code::InvalidRequest, message));
    }
    if let Some(id) = gone(plan, &command) {
        return Err(unknown(id));
    }
    apply(plan, command)
}

/// An item that a command would link to, and that has left the plan since. A file may name what it does not hold; what
/// somebody has assumed may not.
fn gone<'a>(plan: &Plan, command: &'a Command) -> Option<&'a str> {
    let absent = |item: Option<&Item>, parent: Option<&'a String>, needs: &'a [String]| {
        let named = |id: &str| {
            item.is_some_and(|item| item.parent.as_deref() == Some(id) || item.needs.iter().any(|need| need == id))
        };
        parent.into_iter().chain(needs).find(|id| !named(id) && plan.find(id).is_none()).map(String::as_str)
    };
    match command {
        Command::AddItem { item, .. } => absent(None, item.parent.as_ref(), &item.needs),
        Command::EditItem { id, patch } => {
            let item = plan.find(id).map(|(_, item)| &**item);
            absent(
                item,
                patch.parent.iter().flatten().next(),
                patch.needs.iter().flatten().next().map_or(&[], |needs| needs),
            )
        }
        Command::SplitItem { id, pieces } => {
            let item = plan.find(id).map(|(_, item)| &**item);
            pieces.iter().find_map(|piece| absent(item, piece.parent.as_ref(), &piece.needs))
        }
        _ => None,
    }
}

/// A command as a plan keeps it: written and read again, so that it is the same after a way through a file.
fn as_data(command: &Command) -> Result<serde_json::Value> {
    let text = crate::json::to_text(command, false)?;
    serde_json::from_str(&text).map_err(|e| Error::new(Code::NotJson, e.to_string()))
}

/// A mark of what a what-if rests on: the items, their sizes, statuses and order.
pub(super) fn mark(plan: &Plan) -> String {
    let mut digest = CRC.digest();
    for item in plan.items.iter() {
        digest.update(item.id.as_bytes());
        digest.update(&[0, item.status as u8]);
        let size = item.remaining.or(item.size).map_or(0.0, |size| size.mean());
        digest.update(&size.to_bits().to_le_bytes());
    }
    format!("{:08x}", digest.finalize())
}

pub(super) fn named<'a>(plan: &'a Plan, name: &str) -> Result<&'a Scenario> {
    plan.scenarios.iter().find(|scenario| scenario.name == name).ok_or_else(|| no_such("scenario", name))
}

pub(super) fn assume(plan: &Plan, scenario: String, command: Command) -> Result<(Plan, Change)> {
    let old = plan.scenarios.iter().find(|other| other.name == scenario);
    let mut edited = old.cloned().unwrap_or_else(|| Scenario { name: scenario.clone(), ..Scenario::default() });
    let on_top = OnTop::of(plan, &edited);
    let (_, change) = apply_alone(&on_top.plan, command).map_err(|e| e.within("/command"))?;
    edited.commands.push(as_data(&change.command)?);
    edited.on = mark(plan);
    edited.check().map_err(|e| e.at("/scenario"))?;
    let mut next = plan.clone();
    put(&mut next, edited, None)?;
    let label = format!("{} in {scenario}", change.label);
    let command = Command::Assume { scenario, command: Box::new(change.command) };
    Ok((next, Change { label, command, ids: change.ids }))
}

pub(super) fn remove_assumed(plan: &Plan, scenario: String, place: usize) -> Result<(Plan, Change)> {
    let mut edited = named(plan, &scenario).map_err(|e| e.at("/scenario"))?.clone();
    if place >= edited.commands.len() {
        let message = format!("{scenario} assumes {} things: give the place of one, from 0", edited.commands.len());
        return Err(Error::new(Code::InvalidNumber, message).at("/place"));
    }
    edited.commands.remove(place);
    edited.on = mark(plan);
    let mut next = plan.clone();
    put(&mut next, edited, None)?;
    let label = format!("assume less in {scenario}");
    Ok((next, Change { label, command: Command::RemoveAssumed { scenario, place }, ids: Vec::new() }))
}

pub(super) fn set_scenario(plan: &Plan, scenario: Box<Scenario>, instead_of: Option<String>) -> Result<(Plan, Change)> {
    let mut scenario = scenario;
    scenario.check().map_err(|e| e.within("/scenario"))?;
    if scenario.on.is_empty() {
        scenario.on = mark(plan);
    }
    for (k, command) in scenario.commands.iter_mut().enumerate() {
        let read = crate::json::read::<Command>(command).map_err(|e| e.within(&format!("/scenario/commands/{k}")))?;
        *command = as_data(&read)?;
    }
    if let Some(old) = &instead_of {
        named(plan, old).map_err(|e| e.at("/insteadOf"))?;
        if *old != scenario.name && named(plan, &scenario.name).is_ok() {
            let message = format!("there is a scenario {} already: give this one another name", scenario.name);
            return Err(Error::new(Code::DuplicateId, message).at("/scenario/name"));
        }
    }
    let label = match &instead_of {
        Some(old) if *old != scenario.name => format!("rename the scenario {old}"),
        _ => format!("keep the scenario {}", scenario.name),
    };
    let mut next = plan.clone();
    put(&mut next, (*scenario).clone(), instead_of.as_deref())?;
    Ok((next, Change { label, command: Command::SetScenario { scenario, instead_of }, ids: Vec::new() }))
}

pub(super) fn remove_scenario(plan: &Plan, name: String) -> Result<(Plan, Change)> {
    named(plan, &name).map_err(|e| e.at("/name"))?;
    let mut next = plan.clone();
    Arc::make_mut(&mut next.scenarios).retain(|scenario| scenario.name != name);
    let label = format!("drop the scenario {name}");
    Ok((next, Change { label, command: Command::RemoveScenario { name }, ids: Vec::new() }))
}

pub(super) fn take_over(plan: &Plan, scenario: String, only: Option<Vec<usize>>) -> Result<(Plan, Change)> {
    let whole = named(plan, &scenario).map_err(|e| e.at("/scenario"))?;
    let chosen = |place: usize| only.as_ref().is_none_or(|only| only.contains(&place));
    let part = |wanted: bool| {
        let commands = whole.commands.iter().enumerate().filter(|(place, _)| chosen(*place) == wanted);
        Scenario { commands: commands.map(|(_, command)| command.clone()).collect(), ..whole.clone() }
    };
    let OnTop { plan: mut next, steps } = OnTop::of(plan, &part(true));
    let changes: Vec<Change> = steps.into_iter().flatten().collect();
    if changes.is_empty() {
        let message = format!("nothing of {scenario} applies to the plan as it is now: change it, or drop it");
        return Err(Error::new(Code::InvalidRequest, message).at("/scenario"));
    }
    let left = part(false);
    let scenarios = Arc::make_mut(&mut next.scenarios);
    if left.commands.is_empty() {
        scenarios.retain(|other| other.name != scenario);
    } else {
        scenarios.iter_mut().filter(|other| other.name == scenario).for_each(|other| other.clone_from(&left));
    }
    let label = format!("take over {scenario}");
    let ids = changes.into_iter().flat_map(|change| change.ids).collect();
    Ok((next, Change { label, command: Command::TakeOver { scenario, only }, ids }))
}

fn put(plan: &mut Plan, scenario: Scenario, instead_of: Option<&str>) -> Result<()> {
    let full = plan.scenarios.len() >= MAX_SCENARIOS;
    let scenarios = Arc::make_mut(&mut plan.scenarios);
    let name = instead_of.unwrap_or(&scenario.name).to_owned();
    match scenarios.iter_mut().find(|other| other.name == name) {
        Some(slot) => *slot = scenario,
        None if full => {
            let message = format!("a plan holds up to {MAX_SCENARIOS} scenarios: drop one first");
            return Err(Error::new(Code::TooLarge, message).at("/scenario"));
        }
        None => scenarios.push(scenario),
    }
    Ok(())
}
