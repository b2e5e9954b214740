//! The look: templates, styles, scripts and icons. Built in, and any file can be overridden by one of the same name.
//!
//! Templates are compiled once. Nothing is read from disk here: overrides arrive as bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use tera::{Context, ErrorKind, Tera, Value};

/// The built-in files by name.
const FILES: &[(&str, &[u8])] = &[
    ("404.html", include_bytes!("../../themes/default/404.html")),
    ("blockers.html", include_bytes!("../../themes/default/blockers.html")),
    ("board.html", include_bytes!("../../themes/default/board.html")),
    ("decisions.css", include_bytes!("../../themes/default/decisions.css")),
    ("decisions.html", include_bytes!("../../themes/default/decisions.html")),
    ("document.html", include_bytes!("../../themes/default/document.html")),
    ("filter.js", include_bytes!("../../themes/default/filter.js")),
    ("freshness.html", include_bytes!("../../themes/default/freshness.html")),
    ("groups.html", include_bytes!("../../themes/default/groups.html")),
    ("icon.svg", include_bytes!("../../themes/default/icon.svg")),
    ("icons.svg", include_bytes!("../../themes/default/icons.svg")),
    ("layout.html", include_bytes!("../../themes/default/layout.html")),
    ("list.html", include_bytes!("../../themes/default/list.html")),
    ("overview.html", include_bytes!("../../themes/default/overview.html")),
    ("parts.html", include_bytes!("../../themes/default/parts.html")),
    ("problems.html", include_bytes!("../../themes/default/problems.html")),
    ("questions.html", include_bytes!("../../themes/default/questions.html")),
    ("registers.css", include_bytes!("../../themes/default/registers.css")),
    ("risks.html", include_bytes!("../../themes/default/risks.html")),
    ("search-core.js", include_bytes!("../../themes/default/search-core.js")),
    ("search.js", include_bytes!("../../themes/default/search.js")),
    ("site.js", include_bytes!("../../themes/default/site.js")),
    ("style.css", include_bytes!("../../themes/default/style.css")),
    ("templates.html", include_bytes!("../../themes/default/templates.html")),
    ("theme.js", include_bytes!("../../themes/default/theme.js")),
    ("vendor/lunr.LICENSE", include_bytes!("../../themes/default/vendor/lunr.LICENSE")),
    ("vendor/lunr.min.js", include_bytes!("../../themes/default/vendor/lunr.min.js")),
];

/// The file with all icons, one `<symbol id="i-name">` each.
const ICONS: &str = "icons.svg";

/// Icons that scripts put on a page that didn't have them.
const ALWAYS: &[&str] = &["expired", "review", "risks", "check"];

/// What is wrong with a theme, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeError {
    /// Name of the file in the theme: `board.html`.
    pub file: String,
    /// Line and column from 1, where known.
    pub place: Option<(usize, usize)>,
    /// The fact.
    pub message: String,
}

impl std::fmt::Display for ThemeError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.place {
            Some((line, column)) => write!(out, "{}:{line}:{column}: {}", self.file, self.message),
            None => write!(out, "{}: {}", self.file, self.message),
        }
    }
}

impl std::error::Error for ThemeError {}

/// A theme, ready to print pages.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    /// Name without `i-`, and the whole `<symbol>`.
    symbols: BTreeMap<String, String>,
    /// Name below `assets/`, and content.
    assets: BTreeMap<String, Vec<u8>>,
}

impl Theme {
    /// Compiles the built-in theme with `overrides` (a file's name in the theme, its bytes) laid over it. A name that
    /// the theme doesn't have becomes a template if it ends in `.html`, else an asset.
    pub fn load(overrides: &BTreeMap<String, Vec<u8>>) -> Result<Theme, ThemeError> {
        let mut files: BTreeMap<&str, &[u8]> = FILES.iter().copied().collect();
        files.extend(overrides.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
        let text = |name: &str, bytes: &[u8]| match std::str::from_utf8(bytes) {
            Ok(text) => Ok(text.to_string()),
            Err(_) => Err(ThemeError { file: name.to_string(), place: None, message: "is not UTF-8".into() }),
        };
        let (mut templates, mut symbols, mut assets) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
        for (name, bytes) in files {
            if name.ends_with(".html") {
                templates.push((name, text(name, bytes)?));
            } else if name == ICONS {
                symbols = icons(&text(name, bytes)?);
            } else {
                assets.insert(name.to_string(), bytes.to_vec());
            }
        }
        let mut tera = Tera::new();
        tera.add_raw_templates(templates).map_err(|error| explain("", &error))?;
        assets.insert("icons.js".into(), icons_script(&symbols).into_bytes());
        Ok(Theme { tera, symbols, assets })
    }

    /// The files that pages ask for besides themselves: path on the site (`assets/style.css`) and content, sorted.
    pub fn assets(&self) -> impl Iterator<Item = (String, &[u8])> {
        // the search lies beside its index, which it finds by its own address
        let folder = |name: &str| {
            if name.starts_with("search") || name.starts_with("vendor/lunr") { "search" } else { "assets" }
        };
        self.assets.iter().map(move |(name, bytes)| (format!("{}/{name}", folder(name)), bytes.as_slice()))
    }

    /// Prints one view with a template. Text is escaped; `prose` is not.
    pub fn print(&self, template: &str, view: &serde_json::Value, prose: &str) -> Result<String, ThemeError> {
        let mut context = Context::from_serialize(view).map_err(|error| explain(template, &error))?;
        context.insert_value("prose", Value::safe_string(prose));
        self.tera.render(template, &context).map_err(|error| explain(template, &error))
    }

    /// The icons a page uses, as a hidden sprite. Pages carry their own, because a browser doesn't follow `<use>` into
    /// another file when the site is opened from disk.
    pub fn sprite(&self, html: &str) -> String {
        let named = html.match_indices("\"#i-").map(|(at, mark)| &html[at + mark.len()..]);
        let named = named.filter_map(|rest| rest.split_once('"').map(|(name, _)| name));
        let used: BTreeSet<&str> = named.chain(ALWAYS.iter().copied()).collect();
        let symbols: String = used.iter().filter_map(|name| self.symbols.get(*name)).map(String::as_str).collect();
        format!("<svg class=\"sprite\" aria-hidden=\"true\" focusable=\"false\">{symbols}</svg>")
    }
}

/// The symbols of the icon file, one a line.
fn icons(text: &str) -> BTreeMap<String, String> {
    let symbols = text.lines().filter_map(|line| {
        let rest = line.trim().strip_prefix("<symbol id=\"i-")?;
        rest.split_once('"').map(|(name, _)| (name.to_string(), line.trim().to_string()))
    });
    symbols.collect()
}

/// All icons for scripts that build parts of a page: a list of name and symbol, put into the page's sprite on demand.
fn icons_script(symbols: &BTreeMap<String, String>) -> String {
    let mut script =
        String::from("// Icons for what scripts add to a page.\n\"use strict\";\nwindow.plansiteIcons={\n");
    for (name, symbol) in symbols {
        let _ = writeln!(
            script,
            "{}:{},",
            serde_json::Value::from(name.as_str()),
            serde_json::Value::from(symbol.as_str())
        );
    }
    script.push_str("};\n(function(){var s=document.querySelector(\".sprite\");if(!s)return;");
    script.push_str("for(var n in plansiteIcons)if(!document.getElementById(\"i-\"+n))");
    script.push_str("s.insertAdjacentHTML(\"beforeend\",plansiteIcons[n]);})();\n");
    script
}

/// The place is in tera's report; its own text draws a snippet, which is too much for one line.
fn explain(template: &str, error: &tera::Error) -> ThemeError {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => ThemeError {
            file: if report.filename().is_empty() { template.to_string() } else { report.filename().to_string() },
            place: Some((report.span().start_line, report.span().start_col + 1)),
            message: report.message().to_string(),
        },
        kind => ThemeError { file: template.to_string(), place: None, message: kind.to_string() },
    }
}

#[cfg(test)]
mod tests {
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
}
