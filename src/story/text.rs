//! A text as words and marks, each with its place, so that what is found can be quoted as it was written.

/// A word in lower case, or one mark.
pub(super) struct Token {
    pub word: String,
    pub start: usize,
    pub end: usize,
    /// Whether a hyphen joins it to the next one.
    pub joined: bool,
    /// Whether it stands in quotation marks: then it is somebody else's word.
    pub quoted: bool,
}

/// A text and its tokens.
pub(super) struct Text<'a> {
    pub source: &'a str,
    pub tokens: Vec<Token>,
}

impl<'a> Text<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        let mut text = Self { source, tokens: Vec::new() };
        let mut open: Option<(char, usize)> = None;
        let mut before = ' ';
        let mut letters = source.char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            let next = letters.peek().map_or(' ', |(_, next)| *next);
            let inside = before.is_alphanumeric() && next.is_alphanumeric();
            let digits = before.is_ascii_digit() && next.is_ascii_digit();
            let apostrophe = inside && is_apostrophe(letter);
            if letter.is_alphanumeric() || apostrophe || (digits && matches!(letter, '.' | ',')) {
                let end = at + letter.len_utf8();
                let grows = text.tokens.last().is_some_and(|last| last.end == at && last.is_word());
                if !grows {
                    text.push(at, at);
                }
                if let Some(last) = text.tokens.last_mut() {
                    last.end = end;
                    last.word.extend(if apostrophe { '\'' } else { letter }.to_lowercase());
                }
            } else if inside && matches!(letter, '-' | '‐' | '‑') {
                text.tokens.last_mut().into_iter().for_each(|last| last.joined = true);
            } else if !letter.is_whitespace() {
                if let Some((_, first)) = open.take_if(|(mark, _)| closes(*mark, letter, next)) {
                    text.tokens.iter_mut().skip(first).for_each(|token| token.quoted = true);
                } else if open.is_none() && opens(letter, before, next) {
                    open = Some((letter, text.tokens.len()));
                }
                text.push(at, at + letter.len_utf8());
                text.tokens.last_mut().into_iter().for_each(|last| last.word.push(letter));
            }
            before = letter;
        }
        text
    }

    fn push(&mut self, start: usize, end: usize) {
        self.tokens.push(Token { word: String::new(), start, end, joined: false, quoted: false });
    }

    /// The word at a place; none is the empty one.
    pub(super) fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.word.as_str())
    }

    /// The word before a place.
    pub(super) fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |at| self.word(at))
    }

    /// How many tokens a phrase takes up at a place, if it stands there; its last word may be in the plural.
    pub(super) fn phrase(&self, at: usize, phrase: &str) -> Option<usize> {
        let mut count = 0;
        let mut words = phrase.split(' ').peekable();
        while let Some(wanted) = words.next() {
            let found = self.word(at + count);
            let plural = words.peek().is_none() && wanted.len() > 2 && found.strip_suffix('s') == Some(wanted);
            if found != wanted && !plural {
                return None;
            }
            count += 1;
        }
        Some(count)
    }

    /// How many tokens the longest of the phrases takes up at a place. They are parted by bars.
    pub(super) fn any(&self, at: usize, phrases: &str) -> Option<usize> {
        let initial = *self.word(at).as_bytes().first()?;
        let mut longest = None;
        for phrase in phrases.split('|') {
            if phrase.as_bytes().first() == Some(&initial) {
                longest = longest.max(self.phrase(at, phrase));
            }
        }
        longest
    }

    /// Whether the word at a place stands in a list.
    pub(super) fn is(&self, at: usize, list: &str) -> bool {
        is_one_of(self.word(at), list)
    }

    /// Whether one of the phrases stands between two places.
    pub(super) fn holds(&self, from: usize, to: usize, phrases: &str) -> bool {
        (from..to).any(|at| self.any(at, phrases).is_some())
    }

    /// Whether a token is the text's own word, and not quoted.
    pub(super) fn is_own(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| !token.quoted)
    }

    /// The text from one token up to another, as it was written.
    pub(super) fn slice(&self, from: usize, to: usize) -> &'a str {
        let start = self.tokens.get(from).map_or(self.source.len(), |token| token.start);
        let end = to.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(start, |token| token.end);
        self.source.get(start..end.max(start)).unwrap_or_default()
    }

    /// What stands behind a token.
    pub(super) fn rest(&self, from: usize) -> &'a str {
        self.slice(from, self.tokens.len())
    }

    /// The first place, from one on, that fits.
    pub(super) fn find(&self, from: usize, fits: &dyn Fn(usize) -> bool) -> Option<usize> {
        (from..self.tokens.len()).find(|at| fits(*at))
    }
}

impl Token {
    pub(super) fn is_word(&self) -> bool {
        self.word.starts_with(char::is_alphanumeric)
    }
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '‘' | 'ʼ')
}

fn opens(mark: char, before: char, next: char) -> bool {
    matches!(mark, '"' | '“' | '„' | '«' | '`' | '”' | '»')
        || (matches!(mark, '\'' | '‘') && !before.is_alphanumeric() && next.is_alphanumeric())
}

fn closes(open: char, mark: char, next: char) -> bool {
    match open {
        '"' | '`' => mark == open,
        '«' => mark == '»',
        '»' => mark == '«',
        '\'' | '‘' => is_apostrophe(mark) && !next.is_alphanumeric(),
        _ => matches!(mark, '“' | '”' | '"'),
    }
}

/// Whether a word stands in a list, whose words are parted by bars.
pub(super) fn is_one_of(word: &str, list: &str) -> bool {
    list.split('|').any(|listed| listed == word)
}

/// Whether a text says nothing: blank, or a word that only keeps a place.
pub(super) fn is_blank(text: &str) -> bool {
    const PLACES: &str = "\
        tbd|tba|tbc|todo|to do|n a|na|none|nil|null|x|xx|xxx|unknown|placeholder|to be defined|to be determined|\
        to be decided|to be done|lorem ipsum|role|want|benefit|goal|reason|type of user|some goal|some reason|\
        see above|later";
    let text = text.trim();
    let bracketed = [('<', '>'), ('[', ']'), ('{', '}')]
        .iter()
        .any(|(open, close)| text.starts_with(*open) && text.ends_with(*close));
    let words: Vec<String> =
        Text::new(text).tokens.into_iter().filter(Token::is_word).take(5).map(|token| token.word).collect();
    bracketed || words.is_empty() || is_one_of(&words.join(" "), PLACES)
}

/// What stands around a part of a story and does not belong to it.
pub(super) fn trimmed(text: &str) -> &str {
    let text = text.trim_start_matches(|letter: char| letter.is_whitespace() || (is_edge(letter) && letter != '.'));
    let text = text.trim_start_matches(['…', ' ']);
    let text = text.strip_prefix("...").unwrap_or(text);
    text.trim_end_matches(|letter: char| letter.is_whitespace() || is_edge(letter)).trim_start()
}

fn is_edge(letter: char) -> bool {
    matches!(letter, ',' | '.' | ';' | ':' | '-' | '–' | '—')
}

/// A text that begins with a capital letter, if that is one of the Latin ones: std's table of all is 12 KB of wasm.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| match first {
        'à'..='ö' | 'ø'..='þ' => char::from_u32(u32::from(first) - 32).unwrap_or(first),
        _ => first.to_ascii_uppercase(),
    });
    first.into_iter().chain(letters).collect()
}

/// Words to quote, in a length that a line holds.
pub(super) fn short(text: &str) -> String {
    const MOST: usize = 80;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// The title that a want gives: 80 characters at most, cut at a word's end.
pub(super) fn title(want: &str) -> String {
    const LONGEST: usize = 80;
    let want = want.strip_prefix("be able to ").unwrap_or(want);
    let end = want.char_indices().nth(LONGEST).map_or(want.len(), |(end, _)| end);
    let cut = want.get(..end).unwrap_or(want);
    let whole = if end < want.len() { cut.rsplit_once(' ').map_or(cut, |(whole, _)| whole) } else { cut };
    capital(trimmed(whole))
}
