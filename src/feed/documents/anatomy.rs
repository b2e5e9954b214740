//! The anatomy of a document as JSON names it: progress, milestones, risks and what else the body holds.

use serde::Serialize;

use crate::date::Date;
use crate::model::{Document, Phase};

/// The anatomy's part of a document's entry.
#[derive(Debug, Serialize)]
pub(super) struct AnatomyEntry<'a> {
    progress: Option<ProgressEntry<'a>>,
    effort: Option<&'a str>,
    milestones: Vec<MilestoneEntry<'a>>,
    risks: Vec<RiskEntry<'a>>,
    blockers: Vec<BlockerEntry<'a>>,
    questions: Vec<QuestionEntry<'a>>,
    metrics: Vec<MetricEntry<'a>>,
    workstreams: Vec<WorkstreamEntry<'a>>,
    sync_points: Vec<SyncPointEntry<'a>>,
    updates: Vec<UpdateEntry<'a>>,
}

#[derive(Debug, Serialize)]
struct ProgressEntry<'a> {
    done: u32,
    total: u32,
    declared: Option<u32>,
    /// Which phase the document says it is in.
    current: Option<CurrentEntry<'a>>,
    course: Option<&'a str>,
    gates: GatesEntry,
    phases: Vec<PhaseEntry<'a>>,
}

#[derive(Debug, Serialize)]
struct CurrentEntry<'a> {
    number: &'a str,
    of: Option<u32>,
}

#[derive(Debug, Serialize)]
struct GatesEntry {
    done: u32,
    total: u32,
}

#[derive(Debug, Serialize)]
struct PhaseEntry<'a> {
    number: &'a str,
    title: &'a str,
    done: u32,
    total: u32,
    gates: GatesEntry,
    status: Option<&'a str>,
    blocked: bool,
    estimate: Option<&'a str>,
    priority: Option<&'a str>,
    when: Option<&'a str>,
    start: Option<String>,
    end: Option<String>,
    /// Numbers of other phases.
    depends_on: Vec<&'a str>,
    line: u32,
}

#[derive(Debug, Serialize)]
struct MilestoneEntry<'a> {
    title: &'a str,
    date: Option<String>,
    when: Option<&'a str>,
    done: bool,
    line: u32,
}

#[derive(Debug, Serialize)]
struct RiskEntry<'a> {
    id: Option<&'a str>,
    title: &'a str,
    probability: Option<&'a str>,
    impact: Option<&'a str>,
    mitigation: Option<&'a str>,
    owner: Option<&'a str>,
    status: Option<&'a str>,
    line: u32,
}

#[derive(Debug, Serialize)]
struct BlockerEntry<'a> {
    title: &'a str,
    owner: Option<&'a str>,
    impact: Option<&'a str>,
    eta: Option<&'a str>,
    line: u32,
}

#[derive(Debug, Serialize)]
struct QuestionEntry<'a> {
    title: &'a str,
    line: u32,
}

#[derive(Debug, Serialize)]
struct MetricEntry<'a> {
    name: &'a str,
    baseline: Option<&'a str>,
    target: Option<&'a str>,
    line: u32,
}

#[derive(Debug, Serialize)]
struct WorkstreamEntry<'a> {
    id: Option<&'a str>,
    name: &'a str,
    owner: Option<&'a str>,
    status: Option<&'a str>,
    line: u32,
}

#[derive(Debug, Serialize)]
struct SyncPointEntry<'a> {
    id: &'a str,
    trigger: Option<&'a str>,
    output: Option<&'a str>,
    line: u32,
}

#[derive(Debug, Serialize)]
struct UpdateEntry<'a> {
    date: Option<String>,
    version: Option<&'a str>,
    text: &'a str,
    author: Option<&'a str>,
    line: u32,
}

/// A box.
#[derive(Debug, Serialize)]
pub(super) struct TaskEntry<'a> {
    text: &'a str,
    done: bool,
    state: &'static str,
    gate: bool,
    nested: bool,
    /// Number of the phase it belongs to.
    phase: Option<&'a str>,
    owner: Option<&'a str>,
    estimate: Option<&'a str>,
    depends_on: Option<&'a str>,
    risk: Option<&'a str>,
    validation: Option<&'a str>,
    line: u32,
}

impl<'a> AnatomyEntry<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        let anatomy = &document.anatomy;
        let milestones = anatomy.milestones.iter().map(|milestone| MilestoneEntry {
            title: &milestone.title,
            date: day(milestone.date),
            when: milestone.when.as_deref(),
            done: milestone.done,
            line: milestone.line,
        });
        let risks = anatomy.risks.iter().map(|risk| RiskEntry {
            id: risk.id.as_deref(),
            title: &risk.title,
            probability: risk.probability.as_deref(),
            impact: risk.impact.as_deref(),
            mitigation: risk.mitigation.as_deref(),
            owner: risk.owner.as_deref(),
            status: risk.status.as_deref(),
            line: risk.line,
        });
        let blockers = anatomy.blockers.iter().map(|blocker| BlockerEntry {
            title: &blocker.title,
            owner: blocker.owner.as_deref(),
            impact: blocker.impact.as_deref(),
            eta: blocker.eta.as_deref(),
            line: blocker.line,
        });
        let questions = anatomy.questions.iter();
        let metrics = anatomy.metrics.iter().map(|metric| MetricEntry {
            name: &metric.name,
            baseline: metric.baseline.as_deref(),
            target: metric.target.as_deref(),
            line: metric.line,
        });
        let workstreams = anatomy.workstreams.iter().map(|strand| WorkstreamEntry {
            id: strand.id.as_deref(),
            name: &strand.name,
            owner: strand.owner.as_deref(),
            status: strand.status.as_deref(),
            line: strand.line,
        });
        let sync_points = anatomy.sync_points.iter().map(|point| SyncPointEntry {
            id: &point.id,
            trigger: point.trigger.as_deref(),
            output: point.output.as_deref(),
            line: point.line,
        });
        let updates = anatomy.updates.iter().map(|update| UpdateEntry {
            date: day(update.date),
            version: update.version.as_deref(),
            text: &update.text,
            author: update.author.as_deref(),
            line: update.line,
        });
        AnatomyEntry {
            progress: progress(document),
            effort: anatomy.effort.as_ref().map(|effort| effort.value.as_str()),
            milestones: milestones.collect(),
            risks: risks.collect(),
            blockers: blockers.collect(),
            questions: questions
                .map(|question| QuestionEntry { title: &question.title, line: question.line })
                .collect(),
            metrics: metrics.collect(),
            workstreams: workstreams.collect(),
            sync_points: sync_points.collect(),
            updates: updates.collect(),
        }
    }
}

/// Every box of a document.
pub(super) fn tasks(document: &Document) -> Vec<TaskEntry<'_>> {
    let phases = &document.anatomy.phases;
    let task = |task: &'_ crate::model::Task| task.phase.map(|at| phases[at].number.as_str());
    let entry = document.anatomy.tasks.iter().map(|one| TaskEntry {
        text: &one.text,
        done: one.done,
        state: one.state.word(),
        gate: one.gate,
        nested: one.nested,
        phase: task(one),
        owner: one.detail.as_ref().and_then(|own| own.owner.as_deref()),
        estimate: one.detail.as_ref().and_then(|own| own.estimate.as_deref()),
        depends_on: one.detail.as_ref().and_then(|own| own.depends_on.as_deref()),
        risk: one.detail.as_ref().and_then(|own| own.risk.as_deref()),
        validation: one.detail.as_ref().and_then(|own| own.validation.as_deref()),
        line: one.line,
    });
    entry.collect()
}

fn progress(document: &Document) -> Option<ProgressEntry<'_>> {
    let anatomy = &document.anatomy;
    let (done, total) = document.progress();
    let declared = anatomy.declared.as_ref().map(|declared| declared.value);
    let current = anatomy.current.as_ref();
    let gates = document.gates();
    let any = total > 0
        || gates.total > 0
        || declared.is_some()
        || current.is_some()
        || anatomy.course.is_some()
        || !anatomy.phases.is_empty();
    any.then(|| ProgressEntry {
        done,
        total,
        declared,
        current: current.map(|current| CurrentEntry { number: &current.value.number, of: current.value.of }),
        course: anatomy.course.as_ref().map(|course| course.value.as_str()),
        gates: GatesEntry { done: gates.done, total: gates.total },
        phases: anatomy.phases.iter().map(|one| phase(one, &anatomy.phases)).collect(),
    })
}

fn phase<'a>(phase: &'a Phase, all: &'a [Phase]) -> PhaseEntry<'a> {
    PhaseEntry {
        number: &phase.number,
        title: &phase.title,
        done: phase.done,
        total: phase.total,
        gates: GatesEntry { done: phase.gates.done, total: phase.gates.total },
        status: phase.status.as_deref(),
        blocked: phase.blocked,
        estimate: phase.estimate.as_deref(),
        priority: phase.priority.as_deref(),
        when: phase.when.as_deref(),
        start: day(phase.start),
        end: day(phase.end),
        depends_on: phase.depends_on.iter().map(|at| all[*at].number.as_str()).collect(),
        line: phase.line,
    }
}

fn day(date: Option<Date>) -> Option<String> {
    date.map(|date| date.to_string())
}
