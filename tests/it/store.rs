//! The store: what was acknowledged is there after any start.

use std::cell::Cell;
use std::rc::Rc;

use landfall::plan::{CivilDate, Item, PlanDocument};
use landfall::session::{Command, Journal, Opened, Planner, UNDO_DEPTH};
use landfall::store::{KeyValue, Memory, Store};
use landfall::{Code, Error, Result};

pub fn day(day: u32) -> CivilDate {
    format!("2026-11-{day:02}").parse().unwrap()
}

pub fn add(title: &str) -> Command {
    Command::AddItem { item: Box::new(Item::titled(title)), before: None }
}

fn rename(name: &str) -> Command {
    Command::RenamePlan { name: name.to_owned() }
}

/// A start on what a disk holds.
fn start<K: KeyValue>(disk: K, tab: &str) -> (Journal<K>, Planner, Result<Opened>) {
    let (mut journal, mut planner) = (Journal::new(disk, "page", tab, &[]).every(4), Planner::default());
    let opened = journal.open(&mut planner, None);
    (journal, planner, opened)
}

fn copy(disk: &Memory) -> Memory {
    let other = Memory::default();
    for key in disk.keys().unwrap() {
        other.set(&key, &disk.get(&key).unwrap().unwrap()).unwrap();
    }
    other
}

/// What two tabs have made in three days: the disk, and every state that was acknowledged, the oldest first.
fn worked() -> (Memory, Vec<PlanDocument>) {
    let disk = Memory::default();
    let (mut one, mut plan_of_one, _) = start(disk.clone(), "one");
    let (mut two, mut plan_of_two, _) = start(disk.clone(), "two");
    let mut states = vec![plan_of_one.document()];
    for k in 1..=22_u32 {
        let (journal, planner) = if k % 3 == 0 { (&mut two, &mut plan_of_two) } else { (&mut one, &mut plan_of_one) };
        journal.take_in(planner).unwrap();
        if k == 11 || k == 21 {
            planner.undo().unwrap();
        } else {
            planner.apply(add(&format!("Item {k}"))).unwrap();
        }
        journal.keep(planner, day(k / 8 + 1)).unwrap();
        if journal.is_due() {
            journal.compact(planner).unwrap();
        }
        states.push(planner.document());
    }
    (disk, states)
}

/// What the first layout wrote: a snapshot and what happened since. The checksum is that of zlib over the generation in
/// eight bytes, the lowest first, and the payload.
fn of_the_first_layout(generation: u64, payload: &str) -> String {
    let crc = crc::Crc::<u32>::new(&crc::CRC_32_ISO_HDLC);
    let mut digest = crc.digest();
    digest.update(&generation.to_le_bytes());
    digest.update(payload.as_bytes());
    format!("landfall1 {generation} {:08x} {payload}", digest.finalize())
}

fn old_disk() -> (Memory, PlanDocument) {
    let disk = Memory::default();
    let mut planner = Planner::default();
    planner.apply(rename("Of yesterday")).unwrap();
    let plan: serde_json::Value = serde_json::from_str(&planner.document().to_json().unwrap()).unwrap();
    let put = |kind: &str, generation: u64, payload: serde_json::Value| {
        let text = of_the_first_layout(generation, &payload.to_string());
        disk.set(&format!("landfall/page/{kind}/{generation}"), &text).unwrap();
    };
    put("s", 7, serde_json::json!({ "plan": plan }));
    for (k, title) in ["First", "Second", "Third"].into_iter().enumerate() {
        put(
            "r",
            8 + k as u64,
            serde_json::json!({ "apply": { "type": "addItem", "item": { "id": format!("LF-{}", k + 1), "title": title } } }),
        );
    }
    put("r", 11, serde_json::json!({ "undo": true }));
    put("r", 12, serde_json::json!({ "undo": true }));
    put("r", 13, serde_json::json!({ "redo": true }));
    for title in ["First", "Second"] {
        planner.apply(add(title)).unwrap();
    }
    (disk, planner.document())
}

#[test]
fn the_last_two_snapshots_and_what_happened_since_the_older_are_kept() {
    let (disk, states) = worked();
    let count = |kind: &str| disk.keys().unwrap().iter().filter(|key| key.contains(kind)).count();
    // What was undone behind a snapshot is in the newest alone, which was therefore written twice.
    assert_eq!(count("/s/"), 3);
    assert!((1..=12).contains(&(count("/r/") + count("/u/"))), "{:?}", disk.keys());
    let (journal, planner, opened) = start(disk, "three");
    assert!(opened.unwrap().damaged.is_empty());
    assert_eq!(planner.document(), *states.last().unwrap());
    assert_eq!(journal.days().unwrap(), ["2026-11-03", "2026-11-02", "2026-11-01"]);
    assert_eq!(journal.day("2026-11-01").unwrap(), states[0]);
    assert_eq!(journal.day("2026-11-02").unwrap(), states[7]);
    assert_eq!(journal.day("2026-11-03").unwrap(), states[15]);
    let since = |day: &str| planner.since(journal.day(day).unwrap()).unwrap();
    assert_eq!(since("2026-11-01"), "Since then: 18 items added");
    assert_eq!(planner.since(planner.document()).unwrap(), "Since then: nothing has changed");
}

#[test]
fn what_the_first_layout_stored_is_read_and_stays_until_it_is_stored_anew() {
    assert_eq!(of_the_first_layout(1, "{\"é\":1}"), "landfall1 1 caaee38a {\"é\":1}");
    let (disk, expected) = old_disk();
    let before = disk.keys().unwrap();
    let (mut journal, mut planner, opened) = start(disk.clone(), "new");
    assert!(opened.unwrap().damaged.is_empty());
    assert_eq!(planner.document(), expected);
    assert_eq!(disk.keys().unwrap(), before, "looking changes nothing");

    // The old page is still open beside it, and goes on in its way.
    planner.apply(rename("Of today")).unwrap();
    journal.keep(&mut planner, day(1)).unwrap();
    for key in &before {
        assert!(disk.get(key).unwrap().is_some(), "{key} was taken out before a second snapshot stood");
    }
    let theirs = r#"{"apply":{"item":{"id":"LF-9","title":"From the old page"},"type":"addItem"}}"#;
    disk.set("landfall/page/r/14", &of_the_first_layout(14, theirs)).unwrap();
    assert!(journal.take_in(&mut planner).unwrap());
    let names = |planner: &Planner| (planner.plan().name.clone(), planner.plan().items.len());
    assert_eq!(names(&planner), ("Of today".to_owned(), 3));
    assert_eq!(names(&start(disk.clone(), "next").1), names(&planner));

    // After two more snapshots nothing of the first layout is left.
    for k in 0..12 {
        planner.apply(rename(&format!("Name {k}"))).unwrap();
        journal.keep(&mut planner, day(1)).unwrap();
        if journal.is_due() {
            journal.compact(&mut planner).unwrap();
        }
    }
    for key in disk.keys().unwrap() {
        assert!(disk.get(&key).unwrap().unwrap().starts_with("landfall2 "), "{key}");
    }
    assert_eq!(start(disk, "last").1.document(), planner.document());
}

#[test]
fn any_truncation_or_flipped_bit_shows_the_newest_state_before_it_and_is_told() {
    let (disk, states) = worked();
    let (mut tried, mut seed) = (0, 7_u64);
    for key in disk.keys().unwrap() {
        let text = disk.get(&key).unwrap().unwrap();
        let mut broken: Vec<String> =
            (0..text.len()).filter(|k| text.is_char_boundary(*k)).map(|k| text[..k].to_owned()).collect();
        for _ in 0..60 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let mut bytes = text.clone().into_bytes();
            let place = (seed >> 33) as usize % bytes.len();
            bytes[place] ^= 1 << (seed >> 61);
            broken.extend(String::from_utf8(bytes));
        }
        for broken in broken {
            tried += 1;
            let disk = copy(&disk);
            disk.set(&key, &broken).unwrap();
            let (mut journal, mut planner, opened) = start(disk.clone(), "next");
            let opened = opened.unwrap();
            assert!(opened.begun, "never an empty plan unasked: {key}: {broken}");
            assert!(opened.damaged.iter().any(|damaged| damaged.key == key && damaged.text == broken));
            let shown = states.iter().position(|state| *state == planner.document());
            let shown = shown.unwrap_or_else(|| panic!("{key}: {broken}: a state that never was"));
            // Snapshots and days stand in for each other, and all records of the older snapshot are there.
            if !key.contains("/r/") && !key.contains("/u/") {
                assert_eq!(shown, states.len() - 1, "{key}: {broken}");
            }
            // Whatever comes next is kept, and what is damaged stays as it is.
            if opened.newer.is_none() && tried % 7 == 0 {
                planner.apply(rename("Gone on")).unwrap();
                journal.keep(&mut planner, day(4)).unwrap();
                assert_eq!(disk.get(&key).unwrap().as_deref(), Some(broken.as_str()));
                let (_, again, opened) = start(disk, "again");
                assert_eq!(again.document(), planner.document());
                assert!(!opened.unwrap().damaged.is_empty());
            }
        }
    }
    assert!(tried > 3000, "{tried}");
}

#[test]
fn a_state_that_nothing_else_leads_to_survives_damage_of_its_snapshot() {
    let (disk, _) = worked();
    let (mut journal, mut planner, _) = start(disk.clone(), "anew");
    planner = Planner::from_document(planner.document()).unwrap();
    journal.begin_anew();
    for name in ["Another", "And another"] {
        planner.apply(rename(name)).unwrap();
        journal.keep(&mut planner, day(4)).unwrap();
    }
    let snapshots: Vec<String> = disk.keys().unwrap().into_iter().filter(|key| key.contains("/s/")).collect();
    for key in snapshots {
        let disk = copy(&disk);
        disk.set(&key, "").unwrap();
        let (_, shown, opened) = start(disk, "next");
        assert_eq!(shown.document(), planner.document(), "{key}");
        assert_eq!(opened.unwrap().damaged.len(), 1);
    }
}

#[test]
fn what_a_newer_landfall_has_stored_is_shown_and_left_alone() {
    let (disk, states) = worked();
    let newest = disk.keys().unwrap().into_iter().rfind(|key| key.contains("/r/")).unwrap();
    let text = disk.get(&newest).unwrap().unwrap();
    disk.set(&newest, &text.replacen("landfall2", "landfall99", 1)).unwrap();
    let before: Vec<_> = disk.keys().unwrap().into_iter().map(|key| (disk.get(&key).unwrap(), key)).collect();
    let (mut journal, mut planner, opened) = start(disk.clone(), "next");
    assert!(opened.unwrap().newer.is_some());
    assert!(states.contains(&planner.document()));
    planner.apply(rename("Here alone")).unwrap();
    assert_eq!(journal.keep(&mut planner, day(4)).unwrap_err().code(), Code::ReadOnly);
    let after: Vec<_> = disk.keys().unwrap().into_iter().map(|key| (disk.get(&key).unwrap(), key)).collect();
    assert_eq!(before, after);

    // A newer format of the plan, in this layout: the newest state that can be read.
    let disk = Memory::default();
    let mut store = Store::new(disk.clone(), "page", "a");
    store.open(&[]).unwrap();
    let plan = Planner::default().document().to_json().unwrap();
    store.compact(&format!("{{\"plan\":{plan}}}"), false).unwrap();
    store.compact(&format!("{{\"plan\":{}}}", plan.replacen("\"version\": 1", "\"version\": 7", 1)), false).unwrap();
    let (_, planner, opened) = start(disk, "next");
    let opened = opened.unwrap();
    assert!(opened.begun && opened.newer.unwrap().contains("format 7"));
    assert_eq!(planner.document(), Planner::default().document());
}

#[test]
fn stores_of_other_names_are_not_touched() {
    let (disk, _) = worked();
    let theirs = |disk: &Memory| -> Vec<String> {
        disk.keys().unwrap().into_iter().filter(|key| key.starts_with("landfall/page/")).collect()
    };
    let before = theirs(&disk);
    let mut journal = Journal::new(disk.clone(), "page 2", "x", &[]).every(4);
    let mut planner = Planner::default();
    assert!(!journal.open(&mut planner, None).unwrap().begun);
    for k in 0..30 {
        planner.apply(rename(&format!("{k}"))).unwrap();
        journal.keep(&mut planner, day(1)).unwrap();
        if journal.is_due() {
            journal.compact(&mut planner).unwrap();
        }
    }
    assert_eq!(theirs(&disk), before);
}

/// A disk that fails at its `k`-th call, in one of several ways.
#[derive(Clone)]
struct Faulty {
    disk: Memory,
    left: Rc<Cell<u32>>,
    how: Fault,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Fault {
    Throws,
    DropsSilently,
    Truncates,
    FlipsABit,
    WritesAndThrows,
    StopsForEver,
}

impl Faulty {
    /// Whether this call fails; an error when it throws.
    fn strikes(&self) -> Result<bool> {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        let now = left == 1 || (left == 0 && self.how == Fault::StopsForEver);
        match self.how {
            Fault::Throws | Fault::WritesAndThrows | Fault::StopsForEver if now => {
                Err(Error::new(Code::StorageRefused, "it throws"))
            }
            _ => Ok(now),
        }
    }

    fn spoiled(&self, text: &str) -> Option<String> {
        match self.how {
            Fault::Truncates => Some(text.chars().take(text.len() / 2).collect()),
            Fault::FlipsABit => {
                let place = text.len() / 3;
                Some(
                    text.chars()
                        .enumerate()
                        .map(|(k, c)| if k == place { char::from(c as u8 ^ 1) } else { c })
                        .collect(),
                )
            }
            _ => None,
        }
    }
}

impl KeyValue for Faulty {
    fn get(&self, key: &str) -> Result<Option<String>> {
        let strikes = self.strikes()?;
        let text = self.disk.get(key)?;
        Ok(if strikes { text.and_then(|text| self.spoiled(&text)) } else { text })
    }

    fn set(&self, key: &str, value: &str) -> Result<()> {
        if self.how == Fault::WritesAndThrows && self.left.get() == 1 {
            self.disk.set(key, value)?;
        }
        match (self.strikes()?, self.spoiled(value)) {
            (false, _) => self.disk.set(key, value),
            (true, Some(spoiled)) => self.disk.set(key, &spoiled),
            (true, None) => Ok(()),
        }
    }

    fn remove(&self, key: &str) -> Result<()> {
        if self.strikes()? { Ok(()) } else { self.disk.remove(key) }
    }

    fn keys(&self) -> Result<Vec<String>> {
        let strikes = self.strikes()?;
        let mut keys = self.disk.keys()?;
        if strikes {
            match (self.how, keys.pop()) {
                (Fault::FlipsABit, Some(last)) => keys.extend(self.spoiled(&last)),
                (Fault::Truncates, _) => keys.truncate(keys.len() / 2),
                _ => keys.clear(),
            }
        }
        Ok(keys)
    }
}

#[test]
fn a_fault_at_any_call_of_anything_loses_nothing_acknowledged() {
    type Act = fn(&mut Journal<Faulty>, &mut Planner) -> Result<()>;
    fn apply(planner: &mut Planner, command: Command) -> Result<()> {
        planner.apply(command).map(drop)
    }
    let acts: [(&str, Act); 9] = [
        ("save", |_, planner| apply(planner, add("One more"))),
        ("undo", |_, planner| {
            planner.undo();
            Ok(())
        }),
        ("compaction", |journal, planner| {
            for k in 0..5 {
                planner.apply(add(&format!("One more {k}")))?;
                let _ = journal.keep(planner, day(9));
            }
            Ok(())
        }),
        ("compaction and undo", |journal, planner| {
            for k in 0..5 {
                planner.apply(add(&format!("One more {k}")))?;
                let _ = journal.keep(planner, day(9));
            }
            let _ = journal.compact(planner);
            planner.undo();
            planner.undo();
            Ok(())
        }),
        ("import", |_, planner| {
            let file = "Title,Status\nFirst,Open\nSecond,Open\n";
            planner.import(file.as_bytes(), &landfall::session::ImportOptions::default()).map(drop)
        }),
        ("restore", |journal, planner| {
            let document = Box::new(journal.day("2026-11-02")?);
            apply(planner, Command::ReplacePlan { document })
        }),
        ("delete", |_, planner| {
            let ids = planner.plan().items.iter().map(|item| item.id.clone()).collect();
            apply(planner, Command::RemoveItems { ids })
        }),
        ("empty", |_, planner| {
            apply(planner, Command::ReplacePlan { document: Box::new(Planner::default().document()) })
        }),
        ("migrate", |_, planner| apply(planner, add("One more"))),
    ];
    let (today, ..) = worked();
    let (old, _) = old_disk();
    let mut faults = 0;
    for (name, act) in acts {
        let prepared = if name == "migrate" { &old } else { &today };
        let before = start(copy(prepared), "look").1.document();
        for how in [
            Fault::Throws,
            Fault::DropsSilently,
            Fault::Truncates,
            Fault::FlipsABit,
            Fault::WritesAndThrows,
            Fault::StopsForEver,
        ] {
            for at in 1.. {
                let disk = copy(prepared);
                let faulty = Faulty { disk: disk.clone(), left: Rc::new(Cell::new(at)), how };
                let at = format!("{name}, {how:?} at {at}");
                let (mut journal, mut planner) =
                    (Journal::new(faulty.clone(), "page", "next", &["one".to_owned()]).every(4), Planner::default());
                let opened = journal.open(&mut planner, None);
                let mut acknowledged = before.clone();
                let mut reached = before.clone();
                if opened.is_ok_and(|opened| opened.newer.is_none()) && act(&mut journal, &mut planner).is_ok() {
                    reached = planner.document();
                    if journal.keep(&mut planner, day(9)).is_ok() {
                        acknowledged = reached.clone();
                    }
                    let _ = journal.compact(&mut planner);
                    assert_eq!(planner.document(), reached, "{at}: memory stays right");
                }
                let (_, shown, opened) = start(disk.clone(), "after");
                assert!(opened.unwrap().begun, "{at}: an empty plan unasked");
                let shown = shown.document();
                let between = name.starts_with("compaction") && shown.items.len() >= before.items.len();
                assert!(shown == acknowledged || shown == reached || (between && acknowledged == before), "{at}");
                let struck = faulty.left.get() == 0;
                faulty.left.set(u32::MAX);
                // Where the fault has passed, trying again brings it home.
                if reached != before {
                    journal.keep(&mut planner, day(9)).unwrap();
                    assert_eq!(planner.document(), reached, "{at}: nothing is done twice");
                    assert_eq!(start(disk, "later").1.document(), reached, "{at}: tried again");
                }
                if !struck {
                    break;
                }
                faults += 1;
            }
        }
    }
    assert!(faults > 800, "{faults}");
}

/// A disk with so many UTF-16 units of room.
#[derive(Clone)]
struct Small(Memory, Rc<Cell<usize>>);

impl KeyValue for Small {
    fn get(&self, key: &str) -> Result<Option<String>> {
        self.0.get(key)
    }

    fn set(&self, key: &str, value: &str) -> Result<()> {
        let others = self.0.keys()?.into_iter().filter(|other| other != key);
        let used: usize = others.map(|other| other.len() + self.0.get(&other).unwrap().unwrap().len()).sum();
        if used + key.len() + value.len() > self.1.get() {
            return Err(Error::new(Code::StorageFull, "full"));
        }
        self.0.set(key, value)
    }

    fn remove(&self, key: &str) -> Result<()> {
        self.0.remove(key)
    }

    fn keys(&self) -> Result<Vec<String>> {
        self.0.keys()
    }
}

#[test]
fn a_full_disk_keeps_what_it_has_and_takes_the_rest_when_there_is_room() {
    let (disk, _) = worked();
    let used: usize = disk.keys().unwrap().iter().map(|key| key.len() + disk.get(key).unwrap().unwrap().len()).sum();
    let small = Small(disk.clone(), Rc::new(Cell::new(used)));
    let (mut journal, mut planner, _) = start(small.clone(), "next");
    let mut stored = 0;
    for k in 0..300 {
        planner.apply(add(&format!("{k}: a title of some length, so that it takes room"))).unwrap();
        match journal.keep(&mut planner, day(9)) {
            Ok(()) => stored = planner.plan().items.len(),
            Err(error) => assert_eq!(error.code(), Code::StorageFull),
        }
        let _ = journal.compact(&mut planner);
        assert!(start(disk.clone(), "look").1.plan().items.len() >= stored);
    }
    assert!(journal.days().unwrap().is_empty(), "days give way first");
    assert!(stored > 20 && stored < planner.plan().items.len());
    small.1.set(used * 100);
    journal.keep(&mut planner, day(9)).unwrap();
    assert_eq!(start(disk, "later").1.document(), planner.document());
}

#[test]
fn days_have_a_bound_and_the_oldest_go_first() {
    let disk = Memory::default();
    let (mut journal, mut planner, _) = start(disk.clone(), "a");
    for k in 1..=9 {
        let notes = "x".repeat(19_000);
        for n in 0..3 {
            let item = Item { notes: notes.clone(), ..Item::titled(format!("{k} {n}")) };
            planner.apply(Command::AddItem { item: Box::new(item), before: None }).unwrap();
        }
        journal.keep(&mut planner, day(k)).unwrap();
        journal.keep(&mut planner, day(k)).unwrap();
    }
    assert_eq!(journal.days().unwrap().first().map(String::as_str), Some("2026-11-09"));
    let sizes = disk.keys().unwrap().into_iter().filter(|key| key.contains("/d/"));
    let size: usize = sizes.map(|key| disk.get(&key).unwrap().unwrap().len()).sum();
    assert!(size <= 1_300_000, "{size}");
    assert!(journal.days().unwrap().len() < 9, "{:?}", journal.days());
}

#[test]
fn the_change_that_nothing_goes_on_with_is_left_out_at_the_next_start_and_stays_out() {
    let (disk, states) = worked();
    let (mut journal, mut planner, _) = start(disk.clone(), "a");
    planner.apply(add("The one that kills")).unwrap();
    journal.keep(&mut planner, day(4)).unwrap();
    let last = journal.last(&planner).unwrap();
    let (mut journal, mut planner) = (Journal::new(disk.clone(), "page", "b", &["a".to_owned()]), Planner::default());
    journal.open(&mut planner, Some(&last)).unwrap();
    assert_eq!(planner.document(), *states.last().unwrap());
    journal.keep(&mut planner, day(4)).unwrap();
    assert_eq!(start(disk, "c").1.document(), *states.last().unwrap());
}

#[test]
fn what_is_emptied_under_open_tabs_is_stored_whole_with_the_next_change() {
    let (disk, _) = worked();
    let (mut one, mut plan_of_one, _) = start(disk.clone(), "a");
    plan_of_one.apply(add("Of this day")).unwrap();
    one.keep(&mut plan_of_one, day(4)).unwrap();
    let before = plan_of_one.document();
    let (mut two, mut plan_of_two, _) = start(disk.clone(), "b");
    // As a page does when somebody logs out.
    for key in disk.keys().unwrap() {
        disk.remove(&key).unwrap();
    }
    assert!(!two.take_in(&mut plan_of_two).unwrap(), "what is in sight stays");
    assert_eq!(plan_of_two.document(), before);
    // Nobody has asked for it yet.
    assert!(disk.keys().unwrap().is_empty());
    plan_of_one.apply(rename("Gone on")).unwrap();
    one.keep(&mut plan_of_one, day(4)).unwrap();
    assert_eq!(start(disk.clone(), "later").1.document(), plan_of_one.document());
    two.take_in(&mut plan_of_two).unwrap();
    assert_eq!(plan_of_two.document(), plan_of_one.document());
    plan_of_one.undo().unwrap();
    one.keep(&mut plan_of_one, day(4)).unwrap();
    assert_eq!(start(disk, "last").1.document(), before);
}

#[test]
fn what_is_taken_out_under_an_open_tab_costs_nothing_that_follows() {
    for key in worked().0.keys().unwrap() {
        let (disk, _) = worked();
        let (mut one, mut plan_of_one, _) = start(disk.clone(), "a");
        plan_of_one.apply(add("Of this day")).unwrap();
        one.keep(&mut plan_of_one, day(4)).unwrap();
        disk.remove(&key).unwrap();
        plan_of_one.apply(add("Afterwards")).unwrap();
        one.keep(&mut plan_of_one, day(4)).unwrap();
        assert_eq!(start(disk, "b").1.document(), plan_of_one.document(), "{key}");
    }
}

#[test]
fn a_store_is_not_mistaken_for_one_whose_name_begins_alike() {
    let disk = Memory::default();
    let mut inner = Store::new(disk.clone(), "page/r/1.0", "a");
    inner.compact("another", false).unwrap();
    let (.., opened) = start(disk, "b");
    assert_eq!(opened.unwrap(), Opened::default());
}

#[test]
fn changes_without_room_that_are_more_than_are_remembered_are_told_where_another_tab_goes_on() {
    let (disk, _) = worked();
    let small = Small(disk.clone(), Rc::new(Cell::new(0)));
    let (mut one, mut plan_of_one, _) = start(small.clone(), "a");
    let (mut two, mut plan_of_two, _) = start(disk.clone(), "b");
    for k in 0..UNDO_DEPTH + 50 {
        plan_of_one.apply(add(&format!("Without room {k}"))).unwrap();
        assert_eq!(one.keep(&mut plan_of_one, day(4)).unwrap_err().code(), Code::StorageFull);
    }
    for k in 0..12 {
        plan_of_two.apply(add(&format!("Of another {k}"))).unwrap();
        two.keep(&mut plan_of_two, day(4)).unwrap();
        if two.is_due() {
            two.compact(&mut plan_of_two).unwrap();
        }
    }
    small.1.set(usize::MAX);
    one.keep(&mut plan_of_one, day(4)).unwrap();
    let has = |title: &str| plan_of_one.plan().items.iter().any(|item| item.title == title);
    assert!((0..12).all(|k| has(&format!("Of another {k}"))));
    assert!((50..UNDO_DEPTH + 50).all(|k| has(&format!("Without room {k}"))));
    assert_eq!(start(disk, "later").1.document(), plan_of_one.document());
    assert!(!has("Without room 0"));
    assert_eq!(
        plan_of_one.take_left_out(),
        ["Changes that found no room are lost but for the last 200: another tab had gone on without them"]
    );
}
