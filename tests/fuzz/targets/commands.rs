//! Sequences of commands against a model that is a list of ids and titles: the plan holds what the model holds.
#![no_main]

use std::sync::Arc;

use arbitrary::Arbitrary;
use landfall::plan::{Item, Status};
use landfall::session::{Command, ItemPatch, Planner};

#[derive(Debug, Arbitrary)]
enum Step {
    Add { title: u8, before: Option<u8> },
    Edit { id: u8, title: u8 },
    Finish { id: u8 },
    Move { id: u8, before: Option<u8> },
    Remove { id: u8 },
    Copy { id: u8 },
    Need { id: u8, other: u8 },
    Undo,
    Redo,
}

type Model = Vec<(String, String)>;

const TITLES: [&str; 4] = ["Checkout", "Search", "\u{202e}äöü 🎉", "=1+1"];

fn id(model: &Model, pick: u8) -> String {
    match model.len() {
        0 => "nothing".to_owned(),
        count => model[usize::from(pick) % count].0.clone(),
    }
}

libfuzzer_sys::fuzz_target!(|steps: Vec<Step>| {
    let mut planner = Planner::default();
    let mut model = Model::new();
    let (mut past, mut future): (Vec<Model>, Vec<Model>) = (Vec::new(), Vec::new());
    for step in steps.into_iter().take(300) {
        let before = |model: &Model, pick: Option<u8>| pick.map(|pick| id(model, pick));
        let title = |pick: u8| TITLES[usize::from(pick) % TITLES.len()].to_owned();
        let mut next = model.clone();
        let place = |model: &Model, id: &str| model.iter().position(|(other, _)| other == id);
        let command = match step {
            Step::Undo | Step::Redo => {
                let (from, to) = if matches!(step, Step::Undo) { (&mut past, &mut future) } else { (&mut future, &mut past) };
                let done = if matches!(step, Step::Undo) { planner.undo() } else { planner.redo() };
                assert_eq!(done.is_some(), !from.is_empty());
                if let Some(other) = from.pop() {
                    to.push(std::mem::replace(&mut model, other));
                }
                check(&planner, &model);
                continue;
            }
            Step::Add { title: pick, before: place_of } => {
                let before = before(&model, place_of);
                let item = Item::titled(&title(pick));
                let at = before.as_deref().map_or(Some(next.len()), |id| place(&next, id));
                if let Some(at) = at {
                    next.insert(at, (planner.plan().next_id(), item.title.clone()));
                }
                Command::AddItem { item: Box::new(item), before }
            }
            Step::Edit { id: pick, title: word } => {
                let id = id(&model, pick);
                next.iter_mut().filter(|(other, _)| *other == id).for_each(|(_, old)| *old = title(word));
                let patch = ItemPatch { title: Some(Some(title(word))), ..ItemPatch::default() };
                Command::EditItem { id, patch: Box::new(patch) }
            }
            Step::Finish { id: pick } => {
                let patch = ItemPatch { status: Some(Some(Status::Done)), ..ItemPatch::default() };
                Command::EditItem { id: id(&model, pick), patch: Box::new(patch) }
            }
            Step::Need { id: pick, other } => {
                let patch = ItemPatch { needs: Some(Some(vec![id(&model, other)])), ..ItemPatch::default() };
                Command::EditItem { id: id(&model, pick), patch: Box::new(patch) }
            }
            Step::Move { id: pick, before: place_of } => {
                let (id, before) = (id(&model, pick), before(&model, place_of));
                if let Some(from) = place(&next, &id).filter(|_| before.as_deref() != Some(id.as_str())) {
                    let row = next.remove(from);
                    let at = before.as_deref().and_then(|id| place(&next, id)).unwrap_or(next.len());
                    next.insert(at, row);
                }
                Command::MoveItem { id, before }
            }
            Step::Remove { id: pick } => {
                let id = id(&model, pick);
                next.retain(|(other, _)| *other != id);
                Command::RemoveItem { id }
            }
            Step::Copy { id: pick } => {
                let of = id(&model, pick);
                let copy = planner.plan().next_id();
                let Ok(_) = planner.check(Command::DuplicateItem { id: of.clone(), copy: copy.clone() }) else { continue };
                let at = place(&next, &of).expect("it was there to be copied");
                // What a copy is called is the plan's business.
                next.insert(at + 1, (copy.clone(), String::new()));
                Command::DuplicateItem { id: of, copy }
            }
        };
        let document = planner.document();
        match planner.apply(command) {
            Err(_) => assert_eq!(planner.document(), document, "what was refused changes nothing"),
            Ok(_) => {
                for ((_, title), item) in next.iter_mut().zip(planner.plan().items.iter()).filter(|((_, title), _)| title.is_empty()) {
                    title.clone_from(&item.title);
                }
                past.push(std::mem::replace(&mut model, next));
                if past.len() > landfall::session::UNDO_DEPTH {
                    past.remove(0);
                }
                future.clear();
            }
        }
        check(&planner, &model);
    }
    planner.plan().check().expect("the plan is whole");
});

fn check(planner: &Planner, model: &Model) {
    let held: Vec<(&str, &str)> =
        planner.plan().items.iter().map(Arc::as_ref).map(|item| (item.id.as_str(), item.title.as_str())).collect();
    let wanted: Vec<(&str, &str)> = model.iter().map(|(id, title)| (id.as_str(), title.as_str())).collect();
    assert_eq!(held, wanted);
}
