//! The store: what was acknowledged is there after any start.

use landfall::store::{KeyValue, Memory, Store};
use landfall::{Code, Error, Result};

fn open(disk: &Memory) -> (Store<Memory>, Vec<String>, Option<String>) {
    let mut store = Store::new(disk.clone(), "page");
    let found = store.open().unwrap();
    assert!(found.damaged.is_empty());
    (store, found.records, found.snapshot)
}

/// Writes 120 records, with snapshots when they are due; a snapshot holds the number of records before it.
fn filled() -> Memory {
    let disk = Memory::default();
    let (mut store, ..) = open(&disk);
    for k in 1..=120 {
        store.append(&format!("r{k}")).unwrap();
        if store.needs_compaction() {
            store.compact(&format!("{k}")).unwrap();
        }
    }
    disk
}

/// The last record that a start would show.
fn newest(found: &landfall::store::Found) -> u32 {
    let from_snapshot = found.snapshot.as_deref().map_or(0, |text| text.parse().unwrap());
    found.records.last().map_or(from_snapshot, |text| text[1..].parse().unwrap())
}

#[test]
fn a_store_gives_back_what_it_was_given() {
    let disk = filled();
    let (_, records, snapshot) = open(&disk);
    assert_eq!(snapshot.as_deref(), Some("100"));
    assert_eq!(records, (101..=120).map(|k| format!("r{k}")).collect::<Vec<_>>());
    // The last two snapshots and every record since the older one; nothing else.
    let keys = disk.keys().unwrap();
    assert_eq!(keys.iter().filter(|key| key.contains("/s/")).count(), 2);
    assert_eq!(keys.iter().filter(|key| key.contains("/r/")).count(), 70);
}

#[test]
fn what_an_earlier_version_stored_is_read() {
    // The checksum as zlib computes it, of the generation in eight bytes, the lowest first, and the payload.
    let stored = "landfall1 1 caaee38a {\"é\":1}";
    let disk = Memory::default();
    open(&disk).0.append("{\"é\":1}").unwrap();
    let [key] = <[String; 1]>::try_from(disk.keys().unwrap()).unwrap();
    assert_eq!(disk.get(&key).unwrap().as_deref(), Some(stored));
    assert_eq!(open(&disk).1, ["{\"é\":1}"]);
}

#[test]
fn a_damaged_snapshot_leads_back_to_the_one_before_it() {
    let disk = filled();
    let mut keys: Vec<String> = disk.keys().unwrap().into_iter().filter(|key| key.contains("/s/")).collect();
    keys.sort_by_key(|key| key.rsplit('/').next().unwrap().parse::<u64>().unwrap());
    let newest_snapshot = keys.pop().unwrap();
    let text = disk.get(&newest_snapshot).unwrap().unwrap();
    disk.set(&newest_snapshot, &text[..text.len() - 1]).unwrap();

    let mut store = Store::new(disk.clone(), "page");
    let found = store.open().unwrap();
    assert_eq!(found.snapshot.as_deref(), Some("50"));
    assert_eq!(newest(&found), 120, "the records lead on to the newest state");
    assert_eq!(found.damaged.len(), 1);
    assert_eq!(found.damaged[0].key, newest_snapshot);
    store.append("r121").unwrap();
    assert_eq!(disk.get(&newest_snapshot).unwrap().unwrap(), text[..text.len() - 1], "damage is left where it is");
}

#[test]
fn any_truncation_or_flipped_bit_of_any_entry_is_noticed() {
    let whole = filled();
    for key in whole.keys().unwrap() {
        let text = whole.get(&key).unwrap().unwrap();
        let mut broken: Vec<String> = (0..text.len()).map(|k| text[..k].to_owned()).collect();
        for place in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[place] ^= 1;
            broken.push(String::from_utf8(bytes).unwrap());
        }
        for broken in broken {
            let disk = Memory::default();
            for key in whole.keys().unwrap() {
                disk.set(&key, &whole.get(&key).unwrap().unwrap()).unwrap();
            }
            disk.set(&key, &broken).unwrap();
            let mut store = Store::new(disk.clone(), "page");
            let found = store.open().unwrap();
            assert!(
                found.newer || !found.damaged.is_empty() || found.damaged.iter().any(|d| d.key == key),
                "{key}: {broken}"
            );
            assert!(found.snapshot.is_some(), "never an empty plan unasked");
            // Whatever comes next is kept, and nothing that stands there is written over.
            if !found.newer {
                if store.append("next").is_err() {
                    store.compact("200").unwrap();
                    store.append("next").unwrap();
                }
                assert_eq!(disk.get(&key).unwrap().as_deref(), Some(broken.as_str()));
                let again = Store::new(disk, "page").open().unwrap();
                assert_eq!(again.records.last().map(String::as_str), Some("next"));
            }
        }
    }
}

#[test]
fn two_tabs_take_in_each_others_records() {
    let disk = Memory::default();
    let (mut one, ..) = open(&disk);
    let (mut two, ..) = open(&disk);
    one.append("a").unwrap();
    let error = two.append("b").unwrap_err();
    assert_eq!(error.code(), Code::StorageBehind);
    assert_eq!(two.catch_up().unwrap(), ["a"]);
    two.append("b").unwrap();
    assert_eq!(one.catch_up().unwrap(), ["b"]);
    one.compact("ab").unwrap();
    assert_eq!(two.append("c").unwrap_err().code(), Code::StorageBehind);
    assert!(two.catch_up().unwrap().is_empty(), "a snapshot changes nothing");
    two.append("c").unwrap();
    let (_, records, snapshot) = open(&disk);
    assert_eq!((snapshot.as_deref(), records), (Some("ab"), vec!["c".to_owned()]));
}

#[test]
fn stores_of_other_names_are_not_touched() {
    let disk = Memory::default();
    let mut other = Store::new(disk.clone(), "page 2");
    other.open().unwrap();
    other.append("theirs").unwrap();
    let (mut store, records, _) = open(&disk);
    assert!(records.is_empty());
    for k in 0..200 {
        store.append(&k.to_string()).unwrap();
        if store.needs_compaction() {
            store.compact("s").unwrap();
        }
    }
    assert_eq!(Store::new(disk, "page 2").open().unwrap().records, ["theirs"]);
}

/// A disk that fails at its `k`-th write, in one of several ways.
#[derive(Clone)]
struct Faulty {
    disk: Memory,
    left: std::rc::Rc<std::cell::Cell<u32>>,
    how: Fault,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Fault {
    Throws,
    DropsSilently,
    Truncates,
    StopsForEver,
}

impl KeyValue for Faulty {
    fn get(&self, key: &str) -> Result<Option<String>> {
        self.disk.get(key)
    }

    fn set(&self, key: &str, value: &str) -> Result<()> {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        let now = if self.how == Fault::StopsForEver { left <= 1 } else { left == 1 };
        match self.how {
            _ if !now => self.disk.set(key, value),
            Fault::Throws | Fault::StopsForEver => Err(Error::new(Code::StorageFull, "full")),
            Fault::DropsSilently => Ok(()),
            Fault::Truncates => self.disk.set(key, &value[..value.len() / 2]),
        }
    }

    fn remove(&self, key: &str) -> Result<()> {
        self.disk.remove(key)
    }

    fn keys(&self) -> Result<Vec<String>> {
        self.disk.keys()
    }
}

#[test]
fn a_fault_at_any_write_loses_nothing_acknowledged() {
    for how in [Fault::Throws, Fault::DropsSilently, Fault::Truncates, Fault::StopsForEver] {
        for at in 1..=130 {
            let disk = Memory::default();
            let faulty = Faulty { disk: disk.clone(), left: std::rc::Rc::new(std::cell::Cell::new(at)), how };
            let mut store = Store::new(faulty, "page");
            store.open().unwrap();
            let mut acknowledged = 0;
            for k in 1..=120 {
                if store.append(&format!("r{k}")).is_err() {
                    break;
                }
                acknowledged = k;
                if store.needs_compaction() {
                    let _ = store.compact(&format!("{k}"));
                }
            }
            let found = Store::new(disk, "page").open().unwrap();
            assert!(newest(&found) >= acknowledged, "{how:?} at {at}: {} of {acknowledged}", newest(&found));
        }
    }
}
