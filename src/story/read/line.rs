//! A line as it was written: how deep, behind which mark, in which type.

/// What stands before a line's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    None,
    Heading,
    Bullet,
    Number,
}

/// A line without its marks.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub indent: usize,
    pub mark: Mark,
    /// Whether all of it is bold: a heading, for people.
    pub bold: bool,
    pub text: String,
}

/// The longest line that is taken as one, in bytes.
const LONGEST: usize = 4_000;

const BULLETS: [char; 16] = ['-', '*', '+', '•', '◦', '▪', '‣', '·', '–', '—', '●', '○', '➢', '→', '►', '‧'];
const BOXES: [&str; 11] = ["[ ]", "[x]", "[X]", "[]", "☐", "☑", "☒", "✓", "✔", "✅", "□"];

/// The lines of a text; fences and rules are blank ones.
pub(super) fn lines(text: &str) -> Vec<Line> {
    text.lines().flat_map(pieces).map(Line::of).collect()
}

/// A line in pieces that are not too long.
fn pieces(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(line);
    std::iter::from_fn(move || {
        let line = rest?;
        let end = line.len().min(LONGEST);
        let end = (0..=end).rev().find(|end| line.is_char_boundary(*end)).unwrap_or(0);
        let (piece, more) = line.split_at_checked(end).unwrap_or((line, ""));
        let more = Some(more).filter(|more| !more.is_empty());
        rest = more;
        Some(piece)
    })
}

impl Line {
    fn of(line: &str) -> Self {
        let quoted = line.trim_start().strip_prefix('>').unwrap_or(line);
        let text = quoted.trim_start().trim_start_matches(is_picture).trim_start();
        let indent = quoted
            .chars()
            .take_while(|letter| letter.is_whitespace())
            .map(|letter| if letter == '\t' { 4 } else { 1 })
            .sum();
        let text = text.trim_end();
        let is_rule =
            text.len() > 2 && text.chars().all(|letter| matches!(letter, '-' | '*' | '_' | '=' | ' ' | '|' | ':'));
        if text.is_empty() || text.starts_with("```") || text.starts_with("~~~") || is_rule {
            return Self { indent, mark: Mark::None, bold: false, text: String::new() };
        }
        let (mut mark, mut text) = marked(text);
        text = text.trim_start_matches(is_picture).trim_start();
        let bold = is_bold(text);
        let mut plain = plain(text);
        if bold || mark == Mark::Heading {
            let (inner, rest) = marked(&plain);
            if mark == Mark::None {
                mark = inner;
            }
            plain = rest.to_owned();
        }
        if let Some(inner) = ["\"\"", "“”", "„“"].iter().find_map(|marks| inside(&plain, marks)) {
            plain = inner.to_owned();
        }
        if let Some(row) = plain.strip_prefix('|').and_then(|row| row.strip_suffix('|')) {
            plain = row.replacen('|', ": ", 1);
        }
        text = plain.trim_start_matches(is_picture).trim();
        Self { indent, mark, bold, text: text.to_owned() }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }
}

/// Emoji and arrows, but no box or tick: those are marks.
fn is_picture(letter: char) -> bool {
    let boxed = BULLETS.contains(&letter) || BOXES.iter().any(|boxed| boxed.starts_with(letter));
    !boxed
        && matches!(letter, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}' | '\u{fe0f}' | '\u{200d}' | '\u{20e3}')
}

/// The mark before a text, and the text behind it.
fn marked(text: &str) -> (Mark, &str) {
    let heading = text.trim_start_matches('#');
    let level = text.len() - heading.len();
    if level > 0 && level < 7 && heading.starts_with([' ', '\t']) {
        return (Mark::Heading, heading.trim());
    }
    // A wiki's headings.
    if let Some((_, heading)) =
        text.split_once(". ").filter(|(level, _)| matches!(*level, "h1" | "h2" | "h3" | "h4" | "h5"))
    {
        return (Mark::Heading, heading.trim());
    }
    let mut mark = Mark::None;
    let mut rest = text;
    if let Some(behind) = rest.strip_prefix(BULLETS).filter(|behind| behind.starts_with([' ', '\t', '\u{a0}'])) {
        (mark, rest) = (Mark::Bullet, behind.trim_start());
    } else if let Some(behind) = rest.strip_prefix("o\t").or_else(|| rest.strip_prefix(['•', '▪', '●', '➢'])) {
        (mark, rest) = (Mark::Bullet, behind.trim_start());
    }
    if let Some(behind) = BOXES.iter().find_map(|boxed| rest.strip_prefix(boxed)) {
        let mark = if mark == Mark::None { Mark::Bullet } else { mark };
        return (mark, behind.trim_start_matches(['\u{fe0f}', ' ', '\t']));
    }
    match number(rest) {
        Some(behind) if mark == Mark::None => (Mark::Number, behind),
        Some(behind) => (mark, behind),
        None => (mark, rest),
    }
}

/// What stands behind `1.`, `1)`, `(1)`, `1.2.`, `a)`, `AC1:`.
fn number(text: &str) -> Option<&str> {
    let open = text.strip_prefix('(');
    let text = open.unwrap_or(text);
    let label = text.strip_prefix("AC").map(|behind| behind.trim_start_matches(['-', ' ', '#']));
    let digits = label.unwrap_or(text);
    let rest = digits.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '.');
    let count = digits.len() - rest.len();
    let dotted = digits.get(..count)?.ends_with('.');
    if count > 0 && count < 9 && digits.starts_with(|letter: char| letter.is_ascii_digit()) {
        let behind =
            rest.strip_prefix([')', ':']).or_else(|| dotted.then_some(rest)).or_else(|| rest.strip_prefix("\\."));
        return behind.filter(|behind| behind.starts_with([' ', '\t', '\u{a0}'])).map(str::trim_start);
    }
    let mut letters = text.chars();
    let lettered = letters.next().is_some_and(|letter| letter.is_ascii_lowercase()) && letters.next() == Some(')');
    lettered.then(|| letters.as_str().trim_start())
}

/// What stands in quotation marks, if all of a text does.
fn inside<'a>(text: &'a str, marks: &str) -> Option<&'a str> {
    let mut marks = marks.chars();
    let inner = text.strip_prefix(marks.next()?)?.strip_suffix(marks.next()?)?;
    (!inner.contains(['"', '“', '”'])).then_some(inner)
}

/// A text without the mark before it.
pub(super) fn unlisted(text: &str) -> &str {
    marked(text.trim()).1.trim()
}

fn is_bold(text: &str) -> bool {
    let text = text.trim_end_matches(':');
    ["**", "__"].iter().any(|mark| {
        text.strip_prefix(mark)
            .and_then(|text| text.strip_suffix(mark))
            .is_some_and(|inner| !inner.is_empty() && !inner.contains(mark))
    })
}

/// A text without the marks of Markdown for bold, italic and code.
pub(super) fn plain(text: &str) -> String {
    if !text.contains(['*', '_', '`', '\\', '\u{a0}', '\u{feff}']) {
        return text.trim().to_owned();
    }
    let text = text.replace("**", "").replace("__", "").replace("\u{feff}", "");
    let mut plain = String::with_capacity(text.len());
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied().unwrap_or(' ');
        let inside = before.is_alphanumeric() && next.is_alphanumeric();
        let apart = before.is_whitespace() && next.is_whitespace();
        let drop = match letter {
            '*' => !inside && !apart,
            '_' => !inside && !apart && (before.is_alphanumeric() || next.is_alphanumeric()),
            '`' => true,
            '\\' => next.is_ascii_punctuation(),
            _ => false,
        };
        if !drop {
            plain.push(if letter == '\u{a0}' { ' ' } else { letter });
        }
        before = letter;
    }
    plain.trim().to_owned()
}
