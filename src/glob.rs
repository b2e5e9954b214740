//! Patterns for paths: `*` and `?` within a part, `**` across parts.
//!
//! Pure, without brackets and negation, which neither code paths nor CODEOWNERS have.

use crate::path;
/// Steps one match may take; beyond them a pattern of many stars doesn't match.
const STEPS: u32 = 100_000;
/// Parts a pattern may have.
const PARTS: usize = 100;

/// Whether a path is what a pattern means, or lies below it.
pub fn holds(pattern: &str, path: &str) -> bool {
    let pattern = pattern.trim_end_matches('/');
    if !pattern.contains(['*', '?']) {
        return pattern.is_empty()
            || path.strip_prefix(pattern).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    }
    let ends = path.char_indices().filter(|(_, c)| *c == '/').map(|(at, _)| at).chain([path.len()]);
    ends.into_iter().any(|end| matches(pattern, &path[..end]))
}

/// Whether a path is exactly what a pattern means.
pub fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
    let mut steps = STEPS;
    pattern.len() <= PARTS && parts(&pattern, &path, &mut steps)
}

/// The folders before the first part with a wildcard; the whole of a pattern without one.
pub fn fixed(pattern: &str) -> &str {
    let pattern = pattern.trim_end_matches('/');
    match pattern.find(['*', '?']) {
        Some(at) => path::folder(&pattern[..at]),
        None => pattern,
    }
}

/// `**` is tried from the shortest on; the steps keep many of them from taking forever.
fn parts(pattern: &[&str], path: &[&str], steps: &mut u32) -> bool {
    let (mut pattern, mut path) = (pattern, path);
    loop {
        *steps = match steps.checked_sub(1) {
            Some(left) => left,
            None => return false,
        };
        match (pattern, path) {
            ([], []) => return true,
            (["**"], _) => return !path.is_empty(),
            (["**", rest @ ..], _) => return (0..=path.len()).any(|skip| parts(rest, &path[skip..], steps)),
            ([first, pattern_rest @ ..], [name, path_rest @ ..]) if part(first, name) => {
                (pattern, path) = (pattern_rest, path_rest);
            }
            _ => return false,
        }
    }
}

/// One part against one name, with one way back: to the last star.
fn part(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    let (mut p, mut n) = (0, 0);
    let mut back: Option<(usize, usize)> = None;
    while n < name.len() {
        match pattern.get(p) {
            Some('*') => {
                back = Some((p, n));
                p += 1;
            }
            Some(c) if *c == '?' || *c == name[n] => {
                p += 1;
                n += 1;
            }
            _ => match &mut back {
                Some((star, from)) => {
                    *from += 1;
                    (p, n) = (*star + 1, *from);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stay_within_a_part_and_double_stars_do_not() {
        for (pattern, path) in [
            ("src/*.rs", "src/a.rs"),
            ("src/**/*.rs", "src/a.rs"),
            ("src/**/*.rs", "src/x/y/a.rs"),
            ("**/a", "a"),
            ("?x*", "axe"),
        ] {
            assert!(matches(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in [("src/*.rs", "src/x/a.rs"), ("src/**", "src"), ("a?", "a"), ("*.rs", "a.rsx")] {
            assert!(!matches(pattern, path), "{pattern} {path}");
        }
    }

    #[test]
    fn a_folder_holds_what_lies_below_it() {
        for (pattern, path) in [("src", "src/a.rs"), ("src/", "src"), ("s*", "src/x/a.rs"), ("", "any")] {
            assert!(holds(pattern, path), "{pattern} {path}");
        }
        assert!(!holds("src", "srcx/a.rs") && !holds("src/*.c", "src/a.rs"));
        assert_eq!((fixed("src/**/*.rs"), fixed("src/a.rs"), fixed("*.md")), ("src", "src/a.rs", ""));
    }

    #[test]
    fn many_stars_come_to_an_end() {
        let pattern = "**/a/".repeat(40) + "b";
        assert!(!matches(&pattern, &"a/".repeat(200)));
        assert!(!part(&"*a".repeat(60), &"a".repeat(59)));
    }
}
