//! `plansite doctor`: what it says of a collection, and that the configuration it proposes is one.

use super::folder::{Folder, QUEUE, clean};

/// Something of everything that can be said.
fn mixed() -> Folder {
    let parked = "---\nstatus: parked\nrelated_plan: b.md\nsuperceded: b.md\n---\n# A\n\nOwner: [Team/person]\n";
    let dated = |day: u32| format!("---\nstatus: activ\nkickoff: 2026-11-0{day}\nvendor: x\n---\n# B{day}\n");
    let folder = Folder::new(&[
        ("docs/plans/a.md", parked),
        ("docs/plans/none.md", "# No status\n"),
        ("docs/adr/0001-queue.md", QUEUE),
        (
            "docs/adr/template.md",
            "# [short title]\n\n## Status\n\n[Proposed | Accepted]\n\n## Context\n\n## Decision\n",
        ),
        ("docs/notes/idea.md", "---\ntype: idea\n---\n# Idea\n"),
        ("docs/bugs/one.md", "---\nstatus: Done\n---\n# One\n"),
        ("docs/bugs/two.md", "**Status:** ✅ Done (2026-01-02)\n"),
        ("docs/README.md", "# Status\n\nActive\n"),
        ("docs/plans/broken.md", "---\nstatus: [active\n---\n# Broken\n"),
    ]);
    (1..=3).for_each(|day| folder.put(format!("docs/plans/b{day}.md"), dated(day).as_bytes()));
    folder
}

#[test]
fn what_needs_a_hand_comes_first_and_the_configuration_last() {
    let ended = mixed().run(&["doctor"]);
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    assert_eq!(
        ended.out,
        "\
12 documents: 7 tracked, 1 template, 4 pages

Can't be read
  1  the frontmatter is not valid YAML: while parsing a flow sequence, expected ',' or ']'  docs/plans/broken.md:2

Status words that nobody knows
  3  activ   docs/plans/b1.md:2
  1  parked  docs/plans/a.md:2

`type:` that is no kind
  1  idea  docs/notes/idea.md:2

With a status, but nothing says which kind: a page
  2  docs/bugs/  one.md:2

Nothing says where they stand
  1  docs/plans/  none.md

Keys that are nearly known ones
  1  related_plan  meant is `related_plans`                docs/plans/a.md:3
  1  superceded    meant is `superseded_by`, read as such  docs/plans/a.md:4

Placeholders left
  1  [Team/person]  docs/plans/a.md:8

Dialects
  10  generic  any document; facts are read from every known place
   1  nygard   sections Status, Context, Decision, Consequences; a Date line; titles such as `7. Use PostgreSQL`

Status words
  2  done      completed  docs/bugs/one.md:2
  1  accepted  accepted   docs/adr/0001-queue.md:5
  1  active    active     docs/plans/broken.md:2

Keys that are read
  7  status      status         docs/bugs/one.md:2
  1  Owner       owner          docs/plans/a.md:8
  1  superceded  superseded_by  docs/plans/a.md:4
  1  type        kind           docs/notes/idea.md:2

Keys that say nothing to plansite
  3  kickoff  docs/plans/b1.md:3
  3  vendor   docs/plans/b1.md:4

Templates
  docs/adr/template.md

A plansite.toml that names what is unknown:

[status]
\"activ\" = \"active\"  # like `active`; 3 documents
# one of: draft, proposed, accepted, active, blocked, completed, rejected, deprecated, archived, superseded
# \"parked\" = \"\"  # 1 document

[fields]
\"related_plan\" = \"related\"  # like `related_plans`; 1 document
# keys with dates, one of: created, updated, reviewed, expires, next_review, decided, completed
# \"kickoff\" = \"\"  # 3 documents

[kinds]
# one of: plan, adr, rfc, spec, research, proposal, goal, task list, session, page
# \"idea\" = \"\"  # `type:` of 1 document
# \"bugs\" = \"\"  # folder of 2 documents with a status
"
    );
}

#[test]
fn a_collection_without_riddles_gets_no_configuration() {
    let ended = clean().run(&["doctor"]);
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    assert_eq!(
        ended.out,
        "\
1 document: 1 tracked

Dialects
  1  nygard  sections Status, Context, Decision, Consequences; a Date line; titles such as `7. Use PostgreSQL`

Status words
  1  accepted  accepted  docs/adr/0001-queue.md:5
"
    );
    assert_eq!(clean().run(&["doctor", "--format", "json"]).json()["config"], "");
}

#[test]
fn what_it_proposes_is_understood_and_helps() {
    let folder = mixed();
    let config = folder.run(&["doctor", "--format", "json"]).json()["config"].as_str().expect("a text").to_string();
    folder.put("plansite.toml", config.as_bytes());
    let after = folder.run(&["doctor", "--format", "json"]).json();
    let left = after["config"].as_str().expect("a text");
    let settled = |text: &str| text.lines().filter(|line| line.contains(" = ") && !line.starts_with('#')).count();
    assert_eq!((settled(&config), settled(left)), (2, 0), "{config}\n{left}");
    // the choices left open, made as a person would
    let made = config.replace("# \"parked\" = \"\"", "\"parked\" = \"blocked\"");
    let made =
        made.replace("# \"idea\" = \"\"", "\"idea\" = \"page\"").replace("# \"bugs\" = \"\"", "\"bugs\" = \"plan\"");
    folder.put("plansite.toml", made.replace("# \"kickoff\" = \"\"", "\"kickoff\" = \"created\"").as_bytes());
    let after = folder.run(&["doctor", "--format", "json"]).json();
    assert_eq!(after["config"], "");
    let reasons: Vec<&str> =
        after["unplaced"].as_array().expect("gaps").iter().filter_map(|gap| gap["reason"].as_str()).collect();
    assert_eq!(reasons, ["unreadable", "no-status"]);
}

#[test]
fn long_lists_are_cut_unless_all_is_asked_for() {
    let folder = Folder::new(&[]);
    for number in 10..22 {
        let text = format!("---\nstatus: draft\nkey_{number}: x\n---\n# A\n");
        folder.put(format!("docs/plans/a{number}.md"), text.as_bytes());
        folder.put(format!("docs/plans/b{number}.md"), text.as_bytes());
    }
    let lines = |args: &[&str]| folder.run(args).out.lines().filter(|line| line.contains("key_")).count();
    assert_eq!((lines(&["doctor"]), lines(&["doctor", "-v"])), (8, 12));
    assert!(folder.run(&["doctor"]).out.contains("  and 4 more\n"));
}

#[test]
fn json_keeps_its_keys() {
    let report = mixed().run(&["doctor", "--format", "json"]).json();
    let keys: Vec<&String> = report.as_object().expect("an object").keys().collect();
    let want = [
        "schema",
        "documents",
        "unplaced",
        "near_misses",
        "placeholders",
        "templates",
        "dialects",
        "statuses",
        "keys",
        "config",
    ];
    assert_eq!(keys, want);
    assert_eq!(report["schema"], "plansite.doctor/1");
    assert_eq!(report["documents"], serde_json::json!({"all": 12, "tracked": 7, "templates": 1, "pages": 4}));
    let parked = &report["unplaced"].as_array().expect("gaps")[2];
    let place = serde_json::json!([{"path": "plans/a.md", "line": 2}]);
    assert_eq!(*parked, serde_json::json!({"reason": "unknown-status", "about": "parked", "documents": place}));
}

#[test]
fn nothing_to_read_is_no_success() {
    let folder = Folder::new(&[("docs/plan.txt", "x")]);
    assert!(folder.run(&["doctor"]).refused().contains("there is no Markdown file in "));
    assert!(folder.run(&["doctor", "nowhere"]).refused().starts_with("error: can't read "));
}
