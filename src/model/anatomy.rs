//! What the body of a document holds: headings, phases, tasks and what stands around them.

use crate::date::Date;
use crate::source::{Span, Spanned};

/// What the body holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Anatomy {
    /// All headings in order.
    pub headings: Vec<Heading>,
    /// The phases of the work, in order.
    pub phases: Vec<Phase>,
    /// Every box, gates and nested ones too, in order.
    pub tasks: Vec<Task>,
    /// The share of the work that the text claims, in percent.
    pub declared: Option<Spanned<u32>>,
    /// Which phase the text says it is in: `Current Phase: 5 of 7`.
    pub current: Option<Spanned<CurrentPhase>>,
    /// How it goes, as the text says: `On track`, `At risk`.
    pub course: Option<Spanned<String>>,
    /// The whole effort as written: `7-11 hours`.
    pub effort: Option<Spanned<String>>,
    /// Points in time the work aims at, in order.
    pub milestones: Vec<Milestone>,
    /// What may go wrong, in order.
    pub risks: Vec<Risk>,
    /// What the work waits for, in order.
    pub blockers: Vec<Blocker>,
    /// What is still to be answered, in order. Answered questions are left out.
    pub questions: Vec<Question>,
    /// How success is to be measured, in order.
    pub metrics: Vec<Metric>,
    /// What happened to the document or the work, in the order written.
    pub updates: Vec<Update>,
    /// Strands of work done side by side, in order.
    pub workstreams: Vec<Workstream>,
    /// Where these strands meet, in order.
    pub sync_points: Vec<SyncPoint>,
    /// `<!-- ANCHOR:name -->` and `<a id="…">`: names that links may point at besides headings.
    pub anchors: Vec<String>,
    /// Template placeholders left in the text: `[Feature/Goal]`, `YYYY-MM-DD`, `{{NAME}}`.
    pub placeholders: Vec<Span>,
}

/// A heading of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Text without markup.
    pub text: String,
    /// The anchor GitHub would give it, unique in the document.
    pub anchor: String,
    /// Line, from 1.
    pub line: u32,
}

/// A phase of the work: a heading such as `### Phase 2: Backfill`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Phase {
    /// As written: `2`, `1.5`, `2b`; a count from 1 where phases aren't numbered.
    pub number: String,
    /// Without `Phase 2:` and without what stands in brackets behind it.
    pub title: String,
    /// Index of its heading.
    pub heading: usize,
    /// Ticked boxes; nested ones, gates and cancelled ones not counted.
    pub done: u32,
    /// All boxes, counted the same way.
    pub total: u32,
    /// Conditions that are met and all of them, nested and cancelled ones not counted.
    pub gates: Gates,
    /// Marked as blocked: ❌ in its heading or in the table of phases.
    pub blocked: bool,
    /// Where it stands, as written in its own lines or in the table of phases.
    pub status: Option<String>,
    /// How much work it is, as written: `12 hours`.
    pub estimate: Option<String>,
    /// As written: `High`, `P1`.
    pub priority: Option<String>,
    /// When it is planned for, as written: `Weeks 3-4`.
    pub when: Option<String>,
    /// Its first day.
    pub start: Option<Date>,
    /// Its last day.
    pub end: Option<Date>,
    /// Indices of the phases that have to be done before it, ascending.
    pub depends_on: Vec<usize>,
    /// Line of its heading, from 1.
    pub line: u32,
}

/// Conditions and how many of them are met.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Gates {
    /// Ticked.
    pub done: u32,
    /// All.
    pub total: u32,
}

/// The phase a document says it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurrentPhase {
    /// As written: `5`, `2b`.
    pub number: String,
    /// How many there are, where it says so.
    pub of: Option<u32>,
}

/// What the mark in a box says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TaskState {
    /// To do: an empty box, and every mark without a meaning of its own (`[P]`, `[1]`).
    #[default]
    Open,
    /// Begun: `[~]`, `[/]`, `[🔄]`.
    InProgress,
    /// Waiting: `[B]`, `[❌]`, `[⛔]`.
    Blocked,
    /// Won't be done, or not now: `[-]`, `[>]`, a text that is struck out. Counts neither as done nor as to do.
    Cancelled,
    /// Ticked: `[x]`, `[X]`, `[✅]`.
    Done,
}

impl TaskState {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            TaskState::Open => "open",
            TaskState::InProgress => "in-progress",
            TaskState::Blocked => "blocked",
            TaskState::Cancelled => "cancelled",
            TaskState::Done => "done",
        }
    }
}

/// A box with its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Task {
    /// First line of its text, without markup.
    pub text: String,
    /// What its mark says.
    pub state: TaskState,
    /// Ticked; the same as `state` being `Done`.
    pub done: bool,
    /// Stands within another box's item.
    pub nested: bool,
    /// A condition rather than work: exit gate, definition of done, review checklist, sign-off.
    pub gate: bool,
    /// Index of the phase it belongs to.
    pub phase: Option<usize>,
    /// What its own lines say; absent for most tasks, which have none.
    pub detail: Option<Box<TaskDetail>>,
    /// Line, from 1.
    pub line: u32,
}

/// What stands below a task or in brackets behind it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskDetail {
    /// Who does it.
    pub owner: Option<String>,
    /// How much work it is, as written.
    pub estimate: Option<String>,
    /// What has to be done before it, as written.
    pub depends_on: Option<String>,
    /// How risky it is: low, medium, high, critical, else as written.
    pub risk: Option<String>,
    /// How to see that it is done, as written.
    pub validation: Option<String>,
}

impl Task {
    /// Counts as work: not a gate, not within another box, not cancelled.
    pub fn counts(&self) -> bool {
        !self.gate && !self.nested && self.state != TaskState::Cancelled
    }
}

/// A point in time the work aims at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Milestone {
    /// Without its date and mark.
    pub title: String,
    /// Its day; absent where none is written or it isn't one (`Week 4`).
    pub date: Option<Date>,
    /// When, as written: `Week 4`, `Day 1 EOD`, `1 March 2026`.
    pub when: Option<String>,
    /// Reached.
    pub done: bool,
    /// Line, from 1.
    pub line: u32,
}

/// What may go wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Risk {
    /// As written: `R-001`.
    pub id: Option<String>,
    /// What may happen.
    pub title: String,
    /// low, medium, high or critical; another word as written, in lower case.
    pub probability: Option<String>,
    /// The same of what it would do.
    pub impact: Option<String>,
    /// What is done about it.
    pub mitigation: Option<String>,
    /// Who watches it.
    pub owner: Option<String>,
    /// Where it stands, as written: `Mitigated`.
    pub status: Option<String>,
    /// Line, from 1.
    pub line: u32,
}

/// What the work waits for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Blocker {
    /// What is missing.
    pub title: String,
    /// Who resolves it.
    pub owner: Option<String>,
    /// What it holds up, as written.
    pub impact: Option<String>,
    /// When it will be gone, as written.
    pub eta: Option<String>,
    /// Line, from 1.
    pub line: u32,
}

/// What is still to be answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// The question.
    pub title: String,
    /// Line, from 1.
    pub line: u32,
}

/// How success is to be measured.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metric {
    /// What is measured.
    pub name: String,
    /// Where it stood, as written.
    pub baseline: Option<String>,
    /// Where it is to be, as written.
    pub target: Option<String>,
    /// Line, from 1.
    pub line: u32,
}

/// An entry of an update log or a version history.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Update {
    /// Its day; absent where only a version is written.
    pub date: Option<Date>,
    /// As written: `1.1`, `v0.22.0`.
    pub version: Option<String>,
    /// What happened.
    pub text: String,
    /// Who says so.
    pub author: Option<String>,
    /// Line, from 1.
    pub line: u32,
}

/// A strand of work done beside others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Workstream {
    /// As written: `W-A`.
    pub id: Option<String>,
    /// What it is called.
    pub name: String,
    /// Who does it.
    pub owner: Option<String>,
    /// Where it stands, as written.
    pub status: Option<String>,
    /// Line, from 1.
    pub line: u32,
}

/// Where strands of work meet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SyncPoint {
    /// As written: `SYNC-001`.
    pub id: String,
    /// What has to be done before it.
    pub trigger: Option<String>,
    /// What comes out of it.
    pub output: Option<String>,
    /// Line, from 1.
    pub line: u32,
}
