//! Stories line by line: lists, headings, labels, scenarios and bare sentences.

use super::field::{Field, field, label};
use super::line::{Line, Mark, lines};
use super::{MAX_STORIES, ReadStory, parts};
use crate::story::sentence::{reason, sentence, wish};
use crate::story::text::{Text, capital, trimmed};

/// The stories of a text, whatever stands around them.
pub(super) fn read(text: &str) -> Vec<ReadStory> {
    let mut reader = Reader { lines: lines(text), ..Reader::default() };
    let mut at = 0;
    while at < reader.lines.len() && reader.drafts.len() <= MAX_STORIES {
        at = reader.line(at);
    }
    reader.stories()
}

/// Where in a story the reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Section {
    /// Before its criteria.
    #[default]
    Head,
    Criteria,
    /// In notes and the like, or behind it.
    Other,
}

/// How sure a draft is a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
enum Sure {
    /// A line like any other.
    #[default]
    Line,
    /// A heading of something.
    Heading,
    /// An entry of a list.
    Entry,
    /// Named as a story, or told as one.
    Named,
    /// Counted: "Story 3".
    Counted,
}

#[derive(Default)]
struct Draft {
    story: ReadStory,
    sure: Sure,
    /// The mark and the depth of its first line.
    mark: Option<(Mark, usize)>,
    /// The mark and the depth of its sentence, if it is an entry of a list.
    told: Option<(Mark, usize)>,
    section: Section,
    /// How deep its criteria stand, and whether they are marked.
    depth: Option<(usize, bool)>,
    /// Whether the last criterion is a scenario's name, for which its steps will stand.
    named: bool,
}

#[derive(Default)]
struct Reader {
    lines: Vec<Line>,
    drafts: Vec<Draft>,
    /// Whether the line before was blank.
    blank: bool,
}

impl Reader {
    /// Reads a line, and says which is next.
    fn line(&mut self, at: usize) -> usize {
        let Some(line) = self.lines.get(at).cloned() else { return at + 1 };
        if line.is_blank() {
            self.blank = true;
            return at + 1;
        }
        let next = self.sentence(at, &line).unwrap_or_else(|| {
            if !(self.labelled(&line) || self.step(&line)) {
                self.other(at, &line);
            }
            at + 1
        });
        self.blank = false;
        next
    }

    fn draft(&mut self) -> Option<&mut Draft> {
        self.drafts.last_mut()
    }

    fn open(&mut self, title: &str, sure: Sure, line: &Line) {
        let story = ReadStory { title: trimmed(title).to_owned(), ..ReadStory::default() };
        self.drafts.push(Draft { story, sure, mark: Some((line.mark, line.indent)), ..Draft::default() });
    }

    /// "As a …, I want …", over as many lines as it takes.
    fn sentence(&mut self, at: usize, line: &Line) -> Option<usize> {
        let (gathered, next) = self.gather(at, line)?;
        let found = sentence(&gathered)?;
        let role = found.as_a.is_some();
        if found.i_want.is_none()
            || !(role || found.so_that.is_some() || self.drafts.last().is_some_and(|draft| !draft.story.is_told()))
        {
            return None;
        }
        let (named, before) = story_name(found.before).map_or((false, found.before), |name| (true, name));
        let before = label(before, true).map_or(before, |(_, value)| value);
        let title = trimmed(before).trim_matches(['(', ')', '[', ']', '"']).to_owned();
        let entry = matches!(line.mark, Mark::Bullet | Mark::Number).then_some((line.mark, line.indent));
        let fresh = self.drafts.last().is_none_or(|draft| {
            draft.story.is_told()
                || !draft.story.criteria.is_empty()
                || is_group(&draft.story.title)
                || (draft.sure == Sure::Line && is_talk(&draft.story.title))
                || (named && !draft.story.title.is_empty() && draft.sure < Sure::Named)
        });
        if fresh {
            self.part_siblings(entry);
            self.open(&title, Sure::Named, line);
        }
        let draft = self.drafts.last_mut()?;
        draft.told = entry;
        draft.section = Section::Head;
        if draft.story.title.is_empty() {
            draft.story.title = title;
        }
        draft.story.fill(&found);
        let rest = found.rest.to_owned();
        if rest.is_empty() {
            return Some(next);
        }
        let last = next - 1;
        self.lines.get_mut(last).into_iter().for_each(|line| {
            *line = Line { mark: Mark::None, bold: false, text: rest.clone(), ..line.clone() };
        });
        Some(last)
    }

    /// A heading over several entries was the title of none of them.
    fn part_siblings(&mut self, entry: Option<(Mark, usize)>) {
        let headed = |draft: &&mut Draft| entry.is_some() && draft.told == entry && draft.sure == Sure::Heading;
        self.drafts.last_mut().filter(headed).into_iter().for_each(|draft| draft.story.title.clear());
    }

    /// A line with the lines that go on with its sentence, and the line behind them.
    fn gather(&self, at: usize, line: &Line) -> Option<(String, usize)> {
        const MOST: usize = 12;
        let begins = Text::new(&line.text);
        let first = begins.find(0, &|at| matches!(begins.word(at), "as" | "in" | "i" | "we" | "i'd" | "we'd"))?;
        let ordered = begins.phrase(first, "in order to").is_some();
        let mut text = line.text.clone();
        let mut next = at + 1;
        for _ in 0..MOST {
            let blank = self.lines.get(next).is_some_and(Line::is_blank);
            let Some(more) = self.lines.get(next + usize::from(blank)) else { break };
            let role = ordered && more.text.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("as a "));
            let piece = wish(&more.text).is_some() || reason(&more.text).is_some() || role;
            let ended = text.ends_with(['.', '!', '?']);
            let wrapped = !blank
                && !ended
                && more.mark == Mark::None
                && more.text.starts_with(|first: char| first.is_ascii_lowercase())
                && label(&more.text, false).is_none();
            let whole = || {
                let told = begins.word(first) != "as" && !ordered;
                sentence(&more.text).is_some_and(|more| more.i_want.is_some() && (more.as_a.is_some() || told))
            };
            if !(piece || wrapped) || whole() {
                break;
            }
            if piece {
                text.truncate(trimmed(&text).len() + text.len() - text.trim_start().len());
                text.push(',');
            }
            text.push(' ');
            text.push_str(&more.text);
            next += 1 + usize::from(blank);
        }
        Some((text, next))
    }

    /// `Title: …`, `Acceptance criteria`, `### Story 3: …`.
    fn labelled(&mut self, line: &Line) -> bool {
        if self.in_criteria(line) && line.mark != Mark::Heading && !line.bold {
            return self.scenario(line);
        }
        if let Some(name) = story_name(&line.text) {
            // "Story 3: As a …" has been read as a sentence.
            let name = name.to_owned();
            self.open(&name, Sure::Counted, line);
            return true;
        }
        let named = matches!(field(&line.text), Some(Field::Criteria));
        let alone = line.mark == Mark::Heading || line.bold || line.text.ends_with(':') || named;
        let Some((field, value)) = label(line.text.trim_end_matches(':'), alone).or_else(|| label(&line.text, alone))
        else {
            return self.scenario(line);
        };
        let value = value.to_owned();
        let told = self.drafts.last().is_none_or(|draft| draft.story.is_told() || !draft.story.criteria.is_empty());
        match field {
            Field::Title => {
                let fresh = told
                    || self
                        .drafts
                        .last()
                        .is_some_and(|draft| !draft.story.title.is_empty() && draft.sure >= Sure::Entry);
                if fresh {
                    self.open(&value, Sure::Named, line);
                }
                self.draft().into_iter().for_each(|draft| {
                    draft.sure = Sure::Named;
                    draft.section = Section::Head;
                    draft.story.title.clone_from(&value);
                });
            }
            Field::Story if !value.is_empty() && told && line.mark != Mark::None => {
                self.open(&value, Sure::Named, line)
            }
            Field::Role => {
                if told {
                    self.open("", Sure::Named, line);
                }
                self.draft().into_iter().for_each(|draft| draft.story.as_a = parts::role(&value));
            }
            Field::Want => self.draft().into_iter().for_each(|draft| {
                draft.story.i_want = draft.story.i_want.take().or_else(|| parts::want(&value));
            }),
            Field::Benefit => self.draft().into_iter().for_each(|draft| {
                draft.story.so_that = draft.story.so_that.take().or_else(|| parts::benefit(&value));
            }),
            Field::Criteria => self.draft().into_iter().for_each(|draft| {
                draft.section = Section::Criteria;
                draft.depth = None;
                draft.story.criteria.extend(parts::criteria(&value));
            }),
            Field::Scenario => return self.scenario(line),
            Field::Other => self.draft().into_iter().for_each(|draft| draft.section = Section::Other),
            Field::Story => {}
        }
        true
    }

    /// Whether a line stands where criteria stand: as deep as the ones before it, or deeper.
    fn in_criteria(&self, line: &Line) -> bool {
        self.drafts.last().is_some_and(|draft| {
            let deep =
                draft.depth.is_some_and(|(depth, marked)| line.indent >= depth && marked == (line.mark != Mark::None));
            draft.section == Section::Criteria && deep && line.mark != Mark::Heading
        })
    }

    /// `Scenario: …`: its steps will stand for it.
    fn scenario(&mut self, line: &Line) -> bool {
        let Some((Field::Scenario, name)) = label(&line.text, line.mark == Mark::Heading || line.bold) else {
            return false;
        };
        let Some(draft) = self.drafts.last_mut() else { return false };
        draft.section = Section::Criteria;
        draft.named = !name.is_empty();
        draft.depth = None;
        if draft.named {
            draft.story.criteria.push(parts::criterion(name));
        }
        true
    }

    /// Given, when, then: steps of one criterion.
    fn step(&mut self, line: &Line) -> bool {
        let Some((step, rest)) = line.text.split_once([' ', ',']) else { return false };
        let step = step.trim_end_matches(':').to_lowercase();
        let Some(draft) = self.drafts.last_mut() else { return false };
        let known = matches!(step.as_str(), "given" | "when" | "then" | "and" | "but");
        let open = draft.section == Section::Criteria
            || (draft.section == Section::Head && step == "given" && draft.story.is_told());
        if !known || !open || line.mark == Mark::Heading {
            return false;
        }
        let named = std::mem::take(&mut draft.named);
        let Some(last) = draft.story.criteria.last_mut() else { return step == "given" && draft.begin(line) };
        let text = rest.trim().trim_end_matches([',', '.', ';']);
        let begun = Text::new(last);
        let has = |word: &str| begun.find(0, &|at| begun.word(at) == word).is_some();
        let goes_on = match step.as_str() {
            "given" => false,
            "when" => begun.word(0) == "given" && !has("when") && !has("then"),
            "then" => matches!(begun.word(0), "given" | "when") && !has("then"),
            _ => matches!(begun.word(0), "given" | "when"),
        };
        if named {
            *last = capital(&format!("{step} {text}"));
            return true;
        }
        if !goes_on {
            return step == "given" && draft.begin(line);
        }
        *last = format!("{}, {step} {text}", last.trim_end_matches([',', '.', ';']));
        true
    }

    /// Entries, headings and bare lines.
    fn other(&mut self, at: usize, line: &Line) {
        let leads = self.leads(at);
        let heading = line.mark == Mark::Heading || line.bold;
        if leads && !is_talk(&line.text) {
            let sure = if line.mark == Mark::Heading { Sure::Heading } else { Sure::Entry };
            return self.open(&line.text, sure, line);
        }
        let Some(draft) = self.drafts.last_mut() else { return self.first(line) };
        let told = draft.story.is_told() || draft.sure >= Sure::Named;
        let sibling = draft.mark == Some((line.mark, line.indent))
            || draft.mark.is_some_and(|(mark, depth)| mark == line.mark && line.indent < depth);
        let entry = matches!(line.mark, Mark::Bullet | Mark::Number);
        if heading && !entry {
            let inner = told && draft.mark.is_some_and(|(mark, _)| mark == Mark::Heading) && line.mark == Mark::None;
            if inner {
                draft.section = Section::Other;
            } else {
                self.open(&line.text, Sure::Heading, line);
            }
        } else if entry {
            let label = draft.section == Section::Criteria
                && line.mark == Mark::Bullet
                && draft.mark.is_some_and(|(mark, _)| mark == Mark::Bullet)
                && draft.depth.is_none_or(|(depth, _)| line.indent >= depth);
            let nested = draft
                .mark
                .is_some_and(|(mark, depth)| line.indent > depth && matches!(mark, Mark::Bullet | Mark::Number));
            if (sibling && !label) || !(told || nested) {
                self.open(&line.text, Sure::Entry, line);
            } else if draft.section != Section::Other {
                draft.begin(line);
            }
        } else {
            self.bare(line);
        }
    }

    /// Whether what follows a line is a sentence of which it is the title.
    fn leads(&self, at: usize) -> bool {
        const LONGEST: usize = 120;
        let Some(line) = self.lines.get(at) else { return false };
        let next = (at + 1..at + 3).filter_map(|at| self.lines.get(at)).find(|line| !line.is_blank());
        let begins = |next: &Line| {
            let text = &next.text;
            let text = label(text, false)
                .filter(|(field, _)| *field == Field::Story)
                .map_or(text.as_str(), |(_, value)| value);
            sentence(text).is_some_and(|sentence| sentence.as_a.is_some() && sentence.before.is_empty())
        };
        let listed = |mark: Mark| matches!(mark, Mark::Bullet | Mark::Number);
        let beside = |next: &Line| listed(line.mark) && listed(next.mark) && next.indent <= line.indent;
        let sibling = self.drafts.last().is_some_and(|draft| draft.mark == Some((line.mark, line.indent)));
        let inside = self.in_criteria(line)
            || (listed(line.mark) && self.drafts.last().is_some_and(|draft| draft.section == Section::Criteria));
        let criterion = |next: &Line| inside && !line.bold && !sibling && next.indent <= line.indent;
        let title = line.text.len() <= LONGEST && !line.text.ends_with([':', '.', '!', '?']);
        title && next.is_some_and(|next| begins(next) && !beside(next) && !criterion(next))
    }

    fn first(&mut self, line: &Line) {
        match line.mark {
            Mark::Bullet | Mark::Number => self.open(&line.text, Sure::Entry, line),
            Mark::Heading => self.open(&line.text, Sure::Heading, line),
            Mark::None => self.open(&line.text, if line.bold { Sure::Heading } else { Sure::Line }, line),
        }
    }

    /// A line without a mark: a criterion that lost its bullet, the rest of one, or talk.
    fn bare(&mut self, line: &Line) {
        let blank = self.blank;
        let Some(draft) = self.drafts.last_mut() else { return };
        if draft.sure == Sure::Line && draft.story.criteria.is_empty() && !draft.story.is_told() {
            return self.open(&line.text, Sure::Line, line);
        }
        if draft.section != Section::Criteria {
            return;
        }
        let marked = draft.depth.is_some_and(|(_, marked)| marked);
        let goes_on =
            marked && !blank && (line.indent > 0 || line.text.starts_with(|first: char| first.is_ascii_lowercase()));
        match draft.story.criteria.last_mut() {
            Some(last) if goes_on => {
                last.push(' ');
                last.push_str(&line.text);
            }
            Some(_) if marked || (blank && is_talk(&line.text)) => draft.section = Section::Other,
            _ if is_talk(&line.text) => draft.section = Section::Other,
            _ => {
                draft.begin(line);
            }
        }
    }

    /// The drafts that are stories. Where any of them is told, headings and bare entries are not.
    fn stories(self) -> Vec<ReadStory> {
        let told = self.drafts.iter().any(|draft| draft.story.is_told());
        let is_list = |draft: &Draft| !told && draft.sure >= Sure::Entry && !is_talk(&draft.story.title);
        let is_story = |draft: &Draft| {
            let ReadStory { as_a, i_want, title, criteria, .. } = &draft.story;
            let named = draft.sure >= Sure::Named
                && (i_want.is_some() || (!title.is_empty() && (!criteria.is_empty() || !told)));
            let headed = draft.sure == Sure::Heading && !criteria.is_empty() && !told;
            as_a.is_some()
                || (i_want.is_some() && !title.is_empty())
                || named
                || headed
                || (draft.sure == Sure::Counted && !title.is_empty())
        };
        let list = self.drafts.iter().any(|draft| is_story(draft) || is_list(draft));
        let is_line = |draft: &Draft| !list && !is_talk(&draft.story.title) && !draft.story.title.is_empty();
        let kept = self.drafts.into_iter().filter(|draft| is_story(draft) || is_list(draft) || is_line(draft));
        kept.filter_map(|draft| draft.story.titled()).collect()
    }
}

impl Draft {
    /// Begins a criterion.
    fn begin(&mut self, line: &Line) -> bool {
        let criterion = parts::criterion(&line.text);
        if !criterion.is_empty() {
            self.section = Section::Criteria;
            self.depth.get_or_insert((line.indent, line.mark != Mark::None));
            self.named = false;
            self.story.criteria.push(criterion);
        }
        true
    }
}

/// The title behind `Story 3:`, `User story #3 –`, `US-12:`, `[LF-3]`.
fn story_name(text: &str) -> Option<&str> {
    let tokens = Text::new(text);
    let is_number = |at: usize| {
        tokens.word(at).starts_with(|letter: char| letter.is_ascii_digit())
            || tokens.word(at).len() == 1 && tokens.word(at).starts_with(char::is_alphabetic)
    };
    let words = tokens.any(0, "user story|story|us|backlog item");
    let hash = |at: usize| at + usize::from(tokens.word(at) == "#");
    let named = words.map(hash).filter(|at| is_number(*at)).map(|at| at + 1);
    let key = || {
        let open = usize::from(matches!(tokens.word(0), "[" | "("));
        let name = tokens.slice(open, open + 1);
        let upper = |name: &str| {
            name.len() < 11
                && name.starts_with(|letter: char| letter.is_ascii_uppercase())
                && !name.contains(|letter: char| letter.is_ascii_lowercase())
        };
        let joined = tokens.tokens.get(open).is_some_and(|token| token.joined) && upper(name) && is_number(open + 1);
        let whole = upper(name) && name.ends_with(|letter: char| letter.is_ascii_digit()) && name.len() > 2;
        let end = if joined { open + 2 } else { open + 1 };
        (joined || (whole && open == 0))
            .then_some(end + open)
            .filter(|end| open == 1 || matches!(tokens.word(*end), ":" | "-" | "–" | "—"))
    };
    let behind = named.or_else(key)?;
    match tokens.word(behind) {
        ":" | "-" | "–" | "—" | "." | ")" | "|" => Some(trimmed(tokens.rest(behind + 1))),
        "" => Some(""),
        _ if named.is_none() => Some(trimmed(tokens.rest(behind))),
        _ => None,
    }
}

/// Whether a heading names many stories rather than one.
fn is_group(title: &str) -> bool {
    let title = Text::new(title);
    let group = ["stories", "backlog", "epic", "epics", "requirements", "overview", "summary", "features"];
    title.find(0, &|at| group.contains(&title.word(at))).is_some()
}

/// Whether a line is said to the reader, and is no title.
fn is_talk(text: &str) -> bool {
    const LONGEST: usize = 200;
    const OPENINGS: &str = "\
        let me know|sure|here are|here is|here's|of course|certainly|would you like|i hope|feel free|note that|\
        hope this|absolutely|thanks|thank you|if you|do you want|these stories|each story|the following|below|\
        i have|i've|i can|i'd be happy|please|want me to|this story|these user stories|this split|each of|\
        all stories|happy to|just let|shall i|i also|you can|remember|great|okay|ok|hi|hello|dear|based on";
    let tokens = Text::new(text);
    let sentences = tokens.find(0, &|at| crate::story::sentence::ends(&tokens, at)).is_some();
    text.len() > LONGEST || text.ends_with([':', '!', '?']) || sentences || tokens.any(0, OPENINGS).is_some()
}
