//! HTML, in the part of it that is XHTML too.

use super::{Block, Document, line};

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:56em;margin:2em auto;padding:0 1em}\
table{border-collapse:collapse}th,td{border:1px solid #ccc;padding:.2em .6em;text-align:left;vertical-align:top}";

pub(super) fn write(document: &Document) -> String {
    let title = escaped(&document.title);
    let body = body(document);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/><title>{title}</title><style>{STYLE}</style></head>\n\
         <body>\n{body}</body></html>\n"
    )
}

/// The document in elements.
pub(super) fn body(document: &Document) -> String {
    let mut out = element("h1", &document.title);
    out.push('\n');
    for block in &document.blocks {
        match block {
            Block::Heading { text } => out.push_str(&element("h2", text)),
            Block::Paragraph { text } => out.push_str(&element("p", text)),
            Block::List { points } => {
                out.push_str("<ul>");
                points.iter().for_each(|point| out.push_str(&element("li", point)));
                out.push_str("</ul>");
            }
            Block::Table { rows } => {
                out.push_str("<table><tbody>\n");
                for (place, row) in rows.iter().enumerate() {
                    out.push_str("<tr>");
                    row.iter().for_each(|cell| out.push_str(&element(if place == 0 { "th" } else { "td" }, cell)));
                    out.push_str("</tr>\n");
                }
                out.push_str("</tbody></table>");
            }
        }
        out.push('\n');
    }
    out
}

fn element(name: &str, text: &str) -> String {
    format!("<{name}>{}</{name}>", escaped(text))
}

/// A text in which nothing is markup, in an element or in an attribute.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in line(text).chars() {
        match c {
            '&' | '<' | '>' | '"' | '\'' => out.push_str(&format!("&#{};", c as u32)),
            _ => out.push(c),
        }
    }
    out
}
