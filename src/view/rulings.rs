//! What was decided and what is to be: ADRs, RFCs, proposals and the decisions within other documents, each under the
//! one that replaced it.
//!
//! Every decision is here once, so that counts add up: a chain of supersession hangs below its newest link.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::date::Date;
use crate::model::{Decision, Document, Kind, RelationKind, Role, Stage};
use crate::view::{Face, Scene, undecided};

/// All decisions, in the order in which pages list them.
#[derive(Debug, Default)]
pub(super) struct Rulings {
    /// Open ones by their deadline, then the decided ones, the newest first; each followed by what it replaced.
    pub all: Vec<Ruling>,
}

/// One decision.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ruling {
    /// Index of its document.
    pub document: usize,
    /// Which of the document's decisions, where it is a section of one.
    pub section: Option<usize>,
    pub fate: Outcome,
    /// When it was decided, or written where nobody says when it was decided.
    pub day: Option<Date>,
    /// The day is that of the first commit.
    pub committed: bool,
    /// How many decisions above it replaced one another: 0 for one that stands by itself.
    pub depth: usize,
    /// Place in the list of the one that replaced it.
    pub under: Option<usize>,
}

/// What became of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outcome {
    /// To be decided.
    Open,
    /// It holds.
    InForce,
    /// Another one took its place.
    Superseded,
    /// Decided against.
    Rejected,
    /// Put away or no longer advised, without a successor.
    Retired,
    /// It doesn't say, or not in words that are known.
    Unsorted,
}

impl Outcome {
    fn of(stage: Option<Stage>) -> Outcome {
        match stage {
            Some(Stage::Draft | Stage::Proposed | Stage::Blocked) => Outcome::Open,
            Some(Stage::Accepted | Stage::Active | Stage::Completed) => Outcome::InForce,
            Some(Stage::Superseded) => Outcome::Superseded,
            Some(Stage::Rejected) => Outcome::Rejected,
            Some(Stage::Deprecated | Stage::Archived) => Outcome::Retired,
            Some(Stage::Unknown) | None => Outcome::Unsorted,
        }
    }
}

impl Rulings {
    /// How many came to this.
    pub fn count(&self, fate: Outcome) -> usize {
        self.all.iter().filter(|ruling| ruling.fate == fate).count()
    }
}

/// Gathers them.
pub(super) fn rulings(scene: &Scene<'_>, faces: &[Face]) -> Rulings {
    let documents = &scene.collection.documents;
    let mut found: Vec<Ruling> = Vec::new();
    for (index, document) in documents.iter().enumerate().filter(|(_, document)| document.role == Role::Document) {
        let one = |section: Option<usize>, fate: Outcome, day: Option<Date>, committed: bool| Ruling {
            document: index,
            section,
            fate,
            day,
            committed,
            depth: 0,
            under: None,
        };
        let sections = document.decisions.iter().enumerate();
        found.extend(sections.map(|(nth, decision)| one(Some(nth), within(document, decision), decision.date, false)));
        let decides = matches!(document.kind, Kind::Adr | Kind::Rfc | Kind::Proposal) && document.tracked();
        // a log of decisions is not one itself
        if decides && document.decisions.is_empty() {
            let fate = if undecided(document) { Outcome::Open } else { Outcome::of(document.stage()) };
            let dates = &document.dates;
            let stated = dates.decided.as_ref().or(dates.created.as_ref()).or(dates.updated.as_ref());
            let first = || scene.collection.pasts[index].created.as_ref().map(|touch| touch.day);
            let day = stated.map(|day| day.value).or_else(first);
            found.push(one(None, fate, day, stated.is_none()));
        }
    }
    Rulings { all: ordered(scene, faces, &found) }
}

/// A section's own status; what is open in a document that is closed is no longer to be decided.
fn within(document: &Document, decision: &Decision) -> Outcome {
    let closed = document.stage().is_some_and(|stage| !stage.live() && stage != Stage::Accepted);
    match Outcome::of(decision.status.as_ref().map(|status| status.stage)) {
        Outcome::Open if closed && document.tracked() => Outcome::Retired,
        fate => fate,
    }
}

fn ordered(scene: &Scene<'_>, faces: &[Face], found: &[Ruling]) -> Vec<Ruling> {
    let urgency = |ruling: &Ruling| {
        let documents = &scene.collection.documents;
        let drafted = documents[ruling.document].stage() == Some(Stage::Draft);
        (drafted, faces[ruling.document].days.unwrap_or(i64::MAX))
    };
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|at| {
        let ruling = &found[*at];
        let open = ruling.fate == Outcome::Open;
        let (urgent, newest) = (open.then(|| urgency(ruling)), (!open).then_some(Reverse(ruling.day)));
        (!open, urgent, newest, ruling.document, ruling.section)
    });
    let mut ranks = vec![0; found.len()];
    order.iter().enumerate().for_each(|(rank, at)| ranks[*at] = rank);
    let places: BTreeMap<usize, usize> =
        order.iter().filter(|at| found[**at].section.is_none()).map(|at| (found[*at].document, *at)).collect();
    // what each one replaced, the newest first
    let mut replaced: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut below = BTreeSet::new();
    for &at in order.iter().filter(|at| found[**at].fate == Outcome::Superseded && found[**at].section.is_none()) {
        let relations = scene.collection.relations_of(found[at].document).iter();
        let mut next = relations.filter(|relation| relation.kind == RelationKind::SupersededBy);
        if let Some(parent) = next.find_map(|relation| places.get(&relation.to?)).filter(|parent| **parent != at) {
            replaced.entry(*parent).or_default().push(at);
            below.insert(at);
        }
    }
    let mut seen = BTreeSet::new();
    // those that replace one another in a circle have no newest link: the first of them stands for it
    let (roots, circles): (Vec<usize>, Vec<usize>) = order.iter().partition(|at| !below.contains(at));
    let heads = roots.into_iter().chain(circles);
    let mut chains: BTreeMap<usize, Vec<Link>> = BTreeMap::new();
    for head in heads {
        let links = chain(head, &replaced, &mut seen);
        chains.insert(ranks[head], links);
    }
    let mut listed: Vec<Ruling> = Vec::with_capacity(found.len());
    for links in chains.into_values() {
        let first = listed.len();
        let place =
            |link: Link| Ruling { depth: link.depth, under: link.under.map(|under| first + under), ..found[link.at] };
        listed.extend(links.into_iter().map(place));
    }
    listed
}

/// A link of a chain: which decision, how deep, and the place of the one above it within the chain.
struct Link {
    at: usize,
    depth: usize,
    under: Option<usize>,
}

/// A decision and all that it replaced, each right below the one that replaced it; empty where it was listed already.
fn chain(head: usize, replaced: &BTreeMap<usize, Vec<usize>>, seen: &mut BTreeSet<usize>) -> Vec<Link> {
    let mut links = Vec::new();
    let mut stack = vec![Link { at: head, depth: 0, under: None }];
    while let Some(link) = stack.pop() {
        if !seen.insert(link.at) {
            continue;
        }
        let (at, depth, here) = (link.at, link.depth, links.len());
        links.push(link);
        let older = replaced.get(&at).into_iter().flatten().rev();
        stack.extend(older.map(|other| Link { at: *other, depth: depth + 1, under: Some(here) }));
    }
    links
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::judge;
    use crate::read;
    use crate::resolve::{self, World};
    use crate::source::Source;
    use crate::view;

    /// The decisions of files, each as its id, its depth and what became of it.
    fn listed(files: &[(&str, &str)]) -> Vec<(String, usize, Outcome)> {
        let config = Config::default();
        let text = |head: &str| format!("---\n{head}\n---\n# A decision\n");
        let source = |(name, head): &(&str, &str)| Source::new(format!("adr/{name}.md"), text(head));
        let read = files.iter().map(|file| read::read(source(file), &config)).collect();
        let collection = resolve::resolve(read, &World::default());
        let today = crate::date::parse("2026-11-23").expect("a date");
        let judgement = judge::judge(&collection, &config, today);
        let scene =
            Scene { collection: &collection, judgement: &judgement, config: &config, today, title: "T", prefix: "" };
        let scenery = view::scenery(scene);
        let name = |ruling: &Ruling| scenery.faces[ruling.document].call().to_string();
        scenery.rulings().all.iter().map(|ruling| (name(ruling), ruling.depth, ruling.fate)).collect()
    }

    #[test]
    fn a_chain_hangs_below_its_newest_link_and_each_is_there_once() {
        let found = listed(&[
            ("0001-a", "status: superseded\nsuperseded_by: ADR-0002\ndate: 2025-01-01"),
            ("0002-b", "status: superseded\nsuperseded_by: ADR-0004\ndate: 2025-06-01"),
            ("0003-c", "status: accepted\ndate: 2026-09-01"),
            ("0004-d", "status: accepted\ndate: 2026-05-01"),
            ("0005-e", "status: proposed\ndate: 2026-11-01"),
            ("0006-f", "status: rejected\ndate: 2026-01-01"),
        ]);
        let fate = |id: &str, depth, fate| (id.to_string(), depth, fate);
        assert_eq!(
            found,
            [
                fate("ADR-0005", 0, Outcome::Open),
                fate("ADR-0003", 0, Outcome::InForce),
                fate("ADR-0004", 0, Outcome::InForce),
                fate("ADR-0002", 1, Outcome::Superseded),
                fate("ADR-0001", 2, Outcome::Superseded),
                fate("ADR-0006", 0, Outcome::Rejected),
            ]
        );
    }

    #[test]
    fn a_circle_ends_and_loses_nobody() {
        let found = listed(&[
            ("0001-a", "status: superseded\nsuperseded_by: ADR-0002\ndate: 2025-01-01"),
            ("0002-b", "status: superseded\nsuperseded_by: ADR-0001\ndate: 2025-06-01"),
            ("0003-c", "status: accepted\ndate: 2024-06-01"),
            ("0004-d", "status: superseded\nsuperseded_by: ADR-0004\ndate: 2023-06-01"),
        ]);
        let ids: Vec<&str> = found.iter().map(|(id, ..)| id.as_str()).collect();
        assert_eq!(ids, ["ADR-0002", "ADR-0001", "ADR-0003", "ADR-0004"], "{found:?}");
        assert_eq!(found.iter().map(|(_, depth, _)| *depth).collect::<Vec<_>>(), [0, 1, 0, 0]);
    }

    #[test]
    fn sections_of_a_document_are_decisions_too() {
        let config = Config::default();
        let text = "---\nid: PLAN-1\nstatus: completed\n---\n# Plan\n\n## ADR-001: Keep the queue\n\n**Status:** Accepted\n\n\
                    ## ADR-002: Drop the cache\n\n**Status:** Proposed\n";
        let read = vec![read::read(Source::new("plans/a.md", text), &config)];
        let collection = resolve::resolve(read, &World::default());
        let today = crate::date::parse("2026-11-23").expect("a date");
        let judgement = judge::judge(&collection, &config, today);
        let scene =
            Scene { collection: &collection, judgement: &judgement, config: &config, today, title: "T", prefix: "" };
        let scenery = view::scenery(scene);
        let fates: Vec<(Option<usize>, Outcome)> =
            scenery.rulings().all.iter().map(|ruling| (ruling.section, ruling.fate)).collect();
        assert_eq!(fates, [(Some(0), Outcome::InForce), (Some(1), Outcome::Retired)]);
    }
}
