//! What an export leaves out of this plan, in sentences.

use crate::error::Result;
use crate::exchange::write::TableFormat;
use crate::exchange::{self, Field, ReadOptions};
use crate::plan::{Item, Plan};
use crate::session::say;

/// Of a part of an item: what it is called, what of it may not come back where there is a column for it, and why.
type Loss = (Field, &'static str, &'static str, &'static str);

/// Every part of an item in turn, with what can be lost of it.
macro_rules! parts {
    ($($part:ident $field:ident $noun:literal $detail:literal $why:literal;)*) => {
        const PARTS: &[Loss] = &[$((Field::$field, $noun, $detail, $why)),*];

        /// Counts for each part whether it differs.
        fn differ(counts: &mut [usize], item: &Item, back: &Item) {
            let differs = [$(item.$part != back.$part),*];
            counts.iter_mut().zip(differs).for_each(|(count, differs)| *count += usize::from(differs));
        }
    };
}

parts! {
    title Title "a title" "line breaks or outer spaces in the title" "leaves them out";
    kind Kind "a type of their own" "a type of their own" "has no such type there and takes the nearest";
    status Status "a status" "a status" "has no such status";
    size Size "a size" "a size range" "holds one number, the likely one";
    remaining Remaining "a remainder" "a remainder" "";
    story Story "a story" "a story" "";
    criteria Criteria "acceptance criteria" "acceptance criteria" "";
    inputs Inputs "scoring inputs" "scoring inputs" "";
    objective Objective "an objective" "an objective" "";
    effect Effect "an expected effect" "an expected effect" "";
    moscow Moscow "a MoSCoW class" "a MoSCoW class" "";
    parent Parent "a parent" "a parent by another name" "reads it as the item of that name";
    needs Needs "needs" "needs by other names" "reads them as the items of these names";
    tags Tags "tags" "tags with spaces or separators" "holds them with _ instead";
    team Team "a team" "the only team" "says it in a column of its own alone";
    sprint Sprint "a sprint" "a sprint with outer spaces or separators" "holds it without";
    blocked Blocked "a reason to wait" "a reason to wait" "holds none that is empty";
    ready Ready "points ticked as ready" "points ticked as ready" "";
    not_before NotBefore "a first day" "a first day" "";
    created Created "a day of creation" "a day of creation" "reads only days from 1900 to 2200";
    started Started "a first day of work" "a first day of work" "reads only days from 1900 to 2200";
    finished Finished "a last day of work" "a last day of work while they are open" "has one only for what is closed";
    usage Usage "usage" "usage" "";
    notes Notes "notes" "notes with outer spaces or other line breaks" "holds them without";
    link Link "a link" "a link with outer spaces" "holds it without";
}

/// What a table of the items loses.
///
/// # Errors
/// As the reader's, which has what the writer wrote.
pub(super) fn of_table(format: &TableFormat, plan: &Plan) -> Result<Vec<String>> {
    let mut notes = Vec::new();
    if plan.items.is_empty() {
        return Ok(notes);
    }
    // What really comes back, not what ought to.
    let options = ReadOptions { format: Some(format.format.to_owned()), ..ReadOptions::default() };
    let mut back = exchange::read(format.write(plan)?.as_bytes(), &options)?.rows.into_iter().map(|row| row.item);
    let mut next = back.next();
    let mut counts = vec![0; PARTS.len()];
    let (mut columns, mut whole, mut unnumbered) = (0, 0, 0);
    for item in plan.items.iter() {
        if let Some(read) = next.as_ref().filter(|read| read.id == item.id) {
            differ(&mut counts, item, read);
            columns += usize::from(item.columns.iter().any(|(header, cell)| read.columns.get(header) != Some(cell)));
            next = back.next();
        } else {
            whole += 1;
        }
        unnumbered += usize::from(!item.id.bytes().all(|b| b.is_ascii_digit()));
    }
    let tool = format.tool;
    for ((field, noun, detail, why), count) in PARTS.iter().zip(counts).filter(|(_, count)| *count > 0) {
        notes.push(match format.holds(*field) {
            true => format!("{} {detail}: {tool} {why}", has(count)),
            false => format!("{} {noun}: {tool} has no column for it", has(count)),
        });
    }
    if columns > 0 {
        notes.push(format!(
            "{} further columns of an import that this format has of its own: its own stand there",
            has(columns)
        ));
    }
    if whole > 0 {
        notes.push(format!("{} an id that {tool} cannot hold", has(whole)));
    }
    if unnumbered > 0 && format.format == "azure-csv" {
        notes.push(format!(
            "{} an id that is no number: it stands in the column Key, and Azure DevOps gives a number",
            has(unnumbered)
        ));
    }
    notes.extend(beside(plan));
    Ok(notes)
}

/// What a report of the plan loses: it shows the remaining work, and is not read as a plan again.
pub(super) fn of_report(plan: &Plan) -> Vec<String> {
    let mut notes = Vec::new();
    let mut counts = vec![0; PARTS.len()];
    let closed = plan.items.iter().filter(|item| !item.status.is_open()).count();
    if closed > 0 {
        notes.push(format!("{} been done or declined: the backlog shows what is left", has(closed)));
    }
    for item in plan.items.iter().filter(|item| item.status.is_open()) {
        let Item { id, title, status, size, objective, .. } = (**item).clone();
        differ(&mut counts, item, &Item { id, title, status, size, objective, ..Item::default() });
    }
    for ((_, noun, ..), count) in PARTS.iter().zip(counts).filter(|(_, count)| *count > 0) {
        notes.push(format!("{} {noun}: the report does not show it", has(count)));
    }
    notes.extend(beside(plan));
    notes
}

fn has(count: usize) -> String {
    format!("{} {}", say::items(count), if count == 1 { "has" } else { "have" })
}

/// What a plan has beside its items.
fn beside(plan: &Plan) -> Option<String> {
    let sprints = plan.history.sprints.len();
    let parts: Vec<String> = [
        (plan.objectives.len(), "objective", "objectives"),
        (sprints, "past sprint", "past sprints"),
        (plan.teams.len(), "team", "teams"),
        (plan.requests.len(), "request", "requests"),
        (plan.decisions.len(), "decision", "decisions"),
        (plan.scenarios.len(), "scenario", "scenarios"),
        (plan.promises.len(), "promise", "promises"),
        (plan.views.len(), "saved view", "saved views"),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
    .collect();
    let names: Vec<&str> = parts.iter().map(String::as_str).collect();
    (!names.is_empty()).then(|| format!("only a file of the whole plan holds {}", say::listed(&names)))
}
