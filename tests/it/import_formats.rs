//! What is no table of separated values: JSON, Trello's boards, HTML, Markdown, lists and notes; and what is told of columns.

use std::collections::BTreeMap;

use landfall::exchange::{ColumnOptions, ColumnUse, DateOrder, FileReading, ReadOptions, read};
use landfall::plan::{Kind, Status};
use landfall::session::{ImportOptions, Planner};

use crate::import::{day, item, reading_of};

fn reading(file: &str) -> FileReading {
    let reading = read(file.as_bytes(), &ReadOptions::default()).unwrap();
    assert_eq!(reading.read, reading.rows.len() + reading.rejected.len());
    reading
}

fn titles(reading: &FileReading) -> Vec<&str> {
    reading.rows.iter().map(|row| row.item.title.as_str()).collect()
}

#[test]
fn a_board_of_trello_has_its_lists_points_checklists_and_moves() {
    let reading = reading_of("own/trello-board.json");
    assert_eq!((reading.format.as_str(), reading.recognised.tool.as_str()), ("trello-json", "Trello"));
    let room = item(&reading, "aBcD0001");
    assert_eq!((room.title.as_str(), room.size, room.status), ("Book a room", Some(5.0.into()), Status::Done));
    assert_eq!((room.created, room.started, room.finished), (day("2024-01-02"), day("2024-01-10"), day("2024-01-18")));
    assert_eq!(room.tags, ["rooms", "red"], "a label without a name is its colour");
    let criteria: Vec<(&str, bool)> = room.criteria.iter().map(|one| (one.text.as_str(), one.met)).collect();
    assert_eq!(criteria, [("A booked room is not offered", true), ("I get a mail", false)]);
    let cancel = item(&reading, "aBcD0002");
    assert_eq!((cancel.size, cancel.status, cancel.finished), (Some(3.0.into()), Status::InProgress, None));
    assert_eq!(cancel.columns["Members"], "Ana Berg");
    let free = item(&reading, "aBcD0003");
    assert_eq!((free.size, free.columns["Risk"].as_str()), (Some(2.0.into()), "high"));
    assert_eq!(item(&reading, "aBcD0004").status, Status::Declined, "archived among the ideas");
    assert_eq!(item(&reading, "aBcD0005").status, Status::Done, "in a closed list whose name says that it is done");
    assert_eq!(reading.newest, day("2024-03-01"));
}

#[test]
fn issues_of_github_come_from_its_command_line_and_from_its_api() {
    let listed = reading_of("own/gh-issue-list.json");
    assert_eq!(listed.format, "github-json");
    let export = item(&listed, "41");
    assert_eq!(
        (export.status, export.finished, export.notes.as_str()),
        (Status::Done, day("2024-02-09"), "As CSV.\nPlease.")
    );
    assert_eq!((export.tags.as_slice(), export.columns["milestone"].as_str()), (&["export".to_owned()][..], "1.0"));
    assert_eq!(item(&listed, "42").kind, Kind::Bug, "by its label");
    let api = reading_of("own/github-rest-issues.json");
    assert_eq!((api.format.as_str(), api.read, api.rows.len()), ("github-json", 3, 2));
    assert_eq!((api.rejected[0].line, api.rejected[0].reason.contains("pull request")), (2, true));
    let filter = item(&api, "7");
    assert_eq!((filter.status, filter.tags.as_slice()), (Status::Declined, &["ux, list".to_owned()][..]));
    assert_eq!(filter.link.as_deref(), Some("https://github.com/o/r/issues/7"));
    assert_eq!(item(&api, "9").status, Status::Todo);
}

#[test]
fn any_list_of_objects_is_a_table_wherever_it_stands() {
    let found = reading_of("own/objects.json");
    assert_eq!((found.format.as_str(), titles(&found)), ("json", vec!["Log in", "Log out"]));
    assert_eq!((found.rows[1].item.size, found.rows[1].item.tags.len()), (Some(1.5.into()), 2));
    assert_eq!(titles(&reading("[\"One\", \"Two\"]")), ["One", "Two"]);
    let jira = r#"{"issues": [{"key": "A-1", "fields": {"summary": "Log in", "status": {"name": "Done"}}}]}"#;
    assert_eq!((titles(&reading(jira)), reading(jira).rows[0].item.status), (vec!["Log in"], Status::Done));
    let mixed = reading("[{\"title\": \"One\"}, 7, null, {}]");
    assert_eq!((mixed.read, mixed.rejected.len(), mixed.rejected[0].line), (4, 3, 2));
}

#[test]
fn tasks_in_markdown_have_their_tree_their_sizes_and_their_state() {
    let found = reading_of("own/tasks.md");
    assert_eq!(found.format, "markdown");
    let of = |title: &str| &found.rows.iter().find(|row| row.item.title == title).unwrap().item;
    assert_eq!((of("Log in by mail").status, of("Log in by mail").size), (Status::Done, Some(3.0.into())));
    assert_eq!(of("Log in by phone").size, Some(5.0.into()));
    assert_eq!(of("Log in by phone").notes, "The code has six digits.", "as deep as its text");
    assert_eq!((of("Log out").status, of("Reset the password").status), (Status::InProgress, Status::Done));
    assert_eq!(of("Search by name").link.as_deref(), Some("https://example.org/12"));
    assert_eq!((of("Search by town").status, of("Login").kind), (Status::Declined, Kind::Epic));

    let mut planner = Planner::default();
    let file = crate::import::bytes_of("own/tasks.md");
    let report = planner.import(&file, &ImportOptions::default()).unwrap();
    assert_eq!((report.imported, report.read), (10, 10));
    let document = planner.document();
    let parent = |title: &str| {
        let parent = document.items.iter().find(|item| item.title == title).unwrap().parent.clone();
        document.items.iter().find(|item| Some(&item.id) == parent.as_ref()).map(|item| item.title.clone())
    };
    assert_eq!(parent("Send the code").as_deref(), Some("Log in by phone"));
    assert_eq!(parent("Log in by phone").as_deref(), Some("Login"));
    assert_eq!(parent("Reset the password"), None, "under a heading that is a status");
    let again = planner.import(&file, &ImportOptions::default()).unwrap();
    assert_eq!((again.imported, again.updated), (0, 10));
}

#[test]
fn pasted_notes_are_items_and_a_letter_is_none() {
    let found = reading_of("own/figjam-lines.txt");
    assert_eq!(titles(&found)[..3], ["Faster search", "Pay later", "Show stock in the list"]);
    assert_eq!(found.rows[1].item.size, Some(5.0.into()));
    let story = &found.rows[3].item;
    assert_eq!((story.story.as_a.as_str(), story.story.so_that.as_str()), ("member", "I can send one back"));
    assert_eq!(
        titles(&reading_of("own/sticky-notes-quoted.txt")),
        ["Find my order in one click", "Pay later", "Show \"stock\" in the list"]
    );
    let plain = reading("Fix the login, again\nMake search faster, too\nA third idea (v2)\n");
    assert_eq!((plain.format.as_str(), plain.rows.len(), plain.rows[2].item.size), ("lines", 3, None));
    assert_eq!(titles(&plain)[0], "Fix the login, again");
    assert_eq!(
        titles(&reading("From the workshop:\n\n- One\n- Two\n  - Half of two\n")),
        ["One", "Two", "Half of two"]
    );
    let with_criteria = "As a member I want to search by name so that I find people.\n\nAcceptance criteria:\n- Finds \"Ana\"\n- Is quick\n";
    let found = reading(with_criteria);
    assert_eq!((found.rows.len(), found.rows[0].item.criteria.len()), (1, 2));
    let error = read(b"Dear all,\n\nthis is a letter.\n", &ReadOptions::default()).unwrap_err();
    assert_eq!(error.code().as_str(), "not-a-table");
    let asked = ReadOptions { format: Some("lines".to_owned()), ..ReadOptions::default() };
    assert_eq!(read(b"Dear all,\n\nthis is a letter.\n", &asked).unwrap().rows.len(), 2, "as asked for");
}

#[test]
fn tables_of_pages_and_clipboards_are_read_and_nothing_of_them_runs() {
    let excel = reading_of("own/excel-clipboard.html");
    assert_eq!(titles(&excel), ["Größe & Farbe wählen", "Warenkorb teilen"]);
    assert_eq!((excel.rows[0].item.size, excel.rows[1].item.size), (Some(3.5.into()), Some(1.25.into())));
    assert_eq!(excel.rows[1].item.created, day("2025-12-02"));
    let sheets = reading_of("own/google-sheets-clipboard.html");
    assert_eq!(titles(&sheets), ["Pay by card", "Pay later in 30 days"]);
    assert!(
        sheets.rows.iter().all(|row| row.item.columns["Epic"] == "Checkout"),
        "a merged cell counts for all its rows"
    );
    let wiki = reading_of("own/confluence-page.html");
    assert_eq!(titles(&wiki), ["Let members leave by mail by phone", "Café <script>alert(1)</script>"]);
    assert_eq!((wiki.rows[0].item.status, wiki.rows[0].item.id.as_str()), (Status::InProgress, "WEB-7"));
    assert!(wiki.notes.iter().any(|note| note.contains("not another table")), "{:?}", wiki.notes);
    let points = reading("<ul><li>One</li><li><b>Two</b> of two<ul><li>Inside</li></ul></li></ul>");
    assert_eq!(titles(&points), ["One", "Two of two", "Inside"]);
    let wild = reading(
        "<table><tr><th>Title<th>Points<tr><td title=\"a>b\">x &lt; y &unknown; &#x41;<td>3<tr><td colspan=999999999>wide</table>",
    );
    assert_eq!(titles(&wild), ["x < y &unknown; A", "wide"]);
}

#[test]
fn a_short_page_never_becomes_a_large_table() {
    let cell = "<td colspan=200 rowspan=200>xxxxxxxxxxxxxxxxxxxx";
    let page = format!("<table><tr><td>Title{}", format!("<tr><td>a{}", cell.repeat(50)).repeat(400));
    let found = reading(&page);
    let cells: usize = found.rows.iter().map(|row| row.item.columns.len()).sum();
    assert_eq!(found.read, 400);
    assert!(cells < 500_000, "{cells} cells");
    let open = "<a \"".repeat(300_000);
    assert_eq!(reading(&open).read, 1, "no tag, so a note");
    let lt = format!("{}>", "<a ".repeat(300_000));
    assert!(read(lt.as_bytes(), &ReadOptions::default()).is_err());
}

#[test]
fn a_short_document_never_becomes_a_large_table() {
    let refused = |text: String| {
        let error = read(text.as_bytes(), &ReadOptions::default()).unwrap_err();
        assert_eq!(error.code().as_str(), "too-large");
        error.message().to_owned()
    };
    let of = |count: usize, entry: &dyn Fn(usize) -> String| (0..count).map(entry).collect::<Vec<_>>().join(",");
    // A name for each object, and one wide object before many small ones.
    let names = of(60_000, &|k| format!("{{\"k{k}\":1}}"));
    assert_eq!(refused(format!("[{names}]")), "the file has 2001 columns: at most 2000 are read");
    assert!(
        refused(format!("{{\"items\":[{{{}}}]}}", of(600_000, &|k| format!("\"k{k}\":1")))).contains("2001 columns")
    );
    let wide = of(1_999, &|k| format!("\"k{k}\":1"));
    assert!(refused(format!("[{{{wide}}},{}]", of(190_000, &|_| "{\"k1998\":1}".into()))).contains("1999 columns in"));
    assert_eq!(
        refused(format!("[{}]", of(200_001, &|_| "{}".into()))),
        "the file has more than 200000 rows: export fewer items"
    );
    let (cards, custom) = (of(100_000, &|_| "{}".into()), of(1_000, &|_| "{}".into()));
    let board = refused(format!("{{\"lists\":[],\"cards\":[{cards}],\"customFields\":[{custom}]}}"));
    assert!(board.starts_with("the file has 1018 columns in 100000 rows"), "{board}");
    assert!(refused("- a\n".repeat(3_000_000)).contains("200000 rows"));
}

#[test]
fn long_lists_and_boards_are_read() {
    let list: String = (0..100_000).map(|k| format!("{}- line {k}\n", if k % 3 == 0 { "" } else { "  " })).collect();
    let found = reading(&list);
    assert_eq!((found.rows.len(), found.rejected.len()), (100_000, 0));
    assert_eq!((found.rows[0].parent, found.rows[99_998].parent), (None, Some(99_996)));
    let of = |count: usize, entry: &dyn Fn(usize) -> String| (0..count).map(entry).collect::<Vec<_>>().join(",");
    let board = format!(
        "{{\"lists\":[],\"cards\":[{}],\"checklists\":[{}],\"actions\":[{}]}}",
        of(40_000, &|k| format!("{{\"id\":\"c{k}\",\"name\":\"Card {k}\"}}")),
        of(40_000, &|k| format!("{{\"idCard\":\"c{k}\",\"checkItems\":[{{\"name\":\"Point {k}\"}}]}}")),
        of(40_000, &|k| format!(
            "{{\"date\":\"2026-01-02\",\"data\":{{\"card\":{{\"id\":\"c{k}\"}},\"listAfter\":{{\"name\":\"Doing\"}}}}}}"
        )),
    );
    let found = reading(&board);
    assert_eq!(found.rows.len(), 40_000);
    let last = &found.rows[39_999].item;
    assert_eq!((last.criteria[0].text.as_str(), last.started), ("Point 39999", day("2026-01-02")));
}

#[test]
fn our_own_tables_come_back_as_far_as_they_hold_the_plan() {
    let mut planner = landfall::session::sample(Some("2026-11-23".parse().unwrap())).unwrap();
    let before = planner.document();
    for format in ["markdown", "html", "confluence"] {
        let file = planner.export(format, &landfall::session::ReportQuery::default()).unwrap();
        let found = reading(&file);
        assert_eq!((found.format.as_str(), found.rejected.len()), ("landfall-table", 0), "{format}");
        assert!(found.rows.len() > 10);
        for row in &found.rows {
            let item = before.items.iter().find(|item| item.id == row.item.id).unwrap();
            assert_eq!((&row.item.title, row.item.status), (&item.title, item.status), "{format}");
            assert_eq!(row.item.size, item.size, "{format}");
        }
        let report = planner.import(file.as_bytes(), &ImportOptions::default()).unwrap();
        assert_eq!((report.imported, report.updated), (0, report.read), "{format}");
        assert_eq!(report.read, found.rows.len());
        planner.undo();
        assert_eq!(planner.document(), before);
    }
}

#[test]
fn each_column_tells_how_its_dates_and_numbers_are_written_and_can_be_corrected() {
    let file = "Key;Title;Points;Created;Closed\nA;a;1,250;03/04/2025;25/04/2025\nB;b;2;05/06/2025;\n";
    let found = reading(file);
    let column = |found: &FileReading, header: &str| -> ColumnUse {
        found.recognised.columns.iter().find(|column| column.header == header).unwrap().clone()
    };
    assert_eq!(column(&found, "Created").date_order, Some(DateOrder::DayFirst));
    assert!(!column(&found, "Created").date_order_guessed, "the other column proves it");
    assert_eq!(column(&found, "Points").decimal_comma, Some(true));
    assert_eq!((column(&found, "Title").date_order, column(&found, "Title").decimal_comma), (None, None));
    assert_eq!((found.recognised.delimiter.as_str(), found.recognised.encoding.as_str()), (";", "utf-8"));
    assert_eq!(found.rows[0].item.size, Some(1.25.into()));

    let created = ColumnOptions { date_order: Some(DateOrder::MonthFirst), ..ColumnOptions::default() };
    let points = ColumnOptions { decimal_comma: Some(false), ..ColumnOptions::default() };
    let columns = BTreeMap::from([("created".to_owned(), created), ("Points".to_owned(), points)]);
    let options = ReadOptions { columns: columns.clone(), ..ReadOptions::default() };
    let corrected = read(file.as_bytes(), &options).unwrap();
    assert_eq!(
        (corrected.rows[0].item.created, corrected.rows[0].item.finished),
        (day("2025-03-04"), day("2025-04-25"))
    );
    assert_eq!(corrected.rows[0].item.size, Some(1250.0.into()));
    assert_eq!(column(&corrected, "Created").date_order, Some(DateOrder::MonthFirst));
    assert_eq!(corrected.recognised.shape, found.recognised.shape);

    let mut planner = Planner::default();
    planner.import(file.as_bytes(), &ImportOptions { columns, ..ImportOptions::default() }).unwrap();
    assert_eq!(planner.document().items[0].created, day("2025-03-04"));

    let missing = BTreeMap::from([("Colour".to_owned(), ColumnOptions::default())]);
    let error = read(file.as_bytes(), &ReadOptions { columns: missing, ..ReadOptions::default() }).unwrap_err();
    assert_eq!((error.code().as_str(), error.path()), ("invalid-request", Some("/columns/Colour")));

    let guessed = reading("Title,Created\na,3/4/2025\nb,5/6/2025\n");
    assert!(column(&guessed, "Created").date_order_guessed);
    let shape = |file: &str| reading(file).recognised.shape;
    assert_eq!(shape("Title,Points\nx,1\n"), shape("title,POINTS\ny,2\nz,3\n"));
    assert_ne!(shape("Title,Points\nx,1\n"), shape("Title,Size\nx,1\n"));
    assert_eq!(shape("Title,Points\nx,1\n").len(), 16);
}
