//! The calibrated velocity model against its description, worked out anew: every case that may hold is followed on a
//! grid of levels, and what the next periods bring is added up over all draws, without a single trial.

use landfall::forecast::{HowManyRequest, Prior, VelocityModel, how_many_amounts};

const DRIFTS: [f64; 6] = [0.03, 0.07, 0.12, 0.19, 0.28, 0.45];
const SCATTERS: [f64; 7] = [0.01, 0.04, 0.1, 0.2, 0.4, 0.75, 1.3];
const LEVELS: usize = 50;
const CELL: f64 = 0.16;

fn level(k: usize) -> f64 {
    -4.0 + CELL * k as f64
}

fn log_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// The probability of each level, drift and scatter, given a history: the forward recursion over all of them.
fn beliefs(past: &[f64]) -> Vec<(f64, f64, f64, f64)> {
    let prior = Prior::default();
    let mean = past.iter().sum::<f64>() / past.len() as f64;
    let mut beliefs = Vec::new();
    for drift in DRIFTS {
        // A matrix, where the core runs along a kernel.
        let mut to = vec![vec![0.0; LEVELS]; LEVELS];
        let density = |k: f64| (-0.5 * (k * CELL / drift).powi(2)).exp();
        let reach = if drift < CELL { 1 } else { (3.5 * drift / CELL) as i64 + 1 };
        let sum: f64 = (-reach..=reach).map(|k| density(k as f64)).sum();
        for from in 0..LEVELS {
            for k in -reach..=reach {
                let share = match k {
                    0 if drift < CELL => 1.0 - (drift / CELL).powi(2),
                    _ if drift < CELL => (drift / CELL).powi(2) / 2.0,
                    k => density(k as f64) / sum,
                };
                to[from][(from as i64 + k).clamp(0, LEVELS as i64 - 1) as usize] += share;
            }
        }
        for scatter in SCATTERS {
            let believed = -0.5 * ((drift / prior.drift).ln() / prior.drift_spread).powi(2)
                - 0.5 * ((scatter / prior.scatter).ln() / prior.scatter_spread).powi(2);
            let mut levels = vec![believed.exp() / LEVELS as f64; LEVELS];
            for (t, amount) in past.iter().enumerate() {
                if t > 0 {
                    let before = levels.clone();
                    levels = (0..LEVELS).map(|k| (0..LEVELS).map(|from| before[from] * to[from][k]).sum()).collect();
                }
                // Poisson, at the scale at which the variance is the mean.
                let count = amount / mean / scatter;
                for (k, share) in levels.iter_mut().enumerate() {
                    let rate = level(k).exp() / scatter;
                    *share *= (count * rate.ln() - rate - log_gamma(count + 1.0)).exp() / scatter;
                }
            }
            beliefs.extend(levels.iter().enumerate().map(|(k, share)| (level(k), drift, scatter, *share)));
        }
    }
    let sum: f64 = beliefs.iter().map(|(.., share)| share).sum();
    beliefs.iter_mut().for_each(|(.., share)| *share /= sum);
    beliefs.retain(|(.., share)| *share > 1e-7);
    beliefs
}

/// The chances of 0, 1, … 24 ones among 24 bits.
fn binomial() -> [f64; 25] {
    let mut row = [0.0; 25];
    row[0] = 1.0 / f64::from(1 << 24);
    for k in 1..25 {
        row[k] = row[k - 1] * (25 - k) as f64 / k as f64;
    }
    row
}

/// The chance that the next period brings at least each of `thresholds`, after `steps` steps of the level.
fn at_least(past: &[f64], thresholds: &[f64]) -> Vec<f64> {
    let mean = past.iter().sum::<f64>() / past.len() as f64;
    let whole = past.iter().all(|amount| amount.fract() == 0.0);
    let keep = 1.0 - Prior::default().pull;
    let ones = binomial();
    let mut chances = vec![0.0; thresholds.len()];
    for (middle, drift, scatter, share) in beliefs(past) {
        for part in 0..4 {
            let start = middle + ((f64::from(part) + 0.5) / 4.0 - 0.5) * CELL;
            for (up, p_up) in ones.iter().enumerate() {
                let level = (keep * start + drift * (up as f64 - 12.0) / 6.0_f64.sqrt()).exp();
                let variance = scatter / 9.0 / level;
                for (normal, p_normal) in ones.iter().enumerate() {
                    for byte in 0..16 {
                        let deviate = normal as f64 + (f64::from(byte) + 0.5) / 16.0 - 12.5;
                        let normal = deviate / (6.0_f64 + 1.0 / 12.0).sqrt();
                        let drawn = mean * level * (1.0 - variance + normal * variance.sqrt()).max(0.0).powi(3);
                        let p = share * p_up * p_normal / 64.0;
                        for (chance, threshold) in chances.iter_mut().zip(thresholds) {
                            // Rounded up as often as its fraction says.
                            let reached = if whole {
                                (drawn - threshold + 1.0).clamp(0.0, 1.0)
                            } else {
                                f64::from(drawn >= *threshold)
                            };
                            *chance += p * reached;
                        }
                    }
                }
            }
        }
    }
    chances
}

#[test]
fn the_next_period_is_distributed_as_described() {
    const TRIALS: u32 = 200_000;
    for past in [&[3.0, 5.0, 4.0, 0.0, 2.0][..], &[1.0], &[21.5, 34.0, 8.25, 55.0, 13.0, 34.5, 30.0], &[7.0; 12]] {
        let mean = past.iter().sum::<f64>() / past.len() as f64;
        let thresholds: Vec<f64> = [0.2, 0.5, 0.8, 1.0, 1.2, 1.6, 2.2, 3.0].map(|part| (part * mean).ceil()).into();
        let exact = at_least(past, &thresholds);
        let request = HowManyRequest {
            model: Some(VelocityModel::Calibrated),
            trials: Some(TRIALS),
            ..HowManyRequest::new(past.to_vec(), 1)
        };
        let amounts = how_many_amounts(&request).unwrap();
        for (threshold, exact) in thresholds.iter().zip(exact) {
            let found = amounts.at_least(*threshold);
            // Four standard errors, and what the coarser steps of this reckoning leave out.
            let allowed = 4.0 * (exact * (1.0 - exact) / f64::from(TRIALS)).sqrt() + 0.001;
            assert!((found - exact).abs() < allowed, "{past:?}, at least {threshold}: {found}, exactly {exact}");
        }
    }
}

fn told(past: &[f64], periods: u32, p: f64) -> f64 {
    let request =
        HowManyRequest { model: Some(VelocityModel::Calibrated), ..HowManyRequest::new(past.to_vec(), periods) };
    how_many_amounts(&request).unwrap().percentile(p)
}

#[test]
fn a_short_history_gets_a_wider_answer_than_a_long_one() {
    let spread = |n: usize| told(&vec![10.0; n], 6, 0.05) / told(&vec![10.0; n], 6, 0.95);
    let spreads: Vec<f64> = [1, 3, 6, 12, 24, 40].map(spread).into();
    assert!(spreads.is_sorted_by(|wide, narrow| wide > narrow), "{spreads:?}");
    assert!(spreads[0] > 3.0 && spreads[5] < 1.8, "{spreads:?}");
}

#[test]
fn a_team_that_drifts_in_its_history_is_expected_to_drift_on() {
    let steady: Vec<f64> = [20.0, 22.0, 18.0, 21.0, 19.0, 20.0].repeat(6);
    // The same amounts, but neighbours are alike: the level goes up and down.
    let drifting: Vec<f64> = [30.0, 28.0, 22.0, 15.0, 10.0, 9.0, 12.0, 18.0, 25.0, 31.0].repeat(4);
    let spread = |past: &[f64]| told(past, 6, 0.05) / told(past, 6, 0.95);
    assert!(spread(&drifting) > 1.5 * spread(&steady));
}

#[test]
fn a_level_that_has_changed_is_followed_and_its_return_left_open() {
    let mut past = vec![20.0; 14];
    past.extend([8.0; 4]);
    let half = told(&past, 6, 0.5) / 6.0;
    assert!((7.0..12.0).contains(&half), "{half} a period after a fall from 20 to 8");
    assert!(told(&past, 6, 0.05) / 6.0 > 12.0);
}

#[test]
fn whole_numbers_stay_whole_and_fractions_stay_fractions() {
    assert_eq!(told(&[3.0, 0.0, 7.0, 2.0], 5, 0.5).fract(), 0.0);
    assert_ne!(told(&[3.5, 0.0, 7.0, 2.0], 5, 0.5).fract(), 0.0);
}

#[test]
fn the_scale_of_the_unit_does_not_matter() {
    let past = [3.51, 0.25, 7.0, 2.0, 4.5];
    let scaled: Vec<f64> = past.iter().map(|amount| amount * 64.0).collect();
    assert_eq!(told(&past, 5, 0.85) * 64.0, told(&scaled, 5, 0.85));
}

#[test]
fn nothing_is_made_of_nothing_and_the_largest_numbers_stay_finite() {
    assert_eq!(told(&[0.0; 30], 12, 0.01), 0.0);
    // Finished once, long before what is read.
    let mut old = vec![5.0];
    old.extend([0.0; 60]);
    assert_eq!(told(&old, 12, 0.01), 0.0);
    assert!(told(&[1e15, 0.0, 1e15], 100, 0.01).is_finite());
    assert!(told(&[1e-300, 0.0, 3e-300], 100, 0.01) > 0.0);
    assert!(told(&vec![4.0; 100_000], 3, 0.5) > 6.0);
}
