//! What many pages need, worked out once: the face of every document, who refers to whom, the groups, the navigation.
//!
//! Everything here is linear in the collection, so that making a page needs no search.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::model::{Freshness, KINDS, Kind, RelationKind, Role, STAGES, Signal, Stage};
use crate::spread::{InTurn, Spread};
use crate::view::{
    Clusters, Concerns, Face, Facets, Navigation, Person, Rulings, Scene, StatusMark, Story, Timeline, charts, facets,
    gathered, kind_icon, rulings, stage_mark, story, successor, visible,
};
use crate::words;

/// A scene and what many of its pages need. What only some need is worked out when the first of them asks for it.
#[derive(Debug)]
pub struct Scenery<'a> {
    /// What it was made of.
    pub scene: Scene<'a>,
    /// Every document at a glance, in the collection's order.
    pub(super) faces: Vec<Face>,
    /// For each document the indices of the relations that others have to it.
    pub(super) backlinks: Vec<Vec<usize>>,
    /// For each document the indices of its findings.
    pub(super) findings: Vec<Vec<usize>>,
    /// All documents proper by kind, in the order of [`KINDS`]; kinds without documents are left out.
    pub(super) kinds: Vec<Group>,
    /// Documents by owner, the one with the most open documents first.
    pub(super) owners: Vec<Group>,
    /// Those who have a page of what they own, by its address, under the name that the site calls them by.
    pub(super) people: BTreeMap<String, Person>,
    /// Documents by tag, the most used first.
    pub(super) tags: Vec<Group>,
    /// Documents without an owner.
    pub(super) unowned: Group,
    /// Documents without a tag.
    pub(super) untagged: Group,
    /// Tracked documents by stage, in the order of [`STAGES`], empty ones too; those without a status are unknown.
    pub(super) stages: Vec<Group>,
    /// What needs attention, the worst first; groups without documents too.
    pub(super) attention: Vec<Need>,
    /// Templates.
    pub(super) templates: Vec<usize>,
    /// What pages can be narrowed by.
    facets: OnceLock<Facets>,
    /// What hangs together.
    clusters: OnceLock<Clusters>,
    /// The charts of the timeline, and all milestones.
    timeline: OnceLock<Timeline>,
    /// What happened, the latest first.
    story: OnceLock<Story>,
    /// Risks, blockers and questions of all documents.
    concerns: OnceLock<Concerns>,
    /// What was decided and what is to be.
    rulings: OnceLock<Rulings>,
    /// The side of every page.
    pub(super) navigation: Navigation,
}

impl Scenery<'_> {
    /// Somebody by name, with an address only where there is a page of what they own.
    pub(super) fn person(&self, name: &str) -> Person {
        known(Person::new(name), &self.people)
    }

    /// Who answers for a document: whom it names, else whom CODEOWNERS names, which the second value says.
    pub(super) fn answerable(&self, index: usize) -> (Vec<Person>, bool) {
        let collection = self.scene.collection;
        let own: Vec<Person> =
            collection.documents[index].owners.iter().map(|owner| self.person(&owner.value)).collect();
        if !own.is_empty() {
            return (own, false);
        }
        let others: Vec<Person> =
            collection.codeowners.get(index).into_iter().flatten().map(|owner| self.person(owner)).collect();
        let fallback = !others.is_empty();
        (others, fallback)
    }

    /// For each owner with a page its address, the name, and the indices of the documents.
    pub fn owned(&self) -> impl ExactSizeIterator<Item = (&str, &str, &[usize])> {
        self.owners.iter().map(|group| (group.address.as_str(), group.label.as_str(), group.members.as_slice()))
    }

    /// Of a document that was replaced: by which, and the newest of its line. A circle ends where it closes.
    pub fn successors(&self, index: usize) -> Option<(usize, usize)> {
        let next = successor(&self.scene, index)?;
        let (mut newest, mut seen) = (next, BTreeSet::from([index]));
        while let Some(newer) = successor(&self.scene, newest).filter(|_| seen.insert(newest)) {
            newest = newer;
        }
        Some((next, newest))
    }

    /// What pages can be narrowed by.
    pub(super) fn facets(&self) -> &Facets {
        self.facets.get_or_init(|| facets(self))
    }

    /// What hangs together.
    pub(super) fn clusters(&self) -> &Clusters {
        self.clusters.get_or_init(|| Clusters::new(self.scene.collection))
    }

    /// The charts of the timeline, and all milestones.
    pub(super) fn timeline(&self) -> &Timeline {
        self.timeline.get_or_init(|| charts(self))
    }

    /// What happened, the latest first.
    pub fn story(&self) -> &Story {
        self.story.get_or_init(|| story(&self.scene))
    }

    /// Risks, blockers and questions of all documents.
    pub fn concerns(&self) -> &Concerns {
        self.concerns.get_or_init(|| gathered(&self.scene, &self.faces))
    }

    /// What was decided and what is to be.
    pub(super) fn rulings(&self) -> &Rulings {
        self.rulings.get_or_init(|| rulings(&self.scene, &self.faces))
    }

    /// Works out now what else the first page that asks for it would.
    pub fn complete(&self, spread: &impl Spread) {
        let first = || {
            self.clusters();
            self.story();
            self.facets();
        };
        let second = || {
            self.concerns();
            self.rulings();
            self.timeline();
        };
        spread.both(first, second);
    }

    /// A document at a glance.
    pub fn face(&self, document: usize) -> &Face {
        &self.faces[document]
    }
}

/// Documents that have something in common.
#[derive(Debug)]
pub(super) struct Group {
    /// Its name for people.
    pub label: String,
    /// Its name in addresses: `priya-raman`.
    pub word: String,
    /// Name of an icon.
    pub icon: &'static str,
    /// Address of its page, relative to the root: `owners/priya-raman/`.
    pub address: String,
    /// Indices of its documents, in the collection's order.
    pub members: Vec<usize>,
    /// How many of them are open.
    pub open: usize,
    /// The documents are of a kind that has a life.
    pub tracked: bool,
    /// The owner, in a group of what somebody owns.
    pub person: Option<Person>,
    /// The stage, in a group of a stage.
    pub stage: Option<(Stage, StatusMark)>,
}

/// Documents that need attention for the same reason.
#[derive(Debug)]
pub(super) struct Need {
    /// Which reason.
    pub state: State,
    /// Documents whose worst signal this is, the most pressing first.
    pub members: Vec<usize>,
    /// All documents with this signal.
    pub all: Vec<usize>,
}

/// Why a document needs attention, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum State {
    Expired,
    Due,
    ReviewOverdue,
    Blocked,
    Contradiction,
    Unscheduled,
}

/// What is known of a reason, for every place that names it.
#[derive(Debug)]
pub(super) struct StateEntry {
    pub state: State,
    /// Its name in filters, the judge's own word.
    pub word: &'static str,
    /// Part of the address of the list of such documents.
    pub address: &'static str,
    pub label: &'static str,
    pub class: &'static str,
    pub icon: &'static str,
    /// What it means, below the label.
    pub note: &'static str,
}

/// All reasons, in the order of the overview.
pub(super) const STATES: &[StateEntry] = &[
    StateEntry {
        state: State::Expired,
        word: "expired",
        address: "freshness/expired/",
        label: "Expired",
        class: "f-red",
        icon: "expired",
        note: "Past the expiry date, not closed",
    },
    StateEntry {
        state: State::Due,
        word: "due",
        address: "freshness/due/",
        label: "Due soon",
        class: "f-amber",
        icon: "due",
        note: "A deadline is near",
    },
    StateEntry {
        state: State::ReviewOverdue,
        word: "review-overdue",
        address: "freshness/review-overdue/",
        label: "Review overdue",
        class: "f-amber",
        icon: "review",
        note: "Past the review date",
    },
    StateEntry {
        state: State::Blocked,
        word: "blocked",
        address: "freshness/blocked/",
        label: "Blocked",
        class: "f-red",
        icon: "blocked",
        note: "A blocker is open",
    },
    StateEntry {
        state: State::Contradiction,
        word: "contradiction",
        address: "freshness/contradiction/",
        label: "Contradiction",
        class: "f-amber",
        icon: "contra",
        note: "Two places disagree",
    },
    StateEntry {
        state: State::Unscheduled,
        word: "unscheduled",
        address: "freshness/no-date/",
        label: "No expiry date",
        class: "muted",
        icon: "noexpiry",
        note: "Open, and wants one",
    },
];

/// Works out what many pages need.
pub fn scenery<'a>(scene: Scene<'a>) -> Scenery<'a> {
    scenery_with(scene, &InTurn)
}

/// As [`scenery`], with the work on each document spread.
pub fn scenery_with<'a>(scene: Scene<'a>, spread: &impl Spread) -> Scenery<'a> {
    let documents = &scene.collection.documents;
    let mut faces: Vec<Face> = spread.map(documents.len(), |index| Face::new(&scene, index));
    let proper: Vec<usize> = (0..documents.len()).filter(|index| documents[*index].role == Role::Document).collect();
    let templates = (0..documents.len()).filter(|index| documents[*index].role == Role::Template).collect();
    let kinds = by_kind(&scene, &faces, &proper);
    let owners = by_owner(&scene, &faces, &proper);
    let tags = by_tag(&scene, &faces, &proper);
    // a slug never begins with a hyphen, so no owner and no tag has these addresses
    let unowned = without("No owner", "user", "owners/-none/", "owner:-", &faces, &proper);
    let untagged = without("No tag", "tag", "tags/-none/", "tag:-", &faces, &proper);
    let stages = by_stage(&scene, &faces);
    let attention = attention(&scene, &faces, &proper);
    // templates name owners who own nothing else
    let people = owners.iter().filter_map(|group| group.person.clone());
    let people: BTreeMap<String, Person> = people.map(|person| (person.href.clone(), person)).collect();
    for face in &mut faces {
        face.owner = face.owner.take().map(|owner| known(owner, &people));
    }
    let navigation = Navigation::new(&scene, &kinds, &owners, &attention, faces.len());
    let (backlinks, findings) = spread.both(|| backlinks(&scene), || findings(&scene));
    Scenery {
        scene,
        faces,
        backlinks,
        findings,
        kinds,
        owners,
        people,
        tags,
        unowned,
        untagged,
        stages,
        attention,
        templates,
        facets: OnceLock::new(),
        clusters: OnceLock::new(),
        timeline: OnceLock::new(),
        story: OnceLock::new(),
        concerns: OnceLock::new(),
        rulings: OnceLock::new(),
        navigation,
    }
}

impl Scenery<'_> {
    /// How many documents proper there are.
    pub(super) fn proper(&self) -> usize {
        self.faces.len() - self.templates.len()
    }

    /// The tracked ones among these documents, in the order of the board.
    pub(super) fn board_order(&self, members: &[usize]) -> Vec<usize> {
        let mut tracked: Vec<usize> =
            members.iter().copied().filter(|index| self.scene.collection.documents[*index].tracked()).collect();
        // what is over stands below what is not, where both are in one column
        let key = |index: usize| (self.faces[index].closed, index);
        tracked.sort_by(|a, b| {
            let (a, b) = (key(*a), key(*b));
            a.0.cmp(&b.0).then(pressing(&self.faces[a.1], &self.faces[b.1])).then(a.1.cmp(&b.1))
        });
        tracked
    }

    /// The group of a stage.
    pub(super) fn stage(&self, stage: Stage) -> &Group {
        let at = STAGES.iter().position(|known| *known == stage).unwrap_or(0);
        &self.stages[at]
    }
}

impl Group {
    fn new(label: impl Into<String>, word: impl Into<String>, icon: &'static str, address: String) -> Group {
        Group {
            label: label.into(),
            word: word.into(),
            icon,
            address,
            members: Vec::new(),
            open: 0,
            tracked: true,
            person: None,
            stage: None,
        }
    }

    fn add(&mut self, index: usize, faces: &[Face]) {
        // A document that names the same owner or tag twice is there once.
        if self.members.last() != Some(&index) {
            self.members.push(index);
            self.open += usize::from(faces[index].open);
        }
    }
}

fn by_kind(scene: &Scene<'_>, faces: &[Face], proper: &[usize]) -> Vec<Group> {
    let mut groups: BTreeMap<Kind, Group> = BTreeMap::new();
    for &index in proper {
        let kind = scene.collection.documents[index].kind;
        let entry = kind.entry();
        let address = format!("kinds/{}/", words::slug(entry.plural));
        let new = || Group { tracked: entry.tracked, ..Group::new(entry.plural, entry.word, kind_icon(kind), address) };
        groups.entry(kind).or_insert_with(new).add(index, faces);
    }
    KINDS.iter().filter_map(|entry| groups.remove(&entry.kind)).collect()
}

/// Somebody under the name of the page of what they own; without an address where there is none.
fn known(person: Person, people: &BTreeMap<String, Person>) -> Person {
    people.get(&person.href).cloned().unwrap_or(Person { href: String::new(), ..person })
}

fn by_owner(scene: &Scene<'_>, faces: &[Face], proper: &[usize]) -> Vec<Group> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for &index in proper {
        for owner in &scene.collection.documents[index].owners {
            let slug = words::slug(&visible(&owner.value));
            let new = || Group {
                person: Some(Person::new(&owner.value)),
                ..Group::new(visible(&owner.value), slug.as_str(), "user", format!("owners/{slug}/"))
            };
            let group = groups.entry(slug.clone()).or_insert_with(new);
            // `@hana-sato` and `Hana Sato` are one; the name for people is the one with a space in it
            if !group.label.contains(' ') && owner.value.trim().contains(' ') {
                (group.label, group.person) = (visible(&owner.value), Some(Person::new(&owner.value)));
            }
            group.add(index, faces);
        }
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    groups.sort_by(|a, b| (b.open, b.members.len(), &a.address).cmp(&(a.open, a.members.len(), &b.address)));
    groups
}

fn by_tag(scene: &Scene<'_>, faces: &[Face], proper: &[usize]) -> Vec<Group> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for &index in proper {
        for tag in &scene.collection.documents[index].tags {
            let slug = words::slug(&tag.value);
            let new = || Group::new(visible(&tag.value), slug.as_str(), "tag", format!("tags/{slug}/"));
            groups.entry(slug.clone()).or_insert_with(new).add(index, faces);
        }
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    groups.sort_by(|a, b| (b.members.len(), &a.address).cmp(&(a.members.len(), &b.address)));
    groups
}

/// The documents whose faces say that they have none of something.
fn without(label: &str, icon: &'static str, address: &str, word: &str, faces: &[Face], proper: &[usize]) -> Group {
    let mut group = Group::new(label, "-", icon, address.into());
    for &index in proper.iter().filter(|index| faces[**index].facets.split(' ').any(|own| own == word)) {
        group.add(index, faces);
    }
    group
}

fn by_stage(scene: &Scene<'_>, faces: &[Face]) -> Vec<Group> {
    let group = |stage: &Stage| {
        let mark = stage_mark(*stage, None);
        let address = format!("board/{}/", stage.word());
        Group { stage: Some((*stage, mark.clone())), ..Group::new(mark.word, stage.word(), mark.icon, address) }
    };
    let mut groups: Vec<Group> = STAGES.iter().map(group).collect();
    for (index, document) in scene.collection.documents.iter().enumerate().filter(|(_, document)| document.tracked()) {
        let stage = document.stage().unwrap_or(Stage::Unknown);
        let at = STAGES.iter().position(|known| *known == stage).unwrap_or(0);
        groups[at].add(index, faces);
    }
    for group in &mut groups {
        group.members.sort_by(|a, b| pressing(&faces[*a], &faces[*b]).then(a.cmp(b)));
    }
    groups
}

/// Documents with signals first, the worst signal and the longest expired on top; then the last changed.
fn pressing(a: &Face, b: &Face) -> std::cmp::Ordering {
    let rank = |face: &Face| {
        let worst = face.chips.first().map(|chip| chip.word);
        let known = ["Expired", "Blocked", "Due soon", "Review overdue", "Contradiction", "No expiry date"];
        worst.map_or(usize::MAX, |word| known.iter().position(|name| *name == word).unwrap_or(known.len()))
    };
    let recent = |face: &Face| std::cmp::Reverse(face.changed.as_ref().map(|changed| changed.iso.clone()));
    let days = |face: &Face| if face.chips.is_empty() { i64::MAX } else { face.days.unwrap_or(i64::MAX) };
    (rank(a), days(a), recent(a)).cmp(&(rank(b), days(b), recent(b)))
}

fn attention(scene: &Scene<'_>, faces: &[Face], proper: &[usize]) -> Vec<Need> {
    let mut needs: Vec<Need> =
        STATES.iter().map(|entry| Need { state: entry.state, members: Vec::new(), all: Vec::new() }).collect();
    for &index in proper {
        let mut first = true;
        for need in &mut needs {
            if holds(scene, index, need.state) {
                need.all.push(index);
                if std::mem::take(&mut first) {
                    need.members.push(index);
                }
            }
        }
    }
    for need in &mut needs {
        let key = |index: &usize| (faces[*index].days.unwrap_or(i64::MAX), *index);
        need.members.sort_by_key(key);
        need.all.sort_by_key(key);
    }
    needs
}

fn holds(scene: &Scene<'_>, index: usize, state: State) -> bool {
    let is = |freshness| scene.judgement.standings[index].state == freshness;
    let has = |signal: Signal| scene.judgement.signals[index].contains(&signal);
    match state {
        State::Expired => is(Freshness::Expired),
        State::Due => is(Freshness::Due),
        State::ReviewOverdue => is(Freshness::ReviewOverdue),
        State::Blocked => has(Signal::Blocked),
        State::Contradiction => has(Signal::Contradiction),
        State::Unscheduled => is(Freshness::Unscheduled),
    }
}

/// Who refers to a document. A relation that was inferred is another document's own, seen from here, so the direct one
/// is enough; of several from one document the strongest counts, which sorts first.
fn backlinks(scene: &Scene<'_>) -> Vec<Vec<usize>> {
    let mut backlinks: Vec<Vec<usize>> = vec![Vec::new(); scene.collection.documents.len()];
    let relations = &scene.collection.relations;
    for (at, relation) in relations.iter().enumerate() {
        let chain = matches!(relation.kind, RelationKind::Supersedes | RelationKind::SupersededBy);
        let Some(to) = relation.to.filter(|to| *to != relation.from && !relation.inferred && !chain) else { continue };
        let known = backlinks[to].last().is_some_and(|last| relations[*last].from == relation.from);
        if !known {
            backlinks[to].push(at);
        }
    }
    backlinks
}

fn findings(scene: &Scene<'_>) -> Vec<Vec<usize>> {
    let mut findings: Vec<Vec<usize>> = vec![Vec::new(); scene.collection.documents.len()];
    for (at, finding) in scene.judgement.findings.iter().enumerate() {
        if let Some(of) = findings.get_mut(finding.document) {
            of.push(at);
        }
    }
    findings
}
