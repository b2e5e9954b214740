//! What a heading or a label says that its section is about.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A set of topics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Topics(u16);

impl Topics {
    pub const NONE: Topics = Topics(0);
    pub const RISKS: Topics = Topics(1);
    pub const MILESTONES: Topics = Topics(2);
    pub const TIMELINE: Topics = Topics(4);
    pub const BLOCKERS: Topics = Topics(8);
    pub const DEPENDENCIES: Topics = Topics(16);
    pub const QUESTIONS: Topics = Topics(32);
    pub const METRICS: Topics = Topics(64);
    pub const UPDATES: Topics = Topics(128);
    pub const EFFORT: Topics = Topics(256);
    pub const WORKSTREAMS: Topics = Topics(512);
    pub const PROGRESS: Topics = Topics(1024);
    pub const PHASES: Topics = Topics(2048);
    pub const LEGEND: Topics = Topics(4096);
    /// Questions that the name doesn't call open: only what asks is one.
    pub const ASKING: Topics = Topics(8192);
    /// Those that a document's title doesn't pass on to its sections.
    pub const VAGUE: Topics = Topics(4 | 16 | 64 | 256 | 512 | 1024 | 2048 | 2);

    /// One of the topics is among these.
    pub fn has(self, topic: Topics) -> bool {
        self.0 & topic.0 != 0
    }

    /// These without those.
    pub fn without(self, those: Topics) -> Topics {
        Topics(self.0 & !those.0)
    }
}

/// The end of a name and the topic it gives. Up to three words may stand before it: `technical risks`.
const NAMES: &[(&str, Topics)] = &[
    ("risk", Topics::RISKS),
    ("risks", Topics::RISKS),
    ("risk analysis", Topics::RISKS),
    ("risk assessment", Topics::RISKS),
    ("risk log", Topics::RISKS),
    ("risk management", Topics::RISKS),
    ("risk matrix", Topics::RISKS),
    ("risk mitigation", Topics::RISKS),
    ("risk mitigation strategies", Topics::RISKS),
    ("risk mitigations", Topics::RISKS),
    ("risk register", Topics::RISKS),
    ("risiken", Topics::RISKS),
    ("riesgos", Topics::RISKS),
    ("riscos", Topics::RISKS),
    ("risques", Topics::RISKS),
    ("rischi", Topics::RISKS),
    ("риски", Topics::RISKS),
    ("风险", Topics::RISKS),
    ("リスク", Topics::RISKS),
    ("milestones", Topics::MILESTONES),
    ("milestone candidates", Topics::MILESTONES),
    ("milestone plan", Topics::MILESTONES),
    ("milestone reference", Topics::MILESTONES),
    ("milestone tracking", Topics::MILESTONES),
    ("milestone achievement", Topics::MILESTONES),
    ("milestone completion", Topics::MILESTONES),
    ("key dates", Topics::MILESTONES),
    ("important dates", Topics::MILESTONES),
    ("meilensteine", Topics::MILESTONES),
    ("hitos", Topics::MILESTONES),
    ("marcos", Topics::MILESTONES),
    ("jalons", Topics::MILESTONES),
    ("timeline", Topics::TIMELINE),
    ("schedule", Topics::TIMELINE),
    ("roadmap", Topics::TIMELINE),
    ("release plan", Topics::TIMELINE),
    ("target dates", Topics::TIMELINE),
    ("deadlines", Topics::TIMELINE),
    ("zeitplan", Topics::TIMELINE),
    ("cronograma", Topics::TIMELINE),
    ("calendrier", Topics::TIMELINE),
    ("blocker", Topics::BLOCKERS),
    ("blockers", Topics::BLOCKERS),
    ("blockers encountered", Topics::BLOCKERS),
    ("blocking issues", Topics::BLOCKERS),
    ("blocked task tracking", Topics::BLOCKERS),
    ("blocked tasks", Topics::BLOCKERS),
    ("blocked items", Topics::BLOCKERS),
    ("impediments", Topics::BLOCKERS),
    ("blocker und risiken", Topics::BLOCKERS),
    ("hindernisse", Topics::BLOCKERS),
    ("bloqueos", Topics::BLOCKERS),
    ("bloqueios", Topics::BLOCKERS),
    ("blocages", Topics::BLOCKERS),
    ("dependencies", Topics::DEPENDENCIES),
    ("dependency matrix", Topics::DEPENDENCIES),
    ("dependency graph", Topics::DEPENDENCIES),
    ("prerequisites", Topics::DEPENDENCIES),
    ("abhängigkeiten", Topics::DEPENDENCIES),
    ("dependencias", Topics::DEPENDENCIES),
    ("dependências", Topics::DEPENDENCIES),
    ("dépendances", Topics::DEPENDENCIES),
    ("success metrics", Topics::METRICS),
    ("target metrics", Topics::METRICS),
    ("success measures", Topics::METRICS),
    ("kpi", Topics::METRICS),
    ("kpis", Topics::METRICS),
    ("key performance indicators", Topics::METRICS),
    ("erfolgskennzahlen", Topics::METRICS),
    ("métricas de éxito", Topics::METRICS),
    ("métricas de sucesso", Topics::METRICS),
    ("amendment history", Topics::UPDATES),
    ("change history", Topics::UPDATES),
    ("change log", Topics::UPDATES),
    ("change log detail", Topics::UPDATES),
    ("changelog", Topics::UPDATES),
    ("document history", Topics::UPDATES),
    ("edit history", Topics::UPDATES),
    ("implementation history", Topics::UPDATES),
    ("progress log", Topics::UPDATES),
    ("recent updates", Topics::UPDATES),
    ("revision history", Topics::UPDATES),
    ("revision log", Topics::UPDATES),
    ("revision notes", Topics::UPDATES),
    ("status log", Topics::UPDATES),
    ("status updates", Topics::UPDATES),
    ("status updates log", Topics::UPDATES),
    ("timeline adjustments", Topics::UPDATES),
    ("update history", Topics::UPDATES),
    ("update log", Topics::UPDATES),
    ("updates log", Topics::UPDATES),
    ("version history", Topics::UPDATES),
    ("work log", Topics::UPDATES),
    ("worklog", Topics::UPDATES),
    ("änderungsverlauf", Topics::UPDATES),
    ("änderungshistorie", Topics::UPDATES),
    ("historial de cambios", Topics::UPDATES),
    ("histórico de alterações", Topics::UPDATES),
    ("histórico de revisões", Topics::UPDATES),
    ("effort", Topics::EFFORT),
    ("effort estimation", Topics::EFFORT),
    ("effort estimate", Topics::EFFORT),
    ("effort summary", Topics::EFFORT),
    ("estimated effort", Topics::EFFORT),
    ("estimated total effort", Topics::EFFORT),
    ("time estimate", Topics::EFFORT),
    ("time estimates", Topics::EFFORT),
    ("timeline estimate", Topics::EFFORT),
    ("timeline summary", Topics::EFFORT),
    ("total effort", Topics::EFFORT),
    ("aufwand", Topics::EFFORT),
    ("workstream", Topics::WORKSTREAMS),
    ("workstreams", Topics::WORKSTREAMS),
    ("workstream definition", Topics::WORKSTREAMS),
    ("workstream organization", Topics::WORKSTREAMS),
    ("workstream coordination", Topics::WORKSTREAMS),
    ("sync points", Topics::WORKSTREAMS),
    ("progress", Topics::PROGRESS),
    ("progress tracking", Topics::PROGRESS),
    ("progress summary", Topics::PROGRESS),
    ("status overview", Topics::PROGRESS),
    ("phase status", Topics::PROGRESS),
    ("completion status", Topics::PROGRESS),
    ("project status", Topics::PROGRESS),
    ("current status", Topics::PROGRESS),
    ("phase dependencies", Topics::PHASES),
    ("phase summary", Topics::PHASES),
    ("phase overview", Topics::PHASES),
    ("legend", Topics::LEGEND),
    ("notation", Topics::LEGEND),
    ("task notation", Topics::LEGEND),
    ("task markers", Topics::LEGEND),
];

/// [`NAMES`] by their last words, because every heading asks.
static BY_LAST_WORD: LazyLock<BTreeMap<&str, Vec<&(&str, Topics)>>> = LazyLock::new(|| {
    let mut by_word: BTreeMap<&str, Vec<&(&str, Topics)>> = BTreeMap::new();
    for name in NAMES {
        by_word.entry(name.0.rsplit(' ').next().unwrap_or(name.0)).or_default().push(name);
    }
    by_word
});

/// Names that have to be met whole, because other words before them make them something else (`research questions`).
const WHOLE: &[(&str, Topics)] = &[
    ("questions", Topics(32 | 8192)),
    ("open questions", Topics::QUESTIONS),
    ("open question", Topics::QUESTIONS),
    ("open design questions", Topics::QUESTIONS),
    ("open technical questions", Topics::QUESTIONS),
    ("open issues", Topics::QUESTIONS),
    ("open points", Topics::QUESTIONS),
    ("remaining questions", Topics::QUESTIONS),
    ("remaining open questions", Topics::QUESTIONS),
    ("related open questions", Topics::QUESTIONS),
    ("outstanding questions", Topics::QUESTIONS),
    ("pending questions", Topics::QUESTIONS),
    ("questions to be debated", Topics::QUESTIONS),
    ("unresolved questions", Topics::QUESTIONS),
    ("unresolved issues", Topics::QUESTIONS),
    ("unanswered questions", Topics::QUESTIONS),
    ("offene fragen", Topics::QUESTIONS),
    ("offene punkte", Topics::QUESTIONS),
    ("preguntas abiertas", Topics::QUESTIONS),
    ("perguntas em aberto", Topics::QUESTIONS),
    ("questões em aberto", Topics::QUESTIONS),
    ("questions ouvertes", Topics::QUESTIONS),
    ("domande aperte", Topics::QUESTIONS),
    ("открытые вопросы", Topics::QUESTIONS),
    ("未解決の質問", Topics::QUESTIONS),
    ("待解决问题", Topics::QUESTIONS),
    ("history", Topics::UPDATES),
    ("revisions", Topics::UPDATES),
    ("updates", Topics::UPDATES),
    ("updates since being accepted", Topics::UPDATES),
    ("amendments", Topics::UPDATES),
    ("log", Topics::UPDATES),
    ("mitigation", Topics::NONE),
    ("mitigations", Topics::NONE),
    ("mitigation strategies", Topics::NONE),
    ("verlauf", Topics::UPDATES),
    ("historial", Topics::UPDATES),
    ("histórico", Topics::UPDATES),
    ("historique", Topics::UPDATES),
];

/// Words after which a section is no longer about what stands above it.
const STOPS: &[&str] = &[
    "answered",
    "assumption",
    "assumptions",
    "benefits",
    "closed",
    "communication",
    "contingency",
    "critical",
    "decided",
    "deferred",
    "priorities",
    "escalation",
    "fallback",
    "non-goals",
    "opportunities",
    "past",
    "protocol",
    "realized",
    "resolved",
    "response",
    "rollback",
    "trade-offs",
    "template",
];

/// The topics a normalised name gives; none (not absent) where it turns away from those above it.
pub fn of(name: &str) -> Option<Topics> {
    if name.is_empty() || name.len() > 100 {
        return None;
    }
    let turned = name.split(|c: char| !(c.is_alphanumeric() || c == '-')).any(|word| STOPS.contains(&word));
    let mut found = Topics::NONE;
    let mut any = false;
    for part in parts(name) {
        let whole = WHOLE.iter().find(|(known, _)| *known == part);
        let last = part.rsplit(' ').next().unwrap_or(part);
        let known = BY_LAST_WORD.get(last).map_or(&[][..], Vec::as_slice);
        let named =
            known.iter().copied().filter(|(known, _)| ends_with(part, known)).max_by_key(|(known, _)| known.len());
        // `P0 - Blockers` is a degree of importance
        if let Some((_, topic)) = whole.or(named).filter(|_| !graded(name)) {
            found = Topics(found.0 | topic.0);
            any = true;
        }
    }
    match (any, turned) {
        // `risks & trade-offs` is about risks, `resolved risks` isn't
        (true, true) if parts(name).count() > 1 => Some(found),
        (_, true) => Some(Topics::NONE),
        (true, false) => Some(found),
        (false, false) => None,
    }
}

/// A heading or label without numbering, markup, signs and what stands in brackets, in lower case:
/// `## 6. RISKS & DEPENDENCIES (draft)` is `risks & dependencies`. What stands in brackets stays where it says that
/// all is settled.
pub fn normal(text: &str) -> String {
    let lower = text.to_lowercase();
    let mut name = lower.trim_start_matches(|c: char| !c.is_alphabetic());
    // `l3: milestones`, `a. technical risks`
    if let Some((mark, rest)) = name.split_once([':', '.', ')']) {
        let numbered = mark.len() <= 3 && mark.chars().skip(1).all(|c| c.is_ascii_digit() || c == '+');
        if numbered && rest.starts_with(' ') {
            name = rest.trim_start_matches(|c: char| !c.is_alphabetic());
        }
    }
    if let Some((before, inside)) = name.split_once(['(', '[']) {
        let settled = ["resolved", "answered", "closed", "none"].iter().any(|word| inside.starts_with(word));
        if settled {
            return "resolved".into();
        }
        name = before;
    }
    name.trim_end_matches(|c: char| !c.is_alphanumeric()).to_string()
}

fn parts(name: &str) -> impl Iterator<Item = &str> {
    let sign = |c: char| matches!(c, '&' | '/' | '+' | '·' | '|' | ':' | '—' | '–' | ',');
    name.split(sign)
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" und "))
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split(" y "))
        .map(|part| part.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|part| !part.is_empty())
}

fn ends_with(part: &str, known: &str) -> bool {
    let Some(before) = part.strip_suffix(known) else { return false };
    before.is_empty() || (before.ends_with(' ') && before.split_whitespace().count() <= 2)
}

fn graded(name: &str) -> bool {
    let digit = |word: &str| word.len() == 2 && word.starts_with('p') && word.ends_with(|c: char| c.is_ascii_digit());
    name.split(|c: char| !c.is_alphanumeric()).any(|word| digit(word) || word == "hard")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(heading: &str, topic: Topics) -> bool {
        of(&normal(heading)).is_some_and(|topics| topics.has(topic))
    }

    #[test]
    fn names_of_sections() {
        for risks in [
            "Risks",
            "6. RISKS & DEPENDENCIES",
            "L3: RISK MATRIX",
            "⚠️ Known Risks",
            "7.1 Risk Assessment",
            "Risks / Trade-offs",
            "A. Technical Risks",
            "Risks and mitigations",
            "Blockers & Risks",
            "Timeline, Risks",
            "Risiken",
        ] {
            assert!(about(risks, Topics::RISKS), "{risks}");
        }
        for other in [
            "Use Asterisk as List Marker",
            "Derisk upgrading",
            "L3: RISK VERIFICATION",
            "Risks Realized",
            "Risk of non-modular headers",
        ] {
            assert!(!about(other, Topics::RISKS), "{other}");
        }
        assert!(about("L3: MILESTONES", Topics::MILESTONES));
        assert!(about("6. Timeline & Milestones", Topics::MILESTONES));
        assert!(about("10. OPEN QUESTIONS", Topics::QUESTIONS));
        assert!(!about("Research Questions", Topics::QUESTIONS));
        assert!(!about("Open Questions (Resolved)", Topics::QUESTIONS));
        assert_eq!(of(&normal("Resolved Questions")), Some(Topics::NONE));
        assert!(about("Current Blockers", Topics::BLOCKERS));
        assert!(!about("P0 - Blockers (MUST complete)", Topics::BLOCKERS));
        assert_eq!(of(&normal("Approach")), None);
    }
}
