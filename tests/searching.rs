//! What `[search]` settles: whether a site has a search at all, and which documents it finds.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The site of two documents with these settings.
fn site(name: &str, settings: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("searching-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("docs/old")).expect("folders");
    fs::write(folder.join("plansite.toml"), settings).expect("settings");
    fs::write(folder.join("docs/PLAN-001.md"), "---\nstatus: active\n---\n# Outbox\n\nThe relay polls.\n")
        .expect("a plan");
    fs::write(folder.join("docs/old/PLAN-002.md"), "---\nstatus: active\n---\n# Attic\n\nNobody polls.\n")
        .expect("a plan");
    let out = Command::new(env!("CARGO_BIN_EXE_plansite"))
        .args(["build", "docs", "--out", "site", "--today", "2026-11-23", "-q"])
        .current_dir(&folder)
        .output()
        .expect("plansite runs");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    folder.join("site")
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).expect("a file of the site")
}

#[test]
fn a_site_without_search_has_nothing_of_it() {
    let site = site("off", "[search]\nenabled = false\n");
    assert!(!site.join("search").exists());
    let page = text(&site.join("index.html"));
    assert!(!page.contains("data-search") && !page.contains("search/index.html"), "{page}");
}

#[test]
fn documents_that_are_left_out_have_pages_and_are_not_found() {
    let site = site("some", "[search]\nexclude = [\"old/**\"]\n");
    assert!(site.join("plans/plan-002/index.html").exists());
    assert!(text(&site.join("index.html")).contains("data-search"));
    let files = fs::read_dir(site.join("search")).expect("an index").flatten().map(|entry| entry.path());
    let shards = files
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().contains('-')) && path.is_file());
    let all: String = shards.map(|path| text(&path)).filter(|text| text.starts_with("plansiteSearch.shard(")).collect();
    assert!(all.contains("Outbox") && !all.contains("Attic"), "{all}");
    assert!(text(&site.join("search/router.js")).contains("\"documents\":1,"));
}
