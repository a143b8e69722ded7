//! Tabs on one store: no acknowledged edit is lost, and all come to the same plan.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use landfall::Result;
use landfall::session::{Change, Command, ImportOptions, Journal, Planner};
use landfall::store::{KeyValue, Memory};

use crate::store::{add, day};

/// What every tab has written, in the order in which the browser took it.
type Log = Rc<RefCell<Vec<(usize, String, Option<String>)>>>;

/// A tab's view of the browser's storage: its own writes at once, those of others after a while, in order.
#[derive(Clone)]
struct View {
    log: Log,
    tab: usize,
    here: Rc<RefCell<(usize, BTreeMap<String, String>)>>,
}

impl View {
    fn new(log: &Log, tab: usize) -> Self {
        let view = Self { log: Rc::clone(log), tab, here: Rc::default() };
        for (_, key, value) in log.borrow().iter() {
            view.put(key, value.as_deref());
        }
        view.here.borrow_mut().0 = log.borrow().len();
        view
    }

    fn put(&self, key: &str, value: Option<&str>) {
        let map = &mut self.here.borrow_mut().1;
        match value {
            Some(value) => map.insert(key.to_owned(), value.to_owned()),
            None => map.remove(key),
        };
    }

    /// Takes in all but the last `late` writes of others.
    fn deliver(&self, late: usize) {
        let log = self.log.borrow();
        let from = self.here.borrow().0;
        let to = log.len().saturating_sub(late).max(from);
        for (tab, key, value) in &log[from..to] {
            if *tab != self.tab {
                self.put(key, value.as_deref());
            }
        }
        self.here.borrow_mut().0 = to;
    }

    fn write(&self, key: &str, value: Option<&str>) {
        self.put(key, value);
        self.log.borrow_mut().push((self.tab, key.to_owned(), value.map(str::to_owned)));
    }
}

impl KeyValue for View {
    fn get(&self, key: &str) -> Result<Option<String>> {
        Ok(self.here.borrow().1.get(key).cloned())
    }

    fn set(&self, key: &str, value: &str) -> Result<()> {
        self.write(key, Some(value));
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<()> {
        self.write(key, None);
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>> {
        Ok(self.here.borrow().1.keys().cloned().collect())
    }
}

struct Tab {
    /// What it was called, before and now.
    names: Vec<String>,
    view: View,
    journal: Journal<View>,
    planner: Planner,
}

fn open(log: &Log, number: usize, was: &[String]) -> Tab {
    let view = View::new(log, number);
    let mut journal = Journal::new(view.clone(), "page", &format!("t{number}"), was).every(5);
    let mut planner = Planner::default();
    journal.open(&mut planner, None).unwrap();
    let names = [was, &[format!("t{number}")]].concat();
    Tab { names, view, journal, planner }
}

fn title(change: &Change) -> String {
    match &change.command {
        Command::AddItem { item, .. } => item.title.clone(),
        other => panic!("{other:?}"),
    }
}

/// Several tabs do this and that; `late`: how many writes of others a tab may not have seen yet.
fn schedule(seed: u64, late: usize) -> u32 {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut any = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as usize % below
    };
    let log = Log::default();
    let count = 2 + any(2);
    let mut tabs: Vec<Tab> = Vec::new();
    let (mut opened, mut returned) = (0, 0);
    let mut wanted: BTreeMap<String, bool> = BTreeMap::new();
    for step in 0..24 {
        let tab = any(count);
        if tab >= tabs.len() {
            opened += 1;
            tabs.push(open(&log, opened, &[]));
            continue;
        }
        let Tab { view, journal, planner, .. } = &mut tabs[tab];
        view.deliver(any(late + 1));
        journal.take_in(planner).unwrap();
        planner.take_left_out();
        if any(4) == 0 {
            view.deliver(any(late + 1));
        }
        let done = match any(12) {
            0..7 => {
                let mut command = add(&format!("{step}"));
                if let Command::AddItem { before, .. } = &mut command {
                    // Others may take back what it goes before.
                    *before = planner.plan().items.get(any(6)).map(|item| item.id.clone());
                }
                planner.apply(command).unwrap();
                Some((format!("{step}"), true))
            }
            7 | 8 => planner.undo().map(|change| (title(&change), false)),
            9 => planner.redo().map(|change| (title(&change), true)),
            10 => None,
            _ => {
                // It is killed and opened again, and has what it was told to be kept.
                opened += 1;
                let was = tabs[tab].names.clone();
                tabs[tab] = open(&log, opened, if any(2) == 0 { &was } else { &[] });
                continue;
            }
        };
        journal.keep(planner, day(1)).unwrap();
        // Of an undo that is said to have been in vain either may hold.
        let back = planner.take_left_out().iter().any(|text| text.contains("is there again"));
        returned += u32::from(back);
        match done {
            Some((title, false)) if back => drop(wanted.remove(&title)),
            done => wanted.extend(done),
        }
        if journal.is_due() {
            journal.compact(planner).unwrap();
        }
    }
    let titles = |planner: &Planner| {
        let mut titles: Vec<String> = planner.plan().items.iter().map(|item| item.title.clone()).collect();
        titles.sort();
        titles
    };
    for _ in 0..3 {
        for tab in &mut tabs {
            tab.view.deliver(0);
            tab.journal.take_in(&mut tab.planner).unwrap();
        }
    }
    let fresh = open(&log, 99, &[]);
    let shown = titles(&fresh.planner);
    for (title, there) in wanted {
        let is_shown = shown.contains(&title);
        returned += u32::from(is_shown && !there);
        for planner in tabs.iter().map(|tab| &tab.planner).chain([&fresh.planner]) {
            assert!(!there || titles(planner).contains(&title), "{title} is lost: seed {seed}, {late} late");
        }
    }
    for Tab { planner, view, .. } in &tabs {
        // Entries that crossed may stand in another order until the next start.
        assert!(late > 0 || planner.document() == fresh.planner.document(), "seed {seed}: {}", view.tab);
    }
    returned
}

#[test]
fn no_schedule_of_two_or_three_tabs_loses_an_acknowledged_edit() {
    let mut returned = 0;
    for seed in 0..5_000 {
        assert_eq!(schedule(seed, 0), 0);
        returned += schedule(seed, 4);
    }
    // Where all is seen at once nothing that was undone comes back; else it is rare, and said.
    assert!(returned < 50, "{returned}");
}

fn tab_on(disk: &Memory, tab: &str) -> (Journal<Memory>, Planner) {
    let (mut journal, mut planner) = (Journal::new(disk.clone(), "page", tab, &[]), Planner::default());
    journal.open(&mut planner, None).map(|_| (journal, planner)).unwrap()
}

#[test]
fn what_was_done_to_a_new_item_stays_with_it_though_another_tab_gave_its_id_away() {
    let disk = Memory::default();
    let (mut one, mut plan_of_one) = tab_on(&disk, "a");
    plan_of_one.apply(add("Known to both")).unwrap();
    one.keep(&mut plan_of_one, day(1)).unwrap();
    let (mut two, mut plan_of_two) = tab_on(&disk, "b");
    for title in ["First", "Second"] {
        plan_of_one.apply(add(title)).unwrap();
    }
    one.keep(&mut plan_of_one, day(1)).unwrap();
    // As while its storage is full: it has seen none of this, and gives the same ids.
    for command in [
        r#"{"type":"addItem","item":{"title":"Own"},"before":"LF-1"}"#,
        r#"{"type":"editItem","id":"LF-2","patch":{"notes":"of its own"}}"#,
        r#"{"type":"duplicateItem","id":"LF-2","copy":"LF-3"}"#,
        r#"{"type":"editItem","id":"LF-3","patch":{"title":"Copy","needs":["LF-2"]}}"#,
        r#"{"type":"addItem","item":{"title":"Child","parent":"LF-3"},"before":"LF-2"}"#,
    ] {
        plan_of_two.apply(landfall::session::read_command(command).unwrap()).unwrap();
    }
    two.keep(&mut plan_of_two, day(1)).unwrap();
    assert!(plan_of_two.take_left_out().is_empty());
    let lines = |planner: &Planner| -> Vec<String> {
        let line = |item: &landfall::plan::Item| {
            let parent = item.parent.as_deref().unwrap_or_default();
            format!("{} {} [{}] {parent} {:?}", item.id, item.title, item.notes, item.needs)
        };
        planner.plan().items.iter().map(|item| line(item)).collect::<Vec<_>>()
    };
    assert_eq!(
        lines(&plan_of_two),
        [
            "LF-6 Child [] LF-5 []",
            "LF-4 Own [of its own]  []",
            "LF-5 Copy [of its own]  [\"LF-4\"]",
            "LF-1 Known to both []  []",
            "LF-2 First []  []",
            "LF-3 Second []  []",
        ]
    );
    one.take_in(&mut plan_of_one).unwrap();
    assert_eq!(lines(&plan_of_one), lines(&plan_of_two));
    assert_eq!(lines(&tab_on(&disk, "c").1), lines(&plan_of_two));
    // What another goes before is taken back: it stays, at the end.
    plan_of_two.apply(add("Last")).unwrap();
    two.keep(&mut plan_of_two, day(1)).unwrap();
    one.take_in(&mut plan_of_one).unwrap();
    let last = plan_of_one.plan().items.last().unwrap().id.clone();
    let mut command = add("Before the last");
    if let Command::AddItem { before, .. } = &mut command {
        *before = Some(last);
    }
    plan_of_one.apply(command).unwrap();
    one.keep(&mut plan_of_one, day(1)).unwrap();
    two.take_in(&mut plan_of_two).unwrap();
    plan_of_two.undo().unwrap();
    two.keep(&mut plan_of_two, day(1)).unwrap();
    assert_eq!(plan_of_two.plan().items.last().unwrap().title, "Before the last");
}

#[test]
fn a_file_that_was_looked_at_joins_the_plan_as_other_tabs_have_left_it() {
    let disk = Memory::default();
    let (mut one, mut plan_of_one) = tab_on(&disk, "a");
    plan_of_one.apply(add("First")).unwrap();
    one.keep(&mut plan_of_one, day(1)).unwrap();
    plan_of_one.apply(add("Taken back")).unwrap();
    one.keep(&mut plan_of_one, day(1)).unwrap();
    let (mut two, mut plan_of_two) = tab_on(&disk, "b");
    let file = b"Key,Title\nA-1,Log in\n";
    plan_of_two.import(file, &ImportOptions { preview: true, ..ImportOptions::default() }).unwrap();
    plan_of_one.undo().unwrap();
    one.keep(&mut plan_of_one, day(1)).unwrap();
    assert!(two.take_in(&mut plan_of_two).unwrap());
    plan_of_two.import(file, &ImportOptions::default()).unwrap();
    let titles: Vec<&str> = plan_of_two.plan().items.iter().map(|item| item.title.as_str()).collect();
    assert_eq!(titles, ["First", "Log in"]);
}
