//! How an answer changes with its request, for any request that can be answered. Draws are addressed, so a change shows
//! in every trial and not only in the mean: these properties hold exactly, without a tolerance.

use landfall::Range;
use landfall::Uncertain;
use landfall::forecast::{
    Completion, Forecast, ForecastRequest, Growth, History, PerTeam, Risk, VelocityModel, Work, WorkItem, forecast,
};
use proptest::prelude::*;

fn range(most: u32) -> impl Strategy<Value = Range> {
    (0..=most, 0..=most, any::<bool>()).prop_map(|(low, more, likely)| {
        let (low, high) = (f64::from(low), f64::from(low + more));
        Range { low, likely: likely.then_some(low + f64::from(more / 2)), high }
    })
}

fn size() -> impl Strategy<Value = Uncertain> {
    prop_oneof![
        3 => (0_u32..12).prop_map(|size| Uncertain::Exact(f64::from(size))),
        1 => (0.0..9.0_f64).prop_map(Uncertain::Exact),
        2 => range(6).prop_map(Uncertain::Range),
    ]
}

/// What a request may have beside items of known sizes.
#[derive(Debug, Clone, Copy)]
struct Allowed {
    teams: usize,
    needs: bool,
    waits: bool,
    risks_anywhere: bool,
    dropped: bool,
}

fn request(allowed: Allowed) -> impl Strategy<Value = ForecastRequest> {
    let Allowed { teams, needs, waits, risks_anywhere, dropped } = allowed;
    let velocity = prop_oneof![
        4 => prop::collection::vec(0_u32..9, 1..10).prop_map(|past| History::Periods(past.into_iter().map(f64::from).collect())),
        1 => range(8).prop_map(History::Guess),
    ];
    let item = (size(), prop::option::weighted(0.3, any::<u8>()), 0..teams, 1..5_u32);
    let risk = (0.0..=1.0_f64, range(6), any::<u8>(), any::<bool>());
    let growth = (range(3), 0.0..=1.0_f64, any::<bool>());
    (
        prop::collection::vec(velocity, teams),
        prop::collection::vec(item, 2..16),
        prop::collection::vec(risk, 0..3),
        prop::option::weighted(0.4, growth),
        prop::option::weighted(0.3, (1.0..1.5_f64, 0.0..1.0_f64)),
        prop::option::weighted(0.3, prop::collection::vec(0.0..1.5_f64, 0..6)),
        any::<bool>(),
        0..1_000_000_u64,
    )
        .prop_map(move |(histories, items, risks, growth, split, capacity, calibrated, seed)| {
            let team = |team: usize| format!("team {team}");
            let count = items.len();
            let work = items.into_iter().enumerate().map(|(place, (size, need, of, from))| WorkItem {
                // Any other item; an even one needs none, so that there is no cycle.
                needs: need
                    .filter(|_| needs && place % 2 == 1)
                    .map(|need| vec![format!("LF-{}", need as usize % count / 2 * 2)]),
                not_before: waits.then_some(from),
                team: (teams > 1).then(|| team(of)),
                ..WorkItem::new(format!("LF-{place}"), size)
            });
            let work: Vec<WorkItem> = work.collect();
            let history = if teams > 1 {
                PerTeam::Each(histories.into_iter().enumerate().map(|(of, history)| (team(of), history)).collect())
            } else {
                PerTeam::One(histories[0].clone())
            };
            let risks = risks.into_iter().map(|(probability, impact, item, anywhere)| Risk {
                probability,
                impact,
                item: (!(anywhere && risks_anywhere)).then(|| format!("LF-{}", item as usize % count)),
            });
            ForecastRequest {
                model: Some(if calibrated { VelocityModel::Calibrated } else { VelocityModel::Bootstrap }),
                trials: Some(40),
                seed: Some(seed),
                horizon: Some(30),
                risks: Some(risks.collect()),
                growth: growth.map(|(Range { low, likely, high }, urgent, drops)| match drops && dropped {
                    true => Growth { low: -high, likely: likely.map(|likely| -likely), high: -low, urgent: None },
                    false => Growth { low, likely, high, urgent: Some(urgent) },
                }),
                split: split.map(|(low, more)| Range { low, likely: None, high: low + more }),
                capacity: capacity.map(PerTeam::One),
                ..ForecastRequest::new(history, work)
            }
        })
}

fn one_team() -> impl Strategy<Value = ForecastRequest> {
    request(Allowed { teams: 1, needs: true, waits: false, risks_anywhere: false, dropped: true })
}

fn without_needs() -> impl Strategy<Value = ForecastRequest> {
    (1..4_usize).prop_flat_map(|teams| {
        request(Allowed { teams, needs: false, waits: true, risks_anywhere: false, dropped: false })
    })
}

fn anything() -> impl Strategy<Value = ForecastRequest> {
    (1..4_usize).prop_flat_map(|teams| {
        request(Allowed { teams, needs: true, waits: true, risks_anywhere: true, dropped: false })
    })
}

fn items(request: &mut ForecastRequest) -> &mut Vec<WorkItem> {
    match &mut request.work {
        Work::Items(items) => items,
        Work::Amount(_) => panic!("a list of items"),
    }
}

/// Whether nothing of an answer comes earlier than in another, in any period.
fn never_earlier(later: &Forecast, than: &Forecast) -> bool {
    let all = |answer: &Forecast| -> Vec<Completion> {
        answer.items.iter().map(|item| item.completion.clone()).chain([answer.total.clone()]).collect()
    };
    all(later).iter().zip(all(than)).all(|(later, than)| {
        let at = |within: &[f64], k: usize| within.get(k).copied().unwrap_or(1.0);
        (0..30).all(|k| at(&later.within, k) <= at(&than.within, k))
    })
}

fn more_work(mut request: ForecastRequest, place: usize, more: f64) -> ForecastRequest {
    let items = items(&mut request);
    let place = place % items.len();
    match &mut items[place].size {
        Uncertain::Exact(size) => *size += more,
        Uncertain::Range(Range { low, likely, high }) => {
            (*low, *high) = (*low + more, *high + more);
            *likely = likely.map(|likely| likely + more);
        }
    }
    request
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn more_work_never_lands_anything_earlier(
        request in prop_oneof![one_team(), without_needs()], place in any::<usize>(), more in 0.0..6.0_f64,
    ) {
        let before = forecast(&request).unwrap();
        let larger = forecast(&more_work(request.clone(), place, more)).unwrap();
        prop_assert!(never_earlier(&larger, &before), "{:?}", request);
        let mut longer = request.clone();
        let team = items(&mut longer)[0].team.clone();
        items(&mut longer).push(WorkItem { team, ..WorkItem::new("last", more) });
        let mut longer = forecast(&longer).unwrap();
        longer.items.pop();
        prop_assert!(never_earlier(&longer, &before), "{:?}", request);
        // Scope that is dropped is then taken from the new item first.
        if request.growth.is_none_or(|growth| growth.low >= 0.0) {
            prop_assert_eq!(&longer.items, &before.items);
        }
    }

    #[test]
    fn a_risk_never_helps(
        request in prop_oneof![one_team(), without_needs()],
        probability in 0.0..=1.0_f64, impact in range(8), named in prop::option::of(any::<usize>()),
    ) {
        let mut struck = request.clone();
        let count = items(&mut struck).len();
        let item = named.map(|place| format!("LF-{}", place % count));
        struck.risks.get_or_insert_default().push(Risk { probability, impact, item });
        prop_assert!(never_earlier(&forecast(&struck).unwrap(), &forecast(&request).unwrap()), "{:?}", request);
    }

    #[test]
    fn more_capacity_never_delays_anything(request in prop_oneof![one_team(), without_needs()], period in 0..8_usize) {
        let mut faster = request.clone();
        let mut factors = vec![1.0; 8];
        if let Some(PerTeam::One(given)) = &request.capacity {
            factors.iter_mut().zip(given).for_each(|(factor, given)| *factor = *given);
        }
        factors[period] += 1.0;
        faster.capacity = Some(PerTeam::One(factors));
        prop_assert!(never_earlier(&forecast(&request).unwrap(), &forecast(&faster).unwrap()), "{:?}", request);
    }

    #[test]
    fn a_moved_item_leaves_to_the_bit_what_stands_above_both_places_and_shares_nothing_with_it(
        request in anything(), from in any::<usize>(), to in any::<usize>(),
    ) {
        let mut moved = request.clone();
        let list = items(&mut moved);
        let (from, to) = (from % list.len(), to % list.len());
        let above = from.min(to);
        // Touched: what stands at or below the upper of both places; what needs something touched; what a touched item
        // of the same team stands before.
        let mut touched: Vec<bool> = (0..list.len()).map(|place| place >= above).collect();
        for _ in 0..list.len() {
            for place in 0..above {
                let needs = list[place].needs.iter().flatten();
                let waits = needs.into_iter().any(|need| list.iter().zip(&touched).any(|(item, &touched)| touched && item.id == *need));
                let yields = list[..place].iter().zip(&touched).any(|(item, &touched)| touched && item.team == list[place].team);
                touched[place] |= waits || yields;
            }
        }
        let item = list.remove(from);
        list.insert(to, item);
        let (before, after) = (forecast(&request).unwrap(), forecast(&moved).unwrap());
        for place in (0..above).filter(|&place| !touched[place]) {
            prop_assert_eq!(&before.items[place], &after.items[place], "{:?}", &request);
        }
    }
}
