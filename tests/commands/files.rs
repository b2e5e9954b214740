//! Files as they lie about: names, bytes, links and permissions that nobody would choose.

#[cfg(unix)]
use std::ffi::OsStr;
use std::fs;
#[cfg(unix)]
use std::path::Path;

use super::folder::{Folder, SHIP, small};

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_makes_the_verdict_incomplete() {
    use std::os::unix::fs::PermissionsExt;
    let folder = small();
    let closed = folder.0.join("docs/plans/closed.md");
    folder.put("docs/plans/closed.md", b"# Closed\n");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).expect("permissions");
    if fs::read(&closed).is_ok() {
        return; // whoever may read everything (root) has no such files
    }
    let ended = folder.run(&["check", "--fail-on", "error"]);
    assert_eq!(ended.code, Some(2), "2 wins over 1");
    assert!(
        ended.out.contains("docs/plans/closed.md:1:1: error[unreadable-file]: the file can't be read"),
        "{}",
        ended.out
    );
    assert!(ended.out.contains("error[expired]"), "the others are judged all the same: {}", ended.out);
    assert_eq!(folder.run(&["check", "--fail-on", "never"]).code, Some(2));
    assert_eq!(folder.run(&["list"]).code, Some(2));
    assert_eq!(folder.run(&["build"]).code, Some(2));
}

#[test]
fn odd_names_are_listed_built_and_linked() {
    let names = ["with space", "it's", "a#b", "50%", "a&b", "-dash", "~tilde", "🚀", "%2e%2e", "e\u{301}", "a b (1)"];
    let folder = Folder::new(&[]);
    let mut readme = String::from("# Index\n\n");
    for name in names {
        folder.put(
            format!("docs/plans/{name}.md"),
            SHIP.replace("PLAN-7", "null").replace("[gone](gone.md)", "x").as_bytes(),
        );
        let encoded: String = name.bytes().map(|byte| format!("%{byte:02x}")).collect();
        readme += &format!("- [x](plans/{encoded}.md)\n");
    }
    folder.put("docs/README.md", readme.as_bytes());
    let listing = folder.run(&["list", "--format", "json"]).json();
    let documents = listing["documents"].as_array().expect("documents");
    let mut paths: Vec<String> = names.iter().map(|name| format!("plans/{name}.md")).collect();
    paths.push("README.md".into());
    paths.sort();
    assert_eq!(documents.iter().map(|document| document["path"].as_str().unwrap_or("")).collect::<Vec<_>>(), paths);
    let broken = folder.run(&["check", "--format", "json"]).out.contains("broken-link");
    assert!(!broken, "every link leads to its file");
    assert_eq!(folder.run(&["build"]).code, Some(0));
    let site = fs::canonicalize(folder.0.join("site")).expect("a site");
    let mut seen = Vec::new();
    for document in documents {
        let url = document["url"].as_str().unwrap_or("");
        let safe = |c: char| c.is_alphanumeric() || matches!(c, '-' | '/');
        assert!(url.chars().all(safe) && url.ends_with('/') && !seen.contains(&url.to_lowercase()), "{url}");
        seen.push(url.to_lowercase());
        assert!(site.join(url).join("index.html").is_file(), "{url}");
    }
}

#[cfg(unix)]
#[test]
fn names_that_would_write_to_the_terminal_are_written_out() {
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::new(&[]);
    for name in ["new\nline", "esc\u{1b}[31m", "rtl\u{202e}x", "quote\"d", "back\\slash", "a:b", "<b>"] {
        folder.put(format!("docs/plans/{name}.md"), SHIP.as_bytes());
    }
    folder.put(Path::new("docs/plans").join(OsStr::from_bytes(b"odd\xff.md")), SHIP.as_bytes());
    let check = folder.run(&["check", "--fail-on", "never"]);
    assert_eq!(check.code, Some(0), "a name that isn't UTF-8 is no obstacle: {}{}", check.out, check.err);
    let list = folder.run(&["list"]);
    for text in [&check.out, &check.err, &list.out] {
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text}");
    }
    assert!(check.out.contains("docs/plans/new\\u{a}line.md:4:10: error[expired]"), "{}", check.out);
    assert!(list.out.contains("plans/odd\u{fffd}.md"), "{}", list.out);
    assert_eq!(list.out.lines().count(), 10);
    let build = folder.run(&["build"]);
    assert_eq!(build.code, Some(0), "{}", build.err);
    assert!(!folder.read("site/data/findings.json").contains('\u{1b}'));
}

#[test]
fn odd_bytes_are_read_and_told() {
    let folder = Folder::new(&[]);
    folder.put("docs/plans/bom.md", b"\xef\xbb\xbf---\r\nstatus: active\r\nexpires: 2026-11-01\r\n---\r\n# BOM\r\n");
    folder.put("docs/plans/cr.md", b"---\rstatus: active\rexpires: 2026-11-01\r---\r# CR\r");
    folder.put("docs/plans/latin.md", b"# Caf\xe9\n**Status:** Active\n**Expires:** 2026-11-01\n");
    folder.put("docs/plans/nul.md", b"# Nul\0\n**Status:** Active\n**Expires:** 2026-11-01");
    let utf16: Vec<u8> = "\u{feff}# Wide\n**Status:** Active\n**Expires:** 2026-11-01\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    folder.put("docs/plans/wide.md", &utf16);
    let listing = folder.run(&["list", "--format", "json"]).json();
    let documents = listing["documents"].as_array().expect("documents");
    assert_eq!(documents.len(), 5);
    for document in documents {
        assert_eq!(document["freshness"]["state"], "expired", "{document}");
    }
    let told: Vec<String> = documents
        .iter()
        .flat_map(|document| document["findings"].as_array().cloned().unwrap_or_default())
        .filter(|finding| finding["rule"] == "unreadable-metadata")
        .map(|finding| format!("{}:{} {}", finding["line"], finding["column"], finding["message"]))
        .collect();
    assert_eq!(
        told,
        ["1:6 \"the file is not UTF-8; save it as UTF-8\"", "1:1 \"the file is UTF-16; save it as UTF-8\""]
    );
}

#[cfg(unix)]
#[test]
fn links_of_the_file_system_are_not_followed() {
    let folder = small();
    let outside = Folder::new(&[("secret.md", "# Secret\n")]);
    std::os::unix::fs::symlink(outside.0.join("secret.md"), folder.0.join("docs/secret.md")).expect("a link");
    std::os::unix::fs::symlink(&outside.0, folder.0.join("docs/outside")).expect("a link");
    std::os::unix::fs::symlink(&folder.0, folder.0.join("docs/loop")).expect("a link");
    assert!(folder.run(&["list"]).out.ends_with("2 documents\n"));
}

#[test]
fn what_is_ignored_stays_out() {
    let folder = small();
    folder.put(".gitignore", b"ignored/\n");
    folder.put(".plansiteignore", b"own.md\n");
    for path in ["ignored/a.md", "own.md", ".hidden/a.md", "node_modules/a.md", "a.txt"] {
        folder.put(format!("docs/{path}"), b"# A\n");
    }
    folder.put("docs/b.MARKDOWN", b"# B\n");
    folder.put("docs/.claude/plans/c.md", b"# C\n");
    let out = folder.run(&["list", "--format", "csv"]).out;
    let paths: Vec<&str> = out.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    assert_eq!(paths, [".claude/plans/c.md", "adr/0001-queue.md", "b.MARKDOWN", "plans/ship.md"]);
}

#[cfg(unix)]
#[test]
fn images_are_copied_unless_they_are_links_or_hidden_and_drawings_are_written_anew() {
    let folder = Folder::new(&[]);
    folder.put("docs/secret.txt", b"secret");
    folder.put("docs/flow.png", b"pixels");
    folder.put("docs/.env.png", b"secret");
    folder.put("docs/page.html", b"<script>secret</script>");
    let svg =
        b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>secret</script><path d=\"M0 0\" onload=\"secret\"/></svg>";
    folder.put("docs/flow.svg", svg);
    folder.put("docs/broken.svg", b"<svg><g>");
    std::os::unix::fs::symlink("secret.txt", folder.0.join("docs/link.png")).expect("a link");
    std::os::unix::fs::symlink(".", folder.0.join("docs/more")).expect("a link");
    let text = "# A\n\n![a](flow.png) ![b](.env.png) ![c](flow.svg) ![d](broken.svg) ![e](link.png) ![f](more/flow.png) [g](page.html)\n";
    folder.put("docs/a.md", text.as_bytes());
    assert_eq!(folder.run(&["build"]).code, Some(0));
    let copied = |path: &str| fs::read_to_string(folder.0.join("site/files/docs").join(path)).ok();
    assert_eq!(copied("flow.png").as_deref(), Some("pixels"));
    assert_eq!(
        copied("flow.svg").as_deref(),
        Some("<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\"/></svg>")
    );
    assert!(copied("broken.svg").is_some_and(|svg| svg.contains("can't be shown")));
    for left in [".env.png", "link.png", "more/flow.png", "page.html"] {
        assert_eq!(copied(left), None, "{left}");
    }
}
