//! Durable records over a key-value store: the last two snapshots, and every record since the older one.
//!
//! The store knows nothing of plans. It keeps texts: a *snapshot* is a whole state, a *record* what happened since. Each is
//! one entry under a key that holds its generation, a number that only grows, and the tab that wrote it, so nothing is
//! ever written over, not even by tabs that write at the same moment:
//!
//! ```text
//! landfall/<name>/s/12.k3f9         snapshot: the state after all that its writer had seen
//! landfall/<name>/r/13.k3f9         what happened next
//! landfall/<name>/u/14.k3f9         which record was taken back
//! landfall/<name>/d/12.2026-11-23   a snapshot that is kept longer: the state before the first change of a day
//! ```
//!
//! The state is that of the newest whole snapshot and, by generation and tab, all records that it has not seen, without
//! those taken back. Whoever reads the same entries comes to the same state, in whichever order they arrived.
//!
//! Every entry carries the version of this layout, its generation and a checksum, is written by one call, and is read
//! back before it counts. A state to which nothing else leads is written twice. Damaged entries are reported and left
//! where they are. Entries of the first layout, in which keys named no tab, are read as those of a tab without a name,
//! until two snapshots of this layout have taken them in.
//!
//! ```
//! use landfall::store::{Memory, Store};
//! let disk = Memory::default();
//! let mut store = Store::new(disk.clone(), "wiki/plan", "a");
//! store.open(&[])?;
//! store.compact("nothing yet", false)?;
//! store.append("first change")?;
//!
//! let mut next_day = Store::new(disk, "wiki/plan", "b");
//! let found = next_day.open(&[])?;
//! assert_eq!(found.snapshot.map(|(_, text)| text).as_deref(), Some("nothing yet"));
//! assert_eq!(found.records.first().map(|(_, text)| text.as_str()), Some("first change"));
//! # Ok::<(), landfall::Error>(())
//! ```

mod entry;
mod memory;
mod stamp;

pub use memory::Memory;
pub use stamp::Stamp;

use crate::error::{Code, Error, Result};
use crate::sort;
pub(crate) use entry::CRC;
use entry::Entry;
use stamp::Seen;

/// A key-value store as browsers have one.
pub trait KeyValue {
    /// The value of a key.
    ///
    /// # Errors
    /// [`Code::StorageRefused`] when the store cannot be read.
    fn get(&self, key: &str) -> Result<Option<String>>;
    /// Sets the value of a key.
    ///
    /// # Errors
    /// [`Code::StorageFull`] or [`Code::StorageRefused`].
    fn set(&self, key: &str, value: &str) -> Result<()>;
    /// Takes a key out.
    ///
    /// # Errors
    /// [`Code::StorageRefused`].
    fn remove(&self, key: &str) -> Result<()>;
    /// Every key there is.
    ///
    /// # Errors
    /// [`Code::StorageRefused`] when the store cannot be read.
    fn keys(&self) -> Result<Vec<String>>;
}

/// How many records pile up before a new snapshot is worth its bytes.
const RECORDS_PER_SNAPSHOT: u64 = 50;
/// How long all days that are kept may be together, in UTF-16 units: a quarter of what Chromium gives a site.
const DAYS: usize = 1_300_000;

/// What was found in a store.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// The snapshot to begin from: the newest that is whole, or one before it where something was taken back since that
    /// the newest has taken in.
    pub snapshot: Option<(Stamp, String)>,
    /// What happened since and was not taken back, in order.
    pub records: Vec<(Stamp, String)>,
    /// Entries that are damaged, or stand behind a damaged one; they were left where they are.
    pub damaged: Vec<Damaged>,
    /// Whether a newer Landfall has written here: then nothing may be written by this one.
    pub newer: bool,
}

/// An entry that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Damaged {
    /// Its key.
    pub key: String,
    /// What stands there.
    pub text: String,
}

/// What other tabs have written since.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct News {
    /// New records, in order. Some may belong before what this tab has written.
    pub records: Vec<(Stamp, String)>,
    /// Records that were taken back.
    pub taken_back: Vec<Stamp>,
}

/// Durable records over a key-value store.
#[derive(Debug)]
pub struct Store<K> {
    disk: K,
    prefix: String,
    tab: String,
    /// The newest generation there is.
    generation: u64,
    /// What this store has taken in or written.
    seen: Seen,
    /// Every whole snapshot, the oldest first.
    snapshots: Vec<(Stamp, Seen)>,
    /// How many records there are since the newest snapshot, and with how many the next one is due.
    since: u64,
    every: u64,
    due: u64,
    /// Whether the state is another one than the records lead to.
    reset: bool,
    /// What was taken back, by which entry.
    taken_back: Vec<(Stamp, Stamp)>,
    /// Whether the newest snapshot holds what this tab knows to be taken back.
    outdated: bool,
    /// Whether something was taken back that this tab could not do without: whoever did it is about to write a snapshot.
    adrift: bool,
    /// What was refused and yet may stand there.
    doubtful: Option<Stamp>,
    /// Whether no record may follow before a snapshot: behind damage, behind entries of an earlier layout, and where all
    /// was taken out.
    closed: bool,
}

fn behind() -> Error {
    let message = "another tab has gone on from a state that this one has not seen: open the store again";
    Error::new(Code::StorageBehind, message)
}

/// Where the snapshot stands that was written with this one at once, if any was.
fn before(stamp: &Stamp) -> Stamp {
    Stamp { generation: stamp.generation.saturating_sub(1), tab: stamp.tab.clone() }
}

/// Whether entries of a kind say what happened, rather than what was.
const fn is_record(kind: char) -> bool {
    matches!(kind, 'r' | 'u')
}

/// An entry that was found: where, and its seen and payload, unless it cannot be read.
struct Kept {
    key: String,
    kind: char,
    stamp: Stamp,
    whole: Option<(Seen, String)>,
}

fn seen_by<'a>(base: Option<&'a Kept>, none: &'a Seen) -> &'a Seen {
    base.and_then(|base| base.whole.as_ref()).map_or(none, |(seen, _)| seen)
}

impl<K: KeyValue> Store<K> {
    /// The store of this name, as one tab uses it. Stores of other names on the same disk are not touched. No two tabs
    /// may have the same name; what is no letter or digit in it is left out.
    pub fn new(disk: K, name: &str, tab: &str) -> Self {
        let mut tab: String = tab.chars().filter(char::is_ascii_alphanumeric).collect();
        if tab.is_empty() {
            tab.push('0');
        }
        Self {
            disk,
            prefix: format!("landfall/{name}/"),
            tab,
            generation: 0,
            seen: Seen::default(),
            snapshots: Vec::new(),
            since: 0,
            every: RECORDS_PER_SNAPSHOT,
            due: RECORDS_PER_SNAPSHOT,
            reset: false,
            taken_back: Vec::new(),
            outdated: false,
            adrift: false,
            doubtful: None,
            closed: false,
        }
    }

    /// The name of the tab.
    pub fn tab(&self) -> &str {
        &self.tab
    }

    /// Whether the next thing to write has to be a snapshot.
    pub const fn closed(&self) -> bool {
        self.closed
    }

    /// Whether the newest snapshot holds what this tab knows to be taken back: then its own has to follow.
    pub const fn outdated(&self) -> bool {
        self.outdated
    }

    /// The record that [`Self::append`] or [`Self::take_back`] refused last. What is read next tells whether it stands there
    /// all the same, as where a browser throws after it has written.
    pub const fn doubtful(&mut self) -> Option<Stamp> {
        self.doubtful.take()
    }

    /// Reads what is there: the newest snapshot that is whole, and the records that it has not seen. Snapshots in `skip`
    /// are passed over, as if they were damaged.
    ///
    /// # Errors
    /// [`Code::StorageRefused`] when the store cannot be read.
    pub fn open(&mut self, skip: &[Stamp]) -> Result<Found> {
        let mut found = Found::default();
        let (mut kept, mut generations) = (Vec::new(), Vec::new());
        for (key, kind, stamp) in self.entries()? {
            let Some((entry, text)) = self.read(&key, &stamp)? else { continue };
            // A day is a copy.
            if kind != 'd' {
                generations.push(stamp.generation);
            }
            let whole = match entry {
                Entry::Whole { seen, payload } if is_record(kind) || !skip.contains(&stamp) => Some((seen, payload)),
                entry => {
                    found.newer |= matches!(entry, Entry::Newer);
                    found.damaged.push(Damaged { key: key.clone(), text });
                    None
                }
            };
            kept.push(Kept { key, kind, stamp, whole });
        }
        let snapshot = |entry: &Kept| entry.kind == 's' && !entry.stamp.tab.is_empty();
        sort::by(&mut kept, |a, b| (snapshot(a), &a.stamp).cmp(&(snapshot(b), &b.stamp)));
        sort::set(&mut generations);
        let is_snapshot = |entry: &&Kept| matches!(entry.kind, 's' | 'd') && entry.whole.is_some();
        // The snapshots, the newest first, then the days. Before a state that its records do not lead to there is none.
        let mut bases = Vec::new();
        for entry in kept.iter().rev().filter(is_snapshot) {
            bases.push(entry);
            if entry.whole.as_ref().is_some_and(|(seen, _)| seen.reset) {
                break;
            }
        }
        // What the last two have taken in may be gone: none before them is of use, unless one of them is.
        if found.damaged.is_empty() {
            bases.truncate(2);
        }
        let none = Seen::default();
        let taken_back: Vec<(&Stamp, Stamp)> = kept
            .iter()
            .filter(|entry| entry.kind == 'u')
            .filter_map(|entry| Some((&entry.stamp, entry.whole.as_ref()?.1.parse().ok()?)))
            .collect();
        // Where a record is damaged or gone, what comes after may rest on it.
        let cut = |base: Option<&Kept>| {
            let from = base.map_or(0, |base| base.stamp.generation);
            let later = generations.iter().filter(|generation| **generation > from);
            let gap = later.zip(from.saturating_add(1)..).find(|(generation, expected)| *generation != expected);
            let gap = gap.map(|(generation, _)| Stamp { generation: *generation, tab: String::new() });
            let seen = seen_by(base, &none);
            let broken =
                kept.iter().find(|entry| entry.whole.is_none() && is_record(entry.kind) && !seen.covers(&entry.stamp));
            // What a snapshot has taken in cannot be taken back from it.
            let late = taken_back.iter().find(|(own, target)| {
                let there = kept.iter().any(|entry| entry.kind == 'r' && entry.stamp == *target);
                !seen.covers(own) && (seen.covers(target) || !there)
            });
            (gap.into_iter().chain(broken.map(|entry| entry.stamp.clone())).min(), late.map(|(own, _)| (*own).clone()))
        };
        let newest = bases.first().copied();
        // How far one comes from each; without a cut one comes furthest.
        let far = |base: Option<&Kept>| {
            let (cut, late) = cut(base);
            (cut.is_none(), cut, late.is_none())
        };
        let best = bases.iter().map(|base| far(Some(*base))).max();
        let base = bases.iter().copied().find(|base| Some(far(Some(*base))) == best);
        let (cut, late) = cut(base);
        self.adrift = late.is_some();
        // Where nothing is damaged, what could not be taken back costs nothing else.
        let best = cut.into_iter().chain(late.filter(|_| !found.damaged.is_empty())).min();
        let seen = seen_by(base, &none).clone();
        self.reset = best.is_some();
        self.closed = self.reset || base.is_none_or(|base| base.kind == 'd' || base.stamp.tab.is_empty());
        self.generation = generations.last().copied().unwrap_or(0);
        self.seen = Seen { reset: false, tabs: seen.tabs.clone() };
        self.since = 0;
        self.snapshots.clear();
        self.outdated = false;
        self.taken_back = taken_back.iter().map(|(own, target)| ((*own).clone(), target.clone())).collect();
        for entry in &kept {
            let Some((own, text)) = &entry.whole else {
                // What cannot be used counts as seen: it is announced once more, not waited for.
                if is_record(entry.kind) {
                    self.seen.see(&entry.stamp);
                }
                continue;
            };
            match entry.kind {
                's' => self.snapshots.push((entry.stamp.clone(), own.clone())),
                'r' | 'u' => {
                    self.closed |= entry.stamp.tab.is_empty();
                    self.seen.see(&entry.stamp);
                    self.since += u64::from(!seen_by(newest, &none).covers(&entry.stamp));
                    if seen.covers(&entry.stamp) {
                        continue;
                    }
                    let lies_before = |stamp: &Stamp| best.as_ref().is_none_or(|cut| stamp < cut);
                    if !lies_before(&entry.stamp) {
                        let text = self.disk.get(&entry.key)?.unwrap_or_default();
                        found.damaged.push(Damaged { key: entry.key.clone(), text });
                    } else if entry.kind == 'r'
                        && !taken_back.iter().any(|(own, target)| *target == entry.stamp && lies_before(own))
                    {
                        found.records.push((entry.stamp.clone(), text.clone()));
                    }
                }
                _ => {}
            }
        }
        found.snapshot = base.and_then(|base| Some((base.stamp.clone(), base.whole.as_ref()?.1.clone())));
        Ok(found)
    }

    /// Writes a record, and reads it back.
    ///
    /// # Errors
    /// [`Code::StorageFull`] and [`Code::StorageRefused`]: nothing was written, what was stored stays.
    pub fn append(&mut self, record: &str) -> Result<Stamp> {
        self.follow('r', record)
    }

    /// Writes that a record is taken back. Gives false when the newest snapshot has taken it in: then another one has to
    /// follow.
    ///
    /// # Errors
    /// As [`Self::append`].
    pub fn take_back(&mut self, record: &Stamp) -> Result<bool> {
        let own = self.follow('u', &record.to_string())?;
        self.taken_back.push((own, record.clone()));
        let covered = self.snapshots.last().is_some_and(|(_, seen)| seen.covers(record));
        Ok(!covered && self.disk.get(&self.key('r', record))?.is_some())
    }

    fn follow(&mut self, kind: char, text: &str) -> Result<Stamp> {
        if self.closed {
            // Records may only follow a whole state: behind damage it takes a snapshot first.
            return Err(Error::new(Code::StorageRefused, "what is stored is damaged: write a snapshot first"));
        }
        let stamp = self.next();
        self.doubtful = Some(stamp.clone());
        self.write(kind, &stamp, &Seen::default(), text)?;
        self.doubtful = None;
        self.generation = stamp.generation;
        self.seen.see(&stamp);
        self.since += 1;
        Ok(stamp)
    }

    /// What other tabs have written since.
    ///
    /// # Errors
    /// [`Code::StorageBehind`] when it does not follow from what this tab has seen: open the store again;
    /// [`Code::NewerFormat`] when a newer Landfall has written here; [`Code::StorageRefused`] when the store cannot be read.
    pub fn catch_up(&mut self) -> Result<News> {
        let mut news = News::default();
        let mut entries = self.entries()?;
        let mut there = Seen::default();
        entries.iter().filter(|(_, kind, _)| is_record(*kind)).for_each(|(_, _, stamp)| there.see(stamp));
        // The page around may have emptied its storage, or taken out a part: then records have nothing to stand on.
        self.closed |= self.snapshots.last().is_some_and(|(newest, _)| {
            let is_there = |generation| entries.iter().any(|(_, kind, at)| *kind != 'd' && at.generation == generation);
            !entries.iter().any(|(_, kind, stamp)| *kind == 's' && stamp == newest)
                || !(newest.generation..=self.generation).all(is_there)
        });
        entries.retain(|(_, kind, stamp)| match kind {
            's' => !stamp.tab.is_empty() && !self.snapshots.iter().any(|(known, _)| known == stamp),
            'd' => false,
            _ => !self.seen.covers(stamp),
        });
        sort::by(&mut entries, |a, b| a.2.cmp(&b.2));
        // What two snapshots have taken in since may be gone; not where one tab wrote both at once.
        let fresh = |stamp: &Stamp| entries.iter().any(|(_, kind, other)| *kind == 's' && other == stamp);
        if entries.iter().filter(|(_, kind, stamp)| *kind == 's' && !fresh(&before(stamp))).count() > 1 {
            return Err(behind());
        }
        for (key, kind, stamp) in entries {
            // An old snapshot that another tab has just taken out.
            let Some((entry, _)) = self.read(&key, &stamp)? else { continue };
            self.generation = self.generation.max(stamp.generation);
            let (theirs, text) = match entry {
                Entry::Whole { seen, payload } => (seen, payload),
                Entry::Newer => return Err(Error::new(Code::NewerFormat, "a newer Landfall has saved here")),
                Entry::Damaged => {
                    // Whoever wrote it has not been told that it is kept. What follows must not rest on it.
                    self.closed = true;
                    self.seen.see(&stamp);
                    continue;
                }
            };
            if kind == 's' {
                let known = theirs.tabs.iter().all(|(tab, generation)| self.seen.of(tab) >= *generation);
                // Of tabs whose records are all gone it says nothing.
                let mine = self.seen.tabs.iter().any(|(tab, seen)| theirs.of(tab) < *seen && there.of(tab) > 0);
                // Neither has seen the other: what came late may stand elsewhere in it.
                let crossed = self.snapshots.last().is_some_and(|(newest, _)| stamp.generation <= newest.generation);
                let mut taken_back = self.taken_back.iter();
                if !theirs.reset
                    && known
                    && taken_back.any(|(own, target)| !theirs.covers(own) && theirs.covers(target))
                {
                    (self.outdated, self.reset) = (true, true);
                } else if theirs.reset || !known || mine || crossed || self.adrift {
                    return Err(behind());
                }
                self.snapshots.push((stamp, theirs));
                sort::by(&mut self.snapshots, |a, b| a.0.cmp(&b.0));
                self.since = 0;
                continue;
            }
            self.seen.see(&stamp);
            self.since += 1;
            match kind {
                // A snapshot has passed it by: it comes after all that is in there.
                'r' if self.snapshots.last().is_some_and(|(newest, _)| stamp < *newest) => return Err(behind()),
                'r' => news.records.push((stamp, text)),
                _ => {
                    if let Ok(target) = text.parse::<Stamp>() {
                        self.taken_back.push((stamp, target.clone()));
                        news.taken_back.push(target);
                    }
                }
            }
        }
        Ok(news)
    }

    /// Whether so many records have piled up that a snapshot is due.
    pub const fn needs_compaction(&self) -> bool {
        self.since >= self.due && !self.adrift
    }

    /// Sets how many records pile up before a snapshot is due, instead of 50.
    #[must_use]
    pub const fn every(mut self, records: u64) -> Self {
        (self.every, self.due) = (records, records);
        self
    }

    /// Writes a snapshot of the state after all that was seen, then takes out what stands before the one before it.
    /// `reset`: the state is another one than the records lead to, and other tabs have to read it.
    ///
    /// # Errors
    /// As [`Self::append`]. What was stored stays when the snapshot cannot be written.
    pub fn compact(&mut self, snapshot: &str, reset: bool) -> Result<()> {
        // Of two that are the same, one will do by now.
        if let [.., (twin, _), (last, _)] = self.snapshots.as_slice()
            && *twin == before(last)
        {
            let _ = self.disk.remove(&self.key('s', twin));
        }
        let older = self.snapshots.last().cloned();
        if self.put(snapshot, reset)? {
            // Nothing else that is stored leads to this state: were it damaged, no other way would be left. If there is
            // no room for it, one will do.
            let _ = self.put(snapshot, false);
        }
        // What is in the way of nobody may stay.
        let _ = older.map(|(stamp, seen)| self.clean(&stamp, &seen));
        Ok(())
    }

    /// Writes a snapshot. Gives whether what was stored before does not lead to its state.
    fn put(&mut self, snapshot: &str, reset: bool) -> Result<bool> {
        let mut there = Seen::default();
        for (_, kind, stamp) in self.entries()? {
            self.generation = self.generation.max(if kind == 'd' { 0 } else { stamp.generation });
            if is_record(kind) {
                there.see(&stamp);
            }
        }
        let mut seen = Seen { reset: reset || self.reset, tabs: self.seen.tabs.clone() };
        seen.tabs.retain(|(tab, _)| there.of(tab) > 0);
        let stamp = self.next();
        if let Err(error) = self.write('s', &stamp, &seen, snapshot) {
            // Not with every record that follows.
            self.due = self.since + self.every;
            return Err(error);
        }
        self.generation = stamp.generation;
        let older = self.snapshots.last().cloned();
        let mut taken_back = self.taken_back.iter();
        let alone = seen.reset
            || older
                .as_ref()
                .is_some_and(|(_, older)| taken_back.any(|(own, target)| !older.covers(own) && older.covers(target)));
        self.snapshots.push((stamp, seen));
        (self.since, self.due) = (0, self.every);
        (self.closed, self.reset, self.outdated) = (false, false, false);
        Ok(alone)
    }

    /// Takes out what two snapshots have taken in; not what is damaged.
    fn clean(&mut self, older: &Stamp, seen: &Seen) -> Result<()> {
        self.taken_back.retain(|(own, _)| !seen.covers(own));
        for (key, kind, stamp) in self.entries()? {
            let replaced = match kind {
                's' => stamp < *older,
                'd' => false,
                // Another tab may be about to write a snapshot that has not seen the last ones.
                _ => seen.covers(&stamp) && stamp.generation + self.every <= self.generation,
            };
            let is_whole = |text: String| matches!(Entry::read(&text, stamp.generation), Entry::Whole { .. });
            if replaced && self.disk.get(&key)?.is_some_and(is_whole) {
                self.disk.remove(&key)?;
            }
        }
        // What is there still must stay known.
        let left = self.entries()?;
        let is_left = |stamp: &Stamp| left.iter().any(|(_, kind, other)| *kind == 's' && other == stamp);
        self.snapshots.retain(|(stamp, _)| stamp >= older || is_left(stamp));
        Ok(())
    }

    /// Keeps a state as that of a day, unless the day has one. All days together have a bound: the oldest go first.
    ///
    /// # Errors
    /// As [`Self::append`].
    pub fn keep_day(&mut self, day: &str, snapshot: &str) -> Result<()> {
        let mut days = self.days()?;
        if days.iter().any(|stamp| stamp.tab == day) {
            return Ok(());
        }
        let mut room = DAYS;
        days.insert(0, Stamp { generation: self.generation, tab: day.to_owned() });
        for (k, stamp) in days.iter().enumerate() {
            let text = if k == 0 { Some(snapshot.to_owned()) } else { self.disk.get(&self.key('d', stamp))? };
            let size = text.map_or(0, |text| text.encode_utf16().count());
            room = room.saturating_sub(size);
            if room == 0 {
                if k == 0 {
                    return Ok(());
                }
                self.disk.remove(&self.key('d', stamp))?;
            }
        }
        let seen = Seen { reset: false, tabs: self.seen.tabs.clone() };
        days.first().map_or(Ok(()), |stamp| self.write('d', stamp, &seen, snapshot))
    }

    /// The days that are kept, the newest first; the tab of a stamp is the day.
    ///
    /// # Errors
    /// [`Code::StorageRefused`] when the store cannot be read.
    pub fn days(&self) -> Result<Vec<Stamp>> {
        let entries = self.entries()?.into_iter().filter(|(_, kind, _)| *kind == 'd');
        let mut days: Vec<Stamp> = entries.map(|(_, _, stamp)| stamp).collect();
        sort::by(&mut days, |a, b| b.cmp(a));
        Ok(days)
    }

    /// The state that is kept of a day, if it is whole.
    ///
    /// # Errors
    /// [`Code::StorageRefused`] when the store cannot be read.
    pub fn day(&self, day: &Stamp) -> Result<Option<String>> {
        let text = self.disk.get(&self.key('d', day))?.unwrap_or_default();
        Ok(match Entry::read(&text, day.generation) {
            Entry::Whole { payload, .. } => Some(payload),
            Entry::Newer | Entry::Damaged => None,
        })
    }

    /// Takes damaged entries out, once somebody has said so: those that are still as they were found.
    ///
    /// # Errors
    /// [`Code::StorageRefused`].
    pub fn drop_damaged(&self, damaged: &[Damaged]) -> Result<()> {
        for Damaged { key, text } in damaged.iter().filter(|damaged| damaged.key.starts_with(&self.prefix)) {
            if self.disk.get(key)?.as_ref() == Some(text) {
                self.disk.remove(key)?;
            }
        }
        Ok(())
    }

    fn write(&self, kind: char, stamp: &Stamp, seen: &Seen, payload: &str) -> Result<()> {
        let key = self.key(kind, stamp);
        let text = entry::write(stamp.generation, seen, payload);
        while let Err(error) = self.disk.set(&key, &text) {
            // Days give way to what is of now.
            let oldest = if kind == 'd' { None } else { self.days()?.pop() };
            match oldest.filter(|_| error.code() == Code::StorageFull) {
                Some(oldest) => self.disk.remove(&self.key('d', &oldest))?,
                None => return Err(error),
            }
        }
        if self.disk.get(&key).is_ok_and(|found| found.as_deref() == Some(text.as_str())) {
            return Ok(());
        }
        // Whatever stands there now is not what was written; it must not be taken for a record later.
        self.disk.remove(&key)?;
        let message = "the browser's storage did not keep what was written: save the plan as a file";
        Err(Error::new(Code::StorageRefused, message))
    }

    /// Reads an entry; what seems damaged or gone is looked at twice.
    fn read(&self, key: &str, stamp: &Stamp) -> Result<Option<(Entry, String)>> {
        let mut found = None;
        for _ in 0..2 {
            let Some(text) = self.disk.get(key)? else { continue };
            let entry = Entry::read(&text, stamp.generation);
            let whole = matches!(entry, Entry::Whole { .. });
            found = Some((entry, text));
            if whole {
                break;
            }
        }
        Ok(found)
    }

    fn next(&self) -> Stamp {
        Stamp { generation: self.generation + 1, tab: self.tab.clone() }
    }

    fn key(&self, kind: char, stamp: &Stamp) -> String {
        format!("{}{kind}/{stamp}", self.prefix)
    }

    fn entries(&self) -> Result<Vec<(String, char, Stamp)>> {
        // Looked at twice: what a list leaves out would be lost, what is listed and not there does no harm.
        let mut keys = self.disk.keys()?;
        keys.extend(self.disk.keys()?);
        sort::set(&mut keys);
        let keys = keys.into_iter().filter_map(|key| {
            let (kind, stamp) = key.strip_prefix(&self.prefix)?.split_once('/')?;
            let kind = kind.chars().next().filter(|first| kind.len() == 1 && "srud".contains(*first))?;
            let stamp = stamp.parse().ok()?;
            Some((key, kind, stamp))
        });
        Ok(keys.collect())
    }
}
