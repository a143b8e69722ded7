//! Text for a mail or a chat.

use super::{Block, Document, line};

/// A column is made no wider for the sake of a longer cell.
const WIDE: usize = 48;

pub(super) fn write(document: &Document) -> String {
    let mut out = headed(&document.title, "=");
    for block in &document.blocks {
        out.push('\n');
        match block {
            Block::Heading { text } => out.push_str(&headed(text, "-")),
            Block::Paragraph { text } => out.push_str(&format!("{}\n", line(text))),
            Block::List { points } => points.iter().for_each(|point| out.push_str(&format!("- {}\n", line(point)))),
            Block::Table { rows } => out.push_str(&table(rows)),
        }
    }
    out
}

fn headed(text: &str, rule: &str) -> String {
    let text = line(text);
    format!("{text}\n{}\n", rule.repeat(text.chars().count().clamp(1, WIDE)))
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
        row.iter().zip(&widths).for_each(|(cell, width)| out.push_str(&format!("{:width$}  ", line(cell))));
        out.truncate(start.max(out.trim_end_matches(' ').len()));
        out.push('\n');
    }
    out
}
