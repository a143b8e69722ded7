//! The planner: commands, undo, imports, and what the page is told.

use std::sync::Arc;

use landfall::Code;
use landfall::plan::{Filter, Show};
use landfall::plan::{Item, Status, Unit};
use landfall::session::{Command, ImportOptions, ItemPatch, Options, Planner, RowQuery, Rows, sample};

use crate::plan::{assert_round_trip, date};

const AZURE: &[u8] = include_bytes!("../data/import/azure-devops-lighthouse.csv");
const LINEAR: &[u8] = include_bytes!("../data/import/linear-shortcut-repl.csv");
const POINZ: &[u8] = include_bytes!("../data/import/jira-server-poinz.csv");

fn add(planner: &mut Planner, title: &str) -> String {
    let command = Command::AddItem { item: Box::new(Item::titled(title)), before: None };
    planner.apply(command).unwrap().ids.remove(0)
}

fn edit(planner: &mut Planner, id: &str, patch: ItemPatch) -> landfall::Result<landfall::session::Change> {
    planner.apply(Command::EditItem { id: id.to_owned(), patch: Box::new(patch) })
}

fn rows(planner: &Planner) -> Rows {
    planner.rows(&RowQuery::default()).unwrap()
}

/// The 85 % date of an item.
fn p85(planner: &Planner, id: &str) -> landfall::plan::CivilDate {
    let rows = rows(planner);
    rows.rows.iter().find(|row| row.id == id).unwrap().lands.unwrap().p85.unwrap()
}

#[test]
fn an_azure_export_becomes_history_and_work() {
    let mut planner = Planner::default();
    let before = planner.plan().clone();
    let preview = planner.import(AZURE, &ImportOptions { preview: true, ..Default::default() }).unwrap();
    assert_eq!(*planner.plan(), before, "a preview changes nothing");
    assert!(preview.change.is_none());

    let report = planner.import(AZURE, &ImportOptions::default()).unwrap();
    assert_eq!((report.format.as_str(), report.read, report.imported, report.updated), ("azure-csv", 117, 117, 0));
    assert_eq!(report.read, report.imported + report.updated + report.rejected.len());
    assert_eq!((report.done, report.done_epics, report.declined), (81, 7, 6));
    assert_eq!((report.open, report.not_broken_down), (14 + 8, 8));
    assert_eq!(report.history.iter().map(|period| period.items).sum::<usize>(), 81);
    assert!(!report.needs_guess);
    assert_eq!(planner.plan().unit, Unit::Items);

    let rows = rows(&planner);
    assert_eq!(rows.total, 22);
    for row in &rows.rows {
        assert!(row.lands.unwrap().p85.is_some(), "{} has no date", row.id);
    }
    // The epic that was broken down lands with its last child, and is no work itself.
    let epics = planner
        .rows(&RowQuery { filter: Filter { show: Show::Epics, ..Default::default() }, ..Default::default() })
        .unwrap();
    assert_eq!(epics.total, 9);
    let broken_down = epics.rows.iter().find(|row| row.id == "2758").unwrap();
    assert_eq!(broken_down.rank, None);
    let children = planner
        .rows(&RowQuery { filter: Filter { parent: Some("2758".into()), ..Default::default() }, ..Default::default() })
        .unwrap();
    assert!(children.rows.iter().all(|row| row.lands.unwrap().p85 <= broken_down.lands.unwrap().p85));

    planner.undo().unwrap();
    assert_eq!(*planner.plan(), before, "one undo takes the whole import back");
}

#[test]
fn a_moved_item_takes_its_dates_with_it() {
    let mut planner = Planner::default();
    planner.import(AZURE, &ImportOptions::default()).unwrap();
    let order: Vec<String> = rows(&planner).rows.into_iter().map(|row| row.id).collect();
    // What is in progress stays first: the top is the first item that is not begun.
    let top = rows(&planner).rows.into_iter().find(|row| row.status == Status::Todo).unwrap().id;
    let last = order.last().unwrap().clone();
    let (last_before, top_before) = (p85(&planner, &last), p85(&planner, &top));

    let command = Command::MoveItem { id: last.clone(), before: Some(top.clone()) };
    let assumed = planner.rows(&RowQuery { assume: vec![command.clone()], ..Default::default() }).unwrap();
    planner.apply(command).unwrap();
    assert_eq!(rows(&planner), assumed, "what is assumed while dragging is what comes of it");
    assert!(p85(&planner, &last) < last_before);
    assert!(p85(&planner, &top) > top_before);

    planner.undo().unwrap();
    assert_eq!(rows(&planner).rows.into_iter().map(|row| row.id).collect::<Vec<_>>(), order);
    assert_eq!(p85(&planner, &last), last_before);
    planner.redo().unwrap();
    assert!(p85(&planner, &last) < last_before);
}

#[test]
fn files_without_a_history_lead_to_the_guess() {
    for file in [LINEAR, POINZ] {
        let mut planner = Planner::default();
        let report = planner.import(file, &ImportOptions::default()).unwrap();
        assert!(report.needs_guess);
        let summary = planner.summary(&Options::default()).unwrap();
        assert!(summary.needs_history && !summary.guess);
        assert!(rows(&planner).rows.iter().all(|row| row.lands.is_none()));

        let guess = landfall::Range { low: 2.0, likely: Some(4.0), high: 6.0 };
        planner.apply(Command::SetGuess { guess: Some(guess), team: None }).unwrap();
        let summary = planner.summary(&Options::default()).unwrap();
        assert!(summary.guess && !summary.needs_history);
        assert!(summary.headline.contains("by your guess"), "{}", summary.headline);
        assert!(rows(&planner).rows.iter().all(|row| row.lands.unwrap().p85.is_some()));
    }
}

#[test]
fn importing_again_updates_by_key_and_keeps_what_landfall_owns() {
    let mut planner = Planner::default();
    planner.import(AZURE, &ImportOptions::default()).unwrap();
    let last = rows(&planner).rows.pop().unwrap().id;
    let first = rows(&planner).rows.remove(0).id;
    planner.apply(Command::MoveItem { id: last.clone(), before: Some(first) }).unwrap();
    let inputs = [("reach".to_owned(), 100.0.into())].into();
    edit(&mut planner, &last, ItemPatch { inputs: Some(Some(inputs)), ..Default::default() }).unwrap();
    edit(&mut planner, &last, ItemPatch { title: Some(Some("renamed here".into())), ..Default::default() }).unwrap();
    let order: Vec<String> = planner.plan().items.iter().map(|item| item.id.clone()).collect();

    // The newer file: the last row is gone, and nothing else is new.
    let text = std::str::from_utf8(AZURE).unwrap();
    let shorter = text.trim_end().rsplit_once('\n').unwrap().0;
    let gone = text.trim_end().rsplit_once('\n').unwrap().1.split('"').nth(1).unwrap();
    let report = planner.import(shorter.as_bytes(), &ImportOptions::default()).unwrap();
    assert_eq!((report.read, report.imported, report.updated), (116, 0, 116));
    assert_eq!(report.missing, [gone]);
    assert_eq!(planner.plan().items.iter().map(|item| item.id.clone()).collect::<Vec<_>>(), order);
    let (_, item) = planner.plan().find(&last).unwrap();
    assert_ne!(item.title, "renamed here", "the tracker owns the title");
    assert!(item.inputs.contains_key("reach"), "Landfall owns the scores");
    assert!(planner.plan().find(gone).is_some(), "what a file no longer holds is never deleted");
}

#[test]
fn rows_without_a_key_get_one_and_are_known_again_by_their_title() {
    let mut planner = Planner::default();
    let table = b"Title\tPoints\nLog in\t3\nLog out\t1\nLog in\t8\n";
    let report = planner.import(table, &ImportOptions::default()).unwrap();
    assert_eq!((report.read, report.imported, report.updated), (3, 3, 0));
    let ids = |planner: &Planner| planner.plan().items.iter().map(|item| item.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&planner), ["LF-1", "LF-2", "LF-3"]);
    let again = b"Title\tPoints\nLog out\t2\nLog in\t3\nReset the password\t5\n";
    let report = planner.import(again, &ImportOptions::default()).unwrap();
    assert_eq!((report.read, report.imported, report.updated), (3, 1, 2));
    assert_eq!(ids(&planner), ["LF-1", "LF-2", "LF-3", "LF-4"]);
    assert_eq!(planner.plan().find("LF-2").unwrap().1.size, Some(2.0.into()));
}

#[test]
fn links_that_form_a_circle_are_opened_and_told() {
    let mut planner = Planner::default();
    let table = b"Key,Title,Depends on\nA,a,C\nB,b,A\nC,c,B\n";
    let report = planner.import(table, &ImportOptions::default()).unwrap();
    assert_eq!((report.read, report.imported), (3, 3));
    assert!(report.notes.iter().any(|note| note.contains("circle")), "{:?}", report.notes);
    let needs: usize = planner.plan().items.iter().map(|item| item.needs.len()).sum();
    assert_eq!(needs, 2, "only the link that closes the circle goes");
    // With what is in the plan already, too: A needs B there, and the newer file says that B needs A.
    let newer = b"Key,Title,Depends on\nC,c,A\n";
    planner.import(newer, &ImportOptions::default()).unwrap();
    assert_eq!(planner.plan().check_needs(), Ok(()));
}

#[test]
fn every_error_names_its_place_and_leaves_the_plan_as_it_is() {
    let mut planner = sample(Some(date("2026-11-22"))).unwrap();
    let before = planner.plan().clone();
    let files: [(&[u8], Code); 5] = [
        (b"", Code::EmptyFile),
        (b"ID,Work Item Type,Title,State\n", Code::NoRows),
        (include_bytes!("../data/import/not-a-csv-lighthouse.csv"), Code::NotATable),
        (b"ID,Title\n1,\"never closed\n2,b\n", Code::UnterminatedQuote),
        (b"a,b\n1,2\n", Code::NeedsMapping),
    ];
    for (file, code) in files {
        let error = planner.import(file, &ImportOptions::default()).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
        assert!(error.message().len() > 20 && error.path().is_some_and(|path| path.starts_with("line ")), "{error}");
        assert_eq!(*planner.plan(), before);
    }

    let nan = ItemPatch { size: Some(Some(f64::NAN.into())), ..Default::default() };
    let error = edit(&mut planner, "LF-2", nan).unwrap_err();
    assert_eq!((error.code(), error.path()), (Code::InvalidNumber, Some("/patch/size")));
    let error = planner.apply(Command::MoveItem { id: "LF-2".into(), before: Some("nowhere".into()) }).unwrap_err();
    assert_eq!((error.code(), error.path()), (Code::UnknownId, Some("/before")));
    let circle = ItemPatch { needs: Some(Some(vec!["LF-3".into()])), ..Default::default() };
    let error = edit(&mut planner, "LF-2", circle).unwrap_err();
    assert_eq!(error.code(), Code::Cycle);
    assert!(
        error.message().contains("LF-2 needs LF-3 needs LF-2")
            || error.message().contains("LF-3 needs LF-2 needs LF-3"),
        "{error}"
    );
    assert_eq!(*planner.plan(), before);

    let mut newer = serde_json::to_value(planner.document()).unwrap();
    newer["version"] = 99.into();
    let error = landfall::plan::PlanDocument::from_json(&newer.to_string()).unwrap_err();
    assert_eq!((error.code(), error.path()), (Code::NewerFormat, Some("/version")));
}

#[test]
fn a_history_of_zeros_gives_no_date_and_says_so() {
    let mut planner = sample(Some(date("2026-11-22"))).unwrap();
    planner.apply(Command::SetHistory { finished: vec![0.0; 6], today: date("2026-11-22"), team: None }).unwrap();
    let summary = planner.summary(&Options::default()).unwrap();
    assert!(summary.headline.starts_with("Only < 1 % sure"), "{}", summary.headline);
    assert_eq!(summary.lands.p85, None);
}

#[test]
fn undo_shares_what_did_not_change() {
    let mut planner = Planner::default();
    for k in 0..100 {
        add(&mut planner, &format!("item {k}"));
    }
    let before = planner.plan().clone();
    edit(&mut planner, "LF-50", ItemPatch { size: Some(Some(5.0.into())), ..Default::default() }).unwrap();
    let shared = planner.plan().items.iter().zip(before.items.iter()).filter(|(a, b)| Arc::ptr_eq(a, b)).count();
    assert_eq!(shared, 99);
    planner.apply(Command::RenamePlan { name: "other".into() }).unwrap();
    let after = planner.plan().clone();
    planner.undo().unwrap();
    assert!(Arc::ptr_eq(&after.items, &planner.plan().items), "a new name copies no list");
}

#[test]
fn a_batch_is_all_or_nothing_and_one_undo() {
    let mut planner = Planner::default();
    add(&mut planner, "one");
    let before = planner.plan().clone();
    let titled = |title: &str| Command::AddItem { item: Box::new(Item::titled(title)), before: None };
    let bad = Command::RemoveItem { id: "LF-99".into() };
    let commands = vec![titled("two"), Command::Batch { label: String::new(), commands: vec![titled("three"), bad] }];
    let error = planner.apply(Command::Batch { label: "add".into(), commands }).unwrap_err();
    assert_eq!(error.path(), Some("/commands/1/commands/1/id"));
    assert_eq!(*planner.plan(), before);
    let commands = vec![titled("two"), titled("three")];
    let change = planner.apply(Command::Batch { label: "add two".into(), commands }).unwrap();
    assert_eq!((change.label.as_str(), change.ids), ("add two", vec!["LF-2".to_owned(), "LF-3".to_owned()]));
    planner.undo().unwrap();
    assert_eq!(*planner.plan(), before);
}

#[test]
fn a_recorded_command_does_the_same_elsewhere() {
    let mut planner = Planner::default();
    let mut other = Planner::default();
    let mut apply = |command: Command| {
        let recorded = planner.apply(command).unwrap().command;
        let text = serde_json::to_string(&recorded).unwrap();
        other.apply(landfall::session::read_command(&text).unwrap()).unwrap();
        assert_eq!(planner.plan(), other.plan());
    };
    apply(Command::AddItem { item: Box::new(Item::titled("one")), before: None });
    apply(Command::AddItem { item: Box::new(Item::titled("two")), before: Some("LF-1".into()) });
    apply(Command::SetHistory { finished: vec![3.0, 0.0, 5.0], today: date("2026-11-22"), team: None });
    apply(Command::MoveItem { id: "LF-1".into(), before: Some("LF-2".into()) });
    let patch = ItemPatch { notes: Some(None), not_before: Some(Some(date("2027-01-11"))), ..Default::default() };
    apply(Command::EditItem { id: "LF-1".into(), patch: Box::new(patch) });
    apply(Command::RemoveItem { id: "LF-2".into() });
}

#[test]
fn a_command_that_does_not_fit_names_the_place() {
    let cases = [
        (r#"{"type":"shuffle","id":"LF-1"}"#, "/type"),
        (r#"{"type":"editItem","id":"LF-1","patch":{"size":"big"}}"#, "/patch/size"),
        (r#"{"type":"editItem","id":"LF-1","patch":{"criteria":[{"text":"a"},{"text":3}]}}"#, "/patch/criteria/1/text"),
        (r#"{"type":"batch","commands":[{"type":"removeItem","id":"LF-1"},{"type":"removeItem"}]}"#, "/commands/1"),
        (r#"{"type":"setGuess","guess":{"low":1,"high":2,"hi":3}}"#, "/guess/hi"),
    ];
    for (text, place) in cases {
        let error = landfall::session::read_command(text).unwrap_err();
        assert_eq!((error.code(), error.path()), (Code::InvalidRequest, Some(place)), "{error}");
    }
}

#[test]
fn the_sample_is_believable_on_every_day_of_the_week() {
    for day in 0..14 {
        let today = date("2026-11-16").plus_days(day);
        let planner = sample(Some(today)).unwrap();
        let options = Options { today: Some(today), ..Default::default() };
        let summary = planner.summary(&options).unwrap();
        assert!(summary.sample && !summary.guess && !summary.needs_history);
        assert_eq!(summary.objectives.len(), 3);
        assert!((35..=45).contains(&summary.counts.work), "{}", summary.counts.work);
        assert!(summary.headline.starts_with("85 % sure that all"), "{}", summary.headline);
        for objective in &summary.objectives {
            let chance = objective.chance.unwrap();
            assert!((0.05..0.97).contains(&chance), "{}: {chance}", objective.sentence);
        }
        let forecast = planner.forecast(&options).unwrap();
        assert_eq!(forecast.history.len(), 12);
        assert_eq!(forecast.headline, summary.headline);
        let rows = planner.rows(&RowQuery { today: Some(today), ..Default::default() }).unwrap();
        assert!(rows.bands.len() >= 2);
        for row in &rows.rows {
            let lands = row.lands.unwrap();
            assert!(lands.p15 <= lands.p50 && lands.p50 <= lands.p85, "{}", row.id);
            assert!(lands.p15.unwrap() >= today, "{} lands in the past", row.id);
            assert!((1..=5).contains(&lands.p85.unwrap().weekday()), "{} lands on a weekend", row.id);
        }
        assert_round_trip(planner.plan());
    }
}

#[test]
fn bands_hold_what_they_say() {
    let planner = sample(Some(date("2026-11-16"))).unwrap();
    let options = Options { trials: Some(100_000), ..Default::default() };
    let rows = planner.rows(&RowQuery { trials: options.trials, ..Default::default() }).unwrap();
    for band in &rows.bands {
        // Each item above the line is at least as sure as all of them together.
        for row in &rows.rows[..band.after] {
            assert!(row.lands.unwrap().p85.unwrap() <= band.end, "{} stands above {}", row.id, band.sentence);
        }
    }
    assert!(rows.bands.windows(2).all(|pair| pair[0].after < pair[1].after && pair[0].end < pair[1].end));
}

#[test]
fn search_and_filters_find_what_they_say() {
    let planner = sample(None).unwrap();
    let find = |search: &str| planner.rows(&RowQuery { search: search.into(), ..Default::default() }).unwrap().total;
    assert_eq!(find("refund status"), 1);
    assert_eq!(find("LF-15"), 1);
    assert_eq!(find("acme"), 4);
    assert_eq!(find("nothing like it"), 0);
    let summary = planner.summary(&Options::default()).unwrap();
    for (show, count) in [
        (Show::Work, summary.counts.work),
        (Show::Unsized, summary.counts.without_size),
        (Show::Unscored, summary.counts.unscored),
        (Show::Blocked, summary.counts.blocked),
        (Show::Epics, summary.counts.epics),
        (Show::Done, summary.counts.done),
        (Show::Declined, summary.counts.declined),
        (Show::All, summary.counts.all),
    ] {
        let query = RowQuery { filter: Filter { show, ..Default::default() }, ..Default::default() };
        assert_eq!(planner.rows(&query).unwrap().total, count, "{show:?}");
    }
}

#[test]
fn deterministic_sprints_land_on_known_days() {
    // Ten points a sprint, sprints of two weeks from a Monday, items of five: each takes a week.
    let today = date("2026-11-23");
    let mut planner = Planner::default();
    planner.apply(Command::SetHistory { finished: vec![10.0; 30], today, team: None }).unwrap();
    let mut assumptions = (*planner.plan().assumptions).clone();
    assumptions.model = landfall::VelocityModel::Bootstrap;
    planner.apply(Command::SetAssumptions { assumptions: Box::new(assumptions) }).unwrap();
    for k in 1..=4 {
        let id = add(&mut planner, &format!("item {k}"));
        edit(&mut planner, &id, ItemPatch { size: Some(Some(5.0.into())), ..Default::default() }).unwrap();
    }
    let start = planner.plan().calendar.sprint_of(today).start;
    let days = |planner: &Planner| {
        let query = RowQuery { today: Some(start), ..Default::default() };
        let rows = planner.rows(&query).unwrap().rows;
        rows.iter().map(|row| row.lands.unwrap().p85.unwrap().to_string()).collect::<Vec<_>>()
    };
    let expected = |weeks: [i64; 4]| weeks.map(|week| start.plus_days(week * 7 - 3).to_string());
    assert_eq!(days(&planner), expected([1, 2, 3, 4]));

    // Half the capacity in the second sprint: it holds one item.
    let sprint = start.plus_days(14);
    planner.apply(Command::SetCapacity { sprint, factor: Some(0.5), team: None }).unwrap();
    assert_eq!(days(&planner), expected([1, 2, 4, 5]));
    planner.undo().unwrap();

    // The third item may begin with the third sprint only: the fourth goes ahead of it.
    let patch = ItemPatch { not_before: Some(Some(start.plus_days(28))), ..Default::default() };
    edit(&mut planner, "LF-3", patch).unwrap();
    assert_eq!(days(&planner), expected([1, 2, 5, 3]));
    planner.undo().unwrap();

    // From the middle of the running sprint half of it is left.
    let query = RowQuery { today: Some(start.plus_days(7)), ..Default::default() };
    let first = planner.rows(&query).unwrap().rows.remove(0).lands.unwrap().p85.unwrap();
    assert_eq!(first, start.plus_days(11));
}
