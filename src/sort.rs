//! One sort for the lists outside of the trials. The standard library's is written again for each type and each order, four
//! kilobytes each time: here the places in a list are sorted, for which one instance is enough, and the list follows them.

use std::cmp::Ordering;

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
    let mut names: Vec<(&str, usize)> = names.map(|name| (name, 1)).collect();
    by(&mut names, |a, b| a.0.cmp(b.0));
    names.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        kept.1 += usize::from(same);
        same
    });
    by(&mut names, |a, b| b.1.cmp(&a.1));
    names
}

/// What belongs to each name, in order and once: by name.
pub(crate) fn grouped(mut pairs: Vec<(&str, u32)>) -> Vec<(&str, Vec<u32>)> {
    set(&mut pairs);
    let mut groups: Vec<(&str, Vec<u32>)> = Vec::new();
    for (name, member) in pairs {
        match groups.last_mut() {
            Some((last, members)) if *last == name => members.push(member),
            _ => groups.push((name, vec![member])),
        }
    }
    groups
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
    fn names_are_counted_and_grouped() {
        assert_eq!(tally(&mut ["b", "c", "a", "c", "b"].into_iter()), [("b", 2), ("c", 2), ("a", 1)]);
        assert_eq!(grouped(vec![("b", 3), ("a", 2), ("b", 1), ("b", 3)]), [("a", vec![2]), ("b", vec![1, 3])]);
        assert_eq!(grouped(Vec::new()), []);
    }
}
