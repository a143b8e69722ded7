//! A plan inside what shows it: a picture or a page that Landfall has made opens as the plan again.
//!
//! What is inside is written as in a [link](super::read_link), without its `#landfall=`: in a PNG as a `tEXt` chunk with
//! the keyword `landfall`; in SVG and HTML as an attribute `data-landfall`, on `metadata` and on the first table, where it
//! shows nothing, runs nothing and survives a clipboard.

use super::link::{self, link};
use crate::error::{Code, Error, Result};
use crate::plan::PlanDocument;
use crate::store::CRC;

const ATTRIBUTE: &str = "data-landfall=\"";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const KEYWORD: &[u8] = b"tEXtlandfall\0";

/// The plan in a file or a text: a saved plan, a link, or a picture or page with a plan inside. Nothing where it is none
/// of these: another tool's file, or a picture of something else.
///
/// # Errors
/// [`Code::Damaged`] for a picture that was cut off or whose plan was changed, and for a PNG without a plan, which nothing
/// else can be made of; else as [`read_link`](super::read_link) and [`PlanDocument::from_json`].
pub fn plan_in(bytes: &[u8]) -> Result<Option<PlanDocument>> {
    if let Some(chunks) = bytes.strip_prefix(PNG) {
        return in_png(chunks).map(Some);
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return Ok(None) };
    let text = text.trim_start_matches('\u{feff}').trim_ascii();
    match text.as_bytes().first() {
        Some(b'{') => match PlanDocument::from_json(text) {
            Ok(document) => link::checked(document).map(Some),
            // Other tools write objects, too.
            Err(error) if error.path() == Some("/format") => Ok(None),
            Err(error) => Err(error),
        },
        Some(b'<') => {
            let token = text.split_once(ATTRIBUTE).and_then(|(_, rest)| rest.split_once('"'));
            token.map(|(token, _)| link::read(token, link::FOR_FILES)).transpose()
        }
        _ => link::is_link(text).then(|| link::read_link(text)).transpose(),
    }
}

/// An HTML page with a plan inside: on its first table, which is what people copy, else on its first heading. A plan too
/// long to be read again is left out.
pub fn carrying(page: String, plan: &PlanDocument) -> String {
    let Ok(token) = link(plan) else { return page };
    let place = if page.contains("<table") { "<table" } else { "<h1" };
    page.replacen(place, &format!("{place} {ATTRIBUTE}{token}\""), 1)
}

/// Chunks are a length, a type of four letters, that many bytes, and a CRC of the type and them (PNG, 5.3).
fn in_png(mut rest: &[u8]) -> Result<PlanDocument> {
    let damaged = || Error::new(Code::Damaged, "the picture was cut off or changed: fetch it again");
    while let Some((length, after)) = rest.split_first_chunk() {
        let length = (u32::from_be_bytes(*length) as usize).saturating_add(4);
        let (chunk, after) = after.split_at_checked(length).ok_or_else(damaged)?;
        let (crc, next) = after.split_first_chunk().ok_or_else(damaged)?;
        if let Some(token) = chunk.strip_prefix(KEYWORD) {
            let is_whole = CRC.checksum(chunk) == u32::from_be_bytes(*crc);
            let token = std::str::from_utf8(token).ok().filter(|_| is_whole);
            return link::read(token.ok_or_else(damaged)?, link::FOR_FILES);
        }
        rest = next;
    }
    let message = "this picture holds no plan: it is not one of Landfall's, or a tool has saved it anew and left the plan out. Ask for the file";
    Err(Error::new(Code::Damaged, message))
}
