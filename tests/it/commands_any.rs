//! Whatever is done to a plan, in whatever order: it stays whole, and every step can be taken back.

use std::collections::HashSet;
use std::sync::Arc;

use landfall::plan::{
    Agreement, Criterion, Decision, Filter, Item, Moscow, Objective, Outcome, Plan, PlanDocument, PlanRisk, Promise,
    ReadyPoint, Request, RequestState, SavedView, Scoring, Status, Story, Usage,
};
use landfall::session::{Command, ItemPatch, OrderBy, OrderQuery, Planner, UNDO_DEPTH};
use landfall::{Method, Range};

use crate::plan::{assert_round_trip, date};

/// SplitMix64, for sequences that are the same every time.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }

    fn one_in(&mut self, bound: usize) -> bool {
        self.below(bound) == 0
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    /// The id of an item, or now and then of none.
    fn item(&mut self, plan: &Plan) -> String {
        if plan.items.is_empty() || self.one_in(20) {
            return "nothing".to_owned();
        }
        plan.items[self.below(plan.items.len())].id.clone()
    }

    fn items(&mut self, plan: &Plan) -> Vec<String> {
        let mut items: Vec<String> = (0..1 + self.below(3)).map(|_| self.item(plan)).collect();
        items.dedup();
        items
    }

    fn objective(&mut self, plan: &Plan) -> Option<String> {
        match plan.objectives.len() {
            0 => None,
            _ if self.one_in(4) => None,
            count => Some(plan.objectives[self.below(count)].id.clone()),
        }
    }

    fn written(&mut self, plan: &Plan) -> Item {
        let size = if self.one_in(3) { None } else { Some((1.0 + self.below(13) as f64).into()) };
        let needs = if self.one_in(3) { self.items(plan) } else { Vec::new() };
        Item {
            size,
            objective: self.objective(plan),
            needs,
            parent: self.one_in(4).then(|| self.item(plan)),
            tags: vec![self.of(&["a", "b", "c"]).to_owned()],
            criteria: vec![Criterion { text: self.of(&["one", "two", "three"]).to_owned(), met: self.one_in(2) }],
            story: Story { as_a: self.of(&["buyer", ""]).to_owned(), ..Story::default() },
            inputs: [("reach", 100), ("impact", 3), ("confidence", 1)]
                .map(|(name, most)| (name.to_owned(), (self.below(most + 1) as f64).into()))
                .into(),
            ..Item::titled(self.of(&["Guest checkout", "Invoice by e-mail", "\u{202e}Umlauts: äöü 🎉", "x"]))
        }
    }

    fn patch(&mut self, plan: &Plan) -> ItemPatch {
        let mut patch = ItemPatch::default();
        match self.below(10) {
            0 => patch.title = Some(Some(self.of(&["Another", "Title"]).to_owned())),
            1 => {
                patch.status =
                    Some(Some([Status::Todo, Status::InProgress, Status::Done, Status::Declined][self.below(4)]))
            }
            2 => patch.needs = Some(Some(self.items(plan))),
            3 => patch.parent = Some(Some(self.item(plan)).filter(|_| !self.one_in(2))),
            4 => patch.objective = Some(self.objective(plan)),
            5 => patch.size = Some(Some((1.0 + self.below(8) as f64).into())),
            6 => patch.moscow = Some(Some([Moscow::Must, Moscow::Should, Moscow::Could, Moscow::Wont][self.below(4)])),
            8 => {
                let users = (!self.one_in(3)).then_some(310.0);
                let names = vec![self.of(&["Exported", "\u{202e}Paid"]).to_owned()];
                patch.usage = Some((!self.one_in(4)).then(|| Usage { users, names, ..Usage::default() }));
            }
            7 => patch.effect = Some(Some(Range { low: -3.0, likely: None, high: 5.0 }.into())),
            _ => patch.tags = Some(Some(vec![self.of(&["a", "z"]).to_owned()])),
        }
        patch
    }

    pub(crate) fn command(&mut self, planner: &Planner) -> Command {
        let plan = planner.plan();
        let before = |random: &mut Self| (!random.one_in(3)).then(|| random.item(plan));
        match self.below(32) {
            0..=4 => Command::AddItem { item: Box::new(self.written(plan)), before: before(self) },
            5..=7 => Command::EditItem { id: self.item(plan), patch: Box::new(self.patch(plan)) },
            8 => Command::MoveItem { id: self.item(plan), before: before(self) },
            9 => Command::RemoveItem { id: self.item(plan) },
            10 => Command::EditItems {
                ids: self.items(plan),
                patch: Box::new(self.patch(plan)),
                add_tags: vec![self.of(&["bulk", "a"]).to_owned()],
                remove_tags: vec![self.of(&["b", "c"]).to_owned()],
            },
            11 => Command::MoveItems { ids: self.items(plan), before: before(self) },
            12 => Command::RemoveItems { ids: self.items(plan) },
            13 => Command::DuplicateItem { id: self.item(plan), copy: String::new() },
            14..=15 => {
                let pieces = (0..2 + self.below(2)).map(|_| self.written(plan)).collect();
                Command::SplitItem { id: self.item(plan), pieces }
            }
            16..=17 => Command::MergeItems { id: self.item(plan), others: self.items(plan), add_sizes: self.one_in(2) },
            18 => Command::Decline {
                items: self.items(plan),
                requests: plan.requests.first().map(|request| request.id.clone()).into_iter().collect(),
                why: self.of(&["not now", "no value"]).to_owned(),
                instead: String::new(),
                date: Some(date("2026-11-23")),
                decision: String::new(),
            },
            19 => {
                let known = plan.requests.len();
                let id = if known > 0 && self.one_in(2) {
                    plan.requests[self.below(known)].id.clone()
                } else {
                    String::new()
                };
                let outcome = Outcome { state: RequestState::Done, why: "shipped".into(), date: None };
                Command::SetRequest {
                    request: Box::new(Request {
                        id,
                        from: self.of(&["Acme", "Globex"]).to_owned(),
                        problem: "slow".into(),
                        item: self.one_in(2).then(|| self.item(plan)),
                        outcome: self.one_in(3).then_some(outcome),
                        ..Request::default()
                    }),
                }
            }
            20 => Command::RemoveRequest { id: format!("R-{}", 1 + self.below(4)) },
            21 => Command::SetDecision {
                decision: Box::new(Decision {
                    what: "Cards first".into(),
                    why: "they earn".into(),
                    items: self.items(plan),
                    ..Decision::default()
                }),
            },
            22 => Command::RemoveDecision { id: format!("D-{}", 1 + self.below(4)) },
            23 => Command::SetObjective {
                objective: Box::new(Objective {
                    id: self.of(&["", "O-1", "O-2"]).to_owned(),
                    name: self.of(&["Leads", "Renewals"]).to_owned(),
                    ..Objective::default()
                }),
            },
            24 => Command::RemoveObjective { id: self.of(&["O-1", "O-2"]).to_owned() },
            25 => {
                let filter =
                    Filter { parent: Some(self.item(plan)), objective: self.objective(plan), ..Filter::default() };
                let name = self.of(&["mine", "theirs"]).to_owned();
                Command::SetView { view: Box::new(SavedView { name, search: String::new(), filter }) }
            }
            28 => {
                let open = |item: &&Arc<Item>| item.status.is_open() && !self.one_in(3);
                let mut items: Vec<String> = plan.items.iter().filter(open).map(|item| item.id.clone()).collect();
                if self.one_in(4) {
                    items.push(self.item(plan));
                }
                let goal = self.one_in(2).then(|| "Pay".to_owned());
                Command::StartSprint { start: None, today: date("2026-11-23"), items, goal }
            }
            29 => {
                let finished = plan.sprint.iter().flat_map(|sprint| &sprint.items).map(|item| item.id.clone());
                let finished = finished.filter(|_| self.one_in(2)).collect();
                Command::CloseSprint { today: date("2026-11-27"), finished }
            }
            26 => match self.below(4) {
                0 => Command::RemoveView { name: "mine".into() },
                1 => {
                    let mut assumptions = (*plan.assumptions).clone();
                    assumptions.risks = vec![PlanRisk {
                        name: "harder".into(),
                        probability: 0.5,
                        impact: Range::exactly(2.0),
                        at: Some(self.item(plan)),
                    }];
                    Command::SetAssumptions { assumptions: Box::new(assumptions) }
                }
                2 => Command::SetScoring {
                    scoring: Box::new(Scoring {
                        method: Method::Ice,
                        beside: Some(Method::Rice),
                        ..Scoring::default()
                    }),
                },
                _ => Command::SetAgreement {
                    agreement: Box::new(Agreement {
                        ready: vec![ReadyPoint { text: "Design agreed".into(), rule: None }],
                        house_rules: "Short".into(),
                    }),
                },
            },
            27 => match self.below(4) {
                0 => Command::SetPromise {
                    promise: Box::new(Promise {
                        id: String::new(),
                        to: self.of(&["Sales", "Acme"]).to_owned(),
                        what: String::new(),
                        objective: None,
                        item: self.one_in(2).then(|| self.item(plan)),
                        tag: None,
                        by: date("2026-12-18"),
                        chance: 0.85,
                        told: date("2026-11-23"),
                        forecast: String::new(),
                        items: Vec::new(),
                        withdrawn: self.one_in(4),
                        note: String::new(),
                    }),
                },
                1 => Command::RemovePromise { id: format!("P-{}", 1 + self.below(3)) },
                2 if self.one_in(2) => Command::RemoveAssumed { scenario: "what if".into(), place: self.below(3) },
                2 => Command::RemoveScenario { name: "what if".into() },
                _ => Command::TakeOver { scenario: "what if".into(), only: self.one_in(2).then(|| vec![0]) },
            },
            30 => {
                let command = match self.below(3) {
                    0 => Command::MoveItem { id: self.item(plan), before: before(self) },
                    1 => Command::EditItem { id: self.item(plan), patch: Box::new(self.patch(plan)) },
                    _ => Command::AddItem { item: Box::new(self.written(plan)), before: before(self) },
                };
                Command::Assume { scenario: "what if".into(), command: Box::new(command) }
            }
            _ => {
                let by = if self.one_in(2) { OrderBy::Value } else { OrderBy::Score };
                let preview =
                    planner.order(&OrderQuery { by, classes: self.one_in(2), ..OrderQuery::default() }).unwrap();
                preview.command.unwrap_or(Command::RenamePlan { name: "In order".into() })
            }
        }
    }
}

/// What must hold of a plan beside what its document's check says: nothing names what is not there.
#[track_caller]
fn assert_whole(plan: &Plan) {
    let items: HashSet<&str> = plan.items.iter().map(|item| item.id.as_str()).collect();
    let known = |id: &str| items.contains(id);
    assert_eq!(items.len(), plan.items.len(), "every id once");
    for item in plan.items.iter() {
        assert!(item.objective.as_deref().is_none_or(|id| plan.objective(id).is_some()), "{item:?}");
        let own = |id: &String| *id != item.id;
        assert!(item.needs.iter().all(own) && item.parent.iter().all(own), "{item:?}");
    }
    assert!(plan.requests.iter().all(|request| request.item.as_deref().is_none_or(known)));
    assert!(plan.decisions.iter().all(|decision| decision.items.iter().all(|id| known(id))));
    assert!(plan.promises.iter().all(|promise| promise.items.iter().all(|id| known(id))));
    assert!(plan.sprint.iter().all(|sprint| sprint.items.iter().all(|item| known(&item.id))));
    assert!(plan.circle().is_none());
    plan.check().unwrap();
}

/// Ids that were in the plan once and are gone: nothing names them any more.
#[track_caller]
fn assert_forgotten(plan: &Plan, gone: &HashSet<String>) {
    let is_gone = |id: &String| gone.contains(id) && plan.find(id).is_none();
    for item in plan.items.iter() {
        assert!(!item.needs.iter().any(is_gone) && !item.parent.iter().any(is_gone), "{item:?}");
    }
    assert!(!plan.assumptions.risks.iter().any(|risk| risk.at.iter().any(is_gone)));
    assert!(!plan.views.iter().any(|view| view.filter.parent.iter().any(is_gone)));
}

#[test]
fn ten_thousand_sequences_of_commands_leave_plans_whole_and_can_be_taken_back() {
    let (mut applied, mut refused) = (0_u32, 0_u32);
    for sequence in 0..10_000 {
        let mut random = Random(sequence);
        let mut planner = Planner::default();
        let mut plans = vec![planner.plan().clone()];
        let mut gone = HashSet::new();
        for step in 0..8 + random.below(24) {
            if random.one_in(40) {
                // What makes of one plan another makes of it that plan, to the letter, but for what stays one's own.
                let aim = plans[random.below(plans.len())].clone();
                let mut way = Planner::from(planner.plan().clone());
                for command in way.differences(PlanDocument::from(&aim)).unwrap() {
                    way.apply(command).unwrap();
                }
                let own = |plan: &Plan| {
                    let (scenarios, promises, kept, sprint) = Default::default();
                    let mut own = Plan { scenarios, promises, kept, sprint, ..plan.clone() };
                    // No command says in what order these stand.
                    Arc::make_mut(&mut own.objectives).sort_by(|a, b| a.id.cmp(&b.id));
                    Arc::make_mut(&mut own.requests).sort_by(|a, b| a.id.cmp(&b.id));
                    Arc::make_mut(&mut own.decisions).sort_by(|a, b| a.id.cmp(&b.id));
                    Arc::make_mut(&mut own.views).sort_by(|a, b| a.name.cmp(&b.name));
                    own
                };
                assert_eq!(own(way.plan()), own(&aim), "sequence {sequence}");
            }
            // Something to work on first.
            let command = match step {
                0..4 => Command::AddItem { item: Box::new(random.written(planner.plan())), before: None },
                4 => Command::SetObjective {
                    objective: Box::new(Objective { name: "Leads".into(), ..Objective::default() }),
                },
                _ => random.command(&planner),
            };
            let before = planner.plan().clone();
            match planner.apply(command.clone()) {
                Ok(change) => {
                    applied += 1;
                    // A need, parent or risk of something outside is allowed, so only what was here once is looked for.
                    gone.extend(before.items.iter().map(|item| item.id.clone()));
                    assert_whole(planner.plan());
                    assert_forgotten(planner.plan(), &gone);
                    assert_round_trip(planner.plan());
                    let mut other = Planner::from(before);
                    other.apply(change.command).unwrap();
                    assert_eq!(other.plan(), planner.plan(), "the command as it was applied does the same again");
                    plans.push(planner.plan().clone());
                }
                Err(_) => {
                    refused += 1;
                    assert_eq!(*planner.plan(), before, "{command:?}");
                }
            }
        }
        assert!(plans.len() <= UNDO_DEPTH);
        for plan in plans.iter().rev().skip(1) {
            planner.undo().unwrap();
            assert_eq!(planner.plan(), plan, "sequence {sequence}");
        }
        assert!(planner.undo().is_none());
        for plan in plans.iter().skip(1) {
            planner.redo().unwrap();
            assert_eq!(planner.plan(), plan, "sequence {sequence}");
        }
        assert!(planner.redo().is_none());
    }
    println!("{applied} commands applied, {refused} refused");
    assert!(applied > 100_000 && refused > 20_000, "{applied} applied, {refused} refused");
}
