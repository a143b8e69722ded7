//! One stored entry: `landfall1 <generation> <checksum> <payload>`.

use crc::{CRC_32_ISO_HDLC, Crc};

/// The version of the layout.
const VERSION: u32 = 1;
const MARK: &str = "landfall";
/// With one table of 1 KiB: sixteen, as the fastest have, do not pack, and made the single file 20 KiB larger.
pub(crate) static CRC: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);

/// What stands in an entry.
pub(super) enum Entry {
    /// Its payload.
    Whole(String),
    /// It was written in a newer layout.
    Newer,
    /// It is not what was written.
    Damaged,
}

impl Entry {
    /// Reads an entry that should be of this generation.
    pub(super) fn read(text: &str, generation: u64) -> Self {
        let mut parts = text.splitn(4, ' ');
        let mut next = || parts.next().unwrap_or_default();
        let (mark, number, checksum, payload) = (next(), next(), next(), next());
        let Some(version) = mark.strip_prefix(MARK).and_then(|version| version.parse::<u32>().ok()) else {
            return Self::Damaged;
        };
        if version > VERSION {
            return Self::Newer;
        }
        let whole =
            version == VERSION && number.parse() == Ok(generation) && checksum == checksum_of(generation, payload);
        if whole { Self::Whole(payload.to_owned()) } else { Self::Damaged }
    }
}

/// The text of an entry.
pub(super) fn write(generation: u64, payload: &str) -> String {
    format!("{MARK}{VERSION} {generation} {} {payload}", checksum_of(generation, payload))
}

fn checksum_of(generation: u64, payload: &str) -> String {
    let mut crc = CRC.digest();
    crc.update(&generation.to_le_bytes());
    crc.update(payload.as_bytes());
    format!("{:08x}", crc.finalize())
}
