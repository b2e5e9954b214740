//! A status word that means no stage.

use super::{Facts, Flaw, Rule};
use crate::diagnostic::Severity;
use crate::model::{Origin, STAGES, Stage};
use crate::read::status::words::WORDS;
use crate::words;

pub(super) const RULE: Rule = Rule {
    name: "unknown-status",
    severity: Severity::Error,
    what: "a status word that plansite doesn't know",
    why: "the document stands in the Unknown column; a guess would be worse",
    fix: "use a known word, or map yours in plansite.toml: `[status]` `parked = \"blocked\"`",
    example: "---\nstatus: parked\n---",
    signal: None,
    check,
};

fn check(facts: &Facts<'_>) -> Vec<Flaw> {
    let Some(status) = facts.document.status.as_ref().filter(|_| facts.tracked_in(Stage::Unknown)) else {
        return Vec::new();
    };
    if status.origin == Origin::Folder {
        return Vec::new();
    }
    // what is written over several lines is said in one
    let raw = status.raw.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = words::shorten(&raw, 60);
    let word = raw.to_lowercase();
    let known = STAGES.iter().map(|stage| stage.word()).chain(WORDS.iter().map(|(word, _)| *word));
    let flaw = Flaw::new(status.span, format!("`{shown}` is not a status that plansite knows"));
    let short = word.split_whitespace().count() <= 3;
    vec![match words::nearest(&word, known).filter(|near| *near != "unknown") {
        Some(near) => flaw.help(format!("did you mean `{near}`?")),
        None if short => {
            flaw.help(format!("use a known word, or map it in plansite.toml: [status] \"{word}\" = \"blocked\""))
        }
        None => flaw.help("begin with a word that plansite knows, such as draft, active or completed"),
    }]
}
