//! The trade-off of a scenario in one sentence, for people who have never seen a backlog.

use super::compare::{Comparison, ItemChange, ItemShift, ObjectiveShift, most};
use super::outlook::Outlook;
use super::say;
use crate::exchange::write::isolated;
use crate::plan::CivilDate;

/// "Acme first: LF-9 Single sign-on lands 42 days earlier, by 18 Dec instead of 29 Jan (85 % sure); LF-1 Guest checkout
/// lands 14 days later, by 11 Dec instead of 27 Nov, and 6 more land up to 14 days later; the work for Leads +20 % is
/// 64 % likely by 2 May instead of 78 %; everything still lands by 3 Jun."
pub(super) fn sentence(comparison: &Comparison, before: &Outlook, after: &Outlook) -> String {
    let name = &comparison.scenario;
    if before.total().is_none() && before.needs_history() {
        return format!("{name}: there are no dates to compare until somebody says what sprints finish");
    }
    let mut telling = Telling { today: before.settings.today, sure: false };
    let mut parts = Vec::new();
    let of = |change: ItemChange| comparison.items.iter().filter(move |item| item.change == change);
    let (gone, added): (Vec<_>, Vec<_>) = (of(ItemChange::LeftOut).collect(), of(ItemChange::Added).collect());
    if !gone.is_empty() {
        parts.push(format!("{} left out", is(&names(&gone), gone.len())));
    }
    if !added.is_empty() {
        parts.push(telling.added(&added));
    }
    for later in [false, true] {
        let moving = most(&comparison.items, later);
        if let Some((first, others)) = moving.split_first() {
            parts.push(telling.moved(first, others, later));
        }
    }
    let moves = !parts.is_empty();
    if let Some(objective) = swayed(&comparison.objectives) {
        parts.extend(telling.chance(objective));
    }
    if let Some(total) = telling.total(comparison, after.work.len(), moves) {
        parts.push(total);
    }
    if parts.is_empty() {
        return format!("{name}: no date and no chance changes");
    }
    format!("{name}: {}", parts.join("; "))
}

struct Telling {
    today: CivilDate,
    /// Whether it has been said how sure the dates are.
    sure: bool,
}

impl Telling {
    fn day(&self, day: CivilDate) -> String {
        day.spoken(self.today)
    }

    /// " (85 % sure)", the first time.
    fn surely(&mut self) -> &'static str {
        if std::mem::replace(&mut self.sure, true) { "" } else { " (85 % sure)" }
    }

    fn added(&mut self, added: &[&ItemShift]) -> String {
        let what = is(&names(added), added.len());
        let days = added.iter().map(|item| item.shift.after.p85);
        let last = days.clone().all(|day| day.is_some()).then(|| days.flatten().max()).flatten();
        match (last, added.len()) {
            (Some(day), 1) => format!("{what} added and lands by {}{}", self.day(day), self.surely()),
            (Some(day), _) => format!("{what} added, the last of them landing by {}{}", self.day(day), self.surely()),
            (None, 1) => format!("{what} added, with no date at 85 %"),
            (None, _) => format!("{what} added, not all of them with a date at 85 %"),
        }
    }

    /// "LF-9 lands 42 days earlier, by 18 Dec instead of 29 Jan, and 3 more land up to 12 days earlier".
    fn moved(&mut self, first: &ItemShift, others: &[&ItemShift], later: bool) -> String {
        let when = if later { "later" } else { "earlier" };
        let what = named(first);
        let shift = &first.shift;
        let mut text = match (shift.before.p85, shift.after.p85) {
            (Some(before), Some(after)) => {
                let days = say::days(before.days_until(after).abs());
                let (by, was) = (self.day(after), self.day(before));
                format!("{what} lands {days} {when}, by {by} instead of {was}{}", self.surely())
            }
            (Some(before), None) => format!("{what} no longer has a date at 85 %, which was {}", self.day(before)),
            (None, Some(after)) => format!("{what} lands by {}{}, and had no date", self.day(after), self.surely()),
            (None, None) => what,
        };
        let Some(next) = others.first() else { return text };
        let count = others.len();
        let (more, land) = (say::thousands(count as u64), if count == 1 { "lands" } else { "land" });
        match next.shift.days85 {
            Some(days) if count == 1 => text.push_str(&format!(", and 1 more lands {} {when}", say::days(days.abs()))),
            Some(days) => {
                let alike = others.iter().all(|item| item.shift.days85 == Some(days));
                let up_to = if alike { "" } else { "up to " };
                text.push_str(&format!(", and {more} more {land} {up_to}{} {when}", say::days(days.abs())));
            }
            None if later => {
                let (lose, date) = if count == 1 { ("loses its", "date") } else { ("lose their", "dates") };
                text.push_str(&format!(", and {more} more {lose} {date} or {land} later"));
            }
            None => {
                let (get, date) = if count == 1 { ("gets a", "date") } else { ("get", "dates") };
                text.push_str(&format!(", and {more} more {get} {date} or {land} earlier"));
            }
        }
        text
    }

    fn chance(&mut self, objective: &ObjectiveShift) -> Option<String> {
        let ((before, after), due) = objective.chance_text.as_ref().zip(objective.due)?;
        Some(format!(
            "the work for {} is {after} likely by {} instead of {before}",
            isolated(&objective.name),
            self.day(due)
        ))
    }

    fn total(&mut self, comparison: &Comparison, items: usize, moves: bool) -> Option<String> {
        let total = &comparison.total;
        let what = if items == 1 { "the one item left lands" } else { "everything lands" };
        match (total.before.p85, total.after.p85) {
            (Some(before), Some(after)) if before == after => {
                let what = if items == 1 { "the one item left still lands" } else { "everything still lands" };
                moves.then(|| format!("{what} by {}{}", self.day(after), self.surely()))
            }
            (Some(before), Some(after)) => {
                let days = before.days_until(after);
                let (days, when) = (say::days(days.abs()), if days > 0 { "later" } else { "earlier" });
                let (by, was) = (self.day(after), self.day(before));
                Some(format!("{what} {days} {when}, by {by} instead of {was}{}", self.surely()))
            }
            (Some(before), None) if items > 0 => {
                Some(format!("there is no date at 85 % for everything any more, which was {}", self.day(before)))
            }
            (None, Some(after)) => Some(format!("{what} by {}{}, and had no date", self.day(after), self.surely())),
            _ => None,
        }
    }
}

/// The objective whose work changes its chance most, as far as it shows.
fn swayed(objectives: &[ObjectiveShift]) -> Option<&ObjectiveShift> {
    let by = |objective: &&ObjectiveShift| objective.chance.map_or(0.0, |(before, after)| (after - before).abs());
    let shown =
        |objective: &&ObjectiveShift| objective.chance_text.as_ref().is_some_and(|(before, after)| before != after);
    let mut most: Option<&ObjectiveShift> = None;
    for objective in objectives.iter().filter(shown) {
        if most.is_none_or(|most| by(&objective) > by(&most)) {
            most = Some(objective);
        }
    }
    most
}

fn named(item: &ItemShift) -> String {
    say::named(&item.id, &item.title)
}

fn names(items: &[&ItemShift]) -> String {
    match items {
        [one] => named(one),
        [one, other] => format!("{} and {}", named(one), named(other)),
        more => say::items(more.len()),
    }
}

fn is(what: &str, count: usize) -> String {
    format!("{what} {}", if count == 1 { "is" } else { "are" })
}
