//! Applying a command: the plan before, and the plan after or an error.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::command::{Change, Command};
use crate::error::{Code, Error, Result};
use crate::pace::{self, Pace};
use crate::plan::{
    Calendar, CivilDate, Filter, Item, MAX_ITEMS, MAX_LINE, Occasion, Plan, Sprint, Status, Team, Unit, check_text,
};
use crate::range::Range;

/// The most commands in a batch, counting those inside batches of its own.
const MAX_BATCH: usize = 100_000;
/// How deep batches may lie inside batches.
const MAX_DEPTH: usize = 8;

/// Applies a command: a new plan and what was done, or an error and nothing.
pub(super) fn apply(plan: &Plan, command: Command) -> Result<(Plan, Change)> {
    apply_at(plan, command, 0)
}

fn apply_at(plan: &Plan, command: Command, depth: usize) -> Result<(Plan, Change)> {
    let mut next = plan.clone();
    let done =
        |next: Plan, label: String, ids: Vec<String>, command: Command| Ok((next, Change { label, command, ids }));
    match command {
        Command::AddItem { mut item, before } => {
            if item.id.trim().is_empty() {
                item.id = plan.next_id();
            }
            item.check().map_err(|e| e.within("/item"))?;
            serves_one(plan, item.objective.as_deref()).map_err(|e| e.at("/item/objective"))?;
            if plan.find(&item.id).is_some() {
                let message = format!("there is an item {} already: give the new one another id", item.id);
                return Err(Error::new(Code::DuplicateId, message).at("/item/id"));
            }
            if plan.items.len() >= MAX_ITEMS {
                return Err(Error::new(Code::TooLarge, format!("a plan holds up to {MAX_ITEMS} items")));
            }
            let place = place_before(plan, before.as_deref())?;
            let id = item.id.clone();
            let shared = Arc::new((*item).clone());
            Arc::make_mut(&mut next.items).insert(place, shared);
            next.check_parents(&[place]).map_err(|e| e.at("/item/parent"))?;
            next.check_needs().map_err(|e| e.at("/item/needs"))?;
            done(next, format!("add {id}"), vec![id], Command::AddItem { item, before })
        }
        Command::EditItem { id, patch } => {
            let (place, item) = known(plan, &id)?;
            let edited = patch.applied_to(item);
            edited.check().map_err(|e| e.within("/patch"))?;
            serves_one(plan, patch.objective.iter().flatten().next().map(String::as_str))
                .map_err(|e| e.at("/patch/objective"))?;
            let needs_changed = edited.needs != item.needs || edited.parent != item.parent;
            let at = if edited.needs != item.needs { "/patch/needs" } else { "/patch/parent" };
            put(&mut next, place, Arc::new(edited));
            if needs_changed {
                next.check_parents(&[place]).map_err(|e| e.at("/patch/parent"))?;
                next.check_needs().map_err(|e| e.at(at))?;
            }
            let what = match patch.names().as_slice() {
                [one] => format!("change the {} of {id}", spoken_field(one)),
                _ => format!("change {id}"),
            };
            done(next, what, vec![id.clone()], Command::EditItem { id, patch })
        }
        Command::MoveItem { id, before } => {
            let (from, _) = known(plan, &id)?;
            let to = place_before(plan, before.as_deref())?;
            let items = Arc::make_mut(&mut next.items);
            let item = items.remove(from);
            let to = if to > from { to - 1 } else { to };
            items.insert(to.min(items.len()), item);
            done(next, format!("move {id}"), vec![id.clone()], Command::MoveItem { id, before })
        }
        Command::OrderItems { ids } => {
            let places = plan.places();
            let mut seen = HashSet::new();
            let mut held = Vec::with_capacity(ids.len());
            for (k, id) in ids.iter().enumerate() {
                let place = places.get(id.as_str()).ok_or_else(|| unknown(id).at(format!("/ids/{k}")))?;
                if !seen.insert(id) {
                    let message = format!("{id} is named twice: name every item once");
                    return Err(Error::new(Code::DuplicateId, message).at(format!("/ids/{k}")));
                }
                held.push(*place);
            }
            let mut free = held.clone();
            crate::sort::by(&mut free, usize::cmp);
            for (place, from) in free.into_iter().zip(held) {
                if let Some(item) = plan.items.get(from) {
                    put(&mut next, place, Arc::clone(item));
                }
            }
            done(next, "put the items in order".to_owned(), Vec::new(), Command::OrderItems { ids })
        }
        Command::RemoveItem { id } => {
            let (_, item) = known(plan, &id)?;
            super::reshape::forget(&mut next, &HashSet::from([item.id.as_str()]));
            done(next, format!("remove {id}"), vec![id.clone()], Command::RemoveItem { id })
        }
        Command::EditItems { ids, patch, add_tags, remove_tags } => {
            super::reshape::edit_items(plan, ids, patch, add_tags, remove_tags)
        }
        Command::MoveItems { ids, before } => super::reshape::move_items(plan, ids, before),
        Command::RemoveItems { ids } => super::reshape::remove_items(plan, ids),
        Command::DuplicateItem { id, copy } => super::reshape::duplicate(plan, id, copy),
        Command::SplitItem { id, pieces } => super::reshape::split(plan, id, pieces),
        Command::MergeItems { id, others, add_sizes } => super::reshape::merge(plan, id, others, add_sizes),
        Command::Decline { items, requests, why, instead, date, decision } => {
            super::records::decline(plan, items, requests, why, instead, date, decision)
        }
        Command::StartSprint { start, today, items, goal } => super::sprints::start(plan, start, today, items, goal),
        Command::CloseSprint { today, finished } => super::sprints::close(plan, today, finished),
        Command::SetPromise { promise } => super::promises::set_promise(plan, promise),
        Command::RemovePromise { id } => super::promises::remove_promise(plan, id),
        Command::Assume { scenario, command } => super::scenarios::assume(plan, scenario, *command),
        Command::RemoveAssumed { scenario, place } => super::scenarios::remove_assumed(plan, scenario, place),
        Command::SetScenario { scenario, instead_of } => super::scenarios::set_scenario(plan, scenario, instead_of),
        Command::RemoveScenario { name } => super::scenarios::remove_scenario(plan, name),
        Command::TakeOver { scenario, only } => super::scenarios::take_over(plan, scenario, only),
        Command::SetRequest { request } => super::records::set_request(plan, request),
        Command::RemoveRequest { id } => super::records::remove_request(plan, id),
        Command::SetDecision { decision } => super::records::set_decision(plan, decision),
        Command::RemoveDecision { id } => super::records::remove_decision(plan, id),
        Command::SetAgreement { agreement } => {
            agreement.check().map_err(|e| e.within("/agreement"))?;
            next.agreement = Arc::new((*agreement).clone());
            done(next, "change the working agreement".to_owned(), Vec::new(), Command::SetAgreement { agreement })
        }
        Command::SetView { view } => super::records::set_view(plan, view),
        Command::RemoveView { name } => super::records::remove_view(plan, name),
        Command::ImportItems { ref items, ref fields, ref replace, .. } => {
            let items = with_ids(plan, items.clone(), replace.is_some());
            let merged = pace::at_once(merge(plan, &items, fields, replace.is_some(), &Pace::default()))?;
            merged.check_needs().map_err(|e| e.within("/items"))?;
            import(plan, command, items, merged)
        }
        Command::SetObjective { mut objective } => {
            if objective.id.trim().is_empty() {
                objective.id = Plan::free_id("O-", plan.objectives.iter().map(|other| other.id.as_str()));
            }
            objective.check().map_err(|e| e.within("/objective"))?;
            let objectives = Arc::make_mut(&mut next.objectives);
            let label = match objectives.iter_mut().find(|other| other.id == objective.id) {
                Some(other) => {
                    other.clone_from(&objective);
                    format!("change the objective {}", objective.name)
                }
                None => {
                    objectives.push((*objective).clone());
                    format!("add the objective {}", objective.name)
                }
            };
            done(next, label, Vec::new(), Command::SetObjective { objective })
        }
        Command::RemoveObjective { id } => {
            let name = match plan.objective(&id) {
                Some(objective) => objective.name.clone(),
                None => return Err(unknown_objective(&id).at("/id")),
            };
            Arc::make_mut(&mut next.objectives).retain(|objective| objective.id != id);
            let of_it = |filter: &Filter| filter.objective.as_deref() == Some(id.as_str());
            if plan.views.iter().any(|view| of_it(&view.filter)) {
                Arc::make_mut(&mut next.views).retain(|view| !of_it(&view.filter));
            }
            super::reshape::drop_risks(&mut next, |at| at == id);
            for place in 0..plan.items.len() {
                if let Some(item) = plan.items.get(place).filter(|item| item.objective.as_deref() == Some(id.as_str()))
                {
                    put(&mut next, place, Arc::new(Item { objective: None, ..(**item).clone() }));
                }
            }
            done(next, format!("remove the objective {name}"), Vec::new(), Command::RemoveObjective { id })
        }
        Command::RenamePlan { name } => {
            check_text(&name, MAX_LINE).map_err(|e| e.at("/name"))?;
            next.name.clone_from(&name);
            done(next, "rename the plan".to_owned(), Vec::new(), Command::RenamePlan { name })
        }
        Command::SetUnit { unit } => {
            next.unit = unit;
            super::sprints::measure(&mut next);
            let word = if unit == Unit::Points { "points" } else { "items" };
            done(next, format!("count in {word}"), Vec::new(), Command::SetUnit { unit })
        }
        Command::SetCalendar { calendar } => {
            calendar.check().map_err(|e| e.within("/calendar"))?;
            next.calendar = Arc::new((*calendar).clone());
            done(next, "change the calendar".to_owned(), Vec::new(), Command::SetCalendar { calendar })
        }
        Command::SetCapacity { sprint, factor, team } => {
            let start = plan.calendar.sprint_of(sprint).start;
            let factors = match &team {
                Some(name) => {
                    let place = team_called(plan, name)?;
                    Arc::make_mut(&mut next.teams).get_mut(place).map(|team| &mut team.capacity)
                }
                None => Some(&mut Arc::make_mut(&mut next.calendar).capacity),
            };
            if let Some(factors) = factors {
                match factor {
                    Some(factor) => factors.insert(start, factor),
                    None => factors.remove(&start),
                };
            }
            if let Some(factor) = factor {
                crate::range::check_number(factor, 0.0).map_err(|e| e.at("/factor"))?;
            }
            let label = "change a sprint's capacity".to_owned();
            done(next, label, Vec::new(), Command::SetCapacity { sprint, factor, team })
        }
        Command::SetSprint { start, sprint, team } => {
            if let Some(sprint) = sprint {
                sprint.check().map_err(|e| e.within("/sprint"))?;
            }
            let sprints = sprints_mut(&mut next, team.as_deref())?;
            match sprint {
                Some(sprint) => sprints.insert(start, sprint),
                None => sprints.remove(&start),
            };
            done(next, "change a past sprint".to_owned(), Vec::new(), Command::SetSprint { start, sprint, team })
        }
        Command::SetHistory { finished, today, team } => {
            let count = i64::try_from(finished.len()).unwrap_or(i64::MAX);
            if count > 10_000 {
                return Err(Error::new(Code::TooLarge, "more than 10000 sprints: give fewer").at("/finished"));
            }
            for (k, finished) in finished.iter().enumerate() {
                crate::range::check_number(*finished, 0.0).map_err(|e| e.at(format!("/finished/{k}")))?;
            }
            let sprints = finished.iter().zip(0..).map(|(finished, k)| {
                let start = plan.calendar.sprint_after(today, k - count).start;
                (start, Sprint { finished: *finished, committed: None })
            });
            *sprints_mut(&mut next, team.as_deref())? = sprints.collect();
            done(next, "enter past sprints".to_owned(), Vec::new(), Command::SetHistory { finished, today, team })
        }
        Command::SetGuess { guess, team } => {
            check_guess(guess)?;
            match team_place(&next, team.as_deref())? {
                0 => Arc::make_mut(&mut next.history).guess = guess,
                place => Arc::make_mut(&mut next.teams).get_mut(place).into_iter().for_each(|team| team.guess = guess),
            }
            done(next, "change the guess".to_owned(), Vec::new(), Command::SetGuess { guess, team })
        }
        Command::SetTeams { teams } => {
            next.teams = Arc::new(teams.clone());
            next.check_teams()?;
            done(next, "change the teams".to_owned(), Vec::new(), Command::SetTeams { teams })
        }
        Command::SetTeam { team, instead_of } => {
            let old = instead_of.as_deref().unwrap_or(&team.name);
            let place = plan.teams.iter().position(|other| other.name == old);
            if place.is_none() && instead_of.is_some() {
                return Err(unknown_team(plan, old).at("/insteadOf"));
            }
            let teams = Arc::make_mut(&mut next.teams);
            let label = match place {
                Some(place) => {
                    teams.get_mut(place).into_iter().for_each(|slot| slot.clone_from(&team));
                    "change a team".to_owned()
                }
                None => {
                    teams.push((*team).clone());
                    format!("add the team {}", team.name)
                }
            };
            let at = place.unwrap_or(plan.teams.len());
            // Told from the field of the command instead of the place in the plan.
            let prefix = format!("/teams/{at}/");
            next.check_teams().map_err(|e| match e.path().and_then(|path| path.strip_prefix(&prefix)) {
                Some(rest) => {
                    let place = format!("/team/{rest}");
                    e.at(place)
                }
                None => e,
            })?;
            if old != team.name && !old.is_empty() {
                for place in 0..plan.items.len() {
                    if let Some(item) = plan.items.get(place).filter(|item| item.team.as_deref() == Some(old)) {
                        put(&mut next, place, Arc::new(Item { team: Some(team.name.clone()), ..(**item).clone() }));
                    }
                }
            }
            done(next, label, Vec::new(), Command::SetTeam { team, instead_of })
        }
        Command::RemoveTeam { name } => {
            let place = team_called(plan, &name)?;
            let teams = Arc::make_mut(&mut next.teams);
            teams.remove(place);
            if place == 0 {
                // The plan's own history is the first team's, and that is another one now.
                let history = Arc::make_mut(&mut next.history);
                if let Some(first) = teams.first_mut() {
                    history.sprints = std::mem::take(&mut first.sprints);
                    history.guess = first.guess.take();
                }
            }
            done(next, format!("remove the team {name}"), Vec::new(), Command::RemoveTeam { name })
        }
        Command::ForecastByTeam { names } => {
            if plan.has_teams() {
                let message = "the plan is forecast by team already: add a team, or take one out";
                return Err(Error::new(Code::InvalidRequest, message));
            }
            let there = plan.teams.first().cloned().unwrap_or_default();
            let names = if names.is_empty() {
                // What is known of the one team there was is the first one's, its past too.
                let mut all: Vec<String> = plan.team_names().into_iter().map(|(name, _)| name.to_owned()).collect();
                crate::sort::by(&mut all, |a, b| (*a != there.name).cmp(&(*b != there.name)));
                all
            } else {
                names
            };
            if names.len() < 2 {
                let message = "items name fewer than two teams: say which team does which item first";
                return Err(Error::new(Code::InvalidRequest, message).at("/names"));
            }
            let teams = names.iter().enumerate().map(|(k, name)| {
                let known = if k == 0 { there.clone() } else { Team::default() };
                Team { name: name.clone(), ..known }
            });
            next.teams = Arc::new(teams.collect());
            next.check_teams()?;
            done(next, "forecast by team".to_owned(), Vec::new(), Command::ForecastByTeam { names })
        }
        Command::SetAssumptions { assumptions } => {
            assumptions.check().map_err(|e| e.within("/assumptions"))?;
            next.assumptions = Arc::new((*assumptions).clone());
            done(next, "change the assumptions".to_owned(), Vec::new(), Command::SetAssumptions { assumptions })
        }
        Command::SetScoring { scoring } => {
            scoring.check().map_err(|e| e.within("/scoring"))?;
            next.scoring = Arc::new((*scoring).clone());
            done(next, "change the scoring".to_owned(), Vec::new(), Command::SetScoring { scoring })
        }
        Command::ReplacePlan { document } => {
            let next = Plan::try_from((*document).clone()).map_err(|e| e.within("/document"))?;
            let label = format!("open {}", next.name);
            done(next, label, Vec::new(), Command::ReplacePlan { document })
        }
        Command::Batch { label, commands } => {
            if depth >= MAX_DEPTH || commands.len() > MAX_BATCH {
                let message = format!("a batch holds up to {MAX_BATCH} commands, and batches up to {MAX_DEPTH} deep");
                return Err(Error::new(Code::TooLarge, message).at("/commands"));
            }
            let mut ids = Vec::new();
            let mut applied = Vec::with_capacity(commands.len());
            let mut first = None;
            for (k, command) in commands.into_iter().enumerate() {
                let (after, change) =
                    apply_at(&next, command, depth + 1).map_err(|e| e.within(&format!("/commands/{k}")))?;
                next = after;
                ids.extend(change.ids);
                applied.push(change.command);
                first.get_or_insert(change.label);
            }
            let said = if label.is_empty() { first.unwrap_or_else(|| "nothing".to_owned()) } else { label.clone() };
            done(next, said, ids, Command::Batch { label, commands: applied })
        }
    }
}

fn check_guess(guess: Option<Range>) -> Result<()> {
    let Some(guess) = guess else { return Ok(()) };
    guess.check(0.0).map_err(|e| e.within("/guess"))?;
    if guess.high <= 0.0 {
        let message = "a good sprint in which nothing is finished: give an amount above 0";
        return Err(Error::new(Code::InvalidNumber, message).at("/guess/high"));
    }
    Ok(())
}

fn unknown_team(plan: &Plan, name: &str) -> Error {
    let shown: String = name.chars().take(80).collect();
    let names: Vec<&str> = plan.teams.iter().take(8).map(|team| team.name.as_str()).collect();
    let known =
        if names.is_empty() { "the plan has none yet".to_owned() } else { format!("name {}", names.join(" or ")) };
    Error::new(Code::UnknownId, format!("there is no team {shown}: {known}"))
}

fn team_called(plan: &Plan, name: &str) -> Result<usize> {
    let place = plan.teams.iter().position(|team| team.name == name);
    place.ok_or_else(|| unknown_team(plan, name).at("/team"))
}

/// The place of the team of a name; the first without one.
fn team_place(plan: &Plan, name: Option<&str>) -> Result<usize> {
    name.map_or(Ok(0), |name| team_called(plan, name))
}

/// The sprints entered by hand for a team; those of the first stand in the plan's history.
pub(super) fn sprints_mut<'a>(plan: &'a mut Plan, team: Option<&str>) -> Result<&'a mut BTreeMap<CivilDate, Sprint>> {
    let place = team_place(plan, team)?;
    match Arc::make_mut(&mut plan.teams).get_mut(place).filter(|_| place > 0) {
        Some(team) => Ok(&mut team.sprints),
        None => Ok(&mut Arc::make_mut(&mut plan.history).sprints),
    }
}

/// Checks that an objective that is named is one of the plan's.
pub(super) fn serves_one(plan: &Plan, objective: Option<&str>) -> Result<()> {
    match objective.filter(|id| plan.objective(id).is_none()) {
        Some(id) => Err(unknown_objective(id)),
        None => Ok(()),
    }
}

fn unknown_objective(id: &str) -> Error {
    let shown: String = id.chars().take(80).collect();
    Error::new(Code::UnknownId, format!("there is no objective {shown}: name one of the plan's"))
}

pub(super) fn put(plan: &mut Plan, place: usize, item: Arc<Item>) {
    if let Some(slot) = Arc::make_mut(&mut plan.items).get_mut(place) {
        *slot = item;
    }
}

pub(super) fn unknown(id: &str) -> Error {
    let shown: String = id.chars().take(80).collect();
    Error::new(Code::UnknownId, format!("there is no item {shown}: name one of the plan's"))
}

pub(super) fn known<'a>(plan: &'a Plan, id: &str) -> Result<(usize, &'a Arc<Item>)> {
    plan.find(id).ok_or_else(|| unknown(id).at("/id"))
}

pub(super) fn place_before(plan: &Plan, before: Option<&str>) -> Result<usize> {
    match before {
        None => Ok(plan.items.len()),
        Some(id) => plan.find(id).map(|(place, _)| place).ok_or_else(|| unknown(id).at("/before")),
    }
}

pub(super) fn spoken_field(field: &str) -> &str {
    match field {
        "kind" => "type",
        "inputs" => "score",
        "not_before" => "first day",
        "remaining" => "remainder",
        "needs" => "dependencies",
        "moscow" => "MoSCoW class",
        "ready" => "readiness",
        other => other,
    }
}

/// Applies the command that takes in the items of a file: these, and the plan that they are merged into.
pub(super) fn import(plan: &Plan, mut command: Command, named: Vec<Arc<Item>>, merged: Plan) -> Result<(Plan, Change)> {
    let Command::ImportItems { items, known_until, unit, sprint_days, guess, replace, today, .. } = &mut command else {
        return apply(plan, command);
    };
    let mut next = match replace {
        Some(name) => {
            // The sample's calendar is made up; one's own working days and holidays stay.
            let calendar = if plan.sample { Arc::clone(&Plan::default().calendar) } else { Arc::clone(&plan.calendar) };
            let own = !plan.sample && !plan.has_teams();
            let teams = if own { Arc::clone(&plan.teams) } else { Arc::default() };
            Plan { name: name.clone(), calendar, teams, items: merged.items, ..Plan::default() }
        }
        None => merged,
    };
    import_calendar(&mut next, *known_until, *sprint_days);
    if let Some(unit) = unit {
        next.unit = *unit;
    }
    if guess.is_some() {
        Arc::make_mut(&mut next.history).guess = *guess;
    }
    next.check_beside_items().map_err(|e| if e.path() == Some("/name") { e.at("/replace") } else { e })?;
    next.keep_forecast(today.unwrap_or_else(|| next.newest_day()), Occasion::Import);
    let ids = named.iter().map(|item| item.id.clone()).collect::<Vec<_>>();
    *items = named;
    let label = match ids.len() {
        1 => "import 1 item".to_owned(),
        n => format!("import {n} items"),
    };
    Ok((next, Change { label, command, ids }))
}

/// Gives ids to the items of a file that has no keys: that of the item of the same title, else the next free one.
pub(super) fn with_ids(plan: &Plan, items: Vec<Arc<Item>>, replace: bool) -> Vec<Arc<Item>> {
    let empty = Plan::default();
    let plan = if replace { &empty } else { plan };
    if items.iter().all(|item| !item.id.is_empty()) {
        return items;
    }
    let mut titles: HashMap<&str, &str> =
        plan.items.iter().rev().map(|item| (item.title.as_str(), item.id.as_str())).collect();
    let number = |id: &str| id.strip_prefix("LF-").and_then(|n| n.parse::<u64>().ok());
    let used = items.iter().map(|item| item.id.as_str()).chain(plan.items.iter().map(|item| item.id.as_str()));
    let mut next = used.filter_map(number).max().unwrap_or(0);
    let mut named = Vec::with_capacity(items.len());
    for mut item in items {
        if item.id.is_empty() {
            // An item takes the id of one title once: two rows of one title are two items.
            let id = match titles.remove(item.title.as_str()) {
                Some(id) => id.to_owned(),
                None => {
                    next = next.saturating_add(1);
                    format!("LF-{next}")
                }
            };
            Arc::make_mut(&mut item).id = id;
        }
        named.push(item);
    }
    named
}

/// The plan, or one without items, with the items of a file. The file owns what its columns say; order, scores, objectives and all else stay.
pub(super) async fn merge(
    plan: &Plan,
    items: &[Arc<Item>],
    fields: &[String],
    replace: bool,
    pace: &Pace,
) -> Result<Plan> {
    let has = |field: &str| fields.iter().any(|name| name == field);
    let mut next = if replace { Plan::default() } else { plan.clone() };
    let before = next.clone();
    let places = before.places();
    let list = Arc::make_mut(&mut next.items);
    let mut seen = HashSet::with_capacity(items.len());
    for (k, item) in items.iter().enumerate() {
        if k % 256 == 0 {
            pace.step(0.8).await;
        }
        item.check().map_err(|e| e.within(&format!("/items/{k}")))?;
        if !seen.insert(item.id.as_str()) {
            let message = format!("the id {} stands twice in the file", item.id);
            return Err(Error::new(Code::DuplicateId, message).at(format!("/items/{k}/id")));
        }
        let Some(slot) = places.get(item.id.as_str()).and_then(|place| list.get_mut(*place)) else {
            list.push(Arc::clone(item));
            continue;
        };
        let mut merged = (**slot).clone();
        macro_rules! take {
            ($($field:ident $name:literal),*) => { $(if has($name) { merged.$field.clone_from(&item.$field); })* };
        }
        take!(title "title", kind "kind", status "status", size "size", parent "parent", needs "needs", tags "tags");
        take!(team "team", sprint "sprint", created "created", started "started", finished "finished");
        take!(notes "notes", link "link");
        // Only Landfall's own table speaks of these.
        take!(remaining "remaining", story "story", criteria "criteria", inputs "inputs", objective "objective");
        take!(effect "effect", moscow "moscow", blocked "blocked", ready "ready", not_before "notBefore");
        take!(usage "usage");
        merged.columns.extend(item.columns.clone());
        if merged != **slot {
            *slot = Arc::new(merged);
        }
    }
    Ok(next)
}

/// Lets sprints begin on the day after the newest one of the file, as its periods run back from there.
fn import_calendar(plan: &mut Plan, known_until: Option<CivilDate>, sprint_days: Option<u32>) {
    // Without anything finished there are no periods that sprints would have to follow.
    let finished = plan.items.iter().any(|item| item.status == Status::Done && item.finished.is_some());
    let newest = known_until.max(plan.history.known_until).filter(|_| finished);
    let calendar: &mut Calendar = Arc::make_mut(&mut plan.calendar);
    if let Some(days) = sprint_days {
        calendar.sprint_days = days;
    }
    if let Some(newest) = newest {
        // A sprint that runs keeps its days.
        if plan.sprint.is_none() {
            calendar.sprint_start = newest.plus_days(1);
        }
        Arc::make_mut(&mut plan.history).known_until = Some(newest);
    }
}
