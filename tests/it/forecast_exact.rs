//! The simulation against exact distributions: by convolution, by enumeration of every path with a scheduler that
//! does nothing clever, or in closed form. At fixed seeds, so these tests never flicker.

use std::collections::BTreeMap;

use landfall::Range;
use landfall::forecast::engine::{Model, Size, Split, Task, Team, simulate};
use landfall::forecast::{
    Completion, ForecastRequest, Growth, History, HowManyRequest, PerTeam, Risk, Velocity, VelocityModel, WorkItem,
    forecast, how_many,
};

const TRIALS: u32 = 100_000;

const DAYS: [f64; 31] = [
    2.0, 0.0, 0.0, 5.0, 1.0, 3.0, 2.0, 4.0, 0.0, 0.0, 1.0, 1.0, 2.0, 4.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 2.0, 0.0, 0.0,
    0.0, 0.0, 0.0, 0.0, 1.0, 2.0, 0.0, 0.0,
];

// ------------------------------------------------------------------------------------------------ agreement

/// Simulated shares by the end of each period, beside those of an exact distribution.
struct Shares {
    found: Vec<f64>,
    exact: Vec<f64>,
}

impl Shares {
    fn new(within: &[f64], exact: &[f64]) -> Self {
        let found = (0..exact.len()).map(|k| within.get(k).copied().unwrap_or(1.0)).collect();
        Self { found, exact: exact.to_vec() }
    }

    /// Each share within four standard errors of a binomial with this many trials.
    fn each_is_near(&self) -> Result<(), String> {
        for (k, (found, exact)) in (1..).zip(self.found.iter().zip(&self.exact)) {
            let error = (exact * (1.0 - exact) / f64::from(TRIALS)).sqrt();
            if (found - exact).abs() > 4.0 * error + 1e-9 {
                return Err(format!("by period {k}: {found}, exactly {exact}"));
            }
        }
        Ok(())
    }

    /// The largest distance below what comes once in a thousand (Smirnov 1948: 1.95 / √n; on few values it comes even
    /// less often).
    fn kolmogorov_smirnov(&self) -> Result<(), String> {
        let widest = self.found.iter().zip(&self.exact).map(|(found, exact)| (found - exact).abs()).fold(0.0, f64::max);
        let scaled = widest * f64::from(TRIALS).sqrt();
        if scaled > 1.95 { Err(format!("Kolmogorov–Smirnov: {scaled}")) } else { Ok(()) }
    }

    /// Pearson's chi-square below what comes once in ten thousand, on bins of at least ten expected trials.
    fn chi_square(&self) -> Result<(), String> {
        let parts = |within: &[f64]| -> Vec<f64> {
            let mut before = 0.0;
            let ends = within.iter().copied().chain([1.0]);
            ends.map(|at| (at - std::mem::replace(&mut before, at)) * f64::from(TRIALS)).collect()
        };
        let mut bins: Vec<(f64, f64)> = vec![(0.0, 0.0)];
        for (found, exact) in parts(&self.found).into_iter().zip(parts(&self.exact)) {
            if bins.last().unwrap().1 >= 10.0 {
                bins.push((0.0, 0.0));
            }
            let last = bins.last_mut().unwrap();
            *last = (last.0 + found, last.1 + exact);
        }
        // What is left over at the end joins the bin before it.
        if bins.len() > 1 && bins.last().unwrap().1 < 10.0 {
            let rest = bins.pop().unwrap();
            let last = bins.last_mut().unwrap();
            *last = (last.0 + rest.0, last.1 + rest.1);
        }
        let freedom = bins.len() as f64 - 1.0;
        let chi: f64 = bins.iter().map(|(found, exact)| (found - exact) * (found - exact) / exact).sum();
        // The 0.9999 quantile of chi-square (Wilson and Hilferty 1931).
        let ninth = 2.0 / (9.0 * freedom);
        if freedom >= 1.0 && chi > freedom * (1.0 - ninth + 3.72 * ninth.sqrt()).powi(3) {
            return Err(format!("chi-square: {chi} with {freedom} degrees of freedom"));
        }
        Ok(())
    }
}

/// Whether simulated shares are those of an exact distribution, by all three tests.
fn agreement(found: &Completion, exact: &[f64]) -> Result<(), String> {
    let shares = Shares::new(&found.within, exact);
    shares.each_is_near()?;
    shares.kolmogorov_smirnov()?;
    shares.chi_square()
}

#[track_caller]
fn agrees(found: &Completion, exact: &[f64]) {
    if let Err(words) = agreement(found, exact) {
        panic!("{words}");
    }
}

fn request(history: impl Into<PerTeam<History>>, work: impl Into<landfall::forecast::Work>) -> ForecastRequest {
    let mut request = ForecastRequest::new(history, work);
    request.model = Some(VelocityModel::Bootstrap);
    request.trials = Some(TRIALS);
    request
}

// ------------------------------------------------------------------------------------------------ convolution

/// The distribution of what is finished by the end of each period, for velocities in whole numbers.
fn cumulated(history: &[f64], factors: &[f64], periods: usize) -> Vec<BTreeMap<i64, f64>> {
    let mut sums = vec![BTreeMap::from([(0_i64, 1.0)])];
    for period in 0..periods {
        let factor = factors.get(period).copied().unwrap_or(1.0);
        let mut next = BTreeMap::new();
        for (&sum, &share) in &sums[period] {
            for &amount in history {
                *next.entry(sum + (amount * factor) as i64).or_insert(0.0) += share / history.len() as f64;
            }
        }
        sums.push(next);
    }
    sums.split_off(1)
}

/// P(what is finished by the end of each period reaches `work`), where `work` may depend on the period.
fn reached(sums: &[BTreeMap<i64, f64>], work: impl Fn(usize) -> i64) -> Vec<f64> {
    let at = |(k, sums): (usize, &BTreeMap<i64, f64>)| sums.range(work(k + 1)..).map(|(_, share)| share).sum::<f64>();
    sums.iter().enumerate().map(at).collect()
}

#[test]
fn one_amount_from_a_fixed_velocity() {
    agrees(&forecast(&request(vec![3.0], 10.0)).unwrap().total, &[0.0, 0.0, 0.0, 1.0]);
}

#[test]
fn one_amount_from_two_velocities() {
    let exact = reached(&cumulated(&[1.0, 3.0], &[], 20), |_| 20);
    agrees(&forecast(&request(vec![1.0, 3.0], 20.0)).unwrap().total, &exact);
}

#[test]
fn one_amount_from_a_history_with_many_zeros() {
    let exact = reached(&cumulated(&[0.0, 0.0, 0.0, 1.0], &[], 60), |_| 5);
    agrees(&forecast(&request(vec![0.0, 0.0, 0.0, 1.0], 5.0)).unwrap().total, &exact);
}

#[test]
fn every_item_from_the_days_of_a_real_team() {
    let items: Vec<WorkItem> = (0..35).map(|n| WorkItem::new(format!("i{n}"), 1.0)).collect();
    let answer = forecast(&request(DAYS.to_vec(), items)).unwrap();
    let sums = cumulated(&DAYS, &[], 90);
    for (place, item) in answer.items.iter().enumerate() {
        agrees(&item.completion, &reached(&sums, |_| place as i64 + 1));
    }
    agrees(&answer.total, &reached(&sums, |_| 35));
}

#[test]
fn a_sampler_that_is_off_by_half_a_percent_is_found_out_by_each_test_alone() {
    let exact = reached(&cumulated(&[1.0, 3.0], &[], 200), |_| 200);
    let shares = |ones: u32, seed| {
        let history: Vec<f64> = (0..400).map(|n| if n < ones { 1.0 } else { 3.0 }).collect();
        let mut request = request(history, 200.0);
        request.seed = Some(seed);
        Shares::new(&forecast(&request).unwrap().total.within, &exact)
    };
    for seed in 1..=5 {
        let fair = shares(200, seed);
        assert_eq!(fair.each_is_near().and(fair.kolmogorov_smirnov()).and(fair.chi_square()), Ok(()));
        // It draws the first velocity in 50.25 % of all cases instead of 50 %, or in 49.75 %.
        for ones in [199, 201] {
            let biased = shares(ones, seed);
            assert!(biased.each_is_near().is_err(), "{ones}, seed {seed}");
            assert!(biased.kolmogorov_smirnov().is_err(), "{ones}, seed {seed}");
            assert!(biased.chi_square().is_err(), "{ones}, seed {seed}");
        }
    }
}

#[test]
fn capacity_scales_each_period_on_its_own() {
    let factors = [0.5, 0.0, 2.0, 1.5];
    let mut request = request(vec![2.0, 6.0], 30.0);
    request.capacity = Some(PerTeam::One(factors.to_vec()));
    agrees(&forecast(&request).unwrap().total, &reached(&cumulated(&[2.0, 6.0], &factors, 20), |_| 30));
}

#[test]
fn a_horizon_cuts_the_distribution_off() {
    let mut request = request(vec![1.0, 3.0], 20.0);
    request.horizon = Some(10);
    let answer = forecast(&request).unwrap();
    assert_eq!(answer.total.within.len(), 10);
    agrees(&answer.total, &reached(&cumulated(&[1.0, 3.0], &[], 10), |_| 20));
}

/// Growth of a fixed amount, whose share `urgent` goes first.
fn growing(request: &mut ForecastRequest, amount: f64, urgent: f64) {
    request.growth = Some(Growth { low: amount, likely: None, high: amount, urgent: Some(urgent) });
}

/// The share of paths that have reached a target that moves, in any period so far.
fn first_passage(history: &[i64], periods: usize, target: impl Fn(i64) -> i64) -> Vec<f64> {
    let mut open = BTreeMap::from([(0_i64, 1.0)]);
    let mut done = 0.0;
    (1..=periods as i64)
        .map(|period| {
            let mut next = BTreeMap::new();
            for (&sum, &share) in &open {
                for &amount in history {
                    let share = share / history.len() as f64;
                    if sum + amount >= target(period) {
                        done += share;
                    } else {
                        *next.entry(sum + amount).or_insert(0.0) += share;
                    }
                }
            }
            open = next;
            done
        })
        .collect()
}

#[test]
fn growth_delays_the_total_and_no_item() {
    let items = vec![WorkItem::new("a", 6.0), WorkItem::new("b", 6.0)];
    let mut request = request(vec![1.0, 3.0], items);
    growing(&mut request, 1.0, 0.0);
    let answer = forecast(&request).unwrap();
    let sums = cumulated(&[1.0, 3.0], &[], 60);
    agrees(&answer.items[0].completion, &reached(&sums, |_| 6));
    agrees(&answer.items[1].completion, &reached(&sums, |_| 12));
    agrees(&answer.total, &first_passage(&[1, 3], 60, |k| 12 + k));
}

#[test]
fn urgent_growth_delays_every_item() {
    let items = vec![WorkItem::new("a", 6.0), WorkItem::new("b", 6.0)];
    let mut request = request(vec![2.0, 4.0], items);
    growing(&mut request, 2.0, 0.5);
    let answer = forecast(&request).unwrap();
    // One unit of each period goes to what is urgent, which every period can do: it leaves 1 or 3.
    let left = cumulated(&[1.0, 3.0], &[], 60);
    agrees(&answer.items[0].completion, &reached(&left, |_| 6));
    agrees(&answer.items[1].completion, &reached(&left, |_| 12));
    agrees(&answer.total, &first_passage(&[1, 3], 60, |k| 12 + k));
}

#[test]
fn urgent_work_that_does_not_fit_is_carried_over() {
    let mut request = request(vec![0.0, 4.0], vec![WorkItem::new("a", 4.0)]);
    growing(&mut request, 1.0, 1.0);
    // What is left for the item after k periods: the queue of urgent work is served first.
    let mut paths = BTreeMap::from([((0_i64, 0_i64), 1.0)]);
    let mut exact = Vec::new();
    for _ in 0..40 {
        let mut next = BTreeMap::new();
        for (&(queue, done), &share) in &paths {
            for amount in [0_i64, 4] {
                let served = amount.min(queue + 1);
                let state = (queue + 1 - served, (done + amount - served).min(4));
                *next.entry(state).or_insert(0.0) += share / 2.0;
            }
        }
        paths = next;
        exact.push(paths.iter().filter(|((_, done), _)| *done >= 4).map(|(_, share)| share).sum::<f64>());
    }
    agrees(&forecast(&request).unwrap().items[0].completion, &exact);
}

#[test]
fn growth_below_zero_drops_scope_from_the_end() {
    let items = vec![WorkItem::new("a", 6.0), WorkItem::new("b", 6.0), WorkItem::new("c", 3.0)];
    let mut request = request(vec![1.0, 2.0], items);
    growing(&mut request, -1.0, 0.0);
    let answer = forecast(&request).unwrap();
    for (item, reach) in answer.items.iter().zip([6, 12, 15]) {
        agrees(&item.completion, &first_passage(&[1, 2], 30, |k| reach.min(15 - k)));
    }
    agrees(&answer.total, &first_passage(&[1, 2], 30, |k| 15 - k));
}

#[test]
fn a_risk_strikes_the_item_that_it_names() {
    let items = vec![WorkItem::new("a", 4.0), WorkItem::new("b", 4.0)];
    let mut request = request(vec![1.0, 2.0, 3.0], items);
    request.risks = Some(vec![Risk { probability: 0.3, impact: Range::exactly(5.0), item: Some("b".to_owned()) }]);
    let answer = forecast(&request).unwrap();
    let sums = cumulated(&[1.0, 2.0, 3.0], &[], 40);
    agrees(&answer.items[0].completion, &reached(&sums, |_| 4));
    agrees(&answer.items[1].completion, &mixed(&[(0.7, reached(&sums, |_| 8)), (0.3, reached(&sums, |_| 13))]));
}

/// A mixture of distributions.
fn mixed(parts: &[(f64, Vec<f64>)]) -> Vec<f64> {
    let len = parts.iter().map(|(_, part)| part.len()).max().unwrap_or(0);
    (0..len).map(|k| parts.iter().map(|(share, part)| share * part.get(k).copied().unwrap_or(1.0)).sum()).collect()
}

#[test]
fn a_risk_without_a_place_strikes_items_by_their_size() {
    let items = vec![WorkItem::new("a", 2.0), WorkItem::new("b", 6.0)];
    let mut request = request(vec![1.0, 2.0], items);
    request.risks = Some(vec![Risk { probability: 0.5, impact: Range::exactly(4.0), item: None }]);
    let answer = forecast(&request).unwrap();
    let sums = cumulated(&[1.0, 2.0], &[], 40);
    // A quarter of the work is a.
    agrees(&answer.items[0].completion, &mixed(&[(0.875, reached(&sums, |_| 2)), (0.125, reached(&sums, |_| 6))]));
    agrees(&answer.items[1].completion, &mixed(&[(0.5, reached(&sums, |_| 8)), (0.5, reached(&sums, |_| 12))]));
}

#[test]
fn risks_add_up() {
    let mut request = request(vec![1.0, 2.0], 4.0);
    let risk = |probability, impact| Risk { probability, impact: Range::exactly(impact), item: None };
    request.risks = Some(vec![risk(0.5, 2.0), risk(0.2, 3.0), risk(0.0, 50.0), risk(1.0, 1.0)]);
    let sums = cumulated(&[1.0, 2.0], &[], 40);
    let parts = [(0.4, 5), (0.4, 7), (0.1, 8), (0.1, 10)].map(|(share, work)| (share, reached(&sums, |_| work)));
    agrees(&forecast(&request).unwrap().total, &mixed(&parts));
}

// ------------------------------------------------------------------------------------------------ closed forms

/// The distribution function of the sum of `n` numbers drawn uniformly from 0..1 (Irwin and Hall 1927).
fn irwin_hall(n: i32, x: f64) -> f64 {
    let mut sum = 0.0;
    let mut binomial = 1.0;
    let mut sign = 1.0;
    for k in 0..=n {
        if f64::from(k) <= x {
            sum += sign * binomial * (x - f64::from(k)).powi(n);
        }
        binomial *= f64::from(n - k) / f64::from(k + 1);
        sign = -sign;
    }
    let factorial: f64 = (1..=n).map(f64::from).product();
    (sum / factorial).clamp(0.0, 1.0)
}

fn range(low: f64, high: f64) -> Range {
    Range { low, likely: None, high }
}

#[test]
fn a_guess_is_drawn_anew_for_every_period() {
    // Twelve units at 2 to 4 a period: done by k when k uniforms reach (12 - 2 k) / 2.
    let exact: Vec<f64> = (1..=6).map(|k| 1.0 - irwin_hall(k, f64::from(12 - 2 * k) / 2.0)).collect();
    agrees(&forecast(&request(range(2.0, 4.0), 12.0)).unwrap().total, &exact);
}

#[test]
fn a_guess_with_a_usual_value_is_triangular() {
    let guess = Range { low: 0.0, likely: Some(2.0), high: 10.0 };
    let exact: Vec<f64> = vec![(10.0_f64 - 5.0).powi(2) / 80.0];
    let mut request = request(guess, 5.0);
    request.horizon = Some(1);
    agrees(&forecast(&request).unwrap().total, &exact);
}

#[test]
fn a_size_between_two_ends_is_drawn_once() {
    let sums = cumulated(&[1.0, 2.0], &[], 30);
    let within = |sums: &BTreeMap<i64, f64>| {
        sums.iter().map(|(&sum, share)| share * ((sum as f64 - 3.0) / 6.0).clamp(0.0, 1.0)).sum()
    };
    let exact: Vec<f64> = sums.iter().map(within).collect();
    let answer = forecast(&request(vec![1.0, 2.0], vec![WorkItem::new("a", range(3.0, 9.0))])).unwrap();
    agrees(&answer.items[0].completion, &exact);
}

#[test]
fn a_size_with_a_likely_value_is_triangular() {
    let size = Range { low: 2.0, likely: Some(4.0), high: 12.0 };
    let below = |x: f64| match x {
        x if x <= 2.0 => 0.0,
        x if x <= 4.0 => (x - 2.0) * (x - 2.0) / 20.0,
        x if x <= 12.0 => 1.0 - (12.0 - x) * (12.0 - x) / 80.0,
        _ => 1.0,
    };
    let sums = cumulated(&[1.0, 3.0], &[], 30);
    let exact: Vec<f64> =
        sums.iter().map(|sums| sums.iter().map(|(&sum, share)| share * below(sum as f64)).sum()).collect();
    agrees(&forecast(&request(vec![1.0, 3.0], vec![WorkItem::new("a", size)])).unwrap().total, &exact);
}

#[test]
fn sizes_of_different_items_are_drawn_apart() {
    let items = vec![WorkItem::new("a", range(0.0, 4.0)), WorkItem::new("b", range(0.0, 4.0))];
    let exact: Vec<f64> = (1..=8).map(|k| irwin_hall(2, f64::from(k) / 4.0)).collect();
    let answer = forecast(&request(vec![1.0], items)).unwrap();
    agrees(&answer.items[1].completion, &exact);
    agrees(&answer.items[0].completion, &[0.25, 0.5, 0.75, 1.0]);
}

#[test]
fn split_multiplies_all_work_alike() {
    let items = vec![WorkItem::new("a", 4.0), WorkItem::new("b", 4.0)];
    let mut request = request(vec![1.0, 2.0], items);
    request.split = Some(range(1.0, 2.0));
    let answer = forecast(&request).unwrap();
    let sums = cumulated(&[1.0, 2.0], &[], 40);
    for (item, work) in answer.items.iter().zip([4.0, 8.0]) {
        let within = |sums: &BTreeMap<i64, f64>| {
            sums.iter().map(|(&sum, share)| share * (sum as f64 / work - 1.0).clamp(0.0, 1.0)).sum()
        };
        agrees(&item.completion, &sums.iter().map(within).collect::<Vec<f64>>());
    }
}

#[test]
fn split_multiplies_neither_risks_nor_growth() {
    let mut request = request(vec![2.0], 4.0);
    request.split = Some(range(1.0, 2.0));
    request.risks = Some(vec![Risk { probability: 1.0, impact: Range::exactly(3.0), item: None }]);
    growing(&mut request, 1.0, 0.0);
    // 4 m + 3 + k <= 2 k, m uniform in 1..2.
    let exact: Vec<f64> = (1..=11).map(|k| ((f64::from(k) - 3.0) / 4.0 - 1.0).clamp(0.0, 1.0)).collect();
    agrees(&forecast(&request).unwrap().total, &exact);
}

#[test]
fn growth_is_drawn_anew_for_every_period() {
    // By k: 10 + the sum of k numbers of 0..2 is at most 4 k. Most paths that make it make it once and for all, but
    // not all: the end is the first period in which it holds, so a grid carries the paths that have not.
    let mut request = request(vec![4.0], 10.0);
    request.growth = Some(Growth { low: 0.0, likely: None, high: 2.0, urgent: None });
    // The slack after k periods, 4 k - 10 - growth, gains at least 2 a period: once it is there it stays.
    let exact: Vec<f64> = (1..=6).map(|k| irwin_hall(k, (4.0 * f64::from(k) - 10.0).max(0.0) / 2.0)).collect();
    agrees(&forecast(&request).unwrap().total, &exact);
}

// ------------------------------------------------------------------------------------------------ numeric convolution

/// The distribution function of a range: triangular when it has a likely value, else uniform.
fn below(range: Range, x: f64) -> f64 {
    let Range { low, likely, high } = range;
    let Some(likely) = likely else { return ((x - low) / (high - low)).clamp(0.0, 1.0) };
    match x {
        x if x <= low => 0.0,
        x if x <= likely => (x - low) * (x - low) / ((high - low) * (likely - low)),
        x if x < high => 1.0 - (high - x) * (high - x) / ((high - low) * (high - likely)),
        _ => 1.0,
    }
}

/// Cells a unit; the error of what follows falls with its square, far below a standard error.
const CELLS: usize = 100;

/// P(a sum of ranges is at most each whole number).
fn sum_below(ranges: &[Range], most: usize) -> Vec<f64> {
    let mut sums = vec![1.0];
    for range in ranges {
        let cells: Vec<f64> = (0..most * CELLS)
            .map(|cell| below(*range, (cell + 1) as f64 / CELLS as f64) - below(*range, cell as f64 / CELLS as f64))
            .collect();
        let mut next = vec![0.0; most * CELLS];
        for (at, sum) in sums.iter().enumerate().filter(|&(_, &sum)| sum > 0.0) {
            next[at..].iter_mut().zip(&cells).for_each(|(next, cell)| *next += sum * cell);
        }
        sums = next;
    }
    // A sum of cells lies in the middle: half a cell a range above where it begins.
    let middle = ranges.len() as f64 / 2.0;
    let within = |k: usize| -> f64 {
        let place = |at: usize| (k * CELLS) as f64 - (at as f64 + middle);
        sums.iter().enumerate().map(|(at, sum)| sum * (place(at) + 0.5).clamp(0.0, 1.0)).sum()
    };
    (0..=most).map(within).collect()
}

#[test]
fn sizes_with_ranges_add_up_under_a_velocity_that_varies() {
    let sizes = [
        Range { low: 1.0, likely: Some(2.0), high: 6.0 },
        range(0.0, 3.0),
        Range { low: 2.0, likely: Some(4.0), high: 4.5 },
        range(1.0, 8.0),
    ];
    let items: Vec<WorkItem> = sizes.iter().enumerate().map(|(n, &size)| WorkItem::new(n.to_string(), size)).collect();
    let answer = forecast(&request(vec![1.0, 2.0, 4.0], items)).unwrap();
    let velocities = cumulated(&[1.0, 2.0, 4.0], &[], 24);
    for (place, item) in answer.items.iter().enumerate() {
        let below = sum_below(&sizes[..=place], 24);
        let at = |sum: i64| below.get(sum as usize).copied().unwrap_or(1.0);
        let exact: Vec<f64> =
            velocities.iter().map(|sums| sums.iter().map(|(&sum, share)| share * at(sum)).sum()).collect();
        agrees(&item.completion, &exact);
    }
}

#[test]
fn a_range_is_split_and_then_struck_by_a_risk() {
    let (size, split, impact) = (range(2.0, 4.0), range(1.0, 1.5), range(1.0, 3.0));
    let mut request = request(vec![1.0], vec![WorkItem::new("a", size)]);
    request.split = Some(split);
    request.risks = Some(vec![Risk { probability: 0.25, impact, item: Some("a".to_owned()) }]);
    const STEPS: u32 = 400;
    let middles = |range: Range| {
        (0..STEPS).map(move |n| range.low + (range.high - range.low) * (f64::from(n) + 0.5) / f64::from(STEPS))
    };
    let mean = |values: &mut dyn Iterator<Item = f64>| values.sum::<f64>() / f64::from(STEPS);
    let split_below = |x: f64| mean(&mut middles(split).map(|factor| below(size, x / factor)));
    let struck_below = |x: f64| mean(&mut middles(impact).map(|impact| split_below(x - impact)));
    let exact: Vec<f64> =
        (1..=9).map(|k| 0.75 * split_below(f64::from(k)) + 0.25 * struck_below(f64::from(k))).collect();
    agrees(&forecast(&request).unwrap().items[0].completion, &exact);
}

#[test]
fn each_item_may_be_split_on_its_own() {
    let team = Team {
        key: 1,
        velocity: Velocity::History { past: [1.0].into(), model: VelocityModel::Bootstrap },
        capacity: vec![],
    };
    let item = |key| Task { key, size: Size::Exact(2.0), needs: vec![], not_before: 1, team: 0 };
    let split = Split::PerItem(range(1.0, 3.0));
    let items = vec![item(1), item(2), item(3)];
    let model = Model { teams: vec![team], items, split, trials: TRIALS, ..Model::default() };
    let outcome = simulate(&model).unwrap();
    // Two to six each: after k periods n uniforms reach (k - 2 n) / 4.
    for (n, item) in (1..).zip(&outcome.items) {
        let exact: Vec<f64> = (1..=18).map(|k| irwin_hall(n, (f64::from(k - 2 * n) / 4.0).max(0.0))).collect();
        let shares = Shares::new(&item.cumulated().collect::<Vec<f64>>(), &exact);
        assert_eq!(shares.each_is_near().and(shares.kolmogorov_smirnov()).and(shares.chi_square()), Ok(()));
    }
}

#[test]
fn teams_share_growth_by_their_mean_velocity() {
    let past = |amounts: &[f64]| History::Periods(amounts.to_vec());
    let teams = [("red".to_owned(), past(&[4.0, 8.0])), ("blue".to_owned(), past(&[1.0, 3.0]))];
    let item = |id, size, team: &str| WorkItem { team: Some(team.to_owned()), ..WorkItem::new(id, size) };
    let items = vec![item("a", 30.0, "red"), item("b", 10.0, "blue")];
    let mut request = request(PerTeam::Each(teams.into()), items);
    growing(&mut request, 4.0, 0.0);
    let answer = forecast(&request).unwrap();
    // Three quarters of all growth fall to red.
    let red = first_passage(&[4, 8], 80, |k| 30 + 3 * k);
    let blue = first_passage(&[1, 3], 80, |k| 10 + k);
    agrees(&answer.total, &red.iter().zip(&blue).map(|(red, blue)| red * blue).collect::<Vec<f64>>());
    agrees(&answer.items[0].completion, &reached(&cumulated(&[4.0, 8.0], &[], 20), |_| 30));
    agrees(&answer.items[1].completion, &reached(&cumulated(&[1.0, 3.0], &[], 20), |_| 10));
}

// ------------------------------------------------------------------------------------------------ enumeration

/// Work in whole numbers, for the scheduler that does nothing clever.
#[derive(Clone)]
struct Job {
    size: i64,
    needs: Vec<usize>,
    not_before: usize,
    team: usize,
}

fn job(size: i64, team: usize) -> Job {
    Job { size, needs: vec![], not_before: 1, team }
}

/// When each job ends, given what each team does in each period.
fn schedule(jobs: &[Job], paths: &[Vec<i64>]) -> Vec<Option<usize>> {
    let mut ends = vec![None; jobs.len()];
    let mut rest: Vec<i64> = jobs.iter().map(|job| job.size).collect();
    for period in 1..=paths[0].len() {
        for (team, path) in paths.iter().enumerate() {
            let mut capacity = path[period - 1];
            loop {
                let may = |place: &usize| {
                    let job = &jobs[*place];
                    job.team == team
                        && ends[*place].is_none()
                        && job.not_before <= period
                        && job.needs.iter().all(|&need| match ends[need] {
                            None => false,
                            Some(end) => jobs[need].team == team || end < period,
                        })
                };
                let Some(place) = (0..jobs.len()).find(may) else { break };
                let done = capacity.min(rest[place]);
                capacity -= done;
                rest[place] -= done;
                if rest[place] > 0 {
                    break;
                }
                ends[place] = Some(period);
            }
        }
    }
    ends
}

/// The exact distribution of the end of each job and of all of them: every path of every team, equally likely.
fn enumerate(jobs: &[Job], histories: &[&[i64]], periods: usize) -> (Vec<Vec<f64>>, Vec<f64>) {
    let mut items = vec![vec![0.0; periods]; jobs.len()];
    let mut total = vec![0.0; periods];
    let draws: Vec<usize> = (0..periods * histories.len()).map(|at| histories[at % histories.len()].len()).collect();
    let count: usize = draws.iter().product();
    for mut number in 0..count {
        let mut paths = vec![Vec::new(); histories.len()];
        for (at, &choices) in draws.iter().enumerate() {
            paths[at % histories.len()].push(histories[at % histories.len()][number % choices]);
            number /= choices;
        }
        let ends = schedule(jobs, &paths);
        for (within, end) in items.iter_mut().zip(&ends) {
            end.iter().for_each(|&end| within[end - 1..].iter_mut().for_each(|share| *share += 1.0 / count as f64));
        }
        let last = ends.iter().copied().collect::<Option<Vec<usize>>>().and_then(|ends| ends.into_iter().max());
        last.iter().for_each(|&end| total[end - 1..].iter_mut().for_each(|share| *share += 1.0 / count as f64));
    }
    (items, total)
}

#[track_caller]
fn agrees_with_every_path(jobs: &[Job], histories: &[&[i64]], periods: usize) {
    let team = |team: usize| format!("team {team}");
    let several = histories.len() > 1;
    let items: Vec<WorkItem> = jobs
        .iter()
        .enumerate()
        .map(|(place, job)| WorkItem {
            needs: Some(job.needs.iter().map(|need| format!("j{need}")).collect()),
            not_before: Some(job.not_before as u32),
            team: several.then(|| team(job.team)),
            ..WorkItem::new(format!("j{place}"), job.size as f64)
        })
        .collect();
    let past = |history: &[i64]| History::Periods(history.iter().map(|&amount| amount as f64).collect());
    let histories_by_team = if several {
        PerTeam::Each(histories.iter().enumerate().map(|(at, history)| (team(at), past(history))).collect())
    } else {
        PerTeam::One(past(histories[0]))
    };
    let mut request = request(histories_by_team, items);
    request.horizon = Some(periods as u32);
    let answer = forecast(&request).unwrap();
    let (items, total) = enumerate(jobs, histories, periods);
    for (place, (item, exact)) in answer.items.iter().zip(&items).enumerate() {
        if let Err(words) = agreement(&item.completion, exact) {
            panic!("job {place}: {words}");
        }
    }
    agrees(&answer.total, &total);
}

#[test]
fn a_need_on_the_same_team_is_released_at_once() {
    let jobs = [Job { needs: vec![2], ..job(3, 0) }, job(2, 0), job(4, 0)];
    agrees_with_every_path(&jobs, &[&[1, 2, 3]], 9);
}

#[test]
fn an_item_waits_for_its_first_period_and_then_goes_first() {
    let jobs = [Job { not_before: 3, ..job(4, 0) }, job(9, 0), job(2, 0)];
    agrees_with_every_path(&jobs, &[&[1, 2, 3]], 10);
}

#[test]
fn capacity_that_nothing_can_use_is_lost() {
    let jobs = [Job { not_before: 4, ..job(3, 0) }, job(2, 0)];
    agrees_with_every_path(&jobs, &[&[0, 2, 3]], 9);
}

#[test]
fn a_need_on_another_team_is_released_in_the_next_period() {
    let jobs = [job(3, 0), Job { needs: vec![0], ..job(3, 1) }];
    agrees_with_every_path(&jobs, &[&[1, 3], &[1, 2]], 7);
}

#[test]
fn teams_that_wait_for_each_other_in_turn() {
    let jobs = [
        Job { needs: vec![3], ..job(2, 0) },
        job(2, 0),
        Job { needs: vec![1], ..job(2, 1) },
        job(1, 1),
        Job { needs: vec![2, 1], ..job(2, 0) },
    ];
    agrees_with_every_path(&jobs, &[&[1, 3], &[0, 2]], 7);
}

#[test]
fn a_team_that_waits_for_one_that_never_does() {
    let jobs = [job(2, 0), job(3, 0), Job { needs: vec![1], ..job(1, 1) }, Job { not_before: 2, ..job(2, 1) }];
    agrees_with_every_path(&jobs, &[&[1, 2], &[1, 4]], 7);
}

#[test]
fn three_teams_hand_work_on() {
    let jobs = [
        job(2, 0),
        Job { needs: vec![0], ..job(3, 1) },
        Job { needs: vec![1, 0], ..job(1, 2) },
        Job { not_before: 3, ..job(1, 1) },
        job(2, 2),
    ];
    agrees_with_every_path(&jobs, &[&[1, 2], &[1, 3], &[0, 2]], 6);
}

#[test]
fn a_team_that_often_stands_still_holds_up_another() {
    let jobs = [job(1, 0), Job { needs: vec![0], ..job(2, 1) }, Job { needs: vec![1], ..job(1, 0) }, job(3, 1)];
    agrees_with_every_path(&jobs, &[&[0, 0, 1], &[1, 2]], 7);
}

#[test]
fn nothing_to_do_is_done_when_its_turn_comes() {
    let jobs = [job(0, 0), job(3, 0), job(0, 0), Job { not_before: 3, ..job(0, 0) }];
    agrees_with_every_path(&jobs, &[&[0, 1, 2]], 8);
}

// ------------------------------------------------------------------------------------------------ how many

#[test]
fn how_many_adds_up_teams() {
    let teams = [("red", vec![1.0, 2.0]), ("blue", vec![0.0, 5.0])];
    let by_team = teams.iter().map(|(team, past)| ((*team).to_owned(), History::Periods(past.clone()))).collect();
    let mut request = HowManyRequest::new(PerTeam::Each(by_team), 6);
    request.model = Some(VelocityModel::Bootstrap);
    request.trials = Some(TRIALS);
    request.percentiles = Some((1..20).map(|p| f64::from(p) * 0.05 + 0.007).filter(|&p| p < 1.0).collect());
    let answer = how_many(&request).unwrap();
    let red = cumulated(&[1.0, 2.0], &[], 6).pop().unwrap();
    let blue = cumulated(&[0.0, 5.0], &[], 6).pop().unwrap();
    let mut sums = BTreeMap::new();
    for (red, share) in &red {
        blue.iter().for_each(|(blue, other)| *sums.entry(red + blue).or_insert(0.0) += share * other);
    }
    for at in &answer.percentiles {
        let reached = |amount: i64| sums.range(amount..).map(|(_, share)| share).sum::<f64>();
        let found = reached(at.amount as i64);
        let next = reached(at.amount as i64 + 1);
        let error = 4.0 * (at.p * (1.0 - at.p) / f64::from(TRIALS)).sqrt();
        assert!(found >= at.p - error && next < at.p + error, "at {}: {} is reached by {found}", at.p, at.amount);
    }
    assert!((answer.mean - 6.0 * 4.0).abs() < 0.1, "{}", answer.mean);
}
