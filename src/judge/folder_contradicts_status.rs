//! A status that says something else than the folder.

use super::{Facts, Flaw, Rule};
use crate::diagnostic::Severity;
use crate::model::{Origin, Signal, Stage};

pub(super) const RULE: Rule = Rule {
    name: "folder-contradicts-status",
    severity: Severity::Warning,
    what: "a document in a folder such as `completed/` whose own status says something else",
    why: "people go by the folder, tools by the status; one of them is misled",
    fix: "move the file, or correct the status; the status counts",
    example: "plans/active/x.md: `status: completed`",
    signal: Some(Signal::Contradiction),
    check,
};

fn check(facts: &Facts<'_>) -> Vec<Flaw> {
    let statuses = &facts.document.statuses;
    let folder = statuses.iter().find(|status| status.origin == Origin::Folder);
    let own = facts
        .document
        .status
        .as_ref()
        .filter(|status| status.origin != Origin::Folder && status.stage != Stage::Unknown);
    let (Some(folder), Some(own), true) = (folder, own, facts.document.tracked()) else { return Vec::new() };
    if agree(folder.stage, own.stage) {
        return Vec::new();
    }
    let place = facts.status_place();
    let message = format!(
        "the folder `{}` says {}, the status{place} says {}",
        folder.raw,
        folder.stage.word(),
        own.stage.word()
    );
    vec![Flaw::new(facts.status_span(), message).help("move the file, or correct the status")]
}

/// An archive takes everything that is closed, an active folder everything that is live, an accepted one what follows.
fn agree(folder: Stage, own: Stage) -> bool {
    match folder {
        Stage::Archived => !own.live(),
        Stage::Active => {
            matches!(own, Stage::Active | Stage::Blocked | Stage::Draft | Stage::Proposed | Stage::Accepted)
        }
        Stage::Completed => {
            matches!(own, Stage::Completed | Stage::Superseded | Stage::Archived | Stage::Accepted | Stage::Deprecated)
        }
        Stage::Accepted => {
            matches!(own, Stage::Accepted | Stage::Completed | Stage::Superseded | Stage::Active | Stage::Deprecated)
        }
        Stage::Draft | Stage::Proposed => matches!(own, Stage::Draft | Stage::Proposed),
        Stage::Rejected => matches!(own, Stage::Rejected | Stage::Superseded | Stage::Archived),
        Stage::Deprecated | Stage::Superseded => matches!(own, Stage::Deprecated | Stage::Superseded | Stage::Archived),
        Stage::Blocked => own == Stage::Blocked,
        Stage::Unknown => true,
    }
}
