//! `[theme]`: a folder, colours and a logo, right and wrong.

use std::fs;

use super::folder::{Ended, Folder, clean};

const PLAIN: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9\"/></svg>";

fn build(settings: &str, files: &[(&str, &[u8])]) -> (Folder, Ended) {
    let folder = clean();
    folder.put("plansite.toml", settings.as_bytes());
    files.iter().for_each(|(path, bytes)| folder.put(path, bytes));
    let ended = folder.run(&["build"]);
    (folder, ended)
}

fn site(folder: &Folder, path: &str) -> Option<String> {
    fs::read(folder.0.join("site").join(path)).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

#[test]
fn a_folder_takes_the_place_of_files_and_brings_its_own() {
    let (folder, ended) = build(
        "[theme]\ndirectory = \"look\"\n",
        &[
            ("look/layout.html", b"{% extends \"default/layout.html\" %}{% block head %}<link rel=\"stylesheet\" href=\"{{ root }}assets/more.css\">{% endblock head %}"),
            ("look/more.css", b"body{}"),
            ("look/style.css", b"html{}"),
            ("look/icons/plan.svg", PLAIN),
            ("look/README.md", b"# About\n"),
            ("look/.hidden.css", b"x"),
            ("look/.git/config", b"x"),
        ],
    );
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert!(!ended.err.contains("warning: "), "{}", ended.err);
    assert!(site(&folder, "board/index.html").is_some_and(|page| page.contains("../assets/more.css")));
    assert_eq!(site(&folder, "assets/style.css").as_deref(), Some("html{}"));
    assert!(site(&folder, "assets/icons.js").is_some_and(|script| script.contains("M0 0h9")));
    for gone in ["assets/README.md", "assets/.hidden.css", "assets/.git/config", "assets/colors.css"] {
        assert_eq!(site(&folder, gone), None, "{gone}");
    }
}

#[cfg(unix)]
#[test]
fn links_in_a_folder_lead_nowhere() {
    let folder = clean();
    folder.put("plansite.toml", b"[theme]\ndirectory = \"look\"\n");
    folder.put("look/a.css", b"a");
    folder.put("secret.txt", b"secret");
    std::os::unix::fs::symlink(folder.0.join("secret.txt"), folder.0.join("look/b.css")).expect("a link");
    std::os::unix::fs::symlink(&folder.0, folder.0.join("look/more")).expect("a link");
    assert_eq!(folder.run(&["build"]).code, Some(0));
    assert!(site(&folder, "assets/a.css").is_some());
    assert!(site(&folder, "assets/b.css").is_none() && site(&folder, "assets/more/secret.txt").is_none());
}

#[test]
fn what_is_wrong_with_a_theme_is_said_with_its_place() {
    for (settings, files, told) in [
        (
            "[theme]\ndirectory = \"look\"\n",
            vec![("look/board.html", &b"<p>\n{{ titel"[..])],
            "error: look/board.html:2:",
        ),
        (
            "[theme]\ndirectory = \"look\"\n",
            vec![("look/list.html", &b"\n{{ view.nothing }}"[..])],
            ": look/list.html:2:9: Field `nothing` is not defined.",
        ),
        ("[theme]\ndirectory = \"look\"\n", vec![("look/style.css", &b"\xff"[..])], ""),
        (
            "[theme]\ndirectory = \"look\"\n",
            vec![("look/board.html", &b"\xff"[..])],
            "error: look/board.html: is not UTF-8",
        ),
        ("[theme]\ndirectory = \"gone\"\n", vec![], "error: can't read "),
        ("[theme]\ndirectory = \"look\"\n", vec![("look", &b"x"[..])], "is not a folder"),
        (
            "[theme]\nname = \"plian\"\n",
            vec![],
            "error: [theme] name: there is no theme `plian`; did you mean `plain`?",
        ),
        (
            "[theme.colors.light]\nlink = \"#12\"\n",
            vec![],
            "plansite.toml:2:8: `#12` is not a colour; write it as #1a56c4",
        ),
        ("[theme]\nlogo = \"gone.svg\"\n", vec![], "error: [theme] logo: gone.svg can't be read"),
        (
            "[theme]\nlogo = \"logo.svg\"\n",
            vec![("logo.svg", &b"<svg onload=\"x\"/>"[..])],
            "error: logo.svg:1:6: `onload` isn't allowed",
        ),
        ("[theme]\nlogo = \"logo.png\"\n", vec![("logo.png", PLAIN)], "error: [theme] logo: logo.png is no png image"),
        (
            "[theme]\nlogo = \"logo.exe\"\n",
            vec![("logo.exe", &b"MZ"[..])],
            "logo.exe has another form than svg, png, jpg, gif or webp",
        ),
        (
            "[theme]\nlogo = \"docs/../logo.svg\"\n",
            vec![("logo.svg", PLAIN)],
            "lies outside of the configuration's folder",
        ),
    ] {
        let (_, ended) = build(settings, &files);
        let code = if told.is_empty() { 0 } else { 2 };
        assert_eq!(ended.code, Some(code), "{settings}: {}", ended.err);
        assert!(ended.err.contains(told), "{told}: {}", ended.err);
    }
}

#[test]
fn colours_and_a_logo_reach_every_page() {
    let settings = "[theme]\nlogo = \"art/mark.SVG\"\n[theme.colors.light]\nlink = \"#88aaff\"\n[theme.colors.dark]\ncanvas = \"#000\"\n";
    let (folder, ended) = build(settings, &[("art/mark.SVG", PLAIN)]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let told = "warning: [theme.colors.light] link #88aaff on selected #ebebe6 has a contrast of 1.90:1; words need at least 4.5:1 (WCAG 2.2 AA)";
    assert!(ended.err.contains(told), "{}", ended.err);
    assert!(
        site(&folder, "assets/colors.css")
            .is_some_and(|css| css.contains("--link:#88aaff") && css.contains("--canvas:#000000"))
    );
    assert_eq!(site(&folder, "assets/logo.svg").as_deref(), std::str::from_utf8(PLAIN).ok());
    for (page, root) in [("index.html", "./"), ("board/index.html", "../")] {
        let html = site(&folder, page).unwrap_or_default();
        assert!(html.contains(&format!("href=\"{root}assets/colors.css\"")), "{page}");
        assert!(html.contains(&format!("<img class=\"logo\" src=\"{root}assets/logo.svg\" alt=\"\"")), "{page}");
        assert!(!html.contains(" style=") && !html.contains("<style"), "{page}");
    }
    // its depth isn't known, so an image would be missing wherever it is shown but at the root
    assert!(
        site(&folder, "404.html")
            .is_some_and(|html| !html.contains("logo.svg") && html.contains("../assets/colors.css"))
    );
    assert!(!folder.run(&["build", "--quiet"]).err.contains("warning"));
}

#[test]
fn a_theme_for_other_data_is_used_and_told() {
    let (folder, ended) = build(
        "[theme]\nname = \"plain\"\ndirectory = \"look\"\n",
        &[("look/theme.toml", b"data_version = 0\n"), ("look/plain.css", b"p{}")],
    );
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert!(ended.err.contains("warning: the theme was written for version 0 of the pages' data"), "{}", ended.err);
    assert_eq!(site(&folder, "assets/plain.css").as_deref(), Some("p{}"), "the folder lies over the named theme");
    assert!(site(&folder, "index.html").is_some_and(|page| page.contains("<body class=\"plain\">")));
}

#[test]
fn schemas_are_printed_and_listed() {
    let folder = clean();
    let list = folder.run(&["schema"]);
    assert!(
        list.out.contains("documents    plansite.documents/1     list --format json and data/documents.json\n"),
        "{}",
        list.out
    );
    for name in ["documents", "plansite.documents/1"] {
        let ended = folder.run(&["schema", name]);
        assert_eq!((ended.code, ended.json()["$id"].as_str()), (Some(0), Some("plansite.documents/1")));
    }
    let ended = folder.run(&["schema", "document5"]);
    assert_eq!(
        (ended.code, ended.err.as_str()),
        (Some(2), "error: there is no schema `document5`; did you mean `document`?\n")
    );
}
