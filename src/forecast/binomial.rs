//! How often something happens by luck alone.

/// The counts that are usual for something of probability `p` in `n` tries: with luck alone a count lies below them, and
/// above them, in at most one case of ten each. Exact: sums of the binomial distribution.
///
/// ```
/// assert_eq!(landfall::forecast::usual_count(20, 0.85), (15, 19));
/// ```
pub fn usual_count(n: u32, p: f64) -> (u32, u32) {
    const TAIL: f64 = 0.1;
    if n == 0 || p <= 0.0 {
        return (0, 0);
    }
    if p >= 1.0 {
        return (n, n);
    }
    let odds = libm::log(p / (1.0 - p));
    // In logarithms, because (1 - p)^n may be less than the smallest number there is.
    let mut log = f64::from(n) * libm::log(1.0 - p);
    let mut up_to = 0.0;
    let mut low = None;
    for k in 0..=n {
        up_to += libm::exp(log);
        if up_to > TAIL {
            low.get_or_insert(k);
        }
        if up_to >= 1.0 - TAIL {
            return (low.unwrap_or(k), k);
        }
        log += odds + libm::log(f64::from(n - k) / f64::from(k + 1));
    }
    (low.unwrap_or(n), n)
}
