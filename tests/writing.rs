//! What an output folder can rely on: nothing that plansite did not write is touched, whatever happens.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use plansite::discover::MANIFEST;
use plansite::write::{Guard, Output, Report, WriteError, file};

/// An empty folder of this test's own, gone when the test is over.
struct Sandbox(PathBuf);

impl Sandbox {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("writing-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a sandbox");
        Sandbox(fs::canonicalize(folder).expect("a sandbox"))
    }

    fn at(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }

    fn file(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().expect("in the sandbox")).expect("folders");
        fs::write(path, text).expect("a file");
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn build(out: &Path, pages: &[(&str, &str)]) -> Result<Report, WriteError> {
    let output = Output::open(out, &Guard::default())?;
    for (path, text) in pages {
        output.put(path, text.as_bytes())?;
    }
    output.finish()
}

/// Every entry below a folder: path and content, or what it is where it is no file. The lock is empty and always there.
fn tree(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.strip_prefix(folder).expect("below it").to_string_lossy().replace('\\', "/");
            let kind = fs::symlink_metadata(&path).expect("an entry").file_type();
            if kind.is_dir() {
                found.insert(name, "a folder".to_string());
                folders.push(path);
            } else if kind.is_symlink() {
                found.insert(name, "a link".to_string());
            } else if name != ".plansite-lock" {
                found.insert(name, String::from_utf8_lossy(&fs::read(&path).expect("a file")).into_owned());
            }
        }
    }
    found
}

fn said(result: Result<Report, WriteError>) -> String {
    result.expect_err("a refusal").to_string()
}

/// A manifest with a good seal, as one who means harm would make it.
fn forged(lines: &str) -> String {
    let head = format!("plansite-manifest 1\n{lines}");
    format!("{head}seal {:016x}\n", xxhash_rust::xxh3::xxh3_64(head.as_bytes()))
}

#[test]
fn a_missing_or_empty_folder_is_filled_and_an_own_one_is_updated() {
    let sandbox = Sandbox::new();
    let out = sandbox.at("deep/site");
    let report = build(&out, &[("index.html", "one"), ("plans/a/index.html", "two")]).expect("a build");
    assert_eq!((report.created, report.changed, report.unchanged, report.bytes), (2, 0, 0, 6));
    let report = build(&out, &[("index.html", "other"), ("plans/b/index.html", "two")]).expect("a second build");
    assert_eq!((report.created, report.changed, report.unchanged), (1, 1, 0));
    assert_eq!(report.removed, ["plans/a/index.html"]);
    let clean = sandbox.at("clean");
    fs::create_dir(&clean).expect("an empty folder");
    build(&clean, &[("plans/b/index.html", "two"), ("index.html", "other")]).expect("a build in another order");
    assert_eq!(tree(&out), tree(&clean), "an updated folder equals a clean one, manifest included");
}

#[test]
fn a_strangers_folder_is_refused_untouched() {
    let sandbox = Sandbox::new();
    sandbox.file("site/CNAME", "example.org");
    let before = tree(&sandbox.0);
    let words = said(build(&sandbox.at("site"), &[("index.html", "x")]));
    assert!(words.contains("is not empty and was not written by plansite") && words.contains("--out"), "{words}");
    assert_eq!(tree(&sandbox.0), before);
    assert!(!sandbox.at("site/.plansite-lock").exists());
}

#[test]
fn places_that_must_be_kept_are_refused_by_component() {
    let sandbox = Sandbox::new();
    sandbox.file("repo/docs/plans/a.md", "a");
    fs::create_dir_all(sandbox.at("repo-site")).expect("a folder");
    let guard =
        Guard::default().keep(&sandbox.at("repo"), "the repository").keep(&sandbox.at("repo/docs"), "the documents");
    let open = |out: &Path| Output::open(out, &guard).map(|_| ()).map_err(|error| error.to_string());
    let before = tree(&sandbox.0);
    for (out, words) in [
        (sandbox.at("repo"), "is the folder of the repository"),
        (sandbox.at("repo/docs"), "is the folder of the documents"),
        (sandbox.at("repo/docs/../docs/."), "is the folder of the documents"),
        (sandbox.0.clone(), "is a folder around the repository"),
        (PathBuf::from("/"), "is the root of the file system"),
        (PathBuf::new(), "has no name"),
        (sandbox.at("repo/.git/site"), "belongs to git"),
    ] {
        match open(&out) {
            Err(error) => assert!(error.contains(words), "{}: {error}", out.display()),
            Ok(()) => panic!("{} was let through", out.display()),
        }
    }
    assert_eq!(tree(&sandbox.0), before);
    if cfg!(unix) {
        // Windows takes such a path by its words alone, and finds a plain one.
        let lost = open(&sandbox.at("none/../../x")).expect_err("a refusal");
        assert!(lost.contains("a `..` behind a folder that does not exist"), "{lost}");
    }
    open(&sandbox.at("repo/site")).expect("a folder in the repository");
    open(&sandbox.at("repo/docs/site")).expect("a folder among the documents");
    open(&sandbox.at("repo-site")).expect("a sibling with the same beginning");
    let here = Guard::new(&sandbox.at("repo/docs"), None);
    let current = std::env::current_dir().expect("a current folder");
    for out in [Path::new("."), current.as_path(), current.parent().expect("a parent")] {
        assert!(matches!(Output::open(out, &here), Err(WriteError::Place { .. })), "{}", out.display());
    }
    if let Some(home) = std::env::home_dir() {
        assert!(matches!(Output::open(&home, &here), Err(WriteError::Place { .. })));
    }
}

#[cfg(unix)]
#[test]
fn links_to_kept_places_and_links_inside_the_output_are_refused() {
    use std::os::unix::fs::symlink;
    let sandbox = Sandbox::new();
    sandbox.file("docs/a.md", "a");
    symlink(sandbox.at("docs"), sandbox.at("alias")).expect("a link");
    symlink(sandbox.at("nowhere"), sandbox.at("dangling")).expect("a link");
    let guard = Guard::default().keep(&sandbox.at("docs"), "the documents");
    for out in ["alias", "dangling"] {
        assert!(matches!(Output::open(&sandbox.at(out), &guard), Err(WriteError::Place { .. })), "{out}");
    }
    let out = sandbox.at("site");
    build(&out, &[("plans/a.md", "a"), ("b.html", "b")]).expect("a build");
    fs::remove_dir_all(out.join("plans")).expect("a folder");
    symlink(sandbox.at("docs"), out.join("plans")).expect("a link");
    fs::remove_file(out.join("b.html")).expect("a page");
    symlink(sandbox.at("docs/a.md"), out.join("b.html")).expect("a link");
    assert!(said(build(&out, &[("plans/a.md", "changed")])).contains("is in the way"));
    assert!(said(build(&out, &[("b.html", "changed")])).contains("is in the way"));
    let report = build(&out, &[]).expect("a build that has nothing to say");
    assert_eq!(report.removed, Vec::<String>::new());
    assert_eq!(fs::read_to_string(sandbox.at("docs/a.md")).expect("the document"), "a");
}

#[cfg(unix)]
#[test]
fn a_planted_draft_leads_nowhere() {
    let sandbox = Sandbox::new();
    sandbox.file("precious", "keep me");
    let out = sandbox.at("site");
    build(&out, &[("index.html", "one")]).expect("a build");
    let draft = format!(".plansite-{:016x}.tmp", xxhash_rust::xxh3::xxh3_64(b"index.html"));
    std::os::unix::fs::symlink(sandbox.at("precious"), out.join(draft)).expect("a link");
    build(&out, &[("index.html", "two")]).expect("a build");
    assert_eq!(fs::read_to_string(sandbox.at("precious")).expect("it"), "keep me");
    assert_eq!(fs::read_to_string(out.join("index.html")).expect("it"), "two");
}

#[test]
fn files_of_others_stay_and_are_never_overwritten() {
    let sandbox = Sandbox::new();
    let out = sandbox.at("site");
    build(&out, &[("index.html", "one"), ("a/index.html", "a")]).expect("a build");
    sandbox.file("site/CNAME", "example.org");
    sandbox.file("site/.git/HEAD", "ref");
    sandbox.file("site/a/notes.txt", "mine");
    sandbox.file("site/.nojekyll", "");
    let report = build(&out, &[("index.html", "two"), (".nojekyll", "")]).expect("a build");
    assert_eq!(report.removed, ["a/index.html"]);
    build(&out, &[("index.html", "two")]).expect("a build without a page that was another's all along");
    for (path, text) in [("CNAME", "example.org"), (".git/HEAD", "ref"), ("a/notes.txt", "mine"), (".nojekyll", "")] {
        assert_eq!(tree(&out).get(path).map(String::as_str), Some(text), "{path}");
    }
    let words = said(build(&out, &[("CNAME", "other.org")]));
    assert!(words.contains("CNAME` is in the way and was not written by plansite"), "{words}");
    assert_eq!(tree(&out)["CNAME"], "example.org");
    assert!(said(build(&out, &[("a/notes.txt/index.html", "x")])).contains("is in the way"));
    assert!(said(build(&out, &[("a", "x")])).contains("is in the way"));
}

#[test]
fn a_page_edited_by_hand_is_kept_when_its_document_goes() {
    let sandbox = Sandbox::new();
    let out = sandbox.at("site");
    build(&out, &[("a/index.html", "a"), ("b/index.html", "b")]).expect("a build");
    sandbox.file("site/a/index.html", "edited");
    let report = build(&out, &[]).expect("a build");
    assert_eq!((report.removed, report.kept), (vec!["b/index.html".into()], vec!["a/index.html".into()]));
    assert_eq!(tree(&out)["a/index.html"], "edited");
    assert!(!out.join("b").exists(), "a folder that became empty goes");
}

#[test]
fn a_list_that_can_not_be_trusted_stops_everything() {
    let sandbox = Sandbox::new();
    sandbox.file("x", "outside");
    let out = sandbox.at("site");
    build(&out, &[("a.html", "a")]).expect("a build");
    let x = xxhash_rust::xxh3::xxh3_64(b"outside");
    for manifest in [
        "garbage".to_string(),
        "".to_string(),
        "plansite-manifest 9\n".to_string(),
        fs::read_to_string(out.join(MANIFEST)).expect("it").replace("a.html", "b.html"),
        forged(&format!("{x:016x} ../x\n")),
        forged(&format!("{x:016x} {}\n", sandbox.at("x").display())),
    ] {
        fs::write(out.join(MANIFEST), &manifest).expect("a manifest");
        let before = tree(&sandbox.0);
        let words = said(build(&out, &[("index.html", "x")]));
        assert!(words.contains(".plansite-manifest:") && words.contains("nothing was touched"), "{words}");
        assert_eq!(tree(&sandbox.0), before);
    }
}

#[test]
fn unchanged_pages_keep_their_time_stamps() {
    let sandbox = Sandbox::new();
    let out = sandbox.at("site");
    let pages = [("index.html", "one"), ("a/index.html", "a")];
    build(&out, &pages).expect("a build");
    let stamp = |path: &str| fs::metadata(out.join(path)).and_then(|file| file.modified()).expect("a time");
    let old = fs::FileTimes::new().set_modified(std::time::UNIX_EPOCH + Duration::from_secs(1_000_000));
    for path in ["index.html", "a/index.html", MANIFEST] {
        let file = fs::OpenOptions::new().append(true).open(out.join(path)).expect("a file");
        file.set_times(old).expect("a time");
    }
    let before = [stamp("index.html"), stamp("a/index.html"), stamp(MANIFEST)];
    let report = build(&out, &pages).expect("a build");
    assert_eq!((report.unchanged, report.created, report.changed), (2, 0, 0));
    assert_eq!([stamp("index.html"), stamp("a/index.html"), stamp(MANIFEST)], before);
    build(&out, &[("index.html", "two"), ("a/index.html", "a")]).expect("a build");
    assert_ne!(stamp("index.html"), before[0]);
    assert_eq!(stamp("a/index.html"), before[1]);
}

#[test]
fn a_file_may_become_a_folder_and_a_folder_a_file() {
    let sandbox = Sandbox::new();
    let out = sandbox.at("site");
    build(&out, &[("a", "file"), ("b/c/index.html", "page"), ("Case/x", "1")]).expect("a build");
    let after = [("a/index.html", "page"), ("b", "file"), ("case/x", "1")];
    build(&out, &after).expect("a build");
    build(&sandbox.at("clean"), &after).expect("a build");
    assert_eq!(tree(&out), tree(&sandbox.at("clean")));
    let output = Output::open(&out, &Guard::default()).expect("a folder");
    output.put("b", b"file").expect("a page");
    assert!(output.put("b/c", b"x").and_then(|()| output.finish().map(|_| ())).is_err(), "both at once can't be");
}

#[test]
fn two_pages_never_share_a_place() {
    let sandbox = Sandbox::new();
    let output = Output::open(&sandbox.at("site"), &Guard::default()).expect("a folder");
    output.put("a.html", b"one").expect("a page");
    output.put("a.html", b"one").expect("the same page twice is harmless");
    assert!(matches!(output.put("a.html", b"two"), Err(WriteError::Twice { .. })));
    assert!(matches!(output.finish(), Err(WriteError::Incomplete { .. })));
}

#[test]
fn hostile_paths_write_nothing_anywhere() {
    let sandbox = Sandbox::new();
    let out = sandbox.at("a/b/site");
    let parts =
        ["..", ".", "", "/", "\\", "..\\", "C:", "CON", "nul.html", "x\0", "x\n", ".git", "x.", "a/../..", "~\u{7f}"];
    let output = Output::open(&out, &Guard::default()).expect("a folder");
    let mut tried = 0;
    for first in parts {
        for second in parts {
            let path = format!("{first}/{second}");
            assert!(matches!(output.put(&path, b"x"), Err(WriteError::Path { .. })), "{path:?}");
            tried += 1;
        }
    }
    drop(output);
    assert!(tried > 200);
    let mut names: Vec<String> = tree(&sandbox.0).into_keys().collect();
    names.sort();
    assert_eq!(names, ["a", "a/b", "a/b/site", "a/b/site/.plansite-lock", "a/b/site/.plansite-manifest"]);
}

#[test]
fn a_second_build_finds_the_lock() {
    let sandbox = Sandbox::new();
    let out = sandbox.at("site");
    let first = Output::open(&out, &Guard::default()).expect("a folder");
    assert!(said(build(&out, &[])).contains("another build holds the lock"));
    drop(first);
    build(&out, &[("a", "a")]).expect("the lock is free again");
}

#[test]
fn threads_may_write_at_once() {
    let sandbox = Sandbox::new();
    let out = sandbox.at("site");
    for round in 0..3 {
        let output = Output::open(&out, &Guard::default()).expect("a folder");
        thread::scope(|scope| {
            for worker in 0..8 {
                let output = &output;
                scope.spawn(move || {
                    for page in (worker..400).step_by(8) {
                        let text = format!("{page} {}", round * (page % 3));
                        output
                            .put(&format!("d{}/e{}/p{page}.html", page % 5, page % 7), text.as_bytes())
                            .expect("a page");
                    }
                });
            }
        });
        let report = output.finish().expect("a site");
        assert_eq!(report.created + report.changed + report.unchanged, 400);
    }
    assert_eq!(fs::read_to_string(out.join(MANIFEST)).expect("it").lines().count(), 402);
}

#[test]
fn refusals_of_the_system_name_the_path_and_its_reason() {
    let sandbox = Sandbox::new();
    sandbox.file("file", "x");
    for out in ["file", "file/site"] {
        let words = said(build(&sandbox.at(out), &[]));
        assert!(words.contains("file") && words.contains("os error"), "{words}");
    }
    assert_eq!(fs::read_to_string(sandbox.at("file")).expect("it"), "x");
}

#[cfg(target_os = "linux")]
#[test]
fn every_refused_write_leaves_whole_pages() {
    let sandbox = Sandbox::new();
    let out = sandbox.at("site");
    build(&out, &[("a", "old"), ("big", "old")]).expect("a build");
    // No file may grow past four blocks of 512 bytes: the big page is refused after the small one was written.
    let status = child(&out, "limited").status().expect("a shell");
    assert_eq!(status.code(), Some(0), "the child met the refusal it expected");
    let after = tree(&out);
    assert_eq!((after["a"].as_str(), after["big"].as_str()), ("new", "old"));
    assert_eq!(after.len(), 3, "no draft stays: {:?}", after.keys());
    build(&out, &[("big", "new")]).expect("the next build needs no help");
    assert_eq!(tree(&out).into_keys().collect::<Vec<_>>(), [MANIFEST, "big"]);
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_an_error_that_names_it() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::new();
    let out = sandbox.at("site");
    build(&out, &[("d/a", "old")]).expect("a build");
    let allow = |mode| fs::set_permissions(out.join("d"), fs::Permissions::from_mode(mode)).expect("a mode");
    allow(0o555);
    if fs::write(out.join("d/probe"), "").is_ok() {
        return; // The superuser is refused nothing.
    }
    let words = said(build(&out, &[("d/a", "new")]));
    let kept = tree(&out)["d/a"].clone();
    allow(0o755);
    assert!(words.contains("d/a") && words.contains("os error 13"), "{words}");
    assert_eq!(kept, "old");
}

#[test]
fn a_report_is_written_whole_and_leaves_its_neighbours_alone() {
    let sandbox = Sandbox::new();
    sandbox.file("report.json.tmp", "mine");
    for text in ["one", "two"] {
        file(&sandbox.at("report.json"), text.as_bytes()).expect("a report");
        assert_eq!(fs::read_to_string(sandbox.at("report.json")).expect("it"), text);
    }
    assert_eq!(tree(&sandbox.0).into_keys().collect::<Vec<_>>(), ["report.json", "report.json.tmp"]);
    assert!(file(&sandbox.at("missing/report.json"), b"x").is_err());
    assert!(file(&sandbox.0, b"x").is_err(), "a folder is no report");
}

#[cfg(unix)]
#[test]
fn a_report_to_a_device_or_through_a_link_replaces_neither() {
    use std::os::unix::fs::FileTypeExt;
    let sandbox = Sandbox::new();
    file(Path::new("/dev/null"), b"x").expect("a device");
    assert!(fs::symlink_metadata("/dev/null").expect("it").file_type().is_char_device());
    sandbox.file("target", "old");
    std::os::unix::fs::symlink("target", sandbox.at("link")).expect("a link");
    file(&sandbox.at("link"), b"new").expect("a report");
    assert_eq!((tree(&sandbox.0)["link"].as_str(), tree(&sandbox.0)["target"].as_str()), ("a link", "new"));
}

const ROUNDS: usize = 12;
const PAGES: usize = 300;

fn page(version: usize, number: usize) -> (String, String) {
    // A third of the pages is new in each version, a third goes, a third changes.
    let path = format!("p{}/{}.html", number % 17, number + version * PAGES / 3);
    (path, format!("{version}:{number}:{}:end", "x".repeat(20_000)))
}

#[test]
fn a_killed_build_leaves_whole_pages_and_the_next_one_heals() {
    let sandbox = Sandbox::new();
    let (out, clean) = (sandbox.at("site"), sandbox.at("clean"));
    let mut cut_short = 0;
    for round in 0..ROUNDS {
        let length = || fs::metadata(out.join(MANIFEST)).map_or(0, |list| list.len());
        let before = length();
        let mut build = child(&out, &round.to_string()).spawn().expect("a child");
        // From the first page on, so that a slow start of the process does not make the test pointless.
        while length() == before && build.try_wait().expect("a child of ours").is_none() {
            thread::sleep(Duration::from_millis(1));
        }
        thread::sleep(Duration::from_millis(round as u64 * 7 % 40));
        build.kill().expect("a kill");
        build.wait().expect("an end");
        if !out.exists() {
            continue;
        }
        let list = fs::read_to_string(out.join(MANIFEST)).unwrap_or_default();
        cut_short += usize::from(list.lines().any(|line| line.starts_with('+')));
        for (path, text) in tree(&out) {
            let whole = text == "a folder" || path.contains(".plansite-") || text.ends_with(":end");
            assert!(whole, "round {round}: {path} is torn: {} bytes", text.len());
        }
    }
    assert!(cut_short > 0, "no child was killed while it built");
    let pages: Vec<_> = (0..PAGES).map(|number| page(ROUNDS, number)).collect();
    let pages: Vec<_> = pages.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let report = build(&out, &pages).expect("the next build needs no help");
    assert_eq!(report.kept, Vec::<String>::new());
    build(&clean, &pages).expect("a build");
    assert!(tree(&out) == tree(&clean), "the healed folder equals a clean one");
}

/// This test binary once more, as the process that builds: version by number, or `limited` in the size of its files.
fn child(out: &Path, what: &str) -> Command {
    let me = std::env::current_exe().expect("this binary");
    let mut command = match what {
        "limited" => {
            let mut shell = Command::new("sh");
            shell.args(["-c", "trap '' XFSZ; ulimit -f 4; exec \"$0\" \"$@\""]).arg(me);
            shell
        }
        _ => Command::new(me),
    };
    command.args(["--exact", "writing::the_process_that_builds", "--ignored", "--nocapture"]);
    command.env("WRITING_OUT", out).env("WRITING_WHAT", what).stdin(Stdio::null()).stdout(Stdio::null());
    command
}

#[test]
#[ignore = "started by other tests as a process of its own"]
fn the_process_that_builds() {
    let (Some(out), Ok(what)) = (std::env::var_os("WRITING_OUT"), std::env::var("WRITING_WHAT")) else { return };
    let output = Output::open(Path::new(&out), &Guard::default()).expect("a folder");
    if what == "limited" {
        output.put("a", b"new").expect("a small page");
        let error = output.put("big", &[b'x'; 100_000]).expect_err("a refusal").to_string();
        assert!(error.contains("big`: ") && error.contains("os error 27"), "{error}");
        return;
    }
    let version: usize = what.parse().expect("a number");
    thread::scope(|scope| {
        for half in 0..2 {
            let output = &output;
            scope.spawn(move || {
                for number in (half..PAGES).step_by(2) {
                    let (path, text) = page(version, number);
                    output.put(&path, text.as_bytes()).expect("a page");
                }
            });
        }
    });
    output.finish().expect("a site");
}
