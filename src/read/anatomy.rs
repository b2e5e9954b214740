//! What the body's headings and blocks amount to: phases, work and gates, milestones, risks, blockers, questions and
//! what else a plan keeps beside its prose. Each sort is read by a leaf of its own, all from the same outline.
//!
//! Placeholders of templates give nothing. What is written stays as written, except where the model names a scale.

mod blockers;
mod columns;
mod declared;
mod effort;
mod metrics;
mod milestones;
mod names;
mod outline;
mod phase_tables;
mod phases;
mod questions;
mod risks;
mod tasks;
mod text;
mod topic;
mod updates;
mod workstreams;

use super::body::Body;
use super::fact::Fact;
use super::lines::Line;
use crate::model::Anatomy;
use crate::source::{Source, Spanned};
use outline::Outline;

/// Reads the anatomy. `declared` is the share of the work that the metadata claims.
pub fn read(source: &Source, lines: &[Line<'_>], body: Body, declared: Option<Spanned<u32>>) -> (Anatomy, Body) {
    let mut body = body;
    let headings = std::mem::take(&mut body.headings);
    let outline = Outline::new(&headings, &body.blocks);
    let (mut phases, inside) = phases::read(&outline);
    phases::depend(&outline, &mut phases);
    phase_tables::read(&outline, &mut phases);
    let starts: Vec<usize> = phases.iter().map(|phase| phase.heading).collect();
    let tasks = tasks::read(&outline, &inside, &starts);
    for task in &tasks {
        let Some(phase) = task.phase.and_then(|at| phases.get_mut(at)) else { continue };
        if task.counts() {
            phase.total += 1;
            phase.done += u32::from(task.done);
        } else if task.gate && !task.nested && task.state != crate::model::TaskState::Cancelled {
            phase.gates.total += 1;
            phase.gates.done += u32::from(task.done);
        }
    }
    let said = declared::read(source, &outline, &inside);
    let (workstreams, sync_points) = workstreams::read(&outline);
    let mut anatomy = Anatomy {
        declared: declared.or(said.share),
        current: said.phase,
        course: said.course,
        effort: effort::total(source, &outline),
        milestones: milestones::read(source, &outline, &inside),
        risks: risks::read(&outline),
        blockers: blockers::read(&outline, &phases, &tasks),
        questions: questions::read(&outline, lines),
        metrics: metrics::read(&outline),
        updates: updates::read(&outline),
        workstreams,
        sync_points,
        phases,
        tasks,
        anchors: std::mem::take(&mut body.anchors),
        ..Anatomy::default()
    };
    body.blocks.clear();
    anatomy.headings = headings;
    (anatomy, body)
}

/// The first number before a percent sign in a field that states progress.
pub fn declared(fact: Fact, text: &Spanned<String>) -> Option<Spanned<u32>> {
    let share = declared::percent(&text.value).filter(|_| fact == Fact::Progress)?;
    Some(Spanned::new(share, text.span))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a text's anatomy holds, as a test wants to see it.
    pub(super) fn shown(text: &str, show: impl Fn(&Anatomy) -> Vec<String>) -> Vec<String> {
        let source = Source::new("a.md", text);
        let lines = super::super::lines::prose(&source, 0);
        let (anatomy, _) = read(&source, &lines, super::super::body::read(&source, 0), None);
        show(&anatomy)
    }

    fn work(text: &str) -> String {
        let seen = shown(text, |anatomy| {
            let phases = anatomy
                .phases
                .iter()
                .map(|phase| format!("{} {} {}/{}", phase.number, phase.title, phase.done, phase.total));
            let gates = anatomy.tasks.iter().filter(|task| task.gate).count();
            vec![format!("{} gates {gates}", phases.collect::<Vec<_>>().join(", "))]
        });
        seen.join("")
    }

    #[test]
    fn phases_work_and_gates() {
        assert_eq!(
            work(
                "## Phases\n### Phase 1: Set up (Week 1)\n- [x] a\n  - [ ] nested\n- [ ] b\n\n**Exit gate:**\n- [ ] c\n#### Definition of done\n- [x] d\n\
                   ### Phase 2b – Ship [Weeks 2-3]\n- [~] e\n## Rollout plan\n### Phase 1: Internal\n- [ ] f\n## Other\n- [ ] g\n"
            ),
            "1 Set up 1/2, 2b Ship 0/1 gates 3"
        );
        assert_eq!(
            work("## Implementation phases\n### Dig\n- [x] a\n### Fill\n- [ ] b\n"),
            "1 Dig 1/1, 2 Fill 0/1 gates 0"
        );
        assert_eq!(work("# Phase\n## Phase 1\n- [ ] a\n### Phase 1 tasks\n- [ ] b"), "1 Phase 1 0/2 gates 0");
    }
}
