//! A store whose calls fail, lose, cut and change what they are given, under any edits: no panic, and after the next start
//! on what was acknowledged while the store was sound, that is there. What is damaged is told, never taken for a plan.
#![no_main]

use std::cell::RefCell;
use std::rc::Rc;

use arbitrary::Arbitrary;
use landfall::plan::{CivilDate, Item};
use landfall::session::{Command, Journal, Planner};
use landfall::store::{KeyValue, Memory};
use landfall::{Code, Error, Result};

#[derive(Debug, Clone, Copy, Arbitrary)]
enum Fault {
    Throws,
    Drops,
    Truncates(u8),
    Flips(u8),
}

#[derive(Debug, Arbitrary)]
enum Step {
    Add,
    Undo,
    Redo,
    Restart,
    /// The next calls that write do this.
    Break(Fault, u8),
}

#[derive(Clone, Default)]
struct Disk {
    memory: Memory,
    fault: Rc<RefCell<Option<(Fault, u8)>>>,
}

impl Disk {
    fn next(&self) -> Option<Fault> {
        let mut fault = self.fault.borrow_mut();
        let (now, left) = (*fault)?;
        *fault = left.checked_sub(1).map(|left| (now, left));
        Some(now)
    }
}

impl KeyValue for Disk {
    fn get(&self, key: &str) -> Result<Option<String>> {
        self.memory.get(key)
    }

    fn set(&self, key: &str, value: &str) -> Result<()> {
        let place = |at: u8| (0..=usize::from(at) % value.len().max(1)).rev().find(|k| value.is_char_boundary(*k)).unwrap_or(0);
        match self.next() {
            None => self.memory.set(key, value),
            Some(Fault::Throws) => Err(Error::new(Code::StorageFull, "full")),
            Some(Fault::Drops) => Ok(()),
            Some(Fault::Truncates(at)) => self.memory.set(key, &value[..place(at)]),
            Some(Fault::Flips(at)) => {
                let at = place(at);
                let mut changed = value.to_owned();
                if let Some(letter) = value[at..].chars().next().filter(char::is_ascii) {
                    let other = char::from(letter as u8 ^ 1);
                    changed.replace_range(at..at + 1, other.encode_utf8(&mut [0; 4]));
                }
                self.memory.set(key, &changed)
            }
        }
    }

    fn remove(&self, key: &str) -> Result<()> {
        match self.next() {
            Some(Fault::Throws) => Err(Error::new(Code::StorageRefused, "refused")),
            Some(Fault::Drops) => Ok(()),
            _ => self.memory.remove(key),
        }
    }

    fn keys(&self) -> Result<Vec<String>> {
        self.memory.keys()
    }
}

fn titles(planner: &Planner) -> Vec<String> {
    planner.plan().items.iter().map(|item| item.title.clone()).collect()
}

libfuzzer_sys::fuzz_target!(|steps: Vec<Step>| {
    let today: CivilDate = "2026-11-23".parse().expect("a day");
    let disk = Disk::default();
    let open = |tab: usize| {
        let mut planner = Planner::default();
        let mut journal = Journal::new(disk.clone(), "plan", &format!("tab{tab}"), &[]).every(5);
        let opened = journal.open(&mut planner, None).expect("a store that reads can be opened");
        (journal, planner, opened)
    };
    let (mut journal, mut planner, _) = open(0);
    // What was last acknowledged.
    let mut kept: Option<Vec<String>> = None;
    // Before the first change nothing is stored.
    let mut begun = false;
    let mut tabs = 0;
    for (k, step) in steps.into_iter().take(120).enumerate() {
        match step {
            Step::Add => {
                let item = Box::new(Item::titled(&format!("Item {k}")));
                planner.apply(Command::AddItem { item, before: None }).expect("an item can be added");
            }
            Step::Undo => drop(planner.undo()),
            Step::Redo => drop(planner.redo()),
            Step::Break(fault, times) => {
                *disk.fault.borrow_mut() = Some((fault, times % 8));
                continue;
            }
            Step::Restart => {
                tabs += 1;
                let opened;
                (journal, planner, opened) = open(tabs);
                if let Some(kept) = &kept {
                    assert!(opened.begun || !begun, "never an empty plan unasked");
                    assert_eq!(&titles(&planner), kept, "what was acknowledged is there");
                }
                continue;
            }
        }
        if journal.keep(&mut planner, today).is_ok() {
            kept = Some(titles(&planner));
            begun |= planner.undo_label().is_some();
            if journal.is_due() {
                // Refused or not: what was stored stays.
                let _ = journal.compact(&mut planner);
            }
        } else if kept.is_some() {
            // It may be there or not: both are newer than what was acknowledged, so only begin anew from a start.
            kept = None;
        }
    }
});
