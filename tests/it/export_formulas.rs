//! No cell of an export is one that a spreadsheet runs, however the file is split, and numbers stay numbers.

use std::collections::BTreeMap;
use std::sync::Arc;

use landfall::plan::{Blocked, Criterion, Item, Objective, Plan, PlanDocument, Status, Story};
use landfall::session::{Planner, Report, ReportQuery};

use crate::export::{FORMATS, plan_of, read_back, written};
use crate::plan::date;

fn payloads() -> Vec<String> {
    let own: serde_json::Value = serde_json::from_str(include_str!("../data/hostile/own/csv-formula.json")).unwrap();
    let mut all: Vec<String> =
        own["must"].as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect();
    all.extend(include_str!("../data/hostile/csv-formulas.txt").lines().map(str::to_owned));
    assert!(all.len() > 35, "{}", all.len());
    let more: Vec<String> = all
        .iter()
        .flat_map(|one| ["a;", "a\t", "a\n", "x\r\n", "\";", "',", "\u{200b}"].map(|before| format!("{before}{one}")))
        .collect();
    all.extend(more);
    all.extend(
        [
            "a; =1+1",
            "-5;=1+1",
            "-1+1;-5",
            "%0d@x",
            "\u{b}=1",
            " ;  ' \"＝1",
            "+1-800-555",
            "-5\n=1+1",
            "a|b\n- =cmd|' /C calc'!A0",
            "dde(\"x\")=1\n=1",
        ]
        .map(str::to_owned),
    );
    all
}

fn plain() -> Vec<String> {
    let own: serde_json::Value = serde_json::from_str(include_str!("../data/hostile/own/csv-formula.json")).unwrap();
    own["plain"].as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect()
}

/// Whether a spreadsheet could run a cell. Written apart from the code that prevents it.
fn runs(cell: &str) -> bool {
    let mut rest = cell;
    loop {
        let before = rest;
        rest = rest.trim_start_matches(|c: char| {
            c.is_whitespace() || c.is_control() || "\"\u{feff}\u{200b}\u{2068}".contains(c)
        });
        if rest.get(..3).is_some_and(|code| ["%0A", "%0a", "%0D", "%0d", "%09"].contains(&code)) {
            rest = &rest[3..];
        }
        if rest == before {
            break;
        }
    }
    let rest = rest.trim_end_matches(|c: char| c.is_whitespace() || c == '"');
    let is_number = rest.parse::<f64>().is_ok_and(f64::is_finite);
    (rest.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) || rest.starts_with("DDE (")) && !is_number
}

#[track_caller]
fn assert_inert(text: &str, of: &str) {
    for cell in text.split([',', ';', '\t', '\n', '\r']) {
        assert!(!runs(cell), "{cell:?} of {of:?} in {text:?}");
    }
}

/// A plan that holds a text in every place there is.
fn everywhere(text: &str) -> Plan {
    let all = || text.to_owned();
    let item = Item {
        id: all(),
        title: all(),
        notes: all(),
        tags: vec![all(), "b".into(), all() + "c"],
        ready: vec![all()],
        needs: vec![all() + "n"],
        parent: Some(all() + "p"),
        story: Story { as_a: all(), i_want: all(), so_that: all() },
        criteria: vec![Criterion { text: all(), met: true }, Criterion { text: all(), met: false }],
        inputs: BTreeMap::from([(all(), 3.0.into())]),
        objective: Some(all()),
        team: Some(all()),
        sprint: Some(all()),
        blocked: Some(Blocked { reason: all(), since: None, until: None }),
        link: Some(all()),
        columns: BTreeMap::from([(all(), all()), ("Status".into(), all()), ("Priority".into(), all())]),
        ..Item::default()
    };
    let other = Item { id: "LF-2".into(), team: Some("Other".into()), ..Item::titled("Two") };
    let objective =
        Objective { id: text.to_owned(), name: text.to_owned(), metric: Some(text.into()), ..Objective::default() };
    Plan { name: text.to_owned(), objectives: Arc::new(vec![objective]), ..plan_of(vec![item, other]) }
}

#[test]
fn no_cell_of_a_table_runs_and_every_text_comes_back() {
    for text in payloads() {
        let plan = everywhere(&text);
        for format in FORMATS {
            let table = written(format, &plan);
            assert_inert(&table, &text);
            for row in csv::ReaderBuilder::new().has_headers(false).from_reader(table.as_bytes()).into_records() {
                row.unwrap().iter().for_each(|cell| assert_inert(cell, &text));
            }
            let back = read_back(format, &table).swap_remove(0);
            if format == "csv" {
                assert_eq!(back, *plan.items[0], "{table}");
                continue;
            }
            assert_eq!(back.id, text, "{format}: {table}");
            let line = |text: &str| {
                text.split_whitespace().filter(|word| *word != "\0").collect::<Vec<_>>().join(" ").replace('\0', "")
            };
            assert_eq!(line(&back.title), line(&text), "{format}: {table}");
            if !text.contains(['\n', '\r']) {
                assert_eq!(back.title, text, "{format}: {table}");
            }
            assert_eq!(back.notes, text.replace("\r\n", "\n"), "{format}: {table}");
            assert_eq!(back.columns.get(&text), Some(&text), "{format}: {table}");
            assert_eq!(back.columns["Priority"], text, "{format}: {table}");
        }
    }
}

#[test]
fn numbers_stay_numbers() {
    for text in plain() {
        let item =
            Item { id: "LF-1".into(), columns: BTreeMap::from([("N".into(), text.clone())]), ..Item::titled(&text) };
        for format in FORMATS {
            let table = written(format, &plan_of(vec![item.clone()]));
            let row = csv::Reader::from_reader(table.as_bytes()).into_records().next().unwrap().unwrap();
            assert_eq!(row.iter().filter(|cell| *cell == text).count(), 2, "{table}");
            assert_eq!(read_back(format, &table)[0].title, text);
        }
    }
    let item = Item {
        id: "LF-1".into(),
        size: Some(2.5.into()),
        effect: Some((-4.0).into()),
        inputs: BTreeMap::from([("reach".into(), 100.0.into())]),
        ..Item::titled("One")
    };
    let table = written("csv", &plan_of(vec![item]));
    let row = csv::Reader::from_reader(table.as_bytes()).into_records().next().unwrap().unwrap();
    for number in ["2.5", "-4", "100"] {
        assert!(row.iter().any(|cell| cell == number), "{table}");
    }
}

#[test]
fn what_is_pasted_of_a_report_does_not_run() {
    let today = date("2026-11-23");
    for text in payloads().into_iter().step_by(4) {
        let mut plan = everywhere(&text);
        let finished = Item {
            id: text.clone() + "f",
            status: Status::Done,
            finished: Some(date("2026-11-12")),
            ..Item::titled(&text)
        };
        Arc::make_mut(&mut plan.items).push(Arc::new(finished));
        let planner = Planner::from_document(PlanDocument::from(&plan)).unwrap();
        for report in [Report::Plan, Report::Review, Report::Update, Report::Roadmap] {
            let query = ReportQuery { report, today: Some(today), trials: Some(10), ..ReportQuery::default() };
            for format in ["text", "markdown"] {
                for line in planner
                    .export(format, &query)
                    .unwrap()
                    .lines()
                    .filter(|line| !line.trim_matches(['-', '=']).is_empty())
                {
                    assert!(!runs(line), "{line:?} of {text:?}");
                }
            }
            let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
            let html = planner.export("html", &query).unwrap();
            let tree = roxmltree::Document::parse_with_options(&html, options).unwrap();
            let body = tree.descendants().find(|node| node.has_tag_name("body")).unwrap();
            for node in body.descendants().filter(roxmltree::Node::is_text) {
                assert!(!runs(node.text().unwrap()), "{:?} of {text:?}", node.text());
            }
            let page = format!("<page>{}</page>", planner.export("confluence", &query).unwrap());
            let tree = roxmltree::Document::parse(&page).unwrap();
            for node in tree.descendants().filter(roxmltree::Node::is_text) {
                assert!(!runs(node.text().unwrap()), "{:?} of {text:?}", node.text());
            }
        }
    }
}
