//! Files read in slices: the same plan as at once, nothing before the end, and refusals that do not take long.

use landfall::Code;
use landfall::plan::{CivilDate, MAX_ITEMS};
use landfall::session::{FileImport, ImportOptions, Options, Planner, sample};

use crate::import::bytes_of;

fn today() -> CivilDate {
    "2026-11-23".parse().unwrap()
}

fn options(replace: bool) -> ImportOptions {
    ImportOptions { today: Some(today()), replace: replace.then(|| "Read".to_owned()), ..ImportOptions::default() }
}

/// Reads to the end; tells in how many slices, in which less and less is left.
fn slices(file: &mut FileImport, steps: u32) -> usize {
    let (mut before, mut count) = (1000, 1);
    loop {
        let left = file.advance(steps).unwrap();
        assert!(left <= before, "{left} thousandths after {before}");
        if left == 0 {
            return count;
        }
        (before, count) = (left, count + 1);
    }
}

/// A tracker's export with epics, needs, labels, dates in every order, and circles.
fn export(rows: usize) -> Vec<u8> {
    let mut text = "Summary,Issue key,Issue Type,Status,Resolution,Created,Resolved,Labels,Labels,Outward issue link (Blocks),Custom field (Story Points),Custom field (Epic Link),Team,Mood\n".to_owned();
    for k in 0..rows {
        let epic = k % 20 == 0;
        let done = k % 3 > 0;
        let (kind, status) = (if epic { "Epic" } else { "Story" }, if done { "Done" } else { "To Do" });
        let resolved = if done { format!("{}/Jan/26 3:04 PM", k % 28 + 1) } else { String::new() };
        let blocks = if k % 7 == 0 { format!("K-{}", (k * 31) % rows) } else { String::new() };
        let points = if k % 5 == 0 { String::new() } else { (k % 8 + 1).to_string() };
        let parent = if epic { String::new() } else { format!("K-{}", k - k % 20) };
        text += &format!(
            "\"Item, the {k}th\",K-{k},{kind},{status},,{}/{}/2025,{resolved},red,l{},{blocks},{points},{parent},T{},fine\n",
            k % 12 + 1,
            k % 28 + 1,
            k % 9,
            k % 3
        );
    }
    text.into_bytes()
}

#[test]
fn a_file_read_in_slices_makes_the_plan_that_it_makes_at_once() {
    let real = ["azure-devops-lighthouse.csv", "jira-server-poinz.csv", "linear-shortcut-repl.csv", "plane.csv"];
    let mut files: Vec<Vec<u8>> = real.into_iter().map(bytes_of).collect();
    files.extend([export(1000), "Titel;Punkte\nGr\u{f6}\u{df}e;3,5\n".chars().map(|c| c as u8).collect()]);
    files.push(
        [&[0xFF, 0xFE][..], &"Title,Key\né,1\n".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()].concat(),
    );
    for (k, bytes) in files.iter().enumerate() {
        for (steps, replace) in [(1, true), (1000, true), (7, false)] {
            let (mut at_once, mut sliced) = (sample(Some(today())).unwrap(), sample(Some(today())).unwrap());
            let expected = at_once.import(bytes, &options(replace)).unwrap();
            let mut file = sliced.importing(bytes.clone(), &options(replace));
            assert!(slices(&mut file, steps) > 5, "file {k}");
            let look = sliced.imported(&file, true).unwrap();
            assert_eq!((look.change.clone(), sliced.undo_label()), (None, None));
            let report = sliced.imported(&file, false).unwrap();
            assert_eq!(report, expected);
            assert_eq!((look.headline, look.history), (report.headline, report.history));
            assert_eq!(sliced.document(), at_once.document());
            let summary =
                |planner: &Planner| planner.summary(&Options { today: Some(today()), ..Options::default() }).unwrap();
            assert_eq!(summary(&sliced), summary(&at_once));
            // One step, which one undo takes back.
            sliced.undo().unwrap();
            assert_eq!((sliced.document(), sliced.undo_label()), (sample(Some(today())).unwrap().document(), None));
        }
    }
}

#[test]
fn a_file_that_is_given_up_has_changed_nothing() {
    let mut planner = sample(Some(today())).unwrap();
    let before = planner.document();
    let mut file = planner.importing(export(2000), &options(true));
    for _ in 0..10 {
        assert!(file.advance(1).unwrap() > 0);
    }
    assert_eq!(planner.imported(&file, false).unwrap_err().code(), Code::InvalidRequest);
    drop(file);
    assert_eq!((planner.document(), planner.undo_label()), (before, None));
}

#[test]
fn a_plan_that_has_changed_meanwhile_is_not_overwritten() {
    let mut planner = sample(Some(today())).unwrap();
    let mut file = planner.importing(export(100), &options(false));
    slices(&mut file, 10);
    let name = landfall::session::Command::RenamePlan { name: "Another".to_owned() };
    planner.apply(name).unwrap();
    let error = planner.imported(&file, false).unwrap_err();
    assert_eq!(error.to_string(), "the plan has changed while the file was read: read it again");
    assert_eq!(planner.plan().name, "Another");
}

#[test]
fn an_error_ends_the_reading_with_its_place() {
    let planner = Planner::default();
    let mut file = planner.importing(b"Key,Title\nA,\"open\nB,b\n".to_vec(), &options(true));
    let error = loop {
        match file.advance(1) {
            Ok(left) => assert!(left > 0),
            Err(error) => break error,
        }
    };
    assert_eq!((error.code(), error.path()), (Code::UnterminatedQuote, Some("line 2, column \"Title\"")));
    assert_eq!(file.advance(1).unwrap(), 0, "there is nothing left to do");
}

#[test]
fn more_items_than_a_plan_holds_and_files_that_are_too_large_are_refused_before_they_are_read() {
    let mut planner = Planner::default();
    let mut rows = "Title\n".to_owned();
    rows.extend((0..MAX_ITEMS + 50_000).map(|k| format!("item {k}\n")));
    let error = planner.import(rows.as_bytes(), &options(true)).unwrap_err();
    assert_eq!(
        (error.code(), error.to_string().as_str()),
        (Code::TooLarge, "the file has more than 100000 rows: export fewer items")
    );
    let error = planner.importing(vec![b'a'; (64 << 20) + 1], &options(true)).advance(1).unwrap_err();
    assert_eq!(error.code(), Code::TooLarge);
    assert!(error.to_string().starts_with("the file has more than 64 MiB"), "{error}");
}
