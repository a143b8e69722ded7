//! CommonMark 0.31, with the tables of GitHub Flavored Markdown.

use super::{Block, Document, line};

pub(super) fn write(document: &Document) -> String {
    let mut out = format!("# {}\n", escaped(&document.title));
    for block in &document.blocks {
        out.push('\n');
        match block {
            Block::Heading { text } => out.push_str(&format!("## {}\n", escaped(text))),
            Block::Paragraph { text } => out.push_str(&format!("{}\n", escaped(text))),
            Block::List { points } => points.iter().for_each(|point| out.push_str(&format!("- {}\n", escaped(point)))),
            Block::Table { rows } => {
                for (place, row) in rows.iter().enumerate() {
                    row.iter().for_each(|cell| out.push_str(&format!("| {} ", escaped(cell))));
                    out.push_str("|\n");
                    if place == 0 {
                        out.push_str(&"| --- ".repeat(row.len()));
                        out.push_str("|\n");
                    }
                }
            }
        }
    }
    out
}

/// A text in which nothing is markup: neither within a line nor at its start, and no address becomes a link.
fn escaped(text: &str) -> String {
    let text = line(text);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mut out = String::new();
    let mut rest = text.chars().enumerate().peekable();
    while let Some((place, c)) = rest.next() {
        let begins = match place {
            0 => matches!(c, '+' | '-' | '='),
            _ => place == digits && matches!(c, '.' | ')'),
        };
        let links = match c {
            ':' => rest.peek().is_some_and(|(_, next)| *next == '/'),
            '.' => out.get(out.len().saturating_sub(3)..).is_some_and(|end| end.eq_ignore_ascii_case("www")),
            _ => false,
        };
        if begins || links || "\\`*_[]{}<>|~&#$^@".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
