//! CODEOWNERS: who answers for a path, as forges read it.
//!
//! The last pattern that matches counts; one without owners takes ownership away. `!`, `[ ]` and `\#` mean nothing here, as
//! on GitHub, so such lines are passed over. Sections with owners of their own, as GitLab has them, are understood.

use crate::glob;

/// More patterns than this are not read.
const MOST: usize = 20_000;

/// The lines of a CODEOWNERS file.
#[derive(Debug, Default)]
pub struct Codeowners {
    rules: Vec<Rule>,
}

#[derive(Debug)]
struct Rule {
    /// In the words of [`glob`].
    pattern: String,
    /// Only the path itself is meant, not what lies below it: `docs/*`.
    flat: bool,
    owners: Vec<String>,
}

impl Codeowners {
    /// Reads the text of a file. Lines that can't be read are passed over.
    pub fn parse(text: &str) -> Self {
        let mut rules = Vec::new();
        let mut section: Vec<String> = Vec::new();
        for line in text.lines().map(str::trim) {
            if line.starts_with('[') || line.starts_with("^[") {
                section = owners(line.rsplit(']').next().unwrap_or("").split_whitespace());
                continue;
            }
            let words = words(line);
            let Some((pattern, rest)) = words.split_first() else { continue };
            if pattern.starts_with(['!', '#']) || pattern.contains(['[', ']']) || line.starts_with("\\#") {
                continue;
            }
            let named = owners(rest.iter().map(String::as_str));
            let owners = if named.is_empty() { section.clone() } else { named };
            rules.push(Rule { pattern: rooted(pattern), flat: pattern.ends_with("/*"), owners });
            if rules.len() >= MOST {
                break;
            }
        }
        Codeowners { rules }
    }

    /// Who answers for a path relative to the repository; nobody where nothing matches.
    pub fn owners(&self, path: &str) -> &[String] {
        let holds = |rule: &&Rule| {
            if rule.flat { glob::matches(&rule.pattern, path) } else { glob::holds(&rule.pattern, path) }
        };
        self.rules.iter().rev().find(holds).map_or(&[], |rule| &rule.owners)
    }
}

/// A pattern without a slash, or with one at its end only, means any depth.
fn rooted(pattern: &str) -> String {
    let bare = pattern.trim_end_matches('/');
    match bare.strip_prefix('/') {
        Some(rest) => rest.to_string(),
        None if bare.contains('/') => bare.to_string(),
        None => format!("**/{bare}"),
    }
}

/// Handles, teams and addresses; anything else is no owner.
fn owners<'a>(words: impl Iterator<Item = &'a str>) -> Vec<String> {
    words.filter(|word| word.contains('@') && word.len() <= 200).map(str::to_string).collect()
}

/// The words of a line up to a comment; a space behind a backslash belongs to the word.
fn words(line: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let (mut word, mut escaped) = (String::new(), false);
    for c in line.chars() {
        match c {
            '\\' if !escaped => escaped = true,
            '#' if word.is_empty() && !escaped => break,
            c if c.is_whitespace() && !escaped => {
                words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
            }
            c => {
                escaped = false;
                word.push(c);
            }
        }
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, path: &str) -> String {
        Codeowners::parse(text).owners(path).join(" ")
    }

    #[test]
    fn the_last_match_wins_and_an_empty_one_clears() {
        let text = "* @all\n/docs/ @docs # comment @no\n/docs/plans/ @ana ben@x.org\n/docs/plans/free/\n";
        assert_eq!(of(text, "src/a.rs"), "@all");
        assert_eq!(of(text, "docs/a/b.md"), "@docs");
        assert_eq!(of(text, "docs/plans/a.md"), "@ana ben@x.org");
        assert_eq!(of(text, "docs/plans/free/a.md"), "");
        assert_eq!(of("docs/ @docs", "none.md"), "");
    }

    #[test]
    fn patterns_are_those_of_forges() {
        assert_eq!(of("docs/* @d", "docs/a.md"), "@d");
        assert_eq!(of("docs/* @d", "docs/a/b.md"), "");
        assert_eq!(of("*.md @d", "x/y/a.md"), "@d");
        assert_eq!(of("apps/ @d", "x/apps/y/a.md"), "@d");
        assert_eq!(of("/apps @d", "x/apps/a.md"), "");
        assert_eq!(of("**/logs @d", "x/logs/a.md"), "@d");
        assert_eq!(of("a\\ b.md @d", "x/a b.md"), "@d");
    }

    #[test]
    fn what_forges_ignore_is_ignored() {
        for line in ["!docs/ @d", "\\#docs @d", "doc[s] @d", "# docs @d"] {
            assert_eq!(of(line, "docs/a.md"), "", "{line}");
        }
        assert_eq!(of("docs/ nobody", "docs/a.md"), "");
        assert_eq!(of("[Docs] @team\ndocs/\nsrc/ @own\n", "docs/a.md"), "@team");
    }
}
