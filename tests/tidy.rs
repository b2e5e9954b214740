//! The house rules of ARCHITECTURE, held by a test: file openings, sizes, walls, words, reasons.
//!
//! Each finding is a line `path:line: fact`, and all of them are said at once.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use paths::paths;
use plansite::judge::RULES;

#[path = "tidy/paths.rs"]
mod paths;

/// The modules at the top of the crate, lowest first. One may name those of its own row and of the rows above it.
const ROWS: &[&[&str]] = &[
    &["words", "glob", "path", "spread"],
    &["source", "date", "diagnostic"],
    &["model"],
    &["config"],
    &["markdown"],
    &["discover"],
    &["read", "dialect"],
    &["resolve"],
    &["judge"],
    &["view"],
    &["render", "search"],
    &["feed", "report"],
    &["doctor"],
    &["write"],
    &["pipeline"],
    &["serve"],
    &["commands"],
    &["main"],
];

/// Modules that hold a table. Nothing beside the table's file may name an entry, so that one can go without the others
/// noticing; what several entries need lies in a file that is none.
const TABLES: &[&str] = &["dialect", "judge", "view", "feed", "report"];

/// What only some modules may name, because all others are to be pure or single-threaded.
const FENCES: &[(&str, &[&str])] = &[
    ("std::fs", &["discover", "write", "serve", "commands", "main"]),
    ("std::env", &["discover", "write", "serve", "commands", "main"]),
    ("std::process", &["discover", "write", "serve", "commands", "main"]),
    ("std::time::SystemTime", &["discover", "write", "serve", "commands", "main"]),
    ("std::time::Instant", &["discover", "write", "serve", "commands", "main"]),
    ("std::net", &["serve", "commands"]),
    ("rayon", &["pipeline"]),
];

const LONGEST: usize = 600;
const LONGEST_MAIN: usize = 30;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    String::from_utf8_lossy(&fs::read(root().join(path)).unwrap_or_default()).replace("\r\n", "\n")
}

/// The Rust files below a folder, as paths from the root with `/`, sorted.
fn rust_files(folder: &str) -> Vec<String> {
    let (mut files, mut folders) = (Vec::new(), vec![root().join(folder)]);
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
        for path in entries.map(|entry| entry.path()) {
            match path.extension() {
                _ if path.is_dir() => folders.push(path),
                Some(extension) if extension == "rs" => files.push(from_root(&path)),
                _ => {}
            }
        }
    }
    files.sort();
    files
}

fn from_root(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// All files under version control; in a copy without git, those of the folders that hold what we wrote.
fn tracked() -> Vec<String> {
    let listed = Command::new("git").arg("-C").arg(root()).args(["ls-files", "-z"]).output();
    let listed = listed.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    match listed.is_empty() {
        false => listed.split_terminator('\0').map(str::to_string).collect(),
        true => ["src", "tests"].into_iter().flat_map(rust_files).collect(),
    }
}

/// The module a file of `src/` belongs to, as the parts of its path: `src/judge/expired.rs` is `["judge", "expired"]`.
fn module(path: &str) -> Vec<&str> {
    let inner = path.strip_prefix("src/").unwrap_or(path);
    inner.strip_suffix(".rs").unwrap_or(inner).split('/').filter(|part| *part != "mod").collect()
}

/// A path as seen from the crate's top, without `crate`; absent for one that leaves the crate.
fn resolved(module: &[&str], path: &str) -> Option<Vec<String>> {
    let mut parts = path.split("::").peekable();
    let mut base: Vec<String> = match *parts.peek()? {
        "crate" | "plansite" => {
            parts.next();
            Vec::new()
        }
        "self" | "super" => module.iter().map(|part| part.to_string()).collect(),
        _ => return None,
    };
    for part in parts {
        match part {
            "self" => {}
            "super" => drop(base.pop()),
            _ => base.push(part.to_string()),
        }
    }
    Some(base)
}

fn row(module: &str) -> Option<usize> {
    ROWS.iter().position(|row| row.contains(&module))
}

/// The entries of a module's table: the files beside it of which the table's file names a constant, as in `expired::RULE`.
fn entries(room: &str) -> BTreeSet<String> {
    let table = if TABLES.contains(&room) { text(&format!("src/{room}.rs")) } else { String::new() };
    let constant = |name: &str| name.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    let named = paths(&table).into_iter().filter_map(|(_, path)| {
        let (entry, name) = path.split_once("::")?;
        constant(name).then(|| entry.to_string())
    });
    named.filter(|entry| root().join(format!("src/{room}/{entry}.rs")).exists()).collect()
}

/// Every path that a file of `src/` names, seen through its walls.
fn breaches(path: &str, code: &str) -> Vec<String> {
    let module = module(path);
    let room = module[0];
    let entries = entries(room);
    let mut found = Vec::new();
    for (line, named) in paths(code) {
        let mut say = |fact: String| found.push(format!("{path}:{line}: {fact}"));
        if named.ends_with("::*") {
            say(format!("names all of `{named}`; name what is meant"));
        }
        for (fenced, allowed) in FENCES {
            if format!("{named}::").starts_with(&format!("{fenced}::")) && !allowed.contains(&room) {
                say(format!("names `{named}`, which only {} may", allowed.join(", ")));
            }
        }
        let Some(target) = resolved(&module, &named) else { continue };
        let Some(first) = target.first().map(String::as_str) else { continue };
        match (row(room), row(first)) {
            (Some(here), Some(there)) if there > here => say(format!("`{room}` names `{first}`, which comes after it")),
            _ => {}
        }
        let second = target.get(1).filter(|second| Some(second.as_str()) != module.get(1).copied());
        if first == room && module.len() > 1 && second.is_some_and(|second| entries.contains(second)) {
            say(format!("`{}` names the entry `{}` of `{room}`", module[1], target[1]));
        }
    }
    found
}

/// Whether a file is part of tests only, as the file above it declares. Such a file may read disk and clock.
fn for_tests(path: &str) -> bool {
    let (above, name) = path.strip_suffix(".rs").and_then(|stem| stem.rsplit_once('/')).unwrap_or_default();
    text(&format!("{above}.rs")).contains(&format!("#[cfg(test)]\nmod {name};"))
}

fn none(found: &[String]) {
    assert!(found.is_empty(), "{} untidy:\n{}", found.len(), found.join("\n"));
}

#[test]
fn the_walls_stand() {
    let mut found = Vec::new();
    for path in rust_files("src").iter().filter(|path| *path != "src/lib.rs" && !for_tests(path)) {
        let room = module(path)[0].to_string();
        if row(&room).is_none() {
            found.push(format!("{path}:1: `{room}` has no place among the rows of tests/tidy.rs"));
        }
        found.extend(breaches(path, &text(path)));
    }
    none(&found);
}

#[test]
fn a_breach_would_be_seen() {
    let seen = |path: &str, code: &str| breaches(path, code).len();
    assert_eq!(seen("src/date.rs", "use crate::model::Kind;"), 1);
    assert_eq!(seen("src/date.rs", "use crate::{words, source::Span};"), 0);
    assert_eq!(seen("src/model.rs", "use std::{fmt, fs};\nfn f() { std::env::var(\"X\"); rayon::join(a, b); }"), 3);
    assert_eq!(seen("src/write/guard.rs", "use std::fs; use super::WriteError; use crate::view::Page;"), 0);
    assert_eq!(seen("src/read/body.rs", "fn f() { super::super::judge::run() } use crate::dialect::*;"), 2);
    assert_eq!(seen("src/dialect/eip.rs", "use super::Dialect; use super::madr::X; use crate::dialect::{nygard};"), 2);
}

#[test]
fn each_file_says_what_it_is_and_stays_short() {
    let mut found = Vec::new();
    for path in ["src", "tests"].into_iter().flat_map(rust_files) {
        let text = text(&path);
        let lines = text.lines().count();
        if !text.starts_with("//! ") {
            found.push(format!("{path}:1: does not open with `//! ` and what it is"));
        }
        let longest = if path == "src/main.rs" { LONGEST_MAIN } else { LONGEST };
        if lines > longest {
            found.push(format!("{path}:{lines}: is longer than {longest} lines"));
        }
    }
    none(&found);
}

#[test]
fn each_rule_has_a_file_a_case_and_a_line_in_the_readme() {
    let readme = text("README.md");
    let mut found = Vec::new();
    for rule in RULES {
        let name = rule.name;
        let file = format!("src/judge/{}.rs", name.replace('-', "_"));
        if !text(&file).contains(&format!("name: \"{name}\"")) {
            found.push(format!("{file}:1: does not state the rule `{name}`"));
        }
        // what the disk refuses and where plansite itself fails can't be shown as text
        let shown = !matches!(name, "unreadable-file" | "internal-error");
        if shown && !root().join("tests/cases").join(name).is_dir() {
            found.push(format!("{file}:1: `{name}` has no folder in tests/cases"));
        }
        if !readme.contains(&format!("`{name}`")) {
            found.push(format!("{file}:1: `{name}` has no line in README.md"));
        }
    }
    for path in rust_files("src/judge") {
        if text(&path).contains(" RULE: Rule ")
            && !RULES.iter().any(|rule| path.ends_with(&format!("/{}.rs", rule.name.replace('-', "_"))))
        {
            found.push(format!("{path}:1: states a rule that is not in RULES"));
        }
    }
    none(&found);
}

/// Whether a comment puts something off. The words in quotes or code are spoken about, as in a list of placeholders.
fn puts_off(line: &str) -> bool {
    let comment = ["//", "/*", "<!--", "{#", "# "].iter().filter_map(|sign| line.find(sign)).min();
    let Some(comment) = comment.map(|at| &line[at..]) else { return false };
    [concat!("TO", "DO"), concat!("FIX", "ME")].iter().any(|word| {
        comment.match_indices(word).any(|(at, _)| {
            let before = comment[..at].chars().next_back();
            let after = comment[at + word.len()..].chars().next();
            !before.is_some_and(|c| c.is_alphanumeric() || "`\"'[".contains(c))
                && !after.is_some_and(char::is_alphanumeric)
        })
    })
}

#[test]
fn nothing_is_put_off_and_no_machine_is_named() {
    assert!(
        puts_off(concat!("x(); // TO", "DO: later"))
            && !puts_off(concat!("\"TO", "DO\" // `TO", "DO` is a placeholder"))
    );
    let homes = [
        concat!("/ro", "ot/"),
        concat!("/ho", "me/"),
        concat!("/Us", "ers/"),
        concat!("/wo", "rk/"),
        concat!(":\\Us", "ers\\"),
    ];
    let mut found = Vec::new();
    for path in tracked() {
        let code = Path::new(&path)
            .extension()
            .is_some_and(|e| ["rs", "js", "mjs", "css", "html", "toml", "yml"].iter().any(|c| e == *c));
        // What documents and cases say is data; they may speak of anything but a machine.
        let ours = code && !path.starts_with("example-docs/") && !path.starts_with("tests/cases/");
        for (index, line) in text(&path).lines().enumerate() {
            if ours && puts_off(line) {
                found.push(format!("{path}:{}: puts something off", index + 1));
            }
            if let Some(home) = homes.iter().find(|home| line.contains(**home)) {
                found.push(format!("{path}:{}: names a folder of a machine: {home}", index + 1));
            }
        }
    }
    none(&found);
}

#[test]
fn each_dependency_has_its_reason() {
    let manifest = text("Cargo.toml");
    let (mut inside, mut found, mut seen) = (false, Vec::new(), 0);
    for (index, line) in manifest.lines().enumerate() {
        if line.starts_with('[') {
            inside = line.trim_end().ends_with("dependencies]");
        } else if inside && line.contains('=') && !line.starts_with('#') {
            seen += 1;
            if line.split_once(" # ").is_none_or(|(_, reason)| reason.trim().is_empty()) {
                found.push(format!("Cargo.toml:{}: no reason behind a `#`", index + 1));
            }
        }
    }
    assert!(seen > 5, "the dependencies were not found");
    none(&found);
}

/// A list that is written twice would be edited once: every module of the library has a row.
#[test]
fn every_row_is_a_module() {
    let lib = text("src/lib.rs");
    let there: Vec<PathBuf> = rust_files("src").iter().map(PathBuf::from).collect();
    for line in lib.lines().filter_map(|line| line.strip_prefix("pub mod ")) {
        let name = line.trim_end_matches(';');
        assert!(row(name).is_some(), "`{name}` has no row");
        assert!(there.contains(&PathBuf::from(format!("src/{name}.rs"))), "`{name}` has no file");
    }
}
