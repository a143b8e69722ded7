//! Counting: one histogram for each of many things, filled trial by trial.

use super::super::histogram::Histogram;

/// The bin of what was not finished within the horizon.
pub(super) const NEVER: u32 = u32::MAX;

/// Rows grow as far as their latest finish and no further, so that many items over a far horizon stay affordable.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    rows: Vec<Vec<u32>>,
    never: Vec<u32>,
}

impl Tally {
    pub(super) fn new(rows: usize) -> Self {
        Self { rows: vec![Vec::new(); rows], never: vec![0; rows] }
    }

    #[inline(always)]
    pub(super) fn add(&mut self, row: usize, bin: u32) {
        self.add_many(row, bin, 1);
    }

    #[inline(always)]
    pub(super) fn add_many(&mut self, row: usize, bin: u32, trials: u32) {
        let Some(counts) = self.rows.get_mut(row) else { return };
        if let Some(count) = counts.get_mut(bin as usize) {
            *count += trials;
        } else if bin == NEVER {
            if let Some(count) = self.never.get_mut(row) {
                *count += trials;
            }
        } else {
            counts.resize(bin as usize + 1, 0);
            if let Some(count) = counts.last_mut() {
                *count += trials;
            }
        }
    }

    /// Adds what a histogram has counted.
    pub(super) fn add_all(&mut self, row: usize, histogram: &Histogram) {
        self.add_many(row, NEVER, histogram.never());
        for (bin, &count) in (0..).zip(histogram.counts()) {
            self.add_many(row, bin, count);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Trials by bin, of one thing.
    pub(super) fn counts(&self, row: usize) -> Option<&[u32]> {
        self.rows.get(row).map(Vec::as_slice)
    }

    pub(super) fn into_histograms(self) -> Vec<Histogram> {
        self.rows.into_iter().zip(self.never).map(|(counts, never)| Histogram::from_bins(counts, never)).collect()
    }
}
