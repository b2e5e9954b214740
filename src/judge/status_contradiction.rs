//! Two places in a document that disagree about its status.

use super::{Facts, Flaw, Rule};
use crate::diagnostic::Severity;
use crate::model::{Origin, Signal, Stage, Status};

pub(super) const RULE: Rule = Rule {
    name: "status-contradiction",
    severity: Severity::Warning,
    what: "two statuses in one document that say different things",
    why: "readers see one, tools the other",
    fix: "make them agree; lifecycle counts before status, the frontmatter before header lines, these before boxes",
    example: "---\nstatus: active\n---\n**Status:** Draft",
    signal: Some(Signal::Contradiction),
    check,
};

fn check(facts: &Facts<'_>) -> Vec<Flaw> {
    let mut written = facts
        .document
        .statuses
        .iter()
        .filter(|status| status.origin != Origin::Folder && status.stage != Stage::Unknown);
    let (Some(first), true) = (written.next(), facts.document.tracked()) else { return Vec::new() };
    let line = |status: &Status| facts.document.source.place(status.span.start).line;
    let other = |status: &&Status| status.stage != first.stage && status.span != first.span;
    let flaw = |status: &Status| {
        let message = format!(
            "line {} says {}, line {} says {}",
            line(first),
            first.stage.word(),
            line(status),
            status.stage.word()
        );
        Flaw::new(status.span, message).help(format!("make them agree; line {} counts", line(first)))
    };
    written.filter(other).map(flaw).collect()
}
