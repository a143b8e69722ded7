//! Usage files of Amplitude, Pendo and tables like theirs: read, matched to items, taken in as one step.

use std::collections::BTreeMap;

use landfall::exchange::usage;
use landfall::plan::{Item, Plan, PlanDocument, Status, Usage};
use landfall::session::{Command, ImportOptions, ItemPatch, Options, Planner, UsageOptions, UsageReport};
use landfall::{Code, Uncertain};
use proptest::prelude::*;

use crate::commands_any::Random;
use crate::import::bytes_of;
use crate::plan::{assert_round_trip, date};

/// A backlog of which analytics know something: by title, by tag, by nothing.
fn planner() -> Planner {
    let item = |id: &str, title: &str, tag: Option<&str>| Item {
        id: id.into(),
        tags: tag.into_iter().map(str::to_owned).collect(),
        ..Item::titled(title)
    };
    let items = [
        item("LF-1", "Guest checkout", None),
        item("LF-2", "Reports leave as PDF", Some("report-exported")),
        item("LF-3", "Schedule an export", None),
        item("LF-4", "Invoice by e-mail", None),
        Item { status: Status::Done, ..item("LF-5", "Search results", None) },
    ];
    let mut planner = Planner::default();
    for item in items {
        planner.apply(Command::AddItem { item: Box::new(item), before: None }).unwrap();
    }
    planner
}

fn options(file: &str) -> UsageOptions {
    UsageOptions { file: file.into(), today: Some(date("2026-12-02")), ..UsageOptions::default() }
}

fn mapped(file: &str, mapping: &[(&str, &str)]) -> UsageOptions {
    let mapping = mapping.iter().map(|(name, id)| ((*name).to_owned(), (*id).to_owned())).collect();
    UsageOptions { mapping, ..options(file) }
}

#[track_caller]
fn report(planner: &Planner, bytes: &[u8], options: &UsageOptions) -> UsageReport {
    let report = planner.usage(bytes, options).unwrap().expect("a usage file");
    assert_eq!(report.read, report.matched + report.unmatched + report.rejected.len());
    assert_eq!(report.rows.iter().map(|row| row.rows).sum::<usize>(), report.matched + report.unmatched);
    report
}

fn of<'a>(report: &'a UsageReport, name: &str) -> &'a landfall::session::UsageRow {
    report.rows.iter().find(|row| row.name == name).unwrap()
}

fn item(planner: &Planner, id: &str) -> Item {
    (**planner.plan().find(id).unwrap().1).clone()
}

fn reach(planner: &Planner, id: &str) -> Option<Uncertain> {
    item(planner, id).inputs.get("reach").copied()
}

fn said(planner: &Planner, id: &str) -> String {
    planner.item(id, &Options::default()).unwrap().usage.unwrap()
}

fn set_reach(planner: &mut Planner, id: &str, reach: f64) {
    let inputs = Some(Some(BTreeMap::from([("reach".to_owned(), reach.into()), ("impact".to_owned(), 2.0.into())])));
    let patch = Box::new(ItemPatch { inputs, ..ItemPatch::default() });
    planner.apply(Command::EditItem { id: id.into(), patch }).unwrap();
}

#[test]
fn an_amplitude_file_of_uniques_and_totals_fills_reach_and_says_where_it_came_from() {
    let mut planner = planner();
    let before = planner.plan().clone();
    let bytes = bytes_of("usage/amplitude-uniques-totals.csv");
    let first = report(&planner, &bytes, &options("november.csv"));
    assert_eq!(first.sentence, "Amplitude, 1 to 30 Nov 2026: 4 rows read, 2 matched, 2 unmatched, 0 rejected");
    assert_eq!(of(&first, "Guest checkout").items, ["LF-1"]);
    assert_eq!(of(&first, "Report Exported").items, ["LF-2"], "by tag, however it is written");
    assert_eq!(*planner.plan(), before, "a preview changes nothing");
    let invoice = of(&first, "Invoice Downloaded");
    assert_eq!((invoice.used.as_str(), invoice.guesses[0].id.as_str()), ("205 users", "LF-4"));

    let options = mapped("november.csv", &[("Report Scheduled", "LF-3"), ("Invoice Downloaded", "")]);
    let second = report(&planner, &bytes, &options);
    assert_eq!((second.matched, second.unmatched), (3, 1));
    assert_eq!(second.fills[0].sentence, "reach 1,240");
    let change = planner.apply(second.command.unwrap()).unwrap();
    assert_eq!(change.label, "take in the usage of 3 items");
    assert_eq!(change.ids, ["LF-1", "LF-2", "LF-3"]);
    assert_eq!(reach(&planner, "LF-1"), Some(1240.0.into()));
    assert_eq!(said(&planner, "LF-1"), "reach: 1,240 users, Amplitude, 1 to 30 Nov 2026");
    assert_eq!(
        item(&planner, "LF-1").usage.unwrap(),
        Usage {
            users: Some(1240.0),
            count: Some(3912.0),
            source: "Amplitude".into(),
            file: "november.csv".into(),
            from: Some(date("2026-11-01")),
            to: Some(date("2026-11-30")),
            read: Some(date("2026-12-02")),
            names: vec!["Guest checkout".into()],
            ..Usage::default()
        }
    );
    assert_round_trip(planner.plan());
    // What was mapped is found again by itself.
    let again = report(&planner, &bytes, &UsageOptions::default());
    assert_eq!(of(&again, "Report Scheduled").items, ["LF-3"]);
    planner.undo().unwrap();
    assert_eq!(*planner.plan(), before, "one step");
}

#[test]
fn numbers_by_day_count_the_busiest_one_for_people_and_all_of_them_for_events() {
    let planner = planner();
    let bytes = bytes_of("usage/amplitude-uniques-by-day.csv");
    let people = report(&planner, &bytes, &options("chart.csv"));
    assert_eq!(people.sentence, "Amplitude, 1 to 4 Nov 2026: 5 rows read, 2 matched, 2 unmatched, 1 rejected");
    assert_eq!(of(&people, "Guest Checkout").used, "at least 402 users");
    assert_eq!(of(&people, "report_exported").used, "at least 58 users");
    assert!(!people.totals && people.by_day);
    let [rejected] = people.rejected.as_slice() else { panic!("one") };
    assert_eq!((rejected.line, rejected.column.as_deref()), (10, Some("Nov 4, 2026")));
    assert!(rejected.reason.contains("\"n/a\" is no count"), "{}", rejected.reason);

    let events = report(&planner, &bytes, &UsageOptions { totals: Some(true), ..options("chart.csv") });
    assert!(events.totals);
    assert_eq!(of(&events, "Guest Checkout").used, "1,395 events");
    assert_eq!(events.fills[0].sentence, "1,395 events: reach stays as it is");
    let mut planner = planner;
    planner.apply(events.command.unwrap()).unwrap();
    assert_eq!(reach(&planner, "LF-1"), None);
    assert_eq!(said(&planner, "LF-1"), "usage: 1,395 events, Amplitude, 1 to 4 Nov 2026");

    // Nothing tells people from events here, and the note says so.
    let bare = "Event,2026-11-02,2026-11-09,2026-11-16\nGuest checkout,10,12,9\n";
    let bare = report(&planner, bare.as_bytes(), &UsageOptions::default());
    assert!(bare.notes.starts_with("Nothing in the file says"), "{}", bare.notes);
    assert!(bare.sentence.starts_with("Amplitude, 2 to 22 Nov 2026"), "the last week ends: {}", bare.sentence);
}

#[test]
fn a_pendo_file_of_features_or_pages_is_read_in_its_own_notation() {
    let planner = planner();
    let features = report(&planner, &bytes_of("usage/pendo-features.csv"), &options("features.csv"));
    assert_eq!(features.sentence, "Pendo: 6 rows read, 1 matched, 3 unmatched, 2 rejected");
    assert_eq!(features.rejected[0].line, 6);
    assert_eq!(features.rejected[0].reason, "no name: say what was used");
    assert_eq!((features.rejected[1].line, features.rejected[1].column.as_deref()), (7, Some("Visitors")));
    assert_eq!(of(&features, "Dark mode toggle").used, "0 users");
    assert_eq!(of(&features, "Schedule export").guesses[0].id, "LF-3");

    let pages = report(&planner, &bytes_of("usage/pendo-pages-windows-1252.csv"), &options("pages.csv"));
    assert_eq!(pages.sentence, "Pendo, 1 to 30 Nov 2026: 3 rows read, 1 matched, 2 unmatched, 0 rejected");
    assert_eq!(of(&pages, "Übersicht").used, "12,480 users");
    assert_eq!(of(&pages, "Guest checkout").used, "1,240 users");
}

#[test]
fn a_reach_given_by_hand_stays_unless_asked_and_one_that_was_read_follows_the_next_file() {
    let mut planner = planner();
    set_reach(&mut planner, "LF-1", 300.0);
    let file = |users: u32| format!("Feature,Visitors\nGuest checkout,{users}\nreport exported,{users}\n").into_bytes();
    let kept = report(&planner, &file(1240), &options("a.csv"));
    assert!(kept.by_hand);
    assert_eq!(kept.fills[0].sentence, "reach stays 300, as given by hand");
    planner.apply(kept.command.unwrap()).unwrap();
    assert_eq!(reach(&planner, "LF-1"), Some(300.0.into()));
    assert_eq!(said(&planner, "LF-1"), "usage: 1,240 users, Pendo, read on 2 Dec 2026; reach was given by hand");
    assert_eq!(reach(&planner, "LF-2"), Some(1240.0.into()));

    let over = UsageOptions { overwrite: true, ..options("b.csv") };
    let over = report(&planner, &file(2000), &over);
    assert_eq!(over.fills[0].sentence, "reach 2,000 instead of 300");
    assert_eq!(over.fills[1].sentence, "reach 2,000 instead of 1,240");
    planner.apply(over.command.unwrap()).unwrap();
    assert_eq!(reach(&planner, "LF-1"), Some(2000.0.into()));
    assert_eq!(item(&planner, "LF-1").inputs["impact"], 2.0.into(), "other inputs stay");

    let next = report(&planner, &file(2100), &options("c.csv"));
    assert!(!next.by_hand, "what a file said is nobody's own");
    planner.apply(next.command.unwrap()).unwrap();
    assert_eq!(reach(&planner, "LF-1"), Some(2100.0.into()));
}

#[test]
fn several_rows_of_one_item_take_the_most_users_and_add_the_counts() {
    let mut planner = planner();
    let file = "Event,Uniques,Totals\nPDF made,310,1000\nPDF sent,205,208\nPDF made,90,100\n";
    let options = mapped("usage.csv", &[("PDF made", "LF-2"), ("PDF sent", "LF-2")]);
    let both = report(&planner, file.as_bytes(), &options);
    assert_eq!((both.read, both.matched, both.rows.len()), (3, 3, 2));
    assert!(both.notes.contains("the largest one of users"), "{}", both.notes);
    planner.apply(both.command.unwrap()).unwrap();
    let usage = item(&planner, "LF-2").usage.unwrap();
    assert_eq!((usage.users, usage.count, usage.at_least), (Some(310.0), Some(1308.0), true));
    assert_eq!(said(&planner, "LF-2"), "reach: at least 310 users, Amplitude, read on 2 Dec 2026");

    // Mapped elsewhere, it is no longer of the item that it was of: without a name left, its reach goes too.
    let elsewhere = mapped("usage.csv", &[("PDF made", "LF-4"), ("PDF sent", "")]);
    planner.apply(report(&planner, file.as_bytes(), &elsewhere).command.unwrap()).unwrap();
    assert_eq!((item(&planner, "LF-2").usage, reach(&planner, "LF-2")), (None, None));
    assert_eq!(reach(&planner, "LF-4"), Some(310.0.into()));
}

#[test]
fn open_items_come_before_finished_ones_and_a_tag_may_name_several() {
    let mut planner = planner();
    let tagged = Item { tags: vec!["Report Exported".into()], ..Item::titled("Reports leave as CSV") };
    planner.apply(Command::AddItem { item: Box::new(tagged), before: None }).unwrap();
    planner.apply(Command::AddItem { item: Box::new(Item::titled("Search results")), before: None }).unwrap();
    let file = "page,visitors\nReport Exported,5\nsearch_results,7\nLF-3,9\n";
    let report = report(&planner, file.as_bytes(), &UsageOptions::default());
    assert_eq!(of(&report, "Report Exported").items, ["LF-2", "LF-6"]);
    assert_eq!(of(&report, "search_results").items, ["LF-7"]);
    assert_eq!(of(&report, "LF-3").items, ["LF-3"]);
    assert_eq!(report.fills.len(), 4);
}

#[test]
fn what_is_no_usage_is_left_to_the_importers_and_what_is_broken_says_where() {
    let mut planner = planner();
    let folder = |name: &str| std::fs::read_dir(format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let files = folder("import").chain(folder("import/own")).map(|entry| entry.unwrap().path());
    for other in files.filter(|path| path.is_file()) {
        let bytes = std::fs::read(&other).unwrap();
        assert_eq!(planner.usage(&bytes, &UsageOptions::default()).unwrap(), None, "{}", other.display());
    }
    for other in
        ["", "Title,Status\nA,Done\n", "Name,Users,Status\nA,3,Done\n", "{\"format\":\"landfall\"}", "one\ntwo\n"]
    {
        assert_eq!(planner.usage(other.as_bytes(), &UsageOptions::default()).unwrap(), None, "{other}");
    }
    let error = |text: &str| planner.usage(text.as_bytes(), &UsageOptions::default()).unwrap_err();
    let empty = error("Chart\n\nEvent,Uniques\n");
    assert_eq!((empty.code(), empty.path()), (Code::NoRows, Some("line 4")));
    let open = error("Chart\n\nEvent,Uniques\nOne,1\n\"Two,2\nThree,3\n");
    assert_eq!((open.code(), open.path()), (Code::UnterminatedQuote, Some("line 5, column \"Event\"")));
    let unknown = planner.usage(b"Event,Uniques\nOne,1\n", &mapped("", &[("One", "LF-99")])).unwrap_err();
    assert_eq!((unknown.code(), unknown.path()), (Code::UnknownId, Some("/mapping/One")));
    let long = format!("Event,Uniques\n{}", "One,1\n".repeat(20_001));
    assert_eq!(error(&long).code(), Code::TooLarge);
    // Read as a table all the same, where somebody says so.
    let items = planner
        .import(b"Feature,Visitors\nOne,1\n", &ImportOptions { format: Some("csv".into()), ..Default::default() });
    assert!(items.is_err() || items.unwrap().read == 1);
}

#[test]
fn counts_are_read_as_they_are_written_and_never_guessed() {
    let planner = planner();
    let used = |cell: &str| {
        let file = format!("Feature;Visitors\nA;{cell}\n");
        let report = report(&planner, file.as_bytes(), &UsageOptions::default());
        report.rows.first().map(|row| row.used.clone())
    };
    for (cell, users) in [
        ("1240", "1,240 users"),
        ("1,240", "1,240 users"),
        ("1.240", "1,240 users"),
        ("1\u{a0}240", "1,240 users"),
        ("1'240", "1,240 users"),
        ("1.234.567", "1,234,567 users"),
        ("1,234,567.0", "1,234,567 users"),
        ("12,40,000", "1,240,000 users"),
        ("1240.5", "1,241 users"),
        ("1", "1 user"),
    ] {
        assert_eq!(used(cell).as_deref(), Some(users), "{cell}");
    }
    for cell in ["-3", "NaN", "Infinity", "1e9", "12 %", "many", "1,2,3", "=1+1", "9999999999999999"] {
        assert_eq!(used(cell), None, "{cell}");
    }
}

#[test]
fn usage_that_does_not_fit_changes_nothing() {
    let mut planner = planner();
    let before = planner.plan().clone();
    for (usage, code, place) in [
        (serde_json::json!({ "users": -1 }), Code::InvalidNumber, "/patch/usage/users"),
        (serde_json::json!({ "users": "many" }), Code::InvalidRequest, "/patch/usage/users"),
        (serde_json::json!({ "file": "x".repeat(3_000) }), Code::TooLarge, "/patch/usage/file"),
        (serde_json::json!({ "names": vec!["x"; 1_001] }), Code::TooLarge, "/patch/usage/names"),
    ] {
        let text = serde_json::json!({ "type": "editItem", "id": "LF-1", "patch": { "usage": usage } }).to_string();
        let error = landfall::session::read_command(&text).and_then(|command| planner.apply(command)).unwrap_err();
        assert_eq!((error.code(), error.path()), (code, Some(place)), "{error}");
        assert_eq!(*planner.plan(), before);
    }
}

/// A file with some of its bytes put elsewhere, dropped or made others.
fn damaged(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    const NOISE: &[u8] = b"\",;\t\n\r0-9.=\xff'\0";
    let mut bytes = bytes.to_vec();
    for _ in 0..1 + random.below(6) {
        let at = random.below(bytes.len().max(1));
        match random.below(4) {
            0 if !bytes.is_empty() => bytes.truncate(at),
            1 if !bytes.is_empty() => bytes[at] = NOISE[random.below(NOISE.len())],
            2 => bytes.insert(at.min(bytes.len()), NOISE[random.below(NOISE.len())]),
            _ if !bytes.is_empty() => drop(bytes.remove(at)),
            _ => {}
        }
    }
    bytes
}

#[test]
fn ten_thousand_damaged_files_are_read_or_refused_and_lose_no_row() {
    let files = ["amplitude-uniques-by-day", "amplitude-uniques-totals", "pendo-features", "pendo-pages-windows-1252"]
        .map(|name| bytes_of(&format!("usage/{name}.csv")));
    let planner = planner();
    let mut random = Random(7);
    let (mut taken, mut refused) = (0, 0);
    for k in 0..10_000 {
        let bytes = damaged(&files[k % files.len()], &mut random);
        let totals = [None, Some(true), Some(false)][random.below(3)];
        match planner.usage(&bytes, &UsageOptions { totals, ..UsageOptions::default() }) {
            Ok(Some(report)) => {
                assert_eq!(report.read, report.matched + report.unmatched + report.rejected.len());
                if let Some(command) = report.command {
                    let mut planner = Planner::from(planner.plan().clone());
                    planner.apply(command).unwrap();
                    assert_round_trip(planner.plan());
                }
                taken += 1;
            }
            Ok(None) => {}
            Err(error) => {
                assert!(!error.message().is_empty());
                refused += 1;
            }
        }
    }
    assert!(taken > 5_000 && refused > 100, "{taken} taken, {refused} refused");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_text_is_usage_or_is_not_and_numbers_add_up(
        names in proptest::collection::vec("\\PC{0,12}", 0..8),
        cells in proptest::collection::vec("[0-9.,'x -]{0,8}", 0..8),
    ) {
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let rows: String = names.iter().zip(&cells).map(|(name, cell)| format!("{},{}\n", quoted(name), quoted(cell))).collect();
        let file = format!("Event,Uniques\n{rows}");
        if let Ok(Some(reading)) = usage(file.as_bytes(), "", None) {
            prop_assert_eq!(reading.read, reading.lines.len() + reading.rejected.len());
            prop_assert!(reading.lines.iter().all(|line| line.users.is_some_and(|users| (0.0..=1e15).contains(&users))));
        }
    }
}

#[test]
fn usage_travels_with_the_plan_and_is_compared_with_a_copy() {
    let mut planner = planner();
    let bytes = bytes_of("usage/amplitude-uniques-totals.csv");
    let command = report(&planner, &bytes, &options("november.csv")).command.unwrap();
    let before = planner.plan().clone();
    planner.apply(command).unwrap();
    let document = PlanDocument::from(planner.plan());
    assert!(document.to_json().unwrap().contains("\"november.csv\""));
    // A colleague's copy with usage makes the same of the plan without.
    let mut other = Planner::from(before);
    for command in other.differences(document).unwrap() {
        other.apply(command).unwrap();
    }
    let usage = |plan: &Plan| plan.items.iter().map(|item| item.usage.clone()).collect::<Vec<_>>();
    assert_eq!(usage(other.plan()), usage(planner.plan()));
    // Merged into another, it goes along; a file of items leaves it as it is.
    let merge = Command::MergeItems { id: "LF-4".into(), others: vec!["LF-1".into()], add_sizes: false };
    planner.apply(merge).unwrap();
    assert_eq!(said(&planner, "LF-4"), "reach: 1,240 users, Amplitude, 1 to 30 Nov 2026");
    planner.import(b"Key,Title\nLF-4,Bill by e-mail\n", &ImportOptions::default()).unwrap();
    assert!(item(&planner, "LF-4").usage.is_some());
}
