//! What CI reads: every format, the baseline, changes since a revision, the expiry report.

use std::process::Command;

use super::folder::{Folder, SHIP, clean, small};
use serde_json::Value;

/// Text that would do harm where it isn't escaped, as a file name may hold it, too.
const NASTY: &str = "x ::error::y ##[add-path]z ]](a) <b>@ana #1 | `c` %0A & \u{1b}[31m \u{202e}q";

fn nasty() -> Folder {
    let title = NASTY.replace('\u{1b}', "\\e").replace('\u{202e}', "\\u202e").replace('`', "\\x60");
    let text = format!(
        "---\nid: PLAN-7\ntitle: \"{title}\"\nstatus: \"active\"\nexpires: 2026-11-01\nowner: \"{title}\"\n---\n\n[{NASTY}](gone{NASTY}.md)\n[a](b.md) [c](d.md)\n"
    );
    let folder = Folder::new(&[]);
    folder.put("docs/plans/::error::a,b%[c] ##[x]|@ana.md", text.as_bytes());
    folder
}

const FORMATS: [&str; 8] = ["text", "json", "jsonl", "sarif", "github", "gitlab", "junit", "markdown"];
const EXPIRY: [&str; 6] = ["text", "json", "markdown", "github", "junit", "ics"];

/// What GitHub's runner would take for a command, but for those that are meant.
fn commands(text: &str) -> Vec<&str> {
    let meant = |line: &str| ["::error file=", "::warning file=", "::notice file="].iter().any(|m| line.starts_with(m));
    let lines = text.split(['\n', '\r']);
    lines.filter(|line| (line.trim_start().starts_with("::") || line.contains("##[")) && !meant(line)).collect()
}

/// Markdown without its code spans: a run of backticks up to the next run of the same length.
fn outside_of_code(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(at) = rest.find('`') {
        out += &rest[..at];
        let fence = &rest[at..at + rest[at..].bytes().take_while(|byte| *byte == b'`').count()];
        let inner = &rest[at + fence.len()..];
        let mut from = 0;
        let end = loop {
            let start = from + inner[from..].find('`').expect("each span ends");
            let run = inner[start..].bytes().take_while(|byte| *byte == b'`').count();
            from = start + run;
            if run == fence.len() {
                break from;
            }
        };
        rest = &inner[end..];
    }
    out + rest
}

#[test]
fn no_format_lets_text_do_anything() {
    let folder = nasty();
    let all = FORMATS.map(|format| ("check", format)).into_iter().chain(EXPIRY.map(|format| ("expiry", format)));
    for (command, format) in all {
        let ended = folder.run(&[command, "--format", format]);
        assert_eq!((ended.code, ended.err.as_str()), (Some(1), ""), "{command} {format}");
        assert_eq!(commands(&ended.out), [""; 0], "{command} {format}");
        let machine = ["json", "jsonl", "sarif", "gitlab"].contains(&format);
        let odd = ['\u{1b}', '\u{202e}'].iter().any(|c| ended.out.contains(*c));
        assert!(machine || !odd || format == "junit", "{command} {format}: {:?}", ended.out);
        if format == "markdown" {
            let outside = outside_of_code(&ended.out);
            assert!(!outside.contains("@ana") && !outside.contains("#1 "), "{outside}");
        }
        if format == "ics" {
            assert!(ended.out.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{}", ended.out);
        }
    }
}

#[test]
fn sarif_keeps_to_what_code_scanning_takes() {
    let log = nasty().run(&["check", "--format", "sarif"]).json();
    let run = &log["runs"][0];
    assert_eq!((&log["version"], &run["columnKind"]), (&"2.1.0".into(), &"utf16CodeUnits".into()));
    assert_eq!(run["automationDetails"]["id"], "plansite/docs/");
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = run["results"].as_array().expect("results");
    assert!(results.len() >= 3, "{results:#?}");
    let mut hashes = Vec::new();
    for result in results {
        let rule = &rules[result["ruleIndex"].as_u64().expect("an index") as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(
            place["artifactLocation"]["uri"],
            "docs/plans/%3A%3Aerror%3A%3Aa%2Cb%25%5Bc%5D%20%23%23%5Bx%5D%7C%40ana.md"
        );
        assert!(place["region"]["startLine"].as_u64() >= Some(1) && place["region"]["startColumn"].as_u64() >= Some(1));
        let message = result["message"]["text"].as_str().expect("text").replace("\\\\", "");
        assert!(!message.replace("\\[", "").replace("\\]", "").contains(['[', ']']), "{message}");
        hashes.push(format!("{}{}", result["ruleId"], result["partialFingerprints"]["primaryLocationLineHash"]));
    }
    hashes.sort();
    let all = hashes.len();
    hashes.dedup();
    assert_eq!(hashes.len(), all, "two findings on one line are two");
    let wide = Folder::new(&[("docs/plans/a.md", "# A\n\ntítulo: 👍 [x](gone.md)\n")]);
    let json = wide.run(&["check", "--format", "json"]).json();
    let sarif = wide.run(&["check", "--format", "sarif"]).json();
    let link = |findings: &Value| findings.as_array().expect("a list").last().expect("a finding").clone();
    assert_eq!(link(&json["findings"])["column"], 11);
    let region = &link(&sarif["runs"][0]["results"])["locations"][0]["physicalLocation"]["region"];
    assert_eq!(region["startColumn"], 12);
    assert_eq!(clean().run(&["check", "--format", "sarif"]).json()["runs"][0]["results"], Value::Array(Vec::new()));
}

#[test]
fn github_gets_ten_of_a_level_and_a_summary() {
    let links: String = (0..13).map(|at| format!("[a](gone-{at}.md)\n")).collect();
    let folder = Folder::new(&[("docs/plans/ship.md", &format!("{SHIP}{links}"))]);
    folder.put("summary.md", b"before\n");
    let summary = folder.0.join("summary.md");
    let output = folder.command(&["check"]).env("GITHUB_ACTIONS", "true").env("GITHUB_STEP_SUMMARY", &summary).output();
    let ended = super::folder::Ended::from(output.expect("plansite runs"));
    assert_eq!((ended.code, ended.err.as_str()), (Some(1), ""));
    assert!(ended.out.starts_with(&folder.run(&["check"]).out), "the whole text comes first");
    assert_eq!(ended.out.matches("::error file=docs/plans/ship.md,").count(), 10);
    assert!(ended.out.ends_with("5 more errors: see the job summary\n"), "{}", ended.out);
    assert!(ended.out.contains(
        "\n::error file=docs/plans/ship.md,line=4,endLine=4,col=10,endColumn=20,title=plansite%3A expired::expired 22 \
         days ago, on 2026-11-01; owner Ana%0Ahelp: review it"
    ));
    let text = folder.read("summary.md");
    assert!(text.starts_with("before\n## plansite\n"), "{text}");
    assert_eq!(text.matches("`broken-link`").count(), 14);
    let nowhere = folder.0.join("no/where.md");
    let output = folder.command(&["check", "--format", "github"]).env("GITHUB_STEP_SUMMARY", nowhere).output();
    let ended = super::folder::Ended::from(output.expect("plansite runs"));
    assert_eq!(ended.code, Some(1));
    assert!(ended.err.starts_with("warning: can't write the job's summary: "), "{}", ended.err);
}

#[test]
fn lines_of_json_end_with_a_summary() {
    let out = small().run(&["check", "--format", "jsonl"]).out;
    let lines: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.len(), 3);
    assert_eq!((&lines[0]["schema"], &lines[0]["rule"]), (&"plansite.finding/1".into(), &"expired".into()));
    assert_eq!((&lines[2]["schema"], &lines[2]["findings"]), (&"plansite.summary/1".into(), &2.into()));
    assert_eq!(clean().run(&["check", "--format", "jsonl"]).out.lines().count(), 1);
}

#[test]
fn text_is_grouped_by_whoever_has_to_act() {
    let folder = small();
    folder.put("docs/plans/b.md", b"---\nstatus: active\nexpires: 2026-11-02\n---\n# B\n");
    let heads = |what: &str| {
        let out = folder.run(&["check", "--group-by", what]).out;
        out.lines().filter(|line| line.starts_with("== ")).map(str::to_string).collect::<Vec<_>>()
    };
    assert_eq!(heads("rule")[..2], ["== broken-link: 1 finding", "== expired: 2 findings"]);
    assert!(heads("owner")[0].starts_with("== without an owner: "));
    assert_eq!(heads("owner")[1], "== Ana: 2 findings");
    assert_eq!(heads("path")[1], "== docs/plans/ship.md: 2 findings");
}

#[test]
fn a_baseline_hides_what_is_known() {
    let folder = small();
    let check = |args: &[&str]| folder.run(&[&["check", "--baseline", "known.json"], args].concat());
    assert!(check(&[]).refused().contains("can't read the baseline known.json: "));
    assert_eq!(
        check(&["--update-baseline"]).out,
        "2 documents, no findings, 2 hidden by the baseline, as of 2026-11-23\n"
    );
    assert_eq!(
        folder.read("known.json"),
        "{\n  \"schema\": \"plansite.baseline/1\",\n  \"findings\": [\n    \
         {\"document\":\"PLAN-7\",\"rule\":\"broken-link\",\"words\":\"[gone](gone.md)\",\"count\":1},\n    \
         {\"document\":\"PLAN-7\",\"rule\":\"expired\",\"words\":\"2026-11-01\",\"count\":1,\"accepted\":\"2026-11-23\"}\n  ]\n}\n"
    );
    // lines move, the file gets another name: still known
    std::fs::remove_file(folder.0.join("docs/plans/ship.md")).expect("a file");
    folder.put("docs/plans/sail.md", SHIP.replace("# Ship", "\n\n\n# Ship").as_bytes());
    assert_eq!(check(&[]).code, Some(0));
    // a second one of the same kind is new
    folder.put("docs/plans/sail.md", format!("{SHIP}\n[gone](gone.md)\n").as_bytes());
    let ended = check(&[]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.out.ends_with("2 documents, 1 error, 2 hidden by the baseline, as of 2026-11-23\n"), "{}", ended.out);
    let refused = check(&["--update-baseline", "--baseline-ratchet"]);
    assert_eq!(refused.code, Some(1), "a ratchet takes nothing new");
    // what is mended is told, and can be taken out
    folder.put("docs/plans/sail.md", SHIP.replace("See [gone](gone.md).", "").as_bytes());
    let ended = check(&[]);
    assert_eq!(ended.code, Some(0));
    assert_eq!(
        ended.err,
        "warning: known.json accepts 1 entry that can't be found any more; --prune-baseline takes them out\n  \
         PLAN-7: broken-link `[gone](gone.md)`\n"
    );
    assert_eq!(check(&["--baseline-ratchet"]).code, Some(1));
    let before = folder.read("known.json");
    assert_eq!((check(&["--prune-baseline"]).code, check(&["--baseline-ratchet"]).code), (Some(0), Some(0)));
    assert_ne!(folder.read("known.json"), before);
    // another date is another lateness
    folder.put("docs/plans/sail.md", SHIP.replace("2026-11-01", "2026-11-02").as_bytes());
    assert_eq!(check(&[]).code, Some(1));
    folder.put("known.json", b"[]");
    assert!(check(&[]).refused().starts_with("error: can't read the baseline known.json: "));
}

/// A repository with one commit of these files.
fn repository(files: &[(&str, &str)]) -> Folder {
    let folder = Folder::new(files);
    std::fs::remove_dir_all(folder.0.join(".git")).expect("a folder");
    git(&folder, &["init", "-q", "-b", "main"]);
    commit(&folder);
    folder
}

fn commit(folder: &Folder) {
    git(folder, &["add", "-A"]);
    let day = "2026-11-20T12:00:00Z";
    let mut command = Command::new("git");
    command.current_dir(&folder.0).env("GIT_AUTHOR_DATE", day).env("GIT_COMMITTER_DATE", day);
    let who = ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"];
    let made = command.args(who).args(["commit", "-q", "-m", "x"]).status().expect("git runs");
    assert!(made.success());
}

fn git(folder: &Folder, args: &[&str]) {
    assert!(Command::new("git").current_dir(&folder.0).args(args).status().expect("git runs").success(), "{args:?}");
}

#[test]
fn a_change_answers_for_what_it_touched() {
    let late = "---\nstatus: active\nexpires: 2026-11-01\nowner: Bo\n---\n# L\n\n[own](nowhere.md) [adr](../adr/0001-queue.md)\n";
    let folder = repository(&[
        ("docs/plans/late.md", late),
        ("docs/plans/ship.md", SHIP),
        ("docs/adr/0001-queue.md", super::folder::QUEUE),
    ]);
    let check = |args: &[&str]| folder.run(&[&["check", "--since", "HEAD"], args].concat());
    let ended = check(&["--fail-on", "notice"]);
    assert_eq!(ended.code, Some(0), "nothing changed: {}", ended.out);
    assert_eq!(ended.out.matches(": notice[expired]: ").count(), 2, "{}", ended.out);
    let end = ", 2 notices, 2 left out in unchanged documents, as of 2026-11-23\n";
    assert!(ended.out.ends_with(end), "{}", ended.out);
    // touched: full severity
    folder.put("docs/plans/ship.md", format!("{SHIP}\nmore\n").as_bytes());
    let ended = check(&[]);
    assert_eq!(ended.code, Some(1));
    assert_eq!((ended.out.matches("error[expired]").count(), ended.out.matches("notice[expired]").count()), (1, 1));
    folder.put("docs/plans/ship.md", SHIP.as_bytes());
    // a file that goes breaks links in files that stay
    std::fs::remove_file(folder.0.join("docs/adr/0001-queue.md")).expect("a file");
    let ended = check(&[]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.out.contains("docs/plans/late.md:8:19: error[broken-link]"), "{}", ended.out);
    assert!(!ended.out.contains("nowhere.md`"), "{}", ended.out);
}

#[test]
fn a_revision_that_is_not_known_is_no_reason_to_guess() {
    let folder = repository(&[("docs/plans/ship.md", SHIP)]);
    for wrong in ["nowhere", "--output=x", "-x", "HEAD:docs", "a\u{1b}b", ""] {
        let err = folder.run(&["check", &format!("--since={wrong}")]).refused();
        assert!(err.starts_with("error: there is no revision `") && err.contains("`fetch-depth: 0`"), "{wrong}: {err}");
        assert!(!err.contains('\u{1b}'));
    }
    folder.put("docs/plans/ship.md", b"# other\n");
    commit(&folder);
    let shallow = Folder::new(&[]);
    std::fs::remove_dir_all(&shallow.0).expect("a folder");
    let from = format!("file://{}", folder.0.display());
    let cloned = Command::new("git").args(["clone", "-q", "--depth=1", &from]).arg(&shallow.0).status();
    assert!(cloned.expect("git runs").success());
    let err = shallow.run(&["check", "--since", "HEAD"]).refused();
    assert!(err.contains("shallow clone") && err.contains("`fetch-depth: 0`"), "{err}");
    let err = small().run(&["check", "--since", "HEAD"]).refused();
    assert!(err.contains("revision") || err.contains("git"), "{err}");
}

#[test]
fn the_expiry_report_names_people_first() {
    let folder = small();
    folder.put("docs/plans/alone.md", b"---\nstatus: active\nreview_by: 2026-11-10\n---\n# Alone\n");
    folder.put("docs/plans/soon.md", b"---\nid: PLAN-9\nstatus: draft\nexpires: 2026-12-20\nowner: Bo\n---\n# Soon\n");
    folder.put("docs/plans/far.md", b"---\nid: PLAN-8\nstatus: draft\nexpires: 2027-06-20\nowner: Bo\n---\n# Far\n");
    let ended = folder.run(&["expiry"]);
    assert_eq!((ended.code, ended.err.as_str()), (Some(1), ""));
    assert_eq!(
        ended.out,
        "\
Past their day

  without an owner
    plans/alone.md  Alone
                    its review was due 13 days ago, on 2026-11-10 (next_review); docs/plans/alone.md:3

  Ana
    PLAN-7  Ship \"it\"
            expired 22 days ago, on 2026-11-01 (expires); docs/plans/ship.md:4

Due by 2026-12-23

  Bo
    PLAN-9  Soon
            expires in 27 days, on 2026-12-20 (expires); docs/plans/soon.md:4

2 documents past their day, 1 due by 2026-12-23, as of 2026-11-23
"
    );
    let json = folder.run(&["expiry", "--format", "json", "--within", "1 year"]).json();
    assert_eq!((&json["schema"], &json["summary"]["due"]), (&"plansite.expiry/1".into(), &2.into()));
    assert_eq!(json["deadlines"][0]["days"], -22);
    assert!(folder.run(&["expiry", "--group-by", "week"]).out.contains("\n  week of 2026-10-26\n"));
    assert!(folder.run(&["expiry", "--group-by", "kind"]).out.contains("\n  plan\n"));
    let code = |on: &str, today: &str| folder.run(&["expiry", "--fail-on", on, "--today", today]).code;
    let codes = |today: &str| ["expired", "overdue", "due", "never"].map(|on| code(on, today));
    assert_eq!(codes("2026-11-23"), [Some(1), Some(1), Some(1), Some(0)]);
    assert_eq!(codes("2026-11-01"), [Some(0), Some(0), Some(1), Some(0)]);
    assert_eq!(codes("2026-09-01"), [Some(0); 4]);
    assert!(folder.run(&["expiry", "--within", "soon"]).refused().contains("expected a period"));
}

#[test]
fn a_date_that_moves_keeps_its_event() {
    let folder = small();
    let event = |name: &str| {
        let out = folder.run(&["expiry", "--format", "ics"]).out;
        out.lines().find(|line| line.starts_with(name)).unwrap_or_default().to_string()
    };
    let (uid, start) = (event("UID:"), event("DTSTART"));
    assert_eq!(start, "DTSTART;VALUE=DATE:20261101");
    folder.put("docs/plans/ship.md", SHIP.replace("2026-11-01", "2026-12-31").as_bytes());
    assert_eq!((event("UID:"), event("DTEND")), (uid, "DTEND;VALUE=DATE:20270101".to_string()));
    let on = |day: &str| folder.run(&["expiry", "--format", "ics", "--today", day]).out;
    assert_eq!(on("2026-01-01"), on("2026-06-01"), "the bytes don't depend on the day");
}

#[test]
fn a_change_is_told_by_what_it_does_to_plans() {
    let folder = repository(&[
        ("docs/plans/ship.md", SHIP),
        ("docs/plans/old.md", "---\nid: PLAN-1\nstatus: active\nreview_by: 2027-01-01\n---\n# Old\n"),
        ("docs/adr/0001-queue.md", super::folder::QUEUE),
        (".gitignore", "notes/\n"),
    ]);
    let same = folder.run(&["diff", "HEAD"]);
    assert_eq!(same.code, Some(0), "{}", same.err);
    assert!(same.out.ends_with("Nothing changed for plans.\n"), "{}", same.out);
    let ship = SHIP.replace("2026-11-01", "2026-12-01").replace("status: active", "status: completed");
    folder.put("docs/plans/done/ship.md", format!("{ship}[b](b.md)\n").as_bytes());
    folder.put("docs/plans/new.md", b"---\nid: PLAN-1\nstatus: draft\n---\n# New | @ana\n");
    for gone in ["docs/plans/ship.md", "docs/adr/0001-queue.md"] {
        std::fs::remove_file(folder.0.join(gone)).expect("a file");
    }
    let text = folder.run(&["diff", "HEAD"]).out;
    let want = "\
<!-- plansite:diff -->
## Plans: `HEAD` to `the working tree`

1 new, 1 gone, 1 in another stage, 1 with another deadline, ";
    assert!(text.starts_with(want), "{text}");
    for part in [
        "\n### Moved between stages\n\n- `PLAN-7` `Ship \"it\"`: active to completed\n",
        "\n### Deadlines\n\n- `PLAN-7` `Ship \"it\"`: expiry extended by 30 days, from 2026-11-01 to 2026-12-01\n",
        "\n### Links newly broken\n\n- `docs/plans/done/ship.md:",
        "\n### Ids that collide\n\n- `docs/plans/new.md:2`: `PLAN-1 is also the id of plans/old.md`\n",
        "\n### New\n\n- `PLAN-1` `New | @ana`\n",
        "\n### Gone\n\n- `ADR-0001` `One queue`\n",
        "\n### Moved files\n\n- `PLAN-7` `Ship \"it\"`: `plans/ship.md` to `plans/done/ship.md`\n",
    ] {
        assert!(text.contains(part), "`{part}` is missing in {text}");
    }
    commit(&folder);
    let committed = folder.run(&["diff", "HEAD^", "HEAD"]).out;
    assert_eq!(committed.lines().skip(2).collect::<Vec<_>>(), text.lines().skip(2).collect::<Vec<_>>());
    let json = folder.run(&["diff", "HEAD^", "--format", "json"]).json();
    assert_eq!((&json["schema"], &json["deadlines"][0]["days"]), (&"plansite.diff/1".into(), &30.into()));
    assert!(folder.run(&["diff", "--", "-x"]).refused().contains("there is no revision `-x` here"));
}

#[test]
fn init_writes_what_is_not_there() {
    let folder = clean();
    folder.put(".github/workflows/plansite.yml", b"mine");
    assert_eq!(folder.run(&["init", "--github"]).code, Some(0));
    assert_eq!(folder.read(".github/workflows/plansite.yml"), "mine");
    assert!(folder.read(".github/workflows/plansite-expiry.yml").contains(env!("CARGO_PKG_VERSION")));
    assert_eq!(folder.run(&["check"]).code, Some(0), "the settings can be read");
    let settings = folder.read("plansite.toml");
    assert_eq!(folder.run(&["init"]).code, Some(0));
    assert_eq!(folder.read("plansite.toml"), settings);
}
