//! Durable records over a key-value store: the last two snapshots, and every record since the older one.
//!
//! The store knows nothing of plans. It keeps texts: a *snapshot* is a whole state, a *record* what happened since.
//! Each is one entry under a key that holds its generation, a number that only grows, so nothing is ever written over:
//!
//! ```text
//! landfall/<name>/s/12    snapshot: the state after generation 12
//! landfall/<name>/r/13    what happened next
//! ```
//!
//! Every entry carries the version of this layout, its generation and a checksum, is written by one call, and is read
//! back before it counts. Damaged entries are reported and left where they are.
//!
//! ```
//! use landfall::store::{Memory, Store};
//! let disk = Memory::default();
//! let mut store = Store::new(disk.clone(), "wiki/plan");
//! store.open()?;
//! store.append("first change")?;
//!
//! let mut next_day = Store::new(disk, "wiki/plan");
//! assert_eq!(next_day.open()?.records, ["first change"]);
//! # Ok::<(), landfall::Error>(())
//! ```

mod entry;
mod memory;

pub use memory::Memory;

use crate::error::{Code, Error, Result};
use crate::sort;
pub(crate) use entry::CRC;
use entry::Entry;

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

/// What was found in a store.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Found {
    /// The newest whole snapshot.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub snapshot: Option<String>,
    /// What happened since, oldest first.
    pub records: Vec<String>,
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

/// Durable records over a key-value store.
#[derive(Debug)]
pub struct Store<K> {
    disk: K,
    prefix: String,
    /// The newest generation that this store has taken in or written.
    generation: u64,
    /// The newest snapshot.
    snapshot: u64,
    /// Whether entries behind damage were passed over, so that no record may follow before a snapshot.
    closed: bool,
}

impl<K: KeyValue> Store<K> {
    /// The store of this name. Stores of other names on the same disk are not touched.
    pub fn new(disk: K, name: &str) -> Self {
        Self { disk, prefix: format!("landfall/{name}/"), generation: 0, snapshot: 0, closed: false }
    }

    /// Reads what is there: the newest snapshot that is whole, and the records after it.
    ///
    /// # Errors
    /// [`Code::StorageRefused`] when the store cannot be read.
    pub fn open(&mut self) -> Result<Found> {
        let mut found = Found::default();
        let mut base: Option<(u64, String)> = None;
        let mut records = Vec::new();
        // A snapshot changes nothing, so that a damaged one is no gap among the records around it.
        let mut silent = Vec::new();
        let mut newest = 0;
        for (key, kind, generation) in self.entries()? {
            let Some(text) = self.disk.get(&key)? else { continue };
            newest = newest.max(generation);
            if kind == 's' {
                silent.push(generation);
            }
            match Entry::read(&text, generation) {
                Entry::Whole(payload) if kind == 'r' => records.push((generation, payload)),
                Entry::Whole(payload) if base.as_ref().is_none_or(|(newest, _)| *newest <= generation) => {
                    base = Some((generation, payload));
                }
                Entry::Whole(_) => {}
                Entry::Newer => found.newer = true,
                Entry::Damaged => found.damaged.push(Damaged { key, text }),
            }
        }
        self.snapshot = base.as_ref().map_or(0, |(generation, _)| *generation);
        self.generation = self.snapshot;
        found.snapshot = base.map(|(_, text)| text);
        for (generation, text) in latest(records) {
            if generation <= self.snapshot {
                continue;
            }
            while silent.contains(&(self.generation + 1)) {
                self.generation += 1;
            }
            if generation == self.generation + 1 {
                self.generation = generation;
                found.records.push(text);
            } else {
                // A record before it is lost, so what it changed may not be there: it is kept, not applied.
                found.damaged.push(Damaged { key: self.key('r', generation), text });
            }
        }
        while silent.contains(&(self.generation + 1)) {
            self.generation += 1;
        }
        // What cannot be used keeps its generation: nothing is written over it.
        self.closed = newest > self.generation;
        self.generation = newest;
        Ok(found)
    }

    /// Writes a record, and reads it back.
    ///
    /// # Errors
    /// [`Code::StorageBehind`] when another tab has written since: call [`Self::catch_up`] and try again;
    /// [`Code::StorageFull`] and [`Code::StorageRefused`]: nothing was written, what was stored stays.
    pub fn append(&mut self, record: &str) -> Result<()> {
        let next = self.generation + 1;
        let key = self.key('r', next);
        if self.disk.get(&key)?.is_some() || self.disk.get(&self.key('s', next))?.is_some() {
            return Err(Error::new(Code::StorageBehind, "another tab has written since: take in its changes first"));
        }
        if self.closed {
            // Records may only follow a whole state: behind damage it takes a snapshot first.
            return Err(Error::new(Code::StorageRefused, "what is stored is damaged: write a snapshot first"));
        }
        self.write(&key, next, record)?;
        self.generation = next;
        Ok(())
    }

    /// The records that other tabs have written since, oldest first.
    ///
    /// # Errors
    /// [`Code::StorageBehind`] when they cannot be told apart from the state they led to any more: open the store again;
    /// [`Code::StorageRefused`] when the store cannot be read.
    pub fn catch_up(&mut self) -> Result<Vec<String>> {
        let mut records = Vec::new();
        let entries = self.entries()?.into_iter().map(|(key, _, generation)| (generation, key));
        let entries = entries.filter(|(generation, _)| *generation > self.generation).collect();
        for (generation, key) in latest(entries) {
            let text = self.disk.get(&key)?.unwrap_or_default();
            match Entry::read(&text, generation) {
                Entry::Whole(payload) if generation == self.generation + 1 => {
                    if key.strip_prefix(&self.prefix).is_some_and(|rest| rest.starts_with('r')) {
                        records.push(payload);
                    } else {
                        self.snapshot = generation;
                    }
                    self.generation = generation;
                }
                Entry::Whole(_) | Entry::Newer | Entry::Damaged => {
                    let message =
                        "another tab has gone on from a state that this one has not seen: open the store again";
                    return Err(Error::new(Code::StorageBehind, message));
                }
            }
        }
        Ok(records)
    }

    /// Whether so many records have piled up that a snapshot is due.
    pub fn needs_compaction(&self) -> bool {
        self.closed || self.generation.saturating_sub(self.snapshot) >= RECORDS_PER_SNAPSHOT
    }

    /// Writes a snapshot of the state after every record so far, then takes out what stands before the one before it.
    ///
    /// # Errors
    /// As [`Self::append`]. What was stored stays when the snapshot cannot be written.
    pub fn compact(&mut self, snapshot: &str) -> Result<()> {
        // One generation of its own: a snapshot never shares its number with a record of another tab.
        let next = self.generation + 1;
        if self.disk.get(&self.key('r', next))?.is_some() {
            return Err(Error::new(Code::StorageBehind, "another tab has written since: take in its changes first"));
        }
        self.write(&self.key('s', next), next, snapshot)?;
        let older = self.snapshot;
        (self.generation, self.snapshot, self.closed) = (next, next, false);
        for (key, kind, generation) in self.entries()? {
            let replaced = if kind == 's' { generation < older } else { generation <= older };
            if replaced
                && self.disk.get(&key)?.is_some_and(|text| matches!(Entry::read(&text, generation), Entry::Whole(_)))
            {
                self.disk.remove(&key)?;
            }
        }
        Ok(())
    }

    fn write(&self, key: &str, generation: u64, payload: &str) -> Result<()> {
        let text = entry::write(generation, payload);
        self.disk.set(key, &text)?;
        if self.disk.get(key)?.as_deref() == Some(text.as_str()) {
            return Ok(());
        }
        // Whatever stands there now is not what was written; it must not be taken for a record later.
        self.disk.remove(key)?;
        let message = "the browser's storage did not keep what was written: save the plan as a file";
        Err(Error::new(Code::StorageRefused, message))
    }

    fn key(&self, kind: char, generation: u64) -> String {
        format!("{}{kind}/{generation}", self.prefix)
    }

    fn entries(&self) -> Result<Vec<(String, char, u64)>> {
        let keys = self.disk.keys()?.into_iter().filter_map(|key| {
            let (kind, generation) = key.strip_prefix(&self.prefix)?.split_once('/')?;
            let kind = match kind {
                "s" => 's',
                "r" => 'r',
                _ => return None,
            };
            let generation = generation.parse().ok()?;
            Some((key, kind, generation))
        });
        Ok(keys.collect())
    }
}

/// Entries by generation; of two of the same one, the later.
fn latest(mut entries: Vec<(u64, String)>) -> Vec<(u64, String)> {
    sort::by(&mut entries, |a, b| a.0.cmp(&b.0));
    entries.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            std::mem::swap(next, kept);
        }
        same
    });
    entries
}
