//! What needs what: ids into positions, an order in which nothing stands before what it needs, and the circle when
//! there is none. Nothing here recurses, so a chain may be as long as the list.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use crate::error::{Code, Error, Result};

/// For every item the positions of what it needs, from ids. `list` is the JSON pointer of the list (`/work`).
///
/// # Errors
/// [`Code::DuplicateId`] at `/work/3/id`, [`Code::UnknownId`] at `/work/3/needs/0`, and [`Code::Cycle`] at
/// `/work/3/needs` with the cycle spelt out.
pub(crate) fn resolve<'a, I>(list: &str, items: I) -> Result<Vec<Vec<u32>>>
where
    I: Iterator<Item = (&'a str, &'a [String])> + Clone,
{
    let mut places = HashMap::new();
    let mut ids = Vec::new();
    for (place, (id, _)) in (0_u32..).zip(items.clone()) {
        if places.insert(id, place).is_some() {
            return Err(Error::new(Code::DuplicateId, format!("two items carry the id {id}: give each its own"))
                .at(format!("{list}/{place}/id")));
        }
        ids.push(id);
    }
    let mut needs = Vec::with_capacity(ids.len());
    for (place, (id, wanted)) in items.enumerate() {
        let mut found = Vec::with_capacity(wanted.len());
        for (nth, need) in wanted.iter().enumerate() {
            let Some(&position) = places.get(need.as_str()) else {
                return Err(Error::new(Code::UnknownId, format!("{id} needs {need}, which is not in the list"))
                    .at(format!("{list}/{place}/needs/{nth}")));
            };
            found.push(position);
        }
        needs.push(found);
    }
    match order(&needs) {
        Ok(_) => Ok(needs),
        Err(cycle) => {
            let first = cycle.first().copied().unwrap_or_default();
            Err(Error::new(Code::Cycle, spell(&cycle, |place| ids.get(place as usize).copied().unwrap_or("?")))
                .at(format!("{list}/{first}/needs")))
        }
    }
}

/// The order in which nothing stands before what it needs, and otherwise the given one: the first that may go, goes
/// (Kahn 1962, with a queue by position). `Err` holds the positions of one cycle, each needing the next.
pub(crate) fn order(needs: &[Vec<u32>]) -> std::result::Result<Vec<u32>, Vec<u32>> {
    let mut waiting: Vec<u32> = needs.iter().map(|needs| needs.len() as u32).collect();
    let dependents = dependents(needs);
    let mut ready: BinaryHeap<Reverse<u32>> =
        (0_u32..).zip(&waiting).filter(|&(_, &waiting)| waiting == 0).map(|(place, _)| Reverse(place)).collect();
    let mut order = Vec::with_capacity(needs.len());
    while let Some(Reverse(place)) = ready.pop() {
        order.push(place);
        for &dependent in dependents.get(place as usize).into_iter().flatten() {
            if let Some(waiting) = waiting.get_mut(dependent as usize) {
                *waiting -= 1;
                if *waiting == 0 {
                    ready.push(Reverse(dependent));
                }
            }
        }
    }
    if order.len() == needs.len() { Ok(order) } else { Err(cycle(needs, &waiting)) }
}

/// Whether there is no circle: the same as whether there is an order, found without caring which.
pub(crate) fn is_circle_free(needs: &[Vec<u32>]) -> bool {
    let mut wanted = vec![0_u32; needs.len()];
    let mut count = |need: &u32, by: i32| {
        let wanted = wanted.get_mut(*need as usize)?;
        *wanted = wanted.saturating_add_signed(by);
        Some(*wanted)
    };
    for need in needs.iter().flatten() {
        count(need, 1);
    }
    // What nothing needs is taken away, until all is gone or everything left needs something of itself.
    let mut free: Vec<u32> = (0..).zip(needs).filter(|(place, _)| count(place, 0) == Some(0)).map(|(k, _)| k).collect();
    let mut gone = 0;
    while let Some(place) = free.pop() {
        gone += 1;
        let needs = needs.get(place as usize).into_iter().flatten();
        free.extend(needs.filter(|need| count(need, -1) == Some(0)));
    }
    gone == needs.len()
}

/// For every position the positions of the items that need it.
pub(crate) fn dependents(needs: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let mut dependents = vec![Vec::new(); needs.len()];
    for (place, needs) in (0_u32..).zip(needs) {
        for &need in needs {
            if let Some(list) = dependents.get_mut(need as usize) {
                list.push(place);
            }
        }
    }
    dependents
}

/// Every item that still waits needs another that still waits: following them must come round.
fn cycle(needs: &[Vec<u32>], waiting: &[u32]) -> Vec<u32> {
    let stuck = |place: &u32| waiting.get(*place as usize).is_some_and(|&waiting| waiting > 0);
    let mut seen_at = vec![None; needs.len()];
    let mut path = Vec::new();
    let mut next = (0..needs.len() as u32).find(stuck);
    while let Some(place) = next {
        match seen_at.get_mut(place as usize) {
            Some(seen @ None) => *seen = Some(path.len()),
            Some(Some(start)) => return path.split_off(*start),
            None => break,
        }
        path.push(place);
        next = needs.get(place as usize).and_then(|needs| needs.iter().copied().find(stuck));
    }
    path
}

/// `LF-3 needs LF-7 needs LF-3`; a long one is shortened.
pub(crate) fn spell<'a>(cycle: &[u32], id: impl Fn(u32) -> &'a str) -> String {
    const SHOWN: usize = 12;
    let mut words: Vec<&str> = cycle.iter().take(SHOWN).map(|&place| id(place)).collect();
    let left_out = cycle.len().saturating_sub(SHOWN);
    let left_out = format!("… ({left_out} more) …");
    if cycle.len() > SHOWN {
        words.push(&left_out);
    }
    words.extend(cycle.first().map(|&place| id(place)));
    format!("{}: take one of these needs away", words.join(" needs "))
}
