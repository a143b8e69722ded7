//! Usage: what an analytics tool counted finds its items, and fills their reach.
//!
//! A name finds its items by what was mapped, by what was read for them before, by key or title, then by tag. Where
//! several rows are of one item, the largest number of users is taken, as the same person may stand behind each, and the
//! counts add up.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::apply::unknown;
use super::command::{Command, ItemPatch};
use super::planner::Planner;
use super::say;
use super::view::Link;
use crate::error::{Result, pointer};
use crate::exchange::{self, Rejected};
use crate::plan::{CivilDate, Item, Plan, Usage};
use crate::range::Uncertain;

/// How a usage file is to be read.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct UsageOptions {
    /// The name of the file, which is kept beside what was read.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub file: String,
    /// The item of each event, feature or page, by id; empty for none. What is not named here is found by itself.
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "Record<string, string>"))]
    pub mapping: BTreeMap<String, String>,
    /// Whether a reach that somebody gave by hand is written over.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub overwrite: bool,
    /// Where there is a number for each day: whether it counts events, and not people.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub totals: Option<bool>,
    /// The day on which it is read.
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub today: Option<CivilDate>,
}

/// What a usage file says, and what it would fill. The rows found are always `matched + unmatched + rejected.length`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct UsageReport {
    /// Rows found.
    pub read: usize,
    /// Rows that are of an item.
    pub matched: usize,
    /// Rows that are of none.
    pub unmatched: usize,
    /// Rows that say nothing, and why.
    pub rejected: Vec<Rejected>,
    /// The same as a sentence: "Pendo, 1 to 30 Nov 2026: 12 rows read, 9 matched, 2 unmatched, 1 rejected".
    pub sentence: String,
    /// Every event, feature or page, in the order of the file.
    pub rows: Vec<UsageRow>,
    /// The items that get something, in the order of the plan.
    pub fills: Vec<UsageFill>,
    /// Whether some reach was given by hand, and stays unless it is to be written over.
    pub by_hand: bool,
    /// Whether there is a number for each day.
    pub by_day: bool,
    /// Whether that number counts events, and not people.
    pub totals: bool,
    /// What a person should know, in sentences; empty where there is nothing.
    pub notes: String,
    /// What would take it in, as one step; absent where no row is of an item.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "Command"))]
    pub command: Option<Command>,
}

/// An event, a feature or a page.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct UsageRow {
    /// As it stands in the file.
    pub name: String,
    /// How many rows of the file have this name.
    pub rows: usize,
    /// By how many people it was used: "1,240 users", "at least 310 users", "3,400 events".
    pub used: String,
    /// The items that it is of, by id.
    pub items: Vec<String>,
    /// The items that it may be of, the likeliest first; empty where it has found one.
    pub guesses: Vec<Link>,
    #[serde(skip)]
    sum: Sum,
}

/// What an item gets.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct UsageFill {
    /// The item.
    pub id: String,
    /// What it is.
    pub title: String,
    /// "reach 1,240 instead of 300", "reach stays 300, as given by hand".
    pub sentence: String,
}

/// So many names without an item are compared with all titles.
const GUESSED: usize = 200;
/// So many items are proposed for each.
const GUESSES: usize = 5;
/// Words begin alike with so many letters: export, exported, exporting.
const STEM: usize = 5;

/// The numbers of all rows that are of one thing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Sum {
    users: Option<f64>,
    count: Option<f64>,
    /// How many numbers of users there were.
    counted: usize,
}

impl Sum {
    fn add(&mut self, users: Option<f64>, count: Option<f64>, counted: usize) {
        if let Some(users) = users {
            self.users = Some(self.users.unwrap_or_default().max(users));
            self.counted += counted;
        }
        if let Some(count) = count {
            self.count = Some(self.count.unwrap_or_default() + count);
        }
    }
}

impl Planner {
    /// What a file of an analytics tool says of the plan's items: Amplitude's, Pendo's or another table of names with users
    /// or counts. None where the file is something else. Nothing changes; the report's command takes it in.
    ///
    /// # Errors
    /// When the file cannot be read, with the place in it; [`Code::UnknownId`](crate::error::Code::UnknownId) for an item that the mapping names.
    pub fn usage(&self, bytes: &[u8], options: &UsageOptions) -> Result<Option<UsageReport>> {
        let Some(reading) = exchange::usage(bytes, &options.file, options.totals)? else { return Ok(None) };
        let plan = self.plan();
        let places = plan.places();
        for (name, id) in &options.mapping {
            if !id.is_empty() && !places.contains_key(id.as_str()) {
                return Err(unknown(id).at(format!("/mapping/{}", pointer(name))));
            }
        }
        // Rows of one name are one.
        let mut known: HashMap<&str, usize> = HashMap::new();
        let mut rows: Vec<UsageRow> = Vec::new();
        for line in &reading.lines {
            let place = known.get(line.name.as_str()).copied().unwrap_or(rows.len());
            if place == rows.len() {
                known.insert(&line.name, place);
                rows.push(UsageRow { name: line.name.clone(), ..UsageRow::default() });
            }
            if let Some(row) = rows.get_mut(place) {
                row.rows += 1;
                row.sum.add(line.users, line.count, if reading.by_day { 2 } else { 1 });
            }
        }
        let finder = Finder::new(plan);
        let mut of_item: Vec<Vec<u32>> = vec![Vec::new(); plan.items.len()];
        let (mut matched, mut several, mut without) = (0, false, 0);
        for (row, k) in rows.iter_mut().zip(0..) {
            let found = match options.mapping.get(&row.name) {
                Some(id) => places.get(id.as_str()).map(|place| *place as u32).into_iter().collect(),
                None => finder.find(plan, &row.name),
            };
            row.used = used(row.sum.users, row.sum.counted > 1, row.sum.count);
            several |= row.sum.counted > 1;
            if found.is_empty() {
                without += 1;
                if without <= GUESSED {
                    row.guesses = finder.guess(plan, &row.name);
                }
            } else {
                matched += row.rows;
            }
            for place in found {
                if let (Some(item), Some(of_one)) = (plan.items.get(place as usize), of_item.get_mut(place as usize)) {
                    row.items.push(item.id.clone());
                    of_one.push(k);
                    several |= of_one.len() > 1;
                }
            }
        }
        let read = Some(plan.newest_day());
        let (mut commands, mut fills, mut by_hand, mut people) = (Vec::new(), Vec::new(), false, false);
        for (item, of_one) in plan.items.iter().zip(&of_item) {
            let reach = item.inputs.get("reach").copied();
            let own = reach.is_some() && reach != reach_read(item);
            let mut aim = (**item).clone();
            let mut usage = aim.usage.take().unwrap_or_default();
            // By other names it is found in other files.
            usage.names.retain(|name| !known.contains_key(name.as_str()));
            if of_one.is_empty() && usage.names.is_empty() && !own {
                // What is mapped elsewhere is no longer of the item that it was of.
                aim.inputs.remove("reach");
            }
            if !of_one.is_empty() {
                let mut sum = Sum::default();
                for row in of_one.iter().filter_map(|k| rows.get(*k as usize)) {
                    sum.add(row.sum.users, row.sum.count, row.sum.counted);
                    usage.names.push(row.name.clone());
                }
                usage = Usage {
                    users: sum.users,
                    at_least: sum.counted > 1,
                    count: sum.count,
                    source: reading.source.clone(),
                    file: options.file.clone(),
                    from: reading.from,
                    to: reading.to,
                    read: options.today.or(read),
                    names: usage.names,
                };
                let users = sum.users.filter(|_| options.overwrite || !own);
                by_hand |= own && sum.users.is_some();
                people |= sum.users.is_some();
                let sentence = fill(&usage, reach, users.is_some());
                if let Some(users) = users {
                    aim.inputs.insert("reach".to_owned(), users.into());
                }
                fills.push(UsageFill { id: item.id.clone(), title: item.title.clone(), sentence });
            }
            if !usage.names.is_empty() {
                aim.usage = Some(usage);
            }
            if aim != **item {
                let patch = Box::new(ItemPatch::between(item, &aim));
                commands.push(Command::EditItem { id: aim.id, patch });
            }
        }
        let mut notes = String::new();
        if reading.guessed {
            notes.push_str(
                "Nothing in the file says whether its numbers count people or events: they are taken for people. ",
            );
        }
        if several {
            notes.push_str("Where several numbers are of one thing the largest one of users is taken, as the same person may stand behind each; counts add up. ");
        }
        if !fills.is_empty() && !people {
            notes.push_str("The file counts events and no people: reach stays as it is. ");
        }
        let (rejected, unmatched) = (reading.rejected.len(), reading.lines.len() - matched);
        let (source, lines) = (&reading.source, if reading.read == 1 { "row" } else { "rows" });
        let source = if source.is_empty() { "A table of usage" } else { source };
        let span = span(reading.from, reading.to).map(|span| format!(", {span}")).unwrap_or_default();
        let read = reading.read;
        let label = format!("take in the usage of {}", say::items(fills.len()));
        Ok(Some(UsageReport {
            sentence: format!(
                "{source}{span}: {read} {lines} read, {matched} matched, {unmatched} unmatched, {rejected} rejected"
            ),
            read,
            matched,
            unmatched,
            rejected: reading.rejected,
            rows,
            command: (!commands.is_empty()).then_some(Command::Batch { label, commands }),
            fills,
            by_hand,
            by_day: reading.by_day,
            totals: reading.totals,
            notes,
        }))
    }
}

/// Places in the plan's list, each with a text that leads there; in order.
type Index = Vec<(String, u32)>;

fn of(index: &Index, text: &str) -> Vec<u32> {
    let begin = index.partition_point(|(known, _)| known.as_str() < text);
    let mut found = Vec::new();
    for (known, place) in index.iter().skip(begin) {
        if known != text {
            break;
        }
        found.push(*place);
    }
    found
}

/// The items of a plan by what leads to them.
#[derive(Default)]
struct Finder {
    /// What was read for them before.
    names: Index,
    /// Their keys and titles.
    titles: Index,
    tags: Index,
    /// How the words of their titles begin.
    stems: Index,
    /// How many words their titles have.
    words: Vec<usize>,
}

impl Finder {
    fn new(plan: &Plan) -> Self {
        let mut finder = Self::default();
        for (item, place) in plan.items.iter().zip(0..) {
            for name in item.usage.iter().flat_map(|usage| &usage.names) {
                finder.names.push((name.clone(), place));
            }
            for text in [&item.id, &item.title] {
                finder.titles.push((exchange::key(text), place));
            }
            for tag in &item.tags {
                finder.tags.push((exchange::key(tag), place));
            }
            let stems = stems(&item.title);
            finder.words.push(stems.len());
            for stem in stems {
                finder.stems.push((stem, place));
            }
        }
        for index in [&mut finder.names, &mut finder.titles, &mut finder.tags, &mut finder.stems] {
            crate::sort::set(index);
        }
        finder
    }

    /// The items that a name is of: those that are open, where some are.
    fn find(&self, plan: &Plan, name: &str) -> Vec<u32> {
        let key = exchange::key(name);
        let mut found = of(&self.names, name);
        for index in [&self.titles, &self.tags] {
            if found.is_empty() && !key.is_empty() {
                found = of(index, &key);
            }
        }
        let is_open = |place: &u32| plan.items.get(*place as usize).is_some_and(|item| item.status.is_open());
        if found.iter().any(is_open) {
            found.retain(is_open);
        }
        found
    }

    /// The items whose titles share the most words with a name.
    fn guess(&self, plan: &Plan, name: &str) -> Vec<Link> {
        // A word that so many items have tells none from another.
        const COMMON: usize = 1_000;
        let words = stems(name);
        let mut shared = vec![0; self.words.len()];
        let mut places = Vec::new();
        for found in words.iter().map(|stem| of(&self.stems, stem)).filter(|found| found.len() < COMMON) {
            for place in found {
                if let Some(shared) = shared.get_mut(place as usize) {
                    *shared += 1_000;
                    places.push(place as usize);
                }
            }
        }
        let mut guesses = Vec::new();
        while guesses.len() < GUESSES {
            let mut best = (0, 0);
            for place in &places {
                let all = words.len() + self.words.get(*place).copied().unwrap_or_default();
                let alike = shared.get(*place).copied().unwrap_or_default() / all.max(1);
                if alike > best.0 || (alike == best.0 && *place < best.1) {
                    best = (alike, *place);
                }
            }
            let (Some(item), Some(shared), 1..) = (plan.items.get(best.1), shared.get_mut(best.1), best.0) else {
                break;
            };
            *shared = 0;
            guesses.push(Link { id: item.id.clone(), title: item.title.clone(), status: Some(item.status) });
        }
        guesses
    }
}

/// How the words of a text begin, each once.
fn stems(text: &str) -> Vec<String> {
    let mut stems = Vec::new();
    for word in exchange::plain(text).split(' ').filter(|word| word.len() > 2) {
        stems.push(word.chars().take(STEM).collect());
    }
    crate::sort::set(&mut stems);
    stems
}

/// The reach that came from what was read.
fn reach_read(item: &Item) -> Option<Uncertain> {
    item.usage.as_ref()?.users.map(Uncertain::Exact)
}

fn reached(reach: Uncertain) -> String {
    match reach {
        Uncertain::Exact(value) => say::number(value),
        Uncertain::Range(range) => format!("{}–{}", say::number(range.low), say::number(range.high)),
    }
}

/// "1,240 users", "at least 310 users", "3,400 events".
fn used(users: Option<f64>, at_least: bool, count: Option<f64>) -> String {
    let of = |number: f64, word: &str| {
        let text = say::number(number);
        format!("{text} {word}{}", if text == "1" { "" } else { "s" })
    };
    match (users, count) {
        (Some(users), _) => format!("{}{}", if at_least { "at least " } else { "" }, of(users, "user")),
        (None, count) => of(count.unwrap_or_default(), "event"),
    }
}

/// What becomes of an item's reach.
fn fill(usage: &Usage, given: Option<Uncertain>, reach: bool) -> String {
    let users = usage.users.map(say::number).unwrap_or_default();
    match given.map(reached) {
        Some(given) if reach && given != users => format!("reach {users} instead of {given}"),
        _ if reach => format!("reach {users}"),
        Some(given) if usage.users.is_some() => format!("reach stays {given}, as given by hand"),
        _ => format!("{}: reach stays as it is", used(None, false, usage.count)),
    }
}

/// "1 to 30 Nov 2026".
fn span(from: Option<CivilDate>, to: Option<CivilDate>) -> Option<String> {
    let (from, to) = (from?, to?);
    let whole = |day: CivilDate| format!("{} {}", day.spoken(day), day.year());
    Some(match (from.year() == to.year(), from.month() == to.month()) {
        _ if from == to => whole(to),
        (true, true) => format!("{} to {}", from.day(), whole(to)),
        (true, false) => format!("{} to {}", from.spoken(from), whole(to)),
        (false, _) => format!("{} to {}", whole(from), whole(to)),
    })
}

/// Where an item's number came from and when: "reach: 1,240 users, Amplitude, 1 to 30 Nov 2026".
pub(super) fn sentence(item: &Item) -> Option<String> {
    let usage = item.usage.as_ref()?;
    let number = used(usage.users, usage.at_least, usage.count);
    let source = if usage.source.is_empty() { &usage.file } else { &usage.source };
    let read = || usage.read.map(|day| format!("read on {} {}", day.spoken(day), day.year()));
    let mut said = number;
    for part in [Some(source.clone()).filter(|source| !source.is_empty()), span(usage.from, usage.to).or_else(read)] {
        part.into_iter().for_each(|part| said = format!("{said}, {part}"));
    }
    let reach = item.inputs.get("reach").copied();
    Some(match reach {
        Some(_) if reach == reach_read(item) => format!("reach: {said}"),
        Some(_) => format!("usage: {said}; reach was given by hand"),
        None => format!("usage: {said}"),
    })
}
