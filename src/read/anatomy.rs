//! What the body's headings and boxes amount to: phases, work and gates.

use super::body::{Body, RawBox};
use super::fact::Fact;
use crate::model::{Anatomy, Heading, Phase, Task};
use crate::source::Spanned;

/// Words for a phase of work at the start of a heading. A number has to follow.
const PHASE_WORDS: &[&str] = &["phase", "stage", "milestone", "iteration", "sprint", "wave", "workstream"];
/// Headings whose children are phases even without a number.
const PHASE_PARENTS: &[&str] = &["phases", "implementation phases", "project phases", "delivery phases"];
/// Headings under which `Phase 1` is something else than a phase of the work.
const OTHER_PHASES: &[&str] = &[
    "rollout",
    "rollback",
    "update log",
    "timeline",
    "effort",
    "phase status",
    "phase dependencies",
    "version history",
];
/// Headings and labels whose boxes are conditions, not work.
const GATES: &[&str] = &[
    "exit gate",
    "exit criteria",
    "entry criteria",
    "gate",
    "definition of ready",
    "definition of done",
    "success criteria",
    "completion criteria",
    "is complete when",
    "acceptance criteria",
    "acceptance",
    "review checklist",
    "checklist",
    "sign-off",
    "signoff",
    "sign off",
    "approval",
    "review process",
    "review & approval",
    "rollback",
    "rollout",
    "verification checklist",
];

/// Counts boxes into phases and gates. `declared` is the share of the work that the metadata claims.
pub fn read(body: Body, declared: Option<Spanned<u32>>) -> (Anatomy, Body) {
    let mut body = body;
    let headings = std::mem::take(&mut body.headings);
    let mut phases = phases(&headings, &body.phase_rows);
    let boxes = std::mem::take(&mut body.boxes);
    let tasks: Vec<Task> = boxes.into_iter().map(|item| task(item, &headings, &phases)).collect();
    for task in tasks.iter().filter(|task| !task.nested && !task.gate) {
        if let Some(phase) = task.phase.and_then(|at| phases.get_mut(at)) {
            phase.total += 1;
            phase.done += u32::from(task.done);
        }
    }
    (
        Anatomy {
            headings,
            phases,
            tasks,
            declared,
            anchors: std::mem::take(&mut body.anchors),
            placeholders: Vec::new(),
        },
        body,
    )
}

/// The first number before a percent sign in a field that states progress.
pub fn declared(fact: Fact, text: &Spanned<String>) -> Option<Spanned<u32>> {
    let at = text.value.find('%').filter(|_| fact == Fact::Progress)?;
    let head = text.value[..at].trim_end();
    let start = head.rfind(|c: char| !c.is_ascii_digit() && c != '.').map_or(0, |at| at + 1);
    let number: f64 = head[start..].parse().ok()?;
    (0.0..=100.0).contains(&number).then(|| Spanned::new(number.round() as u32, text.span))
}

fn phases(headings: &[Heading], rows: &[(String, String)]) -> Vec<Phase> {
    let mut phases: Vec<Phase> = Vec::new();
    let mut open: Option<u8> = None;
    for (at, heading) in headings.iter().enumerate() {
        if open.is_some_and(|level| heading.level > level) {
            continue;
        }
        open = None;
        let above = chain(headings, at);
        let other = above.iter().any(|name| OTHER_PHASES.iter().any(|word| name.contains(word)));
        let child = above.first().is_some_and(|name| PHASE_PARENTS.contains(&name.as_str()));
        let title = match phase_title(&heading.text) {
            Some(found) if !other => Some(found),
            None if child && !gate(&heading.text) => Some(((phases.len() + 1).to_string(), heading.text.clone())),
            _ => None,
        };
        if let Some((number, title)) = title {
            let marked =
                |text: &str| text.contains('❌') || text.contains('⛔') || text.to_lowercase().contains("blocked");
            let row = rows.iter().find(|(name, _)| phase_title(name).is_some_and(|(row, _)| row == number));
            let blocked = marked(&heading.text) || row.is_some_and(|(_, status)| marked(status));
            phases.push(Phase { number, title, heading: at, done: 0, total: 0, blocked, line: heading.line });
            open = Some(heading.level);
        }
    }
    phases
}

/// `Phase 2b: Backfill (Weeks 3-4)` is number `2b` and title `Backfill`.
fn phase_title(text: &str) -> Option<(String, String)> {
    let plain = text.trim_start_matches(|c: char| !c.is_alphabetic());
    let lower = plain.to_lowercase();
    let word = PHASE_WORDS.iter().find(|word| lower.starts_with(**word))?;
    let rest = plain.get(word.len()..)?.strip_prefix([' ', '-'])?.trim_start();
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(rest.len());
    let number = rest[..end].trim_end_matches('.');
    let letter = number.len() == 1 && number.chars().all(|c| c.is_ascii_uppercase());
    let roman = number.chars().all(|c| matches!(c, 'I' | 'V' | 'X')) && !number.is_empty();
    if !(number.starts_with(|c: char| c.is_ascii_digit()) || letter || roman) {
        return None;
    }
    let title = rest[end..].trim_start_matches([':', '.', '-', '–', '—', ')', ' ']);
    let title = match title.rfind([' ', '\t']).map(|_| title.find(" (").or(title.find(" [")).unwrap_or(title.len())) {
        Some(end) => title[..end].trim(),
        None => title.trim(),
    };
    let title = if title.is_empty() {
        format!("{}{} {number}", plain[..1].to_uppercase(), &lower[1..word.len()])
    } else {
        title.to_string()
    };
    Some((number.to_string(), title))
}

/// The headings above a heading, nearest first, lower case, without numbering.
fn chain(headings: &[Heading], at: usize) -> Vec<String> {
    let mut level = headings[at].level;
    let mut names = Vec::new();
    for heading in headings[..at].iter().rev() {
        if level == 1 {
            break;
        }
        if heading.level < level {
            level = heading.level;
            names.push(heading.text.trim_start_matches(|c: char| !c.is_alphabetic()).to_lowercase());
        }
    }
    names
}

fn task(item: RawBox, headings: &[Heading], phases: &[Phase]) -> Task {
    let under = headings.partition_point(|heading| heading.line <= item.line).checked_sub(1);
    let phase = under.and_then(|under| {
        let at = phases.partition_point(|phase| phase.heading <= under).checked_sub(1)?;
        let level = headings[phases[at].heading].level;
        let left = headings[phases[at].heading + 1..=under].iter().any(|heading| heading.level <= level);
        (!left).then_some(at)
    });
    let above = under.map_or(Vec::new(), |under| {
        let mut names = chain(headings, under);
        names.insert(0, headings[under].text.to_lowercase());
        names
    });
    // what stands above the phase's own heading says nothing about its boxes
    let own = phase.map_or(above.len(), |at| {
        let level = headings[phases[at].heading].level;
        let inside = under.map_or(0, |under| {
            headings[phases[at].heading..=under].iter().filter(|heading| heading.level > level).count()
        });
        inside.min(above.len())
    });
    let names = above[..own].iter().map(String::as_str).chain(item.label.as_deref());
    let gate = names.into_iter().any(gate);
    let done = matches!(item.mark, Some('x' | 'X' | '✅' | '✓' | '✔'));
    Task { text: item.text, done, nested: item.nested, gate, phase, line: item.line }
}

/// A heading or label whose boxes are conditions.
fn gate(name: &str) -> bool {
    let name = name.to_lowercase();
    GATES.iter().any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn shown(text: &str) -> String {
        let (anatomy, _) = read(super::super::body::read(&Source::new("a.md", text), 0), None);
        let phases = anatomy
            .phases
            .iter()
            .map(|phase| format!("{} {} {}/{}", phase.number, phase.title, phase.done, phase.total));
        let gates = anatomy.tasks.iter().filter(|task| task.gate).count();
        format!("{} gates {gates}", phases.collect::<Vec<_>>().join(", "))
    }

    #[test]
    fn phases_work_and_gates() {
        assert_eq!(
            shown(
                "## Phases\n### Phase 1: Set up (Week 1)\n- [x] a\n  - [ ] nested\n- [ ] b\n\n**Exit gate:**\n- [ ] c\n#### Definition of done\n- [x] d\n\
                   ### Phase 2b – Ship [Weeks 2-3]\n- [~] e\n## Rollout plan\n### Phase 1: Internal\n- [ ] f\n## Other\n- [ ] g\n"
            ),
            "1 Set up 1/2, 2b Ship 0/1 gates 3"
        );
        assert_eq!(
            shown("## Implementation phases\n### Dig\n- [x] a\n### Fill\n- [ ] b\n"),
            "1 Dig 1/1, 2 Fill 0/1 gates 0"
        );
        assert_eq!(shown("# Phase\n## Phase 1\n- [ ] a\n### Phase 1 tasks\n- [ ] b"), "1 Phase 1 0/2 gates 0");
    }
}
