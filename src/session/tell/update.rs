//! The stakeholder update: the sprint review for people who read one screen.

use super::{Teller, named};
use crate::exchange::write::{Document, isolated};

/// How many points a list has at most, so that all of it fits a screen.
const MOST: usize = 5;

pub(super) fn document(teller: &Teller) -> Document {
    let outlook = teller.outlook;
    let today = outlook.settings.today;
    let mut document = teller.titled("Update");
    teller.outcomes(&mut document, MOST);

    document.heading(&format!("Delivered since {}", teller.day(teller.sprint.start)));
    let mut delivered = Vec::new();
    for item in teller.finished(today) {
        let purpose = teller.purpose(item);
        delivered.push(if purpose.is_empty() { named(item) } else { format!("{}, for {purpose}", named(item)) });
    }
    if delivered.is_empty() {
        document.paragraph("Nothing was finished since.");
    }
    teller.capped(&mut document, delivered, MOST);

    let mut decided = Vec::new();
    for decision in outlook.plan.decisions.iter().rev() {
        if decision.date.is_some_and(|day| day >= teller.sprint.start && day <= today) {
            decided.push(format!("{}: {}", isolated(&decision.what), isolated(&decision.why)));
        }
    }
    if !decided.is_empty() {
        document.heading("Decided");
        teller.capped(&mut document, decided, MOST);
    }

    document.heading("Next");
    teller.next(&mut document, MOST);
    document.paragraph(&teller.whole());
    document
}
