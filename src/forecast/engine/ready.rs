//! The ready items of one team, by rank: a set of small numbers whose least is found by counting zeros of words.

/// Numbers below a fixed bound: one bit each, and one bit a word that is not empty.
#[derive(Debug, Clone)]
pub(super) struct Ready {
    words: Vec<u64>,
    summary: Vec<u64>,
}

impl Ready {
    pub(super) fn new(bound: usize) -> Self {
        let words = bound.div_ceil(64);
        Self { words: vec![0; words], summary: vec![0; words.div_ceil(64)] }
    }

    pub(super) fn clear(&mut self) {
        self.words.fill(0);
        self.summary.fill(0);
    }

    #[inline(always)]
    pub(super) fn insert(&mut self, rank: u32) {
        let word = rank / 64;
        if let Some(bits) = self.words.get_mut(word as usize) {
            *bits |= 1 << (rank % 64);
        }
        if let Some(bits) = self.summary.get_mut(word as usize / 64) {
            *bits |= 1 << (word % 64);
        }
    }

    #[inline(always)]
    pub(super) fn remove(&mut self, rank: u32) {
        let word = rank / 64;
        let Some(bits) = self.words.get_mut(word as usize) else { return };
        *bits &= !(1 << (rank % 64));
        if *bits == 0
            && let Some(bits) = self.summary.get_mut(word as usize / 64)
        {
            *bits &= !(1 << (word % 64));
        }
    }

    #[inline(always)]
    pub(super) fn first(&self) -> Option<u32> {
        let (block, bits) = (0_u32..).zip(&self.summary).find(|&(_, &bits)| bits != 0)?;
        let word = block * 64 + bits.trailing_zeros();
        let bits = self.words.get(word as usize)?;
        Some(word * 64 + bits.trailing_zeros())
    }
}
