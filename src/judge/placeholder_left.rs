//! Words of the template that nobody replaced.

use super::{Facts, Flaw, Rule};
use crate::diagnostic::Severity;
use crate::model::{Role, Signal};
use crate::words;

pub(super) const RULE: Rule = Rule {
    name: "placeholder-left",
    severity: Severity::Warning,
    what: "placeholders of a template that are left in a plan: `[Name]`, `YYYY-MM-DD`, `{{TITLE}}`",
    why: "the plan was never fully written, whatever its status says",
    fix: "fill them in, or delete the lines",
    example: "---\nstatus: active\n---\nOwner: [Team/person]",
    signal: Some(Signal::Placeholders),
    check,
};

fn check(facts: &Facts<'_>) -> Vec<Flaw> {
    let placeholders = &facts.document.anatomy.placeholders;
    let Some(first) =
        placeholders.first().filter(|_| facts.document.tracked() && facts.document.role == Role::Document)
    else {
        return Vec::new();
    };
    let shown = words::shorten(facts.document.source.slice(*first), 60);
    let message = match placeholders.len() {
        1 => format!("the template placeholder `{shown}` is left"),
        count => format!("{count} template placeholders are left, the first is `{shown}`"),
    };
    vec![Flaw::new(*first, message).help("fill them in, or delete the lines")]
}
