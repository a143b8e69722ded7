//! Text for a mail or a chat.

use super::formula::guarded;
use super::{Block, Document};

/// A column is made no wider for the sake of a longer cell.
const WIDE: usize = 48;

/// A line that a spreadsheet does not run.
fn line(text: &str) -> String {
    guarded(&super::line(text)).into_owned()
}

pub(super) fn write(document: &Document) -> String {
    let mut out = headed(&document.title, '=');
    for block in &document.blocks {
        out.push('\n');
        match block {
            Block::Heading { text } => out.push_str(&headed(text, '-')),
            Block::Paragraph { text } => out.push_str(&format!("{}\n", line(text))),
            Block::List { points } => points.iter().for_each(|point| out.push_str(&format!("* {}\n", line(point)))),
            Block::Table { rows } => out.push_str(&table(rows)),
        }
    }
    out
}

fn headed(text: &str, rule: char) -> String {
    let mut text = line(text);
    let width = text.chars().count().clamp(1, WIDE);
    text.push('\n');
    (0..width).for_each(|_| text.push(rule));
    text.push('\n');
    text
}

fn table(rows: &[Vec<String>]) -> String {
    let mut widths = vec![0; rows.first().map_or(0, Vec::len)];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = line(cell).chars().count().min(WIDE).max(*width);
        }
    }
    let mut out = String::new();
    for row in rows {
        let start = out.len();
        for (cell, width) in row.iter().zip(&widths) {
            let cell = line(cell);
            out.push_str(&cell);
            (cell.chars().count()..*width).for_each(|_| out.push(' '));
            out.push_str("  ");
        }
        out.truncate(start.max(out.trim_end_matches(' ').len()));
        out.push('\n');
    }
    out
}
