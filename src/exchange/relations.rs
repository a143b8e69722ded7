//! Parents and needs: cells that name other rows become ids, and circles are opened.

use std::collections::HashMap;

use super::rows::{Draft, Drafts, Trouble, keep, shortened};
use super::tools::Tool;
use crate::pace::Pace;
use crate::plan::{Item, Kind};

/// The rows by all names under which others may refer to them.
struct Names {
    keys: HashMap<String, usize>,
    numbers: HashMap<String, usize>,
    /// Titles and epic names; [`SHARED`] where several rows have it.
    titles: HashMap<String, usize>,
}

/// The place of a name that does not tell which row is meant.
const SHARED: usize = usize::MAX;

impl Names {
    async fn of(rows: &[Draft], pace: &Pace) -> Self {
        let keys = HashMap::with_capacity(rows.len());
        let mut names = Self { keys, numbers: HashMap::new(), titles: HashMap::new() };
        // Titles are looked up only where something refers to other rows at all.
        let referring = rows
            .iter()
            .any(|row| [&row.parents, &row.epics, &row.needs, &row.blocks].iter().any(|cells| !cells.is_empty()));
        for (place, row) in rows.iter().enumerate().filter(|(_, row)| !row.item.id.is_empty()) {
            if place % 128 == 0 {
                pace.step(0.6).await;
            }
            names.keys.insert(row.item.id.clone(), place);
            if !row.number.is_empty() {
                names.numbers.insert(row.number.clone(), place);
            }
            if !referring {
                continue;
            }
            for title in [&row.item.title, &row.epic_name].into_iter().filter(|title| !title.is_empty()) {
                let known = names.titles.get(title).copied();
                let place = if known.is_none_or(|known| known == place) { place } else { SHARED };
                names.titles.insert(title.clone(), place);
            }
        }
        names
    }

    /// The row of a name: its key, its other number, or a title that no other row has.
    fn find(&self, name: &str) -> Option<usize> {
        let known = |name: &str| self.keys.get(name).or_else(|| self.numbers.get(name)).copied();
        known(name)
            .or_else(|| known(name.strip_prefix('#')?))
            .or_else(|| self.titles.get(name).copied().filter(|place| *place != SHARED))
    }

    /// The rows and the unknown names of a cell that lists several.
    fn list(&self, cell: &str) -> Vec<(String, Option<usize>)> {
        if let Some(place) = self.find(cell) {
            return vec![(cell.to_owned(), Some(place))];
        }
        let pieces = cell.split([',', ';', '|', '\n']).map(str::trim).filter(|piece| !piece.is_empty());
        pieces.map(|piece| (piece.to_owned(), self.find(piece))).collect()
    }
}

/// Turns the cells that name other rows into parents and needs, and notes what could not be.
pub(super) async fn relate(drafts: &mut Drafts, tool: &Tool, headers: &[String], pace: &Pace) {
    let names = Names::of(&drafts.rows, pace).await;
    let mut notes = Vec::new();
    pace.rest(0.65).await;
    parents(&mut drafts.rows, &names, headers, &mut notes);
    pace.rest(0.7).await;
    if tool.has("tasks-are-parts") {
        parts(&mut drafts.rows, &names, &mut notes);
    }
    let blocked = blocked(&mut drafts.rows, &names, headers);
    pace.rest(0.71).await;
    let wanted = wanted(&drafts.rows, &names, &blocked);
    pace.rest(0.72).await;
    needs(&mut drafts.rows, wanted, headers, &mut notes);
    drafts.notes.extend(notes);
}

fn keep_cells(item: &mut Item, cells: &[(usize, String)], headers: &[String]) {
    for (column, cell) in cells {
        keep(&mut item.columns, headers.get(*column).cloned().unwrap_or_default(), cell);
    }
}

fn id(rows: &[Draft], place: usize) -> String {
    rows.get(place).map(|row| row.item.id.clone()).unwrap_or_default()
}

fn parents(rows: &mut [Draft], names: &Names, headers: &[String], notes: &mut Vec<String>) {
    let is_epic: Vec<bool> = rows.iter().map(|row| row.item.kind == Kind::Epic).collect();
    // An epic's name stands in columns that hold other things too, so only epics are found by it.
    let epic = |cell: &str| names.find(cell).filter(|place| is_epic.get(*place).copied().unwrap_or(false));
    let found: Vec<Option<usize>> = rows
        .iter()
        .enumerate()
        .map(|(place, row)| {
            let by_cell = row.parents.iter().find_map(|(_, cell)| names.find(cell).filter(|found| *found != place));
            let by_epic = || row.epics.iter().find_map(|(_, cell)| epic(cell).filter(|found| *found != place));
            by_cell.or_else(|| if row.parents.is_empty() { row.above.or_else(by_epic) } else { None })
        })
        .collect();
    let edges: Vec<Vec<usize>> = found.iter().map(|parent| parent.iter().copied().collect()).collect();
    let mut opened = vec![false; rows.len()];
    for (child, _) in closing(&edges) {
        if let Some(opened) = opened.get_mut(child) {
            *opened = true;
        }
    }
    let ids: Vec<Option<String>> = found.iter().map(|parent| parent.map(|place| id(rows, place))).collect();
    for ((row, parent), id) in rows.iter_mut().zip(found).zip(&ids) {
        for (nth, other) in row.parents.iter().enumerate() {
            // A parent beside the one that was taken.
            if parent.map_or(nth > 0, |_| names.find(&other.1) != parent) {
                keep_cells(&mut row.item, std::slice::from_ref(other), headers);
            }
        }
        row.parent = parent.filter(|_| id.as_ref().is_some_and(String::is_empty));
    }

    let mut outside = Trouble::default();
    let mut circles = Trouble::default();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for ((row, parent), opened) in rows.iter_mut().zip(ids).zip(opened) {
        match parent {
            Some(_) if opened => {
                circles.add(|| shortened(&row.item.id, 40));
                keep_cells(&mut row.item, &row.parents, headers);
            }
            Some(parent) => {
                row.item.parent = Some(parent).filter(|parent| !parent.is_empty());
                // An epic that is not the parent, or names no row, is knowledge that the item does not hold.
                let told = row.epics.iter().any(|(_, cell)| epic(cell).is_some()) && row.parents.is_empty();
                if !told {
                    keep_cells(&mut row.item, &row.epics, headers);
                }
            }
            None => {
                let own = row.parents.first().filter(|(_, cell)| *cell == row.item.id).cloned();
                keep_cells(&mut row.item, own.as_slice(), headers);
                if let Some((_, cell)) = row.parents.first().filter(|(_, cell)| *cell != row.item.id) {
                    if seen.insert(cell.clone(), 0).is_none() {
                        outside.add(|| shortened(cell, 40));
                    }
                    row.item.parent = Some(cell.chars().take(crate::plan::MAX_LINE).collect());
                }
                keep_cells(&mut row.item, &row.epics, headers);
            }
        }
    }
    if outside.count > 0 {
        notes.push(format!(
            "{} not in the file; their names are kept, and what they hold counts as work of its own: {}",
            if outside.count == 1 { "1 parent is".to_owned() } else { format!("{} parents are", outside.count) },
            outside.spelt()
        ));
    }
    if circles.count > 0 {
        notes.push(format!("parents stand in a circle, which was opened at {}", circles.spelt()));
    }
}

/// A task below a story is a part of it: the story is the work.
fn parts(rows: &mut [Draft], names: &Names, notes: &mut Vec<String>) {
    let wholes: Vec<bool> = rows.iter().map(|row| matches!(row.item.kind, Kind::Story | Kind::Bug)).collect();
    let mut count = 0;
    for row in rows.iter_mut().filter(|row| row.item.kind == Kind::Task) {
        let parent = row.item.parent.as_ref().and_then(|parent| names.keys.get(parent));
        if parent.is_some_and(|place| wholes.get(*place).copied().unwrap_or(false)) {
            row.item.kind = Kind::SubTask;
            count += 1;
        }
    }
    if count > 0 {
        let tasks = if count == 1 { "1 task is a part".to_owned() } else { format!("{count} tasks are parts") };
        notes.push(format!("{tasks} of stories and bugs in the file and not counted beside them"));
    }
}

/// What rows say that they block: what waits, and the row that it waits for.
fn blocked(rows: &mut [Draft], names: &Names, headers: &[String]) -> Vec<(usize, usize)> {
    let mut blocked: Vec<(usize, usize)> = Vec::new();
    for place in 0..rows.len() {
        let Some(row) = rows.get_mut(place) else { break };
        let mut unknown = Vec::new();
        for (column, cell) in &row.blocks {
            for (name, waiting) in names.list(cell) {
                match waiting {
                    Some(waiting) if !row.item.id.is_empty() => blocked.push((waiting, place)),
                    _ => unknown.push((*column, name)),
                }
            }
        }
        keep_cells(&mut row.item, &unknown, headers);
    }
    blocked
}

/// What each row needs: places and names, side by side; a name that no row has leads nowhere.
fn wanted(rows: &[Draft], names: &Names, blocked: &[(usize, usize)]) -> (Vec<Vec<usize>>, Vec<Vec<String>>) {
    let mut edges: Vec<Vec<usize>> = vec![Vec::new(); rows.len()];
    let mut wanted: Vec<Vec<String>> = vec![Vec::new(); rows.len()];
    let mut add = |waiting: usize, name: String, needed: Option<usize>| {
        if let (Some(edges), Some(wanted)) = (edges.get_mut(waiting), wanted.get_mut(waiting)) {
            edges.push(needed.unwrap_or(SHARED));
            wanted.push(name);
        }
    };
    for (place, row) in rows.iter().enumerate() {
        for (_, cell) in &row.needs {
            for (name, needed) in names.list(cell) {
                add(place, needed.map_or(name, |needed| id(rows, needed)), needed);
            }
        }
    }
    for (waiting, needed) in blocked {
        add(*waiting, id(rows, *needed), Some(*needed));
    }
    (edges, wanted)
}

fn needs(
    rows: &mut [Draft],
    (edges, mut wanted): (Vec<Vec<usize>>, Vec<Vec<String>>),
    headers: &[String],
    notes: &mut Vec<String>,
) {
    let (mut own, mut circles) = (Trouble::default(), Trouble::default());
    for (waiting, nth) in closing(&edges) {
        let Some(need) = wanted.get_mut(waiting).and_then(|wanted| wanted.get_mut(nth)).map(std::mem::take) else {
            continue;
        };
        let (waiting_id, need) = (shortened(&id(rows, waiting), 40), shortened(&need, 40));
        if waiting_id == need {
            own.add(|| need);
        } else {
            circles.add(|| format!("{waiting_id} needs {need}"));
        }
    }
    for (row, wanted) in rows.iter_mut().zip(wanted) {
        // What was left out stands in its cell.
        if wanted.iter().any(String::is_empty) {
            keep_cells(&mut row.item, &row.needs, headers);
        }
        let mut seen: HashMap<String, usize> = HashMap::new();
        for name in wanted.into_iter().filter(|name| !name.is_empty()) {
            if seen.insert(name.clone(), 0).is_none() {
                row.item.needs.push(name);
            }
        }
    }
    if own.count > 0 {
        notes.push(format!("a need of oneself was left out: {}", own.spelt()));
    }
    if circles.count > 0 {
        notes.push(format!("needs form a circle, so one of them was left out: {}", circles.spelt()));
    }
}

/// The edges that close a circle, each as the place where it begins and its own among those. Without them there is no
/// circle.
fn closing(edges: &[Vec<usize>]) -> Vec<(usize, usize)> {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        No,
        OnPath,
        Done,
    }
    let mut seen = vec![Seen::No; edges.len()];
    let mut closing = Vec::new();
    // A path instead of recursion: a chain may be as long as the file.
    let mut path: Vec<(usize, usize)> = Vec::new();
    for start in 0..edges.len() {
        if seen.get(start) != Some(&Seen::No) {
            continue;
        }
        path.push((start, 0));
        while let Some((node, next)) = path.last_mut() {
            let (from, edge) = (*node, *next);
            *next += 1;
            if let Some(slot) = seen.get_mut(from)
                && edge == 0
            {
                *slot = Seen::OnPath;
            }
            match edges.get(from).and_then(|out| out.get(edge)).copied() {
                Some(to) => match seen.get(to).copied() {
                    Some(Seen::No) => path.push((to, 0)),
                    Some(Seen::OnPath) => closing.push((from, edge)),
                    _ => {}
                },
                None => {
                    if let Some(slot) = seen.get_mut(from) {
                        *slot = Seen::Done;
                    }
                    path.pop();
                }
            }
        }
    }
    closing
}
