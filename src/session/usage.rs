//! Usage: what an analytics tool counted finds its items, and fills their reach.
//!
//! A name finds its items by what was mapped, by what was read for them before, by key or title, then by tag. Where
//! several rows are of one item, the largest number of users is taken, as the same person may stand behind each, and the
//! counts add up.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::apply::{put, unknown};
use super::command::{Change, Command, ItemUsage};
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
    /// What counted: "Amplitude", "Pendo"; empty where nothing says so.
    pub source: String,
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
    /// Every event, feature or page, in the order of the file: those without an item first.
    pub rows: Vec<UsageRow>,
    /// The items that get something, in the order of the plan.
    pub fills: Vec<UsageFill>,
    /// Whether some reach was given by hand, and stays unless it is to be written over.
    pub by_hand: bool,
    /// Whether there is a number for each day.
    pub by_day: bool,
    /// Whether that number counts events, and not people.
    pub totals: bool,
    /// What a person should know.
    pub notes: Vec<String>,
    /// What would take it in; absent where no row is of an item.
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
#[derive(Clone, Default)]
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
        // Rows of one name are one.
        let mut known: HashMap<&str, usize> = HashMap::new();
        let mut names: Vec<(UsageRow, Sum)> = Vec::new();
        for line in &reading.lines {
            let place = *known.entry(&line.name).or_insert(names.len());
            if place == names.len() {
                names.push((UsageRow { name: line.name.clone(), ..UsageRow::default() }, Sum::default()));
            }
            if let Some((row, sum)) = names.get_mut(place) {
                row.rows += 1;
                sum.add(line.users, line.count, if reading.by_day { 2 } else { 1 });
            }
        }
        let finder = Finder::new(plan);
        let mut of_item: Vec<(u32, usize)> = Vec::new();
        let mut without = 0;
        for (k, (row, sum)) in names.iter_mut().enumerate() {
            let found = match options.mapping.get(&row.name) {
                Some(id) if id.is_empty() => Vec::new(),
                Some(id) => match places.get(id.as_str()) {
                    Some(place) => vec![*place as u32],
                    None => return Err(unknown(id).at(format!("/mapping/{}", pointer(&row.name)))),
                },
                None => finder.find(plan, &row.name),
            };
            row.used = used(sum.users, sum.counted > 1, sum.count);
            row.items =
                found.iter().filter_map(|place| plan.items.get(*place as usize)).map(|i| i.id.clone()).collect();
            of_item.extend(found.iter().map(|place| (*place, k)));
            if found.is_empty() {
                without += 1;
                if without <= GUESSED {
                    row.guesses = finder.guess(plan, &row.name);
                }
            }
        }
        crate::sort::by(&mut of_item, |a, b| a.cmp(b));
        let read = options.today.unwrap_or_else(|| plan.newest_day());
        let mut taken: Vec<ItemUsage> = Vec::new();
        let (mut fills, mut by_hand, mut filled) = (Vec::new(), false, 0);
        for of_one in of_item.chunk_by(|a, b| a.0 == b.0) {
            let Some(item) = of_one.first().and_then(|(place, _)| plan.items.get(*place as usize)) else { continue };
            let mut sum = Sum::default();
            let mut usage = Usage {
                source: reading.source.clone(),
                file: options.file.clone(),
                from: reading.from,
                to: reading.to,
                read: Some(read),
                ..Usage::default()
            };
            for (row, one) in of_one.iter().filter_map(|(_, k)| names.get(*k)) {
                sum.add(one.users, one.count, one.counted);
                usage.names.push(row.name.clone());
            }
            // By other names it is found in other files.
            let before = item.usage.iter().flat_map(|usage| &usage.names);
            usage.names.extend(before.filter(|name| !known.contains_key(name.as_str())).cloned());
            (usage.users, usage.count, usage.at_least) = (sum.users, sum.count, sum.counted > 1);
            usage.check().map_err(|e| e.within(&format!("/mapping/{}", pointer(&item.id))))?;
            let given = item.inputs.get("reach");
            let own = given.is_some() && given.copied() != reach_read(item);
            let reach = usage.users.is_some() && (options.overwrite || !own);
            by_hand |= own && usage.users.is_some();
            filled += usize::from(reach);
            fills.push(UsageFill {
                id: item.id.clone(),
                title: item.title.clone(),
                sentence: fill(&usage, given, reach),
            });
            taken.push(ItemUsage { id: item.id.clone(), usage: Some(usage), reach });
        }
        // What was mapped elsewhere is no longer of the item that it was of.
        for item in plan.items.iter() {
            let Some(usage) = &item.usage else { continue };
            let mut usage = usage.clone();
            usage.names.retain(|name| !known.contains_key(name.as_str()));
            let kept = item.usage.as_ref().is_some_and(|before| before.names.len() == usage.names.len());
            if !kept && !taken.iter().any(|one| one.id == item.id) {
                let usage = Some(usage).filter(|usage| !usage.names.is_empty());
                taken.push(ItemUsage { id: item.id.clone(), usage, reach: false });
            }
        }
        let rows_of =
            |has: bool| names.iter().filter(|(row, _)| row.items.is_empty() != has).map(|(row, _)| row.rows).sum();
        let (matched, unmatched): (usize, usize) = (rows_of(true), rows_of(false));
        let mut notes = Vec::new();
        if reading.by_day {
            notes.push(
                match reading.guessed && options.totals.is_none() {
                    true => {
                        "nothing in the file says whether its numbers count people or events: they are taken for people"
                    }
                    false => "the file has a number for each day",
                }
                .to_owned(),
            );
        }
        if names.iter().any(|(_, sum)| sum.counted > 1) || of_item.chunk_by(|a, b| a.0 == b.0).any(|one| one.len() > 1)
        {
            notes.push("where several numbers are of one item the largest one of users is taken, as the same person may stand behind each; counts add up".to_owned());
        }
        if !fills.is_empty() && filled == 0 && !by_hand {
            notes.push("the file counts events and no people: reach stays as it is".to_owned());
        }
        let totals = reading.by_day && reading.lines.first().is_some_and(|line| line.users.is_none());
        let source = if reading.source.is_empty() { "A table of usage" } else { &reading.source };
        let (mut rows, found): (Vec<UsageRow>, Vec<UsageRow>) =
            names.into_iter().map(|(row, _)| row).partition(|row| row.items.is_empty());
        rows.extend(found);
        Ok(Some(UsageReport {
            sentence: format!(
                "{source}{}: {} read, {matched} matched, {unmatched} unmatched, {} rejected",
                span(reading.from, reading.to).map(|span| format!(", {span}")).unwrap_or_default(),
                if reading.read == 1 { "1 row".to_owned() } else { format!("{} rows", reading.read) },
                reading.rejected.len(),
            ),
            source: reading.source,
            read: reading.read,
            matched,
            unmatched,
            rejected: reading.rejected,
            rows,
            command: (!taken.is_empty()).then_some(Command::SetUsage { usage: taken }),
            fills,
            by_hand,
            by_day: reading.by_day,
            totals,
            notes,
        }))
    }
}

/// Places in the plan's list, each with a text that leads there; in order.
type Index = Vec<(String, u32)>;

fn of(index: &Index, text: &str) -> Vec<u32> {
    let begin = index.partition_point(|(known, _)| known.as_str() < text);
    index.iter().skip(begin).take_while(|(known, _)| known == text).map(|(_, place)| *place).collect()
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
            let names = item.usage.iter().flat_map(|usage| &usage.names);
            finder.names.extend(names.map(|name| (name.clone(), place)));
            finder.titles.extend([&item.id, &item.title].map(|text| (exchange::key(text), place)));
            finder.tags.extend(item.tags.iter().map(|tag| (exchange::key(tag), place)));
            let stems = stems(&item.title);
            finder.words.push(stems.len());
            finder.stems.extend(stems.into_iter().map(|stem| (stem, place)));
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
        found.dedup();
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
        let shared = words.iter().map(|stem| of(&self.stems, stem)).filter(|places| places.len() < COMMON);
        let mut shared: Vec<u32> = shared.flatten().collect();
        crate::sort::by(&mut shared, u32::cmp);
        let alike = |places: &[u32]| {
            let place = places.first().copied().unwrap_or_default();
            (2_000 * places.len() / (words.len() + self.words.get(place as usize).copied().unwrap_or(1)), place)
        };
        let mut alike: Vec<(usize, u32)> = shared.chunk_by(u32::eq).map(alike).collect();
        crate::sort::by(&mut alike, |a, b| b.0.cmp(&a.0));
        let items = alike.into_iter().take(GUESSES).filter_map(|(_, place)| plan.items.get(place as usize));
        items.map(|item| Link { id: item.id.clone(), title: item.title.clone(), status: Some(item.status) }).collect()
    }
}

/// How the words of a text begin, each once.
fn stems(text: &str) -> Vec<String> {
    let plain = exchange::plain(text);
    let mut stems: Vec<String> =
        plain.split(' ').filter(|word| word.len() > 2).map(|word| word.chars().take(STEM).collect()).collect();
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
        let text = say::number(number.round());
        format!("{text} {word}{}", if text == "1" { "" } else { "s" })
    };
    match (users, count) {
        (Some(users), _) => format!("{}{}", if at_least { "at least " } else { "" }, of(users, "user")),
        (None, count) => of(count.unwrap_or_default(), "event"),
    }
}

/// What becomes of an item's reach.
fn fill(usage: &Usage, given: Option<&Uncertain>, reach: bool) -> String {
    let users = usage.users.map(|users| say::number(users.round())).unwrap_or_default();
    match given.copied().map(reached) {
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
    let parts = [
        Some(number),
        Some(source.clone()).filter(|source| !source.is_empty()),
        span(usage.from, usage.to).or_else(read),
    ];
    let said = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let reach = item.inputs.get("reach").copied();
    Some(match reach {
        Some(_) if reach == reach_read(item) => format!("reach: {said}"),
        Some(_) => format!("usage: {said}; reach was given by hand"),
        None => format!("usage: {said}"),
    })
}

/// Notes what was read, item by item.
pub(super) fn set(plan: &Plan, usage: Vec<ItemUsage>) -> Result<(Plan, Change)> {
    let mut next = plan.clone();
    let places = plan.places();
    for (k, one) in usage.iter().enumerate() {
        let place = *places.get(one.id.as_str()).ok_or_else(|| unknown(&one.id).at(format!("/usage/{k}/id")))?;
        let Some(item) = next.items.get(place) else { continue };
        let mut item = (**item).clone();
        if one.usage.is_none() && item.inputs.get("reach").copied() == reach_read(&item) {
            item.inputs.remove("reach");
        }
        item.usage.clone_from(&one.usage);
        if one.reach
            && let Some(reach) = reach_read(&item)
        {
            item.inputs.insert("reach".to_owned(), reach);
        }
        item.check().map_err(|e| e.within(&format!("/usage/{k}")))?;
        put(&mut next, place, Arc::new(item));
    }
    let ids: Vec<String> = usage.iter().map(|one| one.id.clone()).collect();
    let label = format!("take in the usage of {}", say::items(ids.len()));
    Ok((next, Change { label, command: Command::SetUsage { usage }, ids }))
}
