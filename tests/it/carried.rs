//! Pictures and pages with a plan inside, and everything else that could be taken for one.

use landfall::exchange::{link, plan_in};
use landfall::plan::PlanDocument;
use landfall::session::{Planner, Report, ReportQuery, sample};
use landfall::{Code, Error};

use crate::import::bytes_of;
use crate::link::{sample_plan, token_of};

fn found(file: impl AsRef<[u8]>) -> Option<PlanDocument> {
    plan_in(file.as_ref()).unwrap()
}

fn refused(file: impl AsRef<[u8]>) -> Error {
    plan_in(file.as_ref()).unwrap_err()
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let body = [kind.as_slice(), data].concat();
    let check = crc::Crc::<u32>::new(&crc::CRC_32_ISO_HDLC).checksum(&body);
    [&(data.len() as u32).to_be_bytes(), body.as_slice(), &check.to_be_bytes()].concat()
}

/// A picture of one pixel, with chunks before its end.
fn png(more: &[Vec<u8>]) -> Vec<u8> {
    let header = chunk(b"IHDR", b"\0\0\0\x01\0\0\0\x01\x08\0\0\0\0");
    let data = chunk(b"IDAT", b"\x78\x9c\x63\x60\0\0\0\x02\0\x01");
    [b"\x89PNG\r\n\x1a\n".as_slice(), &header, &data, &more.concat(), &chunk(b"IEND", b"")].concat()
}

fn text(token: &str) -> Vec<u8> {
    chunk(b"tEXt", format!("landfall\0{token}").as_bytes())
}

#[test]
fn a_png_is_the_plan_inside_it() {
    let plan = sample_plan();
    let token = token_of(&plan.to_json().unwrap(), 6);
    let other = chunk(b"tEXt", b"Software\0Landfall");
    assert_eq!(found(png(&[other.clone(), text(&token)])), Some(plan.clone()));
    assert_eq!(found(png(&[text(&link(&plan).unwrap()), other.clone()])), Some(plan));
    let without = refused(png(&[other]));
    assert_eq!(without.code(), Code::Damaged);
    assert!(without.message().starts_with("this picture holds no plan"), "{without}");
}

#[test]
fn a_damaged_png_is_refused_wherever_it_is_damaged() {
    let plan = sample_plan();
    let whole = png(&[text(&token_of(&plan.to_json().unwrap(), 9))]);
    let end = whole.len() - 12;
    for cut in (8..end).step_by(7) {
        assert_eq!(refused(&whole[..cut]).code(), Code::Damaged, "cut at {cut}");
    }
    let start = whole.windows(4).position(|part| part == b"tEXt").unwrap();
    for at in (start - 4..end).step_by(5) {
        let mut changed = whole.clone();
        changed[at] ^= 0x10;
        assert_eq!(refused(&changed).code(), Code::Damaged, "changed at {at}");
    }
    let mut endless = whole;
    endless[8..12].copy_from_slice(&u32::MAX.to_be_bytes());
    assert_eq!(refused(&endless).code(), Code::Damaged);
    assert_eq!(refused(png(&[text(&token_of(&" ".repeat(32 << 20), 9))])).code(), Code::TooLarge);
}

#[test]
fn an_html_table_and_a_drawing_are_the_plan_inside_them() {
    let hostile = "</h1><table data-landfall=\"1.AAAA\"> & 'x'";
    let mut plan = sample_plan();
    plan.name = hostile.to_owned();
    let planner = Planner::from_document(plan.clone()).unwrap();
    let page = planner.export("html", &ReportQuery::default()).unwrap();
    assert_eq!(found(&page), Some(plan.clone()));
    assert_eq!(found(format!("\u{feff}\n<meta charset=\"utf-8\">{page}")), Some(plan.clone()), "as a clipboard has it");
    assert!(!page.contains("<script"));
    // What goes to others as a text goes without; so do reports.
    for (format, report) in [("markdown", Report::Plan), ("confluence", Report::Plan), ("html", Report::Update)] {
        let text = planner.export(format, &ReportQuery { report, ..ReportQuery::default() }).unwrap();
        assert!(!text.contains(&link(&plan).unwrap()), "{format}");
    }
    let token = token_of(&plan.to_json().unwrap(), 6);
    let drawing = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><metadata data-landfall=\"{token}\"/><text>{}</text></svg>",
        "#landfall=1.q1Y"
    );
    assert_eq!(found(&drawing), Some(plan));
    assert_eq!(refused(drawing.replace(&token[..40], "1.q1Y")).code(), Code::Damaged);
    assert_eq!(found("<svg xmlns=\"http://www.w3.org/2000/svg\"><text>data-landfall=1.x</text></svg>"), None);
    assert_eq!(found("<table><tr><td>#landfall=1.q1Y</td></tr></table>"), None);
}

#[test]
fn an_empty_plan_is_carried_too() {
    let planner = Planner::default();
    assert_eq!(found(planner.export("html", &ReportQuery::default()).unwrap()), Some(planner.document()));
}

#[test]
fn a_scenario_is_carried_as_it_is_shown() {
    let planner = sample(Some("2026-11-23".parse().unwrap())).unwrap();
    let scenario = planner.document().scenarios.first().map(|scenario| scenario.name.clone());
    let query = ReportQuery { scenario, ..ReportQuery::default() };
    let json = planner.export("json", &query).unwrap();
    assert_eq!(found(planner.export("html", &query).unwrap()), Some(PlanDocument::from_json(&json).unwrap()));
}

#[test]
fn saved_plans_and_links_are_told_from_other_tools_files() {
    let plan = sample_plan();
    let json = plan.to_json().unwrap();
    assert_eq!(found(&json), Some(plan.clone()));
    assert_eq!(found(format!("\u{feff}{json}")), Some(plan.clone()));
    let token = token_of(&json, 6);
    let address = format!(" https://wiki.example/plan#landfall={}\n{} \n", &token[..900], &token[900..]);
    assert_eq!(found(&address), Some(plan));
    assert_eq!(found(format!("key,title\nA-1,see https://wiki.example/plan#landfall={token}\n")), None);
    assert_eq!(found("{\"title\":\"x\"}"), None, "another tool's object");
    assert_eq!(refused(&json[..json.len() / 2]).code(), Code::NotJson);
    assert_eq!(refused("{\"format\":\"landfall\",\"version\":99}").code(), Code::NewerFormat);
    assert_eq!(refused(json.replacen("\"LF-2\"", "\"\"", 1)).path(), Some("/items/1/id"));
    for name in
        ["azure-devops-lighthouse.csv", "linear-shortcut-repl.csv", "jira-server-poinz.csv", "not-a-csv-lighthouse.csv"]
    {
        assert_eq!(found(bytes_of(name)), None, "{name}");
    }
    assert_eq!(found(""), None);
    assert_eq!(found(b"\xff\xfe#\0"), None);
}
