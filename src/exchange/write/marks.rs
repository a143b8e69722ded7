//! What a format puts around each part of a document.

use super::{Block, Document, line};

/// What goes before a part and behind it.
type Around = [&'static str; 2];

/// The marks of a format.
pub(super) struct Marks {
    pub(super) title: Around,
    pub(super) heading: Around,
    pub(super) paragraph: Around,
    pub(super) list: Around,
    pub(super) point: Around,
    pub(super) table: Around,
    pub(super) row: Around,
    pub(super) head: Around,
    pub(super) cell: Around,
    /// What stands for each column below the head of a table.
    pub(super) rule: &'static str,
    /// A line in which nothing is markup, and nothing a formula where it is pasted.
    pub(super) escape: fn(&str) -> String,
}

impl Marks {
    pub(super) fn write(&self, document: &Document) -> String {
        let mut out = String::new();
        self.put(&mut out, self.title, &document.title);
        for block in &document.blocks {
            match block {
                Block::Heading { text } => self.put(&mut out, self.heading, text),
                Block::Paragraph { text } => self.put(&mut out, self.paragraph, text),
                Block::List { points } => {
                    out.push_str(self.list[0]);
                    points.iter().for_each(|point| self.put(&mut out, self.point, point));
                    out.push_str(self.list[1]);
                }
                Block::Table { rows } => self.put_table(&mut out, rows),
            }
        }
        out
    }

    fn put_table(&self, out: &mut String, rows: &[Vec<String>]) {
        out.push_str(self.table[0]);
        for (place, row) in rows.iter().enumerate() {
            let around = if place == 0 { self.head } else { self.cell };
            out.push_str(self.row[0]);
            row.iter().for_each(|cell| self.put(out, around, cell));
            out.push_str(self.row[1]);
            if place == 0 && !self.rule.is_empty() {
                row.iter().for_each(|_| out.push_str(self.rule));
                out.push_str(self.row[1]);
            }
        }
        out.push_str(self.table[1]);
    }

    fn put(&self, out: &mut String, around: Around, text: &str) {
        out.push_str(around[0]);
        out.push_str(&(self.escape)(&line(text)));
        out.push_str(around[1]);
    }
}
