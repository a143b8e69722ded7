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
    document.paragraph(sprint(teller, finished.len()));
    teller.outcomes(&mut document, usize::MAX);

    document.heading("What was finished, and for what");
    if finished.is_empty() {
        document.paragraph("No item was finished in this sprint.");
    }
    let mut group = |name: &str, serves: &dyn Fn(&Item) -> bool| {
        let points: Vec<String> = finished.iter().filter(|item| serves(item)).map(|item| told(teller, item)).collect();
        if !points.is_empty() {
            document.paragraph(format!("For {name}:"));
            document.list(points);
        }
    };
    for objective in plan.objectives.iter() {
        group(&isolated(&objective.name), &|item| item.objective.as_ref() == Some(&objective.id));
    }
    group("no objective", &|item| item.objective.as_deref().is_none_or(|id| plan.objective(id).is_none()));

    document.heading("What is next");
    teller.next(&mut document, NEXT);
    document.paragraph(teller.whole());
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
