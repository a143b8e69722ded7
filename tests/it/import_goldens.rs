//! Every file of another tool's, and the plan that becomes of it, as data: tests/data/import/golden, each read by a person.
//! `UPDATE_GOLDENS=1 cargo test import_goldens` writes them anew.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use landfall::Error;
use landfall::exchange::Recognised;
use landfall::session::{ImportOptions, ImportReport, Planner};
use serde_json::{Value, json};

use crate::import::bytes_of;

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/import").join(name)
}

/// What a file becomes in an empty plan.
fn outcome(bytes: &[u8]) -> Value {
    let mut planner = Planner::default();
    let options = ImportOptions { today: Some("2026-11-23".parse().unwrap()), ..ImportOptions::default() };
    let report: Result<ImportReport, Error> = planner.import(bytes, &options);
    let report = match report {
        Ok(report) => report,
        Err(error) => return json!({ "error": { "code": error.code().as_str(), "message": error.to_string() } }),
    };
    assert_eq!(report.imported + report.updated + report.rejected.len(), report.read);
    let again = planner.import(bytes, &ImportOptions { preview: true, ..options.clone() }).unwrap();
    assert_eq!((again.imported, again.updated), (0, report.imported), "taken in again, every row finds its item");
    assert_eq!(planner.document().items.len(), report.imported);
    let Recognised { tool, delimiter, encoding, columns, unit, sprint_days, date_order, statuses, types, .. } =
        report.recognised;
    let columns = columns.into_iter().map(|column| {
        let date =
            column.date_order.map(|order| format!(" {}", serde_json::to_value(order).unwrap().as_str().unwrap()));
        let comma = column.decimal_comma.map(|comma| if comma { " decimal comma" } else { " grouping comma" });
        let field = column.field.unwrap_or_else(|| "-".to_owned());
        (column.header, json!(format!("{field}{}{}", date.unwrap_or_default(), comma.unwrap_or_default())))
    });
    json!({
        "read": { "format": report.format, "tool": tool, "delimiter": delimiter, "encoding": encoding,
            "rows": report.read, "rejected": report.rejected, "notes": report.notes },
        "columns": columns.collect::<serde_json::Map<_, _>>(),
        "words": { "unit": unit, "sprintDays": sprint_days, "dateOrder": date_order,
            "statuses": statuses.iter().map(|word| format!("{} = {}", word.name, word.status.as_str())).collect::<Vec<_>>(),
            "types": types.iter().map(|word| format!("{} = {}", word.name, word.kind.as_str())).collect::<Vec<_>>() },
        "items": planner.document().items,
    })
}

/// A JSON text in which every item stands on a line of its own.
fn text(outcome: &Value) -> String {
    let mut text = String::from("{\n");
    for (place, (name, value)) in outcome.as_object().unwrap().iter().enumerate() {
        text.push_str(if place > 0 { ",\n" } else { "" });
        match value.as_array() {
            Some(items) => {
                let lines: Vec<String> = items.iter().map(|item| format!("  {item}")).collect();
                write!(text, "\"{name}\": [\n{}\n]", lines.join(",\n")).unwrap();
            }
            None => write!(text, "\"{name}\": {}", serde_json::to_string_pretty(value).unwrap()).unwrap(),
        }
    }
    text.push_str("\n}\n");
    text
}

fn check(name: &str, found: &str) -> Option<String> {
    let path = folder("golden").join(format!("{}.json", name.replace('/', "-")));
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        fs::create_dir_all(folder("golden")).unwrap();
        fs::write(&path, found).unwrap();
    }
    let golden = fs::read_to_string(&path).unwrap_or_default();
    (golden != found).then(|| {
        let differs = golden.lines().zip(found.lines()).find(|(golden, found)| golden != found);
        format!("{name}: {differs:?} differs from {}", path.display())
    })
}

fn names() -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for below in ["", "own/"] {
        let entries = fs::read_dir(folder(below)).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file());
        names.extend(entries.map(|entry| format!("{below}{}", entry.file_name().into_string().unwrap())));
    }
    names.sort();
    names
}

#[test]
fn every_file_becomes_the_plan_that_a_person_expects() {
    let names = names();
    assert!(names.len() >= 30, "{} files", names.len());
    let wrong: Vec<String> = names
        .iter()
        .filter_map(|name| {
            let mut outcome = outcome(&bytes_of(name));
            let items = outcome["items"].as_array().cloned().unwrap_or_default();
            if items.len() > 1000 {
                // Of thousands, a digest (FNV-1a), and some of them.
                let bytes = serde_json::to_vec(&items).unwrap();
                let digest = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |digest, byte| {
                    (digest ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
                });
                outcome["digest"] = json!(format!("{} items, {} bytes, {digest:016x}", items.len(), bytes.len()));
                outcome["items"] = items.into_iter().step_by(500).collect();
            }
            check(name, &text(&outcome))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A cell for a header of Jira's, of the nth row.
fn cell(header: &str, nth: usize, row: usize) -> String {
    let link = |own: usize, other: usize| if row == own && nth == 0 { format!("APP-{other}") } else { String::new() };
    match header {
        "Issue key" => format!("APP-{row}"),
        "Issue id" => format!("{}", 10_000 + row),
        "Summary" => ["", "Accounts", "Sign in", "Sign \"out\"", "Wrong name, shown twice", "Research"][row].to_owned(),
        "Issue Type" => ["", "Epic", "Story", "Task", "Bug", "Spike"][row].to_owned(),
        "Status" => ["", "In Arbeit", "Closed", "To Do", "Ready for QA", "Closed"][row].to_owned(),
        "Status Category" => ["", "In Progress", "Done", "To Do", "In Progress", "Done"][row].to_owned(),
        "Resolution" => ["", "", "Done", "", "", "Won't Do"][row].to_owned(),
        "Resolved" => ["", "", "14/Mär/25 3:04 PM", "", "", "15/Mar/25 9:00 AM"][row].to_owned(),
        "Created" => format!("0{row}/Feb/25 11:30 AM"),
        "Updated" => "16/Mar/25 8:00 PM".to_owned(),
        "Custom field (Story Points)" => ["", "", "3.0", "", "1", ""][row].to_owned(),
        "Custom field (Story point estimate)" => ["", "", "", "5.0", "2", ""][row].to_owned(),
        "Custom field (Epic Name)" => ["", "ACC", "", "", "", ""][row].to_owned(),
        "Custom field (Epic Link)" => ["", "", "ACC", "", "", ""][row].to_owned(),
        "Parent" | "Parent id" => ["", "", "", "10001", "", ""][row].to_owned(),
        "Parent key" | "Parent summary" => String::new(),
        "Labels" if row > 1 => [["web", "auth"], ["web", ""]][row % 2].get(nth).unwrap_or(&"").to_string(),
        "Sprint" if row == 2 => format!("APP Sprint {}", nth + 1),
        "Description" if row == 4 => "As seen by:\n\n* \"Ana\", in the list\n* Bo".to_owned(),
        link_header if link_header.starts_with("Outward issue link (Blocks") => link(2, 3),
        link_header if link_header.starts_with("Inward issue link (Blocks") => link(4, 2),
        link_header if link_header.starts_with("Outward issue link (Relates") => link(5, 4),
        "Due date" | "Due Date" if row == 3 => "30/Apr/25 12:00 AM".to_owned(),
        // A column that nobody knows is kept.
        other if row == 5 && other.starts_with("Custom field (") => format!("kept {nth}"),
        _ => String::new(),
    }
}

#[test]
fn rows_under_real_headers_become_the_plan_that_a_person_expects() {
    for name in ["jira-cloud-header-48-columns.csv", "jira-cloud-header-95-columns.csv"] {
        let bytes = bytes_of(name);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice());
        let header = reader.records().next().unwrap().unwrap();
        let mut writer = csv::Writer::from_writer(Vec::new());
        for row in 1..=5 {
            let cells = header.iter().enumerate().map(|(column, name)| {
                let nth = header.iter().take(column).filter(|other| *other == name).count();
                cell(name.trim_start_matches('\u{feff}'), nth, row)
            });
            writer.write_record(cells).unwrap();
        }
        let file = [bytes.trim_ascii_end(), b"\n", &writer.into_inner().unwrap()].concat();
        let wrong = check(&format!("{name}-with-rows"), &text(&outcome(&file)));
        assert!(wrong.is_none(), "{wrong:?}");
    }
}
