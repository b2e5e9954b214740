//! Whatever happens to the files, in whatever order: what was taken in step by step is what a fresh reading finds.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use plansite::serve::Touched;
use proptest::prelude::{Strategy, prop, prop_oneof};
use proptest::test_runner::{Config, TestRunner};

use super::{Silent, files, preview};
use crate::commands::folder::Folder;

const FOLDERS: [&str; 3] = ["docs/plans", "docs/adr", "docs/plans/old"];
const NAMES: [&str; 5] = ["0001-a.md", "0002-b.md", "kep.yaml", "README.md", "c.md"];
/// The shapes that a document may have; what is said of one depends on others.
const TEXTS: [&str; 6] = [
    "---\nid: PLAN-1\nstatus: active\nexpires: 2026-01-01\nowner: Ana\n---\n# One\n\nSee [b](0002-b.md) and PLAN-2.\n",
    "---\nid: PLAN-2\nstatus: draft\nsupersedes: PLAN-1\ntags: [x]\nrelated_code: [src/a.rs]\n---\n# Two\n\n![p](../p.png)\n",
    "---\nid: PLAN-1\nstatus: parked\ndepends_on: PLAN-2\n---\n# Another one\n\n## Tasks\n\n- [x] a\n- [ ] b\n",
    "# 1. A decision\n\n## Status\n\nAccepted\n\nSee [[c]] and [gone](gone.md#x).\n",
    "title: a sidecar\nstatus: implemented\nauthors: [\"@x\"]\n",
    "",
];
const AROUND: [(&str, &[&str]); 5] = [
    (
        "plansite.toml",
        &["[site]\ntitle = \"One\"\n", "[rules]\nexpired = \"off\"\n", "[collection]\nexclude = [\"adr/\"]\n", ""],
    ),
    ("docs/.plansiteignore", &["c.md\n", "old/\n", ""]),
    ("CODEOWNERS", &["* @all\n", "/docs/adr/ @adr\n"]),
    ("src/a.rs", &["x", "y"]),
    ("docs/p.png", &["\u{89}PNG 1", "\u{89}PNG 2"]),
];

#[derive(Debug, Clone)]
enum Deed {
    Write(usize, usize, usize),
    Remove(usize, usize),
    Rename(usize, usize, usize, usize),
    /// Written beside and renamed over, as editors do.
    Swap(usize, usize, usize),
    RemoveFolder(usize),
    RenameFolder(usize, usize),
    Around(usize, usize),
    RemoveAround(usize),
    /// All documents go, and the folder comes again with one.
    Anew(usize),
}

fn deed() -> impl Strategy<Value = Deed> {
    let (folder, name, text) = (0..FOLDERS.len(), 0..NAMES.len(), 0..TEXTS.len());
    prop_oneof![
        6 => (folder.clone(), name.clone(), text.clone()).prop_map(|(f, n, t)| Deed::Write(f, n, t)),
        2 => (folder.clone(), name.clone()).prop_map(|(f, n)| Deed::Remove(f, n)),
        2 => (folder.clone(), name.clone(), folder.clone(), name.clone()).prop_map(|(f, n, g, m)| Deed::Rename(f, n, g, m)),
        2 => (folder.clone(), name, text.clone()).prop_map(|(f, n, t)| Deed::Swap(f, n, t)),
        1 => folder.clone().prop_map(Deed::RemoveFolder),
        1 => (folder.clone(), folder).prop_map(|(f, g)| Deed::RenameFolder(f, g)),
        3 => (0..AROUND.len(), 0..4usize).prop_map(|(a, t)| Deed::Around(a, t)),
        1 => (0..AROUND.len()).prop_map(Deed::RemoveAround),
        1 => text.prop_map(Deed::Anew),
    ]
}

/// Does it, and gives the paths that a watcher of folders tells of.
fn act(root: &Path, deed: &Deed) -> Vec<PathBuf> {
    let file = |folder: usize, name: usize| root.join(FOLDERS[folder]).join(NAMES[name]);
    let write = |path: &Path, text: &str| {
        // the topmost folder that comes is told of, not what comes into it at once
        let above = path.ancestors().skip(1).take_while(|folder| !folder.exists()).last().map(Path::to_path_buf);
        let done =
            path.parent().is_some_and(|folder| fs::create_dir_all(folder).is_ok()) && fs::write(path, text).is_ok();
        if done { vec![above.unwrap_or_else(|| path.to_path_buf())] } else { Vec::new() }
    };
    match deed {
        Deed::Write(folder, name, text) => write(&file(*folder, *name), TEXTS[*text]),
        Deed::Remove(folder, name) => {
            let path = file(*folder, *name);
            if fs::remove_file(&path).is_ok() { vec![path] } else { Vec::new() }
        }
        Deed::Rename(folder, name, to, other) => {
            let (from, to) = (file(*folder, *name), file(*to, *other));
            if fs::rename(&from, &to).is_ok() { vec![from, to] } else { Vec::new() }
        }
        Deed::Swap(folder, name, text) => {
            let path = file(*folder, *name);
            let beside = path.with_extension("md~");
            let mut touched = write(&beside, TEXTS[*text]);
            if fs::rename(&beside, &path).is_ok() {
                touched.push(path);
            }
            touched
        }
        Deed::RemoveFolder(folder) => {
            let path = root.join(FOLDERS[*folder]);
            if fs::remove_dir_all(&path).is_ok() { vec![path] } else { Vec::new() }
        }
        Deed::RenameFolder(folder, to) => {
            let (from, to) = (root.join(FOLDERS[*folder]), root.join(FOLDERS[*to]));
            if fs::rename(&from, &to).is_ok() { vec![from, to] } else { Vec::new() }
        }
        Deed::Around(which, text) => {
            let (path, texts) = AROUND[*which];
            write(&root.join(path), texts[text % texts.len()])
        }
        Deed::RemoveAround(which) => {
            let path = root.join(AROUND[*which].0);
            if fs::remove_file(&path).is_ok() { vec![path] } else { Vec::new() }
        }
        Deed::Anew(text) => {
            fs::remove_dir_all(root.join("docs")).expect("the folder was there");
            fs::create_dir_all(root.join("docs/plans")).expect("a folder");
            fs::write(root.join("docs/plans/c.md"), TEXTS[*text]).expect("a file");
            vec![root.join("docs")]
        }
    }
}

/// The names of files whose bytes differ.
fn differing(a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>) -> BTreeSet<String> {
    let one = |a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>| {
        let names = a.iter().filter(|(name, bytes)| b.get(*name) != Some(bytes)).map(|(name, _)| name.clone());
        names.collect::<BTreeSet<String>>()
    };
    one(a, b).union(&one(b, a)).cloned().collect()
}

#[test]
fn after_any_deeds_the_site_is_that_of_a_fresh_reading() {
    let mut runner = TestRunner::new(Config { cases: 12, failure_persistence: None, ..Config::default() });
    let deeds = prop::collection::vec(prop::collection::vec(deed(), 1..4), 1..8);
    let ran = runner.run(&deeds, |deeds| {
        let folder = Folder::new(&[("docs/plans/0001-a.md", TEXTS[0]), ("docs/adr/0001-a.md", TEXTS[3])]);
        let mut stepwise = preview(&folder.0);
        for together in &deeds {
            let paths = together.iter().flat_map(|deed| act(&folder.0, deed)).collect();
            stepwise.apply(&Touched { paths, everything: false }, &Silent);
            assert_eq!(stepwise.failure(), None);
        }
        let wrong = differing(&files(&stepwise), &files(&preview(&folder.0)));
        assert!(wrong.is_empty(), "{wrong:?} after {deeds:?}");
        // what is the same makes no new generation, however often it is looked at
        let known = stepwise.documents();
        assert!(!stepwise.apply(&Touched { paths: known, everything: false }, &Silent));
        assert!(!stepwise.apply(&Touched::everything(), &Silent));
        Ok(())
    });
    ran.unwrap();
}
