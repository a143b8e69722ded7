//! One sort for the lists outside of the trials. The standard library's is written again for each type and each order, four
//! kilobytes each time: here the places in a list are sorted, for which one instance is enough, and the list follows them.

use std::cmp::Ordering;
use std::collections::HashMap;

/// Sorts a list; equals stay as they stand.
pub(crate) fn by<T>(list: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let mut order = places(list.len(), &mut |a, b| match (list.get(a), list.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    for start in 0..order.len() {
        let mut here = start;
        // Round by round: what belongs here comes here, and what stood here waits where that was.
        while let Some(from) =
            order.get_mut(here).map(|from| std::mem::replace(from, here)).filter(|from| *from != start)
        {
            list.swap(here, from);
            here = from;
        }
    }
}

/// Sorts a list and leaves one of each.
pub(crate) fn set<T: Ord>(list: &mut Vec<T>) {
    by(list, T::cmp);
    list.dedup();
}

/// Names, each with how often it comes: the most frequent first, equals by name.
pub(crate) fn tally<'a>(names: &mut dyn Iterator<Item = &'a str>) -> Vec<(&'a str, usize)> {
    // The few names that many lists have are sorted, not the lists.
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for name in names {
        let place = *places.entry(name).or_insert(counts.len());
        match counts.get_mut(place) {
            Some((_, count)) => *count += 1,
            None => counts.push((name, 1)),
        }
    }
    by(&mut counts, |a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    counts
}

fn places(count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|a, b| compare(*a, *b));
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_sorted_as_the_standard_library_sorts_it() {
        let mut seed = 7_u64;
        for count in 0..200_u32 {
            let mut list: Vec<(u64, u32)> = (0..count)
                .map(|place| {
                    seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    (seed >> 60, place)
                })
                .collect();
            let mut expected = list.clone();
            expected.sort_by_key(|(key, _)| *key);
            by(&mut list, |a, b| a.0.cmp(&b.0));
            assert_eq!(list, expected);
        }
    }

    #[test]
    fn names_are_counted() {
        assert_eq!(tally(&mut ["b", "c", "a", "c", "b"].into_iter()), [("b", 2), ("c", 2), ("a", 1)]);
    }
}
