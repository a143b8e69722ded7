//! A plan in a link: what stands behind the `#` of an address, and inside pictures and pages.
//!
//! `#landfall=1.<data>.<check>`: the plan's JSON, deflated without a header (RFC 1951) and written in base64url without
//! padding (RFC 4648, 5), then the CRC-32 of the deflated bytes in eight hexadecimal digits. The check may be absent.
//! The number is the version of this form, not that of the plan's. Nothing that follows `#` is sent to a server.
//!
//! ```
//! use landfall::exchange::{link, read_link};
//! use landfall::plan::{Plan, PlanDocument};
//!
//! let plan = PlanDocument::from(&Plan::default());
//! let address = format!("https://wiki.example/plan#landfall={}", link(&plan)?);
//! assert_eq!(read_link(&address)?, plan);
//! let error = read_link("https://wiki.example/plan#landfall=1.q1YqS%").unwrap_err();
//! assert_eq!(error.to_string(), "character 6: the link was changed on its way: copy all of it again");
//! # Ok::<(), landfall::Error>(())
//! ```

use super::inflate::{Fault, inflated};
use crate::error::{Code, Error, Result};
use crate::plan::{Plan, PlanDocument};
use crate::store::CRC;

/// What stands before the plan in an address.
const MARK: &str = "#landfall=";
/// The version of the form that is read and written.
const VERSION: u32 = 1;
/// The longest link that is read, in bytes.
const MAX_LINK: usize = 1 << 20;
/// What a plan inside may take when it is read from a link, and from a file, in bytes.
pub(super) const FOR_LINKS: usize = 16 << 20;
pub(super) const FOR_FILES: usize = 64 << 20;
/// No plan deflates by more than this; zeros would by a thousand.
const MAX_RATIO: usize = 128;
/// A small plan may deflate by any ratio up to this size, in bytes.
const SMALL: usize = 64 << 10;
/// What a text may take as JSON values, in bytes for each comma or bracket, and each object.
const VALUE: usize = 32;
const OBJECT: usize = 400;

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The plan of a link: the whole address, or what stands behind its `#`. Blanks and line breaks that a mail has put into
/// it do not matter.
///
/// Reading takes memory and time in proportion to the link, and never more than 16 MiB.
///
/// # Errors
/// [`Code::NotALink`]; [`Code::NewerFormat`] for a form or a plan of a newer Landfall; [`Code::Damaged`], with the
/// character where it can be told; [`Code::TooLarge`] for a link above 1 MiB, or one that holds more than a plan can;
/// else what [`PlanDocument::from_json`] and [`Plan::check`] say of the plan inside.
pub fn read_link(text: &str) -> Result<PlanDocument> {
    let Some((_, token)) = text.split_once(MARK) else {
        return Err(not_a_link());
    };
    if token.len() > MAX_LINK {
        return Err(too_large());
    }
    read(token.trim_ascii(), FOR_LINKS)
}

/// Whether a text is a link and nothing else.
pub(super) fn is_link(text: &str) -> bool {
    text.split(char::is_whitespace).next().is_some_and(|first| first.contains(MARK))
}

/// The plan of a document as what follows `#landfall=`, not compressed: a program that has no compressor can write it.
///
/// # Errors
/// [`Code::TooLarge`] for a plan that would not be read again: some 20,000 items.
pub fn link(document: &PlanDocument) -> Result<String> {
    const LONGEST: usize = 0xffff;
    let json = crate::json::to_text(document, false)?;
    if cost(json.as_bytes()) > FOR_FILES {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    let mut blocks = json.as_bytes().chunks(LONGEST).peekable();
    while let Some(block) = blocks.next() {
        let length = block.len() as u16;
        bytes.push(u8::from(blocks.peek().is_none()));
        bytes.extend_from_slice(&length.to_le_bytes());
        bytes.extend_from_slice(&(!length).to_le_bytes());
        bytes.extend_from_slice(block);
    }
    Ok(format!("{VERSION}.{}.{}", encoded(&bytes), check_of(&bytes)))
}

/// The plan behind `#landfall=`. What it takes in memory beside the text is within `most` bytes.
pub(super) fn read(token: &str, most: usize) -> Result<PlanDocument> {
    let mut parts = token.splitn(3, '.');
    let mut next = || parts.next().unwrap_or_default();
    let (version, data, check) = (next(), next(), next());
    match version.parse::<u32>() {
        Ok(VERSION) => {}
        Ok(newer) if newer > VERSION => {
            let message = format!(
                "the link has version {newer}, and this Landfall reads {VERSION}: open it with a newer Landfall"
            );
            return Err(Error::new(Code::NewerFormat, message));
        }
        _ => return Err(not_a_link()),
    }
    let bytes = decoded(data)?;
    let check: String = check.split_ascii_whitespace().collect();
    if !check.is_empty() && check != check_of(&bytes) {
        return Err(damaged());
    }
    let json = match inflated(&bytes, (most / 4).min(SMALL + MAX_RATIO * bytes.len())) {
        Ok(json) => json,
        Err(Fault::Damaged) => return Err(damaged()),
        Err(Fault::TooLarge) => return Err(too_large()),
    };
    // Before any of it is built.
    if cost(&json) > most {
        return Err(too_large());
    }
    let text = std::str::from_utf8(&json).map_err(|_| damaged())?;
    checked(PlanDocument::from_json(text)?)
}

/// A document of which all holds that must hold of a plan.
pub(super) fn checked(document: PlanDocument) -> Result<PlanDocument> {
    Plan::try_from(document).map(|plan| PlanDocument::from(&plan))
}

fn check_of(bytes: &[u8]) -> String {
    format!("{:08x}", CRC.checksum(bytes))
}

/// What a text takes while it is read as JSON, in bytes: itself while it grew, its strings once more, its values.
fn cost(json: &[u8]) -> usize {
    let values = json.iter().map(|byte| match byte {
        b'{' => OBJECT,
        b',' | b'[' => VALUE,
        _ => 4,
    });
    values.sum()
}

fn not_a_link() -> Error {
    Error::new(Code::NotALink, "this is no Landfall link: no #landfall= with a plan is in it. Copy the whole address")
}

fn damaged() -> Error {
    Error::new(Code::Damaged, "the link was cut off or changed on its way: copy all of it again, or ask for the file")
}

fn too_large() -> Error {
    Error::new(Code::TooLarge, "this holds more than a plan of its length can: it is not opened. Ask for the file")
}

/// Base64url without padding, and without the line breaks of a mail. A last character with bits to spare must have them clear.
fn decoded(text: &str) -> Result<Vec<u8>> {
    let changed = |place: usize| {
        let message = "the link was changed on its way: copy all of it again";
        Error::new(Code::Damaged, message).at(format!("character {}", place + 1))
    };
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    let (mut held, mut bits) = (0, 0);
    for (place, c) in text.bytes().enumerate() {
        if c.is_ascii_whitespace() {
            continue;
        }
        let value = BASE64.iter().position(|one| *one == c).ok_or_else(|| changed(place))?;
        held = (held << 6) | value as u32;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
            held &= (1 << bits) - 1;
        }
    }
    if text.is_empty() || bits == 6 || held != 0 { Err(damaged()) } else { Ok(bytes) }
}

fn encoded(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() / 3 * 4 + 4);
    for group in bytes.chunks(3) {
        let held = group.iter().enumerate().fold(0, |held, (k, byte)| held | u32::from(*byte) << (16 - 8 * k));
        for k in 0..=group.len() {
            let value = (held >> (18 - 6 * k)) & 63;
            text.extend(BASE64.get(value as usize).map(|c| char::from(*c)));
        }
    }
    text
}
