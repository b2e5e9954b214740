//! Real public collections, where they lie beside the project; without them the test says so and passes.

use std::path::Path;
use std::process::Command;

#[test]
fn real_collections_are_read_whole() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let mut collections: Vec<_> = std::fs::read_dir(&corpus).into_iter().flatten().flatten().collect();
    collections.retain(|entry| entry.path().is_dir());
    collections.sort_by_key(std::fs::DirEntry::path);
    if collections.is_empty() {
        let note = "skipped: there are no collections in ../shared/corpus\n";
        std::io::Write::write_all(&mut std::io::stderr(), note.as_bytes()).expect("stderr takes a line");
        return;
    }
    let (mut stated, mut known) = (0, 0);
    for collection in collections {
        let name = collection.file_name().to_string_lossy().into_owned();
        let mut command = Command::new(env!("CARGO_BIN_EXE_plansite"));
        let ran =
            command.arg("list").arg(collection.path()).args(["--format", "json", "--today", "2026-11-21"]).output();
        let ran = ran.expect("plansite runs");
        assert_eq!(ran.status.code(), Some(0), "{name}: {}", String::from_utf8_lossy(&ran.stderr));
        let listing: serde_json::Value = serde_json::from_slice(&ran.stdout).expect("a listing is JSON");
        let documents = listing["documents"].as_array().expect("documents are a list");
        assert!(!documents.is_empty(), "{name} has no documents");
        for document in documents {
            let title = document["title"].as_str().unwrap_or("");
            assert!(!title.trim().is_empty(), "{name}: {} has no title", document["path"]);
            if document["tracked"] == true && !document["status"].is_null() {
                stated += 1;
                known += usize::from(document["status"]["stage"] != "unknown");
            }
        }
    }
    assert!(known * 100 >= stated * 95, "{known} of {stated} statuses are understood");
}
