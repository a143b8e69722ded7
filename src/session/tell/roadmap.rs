//! The roadmap: now, next and later, and by quarter.

use super::{Teller, cells, named};
use crate::exchange::write::{Document, isolated};
use crate::plan::{CivilDate, Item, MAX_LEVELS, Status};
use crate::session::outlook::GroupKey;

/// How many rows a table has at most.
const MOST: usize = 50;
/// How many sprints after the running one are next.
const NEXT: u32 = 3;

/// An epic with all its open work, or an item that belongs to none.
struct Theme<'a> {
    item: &'a Item,
    /// Its objective, else that of its first item.
    purpose: String,
    begun: bool,
    sure: Option<CivilDate>,
}

pub(super) fn document(teller: &Teller) -> Document {
    let mut document = teller.titled("Roadmap");
    teller.outcomes(&mut document, usize::MAX);
    let themes = themes(teller);
    let (now, next) = (teller.outlook.sprint(1).end, teller.outlook.sprint(1 + NEXT).end);
    let by = |theme: &Theme, end| theme.sure.is_some_and(|day| day <= end);
    let (now_day, next_day) = (teller.day(now), teller.day(next));
    let is_now = |theme: &Theme| theme.begun || by(theme, now);
    table(teller, &mut document, &format!("Now: begun, or 85 % sure by {now_day}"), &themes, &is_now);
    let is_next = |theme: &Theme| !is_now(theme) && by(theme, next);
    table(teller, &mut document, &format!("Next: 85 % sure by {next_day}"), &themes, &is_next);
    let is_later = |theme: &Theme| !is_now(theme) && !by(theme, next);
    table(teller, &mut document, "Later", &themes, &is_later);
    by_quarter(&mut document, &themes);
    document.paragraph(&teller.whole());
    document
}

/// The remaining work in order, each epic where its first item stands.
fn themes<'a>(teller: &Teller<'a>) -> Vec<Theme<'a>> {
    let outlook = teller.outlook;
    let plan = &outlook.plan;
    let places = plan.places();
    let mut at = vec![None; plan.items.len()];
    let mut themes: Vec<Theme> = Vec::new();
    for (rank, work) in outlook.work.iter().enumerate() {
        let Some(own) = plan.items.get(work.index) else { continue };
        let mut place = work.index;
        for _ in 0..MAX_LEVELS {
            let parent = plan.items.get(place).and_then(|item| item.parent.as_deref());
            let Some(above) = parent.and_then(|id| places.get(id)) else { break };
            place = *above;
        }
        let Some(item) = plan.items.get(place) else { continue };
        let begun = own.status == Status::InProgress;
        match at.get(place).copied().flatten().and_then(|k: usize| themes.get_mut(k)) {
            Some(theme) => theme.begun |= begun,
            None => {
                let lands = match outlook.group(&GroupKey::Epic(item.id.clone())) {
                    Some(finish) => Some(outlook.days_of(&finish)),
                    None => outlook.lands(rank),
                };
                at.get_mut(place).into_iter().for_each(|slot| *slot = Some(themes.len()));
                let purpose = [item, own].iter().map(|item| teller.purpose(item)).find(|name| !name.is_empty());
                let purpose = purpose.unwrap_or_default();
                themes.push(Theme { item, purpose, begun, sure: lands.and_then(|lands| lands.p85) });
            }
        }
    }
    themes
}

fn table(teller: &Teller, document: &mut Document, heading: &str, themes: &[Theme], wanted: &dyn Fn(&Theme) -> bool) {
    // What nothing is for has no column of blanks.
    let serving = themes.iter().any(|theme| !theme.purpose.is_empty());
    let mut rows = vec![cells(if serving { &["What", "For", "85 % sure by"] } else { &["What", "85 % sure by"] })];
    let mut more = 0;
    for theme in themes.iter().filter(|theme| wanted(theme)) {
        if rows.len() > MOST {
            more += 1;
            continue;
        }
        let purpose = serving.then(|| theme.purpose.clone());
        rows.push([Some(named(theme.item)), purpose, Some(teller.sure_by(theme.sure))].into_iter().flatten().collect());
    }
    document.heading(heading);
    if rows.len() == 1 {
        document.paragraph("Nothing.");
    }
    document.table(rows);
    if more > 0 {
        document.paragraph(&format!("And {} more.", crate::session::say::thousands(more)));
    }
}

fn by_quarter(document: &mut Document, themes: &[Theme]) {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for theme in themes {
        let Some(day) = theme.sure else { continue };
        let quarter = format!("{} Q{}", day.year(), (day.month() - 1) / 3 + 1);
        let title = isolated(&theme.item.title);
        let of = |row: &&mut Vec<String>| row.first() == Some(&quarter) && row.get(1) == Some(&theme.purpose);
        match rows.iter_mut().find(of) {
            Some(row) => row.last_mut().into_iter().for_each(|cell| cell.push_str(&format!(", {title}"))),
            None => {
                let place = rows.partition_point(|row| row.first().is_some_and(|head| *head <= quarter));
                rows.insert(place, vec![quarter, theme.purpose.clone(), title]);
            }
        }
    }
    if !rows.is_empty() {
        rows.insert(0, cells(&["Quarter", "For", "Landed by its end, 85 % sure"]));
        document.heading("By quarter");
        document.table(rows);
    }
}
