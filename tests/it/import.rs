//! Real exports of other tools, read as a person would read them.

use std::collections::BTreeMap;

use landfall::exchange::{Field, FileReading, ReadOptions, read};
use landfall::plan::{Item, Kind, Status, Unit};

pub fn bytes_of(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/data/import/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

pub fn reading_of(name: &str) -> FileReading {
    let reading = read(&bytes_of(name), &ReadOptions::default()).unwrap();
    assert_eq!(reading.read, reading.rows.len() + reading.rejected.len());
    reading
}

pub fn item<'a>(reading: &'a FileReading, id: &str) -> &'a Item {
    &reading.rows.iter().find(|row| row.item.id == id).unwrap_or_else(|| panic!("no item {id}")).item
}

pub fn day(text: &str) -> Option<landfall::plan::CivilDate> {
    Some(text.parse().unwrap())
}

fn count(reading: &FileReading, kinds: &[Kind], status: impl Fn(Status) -> bool) -> usize {
    reading.rows.iter().filter(|row| kinds.contains(&row.item.kind) && status(row.item.status)).count()
}

#[test]
fn an_azure_export_has_its_history_its_epics_and_its_open_work() {
    let reading = reading_of("azure-devops-lighthouse.csv");
    assert_eq!((reading.format.as_str(), reading.recognised.tool.as_str()), ("azure-csv", "Azure DevOps"));
    assert_eq!((reading.read, reading.rejected.len()), (117, 0));
    let work = [Kind::Story, Kind::Bug];
    assert_eq!(count(&reading, &work, |status| status == Status::Done), 81);
    assert_eq!(count(&reading, &[Kind::Epic], |status| status == Status::Done), 7);
    assert_eq!(count(&reading, &work, Status::is_open), 14);
    assert_eq!(count(&reading, &[Kind::Epic], Status::is_open), 9);
    assert_eq!(reading.rows.iter().filter(|row| row.item.status == Status::Declined).count(), 6);

    let parents: Vec<&str> = reading.rows.iter().filter_map(|row| row.item.parent.as_deref()).collect();
    let open_epics = reading.rows.iter().filter(|row| row.item.kind == Kind::Epic && row.item.status.is_open());
    assert_eq!(open_epics.filter(|row| !parents.contains(&row.item.id.as_str())).count(), 8);

    // Azure's Resolved waits for verification: it is work that remains.
    assert_eq!(item(&reading, "3059").status, Status::InProgress);
    assert_eq!(
        item(&reading, "2504").title,
        "Show a \"Warning Indication\" if Feature is worked on but not in Progress"
    );
    assert_eq!(item(&reading, "2638").tags, ["Chart", "Documentation"]);
    let chart = item(&reading, "2639");
    assert_eq!((chart.started, chart.finished), (day("2025-08-11"), day("2025-08-13")));
    assert_eq!(item(&reading, "3021").parent.as_deref(), Some("2251"), "a parent outside the file is kept as text");
    assert_eq!((reading.oldest, reading.newest), (day("2025-06-07"), day("2025-08-29")));
    assert_eq!(reading.recognised.unit, Unit::Items);
    assert_eq!(reading.recognised.statuses[0].name, "Closed");
    assert_eq!((reading.recognised.statuses[0].count, reading.recognised.statuses[0].status), (88, Status::Done));
    assert_eq!(
        reading.notes,
        [
            "3 parents are not in the file; their names are kept, and what they hold counts as work of its own: 2379; 2253; 2251"
        ]
    );
}

#[test]
fn a_linear_export_has_its_parents_cycles_and_one_finished_item() {
    let reading = reading_of("linear-shortcut-repl.csv");
    assert_eq!((reading.format.as_str(), reading.read), ("linear-csv", 10));
    let statuses: Vec<(&str, Status)> =
        reading.rows.iter().map(|row| (row.item.id.as_str(), row.item.status)).collect();
    use Status::{Declined, Done, InProgress, Todo};
    assert_eq!(
        statuses,
        [
            ("CLA-1", InProgress),
            ("CLA-2", Declined),
            ("CLA-3", Todo),
            ("CLA-4", Todo),
            ("CLA-5", Todo),
            ("CLA-6", Todo),
            ("CLA-7", Todo),
            ("CLA-8", Declined),
            ("CLA-9", Done),
            ("CLA-10", Declined),
        ]
    );
    let first = item(&reading, "CLA-1");
    assert_eq!((first.parent.as_deref(), first.sprint.as_deref()), (Some("CLA-4"), Some("Cycle 1")));
    assert_eq!((first.size, first.started), (Some(5.0.into()), day("2023-02-11")));
    assert_eq!(first.team, None, "the only team is none");
    assert_eq!(first.columns["Team"], "Claw");
    assert_eq!(first.columns["Project"], "Claw Alpha");
    assert_eq!(item(&reading, "CLA-6").kind, Kind::Bug, "Linear says the type with a label");
    assert!(!reading.fields.contains(&Field::Kind) && !reading.fields.contains(&Field::Team));
    assert_eq!(reading.newest, day("2023-02-11"), "neither the due date nor the end of a cycle is the newest day");
    assert_eq!((reading.recognised.sprint_days, reading.recognised.sprint_days_found), (14, true));
}

#[test]
fn a_jira_server_export_keeps_the_lines_of_its_descriptions() {
    let reading = reading_of("jira-server-poinz.csv");
    assert_eq!((reading.format.as_str(), reading.read), ("jira-csv", 4));
    let lines: Vec<u64> = reading.rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [2, 3, 4, 16]);
    assert!(reading.rows.iter().all(|row| row.item.status == Status::Todo && row.item.kind == Kind::Story));
    let zones = item(&reading, "SMRGR-2643");
    assert_eq!(zones.title, "timezone from AWST to HKT/SGT");
    assert_eq!(zones.created, day("2020-03-04"));
    assert!(zones.notes.starts_with("Dear test,\n\nMay sdgs.\n"));
    assert_eq!(item(&reading, "SMRGR-6275").columns["Issue Type"], "Access");
    assert!(reading.recognised.types.iter().any(|word| word.name == "Access" && word.guessed));
}

#[test]
fn thousands_of_issues_without_a_title_take_their_key_for_it() {
    let reading = reading_of("jira-flow-4123-issues.csv");
    assert_eq!((reading.read, reading.rows.len()), (4123, 4123));
    assert!(reading.recognised.ask_mapping);
    let first = &reading.rows[0].item;
    assert_eq!((first.id.as_str(), first.title.as_str()), ("P0-T5052", "P0-T5052"));
    assert_eq!(
        (first.created, first.finished),
        (day("2015-02-05"), day("2015-02-04")),
        "dirty rows are taken as they are"
    );
    assert!(reading.rows.iter().all(|row| (row.item.status == Status::Done) == row.item.finished.is_some()));
    assert!(!reading.fields.contains(&Field::Title) && reading.fields.contains(&Field::Status));
}

#[test]
fn a_plane_export_is_recognised() {
    let reading = reading_of("plane.csv");
    assert_eq!((reading.format.as_str(), reading.read), ("plane-csv", 1));
    let only = &reading.rows[0].item;
    assert_eq!((only.title.as_str(), only.status), ("Make smooth", Status::InProgress));
    assert_eq!((only.created, only.started), (day("2025-04-20"), day("2025-04-21")));
    assert_eq!(only.columns["Completed At"], "Tue, 22 Apr 2025 01:02:18 UTC+0000", "kept, though it is in progress");
    assert_eq!(reading.newest, day("2025-04-22"));
}

#[test]
fn lists_of_dependencies_may_end_with_a_separator() {
    let reading = reading_of("depends-on-lighthouse.csv");
    assert_eq!((reading.format.as_str(), reading.read), ("csv", 4));
    assert!(item(&reading, "EPIC-001").needs.is_empty());
    assert_eq!(item(&reading, "EPIC-002").needs, ["EPIC-001"]);
    assert_eq!(item(&reading, "EPIC-003").needs, ["EPIC-001", "EPIC-002"]);
    assert_eq!(item(&reading, "EPIC-004").needs, ["EPIC-001", "EPIC-002"]);
    assert!(reading.rows.iter().all(|row| row.item.kind == Kind::Epic && row.item.status == Status::InProgress));
}

/// A row under one of the real headers, from the columns that matter; a header named again fills its next column.
fn row_under(header: &str, cells: &[(&str, &str)]) -> String {
    let headers: Vec<&str> = header.trim().trim_start_matches('\u{feff}').split(',').collect();
    let mut row = vec![String::new(); headers.len()];
    let mut used: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, cell) in cells {
        let nth = used.entry(name).or_default();
        let place = headers.iter().enumerate().filter(|(_, header)| *header == name).nth(*nth);
        row[place.unwrap_or_else(|| panic!("no column {name}")).0] = format!("\"{cell}\"");
        *nth += 1;
    }
    row.join(",")
}

#[test]
fn rows_under_the_header_of_jira_cloud_are_read() {
    let header = String::from_utf8(bytes_of("jira-cloud-header-95-columns.csv")).unwrap();
    let rows = [
        row_under(
            &header,
            &[
                ("Summary", "Checkout"),
                ("Issue key", "SHOP-1"),
                ("Issue id", "10001"),
                ("Issue Type", "Epic"),
                ("Status", "Läuft"),
                ("Status Category", "In Progress"),
                ("Created", "2/Jan/25 3:04 PM"),
            ],
        ),
        row_under(
            &header,
            &[
                ("Summary", "Pay by card"),
                ("Issue key", "SHOP-2"),
                ("Issue id", "10002"),
                ("Issue Type", "Story"),
                ("Status", "Ausgeliefert"),
                ("Status Category", "Done"),
                ("Resolution", "Done"),
                ("Resolved", "14/Feb/25 9:15 AM"),
                ("Custom field (Story point estimate)", "3.0"),
                ("Parent", "10001"),
                ("Custom field (Asset type)", "web"),
                ("Custom field (Asset type)", "app"),
                ("Custom field (Asset type)", "web"),
            ],
        ),
        row_under(
            &header,
            &[
                ("Summary", "Pay by cheque"),
                ("Issue key", "SHOP-3"),
                ("Issue Type", "Sub-task"),
                ("Status", "Ausgeliefert"),
                ("Status Category", "Done"),
                ("Resolution", "Won't Do"),
                ("Resolved", "15/Feb/25 9:15 AM"),
                ("Due date", "1/Jan/31 12:00 AM"),
                ("Parent key", "SHOP-2"),
            ],
        ),
        row_under(
            &header,
            &[
                ("Summary", "Invoices"),
                ("Issue key", "SHOP-4"),
                ("Issue Type", "Bug"),
                ("Status", "Closed"),
                ("Status Category", "Done"),
                ("Status Category Changed", "20/Feb/25 9:15 AM"),
            ],
        ),
    ];
    let file = format!("{}\r\n{}\r\n", header.trim_end(), rows.join("\r\n"));
    let reading = read(file.as_bytes(), &ReadOptions::default()).unwrap();
    assert_eq!((reading.format.as_str(), reading.rows.len()), ("jira-csv", 4));
    let statuses: Vec<Status> = reading.rows.iter().map(|row| row.item.status).collect();
    assert_eq!(statuses, [Status::InProgress, Status::Done, Status::Declined, Status::Done]);
    let card = item(&reading, "SHOP-2");
    assert_eq!(
        (card.parent.as_deref(), card.size),
        (Some("SHOP-1"), Some(3.0.into())),
        "a parent by its number is found"
    );
    assert_eq!(card.finished, day("2025-02-14"));
    assert_eq!(card.columns["Custom field (Asset type)"], "web, app");
    assert_eq!(item(&reading, "SHOP-3").kind, Kind::SubTask);
    assert_eq!(item(&reading, "SHOP-3").parent.as_deref(), Some("SHOP-2"));
    assert_eq!(item(&reading, "SHOP-4").finished, day("2025-02-20"), "the change of category stands in for Resolved");
    assert_eq!(reading.newest, day("2025-02-20"), "a due date lies ahead and is not the newest day");
    assert_eq!(reading.recognised.unit, Unit::Points);
    let ended = reading.recognised.statuses.iter().find(|word| word.name == "Ausgeliefert").unwrap();
    assert_eq!((ended.count, ended.otherwise), (2, 1));
    assert!(reading.notes.iter().any(|note| note.starts_with("1 item was closed without being delivered")));
}

#[test]
fn links_sprints_labels_and_points_of_jira_may_have_several_columns() {
    let file = "Issue key,Summary,Issue Type,Status,Sprint,Sprint,Sprint,Labels,Labels,Outward issue link (Blocks),\
        Outward issue link (Blocks),Inward issue link (Blocks),Outward issue link (Depends),Inward issue link (Cloners),\
        Custom field (Story Points),Custom field (Story point estimate),Custom field (Epic Link)\n\
        A-1,Base,Story,To Do,Sprint 1,Sprint 2,,web,api,A-2,Z-9,,,A-4,,\"2,5\",A-5\n\
        A-2,Middle,Story,To Do,,,,,,,,,,,5,8,A-5\n\
        A-3,Top,Story,To Do,,,,,,,,\"A-2\",A-1,,1,,\n\
        A-4,Other,Story,To Do,,,,,,,,,,,,,\n\
        A-5,Epic,Epic,To Do,,,,,,,,,,,,,\n";
    let reading = read(file.as_bytes(), &ReadOptions::default()).unwrap();
    let base = item(&reading, "A-1");
    assert_eq!((base.sprint.as_deref(), base.size), (Some("Sprint 2"), Some(2.5.into())));
    assert_eq!(base.tags, ["web", "api"]);
    assert_eq!(base.columns["Sprint"], "Sprint 1, Sprint 2");
    assert_eq!(base.columns["Outward issue link (Blocks)"], "Z-9", "a link out of the file is kept");
    assert_eq!(base.columns["Inward issue link (Cloners)"], "A-4");
    assert_eq!(item(&reading, "A-2").needs, ["A-1"], "A-1 blocks A-2");
    assert_eq!(item(&reading, "A-2").size, Some(5.0.into()));
    assert_eq!(item(&reading, "A-3").needs, ["A-2", "A-1"], "blocked by A-2, depends on A-1");
    assert_eq!(item(&reading, "A-2").parent.as_deref(), Some("A-5"));
}

#[test]
fn a_later_linear_export_has_its_dependencies() {
    let file = "ID,Team,Title,Description,Status,Estimate,Priority,Project ID,Project,Creator,Assignee,Labels,Cycle Number,\
        Cycle Name,Cycle Start,Cycle End,Created,Updated,Started,Triaged,Completed,Canceled,Archived,Due Date,Parent issue,\
        Initiatives,Project Milestone ID,Project Milestone,SLA Status,UUID,Time in status (minutes),Related to,Blocked by,\
        Duplicate of\n\
        LIN-1,Core,'=SUM(1),,Shipped to all,3,High,,,,,\"Bug, UI\",4,,2025-03-03T00:00:00.000Z,2025-03-16T00:00:00.000Z,\
        2025-01-02T10:00:00.000Z,2025-03-01T10:00:00.000Z,,,2025-03-05T23:59:59.999Z,,,2030-01-01,,,,,,u-1,,,,\n\
        LIN-2,Edge,Two,,Todo,,,,,,,,,,,,2025-01-03T10:00:00.000Z,2025-03-01T10:00:00.000Z,,,,,,,,,,,,u-2,,,\"LIN-1, LIN-9\",\n\
        LIN-3,Core,Three,,Duplicate,,,,,,,,,,,,2025-01-04T10:00:00.000Z,2025-03-01T10:00:00.000Z,,,,2025-03-02T10:00:00.000Z,\
        ,,,,,,,u-3,,,,LIN-2\n";
    let reading = read(file.as_bytes(), &ReadOptions::default()).unwrap();
    assert_eq!(reading.format, "linear-csv");
    let first = item(&reading, "LIN-1");
    assert_eq!(
        (first.title.as_str(), first.status),
        ("=SUM(1)", Status::Done),
        "the guard is stripped; Completed settles it"
    );
    assert_eq!((first.finished, first.sprint.as_deref()), (day("2025-03-05"), Some("4")));
    assert_eq!((first.tags.join("+"), first.team.as_deref()), ("Bug+UI".to_owned(), Some("Core")));
    assert_eq!(item(&reading, "LIN-2").needs, ["LIN-1", "LIN-9"], "a need out of the file is kept");
    assert_eq!(item(&reading, "LIN-3").status, Status::Declined);
    assert_eq!(reading.recognised.sprint_days, 14, "a cycle that names its last day");
}

#[test]
fn azure_features_are_epics_and_tasks_below_stories_are_parts() {
    let file = "ID,Work Item Type,Title 1,Title 2,Title 3,State,Iteration Path,Effort,Created Date,Closed Date,Reason\n\
        1,Feature,Basket,,,Active,Shop,,1/3/2025 9:00:00 AM,,\n\
        2,User Story,,Add to basket,,Closed,Shop\\R1\\Sprint 3,5,1/4/2025 9:00:00 AM,1/14/2025 4:05:06 PM,Acceptance tests pass\n\
        3,Task,,,Write the query,Closed,Shop\\R1\\Sprint 3,2,1/5/2025 9:00:00 AM,1/13/2025 4:05:06 PM,\n\
        4,User Story,,Empty it,,Closed,Shop,3,1/6/2025 9:00:00 AM,1/15/2025 4:05:06 PM,Duplicate\n\
        5,Task,Move the server,,,New,Shop,,2/1/2025 9:00:00 AM,,\n";
    let reading = read(file.as_bytes(), &ReadOptions::default()).unwrap();
    assert_eq!(reading.format, "azure-csv");
    let kinds: Vec<Kind> = reading.rows.iter().map(|row| row.item.kind).collect();
    assert_eq!(kinds, [Kind::Epic, Kind::Story, Kind::SubTask, Kind::Story, Kind::Task]);
    let parents: Vec<Option<&str>> = reading.rows.iter().map(|row| row.item.parent.as_deref()).collect();
    assert_eq!(parents, [None, Some("1"), Some("2"), Some("1"), None]);
    assert_eq!(item(&reading, "2").finished, day("2025-01-14"), "months come first");
    assert_eq!(item(&reading, "5").created, day("2025-02-01"));
    assert_eq!(item(&reading, "2").sprint.as_deref(), Some("Sprint 3"));
    assert_eq!(item(&reading, "1").sprint, None, "the project alone is no sprint");
    assert_eq!(item(&reading, "4").status, Status::Declined, "closed as a duplicate");
    assert_eq!(reading.recognised.unit, Unit::Points);
}

#[test]
fn what_was_understood_wrongly_can_be_corrected() {
    let file = "Aufgabe;Phase;Art;Größe;Am\nLogin;Abnahme;Ding;3;03/04/2025\nLogout;Halde;Ding;;05/04/2025\n";
    let mapping = |entries: &[(&str, &str)]| -> BTreeMap<String, String> {
        entries.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    };
    let mut options = ReadOptions {
        // Header to field and field to header both work.
        mapping: mapping(&[("Phase", "status"), ("Art", "type"), ("size", "Größe"), ("created", "am")]),
        ..ReadOptions::default()
    };
    let first = read(file.as_bytes(), &options).unwrap();
    assert_eq!(first.rows[0].item.status, Status::Todo);
    assert!(first.recognised.statuses.iter().all(|word| word.guessed));
    assert_eq!(first.rows[0].item.created, day("2025-04-03"));
    assert!(first.recognised.date_order_guessed);
    assert_eq!(first.notes.iter().filter(|note| note.contains("day first")).count(), 1);

    options.statuses.insert("abnahme".to_owned(), Status::Done);
    options.types.insert("Ding".to_owned(), Kind::Task);
    options.date_order = Some(landfall::exchange::DateOrder::MonthFirst);
    options.unit = Some(Unit::Items);
    options.sprint_days = Some(7);
    let again = read(file.as_bytes(), &options).unwrap();
    let login = &again.rows[0].item;
    assert_eq!((login.status, login.kind, login.created), (Status::Done, Kind::Task, day("2025-03-04")));
    assert_eq!((again.recognised.unit, again.recognised.sprint_days), (Unit::Items, 7));
    assert!(!again.recognised.date_order_guessed);
    let json = serde_json::to_value(&options).unwrap();
    assert_eq!(serde_json::from_value::<ReadOptions>(json).unwrap(), options);
}

#[test]
fn circles_of_parents_and_needs_are_opened_and_said() {
    let file = "key,title,parent,blocked by\nA,a,B,B\nB,b,A,C\nC,c,,A\nD,d,D,D\n";
    let reading = read(file.as_bytes(), &ReadOptions::default()).unwrap();
    let parents: Vec<Option<&str>> = reading.rows.iter().map(|row| row.item.parent.as_deref()).collect();
    assert_eq!(parents, [Some("B"), None, None, None]);
    let needs: Vec<String> = reading.rows.iter().map(|row| row.item.needs.join(",")).collect();
    assert_eq!(needs, ["B", "C", "", ""]);
    assert_eq!(item(&reading, "C").columns["blocked by"], "A");
    assert_eq!(reading.notes.len(), 4, "{:?}", reading.notes);
}
