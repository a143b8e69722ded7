//! Addressed draws: a random number is a function of the seed, the trial and what it is for, never of how many were
//! drawn before. So moving one item changes only what that item touches, and trials can be run in any slices.
//!
//! A stream is a SplitMix64 generator (Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
//! OOPSLA 2014) whose seed is hashed from the address; its n-th number is read directly, because the state of that
//! generator after n steps is its seed + n × γ. Only 64-bit integer operations: the same bits everywhere.

/// What a draw is for: streams of different purposes share no numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Purpose {
    Velocity = 1,
    // A number is part of the address: it stays when one before it goes.
    Level = 3,
    Size,
    Split,
    ItemSplit,
    RiskHappens,
    RiskImpact,
    RiskPlace,
    Growth,
    Score,
    Top,
}

/// A sequence of random numbers that can be read at any place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stream(u64);

const GAMMA: u64 = 0x9E37_79B9_7F4A_7C15;

impl Stream {
    /// The stream of one purpose and one thing: a team, an item, a risk.
    pub(crate) fn new(seed: u64, purpose: Purpose, key: u64) -> Self {
        Self(mix(mix(seed ^ (purpose as u64).wrapping_mul(GAMMA)) ^ key))
    }

    /// The stream of one trial, for things of which a trial draws many.
    #[inline(always)]
    pub(crate) fn trial(self, trial: u64) -> Self {
        Self(self.bits(trial))
    }

    /// 64 random bits at a place.
    #[inline(always)]
    pub(crate) fn bits(self, place: u64) -> u64 {
        mix(self.0.wrapping_add(place.wrapping_add(1).wrapping_mul(GAMMA)))
    }

    /// A number in 0..1, never 0 or 1, at a place.
    #[inline(always)]
    pub(crate) fn uniform(self, place: u64) -> f64 {
        to_uniform(self.bits(place))
    }
}

/// 53 of 64 random bits as the middle of one of 2^53 equal parts of 0..1.
#[inline(always)]
pub(crate) fn to_uniform(bits: u64) -> f64 {
    ((bits >> 12) as f64 + 0.5) * (1.0 / (1_u64 << 52) as f64)
}

/// 32 random bits scaled to 0..len (Lemire 2019, without the rejection: its bias, len / 2^32, is below any that
/// trials could show).
#[inline(always)]
pub(crate) fn to_index(bits: u64, len: u32) -> u32 {
    ((bits * u64::from(len)) >> 32) as u32
}

/// Four positions in a list of `len`, drawn from 64 random bits.
///
/// What multiplying by `len` leaves below the point is drawn from again (Brackett-Rozinsky and Lemire 2024, "Batched
/// ranged random integer generation", without the rejection). A position is off by at most `len`² / 2^32: for lists
/// up to [`MOST_OF_FOUR`] that is far below what trials can show.
#[inline(always)]
pub(crate) fn to_four_indices(bits: u64, len: u32) -> [u32; 4] {
    let len = u64::from(len);
    let (low, high) = ((bits & 0xFFFF_FFFF) * len, (bits >> 32) * len);
    let (low_rest, high_rest) = ((low & 0xFFFF_FFFF) * len, (high & 0xFFFF_FFFF) * len);
    [(low >> 32) as u32, (low_rest >> 32) as u32, (high >> 32) as u32, (high_rest >> 32) as u32]
}

/// How long a list may be for [`to_four_indices`].
pub(crate) const MOST_OF_FOUR: usize = 1024;

/// The address of a thing by its name, so that its draws do not depend on where it stands: FNV-1a, 64 bits
/// (Fowler, Noll and Vo), finished with a mix because names differ in few bits.
pub(crate) fn key(name: &str) -> u64 {
    mix(name.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)))
}

/// The finaliser of SplitMix64 (Stafford's variant 13).
#[inline(always)]
pub(crate) fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
