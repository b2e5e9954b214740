//! The nouns: a document, and what it says about itself.
//!
//! Plain values, filled once by `read`, completed by `resolve` and never changed after. Every fact that was written
//! somewhere keeps its place; a fact that wasn't is absent, never a default.

mod anatomy;
mod change;
mod history;
mod kind;

use crate::date::{Date, Period};
use crate::source::{Source, Span, Spanned};

pub use anatomy::{
    Anatomy, Blocker, CurrentPhase, Gates, Heading, Metric, Milestone, Phase, Question, Risk, SyncPoint, Task,
    TaskDetail, TaskState, Update, Workstream,
};
pub use change::{Change, Day, Said, compare};
pub use history::{Deed, Gap, Gone, History, Past, Step, Touch, Worked};
pub use kind::{KINDS, Kind, KindEntry};

/// The normalised status: where a document stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Being written.
    Draft,
    /// Out for a decision.
    Proposed,
    /// Decided, not (or not visibly) carried out.
    Accepted,
    /// Being carried out.
    Active,
    /// Being carried out, but waiting.
    Blocked,
    /// Carried out.
    Completed,
    /// Decided against.
    Rejected,
    /// No longer advised, without a successor.
    Deprecated,
    /// Put away.
    Archived,
    /// Replaced by another document.
    Superseded,
    /// A word was written that means none of these.
    Unknown,
}

/// All stages, in the order of the board.
pub const STAGES: &[Stage] = &[
    Stage::Draft,
    Stage::Proposed,
    Stage::Accepted,
    Stage::Active,
    Stage::Blocked,
    Stage::Completed,
    Stage::Rejected,
    Stage::Deprecated,
    Stage::Archived,
    Stage::Superseded,
    Stage::Unknown,
];

impl Stage {
    /// The word in every output, lower case.
    pub fn word(self) -> &'static str {
        match self {
            Stage::Draft => "draft",
            Stage::Proposed => "proposed",
            Stage::Accepted => "accepted",
            Stage::Active => "active",
            Stage::Blocked => "blocked",
            Stage::Completed => "completed",
            Stage::Rejected => "rejected",
            Stage::Deprecated => "deprecated",
            Stage::Archived => "archived",
            Stage::Superseded => "superseded",
            Stage::Unknown => "unknown",
        }
    }

    /// The stage for its own word.
    pub fn from_word(word: &str) -> Option<Stage> {
        STAGES.iter().copied().find(|stage| stage.word() == word)
    }

    /// Draft, proposed, active or blocked: still being worked on, so it can be late.
    pub fn live(self) -> bool {
        matches!(self, Stage::Draft | Stage::Proposed | Stage::Active | Stage::Blocked)
    }
}

/// Where a fact was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// A key of the YAML or TOML block at the top.
    Frontmatter,
    /// A line of its own at the top or the foot: `**Status:** Draft`, `- Start Date: …`, `## Plan ID: …`.
    Header,
    /// A two-column table at the top.
    Table,
    /// The text under a heading such as `## Status`.
    Section,
    /// A row of boxes of which one is ticked: `**Plan Status**: [x] Draft [ ] Done`.
    Checkbox,
    /// An HTML comment: `<!-- SPECKIT_LEVEL: 2 -->`.
    Comment,
    /// A file beside the document: `kep.yaml`.
    Sidecar,
    /// A badge at the top: an image, or words in back-ticks.
    Badge,
    /// The document's first heading.
    Title,
    /// The file's name.
    FileName,
    /// A folder's name.
    Folder,
    /// Another document says so: a successor that names this one.
    Relation,
}

impl Origin {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Origin::Frontmatter => "frontmatter",
            Origin::Header => "header",
            Origin::Table => "table",
            Origin::Section => "section",
            Origin::Checkbox => "checkbox",
            Origin::Comment => "comment",
            Origin::Sidecar => "sidecar",
            Origin::Badge => "badge",
            Origin::Title => "title",
            Origin::FileName => "file-name",
            Origin::Folder => "folder",
            Origin::Relation => "relation",
        }
    }
}

/// One metadata key and its value, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The key as written, without its decoration.
    pub key: Spanned<String>,
    /// The value.
    pub value: Value,
    /// Where it stands.
    pub origin: Origin,
}

/// A field's value. Scalars are kept as written (`0042`, `no`), because their meaning depends on the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// One text; empty where nothing was written.
    Scalar(Spanned<String>),
    /// Several values.
    List(Vec<Value>, Span),
    /// Keys within the key.
    Map(Vec<Field>, Span),
}

impl Value {
    /// Where the value stands.
    pub fn span(&self) -> Span {
        match self {
            Value::Scalar(text) => text.span,
            Value::List(_, span) | Value::Map(_, span) => *span,
        }
    }

    /// The text of a scalar; absent for lists and maps.
    pub fn text(&self) -> Option<&Spanned<String>> {
        match self {
            Value::Scalar(text) => Some(text),
            Value::List(..) | Value::Map(..) => None,
        }
    }

    /// All texts: of a scalar itself, of a list its scalars, of a map the scalars of its values.
    pub fn texts(&self) -> Vec<&Spanned<String>> {
        match self {
            Value::Scalar(text) => vec![text],
            Value::List(values, _) => values.iter().flat_map(Value::texts).collect(),
            Value::Map(fields, _) => fields.iter().flat_map(|field| field.value.texts()).collect(),
        }
    }
}

/// A status somewhere in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The word or words as written.
    pub raw: String,
    /// What they mean.
    pub stage: Stage,
    /// Where they stand.
    pub origin: Origin,
    /// The key as written: `lifecycle`, `Status`; absent for a folder.
    pub key: Option<String>,
    /// The place of the words; empty at the start of the text for a folder or a file name.
    pub span: Span,
}

/// The dates a document gives itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dates {
    /// First written.
    pub created: Option<Spanned<Date>>,
    /// Last changed, as the document says.
    pub updated: Option<Spanned<Date>>,
    /// Last confirmed to be true.
    pub reviewed: Option<Spanned<Date>>,
    /// Good through this day.
    pub expires: Option<Spanned<Date>>,
    /// To be confirmed by this day.
    pub next_review: Option<Spanned<Date>>,
    /// When it was decided.
    pub decided: Option<Spanned<Date>>,
    /// When it was done.
    pub completed: Option<Spanned<Date>>,
    /// How long a review is good for.
    pub review_in: Option<Spanned<Period>>,
}

/// What a mention looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MentionForm {
    /// `[text](target)`, also by reference.
    Link,
    /// `![alt](target)`.
    Image,
    /// `[[page]]`, `[[page#heading|text]]`.
    Wiki,
    /// An id in running text: `ADR-0018`.
    Id,
    /// A value of a metadata field.
    Field,
}

/// A link, path or id as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The target as written: a relative path, an address, an id. Without the angle brackets and title of a link.
    pub target: String,
    /// What it looks like.
    pub form: MentionForm,
    /// The relation its place gives it: a link in `supersedes:` supersedes. Running text only mentions.
    pub relation: RelationKind,
    /// Where it stands. For a link the whole of it.
    pub span: Span,
}

/// How two documents hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RelationKind {
    /// This one takes the other's place.
    Supersedes,
    /// The other takes this one's place.
    SupersededBy,
    /// This one needs the other first.
    DependsOn,
    /// The other needs this one first.
    Blocks,
    /// They belong together.
    Related,
    /// This one follows from the other.
    BasedOn,
    /// This one carries the other out.
    Implements,
    /// This one decides the other.
    Decides,
    /// This one changes a part of the other.
    Amends,
    /// This one speaks of the other.
    Mentions,
}

impl RelationKind {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            RelationKind::Supersedes => "supersedes",
            RelationKind::SupersededBy => "superseded-by",
            RelationKind::DependsOn => "depends-on",
            RelationKind::Blocks => "blocks",
            RelationKind::Related => "related",
            RelationKind::BasedOn => "based-on",
            RelationKind::Implements => "implements",
            RelationKind::Decides => "decides",
            RelationKind::Amends => "amends",
            RelationKind::Mentions => "mentions",
        }
    }

    /// The relation seen from the other side, where it has a name.
    pub fn inverse(self) -> Option<RelationKind> {
        match self {
            RelationKind::Supersedes => Some(RelationKind::SupersededBy),
            RelationKind::SupersededBy => Some(RelationKind::Supersedes),
            RelationKind::DependsOn => Some(RelationKind::Blocks),
            RelationKind::Blocks => Some(RelationKind::DependsOn),
            RelationKind::Related => Some(RelationKind::Related),
            _ => None,
        }
    }
}

/// A mention understood: an edge between two documents of the collection, or out of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// How they hang together, seen from `from`.
    pub kind: RelationKind,
    /// Index of the document that has the relation.
    pub from: usize,
    /// Index of the other document; absent where the mention leads nowhere.
    pub to: Option<usize>,
    /// As written; for an inferred relation as the other side wrote it.
    pub raw: String,
    /// Where it is written: in `from`, or in `to` for an inferred one.
    pub span: Span,
    /// Only the other side says so.
    pub inferred: bool,
}

/// A path to code that a document names in its metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodePath {
    /// Relative to the repository's root, as written.
    pub path: Spanned<String>,
    /// Whether it is there; filled by `resolve`.
    pub exists: bool,
}

/// What a document asks of AI agents (the `ai:` block).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ai {
    /// `high`, `normal` … as written.
    pub priority: Option<String>,
    /// `always`, `on-demand` … as written.
    pub context_load: Option<String>,
    /// Words that should bring the document to mind.
    pub triggers: Vec<String>,
    /// How many tokens it may cost.
    pub token_budget: Option<u64>,
}

/// Whether a document is a plan or the mould for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// A document proper.
    #[default]
    Document,
    /// A template: placeholders stand where facts should be.
    Template,
}

/// A decision that is a section of a document: `## ADR-001: Keep the queue`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// As written: `ADR-001`.
    pub id: Spanned<String>,
    /// The heading without the id.
    pub title: String,
    /// Where it stands; absent where the section doesn't say.
    pub status: Option<Status>,
    /// When it was decided.
    pub date: Option<Date>,
    /// The heading's anchor.
    pub anchor: String,
    /// Line of its heading, from 1.
    pub line: u32,
}

/// One Markdown file, understood.
#[derive(Debug, Clone)]
pub struct Document {
    /// The text and its path.
    pub source: Source,
    /// Which sort.
    pub kind: Kind,
    /// Document or template.
    pub role: Role,
    /// Name of the dialect it is written in.
    pub dialect: &'static str,
    /// `PLAN-023`, `ADR-0018`: as written, or made of the kind's prefix and the file's number.
    pub id: Option<Spanned<String>>,
    /// Never empty: the file's name where nothing better is written.
    pub title: Spanned<String>,
    /// A sentence or two on what it is about, without markup.
    pub summary: Option<String>,
    /// The status that counts.
    pub status: Option<Status>,
    /// Every status found, the one that counts among them, strongest first.
    pub statuses: Vec<Status>,
    /// Who answers for it, in the order written.
    pub owners: Vec<Spanned<String>>,
    /// Who cares.
    pub stakeholders: Vec<Spanned<String>>,
    /// Tags, in the order written.
    pub tags: Vec<Spanned<String>>,
    /// Its dates.
    pub dates: Dates,
    /// What the body holds.
    pub anatomy: Anatomy,
    /// Links, ids and paths in metadata and text, in the order of the text.
    pub mentions: Vec<Mention>,
    /// Code it names in its metadata.
    pub code: Vec<CodePath>,
    /// Files it lists as the ones it changes, as written, relative to the repository or to the document.
    pub listed: Vec<Spanned<String>>,
    /// The `ai:` block.
    pub ai: Option<Ai>,
    /// Decisions recorded in sections of it, in order; empty where the document is one decision itself.
    pub decisions: Vec<Decision>,
    /// All metadata as written.
    pub fields: Vec<Field>,
    /// Byte offset where the body begins, after the frontmatter.
    pub body: u32,
}

impl Document {
    /// Path relative to the collection's root.
    pub fn path(&self) -> &str {
        &self.source.path
    }

    /// The text after the frontmatter.
    pub fn body(&self) -> &str {
        self.source.text.get(self.body as usize..).unwrap_or("")
    }

    /// Stands on boards and is judged for its life: a kind with a life, and not a template.
    pub fn tracked(&self) -> bool {
        self.kind.entry().tracked && self.role == Role::Document
    }

    /// Where it stands; absent where no status is written anywhere.
    pub fn stage(&self) -> Option<Stage> {
        self.status.as_ref().map(|status| status.stage)
    }

    /// Ticked and all boxes that count as work. With phases, those in phases; else all but gates, nested and cancelled
    /// ones.
    pub fn progress(&self) -> (u32, u32) {
        let phased = self.anatomy.phases.iter().any(|phase| phase.total > 0);
        if phased {
            let sum = |count: fn(&Phase) -> u32| self.anatomy.phases.iter().map(count).sum();
            return (sum(|phase| phase.done), sum(|phase| phase.total));
        }
        let work = || self.anatomy.tasks.iter().filter(|task| task.counts());
        (work().filter(|task| task.done).count() as u32, work().count() as u32)
    }

    /// Conditions of the whole document: those that are met and all of them.
    pub fn gates(&self) -> Gates {
        let all = || {
            let stands = |task: &&Task| task.gate && !task.nested && task.state != TaskState::Cancelled;
            self.anatomy.tasks.iter().filter(stands)
        };
        Gates { done: all().filter(|task| task.done).count() as u32, total: all().count() as u32 }
    }
}

/// Where a live document stands against its deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Freshness {
    /// Past `expires`.
    Expired,
    /// Past a review date.
    ReviewOverdue,
    /// A deadline is near.
    Due,
    /// Live, wants a deadline, has none.
    Unscheduled,
    /// None of these.
    Fresh,
    /// Not live, a template, or not tracked.
    Exempt,
}

impl Freshness {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Freshness::Expired => "expired",
            Freshness::ReviewOverdue => "review-overdue",
            Freshness::Due => "due",
            Freshness::Unscheduled => "unscheduled",
            Freshness::Fresh => "fresh",
            Freshness::Exempt => "exempt",
        }
    }
}

/// A document's freshness and the deadline behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The state.
    pub state: Freshness,
    /// The day that decides; absent where there is none.
    pub deadline: Option<Spanned<Date>>,
    /// The key the deadline comes from: `expires`, `next_review`, `review_in`, `lease`.
    pub basis: Option<&'static str>,
    /// The deadline follows from the config, not from the document.
    pub inferred: bool,
}

/// A fact beside the freshness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Signal {
    /// Says of itself that it waits.
    Blocked,
    /// Two places disagree.
    Contradiction,
    /// Template placeholders are left.
    Placeholders,
    /// Active, and its content hasn't changed for long.
    Stale,
    /// Code it names changed since it was reviewed.
    Drifted,
}

impl Signal {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Signal::Blocked => "blocked",
            Signal::Contradiction => "contradiction",
            Signal::Placeholders => "placeholders",
            Signal::Stale => "stale",
            Signal::Drifted => "drifted",
        }
    }
}
