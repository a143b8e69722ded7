//! Whether a benefit says no more than the want.

use super::text::{Text, Token, is_one_of};

/// Words that say nothing of their own in a benefit.
const EMPTY: &str = "\
    i|we|you|they|it|he|she|me|us|them|my|our|your|their|its|the|a|an|this|that|these|those|to|of|for|in|on|at|by|\
    with|from|as|and|or|is|are|be|been|being|was|were|am|can|could|will|would|may|might|must|should|able|possible|\
    want|wants|need|needs|like|have|has|had|having|get|gets|do|does|doing|done|so|use|using|used|now|then|again|\
    always|when|whenever|there|which|who|file|files|system|app|application|functionality|feature|way|easily|\
    directly|simply|quickly|myself|user|users|allows|allow|lets|let|i'm";

/// Words that mean the same here.
const SAME: &[&str] = &[
    "see|view|look|display|show|displayed|shown|seen|viewed|visible|check",
    "add|create|make|added|created",
    "delete|remove|deleted|removed",
    "edit|change|modify|update|adjust|edited|changed|updated",
    "find|search|found",
    "buy|purchase|bought",
    "send|sent",
    "notify|notification|notifications|notified|informed|alert",
    "login|log|sign",
    "pay|paid|payment|payments",
    "choose|select|chosen|selection",
];

/// True when nothing in the benefit is new, or one thing at most that is not what it is about.
pub(super) fn repeats(want: &str, benefit: &str) -> bool {
    let (want, benefit) = (content(want), content(benefit));
    let known = |word: &String| want.iter().any(|other| alike(word, other));
    let news = benefit.iter().filter(|word| !known(word)).count();
    let old = benefit.len() - news;
    news == 0 || (news == 1 && old >= 3 && benefit.first().is_some_and(known))
}

/// How many words of one text another speaks of.
pub(super) fn shared(one: &str, other: &str) -> usize {
    let other = content(other);
    content(one).iter().filter(|word| other.iter().any(|known| alike(word, known))).count()
}

fn content(text: &str) -> Vec<String> {
    // Nobody's sentence is longer; without a bound the comparison would be quadratic in what is pasted.
    const MOST: usize = 100;
    let words = Text::new(text).tokens.into_iter().filter(|token| token.is_word() && !is_one_of(&token.word, EMPTY));
    words.map(|Token { word, .. }| word).take(MOST).collect()
}

/// Whether two words have one stem, or mean the same.
fn alike(one: &str, other: &str) -> bool {
    const STEM: usize = 4;
    const ENDING: usize = 3;
    if one == other || SAME.iter().any(|words| is_one_of(one, words) && is_one_of(other, words)) {
        return true;
    }
    let shared = one.chars().zip(other.chars()).take_while(|(left, right)| left == right).count();
    let longest = one.chars().count().max(other.chars().count());
    let plural = |one: &str, other: &str| one.strip_suffix('s') == Some(other);
    plural(one, other) || plural(other, one) || (shared >= STEM && longest - shared <= ENDING && shared * 2 >= longest)
}
