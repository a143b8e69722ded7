//! Commands that touch several items at once: bulk edits, splitting, merging, taking out. None of them leaves a
//! reference to what is gone.

use std::collections::HashSet;
use std::sync::Arc;

use super::apply::{known, place_before, put, serves_one, spoken_field, unknown};
use super::command::{Change, Command, ItemPatch};
use super::say;
use crate::error::{Code, Error, Result};
use crate::plan::{Item, MAX_ITEMS, MAX_TEXT, Plan, SprintItem, Status};
use crate::range::{Range, Uncertain};

/// The most pieces of one split.
const MAX_PIECES: usize = 50;

/// The same fields of several items.
pub(super) fn edit_items(
    plan: &Plan,
    ids: Vec<String>,
    patch: Box<ItemPatch>,
    add_tags: Vec<String>,
    remove_tags: Vec<String>,
) -> Result<(Plan, Change)> {
    let places = places_of(plan, &ids)?;
    let mut next = plan.clone();
    let mut needs_changed = false;
    for &place in &places {
        let Some(item) = plan.items.get(place) else { continue };
        let mut edited = patch.applied_to(item);
        edited.tags.retain(|tag| !remove_tags.contains(tag));
        for tag in &add_tags {
            if !edited.tags.contains(tag) {
                edited.tags.push(tag.clone());
            }
        }
        edited.check().map_err(|e| e.within("/patch"))?;
        needs_changed |= edited.needs != item.needs || edited.parent != item.parent;
        put(&mut next, place, Arc::new(edited));
    }
    serves_one(plan, patch.objective.iter().flatten().next().map(String::as_str))
        .map_err(|e| e.at("/patch/objective"))?;
    if needs_changed {
        next.check_needs().map_err(|e| e.at("/patch/needs"))?;
        next.check_parents(&places).map_err(|e| e.at("/patch/parent"))?;
    }
    let mut names: Vec<&str> = patch.names().into_iter().map(spoken_field).collect();
    let tagged = !add_tags.is_empty() || !remove_tags.is_empty();
    if tagged && !names.contains(&"tags") {
        names.push("tags");
    }
    let label = match names.as_slice() {
        [one] => format!("change the {one} of {}", named(&ids)),
        _ => format!("change {}", named(&ids)),
    };
    let command = Command::EditItems { ids: ids.clone(), patch, add_tags, remove_tags };
    Ok((next, Change { label, command, ids }))
}

/// Several items to one place, in the order in which they stand.
pub(super) fn move_items(plan: &Plan, ids: Vec<String>, before: Option<String>) -> Result<(Plan, Change)> {
    let moving: HashSet<usize> = places_of(plan, &ids)?.into_iter().collect();
    let to = place_before(plan, before.as_deref())?;
    if moving.contains(&to) {
        let message = "they cannot stand before one of themselves: name an item that stays";
        return Err(Error::new(Code::InvalidRequest, message).at("/before"));
    }
    let part = |range: std::ops::Range<usize>, wanted: bool| {
        let places = range.filter(|place| moving.contains(place) == wanted);
        places.filter_map(|place| plan.items.get(place).cloned()).collect::<Vec<_>>()
    };
    let end = plan.items.len();
    let items = [part(0..to, false), part(0..end, true), part(to..end, false)].concat();
    let next = Plan { items: Arc::new(items), ..plan.clone() };
    let command = Command::MoveItems { ids: ids.clone(), before };
    Ok((next, Change { label: format!("move {}", named(&ids)), command, ids }))
}

/// Several items, with every reference to them.
pub(super) fn remove_items(plan: &Plan, ids: Vec<String>) -> Result<(Plan, Change)> {
    places_of(plan, &ids)?;
    let mut next = plan.clone();
    forget(&mut next, &ids.iter().map(String::as_str).collect());
    let command = Command::RemoveItems { ids: ids.clone() };
    Ok((next, Change { label: format!("remove {}", named(&ids)), command, ids }))
}

/// A copy behind the original.
pub(super) fn duplicate(plan: &Plan, id: String, copy: String) -> Result<(Plan, Change)> {
    let (place, item) = known(plan, &id)?;
    room_for(plan, 1)?;
    let copy = if copy.trim().is_empty() { plan.next_id() } else { copy };
    if plan.find(&copy).is_some() {
        return Err(taken(&copy).at("/copy"));
    }
    let mut twin = Item {
        id: copy.clone(),
        title: format!("{} (copy)", item.title),
        status: Status::Todo,
        // What is of the one item alone: its days, its page in the tracker, what was ticked for it.
        remaining: None,
        created: None,
        started: None,
        finished: None,
        link: None,
        ready: Vec::new(),
        columns: Default::default(),
        ..(**item).clone()
    };
    twin.criteria.iter_mut().for_each(|criterion| criterion.met = false);
    twin.check().map_err(|e| e.at("/id"))?;
    let mut next = plan.clone();
    Arc::make_mut(&mut next.items).insert(place + 1, Arc::new(twin));
    let label = format!("duplicate {id}");
    Ok((next, Change { label, ids: vec![copy.clone()], command: Command::DuplicateItem { id, copy } }))
}

/// An item cut into pieces.
pub(super) fn split(plan: &Plan, id: String, mut pieces: Vec<Item>) -> Result<(Plan, Change)> {
    let (place, item) = known(plan, &id)?;
    must_be_open(item, "only open items can be split").map_err(|e| e.at("/id"))?;
    if !(2..=MAX_PIECES).contains(&pieces.len()) {
        let message = format!("{} pieces: split an item into 2 to {MAX_PIECES}", pieces.len());
        return Err(Error::new(Code::InvalidRequest, message).at("/pieces"));
    }
    room_for(plan, pieces.len() - 1)?;
    let mut used: HashSet<&str> = plan.items.iter().map(|item| item.id.as_str()).collect();
    let mut number = plan.items.iter().map(|item| item.id.as_str()).chain(pieces.iter().map(|piece| piece.id.as_str()));
    let mut free = Plan::free_number("LF-", &mut number);
    for (k, piece) in pieces.iter_mut().enumerate() {
        if k == 0 {
            piece.id.clone_from(&id);
        } else if piece.id.trim().is_empty() {
            piece.id = format!("LF-{free}");
            free = free.saturating_add(1);
        }
    }
    let mut whole = Vec::with_capacity(pieces.len());
    for (k, piece) in pieces.iter().enumerate() {
        if k > 0 && !used.insert(&piece.id) {
            return Err(taken(&piece.id).at(format!("/pieces/{k}/id")));
        }
        if piece.title.trim().is_empty() {
            let message = "a piece needs a title: say what it is";
            return Err(Error::new(Code::InvalidRequest, message).at(format!("/pieces/{k}/title")));
        }
        let piece = if k == 0 { first_piece(item, piece) } else { inherit(item, piece) };
        piece.check().map_err(|e| e.within(&format!("/pieces/{k}")))?;
        serves_one(plan, piece.objective.as_deref()).map_err(|e| e.at(format!("/pieces/{k}/objective")))?;
        whole.push(Arc::new(piece));
    }
    let others: Vec<String> = pieces.iter().skip(1).map(|piece| piece.id.clone()).collect();
    let mut next = plan.clone();
    let items = Arc::make_mut(&mut next.items);
    if plan.promises.iter().any(|promise| promise.items.contains(&id)) {
        for promise in Arc::make_mut(&mut next.promises).iter_mut().filter(|promise| promise.items.contains(&id)) {
            promise.items.extend(others.iter().cloned());
        }
    }
    for waiting in items.iter_mut().filter(|waiting| waiting.needs.contains(&id)) {
        let needs = &mut Arc::make_mut(waiting).needs;
        needs.extend(others.iter().cloned());
        dedup(needs);
    }
    items.splice(place..=place, whole);
    let places: Vec<usize> = (place..place + pieces.len()).collect();
    next.check_parents(&places).and_then(|()| next.check_needs()).map_err(|e| e.at("/pieces"))?;
    let label = format!("split {id} into {}", pieces.len());
    let ids = pieces.iter().map(|piece| piece.id.clone()).collect();
    Ok((next, Change { label, command: Command::SplitItem { id, pieces }, ids }))
}

/// The piece that goes on as the original: its key, dates, place in the tracker and what it has been voted, with the
/// contents of the piece.
fn first_piece(original: &Item, piece: &Item) -> Item {
    let whole = inherit(original, piece);
    Item {
        status: original.status,
        started: original.started,
        sprint: whole.sprint.or_else(|| original.sprint.clone()),
        notes: if piece.notes.is_empty() { original.notes.clone() } else { whole.notes },
        link: whole.link.or_else(|| original.link.clone()),
        columns: original.columns.clone(),
        effect: piece.effect.or(original.effect),
        ..whole
    }
}

/// A piece with what it does not say itself taken from the original.
fn inherit(original: &Item, piece: &Item) -> Item {
    let mut whole = piece.clone();
    whole.kind = original.kind;
    whole.status = Status::Todo;
    if whole.story.is_empty() {
        whole.story.clone_from(&original.story);
    }
    if whole.inputs.is_empty() {
        whole.inputs.clone_from(&original.inputs);
        // What was said of the whole's size is not true of a piece.
        for of_size in ["effort", "jobSize"] {
            whole.inputs.remove(of_size);
        }
    }
    whole.usage = whole.usage.or_else(|| original.usage.clone());
    whole.objective = whole.objective.or_else(|| original.objective.clone());
    whole.parent = whole.parent.or_else(|| original.parent.clone());
    whole.team = whole.team.or_else(|| original.team.clone());
    whole.moscow = whole.moscow.or(original.moscow);
    whole.blocked = whole.blocked.or_else(|| original.blocked.clone());
    whole.not_before = whole.not_before.or(original.not_before);
    whole.created = whole.created.or(original.created);
    whole.needs.extend(original.needs.iter().cloned());
    dedup(&mut whole.needs);
    whole.tags.extend(original.tags.iter().cloned());
    dedup(&mut whole.tags);
    whole
}

/// Several items joined into one.
pub(super) fn merge(plan: &Plan, id: String, others: Vec<String>, add_sizes: bool) -> Result<(Plan, Change)> {
    let (_, kept) = known(plan, &id)?;
    const OPEN: &str = "what was finished is history: merge open items";
    must_be_open(kept, OPEN).map_err(|e| e.at("/id"))?;
    if others.is_empty() {
        return Err(Error::new(Code::InvalidRequest, "name the items that it takes in").at("/others"));
    }
    let mut merged = (**kept).clone();
    let places = places_of(plan, &others).map_err(|e| e.at("/others"))?;
    let mut sizes = vec![kept.size];
    for (k, other) in places.iter().filter_map(|place| plan.items.get(*place)).enumerate() {
        let at = || format!("/others/{k}");
        if other.id == id {
            return Err(Error::new(Code::DuplicateId, format!("{id} takes in others, not itself")).at(at()));
        }
        must_be_open(other, OPEN).map_err(|e| e.at(at()))?;
        sizes.push(other.size);
        take_in(&mut merged, other);
    }
    if add_sizes {
        merged.size = sum(&sizes);
    } else {
        merged.size = sizes.into_iter().flatten().next();
    }
    let gone: HashSet<&str> = others.iter().map(String::as_str).collect();
    // A parent among those taken in is the one above it.
    let mut levels = 0;
    while let Some(parent) = merged.parent.as_deref().filter(|parent| gone.contains(parent) || *parent == id) {
        levels += 1;
        let above = plan.find(parent).and_then(|(_, item)| item.parent.clone());
        merged.parent = above.filter(|_| levels <= others.len());
    }
    merged.needs.retain(|need| *need != id && !gone.contains(need.as_str()));
    dedup(&mut merged.needs);
    dedup(&mut merged.tags);
    merged.check().map_err(|e| e.at("/others"))?;
    let mut next = plan.clone();
    repoint(&mut next, &gone, &id);
    forget(&mut next, &gone);
    if let Some((place, _)) = next.find(&id) {
        put(&mut next, place, Arc::new(merged));
        next.check_parents(&[place]).and_then(|()| next.check_needs()).map_err(|e| e.at("/others"))?;
    }
    let label = format!("merge {} into {id}", named(&others));
    Ok((next, Change { label, ids: vec![id.clone()], command: Command::MergeItems { id, others, add_sizes } }))
}

/// What an item gets of another: all that it lacks, and what adds up.
fn take_in(merged: &mut Item, other: &Item) {
    if merged.story.is_empty() {
        merged.story.clone_from(&other.story);
    }
    for criterion in &other.criteria {
        if !merged.criteria.iter().any(|known| known.text == criterion.text) {
            merged.criteria.push(criterion.clone());
        }
    }
    for (name, input) in &other.inputs {
        merged.inputs.entry(name.clone()).or_insert(*input);
    }
    merged.usage = merged.usage.take().or_else(|| other.usage.clone());
    merged.objective = merged.objective.take().or_else(|| other.objective.clone());
    merged.effect = merged.effect.or(other.effect);
    merged.moscow = merged.moscow.or(other.moscow);
    merged.parent = merged.parent.take().or_else(|| other.parent.clone());
    merged.team = merged.team.take().or_else(|| other.team.clone());
    merged.blocked = merged.blocked.take().or_else(|| other.blocked.clone());
    merged.not_before = merged.not_before.max(other.not_before);
    merged.created = match (merged.created, other.created) {
        (Some(one), Some(two)) => Some(one.min(two)),
        (one, two) => one.or(two),
    };
    merged.needs.extend(other.needs.iter().cloned());
    merged.tags.extend(other.tags.iter().cloned());
    let link = other.link.as_deref().map(|link| format!(" <{link}>")).unwrap_or_default();
    let mut words = format!("{} {}{link}", other.id, other.title);
    if !other.notes.is_empty() {
        words = format!("{words}\n{}", other.notes);
    }
    let notes = if merged.notes.is_empty() { words } else { format!("{}\n\n{words}", merged.notes) };
    // Notes at their bound stay as they are; the item taken in comes back with undo.
    if notes.len() <= MAX_TEXT {
        merged.notes = notes;
    }
}

/// Sizes added up; none where one of them is not known.
fn sum(sizes: &[Option<Uncertain>]) -> Option<Uncertain> {
    let exact = sizes.iter().all(|size| matches!(size, Some(Uncertain::Exact(_))));
    let at = |u: f64| sizes.iter().try_fold(0.0, |sum, size| size.map(|size| sum + size.quantile(u)));
    let likely = sizes.iter().try_fold(0.0, |sum, size| match size {
        Some(Uncertain::Exact(size)) => Some(sum + size),
        Some(Uncertain::Range(range)) => range.likely.map(|likely| sum + likely),
        None => None,
    });
    let (low, high) = (at(0.0)?, at(1.0)?);
    Some(if exact { Uncertain::Exact(low) } else { Uncertain::Range(Range { low, likely, high }) })
}

/// Takes items out, and every reference to them.
pub(super) fn forget(plan: &mut Plan, gone: &HashSet<&str>) {
    let is_gone = |id: &str| gone.contains(id);
    let items = Arc::make_mut(&mut plan.items);
    items.retain(|item| !is_gone(&item.id));
    for item in items.iter_mut() {
        if item.parent.as_deref().is_some_and(is_gone) {
            Arc::make_mut(item).parent = None;
        }
        if item.needs.iter().any(|need| is_gone(need)) {
            Arc::make_mut(item).needs.retain(|need| !is_gone(need));
        }
    }
    drop_risks(plan, is_gone);
    if plan.requests.iter().any(|request| request.item.as_deref().is_some_and(is_gone)) {
        for request in Arc::make_mut(&mut plan.requests) {
            request.item = request.item.take().filter(|item| !is_gone(item));
        }
    }
    if plan.decisions.iter().any(|decision| decision.items.iter().any(|item| is_gone(item))) {
        for decision in Arc::make_mut(&mut plan.decisions) {
            decision.items.retain(|item| !is_gone(item));
        }
    }
    if plan.promises.iter().any(|promise| promise.items.iter().any(|item| is_gone(item))) {
        for promise in Arc::make_mut(&mut plan.promises) {
            promise.items.retain(|item| !is_gone(item));
        }
    }
    if let Some(sprint) = plan.sprint.as_mut().filter(|sprint| sprint.items.iter().any(|item| is_gone(&item.id))) {
        Arc::make_mut(sprint).items.retain(|item| !is_gone(&item.id));
    }
    if plan.views.iter().any(|view| view.filter.parent.as_deref().is_some_and(is_gone)) {
        Arc::make_mut(&mut plan.views).retain(|view| !view.filter.parent.as_deref().is_some_and(is_gone));
    }
}

/// Takes out the risks that would hit what is gone.
pub(super) fn drop_risks(plan: &mut Plan, is_gone: impl Fn(&str) -> bool) {
    if plan.assumptions.risks.iter().any(|risk| risk.at.as_deref().is_some_and(&is_gone)) {
        Arc::make_mut(&mut plan.assumptions).risks.retain(|risk| !risk.at.as_deref().is_some_and(&is_gone));
    }
}

/// Lets whatever names one of several items name another instead.
fn repoint(plan: &mut Plan, from: &HashSet<&str>, to: &str) {
    let is_from = |id: &str| from.contains(id);
    for item in Arc::make_mut(&mut plan.items) {
        if item.id != to && item.parent.as_deref().is_some_and(is_from) {
            Arc::make_mut(item).parent = Some(to.to_owned());
        }
        if item.needs.iter().any(|need| is_from(need)) {
            let item = Arc::make_mut(item);
            item.needs.iter_mut().filter(|need| is_from(need)).for_each(|need| to.clone_into(need));
            dedup(&mut item.needs);
        }
    }
    for risk in &mut Arc::make_mut(&mut plan.assumptions).risks {
        risk.at.iter_mut().filter(|at| is_from(at)).for_each(|at| to.clone_into(at));
    }
    for request in Arc::make_mut(&mut plan.requests) {
        request.item.iter_mut().filter(|item| is_from(item)).for_each(|item| to.clone_into(item));
    }
    for decision in Arc::make_mut(&mut plan.decisions) {
        decision.items.iter_mut().filter(|item| is_from(item)).for_each(|item| to.clone_into(item));
        dedup(&mut decision.items);
    }
    for promise in Arc::make_mut(&mut plan.promises) {
        promise.item.iter_mut().filter(|item| is_from(item)).for_each(|item| to.clone_into(item));
        promise.items.iter_mut().filter(|item| is_from(item)).for_each(|item| to.clone_into(item));
        dedup(&mut promise.items);
    }
    if let Some(sprint) = &mut plan.sprint {
        // What was committed to of several is committed to of the one.
        let mut items: Vec<SprintItem> = Vec::new();
        for mut item in std::mem::take(&mut Arc::make_mut(sprint).items) {
            if is_from(&item.id) {
                to.clone_into(&mut item.id);
            }
            match items.iter_mut().find(|known| known.id == item.id) {
                Some(known) => known.size += item.size,
                None => items.push(item),
            }
        }
        Arc::make_mut(sprint).items = items;
    }
    for view in Arc::make_mut(&mut plan.views) {
        view.filter.parent.iter_mut().filter(|parent| is_from(parent)).for_each(|parent| to.clone_into(parent));
    }
}

/// The places of items; each is named once.
pub(super) fn places_of(plan: &Plan, ids: &[String]) -> Result<Vec<usize>> {
    if ids.is_empty() {
        return Err(Error::new(Code::InvalidRequest, "name one item at least").at("/ids"));
    }
    let places = plan.places();
    let mut seen = HashSet::new();
    let mut found = Vec::with_capacity(ids.len());
    for (k, id) in ids.iter().enumerate() {
        let place = places.get(id.as_str()).ok_or_else(|| unknown(id).at(format!("/ids/{k}")))?;
        if !seen.insert(id) {
            let message = format!("{id} is named twice: name every item once");
            return Err(Error::new(Code::DuplicateId, message).at(format!("/ids/{k}")));
        }
        found.push(*place);
    }
    Ok(found)
}

pub(super) fn must_be_open(item: &Item, otherwise: &str) -> Result<()> {
    if item.status.is_open() {
        return Ok(());
    }
    let message = format!("{} is {}: {otherwise}", item.id, item.status.as_str());
    Err(Error::new(Code::InvalidRequest, message))
}

fn room_for(plan: &Plan, more: usize) -> Result<()> {
    if plan.items.len() + more > MAX_ITEMS {
        return Err(Error::new(Code::TooLarge, format!("a plan holds up to {MAX_ITEMS} items")));
    }
    Ok(())
}

fn taken(id: &str) -> Error {
    Error::new(Code::DuplicateId, format!("there is an item {id} already: give the new one another id"))
}

fn dedup(names: &mut Vec<String>) {
    let mut seen = HashSet::new();
    names.retain(|name| seen.insert(name.clone()));
}

/// "LF-3", "LF-3 and LF-4", "12 items".
fn named(ids: &[String]) -> String {
    match ids {
        [one] => one.clone(),
        [one, two] => format!("{one} and {two}"),
        _ => say::items(ids.len()),
    }
}
