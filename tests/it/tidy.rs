//! Rules of the house that no lint knows: see the design. The searcher is itself searched for holes, with lines that
//! break each rule.

use std::fs;
use std::path::Path;

/// Which floor a room of `src` stands on: imports point down, or stay on the floor.
const FLOORS: [(&str, u32); 15] = [
    ("error", 0),
    ("choice", 1),
    ("json", 1),
    ("needs", 1),
    ("pace", 1),
    ("range", 1),
    ("sort", 1),
    ("plan", 2),
    ("forecast", 3),
    ("score", 3),
    ("story", 3),
    ("exchange", 4),
    ("store", 4),
    ("session", 5),
    ("wasm", 6),
];

/// What may know even less than its floor allows.
const STRANGERS: [(&str, &str); 2] = [("forecast", "plan"), ("store", "plan")];

/// Functions of std whose last bit differs between platforms: `libm` has them for all.
const TRANSCENDENTAL: [&str; 27] = [
    "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt", "cos", "cosh", "exp", "exp2", "exp_m1",
    "gamma", "hypot", "ln", "ln_1p", "ln_gamma", "log", "log10", "log2", "powf", "powi", "sin", "sin_cos", "sinh",
    "tan",
];

/// Time, chance, files and the network come in as arguments; nothing is printed.
const OUTSIDE: [&str; 9] = [
    "SystemTime",
    "Instant::now",
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "println!",
    "eprint",
];

/// Only the boundary names what is JavaScript's.
const BOUNDARY: [&str; 4] = ["wasm_bindgen", "js_sys", "web_sys", "JsValue"];

/// What breaks a rule in a source file, `path` being relative to `src`.
fn findings(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let code = if line.trim_start().starts_with("//") { "" } else { line.split(" // ").next().unwrap() };
        let mut find = |what: String| found.push(format!("src/{path}:{number}: {what}"));
        for word in words(code) {
            let before = &code[..word.0];
            // A method of `self` is our own: nothing here is a method of numbers.
            let method =
                !before.ends_with("self.") && before.ends_with('.') && code[word.0 + word.1.len()..].starts_with('(');
            let path = before.ends_with("f64::") || before.ends_with("f32::");
            if TRANSCENDENTAL.contains(&word.1) && (method || path) {
                find(format!("{} of std differs between platforms: take libm's", word.1));
            }
        }
        OUTSIDE
            .iter()
            .filter(|name| code.contains(**name))
            .for_each(|name| find(format!("the core does no I/O: {name}")));
        if path != "wasm.rs" {
            let named = BOUNDARY.iter().filter(|name| code.contains(**name));
            named.for_each(|name| find(format!("only src/wasm.rs names {name}")));
        }
    }
    found.extend(
        imports(path, text).into_iter().filter_map(|room| refused(path, &room)).map(|why| format!("src/{path}: {why}")),
    );
    found
}

/// Words of a line, with where they begin.
fn words(line: &str) -> Vec<(usize, &str)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut words = Vec::new();
    let mut rest = 0;
    while let Some(start) = line[rest..].find(is_part).map(|at| rest + at) {
        let end = line[start..].find(|c| !is_part(c)).map_or(line.len(), |at| start + at);
        words.push((start, &line[start..end]));
        rest = end;
    }
    words
}

/// The rooms that a file names, by `crate::` or by `super::` up to the root.
fn imports(path: &str, text: &str) -> Vec<String> {
    let code: String =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join(" ").replace(' ', "");
    let depth = path.trim_end_matches("/mod.rs").trim_end_matches(".rs").split('/').count();
    let mut rooms = Vec::new();
    for root in ["crate::".to_owned(), "super::".repeat(depth)] {
        for (at, _) in code.match_indices(&root) {
            let rest = &code[at + root.len()..];
            match rest.strip_prefix('{') {
                None => rooms.extend(words(rest).first().map(|word| word.1.to_owned())),
                // The first word of each entry, whatever the entry holds.
                Some(list) => {
                    let mut open = 1;
                    let mut first = true;
                    for (start, c) in list.char_indices() {
                        match c {
                            '{' => open += 1,
                            '}' if open == 1 => break,
                            '}' => open -= 1,
                            ',' if open == 1 => first = true,
                            _ if first => {
                                rooms.extend(words(&list[start..]).first().map(|word| word.1.to_owned()));
                                first = false;
                            }
                            _ => {}
                        }
                    }
                }
            }
        }
    }
    rooms
}

/// Why a file may not import a room. What is not a room is a name that the root hands on.
fn refused(path: &str, room: &str) -> Option<String> {
    let floor = |name: &str| FLOORS.iter().find(|(room, _)| *room == name).map(|(_, floor)| *floor);
    let here = path.split('/').next().unwrap().trim_end_matches(".rs");
    let Some(from) = floor(here) else {
        return (here != "lib").then(|| format!("{here} stands on no floor: give it one in tests/it/tidy.rs"));
    };
    let to = floor(room)?;
    (to > from || STRANGERS.contains(&(here, room))).then(|| format!("{here} knows {room}: imports point down only"))
}

fn sources(folder: &Path, below: &str, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = format!("{below}{}", entry.file_name().into_string().unwrap());
        if entry.path().is_dir() {
            sources(&entry.path(), &format!("{name}/"), found);
        } else if name.ends_with(".rs") {
            found.push((name, fs::read_to_string(entry.path()).unwrap()));
        }
    }
}

#[test]
fn the_sources_keep_the_rules_of_the_house() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), "", &mut files);
    assert!(files.len() > 50, "{} files were found", files.len());
    let broken: Vec<String> = files.iter().flat_map(|(path, text)| findings(path, text)).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn a_rule_that_is_broken_is_found() {
    let planted = [
        ("forecast/draw.rs", "    let x = uniform.ln();"),
        ("forecast/draw.rs", "    let x = -(1.0 - u).ln() * mean; // exponential"),
        ("forecast/velocity/calibrated.rs", "    let factor = f64::exp(step);"),
        ("forecast/velocity/calibrated.rs", "    steps.iter().copied().map(f64::exp2)"),
        ("range.rs", "    (width * u).powf(0.5)"),
        ("range.rs", "    x.powi(2)"),
        ("forecast/velocity/calibrated.rs", "    let level = self.level.exp();"),
        ("score/formula.rs", "    let (s, c) = angle.sin_cos();"),
        ("session/planner.rs", "    let now = std::time::SystemTime::now();"),
        ("store/memory.rs", "use std::fs;"),
        ("plan/item.rs", "use wasm_bindgen::prelude::*;"),
        ("plan/item.rs", "fn read(value: &JsValue) {}"),
        ("plan/item.rs", "use crate::forecast::forecast;"),
        ("plan/item.rs", "use crate::{error::Error, session::{Command, view}};"),
        ("plan/item.rs", "use super::super::score::rank;"),
        ("plan/mod.rs", "use super::store;"),
        ("forecast/engine/run.rs", "use crate::plan::Item;"),
        ("store/mod.rs", "use crate::plan::Plan;"),
        ("json/read.rs", "use crate::plan::pointer;"),
        ("attic.rs", "use crate::error::Error;"),
    ];
    for (path, line) in planted {
        assert_eq!(findings(path, &format!("//! A file.\n\n{line}\n")).len(), 1, "{path}: {line}");
    }
}

#[test]
fn what_keeps_the_rules_is_left_alone() {
    let fine = [
        ("forecast/draw.rs", "    let x = libm::log(uniform) + libm::exp(y).sqrt();"),
        ("forecast/draw.rs", "    // not u.ln(): its last bit differs"),
        ("forecast/velocity/calibrated.rs", "    let level = self.exp(self.level);"),
        ("forecast/draw.rs", "    let exp = mean.exponent(); // u.exp() would do"),
        ("forecast/engine/run.rs", "use super::super::amounts::Amounts;\nuse crate::error::Result;\nuse crate::Code;"),
        ("session/apply.rs", "use crate::{exchange, store::Store};\nuse crate::plan::{Item, Plan};"),
        ("score/rank.rs", "use crate::forecast::Stream;"),
        ("wasm.rs", "use wasm_bindgen::prelude::*;\nuse crate::session;"),
        ("plan/item.rs", "#[cfg_attr(target_arch = \"wasm32\", derive(tsify::Tsify))]"),
    ];
    for (path, text) in fine {
        assert_eq!(findings(path, text), Vec::<String>::new(), "{path}: {text}");
    }
}
