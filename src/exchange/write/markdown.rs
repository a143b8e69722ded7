//! CommonMark 0.31, with the tables of GitHub Flavored Markdown.

use super::marks::Marks;

pub(super) const MARKS: Marks = Marks {
    title: ["# ", "\n"],
    heading: ["\n## ", "\n"],
    paragraph: ["\n", "\n"],
    list: ["\n", ""],
    point: ["- ", "\n"],
    table: ["\n", ""],
    row: ["", "|\n"],
    head: ["| ", " "],
    cell: ["| ", " "],
    rule: "| --- ",
    escape: escaped,
};

/// A text in which nothing is markup: neither within a line nor at its start, and no address becomes a link.
fn escaped(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mut out = String::new();
    for (place, c) in text.chars().enumerate() {
        let begins = match place {
            0 => matches!(c, '+' | '-' | '=' | ':'),
            _ => place == digits && matches!(c, '.' | ')'),
        };
        let links = match c {
            '/' => out.ends_with('/'),
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
