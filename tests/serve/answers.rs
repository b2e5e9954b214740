//! What a preview shows for an address, without a network: pages, what is added to them, failures.

use std::fs;

use plansite::serve::{EDITORS, Preview, Shown, Touched};

use super::{Silent, files, preview, shown};
use crate::commands::folder::{Folder, QUEUE, SHIP, small};

fn text(shown: &Shown, address: &str) -> String {
    String::from_utf8(shown.answer(address).bytes).expect("UTF-8")
}

fn touch(preview: &mut Preview, folder: &Folder, path: &str, text: &str) -> bool {
    folder.put(path, text.as_bytes());
    preview.apply(&Touched { paths: [folder.0.join(path)].into(), everything: false }, &Silent)
}

#[test]
fn a_page_is_the_one_that_a_build_writes_and_what_the_preview_adds() {
    let folder = small();
    let preview = preview(&folder.0);
    assert_eq!(folder.run(&["build", "docs", "-o", "out", "--no-git"]).code, Some(0));
    let served = files(&preview);
    for (path, bytes) in &served {
        assert!(fs::read(folder.0.join("out").join(path)).is_ok_and(|built| built == *bytes), "{path}");
    }
    assert!(served.len() > 60 && served.keys().any(|path| path.starts_with("search/")), "{}", served.len());
    let shown = shown(&preview);
    let page = text(&shown, "plans/plan-7/");
    let (before, added) =
        page.split_once("\n<link rel=\"stylesheet\" href=\"/-/preview.css\">").expect("something is added");
    assert_eq!(
        format!("{before}{}", &added[added.find("</body>").expect("an end")..]).as_bytes(),
        served["plans/plan-7/index.html"]
    );
    assert!(added.contains("2 problems") && added.contains("docs/plans/ship.md:4"), "{added}");
    assert!(added.contains("There is no file <code>gone.md</code>"), "{added}");
    assert!(!text(&shown, "decisions/adr-0001/").contains("pv-found"), "there is nothing to say of it");
    assert!(!fs::read_to_string(folder.0.join("out/plans/plan-7/index.html")).expect("a page").contains("preview"));
}

#[test]
fn addresses_are_looked_up_and_nothing_else() {
    let folder = small();
    folder.put("secret.md", b"canary");
    let shown = shown(&preview(&folder.0));
    let status = |address: &str| shown.answer(address).status;
    for there in
        ["", "index.html", "board/", "board/index.html", "data/documents.json", "assets/style.css", "-/preview.js"]
    {
        assert_eq!(status(there), 200, "{there}");
    }
    let board = shown.answer("board");
    assert_eq!((board.status, board.location.as_deref()), (308, Some("/board/")));
    let strange = [
        "../secret.md",
        "/etc/passwd",
        "%2e%2e/",
        "board/..",
        "./",
        "BOARD/",
        "board/ ",
        "board//",
        "-/",
        "-/live/",
        "files/",
        "files/../secret.md",
        "files/docs/plans/ship.md",
        "docs/plans/ship.md",
        "plansite.toml",
        "assets/",
        "assets/layout.html",
    ];
    for address in strange {
        let answer = shown.answer(address);
        assert_eq!(answer.status, 404, "{address}");
        assert!(!String::from_utf8_lossy(&answer.bytes).contains("canary"), "{address}");
    }
}

#[test]
fn only_what_looks_another_way_has_another_number() {
    let folder = small();
    let mut preview = preview(&folder.0);
    let before = shown(&preview);
    assert!(!touch(&mut preview, &folder, "docs/plans/ship.md", SHIP), "the same bytes are nothing new");
    assert!(touch(&mut preview, &folder, "docs/plans/ship.md", &SHIP.replace("Ship", "Sail")));
    let after = shown(&preview);
    let changed = |address: &str| before.answer(address).hash != after.answer(address).hash;
    assert!(changed("plans/plan-7/") && changed("board/") && changed("data/documents.json"));
    assert!(!changed("decisions/adr-0001/") && !changed("owners/") && !changed("assets/style.css"));
    assert!(
        text(&before, "board/").contains("Ship") && !text(&before, "board/").contains("Sail"),
        "the old one stays whole"
    );
}

#[test]
fn a_failure_keeps_the_last_good_site_is_shown_escaped_and_goes_away() {
    let folder = small();
    let mut preview = preview(&folder.0);
    let good = shown(&preview).answer("board/").hash;
    assert!(touch(&mut preview, &folder, "plansite.toml", "[site]\ntitel = \"<b>\"\n"));
    let page = text(&shown(&preview), "board/");
    assert!(page.contains("The preview stands still") && page.contains("titel") && !page.contains("<b>\""), "{page}");
    assert!(page.contains("Ship"), "the last good site stays");
    assert_ne!(shown(&preview).answer("board/").hash, good);
    assert!(!touch(&mut preview, &folder, "docs/adr/0002-x.md", QUEUE), "nothing goes on before");
    assert!(touch(&mut preview, &folder, "plansite.toml", ""));
    assert_eq!(preview.failure(), None);
    assert!(!text(&shown(&preview), "board/").contains("stands still"));

    assert!(
        touch(&mut preview, &folder, "plansite.toml", "[theme]\ndirectory = \"look\"\n"),
        "there is no such folder"
    );
    assert!(preview.failure().is_some());
    assert!(touch(
        &mut preview,
        &folder,
        "look/board.html",
        "{% extends \"layout.html\" %}{% block main %}{{ nothing }}{% endblock main %}"
    ));
    assert!(preview.failure().is_some_and(|why| why.contains("look/board.html")), "{:?}", preview.failure());
    assert!(text(&shown(&preview), "board/").contains("Ship"));
    assert!(touch(
        &mut preview,
        &folder,
        "look/board.html",
        "{% extends \"layout.html\" %}{% block main %}fine{% endblock main %}"
    ));
    assert_eq!(preview.failure(), None);
    assert!(text(&shown(&preview), "board/").contains("fine"));
}

#[test]
fn what_is_broken_at_the_start_is_said_and_mended_later() {
    let folder = small();
    folder.put("plansite.toml", b"[site\n<script>");
    let mut preview = preview(&folder.0);
    assert!(preview.site().is_none());
    let answer = shown(&preview).answer("");
    let page = String::from_utf8(answer.bytes).expect("UTF-8");
    assert_eq!(answer.status, 503);
    assert!(
        page.contains("nothing to show yet") && page.contains("/-/preview.js") && !page.contains("<script>"),
        "{page}"
    );
    assert_eq!(shown(&preview).answer("x.css").status, 404);
    assert!(touch(&mut preview, &folder, "plansite.toml", ""));
    assert_eq!(shown(&preview).answer("").status, 200);
}

#[test]
fn texts_of_documents_are_escaped_in_the_panel_and_lines_lead_to_an_editor() {
    let name = "docs/plans/<i>&\"x\".md";
    let folder = Folder::new(&[(
        name,
        "---\nid: A-1\nstatus: \"<script>alert(1)</script>\"\n---\n# A\n\n[x](<\"><img src=x onerror=y>.md>)\n",
    )]);
    let mut shown = shown(&preview(&folder.0));
    shown.editor = EDITORS.first().copied();
    let site = shown.site.clone().expect("a site");
    let address = site
        .addresses()
        .into_iter()
        .find(|path| path.starts_with("plans/") && path.ends_with("index.html"))
        .expect("its page");
    let page = text(&shown, &address);
    let panel = &page[page.find("pv-found").expect("a panel")..page.find("preview.js").expect("a script")];
    for markup in ["<script>alert", "<img", "<i>"] {
        assert!(!panel.contains(markup), "{panel}");
    }
    assert!(panel.contains("href=\"vscode://file/") && panel.contains("%3Ci%3E%26%22x%22.md:5:"), "{panel}");
}

#[test]
fn a_root_that_goes_and_comes_again_is_followed() {
    let folder = small();
    let mut preview = preview(&folder.0);
    let touched = || Touched { paths: [folder.0.join("docs")].into(), everything: false };
    fs::remove_dir_all(folder.0.join("docs")).expect("it was there");
    assert!(preview.apply(&touched(), &Silent));
    assert!(
        text(&shown(&preview), "board/").contains("No plans yet") || !text(&shown(&preview), "board/").contains("Ship")
    );
    folder.put("docs/adr/0001-queue.md", QUEUE.as_bytes());
    assert!(preview.apply(&touched(), &Silent));
    assert_eq!(shown(&preview).answer("decisions/adr-0001/").status, 200);
}
