//! Bytes to text: UTF-8, UTF-16, and windows-1252 for what is neither.

use crate::error::{Code, Error, Result};
use crate::pace::Pace;

/// The largest file that is read, in bytes.
pub(super) const MAX_BYTES: usize = 64 << 20;

/// A file's text, and what had to be assumed to get it.
pub(super) struct Decoded {
    pub text: String,
    pub encoding: &'static str,
    pub note: Option<String>,
}

/// Decodes a file. Nothing is lost: bytes that are no UTF-8 are read as windows-1252, in which every byte is a letter.
pub(super) async fn decode(mut bytes: Vec<u8>, pace: &Pace) -> Result<Decoded> {
    if bytes.len() > MAX_BYTES {
        let most = MAX_BYTES >> 20;
        return Err(Error::new(
            Code::TooLarge,
            format!("the file has more than {most} MiB, the most that is read: export fewer items or fewer columns"),
        ));
    }
    // Memory that grows bit by bit takes a browser longer than the reading.
    drop(Vec::<u8>::new().try_reserve_exact(bytes.len().saturating_mul(6)));
    let begin: Vec<u8> = bytes.iter().take(8).copied().collect();
    let decoded = match begin.as_slice() {
        [0xEF, 0xBB, 0xBF, ..] => {
            bytes.drain(..3);
            utf8(bytes, pace).await
        }
        [0xFF, 0xFE, ..] => utf16(bytes.get(2..).unwrap_or_default(), u16::from_le_bytes, pace).await,
        [0xFE, 0xFF, ..] => utf16(bytes.get(2..).unwrap_or_default(), u16::from_be_bytes, pace).await,
        // Half of the bytes of latin letters in UTF-16 are zero, which no text in another encoding has.
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => utf16(&bytes, u16::from_le_bytes, pace).await,
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => utf16(&bytes, u16::from_be_bytes, pace).await,
        _ => utf8(bytes, pace).await,
    };
    pace.rest(0.0).await;
    refuse_other_files(&begin, &decoded.text)?;
    Ok(decoded)
}

/// How many letters are decoded in a step.
const STEP: usize = 1 << 14;

async fn utf8(bytes: Vec<u8>, pace: &Pace) -> Decoded {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Decoded { text, encoding: "utf-8", note: None },
        Err(error) => error.into_bytes(),
    };
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    for some in bytes.chunks(STEP) {
        pace.step(0.0).await;
        text.extend(some.iter().map(|byte| windows_1252(*byte)));
    }
    let note = Some("the file is no UTF-8; its letters were read as windows-1252".to_owned());
    Decoded { text, encoding: "windows-1252", note }
}

async fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16, pace: &Pace) -> Decoded {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len() / 2);
    let mut lost = rest.len();
    for (place, letter) in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).enumerate() {
        if place % STEP == 0 {
            pace.step(0.0).await;
        }
        text.push(letter.unwrap_or_else(|_| {
            lost += 1;
            char::REPLACEMENT_CHARACTER
        }));
    }
    let note = (lost > 0).then(|| format!("{lost} letters of the file are no valid UTF-16 and were replaced"));
    Decoded { text, encoding: "utf-16", note }
}

fn windows_1252(byte: u8) -> char {
    // 0x80–0x9F; the five bytes without a letter keep their control character.
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
    ];
    byte.checked_sub(0x80).and_then(|high| HIGH.get(usize::from(high))).copied().unwrap_or(char::from(byte))
}

/// Names the files that people drop by mistake, instead of complaining about their first line.
fn refuse_other_files(bytes: &[u8], text: &str) -> Result<()> {
    let shown = text.trim_start();
    if shown.trim_end().is_empty() {
        return Err(Error::new(Code::EmptyFile, "the file is empty: export it again, with its header and its rows")
            .at("line 1"));
    }
    let found = if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        "a spreadsheet workbook or another packed file"
    } else if bytes.starts_with(b"%PDF") {
        "a PDF"
    } else if text.matches('\0').count() * 10 > text.len() {
        "a binary file"
    } else {
        return Ok(());
    };
    Err(Error::new(Code::NotATable, format!("the file is {found}, not a table: save or export it as CSV")).at("line 1"))
}
