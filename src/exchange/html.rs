//! Tables and lists of a page or of what was copied from one, as text. Tolerant, as browsers are: nothing has to be closed,
//! and what is not known is left out or taken as text. Nothing is loaded and nothing runs.

/// What was found.
#[derive(Default)]
pub(super) struct Page {
    pub tables: Vec<Vec<Vec<String>>>,
    /// The points of all lists outside of tables, one a line, indented by their depth.
    pub points: String,
}

/// The most cells that one cell may span, in each direction.
const MAX_SPAN: usize = 200;
/// The most bytes that spanning cells may add to a page: a short file must not become a large table.
const MAX_ADDED: usize = 8 << 20;

/// Names of letters in what people write; all others are written as they are by what writes tables today.
const ENTITIES: &str = "amp&|lt<|gt>|quot\"|apos'|nbsp |auml\u{e4}|ouml\u{f6}|uuml\u{fc}|Auml\u{c4}|Ouml\u{d6}|Uuml\u{dc}|\
    szlig\u{df}|eacute\u{e9}|egrave\u{e8}|ecirc\u{ea}|agrave\u{e0}|aacute\u{e1}|acirc\u{e2}|ccedil\u{e7}|iacute\u{ed}|\
    oacute\u{f3}|uacute\u{fa}|ntilde\u{f1}|atilde\u{e3}|aring\u{e5}|oslash\u{f8}|aelig\u{e6}|ndash\u{2013}|mdash\u{2014}|\
    lsquo\u{2018}|rsquo\u{2019}|ldquo\u{201c}|rdquo\u{201d}|bdquo\u{201e}|hellip\u{2026}|bull\u{2022}|euro\u{20ac}|\
    rarr\u{2192}|times\u{d7}|frac12\u{bd}|middot\u{b7}";

/// Whether a text is a page, or a piece of one as the clipboard of Windows holds it.
pub(super) fn begins(shown: &str) -> bool {
    (shown.starts_with('<') && shown.contains('>')) || (shown.starts_with("Version:") && shown.contains("StartHTML:"))
}

/// A cell that reaches into the rows below it.
struct Below {
    column: usize,
    rows: usize,
    text: String,
}

/// A table that is still open.
#[derive(Default)]
struct Open {
    rows: Vec<Vec<String>>,
    row: Option<Vec<String>>,
    cell: Option<String>,
    /// Of the open cell: how many columns and rows it spans.
    spans: (usize, usize),
    below: Vec<Below>,
}

impl Open {
    fn end_cell(&mut self, left: &mut usize) {
        let (Some(row), Some(text)) = (&mut self.row, self.cell.take()) else { return };
        let text = tidy(&text);
        let (columns, rows) = self.spans;
        fill(row, &self.below, left);
        if rows > 1 && self.below.len() < MAX_SPAN {
            self.below.push(Below { column: row.len(), rows, text: text.clone() });
        }
        row.push(text);
        (1..columns).take_while(|_| spend(left, 0)).for_each(|_| row.push(String::new()));
    }

    fn end_row(&mut self, left: &mut usize) {
        self.end_cell(left);
        if let Some(mut row) = self.row.take() {
            fill(&mut row, &self.below, left);
            self.rows.push(row);
            self.below.iter_mut().for_each(|below| below.rows -= 1);
            self.below.retain(|below| below.rows > 0);
        }
    }

    fn begin_cell(&mut self, tag: &str, left: &mut usize) {
        self.end_cell(left);
        self.row.get_or_insert_default();
        let span = |name| attribute(tag, name).and_then(|span| span.parse().ok()).unwrap_or(1).clamp(1, MAX_SPAN);
        self.spans = (span("colspan"), span("rowspan"));
        self.cell = Some(String::new());
    }
}

/// Fills the next columns of a row from the cells that reach down into it.
fn fill(row: &mut Vec<String>, below: &[Below], left: &mut usize) {
    while let Some(found) = below.iter().find(|below| below.column == row.len() && spend(left, below.text.len())) {
        row.push(found.text.clone());
    }
}

/// Takes a cell of so many bytes off what may be added.
fn spend(left: &mut usize, bytes: usize) -> bool {
    let rest = left.checked_sub(bytes + size_of::<String>());
    *left = rest.unwrap_or(*left);
    rest.is_some()
}

/// Reads a page.
pub(super) fn read(text: &str) -> Page {
    let mut page = Page::default();
    let mut open: Vec<Open> = Vec::new();
    let mut depth = 0_usize;
    let mut in_point = false;
    let mut left = MAX_ADDED;
    // Behind the last one no tag ends.
    let last = text.rfind('>').unwrap_or(0);
    let mut rest = text.find('<').and_then(|at| text.get(at..)).unwrap_or_default();
    while !rest.is_empty() {
        let (before, from) = rest.split_at_checked(rest.find('<').unwrap_or(rest.len())).unwrap_or((rest, ""));
        let letters = unescaped(before);
        match open.last_mut() {
            Some(table) => table.cell.iter_mut().for_each(|cell| spaced(cell, &letters)),
            None if in_point => spaced(&mut page.points, &letters),
            None => {}
        }
        rest = from;
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let Some((tag, after)) = Some(rest).filter(|rest| text.len() - rest.len() < last).and_then(tag) else {
            rest = rest.get(1..).unwrap_or_default();
            continue;
        };
        rest = after;
        let name = tag.split(|c: char| c.is_whitespace() || c == '>').next().unwrap_or_default();
        let name = name.trim_end_matches('/').to_ascii_lowercase();
        let nested = open.len() < 20;
        let table = open.last_mut();
        match (name.as_str(), table) {
            ("script" | "style" | "title" | "template", _) => rest = behind(rest, &name),
            ("table", _) if nested => open.push(Open::default()),
            ("/table", Some(table)) => {
                table.end_row(&mut left);
                let rows = std::mem::take(&mut table.rows);
                open.pop();
                match open.last_mut().and_then(|outer| outer.cell.as_mut()) {
                    // A table inside a cell is the text of that cell.
                    Some(cell) => rows.iter().flatten().for_each(|text| {
                        cell.push_str(text);
                        cell.push('\n');
                    }),
                    None => page.tables.push(rows),
                }
            }
            ("tr", Some(table)) => {
                table.end_row(&mut left);
                table.row = Some(Vec::new());
            }
            ("/tr", Some(table)) => table.end_row(&mut left),
            ("td" | "th", Some(table)) => table.begin_cell(tag, &mut left),
            ("/td" | "/th", Some(table)) => table.end_cell(&mut left),
            (
                "br" | "p" | "/p" | "div" | "/div" | "li" | "/ul" | "/ol" | "/h1" | "/h2" | "/h3" | "ac:task",
                Some(table),
            ) => {
                table.cell.iter_mut().for_each(|cell| cell.push('\n'));
            }
            ("ul" | "ol", None) => depth += 1,
            ("/ul" | "/ol", None) => depth = depth.saturating_sub(1),
            ("li", None) => {
                page.points.push('\n');
                page.points.extend(std::iter::repeat_n("  ", depth.min(20)));
                page.points.push_str("- ");
                in_point = true;
            }
            ("/li", None) => in_point = false,
            ("input", None) if in_point && attribute(tag, "type") == Some("checkbox") => {
                let checked =
                    attribute(tag, "checked").is_some() || tag.split_whitespace().any(|word| word == "checked");
                page.points.push_str(if checked { "[x] " } else { "[ ] " });
            }
            _ => {}
        }
    }
    while let Some(mut table) = open.pop() {
        table.end_row(&mut left);
        page.tables.push(table.rows);
    }
    page.tables.retain(|rows| !rows.is_empty());
    page
}

/// The inside of the tag with which a text begins, and what follows it.
fn tag(text: &str) -> Option<(&str, &str)> {
    let inside =
        text.strip_prefix('<').filter(|inside| inside.starts_with(|c: char| c.is_alphabetic() || "/!?".contains(c)))?;
    let mut quote = None;
    let end = inside.char_indices().find(|(_, c)| {
        match quote {
            Some(open) if open == *c => quote = None,
            None if matches!(c, '"' | '\'') => quote = Some(*c),
            _ => {}
        }
        *c == '>' && quote.is_none()
    });
    // A quote that is never closed ends with the tag all the same.
    let end = end.map(|(at, _)| at).or_else(|| inside.find('>'))?;
    Some((inside.get(..end)?, inside.get(end + 1..)?))
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag;
    loop {
        let at = rest.find(name)?;
        let before = rest.get(..at)?;
        rest = rest.get(at + name.len()..)?;
        let value = rest.trim_start().strip_prefix('=').map(str::trim_start);
        if let Some(value) = value.filter(|_| before.ends_with([' ', '\n', '\r', '\t', '"', '\''])) {
            return match value.chars().next() {
                Some(quote @ ('"' | '\'')) => value.get(1..)?.split(quote).next(),
                _ => value.split(|c: char| c.is_whitespace() || c == '/').next(),
            };
        }
    }
}

/// What stands behind the end of an element whose contents are no text.
fn behind<'a>(text: &'a str, name: &str) -> &'a str {
    let ends = text.match_indices("</").map(|(at, _)| text.get(at + 2..).unwrap_or_default());
    let mut ends = ends.filter(|after| after.get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name)));
    ends.next().and_then(|end| end.split_once('>')).map_or("", |(_, after)| after)
}

/// Adds letters; white space of the source is one space.
fn spaced(cell: &mut String, letters: &str) {
    for letter in letters.chars() {
        if !matches!(letter, ' ' | '\n' | '\r' | '\t') {
            cell.push(letter);
        } else if !cell.ends_with([' ', '\n']) {
            cell.push(' ');
        }
    }
}

/// The lines of a cell, without blank ones at its ends.
fn tidy(cell: &str) -> String {
    let lines: Vec<&str> = cell.lines().map(str::trim).collect();
    lines.join("\n").trim_matches(|c: char| c.is_whitespace()).to_owned()
}

/// A text whose letters are written as they are.
pub(super) fn unescaped(text: &str) -> String {
    const LONGEST: usize = 10;
    let mut out = String::with_capacity(text.len());
    let mut pieces = text.split('&');
    out.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let named = piece.split_once(';').filter(|(name, _)| name.len() <= LONGEST);
        match named.and_then(|(name, rest)| letter(name).map(|letter| (letter, rest))) {
            Some((letter, rest)) => {
                out.push(letter);
                out.push_str(rest);
            }
            None => {
                out.push('&');
                out.push_str(piece);
            }
        }
    }
    out
}

fn letter(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let (digits, base) = number.strip_prefix(['x', 'X']).map_or((number, 10), |hex| (hex, 16));
        let mut code = 0_u32;
        for digit in digits.chars() {
            code = code.checked_mul(base)?.checked_add(digit.to_digit(base)?)?;
        }
        return char::from_u32(code).filter(|letter| *letter != '\0');
    }
    let known =
        ENTITIES.split('|').find_map(|entity| entity.strip_prefix(name).filter(|rest| rest.chars().count() == 1));
    known.and_then(|letter| letter.chars().next())
}
