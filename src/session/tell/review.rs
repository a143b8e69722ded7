//! The sprint review.

use super::{Teller, named};
use crate::exchange::write::{Document, isolated};
use crate::plan::Item;
use crate::session::say;

/// How many of the remaining items are next.
const NEXT: usize = 7;

pub(super) fn document(teller: &Teller) -> Document {
    let outlook = teller.outlook;
    let (plan, today) = (&outlook.plan, outlook.settings.today);
    let mut document = teller.titled("Sprint review");
    let finished = teller.finished(teller.sprint.end.min(today));
    teller.outcomes(&mut document, usize::MAX);

    document.heading("What was finished, and for what");
    document.paragraph(&sprint(teller, finished.len()));
    let objectives = plan.objectives.iter().map(Some);
    for objective in objectives.chain([None]) {
        let mut points = Vec::new();
        for item in &finished {
            let serves = item.objective.as_deref().and_then(|id| plan.objective(id));
            if serves.map(|serves| &serves.id) == objective.map(|objective| &objective.id) {
                points.push(told(teller, item));
            }
        }
        if !points.is_empty() {
            let name = objective.map_or_else(|| "no objective".to_owned(), |objective| isolated(&objective.name));
            document.paragraph(&format!("For {name}:"));
            document.list(points);
        }
    }

    document.heading("What is next");
    teller.next(&mut document, NEXT);
    document.paragraph(&teller.whole());
    document
}

/// "Sprint from 9 Nov to 22 Nov: 7 items finished, 21 of 24 committed points".
fn sprint(teller: &Teller, finished: usize) -> String {
    let outlook = teller.outlook;
    let span = teller.sprint;
    let period = outlook.past.periods.iter().find(|period| period.start == span.start);
    let amount = match period.map(|period| (say::number(period.finished), period.committed.map(say::number))) {
        Some((finished, Some(committed))) => {
            format!(", {finished} of {committed} committed {}", say::unit(outlook.plan.unit))
        }
        Some((finished, None)) if outlook.plan.unit == crate::plan::Unit::Points => format!(", {finished} points"),
        _ => String::new(),
    };
    let so_far = if span.end >= outlook.settings.today { " so far" } else { "" };
    let (from, to) = (teller.day(span.start), teller.day(span.end));
    format!("Sprint from {from} to {to}: {} finished{so_far}{amount}.", say::items(finished))
}

fn told(teller: &Teller, item: &Item) -> String {
    match say::effect(teller.outlook, item) {
        Some(effect) => format!("{}: {}", named(item), isolated(&effect)),
        None => named(item),
    }
}
