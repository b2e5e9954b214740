//! What git tells, read from real repositories that the tests make. Where there is no git, they say so and pass.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use plansite::model::Past;
use plansite::resolve::Collection;

use crate::repository::{Repository, fresh, repository};

fn past<'a>(collection: &'a Collection, path: &str) -> &'a Past {
    let index = collection.documents.iter().position(|document| document.path() == path);
    &collection.pasts[index.expect(path)]
}

/// `created changed commits`, days or a question mark with the gap.
fn days(collection: &Collection, path: &str) -> String {
    let past = past(collection, path);
    let day = |touch: &Option<plansite::model::Touch>| touch.as_ref().map_or("?".into(), |touch| touch.day.to_string());
    let gap = past.gap.as_ref().map(|gap| format!(" ({})", gap.reason())).unwrap_or_default();
    format!("{} {} {}{gap}", day(&past.created), day(&past.changed), past.commits)
}

const BODY: &str =
    "# Ship\n\n- [ ] one\n- [ ] two\n\nSome words on how the ship is built, and by whom, and why at all.\n";

#[test]
fn content_is_told_from_header_and_moves_are_followed() {
    let Some(repository) = repository() else { return };
    let plan = |status: &str, body: &str| format!("---\nstatus: {status}\n---\n{body}");
    let done = BODY.replace("[ ] one", "[x] one");
    repository.commit("2026-01-05", "docs/plans/ship.md", &plan("draft", BODY));
    repository.commit("2026-02-05", "docs/plans/ship.md", &plan("active", BODY));
    repository.commit("2026-03-05", "docs/plans/ship.md", &plan("active", &done));
    repository.commit("2026-04-05", "docs/plans/ship.md", &plan("blocked", &done));
    fs::create_dir_all(repository.0.join("docs/plans/completed")).expect("a folder");
    repository.git(&["mv", "docs/plans/ship.md", "docs/plans/completed/ship.md"]);
    repository.commit("2026-05-05", "docs/plans/completed/ship.md", &plan("completed", &done));
    repository.commit("2026-05-06", "docs/plans/lines.md", "# L\n\n**Status:** Draft\n\nwords\n");
    repository.commit("2026-06-06", "docs/plans/lines.md", "# L\n\n**Status:** Active\n**Owner:** Ana\n\nwords\n");
    let collection = repository.read("docs");
    assert_eq!(days(&collection, "plans/completed/ship.md"), "2026-01-05 2026-03-05 5");
    assert_eq!(past(&collection, "plans/completed/ship.md").former, ["docs/plans/ship.md"]);
    assert_eq!(days(&collection, "plans/lines.md"), "2026-05-06 2026-05-06 2");
    let touch = past(&collection, "plans/lines.md").changed.clone().expect("git knows");
    assert_eq!((&*touch.author, touch.commit.len()), ("Ana", 10));
    // the root itself as the collection: other paths, the same days
    assert_eq!(days(&repository.read("."), "docs/plans/completed/ship.md"), "2026-01-05 2026-03-05 5");
}

#[test]
fn the_day_is_the_authors_in_utc() {
    let Some(repository) = repository() else { return };
    repository.put("plans/a.md", BODY);
    repository.git(&["add", "-A"]);
    repository.git_on("2026-03-01T01:00:00+05:00", "Ana <a@x>", &["commit", "-q", "-m", "x"]);
    assert_eq!(days(&repository.read("."), "plans/a.md"), "2026-02-28 2026-02-28 1");
}

#[test]
fn what_git_does_not_know_is_unknown_and_never_today() {
    let Some(repository) = repository() else { return };
    repository.put("plans/new.md", BODY);
    assert_eq!(days(&repository.read("."), "plans/new.md"), "? ? 0 (the file isn't committed)", "no commit at all");
    repository.commit("2026-01-05", "plans/a.md", BODY);
    repository.put("plans/b.md", BODY);
    repository.put("plans/a.md", &format!("{BODY}\nmore"));
    let collection = repository.read(".");
    assert_eq!(days(&collection, "plans/a.md"), "2026-01-05 ? 1 (the file has changes that aren't committed)");
    assert_eq!(days(&collection, "plans/b.md"), "? ? 0 (the file isn't committed)");

    let bare = Repository(fresh());
    bare.put("plans/a.md", BODY);
    fs::create_dir_all(bare.0.join(".git")).expect("a folder");
    assert_eq!(days(&bare.read("."), "plans/a.md"), "? ? 0 (there is no git repository)");
}

#[test]
fn a_shallow_clone_knows_what_lies_after_its_end() {
    let Some(repository) = repository() else { return };
    repository.commit("2026-01-05", "plans/old.md", BODY);
    repository.commit("2026-02-05", "plans/young.md", BODY);
    repository.commit("2026-03-05", "plans/young.md", &format!("{BODY}more\n"));
    let clone = Repository(fresh());
    let url = format!("file://{}", repository.0.display());
    clone.git(&["clone", "-q", "--depth", "2", &url, "."]);
    let collection = clone.read(".");
    assert_eq!(days(&collection, "plans/old.md"), "? ? 0 (the clone is shallow)");
    assert_eq!(days(&collection, "plans/young.md"), "? 2026-03-05 1");
    assert_eq!(collection.since.map(|day| day.to_string()).as_deref(), Some("2026-02-05"));
    let said = clone.check(&["--fail-on", "never"]);
    assert!(String::from_utf8_lossy(&said.stderr).contains("the clone is shallow"), "{said:?}");
    let shown = |name: &str| String::from_utf8_lossy(&clone.run(&["show", name]).stdout).into_owned();
    assert!(shown("plans/old.md").contains("when its content last changed is unknown: the clone is shallow\n"));
    assert!(
        shown("plans/young.md").contains("content last changed 2026-03-05 by Ana ("),
        "{}",
        shown("plans/young.md")
    );
}

#[test]
fn branches_and_merges_give_the_days_of_their_commits() {
    let Some(repository) = repository() else { return };
    let long: String = (0..40).map(|n| format!("line {n}\n\n")).collect();
    repository.commit("2026-01-05", "plans/a.md", &long);
    repository.git(&["checkout", "-q", "-b", "side"]);
    repository.commit("2026-02-05", "plans/a.md", &long.replace("line 1\n", "line one\n"));
    repository.git(&["checkout", "-q", "main"]);
    repository.commit("2026-02-10", "plans/a.md", &long.replace("line 38\n", "line thirty-eight\n"));
    repository.git(&["merge", "-q", "--no-edit", "side"]);
    assert_eq!(days(&repository.read("."), "plans/a.md"), "2026-01-05 2026-02-10 3");
}

#[test]
fn odd_names_and_authors_confuse_nothing() {
    let Some(repository) = repository() else { return };
    let names =
        ["a b.md", "ü\"x'.md", "--output=x.md", ":(top)x.md", "HEAD:x.md", "x\ty.md", "M missing.md", "[a]*.md"];
    for name in names {
        repository.put(&format!("plans/{name}"), BODY);
    }
    repository.git(&["add", "-A"]);
    let author = ":100644 100644 0000 A\u{1}\u{1b}[31m <a@x>";
    repository.git_on("2026-01-05T00:00:00Z", author, &["commit", "-q", "-m", ":100644 x\n\n\u{1}--- A"]);
    let collection = repository.read(".");
    for name in names {
        assert_eq!(days(&collection, &format!("plans/{name}")), "2026-01-05 2026-01-05 1", "{name}");
    }
    repository.put("plans/line\nend.md", BODY);
    repository.git(&["add", "-A"]);
    repository.git_on("2026-01-06T00:00:00Z", "A <a@x>", &["commit", "-q", "-m", "x"]);
    assert_eq!(days(&repository.read("."), "plans/line\nend.md"), "2026-01-06 ? 1 (the file isn't committed)");
}

#[test]
fn nothing_in_a_repository_is_run_and_no_variable_leads_astray() {
    let Some(repository) = repository() else { return };
    repository.commit("2026-01-05", "docs/plans/a.md", BODY);
    repository.commit("2026-02-05", ".gitattributes", "*.md diff=evil filter=evil\n");
    repository.commit("2026-02-06", "docs/plans/a.md", &format!("{BODY}more\n"));
    let mark = repository.0.join("mark");
    let evil = repository.0.join("git");
    repository.put("git", &format!("#!/bin/sh\necho run >> '{}'\n", mark.display()));
    let _ = Command::new("chmod").arg("+x").arg(&evil).status();
    let program = evil.to_string_lossy().into_owned();
    for key in [
        "diff.external",
        "diff.evil.command",
        "diff.evil.textconv",
        "filter.evil.clean",
        "filter.evil.smudge",
        "core.pager",
        "pager.log",
        "core.fsmonitor",
        "gpg.program",
        "core.sshCommand",
        "core.editor",
    ] {
        repository.git(&["config", key, &program]);
    }
    repository.git(&["config", "log.showSignature", "true"]);
    repository.git(&["config", "alias.log", &format!("!{program}")]);
    let elsewhere = Repository(fresh());
    let path = std::env::var_os("PATH").unwrap_or_default();
    let paths = [repository.0.clone(), PathBuf::from(".")].into_iter().chain(std::env::split_paths(&path));
    let mut command = Command::new(env!("CARGO_BIN_EXE_plansite"));
    command.current_dir(&repository.0).args(["check", "docs", "--format", "json", "--today", "2026-11-23"]);
    command.env("PATH", std::env::join_paths(paths).expect("paths")).env("GIT_DIR", &elsewhere.0);
    command.env("GIT_EXTERNAL_DIFF", &program).env("GIT_PAGER", &program).env("GIT_TRACE", elsewhere.0.join("trace"));
    let ended = command.output().expect("plansite runs");
    assert!(ended.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&ended.stderr));
    assert!(!mark.exists(), "something was run: {}", fs::read_to_string(&mark).unwrap_or_default());
    assert!(!elsewhere.0.join("trace").exists(), "git was traced");
    assert_eq!(days(&repository.read("docs"), "plans/a.md"), "2026-01-05 2026-02-06 2");
}

#[test]
fn stale_plans_and_drifted_code_are_findings() {
    let Some(repository) = repository() else { return };
    let plan = "---\nstatus: active\nowner: Ana\nexpires: 2027-11-01\nreviewed: 2026-03-01\nrelated_code: [src/**/*.rs, lib]\n---\n";
    repository.commit("2026-01-05", "docs/plans/a.md", &format!("{plan}{BODY}"));
    repository.commit("2026-03-01", "src/deep/a.rs", "a");
    repository.commit("2026-03-02", "src/deep/a.rs", "b");
    repository.commit("2026-03-03", "src/note.txt", "b");
    repository.commit("2026-03-04", "lib/x.c", "b");
    let rules = |args: &[&str]| {
        let ended = repository.check(&[args, &["docs", "--format", "json"]].concat());
        let report: serde_json::Value = serde_json::from_slice(&ended.stdout).expect("JSON");
        let findings = report["findings"].as_array().expect("findings").clone();
        let shown =
            |finding: &serde_json::Value| format!("{}: {}", finding["rule"], finding["message"]).replace('"', "");
        findings.iter().filter(|finding| finding["rule"] != "missing-code-path").map(shown).collect::<Vec<_>>()
    };
    let said = rules(&[]);
    assert_eq!(said.len(), 2, "{said:?}");
    assert_eq!(said[0], "stale: it is active (line 2), but unchanged for 322 days, since 2026-01-05 (by git)");
    assert!(
        said[1].starts_with("code-drift: 2 commits to `src/**/*.rs`, `lib` since its review on 2026-03-01 (line 5)"),
        "{said:?}"
    );
    assert_eq!(rules(&["--no-git"]), [""; 0]);
    repository.put("plansite.toml", "[collection]\ngit = false\n");
    assert_eq!(rules(&[]), [""; 0]);
}
