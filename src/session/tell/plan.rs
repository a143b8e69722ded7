//! The plan as a document: the headline, the objectives, and the remaining work as a table.

use super::{Teller, cells};
use crate::exchange::write::{Document, isolated};
use crate::plan::{Status, Unit};
use crate::session::say;

pub(super) fn document(teller: &Teller) -> Document {
    let outlook = teller.outlook;
    let plan = &outlook.plan;
    let mut document = teller.titled("Plan");
    document.paragraph(&teller.whole());

    let mut rows = vec![cells(&["Objective", "Where it stands", "Its work", "85 % sure by"])];
    for view in teller.objectives() {
        let due = view.objective.due.zip(view.chance_text.as_deref());
        let chance = due.map(|(due, chance)| format!("{chance} likely by {}", teller.day(due)));
        let sure = teller.sure_by(view.lands.p85);
        rows.push(vec![
            view.objective.name.clone(),
            teller.stands(&view),
            chance.unwrap_or_else(|| teller.work_for(&view)),
            sure,
        ]);
    }
    if rows.len() > 1 {
        document.heading("Objectives");
        document.table(rows);
    }

    let mut rows = vec![cells(&["Rank", "Key", "Item", "Status", "Size", "Objective", "85 % sure by"])];
    for (rank, item) in outlook.work_items().enumerate() {
        rows.push(vec![
            (rank + 1).to_string(),
            isolated(&item.id),
            isolated(&item.title),
            (if item.status == Status::InProgress { "in progress" } else { "to do" }).to_owned(),
            item.size.filter(|_| plan.unit == Unit::Points).map(|size| size.to_string()).unwrap_or_default(),
            teller.purpose(item),
            teller.sure_by(outlook.lands(rank).and_then(|lands| lands.p85)),
        ]);
    }
    document.heading("Backlog");
    // Where no item has a size or an objective, a column for it tells nothing.
    let empty =
        [4, 5].map(|column| (column, rows.iter().skip(1).all(|row| row.get(column).is_none_or(String::is_empty))));
    for row in &mut rows {
        let mut place = 0..;
        row.retain(|_| place.next().is_some_and(|place| !empty.contains(&(place, true))));
    }
    if rows.len() == 1 {
        document.paragraph("Nothing is left to do.");
    }
    document.table(rows);
    let notes = say::notes(outlook);
    if !notes.is_empty() {
        document.heading("What the dates assume");
        document.list(notes);
    }
    document
}
