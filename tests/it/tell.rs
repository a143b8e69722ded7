//! Reports to hand on: what they say, and that any text comes out of every format as it went in.

use landfall::exchange::write::{Block, Document, Format, guarded, isolated};
use landfall::plan::{Decision, Filter, Item, Objective, Reading, Scenario, Show, Status};
use landfall::session::{
    Command, CompareOptions, ItemPatch, Missing, Options, Planner, Report, ReportQuery, Row, RowQuery, sample,
};
use landfall::{Code, Range};
use proptest::prelude::*;
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

use crate::plan::date;

const TODAY: &str = "2026-11-23";

/// Two items to come, each with the day on which it lands for certain, and one that is done.
fn club() -> Planner {
    let mut planner = Planner::default();
    let objective = Objective {
        id: "members".into(),
        name: "More members".into(),
        metric: Some("members".into()),
        target: Some(200.0),
        due: Some(date("2027-01-31")),
        readings: [("2026-10-12", 100.0), ("2026-11-16", 130.0)]
            .map(|(day, value)| Reading { date: date(day), value })
            .to_vec(),
        ..Objective::default()
    };
    let item = |id: &str, title: &str, status, size: f64, effect: Option<f64>| Item {
        id: id.into(),
        status,
        size: Some(size.into()),
        effect: effect.map(Into::into),
        objective: effect.map(|_| "members".into()),
        finished: (status == Status::Done).then(|| date("2026-11-10")),
        ..Item::titled(title)
    };
    let decision = Decision {
        what: "No printed magazine".into(),
        why: "eleven of 130 read it".into(),
        date: Some(date("2026-11-12")),
        ..Decision::default()
    };
    for command in [
        Command::RenamePlan { name: "Club".into() },
        Command::SetGuess { guess: Some(Range::exactly(10.0)), team: None },
        Command::SetObjective { objective: Box::new(objective) },
        Command::AddItem { item: Box::new(item("A-1", "Invitations", Status::Done, 5.0, Some(20.0))), before: None },
        Command::AddItem { item: Box::new(item("A-2", "Fees | by card", Status::InProgress, 5.0, None)), before: None },
        Command::AddItem {
            item: Box::new(item("A-3", "Try it for a month", Status::Todo, 10.0, Some(40.0))),
            before: None,
        },
        Command::SetDecision { decision: Box::new(decision) },
    ] {
        planner.apply(command).unwrap();
    }
    planner
}

fn query(report: Report) -> ReportQuery {
    ReportQuery { report, today: Some(date(TODAY)), ..ReportQuery::default() }
}

#[track_caller]
fn markdown(planner: &Planner, query: &ReportQuery) -> String {
    planner.export("markdown", query).unwrap()
}

// ------------------------------------------------------------------------------------------------ what they say

#[test]
fn a_stakeholder_update_speaks_of_outcomes_first() {
    let expected = "# Update: Club, 23 Nov 2026

## Outcomes

* More members: 130 of 200 members on 16 Nov; open items are expected to move it by +40, which leaves 30 to go. The work for More members is \\> 99 % likely by 31 Jan; 85 % sure by 11 Dec.

## Delivered since 2 Nov

* A-1 Invitations, for More members

## Decided

* No printed magazine: eleven of 130 read it

## Next

* A-2 Fees \\| by card (in progress): 85 % sure by 27 Nov
* A-3 Try it for a month: 85 % sure by 11 Dec

85 % sure, by your guess, that all 2 items land by 11 Dec. Half sure by 11 Dec · from the team's guess · 10,000 trials.
";
    assert_eq!(markdown(&club(), &query(Report::Update)), expected);
}

#[test]
fn a_sprint_review_says_what_was_finished_for_which_objective_and_what_readings_say() {
    let expected = "# Sprint review: Club, 23 Nov 2026

## Outcomes

* More members: 130 of 200 members on 16 Nov; open items are expected to move it by +40, which leaves 30 to go. The work for More members is \\> 99 % likely by 31 Jan; 85 % sure by 11 Dec.

## What was finished, and for what

Sprint from 2 Nov to 15 Nov: 1 item finished.

For More members:

* A-1 Invitations: expected to move members by +20; since it landed it went from 100 on 12 Oct to 130 on 16 Nov (+30)

## What is next

* A-2 Fees \\| by card (in progress): 85 % sure by 27 Nov
* A-3 Try it for a month: 85 % sure by 11 Dec

85 % sure, by your guess, that all 2 items land by 11 Dec. Half sure by 11 Dec · from the team's guess · 10,000 trials.
";
    assert_eq!(markdown(&club(), &query(Report::Review)), expected);
}

#[test]
fn a_roadmap_has_now_next_and_later_and_quarters() {
    let mut planner = club();
    let epic = Item { id: "A-4".into(), kind: landfall::plan::Kind::Epic, ..Item::titled("Events") };
    planner.apply(Command::AddItem { item: Box::new(epic), before: None }).unwrap();
    for (id, size) in [("A-5", 10.0), ("A-6", 30.0)] {
        let item = Item { id: id.into(), size: Some(size.into()), parent: Some("A-4".into()), ..Item::titled("Part") };
        planner.apply(Command::AddItem { item: Box::new(item), before: None }).unwrap();
    }
    let text = markdown(&planner, &query(Report::Roadmap));
    let expected = "## Now: begun, or 85 % sure by 29 Nov

| What | For | 85 % sure by |
| --- | --- | --- |
| A-2 Fees \\| by card |  | 27 Nov |

## Next: 85 % sure by 10 Jan

| What | For | 85 % sure by |
| --- | --- | --- |
| A-3 Try it for a month | More members | 11 Dec |

## Later

| What | For | 85 % sure by |
| --- | --- | --- |
| A-4 Events |  | 5 Feb |

## By quarter

| Quarter | For | Landed by its end, 85 % sure |
| --- | --- | --- |
| 2026 Q4 |  | Fees \\| by card |
| 2026 Q4 | More members | Try it for a month |
| 2027 Q1 |  | Events |
";
    assert!(text.contains(expected), "{text}");
}

#[test]
fn the_plan_as_text_is_a_table_of_the_remaining_work() {
    let expected = "Plan: Club, 23 Nov 2026
=======================

85 % sure, by your guess, that all 2 items land by 11 Dec. Half sure by 11 Dec · from the team's guess · 10,000 trials.

Objectives
----------

Objective     Where it stands                                   Its work                 85 % sure by
More members  130 of 200 members on 16 Nov; open items are expected to move it by +40, which leaves 30 to go  > 99 % likely by 31 Jan  11 Dec

Backlog
-------

Rank  Key  Item                Status       Size  Objective     85 % sure by
1     A-2  Fees | by card      in progress  5                   27 Nov
2     A-3  Try it for a month  to do        10    More members  11 Dec
";
    let planner = club();
    let query = ReportQuery { today: Some(date(TODAY)), ..ReportQuery::default() };
    assert_eq!(planner.export("text", &query).unwrap(), expected);
    // A column that no item fills is left out.
    let mut planner = Planner::default();
    planner.apply(crate::store::add("Without a size")).unwrap();
    let text = planner.export("markdown", &query).unwrap();
    assert!(text.contains("| Rank | Key | Item | Status | 85 % sure by |"), "{text}");
}

#[test]
fn an_empty_plan_and_one_without_dates_have_reports_too() {
    for report in [Report::Plan, Report::Review, Report::Update, Report::Roadmap] {
        let text = markdown(&Planner::default(), &query(report));
        assert!(text.contains("No items yet"), "{text}");
        let mut planner = club();
        planner.apply(Command::SetGuess { guess: None, team: None }).unwrap();
        let text = markdown(&planner, &query(report));
        assert!(!text.contains("27 Nov") && !text.contains("11 Dec"), "{text}");
    }
    let mut planner = club();
    planner.apply(Command::SetGuess { guess: None, team: None }).unwrap();
    assert!(markdown(&planner, &query(Report::Update)).contains("* A-3 Try it for a month: no date yet\n"));
}

#[test]
fn the_sprint_that_is_looked_back_at_is_the_running_one_on_its_last_working_day() {
    let planner = club();
    let of = |today: &str, sprint: Option<&str>| {
        let query = ReportQuery {
            report: Report::Review,
            today: Some(date(today)),
            sprint: sprint.map(date),
            ..ReportQuery::default()
        };
        let view = planner.report(&query).unwrap();
        (view.from.to_string(), view.to.to_string())
    };
    let sprint = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    assert_eq!(of("2026-11-26", None), sprint("2026-11-02", "2026-11-15"));
    assert_eq!(of("2026-11-27", None), sprint("2026-11-16", "2026-11-29"));
    assert_eq!(of("2026-11-30", None), sprint("2026-11-16", "2026-11-29"));
    assert_eq!(of("2026-11-30", Some("2026-11-03")), sprint("2026-11-02", "2026-11-15"));
    assert_eq!(of("2026-11-30", Some("2027-05-03")), sprint("2026-11-30", "2026-12-13"), "what is to come is no past");
}

#[test]
fn reports_say_what_the_other_views_say() {
    let planner = sample(Some(date(TODAY))).unwrap();
    let today = Some(date(TODAY));
    let summary = planner.summary(&Options { today, ..Options::default() }).unwrap();
    let rows = planner.rows(&RowQuery { today, ..RowQuery::default() }).unwrap();
    for report in [Report::Plan, Report::Review, Report::Update, Report::Roadmap] {
        let text = planner.export("text", &query(report)).unwrap();
        assert!(text.contains(&summary.headline), "{text}");
        for view in &summary.objectives {
            assert!(text.contains(&view.outcome.sentence), "{}", view.outcome.sentence);
            assert!(text.contains(&format!("{} likely by", view.chance_text.as_deref().unwrap())));
        }
        assert_eq!(text, planner.export("text", &query(report)).unwrap(), "the same again");
    }
    let plan = planner.report(&query(Report::Plan)).unwrap();
    let tables: Vec<_> = plan
        .blocks
        .iter()
        .filter_map(|block| if let Block::Table { rows } = block { Some(rows) } else { None })
        .collect();
    let told: Vec<(&str, &str)> = tables[1].iter().skip(1).map(|row| (row[1].as_str(), row[6].as_str())).collect();
    let day = |row: &Row| row.lands.unwrap().p85.unwrap().spoken(date(TODAY));
    let shown: Vec<(String, String)> = rows.rows.iter().map(|row| (row.id.clone(), day(row))).collect();
    assert_eq!(told, shown.iter().map(|(id, day)| (id.as_str(), day.as_str())).collect::<Vec<_>>());
    let review = markdown(&planner, &query(Report::Review));
    let last = planner.forecast(&Options { today, ..Options::default() }).unwrap().history.pop().unwrap();
    let done = RowQuery { today, filter: Filter { show: Show::Done, ..Filter::default() }, ..RowQuery::default() };
    let within = |row: &&Row| row.finished.is_some_and(|day| last.start <= day && day <= last.end);
    let count = planner.rows(&done).unwrap().rows.iter().filter(within).count();
    assert!(count > 1);
    let said = format!("{count} items finished, {} of {} committed points.", last.finished, last.committed.unwrap());
    assert!(review.contains(&said), "{said}\n{review}");
}

#[test]
fn a_future_date_never_stands_without_its_probability() {
    let planner = sample(Some(date(TODAY))).unwrap();
    let later: Vec<String> = (1..900).map(|k| date(TODAY).plus_days(k).spoken(date(TODAY))).collect();
    let dated = |text: &str| {
        later.iter().any(|day| {
            let ends = |at: usize| !text[at + day.len()..].starts_with(|c: char| c.is_ascii_alphanumeric());
            let begins = |at: usize| !text[..at].ends_with(|c: char| c.is_ascii_digit());
            text.match_indices(day.as_str()).any(|(at, _)| begins(at) && ends(at))
        })
    };
    assert!(dated("by 27 Nov.") && !dated("on 23 Nov"));
    for report in [Report::Plan, Report::Review, Report::Update, Report::Roadmap] {
        for block in planner.report(&query(report)).unwrap().blocks {
            match block {
                Block::Heading { text } | Block::Paragraph { text } => {
                    assert!(!dated(&text) || text.contains('%'), "{text}")
                }
                Block::List { points } => {
                    points.iter().for_each(|text| assert!(!dated(text) || text.contains('%'), "{text}"))
                }
                Block::Table { rows } => {
                    for (k, text) in rows.iter().skip(1).flat_map(|row| row.iter().enumerate()) {
                        assert!(!dated(text) || text.contains('%') || rows[0][k].contains('%'), "{text}");
                    }
                }
            }
        }
    }
}

#[test]
fn what_is_no_format_is_told_what_there_is_and_a_scenario_is_exported_by_its_name() {
    let mut planner = club();
    let error = planner.export("docx", &ReportQuery::default()).unwrap_err();
    assert_eq!(error.code(), Code::UnknownFormat);
    assert_eq!(
        error.message(),
        "\"docx\" is no format to export: use json, csv, jira-csv, linear-csv, azure-csv, github-csv, markdown, confluence, html or text"
    );
    let later = serde_json::json!({ "type": "editItem", "id": "A-3", "patch": { "size": 20 } });
    let scenario = Scenario { name: "A larger trial".into(), commands: vec![later], ..Scenario::default() };
    planner.apply(Command::SetScenario { scenario: Box::new(scenario), instead_of: None }).unwrap();
    let of = |name: &str, format: &str| {
        planner.export(format, &ReportQuery { scenario: Some(name.into()), ..query(Report::Plan) })
    };
    let error = of("Fees never", "text").unwrap_err();
    assert_eq!((error.code(), error.path()), (Code::UnknownId, Some("/scenario")));
    let size = |text: String| {
        let document: serde_json::Value = serde_json::from_str(&text).unwrap();
        document["items"][2]["size"].as_f64()
    };
    assert_eq!(size(of("A larger trial", "json").unwrap()), Some(20.0));
    assert_eq!(size(planner.export("json", &ReportQuery::default()).unwrap()), Some(10.0));
    let text = of("A larger trial", "text").unwrap();
    assert!(text.starts_with("Plan: Club, 23 Nov 2026, in the scenario A larger trial\n"), "{text}");
    assert!(text.contains("all 2 items land by 25 Dec"), "{text}");
}

#[test]
fn a_report_never_tells_dates_from_before_the_last_change() {
    let mut planner = club();
    planner.summary(&Options { today: Some(date(TODAY)), ..Options::default() }).unwrap();
    planner.when_missing(Missing::Previous);
    let size = Some(Some(20.0.into()));
    let patch = Box::new(ItemPatch { size, ..ItemPatch::default() });
    planner.apply(Command::EditItem { id: "A-3".into(), patch }).unwrap();
    assert_eq!(planner.report(&query(Report::Update)).unwrap_err().code(), Code::SimulationPending);
    planner.when_missing(Missing::Wait);
    assert_eq!(planner.report(&query(Report::Update)).unwrap_err().code(), Code::SimulationPending);
    let pending = planner.pending().unwrap();
    let mut trials = landfall::forecast::engine::Trials::new(&pending.model).unwrap();
    while trials.advance(1000) > 0 {}
    planner.supply(&trials.finish()).unwrap();
    assert!(markdown(&planner, &query(Report::Update)).contains("A-3 Try it for a month: 85 % sure by 25 Dec"));
}

// ------------------------------------------------------------------------------------------------ and back again

/// A text as a line holds it.
fn plain(text: &str) -> String {
    let forbidden = |c: char| matches!(c, '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}');
    let kept: String = text.chars().filter(|c| !forbidden(*c)).collect();
    let gap = |c: char| matches!(c, '\t'..='\r' | ' ' | '\u{85}' | '\u{2028}' | '\u{2029}');
    kept.trim().split(gap).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A document in which each text stands in every place that there is.
fn document(texts: &[String]) -> Document {
    let mut document = Document::titled(texts.first().cloned().unwrap_or_default());
    for text in texts {
        document.heading(text);
        document.blocks.push(Block::Paragraph { text: text.clone() });
        document.list(vec![text.clone(), format!("a {text}"), text.clone()]);
        document.blocks.push(Block::Paragraph { text: format!("x{text}x") });
        document.table(vec![
            vec![text.clone(), "b".into()],
            vec!["c".into(), text.clone()],
            vec![text.clone(), text.clone()],
        ]);
    }
    document
}

/// A document as a format without signs of its own for it shows what a spreadsheet would run.
fn inert(document: &Document) -> Document {
    plainly_as(document, &|text| guarded(&plain(text)).into_owned())
}

fn plainly(document: &Document) -> Document {
    plainly_as(document, &plain)
}

fn plainly_as(document: &Document, plain: &dyn Fn(&str) -> String) -> Document {
    let all = |texts: &[String]| texts.iter().map(|text| plain(text)).collect::<Vec<_>>();
    let blocks = document.blocks.iter().map(|block| match block {
        Block::Heading { text } => Block::Heading { text: plain(text) },
        Block::Paragraph { text } => Block::Paragraph { text: plain(text) },
        Block::List { points } => Block::List { points: all(points) },
        Block::Table { rows } => Block::Table { rows: rows.iter().map(|row| all(row)).collect() },
    });
    // What says nothing is no paragraph.
    let says = |block: &Block| !matches!(block, Block::Paragraph { text } if text.is_empty());
    Document { title: plain(&document.title), blocks: blocks.filter(says).collect() }
}

fn from_markdown(text: &str) -> Document {
    use pulldown_cmark::Options;
    // Every extension but the one that changes quotation marks, and the older of the two kinds of footnotes.
    let options = Options::all() - Options::ENABLE_SMART_PUNCTUATION - Options::ENABLE_OLD_FOOTNOTES;
    let mut document = Document::default();
    let (mut inline, mut points, mut rows, mut row) = (String::new(), Vec::new(), Vec::new(), Vec::new());
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Text(text) => inline.push_str(&text),
            Event::Start(Tag::Heading { level: HeadingLevel::H1 | HeadingLevel::H2, id: None, classes, attrs }) => {
                assert!(classes.is_empty() && attrs.is_empty());
            }
            Event::Start(
                Tag::Paragraph
                | Tag::List(None)
                | Tag::Item
                | Tag::Table(_)
                | Tag::TableHead
                | Tag::TableRow
                | Tag::TableCell,
            ) => {}
            Event::End(TagEnd::Heading(HeadingLevel::H1)) => document.title = std::mem::take(&mut inline),
            Event::End(TagEnd::Heading(_)) => document.heading(&std::mem::take(&mut inline)),
            Event::End(TagEnd::Paragraph) => document.paragraph(&std::mem::take(&mut inline)),
            Event::End(TagEnd::Item) => points.push(std::mem::take(&mut inline)),
            Event::End(TagEnd::List(false)) => document.list(std::mem::take(&mut points)),
            Event::End(TagEnd::TableCell) => row.push(std::mem::take(&mut inline)),
            Event::End(TagEnd::TableRow | TagEnd::TableHead) => rows.push(std::mem::take(&mut row)),
            Event::End(TagEnd::Table) => document.table(std::mem::take(&mut rows)),
            other => panic!("{other:?} in {text}"),
        }
    }
    document
}

fn from_elements(parent: roxmltree::Node) -> Document {
    let text = |node: roxmltree::Node| {
        assert!(node.children().all(|child| child.is_text()), "{node:?} holds nothing but text");
        assert!(node.attributes().len() == 0);
        node.text().unwrap_or_default().to_owned()
    };
    let parts = |node: roxmltree::Node, name: &str| {
        let parts: Vec<String> = node.children().filter(roxmltree::Node::is_element).map(text).collect();
        assert!(node.children().filter(roxmltree::Node::is_element).all(|node| node.has_tag_name(name)));
        parts
    };
    let mut document = Document::default();
    for node in parent.children().filter(roxmltree::Node::is_element) {
        match node.tag_name().name() {
            "h1" => document.title = text(node),
            "h2" => document.heading(&text(node)),
            "p" => document.paragraph(&text(node)),
            "ul" => document.list(parts(node, "li")),
            "table" => {
                let rows = node.descendants().filter(|node| node.has_tag_name("tr"));
                document.table(rows.enumerate().map(|(k, row)| parts(row, if k == 0 { "th" } else { "td" })).collect());
            }
            name => panic!("{name} is no part of a report"),
        }
    }
    document
}

fn from_html(text: &str) -> Document {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let tree = roxmltree::Document::parse_with_options(text, options).unwrap();
    let named = |name: &str| tree.descendants().find(|node| node.has_tag_name(name)).unwrap();
    assert_eq!(named("title").text().unwrap_or_default(), from_elements(named("body")).title);
    from_elements(named("body"))
}

fn from_confluence(text: &str) -> Document {
    let page = format!(
        "<page xmlns:ac=\"http://atlassian.com/content\" xmlns:ri=\"http://atlassian.com/resource/identifier\">{text}</page>"
    );
    from_elements(roxmltree::Document::parse(&page).unwrap().root_element())
}

#[track_caller]
fn assert_comes_back(document: &Document) {
    for (format, read) in [
        (Format::Markdown, from_markdown as fn(&str) -> Document),
        (Format::Html, from_html),
        (Format::Confluence, from_confluence),
    ] {
        let text = document.write(format);
        let back = read(&text);
        // In the source of Markdown it is a backslash that keeps a formula from running, and that is not seen.
        let expected = if format == Format::Markdown { plainly(document) } else { inert(document) };
        assert_eq!(back.title, expected.title, "{format:?}: {text}");
        for (got, wanted) in back.blocks.iter().zip(&expected.blocks) {
            assert_eq!(got, wanted, "{format:?}: {text}");
        }
        assert_eq!(back, expected, "{format:?}: {text}");
        assert_eq!(text, document.write(format), "the same again");
    }
    let text = document.write(Format::Text);
    let lines = |of: &Document| {
        of.blocks.iter().map(|block| if let Block::Table { rows } = block { rows.len() } else { 1 }).sum::<usize>()
    };
    assert!(text.lines().count() >= lines(document), "no text reaches over the end of its line");
}

fn strings(json: &str, key: Option<&str>) -> Vec<String> {
    let all: Vec<serde_json::Value> = serde_json::from_str(json).unwrap();
    let text = |one: &serde_json::Value| key.map_or(one, |key| &one[key]).as_str().map(str::to_owned);
    all.iter().filter_map(text).collect()
}

#[test]
fn hostile_texts_come_back_from_every_format_as_they_are() {
    let naughty = strings(include_str!("../data/hostile/blns/blns.json"), None);
    let markup = strings(include_str!("../data/hostile/dompurify-fixtures/expect.json"), Some("payload"));
    assert!(naughty.len() > 500 && markup.len() > 100, "{} {}", naughty.len(), markup.len());
    let own = [
        "1. a",
        "12) b",
        "- c",
        "+ d",
        "* e",
        "# f",
        "g #",
        "> h",
        "===",
        "---",
        "```",
        "~~~",
        "    i",
        "\tj",
        "| k |",
        "\\| l",
        "m \\",
        "n\\\\|o",
        "[p](javascript:alert(1))",
        "![q](r)",
        "<s>",
        "&lt;",
        "&#60;",
        "t  \nu",
        "v\\\nw",
        "<!-- x",
        "]]>",
        "<?y?>",
        "z_a_b",
        "**c**",
        "~d~",
        "^e^",
        "$f$",
        ": g",
        "[^h]: i",
        "[j]: k",
        "{#l}",
        "::: m",
        "www.n.o",
        "https://p.q",
        "r@s.t",
        "- [ ] u",
        "\u{feff}v",
        "w\u{0}x",
        "y\u{fffe}z",
        "+++",
        "%%",
        "\u{a0}a",
        "$$b$$",
        "[[c]]",
        "> [!NOTE]",
        "d\r\ne",
        "\u{2028}f",
        "`",
        "``g`",
        "{h=i}",
        "=1+1",
    ];
    for text in naughty.iter().chain(&markup).map(String::as_str).chain(own) {
        assert_comes_back(&document(&[text.to_owned()]));
    }
    assert_comes_back(&document(&naughty));
}

#[test]
fn hostile_titles_come_back_from_the_reports_of_a_plan() {
    let mut planner = club();
    let texts = strings(include_str!("../data/hostile/dompurify-fixtures/expect.json"), Some("payload"));
    for (k, text) in texts.iter().map(|text| text.chars().take(200).collect::<String>()).enumerate() {
        let (status, finished) =
            if k % 3 == 0 { (Status::Done, Some(date("2026-11-12"))) } else { (Status::Todo, None) };
        let item = Item { status, finished, size: Some(1.0.into()), ..Item::titled(text) };
        planner.apply(Command::AddItem { item: Box::new(item), before: None }).unwrap();
    }
    for report in [Report::Plan, Report::Review, Report::Update, Report::Roadmap] {
        let view = planner.report(&query(report)).unwrap();
        assert_comes_back(&Document { title: view.title, blocks: view.blocks });
    }
}

#[test]
fn what_turns_the_direction_is_isolated() {
    let cases = [
        ("plain", "plain"),
        ("\u{202e}gnp.exe", "\u{2068}\u{202e}gnp.exe\u{202c}\u{2069}"),
        ("a\u{202e}b\u{202c}c", "\u{2068}a\u{202e}b\u{202c}c\u{2069}"),
        ("\u{2066}\u{202b}a\u{2069}b", "\u{2068}\u{2066}\u{202b}a\u{2069}b\u{2069}"),
        ("no pop\u{2069}\u{202c}", "\u{2068}no pop\u{2069}"),
        ("שלום", "\u{2068}שלום\u{2069}"),
    ];
    for (text, expected) in cases {
        assert_eq!(isolated(text), expected);
    }
    let mut planner = club();
    let item = Item { id: "A-9".into(), ..Item::titled("\u{202e}gnp.exe") };
    planner.apply(Command::AddItem { item: Box::new(item), before: None }).unwrap();
    let text = markdown(&planner, &query(Report::Update));
    assert!(text.contains("* A-9 \u{2068}\u{202e}gnp.exe\u{202c}\u{2069}: 85 % sure by"), "{text}");
    // In the sentences of the page as well.
    let first = planner.plan().items.iter().find(|item| item.status == Status::Todo).unwrap().id.clone();
    let to_the_top = Command::MoveItem { id: "A-9".into(), before: Some(first) };
    planner.apply(Command::Assume { scenario: "S".into(), command: Box::new(to_the_top) }).unwrap();
    let sentence = planner.compare("S", &CompareOptions::default()).unwrap().sentence;
    assert!(sentence.contains("A-9 \u{2068}\u{202e}gnp.exe\u{202c}\u{2069} lands "), "{sentence}");
}

proptest! {
    #[test]
    fn any_text_comes_back(texts in prop::collection::vec("[ -~]{0,12}|\\PC{0,8}|[\\\\|`*_\\[\\]<>&#~\\-+=0-9.):!@\n ]{0,10}", 1..4)) {
        assert_comes_back(&document(&texts));
    }

    #[test]
    fn what_is_isolated_is_balanced(text in "[ab\u{202a}-\u{202e}\u{2066}-\u{2069}]{0,12}") {
        let mut open = Vec::new();
        for c in isolated(&text).chars() {
            match c {
                '\u{202a}' | '\u{202b}' | '\u{202d}' | '\u{202e}' => open.push('\u{202c}'),
                '\u{2066}'..='\u{2068}' => open.push('\u{2069}'),
                '\u{202c}' => prop_assert_eq!(open.pop(), Some(c)),
                '\u{2069}' => while open.pop().expect("it closes one that is open") != c {},
                _ => {}
            }
        }
        prop_assert!(open.is_empty());
        let letters = |text: &str| text.chars().filter(char::is_ascii_alphabetic).collect::<String>();
        prop_assert_eq!(letters(&isolated(&text)), letters(&text));
    }
}
