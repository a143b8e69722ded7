//! Any request at all: an answer that makes sense, or an error that says where and why.

use landfall::forecast::{
    Completion, ForecastRequest, Growth, History, PerTeam, Risk, VelocityModel, Work, WorkItem, forecast,
};
use landfall::{Code, Range, Uncertain};
use proptest::prelude::*;

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        20 => (0_u32..12).prop_map(f64::from),
        10 => 0.0..20.0_f64,
        1 => prop::sample::select(vec![
            0.0, -0.0, 1e-300, 1e-9, 1e15, 1e300, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0, f64::MIN_POSITIVE
        ]),
    ]
}

fn range() -> impl Strategy<Value = Range> {
    (number(), number(), number(), any::<bool>()).prop_map(|(a, b, c, likely)| {
        let mut ends = [a, b, c];
        ends.sort_by(f64::total_cmp);
        Range { low: ends[0], likely: likely.then_some(ends[1]), high: ends[2] }
    })
}

fn history() -> impl Strategy<Value = History> {
    prop_oneof![
        3 => prop::collection::vec(number(), 0..12).prop_map(History::Periods),
        1 => range().prop_map(History::Guess),
    ]
}

fn item(teams: usize) -> impl Strategy<Value = (Uncertain, Vec<u8>, Option<u32>, usize)> {
    (
        prop_oneof![number().prop_map(Uncertain::Exact), range().prop_map(Uncertain::Range)],
        prop::collection::vec(any::<u8>(), 0..3),
        prop::option::weighted(0.2, 0..6_u32),
        0..teams.max(1),
    )
}

/// A number of 0..1, or now and then one that is none.
fn share() -> impl Strategy<Value = f64> {
    prop_oneof![30 => 0.0..=1.0_f64, 1 => number()]
}

/// A usual count, or now and then an absurd one.
fn count(usual: impl Strategy<Value = u32>) -> impl Strategy<Value = u32> {
    prop_oneof![40 => usual, 1 => prop::sample::select(vec![0, 1_000_000_000, u32::MAX])]
}

prop_compose! {
    fn any_request()(teams in 0..4_usize)(
        histories in prop::collection::vec(history(), teams.max(1)),
        items in prop::collection::vec(item(teams), 0..14),
        cyclic in prop::bool::weighted(0.05),
        calibrated in any::<bool>(),
        growth in prop::option::weighted(0.4, (range(), any::<bool>(), share())),
        split in prop::option::weighted(0.3, range()),
        risks in prop::collection::vec((share(), range(), prop::option::of(0..14_usize)), 0..3),
        capacity in prop::option::weighted(0.3, prop::collection::vec(number(), 0..8)),
        horizon in count(1_u32..60),
        trials in count(Just(40_u32)),
        seed in any::<u64>(),
        teams in Just(teams),
    ) -> ForecastRequest {
        let name = |team: usize| format!("team {team}");
        let count = items.len();
        let work: Vec<WorkItem> = items.into_iter().enumerate().map(|(place, (size, needs, not_before, team))| WorkItem {
            id: format!("LF-{place}"),
            size,
            needs: Some(needs.into_iter().filter_map(|need| {
                // Any one, or for a request that can be answered an earlier one.
                let among = if cyclic { count } else { place };
                (among > 0).then(|| format!("LF-{}", need as usize % among))
            }).collect()),
            not_before,
            team: (teams > 0).then(|| name(team)),
        }).collect();
        let history = if teams > 0 {
            PerTeam::Each(histories.into_iter().enumerate().map(|(team, history)| (name(team), history)).collect())
        } else {
            PerTeam::One(histories[0].clone())
        };
        ForecastRequest {
            model: Some(if calibrated { VelocityModel::Calibrated } else { VelocityModel::Bootstrap }),
            trials: Some(trials),
            seed: Some(seed),
            horizon: Some(horizon),
            percentiles: Some(vec![0.05, 0.25, 0.5, 0.7, 0.85, 0.95, 0.99]),
            growth: growth.map(|(range, below, urgent)| {
                let Range { low, likely, high } = range;
                let sign = if below { -1.0 } else { 1.0 };
                let (low, high) = if below { (-high, -low) } else { (low, high) };
                Growth { low, likely: likely.map(|likely| sign * likely), high, urgent: Some(urgent) }
            }),
            split,
            risks: Some(risks.into_iter().map(|(probability, impact, item)| Risk {
                probability,
                impact,
                item: item.filter(|&item| item < count).map(|item| format!("LF-{item}")),
            }).collect()),
            capacity: capacity.map(PerTeam::One),
            ..ForecastRequest::new(history, Work::Items(work))
        }
    }
}

fn makes_sense(found: &Completion, horizon: u32) {
    assert!(found.within.iter().all(|share| (0.0..=1.0).contains(share)), "{found:?}");
    assert!(found.within.windows(2).all(|two| two[0] <= two[1]), "{found:?}");
    assert!(found.within.len() <= horizon as usize);
    assert!(found.within.last() == Some(&1.0) || found.within.len() == horizon as usize, "{found:?}");
    let periods: Vec<u32> = found.percentiles.iter().map(|at| at.period.unwrap_or(u32::MAX)).collect();
    assert!(periods.windows(2).all(|two| two[0] <= two[1]), "{found:?}");
    for at in &found.percentiles {
        let by = |period: u32| if period == 0 { 0.0 } else { *found.within.get(period as usize - 1).unwrap_or(&1.0) };
        match at.period {
            Some(period) => assert!(by(period) >= at.p && by(period - 1) < at.p, "{found:?}"),
            None => assert!(by(horizon) < at.p, "{found:?}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn any_request_is_answered_with_sense_or_refused_with_a_place(request in any_request()) {
        match forecast(&request) {
            Ok(answer) => {
                let horizon = request.horizon.unwrap();
                makes_sense(&answer.total, horizon);
                for item in &answer.items {
                    makes_sense(&item.completion, horizon);
                    // The total lands with the last item, or after it.
                    let last = item.completion.percentiles[6].period.unwrap_or(u32::MAX);
                    prop_assert!(answer.total.percentiles[6].period.unwrap_or(u32::MAX) >= last);
                }
                prop_assert_eq!(forecast(&request).unwrap(), answer);
            }
            Err(error) => {
                prop_assert!(error.path().is_some(), "{}", error);
                prop_assert!(!error.message().is_empty());
            }
        }
    }
}

/// What can go wrong with numbers, asked of both models: a clear error at its place, or a correct answer at once.
#[test]
fn every_edge_is_refused_at_its_place_or_answered_by_both_models() {
    let refused = |request: &ForecastRequest, code: Code, path: &str| {
        let error = forecast(request).expect_err(path);
        assert_eq!((error.code(), error.path()), (code, Some(path)), "{error}");
    };
    for model in [VelocityModel::Bootstrap, VelocityModel::Calibrated] {
        let ask = |history: Vec<f64>| ForecastRequest {
            model: Some(model),
            trials: Some(500),
            ..ForecastRequest::new(history, vec![WorkItem::new("a", 3.0), WorkItem::new("b", 2.0)])
        };
        let never = |request: &ForecastRequest| {
            let answer = forecast(request).unwrap();
            makes_sense(&answer.total, request.horizon.unwrap_or(520));
            assert!(answer.total.percentiles.iter().all(|at| at.period.is_none()), "{model:?}");
        };
        refused(&ask(vec![]), Code::EmptyHistory, "/history");
        for (amount, place) in [(1e300, 0), (-1.0, 1), (f64::NAN, 2), (f64::INFINITY, 1), (f64::NEG_INFINITY, 0)] {
            let mut history = vec![4.0, 5.0, 6.0];
            history[place] = amount;
            refused(&ask(history), Code::InvalidNumber, &format!("/history/{place}"));
        }
        refused(&ForecastRequest { trials: Some(0), ..ask(vec![4.0]) }, Code::InvalidNumber, "/trials");
        refused(&ForecastRequest { trials: Some(1_000_000_000), ..ask(vec![4.0]) }, Code::TooLarge, "/trials");
        for probability in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
            let risk = Risk { probability, impact: Range::exactly(1.0), item: None };
            let request = ForecastRequest { risks: Some(vec![risk]), ..ask(vec![4.0]) };
            refused(&request, Code::InvalidNumber, "/risks/0/probability");
        }
        for p in [-0.5, 0.0, 1.0, 1.5, f64::NAN] {
            let request = ForecastRequest { percentiles: Some(vec![0.5, p]), ..ask(vec![4.0]) };
            refused(&request, Code::InvalidNumber, "/percentiles/1");
        }
        let need = |id: &str, need: &str| WorkItem { needs: Some(vec![need.to_owned()]), ..WorkItem::new(id, 1.0) };
        for items in [vec![need("a", "a")], vec![need("a", "b"), need("b", "c"), need("c", "a")]] {
            refused(&ForecastRequest { work: items.into(), ..ask(vec![4.0]) }, Code::Cycle, "/work/0/needs");
        }

        never(&ask(vec![0.0; 12]));
        never(&ForecastRequest { capacity: Some(PerTeam::One(vec![0.0; 520])), ..ask(vec![4.0, 5.0]) });
        let forever = PerTeam::One(vec![0.0; 10_000]);
        let waits = Work::Items(vec![WorkItem { not_before: Some(2), ..WorkItem::new("a", 1.0) }]);
        never(&ForecastRequest { capacity: Some(forever), horizon: Some(10_000), work: waits, ..ask(vec![4.0]) });
        for history in
            [vec![5.0], vec![1e15], vec![1e-300; 3], vec![0.0, 1e15], (0..100_000).map(|n| f64::from(n % 3)).collect()]
        {
            let request = ask(history);
            let answer = forecast(&request).unwrap();
            makes_sense(&answer.total, 520);
            answer.items.iter().for_each(|item| makes_sense(&item.completion, 520));
        }
    }
}
