//! Why an item does not stand where its score alone would place it.

/// A sentence for each item whose place is owed to others: "LF-3 is first because LF-7 and LF-9 wait for it", "LF-7 is
/// third because it needs LF-3".
///
/// An item is lifted when something with a better score stands after it, and held back when something with a worse
/// score that it needs, itself or by way of others, stands before it. `scores` are missing where there is none; `passes`
/// says by item, by need, whether its worth is inherited by what it needs; `ahead` items stand before all of these.
pub(crate) fn because(
    ids: &[&str],
    scores: &[Option<f64>],
    needs: &[Vec<u32>],
    passes: &[Vec<bool>],
    order: &[u32],
    ahead: usize,
) -> Vec<Option<String>> {
    let score = |place: u32| scores.get(place as usize).copied().flatten().unwrap_or(f64::NEG_INFINITY);
    let id = |place: u32| ids.get(place as usize).copied().unwrap_or_default();
    let mut waiting: Vec<Vec<u32>> = vec![Vec::new(); ids.len()];
    for ((place, needs), passes) in (0..).zip(needs).zip(passes) {
        for (&need, _) in needs.iter().zip(passes).filter(|&(_, &passes)| passes) {
            waiting.get_mut(need as usize).into_iter().for_each(|waiting| waiting.push(place));
        }
    }
    let mut because = vec![None; ids.len()];
    let mut say = |place: u32, words: String| {
        because.get_mut(place as usize).into_iter().for_each(|said| *said = Some(words.clone()));
    };
    let mut better_after = f64::NEG_INFINITY;
    for (rank, &place) in order.iter().enumerate().rev() {
        let waiting = waiting.get(place as usize).map_or(&[][..], Vec::as_slice);
        if better_after > score(place) && !waiting.is_empty() {
            let verb = if waiting.len() == 1 { "waits" } else { "wait" };
            say(place, format!("{} is {} because {} {verb} for it", id(place), nth(ahead + rank), list(waiting, id)));
        }
        better_after = better_after.max(score(place));
    }
    let mut worse_before = f64::INFINITY;
    for (rank, &place) in order.iter().enumerate() {
        let needs = needs.get(place as usize).map_or(&[][..], Vec::as_slice);
        // What lifted an item explains its place better than what holds it back.
        if worse_before < score(place) && !needs.is_empty() && waiting.get(place as usize).is_none_or(Vec::is_empty) {
            say(place, format!("{} is {} because it needs {}", id(place), nth(ahead + rank), list(needs, id)));
        }
        worse_before = worse_before.min(score(place));
    }
    because
}

pub(crate) fn nth(rank: usize) -> String {
    const WORDS: [&str; 5] = ["first", "second", "third", "fourth", "fifth"];
    WORDS.get(rank).map_or_else(|| format!("number {}", rank + 1), |word| (*word).to_owned())
}

/// `LF-7`, `LF-7 and LF-9`, `LF-7, LF-9 and 3 others`.
fn list<'a>(places: &[u32], id: impl Fn(u32) -> &'a str) -> String {
    match places {
        [] => String::new(),
        [one] => id(*one).to_owned(),
        [one, two] => format!("{} and {}", id(*one), id(*two)),
        [one, two, three] => format!("{}, {} and {}", id(*one), id(*two), id(*three)),
        [one, two, others @ ..] => format!("{}, {} and {} others", id(*one), id(*two), others.len()),
    }
}
