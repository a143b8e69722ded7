//! Commands on scenarios: what is assumed on top of the plan, and what of it is taken over.

use std::sync::Arc;

use super::apply::apply;
use super::command::{Change, Command};
use super::records::no_such;
use crate::error::{Code, Error, Result};
use crate::plan::{MAX_SCENARIOS, Plan, Scenario};

/// A command of a scenario that the plan no longer takes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Skipped {
    /// Its place among the scenario's commands.
    pub(super) place: usize,
    pub(super) why: Error,
}

/// The plan with what a scenario assumes on top of it; what does not apply is left out and told.
pub(super) fn on_top(plan: &Plan, scenario: &Scenario) -> (Plan, Vec<Change>, Vec<Skipped>) {
    let (mut next, mut changes, mut skipped) = (plan.clone(), Vec::new(), Vec::new());
    for (place, command) in scenario.commands.iter().enumerate() {
        let applied = crate::json::read::<Command>(command).and_then(|command| apply_alone(&next, command));
        match applied {
            Ok((after, change)) => {
                next = after;
                changes.push(change);
            }
            Err(why) => skipped.push(Skipped { place, why }),
        }
    }
    (next, changes, skipped)
}

/// Applies a command that may stand in a scenario.
fn apply_alone(plan: &Plan, command: Command) -> Result<(Plan, Change)> {
    if command.is_about_scenarios() || command.replaces_plan() {
        let message = "a scenario is made of changes to the backlog: neither other scenarios nor another plan";
        return Err(Error::new(Code::InvalidRequest, message));
    }
    apply(plan, command)
}

/// A mark of what a what-if rests on: the items, their sizes, statuses and order.
pub(super) fn mark(plan: &Plan) -> String {
    const CRC: crc::Crc<u32> = crc::Crc::<u32>::new(&crc::CRC_32_ISO_HDLC);
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
    let (on_top, ..) = on_top(plan, &edited);
    let (_, change) = apply_alone(&on_top, command).map_err(|e| e.within("/command"))?;
    edited.commands.push(crate::json::to_value(&change.command)?);
    edited.on = mark(plan);
    edited.check().map_err(|e| e.at("/scenario"))?;
    let mut next = plan.clone();
    put(&mut next, edited, None)?;
    let label = format!("{} in {scenario}", change.label);
    let command = Command::Assume { scenario, command: Box::new(change.command) };
    Ok((next, Change { label, command, ids: change.ids }))
}

pub(super) fn set_scenario(plan: &Plan, scenario: Box<Scenario>, instead_of: Option<String>) -> Result<(Plan, Change)> {
    let mut scenario = scenario;
    scenario.check().map_err(|e| e.within("/scenario"))?;
    if scenario.on.is_empty() {
        scenario.on = mark(plan);
    }
    for (k, command) in scenario.commands.iter().enumerate() {
        crate::json::read::<Command>(command).map_err(|e| e.within(&format!("/scenario/commands/{k}")))?;
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
    let (mut next, changes, _) = on_top(plan, &part(true));
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
