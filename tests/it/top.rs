//! The chance to belong to the best few, against exact answers: closed forms, symmetry, and enumeration of every score.

use landfall::score::{Candidate, RankRequest, rank};
use landfall::{Code, Method, Range, Uncertain};

const TRIALS: u32 = 200_000;

fn uniform(low: f64, high: f64) -> Uncertain {
    Range { low, likely: None, high }.into()
}

fn triangular(low: f64, likely: f64, high: f64) -> Uncertain {
    Range { low, likely: Some(likely), high }.into()
}

fn item(id: usize, value: Uncertain, effort: Uncertain) -> Candidate {
    Candidate::new(id.to_string()).with("value", value).with("effort", effort)
}

fn chances(items: &[Candidate], top: usize) -> Vec<f64> {
    let mut request = RankRequest::new(Method::ValueEffort, items.to_vec());
    (request.top, request.trials) = (Some(top), Some(TRIALS));
    rank(&request).unwrap().scores.iter().map(|score| score.top.unwrap()).collect()
}

/// How many standard errors a share counted in [`TRIALS`] lies away from what is exact, at the most.
fn errors(counted: &[f64], exact: &[f64]) -> f64 {
    let error = |(counted, exact): (&f64, &f64)| {
        let one = (exact * (1.0 - exact) / f64::from(TRIALS)).sqrt();
        if one == 0.0 { if counted == exact { 0.0 } else { f64::INFINITY } } else { (counted - exact).abs() / one }
    };
    counted.iter().zip(exact).map(error).fold(0.0, f64::max)
}

/// The chances of items whose scores take each of a list of values equally often, by enumeration: for every value of an
/// item, the chance that fewer than `top` others lie above it (a Poisson binomial distribution, by convolution).
fn enumerated(scores: &[Vec<f64>], top: usize) -> Vec<f64> {
    let sorted: Vec<Vec<f64>> = scores
        .iter()
        .map(|scores| {
            let mut scores = scores.clone();
            scores.sort_by(f64::total_cmp);
            scores
        })
        .collect();
    let above = |other: usize, score: f64| {
        let list = &sorted[other];
        (list.len() - list.partition_point(|value| *value <= score)) as f64 / list.len() as f64
    };
    let chance = |own: usize| {
        let mut sum = 0.0;
        for &score in &scores[own] {
            let mut fewer = vec![0.0; top];
            fewer[0] = 1.0;
            for other in (0..scores.len()).filter(|other| *other != own) {
                let p = above(other, score);
                for count in (0..top).rev() {
                    let from = if count > 0 { fewer[count - 1] } else { 0.0 };
                    fewer[count] = fewer[count] * (1.0 - p) + from * p;
                }
            }
            sum += fewer.iter().sum::<f64>();
        }
        sum / scores[own].len() as f64
    };
    (0..scores.len()).map(chance).collect()
}

/// The values of a quotient of two independent numbers, each at the middles of equally likely parts: `cells` of each,
/// and as many in all where only one of them is a range, so that what is exact among others falls into a small part.
fn quotients(value: Uncertain, effort: Uncertain, cells: usize) -> Vec<f64> {
    let exact = |number: Uncertain| matches!(number, Uncertain::Exact(_));
    let cells = if exact(value) || exact(effort) { cells * cells } else { cells };
    let middles = |number: Uncertain| -> Vec<f64> {
        match number {
            Uncertain::Exact(number) => vec![number],
            Uncertain::Range(range) => (0..cells).map(|k| range.quantile((k as f64 + 0.5) / cells as f64)).collect(),
        }
    };
    let efforts = middles(effort);
    middles(value).into_iter().flat_map(|value| efforts.iter().map(move |effort| value / effort)).collect()
}

/// Beyond this many standard errors a counted share is wrong: by chance once in 15,000 comparisons.
const LIMIT: f64 = 4.0;

#[test]
fn of_two_the_better_is_found_as_often_as_the_integral_says() {
    // X on [0, 10], Y on [4, 8]: P(X > Y) = (10 − 6) / 10, as the mean of Y is 6 and X lies everywhere around it.
    let one = 1.0.into();
    let exact = [0.4, 0.6];
    let of = |high: f64| chances(&[item(0, uniform(0.0, high), one), item(1, uniform(4.0, 8.0), one)], 1);
    assert!(errors(&of(10.0), &exact) < LIMIT, "{:?}", of(10.0));
    // A sampler that is off by two percent fails.
    assert!(errors(&of(10.2), &exact) > LIMIT, "{:?}", of(10.2));
}

#[test]
fn equals_share_the_places_alike() {
    let items: Vec<Candidate> = (0..7).map(|id| item(id, triangular(1.0, 2.0, 9.0), uniform(1.0, 4.0))).collect();
    for top in 1..7 {
        let counted = chances(&items, top);
        assert!(errors(&counted, &[top as f64 / 7.0; 7]) < LIMIT, "{top}: {counted:?}");
        assert!((counted.iter().sum::<f64>() - top as f64).abs() < 1e-9, "every place is taken in every trial");
    }
    assert_eq!(chances(&items, 7), [1.0; 7]);
    assert_eq!(chances(&items, 9), [1.0; 7]);
}

#[test]
fn quotients_of_ranges_agree_with_enumeration() {
    let inputs: [(Uncertain, Uncertain); 6] = [
        (uniform(2.0, 9.0), uniform(1.0, 2.0)),
        (triangular(1.0, 4.0, 12.0), 2.0.into()),
        (6.0.into(), uniform(1.5, 3.0)),
        (3.0.into(), 1.0.into()),
        (uniform(0.0, 3.0), triangular(0.5, 1.0, 2.0)),
        (0.5.into(), 1.0.into()),
    ];
    let of = |scale: f64| -> Vec<Candidate> {
        let scaled = |value: Uncertain| match value {
            Uncertain::Range(range) => uniform(range.low * scale, range.high * scale),
            exact => exact,
        };
        let with = |(id, (value, effort)): (usize, &(Uncertain, Uncertain))| {
            item(id, if id == 0 { scaled(*value) } else { *value }, *effort)
        };
        inputs.iter().enumerate().map(with).collect()
    };
    let scores = |cells| inputs.iter().map(|(value, effort)| quotients(*value, *effort, cells)).collect::<Vec<_>>();
    for top in 1..=4 {
        let (coarse, fine) = (enumerated(&scores(100), top), enumerated(&scores(200), top));
        // Halving the cells changes the reference by less than a standard error, and less again from there on.
        assert!(errors(&coarse, &fine) < 0.5, "{top}: {coarse:?} {fine:?}");
        let counted = chances(&of(1.0), top);
        assert!(errors(&counted, &fine) < LIMIT, "{top}: {counted:?} {fine:?}");
        assert!(errors(&chances(&of(1.02), top), &fine) > LIMIT, "{top}: off by two percent is seen");
    }
}

#[test]
fn what_cannot_reach_the_best_has_no_chance_and_what_has_no_score_none_to_tell() {
    let mut items: Vec<Candidate> = (0..4).map(|id| item(id, uniform(10.0, 20.0), 1.0.into())).collect();
    items.push(item(4, uniform(1.0, 9.0), 1.0.into()));
    items.push(Candidate::new("unscored"));
    let mut request = RankRequest::new(Method::ValueEffort, items);
    request.top = Some(2);
    let ranking = rank(&request).unwrap();
    assert_eq!((ranking.scores[4].top, ranking.scores[5].top), (Some(0.0), None));
    assert_eq!(ranking, rank(&request).unwrap(), "the same seed, the same chances");
    request.items.truncate(0);
    assert!(rank(&request).unwrap().scores.is_empty());
    // Where no score is a range, the order says it.
    request.items = vec![item(0, 2.0.into(), 1.0.into()), item(1, 3.0.into(), 1.0.into())];
    assert!(rank(&request).unwrap().scores.iter().all(|score| score.top.is_none()));
    request.trials = Some(0);
    let error = rank(&request).expect_err("refused");
    assert_eq!((error.code(), error.path()), (Code::TooLarge, Some("/trials")));
}

#[test]
fn a_chance_does_not_depend_on_where_an_item_stands() {
    let items: Vec<Candidate> = (0..5).map(|id| item(id, uniform(id as f64, 10.0), uniform(1.0, 2.0))).collect();
    let there = chances(&items, 2);
    let back: Vec<Candidate> = items.into_iter().rev().collect();
    let mut backwards = chances(&back, 2);
    backwards.reverse();
    assert_eq!(there, backwards);
}

#[test]
fn negative_worth_is_bounded_on_the_right_side() {
    let weights = [("delight".to_owned(), 2.0), ("cost".to_owned(), -1.0)].into();
    let own =
        |id: &str, delight: Uncertain, cost: Uncertain| Candidate::new(id).with("delight", delight).with("cost", cost);
    let items = vec![
        own("a", uniform(0.0, 1.0), uniform(0.0, 10.0)),
        own("b", 0.0.into(), 5.0.into()),
        own("c", (-9.0).into(), 0.0.into()),
    ];
    let mut request = RankRequest::new(Method::Weighted, items);
    (request.weights, request.top, request.trials) = (Some(weights), Some(1), Some(TRIALS));
    let counted: Vec<f64> = rank(&request).unwrap().scores.iter().map(|score| score.top.unwrap()).collect();
    // 2 U − 10 V > −5: V < 0.5 + 0.2 U, whose mean is 0.6.
    assert!(errors(&counted, &[0.6, 0.4, 0.0]) < LIMIT, "{counted:?}");
}
