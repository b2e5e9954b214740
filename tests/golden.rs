//! The example collection, judged on a fixed day, against what lies in `tests/golden/`.
//!
//! `PLANSITE_BLESS=1 cargo test golden` writes what is, for a person to read in the diff.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Pages that between them show every template and component.
const PAGES: &[&str] = &[
    "index.html",
    "board/index.html",
    "freshness/index.html",
    "freshness/by-state/index.html",
    "decisions/index.html",
    "risks/index.html",
    "blockers/index.html",
    "questions/index.html",
    "all/index.html",
    "problems/index.html",
    "kinds/index.html",
    "404.html",
    "plans/plan-023/index.html",
    "plans/plan-033/index.html",
    "plans/plan-035/index.html",
    "decisions/adr-0012/index.html",
    "rfcs/rfc-0006/index.html",
    "pages/merchant-names/index.html",
    "data/documents.json",
    "data/findings.json",
    "data/relations.json",
    "risks.csv",
];

#[test]
fn the_example_collection_looks_as_it_should() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let out = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("golden-site");
    // a folder of an earlier run is updated, which must give the same bytes
    let built = plansite(&["build", "example-docs", "--quiet", "--out", &out.to_string_lossy()]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let mut wrong = Vec::new();
    for page in PAGES {
        let now = std::fs::read_to_string(out.join(page)).unwrap_or_else(|error| panic!("{page}: {error}"));
        compare(&root.join("tests/golden").join(page.replace('/', "~")), &now, &mut wrong);
    }
    let report = plansite(&["check", "example-docs"]);
    assert_eq!(report.status.code(), Some(1));
    compare(&root.join("tests/golden/check.txt"), &String::from_utf8_lossy(&report.stdout), &mut wrong);
    let list = plansite(&["list", "example-docs"]);
    compare(&root.join("tests/golden/list.txt"), &String::from_utf8_lossy(&list.stdout), &mut wrong);
    assert!(wrong.is_empty(), "these differ: {wrong:#?}\nPLANSITE_BLESS=1 writes what is");
}

/// Without git, because the examples' own history isn't part of them.
fn plansite(arguments: &[&str]) -> std::process::Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plansite"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).args(["--today", "2026-11-23", "--no-git"]);
    command.output().expect("plansite runs")
}

fn compare(golden: &Path, now: &str, wrong: &mut Vec<String>) {
    let was = std::fs::read_to_string(golden).unwrap_or_default();
    if was == now {
        return;
    }
    if std::env::var_os("PLANSITE_BLESS").is_some() {
        let folder = golden.parent().expect("golden files lie in a folder");
        std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(golden, now))
            .expect("golden files can be written");
    } else {
        let line = was.lines().zip(now.lines()).take_while(|(was, now)| was == now).count() + 1;
        wrong.push(format!("{} from line {line} on", golden.display()));
    }
}
