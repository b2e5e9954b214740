//! Themes over themes: what takes whose place, and what is said about what is wrong.

use super::*;

fn with(name: &str, text: &str) -> Result<Theme, ThemeError> {
    Theme::load(&BTreeMap::from([(name.to_string(), text.as_bytes().to_vec())]))
}

#[test]
fn a_broken_template_is_named_with_its_place() {
    let error = with("mine.html", "<p>\n  {{ title").expect_err("broken");
    assert_eq!((error.file.as_str(), error.place.map(|place| place.0)), ("mine.html", Some(2)), "{error}");
    let theme = with("mine.html", "<p>\n{{ nothing }}").expect("compiles");
    let error = theme.print("mine.html", &serde_json::json!({}), "").expect_err("no such name");
    assert_eq!((error.file.as_str(), error.place), ("mine.html", Some((2, 4))), "{error}");
}

#[test]
fn text_is_escaped_and_prose_is_not() {
    let theme = with("mine.html", "{{ title }}|{{ prose }}").expect("compiles");
    let html = theme.print("mine.html", &serde_json::json!({"title": "\"><script>"}), "<p>x</p>").expect("prints");
    assert_eq!(html, "&quot;&gt;&lt;script&gt;|<p>x</p>");
}

#[test]
fn files_can_be_overridden_and_added() {
    let theme = with("style.css", "body{}").expect("loads");
    let style = theme.assets().find(|(path, _)| path == "assets/style.css").expect("there");
    assert_eq!(style.1, b"body{}");
    let theme = with("logo.png", "x").expect("loads");
    assert!(theme.assets().any(|(path, _)| path == "assets/logo.png"));
}

/// The theme with these files of a folder named `theme` over it.
fn folder(files: &[(&str, &str)]) -> Result<Theme, ThemeError> {
    let files = files.iter().map(|(name, text)| (name.to_string(), text.as_bytes().to_vec())).collect();
    Theme::layered(&Layers { files: Some(&files), folder: "theme", ..Layers::default() })
}

#[test]
fn a_template_can_extend_the_one_it_takes_the_place_of() {
    let view = serde_json::json!({"title": "T", "site": "S"});
    let base = "{% block a %}a{% endblock a %}{% block b %}b{% endblock b %}";
    let theme = folder(&[
        ("mine.html", "{% extends \"base.html\" %}{% block a %}{{ super() }}!{% endblock a %}"),
        ("base.html", base),
    ]);
    assert_eq!(theme.and_then(|theme| theme.print("mine.html", &view, "")), Ok("a!b".into()));
    // the built-in layout with one block of one's own: every page gets it
    let own = "{% extends \"default/layout.html\" %}{% block wide %} mine{% endblock wide %}";
    let theme = folder(&[("layout.html", own)]).expect("compiles");
    assert_eq!(theme.warnings, Vec::<String>::new());
    let short = folder(&[("layout.html", "{{ title }}:{% block main %}{% endblock main %}")]).expect_err("too short");
    assert_eq!((short.file.as_str(), short.place), ("default/404.html", Some((2, 10))), "{short}");
    assert!(short.message.ends_with("has all blocks of default/layout.html, or extends it"), "{short}");
    let circle = folder(&[("layout.html", "{% extends \"layout.html\" %}")]).expect_err("a circle");
    assert!(circle.to_string().contains("layout.html"), "{circle}");
}

#[test]
fn a_component_can_be_overridden_alone() {
    let theme = folder(&[("words.html", "{% component day(day) %}[{{ day.iso }}]{% endcomponent day %}")]);
    let theme = theme.expect("compiles");
    assert_eq!(theme.warnings, Vec::<String>::new());
    let theme = folder(&[
        ("words.html", "{% component day(day) %}[{{ day.iso }}]{% endcomponent day %}"),
        ("mine.html", "{{ <day day={day} /> }}"),
    ]);
    let view = serde_json::json!({"day": {"iso": "2026-01-01"}});
    assert_eq!(theme.and_then(|theme| theme.print("mine.html", &view, "")), Ok("[2026-01-01]".into()));
}

#[test]
fn icons_can_be_overridden_one_by_one() {
    let text = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" viewBox=\"0 0 9 9\" fill=\"none\">\n  <path d=\"M0 0h9\"/>\n</svg>\n";
    let theme = folder(&[("icons/plan.svg", text), ("icons/mine.svg", text)]).expect("compiles");
    let sprite = theme.sprite("<use href=\"#i-plan\"/><use href=\"#i-mine\"/><use href=\"#i-rfc\"/>");
    for icon in ["plan", "mine"] {
        let symbol =
            format!("<symbol id=\"i-{icon}\" viewBox=\"0 0 9 9\" fill=\"none\"> <path d=\"M0 0h9\"/></symbol>");
        assert!(sprite.contains(&symbol), "{sprite}");
    }
    assert!(sprite.contains("id=\"i-rfc\""), "the others stay");
    assert!(theme.assets().all(|(path, _)| !path.contains("icons/")));
    let line = "<svg>\n<symbol id=\"i-rfc\" viewBox=\"0 0 1 1\"></symbol>\n</svg>\n";
    let theme = folder(&[("icons.svg", line)]).expect("compiles");
    assert!(theme.sprite("<use href=\"#i-plan\"/>").contains("id=\"i-plan\""), "the others stay");
    for (name, text, told) in [
        (
            "icons/plan.svg",
            "<svg viewBox=\"0 0 9 9\"><script/></svg>",
            "theme/icons/plan.svg:1:24: `<script>` isn't allowed",
        ),
        ("icons/plan.svg", "<svg/>", "theme/icons/plan.svg: an icon needs a viewBox"),
        ("icons/a\"b.svg", text, "an icon's name holds small letters"),
        ("icons.svg", "<svg><symbol\nid=\"i-x\"/></svg>", "theme/icons.svg: each icon is a line"),
        ("icons.js", "", "theme/icons.js: is made while building; change icons.svg instead"),
        ("colors.css", "", "theme/colors.css: is made while building; change [theme.colors] in plansite.toml instead"),
        ("default/layout.html", "", "a folder of that name belongs to a theme of plansite"),
        ("board.html", "\u{0}\n{{ }", "theme/board.html:2:"),
        ("theme.toml", "data_version = 1\ncolour = 2\n", "theme/theme.toml:2:1: unknown field `colour`"),
    ] {
        let error = folder(&[(name, text)]).expect_err(name).to_string();
        assert!(error.contains(told), "{error}");
    }
}

#[test]
fn odd_files_are_told() {
    let told = |files: &[(&str, &str)]| folder(files).expect("compiles").warnings;
    assert_eq!(told(&[("bord.html", "")]), ["theme/bord.html takes the place of no file; did you mean `board.html`?"]);
    assert_eq!(told(&[("styl.css", "")]), ["theme/styl.css takes the place of no file; did you mean `style.css`?"]);
    assert_eq!(told(&[("partial.html", "")]), ["theme/partial.html is used by no page and no other template"]);
    assert_eq!(told(&[("partial.html", ""), ("404.html", "{% include \"partial.html\" %}")]), Vec::<String>::new());
    assert_eq!(told(&[("fonts/a.woff2", ""), ("vendor/lunr.min.js", "")]), Vec::<String>::new());
    assert_eq!(told(&[("theme.toml", "data_version = 1\n")]), Vec::<String>::new());
    let old = told(&[("theme.toml", "name = \"x\"\ndata_version = 0\n")]);
    assert!(
        old[0].starts_with("the theme was written for version 0 of the pages' data, this plansite has version 1"),
        "{old:?}"
    );
}

#[test]
fn every_sort_of_file_has_its_place() {
    let theme = folder(&[
        ("vendor/lunr.min.js", "x"),
        ("search-more.css", "y"),
        ("fonts/a.woff2", "z"),
        ("icon.svg", "<svg/>"),
    ]);
    let theme = theme.expect("compiles");
    let at = |path: &str| theme.assets().find(|(known, _)| known == path).map(|(_, bytes)| bytes.to_vec());
    assert_eq!(at("search/vendor/lunr.min.js"), Some(b"x".to_vec()));
    assert_eq!(at("assets/search-more.css"), Some(b"y".to_vec()));
    assert_eq!(at("assets/fonts/a.woff2"), Some(b"z".to_vec()));
    assert_eq!(at("assets/icon.svg"), Some(b"<svg/>".to_vec()));
    assert_eq!(at("assets/theme.toml"), None);
}

#[test]
fn themes_that_come_along_are_sound_and_others_are_unknown() {
    for (name, files) in THEMES {
        let theme = Theme::layered(&Layers { name: Some(name), ..Layers::default() }).expect(name);
        assert_eq!(theme.warnings, Vec::<String>::new(), "{name}");
        assert!(files.iter().any(|(file, _)| *file == ABOUT), "{name} doesn't say for which data it was written");
    }
    let error = Theme::layered(&Layers { name: Some("plian"), ..Layers::default() }).expect_err("unknown");
    assert_eq!(error.to_string(), "[theme] name: there is no theme `plian`; did you mean `plain`?");
}

#[test]
fn a_page_carries_the_icons_it_uses_and_no_others() {
    let theme = Theme::load(&BTreeMap::new()).expect("the built-in theme is sound");
    let sprite = theme.sprite("<use href=\"#i-plan\"/><use href=\"#i-nonsense\"/>");
    assert!(sprite.contains("id=\"i-plan\"") && !sprite.contains("id=\"i-rfc\""));
}

#[test]
fn sizes_stay_small() {
    let theme = Theme::load(&BTreeMap::new()).expect("the built-in theme is sound");
    for (path, bytes) in theme.assets() {
        assert!(bytes.len() < 96 * 1024, "{path} is {} bytes", bytes.len());
    }
}

#[test]
fn a_site_gets_the_stemmer_of_its_own_language_only() {
    let vendored = |language: &str| {
        let theme = Theme::layered(&Layers { language, ..Layers::default() }).expect("sound");
        let paths = theme.assets().map(|(path, _)| path).filter(|path| path.contains("/vendor/"));
        paths.map(|path| path.trim_start_matches("search/vendor/").to_string()).collect::<Vec<_>>()
    };
    let german = ["lunr-languages.LICENSE", "lunr.LICENSE", "lunr.de.js", "lunr.min.js", "lunr.stemmer.support.js"];
    assert_eq!(vendored("de-AT"), german);
    for plain in ["en", "ja", "cs", ""] {
        assert_eq!(vendored(plain), ["lunr.LICENSE", "lunr.min.js"], "{plain}");
    }
    for language in language::LANGUAGES {
        let scripts = language.scripts();
        let there = vendored(language.code);
        assert!(
            scripts.iter().all(|script| there.contains(&script.trim_start_matches("vendor/").to_string())),
            "{scripts:?}"
        );
    }
}
