//! Cases as text: files with carets under the findings that are expected, or with the facts that are expected.
//!
//! `tests/cases/<rule>/*.txt` are about one rule, `tests/cases/read/*.txt` and `tests/cases/relations/*.txt` about facts.
//! A case without Rust: `tests/README.md` says how. `PLANSITE_BLESS=1 cargo test` writes what is, for a person to judge.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use plansite::config::{self, Config};
use plansite::date::Date;
use plansite::dialect;
use plansite::feed::documents;
use plansite::judge::{self, RULES};
use plansite::model::{Deed, Gap, Gone, History, Past, Step, Touch};
use plansite::read::{self, fact::FACTS};
use plansite::resolve::{self, World};
use plansite::source::Source;
use plansite::view::Scene;

/// A case, parsed.
struct Case {
    today: Date,
    /// Path and text of each document, carets and expectations taken out.
    files: Vec<(String, String)>,
    config: Config,
    existing: BTreeSet<String>,
    history: History,
    codeowners: Option<String>,
}

#[test]
fn every_case_holds() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut failures = String::new();
    let mut count = 0;
    for path in case_files(&root) {
        let text = std::fs::read_to_string(&path).expect("a case can be read");
        let folder =
            path.parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let about = RULES.iter().find(|rule| rule.name == folder).map(|rule| rule.name);
        let now = rewritten(&text, about);
        count += 1;
        if now != text {
            if std::env::var_os("PLANSITE_BLESS").is_some() {
                std::fs::write(&path, &now).expect("a case can be written");
            } else {
                let shown = path.strip_prefix(&root).unwrap_or(&path).display();
                let _ = writeln!(failures, "--- {shown}\n{}", difference(&text, &now));
            }
        }
    }
    assert!(count > 0, "there are no cases in {}", root.display());
    assert!(failures.is_empty(), "{failures}\nPLANSITE_BLESS=1 writes what is");
}

#[test]
fn every_rule_has_a_case_that_finds_and_one_that_does_not() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    for rule in RULES.iter().filter(|rule| !matches!(rule.name, "unreadable-file" | "internal-error")) {
        let texts: Vec<String> =
            case_files(&root.join(rule.name)).iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect();
        let mark = format!("[{}]: ", rule.name);
        assert!(texts.iter().any(|text| text.contains(&mark)), "no case finds {}", rule.name);
        assert!(texts.iter().any(|text| !text.contains(&mark)), "no case shows where {} is silent", rule.name);
    }
}

fn case_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(case_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "txt") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The case with the expectations that hold now.
fn rewritten(text: &str, about: Option<&str>) -> String {
    let case = parse(text);
    let (documents, others): (Vec<_>, Vec<_>) = case.files.iter().partition(|(path, _)| path.ends_with(".md"));
    let source = |(path, text): &&(String, String)| {
        let source = Source::new(path, text);
        let beside = |(other, _): &&&(String, String)| {
            let same =
                other.rsplit_once('/').map(|(folder, _)| folder) == path.rsplit_once('/').map(|(folder, _)| folder);
            let named = |path: &str, name: &str| path.rsplit('/').next() == Some(name);
            same && dialect::sidecars().any(|(sidecar, document)| named(other, sidecar) && named(path, document))
        };
        match others.iter().find(beside) {
            Some((other, text)) => source.with_sidecar(Source::new(other, text)),
            None => source,
        }
    };
    let read = documents.iter().map(|file| read::read(source(file), &case.config)).collect();
    let collection = resolve::resolve(
        read,
        &World {
            existing: case.existing.clone(),
            history: case.history.clone(),
            codeowners: case.codeowners.clone(),
            ..World::default()
        },
    );
    let judgement = judge::judge(&collection, &case.config, case.today);
    let scene = Scene {
        collection: &collection,
        judgement: &judgement,
        config: &case.config,
        today: case.today,
        title: "case",
        prefix: "",
    };
    let mut out = String::new();
    let mut current: Option<usize> = None;
    let mut number = 0;
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("=== ") {
            current = collection.documents.iter().position(|document| document.path() == name);
            number = 0;
            out += &format!("{line}\n");
            continue;
        }
        if let Some(path) = fact_path(line) {
            let index = current.expect("facts stand below a document");
            let entry = serde_json::to_value(documents::detail(&scene, index)).expect("entries are JSON");
            out += &format!("> {path}: {}\n", at(&entry, path));
            continue;
        }
        if is_caret(line) {
            continue;
        }
        out += &format!("{line}\n");
        number += 1;
        let Some((index, rule)) = current.zip(about) else { continue };
        let here = judgement.of(index).iter().filter(|finding| finding.rule == rule && finding.start.line == number);
        for finding in here {
            let width =
                if finding.end.line == finding.start.line { finding.end.column - finding.start.column } else { 1 };
            let (indent, carets) = (" ".repeat(finding.start.column as usize - 1), "^".repeat(width.max(1) as usize));
            let help = finding.help.as_ref().map(|help| format!("; help: {help}")).unwrap_or_default();
            out += &format!("{indent}{carets} {}[{rule}]: {}{help}\n", finding.severity.word(), finding.message);
        }
    }
    out
}

fn parse(text: &str) -> Case {
    let mut case = Case {
        today: "2026-11-23".parse().expect("a day"),
        files: Vec::new(),
        config: Config::default(),
        existing: BTreeSet::new(),
        history: History::unknown(Gap::Off),
        codeowners: None,
    };
    let mut settings = String::new();
    let mut name = "";
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("=== ") {
            name = rest;
            if let Some(said) = name.strip_prefix("git ") {
                git(said, &mut case.history);
                continue;
            }
            if name == "CODEOWNERS" {
                case.codeowners = Some(String::new());
                continue;
            }
            match name.strip_prefix("exists ") {
                Some(path) => {
                    case.existing.insert(path.to_string());
                }
                None if name != "plansite.toml" => case.files.push((name.to_string(), String::new())),
                None => {}
            }
        } else if let Some(day) = line.strip_prefix("today: ").filter(|_| name.is_empty()) {
            case.today = day.parse().expect("a day");
        } else if let Some(text) = case.codeowners.as_mut().filter(|_| name == "CODEOWNERS") {
            *text += &format!("{line}\n");
        } else if name == "plansite.toml" {
            settings += &format!("{line}\n");
        } else if let Some((_, text)) = case.files.last_mut().filter(|_| !is_caret(line) && fact_path(line).is_none()) {
            *text += &format!("{line}\n");
        }
    }
    let rules: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
    let facts: Vec<&str> = FACTS.iter().map(|(name, _)| *name).collect();
    case.config = config::parse(&settings, &rules, &facts).expect("the settings of a case are sound");
    case
}

/// `PATH changed DAY`, `PATH touched DAY COMMIT` and `PATH deleted DAY COMMIT ID` as git would say them; `shallow DAY` is
/// the end of a shallow clone.
fn git(said: &str, history: &mut History) {
    let words: Vec<&str> = said.split(' ').collect();
    let touch = |day: &str, commit: &str| Touch {
        day: day.parse().expect("a day"),
        author: "Ana".into(),
        commit: commit.into(),
    };
    match words.as_slice() {
        ["shallow", day] => history.since = Some(day.parse().expect("a day")),
        [path, "changed", day] => {
            let past = Past { changed: Some(touch(day, "c0ffee")), ..Past::default() };
            history.pasts.insert(path.to_string(), past);
        }
        [path, "touched", day, commit] => {
            let before = history.touches.get(*path).map(|touches| touches.to_vec()).unwrap_or_default();
            let touches = before.into_iter().chain([touch(day, commit)]).collect();
            history.touches.insert(path.to_string(), touches);
        }
        [path, "deleted", day, commit, id @ ..] => {
            let name = id.first().map(|id| (Some(id.to_string()), "A title".to_string()));
            let (touch, deed, changes) = (touch(day, commit), Deed::Deleted, None);
            let step = Step { order: 0, touch, subject: "x".into(), deed, changes };
            history.gone.push(Gone { path: path.to_string(), name, steps: vec![step] });
        }
        other => assert!(other.is_empty(), "git doesn't say {other:?}"),
    }
}

/// The path of `> status.stage: "active"`; absent for a quote of the document such as `> **Status:** Draft`.
fn fact_path(line: &str) -> Option<&str> {
    let (path, _) = line.strip_prefix("> ")?.split_once(": ")?;
    path.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._".contains(&byte)).then_some(path)
}

/// `    ^^^^ error[expired]: …`
fn is_caret(line: &str) -> bool {
    let rest = line.trim_start();
    rest.starts_with('^') && rest.trim_start_matches('^').contains("]: ")
}

/// `status.stage` or `relations.0.to` in a value; the whole value as JSON on one line.
fn at(value: &serde_json::Value, path: &str) -> String {
    let mut here = value;
    for part in path.split('.') {
        let next = match part.parse::<usize>() {
            Ok(number) => here.get(number),
            Err(_) => here.get(part),
        };
        match next {
            Some(next) => here = next,
            None => return "(nothing)".into(),
        }
    }
    here.to_string()
}

fn difference(want: &str, got: &str) -> String {
    let mut out = String::new();
    let (want, got): (Vec<&str>, Vec<&str>) = (want.lines().collect(), got.lines().collect());
    let same_start = want.iter().zip(&got).take_while(|(a, b)| a == b).count();
    let same_end = want.iter().rev().zip(got.iter().rev()).take_while(|(a, b)| a == b).count();
    let end = |lines: &[&str]| lines.len().saturating_sub(same_end).max(same_start);
    for line in &want[same_start..end(&want)] {
        let _ = writeln!(out, "- {line}");
    }
    for line in &got[same_start..end(&got)] {
        let _ = writeln!(out, "+ {line}");
    }
    out
}
