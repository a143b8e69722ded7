//! One stored entry: `landfall2 <generation> <checksum> <seen> <payload>`.

use crc::{CRC_32_ISO_HDLC, Crc};

use super::Seen;

/// The version of the layout. The first had no tabs in its keys, and no `<seen>`.
const VERSION: u32 = 2;
const MARK: &str = "landfall";
/// With one table of 1 KiB: sixteen, as the fastest have, do not pack, and made the single file 20 KiB larger.
pub(crate) static CRC: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);

/// What stands in an entry.
pub(super) enum Entry {
    /// What was written.
    Whole {
        /// What a snapshot has taken in.
        seen: Seen,
        /// What is kept.
        payload: String,
    },
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
        let (mark, number, checksum, rest) = (next(), next(), next(), next());
        let Some(version) = mark.strip_prefix(MARK).and_then(|version| version.parse::<u32>().ok()) else {
            return Self::Damaged;
        };
        if version > VERSION {
            return Self::Newer;
        }
        if version == 0 || number.parse() != Ok(generation) || checksum != checksum_of(generation, rest) {
            return Self::Damaged;
        }
        if version < VERSION {
            // All that there was before it was of the one line that had no tabs.
            let seen = Seen { reset: false, tabs: vec![(String::new(), generation)] };
            return Self::Whole { seen, payload: rest.to_owned() };
        }
        match rest.split_once(' ').and_then(|(seen, payload)| Some((Seen::read(seen)?, payload))) {
            Some((seen, payload)) => Self::Whole { seen, payload: payload.to_owned() },
            None => Self::Damaged,
        }
    }
}

/// The text of an entry.
pub(super) fn write(generation: u64, seen: &Seen, payload: &str) -> String {
    let rest = format!("{} {payload}", seen.write());
    format!("{MARK}{VERSION} {generation} {} {rest}", checksum_of(generation, &rest))
}

fn checksum_of(generation: u64, text: &str) -> String {
    let mut crc = CRC.digest();
    crc.update(&generation.to_le_bytes());
    crc.update(text.as_bytes());
    format!("{:08x}", crc.finalize())
}
