//! The backlog that a product owner owns: several items at once, requests, decisions, readiness, scores and the order.

use landfall::plan::{
    Agreement, Criterion, Decision, Filter, Item, Moscow, Objective, PlanRisk, Reading, ReadyPoint, ReadyRule, Request,
    RequestState, SavedView, Scoring, Show, Status, Story,
};
use landfall::session::{
    Command, FindingQuery, ItemPatch, Options, OrderBy, OrderQuery, Planner, RankingQuery, RequestQuery, RowQuery,
};
use landfall::{Code, Method, Range, Uncertain};

use crate::plan::{assert_round_trip, date};

/// A planner of items in order, each with its size; nothing of it is uncertain.
fn planner(items: &[(&str, f64)]) -> Planner {
    let mut planner = Planner::default();
    apply(&mut planner, Command::SetGuess { guess: Some(Range::exactly(10.0)), team: None });
    for (id, size) in items {
        let item = Item { id: (*id).to_owned(), size: Some((*size).into()), ..Item::titled(format!("Item {id}")) };
        apply(&mut planner, Command::AddItem { item: Box::new(item), before: None });
    }
    planner
}

#[track_caller]
fn apply(planner: &mut Planner, command: Command) -> Vec<String> {
    let change = planner.apply(command).unwrap();
    assert_round_trip(planner.plan());
    change.ids
}

#[track_caller]
fn refuses(planner: &mut Planner, command: Command, code: Code, path: &str, words: &str) {
    let before = planner.plan().clone();
    let error = planner.apply(command).expect_err("refused");
    assert_eq!((error.code(), error.path()), (code, Some(path)), "{error}");
    assert!(error.message().contains(words), "{error}");
    assert_eq!(*planner.plan(), before, "an error changes nothing");
}

fn patch(planner: &mut Planner, id: &str, patch: ItemPatch) {
    apply(planner, Command::EditItem { id: id.to_owned(), patch: Box::new(patch) });
}

fn needs(planner: &mut Planner, id: &str, needs: &[&str]) {
    let needs = needs.iter().map(|need| (*need).to_owned()).collect();
    patch(planner, id, ItemPatch { needs: Some(Some(needs)), ..Default::default() });
}

fn inputs(planner: &mut Planner, id: &str, inputs: &[(&str, Uncertain)]) {
    let inputs = inputs.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect();
    patch(planner, id, ItemPatch { inputs: Some(Some(inputs)), ..Default::default() });
}

fn ids(planner: &Planner) -> Vec<&str> {
    planner.plan().items.iter().map(|item| item.id.as_str()).collect()
}

fn item<'a>(planner: &'a Planner, id: &str) -> &'a Item {
    planner.plan().find(id).unwrap().1
}

fn names(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

fn request(from: &str, problem: &str, item: Option<&str>) -> Command {
    let request =
        Request { from: from.into(), problem: problem.into(), item: item.map(str::to_owned), ..Request::default() };
    Command::SetRequest { request: Box::new(request) }
}

fn decline(items: &[&str], requests: &[&str], why: &str) -> Command {
    Command::Decline {
        items: names(items),
        requests: names(requests),
        why: why.into(),
        instead: String::new(),
        date: Some(date("2026-11-23")),
        decision: String::new(),
    }
}

fn scored_by(planner: &mut Planner, method: Method) {
    apply(planner, Command::SetScoring { scoring: Box::new(Scoring { method, ..Scoring::default() }) });
}

// ------------------------------------------------------------------------------------------------ several at once

#[test]
fn several_items_change_together_and_come_back_together() {
    let mut planner = planner(&[("a", 1.0), ("b", 2.0), ("c", 3.0)]);
    patch(&mut planner, "a", ItemPatch { tags: Some(Some(names(&["old", "kept"]))), ..Default::default() });
    let before = planner.plan().clone();
    let change = planner
        .apply(Command::EditItems {
            ids: names(&["a", "c"]),
            patch: Box::new(ItemPatch { moscow: Some(Some(Moscow::Must)), ..Default::default() }),
            add_tags: names(&["new", "kept"]),
            remove_tags: names(&["old"]),
        })
        .unwrap();
    assert_eq!((change.label.as_str(), change.ids), ("change a and c", names(&["a", "c"])));
    assert_eq!(item(&planner, "a").tags, ["kept", "new"]);
    assert_eq!(item(&planner, "c").tags, ["new", "kept"]);
    assert_eq!([None, Some(Moscow::Must)], [item(&planner, "b").moscow, item(&planner, "c").moscow]);
    planner.undo().unwrap();
    assert_eq!(*planner.plan(), before);
    let command = |ids: &[&str], patch| Command::EditItems {
        ids: names(ids),
        patch: Box::new(patch),
        add_tags: Vec::new(),
        remove_tags: Vec::new(),
    };
    refuses(&mut planner, command(&["a", "x"], ItemPatch::default()), Code::UnknownId, "/ids/1", "no item x");
    refuses(&mut planner, command(&["a", "a"], ItemPatch::default()), Code::DuplicateId, "/ids/1", "named twice");
    refuses(&mut planner, command(&[], ItemPatch::default()), Code::InvalidRequest, "/ids", "one item at least");
    let circle = ItemPatch { needs: Some(Some(names(&["a"]))), ..Default::default() };
    refuses(&mut planner, command(&["a", "b"], circle), Code::Cycle, "/patch/needs", "a needs a");
}

#[test]
fn several_items_move_together_and_keep_their_order() {
    let mut planner = planner(&[("a", 1.0), ("b", 1.0), ("c", 1.0), ("d", 1.0), ("e", 1.0)]);
    let command =
        |ids: &[&str], before: Option<&str>| Command::MoveItems { ids: names(ids), before: before.map(str::to_owned) };
    apply(&mut planner, command(&["d", "b"], Some("a")));
    assert_eq!(ids(&planner), ["b", "d", "a", "c", "e"]);
    apply(&mut planner, command(&["b", "a"], None));
    assert_eq!(ids(&planner), ["d", "c", "e", "b", "a"]);
    refuses(&mut planner, command(&["c", "e"], Some("e")), Code::InvalidRequest, "/before", "one of themselves");
    apply(&mut planner, Command::RemoveItems { ids: names(&["d", "a"]) });
    assert_eq!(ids(&planner), ["c", "e", "b"]);
}

#[test]
fn a_copy_is_not_begun_and_its_criteria_are_open() {
    let mut planner = planner(&[("LF-1", 3.0), ("LF-2", 1.0)]);
    let criterion = Criterion { text: "It can be undone".into(), met: true };
    patch(
        &mut planner,
        "LF-1",
        ItemPatch {
            criteria: Some(Some(vec![criterion])),
            status: Some(Some(Status::InProgress)),
            ready: Some(Some(names(&["Design agreed"]))),
            link: Some(Some("https://tracker.example/1".into())),
            ..Default::default()
        },
    );
    needs(&mut planner, "LF-1", &["LF-2"]);
    assert_eq!(apply(&mut planner, Command::DuplicateItem { id: "LF-1".into(), copy: String::new() }), ["LF-3"]);
    assert_eq!(ids(&planner), ["LF-1", "LF-3", "LF-2"]);
    let copy = item(&planner, "LF-3");
    assert_eq!((copy.title.as_str(), copy.status, copy.size), ("Item LF-1 (copy)", Status::Todo, Some(3.0.into())));
    assert_eq!((copy.criteria[0].met, copy.needs.as_slice()), (false, names(&["LF-2"]).as_slice()));
    assert_eq!((&copy.link, copy.ready.len()), (&None, 0));
    let taken = Command::DuplicateItem { id: "LF-1".into(), copy: "LF-2".into() };
    refuses(&mut planner, taken, Code::DuplicateId, "/copy", "LF-2 already");
}

#[test]
fn a_split_leaves_nothing_behind_and_nothing_out() {
    let mut planner = planner(&[("LF-1", 8.0), ("LF-2", 1.0), ("LF-3", 2.0), ("LF-4", 2.0)]);
    let objective = Objective { id: "o".into(), name: "Leads".into(), ..Objective::default() };
    apply(&mut planner, Command::SetObjective { objective: Box::new(objective) });
    needs(&mut planner, "LF-2", &["LF-3"]);
    needs(&mut planner, "LF-4", &["LF-2"]);
    let story = Story { as_a: "buyer".into(), i_want: "to pay".into(), so_that: "it is mine".into() };
    patch(
        &mut planner,
        "LF-2",
        ItemPatch {
            story: Some(Some(story.clone())),
            tags: Some(Some(names(&["checkout"]))),
            objective: Some(Some("o".into())),
            moscow: Some(Some(Moscow::Must)),
            effect: Some(Some(40.0.into())),
            ..Default::default()
        },
    );
    inputs(&mut planner, "LF-2", &[("reach", 100.0.into()), ("effort", 8.0.into())]);
    apply(&mut planner, request("Acme", "Paying takes ten minutes", Some("LF-2")));
    let before = planner.plan().clone();

    let piece = |title: &str, size: f64, criterion: &str| Item {
        size: Some(size.into()),
        criteria: vec![Criterion { text: criterion.into(), met: false }],
        ..Item::titled(title)
    };
    let pieces = vec![piece("Pay by card", 3.0, "A card is taken"), piece("Pay by invoice", 2.0, "An invoice is sent")];
    let change = planner.apply(Command::SplitItem { id: "LF-2".into(), pieces }).unwrap();
    assert_round_trip(planner.plan());
    assert_eq!((change.label.as_str(), &change.ids), ("split LF-2 into 2", &names(&["LF-2", "LF-5"])));
    assert_eq!(ids(&planner), ["LF-1", "LF-2", "LF-5", "LF-3", "LF-4"]);
    for (id, title, size) in [("LF-2", "Pay by card", 3.0), ("LF-5", "Pay by invoice", 2.0)] {
        let piece = item(&planner, id);
        assert_eq!((piece.title.as_str(), piece.size), (title, Some(size.into())));
        assert_eq!((&piece.story, piece.objective.as_deref(), piece.moscow), (&story, Some("o"), Some(Moscow::Must)));
        assert_eq!((piece.needs.as_slice(), piece.tags.as_slice()), (&names(&["LF-3"])[..], &names(&["checkout"])[..]));
        assert_eq!(piece.inputs.keys().collect::<Vec<_>>(), ["reach"], "the whole's effort is not a piece's");
        assert_eq!(piece.criteria.len(), 1);
    }
    assert_eq!([item(&planner, "LF-2").effect, item(&planner, "LF-5").effect], [Some(40.0.into()), None]);
    assert_eq!(item(&planner, "LF-4").needs, ["LF-2", "LF-5"], "what needed it needs all of it");
    assert_eq!(planner.requests(&RequestQuery::default())[0].item.as_ref().unwrap().id, "LF-2");

    // Applied elsewhere, the command gives the same ids.
    let mut other = Planner::from(before.clone());
    other.apply(change.command).unwrap();
    assert_eq!(other.plan(), planner.plan());
    planner.undo().unwrap();
    assert_eq!(*planner.plan(), before);

    let split = |pieces| Command::SplitItem { id: "LF-2".into(), pieces };
    refuses(&mut planner, split(vec![piece("One", 1.0, "x")]), Code::InvalidRequest, "/pieces", "2 to 50");
    let blank = split(vec![piece("One", 1.0, "x"), piece(" ", 1.0, "x")]);
    refuses(&mut planner, blank, Code::InvalidRequest, "/pieces/1/title", "needs a title");
    let taken = split(vec![piece("One", 1.0, "x"), Item { id: "LF-4".into(), ..piece("Two", 1.0, "x") }]);
    refuses(&mut planner, taken, Code::DuplicateId, "/pieces/1/id", "LF-4 already");
    patch(&mut planner, "LF-2", ItemPatch { status: Some(Some(Status::Done)), ..Default::default() });
    let done = split(vec![piece("One", 1.0, "x"), piece("Two", 1.0, "x")]);
    refuses(&mut planner, done, Code::InvalidRequest, "/id", "LF-2 is done");
}

#[test]
fn a_merge_takes_everything_over() {
    let mut planner = planner(&[("a", 3.0), ("b", 5.0), ("c", 1.0), ("d", 1.0), ("e", 1.0)]);
    needs(&mut planner, "b", &["d"]);
    needs(&mut planner, "c", &["b"]);
    let criterion = |text: &str| Criterion { text: text.into(), met: false };
    let some = |text: &str, tags: &[&str]| ItemPatch {
        criteria: Some(Some(vec![criterion("Both"), criterion(text)])),
        tags: Some(Some(names(tags))),
        ..Default::default()
    };
    patch(&mut planner, "a", some("Mine", &["one"]));
    patch(&mut planner, "b", some("Yours", &["one", "two"]));
    patch(&mut planner, "b", ItemPatch { notes: Some(Some("Seen by legal".into())), ..Default::default() });
    patch(&mut planner, "e", ItemPatch { parent: Some(Some("b".into())), ..Default::default() });
    apply(&mut planner, request("Acme", "Two of them", Some("b")));
    apply(
        &mut planner,
        Command::SetDecision {
            decision: Box::new(Decision {
                what: "b first".into(),
                why: "it earns".into(),
                items: names(&["a", "b"]),
                ..Decision::default()
            }),
        },
    );
    let mut assumptions = (*planner.plan().assumptions).clone();
    assumptions.risks.push(PlanRisk {
        name: "Harder".into(),
        probability: 0.5,
        impact: Range::exactly(3.0),
        at: Some("b".into()),
    });
    apply(&mut planner, Command::SetAssumptions { assumptions: Box::new(assumptions) });
    let before = planner.plan().clone();

    let merge = |others: &[&str], add_sizes| Command::MergeItems { id: "a".into(), others: names(others), add_sizes };
    apply(&mut planner, merge(&["b"], false));
    let a = item(&planner, "a");
    assert_eq!(ids(&planner), ["a", "c", "d", "e"]);
    assert_eq!(a.criteria.iter().map(|one| one.text.as_str()).collect::<Vec<_>>(), ["Both", "Mine", "Yours"]);
    assert_eq!((a.tags.as_slice(), a.needs.as_slice()), (&names(&["one", "two"])[..], &names(&["d"])[..]));
    assert_eq!((a.size, a.notes.as_str()), (Some(3.0.into()), "b Item b\nSeen by legal"));
    assert_eq!(
        (item(&planner, "c").needs.as_slice(), item(&planner, "e").parent.as_deref()),
        (&names(&["a"])[..], Some("a"))
    );
    assert_eq!(planner.plan().requests[0].item.as_deref(), Some("a"));
    assert_eq!(planner.plan().decisions[0].items, ["a"]);
    assert_eq!(planner.plan().assumptions.risks[0].at.as_deref(), Some("a"));
    planner.undo().unwrap();
    assert_eq!(*planner.plan(), before);

    apply(&mut planner, merge(&["b", "c"], true));
    assert_eq!(item(&planner, "a").size, Some(9.0.into()));
    planner.undo().unwrap();
    patch(
        &mut planner,
        "b",
        ItemPatch { size: Some(Some(Range { low: 2.0, likely: Some(3.0), high: 8.0 }.into())), ..Default::default() },
    );
    apply(&mut planner, merge(&["b"], true));
    assert_eq!(item(&planner, "a").size, Some(Range { low: 5.0, likely: Some(6.0), high: 11.0 }.into()));
    planner.undo().unwrap();
    patch(&mut planner, "c", ItemPatch { size: Some(None), ..Default::default() });
    apply(&mut planner, merge(&["b", "c"], true));
    assert_eq!(item(&planner, "a").size, None, "the sum of what is not known is not known");
    planner.undo().unwrap();

    refuses(&mut planner, merge(&["a"], false), Code::DuplicateId, "/others/0", "not itself");
    refuses(&mut planner, merge(&[], false), Code::InvalidRequest, "/others", "takes in");
    // d would need a, which needs d.
    patch(&mut planner, "e", ItemPatch { parent: Some(None), ..Default::default() });
    needs(&mut planner, "d", &["e"]);
    refuses(&mut planner, merge(&["b", "e"], false), Code::Cycle, "/others", "a needs d needs a");
    patch(&mut planner, "c", ItemPatch { status: Some(Some(Status::Done)), ..Default::default() });
    refuses(&mut planner, merge(&["b", "c"], false), Code::InvalidRequest, "/others/1", "c is done");
}

#[test]
fn what_is_taken_out_is_named_by_nothing() {
    let mut planner = planner(&[("a", 1.0), ("b", 1.0), ("c", 1.0)]);
    let objective = Objective { id: "o".into(), name: "Leads".into(), ..Objective::default() };
    apply(&mut planner, Command::SetObjective { objective: Box::new(objective) });
    patch(
        &mut planner,
        "b",
        ItemPatch { parent: Some(Some("a".into())), objective: Some(Some("o".into())), ..Default::default() },
    );
    needs(&mut planner, "c", &["a"]);
    apply(&mut planner, request("Acme", "Slow", Some("a")));
    apply(&mut planner, decline(&["c"], &["R-1"], "not worth its effort"));
    let view = |name: &str, filter| Command::SetView {
        view: Box::new(SavedView { name: name.into(), search: String::new(), filter }),
    };
    apply(&mut planner, view("Parts of a", Filter { parent: Some("a".into()), ..Filter::default() }));
    apply(&mut planner, view("Leads", Filter { objective: Some("o".into()), ..Filter::default() }));
    let risk =
        |at: &str| PlanRisk { name: at.into(), probability: 0.1, impact: Range::exactly(1.0), at: Some(at.into()) };
    let mut assumptions = (*planner.plan().assumptions).clone();
    assumptions.risks = vec![risk("a"), risk("o"), risk("b")];
    apply(&mut planner, Command::SetAssumptions { assumptions: Box::new(assumptions) });

    apply(&mut planner, Command::RemoveItems { ids: names(&["a", "c"]) });
    apply(&mut planner, Command::RemoveObjective { id: "o".into() });
    apply(&mut planner, Command::RemoveRequest { id: "R-1".into() });
    let plan = planner.plan();
    assert_eq!((item(&planner, "b").parent.clone(), item(&planner, "b").objective.clone()), (None, None));
    assert_eq!(plan.assumptions.risks.iter().map(|risk| risk.name.as_str()).collect::<Vec<_>>(), ["b"]);
    let decision = &plan.decisions[0];
    assert_eq!((decision.items.len(), decision.requests.len(), plan.views.len()), (0, 0, 0));
    assert_eq!(decision.why, "not worth its effort", "the reason outlives what it was about");
}

#[test]
fn an_item_is_no_part_of_itself() {
    let mut planner = planner(&[("LF-1", 1.0), ("LF-2", 1.0), ("LF-3", 1.0)]);
    let part_of = |id: &str, parent: &str| Command::EditItem {
        id: id.into(),
        patch: Box::new(ItemPatch { parent: Some(Some(parent.into())), ..Default::default() }),
    };
    apply(&mut planner, part_of("LF-1", "LF-2"));
    apply(&mut planner, part_of("LF-2", "LF-3"));
    refuses(&mut planner, part_of("LF-2", "LF-2"), Code::Cycle, "/patch/parent", "LF-2 is part of LF-2");
    let words = "LF-3 is part of LF-1 is part of LF-2 is part of LF-3";
    refuses(&mut planner, part_of("LF-3", "LF-1"), Code::Cycle, "/patch/parent", words);
}

#[test]
fn a_circle_of_needs_is_spelt_out() {
    let mut planner = planner(&[("LF-3", 1.0), ("LF-7", 1.0)]);
    needs(&mut planner, "LF-3", &["LF-7"]);
    let back = ItemPatch { needs: Some(Some(names(&["LF-3"]))), ..Default::default() };
    let command = Command::EditItem { id: "LF-7".into(), patch: Box::new(back) };
    refuses(&mut planner, command, Code::Cycle, "/patch/needs", "LF-3 needs LF-7 needs LF-3");
}

// ------------------------------------------------------------------------------------------------ people

#[test]
fn a_declined_request_is_found_in_the_decisions() {
    let mut planner = planner(&[("a", 1.0), ("b", 1.0)]);
    apply(&mut planner, request("Acme", "Cannot sign in with their own directory", Some("a")));
    apply(&mut planner, request("Globex", "Wants a fax", None));
    let change = planner.apply(decline(&[], &["R-2"], "nobody else has a fax")).unwrap();
    assert_eq!(change.label, "decline R-2");
    let decisions = planner.decisions();
    assert_eq!(decisions[0].decision.what, "Decline the request of Globex: Wants a fax");
    assert_eq!(
        (decisions[0].decision.why.as_str(), decisions[0].requests[0].id.as_str()),
        ("nobody else has a fax", "R-2")
    );
    let declined = RequestQuery { state: Some(RequestState::Declined), ..RequestQuery::default() };
    assert_eq!(planner.requests(&declined)[0].why, "nobody else has a fax");

    // What has become of its item says how far a request has come, until somebody answers it.
    let state = |planner: &Planner| {
        planner.requests(&RequestQuery { from: Some("Acme".into()), ..Default::default() })[0].state
    };
    assert_eq!(state(&planner), RequestState::Planned);
    patch(&mut planner, "a", ItemPatch { status: Some(Some(Status::Done)), ..Default::default() });
    assert_eq!(state(&planner), RequestState::Done);
    patch(&mut planner, "a", ItemPatch { status: Some(Some(Status::Todo)), ..Default::default() });
    apply(&mut planner, decline(&["a"], &[], "the directory is being replaced"));
    assert_eq!(state(&planner), RequestState::Declined);
    let view = &planner.requests(&RequestQuery { item: Some("a".into()), ..Default::default() })[0];
    assert_eq!(view.why, "the directory is being replaced");
    assert_eq!(item(&planner, "a").finished, Some(date("2026-11-23")));
    let detail = planner.item("a", &Options::default()).unwrap();
    assert_eq!((detail.requests.len(), detail.decisions.len()), (1, 1));

    refuses(&mut planner, decline(&["a"], &[], "again"), Code::InvalidRequest, "/items/0", "declined already");
    refuses(&mut planner, decline(&["b"], &[], " "), Code::InvalidRequest, "/why", "say why");
    refuses(&mut planner, decline(&[], &[], "no"), Code::InvalidRequest, "/items", "what is declined");
    refuses(&mut planner, decline(&[], &["R-9"], "no"), Code::UnknownId, "/requests/0", "no request R-9");
    let unknown = request("Acme", "x", Some("z"));
    refuses(&mut planner, unknown, Code::UnknownId, "/request/item", "no item z");
    refuses(&mut planner, request("Acme", " ", None), Code::InvalidRequest, "/request/problem", "needs a problem");
}

#[test]
fn lists_hold_what_they_were_asked_for() {
    let mut planner = planner(&[("a", 1.0), ("b", 1.0), ("c", 1.0), ("d", 1.0)]);
    let objective = Objective { id: "o".into(), name: "Leads".into(), ..Objective::default() };
    apply(&mut planner, Command::SetObjective { objective: Box::new(objective) });
    patch(
        &mut planner,
        "a",
        ItemPatch { objective: Some(Some("o".into())), moscow: Some(Some(Moscow::Must)), ..Default::default() },
    );
    patch(&mut planner, "b", ItemPatch { status: Some(Some(Status::InProgress)), ..Default::default() });
    patch(
        &mut planner,
        "c",
        ItemPatch { criteria: Some(Some(vec![Criterion { text: "x".into(), met: false }])), ..Default::default() },
    );
    apply(&mut planner, request("Acme", "Slow", Some("d")));
    let shown = |filter: Filter| -> Vec<String> {
        let rows = planner.rows(&RowQuery { filter, ..Default::default() }).unwrap();
        rows.rows.into_iter().map(|row| row.id).collect()
    };
    assert_eq!(shown(Filter { show: Show::Unserving, ..Filter::default() }), ["b", "c", "d"]);
    assert_eq!(shown(Filter { show: Show::Ready, ..Filter::default() }), ["c"]);
    assert_eq!(shown(Filter { status: Some(Status::InProgress), ..Filter::default() }), ["b"]);
    assert_eq!(shown(Filter { moscow: Some(Moscow::Must), ..Filter::default() }), ["a"]);
    assert_eq!(shown(Filter { requester: Some("Acme".into()), ..Filter::default() }), ["d"]);
    let summary = planner.summary(&Options::default()).unwrap();
    assert_eq!((summary.counts.ready, summary.counts.unserving, summary.counts.requests), (1, 3, 0));
    assert_eq!(summary.requesters, ["Acme"]);
    let rows = planner.rows(&RowQuery::default()).unwrap().rows;
    let of = |id: &str| rows.iter().find(|row| row.id == id).unwrap();
    assert_eq!((of("d").requests, of("a").moscow, of("c").ready), (1, Some(Moscow::Must), true));
}

#[test]
fn an_item_is_ready_when_every_point_holds() {
    let mut planner = planner(&[("a", 4.0), ("b", 6.0), ("c", 1.0)]);
    let rule = |rule: ReadyRule| ReadyPoint { text: format!("{rule:?}"), rule: Some(rule) };
    let mut ready: Vec<ReadyPoint> = ReadyRule::ALL.iter().map(|(one, _)| rule(*one)).collect();
    ready.push(ReadyPoint { text: "Design agreed".into(), rule: None });
    let agreement = Agreement { ready, house_rules: "No abbreviations".into() };
    apply(&mut planner, Command::SetAgreement { agreement: Box::new(agreement.clone()) });
    let failing = |planner: &Planner, id: &str| -> Vec<String> {
        let detail = planner.item(id, &Options::default()).unwrap();
        detail.ready.into_iter().filter(|point| !point.holds).map(|point| point.text).collect()
    };
    assert_eq!(failing(&planner, "b"), ["Story", "Criteria", "Small", "Scored", "Objective", "Design agreed"]);
    assert_eq!(failing(&planner, "a"), ["Story", "Criteria", "Scored", "Objective", "Design agreed"]);
    let objective = Objective { id: "o".into(), name: "Leads".into(), ..Objective::default() };
    apply(&mut planner, Command::SetObjective { objective: Box::new(objective) });
    patch(
        &mut planner,
        "a",
        ItemPatch {
            story: Some(Some(Story { as_a: "a".into(), i_want: "b".into(), so_that: "c".into() })),
            criteria: Some(Some(vec![Criterion { text: "x".into(), met: false }])),
            objective: Some(Some("o".into())),
            ready: Some(Some(names(&["Design agreed"]))),
            ..Default::default()
        },
    );
    inputs(&mut planner, "a", &[("reach", 1.0.into()), ("impact", 1.0.into()), ("confidence", 1.0.into())]);
    assert_eq!(failing(&planner, "a"), names(&[]));
    needs(&mut planner, "a", &["c"]);
    assert_eq!(failing(&planner, "a"), ["Free"]);
    patch(&mut planner, "c", ItemPatch { status: Some(Some(Status::Done)), ..Default::default() });
    assert_eq!(failing(&planner, "a"), names(&[]));
    let twice = Agreement { ready: vec![rule(ReadyRule::Sized), rule(ReadyRule::Sized)], house_rules: String::new() };
    let command = Command::SetAgreement { agreement: Box::new(twice) };
    refuses(&mut planner, command, Code::DuplicateId, "/agreement/ready/1/text", "stands twice");
}

#[test]
fn the_effect_expected_stands_beside_what_readings_show() {
    let mut planner = planner(&[("a", 1.0), ("b", 1.0)]);
    let reading = |day: &str, value: f64| Reading { date: date(day), value };
    let objective = Objective {
        id: "o".into(),
        name: "Leads".into(),
        metric: Some("new customers a month".into()),
        target: Some(1200.0),
        readings: vec![reading("2026-09-01", 1000.0), reading("2026-10-01", 1010.0), reading("2026-11-01", 1050.0)],
        ..Objective::default()
    };
    apply(&mut planner, Command::SetObjective { objective: Box::new(objective) });
    let serves = |effect: Uncertain| ItemPatch {
        objective: Some(Some("o".into())),
        effect: Some(Some(effect)),
        ..Default::default()
    };
    patch(&mut planner, "a", serves(Range { low: 20.0, likely: None, high: 60.0 }.into()));
    patch(&mut planner, "b", serves(30.0.into()));
    patch(
        &mut planner,
        "a",
        ItemPatch { status: Some(Some(Status::Done)), finished: Some(Some(date("2026-10-12"))), ..Default::default() },
    );
    let effect = |id: &str| {
        planner.item(id, &Options { today: Some(date("2026-11-23")), ..Options::default() }).unwrap().effect.unwrap()
    };
    assert_eq!(
        effect("a"),
        "expected to move new customers a month by +20 to +60; since it landed it went from 1,010 on 1 Oct to 1,050 on 1 Nov (+40)"
    );
    assert_eq!(effect("b"), "expected to move new customers a month by +30");
    let summary = planner.summary(&Options { today: Some(date("2026-11-23")), ..Options::default() }).unwrap();
    let outcome = &summary.objectives[0].outcome;
    assert_eq!((outcome.progress, outcome.expected), (Some(0.25), Some(30.0)));
    assert_eq!(
        outcome.sentence,
        "1,050 of 1,200 new customers a month on 1 Nov; open items are expected to move it by +30, which leaves 120 to go"
    );
}

// ------------------------------------------------------------------------------------------------ scores and order

/// Value and effort of each item.
fn worth(planner: &mut Planner, items: &[(&str, f64)]) {
    scored_by(planner, Method::ValueEffort);
    for (id, value) in items {
        inputs(planner, id, &[("value", (*value).into())]);
    }
}

fn order(planner: &Planner, by: OrderBy, classes: bool) -> landfall::session::OrderPreview {
    planner.order(&OrderQuery { by, classes, ..OrderQuery::default() }).unwrap()
}

fn order_of(preview: &landfall::session::OrderPreview) -> Vec<String> {
    match &preview.command {
        Some(Command::OrderItems { ids }) => ids.clone(),
        other => panic!("an order, not {other:?}"),
    }
}

#[test]
fn an_order_says_what_moves_before_it_is_taken() {
    // Worth per effort: a 1, b 2, c (no score), d 5 but needs e, e 0.5.
    let mut planner = planner(&[("a", 10.0), ("b", 10.0), ("c", 10.0), ("d", 10.0), ("e", 10.0)]);
    worth(&mut planner, &[("a", 10.0), ("b", 20.0), ("d", 50.0), ("e", 5.0)]);
    needs(&mut planner, "d", &["e"]);
    let preview = order(&planner, OrderBy::Value, false);
    assert_eq!(order_of(&preview), ["e", "d", "c", "b", "a"], "what has no score keeps its place");
    let moves: Vec<_> = preview.moves.iter().map(|one| (one.id.as_str(), one.from, one.to)).collect();
    assert_eq!(moves, [("e", 5, 1), ("d", 4, 2), ("b", 2, 4), ("a", 1, 5)]);
    // Ten a sprint: each takes one.
    assert!(preview.moves.iter().all(|one| (one.after < one.before) == (one.to < one.from)), "{:?}", preview.moves);
    // a 10·10 + b 20·20 + e 5·50 + d 50·40, as d waits for e: 100 + 400 + 250 (at 40) …
    let cost = preview.cost.unwrap();
    assert_eq!((cost.given, cost.best), (100.0 + 400.0 + 200.0 + 2500.0, 50.0 + 1000.0 + 800.0 + 500.0));
    assert_eq!(preview.sentence, "4 of 5 items move: 2 land earlier, 2 later; delay costs 27 % less than today");
    assert_eq!(preview.notes, ["1 item without a score keeps its place"]);

    let by_score = order(&planner, OrderBy::Score, false);
    assert_eq!(order_of(&by_score), ["d", "b", "c", "a", "e"]);
    assert_eq!(by_score.notes[1], "1 item stands before something it needs, and will wait");

    let before = planner.plan().clone();
    let command = preview.command.clone().unwrap();
    apply(&mut planner, command);
    assert_eq!(ids(&planner), ["e", "d", "c", "b", "a"]);
    let again = order(&planner, OrderBy::Value, false);
    assert!(again.command.is_none() && again.moves.is_empty());
    assert_eq!(again.sentence, "this is the order already: nothing moves");
    planner.undo().unwrap();
    assert_eq!(*planner.plan(), before);
}

#[test]
fn classes_go_before_scores_where_that_is_asked_for() {
    let mut planner = planner(&[("a", 1.0), ("b", 1.0), ("c", 1.0), ("d", 1.0)]);
    worth(&mut planner, &[("a", 9.0), ("b", 8.0), ("c", 7.0), ("d", 6.0)]);
    for (id, class) in [("a", Moscow::Wont), ("c", Moscow::Should), ("d", Moscow::Must)] {
        patch(&mut planner, id, ItemPatch { moscow: Some(Some(class)), ..Default::default() });
    }
    assert_eq!(order_of(&order(&planner, OrderBy::Score, true)), ["d", "c", "b", "a"]);
    assert!(order(&planner, OrderBy::Score, false).command.is_none());
}

#[test]
fn what_is_in_progress_stays_first() {
    let mut planner = planner(&[("a", 1.0), ("b", 1.0), ("c", 1.0)]);
    worth(&mut planner, &[("a", 1.0), ("b", 2.0), ("c", 3.0)]);
    patch(&mut planner, "b", ItemPatch { status: Some(Some(Status::InProgress)), ..Default::default() });
    let preview = order(&planner, OrderBy::Value, false);
    assert_eq!(order_of(&preview), ["c", "a"]);
    assert_eq!(preview.notes, ["1 item in progress: what is begun comes first"]);
    let ranking = planner.ranking(&RankingQuery::default()).unwrap();
    let places: Vec<_> = ranking.items.iter().map(|item| (item.id.as_str(), item.place, item.best)).collect();
    assert_eq!(places, [("b", 1, 1), ("a", 2, 3), ("c", 3, 2)]);
    assert_eq!(ranking.items[0].because, "second by value / effort; in progress, so it comes first");
}

#[test]
fn the_grid_says_what_is_missing_and_why_an_item_stands_where_it_does() {
    let mut planner = planner(&[("a", 2.0), ("b", 2.0), ("c", 2.0)]);
    let scoring = Scoring { method: Method::Rice, beside: Some(Method::ValueEffort), ..Scoring::default() };
    apply(&mut planner, Command::SetScoring { scoring: Box::new(scoring) });
    let rice = |reach: Uncertain| {
        [("reach", reach), ("impact", 1.0.into()), ("confidence", 1.0.into()), ("value", 8.0.into())]
    };
    inputs(&mut planner, "a", &rice(10.0.into()));
    inputs(&mut planner, "b", &rice(Range { low: 0.0, likely: None, high: 40.0 }.into()));
    inputs(&mut planner, "c", &[("reach", 100.0.into())]);
    needs(&mut planner, "b", &["c"]);
    let ranking = planner.ranking(&RankingQuery { top: Some(1), ..RankingQuery::default() }).unwrap();
    let [a, b, c] = ranking.items.as_slice() else { panic!("three items") };
    assert_eq!((a.score, a.beside, a.by_score), (Some(5.0), Some(4.0), Some(2)));
    assert_eq!((c.score, c.missing.as_slice()), (None, &names(&["impact", "confidence"])[..]));
    assert_eq!(c.because, "no score: it keeps its place; in the best order c is first because b waits for it");
    assert_eq!((a.best, b.best, c.best), (3, 2, 1));
    // b lies above 5 in three cases of four.
    assert!((b.chance.unwrap() - 0.75).abs() < 4.0 * (0.75_f64 * 0.25 / 10_000.0).sqrt(), "{:?}", b.chance);
    assert_eq!(a.chance.unwrap() + b.chance.unwrap(), 1.0);
    assert_eq!((ranking.value_input.as_deref(), ranking.effort_input.as_str()), (Some("reach"), "effort"));
    let one = planner.ranking(&RankingQuery { ids: Some(names(&["c"])), ..RankingQuery::default() }).unwrap();
    assert_eq!(one.items.as_slice(), std::slice::from_ref(c));
    assert!(planner.ranking(&RankingQuery { ids: Some(names(&["z"])), ..RankingQuery::default() }).is_err());
}

#[test]
fn a_plan_orders_as_rank_does_and_never_worse_than_today() {
    let mut planner = planner(&[("1", 3.0), ("2", 4.0), ("3", 6.0), ("4", 10.0)]);
    scored_by(&mut planner, Method::Wsjf);
    for (id, cost) in [("1", 1000.0), ("2", 2333.3333), ("3", 3000.0), ("4", 0.0)] {
        inputs(&mut planner, id, &[("costOfDelay", cost.into())]);
    }
    needs(&mut planner, "1", &["4"]);
    needs(&mut planner, "3", &["4"]);
    let preview = order(&planner, OrderBy::Value, false);
    assert_eq!(order_of(&preview), ["2", "4", "3", "1"]);
    assert_eq!(preview.cost.unwrap().best.round(), 92_333.0);
}

#[test]
fn criteria_of_ones_own_have_to_be_named_before_anything_has_a_score() {
    let mut planner = planner(&[("a", 2.0)]);
    scored_by(&mut planner, Method::Weighted);
    let ranking = planner.ranking(&RankingQuery::default()).unwrap();
    assert_eq!((ranking.items[0].score, ranking.items[0].missing.as_slice()), (None, &names(&["criteria"])[..]));
    let weights = [("delight".to_owned(), 2.0)].into();
    let scoring = Scoring { method: Method::Weighted, weights, ..Scoring::default() };
    apply(&mut planner, Command::SetScoring { scoring: Box::new(scoring) });
    inputs(&mut planner, "a", &[("delight", 4.0.into())]);
    assert_eq!(planner.ranking(&RankingQuery::default()).unwrap().items[0].score, Some(8.0));
    let blank = Scoring { weights: [(" ".to_owned(), 1.0)].into(), ..Scoring::default() };
    let command = Command::SetScoring { scoring: Box::new(blank) };
    refuses(&mut planner, command, Code::InvalidRequest, "/scoring/weights/ ", "not blank");
}

#[test]
fn dependencies_stand_in_layers() {
    let mut planner = planner(&[("a", 1.0), ("b", 1.0), ("c", 1.0), ("d", 1.0), ("alone", 1.0)]);
    needs(&mut planner, "a", &["d"]);
    needs(&mut planner, "b", &["a"]);
    needs(&mut planner, "c", &["a", "d"]);
    let picture = planner.dependencies(&Options::default()).unwrap();
    let layers: Vec<_> =
        picture.items.iter().map(|item| (item.id.as_str(), item.layer, item.waiting, item.too_early)).collect();
    assert_eq!(layers, [("a", 1, 2, true), ("b", 2, 0, false), ("c", 2, 0, true), ("d", 0, 3, false)]);
    let edges: Vec<_> = picture.needs.iter().map(|edge| (edge.item, edge.needs)).collect();
    assert_eq!((edges.as_slice(), picture.layers), (&[(0, 3), (1, 0), (2, 0), (2, 3)][..], 3));
    let words =
        "3 items wait for others; d holds up the most: 3 items wait for it; 2 items stand before something they need";
    assert_eq!(picture.sentence, words);
}

#[test]
fn findings_know_the_plan_around_a_story() {
    let mut planner = planner(&[("a", 8.0), ("b", 1.0)]);
    let objective = Objective { id: "o".into(), name: "Leads".into(), ..Objective::default() };
    apply(&mut planner, Command::SetObjective { objective: Box::new(objective) });
    needs(&mut planner, "a", &["b"]);
    let rules = |planner: &Planner, patch: ItemPatch| -> Vec<String> {
        let query = FindingQuery { id: "a".into(), patch: Box::new(patch), today: None };
        let findings = planner.findings(&query).unwrap();
        findings
            .iter()
            .map(|finding| serde_json::to_value(finding.rule).unwrap().as_str().unwrap().to_owned())
            .collect()
    };
    let written = ItemPatch {
        story: Some(Some(Story {
            as_a: "first-time buyer".into(),
            i_want: "to pay without an account".into(),
            so_that: "I am done in two minutes".into(),
        })),
        criteria: Some(Some(vec![Criterion {
            text: "Given a basket, when I pay as a guest, then no password is asked".into(),
            met: false,
        }])),
        ..Default::default()
    };
    assert_eq!(rules(&planner, written.clone()), ["too-big", "needs-later", "objective-missing"]);
    let served =
        ItemPatch { objective: Some(Some("o".into())), size: Some(Some(5.0.into())), needs: Some(None), ..written };
    assert_eq!(rules(&planner, served), names(&[]), "what is being typed counts");
}
