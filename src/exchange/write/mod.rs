//! The door through which reports go out: a document in blocks, and what writes it in each format. It knows no plan.
//!
//! Nothing in a document is markup. Whatever a title holds, a reader of the format finds that text again, on one line:
//! escaping is done here and nowhere else. What a spreadsheet would run when it is pasted has an apostrophe before it.
//!
//! ```
//! use landfall::exchange::write::{Document, Format};
//!
//! let mut document = Document::titled("*Now* <b>".into());
//! document.list(vec!["1. a | b".into()]);
//! assert_eq!(document.write(Format::Markdown), "# \\*Now\\* \\<b\\>\n\n* 1\\. a \\| b\n");
//! assert_eq!(document.write(Format::Confluence), "<h1>*Now* &#60;b&#62;</h1>\n<ul><li>1. a | b</li></ul>\n");
//! ```

mod confluence;
mod formula;
mod html;
mod markdown;
mod marks;
mod table;
mod text;

use serde::Serialize;

pub use formula::guarded;
pub(super) use formula::unguarded;
pub use table::TableFormat;
pub(super) use table::{SCORE, Shape, own_list, own_part};

/// A text to hand on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Document {
    /// What it is called.
    pub title: String,
    /// What it says, from the top.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Block {
    /// The heading of what follows.
    Heading {
        /// What it says.
        text: String,
    },
    /// Sentences.
    Paragraph {
        /// What it says.
        text: String,
    },
    /// Points, one under the other.
    List {
        /// What they say.
        points: Vec<String>,
    },
    /// A table.
    Table {
        /// Its rows, of which the first heads the columns; every row has as many cells.
        rows: Vec<Vec<String>>,
    },
}

/// How a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// CommonMark, with the tables of GitHub.
    Markdown,
    /// A page of its own, well-formed as XML too.
    Html,
    /// Confluence's storage format: what its editor keeps of a page.
    Confluence,
    /// Text without markup.
    Text,
}

impl Format {
    /// The format of a name: `markdown`, `html`, `confluence` or `text`.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "markdown" => Some(Self::Markdown),
            "html" => Some(Self::Html),
            "confluence" => Some(Self::Confluence),
            "text" => Some(Self::Text),
            _ => None,
        }
    }
}

impl Document {
    /// An empty document.
    pub fn titled(title: String) -> Self {
        Self { title, blocks: Vec::new() }
    }

    /// Goes on with a heading.
    pub fn heading(&mut self, text: &str) {
        self.blocks.push(Block::Heading { text: text.to_owned() });
    }

    /// Goes on with sentences; nothing where there are none.
    pub fn paragraph(&mut self, text: &str) {
        if !text.is_empty() {
            self.blocks.push(Block::Paragraph { text: text.to_owned() });
        }
    }

    /// Goes on with points; nothing where there are none.
    pub fn list(&mut self, points: Vec<String>) {
        if !points.is_empty() {
            self.blocks.push(Block::List { points });
        }
    }

    /// Goes on with a table; nothing where there is no row below the head.
    pub fn table(&mut self, rows: Vec<Vec<String>>) {
        if rows.len() > 1 {
            self.blocks.push(Block::Table { rows });
        }
    }

    /// The document in a format. It ends with a line break.
    pub fn write(&self, format: Format) -> String {
        match format {
            Format::Markdown => markdown::MARKS.write(self),
            Format::Html => html::write(self),
            Format::Confluence => confluence::write(self),
            Format::Text => text::write(self),
        }
    }
}

/// A text on one line, without the characters that XML 1.0 forbids (2.2) and other controls.
fn line(text: &str) -> String {
    let is_break = |c: char| c.is_control() || matches!(c, ' ' | '\u{2028}' | '\u{2029}');
    let is_kept = |c: &char| !matches!(c, '\u{fffe}' | '\u{ffff}') && (!c.is_control() || c.is_whitespace());
    let kept: String = text.chars().filter(is_kept).collect();
    let mut line = String::new();
    for word in kept.trim().split(is_break).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// A text that turns nothing around that stands beside it: where it is written from right to left or holds controls of
/// the direction, it is isolated, and what it opens is closed (Unicode Standard Annex 9, X9).
pub fn isolated(text: &str) -> String {
    const POP: char = '\u{202c}';
    const POP_ISOLATE: char = '\u{2069}';
    let mut open = Vec::new();
    let mut turns = false;
    let mut out = String::from('\u{2068}');
    for c in text.chars() {
        let keeps = match c {
            '\u{202a}' | '\u{202b}' | '\u{202d}' | '\u{202e}' => {
                open.push(POP);
                true
            }
            '\u{2066}'..='\u{2068}' => {
                open.push(POP_ISOLATE);
                true
            }
            POP => open.pop_if(|last| *last == POP).is_some(),
            // It closes the embeddings inside as well.
            POP_ISOLATE => match open.iter().rposition(|one| *one == POP_ISOLATE) {
                Some(place) => {
                    open.truncate(place);
                    true
                }
                None => false,
            },
            _ => {
                let right_to_left = matches!(c as u32, 0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfefe | 0x10800..=0x10fff | 0x1e800..=0x1efff);
                turns |= right_to_left;
                out.push(c);
                continue;
            }
        };
        turns = true;
        if keeps {
            out.push(c);
        }
    }
    if !turns {
        return text.to_owned();
    }
    out.extend(open.into_iter().rev());
    out.push(POP_ISOLATE);
    out
}
