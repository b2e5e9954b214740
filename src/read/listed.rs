//! The files a plan lists as the ones it changes: under `**Files:**` and under headings such as `## Files to change`.
//!
//! Only paths in code marks are taken, because elsewhere in such a list prose stands. What is only read or deleted is
//! left out.

use super::lines::Line;
use crate::source::{Source, Span, Spanned};

/// More than this is a listing of the repository.
const MOST: usize = 500;
/// Headings and labels of such lists, lower case, without number and colon.
const NAMES: &[&str] = &[
    "file",
    "files",
    "files to change",
    "files to modify",
    "files to edit",
    "files to update",
    "files to create",
    "files to create/modify",
    "files changed",
    "files modified",
    "files affected",
    "files touched",
    "files created",
    "affected files",
    "changed files",
    "modified files",
    "touched files",
    "key files",
    "critical files",
];
/// Words before a path that say that the plan leaves it as it is, or makes it go.
const LEFT_ALONE: &[&str] = &["read", "reference", "see", "delete", "remove", "unchanged", "do not", "don't"];

/// All paths, in the order of the text.
pub fn read(source: &Source, lines: &[Line<'_>]) -> Vec<Spanned<String>> {
    let mut found: Vec<Spanned<String>> = Vec::new();
    let (mut section, mut label) = (false, false);
    for line in lines {
        let text = line.text.trim();
        if line.heading().is_some() {
            section = named(text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '#' | '.' | ' ')));
            label = false;
            continue;
        }
        let (head, rest) = labelled(text).unwrap_or(("", text));
        let listed = text.starts_with(['-', '*', '+', '|']) || text.is_empty();
        label = named(head) || (label && listed && head.is_empty());
        if section || label {
            found.extend(paths(rest).map(|path| Spanned::new(path.to_string(), Span::of(path, &source.text))));
        }
        if found.len() >= MOST {
            break;
        }
    }
    found.truncate(MOST);
    found
}

/// `**Files:** …` as its label and what stands behind it.
fn labelled(text: &str) -> Option<(&str, &str)> {
    let inner = text.trim_start_matches(['-', '*', ' ']);
    let bold = text.trim_start_matches(['-', ' ']).starts_with("**");
    let end = inner.find("**").filter(|_| bold)?;
    Some((&inner[..end], inner[end + 2..].trim_start_matches(':')))
}

fn named(label: &str) -> bool {
    let label = label.trim().trim_end_matches([':', '*', ' ']).to_lowercase();
    NAMES.contains(&label.as_str())
}

/// Paths in code marks: with a folder or an ending, without spaces and without the shapes of code.
fn paths(text: &str) -> impl Iterator<Item = &str> {
    let before = text.split('`').next().unwrap_or("").to_lowercase();
    let alone = LEFT_ALONE.iter().any(|word| before.contains(word));
    let codes = text.split('`').skip(1).step_by(2).filter(move |_| !alone);
    let odd = |c: char| c.is_whitespace() || "<>(){}[]$=;,\"'\\|".contains(c);
    let ending = |path: &str| {
        path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).is_some_and(|(stem, ending)| {
            !stem.is_empty()
                && (1..=6).contains(&ending.len())
                && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
    };
    codes.filter(move |path| {
        let path = path.split(':').next().unwrap_or(path);
        path.len() <= 200
            && !path.starts_with(['/', '~', '-'])
            && !path.contains(odd)
            && (ending(path) || path.ends_with('/'))
    })
}

#[cfg(test)]
mod tests {
    use super::super::lines;
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let source = Source::new("a.md", text);
        read(&source, &lines::prose(&source, 0)).into_iter().map(|path| path.value).collect()
    }

    #[test]
    fn lists_tables_and_labels() {
        assert_eq!(
            shown(
                "## Task 1\n**Files:**\n- Create: `src/a.rs`\n- Modify: `src/b.rs:10-20` and `c.toml`\n- Read: `src/no.rs`\n\n**Interfaces:**\n- `src/not.rs`\n"
            ),
            ["src/a.rs", "src/b.rs:10-20", "c.toml"]
        );
        assert_eq!(
            shown(
                "### 2.3 Files to Change\n\n| File | Change |\n|---|---|\n| `src/a.rs` | `call()` |\n\n## Next\n`src/b.rs`\n"
            ),
            ["src/a.rs"]
        );
        assert_eq!(shown("**File**: `src/a/`\nThe file `src/b.rs` is fine.\n"), ["src/a/"]);
        assert_eq!(shown("**Files:** `/etc/passwd`, `$ROOT/x.rs`, `npm run x`, `--flag.x`, `word`\n"), [""; 0]);
    }
}
