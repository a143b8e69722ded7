//! Stories as a table: Markdown's, a wiki's, or columns out of a sheet.

use csv::ReaderBuilder;

use super::field::{Field, field};
use super::line::plain;
use super::{MAX_STORIES, ReadStory, parts};
use crate::story::sentence::sentence;

/// The stories of the first table whose header names parts of a story.
pub(super) fn read(text: &str) -> Option<Vec<ReadStory>> {
    let mut rest = text;
    while !rest.is_empty() {
        let (line, behind) = rest.split_once('\n').unwrap_or((rest, ""));
        for delimiter in ['|', '\t', ';', ','].into_iter().filter(|delimiter| line.contains(*delimiter)) {
            let columns: Vec<Option<Field>> = cells(line, delimiter).iter().map(|cell| field(cell)).collect();
            if !is_header(&columns, delimiter) {
                continue;
            }
            let rows = if delimiter == '|' { barred(behind) } else { separated(behind, delimiter) };
            let stories = rows.iter().take(MAX_STORIES).filter_map(|row| story(&columns, row)).collect::<Vec<_>>();
            if !stories.is_empty() {
                return Some(stories);
            }
        }
        rest = behind;
    }
    None
}

fn is_header(columns: &[Option<Field>], delimiter: char) -> bool {
    let known = columns.iter().flatten().filter(|field| **field != Field::Other).count();
    let whole = columns.iter().flatten().any(|field| matches!(field, Field::Story | Field::Title | Field::Want));
    whole
        && (known >= 2 || (known == 1 && columns.len() > 1 && columns.iter().flatten().count() > 1 && delimiter != ','))
}

fn cells(line: &str, delimiter: char) -> Vec<String> {
    if delimiter != '|' {
        return line.split(delimiter).map(|cell| plain(cell.trim().trim_matches('"'))).collect();
    }
    let line = line.trim();
    let line = if line.starts_with("||") { line.replace("||", "|") } else { line.to_owned() };
    let inner = line.strip_prefix('|').unwrap_or(&line);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    inner.replace("\\|", "\u{1}").split('|').map(|cell| plain(&cell.replace('\u{1}', "|"))).collect()
}

fn barred(text: &str) -> Vec<Vec<String>> {
    let rule = |line: &str| line.chars().all(|letter| matches!(letter, '|' | '-' | ':' | ' ' | '\t' | '\r'));
    let rows = text.lines().take_while(|line| line.contains('|')).filter(|line| !rule(line));
    rows.map(|line| cells(line, '|')).collect()
}

fn separated(text: &str, delimiter: char) -> Vec<Vec<String>> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .from_reader(text.as_bytes());
    let rows = reader.records().map_while(Result::ok).filter(|row| row.len() > 1);
    rows.map(|row| row.iter().map(|cell| cell.trim().to_owned()).collect()).collect()
}

fn story(columns: &[Option<Field>], row: &[String]) -> Option<ReadStory> {
    let mut story = ReadStory::default();
    for (field, cell) in columns.iter().zip(row).filter(|(_, cell)| !cell.is_empty()) {
        let text = plain(cell);
        match field {
            Some(Field::Title) => story.title = text,
            Some(Field::Story) => match sentence(&text) {
                Some(sentence) => story.fill(&sentence),
                None if story.title.is_empty() => story.title = text,
                None => {}
            },
            Some(Field::Role) => story.as_a = parts::role(&text),
            Some(Field::Want) => story.i_want = parts::want(&text),
            Some(Field::Benefit) => story.so_that = parts::benefit(&text),
            Some(Field::Criteria) => story.criteria = parts::criteria(cell),
            _ => {}
        }
    }
    story.titled()
}
