//! Files that are damaged, empty, or no tables: an error with its place, and never a lost row or a panic.

use std::collections::BTreeMap;

use landfall::exchange::{FileReading, ReadOptions, read};
use landfall::{Code, Error};
use proptest::prelude::*;

use crate::import::bytes_of;

fn reading(file: impl AsRef<[u8]>) -> FileReading {
    let reading = read(file.as_ref(), &ReadOptions::default()).unwrap();
    assert_eq!(reading.read, reading.rows.len() + reading.rejected.len());
    reading
}

fn refused(file: impl AsRef<[u8]>) -> Error {
    read(file.as_ref(), &ReadOptions::default()).unwrap_err()
}

fn titles(reading: &FileReading) -> Vec<&str> {
    reading.rows.iter().map(|row| row.item.title.as_str()).collect()
}

#[test]
fn what_is_no_table_says_so() {
    for empty in ["", "\u{feff}", " \r\n\t\n"] {
        assert_eq!(refused(empty).code(), Code::EmptyFile, "{empty:?}");
    }
    for header in ["jira-cloud-header-95-columns.csv", "jira-cloud-header-48-columns.csv"] {
        let error = refused(bytes_of(header));
        assert_eq!(error.code(), Code::NoRows);
        assert!(error.message().contains("Jira export"), "{error}");
    }
    assert_eq!(refused("title,status\n").code(), Code::NoRows);
    assert_eq!(refused("title,status\n,\n \n").code(), Code::NoRows, "rows of nothing are none");
    assert_eq!(refused(bytes_of("not-a-csv-lighthouse.csv")).code(), Code::NotATable);
    assert_eq!(refused("Dear all,\n\nthis is a letter.\nIt goes on, and on, and on.\n\nBest").code(), Code::NotATable);
    assert_eq!(refused("<table><tr><td>title</td></tr></table>").code(), Code::NoRows);
    assert_eq!(refused("<html><body><p>Please log in</p></body></html>").code(), Code::NotATable);
    assert_eq!(refused("{\"total\": 2").code(), Code::NotJson);
    assert_eq!(refused("[1, 2]").code(), Code::NotATable);
    assert_eq!(refused("{\"format\": \"landfall\", \"version\": 1}").code(), Code::NotATable);
    assert_eq!(refused("[{\"title\": \"x\"},\n{\"title\" \"y\"}]").path(), Some("line 2, column 10"));
    assert!(refused(b"PK\x03\x04\x14\0\x06\0").message().contains("workbook"));
    assert_eq!(refused(b"title,\0status\nx,\0y\n").code(), Code::NotATable);
}

#[test]
fn columns_that_nobody_knows_need_a_mapping() {
    let error = refused("a,b,c\n1,2,3\n");
    assert_eq!(error.code(), Code::NeedsMapping);
    assert!(error.message().ends_with("Found are \"a\", \"b\", \"c\""), "{error}");
    let with = |left: &str, right: &str| {
        let mapping = BTreeMap::from([(left.to_owned(), right.to_owned())]);
        read(b"a,b,c\n1,2,3\n", &ReadOptions { mapping, ..ReadOptions::default() })
    };
    assert_eq!(titles(&with("b", "title").unwrap()), ["2"]);
    assert_eq!(titles(&with("title", "B").unwrap()), ["2"]);
    assert_eq!(with("b", "colour").unwrap_err().path(), Some("/mapping/b"));
    assert_eq!(with("z", "title").unwrap_err().message(), "the file has no column \"z\"");
    let format = ReadOptions { format: Some("excel".to_owned()), ..ReadOptions::default() };
    assert_eq!(read(b"title,b\n1,2\n", &format).unwrap_err().code(), Code::UnknownFormat);
}

#[test]
fn an_open_quote_is_reported_where_it_begins() {
    let place = |file: &str| {
        let error = refused(file);
        assert_eq!(error.code(), Code::UnterminatedQuote, "{file:?}: {error}");
        error.path().unwrap().to_owned()
    };
    assert_eq!(place("key,title\nA,one\nB,\"two\nC,three\n"), "line 3, column \"title\"");
    assert_eq!(place("key,title\r\nA,one\r\nB,\"two"), "line 3, column \"title\"");
    assert_eq!(place("key,title\n\"A\nB\",\"two\n"), "line 3, column \"title\"", "behind a cell of two lines");
    // The quote of the next row ends the cell, somewhere in the middle: no reader notices.
    assert_eq!(place("key,title\nA,\"one\nB,\"two\"\nC,three\n"), "line 2, column \"title\"");
    assert_eq!(place("key,title,notes\nA,\"one,x\nB,\"two\",y\nC,\"three\",z\n"), "line 2, column \"title\"");
    assert_eq!(place("\"key,title\nA,one\n"), "line 1");
}

#[test]
fn a_quote_out_of_place_in_one_row_costs_no_other() {
    let found = reading("key,title,notes\nA,\"say \"hi\" now\",x\nB,5\" pipe,y\nC,\"a,b\" c\",z,\nD,d,w\n");
    assert_eq!(titles(&found)[1..], ["5\" pipe", "d"]);
    assert_eq!((found.read, found.rejected[0].line), (4, 4));
    assert!(
        found.notes.iter().any(|note| note.starts_with("1 row has a quote that is not closed")),
        "{:?}",
        found.notes
    );
    // What a spreadsheet puts on the clipboard has its quotes as they are.
    assert_eq!(
        titles(&reading("title\tstatus\n\"Big\" idea\tnew\n\"open\tnew\nlast\tnew\n")),
        ["\"Big\" idea", "\"open", "last"]
    );
}

#[test]
fn line_ends_delimiters_and_encodings_are_found() {
    let expected = ["Größe €", "b"];
    let text = "key,title\nA,Größe €\nB,b\n";
    assert_eq!(titles(&reading(text)), expected);
    assert_eq!(titles(&reading(format!("\u{feff}{text}"))), expected);
    assert_eq!(titles(&reading(text.replace('\n', "\r\n"))), expected);
    assert_eq!(titles(&reading(text.replace('\n', "\r"))), expected);
    for delimiter in [";", "\t", "|"] {
        assert_eq!(titles(&reading(text.replace(',', delimiter))), expected, "{delimiter:?}");
    }
    assert_eq!(titles(&reading(format!("sep=;\r\n{}", text.replace(',', ";")))), expected);
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(titles(&reading([&[0xFF, 0xFE][..], &little].concat())), expected);
    assert_eq!(titles(&reading([&[0xFE, 0xFF][..], &big].concat())), expected);
    assert_eq!(titles(&reading(little)), expected);
    let western = reading(b"key,title\nA,Gr\xF6\xDFe \x80\nB,b\n");
    assert_eq!(titles(&western), expected);
    assert!(western.notes.iter().any(|note| note.contains("windows-1252")));
    assert_eq!(titles(&reading("Title\nonly one column\nand, a comma\n")), ["only one column", "and, a comma"]);
}

#[test]
fn lines_are_counted_as_an_editor_counts_them() {
    let file = "key,title\r\n\r\nA,\"a\r\nb\"\r\n\r\n,\r\nB,b\r\n";
    let lines: Vec<u64> = reading(file).rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [3, 7]);
    let lines: Vec<u64> = reading(file.replace("\r\n", "\r")).rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [3, 7]);
}

#[test]
fn rows_of_another_width_are_taken_and_doubles_are_not() {
    let found = reading("key,title,notes\nA,a\nB,b,n,,\nC,c,n,more\nA,again,\n,,lost\n,no key,\n");
    assert_eq!(titles(&found), ["a", "b", "c", "no key"]);
    assert_eq!(found.rows[2].item.columns["Column 4"], "more");
    assert!(found.notes.iter().any(|note| note == "1 row has more cells than the header; they are kept: line 4"));
    let rejected: Vec<(u64, &str)> = found.rejected.iter().map(|r| (r.line, r.reason.as_str())).collect();
    assert_eq!(
        rejected,
        [
            (5, "\"A\" stands in line 2 already: each key may occur once"),
            (6, "the row has no title and no key: give it one of them"),
        ]
    );
}

#[test]
fn texts_beyond_all_bounds_are_cut_and_kept() {
    let long = "x".repeat(5000);
    let found = reading(format!("key,title\nA,{long}\n{long},b\n"));
    assert_eq!(found.rows[0].item.title.len(), 2000);
    assert_eq!(found.rows[0].item.columns["title"], long);
    assert!(found.rows[0].item.check().is_ok());
    assert_eq!(found.rejected[0].column.as_deref(), Some("key"));
    let found = reading(format!(
        "key,title,labels,team,sprint,as a\nA,a,{long},{long},{long},{}\nB,b,,Core,,\n",
        "y".repeat(200_001)
    ));
    let item = &found.rows[0].item;
    assert_eq!((item.tags[0].len(), item.sprint.as_ref().unwrap().len(), item.story.as_a.len()), (2000, 2000, 200_000));
    for header in ["labels", "team", "sprint"] {
        assert_eq!(item.columns[header], long);
    }
    assert_eq!(item.columns["as a"].len(), 200_001);
    assert!(found.notes.iter().any(|note| note.starts_with("4 texts are too long and were cut")), "{:?}", found.notes);
    let wide = format!("title{}\nx\n", ",c".repeat(2000));
    assert_eq!(refused(wide).code(), Code::TooLarge);
    let tall = format!("title,b\n{}", "x,\n".repeat(200_001));
    assert_eq!(refused(tall).code(), Code::TooLarge);
}

#[test]
fn every_file_of_csv_spectrum_is_read_by_mapping_a_column() {
    let expected: &[(&str, &str, &str, &[&str])] = &[
        ("comma_in_quotes", "first", "city", &["Anytown, WW"]),
        ("empty", "a", "b", &["", "3"]),
        ("empty_crlf", "a", "b", &["", "3"]),
        ("escaped_quotes", "a", "b", &["ha \"ha\" ha", "4"]),
        ("json", "key", "val", &["{\"type\": \"Point\", \"coordinates\": [102.0, 0.5]}"]),
        ("newlines", "b", "a", &["1", "Once upon \na time", "7"]),
        ("newlines_crlf", "b", "a", &["1", "Once upon \na time", "7"]),
        ("quotes_and_newlines", "a", "b", &["ha \n\"ha\" \nha", "4"]),
        ("simple", "a", "b", &["2"]),
        ("simple_crlf", "a", "b", &["2"]),
        ("utf8", "a", "c", &["3", "ʤ"]),
    ];
    for (name, title, notes, cells) in expected {
        let mapping = [(*title, "title"), (*notes, "notes")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        let options = ReadOptions { mapping: BTreeMap::from(mapping), ..ReadOptions::default() };
        let found = read(&bytes_of(&format!("csv-spectrum/{name}.csv")), &options).unwrap();
        let read: Vec<&str> = found.rows.iter().map(|row| row.item.notes.as_str()).collect();
        assert_eq!(read, *cells, "{name}");
        assert_eq!(found.read, cells.len(), "{name}");
    }
}

#[test]
fn a_hundred_thousand_rows_with_long_chains_are_read() {
    let rows: Vec<String> = (0..100_000)
        .map(|k| format!("A-{k},Title {k},Closed,3,2025-01-{:02},A-{},A-{}\n", k % 28 + 1, k + 1, k + 1))
        .collect();
    let found = reading(format!("key,title,status,points,closed,parent,depends on\n{}", rows.concat()));
    assert_eq!((found.rows.len(), found.rejected.len()), (100_000, 0));
}

const FILES: [&str; 6] = [
    "azure-devops-lighthouse.csv",
    "linear-shortcut-repl.csv",
    "jira-server-poinz.csv",
    "depends-on-lighthouse.csv",
    "plane.csv",
    "jira-cloud-header-95-columns.csv",
];

fn mutated(file: &str, changes: &[(usize, u8, u8)]) -> Vec<u8> {
    const TELLING: &[u8] = b"\",;\t|\n\r'=-0129/. \xff\xfe\0[{<";
    let mut bytes = bytes_of(file);
    for (at, kind, value) in changes {
        let at = at % bytes.len().max(1);
        let byte = if value % 2 == 0 { TELLING[usize::from(*value) / 2 % TELLING.len()] } else { *value };
        match kind % 5 {
            0 => bytes[at] = byte,
            1 => bytes.insert(at, byte),
            2 => drop(bytes.remove(at)),
            3 => bytes.truncate(at.max(1)),
            _ => {
                let piece: Vec<u8> = bytes[at..].iter().take(usize::from(*value)).copied().collect();
                bytes.splice(at..at, piece);
            }
        }
        if bytes.is_empty() {
            bytes.push(byte);
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_mutated_export_never_panics_and_loses_no_row(
        file in 0..FILES.len(),
        changes in prop::collection::vec((any::<usize>(), any::<u8>(), any::<u8>()), 1..12),
        mapped in any::<bool>(),
    ) {
        let mut options = ReadOptions::default();
        if mapped {
            options.mapping.insert("title".to_owned(), "Name".to_owned());
        }
        if let Ok(found) = read(&mutated(FILES[file], &changes), &options) {
            prop_assert_eq!(found.read, found.rows.len() + found.rejected.len());
            for row in &found.rows {
                let mut item = row.item.clone();
                if item.id.is_empty() {
                    item.id = "LF-1".to_owned();
                }
                prop_assert!(item.check().is_ok(), "{:?}", item.check());
            }
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "(title|key|status|points|closed)?[,;\t\n\r\"'a-c0-9/. é-]{0,200}") {
        if let Ok(found) = read(text.as_bytes(), &ReadOptions::default()) {
            prop_assert_eq!(found.read, found.rows.len() + found.rejected.len());
        }
    }

    #[test]
    fn any_table_gives_back_its_titles(titles in prop::collection::vec("[a-zA-Z\",;\n |\t é]{1,30}[a-z]", 1..12)) {
        let quoted = |title: &String| format!("\"{}\"", title.replace('"', "\"\""));
        let rows: Vec<String> = titles.iter().map(|title| format!("{},new\n", quoted(title))).collect();
        let found = reading(format!("title,status\n{}", rows.concat()));
        let wanted: Vec<String> = titles.iter().map(|t| {
            let line = t.trim();
            if line.contains('\n') { line.split_whitespace().collect::<Vec<_>>().join(" ") } else { line.to_owned() }
        }).collect();
        prop_assert_eq!(found.rows.iter().map(|row| row.item.title.clone()).collect::<Vec<_>>(), wanted);
    }
}
