//! Which column holds what: the tool by its headers, the roles of its columns, and the user's own mapping.

use std::collections::BTreeMap;

use super::contents::FORMATS;
use super::reading::ColumnOptions;
use super::table::Table;
use super::tools::{Role, Tool, Tools};
use crate::error::{Code, Error, Result};

/// A header as it is compared: lower case, one space between words, `createdAt` and `created_at` as `created at`.
pub(super) fn plain(header: &str) -> String {
    let mut plain = String::with_capacity(header.len());
    let mut before = ' ';
    for letter in header.trim().trim_start_matches('\u{feff}').chars() {
        if letter.is_whitespace() || letter == '_' {
            if !plain.ends_with(' ') && !plain.is_empty() {
                plain.push(' ');
            }
        } else {
            if letter.is_uppercase() && before.is_lowercase() {
                plain.push(' ');
            }
            plain.extend(letter.to_lowercase());
        }
        before = letter;
    }
    plain
}

/// The role of a plain header, and its place in the list.
fn look_up(tool: &Tool, plain: &str) -> Option<(usize, Role)> {
    let fits = |known: &str| match known.strip_suffix('*') {
        Some(beginning) => plain.starts_with(beginning),
        None => plain == known,
    };
    tool.headers.iter().enumerate().find(|(_, (known, _))| fits(known)).map(|(place, (_, role))| (place, *role))
}

/// Whether some tool has a column of this plain header.
pub(super) fn is_known(plain: &str, tools: &Tools) -> bool {
    tools.all().any(|tool| look_up(tool, plain).is_some())
}

/// The tool that wrote a table with these plain headers.
pub(super) fn tool<'a>(plain: &[String], asked: Option<&str>, tools: &'a Tools) -> Result<&'a Tool> {
    let tool = match asked {
        Some(format) => tools.of_format(format),
        None => tools.of_headers(plain),
    };
    tool.ok_or_else(|| {
        let known: Vec<&str> = tools.all().map(|tool| tool.format).chain(FORMATS).collect();
        let format = asked.unwrap_or_default();
        let message = format!("no format is called \"{format}\": give one of {}, or none", known.join(", "));
        Error::new(Code::UnknownFormat, message).at("/format")
    })
}

/// The columns of a table by their roles.
pub(super) struct Columns {
    /// By column.
    pub roles: Vec<Option<Role>>,
    /// The columns of each role, in the order in which their cells count.
    by_role: Vec<Vec<usize>>,
}

impl Columns {
    /// The columns of a role, the one that counts most first.
    pub(super) fn of(&self, role: Role) -> &[usize] {
        self.by_role.get(role as usize).map_or(&[], Vec::as_slice)
    }

    /// Whether the table has a column of this role.
    pub(super) fn has(&self, role: Role) -> bool {
        !self.of(role).is_empty()
    }

    fn give(&mut self, column: usize, role: Option<Role>) {
        if let Some(slot) = self.roles.get_mut(column) {
            if let Some(before) = slot.take()
                && let Some(columns) = self.by_role.get_mut(before as usize)
            {
                columns.retain(|other| *other != column);
            }
            *slot = role;
        }
        if let Some(columns) = role.and_then(|role| self.by_role.get_mut(role as usize)) {
            columns.push(column);
        }
    }
}

/// Gives every column of a table its role.
pub(super) fn columns(
    table: &Table,
    plain: &[String],
    tool: &Tool,
    all: Option<&Tool>,
    mapping: &BTreeMap<String, String>,
) -> Result<Columns> {
    let mut found: Vec<(usize, usize, Role)> = plain
        .iter()
        .enumerate()
        .filter_map(|(column, header)| look_up(tool, header).map(|(place, role)| (place, column, role)))
        .collect();
    crate::sort::by(&mut found, |a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    let mut columns =
        Columns { roles: vec![None; table.header.len()], by_role: vec![Vec::new(); Role::Ignore as usize + 1] };
    for (_, column, role) in found {
        if role.may_repeat() || !columns.has(role) {
            columns.give(column, Some(role));
        }
    }
    drop_numbered_titles(table, plain, all, &mut columns);
    apply(mapping, plain, &mut columns)?;
    Ok(columns)
}

/// "Task", "story" and the like head a column of titles in one table and of numbers in another.
fn drop_numbered_titles(table: &Table, plain: &[String], all: Option<&Tool>, columns: &mut Columns) {
    let Some(title) = columns.of(Role::Title).first().copied() else { return };
    let header = plain.get(title).map(String::as_str);
    if !all.is_some_and(|tool| tool.words("or number").any(|title| Some(title) == header)) {
        return;
    }
    let cells = table.rows.iter().take(200).map(|row| row.cell(title)).filter(|cell| !cell.is_empty());
    let (numbers, words) = cells.fold((0, 0), |(numbers, words), cell| {
        if cell.bytes().all(|b| b.is_ascii_digit()) { (numbers + 1, words) } else { (numbers, words + 1) }
    });
    if numbers > words {
        columns.give(title, None);
    }
}

/// Lays the user's mapping over what was found: header to field, or field to header.
fn apply(mapping: &BTreeMap<String, String>, headers: &[String], columns: &mut Columns) -> Result<()> {
    let mut given: Vec<Role> = Vec::new();
    for (left, right) in mapping {
        let places = |header: &str| -> Vec<usize> {
            let wanted = plain(header);
            headers.iter().enumerate().filter(|(_, found)| **found == wanted).map(|(place, _)| place).collect()
        };
        let (here, there) = (places(left), places(right));
        let (found, role) = match (Role::named(left), Role::named(right)) {
            (_, Some(role)) if !here.is_empty() => (here, role),
            (Some(role), _) if !there.is_empty() => (there, role),
            (None, None) => {
                let message =
                    format!("neither \"{left}\" nor \"{right}\" is a field: map headers to one of {}", Role::names());
                return Err(Error::new(Code::InvalidRequest, message).at(place(left)));
            }
            _ => {
                let message =
                    format!("the file has no column \"{}\"", if Role::named(left).is_some() { right } else { left });
                return Err(Error::new(Code::InvalidRequest, message).at(place(left)));
            }
        };
        // What the user names takes the place of what was guessed, once: several columns may be named for one field.
        if !given.contains(&role) && role != Role::Ignore {
            given.push(role);
            for guessed in columns.of(role).to_vec() {
                columns.give(guessed, None);
            }
        }
        for column in found {
            if role.may_repeat() || !columns.has(role) {
                columns.give(column, Some(role));
            }
        }
    }
    Ok(())
}

fn place(key: &str) -> String {
    format!("/mapping/{}", crate::plan::pointer(key))
}

/// Checks that the columns whose cells somebody has corrected are there.
pub(super) fn check(given: &BTreeMap<String, ColumnOptions>, headers: &[String]) -> Result<()> {
    match given.keys().find(|header| !headers.contains(&plain(header))) {
        Some(header) => {
            let place = format!("/columns/{}", crate::plan::pointer(header));
            Err(Error::new(Code::InvalidRequest, format!("the file has no column \"{header}\"")).at(place))
        }
        None => Ok(()),
    }
}
