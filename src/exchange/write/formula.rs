//! Cells that no spreadsheet runs.
//!
//! What begins with `=`, `+`, `-` or `@`, also behind blanks or quotes, is a formula to a spreadsheet; so is what comes
//! to begin a cell when a file is split at another separator than its own. An apostrophe keeps it text
//! ([OWASP, CSV Injection](https://owasp.org/www-community/attacks/CSV_Injection)). Numbers stay numbers.
//!
//! A text that needs one gets an apostrophe before it and before each such place in it, so that reading can tell what
//! was added here from what somebody wrote, and takes away just that.

use std::borrow::Cow;

/// Where a formula could begin: at the apostrophes before it, where there are some.
pub(super) fn spots(text: &str) -> Vec<usize> {
    let mut spots = Vec::new();
    // What separates this cell from the one before; nothing once its first letter has come.
    let mut before = Some('\0');
    let (mut inner, mut quotes, mut skip) = (false, None, 0);
    for (at, c) in text.char_indices() {
        let Some(separator) = before.filter(|_| !is_separator(c)) else {
            if is_separator(c) {
                (before, quotes) = (Some(c), None);
            }
            continue;
        };
        if skip > 0 {
            skip -= 1;
        } else if c == '\'' {
            quotes.get_or_insert(at);
        } else if c.is_whitespace() || c.is_control() || is_unseen(c) {
            quotes = None;
        } else {
            let rest = text.get(at..).unwrap_or_default();
            if ["%0a", "%0d", "%09"].iter().any(|code| rest.get(..3).is_some_and(|r| r.eq_ignore_ascii_case(code))) {
                (skip, quotes) = (2, None);
                continue;
            }
            // Readers take an apostrophe before a sign for a guard, before numbers too.
            if is_formula(rest, separator, inner) || (quotes.is_some() && rest.starts_with(['+', '-'])) {
                spots.push(quotes.unwrap_or(at));
            }
            (before, inner) = (None, true);
        }
    }
    spots
}

fn is_separator(c: char) -> bool {
    matches!(c, ',' | ';' | '\t' | '\n' | '\r')
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r')
}

/// Quotes, and what takes no room.
fn is_unseen(c: char) -> bool {
    matches!(c, '"' | '\u{ad}' | '\u{feff}') || matches!(c as u32, 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x206f)
}

fn is_formula(rest: &str, separator: char, inner: bool) -> bool {
    let begins = rest.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if !begins {
        // Excel's oldest way out, which some still run without a sign.
        return rest.strip_prefix("DDE").is_some_and(|call| call.trim_start().starts_with('('));
    }
    let line = rest.split(is_break).next().unwrap_or_default();
    // Lines of a list begin so, and a formula that does something needs one of these.
    let listed = inner && is_break(separator) && (line.starts_with("- ") || line.starts_with("+ "));
    !(is_number(rest.trim()) || (listed && !line.contains(['(', '|', '!', '='])))
}

/// `-5.00`, `+5`, `-1.5e-7`.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (number, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (whole, fraction) = number.split_once(['.', ',']).unwrap_or((number, "0"));
    digits(whole) && digits(fraction) && digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))
}

/// A text that no spreadsheet runs: with an apostrophe before it and before each place where a formula could begin.
///
/// ```
/// use landfall::exchange::write::guarded;
///
/// assert_eq!(guarded("=1+1"), "'=1+1");
/// assert_eq!(guarded("a;=1+1"), "'a;'=1+1");
/// assert_eq!(guarded("-5.00"), "-5.00");
/// ```
pub fn guarded(text: &str) -> Cow<'_, str> {
    let spots = spots(text);
    if spots.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::from('\'');
    let mut from = 0;
    for at in spots.into_iter().filter(|at| *at > 0) {
        out.push_str(text.get(from..at).unwrap_or_default());
        out.push('\'');
        from = at;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(out)
}

/// The same, which keeps the white space around it too: readers leave that out elsewhere.
pub(super) fn exactly(text: &str) -> Cow<'_, str> {
    // Behind an apostrophe too: else that would be taken for this one.
    let bare = text.trim_start_matches('\'');
    match guarded(text) {
        Cow::Borrowed(text) if text.trim() != text || bare.trim() != bare => Cow::Owned(format!("'{text}")),
        guarded => guarded,
    }
}

/// The text of a cell that [`guarded`], or in Landfall's own table [`exactly`], has written with an apostrophe; nothing for
/// any other cell.
pub(in crate::exchange) fn unguarded(cell: &str, own: bool) -> Option<String> {
    let behind = cell.strip_prefix('\'')?;
    let mut text = String::new();
    let mut from = 0;
    for at in spots(behind).into_iter().filter(|at| *at > 0) {
        text.push_str(behind.get(from..at)?);
        from = at + usize::from(behind.get(at..)?.starts_with('\''));
    }
    text.push_str(behind.get(from..)?);
    let written = if own { exactly(&text) } else { guarded(&text) };
    (written == cell).then_some(text)
}
