//! The distribution of an amount: how much is finished in a given time.

/// How often which amount was reached.
///
/// ```
/// use landfall::forecast::Amounts;
/// let finished = Amounts::from_counts([(3.0, 10), (5.0, 20), (8.0, 70)]);
/// assert_eq!(finished.percentile(0.85), 5.0);      // the largest amount that 85 % of the trials reach
/// assert_eq!(finished.at_least(4.0), 0.9);
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Amounts {
    // From the largest amount down, each with the trials that reached exactly it.
    counts: Vec<(f64, u32)>,
    trials: u64,
}

impl Amounts {
    /// From pairs of an amount and a count of trials, in any order. Amounts that are not numbers count as 0.
    pub fn from_counts(counts: impl IntoIterator<Item = (f64, u32)>) -> Self {
        let mut sorted: Vec<(f64, u32)> =
            counts.into_iter().map(|(amount, count)| (if amount.is_nan() { 0.0 } else { amount }, count)).collect();
        sorted.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
        sorted.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 = kept.1.saturating_add(next.1);
            }
            same
        });
        let trials = sorted.iter().map(|&(_, count)| u64::from(count)).sum();
        Self { counts: sorted, trials }
    }

    /// From one amount a trial.
    pub fn from_trials(amounts: impl IntoIterator<Item = f64>) -> Self {
        Self::from_counts(amounts.into_iter().map(|amount| (amount, 1)))
    }

    /// Amounts from the largest down, each with the number of trials that ended with exactly it.
    pub fn counts(&self) -> &[(f64, u32)] {
        &self.counts
    }

    /// The largest amount `n` with P(finished ≥ `n`) ≥ `p`; 0 without trials.
    pub fn percentile(&self, p: f64) -> f64 {
        let mut reached = 0_u64;
        for &(amount, count) in &self.counts {
            reached += u64::from(count);
            if count > 0 && self.share(reached) >= p {
                return amount;
            }
        }
        self.counts.last().map_or(0.0, |&(amount, _)| amount)
    }

    /// The share of trials in which at least `amount` was finished.
    pub fn at_least(&self, amount: f64) -> f64 {
        self.share(
            self.counts.iter().take_while(|&&(reached, _)| reached >= amount).map(|&(_, count)| u64::from(count)).sum(),
        )
    }

    /// The mean amount.
    pub fn mean(&self) -> f64 {
        let trials = self.trials.max(1) as f64;
        self.counts.iter().map(|&(amount, count)| amount * (f64::from(count) / trials)).sum()
    }

    /// The continuous ranked probability score against what really came: the mean distance of the trials to it, less
    /// half their mean distance from each other. In units of the amount; 0 is best (Gneiting and Raftery 2007, eq. 21).
    pub fn crps(&self, truth: f64) -> f64 {
        let trials = self.trials.max(1) as f64;
        let mut distance = 0.0;
        let mut spread = 0.0;
        let mut above = 0.0;
        let mut pairs = self.counts.iter().peekable();
        while let Some(&(amount, count)) = pairs.next() {
            let share = f64::from(count) / trials;
            distance += share * (amount - truth).abs();
            above += share;
            if let Some(&&(next, _)) = pairs.peek() {
                spread += above * (1.0 - above) * (amount - next);
            }
        }
        distance - spread
    }

    fn share(&self, count: u64) -> f64 {
        if self.trials == 0 { 0.0 } else { count as f64 / self.trials as f64 }
    }
}
