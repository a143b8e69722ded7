//! The reading of a file as a whole: counts, unit, sprint length, and what a person should know.

use std::collections::{HashMap, HashSet};

use super::reading::{ColumnUse, Field, FileReading, FileRow, Recognised, StatusUse, TypeUse};
use super::rows::{Draft, Drafts, Source, Words, keep, shortened};
use super::tools::Role;
use crate::plan::{Item, Kind, Status, Unit};

/// The length of a sprint that nobody has told.
pub(super) const USUAL_SPRINT_DAYS: u32 = 14;

/// How the file was understood.
pub(super) fn recognised(source: &Source<'_>, drafts: &Drafts) -> Recognised {
    let lengths = (0_u32..).zip(&drafts.sprint_lengths).filter(|(_, count)| **count > 0);
    let found = lengths.max_by_key(|(_, count)| **count).map(|(days, _)| days);
    let (statuses, types) = (status_uses(drafts), type_uses(drafts));
    Recognised {
        tool: source.tool.name.to_owned(),
        delimiter: source.table.delimiter.map(String::from).unwrap_or_default(),
        encoding: source.encoding.to_owned(),
        shape: shape(source),
        columns: column_uses(source),
        ask_mapping: !source.columns.has(Role::Title) && !source.columns.has(Role::TitleAtLevel),
        unit: source.options.unit.unwrap_or_else(|| unit(&drafts.rows)),
        sized: drafts.rows.iter().filter(|row| row.item.size.is_some()).count(),
        sprint_days: source.options.sprint_days.or(found).unwrap_or(USUAL_SPRINT_DAYS),
        sprint_days_found: found.is_some() && source.options.sprint_days.is_none(),
        date_order: source.evidence.any().then(|| source.options.date_order.unwrap_or(source.evidence.order())),
        date_order_guessed: source.options.date_order.is_none() && source.evidence.is_ambiguous(),
        statuses,
        types,
    }
}

/// Sums up what was read.
pub(super) fn reading(source: &Source<'_>, mut drafts: Drafts, recognised: Recognised) -> FileReading {
    let teams = drop_single_team(source, &mut drafts.rows);
    let notes = notes(source, &mut drafts, &recognised);
    FileReading {
        format: format(source).to_owned(),
        read: drafts.rows.len() + drafts.rejected.len(),
        fields: fields(source, teams),
        rows: drafts.rows.into_iter().map(row).collect(),
        rejected: drafts.rejected,
        notes,
        oldest: drafts.oldest,
        newest: drafts.newest,
        recognised,
    }
}

fn row(draft: Draft) -> FileRow {
    let parent = draft.parent.filter(|_| draft.item.parent.is_none());
    FileRow { line: draft.line, item: draft.item, parent }
}

/// One team is no team: only several need their own history. Its name stays among the columns.
fn drop_single_team(source: &Source<'_>, rows: &mut [Draft]) -> bool {
    let teams: HashSet<&str> = rows.iter().filter_map(|row| row.item.team.as_deref()).collect();
    if teams.len() > 1 {
        return true;
    }
    let header = source.columns.of(Role::Team).first().map(|column| source.header(*column)).unwrap_or_default();
    for row in rows {
        if let Some(team) = row.item.team.take() {
            keep(&mut row.item.columns, header.clone(), &team);
        }
    }
    false
}

fn fields(source: &Source<'_>, teams: bool) -> Vec<Field> {
    let has = |roles: &[Role]| roles.iter().any(|role| source.columns.has(*role));
    let finish = [Role::Finished, Role::Changed, Role::Declined];
    let state = [Role::Status, Role::Category, Role::Resolution, Role::Delivered, Role::Finished];
    [
        (Field::Title, has(&[Role::Title, Role::TitleAtLevel])),
        (Field::Kind, has(&[Role::Kind])),
        (Field::Status, has(&state)),
        (Field::Size, has(&[Role::Size])),
        (Field::Created, has(&[Role::Created])),
        (Field::Started, has(&[Role::Started, Role::Begin])),
        (Field::Finished, has(&finish)),
        (Field::Parent, has(&[Role::Parent, Role::Epic, Role::TitleAtLevel])),
        (Field::Needs, has(&[Role::Needs, Role::Blocks])),
        (Field::Tags, has(&[Role::Tags])),
        (Field::Sprint, has(&[Role::Sprint])),
        (Field::Notes, has(&[Role::Notes])),
        (Field::Team, teams),
        (Field::Link, has(&[Role::Link])),
        (Field::Criteria, has(&[Role::Criteria])),
        (Field::Story, has(&[Role::AsA, Role::IWant, Role::SoThat])),
    ]
    .into_iter()
    .filter_map(|(field, there)| there.then_some(field))
    .collect()
}

/// The tool's format; that of what holds the rows, where no tool is known.
fn format<'a>(source: &Source<'a>) -> &'a str {
    let any = [super::tools::ANY_FORMAT, super::contents::LINES].contains(&source.tool.format);
    source.table.format.filter(|_| any).unwrap_or(source.tool.format)
}

/// The format and its headers, each once, in 64 bits (FNV-1a).
fn shape(source: &Source<'_>) -> String {
    let mut headers: Vec<&str> = source.plain.iter().map(String::as_str).collect();
    crate::sort::set(&mut headers);
    let mut digest = 0xcbf2_9ce4_8422_2325_u64;
    for text in [format(source)].into_iter().chain(headers) {
        for byte in text.bytes().chain([0]) {
            digest = (digest ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
    format!("{digest:016x}")
}

fn column_uses(source: &Source<'_>) -> Vec<ColumnUse> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut uses: Vec<ColumnUse> = Vec::new();
    for (column, role) in source.columns.roles.iter().enumerate() {
        let header = source.header(column);
        let role = role.filter(|role| *role != Role::Ignore);
        let spelling = source.spelling(column);
        let example = || {
            let mut cells = source.table.rows.iter().take(1000).map(|row| row.cell(column));
            cells.find(|cell| !cell.is_empty()).map(|cell| shortened(cell, 40))
        };
        match places.get(&header).and_then(|place| uses.get_mut(*place)) {
            Some(known) => {
                known.count += 1;
                known.field = known.field.take().or(role.map(|role| role.name().to_owned()));
                known.example = known.example.take().or_else(example);
                known.date_order = known.date_order.or(spelling.date_order());
                known.date_order_guessed |= spelling.guessed;
                known.decimal_comma = known.decimal_comma.or(spelling.decimal_comma());
            }
            None => {
                places.insert(header.clone(), uses.len());
                uses.push(ColumnUse {
                    header,
                    count: 1,
                    field: role.map(|role| role.name().to_owned()),
                    example: example(),
                    date_order: spelling.date_order(),
                    date_order_guessed: spelling.guessed,
                    decimal_comma: spelling.decimal_comma(),
                });
            }
        }
    }
    uses
}

/// How many items of a word were taken for what, by the place of the meaning in its list of all.
type Tally = [usize; 6];

/// Of a word: its name, how many items have it, the place of their commonest meaning, how many have another one,
/// whether it is a guess.
struct Use {
    name: String,
    count: usize,
    meaning: usize,
    otherwise: usize,
    guessed: bool,
}

/// Sums up the words of a column. `items` gives for each item the place of its word and of its meaning.
fn uses(words: &Words, items: &mut dyn Iterator<Item = (Option<usize>, usize)>) -> Vec<Use> {
    let mut tallies = vec![Tally::default(); words.words.len()];
    for (word, meaning) in items {
        let tally = word.and_then(|word| tallies.get_mut(word));
        if let Some(count) = tally.and_then(|tally| tally.get_mut(meaning)) {
            *count += 1;
        }
    }
    let mut uses: Vec<Use> = Vec::new();
    for (word, tally) in words.words.iter().zip(tallies) {
        let count: usize = tally.iter().sum();
        let commonest = tally.iter().enumerate().rev().max_by_key(|(_, count)| **count);
        if let Some((meaning, most)) = commonest.filter(|_| count > 0) {
            let guessed = !word.sure && !word.name.is_empty();
            uses.push(Use { name: word.name.clone(), count, meaning, otherwise: count - most, guessed });
        }
    }
    // A stable sort: words that are equally frequent stay in the order of the file.
    crate::sort::by(&mut uses, |a, b| b.count.cmp(&a.count));
    uses
}

fn status_uses(drafts: &Drafts) -> Vec<StatusUse> {
    let place = |row: &Draft| Status::ALL.iter().position(|status| *status == row.item.status).unwrap_or_default();
    let words = uses(&drafts.statuses, &mut drafts.rows.iter().map(|row| (row.status_word, place(row))));
    let status = |word: Use| StatusUse {
        status: Status::ALL.get(word.meaning).copied().unwrap_or_default(),
        name: word.name,
        count: word.count,
        otherwise: word.otherwise,
        guessed: word.guessed,
    };
    words.into_iter().map(status).collect()
}

fn type_uses(drafts: &Drafts) -> Vec<TypeUse> {
    let place = |row: &Draft| Kind::ALL.iter().position(|kind| *kind == row.item.kind).unwrap_or_default();
    let words = uses(&drafts.kinds, &mut drafts.rows.iter().map(|row| (row.kind_word, place(row))));
    let kind = |word: Use| TypeUse {
        kind: Kind::ALL.get(word.meaning).copied().unwrap_or_default(),
        name: word.name,
        count: word.count,
        otherwise: word.otherwise,
        guessed: word.guessed,
    };
    words.into_iter().map(kind).collect()
}

/// Points, where at least half of the finished work has a size above zero; without finished work, of the open one.
fn unit(rows: &[Draft]) -> Unit {
    let parts = |row: &&Draft| row.item.kind != Kind::SubTask;
    let parents: HashSet<&str> = rows.iter().filter(parts).filter_map(|row| row.item.parent.as_deref()).collect();
    let is_work = |item: &Item| {
        !matches!(item.kind, Kind::SubTask | Kind::Epic) && (item.id.is_empty() || !parents.contains(item.id.as_str()))
    };
    let sized = |wanted: &dyn Fn(Status) -> bool| {
        let work = rows.iter().map(|row| &row.item).filter(|item| wanted(item.status) && is_work(item));
        work.fold((0, 0), |(all, sized), item| {
            (all + 1, sized + usize::from(item.size.is_some_and(|size| size.mean() > 0.0)))
        })
    };
    let (all, with_size) = match sized(&|status| status == Status::Done) {
        (0, _) => sized(&Status::is_open),
        finished => finished,
    };
    if all > 0 && with_size * 2 >= all { Unit::Points } else { Unit::Items }
}

/// "1 row", "3 rows".
fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

fn notes(source: &Source<'_>, drafts: &mut Drafts, recognised: &Recognised) -> Vec<String> {
    let mut notes = Vec::new();
    if recognised.ask_mapping {
        notes.push("no column was recognised as the title, so the key stands for it".to_owned());
    }
    if ![Role::Status, Role::Category, Role::Delivered].iter().any(|role| source.columns.has(*role)) {
        notes.push(if source.columns.has(Role::Finished) {
            "no column holds a status: what has a finish date is done, the rest is not begun or in progress".to_owned()
        } else {
            "no column holds a status, so every item is taken as not begun".to_owned()
        });
    }
    let guessed: Vec<String> =
        recognised.statuses.iter().filter(|word| word.guessed).map(|word| format!("\"{}\"", word.name)).collect();
    if !guessed.is_empty() {
        notes.push(format!("what these statuses mean is a guess: {}", shown(&guessed)));
    }
    let undated =
        drafts.rows.iter().filter(|row| row.item.status == Status::Done && row.item.finished.is_none()).count();
    if undated > 0 {
        let items = counted(undated, "finished item has", "finished items have");
        notes.push(format!("{items} no finish date and cannot count for the velocity"));
    }
    if drafts.not_delivered > 0 {
        let items = counted(
            drafts.not_delivered,
            "item was closed without being delivered and is",
            "items were closed without being delivered and are",
        );
        notes.push(format!("{items} declined, not done, as the resolution says"));
    }
    if drafts.archived > 0 {
        let items =
            counted(drafts.archived, "item was archived unfinished and is", "items were archived unfinished and are");
        notes.push(format!("{items} declined"));
    }
    if drafts.labelled > 0 {
        let items = counted(drafts.labelled, "item has its type", "items have their type");
        notes.push(format!("{items} from a label, because no column says it"));
    }
    if recognised.date_order_guessed {
        let order = match recognised.date_order {
            Some(super::DateOrder::MonthFirst) => "month first",
            _ => "day first",
        };
        notes.push(format!("dates like 3/4/2025 are read as {order}, which nothing in the file proves"));
    }
    let troubles = [
        (&drafts.unread_sizes, "size could not be read and is left open", "sizes could not be read and are left open"),
        (&drafts.unread_dates, "date could not be read and is left out", "dates could not be read and are left out"),
        (
            &drafts.extra_cells,
            "row has more cells than the header; they are kept",
            "rows have more cells than the header; they are kept",
        ),
        (
            &drafts.loose_quotes,
            "row has a quote that is not closed where a column ends; it was read as it stands",
            "rows have quotes that are not closed where a column ends; they were read as they stand",
        ),
        (
            &drafts.shortened,
            "text is too long and was cut; the whole is kept among the columns",
            "texts are too long and were cut; the whole is kept among the columns",
        ),
    ];
    for (trouble, one, many) in troubles {
        if trouble.count > 0 {
            notes.push(format!("{}: {}", counted(trouble.count, one, many), trouble.spelt()));
        }
    }
    notes.append(&mut drafts.notes);
    notes
}

/// The first few of a list.
fn shown(names: &[String]) -> String {
    const MOST: usize = 6;
    let first = names.iter().take(MOST).cloned().collect::<Vec<_>>().join(", ");
    if names.len() > MOST { format!("{first} and {} more", names.len() - MOST) } else { first }
}
