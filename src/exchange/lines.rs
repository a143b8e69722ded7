//! Lists of lines to a table: tasks in Markdown, bullets, and notes, one a line.
//!
//! `- [ ]` and `- [x]` are tasks that are open and done, `[/]` one in progress, `[-]` one that is declined. What is
//! indented below a task is a part of it where it is a task too, else one of its notes. A heading is the epic of the tasks
//! below it, unless it is the title of the whole or the name of a status, as of a board's column.

use super::contents::{LINES, MARKDOWN};
use super::markdown::plain;
use super::rows::Trouble;
use super::sizes::{self, Notation, Size};
use super::table::{MAX_ROWS, Table, check_size};
use super::tools::Tools;
use super::words;
use crate::error::{Code, Error, Result};
use crate::plan::Status;
use crate::story::read_stories;

/// How deep a list is read as a tree; what lies deeper stands on this level.
const DEPTH: usize = 9;
/// The columns behind the title's.
const HEADER: [&str; 9] =
    ["Type", "Status", "Points", "Link", "As a", "I want", "So that", "Acceptance criteria", "Notes"];

/// A line without its marks.
struct Line<'a> {
    indent: usize,
    /// The level of a heading; 0 for others.
    heading: usize,
    bullet: bool,
    status: Option<Status>,
    text: &'a str,
}

fn line(line: &str) -> Line<'_> {
    let text = line.trim();
    let indent = line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum();
    let heading = text.bytes().take_while(|b| *b == b'#').count();
    if let Some(text) = text.get(heading..).filter(|rest| (1..=6).contains(&heading) && rest.starts_with(' ')) {
        return Line { indent, heading, bullet: false, status: None, text: text.trim().trim_end_matches('#').trim() };
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = || text.get(digits..)?.strip_prefix(['.', ')']).filter(|rest| digits > 0 && rest.starts_with(' '));
    let marked = text.strip_prefix(['-', '*', '+', '•', '◦', '▪', '●', '○', '–', '·']);
    let marked = marked.filter(|rest| rest.starts_with(char::is_whitespace)).or_else(numbered);
    let text = marked.map_or(text, str::trim);
    let boxed = [
        ("[ ]", Status::Todo),
        ("[]", Status::Todo),
        ("[x]", Status::Done),
        ("[X]", Status::Done),
        ("[/]", Status::InProgress),
        ("[-]", Status::Declined),
        ("☐", Status::Todo),
        ("☑", Status::Done),
        ("✅", Status::Done),
    ];
    let ticked = boxed.iter().find_map(|(mark, status)| {
        text.strip_prefix(mark).filter(|rest| rest.starts_with(char::is_whitespace)).map(|rest| (*status, rest.trim()))
    });
    let (status, text) = ticked.map_or((None, text), |(status, rest)| (Some(status), rest));
    Line { indent, heading: 0, bullet: marked.is_some(), status, text }
}

fn filled(text: &str) -> impl Iterator<Item = Line<'_>> {
    text.lines().map(line).filter(|line| !line.text.is_empty())
}

/// Whether a text is a list: of tasks, or at least half of it bullets and headings.
pub(super) fn is_list(text: &str) -> bool {
    let (mut all, mut marked) = (0, 0);
    for line in filled(text) {
        if line.status.is_some() {
            return true;
        }
        all += 1;
        marked += usize::from(line.bullet || line.heading > 0);
    }
    marked * 2 >= all && marked > 0
}

/// Whether a text can be notes, one a line. A letter or an article cannot: its sentences run on over its lines.
pub(super) fn is_notes(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).peekable();
    let mut words = 0;
    while let Some(line) = lines.next() {
        let small = |next: &&str| next.starts_with(char::is_lowercase);
        let runs_on = line.len() > 60 && !line.ends_with(['.', '!', '?', ':']) && lines.peek().is_some_and(small);
        if line.ends_with(',') || runs_on {
            return false;
        }
        words += line.split_whitespace().count();
    }
    words > 1
}

/// A title without the size before or behind it: `(5) title`, `title [3 points]`.
pub(super) fn sized(title: &str) -> (String, String) {
    const MOST: f64 = 100.0;
    let size = |inner: &str| match sizes::size(inner, Notation::default()) {
        Size::Known(size) => inner.starts_with(|c: char| c.is_ascii_digit()) && size.mean() <= MOST,
        _ => false,
    };
    let title = title.trim();
    for (open, close) in [('(', ')'), ('[', ']')] {
        let first = title.strip_prefix(open).and_then(|rest| rest.split_once(close));
        let last = title.strip_suffix(close).and_then(|rest| rest.rsplit_once(open)).map(|(rest, inner)| (inner, rest));
        for (inner, rest) in [first, last].into_iter().flatten() {
            if size(inner.trim()) && !rest.trim().is_empty() {
                return (rest.trim().to_owned(), inner.trim().to_owned());
            }
        }
    }
    (title.to_owned(), String::new())
}

/// `[title](link)`.
fn linked(text: &str) -> (&str, &str) {
    let parts = text.strip_prefix('[').and_then(|text| text.strip_suffix(')')).and_then(|text| text.split_once("]("));
    parts.filter(|(title, link)| !title.is_empty() && link.contains("://")).unwrap_or((text, ""))
}

/// What an item is made of: its place, the level at which it stands, and the columns behind the title.
struct Entry {
    line: u64,
    level: usize,
    indent: usize,
    title: String,
    cells: [String; HEADER.len()],
}

impl Entry {
    fn of(line: u64, level: usize, indent: usize, text: &str, marked: bool) -> Self {
        let (bare, points) = sized(text);
        let (bare, link) = linked(&bare);
        let mut title = if marked { plain(bare) } else { bare.to_owned() };
        let mut story = Vec::new();
        if title.contains("want") {
            story = read_stories(&title);
        }
        let mut entry = Self { line, level, indent, title: String::new(), cells: Default::default() };
        let [_, _, points_cell, link_cell, ..] = &mut entry.cells;
        *points_cell = points;
        link.clone_into(link_cell);
        if let ([story], [.., as_a, i_want, so_that, _, _]) = (story.as_slice(), &mut entry.cells)
            && let (Some(who), Some(what)) = (&story.as_a, &story.i_want)
        {
            who.clone_into(as_a);
            what.clone_into(i_want);
            *so_that = story.so_that.clone().unwrap_or_default();
            story.title.clone_into(&mut title);
        }
        entry.title = title;
        entry
    }

    fn set(&mut self, kind: &str, status: Option<Status>) {
        let [type_cell, status_cell, ..] = &mut self.cells;
        kind.clone_into(type_cell);
        status.map(Status::as_str).unwrap_or_default().clone_into(status_cell);
    }
}

/// Reads a list.
pub(super) fn table(text: &str) -> Result<Table> {
    let marked = is_list(text);
    // Between tasks and headings, sentences are no items; among bullets they are, unless they announce them.
    let tasks = marked && filled(text).any(|line| line.status.is_some() || line.heading > 0);
    if !tasks && text.contains("want") {
        let stories = read_stories(text);
        if stories.iter().any(|story| !story.criteria.is_empty() && story.i_want.is_some()) {
            return of_stories(stories);
        }
    }
    let tools = Tools::read();
    // The one heading of the highest level is the title of the whole.
    let mut title = None;
    for line in filled(text).filter(|line| line.heading > 0) {
        title = if title.is_none_or(|title| line.heading > title) { title.or(Some(line.heading)) } else { Some(0) };
    }
    let mut entries: Vec<Entry> = Vec::new();
    // The places of those below which a line may stand, from the top.
    let mut path: Vec<usize> = Vec::new();
    let mut epic: Option<(u64, &str)> = None;
    let mut under = 0;
    let mut column = None;
    let mut beside = Trouble::default();
    let mut fenced = false;
    for (number, raw) in (1..).zip(text.lines()) {
        let line = line(raw);
        let text = line.text;
        let fence = text.starts_with("```");
        fenced ^= fence;
        let rule = text.len() > 2 && text.bytes().all(|b| b == b'-' || b == b'*' || b == b'_');
        if text.is_empty() || fence || (marked && rule) {
            continue;
        }
        if line.heading > 0 && marked && !fenced {
            (epic, under) = (None, 0);
            let meaning = tools.words().and_then(|all| words::status(text, all, all)).filter(|meaning| meaning.sure);
            column = meaning.map(|meaning| meaning.value);
            if Some(line.heading) == title {
                beside.add(|| format!("line {number}"));
            } else if column.is_none() {
                epic = Some((number, text));
            }
            continue;
        }
        if marked && line.status.is_none() && (fenced || !line.bullet || line.indent > 0) {
            // What is no task belongs to the task above it, if it is indented.
            let is_part = line.bullet
                && !fenced
                && entries.last().and_then(|last| last.cells.get(1)).is_some_and(String::is_empty);
            let above = |place: &&usize| entries.get(**place).is_some_and(|last| line.indent > last.indent);
            let above = path.iter().rev().find(above).copied();
            match above.and_then(|place| entries.get_mut(place)) {
                Some(last) if !is_part => {
                    let [.., notes] = &mut last.cells;
                    notes.push_str(if notes.is_empty() { "" } else { "\n" });
                    notes.push_str(raw.trim());
                    continue;
                }
                None if fenced || (!line.bullet && (tasks || text.ends_with(':'))) => {
                    beside.add(|| format!("line {number}"));
                    continue;
                }
                _ => {}
            }
        }
        if let Some((line, title)) = epic.take() {
            let mut heading = Entry::of(line, 0, 0, title, true);
            heading.set("epic", None);
            path = vec![entries.len()];
            entries.push(heading);
            under = 1;
        }
        let beside = |place: &mut usize| {
            entries.get(*place).is_some_and(|last| last.level >= under && last.indent >= line.indent)
        };
        while path.pop_if(beside).is_some() {}
        let parent = path.last().and_then(|place| entries.get(*place));
        let level = parent.filter(|parent| parent.level >= under).map_or(under, |parent| parent.level + 1);
        let mut entry = Entry::of(number, level.min(DEPTH - 1), line.indent, text, marked);
        let open = line.status.is_none_or(Status::is_open);
        entry.set("", column.filter(|_| open && line.status != Some(Status::InProgress)).or(line.status));
        path.push(entries.len());
        entries.push(entry);
        check_size(0, entries.len(), MAX_ROWS)?;
    }
    let mut table = of_entries(if tasks { MARKDOWN } else { LINES }, entries)?;
    if beside.count > 0 {
        let lines = if beside.count == 1 { "1 line is" } else { &format!("{} lines are", beside.count) };
        table.notes.push(format!("{lines} no item and left out: {}", beside.spelt()));
    }
    Ok(table)
}

fn of_entries(format: &'static str, entries: Vec<Entry>) -> Result<Table> {
    let mut levels = 1;
    let mut used = [false; HEADER.len()];
    for entry in &entries {
        levels = levels.max(entry.level + 1);
        for (used, cell) in used.iter_mut().zip(&entry.cells) {
            *used |= !cell.is_empty();
        }
    }
    let mut header: Vec<String> = Vec::new();
    for level in 1..=levels {
        header.push(format!("Title {level}"));
    }
    for (name, _) in HEADER.iter().zip(used).filter(|(_, used)| *used) {
        header.push((*name).to_owned());
    }
    let mut rows = Vec::new();
    for entry in entries {
        let mut row = vec![String::new(); levels];
        if let Some(slot) = row.get_mut(entry.level) {
            *slot = entry.title;
        }
        for (cell, _) in entry.cells.into_iter().zip(used).filter(|(_, used)| *used) {
            row.push(cell);
        }
        rows.push((entry.line, row));
    }
    let table = Table::of(format, header, rows)?;
    if table.rows.is_empty() {
        let message = "the text holds no line that could be an item: paste one item a line";
        return Err(Error::new(Code::NoRows, message).at("line 1"));
    }
    Ok(Table { tool: Some(LINES), ..table })
}

fn of_stories(stories: Vec<crate::story::ReadStory>) -> Result<Table> {
    let mut entries = Vec::new();
    for (place, story) in (1..).zip(stories) {
        let mut entry = Entry { line: place, level: 0, indent: 0, title: story.title, cells: Default::default() };
        let [_, _, _, _, as_a, i_want, so_that, criteria, _] = &mut entry.cells;
        *as_a = story.as_a.unwrap_or_default();
        *i_want = story.i_want.unwrap_or_default();
        *so_that = story.so_that.unwrap_or_default();
        for text in story.criteria {
            criteria.push_str("- ");
            criteria.push_str(&text);
            criteria.push('\n');
        }
        entries.push(entry);
    }
    let mut table = of_entries(LINES, entries)?;
    table.notes.push("the text was read as user stories with their acceptance criteria".to_owned());
    Ok(table)
}

/// Cells as notes.
pub(super) fn of_cells(cells: &[(u64, String)]) -> Result<Table> {
    check_size(0, cells.len(), MAX_ROWS)?;
    let mut entries = Vec::new();
    for (line, text) in cells {
        entries.push(Entry::of(*line, 0, 0, text, false));
    }
    of_entries(LINES, entries)
}

/// A table of one column without a header, as quoted notes of several lines are one.
pub(super) fn of_notes(table: Table) -> Result<Table> {
    let mut cells = Vec::new();
    for text in table.header {
        cells.push((1, text));
    }
    for row in &table.rows {
        cells.push((row.line, row.cell(0).to_owned()));
    }
    of_cells(&cells)
}
