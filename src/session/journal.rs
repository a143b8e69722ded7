//! What a plan went through, kept: a snapshot, and every command since.

use serde::Serialize;
use serde_json::Value;

use super::command::Command;
use super::planner::{Planner, Step};
use crate::error::{Code, Error, Result};
use crate::plan::{CivilDate, Plan, PlanDocument};
use crate::store::{Damaged, Found, KeyValue, Stamp, Store};

/// What was found at the start.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Opened {
    /// Whether a plan is stored; the planner then has it.
    pub begun: bool,
    /// Entries that cannot be used, and were left where they are.
    pub damaged: Vec<Damaged>,
    /// Why nothing may be written here: a newer Landfall has.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub newer: Option<String>,
    /// For a plan that the page published: what that was known by when this state began from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub based_on: Option<String>,
    /// Whether it is that publication, without a change.
    pub untouched: bool,
    /// How long the snapshot is, in bytes.
    pub size: usize,
}

/// A state as it is stored.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Snapshot<'a> {
    plan: PlanDocument,
    #[serde(skip_serializing_if = "Option::is_none")]
    based_on: Option<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    untouched: bool,
}

/// A stored change.
#[derive(Serialize)]
struct Record<'a> {
    apply: &'a Command,
}

/// A stored state, and the plan in it.
fn parsed(text: &str) -> Result<(Value, PlanDocument)> {
    let value: Value = serde_json::from_str(text).map_err(|e| Error::new(Code::NotJson, e.to_string()))?;
    let document = PlanDocument::read(value.get("plan").unwrap_or_default())?;
    Ok((value, document))
}

/// Whether this record is the doubtful one. It is that of the first step that is not stored yet, or was undone meanwhile.
fn claim(planner: &mut Planner, doubtful: &Stamp, (stamp, text): &(Stamp, String)) -> bool {
    let is_it = stamp == doubtful;
    if is_it {
        match planner.past.iter_mut().find(|step| step.stamp.is_none()) {
            Some(step) if record(&step.change.command).is_ok_and(|own| own == *text) => {
                step.stamp = Some(stamp.clone())
            }
            _ => planner.taken_back.push(stamp.clone()),
        }
    }
    is_it
}

fn record(command: &Command) -> Result<String> {
    crate::json::to_text(&Record { apply: command }, false)
}

/// How a planner's plan is kept in a store, and what other tabs do to it taken in.
///
/// Apply, undo and redo on the planner; then [`keep`](Self::keep). What cannot be stored stays in the planner, and is
/// stored by the next call that finds room.
///
/// ```
/// use landfall::session::{Command, Journal, Planner};
/// use landfall::store::Memory;
/// # fn rename(name: &str) -> Command { Command::RenamePlan { name: name.into() } }
///
/// let (disk, monday) = (Memory::default(), "2026-11-23".parse()?);
/// let open = |tab: &str| {
///     let (mut journal, mut planner) = (Journal::new(disk.clone(), "wiki/plan", tab, &[]), Planner::default());
///     journal.open(&mut planner, None).map(|_| (journal, planner))
/// };
/// let (mut one, mut plan_of_one) = open("a")?;
/// plan_of_one.apply(rename("Shop"))?;
/// one.keep(&mut plan_of_one, monday)?;
///
/// // Another tab has it, and goes on; undo takes back what its own tab did.
/// let (mut two, mut plan_of_two) = open("b")?;
/// assert_eq!(plan_of_two.plan().name, "Shop");
/// assert!(plan_of_two.undo().is_none());
/// plan_of_two.apply(rename("Web shop"))?;
/// two.keep(&mut plan_of_two, monday)?;
/// one.take_in(&mut plan_of_one)?;
/// plan_of_one.undo();
/// assert_eq!(plan_of_one.plan().name, "Web shop");
/// # Ok::<(), landfall::Error>(())
/// ```
#[derive(Debug)]
pub struct Journal<K> {
    store: Store<K>,
    /// The tabs that this one was before it was loaded again.
    was: Vec<String>,
    based_on: Option<String>,
    untouched: bool,
    begun: bool,
    frozen: bool,
    /// Whether the plan is another one than what is stored leads to.
    reset: bool,
    /// Whether a snapshot is to follow at once.
    urgent: bool,
    /// The day of which a state is kept.
    day: Option<CivilDate>,
    damaged: Vec<Damaged>,
}

impl<K: KeyValue> Journal<K> {
    /// A journal of this name, for one tab. `was`: names of tabs whose changes are this one's too, as it was them before
    /// the page was loaded again.
    pub fn new(disk: K, name: &str, tab: &str, was: &[String]) -> Self {
        Self {
            store: Store::new(disk, name, tab),
            was: was.to_vec(),
            based_on: None,
            untouched: false,
            begun: false,
            frozen: false,
            reset: false,
            urgent: false,
            day: None,
            damaged: Vec::new(),
        }
    }

    /// Sets how many changes pile up before a snapshot is due, instead of 50.
    #[must_use]
    pub fn every(mut self, records: u64) -> Self {
        self.store = self.store.every(records);
        self
    }

    /// Brings a planner to what is stored; where nothing is, it stays as it is. `without`: a change, as
    /// [`last`](Self::last) named it, that is to be left out from now on.
    ///
    /// # Errors
    /// [`Code::StorageRefused`] when the store cannot be read.
    pub fn open(&mut self, planner: &mut Planner, without: Option<&str>) -> Result<Opened> {
        let mut opened = Opened::default();
        let mut skip = Vec::new();
        loop {
            let found = self.store.open(&skip).inspect_err(|_| self.frozen = true)?;
            let Found { snapshot, records, damaged, newer } = found;
            if let Some(doubtful) = self.store.doubtful() {
                records.iter().for_each(|record| {
                    claim(planner, &doubtful, record);
                });
            }
            if newer {
                self.freeze(&mut opened, None);
            }
            self.damaged.clone_from(&damaged);
            opened.damaged = damaged;
            let Some((stamp, text)) = snapshot else {
                // Changes of a state that is lost.
                let lost = records.into_iter().map(|(stamp, text)| Damaged { key: stamp.to_string(), text });
                opened.damaged.extend(lost);
                return Ok(opened);
            };
            let plan = match self.read(&text) {
                Ok(plan) => plan,
                Err(error) => {
                    // What is whole, and yet no plan, is of a newer Landfall.
                    self.freeze(&mut opened, Some(error));
                    skip.push(stamp);
                    continue;
                }
            };
            self.begun = true;
            let mut steps = self.steps(records).unwrap_or_else(|error| {
                self.freeze(&mut opened, Some(error));
                Vec::new()
            });
            opened.untouched = self.untouched && steps.is_empty();
            opened.based_on.clone_from(&self.based_on);
            (opened.begun, opened.size) = (true, text.len());
            planner.taken_back.extend(without.and_then(|without| without.parse::<Stamp>().ok()));
            let waiting = std::mem::take(&mut planner.taken_back);
            for stamp in waiting {
                match steps.iter().position(|step| step.stamp.as_ref() == Some(&stamp)) {
                    Some(place) => {
                        steps.remove(place);
                        planner.taken_back.push(stamp);
                    }
                    None => planner
                        .note_left_out("What was undone is there again: another tab had gone on from it".to_owned()),
                }
            }
            planner.restart(plan, steps);
            return Ok(opened);
        }
    }

    fn freeze(&mut self, opened: &mut Opened, error: Option<Error>) {
        self.frozen = true;
        let why = error.map_or_else(String::new, |error| format!(": {}", error.message()));
        opened.newer = Some(format!(
            "a newer Landfall has saved here; this one shows what it can read, and leaves that alone{why}"
        ));
    }

    fn read(&mut self, text: &str) -> Result<Plan> {
        let (value, document) = parsed(text)?;
        let plan = Plan::try_from(document)?;
        self.based_on = value.get("basedOn").and_then(Value::as_str).map(str::to_owned);
        self.untouched = value.get("untouched").and_then(Value::as_bool).unwrap_or_default();
        Ok(plan)
    }

    /// Records as steps. Those of the first layout say undo and redo by themselves.
    fn steps(&self, records: Vec<(Stamp, String)>) -> Result<Vec<Step>> {
        let (mut steps, mut undone) = (Vec::<Step>::new(), Vec::new());
        for (stamp, text) in records {
            let unreadable = |e: &dyn std::fmt::Display| Error::new(Code::NewerFormat, e.to_string());
            let value: Value = serde_json::from_str(&text).map_err(|e| unreadable(&e))?;
            let old = stamp.tab.is_empty();
            if let Some(command) = value.get("apply") {
                let command = crate::json::read(command).map_err(|e| unreadable(&e))?;
                let own = old || stamp.tab == self.store.tab() || self.was.contains(&stamp.tab);
                steps.push(Step::waiting(command, own, stamp));
                if old {
                    undone.clear();
                }
            } else if !old {
                return Err(unreadable(&"it holds a change that this one does not know"));
            } else if value.get("undo").is_some() {
                let last = steps.iter().rposition(|step| step.stamp.as_ref().is_some_and(|stamp| stamp.tab.is_empty()));
                undone.extend(last.map(|last| steps.remove(last)));
            } else if value.get("redo").is_some() {
                steps.extend(undone.pop());
            }
        }
        Ok(steps)
    }

    /// Says what the plan began from, for snapshots to come: what the page published is known by, and whether it still is
    /// that. With `now`, the next [`keep`](Self::keep) stores it whole.
    pub fn publication(&mut self, based_on: Option<String>, untouched: bool, now: bool) {
        self.based_on = based_on;
        self.untouched = untouched;
        self.urgent |= now;
    }

    /// Says that the planner does not go on from what is stored: the next thing stored is all of it.
    pub fn begin_anew(&mut self) {
        self.reset = self.begun;
        self.begun = false;
    }

    /// Takes in what other tabs did since. Gives whether anything changed.
    ///
    /// # Errors
    /// [`Code::NewerFormat`] when a newer Landfall has written here: from then on nothing is kept;
    /// [`Code::StorageRefused`] when the store cannot be read.
    pub fn take_in(&mut self, planner: &mut Planner) -> Result<bool> {
        if self.frozen {
            return Ok(false);
        }
        let mut news = match self.store.catch_up() {
            Ok(news) => news,
            Err(error) if error.code() == Code::StorageBehind => return self.reread(planner),
            Err(error) => return self.refused(error),
        };
        if let Some(doubtful) = self.store.doubtful() {
            news.records.retain(|record| !claim(planner, &doubtful, record));
        }
        // What this tab was refused to take back, and did. A snapshot may have taken it in.
        news.taken_back.retain(|stamp| {
            let waiting = planner.taken_back.iter().position(|waiting| waiting == stamp);
            let done = waiting.map(|place| planner.taken_back.remove(place)).is_some();
            self.urgent |= done;
            !done
        });
        let any = !news.records.is_empty() || !news.taken_back.is_empty();
        if any {
            let whole =
                news.records.iter().all(|(stamp, text)| !stamp.tab.is_empty() || text.starts_with("{\"apply\""));
            let steps = match self.steps(news.records) {
                Ok(steps) => steps,
                Err(error) => return self.refused(error),
            };
            if !self.begun || !whole || !planner.weave(steps, &news.taken_back) {
                return self.reread(planner);
            }
        }
        if self.store.outdated() && planner.past.iter().all(|step| step.stamp.is_some()) {
            // If it is refused, the next one will do.
            let _ = self.snapshot(&planner.plan, true);
        }
        Ok(any)
    }

    fn refused(&mut self, error: Error) -> Result<bool> {
        self.frozen |= error.code() == Code::NewerFormat;
        Err(error)
    }

    fn reread(&mut self, planner: &mut Planner) -> Result<bool> {
        let opened = self.open(planner, None)?;
        match opened.newer {
            Some(newer) => Err(Error::new(Code::NewerFormat, newer)),
            None => Ok(true),
        }
    }

    /// Takes in what other tabs did, then stores what was done in this one and is not stored yet. When this gives `Ok`, all
    /// of it is there at the next start. `today` names the day of which a state is kept.
    ///
    /// # Errors
    /// [`Code::StorageFull`] and [`Code::StorageRefused`]: what could not be stored stays in the planner; call again.
    /// [`Code::NewerFormat`] and [`Code::ReadOnly`]: a newer Landfall has written here, and nothing will be kept.
    pub fn keep(&mut self, planner: &mut Planner, today: CivilDate) -> Result<()> {
        if self.frozen {
            return Err(Error::new(Code::ReadOnly, "a newer Landfall has saved here"));
        }
        self.take_in(planner)?;
        let first = planner.past.partition_point(|step| step.stamp.is_some());
        let waiting = first < planner.past.len() || planner.overflown;
        if !waiting && planner.taken_back.is_empty() && !self.urgent {
            return Ok(());
        }
        if planner.overflown {
            // More changes than are remembered: what they led to is stored.
            self.snapshot(&planner.plan, true)?;
            planner.overflown = false;
            planner.past.iter_mut().for_each(|step| step.stamp = Some(step.stamp.take().unwrap_or_default()));
            return Ok(());
        }
        let before = planner.past.get(first).map_or(&planner.plan, |step| &step.plan);
        if !self.begun || self.store.closed() || self.store.outdated() {
            self.snapshot(before, self.reset)?;
        }
        if waiting && self.day != Some(today) {
            // A day that finds no room is no loss.
            let _ = self.text(before).and_then(|text| self.store.keep_day(&today.to_string(), &text));
            self.day = Some(today);
        }
        for step in planner.past.iter_mut().skip(first) {
            step.stamp = Some(self.store.append(&record(&step.change.command)?)?);
        }
        while let Some(stamp) = planner.taken_back.first() {
            // What was stored as a state has no record.
            let known = stamp.generation > 0 && self.store.take_back(stamp)?;
            self.reset |= stamp.generation == 0;
            self.urgent |= !known;
            planner.taken_back.remove(0);
        }
        if self.urgent {
            self.snapshot(&planner.plan, self.reset)?;
        }
        Ok(())
    }

    /// Whether a snapshot is due: see [`compact`](Self::compact).
    pub fn is_due(&self) -> bool {
        self.begun && !self.frozen && self.store.needs_compaction()
    }

    /// Stores a snapshot, so that less is to be replayed. When two tabs do it at once, no harm is done.
    ///
    /// # Errors
    /// As [`Self::keep`].
    pub fn compact(&mut self, planner: &mut Planner) -> Result<()> {
        self.take_in(planner)?;
        let first = planner.past.partition_point(|step| step.stamp.is_some());
        if !self.is_due() || first < planner.past.len() || !planner.taken_back.is_empty() {
            return Ok(());
        }
        self.snapshot(&planner.plan, self.reset)
    }

    fn snapshot(&mut self, plan: &Plan, reset: bool) -> Result<()> {
        let text = self.text(plan)?;
        self.store.compact(&text, reset)?;
        (self.begun, self.reset, self.urgent) = (true, false, false);
        Ok(())
    }

    fn text(&self, plan: &Plan) -> Result<String> {
        let snapshot = Snapshot { plan: plan.into(), based_on: self.based_on.as_deref(), untouched: self.untouched };
        crate::json::to_text(&snapshot, false)
    }

    /// The last change that was stored, for [`open`](Self::open) to leave out if it turns out that nothing goes on with it.
    pub fn last(&self, planner: &Planner) -> Option<String> {
        planner.past.last().and_then(|step| step.stamp.as_ref()).map(Stamp::to_string)
    }

    /// The days of which the state before their first change is kept, the newest first.
    ///
    /// # Errors
    /// [`Code::StorageRefused`] when the store cannot be read.
    pub fn days(&self) -> Result<Vec<String>> {
        Ok(self.store.days()?.into_iter().map(|day| day.tab).collect())
    }

    /// The plan as it was before the first change of a day.
    ///
    /// # Errors
    /// [`Code::UnknownId`] when the day is not kept, or damaged; [`Code::StorageRefused`] when the store cannot be read;
    /// else as [`PlanDocument::read`], for what a newer Landfall has kept.
    pub fn day(&self, day: &str) -> Result<PlanDocument> {
        let stamp = self.store.days()?.into_iter().find(|stamp| stamp.tab == day);
        let text = stamp.and_then(|stamp| self.store.day(&stamp).transpose()).transpose()?;
        let text = text.ok_or_else(|| Error::new(Code::UnknownId, "nothing whole is kept of this day"))?;
        parsed(&text).map(|(_, document)| document)
    }

    /// Takes what was found damaged out of the store, once somebody has said so.
    ///
    /// # Errors
    /// [`Code::StorageRefused`].
    pub fn drop_damaged(&mut self) -> Result<()> {
        let damaged = std::mem::take(&mut self.damaged);
        if self.frozen { Ok(()) } else { self.store.drop_damaged(&damaged) }
    }
}
