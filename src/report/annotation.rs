//! Annotations of GitHub Actions, as its runner reads them from a log.
//!
//! It shows ten of a level in a step and drops the rest without a word, and cuts long messages.

use super::{clipped, escape};
use crate::diagnostic::Severity;
use crate::words;

/// Annotations of one level that the runner shows in a step.
pub(super) const LIMIT: usize = 10;
/// Characters of a message that the runner shows.
const MESSAGE: usize = 4096;

/// One annotation; `place` is made of numbers only.
pub(super) fn annotation(file: &str, place: &str, severity: Severity, rule: &str, message: &str) -> String {
    let lines: Vec<String> = message.split('\n').map(words::visible).collect();
    let message = lines.join("\n");
    let end = message.char_indices().nth(MESSAGE).map_or(message.len(), |(at, _)| at);
    format!(
        "::{} file={},{place},title={}::{}\n",
        severity.word(),
        escape::property(&words::visible(file)),
        escape::property(&format!("plansite: {rule}")),
        escape::command(clipped(&message, end))
    )
}

/// What is told of the annotations beyond the limit.
pub(super) fn more(found: usize, severity: Severity) -> String {
    match found.saturating_sub(LIMIT) {
        0 => String::new(),
        more => {
            let (one, many) = (format!("more {}", severity.word()), format!("more {}s", severity.word()));
            format!("{}: see the job summary\n", words::count(more, &one, &many))
        }
    }
}
