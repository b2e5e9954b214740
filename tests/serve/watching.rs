//! The command on a folder in which things happen: in the end it shows what a build would.

use std::fs;
use std::time::{Duration, Instant};

use super::running::Served;
use crate::commands::folder::{Folder, QUEUE, SHIP, small};

/// Longer than it takes on a machine that does other things.
const PATIENCE: Duration = Duration::from_secs(30);

/// Waits until everything that is said of the documents is what a build says.
fn settles(served: &Served, folder: &Folder, what: &str) {
    let start = Instant::now();
    let built = || {
        let out = folder.0.join("out");
        let _ = fs::remove_dir_all(&out);
        let ended = folder.run(&["build", "docs", "-o", "out", "--no-git"]);
        assert_eq!(ended.code, Some(0), "{}", ended.err);
        fs::read_to_string(out.join("data/documents.json")).expect("it is built")
    };
    let built = built();
    while served.body("/data/documents.json") != built {
        assert!(start.elapsed() < PATIENCE, "after {what} it never came to show what a build does");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn run(args: &[&str]) {
    let folder = small();
    let served = Served::start(&folder, &[&["--port", "0"], args].concat());
    let at = |path: &str| folder.0.join(path);
    settles(&served, &folder, "the start");
    folder.put("docs/plans/ship.md", SHIP.replace("Ship", "Sail").as_bytes());
    settles(&served, &folder, "a save");
    folder.put("docs/plans/ship.md~", SHIP.as_bytes());
    fs::rename(at("docs/plans/ship.md~"), at("docs/plans/ship.md")).expect("a file");
    settles(&served, &folder, "a save beside and over it");
    folder.put("docs/new/deep/er/0003-x.md", QUEUE.as_bytes());
    settles(&served, &folder, "a document in new folders");
    folder.put("docs/new/deep/er/0003-x.md", QUEUE.replace("Accepted", "Rejected").as_bytes());
    settles(&served, &folder, "a save in a new folder");
    fs::rename(at("docs/plans/ship.md"), at("docs/plans/boat.md")).expect("a file");
    settles(&served, &folder, "a new name");
    fs::rename(at("docs/new"), at("docs/old")).expect("a folder");
    settles(&served, &folder, "a new name of a folder");
    folder.put("docs/old/deep/er/0003-x.md", b"# 3. Y\n\n## Status\n\nProposed\n");
    settles(&served, &folder, "a save in a renamed folder");
    folder.put("docs/.plansiteignore", b"old/\n");
    settles(&served, &folder, "a file that says what is none");
    fs::remove_file(at("docs/.plansiteignore")).expect("a file");
    folder.put("plansite.toml", b"[rules]\nexpired = \"off\"\n");
    settles(&served, &folder, "settings");
    (0..300).for_each(|at| folder.put(format!("docs/plans/{at}.md"), SHIP.replace('7', &at.to_string()).as_bytes()));
    settles(&served, &folder, "300 new documents");
    fs::remove_dir_all(at("docs/plans")).expect("a folder");
    fs::create_dir(at("docs/plans")).expect("a folder");
    folder.put("docs/plans/again.md", SHIP.as_bytes());
    settles(&served, &folder, "a folder that went and came again");
    fs::remove_dir_all(at("docs")).expect("a folder");
    folder.put("docs/adr/0001-queue.md", QUEUE.as_bytes());
    settles(&served, &folder, "a root that went and came again");
    folder.put("docs/adr/0001-queue.md", QUEUE.replace("One", "Two").as_bytes());
    settles(&served, &folder, "a save in the new root");
}

#[test]
fn whatever_happens_on_disk_is_shown() {
    run(&[]);
}

#[test]
fn where_the_system_tells_nothing_it_is_looked_for() {
    run(&["--poll"]);
}

#[test]
fn a_site_that_is_built_into_the_documents_is_no_change() {
    let folder = small();
    let served = Served::start(&folder, &["--port", "0"]);
    let build = |args: &[&str]| assert_eq!(folder.run(args).code, Some(0));
    let number = || {
        served
            .get("/board/")
            .split("data-build=\"")
            .nth(1)
            .map(|rest| rest.chars().take_while(|c| *c != '"').collect::<String>())
    };
    let before = number();
    for _ in 0..2 {
        build(&["build", "docs", "-o", "docs/site", "--no-git"]);
        std::thread::sleep(Duration::from_millis(600));
    }
    assert_eq!(number(), before, "nothing new came of it");
}
