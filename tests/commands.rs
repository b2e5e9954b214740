//! The binary itself on small collections: what it prints, where, and how it ends.
//!
//! Every output here is what users, scripts and jobs rely on, so it is compared as a whole. What a document means is
//! held by `tests/cases`, what a page holds by other tests.

mod doctor;
mod files;
pub mod folder;
mod graph;
mod look;
mod reports;

use std::fs;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use folder::{Ended, Folder, SHIP, clean, small};

#[test]
fn check_prints_findings_with_their_lines() {
    assert_eq!(
        small().run(&["check"]),
        Ended {
            code: Some(1),
            out: "\
docs/plans/ship.md:4:10: error[expired]: expired 22 days ago, on 2026-11-01; owner Ana
  |
4 | expires: 2026-11-01
  |          ^^^^^^^^^^
  |
  = help: review it and set a new date, or finish, archive or supersede it

docs/plans/ship.md:9:5: error[broken-link]: there is no file `gone.md`
  |
9 | See [gone](gone.md).
  |     ^^^^^^^^^^^^^^^

2 documents, 2 errors, as of 2026-11-23
"
            .into(),
            err: String::new()
        }
    );
    assert_eq!(
        clean().run(&["check"]),
        Ended { code: Some(0), out: "1 document, no findings, as of 2026-11-23\n".into(), err: String::new() }
    );
}

#[test]
fn check_as_json_keeps_its_keys_with_and_without_findings() {
    let ended = small().run(&["check", "--format", "json"]);
    assert_eq!((ended.code, ended.err.as_str()), (Some(1), ""));
    let report = ended.json();
    assert_eq!(keys(&report), ["findings", "root", "schema", "summary", "today", "tool"]);
    assert_eq!(report["schema"], "plansite.findings/1");
    assert_eq!(report["today"], "2026-11-23");
    assert_eq!(keys(&report["summary"]), ["documents", "errors", "hidden", "notices", "suppressed", "warnings"]);
    assert_eq!((&report["summary"]["documents"], &report["summary"]["errors"]), (&2.into(), &2.into()));
    let finding = &report["findings"][0];
    let want = serde_json::json!({
        "rule": "expired", "severity": "error", "path": "plans/ship.md", "line": 4, "column": 10, "end_line": 4,
        "end_column": 20, "id": "PLAN-7", "owners": ["Ana"], "fingerprint": finding["fingerprint"],
        "message": "expired 22 days ago, on 2026-11-01; owner Ana",
        "help": "review it and set a new date, or finish, archive or supersede it",
    });
    assert_eq!(*finding, want);
    assert!(finding["fingerprint"].as_str().is_some_and(|hex| hex.len() == 16), "{finding}");

    let ended = clean().run(&["check", "--format=json"]);
    assert_eq!(ended.code, Some(0));
    let report = ended.json();
    assert_eq!(keys(&report), ["findings", "root", "schema", "summary", "today", "tool"]);
    assert_eq!(report["findings"], serde_json::json!([]));
}

#[test]
fn a_fingerprint_stays_when_lines_move() {
    let print = |text: &str| {
        let folder = Folder::new(&[("docs/plans/ship.md", text)]);
        folder.run(&["check", "--format", "json"]).json()["findings"]
            .as_array()
            .expect("findings")
            .iter()
            .map(|finding| finding["fingerprint"].to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(print(SHIP), print(&SHIP.replace("owner:", "tags: [x]\nowner:")));
    assert_ne!(print(SHIP), print(&SHIP.replace("PLAN-7", "PLAN-8")));
}

#[test]
fn several_formats_go_to_several_places() {
    let folder = small();
    let ended = folder.run(&["check", "--format", "text", "--format", "json=out/report.json"]);
    assert_eq!(ended.code, Some(2), "a folder that isn't there is not made: {}", ended.err);
    let ended = folder.run(&["check", "--format", "text", "--format", "json=report.json"]);
    assert_eq!(ended.out, folder.run(&["check"]).out);
    assert_eq!(folder.read("report.json"), folder.run(&["check", "--format", "json"]).out);
    let ended = folder.run(&["check", "--format", "json=report.json", "--color", "always"]);
    assert_eq!((ended.code, ended.out.as_str()), (Some(1), ""));
}

#[test]
fn what_nobody_knows_is_refused_with_the_nearest() {
    let folder = small();
    let said = |args: &[&str]| folder.run(args).refused();
    assert_eq!(said(&["check", "--format", "jsn"]), "error: there is no format `jsn`; did you mean `json`?\n");
    assert_eq!(said(&["list", "--kind", "plam"]), "error: there is no kind `plam`; did you mean `plan`?\n");
    assert_eq!(said(&["list", "--stage", "actve"]), "error: there is no stage `actve`; did you mean `active`?\n");
    assert_eq!(said(&["explain", "expird"]), "error: there is no rule `expird`; did you mean `expired`?\n");
    assert_eq!(
        said(&["explain", "nonsense"]),
        "error: there is no rule `nonsense`; `plansite explain` lists them all\n"
    );
    assert_eq!(
        said(&["list", "--stage", "x"]),
        "error: there is no stage `x`; there are draft, proposed, accepted, active, blocked, completed, rejected, \
         deprecated, archived, superseded, unknown\n"
    );
    assert!(said(&["list", "--knd", "x"]).starts_with("error: unexpected argument '--knd' found\n\n  tip:"));
    assert!(said(&["chek"]).contains("'check'"));
    assert!(said(&["check", "--fail-on", "eror"]).contains("a similar value exists: 'error'"));
    assert!(said(&[]).contains("Usage: plansite"));
}

#[test]
fn help_and_version_are_results() {
    let folder = clean();
    for args in [["--help"].as_slice(), &["check", "--help"], &["--version"]] {
        let ended = folder.run(args);
        assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{args:?}");
    }
    assert_eq!(folder.run(&["--version"]).out, format!("plansite {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn the_threshold_decides_the_code() {
    let code = |text: &str, level: &str| {
        Folder::new(&[("docs/plans/a.md", text)]).run(&["check", "--fail-on", level]).code.expect("a code")
    };
    let codes = |text: &str| ["error", "warning", "notice", "never"].map(|level| code(text, level));
    assert_eq!(codes("---\nstatus: active\nowner: Ana\nexpires: 2026-11-01\n---\n# A\n"), [1, 1, 1, 0]);
    assert_eq!(codes("---\nstatus: active\nowner: Ana\nreview_by: 2026-11-01\n---\n# A\n"), [0, 1, 1, 0]);
    assert_eq!(codes("---\nstatus: active\nowner: Ana\nexpires: 2026-12-01\n---\n# A\n"), [0, 0, 1, 0]);
    assert_eq!(codes("---\nstatus: active\nowner: Ana\nexpires: 2027-12-01\n---\n# A\n"), [0, 0, 0, 0]);
}

#[test]
fn the_day_comes_from_the_flag_then_the_environment() {
    let folder = clean();
    let last = |args: &[&str], today: Option<&str>, epoch: Option<&str>| {
        let mut command = folder.command(args);
        command.env_remove("PLANSITE_TODAY");
        today.map(|today| command.env("PLANSITE_TODAY", today));
        epoch.map(|epoch| command.env("SOURCE_DATE_EPOCH", epoch));
        let ended = Ended::from(command.output().expect("plansite runs"));
        if ended.code == Some(0) { ended.out.trim().rsplit(' ').next().unwrap_or("").to_string() } else { ended.err }
    };
    let epoch = Some("1700000000");
    assert_eq!(last(&["check", "--today", "2026-01-02"], Some("2026-03-04"), epoch), "2026-01-02");
    assert_eq!(last(&["--today=2026-01-02", "check"], Some("2026-03-04"), epoch), "2026-01-02");
    assert_eq!(last(&["check"], Some("2026-03-04"), epoch), "2026-03-04");
    assert_eq!(last(&["check"], None, epoch), "2023-11-14");
    assert_eq!(last(&["check"], None, Some("86399")), "1970-01-01");
    assert_eq!(last(&["check"], None, Some("86400")), "1970-01-02");
    assert_eq!(last(&["check"], None, None).len(), 10);
    assert_eq!(
        last(&["check"], Some("tomorrow"), None),
        "error: PLANSITE_TODAY is `tomorrow`; expected a day such as 2026-11-01\n"
    );
    assert_eq!(
        last(&["check"], None, Some("soon")),
        "error: SOURCE_DATE_EPOCH is `soon`; expected seconds since 1970\n"
    );
    assert!(last(&["check"], None, Some("99999999999999")).contains("beyond the calendar"));
    for wrong in ["2026-02-30", "20261101", "2026-11-01T00:00", "x"] {
        assert!(
            last(&["check", "--today", wrong], None, None).contains("expected a day such as 2026-11-01"),
            "{wrong}"
        );
    }
}

#[test]
fn mistakes_in_the_settings_are_named_where_they_stand() {
    let said = |text: &str| {
        let folder = clean();
        folder.put("plansite.toml", text.as_bytes());
        folder.run(&["check"]).refused()
    };
    assert_eq!(
        said("[site]\ntitel = \"x\"\n"),
        "error: plansite.toml:2:1: there is no key `titel`; did you mean `title`?\n"
    );
    assert_eq!(
        said("[rules]\nexpird = \"off\"\n"),
        "error: plansite.toml:2:1: there is no rule `expird`; did you mean `expired`?\n"
    );
    assert_eq!(
        said("[fields]\ngut = \"expire\"\n"),
        "error: plansite.toml:2:8: there is no fact `expire`; did you mean `expires`?\n"
    );
    assert_eq!(
        said("[freshness]\nwarn_before = \"soon\"\n"),
        "error: plansite.toml:2:15: `soon` is not a period; write it as 14d, 6 weeks or 3 months\n"
    );
    assert!(said("[site\n").starts_with("error: plansite.toml:1:6: "));
    assert!(
        said("[collection]\nexclude = [\"a{\"]\n").starts_with("error: the glob `a{` in the configuration is wrong")
    );
    let folder = clean();
    let err = folder.run(&["check", "--config", "other.toml"]).refused();
    assert!(err.starts_with("error: can't read ") && err.contains("other.toml"), "{err}");
}

#[test]
fn settings_are_found_beside_the_documents_and_by_name() {
    let folder = small();
    let errors = |args: &[&str]| folder.run(args).json()["summary"]["errors"].clone();
    assert_eq!(errors(&["check", "--format", "json"]), 2);
    folder.put("docs/plansite.toml", b"[rules]\nexpired = \"off\"\n");
    assert_eq!(errors(&["check", "docs", "--format", "json"]), 1);
    folder.put("other.toml", b"[rules]\nexpired = \"off\"\nbroken-link = \"notice\"\n");
    assert_eq!(errors(&["check", "--config", "other.toml", "--format", "json"]), 0);
    folder.put("plansite.toml", b"[collection]\ndocs = \"docs/adr\"\n");
    assert_eq!(folder.run(&["check"]).out, "1 document, no findings, as of 2026-11-23\n");
}

#[test]
fn nothing_to_read_is_no_success() {
    let folder = Folder::new(&[("docs/plan.txt", "x")]);
    let err = folder.run(&["check"]).refused();
    assert!(err.contains("there is no Markdown file in ") && err.contains("pass --allow-empty"), "{err}");
    let ended = folder.run(&["check", "--allow-empty"]);
    assert_eq!(
        (ended.code, ended.out.as_str()),
        (Some(0), "0 documents, no findings, as of 2026-11-23\n"),
        "{}",
        ended.err
    );
    assert!(folder.run(&["build"]).refused().contains("there is no Markdown file in "));
    assert!(folder.run(&["check", "nowhere"]).refused().starts_with("error: can't read "));
    assert!(folder.run(&["check", "docs/plan.txt"]).refused().contains("is not a folder"));
}

#[test]
fn list_as_table_csv_and_json() {
    let folder = small();
    assert_eq!(
        folder.run(&["list"]).out,
        "\
path               id        kind  stage     freshness  deadline    owners  title
adr/0001-queue.md  ADR-0001  adr   accepted  exempt                         One queue
plans/ship.md      PLAN-7    plan  active    expired    2026-11-01  Ana     Ship \"it\"
2 documents
"
    );
    assert_eq!(
        folder.run(&["list", "--format", "csv"]).out,
        "\
path,id,kind,stage,freshness,deadline,owners,title
adr/0001-queue.md,ADR-0001,adr,accepted,exempt,,,One queue
plans/ship.md,PLAN-7,plan,active,expired,2026-11-01,Ana,\"Ship \"\"it\"\"\"
"
    );
    let listing = folder.run(&["list", "--format", "json"]).json();
    assert_eq!(keys(&listing), ["documents", "schema", "today"]);
    assert_eq!((&listing["schema"], &listing["today"]), (&"plansite.documents/1".into(), &"2026-11-23".into()));
    let documents = listing["documents"].as_array().expect("documents");
    for document in documents {
        for key in [
            "path",
            "url",
            "id",
            "kind",
            "tracked",
            "dialect",
            "title",
            "summary",
            "status",
            "owners",
            "stakeholders",
            "tags",
            "dates",
            "freshness",
            "signals",
            "progress",
            "milestones",
            "risks",
            "blockers",
            "questions",
            "updates",
            "relations",
            "code",
            "ai",
            "findings",
        ] {
            assert!(document.get(key).is_some(), "{key} is missing in {document}");
        }
        assert_eq!(keys(&document["freshness"]), ["basis", "days", "deadline", "inferred", "state"]);
        assert_eq!(keys(&document["status"]), ["from", "key", "line", "raw", "stage"]);
        assert_eq!(keys(&document["dates"]).len(), 7);
    }
    assert_eq!(documents[1]["freshness"]["days"], -22);
}

#[test]
fn list_takes_filters_and_finds_nothing_politely() {
    let folder = small();
    let paths = |args: &[&str]| {
        let ended = folder.run(&[&["list", "--format", "csv"], args].concat());
        assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{args:?}");
        ended.out.lines().skip(1).filter_map(|line| line.split(',').next()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(paths(&["--kind", "plan"]), "plans/ship.md");
    assert_eq!(paths(&["--kind", "Decision"]), "adr/0001-queue.md");
    assert_eq!(paths(&["--stage", "Accepted"]), "adr/0001-queue.md");
    assert_eq!(paths(&["--owner", "@ana"]), "plans/ship.md");
    assert_eq!(paths(&["--owner", "an"]), "");
    assert_eq!(paths(&["--kind", "plan", "--stage", "accepted"]), "");
    assert_eq!(paths(&["docs/plans"]), "ship.md");
}

#[test]
fn show_finds_by_path_id_and_slug() {
    let folder = small();
    let json = |name: &str| folder.run(&["show", name, "--format", "json"]);
    let want = json("plans/ship.md");
    assert_eq!(want.code, Some(0), "{}", want.err);
    assert_eq!(want.json()["id"], "PLAN-7");
    for name in ["docs/plans/ship.md", "PLAN-7", "plan-007", "plans/plan-7/", "plan-7", "ship", "ship.md"] {
        assert_eq!(json(name), want, "{name}");
    }
    let text = folder.run(&["show", "PLAN-7"]).out;
    assert_eq!(
        text,
        "\
title        Ship \"it\"  (line 7)
path         plans/ship.md
address      plans/plan-7/
id           PLAN-7  (line 2)
kind         plan
dialect      lifecycle
status       active: `active`, from frontmatter `status`  (line 3)
owner        Ana  (line 5)
expires      2026-11-01  (line 4)
freshness    expired, expires 2026-11-01
error        [expired] expired 22 days ago, on 2026-11-01; owner Ana  (line 4)
error        [broken-link] there is no file `gone.md`  (line 9)
"
    );
    assert!(folder.run(&["show", "PLAN-8"]).refused().ends_with("; did you mean `PLAN-7`?\n"));
    assert!(folder.run(&["show", "nobody"]).refused().ends_with("; `plansite list` names them all\n"));
}

#[test]
fn explain_speaks_of_every_rule() {
    let folder = clean();
    let all = folder.run(&["explain"]);
    assert_eq!((all.code, all.err.as_str()), (Some(0), ""));
    for line in all.out.lines() {
        let name = line.split(' ').next().unwrap_or("");
        let one = folder.run(&["explain", name]);
        assert_eq!(one.code, Some(0), "{name}");
        for part in
            [format!("{name} ("), "\nWhat: ".into(), "\nWhy:  ".into(), "\nFix:  ".into(), format!("{name} = \"off\"")]
        {
            assert!(one.out.contains(&part), "`{part}` is missing for {name}");
        }
    }
    assert!(all.out.lines().count() > 20);
}

#[test]
fn build_writes_pages_once_and_leaves_other_folders_alone() {
    let folder = small();
    let first = folder.run(&["build"]);
    assert_eq!((first.code, first.out.as_str()), (Some(0), ""), "{}", first.err);
    assert!(first.err.starts_with("2 documents, 2 errors, 0 warnings\n"), "{}", first.err);
    assert!(first.err.ends_with("open site/index.html\n"), "{}", first.err);
    for page in ["index.html", "plans/plan-7/index.html", "decisions/adr-0001/index.html", "404.html"] {
        assert!(folder.read(&format!("site/{page}")).contains("</html>"), "{page}");
    }
    let documents: Value = serde_json::from_str(&folder.read("site/data/documents.json")).expect("JSON");
    assert_eq!(documents, folder.run(&["list", "--format", "json"]).json());
    let findings: Value = serde_json::from_str(&folder.read("site/data/findings.json")).expect("JSON");
    assert_eq!(findings, folder.run(&["check", "--format", "json"]).json());

    let second = folder.run(&["build"]);
    assert_eq!(second.code, Some(0));
    assert!(second.err.contains(" (0 files changed); "), "{}", second.err);

    folder.put("mine/notes.txt", b"mine");
    let err = folder.run(&["build", "-o", "mine"]).refused();
    assert!(err.starts_with("error: ") && err.contains("mine"), "{err}");
    let left: Vec<_> = fs::read_dir(folder.0.join("mine")).expect("a folder").flatten().collect();
    assert_eq!((left.len(), folder.read("mine/notes.txt").as_str()), (1, "mine"));
    folder.run(&["build", "-o", "docs"]).refused();
    folder.run(&["build", "-o", "."]).refused();

    assert_eq!(folder.run(&["build", "--strict"]).code, Some(1));
    assert_eq!(clean().run(&["build", "--strict"]).code, Some(0));
    let quiet = folder.run(&["build", "--quiet"]);
    assert_eq!(quiet, Ended { code: Some(0), out: String::new(), err: String::new() });
}

#[test]
fn a_page_goes_when_its_document_goes() {
    let folder = small();
    folder.run(&["build"]);
    fs::remove_file(folder.0.join("docs/plans/ship.md")).expect("a file");
    assert_eq!(folder.run(&["build"]).code, Some(0));
    assert!(!folder.0.join("site/plans/plan-7").exists());
    assert!(folder.0.join("site/decisions/adr-0001/index.html").exists());
}

#[test]
fn colour_only_where_it_is_wanted() {
    let folder = small();
    let coloured = |args: &[&str], key: &str, value: &str| {
        let output = folder.command(args).env(key, value).output().expect("plansite runs");
        output.stdout.contains(&0x1b)
    };
    assert!(!coloured(&["check"], "TERM", "xterm"), "a pipe is no terminal");
    assert!(coloured(&["check", "--color", "always"], "TERM", "xterm"));
    assert!(coloured(&["check", "--color", "always"], "NO_COLOR", "1"), "the flag outranks the environment");
    assert!(!coloured(&["check", "--color", "never"], "CLICOLOR_FORCE", "1"));
    assert!(!coloured(&["check"], "NO_COLOR", "1"));
    assert!(!coloured(&["check", "--format", "json", "--color", "always"], "TERM", "xterm"));
}

#[cfg(unix)]
#[test]
fn a_reader_who_goes_away_is_no_failure() {
    let folder = small();
    for at in 0..300 {
        folder.put(format!("docs/plans/many-{at}.md"), SHIP.as_bytes());
    }
    for args in [["check"].as_slice(), &["check", "--format", "json"], &["list"], &["list", "--format", "json"]] {
        let mut child =
            folder.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("plansite runs");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("plansite ends");
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), b"".as_slice()), "{args:?}");
    }
}

#[test]
fn a_root_says_of_its_files_what_it_says_from_further_up() {
    let folder = small();
    let seen = |args: &[&str]| {
        let listing = folder.run(&[&["list", "--format", "json"], args].concat()).json();
        listing["documents"]
            .as_array()
            .expect("documents")
            .iter()
            .map(|document| format!("{} {} {}", document["id"], document["kind"], document["freshness"]["state"]))
            .collect::<Vec<_>>()
    };
    assert_eq!(seen(&["."]), seen(&["docs"]));
    assert_eq!(seen(&["docs/plans"]), ["\"PLAN-7\" \"plan\" \"expired\""]);
    assert_eq!(seen(&["docs/adr"]), ["\"ADR-0001\" \"adr\" \"exempt\""]);
}

#[test]
fn same_input_same_bytes_with_one_thread_and_with_four() {
    let folder = small();
    for at in 0..60 {
        let text = format!(
            "---\nid: PLAN-{at}\nstatus: active\nexpires: 2026-11-{:02}\ntags: [a{}]\n---\n# P {at}\n\n[n](p-{}.md) PLAN-{}\n",
            at % 28 + 1,
            at % 7,
            at + 1,
            at / 2
        );
        folder.put(format!("docs/plans/p-{at}.md"), text.as_bytes());
    }
    let with = |threads: &str, args: &[&str]| {
        let output = folder.command(args).env("RAYON_NUM_THREADS", threads).output().expect("plansite runs");
        (output.status.code(), output.stdout)
    };
    for args in [["check"].as_slice(), &["check", "--format", "json"], &["list", "--format", "json"]] {
        assert_eq!(with("1", args), with("4", args), "{args:?}");
    }
    assert_eq!(with("1", &["build", "-o", "one"]).0, Some(0));
    assert_eq!(with("4", &["build", "-o", "four"]).0, Some(0));
    let (one, four) = (files(&folder.0.join("one")), files(&folder.0.join("four")));
    assert!(one.len() > 60);
    assert_eq!(
        one.iter().map(|(path, _)| path).collect::<Vec<_>>(),
        four.iter().map(|(path, _)| path).collect::<Vec<_>>()
    );
    for ((path, a), (_, b)) in one.iter().zip(&four) {
        assert!(a == b, "{path} differs");
    }
}

/// All files below a folder with their bytes, sorted by path.
fn files(root: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).expect("below the root").to_string_lossy().into_owned();
                found.push((name, fs::read(&path).expect("a file")));
            }
        }
    }
    found.sort();
    found
}

/// The keys of an object, sorted.
fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value.as_object().expect("an object").keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}
