//! Whatever comes in: no row is lost, no cell is lost, nothing panics, and what is no JSON is refused with its place.

use std::collections::{BTreeMap, HashSet};

use landfall::Code;
use landfall::exchange::write::guarded;
use landfall::exchange::{FileReading, ReadOptions, read};
use landfall::plan::Item;
use serde_json::{Value, json};

use crate::import::bytes_of;

fn hostile(name: &str) -> Value {
    let path = format!("{}/tests/data/hostile/{name}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

fn reading(file: impl AsRef<[u8]>) -> FileReading {
    let reading = read(file.as_ref(), &ReadOptions::default()).unwrap();
    assert_eq!(reading.read, reading.rows.len() + reading.rejected.len());
    reading
}

/// Draws numbers that look random, the same ones each time.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound.max(1)
    }

    fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

#[test]
fn what_json_may_be_is_no_broken_json_and_what_it_may_not_is_refused_with_its_place() {
    let suite = hostile("JSONTestSuite/test_parsing.json");
    let mut cases: Vec<(String, Vec<u8>)> = suite
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, text)| (name.clone(), text.as_str().unwrap().chars().map(|c| c as u8).collect()))
        .collect();
    cases.push(("n_structure_100000_opening_arrays".into(), "[".repeat(100_000).into()));
    cases.push(("n_structure_open_array_object".into(), "[{\"\":".repeat(50_000).into()));
    assert!(cases.len() > 300);
    for (name, bytes) in cases {
        let found = read(&bytes, &ReadOptions::default());
        let asked = read(&bytes, &ReadOptions { format: Some("json".to_owned()), ..ReadOptions::default() });
        match (&name[..2], &found) {
            ("y_", Err(error)) => {
                assert_ne!(error.code(), Code::NotJson, "{name}: {error}");
            }
            ("n_", Ok(found)) => panic!("{name} was read: {found:?}"),
            ("n_", Err(error)) => {
                assert!(error.path().is_some(), "{name}: {error}");
            }
            _ => {}
        }
        if name.starts_with("n_") {
            let error = asked.unwrap_err();
            let binary = bytes.contains(&0);
            assert!(matches!(error.code(), Code::NotJson | Code::EmptyFile) || binary, "{name}: {error}");
            assert!(error.path().is_some_and(|path| path.starts_with("line ")), "{name}: {error}");
        }
        if let Ok(found) = found {
            assert_eq!(found.read, found.rows.len() + found.rejected.len(), "{name}");
        }
    }
}

fn csv_of(rows: &[Vec<String>], delimiter: u8) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    writer.into_inner().unwrap()
}

/// As a title is shown: on a line, without white space around it.
fn line(text: &str) -> String {
    let text = text.trim();
    if text.contains(['\n', '\r']) { text.split_whitespace().collect::<Vec<_>>().join(" ") } else { text.to_owned() }
}

fn naughty() -> Vec<String> {
    let mut all = texts(&hostile("blns/blns.json"));
    let formulas = hostile("own/csv-formula.json");
    all.extend(texts(&formulas["must"]));
    all.extend(texts(&formulas["plain"]));
    all.extend(texts(&hostile("own/numbers.json")["cases"]));
    all.extend(texts(&hostile("own/unicode.json")["well_formed"]));
    all.push(format!("Z{}", "\u{301}".repeat(1_900)));
    all.retain(|text| !text.trim_matches(|c: char| c.is_whitespace() || c == '\0').is_empty());
    // A text with a zero letter is taken for a binary file; spreadsheets cannot hold it either.
    all.retain(|text| !text.contains('\0'));
    all
}

#[test]
fn naughty_texts_come_through_every_format_as_they_are() {
    let texts = naughty();
    assert!(texts.len() > 500);
    // A guard that spreadsheets want before formulas is taken off again; a byte-order mark is no letter.
    let bare = |text: &str| {
        let text = text.trim();
        match text.strip_prefix('\'') {
            Some(rest) if rest.starts_with(['=', '+', '-', '@']) || guarded(rest) == text => rest.to_owned(),
            _ => text.to_owned(),
        }
    };
    let titles = |reading: &FileReading| reading.rows.iter().map(|row| row.item.title.clone()).collect::<Vec<_>>();
    let wanted: Vec<String> = texts.iter().map(|text| line(&bare(text))).collect();

    let mut rows = vec![vec!["Key".to_owned(), "Title".to_owned(), "Colour".to_owned()]];
    rows.extend(texts.iter().zip(0..).map(|(text, n)| vec![format!("A-{n}"), text.clone(), text.clone()]));
    for delimiter in *b",;\t|" {
        let found = reading(csv_of(&rows, delimiter));
        assert_eq!(titles(&found), wanted, "{:?}", delimiter as char);
        let kept = found.rows.iter().map(|row| row.item.columns["Colour"].clone());
        assert!(kept.eq(texts.iter().map(|text| bare(text))), "{:?}", delimiter as char);
    }

    let objects: Vec<Value> = texts.iter().map(|text| json!({ "title": text, "colour": text })).collect();
    let found = reading(serde_json::to_vec(&objects).unwrap());
    assert_eq!(titles(&found), wanted);

    let escaped =
        |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\n', "<br>");
    let cells = texts.iter().map(|text| format!("<tr><td>x</td><td>{}</td></tr>", escaped(text)));
    let page = format!("<table><tr><th>Colour</th><th>Title</th></tr>{}</table>", cells.collect::<String>());
    let found = reading(page);
    let spaces = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown: Vec<String> = titles(&found).iter().map(|title| spaces(title)).collect();
    assert_eq!(shown, wanted.iter().map(|title| spaces(title)).collect::<Vec<_>>());
}

#[test]
fn every_number_is_a_size_is_kept_or_rejects_its_row() {
    let mut cases = texts(&hostile("own/numbers.json")["cases"]);
    cases.retain(|text| !text.contains('\0'));
    let mut rows = vec![vec!["Title".to_owned(), "Points".to_owned()]];
    rows.extend(cases.iter().zip(0..).map(|(text, n)| vec![format!("case {n}"), text.clone()]));
    let found = reading(csv_of(&rows, b','));
    assert_eq!(found.read, cases.len());
    for row in &found.rows {
        let held = row.item.size.is_some() || row.item.columns.contains_key("Points");
        let cell = cases[row.item.title[5..].parse::<usize>().unwrap()].trim();
        assert!(held || cell.is_empty() || ["null", "undefined", "-"].contains(&cell), "{cell:?}");
        row.item.size.iter().for_each(|size| assert!(size.check(0.0).is_ok(), "{cell:?}"));
    }
}

#[test]
fn civil_dates_are_read_and_what_is_none_is_kept() {
    let dates = texts(&hostile("own/dates.json")["dates"]);
    let mut rows = vec![vec!["Title".to_owned(), "Created".to_owned()]];
    rows.extend(dates.iter().map(|text| vec!["x".to_owned(), text.clone()]));
    let found = reading(csv_of(&rows, b','));
    assert_eq!(found.rows.len(), dates.len());
    for (row, date) in found.rows.iter().zip(&dates) {
        match row.item.created {
            Some(day) => assert!(
                date.starts_with(&day.to_string()) || date.get(4..5) != Some("-") || date.len() < 10,
                "{date}: {day}"
            ),
            None => assert_eq!(row.item.columns.get("Created").map_or("", String::as_str), date.trim()),
        }
    }
}

#[test]
fn circles_of_needs_are_opened_and_each_need_is_held_or_kept() {
    for case in hostile("own/graphs.json")["cases"].as_array().unwrap() {
        let (nodes, edges): (Vec<String>, Vec<(String, String)>) = match case["nodes"].as_array() {
            Some(_) => {
                let pairs = case["edges"].as_array().unwrap().iter().map(texts);
                (texts(&case["nodes"]), pairs.map(|pair| (pair[0].clone(), pair[1].clone())).collect())
            }
            None => {
                let name = |n: usize| format!("n_{n}");
                let mut edges: Vec<(String, String)> = (0..100_000).map(|n| (name(n), name(n + 1))).collect();
                if case["cycle"] == "all" {
                    edges.push((name(100_000), name(0)));
                }
                ((0..=100_000).map(name).collect(), edges)
            }
        };
        let mut of_node: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        edges.iter().for_each(|(from, to)| of_node.entry(from).or_default().push(to));
        let mut rows = vec![vec!["Key".to_owned(), "Title".to_owned(), "Depends on".to_owned()]];
        rows.extend(nodes.iter().map(|node| {
            let needs = of_node.get(node.as_str()).map(|needs| needs.join(", ")).unwrap_or_default();
            vec![node.clone(), "x".to_owned(), needs]
        }));
        let found = reading(csv_of(&rows, b','));
        assert_eq!(found.read, nodes.len(), "{}", case["name"]);
        let different: HashSet<&str> = nodes.iter().map(|node| node.trim()).filter(|node| !node.is_empty()).collect();
        let blank = nodes.iter().filter(|node| node.trim().is_empty()).count();
        assert_eq!(found.rows.len(), different.len() + blank, "{}: doubles are rejected", case["name"]);
        let items: BTreeMap<&str, &Item> = found.rows.iter().map(|row| (row.item.id.as_str(), &row.item)).collect();
        for (from, to) in &edges {
            let item = items[from.trim()];
            let kept = item.columns.get("Depends on").is_some_and(|cell| cell.contains(to.trim()));
            assert!(item.needs.iter().any(|need| need == to.trim()) || kept, "{}: {from} needs {to}", case["name"]);
        }
        let circle = case["cycle"] == "all" || case["cycle"].as_array().is_some_and(|nodes| !nodes.is_empty());
        let said = found.notes.iter().any(|note| note.contains("circle") || note.contains("oneself"));
        assert_eq!(circle, said, "{}: {:?}", case["name"], found.notes);
    }
}

/// All that an item says, in lower case.
fn said(item: &Item) -> String {
    serde_json::to_string(item).unwrap().to_lowercase()
}

#[test]
fn every_cell_of_any_table_ends_in_its_item_or_its_columns() {
    let lists = std::fs::read_to_string(format!("{}/src/exchange/tools.txt", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let any = lists.split("\n[csv] ").nth(1).unwrap().split("\n[").next().unwrap();
    let known: Vec<&str> = any
        .lines()
        .filter_map(|line| line.split_once(": "))
        .filter(|(key, _)| *key != "or number")
        .flat_map(|(_, headers)| headers.split('|'))
        .filter(|header| !header.ends_with('*'))
        .collect();
    let mut draw = Draw(7);
    for table in 0..1500 {
        let mut header = vec!["Title".to_owned()];
        for _ in 0..draw.below(12) {
            header.push(if draw.below(4) == 0 {
                format!("Own {}", draw.below(3))
            } else {
                (*draw.of(&known)).to_owned()
            });
        }
        let mut rows = vec![header.clone()];
        for row in 0..1 + draw.below(5) {
            let word = |column: usize| format!("wort{row}q{column}z");
            rows.push(
                (0..header.len())
                    .map(|column| if column > 0 && draw.below(4) == 0 { String::new() } else { word(column) })
                    .collect(),
            );
        }
        let found = reading(csv_of(&rows, *draw.of(b",;\t|")));
        assert_eq!(found.rejected, [], "table {table}: {header:?}");
        let everything: String = found.rows.iter().map(|row| said(&row.item)).collect();
        for cell in rows.iter().skip(1).flatten().filter(|cell| !cell.is_empty()) {
            assert!(everything.contains(cell.as_str()), "table {table}: {cell} of {header:?} is lost");
        }
    }
}

const FILES: [&str; 22] = [
    "azure-devops-lighthouse.csv",
    "linear-shortcut-repl.csv",
    "jira-server-poinz.csv",
    "depends-on-lighthouse.csv",
    "plane.csv",
    "own/aha.csv",
    "own/asana.csv",
    "own/confluence-page.html",
    "own/decimal-comma.csv",
    "own/excel-clipboard.html",
    "own/gh-issue-list.json",
    "own/github-projects.tsv",
    "own/github-rest-issues.json",
    "own/gitlab.csv",
    "own/google-sheets-clipboard.html",
    "own/linear-34-columns.csv",
    "own/miro.csv",
    "own/productboard.csv",
    "own/shortcut.csv",
    "own/table.md",
    "own/tasks.md",
    "own/trello-board.json",
];

/// Words of letters alone that are no part of a date.
fn words(text: &str) -> HashSet<String> {
    const DATES: &str = "monday tuesday wednesday thursday friday saturday sunday january february march april june july \
                         august september october november december true false null none never";
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric());
    let telling = words.filter(|word| word.chars().count() > 3 && word.chars().all(char::is_alphabetic));
    telling.filter(|word| !DATES.contains(word)).map(str::to_owned).collect()
}

fn mutated(bytes: &[u8], draw: &mut Draw) -> Vec<u8> {
    const TELLING: &[u8] = b"\",;\t|\n\r'=-0129/. \xff\xfe\0[]{}<>&#:\\xX";
    let mut bytes = bytes.to_vec();
    for _ in 0..1 + draw.below(6) {
        let at = draw.below(bytes.len());
        let some = at..(at + draw.below(60)).min(bytes.len());
        match draw.below(9) {
            0 => bytes[at] = *draw.of(TELLING),
            1 => bytes[at] ^= 1 << draw.below(8),
            2 => bytes.insert(at, *draw.of(TELLING)),
            3 => drop(bytes.drain(some)),
            4 => bytes.truncate(at.max(1)),
            5 => {
                let piece = bytes[some].to_vec();
                bytes.splice(at..at, piece);
            }
            6 => {
                let (from, to) = (*draw.of(b",;\t|\""), *draw.of(b",;\t|\"'"));
                bytes.iter_mut().filter(|byte| **byte == from).for_each(|byte| *byte = to);
            }
            7 => drop(bytes.splice(0..0, [0xEF, 0xBB, 0xBF])),
            _ => {
                let other = draw.below(bytes.len());
                bytes.swap(at, other);
            }
        }
        if bytes.is_empty() {
            bytes.push(b'\n');
        }
    }
    bytes
}

#[test]
fn ten_thousand_mutations_of_real_files_lose_no_row_and_no_word() {
    let mut files: Vec<(&str, Vec<u8>)> = FILES.map(|name| (name, bytes_of(name))).into();
    let thousands = bytes_of("jira-flow-4123-issues.csv");
    files.push(("jira-flow.csv", thousands.split_inclusive(|b| *b == b'\n').take(40).flatten().copied().collect()));
    // Of the long ones, the first rows do.
    for (_, bytes) in &mut files {
        bytes.truncate(6_000);
    }
    let mut draw = Draw(11);
    let (mut taken, mut looked_through, mut unterminated) = (0, 0, 0);
    for case in 0..10_000 {
        let (name, bytes) = draw.of(&files);
        let bytes = mutated(bytes, &mut draw);
        let found = match read(&bytes, &ReadOptions::default()) {
            Ok(found) => found,
            Err(error) => {
                assert!(!error.message().is_empty());
                unterminated += usize::from(error.code() == Code::UnterminatedQuote);
                continue;
            }
        };
        taken += 1;
        assert_eq!(found.read, found.rows.len() + found.rejected.len(), "{case}: {name}");
        for row in &found.rows {
            let item = Item { id: "LF-1".to_owned(), ..row.item.clone() };
            assert!(item.check().is_ok(), "{case}: {name}: {:?}", item.check());
        }
        let separated = !found.recognised.delimiter.is_empty();
        let Ok(text) = String::from_utf8(bytes) else { continue };
        if !separated || !found.rejected.is_empty() || text.contains("sep=") {
            continue;
        }
        looked_through += 1;
        // A quote out of place may join or cut words, so letters are compared without what stands between them.
        let letters = |text: &str| text.replace("\\n", "").chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let headers = found.recognised.columns.iter().map(|column| column.header.to_lowercase());
        let items = found.rows.iter().map(|row| said(&row.item));
        let said = letters(&headers.chain(items).collect::<String>());
        let lost: Vec<String> = words(&text).into_iter().filter(|word| !said.contains(word)).collect();
        assert!(lost.is_empty(), "{case}: {name}: {lost:?} of\n{text}\nthe rows are {:?}", found.rows);
    }
    assert!(taken > 5_000 && looked_through > 1_500, "{taken} were read, {looked_through} looked through");
    assert!(unterminated > 100, "{unterminated} quotes were found open");
}
