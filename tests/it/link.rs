//! A plan in a link: what comes out is what went in, and whatever else stands there is refused with a reason.

use std::time::{Duration, Instant};

use landfall::exchange::{link, read_link};
use landfall::plan::{Item, Plan, PlanDocument};
use landfall::session::{Planner, sample};
use landfall::{Code, Error};
use miniz_oxide::deflate::compress_to_vec;
use proptest::prelude::*;

/// Base64url without padding, by the definition.
fn base64url(bytes: &[u8]) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bits: Vec<u8> = bytes.iter().flat_map(|byte| (0..8).rev().map(move |k| byte >> k & 1)).collect();
    let value = |group: &[u8]| (0..6).fold(0, |value, k| value << 1 | usize::from(*group.get(k).unwrap_or(&0)));
    bits.chunks(6).map(|group| char::from(ALPHABET[value(group)])).collect()
}

/// What follows `#landfall=` when a page writes it: deflated at a level, 0 for stored and 10 for the best.
pub fn token_of(text: &str, level: u8) -> String {
    let bytes = compress_to_vec(text.as_bytes(), level);
    let check = crc::Crc::<u32>::new(&crc::CRC_32_ISO_HDLC).checksum(&bytes);
    format!("1.{}.{check:08x}", base64url(&bytes))
}

pub fn sample_plan() -> PlanDocument {
    sample(Some("2026-11-23".parse().unwrap())).unwrap().document()
}

fn address(token: &str) -> String {
    format!("https://wiki.example/pages/plan?id=7#landfall={token}")
}

fn refused(token: &str) -> Error {
    read_link(&address(token)).unwrap_err()
}

#[test]
fn the_sample_comes_back_from_a_link() {
    let plan = sample_plan();
    for level in 0..=10 {
        let token = token_of(&plan.to_json().unwrap(), level);
        assert_eq!(read_link(&address(&token)).unwrap(), plan, "level {level}");
        let (unchecked, _) = token.rsplit_once('.').unwrap();
        assert_eq!(read_link(&address(unchecked)).unwrap(), plan, "the check may be absent");
    }
    assert_eq!(read_link(&address(&link(&plan).unwrap())).unwrap(), plan, "what is not compressed");
    // A mail breaks long lines.
    let wrapped: String = link(&plan)
        .unwrap()
        .chars()
        .collect::<Vec<_>>()
        .chunks(76)
        .map(|line| line.iter().collect::<String>() + "\r\n ")
        .collect();
    assert_eq!(read_link(&address(&wrapped)).unwrap(), plan);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_comes_back_at_any_level(titles in prop::collection::vec("\\PC{1,60}|[ab]{1,200}", 0..60), level in 0u8..=10) {
        let mut plan = Plan::default();
        let items = titles.iter().enumerate().map(|(k, title)| {
            Item { id: format!("A-{k}"), title: format!("x{title}"), ..Item::default() }.into()
        });
        plan.items = std::sync::Arc::new(items.collect());
        let document = PlanDocument::from(&plan);
        let token = token_of(&document.to_json().unwrap(), level);
        prop_assert_eq!(&read_link(&address(&token)).unwrap(), &document);
        prop_assert_eq!(&read_link(&address(&link(&document).unwrap())).unwrap(), &document);
    }
}

#[test]
fn every_hostile_link_is_refused_with_its_reason_and_at_once() {
    let text = include_str!("../data/hostile/own/share-links.json");
    let all: serde_json::Value = serde_json::from_str(text).unwrap();
    let expected = |name: &str| match name {
        "ok-tiny" | "proto" | "newer-version" => Code::NotAPlan,
        "zeros-1MiB" | "zeros-16MiB" | "open-brackets-1MiB" | "one-title-8MiB" | "100k-empty-items" => Code::TooLarge,
        _ => Code::Damaged,
    };
    let cases = all["cases"].as_array().unwrap();
    assert!(cases.len() >= 15);
    for case in cases {
        let (name, data) = (case["name"].as_str().unwrap(), case["data"].as_str().unwrap());
        let mut quickest = Duration::MAX;
        for _ in 0..3 {
            let start = Instant::now();
            let error = refused(&format!("1.{data}"));
            quickest = quickest.min(start.elapsed());
            assert_eq!(error.code(), expected(name), "{name}: {error}");
            assert!(error.message().len() > 20, "{name}");
        }
        assert!(quickest < Duration::from_millis(100), "{name} took {quickest:?}");
    }
}

#[test]
fn what_is_wrong_with_a_link_is_said_with_what_would_do() {
    let said = |token: &str| refused(token).to_string();
    let other = read_link("https://wiki.example/pages/plan#chapter-2").unwrap_err();
    assert_eq!(other.code(), Code::NotALink);
    assert_eq!(other.message(), "this is no Landfall link: no #landfall= with a plan is in it. Copy the whole address");
    assert_eq!(refused("plan.json").code(), Code::NotALink);
    let newer = refused("2.abc");
    assert_eq!(newer.code(), Code::NewerFormat);
    assert_eq!(newer.message(), "the link has version 2, and this Landfall reads 1: open it with a newer Landfall");
    assert_eq!(said("1.q1YqU%20"), "character 6: the link was changed on its way: copy all of it again");
    let cut = "the link was cut off or changed on its way: copy all of it again, or ask for the file";
    for damaged in ["1.", "1", "1.q", "1.BwAA", "1.q1YqU7Iy1FHKLEnNLVayio6tBQA.00000000"] {
        assert_eq!(said(damaged), cut, "{damaged}");
    }
    let plan = sample_plan().to_json().unwrap();
    assert_eq!(refused(&token_of(&plan.replace("\"version\": 1", "\"version\": 2"), 6)).code(), Code::NewerFormat);
    let wrong = refused(&token_of(&plan.replacen("\"LF-2\"", "\"LF-3\"", 1), 6));
    assert!([Code::DuplicateId, Code::UnknownId, Code::Cycle].contains(&wrong.code()), "{wrong}");
    let long = format!("#landfall=1.{}", "A".repeat(2 << 20));
    assert_eq!(read_link(&long).unwrap_err().code(), Code::TooLarge);
}

#[test]
fn no_more_comes_out_than_a_plan_of_that_length_can_be() {
    let bomb = |text: &str| refused(&token_of(text, 9)).code();
    assert_eq!(bomb(&" ".repeat(64 << 20)), Code::TooLarge);
    assert_eq!(bomb(&"{\"a\":".repeat(1 << 20)), Code::TooLarge);
    // A head as a plan's does not help.
    let head = "{\"format\":\"landfall\",\"version\":1,\"name\":\"x\",\"items\":[";
    assert_eq!(bomb(&format!("{head}{}{{}}]}}", "{},".repeat(1_000_000))), Code::TooLarge);
    // Nor does filling that does not deflate, which buys room for many objects.
    let mut state = 7_u64;
    let filling: String = (0..700_000)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            char::from(b'a' + (state >> 59) as u8 % 26)
        })
        .collect();
    assert_eq!(bomb(&format!("{head}\"{filling}\",{}{{}}]}}", "{},".repeat(100_000))), Code::TooLarge);
    // A long plan, which is none of these, is read.
    let items: Vec<_> = (0..3_000)
        .map(|k| Item { id: format!("A-{k}"), title: format!("Item {k}"), ..Item::default() }.into())
        .collect();
    let plan = PlanDocument::from(&Plan { items: std::sync::Arc::new(items), ..Plan::default() });
    assert_eq!(read_link(&address(&token_of(&plan.to_json().unwrap(), 9))).unwrap(), plan);
}

#[test]
fn a_plan_too_long_to_be_read_again_is_not_written() {
    let items: Vec<_> =
        (0..100_000).map(|k| Item { id: format!("A-{k}"), title: "x".repeat(400), ..Item::default() }.into()).collect();
    let plan = PlanDocument::from(&Plan { items: std::sync::Arc::new(items), ..Plan::default() });
    assert_eq!(link(&plan).unwrap_err().code(), Code::TooLarge);
}

#[test]
fn ten_thousand_changed_links_are_refused_or_are_plans() {
    let plan = sample_plan();
    let before = Planner::from_document(plan.clone()).unwrap();
    let whole = token_of(&plan.to_json().unwrap(), 6);
    let (unchecked, _) = whole.rsplit_once('.').unwrap();
    let mut state = 42_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let (mut refusals, mut longest) = (0, Duration::ZERO);
    for round in 0..10_000 {
        let has_check = round % 2 == 0;
        let mut token: Vec<u8> = if has_check { &whole } else { unchecked }.as_bytes().to_vec();
        for _ in 0..=next(3) {
            let at = next(token.len() - 2) + 2;
            match next(5) {
                0 => token.truncate(at),
                1 => drop(token.remove(at)),
                2 => token.insert(at, b"AZaz09-_.%= <\""[next(14)]),
                3 => token.swap(at, 2),
                _ => token[at] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."[next(65)],
            }
            if token.len() < 4 {
                break;
            }
        }
        let token = String::from_utf8(token).unwrap();
        let start = Instant::now();
        match read_link(&address(&token)) {
            Err(error) => {
                refusals += 1;
                assert!(error.message().len() > 20, "{error}");
            }
            Ok(read) if has_check && token.len() > unchecked.len() + 1 => assert_eq!(read, plan, "a check holds"),
            Ok(read) => assert!(Planner::from_document(read).is_ok()),
        }
        longest = longest.max(start.elapsed());
    }
    assert!(refusals > 9_000, "{refusals}");
    assert!(longest < Duration::from_millis(500), "{longest:?}");
    assert_eq!(before.document(), plan);
    for end in 0..whole.len() {
        let cut = read_link(&address(&whole[..end]));
        assert!(end == unchecked.len() || end == unchecked.len() + 1 || cut.is_err(), "cut at {end}");
    }
}
