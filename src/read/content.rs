//! What counts as a document's content: the text without frontmatter and without the lines that state facts.
//!
//! Git's versions of a file are told apart by it, so that a new review date or owner isn't taken for work on the plan.
//! It looks at lines only, because thousands of old versions pass through here; what a line means exactly is none of its
//! business.

use xxhash_rust::xxh3::Xxh3;

use super::fact::{self, Fact};

/// Lines of a top without headings that may state facts.
const TOP_LINES: usize = 60;

/// A number that is the same for two versions with the same content. Empty lines and spaces at line ends don't count.
pub fn measure(text: &str) -> u64 {
    let mut measure = Xxh3::new();
    let mut top = true;
    for (number, line) in body(text).lines().enumerate() {
        let line = line.trim_end();
        let plain = line.trim_start().trim_start_matches(['#', '>', '-', '*', '+', '|', ' ']);
        top &= number < TOP_LINES && !(line.starts_with("##") && key(plain).is_none());
        if !plain.is_empty() && !states(line, top) {
            measure.update(line.as_bytes());
            measure.update(b"\n");
        }
    }
    measure.digest()
}

/// The text after the frontmatter.
fn body(text: &str) -> &str {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let fence = text.lines().next().unwrap_or("").trim_end();
    if !matches!(fence, "---" | "+++") {
        return text;
    }
    let mut at = text.find('\n').map_or(text.len(), |end| end + 1);
    for line in text[at..].split_inclusive('\n') {
        at += line.len();
        if line.trim_end() == fence || (fence == "---" && line.trim_end() == "...") {
            return &text[at..];
        }
    }
    text
}

/// Whether a line states a fact: at the top any known one, further down a date or a state that is kept there.
fn states(line: &str, top: bool) -> bool {
    let plain = line.trim_start().trim_start_matches(['#', '>', '-', '+', '|', ' ']);
    let bold = plain.trim_start_matches("* ").starts_with("**") || plain.starts_with("__");
    let Some(fact) = key(plain).and_then(|key| fact::of(key, &[], &Default::default())) else { return false };
    let kept = matches!(fact, Fact::Updated | Fact::Reviewed | Fact::NextReview | Fact::ReviewIn | Fact::Expires);
    top || (bold && (kept || matches!(fact, Fact::Status | Fact::Progress)))
}

/// `Status` in `**Status:** Draft`, `Status: Draft` and `Status | Draft`.
fn key(line: &str) -> Option<&str> {
    let line = line.trim_start_matches(['*', '_', '`', ' ']);
    let key = &line[..line.find([':', '|', '*'])?];
    (key.len() <= 40).then(|| key.trim_end_matches(['*', '_', '`', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) -> bool {
        measure(a) == measure(b)
    }

    #[test]
    fn headers_do_not_count() {
        assert!(same(
            "---\nreviewed: 2026-01-01\n---\n# A\ntext\n",
            "---\nreviewed: 2026-02-01\nowner: B\n---\n# A\r\n\ntext"
        ));
        assert!(same("# A\n\n**Status:** Draft\n**Owner**: Ana\n\ntext\n", "# A\n\n**Status:** Active\ntext\n"));
        assert!(same("# A\n## Status: Draft\n## 1. Work\nx", "# A\n## Status: Done\n## 1. Work\nx"));
        assert!(same("# A\n| **Status** | Draft |\n", "# A\n| **Status** | Done |\n"));
        assert!(same("# A\n## B\nx\n**Last Updated:** 2026-01-01\n", "# A\n## B\nx\n**Last Updated:** 2026-02-01\n"));
    }

    #[test]
    fn work_counts() {
        assert!(!same("# A\n- [ ] one\n", "# A\n- [x] one\n"));
        assert!(!same("# A\n## B\n- Owner: Ana\n", "# A\n## B\n- Owner: Ben\n"));
        assert!(!same("---\na: 1\n---\ntext", "---\na: 1\n---\nother"));
        assert!(!same("---\nnever closed\n", "---\nnever shut\n"));
    }
}
