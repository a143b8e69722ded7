//! HTML, in the part of it that is XHTML too.

use super::marks::Marks;
use super::{Document, line};

pub(super) const MARKS: Marks = Marks {
    title: ["<h1>", "</h1>\n"],
    heading: ["<h2>", "</h2>\n"],
    paragraph: ["<p>", "</p>\n"],
    list: ["<ul>", "</ul>\n"],
    point: ["<li>", "</li>"],
    table: ["<table><tbody>\n", "</tbody></table>\n"],
    row: ["<tr>", "</tr>\n"],
    head: ["<th>", "</th>"],
    cell: ["<td>", "</td>"],
    rule: "",
    escape: escaped,
};

pub(super) fn write(document: &Document) -> String {
    let title = escaped(&line(&document.title));
    let body = MARKS.write(document);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/><title>{title}</title><style>\
         body{{font:16px/1.5 system-ui,sans-serif;max-width:56em;margin:2em auto;padding:0 1em}}\
         table{{border-collapse:collapse}}th,td{{border:1px solid #ccc;padding:.2em .6em;text-align:left;vertical-align:top}}\
         </style></head>\n<body>\n{body}</body></html>\n"
    )
}

/// A text in which nothing is markup, in an element or in an attribute.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' | '<' | '>' | '"' | '\'' => out.push_str(&format!("&#{};", c as u32)),
            _ => out.push(c),
        }
    }
    out
}
