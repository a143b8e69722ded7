//! The distribution of a finish: how many trials ended in which period, and how many never did.

/// Counts of trials by the period in which something was finished, and of those in which it was not.
///
/// Periods are counted from 1. Where the engine was asked for several slots a period, they are slots instead.
///
/// ```
/// use landfall::forecast::Histogram;
/// let finished = Histogram::from_counts([(3, 1), (4, 2), (5, 6)], 1);
/// assert_eq!(finished.percentile(0.3), Some(4));   // the smallest period that 30 % of the trials make
/// assert_eq!(finished.percentile(0.95), None);     // one trial in ten never ended
/// assert_eq!(finished.within(4), 0.3);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Histogram {
    counts: Vec<u32>,
    never: u32,
    trials: u64,
}

impl Histogram {
    /// From pairs of a period (from 1; 0 is taken as 1) and a count of trials, and the count of those that never
    /// ended; a period beyond a million counts as never.
    pub fn from_counts(counts: impl IntoIterator<Item = (u32, u32)>, mut never: u32) -> Self {
        const LAST: u32 = 1_000_000;
        let mut dense: Vec<u32> = Vec::new();
        for (period, count) in counts {
            if period > LAST {
                never = never.saturating_add(count);
                continue;
            }
            let bin = period.saturating_sub(1) as usize;
            if dense.len() <= bin {
                dense.resize(bin + 1, 0);
            }
            if let Some(sum) = dense.get_mut(bin) {
                *sum = sum.saturating_add(count);
            }
        }
        Self::from_bins(dense, never)
    }

    /// From counts by bin: the first is period 1.
    pub(crate) fn from_bins(mut counts: Vec<u32>, never: u32) -> Self {
        while counts.last() == Some(&0) {
            counts.pop();
        }
        counts.shrink_to_fit();
        let trials = counts.iter().map(|&count| u64::from(count)).sum::<u64>() + u64::from(never);
        Self { counts, never, trials }
    }

    /// Counts of trials by period: the first is period 1, the last is the latest in which a trial ended.
    pub fn counts(&self) -> &[u32] {
        &self.counts
    }

    /// The trials in which it was not finished within the horizon.
    pub fn never(&self) -> u32 {
        self.never
    }

    /// All trials.
    pub fn trials(&self) -> u64 {
        self.trials
    }

    /// The smallest period `k` with a share of at least `p` of the trials done by its end; none when that lies beyond
    /// the horizon.
    pub fn percentile(&self, p: f64) -> Option<u32> {
        let mut done = 0_u64;
        for (period, &count) in (1_u32..).zip(&self.counts) {
            done += u64::from(count);
            if count > 0 && self.share(done) >= p {
                return Some(period);
            }
        }
        None
    }

    /// The share of trials done by the end of period `k`.
    pub fn within(&self, k: u32) -> f64 {
        self.share(self.counts.iter().take(k as usize).map(|&count| u64::from(count)).sum())
    }

    /// The share of trials done by the end of every period, up to the latest in which a trial ended.
    pub fn cumulated(&self) -> impl Iterator<Item = f64> + '_ {
        let mut done = 0_u64;
        self.counts.iter().map(move |&count| {
            done += u64::from(count);
            self.share(done)
        })
    }

    /// The mean period of the trials that ended; none when none did.
    pub fn mean(&self) -> Option<f64> {
        let ended = self.trials - u64::from(self.never);
        let sum: u64 = (1_u64..).zip(&self.counts).map(|(period, &count)| period * u64::from(count)).sum();
        (ended > 0).then(|| sum as f64 / ended as f64)
    }

    fn share(&self, count: u64) -> f64 {
        if self.trials == 0 { 0.0 } else { count as f64 / self.trials as f64 }
    }
}
