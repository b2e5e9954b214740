//! What may go wrong, what is waited for and what is asked, gathered from all documents once, so that every page and
//! feed counts the same.
//!
//! Documents that are closed have nothing open: their risks are kept apart, their blockers and questions left out.

use serde::Serialize;

use crate::date::{self, Date};
use crate::model::{Document, Kind, RelationKind, Risk, Role, Stage};
use crate::view::{Face, Scene};

/// What all documents hold.
#[derive(Debug, Default)]
pub struct Concerns {
    /// Risks of open documents that aren't settled: the gravest first, those that nobody rated last.
    pub open: Vec<RiskAt>,
    /// Risks of all documents, in the same order.
    pub risks: Vec<RiskAt>,
    /// What open documents wait for: what should be there already first, then by its day.
    pub(super) blockers: Vec<BlockerAt>,
    /// What open documents ask, document by document: those with the nearest deadline first.
    pub(super) questions: Vec<QuestionAt>,
}

/// A risk in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RiskAt {
    /// Index of its document.
    pub document: usize,
    /// Which of the document's risks, from 0.
    pub nth: usize,
    /// How likely and how bad; absent where one of them isn't stated, or not in words that are known.
    pub grade: Option<Grade>,
    /// Its document is open, and it isn't settled.
    pub open: bool,
    /// What pages call it, from 1: open ones first, in the order of the list.
    pub number: usize,
}

/// Probability and impact, 1 to 3 each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grade {
    /// How likely.
    pub probability: u8,
    /// How bad.
    pub impact: u8,
}

/// How grave a risk is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The product is 1 or 2.
    Low,
    /// 3 or 4.
    Medium,
    /// 6.
    High,
    /// 9.
    Critical,
}

/// Something that a document waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BlockerAt {
    pub document: usize,
    pub what: Obstacle,
    /// The day on which it is to be gone.
    pub until: Option<Date>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Obstacle {
    /// One of the blockers in its text.
    Written(usize),
    /// A document that it needs first and that isn't decided.
    Undecided(usize),
    /// Its status alone says so.
    Stated,
}

/// A question in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct QuestionAt {
    pub document: usize,
    /// Which of the document's questions, from 0.
    pub nth: usize,
}

/// Statuses of a risk that ask for nothing any more, as they begin, lower case.
const SETTLED: &[&str] =
    &["closed", "resolved", "mitigated", "retired", "obsolete", "done", "complete", "eliminated", "avoided", "✅"];

impl Grade {
    /// The grade of a risk by its own words.
    pub fn of(risk: &Risk) -> Option<Grade> {
        let grade = Grade { probability: degree(&risk.probability)?, impact: degree(&risk.impact)? };
        Some(grade)
    }

    /// 1 to 9.
    pub fn product(self) -> u8 {
        self.probability * self.impact
    }

    /// How grave that is.
    pub fn level(self) -> Level {
        match self.product() {
            9.. => Level::Critical,
            6..=8 => Level::High,
            3..=5 => Level::Medium,
            _ => Level::Low,
        }
    }
}

impl Level {
    /// The word on the site and in feeds.
    pub fn word(self) -> &'static str {
        match self {
            Level::Critical => "Critical",
            Level::High => "High",
            Level::Medium => "Medium",
            Level::Low => "Low",
        }
    }
}

/// All levels, the gravest first, and none.
pub(super) const LEVELS: [Option<Level>; 5] =
    [Some(Level::Critical), Some(Level::High), Some(Level::Medium), Some(Level::Low), None];

/// A level with its colour and icon.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct LevelMark {
    /// `Critical`, or `Not rated`.
    pub word: &'static str,
    /// Class of a cell of the matrix: `v4`.
    pub class: &'static str,
    /// Class of a word: `f-red`.
    pub text: &'static str,
    /// Name of the icon.
    pub icon: &'static str,
}

/// How a level is shown, or that there is none.
pub(super) fn level_mark(level: Option<Level>) -> LevelMark {
    let Some(level) = level else {
        return LevelMark { word: "Not rated", class: "v0", text: "muted", icon: "unknown" };
    };
    let (class, text, icon) = match level {
        Level::Critical => ("v4", "f-red", "lv4"),
        Level::High => ("v3", "f-red", "lv3"),
        Level::Medium => ("v2", "f-amber", "lv2"),
        Level::Low => ("v1", "t2", "lv1"),
    };
    LevelMark { word: level.word(), class, text, icon }
}

/// A level's word in the address of a filter.
pub(super) fn level_word(level: Option<Level>) -> String {
    level.map_or_else(|| "unrated".to_string(), |level| level.word().to_lowercase())
}

/// The scale has three degrees, so what is called critical is of the highest.
fn degree(word: &Option<String>) -> Option<u8> {
    match word.as_deref()? {
        "low" => Some(1),
        "medium" => Some(2),
        "high" | "critical" => Some(3),
        _ => None,
    }
}

/// Gathers them.
pub(super) fn gathered(scene: &Scene<'_>, faces: &[Face]) -> Concerns {
    let documents = &scene.collection.documents;
    let mut concerns = Concerns::default();
    for (index, document) in documents.iter().enumerate().filter(|(_, document)| document.role == Role::Document) {
        let open = faces[index].open;
        let risks = document.anatomy.risks.iter().enumerate();
        concerns.risks.extend(risks.map(|(nth, risk)| RiskAt {
            document: index,
            nth,
            grade: Grade::of(risk),
            open: open && !settled(risk),
            number: 0,
        }));
        if open {
            concerns.blockers.extend(obstacles(scene, index));
            let asked = 0..document.anatomy.questions.len();
            concerns.questions.extend(asked.map(|nth| QuestionAt { document: index, nth }));
        }
    }
    // risks of one cell of the matrix stand together
    let gravity = |risk: &RiskAt| risk.grade.map(|grade| (grade.product(), grade.probability, grade.impact));
    concerns.risks.sort_by_key(|risk| (std::cmp::Reverse(gravity(risk)), risk.document, risk.nth));
    let (open, closed): (Vec<&mut RiskAt>, Vec<&mut RiskAt>) = concerns.risks.iter_mut().partition(|risk| risk.open);
    open.into_iter().chain(closed).enumerate().for_each(|(at, risk)| risk.number = at + 1);
    concerns.open = concerns.risks.iter().copied().filter(|risk| risk.open).collect();
    concerns.blockers.sort_by_key(|blocker| (blocker.until.is_none(), blocker.until, blocker.document));
    let urgency = |index: usize| faces[index].days.unwrap_or(i64::MAX);
    concerns.questions.sort_by_key(|question| (urgency(question.document), question.document, question.nth));
    concerns
}

fn settled(risk: &Risk) -> bool {
    let status = risk.status.as_deref().unwrap_or("").trim().to_lowercase();
    SETTLED.iter().any(|word| status.starts_with(word))
}

/// What an open document waits for: its blockers, what it needs that isn't decided, else its status.
fn obstacles(scene: &Scene<'_>, index: usize) -> Vec<BlockerAt> {
    let collection = scene.collection;
    let document = &collection.documents[index];
    let at = |what: Obstacle, until: Option<Date>| BlockerAt { document: index, what, until };
    // a phase that is marked as blocked is listed among the blockers, also when all of it is done
    let over = |line: u32| {
        let phases = &document.anatomy.phases;
        phases.iter().any(|phase| phase.line == line && phase.total > 0 && phase.done >= phase.total)
    };
    let written = document.anatomy.blockers.iter().enumerate().filter(|(_, blocker)| !over(blocker.line));
    let mut found: Vec<BlockerAt> = written
        .map(|(nth, blocker)| {
            let eta = blocker.eta.as_deref();
            at(Obstacle::Written(nth), eta.and_then(|eta| date::parse(eta).ok().or_else(|| date::within(eta))))
        })
        .collect();
    let needs = collection.relations_of(index).iter().filter(|relation| relation.kind == RelationKind::DependsOn);
    for other in needs.filter_map(|relation| relation.to) {
        let known = found.iter().any(|known| known.what == Obstacle::Undecided(other));
        if other != index && !known && undecided(&collection.documents[other]) && !named(document, scene, other) {
            let deadline = scene.judgement.standings[other].deadline.as_ref().map(|deadline| deadline.value);
            found.push(at(Obstacle::Undecided(other), deadline));
        }
    }
    if found.is_empty() && document.stage() == Some(Stage::Blocked) {
        found.push(at(Obstacle::Stated, None));
    }
    found
}

/// A question put to somebody: an ADR, an RFC or a proposal that is neither accepted nor rejected.
pub(super) fn undecided(document: &Document) -> bool {
    let decides = matches!(document.kind, Kind::Adr | Kind::Rfc | Kind::Proposal);
    decides && document.tracked() && matches!(document.stage(), Some(Stage::Draft | Stage::Proposed | Stage::Blocked))
}

/// One of the document's own blockers names the other, so that it need not be listed twice.
fn named(document: &Document, scene: &Scene<'_>, other: usize) -> bool {
    let Some(id) = &scene.collection.documents[other].id else { return false };
    let names = |text: &str| {
        text.match_indices(&id.value).any(|(at, _)| {
            let rest = &text[at + id.value.len()..];
            !rest.starts_with(|c: char| c.is_alphanumeric())
        })
    };
    document.anatomy.blockers.iter().any(|blocker| names(&blocker.title))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn risk(probability: &str, impact: &str) -> Risk {
        let word = |word: &str| Some(word.to_string()).filter(|word| !word.is_empty());
        Risk { probability: word(probability), impact: word(impact), ..Risk::default() }
    }

    #[test]
    fn levels_are_those_of_the_product() {
        let level = |probability: &str, impact: &str| {
            Grade::of(&risk(probability, impact)).map(|grade| (grade.product(), grade.level().word()))
        };
        assert_eq!(level("high", "high"), Some((9, "Critical")));
        assert_eq!(level("high", "medium"), Some((6, "High")));
        assert_eq!(level("medium", "medium"), Some((4, "Medium")));
        assert_eq!(level("low", "high"), Some((3, "Medium")));
        assert_eq!(level("low", "medium"), Some((2, "Low")));
        assert_eq!(level("low", "low"), Some((1, "Low")));
        assert_eq!(level("medium", "critical"), Some((6, "High")));
    }

    #[test]
    fn nothing_is_guessed() {
        assert_eq!(Grade::of(&risk("high", "")), None);
        assert_eq!(Grade::of(&risk("", "high")), None);
        assert_eq!(Grade::of(&risk("medium-high", "high")), None);
    }

    #[test]
    fn a_settled_risk_says_so() {
        let stated = |status: &str| settled(&Risk { status: Some(status.into()), ..Risk::default() });
        assert!(stated("Closed (2 Nov)") && stated("Mitigated") && stated("✅"));
        assert!(!stated("Open") && !stated("Accepted") && !stated("") && !settled(&Risk::default()));
    }
}
