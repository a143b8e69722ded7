//! Cells: dates, sizes and words in the shapes that exports have them.

use landfall::exchange::{ReadOptions, read};
use landfall::plan::{Kind, Status};
use landfall::{Range, Uncertain};

use crate::import::day;

fn created(cells: &[&str]) -> Vec<Option<String>> {
    let rows: Vec<String> = cells.iter().map(|cell| format!("x,\"{cell}\"\n")).collect();
    let file = format!("title,created\n{}", rows.concat());
    let reading = read(file.as_bytes(), &ReadOptions::default()).unwrap();
    reading.rows.iter().map(|row| row.item.created.map(|day| day.to_string())).collect()
}

#[test]
fn dates_are_read_in_every_shape_that_trackers_write() {
    let shapes = [
        ("2/Jan/06 3:04 PM", "2006-01-02"),
        ("2/Jan/06 15:04", "2006-01-02"),
        ("2/Jan/2006 3:04 PM", "2006-01-02"),
        ("2006-01-02 15:04", "2006-01-02"),
        ("2006-01-02 15:04:05", "2006-01-02"),
        ("Jan/2/06 3:04 PM", "2006-01-02"),
        ("2/Jan/06", "2006-01-02"),
        ("31/Dec/68 11:59 PM", "2068-12-31"),
        ("1/Jan/69", "1969-01-01"),
        ("2006-01-02", "2006-01-02"),
        ("2006/01/02", "2006-01-02"),
        ("2006-1-2", "2006-01-02"),
        ("20060102", "2006-01-02"),
        ("20060102T150405Z", "2006-01-02"),
        ("2023-02-06T05:00:00.000Z", "2023-02-06"),
        ("2026-01-05T23:30:00-05:00", "2026-01-05"),
        ("2023-02-06 05:00:00 UTC", "2023-02-06"),
        ("Mon Feb 06 2023 05:00:00 GMT+0000 (GMT)", "2023-02-06"),
        ("Sat Feb 11 2023 01:51:47 GMT-0800 (Pacific Standard Time)", "2023-02-11"),
        ("Mon, 21 Apr 2025 10:17:06 UTC+0000", "2025-04-21"),
        ("April 21, 2025", "2025-04-21"),
        ("Apr 21st, 2025 at 3:04 PM", "2025-04-21"),
        ("21 April 2025", "2025-04-21"),
        ("21-Apr-25", "2025-04-21"),
        ("2006-Jan-02", "2006-01-02"),
        ("7.6.2025 14:59:28", "2025-06-07"),
        ("27.06.2025", "2025-06-27"),
        ("27. 6. 2025", "2025-06-27"),
        // Month names of other languages.
        ("2/Mär/06 15:04", "2006-03-02"),
        ("2/Mrz/06", "2006-03-02"),
        ("2. Dezember 2006", "2006-12-02"),
        ("12/Okt/23", "2023-10-12"),
        ("2/févr./06 15:04", "2006-02-02"),
        ("2 août 2006", "2006-08-02"),
        ("2/juin/06", "2006-06-02"),
        ("2/juil./06", "2006-07-02"),
        ("mar. 5 mai 2023", "2023-05-05"),
        ("2/ene/06", "2006-01-02"),
        ("21 de abril de 2025", "2025-04-21"),
        ("2/dic/06", "2006-12-02"),
        ("2/fev/06", "2006-02-02"),
        ("2/out/06", "2006-10-02"),
        ("2/gen/06", "2006-01-02"),
        ("2/lug/06", "2006-07-02"),
        ("2/mei/06", "2006-05-02"),
        ("2/maj/06", "2006-05-02"),
        ("2/янв/06", "2006-01-02"),
        ("2025年4月21日", "2025-04-21"),
    ];
    for (cell, expected) in shapes {
        assert_eq!(created(&[cell]), [Some(expected.to_owned())], "{cell}");
    }
}

#[test]
fn what_is_no_date_is_said_and_kept() {
    let cells =
        ["soon", "2025-02-29", "31/Feb/25", "10.0.12.3", "2026-W53-1", "5", "10000-01-01", "0001-01-01", "2/Jan 15:04"];
    for cell in cells {
        let file = format!("title,created\nx,{cell}\n");
        let reading = read(file.as_bytes(), &ReadOptions::default()).unwrap();
        assert_eq!(reading.rows[0].item.created, None, "{cell}");
        assert_eq!(reading.rows[0].item.columns["created"], cell);
        let note = format!("1 date could not be read and is left out: line 2, column \"created\" (\"{cell}\")");
        assert!(reading.notes.contains(&note), "{:?}", reading.notes);
    }
    for blank in ["", "-", "never", "N/A"] {
        assert_eq!(created(&[blank]), [None]);
        let reading = read(format!("title,created\nx,{blank}\n").as_bytes(), &ReadOptions::default()).unwrap();
        assert!(!reading.notes.iter().any(|note| note.contains("date")), "{blank:?}: {:?}", reading.notes);
    }
}

#[test]
fn a_column_settles_whether_the_day_or_the_month_comes_first() {
    let both = |first: &str, second: &str| created(&[first, second])[0].clone().unwrap();
    assert_eq!(both("3/4/2025", "13/4/2025"), "2025-04-03");
    assert_eq!(both("3/4/2025", "4/13/2025"), "2025-03-04");
    assert_eq!(both("3/4/2025 9:00", "5/6/2025 17:00"), "2025-04-03", "a 24-hour clock goes with the day first");
    assert_eq!(both("3/4/2025 9:00 AM", "5/6/2025 5:00 PM"), "2025-03-04", "a 12-hour clock with the month first");
    assert_eq!(both("3.4.2025 9:00:00", "5.6.2025 17:00:00"), "2025-04-03");
    assert_eq!(both("03-04-25", "25-12-25"), "2025-04-03");
    // A file that mixes them reads each cell that can only be one way as that.
    assert_eq!(
        created(&["13/4/2025", "4/13/2025", "14/4/2025"]),
        ["2025-04-13", "2025-04-13", "2025-04-14"].map(|d| Some(d.to_owned()))
    );
}

fn sizes(header: &str, cells: &[&str]) -> Vec<Option<Uncertain>> {
    let rows: Vec<String> = cells.iter().map(|cell| format!("x,\"{cell}\"\n")).collect();
    let reading = read(format!("title,{header}\n{}", rows.concat()).as_bytes(), &ReadOptions::default()).unwrap();
    assert_eq!(reading.read, cells.len());
    reading.rows.iter().map(|row| row.item.size).collect()
}

#[test]
fn sizes_are_read_with_comma_point_unit_and_range() {
    let exact = |cell: &str, size: f64| assert_eq!(sizes("Story Points", &[cell]), [Some(size.into())], "{cell}");
    exact("3", 3.0);
    exact("3.0", 3.0);
    exact("3,5", 3.5);
    exact("0,125", 0.125);
    exact("1,000", 1000.0);
    exact("1.000,5", 1000.5);
    exact("1,000.5", 1000.5);
    exact(".5", 0.5);
    exact("5 pts", 5.0);
    exact("-0", 0.0);
    assert_eq!(sizes("points", &["3–5–8"]), [Some(Range { low: 3.0, likely: Some(5.0), high: 8.0 }.into())]);
    assert_eq!(sizes("points", &["3-5"]), [Some(Range { low: 3.0, likely: None, high: 5.0 }.into())]);
    assert_eq!(sizes("estimate", &["", "-", "none"]), [None, None, None]);
    assert_eq!(
        sizes("estimate", &["1,250", "0,5"])[0],
        Some(1.25.into()),
        "another cell shows that the comma is a decimal one"
    );
}

#[test]
fn a_size_in_words_is_left_open_and_an_impossible_one_rejects_its_row() {
    let file = "Key,Title,Story Points\nA,a,XL\nB,b,NaN\nC,c,-3\nD,d,inf\nE,e,1e300\nF,f,5\nG,g,2d\n";
    let reading = read(file.as_bytes(), &ReadOptions::default()).unwrap();
    assert_eq!((reading.read, reading.rows.len()), (7, 3));
    let rejected: Vec<(u64, &str, &str)> =
        reading.rejected.iter().map(|r| (r.line, r.column.as_deref().unwrap(), r.reason.as_str())).collect();
    assert_eq!(
        rejected,
        [
            (3, "Story Points", "\"NaN\" is not a number: give a size of at least 0, or leave it empty"),
            (4, "Story Points", "\"-3\" is negative: give a size of at least 0, or leave it empty"),
            (5, "Story Points", "\"inf\" is too large for a size: give a smaller number, or leave it empty"),
            (6, "Story Points", "\"1e300\" is too large for a size: give a smaller number, or leave it empty"),
        ]
    );
    assert_eq!((reading.rows[0].item.size, reading.rows[0].item.columns["Story Points"].as_str()), (None, "XL"));
    let note = "2 sizes could not be read and are left open: line 2, column \"Story Points\" (\"XL\"); line 8, column \"Story Points\" (\"2d\")";
    assert!(reading.notes.iter().any(|found| found == note), "{:?}", reading.notes);
}

#[test]
fn a_comma_is_a_decimal_one_where_a_semicolon_separates() {
    let reading = read(b"Titel;Story Points\nx;1,250\ny;3,5\n", &ReadOptions::default()).unwrap();
    assert_eq!(reading.rows[0].item.size, Some(1.25.into()));
    assert_eq!((reading.recognised.delimiter.as_str(), reading.recognised.sized), (";", 2));
}

#[test]
fn statuses_are_known_in_several_languages_and_guessed_from_their_parts() {
    use Status::{Declined, Done, InProgress, Todo};
    let words = [
        ("Closed", Done),
        ("DONE ✅", Done),
        ("Erledigt", Done),
        ("Terminé", Done),
        ("Released to customers", Done),
        ("Won't do", Declined),
        ("Won’t Fix", Declined),
        ("Cancelled", Declined),
        ("Removed", Declined),
        ("Rejected by board", Declined),
        ("In Progress", InProgress),
        ("in_progress", InProgress),
        ("Code Review", InProgress),
        ("Ready for release", InProgress),
        ("Waiting for customer", InProgress),
        ("Blocked", InProgress),
        ("To Do", Todo),
        ("Backlog", Todo),
        ("Not done", Todo),
        ("Ready for development", Todo),
        ("Reopened", Todo),
        ("Zu erledigen", Todo),
        ("Wibble", Todo),
    ];
    let rows: Vec<String> = words.iter().map(|(word, _)| format!("x,{word}\n")).collect();
    let reading = read(format!("title,status\n{}", rows.concat()).as_bytes(), &ReadOptions::default()).unwrap();
    for ((word, expected), row) in words.iter().zip(&reading.rows) {
        assert_eq!(row.item.status, *expected, "{word}");
    }
    let guessed: Vec<&str> =
        reading.recognised.statuses.iter().filter(|word| word.guessed).map(|word| word.name.as_str()).collect();
    assert_eq!(guessed, ["Released to customers", "Rejected by board", "Waiting for customer", "Not done", "Wibble"]);
}

#[test]
fn types_become_kinds() {
    let words = [
        ("Epic", Kind::Epic),
        ("User Story", Kind::Story),
        ("Product Backlog Item", Kind::Story),
        ("New Feature", Kind::Story),
        ("Defect", Kind::Bug),
        ("Task", Kind::Task),
        ("Spike", Kind::Spike),
        ("Sub-task", Kind::SubTask),
        ("Unteraufgabe", Kind::SubTask),
        ("Access", Kind::Story),
    ];
    let rows: Vec<String> = words.iter().map(|(word, _)| format!("x,{word}\n")).collect();
    let reading = read(format!("title,type\n{}", rows.concat()).as_bytes(), &ReadOptions::default()).unwrap();
    for ((word, expected), row) in words.iter().zip(&reading.rows) {
        assert_eq!(row.item.kind, *expected, "{word}");
    }
}

#[test]
fn a_resolution_decides_what_was_delivered() {
    let resolutions = [
        ("Done", Status::Done),
        ("Fixed", Status::Done),
        ("Won't Do", Status::Declined),
        ("Duplicate", Status::Declined),
        ("Cannot Reproduce", Status::Declined),
        ("Unresolved", Status::InProgress),
        ("", Status::InProgress),
    ];
    let rows: Vec<String> =
        resolutions.iter().enumerate().map(|(k, (word, _))| format!("A-{k},x,In Progress,{word},2/Jan/25\n")).collect();
    let file = format!("Issue key,Summary,Status,Resolution,Resolved\n{}", rows.concat());
    let reading = read(file.as_bytes(), &ReadOptions::default()).unwrap();
    for ((word, expected), row) in resolutions.iter().zip(&reading.rows) {
        assert_eq!(row.item.status, *expected, "{word}");
        assert_eq!(row.item.finished, if expected.is_open() { None } else { day("2025-01-02") }, "{word}");
    }
}

#[test]
fn a_done_item_without_a_day_stays_done_and_is_counted() {
    let reading = read(b"key,title,status,closed\nA,a,done,\nB,b,done,2025-01-02\n", &ReadOptions::default()).unwrap();
    assert_eq!(reading.rows[0].item.status, Status::Done);
    assert_eq!(reading.rows[0].item.finished, None);
    assert!(reading.notes.iter().any(|note| note.starts_with("1 finished item has no finish date")));
}

#[test]
fn unknown_columns_are_kept_by_header() {
    let file = "title,Severity,Severity,,Wert\nx,high,high,blank header,'-5\n";
    let reading = read(file.as_bytes(), &ReadOptions::default()).unwrap();
    let columns: Vec<(&str, &str)> =
        reading.rows[0].item.columns.iter().map(|(header, cell)| (header.as_str(), cell.as_str())).collect();
    assert_eq!(columns, [("Column 4", "blank header"), ("Severity", "high"), ("Wert", "-5")]);
    let uses: Vec<(&str, usize)> = reading.recognised.columns.iter().map(|c| (c.header.as_str(), c.count)).collect();
    assert_eq!(uses, [("title", 1), ("Severity", 2), ("Column 4", 1), ("Wert", 1)]);
}

#[test]
fn labels_come_in_one_cell_in_several_or_as_json() {
    let tags = |cell: &str| {
        let file = format!("title\tlabels\nx\t{cell}\n");
        read(file.as_bytes(), &ReadOptions::default()).unwrap().rows[0].item.tags.clone()
    };
    assert_eq!(tags("a, b"), ["a", "b"]);
    assert_eq!(tags("a; b; "), ["a", "b"]);
    assert_eq!(tags("a| b"), ["a", "b"]);
    assert_eq!(tags("[\"a, really\",\"b\"]"), ["a, really", "b"]);
    assert_eq!(tags("a,a"), ["a"]);
}
