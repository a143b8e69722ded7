//! Rows to items: what every cell says of an item, and what is kept of it beside the item.

use std::collections::{BTreeMap, HashMap};

use super::columns::{self, Columns};
use super::contents::{HTML, JSON, LINES, MARKDOWN, TRELLO};
use super::dates::{self, DateOrder, Evidence};
use super::reading::{ReadOptions, Rejected};
use super::sizes::{self, Notation, Size};
use super::table::{MAX_COLUMNS, Row, Table};
use super::tools::{Role, Tool};
use super::words;
use crate::pace::Pace;
use crate::plan::{CivilDate, Criterion, Item, Kind, MAX_LINE, MAX_TEXT, Status, Story};
use crate::range::Uncertain;

/// A table together with all that is known of how to read it.
pub(super) struct Source<'a> {
    pub table: &'a Table,
    pub tool: &'a Tool,
    /// Everybody's words.
    words: &'a Tool,
    pub columns: &'a Columns,
    pub options: &'a ReadOptions,
    /// The headers as they are compared.
    pub plain: &'a [String],
    pub encoding: &'a str,
    /// What all date columns together say about their order.
    pub evidence: Evidence,
    /// How the cells of each column are written.
    pub spelling: Vec<Spelling>,
    /// What the user says that words mean, in the form in which words are compared.
    statuses: Vec<(String, Status)>,
    kinds: Vec<(String, Kind)>,
}

/// How the cells of a column are written, where they can only be read together.
#[derive(Clone, Copy, Default)]
pub(super) struct Spelling {
    pub evidence: Evidence,
    pub order: DateOrder,
    /// The order that somebody has told.
    given: Option<DateOrder>,
    /// Whether nothing proves the order.
    pub guessed: bool,
    pub notation: Notation,
    /// Whether commas occur in its numbers.
    pub commas: bool,
}

impl Spelling {
    /// The order of its dates, where they are of numbers alone.
    pub(super) fn date_order(&self) -> Option<DateOrder> {
        self.evidence.any().then_some(self.order)
    }

    /// Whether the comma is a decimal one, where there are commas.
    pub(super) fn decimal_comma(&self) -> Option<bool> {
        self.commas.then_some(self.notation.decimal_comma)
    }
}

impl<'a> Source<'a> {
    /// Looks through the columns whose cells can only be read together: dates of numbers alone, numbers with commas.
    pub(super) async fn new(
        table: &'a Table,
        plain: &'a [String],
        [tool, words]: [&'a Tool; 2],
        columns: &'a Columns,
        options: &'a ReadOptions,
        encoding: &'a str,
        pace: &Pace,
    ) -> Self {
        let mut spelling: Vec<Spelling> = Vec::with_capacity(columns.roles.len());
        for (column, role) in columns.roles.iter().enumerate() {
            let of_header = |(header, _): &(&String, _)| Some(&columns::plain(header)) == plain.get(column);
            let given = options.columns.iter().find(of_header).map(|(_, given)| given);
            let mut own = Spelling {
                notation: Notation { decimal_comma: table.delimiter == Some(';') },
                given: given.and_then(|given| given.date_order).or(options.date_order),
                ..Spelling::default()
            };
            let is_date = role.is_some_and(Role::is_date);
            for rows in table.rows.chunks(256).filter(|_| is_date || *role == Some(Role::Size)) {
                pace.step(0.3).await;
                for cell in rows.iter().map(|row| row.cell(column)) {
                    if !is_date {
                        own.commas |= cell.contains(',');
                        own.notation.add(cell);
                    } else if dates::may_be_numbers(cell) {
                        dates::shape(cell).into_iter().for_each(|shape| own.evidence.add(shape));
                    }
                }
            }
            if let Some(decimal_comma) = given.and_then(|given| given.decimal_comma) {
                own.notation.decimal_comma = decimal_comma;
            }
            spelling.push(own);
        }
        let mut evidence = Evidence::default();
        spelling.iter().for_each(|own| evidence.merge(own.evidence));
        for own in &mut spelling {
            own.order = own.given.or(own.evidence.settled()).unwrap_or(evidence.order());
            own.guessed = own.given.is_none() && own.evidence.is_ambiguous() && evidence.settled().is_none();
        }
        Self {
            table,
            tool,
            words,
            columns,
            options,
            plain,
            encoding,
            evidence,
            spelling,
            statuses: options.statuses.iter().map(|(word, status)| (words::plain(word), *status)).collect(),
            kinds: options.types.iter().map(|(word, kind)| (words::plain(word), *kind)).collect(),
        }
    }

    /// The filled cells of a role, the one that counts most first.
    fn cells<'b>(&'b self, row: &'b Row, role: Role) -> impl Iterator<Item = (usize, &'b str)> + use<'a, 'b> {
        self.columns.of(role).iter().map(|column| (*column, row.cell(*column))).filter(|(_, cell)| !is_blank(cell))
    }

    fn first<'b>(&'b self, row: &'b Row, role: Role) -> &'b str {
        self.cells(row, role).next().map_or("", |(_, cell)| cell)
    }

    pub(super) fn header(&self, column: usize) -> String {
        match self.table.header.get(column) {
            Some(header) if !header.is_empty() => header.clone(),
            _ => format!("Column {}", column + 1),
        }
    }

    pub(super) fn spelling(&self, column: usize) -> Spelling {
        self.spelling.get(column).copied().unwrap_or_default()
    }

    /// What rows are counted by.
    fn unit(&self) -> &'static str {
        match self.table.format {
            Some(JSON | TRELLO) => "entry",
            Some(HTML | MARKDOWN) if self.table.tool.is_none() => "row",
            _ => "line",
        }
    }

    fn place(&self, row: &Row, column: usize) -> String {
        format!(
            "{} {}, column \"{}\" (\"{}\")",
            self.unit(),
            row.line,
            self.header(column),
            shortened(row.cell(column), 30)
        )
    }
}

/// What tools write into a cell that holds nothing.
fn is_blank(cell: &str) -> bool {
    cell.is_empty()
        || (cell.len() <= 9
            && ["-", "–", "—", "n/a", "null", "none", "(none)", "(empty)", "never", "undefined"]
                .iter()
                .any(|blank| cell.eq_ignore_ascii_case(blank)))
}

/// The beginning of a text, for messages.
pub(super) fn shortened(text: &str, most: usize) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match one_line.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", one_line.get(..at).unwrap_or_default()),
        None => one_line,
    }
}

/// An item whose parents and needs are still cells.
pub(super) struct Draft {
    pub line: u64,
    pub item: Item,
    /// Another number by which it may be named.
    pub number: String,
    /// The name by which parts of an epic name it.
    pub epic_name: String,
    /// The row, of these drafts, under which it stands in a tree.
    pub above: Option<usize>,
    /// The row of its parent, where that has no key.
    pub parent: Option<usize>,
    pub parents: Vec<(usize, String)>,
    pub epics: Vec<(usize, String)>,
    pub needs: Vec<(usize, String)>,
    pub blocks: Vec<(usize, String)>,
    /// Places in [`Drafts::statuses`] and [`Drafts::kinds`].
    pub status_word: Option<usize>,
    pub kind_word: Option<usize>,
}

/// A word of the tracker's.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub name: String,
    /// Whether it is known as it stands.
    pub sure: bool,
}

/// The words of one column, each once.
#[derive(Default)]
pub(super) struct Words {
    pub words: Vec<Word>,
    places: HashMap<String, usize>,
}

impl Words {
    /// The place of a word. Words that differ only in how they are written are one, under its first spelling.
    fn place(&mut self, word: &str, sure: impl FnOnce() -> bool) -> usize {
        if let Some(place) = self.places.get(word) {
            return *place;
        }
        let plain = words::plain(word);
        let place = self.places.get(&plain).copied().unwrap_or_else(|| {
            self.words.push(Word { name: word.to_owned(), sure: sure() });
            self.words.len() - 1
        });
        self.places.insert(plain, place);
        self.places.insert(word.to_owned(), place);
        place
    }
}

/// Something that went wrong in several places: how often, and where first.
#[derive(Default)]
pub(super) struct Trouble {
    pub count: usize,
    pub places: Vec<String>,
}

impl Trouble {
    pub(super) fn add(&mut self, place: impl FnOnce() -> String) {
        const SHOWN: usize = 3;
        self.count += 1;
        if self.places.len() < SHOWN {
            self.places.push(place());
        }
    }

    /// "line 3, column …; line 7, …; and 5 more".
    pub(super) fn spelt(&self) -> String {
        let more = self.count - self.places.len();
        let rest = if more > 0 { format!("; and {more} more") } else { String::new() };
        format!("{}{rest}", self.places.join("; "))
    }
}

/// All that was read of the rows.
#[derive(Default)]
pub(super) struct Drafts {
    pub rows: Vec<Draft>,
    pub rejected: Vec<Rejected>,
    pub notes: Vec<String>,
    pub statuses: Words,
    pub kinds: Words,
    /// Categories and resolutions.
    endings: Words,
    /// What the words at these places mean.
    ending_meanings: Vec<Option<Status>>,
    status_meanings: Vec<Option<Status>>,
    kind_meanings: Vec<Option<Kind>>,
    pub oldest: Option<CivilDate>,
    pub newest: Option<CivilDate>,
    /// How many items have a sprint of each length, by its days.
    pub sprint_lengths: Vec<usize>,
    pub unread_sizes: Trouble,
    pub unread_dates: Trouble,
    pub extra_cells: Trouble,
    pub loose_quotes: Trouble,
    pub shortened: Trouble,
    pub not_delivered: usize,
    pub archived: usize,
    pub labelled: usize,
}

/// Reads every row.
pub(super) async fn drafts(source: &Source<'_>, pace: &Pace) -> Drafts {
    let mut drafts = Drafts::default();
    let mut keys: HashMap<String, usize> = HashMap::new();
    let mut tree: Vec<Option<usize>> = Vec::new();
    for (place, row) in source.table.rows.iter().enumerate() {
        if place % 32 == 0 {
            pace.step(0.3 + 0.3 * place as f64 / source.table.rows.len() as f64).await;
        }
        match draft(source, row, &mut drafts, &keys) {
            Ok(mut draft) => {
                draft.above = above(source, row, drafts.rows.len(), &mut tree);
                if !draft.item.id.is_empty() {
                    keys.insert(draft.item.id.clone(), drafts.rows.len());
                }
                drafts.rows.push(draft);
            }
            Err(rejected) => drafts.rejected.push(rejected),
        }
    }
    drafts
}

/// The row above this one in a tree of titles.
fn above(source: &Source<'_>, row: &Row, place: usize, tree: &mut Vec<Option<usize>>) -> Option<usize> {
    let levels = source.columns.of(Role::TitleAtLevel);
    let level = levels.iter().position(|column| !row.cell(*column).is_empty())?;
    tree.resize(level, None);
    let above = tree.iter().rev().flatten().next().copied();
    tree.push(Some(place));
    above
}

/// The dates of a row.
#[derive(Default)]
struct Dates {
    created: Option<CivilDate>,
    started: Option<CivilDate>,
    begin: Option<CivilDate>,
    finished: Option<CivilDate>,
    changed: Option<CivilDate>,
    declined: Option<CivilDate>,
    archived: Option<CivilDate>,
}

fn draft(
    source: &Source<'_>,
    row: &Row,
    drafts: &mut Drafts,
    keys: &HashMap<String, usize>,
) -> Result<Draft, Rejected> {
    let reject = |column: Option<usize>, reason: String| Rejected {
        line: row.line,
        column: column.map(|column| source.header(column)),
        reason,
    };
    let width = source.table.header.len();
    if row.cells.len() > MAX_COLUMNS {
        return Err(reject(None, format!("the row has {} cells: at most {MAX_COLUMNS} are read", row.cells.len())));
    }
    if row.loose {
        if row.cells.len() != width {
            let reason = "a quote is not closed where a column ends, and the row does not have as many cells as the \
                          header: double the quotes inside a quoted cell";
            return Err(reject(None, reason.to_owned()));
        }
        drafts.loose_quotes.add(|| format!("line {}", row.line));
    }
    let key_column = source.columns.of(Role::Key).first().copied();
    let id = key_column.map_or("", |column| row.cell(column));
    if is_longer(id, MAX_LINE) {
        return Err(reject(key_column, format!("the key is longer than {MAX_LINE} characters: shorten it")));
    }
    if let Some(first) = keys.get(id).and_then(|place| drafts.rows.get(*place)) {
        let reason = format!(
            "\"{}\" stands in {} {} already: each key may occur once",
            shortened(id, 60),
            source.unit(),
            first.line
        );
        return Err(reject(key_column, reason));
    }
    // Columns whose cells the item cannot hold after all, and which are kept for that reason.
    let mut kept: Vec<usize> = Vec::new();
    let title = title(source, row, drafts, &mut kept);
    let mut title = if title.is_empty() { id.to_owned() } else { title };
    if title.is_empty() {
        let column = source.columns.of(Role::Title).first().copied();
        return Err(reject(column.or(key_column), "the row has no title and no key: give it one of them".to_owned()));
    }
    let size = size(source, row, drafts, &mut kept)
        .map_err(|(column, why)| reject(Some(column), format!("\"{}\" {why}", shortened(row.cell(column), 30))))?;
    let size = if size.is_none() && source.tool.has("sizes-in-titles") {
        let (bare, points) = super::lines::sized(&title);
        title = bare;
        match sizes::size(&points, Notation::default()) {
            Size::Known(size) => Some(size),
            _ => None,
        }
    } else {
        size
    };
    let (dates, others) = dates_of(source, row, drafts, &mut kept);
    let (status, status_word) = status(source, row, drafts, &dates);
    let tags = tags(source, row, drafts, &mut kept);
    let (kind, kind_word) = kind(source, row, drafts, &tags);

    let finished = match status {
        Status::Done => dates.finished.or(dates.changed),
        Status::Declined => dates.declined.or(dates.finished).or(dates.archived),
        Status::Todo | Status::InProgress => None,
    };
    if finished != dates.finished {
        kept.extend(source.columns.of(Role::Finished));
    }
    let begin = dates.begin.filter(|_| status != Status::Todo);
    let happened = [dates.created, dates.started, begin, dates.finished, dates.changed, dates.declined, dates.archived];
    for day in happened.into_iter().flatten().chain(others) {
        drafts.oldest = Some(drafts.oldest.map_or(day, |oldest| oldest.min(day)));
        drafts.newest = Some(drafts.newest.map_or(day, |newest| newest.max(day)));
    }

    let sprint = sprint(source, row, drafts, &mut kept);
    kept.extend(source.cells(row, Role::Team).skip(1).map(|(column, _)| column));
    let link = source.first(row, Role::Link);
    let mut text = |role: Role, most: usize| match source.cells(row, role).next() {
        Some((column, cell)) => cut(source, row, column, cell, most, drafts, &mut kept),
        None => String::new(),
    };
    let mut item = Item {
        id: id.to_owned(),
        title,
        kind,
        status,
        size,
        tags,
        sprint,
        team: Some(text(Role::Team, MAX_LINE)).filter(|team| !team.is_empty()),
        created: dates.created,
        started: dates.started.or(begin),
        finished,
        notes: text(Role::Notes, MAX_TEXT).replace("\r\n", "\n"),
        criteria: criteria(source, row),
        story: Story {
            as_a: text(Role::AsA, MAX_TEXT),
            i_want: text(Role::IWant, MAX_TEXT),
            so_that: text(Role::SoThat, MAX_TEXT),
        },
        link: Some(link.to_owned()).filter(|link| !link.is_empty()),
        ..Item::default()
    };
    keep_columns(source, row, &kept, &mut item);
    if row.cells.iter().skip(width).any(|cell| !cell.trim().is_empty()) {
        drafts.extra_cells.add(|| format!("line {}", row.line));
    }
    let all = |role| source.cells(row, role).map(|(column, cell)| (column, cell.to_owned())).collect();
    Ok(Draft {
        line: row.line,
        item,
        number: source.first(row, Role::Number).to_owned(),
        epic_name: source.first(row, Role::EpicName).to_owned(),
        above: None,
        parent: None,
        parents: all(Role::Parent),
        epics: all(Role::Epic),
        needs: all(Role::Needs),
        blocks: all(Role::Blocks),
        status_word,
        kind_word,
    })
}

/// Criteria, one a line, with or without a mark before them.
fn criteria(source: &Source<'_>, row: &Row) -> Vec<Criterion> {
    let mut criteria = Vec::new();
    for (_, cell) in source.cells(row, Role::Criteria) {
        for line in cell.lines() {
            let line = line.trim().trim_start_matches(['-', '*', '•']).trim();
            let met = line.strip_prefix("[x]");
            let text = met.or(line.strip_prefix("[ ]")).unwrap_or(line).trim().to_owned();
            if !text.is_empty() {
                criteria.push(Criterion { text, met: met.is_some() });
            }
        }
    }
    criteria
}

/// A text of a cell, of at most so many letters; the whole of a longer one is kept.
fn cut(
    source: &Source<'_>,
    row: &Row,
    column: usize,
    text: &str,
    most: usize,
    drafts: &mut Drafts,
    kept: &mut Vec<usize>,
) -> String {
    if !is_longer(text, most) {
        return text.to_owned();
    }
    drafts.shortened.add(|| source.place(row, column));
    kept.push(column);
    text.chars().take(most).collect()
}

/// Whether a text has more than so many letters; short ones are not counted.
fn is_longer(text: &str, most: usize) -> bool {
    text.len() > most && text.chars().nth(most).is_some()
}

/// The title, in a line.
fn title(source: &Source<'_>, row: &Row, drafts: &mut Drafts, kept: &mut Vec<usize>) -> String {
    let columns = [Role::Title, Role::TitleAtLevel];
    let filled = columns.iter().flat_map(|role| source.columns.of(*role)).find(|column| !row.cell(**column).is_empty());
    let Some(column) = filled.copied() else { return String::new() };
    kept.extend(source.columns.of(Role::TitleAtLevel).iter().filter(|other| **other != column));
    let cell = row.cell(column);
    let line = if cell.contains(['\n', '\r']) {
        cell.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        cell.to_owned()
    };
    cut(source, row, column, &line, MAX_LINE, drafts, kept)
}

/// The first size that can be read, or the column and the reason for which the row cannot be.
fn size(
    source: &Source<'_>,
    row: &Row,
    drafts: &mut Drafts,
    kept: &mut Vec<usize>,
) -> Result<Option<Uncertain>, (usize, &'static str)> {
    let mut first = None;
    for (column, cell) in source.cells(row, Role::Size) {
        match sizes::size(cell, source.spelling(column).notation) {
            Size::Known(size) if first.is_none() => first = Some(size),
            Size::Known(size) if first == Some(size) => {}
            Size::Known(_) => kept.push(column),
            Size::Impossible(why) => return Err((column, why)),
            Size::Words => {
                drafts.unread_sizes.add(|| source.place(row, column));
                kept.push(column);
            }
        }
    }
    Ok(first)
}

/// The dates of a row; and those that only say that something happened.
fn dates_of(source: &Source<'_>, row: &Row, drafts: &mut Drafts, kept: &mut Vec<usize>) -> (Dates, Vec<CivilDate>) {
    let mut day = |role: Role| -> Option<CivilDate> {
        let mut first = None;
        for (column, cell) in source.cells(row, role) {
            let Spelling { order, given, .. } = source.spelling(column);
            let strict = given.is_some();
            // Databases write their first day for "no date", and people their last one for "never".
            let plausible = |day: &CivilDate| (1900..=2200).contains(&day.year());
            match dates::shape(cell).and_then(|shape| shape.day(order, strict)).filter(plausible) {
                Some(day) if first.is_none() => {
                    first = Some(day);
                    kept.extend(Some(column).filter(|_| dates::says_more(cell)));
                }
                Some(_) => kept.push(column),
                // Some tools only say whether.
                None if role == Role::Archived
                    && (is_yes(cell) || matches!(words::plain(cell).as_str(), "false" | "no")) => {}
                None => {
                    drafts.unread_dates.add(|| source.place(row, column));
                    kept.push(column);
                }
            }
        }
        first
    };
    let dates = Dates {
        created: day(Role::Created),
        started: day(Role::Started),
        begin: day(Role::Begin),
        finished: day(Role::Finished),
        changed: day(Role::Changed),
        declined: day(Role::Declined),
        archived: day(Role::Archived),
    };
    let others = [day(Role::Updated), day(Role::Seen)].into_iter().flatten().collect();
    if let (Some(start), Some(end)) = (day(Role::SprintStart), day(Role::SprintEnd)) {
        // Whole weeks less a day are written by tools that name the last day itself.
        let days = start.days_until(end);
        let days = if days % 7 == 6 { days + 1 } else { days };
        if let Ok(days) = u32::try_from(days)
            && (1..=crate::plan::MAX_SPRINT_DAYS).contains(&days)
        {
            let place = days as usize;
            drafts.sprint_lengths.resize(drafts.sprint_lengths.len().max(place + 1), 0);
            if let Some(count) = drafts.sprint_lengths.get_mut(place) {
                *count += 1;
            }
        }
    }
    (dates, others)
}

fn is_yes(cell: &str) -> bool {
    ["true", "yes", "1", "x", "done", "completed", "ja", "oui", "sí"].contains(&words::plain(cell).as_str())
}

fn status(source: &Source<'_>, row: &Row, drafts: &mut Drafts, dates: &Dates) -> (Status, Option<usize>) {
    let column = source.columns.of(Role::Status).first();
    let word = column.map_or("", |column| row.cell(*column));
    let plain = words::plain(word);
    let corrected = source.statuses.iter().find(|(known, _)| *known == plain).map(|(_, status)| *status);
    let meanings = &mut drafts.status_meanings;
    let place = column.map(|_| {
        drafts.statuses.place(word, || {
            let meaning = words::status(word, source.tool, source.words);
            meanings.push(meaning.map(|meaning| meaning.value));
            corrected.is_some() || meaning.is_some_and(|meaning| meaning.sure)
        })
    });
    let meaning = place.and_then(|place| meanings.get(place)).copied().flatten();
    let mut ending = |word: &str, mean: &dyn Fn() -> Option<Status>| {
        let meanings = &mut drafts.ending_meanings;
        let place = drafts.endings.place(word, || {
            meanings.push(mean());
            true
        });
        meanings.get(place).copied().flatten()
    };
    let category = source.first(row, Role::Category);
    let category = ending(&format!("category {category}"), &|| {
        words::status(category, source.words, source.words).map(|meaning| meaning.value)
    });
    // How it ended: undelivered, or delivered, or it did not.
    let mut ended = |role: Role| {
        let reason = source.first(row, role);
        ending(reason, &|| match words::plain(reason).as_str() {
            "" | "unresolved" => None,
            _ if words::not_delivered(reason, source.words) => Some(Status::Declined),
            _ => Some(Status::Done),
        })
    };
    let (resolution, reason) = (ended(Role::Resolution), ended(Role::Reason));
    let delivered = is_yes(source.first(row, Role::Delivered));
    let settles = source.tool.has("finish-settles");

    let mut status = match (corrected, category, meaning) {
        (Some(status), _, _) => status,
        // A category knows only that it has ended; the word knows how.
        (None, Some(Status::Done), Some(Status::Declined)) => Status::Declined,
        (None, Some(category), _) => category,
        (None, None, Some(Status::Declined)) => Status::Declined,
        (None, None, _) if settles && dates.finished.is_none() && dates.declined.is_some() => Status::Declined,
        (None, None, _) if (settles && dates.finished.is_some()) || delivered || resolution.is_some() => Status::Done,
        (None, None, Some(status)) => status,
        (None, None, None) if dates.finished.is_some() => Status::Done,
        (None, None, None) if dates.declined.is_some() => Status::Declined,
        (None, None, None) if dates.started.is_some() => Status::InProgress,
        (None, None, None) => Status::Todo,
    };
    if status == Status::Done && [resolution, reason].contains(&Some(Status::Declined)) {
        status = Status::Declined;
        drafts.not_delivered += 1;
    }
    if status.is_open()
        && corrected.is_none()
        && (dates.archived.is_some() || is_yes(source.first(row, Role::Archived)))
    {
        status = Status::Declined;
        drafts.archived += 1;
    }
    (status, place)
}

fn kind(source: &Source<'_>, row: &Row, drafts: &mut Drafts, tags: &[String]) -> (Kind, Option<usize>) {
    let column = source.columns.of(Role::Kind).first();
    let Some(column) = column.filter(|column| !is_blank(row.cell(**column))) else {
        // Where no column says it, teams say it by a label.
        let labelled = tags.iter().find_map(|tag| match words::plain(tag).as_str() {
            "bug" | "bugs" | "defect" => Some(Kind::Bug),
            "spike" => Some(Kind::Spike),
            "epic" => Some(Kind::Epic),
            _ => None,
        });
        drafts.labelled += usize::from(labelled.is_some());
        return (labelled.unwrap_or_default(), column.map(|_| drafts.kinds.place("", || true)));
    };
    let word = row.cell(*column);
    let meanings = &mut drafts.kind_meanings;
    let place = drafts.kinds.place(word, || {
        let plain = words::plain(word);
        let corrected = source.kinds.iter().find(|(known, _)| *known == plain).map(|(_, kind)| *kind);
        let meaning = words::kind(word, source.tool, source.words);
        meanings.push(corrected.or(meaning.map(|meaning| meaning.value)));
        corrected.is_some() || meaning.is_some_and(|meaning| meaning.sure)
    });
    (meanings.get(place).copied().flatten().unwrap_or_default(), Some(place))
}

/// The labels of all columns, each once: one to a cell, several with separators, or a JSON array.
fn tags(source: &Source<'_>, row: &Row, drafts: &mut Drafts, kept: &mut Vec<usize>) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    // A few are compared, many looked up.
    const FEW: usize = 16;
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (column, cell) in source.cells(row, Role::Tags) {
        let json = cell.starts_with('[').then(|| serde_json::from_str(cell).ok()).flatten();
        let listed: Option<Vec<String>> = json.and_then(|json| crate::json::read(&json).ok());
        let pieces = listed.unwrap_or_else(|| cell.split([',', ';', '|']).map(str::to_owned).collect());
        for piece in pieces {
            let tag = cut(source, row, column, piece.trim(), MAX_LINE, drafts, kept);
            if tag.is_empty() || tags.iter().take(FEW).any(|known| *known == tag) {
                continue;
            }
            if tags.len() < FEW || seen.insert(tag.clone(), tags.len()).is_none() {
                tags.push(tag);
            }
        }
    }
    tags
}

/// The sprint: of columns with the same header the last filled one, of different headers the first.
fn sprint(source: &Source<'_>, row: &Row, drafts: &mut Drafts, kept: &mut Vec<usize>) -> Option<String> {
    let filled: Vec<(usize, &str)> = source.cells(row, Role::Sprint).collect();
    let header = |column: usize| source.plain.get(column);
    let first = filled.first()?;
    let (column, name) = filled.iter().rev().find(|(column, _)| header(*column) == header(first.0))?;
    kept.extend(filled.iter().map(|(column, _)| *column).filter(|_| filled.len() > 1));
    if header(*column).is_some_and(|header| header == "iteration path") {
        // `Project\Release 2\Sprint 5`; the project alone means that no sprint was chosen.
        kept.push(*column);
        let (_, sprint) = name.rsplit_once('\\')?;
        return Some(cut(source, row, *column, sprint, MAX_LINE, drafts, kept));
    }
    Some(cut(source, row, *column, name, MAX_LINE, drafts, kept))
}

/// Keeps what the item does not hold, by header.
fn keep_columns(source: &Source<'_>, row: &Row, kept: &[usize], item: &mut Item) {
    for column in 0..row.cells.len() {
        // The words of a list are our own.
        let own = source.tool.format == LINES && column < source.columns.roles.len();
        let held = own || source.columns.roles.get(column).copied().flatten().is_some_and(Role::is_held_by_item);
        if !held || kept.contains(&column) {
            keep(&mut item.columns, source.header(column), row.cell(column));
        }
    }
}

/// Keeps a cell under its header, beside others of the same header.
pub(super) fn keep(columns: &mut BTreeMap<String, String>, header: String, cell: &str) {
    if cell.is_empty() {
        return;
    }
    let held = columns.entry(header).or_default();
    if held.is_empty() {
        cell.clone_into(held);
    } else if held != cell && !held.split(", ").any(|part| part == cell) {
        held.push_str(", ");
        held.push_str(cell);
    }
}
