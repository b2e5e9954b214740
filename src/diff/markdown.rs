//! What changed, as Markdown for a comment on a pull request.
//!
//! The first line is a mark by which a later run finds the comment again. Everything that comes from documents stands as
//! code, so that it can't name people, link or break a table.

use super::{Deadline, Diff, Flaw, Subject};
use crate::report::escape::{cell, code};
use crate::words;

/// GitHub takes comments of 65,536 characters; so many bytes always fit.
const LONGEST: usize = 65_000;
/// Room for the line that says how much was left out.
const ROOM: usize = 80;

/// The comment. `base` and `head` name the two sides.
pub fn markdown(diff: &Diff, base: &str, head: &str) -> String {
    let mut out = format!("<!-- plansite:diff -->\n## Plans: {} → {}\n\n", code(base), code(head));
    if diff.is_empty() {
        return out + "No plan moved, no deadline changed, nothing is newly wrong.\n";
    }
    out += &summary(diff);
    let mut sheet = Sheet { out, left_out: 0 };
    let stage = |word: Option<&str>| word.unwrap_or("no status").to_string();
    let rows = diff.stages.iter().map(|it| [name(&it.subject), stage(it.from), stage(it.to)]);
    sheet.table("Moved between stages", ["document", "from", "to"], rows);
    let rows = diff.deadlines.iter().map(|it| [name(&it.subject), it.field.replace('_', " "), put_off(it)]);
    sheet.table("Deadlines", ["document", "which", "change"], rows);
    let flaw = |it: &Flaw| [format!("{}:{}", cell(&it.subject.path), it.line), it.rule.to_string(), cell(&it.message)];
    sheet.table("Newly broken links", ["place", "rule", "what"], diff.broken.iter().map(flaw));
    sheet.table("Ids that collide", ["place", "rule", "what"], diff.collisions.iter().map(flaw));
    sheet.table("Newly wrong", ["place", "rule", "what"], diff.flaws.iter().map(flaw));
    let new = |it: &Subject| [name(it), cell(&it.path), String::new()];
    sheet.table("New", ["document", "path", ""], diff.added.iter().map(new));
    sheet.table("Gone", ["document", "path", ""], diff.removed.iter().map(new));
    let rows = diff.moved.iter().map(|it| [name(&it.subject), cell(&it.from), cell(&it.subject.path)]);
    sheet.table("Moved files", ["document", "from", "to"], rows);
    sheet.finish()
}

/// One sentence with the numbers that aren't zero.
fn summary(diff: &Diff) -> String {
    let late = diff.deadlines.iter().filter(|it| it.late && it.days.is_some_and(|days| days > 0)).count();
    let parts = [
        (diff.added.len(), "new document", "new documents"),
        (diff.removed.len(), "document gone", "documents gone"),
        (diff.moved.len(), "file moved", "files moved"),
        (diff.stages.len(), "change of stage", "changes of stage"),
        (diff.deadlines.len(), "change of deadline", "changes of deadlines"),
        (late, "deadline put off after it had passed", "deadlines put off after they had passed"),
        (diff.broken.len(), "newly broken link", "newly broken links"),
        (diff.collisions.len(), "colliding id", "colliding ids"),
        (diff.flaws.len(), "other new finding", "other new findings"),
        (diff.fixed, "finding gone", "findings gone"),
    ];
    let said = parts.iter().filter(|(count, ..)| *count > 0).map(|(count, one, many)| words::count(*count, one, many));
    said.collect::<Vec<_>>().join(", ") + ".\n"
}

fn name(subject: &Subject) -> String {
    match &subject.id {
        Some(id) => cell(&format!("{id} {}", words::shorten(&subject.title, 100))),
        None => cell(&words::shorten(&subject.title, 100)),
    }
}

/// `2026-11-01 → 2027-01-01, put off by 61 days after it had passed`
fn put_off(it: &Deadline) -> String {
    let day = |day: &Option<String>| day.clone().unwrap_or_else(|| "none".into());
    let by = match it.days {
        Some(days) if days > 0 => format!(", put off by {}", words::count(days.unsigned_abs() as usize, "day", "days")),
        Some(days) => format!(", brought forward by {}", words::count(days.unsigned_abs() as usize, "day", "days")),
        None => String::new(),
    };
    let late = if it.late && it.days.is_some_and(|days| days > 0) { " after it had passed" } else { "" };
    format!("{} → {}{by}{late}", day(&it.from), day(&it.to))
}

struct Sheet {
    out: String,
    left_out: usize,
}

impl Sheet {
    /// A heading and a table; nothing where there are no rows. Rows that would be too many are counted.
    fn table(&mut self, heading: &str, head: [&str; 3], rows: impl ExactSizeIterator<Item = [String; 3]>) {
        if rows.len() == 0 {
            return;
        }
        let width = if head[2].is_empty() { 2 } else { 3 };
        let line = |cells: &[String]| format!("| {} |\n", cells[..width].join(" | "));
        let head = head.map(str::to_string);
        let top = format!("\n### {heading}\n\n{}{}\n", line(&head), "|---".repeat(width) + "|");
        if self.out.len() + top.len() + ROOM > LONGEST {
            self.left_out += rows.len();
            return;
        }
        self.out += &top;
        for row in rows {
            let row = line(&row);
            if self.left_out > 0 || self.out.len() + row.len() + ROOM > LONGEST {
                self.left_out += 1;
            } else {
                self.out += &row;
            }
        }
    }

    fn finish(mut self) -> String {
        if self.left_out > 0 {
            self.out += &format!("\n{} more rows; `plansite diff --format json` has them all.\n", self.left_out);
        }
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;

    #[test]
    fn untrusted_words_stay_words() {
        let subject = Subject { path: "a|b.md".into(), id: None, title: "@ana `x` | <b> [y](z)".into() };
        let diff = Diff { added: vec![subject], ..Diff::default() };
        assert_eq!(
            markdown(&diff, "main", "a`b"),
            "<!-- plansite:diff -->\n## Plans: `main` → `` a`b ``\n\n1 new document.\n\n### New\n\n| document | path |\n|---|---|\n\
             | `` @ana `x` \\| <b> [y](z) `` | `a\\|b.md` |\n"
        );
    }

    #[test]
    fn a_comment_is_never_too_long() {
        let flaw = |n: usize| Flaw {
            subject: Subject { path: format!("plans/{n}.md"), id: None, title: "T".into() },
            rule: "broken-link",
            severity: Severity::Error,
            line: 1,
            message: "x".repeat(300),
        };
        let diff =
            Diff { broken: (0..500).map(flaw).collect(), flaws: (0..500).map(flaw).collect(), ..Diff::default() };
        let text = markdown(&diff, "a", "b");
        assert!(text.len() <= 65_536, "{}", text.len());
        assert!(text.trim_end().ends_with("has them all."), "{}", &text[text.len() - 100..]);
    }
}
