//! The paths a Rust file names: `crate::model::Kind`, `std::fs`, each as written, groups unfolded.
//!
//! Not a parser: it knows comments, strings and the path syntax, which is all that the walls ask about.

/// Every path of two parts or more in a piece of Rust, in order, with its line from 1. Tests at the file's end are left
/// out, because they may see more than what they test.
pub fn paths(text: &str) -> Vec<(usize, String)> {
    let code = text.find("\n#[cfg(test)]\nmod tests").map_or(text, |at| &text[..at]);
    let tokens = tokens(code);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        at = match is_word(&tokens[at].1) && follows(&tokens, at + 1, "::") {
            true => unfold(&tokens, at, "", &mut found),
            false => at + 1,
        };
    }
    found
}

/// Reads one path from a word on; gives the place after it. A group is read part by part, each under the same head.
fn unfold(tokens: &[(usize, String)], mut at: usize, head: &str, found: &mut Vec<(usize, String)>) -> usize {
    let mut path = head.to_string();
    while let Some((line, token)) = tokens.get(at) {
        if token == "{" {
            at += 1;
            while at < tokens.len() && tokens[at].1 != "}" {
                // `fs as files` is one name, and the second word is no path.
                at = match tokens[at].1.as_str() {
                    "as" => at + 2,
                    _ => unfold(tokens, at, &path, found).max(at + 1),
                };
            }
            return at + 1;
        }
        if !is_word(token) && token != "*" {
            return at;
        }
        path = if path.is_empty() { token.clone() } else { format!("{path}::{token}") };
        at += 1;
        if follows(tokens, at, "::")
            && tokens.get(at + 1).is_some_and(|(_, next)| is_word(next) || next == "*" || next == "{")
        {
            at += 1;
            continue;
        }
        found.push((*line, path));
        return at;
    }
    at
}

fn follows(tokens: &[(usize, String)], at: usize, what: &str) -> bool {
    tokens.get(at).is_some_and(|(_, token)| token == what)
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Words, `::` and single signs, with their lines; comments, strings and characters are passed over.
fn tokens(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let (mut rest, mut line) = (code, 1);
    while let Some(first) = rest.chars().next() {
        let length = skipped(rest).unwrap_or_else(|| {
            let word = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
            let length = if word > 0 {
                word
            } else if rest.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            if !first.is_whitespace() {
                found.push((line, rest[..length].to_string()));
            }
            length
        });
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    found
}

/// Length of the comment, string or character that a text begins with.
fn skipped(text: &str) -> Option<usize> {
    let until = |from: usize, end: &str| text[from..].find(end).map_or(text.len(), |at| from + at + end.len());
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    if text.starts_with("/*") {
        return Some(until(2, "*/"));
    }
    let raw = text.strip_prefix("br").or(text.strip_prefix('r')).unwrap_or("");
    let hashes = raw.len() - raw.trim_start_matches('#').len();
    if raw[hashes..].starts_with('"') {
        let from = text.find('"')? + 1;
        return Some(until(from, &format!("\"{}", "#".repeat(hashes))));
    }
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            // A quote with a word behind it and none to close it is a lifetime.
            _ if c == quote => return Some(at + 1),
            _ if quote == '\'' && at > 1 && !text[1..].starts_with('\\') => return Some(1),
            _ => {}
        }
    }
    Some(text.len())
}

#[test]
fn groups_are_unfolded_and_words_in_strings_are_not_paths() {
    let code = r##"//! crate::no
use crate::{date::{self, Date}, model::*, words};
use std::{env, fs as files};
fn f<'a>(x: &'a str) -> char { let _ = "std::fs \" std::env"; let _ = r#"a::b " "#; '"'; '\''; super::leaf::go::<u8>(x) }
// std::net
#[cfg(test)]
mod tests { use super::*; }
"##;
    let found: Vec<String> = paths(code).into_iter().map(|(line, path)| format!("{line} {path}")).collect();
    let want = [
        "2 crate::date::self",
        "2 crate::date::Date",
        "2 crate::model::*",
        "2 crate::words",
        "3 std::env",
        "3 std::fs",
        "4 super::leaf::go",
    ];
    assert_eq!(found, want);
}
