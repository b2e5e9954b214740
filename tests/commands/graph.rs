//! `plansite graph`: exact output, and that no document's words mean anything to whoever reads it.

use crate::commands::folder::{Ended, Folder};

fn chained() -> Folder {
    Folder::new(&[
        ("docs/adr/0001-queue.md", "# 1. One queue\n\nDecides: PLAN-2\n\n## Status\n\nAccepted\n\n## Context\n\nx\n"),
        ("docs/plans/old.md", "---\nid: PLAN-1\nstatus: superseded\nsuperseded_by: PLAN-2\n---\n# Old \"way\"\n"),
        (
            "docs/plans/new.md",
            "---\nid: PLAN-2\nstatus: active\ndepends_on: PLAN-9\nrelated: PLAN-3\n---\n# New way\n\nSee ADR-0001.\n",
        ),
        (
            "docs/plans/next.md",
            "---\nid: PLAN-3\nstatus: draft\ndepends_on: PLAN-2\n---\n# Next, and [x](../adr/0001-queue.md)\n",
        ),
    ])
}

#[test]
fn graph_draws_each_relation_once() {
    let want = Ended {
        code: Some(0),
        out: r#"digraph plans {
  rankdir=LR;
  node [shape=box, style=rounded, fontname="sans-serif"];
  "adr/0001-queue.md" [label="ADR-0001\nOne queue", class="adr accepted"];
  "plans/new.md" [label="PLAN-2\nNew way", class="plan active"];
  "plans/next.md" [label="PLAN-3\nNext, and x", class="plan draft"];
  "plans/old.md" [label="PLAN-1\nOld \"way\"", class="plan superseded"];
  "adr/0001-queue.md" -> "plans/new.md" [label="decides"];
  "plans/new.md" -> "plans/old.md" [label="supersedes", style=bold];
  "plans/new.md" -> "plans/next.md" [label="related", dir=none];
  "plans/next.md" -> "plans/new.md" [label="depends-on", style=dashed];
}
"#
        .into(),
        err: String::new(),
    };
    let folder = chained();
    assert_eq!(folder.run(&["graph"]), want);
    assert_eq!(folder.run(&["graph", "docs", "--format", "dot"]), want);
    assert_eq!(
        folder.run(&["graph", "--format", "mermaid", "--mentions"]).out,
        r#"flowchart LR
  d0["ADR-0001<br>One queue"]
  d1["PLAN-2<br>New way"]
  d2["PLAN-3<br>Next, and x"]
  d3["PLAN-1<br>Old #34;way#34;"]
  d0 -->|decides| d1
  d1 ==>|supersedes| d3
  d1 ---|related| d2
  d2 -.->|depends-on| d1
  d1 -.->|mentions| d0
  d2 -.->|mentions| d0
"#
    );
}

#[test]
fn graph_as_json_is_the_file_of_the_site() {
    let folder = chained();
    assert_eq!(folder.run(&["build", "--quiet"]).code, Some(0));
    let ended = folder.run(&["graph", "--format", "json"]);
    assert_eq!((ended.code, ended.out.as_str()), (Some(0), folder.read("site/data/relations.json").as_str()));
    let relations = ended.json();
    assert_eq!(relations["schema"], "plansite.relations/1");
    let lost =
        &relations["relations"].as_array().expect("a list").iter().find(|edge| edge["to"].is_null()).expect("one");
    assert_eq!((lost["kind"].as_str(), lost["raw"].as_str()), (Some("depends-on"), Some("PLAN-9")));
}

#[test]
fn no_title_can_end_its_label() {
    let title = "\"]; x -> y [label=\\\"<b onclick=1> `#` %% ; --> ::error::z ##[group]";
    let file = format!("---\nid: PLAN-1\nstatus: active\ndepends_on: PLAN-2\n---\n# {title}\n");
    let folder = Folder::new(&[
        ("docs/plans/1.md", &file),
        ("docs/plans/2.md", "---\nid: PLAN-2\nstatus: active\n---\n# Two\n"),
    ]);
    let dot = folder.run(&["graph"]).out;
    assert_eq!(dot.lines().count(), 7, "{dot}");
    for line in dot.lines() {
        // without the escaped pairs the quotes are those we wrote
        let plain = line.replace("\\\\", "").replace("\\\"", "");
        assert!(plain.matches('"').count() % 2 == 0, "{line}");
        let outside: String = plain.split('"').step_by(2).collect();
        assert!(!outside.contains("x -> y"), "{line}");
    }
    let mermaid = folder.run(&["graph", "--format", "mermaid"]).out;
    assert_eq!(mermaid.lines().count(), 4, "{mermaid}");
    let label = mermaid.lines().nth(1).expect("the first document").strip_prefix("  d0[\"").expect("a label");
    let label = label.strip_suffix("\"]").expect("an end").replace("<br>", " ");
    assert!(!label.contains(['"', '<', '>', '`', '[', ']', '&']), "{label}");
    assert!(!dot.contains("##[") && !mermaid.contains("##["), "{dot}{mermaid}");
}

#[test]
fn a_collection_without_relations_is_an_empty_graph() {
    let folder = Folder::new(&[("docs/plans/1.md", "---\nid: PLAN-1\nstatus: active\n---\n# One\n")]);
    assert_eq!(folder.run(&["graph", "--format", "mermaid"]).out, "flowchart LR\n");
    assert_eq!(folder.run(&["graph", "--format", "svg"]).code, Some(2));
}
