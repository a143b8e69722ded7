//! CommonMark 0.31, with the tables of GitHub Flavored Markdown.

use super::marks::Marks;

pub(super) const MARKS: Marks = Marks {
    title: ["# ", "\n"],
    heading: ["\n## ", "\n"],
    paragraph: ["\n", "\n"],
    list: ["\n", ""],
    point: ["* ", "\n"],
    table: ["\n", ""],
    row: ["", "|\n"],
    head: ["| ", " "],
    cell: ["| ", " "],
    rule: "| --- ",
    escape: escaped,
};

/// A text in which nothing is markup: neither within a line nor at its start, and no address becomes a link. What a
/// spreadsheet would run where somebody pastes the source has no sign that it knows.
fn escaped(text: &str) -> String {
    let spots = super::formula::spots(text);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mut out = String::new();
    let mut formula = false;
    for (place, (at, c)) in text.char_indices().enumerate() {
        formula = spots.contains(&at) || (formula && out.ends_with('\''));
        let begins = match place {
            0 => matches!(c, '+' | '-' | '=' | ':'),
            _ => place == digits && matches!(c, '.' | ')'),
        };
        let links = match c {
            '/' => out.ends_with('/'),
            '.' => out.get(out.len().saturating_sub(3)..).is_some_and(|end| end.eq_ignore_ascii_case("www")),
            _ => false,
        };
        if formula && !c.is_ascii_punctuation() {
            out.push_str(&format!("&#{};", c as u32));
            continue;
        }
        if begins || (formula && c != '\'') || links || "\\`*_[]{}<>|~&#$^@".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
