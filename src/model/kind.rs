//! Which sorts of documents there are, and how each is recognised and called. Adding one is adding an entry.

/// Which sort of document, decided from `type:`, the dialect, the folder, the file's name or the title, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// What will be built, in which steps.
    Plan,
    /// An architecture decision record.
    Adr,
    /// A request for comments.
    Rfc,
    /// What something must do.
    Spec,
    /// An investigation and what it found.
    Research,
    /// A proposal that is neither an RFC nor a plan.
    Proposal,
    /// A goal or an objective.
    Goal,
    /// A list of tasks kept apart from its plan.
    Tasks,
    /// The record of a working session.
    Session,
    /// Anything else: a README, a guide, an index. Has a page, is on no board and is not judged for its life.
    Page,
}

/// What is known of a kind, for every place that lists kinds.
#[derive(Debug)]
pub struct KindEntry {
    /// The kind.
    pub kind: Kind,
    /// The word in JSON, in the config and on the command line.
    pub word: &'static str,
    /// On the site, one: `Plan`.
    pub label: &'static str,
    /// On the site, many: `Plans`.
    pub plural: &'static str,
    /// First part of its addresses: `plans`.
    pub address: &'static str,
    /// Prefix of an id made from a number: `PLAN`.
    pub prefix: &'static str,
    /// Has a life: stands on boards and is judged.
    pub tracked: bool,
    /// A live one is expected to carry a deadline.
    pub scheduled: bool,
    /// Words for it in `type:` and `kind:`, lower case, besides `word`.
    pub types: &'static [&'static str],
    /// Folder names that hold it, lower case.
    pub folders: &'static [&'static str],
    /// Words of a file's name that mark it, lower case.
    pub files: &'static [&'static str],
    /// How its titles begin, lower case: `implementation plan:`.
    pub titles: &'static [&'static str],
}

/// All kinds, in the order in which the site lists them.
pub const KINDS: &[KindEntry] = &[
    KindEntry {
        kind: Kind::Plan,
        word: "plan",
        label: "Plan",
        plural: "Plans",
        address: "plans",
        prefix: "PLAN",
        tracked: true,
        scheduled: true,
        types: &["implementation plan", "implementation-plan", "exec-plan", "execplan", "roadmap"],
        folders: &["plans", "plan", "roadmaps", "exec-plans", "program"],
        files: &["plan", "roadmap"],
        titles: &["implementation plan", "plan:", "project plan", "execution plan", "roadmap:"],
    },
    KindEntry {
        kind: Kind::Adr,
        word: "adr",
        label: "ADR",
        plural: "ADRs",
        address: "decisions",
        prefix: "ADR",
        tracked: true,
        scheduled: false,
        types: &["decision", "decision record", "decision-record", "architecture decision record"],
        folders: &[
            "adr",
            "adrs",
            "decisions",
            "decision-records",
            "decision-record",
            "architecture-decision-record",
            "architecture-decision-records",
            "architecture-decisions",
        ],
        files: &["adr", "decision-record"],
        titles: &["adr-", "adr ", "adr:", "decision record", "architecture decision"],
    },
    KindEntry {
        kind: Kind::Rfc,
        word: "rfc",
        label: "RFC",
        plural: "RFCs",
        address: "rfcs",
        prefix: "RFC",
        tracked: true,
        scheduled: true,
        types: &["request for comments", "rfd"],
        folders: &["rfc", "rfcs", "rfd", "rfds"],
        files: &["rfc", "rfd"],
        titles: &["rfc:", "rfc-", "rfc "],
    },
    KindEntry {
        kind: Kind::Spec,
        word: "spec",
        label: "Spec",
        plural: "Specs",
        address: "specs",
        prefix: "SPEC",
        tracked: true,
        scheduled: false,
        types: &["specification", "feature", "feature specification", "prd", "requirements"],
        folders: &["specs", "spec", "specifications", "prd", "prds", "requirements"],
        files: &["spec", "specification", "mainspec", "prd", "requirements"],
        titles: &["feature specification", "spec:", "specification:", "spec-"],
    },
    KindEntry {
        kind: Kind::Research,
        word: "research",
        label: "Research",
        plural: "Research",
        address: "research",
        prefix: "RES",
        tracked: true,
        scheduled: true,
        types: &["investigation", "spike", "research note"],
        folders: &["research", "investigations", "spikes"],
        files: &["research", "investigation", "spike"],
        titles: &["research:", "investigation:", "spike:"],
    },
    KindEntry {
        kind: Kind::Proposal,
        word: "proposal",
        label: "Proposal",
        plural: "Proposals",
        address: "proposals",
        prefix: "PROP",
        tracked: true,
        scheduled: false,
        types: &["design", "design doc", "design-doc", "enhancement", "standards track", "kep", "eip"],
        folders: &["proposals", "proposal", "designs", "design-docs", "eips", "keps", "changes"],
        files: &["proposal", "design"],
        titles: &["proposal:", "design:", "design doc"],
    },
    KindEntry {
        kind: Kind::Goal,
        word: "goal",
        label: "Goal",
        plural: "Goals",
        address: "goals",
        prefix: "GOAL",
        tracked: true,
        scheduled: false,
        types: &["objective", "okr"],
        folders: &["goals", "okrs", "objectives"],
        files: &["goal", "okr"],
        titles: &["goal:", "objective:"],
    },
    KindEntry {
        kind: Kind::Tasks,
        word: "task list",
        label: "Task list",
        plural: "Task lists",
        address: "tasks",
        prefix: "TASK",
        tracked: true,
        scheduled: false,
        types: &["task", "tasks", "task-list", "tasklist", "todo"],
        folders: &["tasks", "backlog", "todo", "todos"],
        files: &["tasks", "todo"],
        titles: &["tasks:", "task list"],
    },
    KindEntry {
        kind: Kind::Session,
        word: "session",
        label: "Session",
        plural: "Sessions",
        address: "sessions",
        prefix: "SESSION",
        tracked: true,
        scheduled: false,
        types: &["session log", "session-log", "handover"],
        folders: &["sessions", "session-logs"],
        files: &["session", "handover"],
        titles: &["session:", "session log"],
    },
    KindEntry {
        kind: Kind::Page,
        word: "page",
        label: "Page",
        plural: "Pages",
        address: "pages",
        prefix: "",
        tracked: false,
        scheduled: false,
        types: &["guide", "howto", "how-to", "reference", "readme", "index", "runbook", "concept"],
        folders: &[],
        files: &[],
        titles: &[],
    },
];

impl Kind {
    /// What is known of this kind.
    pub fn entry(self) -> &'static KindEntry {
        KINDS.iter().find(|entry| entry.kind == self).unwrap_or(&KINDS[KINDS.len() - 1])
    }

    /// The kind for a word of `type:`, in any case.
    pub fn from_word(word: &str) -> Option<Kind> {
        let word = word.trim().to_lowercase();
        let named = |entry: &&KindEntry| entry.word == word || entry.types.contains(&word.as_str());
        KINDS.iter().find(named).map(|entry| entry.kind)
    }
}
