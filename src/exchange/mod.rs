//! The door through which other tools' files come in: bytes to typed rows. It knows no plan and changes none.
//!
//! A file goes through one road, whatever wrote it: bytes become text (`decode`), text becomes a table (`contents` tells
//! what it holds: separated values, `table`; or `json` with `trello`, `html`, `markdown`, `lines`), the headers say which
//! tool it was and which column is what (`columns`, by the lists in `tools`), cells become items (`rows`, with `dates`,
//! `sizes` and `words`), and items find their parents and needs (`relations`).
//! To teach Landfall another tool's export or another team's words, add to `tools.txt`; no code is needed.
//!
//! ```
//! use landfall::exchange::{ReadOptions, read};
//! use landfall::plan::Status;
//!
//! let file = "Key;Title;Status;Points;Closed\nA-1;Log in;Erledigt;3,5;23.11.2026\nA-2;Log out;Offen;;\n";
//! let reading = read(file.as_bytes(), &ReadOptions::default())?;
//! assert_eq!(reading.read, 2);
//! let [first, second] = reading.rows.as_slice() else { panic!("two rows") };
//! assert_eq!((first.item.id.as_str(), first.item.status), ("A-1", Status::Done));
//! assert_eq!(first.item.size, Some(3.5.into()));
//! assert_eq!(first.item.finished, Some("2026-11-23".parse()?));
//! assert_eq!((second.line, second.item.status), (3, Status::Todo));
//! # Ok::<(), landfall::Error>(())
//! ```

mod carried;
mod columns;
mod contents;
mod dates;
mod decode;
mod html;
mod inflate;
mod json;
mod lines;
mod link;
mod markdown;
pub(crate) mod own;
mod reading;
mod relations;
mod rows;
mod sizes;
mod summary;
mod table;
mod tools;
mod trello;
mod usage;
mod words;
pub mod write;

pub use carried::{carrying, plan_in};
pub use dates::DateOrder;
pub use link::{link, read_link};
pub use reading::{
    ColumnOptions, ColumnUse, Field, FileReading, FileRow, ReadOptions, Recognised, Rejected, StatusUse, TypeUse,
};
pub use usage::{UsageLine, UsageReading, usage};
pub(crate) use usage::{key, plain};

use crate::error::{Code, Error, Result};
use crate::pace::{self, Pace};
use decode::Decoded;
use tools::{Role, Tools};

/// Reads a file that another tool wrote, or what was copied from one: CSV or TSV, a list of objects in JSON, a board of
/// Trello's, a table or list in HTML or Markdown, or lines of notes. The tool is recognised by its headers.
///
/// Every row below the header either becomes an item or is rejected with a reason; what a cell says and an item cannot
/// hold is kept in [`Item::columns`](crate::plan::Item::columns).
///
/// # Errors
/// [`Code::EmptyFile`]; [`Code::NoRows`] for a header alone; [`Code::NotATable`] for what holds no list; [`Code::NotJson`]
/// for broken JSON, with line and column; [`Code::UnterminatedQuote`] with its line; [`Code::NeedsMapping`] when no column
/// can be the title, with the headers that were found; [`Code::TooLarge`] above 64 MiB (32 of JSON), 200,000 rows, 2,000
/// columns or 16 million cells; [`Code::UnknownFormat`] and [`Code::InvalidRequest`] for options that do not fit.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<FileReading> {
    pace::at_once(read_in_slices(bytes.to_vec(), options, table::MAX_ROWS, &Pace::default()))
}

/// [`read`], of so many rows at most, with rests; of an import it is the first three quarters.
pub(crate) async fn read_in_slices(
    bytes: Vec<u8>,
    options: &ReadOptions,
    most: usize,
    pace: &Pace,
) -> Result<FileReading> {
    let mut decoded = decode::decode(bytes, pace).await?;
    let tools = Tools::read();
    let mapped: Vec<String> =
        options.mapping.iter().flat_map(|(left, right)| [columns::plain(left), columns::plain(right)]).collect();
    let is_known = |plain: &str| columns::is_known(plain, &tools) || mapped.iter().any(|header| header == plain);
    let mut table = contents::table(std::mem::take(&mut decoded.text), options, most, &is_known, pace).await?;
    pace.rest(0.25).await;
    let plain: Vec<String> = table.header.iter().map(|header| columns::plain(header)).collect();
    let asked = options.format.as_deref().filter(|format| !contents::FORMATS.contains(format)).or(table.tool);
    let tool = columns::tool(&plain, asked, &tools)?;
    if table.rows.is_empty() && table.rejected.is_empty() {
        let what = if tool.has("if") { format!("the header of a {} export", tool.name) } else { "a header".to_owned() };
        let columns = table.header.len();
        let message =
            format!("the file has {what} ({columns} columns) and no rows below it: export it again with its items");
        return Err(Error::new(Code::NoRows, message).at("line 2"));
    }
    if own::is_own(&table.header) && !tool.has("if") && options.mapping.is_empty() {
        return Ok(own::read(&mut table, options, &tools, tool, decoded, pace).await);
    }
    let columns = columns::columns(&table, &plain, tool, tools.of_format(tools::ANY_FORMAT), &options.mapping)?;
    if !table.rows.is_empty() && ![Role::Title, Role::TitleAtLevel, Role::Key].iter().any(|role| columns.has(*role)) {
        let found: Vec<String> = table.header.iter().take(40).map(|header| format!("\"{header}\"")).collect();
        let message =
            format!("no column could be taken for the title: say which one it is. Found are {}", found.join(", "));
        return Err(Error::new(Code::NeedsMapping, message).at("line 1"));
    }
    columns::check(&options.columns, &plain)?;
    let rejected = std::mem::take(&mut table.rejected);
    let notes = std::mem::take(&mut table.notes);
    let words = tools.words().unwrap_or(tool);
    let source = rows::Source::new(&table, &plain, [tool, words], &columns, options, decoded.encoding, pace).await;
    let mut drafts = rows::drafts(&source, pace).await;
    drafts.rejected.extend(rejected);
    crate::sort::by(&mut drafts.rejected, |a, b| a.line.cmp(&b.line));
    drafts.notes.extend(notes);
    drafts.notes.extend(decoded.note);
    relations::relate(&mut drafts, tool, &table.header, pace).await;
    pace.rest(0.74).await;
    let recognised = summary::recognised(&source, &drafts);
    pace.rest(0.75).await;
    let reading = summary::reading(&source, drafts, recognised);
    pace.rest(0.77).await;
    Ok(reading)
}
