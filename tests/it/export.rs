//! A plan goes out as a table and comes back: the same on all that the format can hold, and what it cannot is told.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use landfall::exchange::write::{TableFormat, guarded};
use landfall::exchange::{ReadOptions, read};
use landfall::plan::{
    Blocked, CivilDate, Criterion, Item, Kind, Moscow, Objective, Plan, PlanDocument, Status, Story, Unit, Usage,
};
use landfall::session::{Command, ImportOptions, ItemPatch, Planner, ReportQuery, sample};
use landfall::{Range, Uncertain};
use proptest::prelude::*;

use crate::plan::{assert_round_trip, date};

pub const FORMATS: [&str; 5] = ["csv", "jira-csv", "linear-csv", "azure-csv", "github-csv"];

pub fn written(format: &str, plan: &Plan) -> String {
    TableFormat::named(format).unwrap().write(plan).unwrap()
}

/// What is read of a table, which is recognised without being told.
pub fn read_back(format: &str, text: &str) -> Vec<Item> {
    let reading = read(text.as_bytes(), &ReadOptions::default()).unwrap_or_else(|e| panic!("{e}: {text}"));
    assert_eq!(reading.format, format, "{text}");
    assert_eq!(reading.rejected, [], "{text}");
    reading.rows.into_iter().map(|row| row.item).collect()
}

pub fn plan_of(items: Vec<Item>) -> Plan {
    Plan { items: Arc::new(items.into_iter().map(Arc::new).collect()), ..Plan::default() }
}

// -------------------------------------------------------------------------------------------- what a tool can hold

fn one_line(text: &str) -> String {
    let kept: String = text.chars().filter(|c| !c.is_control() || c.is_whitespace()).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Cells that trackers write for nothing.
fn is_blank(text: &str) -> bool {
    ["", "-", "–", "—", "n/a", "null", "none"].contains(&text.trim().to_lowercase().as_str())
}

fn kind_in(format: &str, item: &Item, plan: &Plan) -> Kind {
    let parent = item.parent.as_deref().and_then(|id| plan.find(id));
    let below = parent.is_some_and(|(_, parent)| {
        let kind = if parent.kind == Kind::Spike { Kind::Story } else { parent.kind };
        matches!(kind, Kind::Story | Kind::Bug)
    });
    match item.kind {
        _ if format != "azure-csv" => item.kind,
        Kind::Spike => Kind::Story,
        Kind::Task | Kind::SubTask => {
            if below {
                Kind::SubTask
            } else {
                Kind::Task
            }
        }
        kind => kind,
    }
}

fn size_in(size: Uncertain) -> Uncertain {
    match size {
        Uncertain::Range(range) => range.likely.unwrap_or(range.mean()).into(),
        exact => exact,
    }
}

fn tags_in(format: &str, tags: &[String]) -> Vec<String> {
    let mut held: Vec<String> = Vec::new();
    for tag in tags {
        let part = |c: char| ",;|[".contains(c) || (format == "jira-csv" && c.is_whitespace());
        let tag = tag.trim().replace(part, "_");
        let blank = is_blank(&tag) && (format == "jira-csv" || tag.is_empty());
        if !blank && !held.contains(&tag) {
            held.push(tag);
        }
    }
    if held.len() == 1 && is_blank(&held[0]) {
        held.clear();
    }
    held
}

/// What must come back of an item from a tool's table.
fn assert_held(format: &str, item: &Item, back: &Item, plan: &Plan) {
    assert_eq!(back.id, item.id);
    let title = one_line(&item.title);
    assert_eq!(one_line(&back.title), if title.is_empty() { one_line(&item.id) } else { title.clone() });
    if item.title == title && !title.is_empty() {
        assert_eq!(back.title, item.title);
    }
    assert_eq!(back.kind, kind_in(format, item, plan));
    assert_eq!(back.status, item.status);
    assert_eq!(back.size, item.size.map(size_in));
    assert_eq!(back.parent, item.parent);
    assert_eq!(back.needs, item.needs);
    assert_eq!(back.tags, tags_in(format, &item.tags));
    let teams: HashSet<&str> = plan.items.iter().filter_map(|item| item.team.as_deref()).collect();
    match teams.len() {
        0 | 1 => assert_eq!(back.team, None, "one team is none"),
        _ if format == "azure-csv" || format == "github-csv" => assert_eq!(back.team, None),
        _ => assert_eq!(back.team, item.team),
    }
    assert_eq!(back.sprint, item.sprint);
    assert_eq!((back.created, back.started), (item.created, item.started));
    assert_eq!(back.finished, item.finished.filter(|_| !item.status.is_open()));
    if !is_blank(&item.notes) {
        let plain = |text: &str| text.replace('\r', "").trim().to_owned();
        assert_eq!(plain(&back.notes), plain(&item.notes));
    }
    if ["linear-csv", "github-csv"].contains(&format) {
        assert_eq!(back.link, item.link);
    }
    for (header, cell) in item.columns.iter().filter(|(_, cell)| !cell.trim().is_empty()) {
        let got = back.columns.get(header).unwrap_or_else(|| panic!("no column {header:?}"));
        assert_eq!(got.trim(), cell.trim());
    }
}

// ------------------------------------------------------------------------------------------------ plans of all sorts

const NASTY: &[&str] = &[
    "=1+1",
    "=cmd|' /C calc'!A0",
    "a;=1+1",
    "a,=1+1",
    "\t=1+1",
    "\n=1+1",
    "'=1+1",
    "''",
    "'",
    "\"",
    "\"\"",
    "say \"hi\"",
    "-5",
    "'-5",
    "+5",
    "-- x",
    "@x",
    "＝1",
    "[\"a\"]",
    "[x] done",
    "a, b",
    "none",
    "-",
    "Größe",
    "日本語",
    "🎉",
    "שלום",
    "\u{202e}x",
    "\u{feff}=1",
    "line\nbreak",
    "line\r\nbreak",
    " spaced ",
    "sep=;",
    "#1",
    "1",
    "3,5",
    "a|b",
    "LF-1",
];

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[A-Za-zäß][a-z ]{0,20}[a-z.]",
        3 => prop::sample::select(NASTY).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
        2 => "[ ,;|\t\n\r\"'=+\\-@a1(!.]{0,8}",
    ]
}

fn filled() -> impl Strategy<Value = String> {
    any_text().prop_map(|text| if text.is_empty() { "x".to_owned() } else { text })
}

fn any_number() -> impl Strategy<Value = f64> {
    prop_oneof![
        (0_u32..100).prop_map(f64::from),
        (0_u32..100_000).prop_map(|n| f64::from(n) / 1000.0),
        (0.0..1e6_f64),
        Just(0.1 + 0.2),
        Just(1e15),
        Just(1e-7),
    ]
}

fn any_size(least: f64) -> impl Strategy<Value = Uncertain> {
    (any_number(), any_number(), any_number(), 0..4).prop_map(move |(a, b, c, shape)| {
        let mut ends = [a, b, c].map(|n| if least < 0.0 { -n } else { n });
        ends.sort_by(f64::total_cmp);
        match shape {
            0 => Range { low: ends[0], likely: Some(ends[1]), high: ends[2] }.into(),
            1 => Range { low: ends[0], likely: None, high: ends[2] }.into(),
            _ => ends[1].into(),
        }
    })
}

fn any_day() -> impl Strategy<Value = CivilDate> {
    (0_i64..30_000).prop_map(|days| date("2000-01-01").plus_days(days))
}

fn maybe<T: std::fmt::Debug + Clone>(of: impl Strategy<Value = T>) -> impl Strategy<Value = Option<T>> {
    prop::option::weighted(0.4, of)
}

fn some(words: &'static [&'static str]) -> impl Strategy<Value = Option<String>> {
    maybe(prop::sample::select(words).prop_map(str::to_owned))
}

type Links = (Option<usize>, Vec<usize>);

/// An item, and the places of its parent and its needs among the items before it.
fn any_item() -> impl Strategy<Value = (Item, Links)> {
    let texts = (any_text(), any_text(), prop::collection::vec(filled(), 0..4));
    let words = (
        prop::sample::select(&Kind::ALL[..]),
        prop::sample::select(&[Status::Todo, Status::InProgress, Status::Done, Status::Declined][..]),
        maybe(prop::sample::select(&[Moscow::Must, Moscow::Should, Moscow::Could, Moscow::Wont][..])),
        some(&["Core", "Édge"]),
        some(&["Sprint 1", "S 2; later"]),
        some(&["https://tracker.example/1", "https://tracker.example/?a=b,c"]),
    );
    let story = (any_text(), any_text(), any_text());
    let numbers = (maybe(any_size(0.0)), maybe(any_size(0.0)), maybe(any_size(-1.0)));
    let days = (maybe(any_day()), maybe(any_day()), maybe(any_day()), maybe(any_day()));
    let lists = (
        prop::collection::vec((any_text(), any::<bool>()), 0..3),
        prop::collection::vec(any_text(), 0..2),
        prop::collection::btree_map(prop_oneof![Just("reach".to_owned()), filled()], any_size(-1.0), 0..3),
        prop::collection::btree_map(
            prop::sample::select(&["Priority", "Größe", "=1+1", "a;b", "Custom field (X)", "Score: x", "@y, z"][..])
                .prop_map(str::to_owned),
            filled(),
            0..3,
        ),
    );
    let blocked = maybe((filled(), maybe(any_day()), maybe(any_day())));
    let links = (maybe(0_usize..8), prop::collection::vec(0_usize..8, 0..3));
    (texts, words, story, numbers, days, lists, blocked, links).prop_map(
        |((title, notes, tags), words, story, numbers, days, lists, blocked, (parent, needs))| {
            let (kind, status, moscow, team, sprint, link) = words;
            let mut item = Item { kind, status, moscow, team, sprint, link, notes, ..Item::titled(title) };
            item.tags = tags;
            item.story = Story { as_a: story.0, i_want: story.1, so_that: story.2 };
            (item.size, item.remaining, item.effect) = numbers;
            (item.created, item.started, item.finished, item.not_before) = days;
            item.criteria = lists.0.into_iter().map(|(text, met)| Criterion { text, met }).collect();
            (item.ready, item.inputs, item.columns) = (lists.1, lists.2, lists.3);
            item.blocked = blocked.map(|(reason, since, until)| Blocked { reason, since, until });
            item.objective = item.effect.map(|_| "O-1".to_owned());
            item.usage = item.created.map(|day| Usage {
                users: item.inputs.values().next().map(|_| 1240.0),
                at_least: item.status == Status::Done,
                count: item.started.map(|_| 2.5),
                source: item.title.clone(),
                names: item.tags.clone(),
                from: item.started,
                read: Some(day),
                ..Usage::default()
            });
            (item, (parent, needs))
        },
    )
}

/// A plan of up to eight items; `own` has ids and columns that only Landfall's own table holds.
fn any_plan(own: bool) -> impl Strategy<Value = Plan> {
    let ids: &'static [&'static str] = if own {
        &["LF-", "", "=SUM(1)+", "@x ", "Ü ", ";=", "a,b\n", "\t", "' "]
    } else {
        &["LF-", "", "=SUM(1)+", "@x ", "-", "Ü "]
    };
    let prefix = prop::sample::select(ids);
    (prop::collection::vec((any_item(), prefix), 1..8), any_text()).prop_map(move |(drawn, name)| {
        let mut items: Vec<Item> = Vec::new();
        for (place, ((mut item, (parent, needs)), prefix)) in drawn.into_iter().enumerate() {
            let named = |at: usize| items.get(at).map_or_else(|| format!("EXT-{at}"), |item| item.id.clone());
            item.parent = parent.map(named);
            for need in needs {
                let need = named(need);
                if !item.needs.contains(&need) {
                    item.needs.push(need);
                }
            }
            item.id = format!("{prefix}{}", place + 100);
            if own {
                item.columns
                    .extend([("Status".to_owned(), "Läuft".to_owned()), ("Size low".to_owned(), "x".to_owned())]);
            }
            items.push(item);
        }
        let mut plan = Plan { name, ..plan_of(items.clone()) };
        if plan.check().is_err() {
            // A child that needs its parent, and the like.
            items.iter_mut().for_each(|item| item.needs.clear());
            plan.items = Arc::new(items.into_iter().map(Arc::new).collect());
        }
        let objective = Objective { id: "O-1".into(), name: "Leads".into(), ..Objective::default() };
        plan.objectives = Arc::new(vec![objective]);
        plan.check().unwrap();
        plan
    })
}

/// A plan whose numbers JSON's reader takes to the last bit.
fn in_15_digits(mut plan: Plan) -> Plan {
    let short = |number: &mut f64| *number = format!("{number:.14e}").parse().unwrap();
    for item in Arc::make_mut(&mut plan.items).iter_mut().map(Arc::make_mut) {
        let numbers = item.size.iter_mut().chain(&mut item.remaining).chain(&mut item.effect);
        for number in numbers.chain(item.inputs.values_mut()) {
            match number {
                Uncertain::Exact(number) => short(number),
                Uncertain::Range(range) => {
                    [&mut range.low, &mut range.high].into_iter().chain(&mut range.likely).for_each(short);
                }
            }
        }
    }
    plan
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn any_plan_comes_back_from_its_file(plan in any_plan(true)) {
        assert_round_trip(&in_15_digits(plan));
    }

    #[test]
    fn any_plan_comes_back_from_its_own_table(plan in any_plan(true)) {
        let text = written("csv", &plan);
        let items: Vec<Item> = plan.items.iter().map(|item| (**item).clone()).collect();
        let back = read_back("csv", &text);
        prop_assert_eq!(back.len(), items.len());
        for (got, wanted) in back.iter().zip(&items) {
            prop_assert_eq!(got, wanted, "{}", text);
        }
        prop_assert_eq!(&written("csv", &plan_of(back)), &text, "and the file is the same again");
    }

    #[test]
    fn any_plan_comes_back_from_the_tables_of_other_tools(plan in any_plan(false)) {
        for format in &FORMATS[1..] {
            let text = written(format, &plan);
            let back = read_back(format, &text);
            prop_assert_eq!(back.len(), plan.items.len(), "{}: {}", format, text);
            for (item, back) in plan.items.iter().zip(&back) {
                assert_held(format, item, back, &plan);
            }
            // What it holds once, it holds for good.
            let again = written(format, &Plan { name: plan.name.clone(), ..plan_of(back.clone()) });
            for (first, second) in back.iter().zip(read_back(format, &again)) {
                assert_held(format, first, &second, &plan_of(back.clone()));
            }
        }
    }

    #[test]
    fn what_is_guarded_is_inert_and_what_is_a_number_stays_one(text in any_text(), number in any::<f64>()) {
        let number = number.to_string();
        prop_assert!(guarded(&number) == number.as_str() || number == "-inf", "{}", number);
        prop_assert!(guarded(&text) == text.as_str() || guarded(&text).starts_with('\''));
    }
}

#[test]
fn the_sample_comes_back_from_every_table() {
    let planner = sample(Some(date("2026-11-23"))).unwrap();
    let plan = planner.plan();
    assert_round_trip(plan);
    for format in FORMATS {
        let back = read_back(format, &written(format, plan));
        assert_eq!(back.len(), plan.items.len());
        for (item, back) in plan.items.iter().zip(&back) {
            match format {
                "csv" => assert_eq!(back, &**item),
                _ => assert_held(format, item, back, plan),
            }
        }
    }
}

// ----------------------------------------------------------------------------------------------- from plan to plan

fn import(planner: &mut Planner, text: &str) -> (usize, usize) {
    let report = planner.import(text.as_bytes(), &ImportOptions::default()).unwrap();
    assert_eq!(report.rejected, []);
    assert_eq!(report.read, report.imported + report.updated);
    (report.imported, report.updated)
}

#[test]
fn its_own_table_changes_nothing_in_the_plan_it_came_from_and_is_whole_in_a_new_one() {
    let mut planner = sample(Some(date("2026-11-23"))).unwrap();
    let before = planner.plan().clone();
    let text = planner.export("csv", &ReportQuery::default()).unwrap();
    assert_eq!(import(&mut planner, &text), (0, before.items.len()));
    let after = Plan { kept: before.kept.clone(), ..planner.plan().clone() };
    assert_eq!(after, before, "only the forecast of this import is kept beside the others");

    let mut fresh = Planner::default();
    assert_eq!(import(&mut fresh, &text), (before.items.len(), 0));
    assert_eq!(fresh.plan().items, before.items);
    assert_eq!(fresh.plan().unit, Unit::Points);
    let days = before.items.iter().flat_map(|item| [item.created, item.started, item.finished]);
    assert_eq!(fresh.plan().history.known_until, days.flatten().max());
}

#[test]
fn a_table_that_a_spreadsheet_has_changed_is_read_as_it_is_meant() {
    let plan = plan_of(vec![
        Item { id: "LF-1".into(), size: Some(3.0.into()), created: Some(date("2026-11-23")), ..Item::titled("One") },
        Item {
            id: "LF-2".into(),
            criteria: vec![Criterion { text: "Kept".into(), met: false }],
            ..Item::titled("Two")
        },
    ]);
    let text = written("csv", &plan);
    // Semicolons and a decimal comma, dates with dots, a column taken out, a row added without an id.
    let mut rows: Vec<Vec<String>> = csv::Reader::from_reader(text.as_bytes())
        .into_records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect();
    let header: Vec<String> = text.lines().next().unwrap().split(',').map(str::to_owned).collect();
    let place = |name: &str| header.iter().position(|header| header == name).unwrap();
    rows[0][place("Size")] = "2,5".into();
    rows[0][place("Created")] = "24.11.2026".into();
    rows[0][place("Status")] = "In Progress".into();
    let mut added = vec![String::new(); header.len()];
    added[place("Title")] = "Three".into();
    added[place("Size low")] = "1".into();
    added[place("Size high")] = "2".into();
    rows.push(added);
    let mut broken = vec![String::new(); header.len()];
    (broken[place("ID")], broken[place("Title")], broken[place("Size")]) = ("LF-4".into(), "Four".into(), "-1".into());
    rows.push(broken);
    let join = |cells: &[String]| {
        let kept = cells.iter().enumerate().filter(|(column, _)| *column != place("Acceptance criteria"));
        kept.map(|(_, cell)| cell.as_str()).collect::<Vec<_>>().join(";")
    };
    let changed: Vec<String> = std::iter::once(&header).chain(&rows).map(|cells| join(cells)).collect();

    let mut planner = Planner::from_document(PlanDocument::from(&plan)).unwrap();
    let report = planner.import(changed.join("\r\n").as_bytes(), &ImportOptions::default()).unwrap();
    assert_eq!((report.read, report.updated, report.imported), (4, 2, 1));
    assert_eq!((report.rejected[0].line, report.rejected[0].column.as_deref()), (5, Some("Size")));
    assert_eq!(report.recognised.tool, "Landfall");
    let [one, two, three] = planner.plan().items.as_slice() else { panic!("three items") };
    assert_eq!((one.size, one.created, one.status), (Some(2.5.into()), Some(date("2026-11-24")), Status::InProgress));
    assert_eq!(two.criteria.len(), 1, "a column that is not there changes nothing");
    assert_eq!(three.size, Some(Range { low: 1.0, likely: None, high: 2.0 }.into()));
    assert_eq!(three.id, "LF-3");
}

#[test]
fn no_cell_or_row_of_its_own_table_is_lost_in_silence() {
    let rows = "LF-1,One,,,red,blue\nLF-2,\"Two \"2\" cells\",,,,\nLF-3,Three, or more,,,,x\nLF-4,Four,,,,,,\n";
    let found = read(format!("ID,Title,Size low,Not before,Colour,Colour\n{rows}").as_bytes(), &ReadOptions::default())
        .unwrap();
    assert_eq!(found.recognised.tool, "Landfall");
    let ids: Vec<&str> = found.rows.iter().map(|row| row.item.id.as_str()).collect();
    assert_eq!((found.read, ids), (4, vec!["LF-1", "LF-4"]));
    assert_eq!(found.rows[0].item.columns["Colour"], "red, blue");
    let rejected: Vec<u64> = found.rejected.iter().map(|row| row.line).collect();
    assert_eq!(rejected, [3, 4]);
    // The same table by another road.
    let entry = r#"{"ID":"LF-1","Title":"One","Size low":"","Not before":""}"#;
    let found = read(format!("[{entry},{{}}]").as_bytes(), &ReadOptions::default()).unwrap();
    assert_eq!((found.read, found.rows.len(), found.rejected.len()), (2, 1, 1));
}

#[test]
fn columns_that_came_in_go_out_again_under_their_own_header() {
    let file = "Issue key,Summary,Issue Type,Status,Status Category,Resolution,Sprint,Sprint,Priority,Custom field (Größe),Assignee\n\
        A-1,Pay,Story,Ausgeliefert,Done,Fixed,Sprint 1,Sprint 2,High,XL,Ann\n\
        A-2,Ship,Story,Closed,Done,Duplicate,,Sprint 2,Low,,Bob\n\
        A-3,Send,Story,Backlog,To Do,,,,,M,\n";
    let mut planner = Planner::default();
    import(&mut planner, file);
    let jira = planner.export("jira-csv", &ReportQuery::default()).unwrap();
    let mut back = Planner::default();
    import(&mut back, &jira);
    for (item, back) in planner.plan().items.iter().zip(back.plan().items.iter()) {
        for (header, cell) in &item.columns {
            // The tracker's word for what Landfall cannot place goes by the word for what it means.
            let expected = match cell.as_str() {
                "Ausgeliefert" => "Done",
                "Closed" if item.status == Status::Declined => "Done",
                cell => cell,
            };
            assert_eq!(back.columns[header], expected, "{} {header}", item.id);
        }
        assert_eq!((back.status, &back.sprint), (item.status, &item.sprint));
    }
    let linear = planner.export("linear-csv", &ReportQuery::default()).unwrap();
    for header in ["Priority", "Custom field (Größe)", "Assignee"] {
        assert!(linear.lines().next().unwrap().contains(header), "{linear}");
    }
}

// ------------------------------------------------------------------------------------------------ what is left out

#[test]
fn the_notes_tell_what_this_plan_loses_and_nothing_else() {
    let plain = Item { id: "LF-1".into(), size: Some(3.0.into()), ..Item::titled("One") };
    let mut plan = plan_of(vec![plain.clone()]);
    let notes = |plan: &Plan, format: &str| {
        let planner = Planner::from_document(PlanDocument::from(plan)).unwrap();
        planner.export_notes(format, &ReportQuery::default()).unwrap()
    };
    for format in ["json", "csv", "jira-csv", "linear-csv", "github-csv", "markdown", "html", "confluence", "text"] {
        assert_eq!(notes(&plan, format), Vec::<String>::new(), "{format}");
    }
    assert_eq!(
        notes(&plan, "azure-csv"),
        ["1 item has an id that is no number: it stands in the column Key, and Azure DevOps gives a number"]
    );
    let range = |low, high| Some(Range { low, likely: Some(5.0), high }.into());
    let mut items = vec![plain];
    for (id, low) in [("LF-2", 1.0), ("LF-3", 2.0), ("LF-4", 3.0)] {
        items.push(Item { id: id.into(), size: range(low, 8.0), ..Item::titled(id) });
    }
    items[1].criteria.push(Criterion { text: "It is sent".into(), met: true });
    items[2].tags = vec!["two words".into()];
    items[3].notes = "A note\n".into();
    plan.items = Arc::new(items.into_iter().map(Arc::new).collect());
    plan.objectives = Arc::new(vec![Objective { id: "O-1".into(), name: "Leads".into(), ..Objective::default() }]);
    assert_eq!(notes(&plan, "csv"), ["only a file of the whole plan holds 1 objective"]);
    assert_eq!(
        notes(&plan, "jira-csv"),
        [
            "3 items have a size range: Jira holds one number, the likely one",
            "1 item has acceptance criteria: Jira has no column for it",
            "1 item has tags with spaces or separators: Jira holds them with _ instead",
            "1 item has notes with outer spaces or other line breaks: Jira holds them without",
            "only a file of the whole plan holds 1 objective",
        ]
    );
    assert_eq!(
        notes(&plan, "markdown"),
        [
            "1 item has acceptance criteria: the report does not show it",
            "1 item has tags: the report does not show it",
            "1 item has notes: the report does not show it",
            "only a file of the whole plan holds 1 objective",
        ]
    );
    assert_eq!(notes(&plan, "json"), Vec::<String>::new());
}

#[test]
fn one_field_that_changes_is_one_line_that_differs() {
    let mut planner = sample(Some(date("2026-11-23"))).unwrap();
    let before = planner.export("json", &ReportQuery::default()).unwrap();
    let id = planner.plan().items[3].id.clone();
    let patch = ItemPatch { title: Some(Some("Another title".into())), ..ItemPatch::default() };
    planner.apply(Command::EditItem { id, patch: Box::new(patch) }).unwrap();
    let after = planner.export("json", &ReportQuery::default()).unwrap();
    assert_eq!(before.lines().count(), after.lines().count());
    let differing: Vec<&str> = before.lines().zip(after.lines()).filter(|(a, b)| a != b).map(|(_, b)| b).collect();
    assert_eq!(differing.len(), 1, "{differing:?}");
    assert!(differing[0].contains("Another title"));
    // Keys stand in one order, whoever wrote the file.
    let value: serde_json::Value = serde_json::from_str(&after).unwrap();
    let turned: BTreeMap<String, serde_json::Value> = serde_json::from_value(value.clone()).unwrap();
    let text = serde_json::to_string(&turned.into_iter().rev().collect::<Vec<_>>()).unwrap();
    assert!(text.len() > 1000);
    assert_eq!(PlanDocument::read(&value).unwrap().to_json().unwrap(), after);
}
