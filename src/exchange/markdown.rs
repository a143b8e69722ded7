//! Tables in Markdown: GitHub's, with a rule of dashes below the head.

use crate::pace::Pace;

/// The tables of a text, in order.
pub(super) async fn tables(text: &str, pace: &Pace) -> Vec<Vec<Vec<String>>> {
    let mut tables: Vec<Vec<Vec<String>>> = Vec::new();
    let mut lines = text.lines().peekable();
    let mut count: u32 = 0;
    while let Some(line) = lines.next() {
        count = count.wrapping_add(1);
        if count.is_multiple_of(1 << 11) {
            pace.step(0.0).await;
        }
        if !line.contains('|') || !lines.peek().is_some_and(|next| is_rule(next)) {
            continue;
        }
        let head = cells(line);
        if lines.next().is_none_or(|rule| cells(rule).len() != head.len()) {
            continue;
        }
        let mut rows = vec![head];
        while let Some(row) = lines.next_if(|line| line.contains('|')) {
            rows.push(cells(row));
        }
        tables.push(rows);
    }
    tables
}

fn is_rule(line: &str) -> bool {
    line.contains("--") && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t')) && line.contains('|')
}

/// The cells of a line, between bars that no backslash guards.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = vec![String::new()];
    let mut guarded = false;
    for letter in line.chars() {
        if letter == '|' && !guarded {
            cells.push(String::new());
        } else if let Some(cell) = cells.last_mut() {
            cell.push(letter);
        }
        guarded = letter == '\\' && !guarded;
    }
    // The bar at the end of a line closes its last cell.
    cells.pop_if(|last| last.trim().is_empty());
    cells.iter().map(|cell| plain(cell)).collect()
}

/// A text without the marks around all of it, without guards, and with the line breaks of a cell.
pub(super) fn plain(text: &str) -> String {
    let mut text = text.trim();
    for mark in ["**", "__", "`"] {
        let inner = text.strip_prefix(mark).and_then(|text| text.strip_suffix(mark));
        text = inner.filter(|inner| !inner.is_empty() && !inner.contains(mark)).unwrap_or(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let guards = letter == '\\' && letters.peek().is_some_and(char::is_ascii_punctuation);
        out.extend(if guards { letters.next() } else { Some(letter) });
    }
    let out = out.replace("<br>", "\n").replace("<br/>", "\n").replace("<br />", "\n");
    super::html::unescaped(&out)
}
