//! Which entry, and which of them a snapshot has taken in.

use std::fmt;
use std::str::FromStr;

use crate::error::{Code, Error, Result};

/// Where an entry stands: generations count up, and those that two tabs wrote without having seen each other stand in
/// the order of their tabs. As a text: `13.k3f9`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Stamp {
    /// Its generation, from 1.
    pub generation: u64,
    /// The tab that wrote it; blank in the first layout, which knew no tabs.
    pub tab: String,
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let dot = if self.tab.is_empty() { "" } else { "." };
        write!(f, "{}{dot}{}", self.generation, self.tab)
    }
}

impl FromStr for Stamp {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let (generation, tab) = text.split_once('.').unwrap_or((text, ""));
        match generation.parse() {
            // A slash: it is of another store, whose name goes on where that of this one ends.
            Ok(generation) if !tab.contains('/') => Ok(Self { generation, tab: tab.to_owned() }),
            _ => Err(Error::new(Code::InvalidRequest, "this names no entry: give one as \"13.k3f9\"")),
        }
    }
}

/// The last entry of every tab that a snapshot has taken in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Seen {
    /// Whether the state is another one than these entries lead to.
    pub(super) reset: bool,
    pub(super) tabs: Vec<(String, u64)>,
}

impl Seen {
    pub(super) fn of(&self, tab: &str) -> u64 {
        self.tabs.iter().find(|(name, _)| name == tab).map_or(0, |(_, generation)| *generation)
    }

    pub(super) fn covers(&self, stamp: &Stamp) -> bool {
        self.of(&stamp.tab) >= stamp.generation
    }

    pub(super) fn see(&mut self, stamp: &Stamp) {
        match self.tabs.iter_mut().find(|(name, _)| *name == stamp.tab) {
            Some((_, generation)) => *generation = stamp.generation.max(*generation),
            None => self.tabs.push((stamp.tab.clone(), stamp.generation)),
        }
    }

    pub(super) fn write(&self) -> String {
        let tabs: Vec<String> = self.tabs.iter().map(|(tab, generation)| format!("{generation}.{tab}")).collect();
        format!("{}{}", if self.reset { '!' } else { '-' }, tabs.join(","))
    }

    pub(super) fn read(text: &str) -> Option<Self> {
        let mut seen = Self { reset: text.starts_with('!'), tabs: Vec::new() };
        for stamp in text.strip_prefix(['!', '-'])?.split(',').filter(|stamp| !stamp.is_empty()) {
            seen.see(&stamp.parse().ok()?);
        }
        Some(seen)
    }
}
