//! What git tells, in sentences, and what follows from it: pages that lead on, links to what is gone, the feed.

use std::fs;
use std::path::Path;
use std::process::Command;

use plansite::discover;
use plansite::judge;
use plansite::model::Gap;
use plansite::pipeline::{self, Observer};
use plansite::view::{self, Scene, Whom, together};

use crate::repository::{Repository, fresh, repository};

struct Silent;

impl Observer for Silent {
    fn begin(&self, _: &'static str, _: usize) {}
    fn step(&self) {}
}

/// `2026-05-05 PLAN-1: Became active`, a line a happening, the latest first.
fn story(repository: &Repository, docs: &str) -> Vec<String> {
    let (place, config) = discover::place(&repository.0, Some(Path::new(docs)), None, &[], &[]).expect("a collection");
    let collection = pipeline::collect(&place, &config, &Silent).expect("it is read");
    let today = plansite::date::parse("2026-11-23").expect("a date");
    let judgement = judge::judge(&collection, &config, today);
    let scene = Scene {
        collection: &collection,
        judgement: &judgement,
        config: &config,
        today,
        title: "T",
        prefix: &place.prefix,
    };
    let scenery = view::scenery(scene);
    let line = |happening: &view::Happening| {
        let call = match happening.whom {
            Whom::Document(index) => scenery.face(index).call().to_string(),
            Whom::Gone(index) => collection.gone[index].call().to_string(),
        };
        let more = if happening.more > 0 { format!(" and {} more", happening.more) } else { String::new() };
        format!("{} {call}: {}{more}", happening.day, together(&happening.clauses))
    };
    scenery.story().happenings.iter().map(line).collect()
}

impl Repository {
    /// Builds the site of `docs` and gives a page's text.
    fn build(&self, docs: &str, more: &[&str]) -> impl Fn(&str) -> String {
        let ended = self.run(&[&["build", docs, "--out", "site", "-q"], more].concat());
        assert!(ended.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&ended.stderr));
        let site = self.0.join("site");
        move |path: &str| fs::read_to_string(site.join(path)).unwrap_or_default()
    }

    fn rename(&self, from: &str, to: &str) {
        let file = self.0.join(to);
        fs::create_dir_all(file.parent().expect("a folder above")).expect("a folder");
        self.git(&["mv", from, to]);
    }
}

/// Where a page leads on to.
fn leads(html: &str) -> &str {
    let rest = html.split_once("http-equiv=\"refresh\" content=\"0; url=").map_or("", |(_, rest)| rest);
    rest.split('"').next().unwrap_or("")
}

fn plan(id: &str, more: &str, body: &str) -> String {
    format!(
        "---\nid: {id}\n{more}\n---\n# Ship the thing\n\nSome words on how it is built, and by whom, and why.\n\n{body}"
    )
}

#[test]
fn commits_become_sentences() {
    let Some(repository) = repository() else { return };
    let tasks = "- [ ] one\n- [ ] two\n- [ ] three\n";
    let done = "- [x] one\n- [x] two\n- [ ] three\n";
    repository.commit(
        "2026-01-05",
        "docs/drafts/ship.md",
        &plan("PLAN-1", "status: draft\nexpires: 2026-07-03", tasks),
    );
    repository.commit(
        "2026-02-05",
        "docs/drafts/ship.md",
        &plan("PLAN-1", "status: active\nexpires: 2026-12-01", tasks),
    );
    repository.commit(
        "2026-03-05",
        "docs/drafts/ship.md",
        &plan("PLAN-1", "status: active\nexpires: 2026-12-01", done),
    );
    repository.rename("docs/drafts/ship.md", "docs/active/ship.md");
    repository.commit(
        "2026-04-05",
        "docs/decisions/0018-x.md",
        "# ADR-0018: Use x\n\n- Status: proposed\n- Deciders: Ben Cho\n",
    );
    repository.commit(
        "2026-05-05",
        "docs/decisions/0018-x.md",
        "# ADR-0018: Use x\n\n- Status: accepted\n- Deciders: Ben Cho\n",
    );
    repository.commit(
        "2026-06-05",
        "docs/active/ship.md",
        &plan("PLAN-1", "status: active\nexpires: 2026-12-01", &format!("{done}\nMore words.\n")),
    );
    repository.commit("2026-07-05", "docs/plans/old.md", &plan("PLAN-0", "status: draft", ""));
    fs::remove_file(repository.0.join("docs/plans/old.md")).expect("it is there");
    repository.commit("2026-08-05", "docs/notes.txt", "not a document");
    assert_eq!(
        story(&repository, "docs"),
        [
            "2026-08-05 PLAN-0: Deleted",
            "2026-07-05 PLAN-0: Written as a draft",
            "2026-06-05 PLAN-1: Text changed",
            "2026-05-05 ADR-0018: Accepted by Ben Cho",
            "2026-04-05 PLAN-1: Moved from drafts/ to active/",
            "2026-04-05 ADR-0018: Written, proposed",
            "2026-03-05 PLAN-1: 2 tasks done (2 of 3)",
            "2026-02-05 PLAN-1: Became active; expiry moved from 3 July to 1 December 2026 (+151 days)",
            "2026-01-05 PLAN-1: Written as a draft",
        ]
    );
}

#[test]
fn a_file_that_moves_and_changes_too_much_for_git_is_still_the_document_of_its_id() {
    let Some(repository) = repository() else { return };
    repository.commit("2026-01-05", "drafts/ship.md", &plan("PLAN-1", "status: draft", ""));
    fs::remove_file(repository.0.join("drafts/ship.md")).expect("it is there");
    let other = "---\nid: PLAN-1\nstatus: active\n---\n# Another title\n\nNothing is as it was, not a word.\n";
    repository.commit("2026-02-05", "active/vessel.md", other);
    fs::create_dir_all(repository.0.join("active")).expect("a folder");
    let told = story(&repository, ".");
    assert_eq!(
        told,
        ["2026-02-05 PLAN-1: Moved from drafts/ship.md to active/vessel.md", "2026-01-05 PLAN-1: Written as a draft"]
    );
    assert!(repository.read(".").gone.is_empty());
}

#[test]
fn many_files_of_one_commit_are_one_thing() {
    let Some(repository) = repository() else { return };
    for number in 0..60 {
        repository.put(&format!("plans/{number}.md"), &plan(&format!("PLAN-{number}"), "status: draft", ""));
    }
    repository.commit("2026-01-05", "plans/60.md", &plan("PLAN-60", "status: draft", ""));
    let told = story(&repository, ".");
    assert_eq!(told.len(), 20);
    assert!(told[19].ends_with(": Written as a draft and 41 more"), "{told:?}");
    let collection = repository.read(".");
    let compared = collection.pasts.iter().filter(|past| past.steps[0].changes.is_some()).count();
    assert_eq!(compared, 50, "the rest isn't read");
}

#[test]
fn what_is_not_known_is_said() {
    let Some(repository) = repository() else { return };
    repository.commit("2026-01-05", "plans/old.md", &plan("PLAN-1", "status: draft\ncreated: 2025-12-24", ""));
    repository.commit("2026-02-05", "plans/old.md", &plan("PLAN-1", "status: active\ncreated: 2025-12-24", ""));
    let clone = Repository(fresh());
    clone.git(&["clone", "-q", "--depth", "1", &format!("file://{}", repository.0.display()), "."]);
    let changes = clone.build(".", &[])("changes/index.html");
    assert!(changes.contains("The clone is shallow: what was committed on 5 February 2026 or before"), "{changes}");
    assert!(!changes.contains("Written") && !changes.contains("Became active"), "{changes}");

    repository.put("plans/new.md", &plan("PLAN-2", "status: draft", ""));
    repository.put("plans/old.md", &plan("PLAN-1", "status: blocked\ncreated: 2025-12-24", ""));
    let page = repository.build(".", &[]);
    let changes = page("changes/index.html");
    assert!(
        changes.contains("1 document is not committed yet") && changes.contains("1 document has changes"),
        "{changes}"
    );
    assert!(changes.contains("Became active") && !changes.contains("Became blocked"), "{changes}");
    assert!(page("plans/plan-1/index.html").contains("The file has changes that aren"));
    assert!(page("plans/plan-2/index.html").contains("committed yet."));

    let page = repository.build(".", &["--no-git"]);
    let changes = page("changes/index.html");
    assert!(changes.contains("Git tells nothing here: git is switched off."), "{changes}");
    assert!(changes.contains("24 December 2025") && changes.contains("Written"), "{changes}");
    assert!(page("feed.xml").contains("<updated>1970-01-01T00:00:00Z</updated>"), "no stage has a day");
    assert_eq!(repository.read(".").gap, None);
    // the target folder may lie within a repository, the system's folder for such things doesn't
    let outside = Repository(std::env::temp_dir().join(format!("plansite-outside-{}", std::process::id())));
    fs::create_dir_all(&outside.0).expect("a folder");
    let gap = outside.read(".").gap;
    fs::remove_dir_all(&outside.0).expect("it was made here");
    assert!(matches!(gap, Some(Gap::NoRepository)), "{gap:?}");
}

#[test]
fn a_link_to_what_is_gone_names_the_commit() {
    let Some(repository) = repository() else { return };
    repository.commit("2026-01-05", "docs/plans/old.md", &plan("PLAN-1", "status: draft", ""));
    fs::remove_file(repository.0.join("docs/plans/old.md")).expect("it is there");
    let body = "[old](old.md), [none](none.md)\n";
    repository.commit("2026-03-04", "docs/plans/new.md", &plan("PLAN-2", "status: draft\ndepends_on: PLAN-1", body));
    let collection = repository.read("docs");
    let commit = collection.gone[0].end().expect("it was deleted").touch.commit.to_string();
    let said = String::from_utf8_lossy(&repository.check(&["docs", "--fail-on", "never"]).stdout).into_owned();
    let help = format!("it was deleted in {commit} on 4 March 2026 by Ana");
    assert_eq!(said.matches(&help).count(), 2, "by path and by id: {said}");
    let page = repository.build("docs", &[])("plans/plan-2/index.html");
    assert!(page.contains(&format!("old <small>deleted in {} on 4 Mar</small>", &commit[..7])), "{page}");
    assert!(page.contains("none <small>no such document</small>"), "{page}");
}

#[test]
fn former_addresses_and_aliases_lead_on_and_take_no_place() {
    let Some(repository) = repository() else { return };
    let words = "# Words\n\n**Status:** Draft\n\nA document without an id, and enough words to know it again.\n";
    repository.commit("2026-01-05", "docs/plans/first.md", words);
    repository.commit("2026-01-06", "docs/plans/seven.md", &plan("PLAN-7", "status: active", ""));
    repository.rename("docs/plans/first.md", "docs/plans/second.md");
    repository.commit("2026-01-07", "docs/plans/seven.md", &plan("PLAN-8", "status: active", ""));
    repository.rename("docs/plans/second.md", "docs/plans/third.md");
    let aliases = "status: active\naliases: [/old/plan.html, 'Old Name', ../../../etc/passwd, plans/plan-8, index.html, 'javascript:alert(1)', \
                   'https://evil.example/', assets/style.css, \"<script>\\\"\"]";
    repository.commit("2026-01-08", "docs/plans/seven.md", &plan("PLAN-8", aliases, ""));
    let page = repository.build("docs", &[]);
    assert_eq!(leads(&page("plans/first/index.html")), "../../plans/third/index.html");
    assert_eq!(leads(&page("plans/second/index.html")), "../../plans/third/index.html");
    assert_eq!(leads(&page("plans/plan-7/index.html")), "../../plans/plan-8/index.html");
    assert_eq!(leads(&page("old/plan.html")), "../plans/plan-8/index.html");
    assert_eq!(leads(&page("old-name/index.html")), "../plans/plan-8/index.html");
    assert_eq!(leads(&page("etc/passwd/index.html")), "../../plans/plan-8/index.html");
    assert_eq!(leads(&page("javascript-alert-1/index.html")), "../plans/plan-8/index.html");
    for proper in ["index.html", "plans/plan-8/index.html", "plans/third/index.html", "assets/style.css"] {
        assert!(!page(proper).is_empty() && leads(&page(proper)).is_empty(), "{proper}");
    }
    assert!(page("assets/style-css/index.html").is_empty());
    let moved = page("plans/first/index.html");
    assert!(moved.contains("<meta name=\"robots\" content=\"noindex\">"), "{moved}");
    assert!(moved.contains("<link rel=\"canonical\" href=\"../../plans/third/index.html\">"), "{moved}");
    let page = repository.build("docs", &["--base-url", "https://user.example/repo"]);
    let moved = page("plans/first/index.html");
    assert!(moved.contains("<link rel=\"canonical\" href=\"https://user.example/repo/plans/third/\">"), "{moved}");
    assert_eq!(leads(&moved), "../../plans/third/index.html");
}

#[test]
fn latest_leads_to_the_living_end() {
    let repository = Repository(fresh());
    for (id, by) in [(1, Some(2)), (2, Some(3)), (3, None), (4, Some(5)), (5, Some(6)), (6, Some(5))] {
        let by = by.map_or("status: active".to_string(), |by| format!("superseded_by: PLAN-{by}"));
        repository.put(&format!("plans/{id}.md"), &plan(&format!("PLAN-{id}"), &by, ""));
    }
    let page = repository.build(".", &[]);
    let end = |id: u32| leads(&page(&format!("latest/plan-{id}/index.html"))).to_string();
    for id in [1, 2, 3] {
        assert_eq!(end(id), "../../plans/plan-3/index.html");
    }
    assert_eq!(end(4), "../../plans/plan-5/index.html", "where the circle is entered");
    assert_eq!((end(5), end(6)), ("../../plans/plan-5/index.html".into(), "../../plans/plan-6/index.html".into()));
}

#[test]
fn the_feed_is_the_same_in_every_build_wherever_the_site_lies() {
    let Some(repository) = repository() else { return };
    repository.commit("2026-01-05", "plans/a.md", &plan("PLAN-1", "status: draft\ntitle: 'A ]]> & <b>'", ""));
    repository.commit("2026-02-05", "plans/a.md", &plan("PLAN-1", "status: active", ""));
    repository.commit("2026-03-05", "plans/a.md", &plan("PLAN-1", "status: active", "- [ ] a task\n"));
    let ids = |feed: &str| -> Vec<String> {
        feed.lines().filter(|line| line.starts_with("<id>urn:uuid:")).map(str::to_string).collect()
    };
    let bare = repository.build(".", &[])("feed.xml");
    assert_eq!(bare.matches("<entry>").count(), 2, "{bare}");
    assert!(bare.contains("<title>PLAN-1 became active</title>\n<updated>2026-02-05T00:00:00Z</updated>"), "{bare}");
    assert!(bare.contains("href=\"plans/plan-1/index.html\""), "{bare}");
    assert_eq!(bare, repository.build(".", &[])("feed.xml"));
    let based = repository.build(".", &["--base-url", "https://user.example/a&b/"])("feed.xml");
    assert!(
        based.contains(
            "<link rel=\"self\" type=\"application/atom+xml\" href=\"https://user.example/a&amp;b/feed.xml\"/>"
        ),
        "{based}"
    );
    assert!(based.contains("href=\"https://user.example/a&amp;b/plans/plan-1/\""), "{based}");
    assert_eq!(ids(&bare)[1..], ids(&based)[..], "the entries keep their names");
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let Some(repository) = repository() else { return };
    for day in 1..=9 {
        for number in 0..4 {
            let boxes = "- [x] done\n".repeat(day * number);
            repository.put(&format!("plans/{number}.md"), &plan(&format!("PLAN-{number}"), "status: active", &boxes));
        }
        repository.commit(&format!("2026-01-0{day}"), "plans/z.md", &format!("# Z\n\nStatus: draft\n\n{day}\n"));
    }
    let site = |threads: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plansite"));
        command.current_dir(&repository.0).args(["build", ".", "--out", "site", "-q", "--today", "2026-11-23"]);
        assert!(command.env("RAYON_NUM_THREADS", threads).status().is_ok_and(|status| status.success()));
        let read = |path: &str| fs::read_to_string(repository.0.join("site").join(path)).expect(path);
        [read("changes/index.html"), read("feed.xml"), read("plans/plan-3/index.html")]
    };
    assert_eq!(site("1"), site("3"));
}
