//! The look: templates, styles, scripts and icons. Built in, and any file can be overridden by one of the same name.
//!
//! A theme lies in layers: the built-in one, one that comes with plansite and is laid over it, the files of a folder, and
//! what the settings say of colours and a logo. The uppermost file of a name counts; below, the built-in templates can
//! still be extended as `default/layout.html`. Templates are compiled once. Nothing is read from disk here.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde::Deserialize;
use tera::{Context, ErrorKind, Tera, Value};

use super::svg;
use crate::search::language;
use crate::view::DATA_VERSION;
use crate::words;

/// Files by their name in the theme.
type Files = &'static [(&'static str, &'static [u8])];

/// The built-in files by name.
const FILES: Files = &[
    ("404.html", include_bytes!("../../themes/default/404.html")),
    ("board.css", include_bytes!("../../themes/default/board.css")),
    ("board.html", include_bytes!("../../themes/default/board.html")),
    ("changes.css", include_bytes!("../../themes/default/changes.css")),
    ("changes.html", include_bytes!("../../themes/default/changes.html")),
    ("board.js", include_bytes!("../../themes/default/board.js")),
    ("blockers.html", include_bytes!("../../themes/default/blockers.html")),
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
    ("milestones.css", include_bytes!("../../themes/default/milestones.css")),
    ("milestones.html", include_bytes!("../../themes/default/milestones.html")),
    ("overview.html", include_bytes!("../../themes/default/overview.html")),
    ("parts.html", include_bytes!("../../themes/default/parts.html")),
    ("problems.html", include_bytes!("../../themes/default/problems.html")),
    ("relations.css", include_bytes!("../../themes/default/relations.css")),
    ("relations.html", include_bytes!("../../themes/default/relations.html")),
    ("redirect.html", include_bytes!("../../themes/default/redirect.html")),
    ("questions.html", include_bytes!("../../themes/default/questions.html")),
    ("registers.css", include_bytes!("../../themes/default/registers.css")),
    ("risks.html", include_bytes!("../../themes/default/risks.html")),
    ("search-core.js", include_bytes!("../../themes/default/search-core.js")),
    ("search-excerpt.js", include_bytes!("../../themes/default/search-excerpt.js")),
    ("search-query.js", include_bytes!("../../themes/default/search-query.js")),
    ("search-worker.js", include_bytes!("../../themes/default/search-worker.js")),
    ("search-words.js", include_bytes!("../../themes/default/search-words.js")),
    ("search.js", include_bytes!("../../themes/default/search.js")),
    ("site.js", include_bytes!("../../themes/default/site.js")),
    ("style.css", include_bytes!("../../themes/default/style.css")),
    ("templates.html", include_bytes!("../../themes/default/templates.html")),
    ("theme.js", include_bytes!("../../themes/default/theme.js")),
    ("timeline.css", include_bytes!("../../themes/default/timeline.css")),
    ("timeline.html", include_bytes!("../../themes/default/timeline.html")),
    ("timeline.js", include_bytes!("../../themes/default/timeline.js")),
    ("vendor/lunr.LICENSE", include_bytes!("../../themes/default/vendor/lunr.LICENSE")),
    ("vendor/lunr.min.js", include_bytes!("../../themes/default/vendor/lunr.min.js")),
];

/// Files that only sites in some languages have: the stemmers that run in the browser, and their licence.
const STEMMERS: Files = &[
    (STEMMERS_LICENCE, include_bytes!("../../themes/default/vendor/lunr-languages.LICENSE")),
    ("vendor/lunr.da.js", include_bytes!("../../themes/default/vendor/lunr.da.js")),
    ("vendor/lunr.de.js", include_bytes!("../../themes/default/vendor/lunr.de.js")),
    ("vendor/lunr.es.js", include_bytes!("../../themes/default/vendor/lunr.es.js")),
    ("vendor/lunr.fi.js", include_bytes!("../../themes/default/vendor/lunr.fi.js")),
    ("vendor/lunr.fr.js", include_bytes!("../../themes/default/vendor/lunr.fr.js")),
    ("vendor/lunr.hu.js", include_bytes!("../../themes/default/vendor/lunr.hu.js")),
    ("vendor/lunr.it.js", include_bytes!("../../themes/default/vendor/lunr.it.js")),
    ("vendor/lunr.nl.js", include_bytes!("../../themes/default/vendor/lunr.nl.js")),
    ("vendor/lunr.no.js", include_bytes!("../../themes/default/vendor/lunr.no.js")),
    ("vendor/lunr.pt.js", include_bytes!("../../themes/default/vendor/lunr.pt.js")),
    ("vendor/lunr.ro.js", include_bytes!("../../themes/default/vendor/lunr.ro.js")),
    ("vendor/lunr.ru.js", include_bytes!("../../themes/default/vendor/lunr.ru.js")),
    ("vendor/lunr.stemmer.support.js", include_bytes!("../../themes/default/vendor/lunr.stemmer.support.js")),
    ("vendor/lunr.sv.js", include_bytes!("../../themes/default/vendor/lunr.sv.js")),
    ("vendor/lunr.tr.js", include_bytes!("../../themes/default/vendor/lunr.tr.js")),
];
const STEMMERS_LICENCE: &str = "vendor/lunr-languages.LICENSE";

/// Themes that come with plansite, to be laid over the built-in one: name and files.
pub const THEMES: &[(&str, Files)] = &[(
    "plain",
    &[
        ("layout.html", include_bytes!("../../themes/plain/layout.html")),
        ("overview.html", include_bytes!("../../themes/plain/overview.html")),
        ("plain.css", include_bytes!("../../themes/plain/plain.css")),
        ("theme.toml", include_bytes!("../../themes/plain/theme.toml")),
    ],
)];

/// What a theme says of itself; it is no part of the site.
const ABOUT: &str = "theme.toml";
/// Single icons: `icons/plan.svg`.
const ICON_FOLDER: &str = "icons/";
/// Files that are made while building, and what they are made of.
const MADE: &[(&str, &str)] = &[("icons.js", "icons.svg"), ("colors.css", "[theme.colors] in plansite.toml")];
/// The prefix by which a template of the built-in theme is named from above.
const DEFAULT: &str = "default/";

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

/// What is laid over the built-in theme.
#[derive(Debug, Clone, Copy, Default)]
pub struct Layers<'a> {
    /// A theme of [`THEMES`], by name.
    pub name: Option<&'a str>,
    /// The files of a folder by their name in it.
    pub files: Option<&'a BTreeMap<String, Vec<u8>>>,
    /// How messages name that folder.
    pub folder: &'a str,
    /// The stylesheet with the colours of the settings; empty for none.
    pub colors: &'a str,
    /// Language of the site, as in HTML's `lang`.
    pub language: &'a str,
    /// The site has no search and none of its files.
    pub unsearched: bool,
    /// Name below `assets/` and bytes of the logo.
    pub logo: Option<(&'a str, &'a [u8])>,
}

/// A theme, ready to print pages.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    /// Name without `i-`, and the whole `<symbol>`.
    symbols: BTreeMap<String, String>,
    /// Name below `assets/`, and content.
    assets: BTreeMap<String, Vec<u8>>,
    /// Names of the files that a folder brought, and how messages name the folder.
    own: (BTreeSet<String>, String),
    /// What its author should know, as sentences.
    pub warnings: Vec<String>,
}

/// `theme.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    /// The version of the pages' data that the theme was written for.
    data_version: u32,
    #[serde(rename = "name")]
    _name: Option<String>,
    #[serde(rename = "description")]
    _description: Option<String>,
}

impl Theme {
    /// Compiles the built-in theme with `overrides` (a file's name in the theme, its bytes) laid over it. A name that
    /// the theme doesn't have becomes a template if it ends in `.html`, else an asset.
    pub fn load(overrides: &BTreeMap<String, Vec<u8>>) -> Result<Theme, ThemeError> {
        Theme::layered(&Layers { files: Some(overrides), ..Layers::default() })
    }

    /// Compiles the built-in theme with all layers above it.
    pub fn layered(layers: &Layers<'_>) -> Result<Theme, ThemeError> {
        let named = match layers.name {
            None | Some("default") => None,
            Some(name) => Some(THEMES.iter().find(|(known, _)| *known == name).ok_or_else(|| unknown_theme(name))?),
        };
        let mut theme = Theme {
            tera: Tera::new(),
            symbols: BTreeMap::new(),
            assets: BTreeMap::new(),
            own: (BTreeSet::new(), layers.folder.to_string()),
            warnings: Vec::new(),
        };
        let mut templates: Vec<(String, String)> = Vec::new();
        theme.lay(DEFAULT, FILES.iter().copied(), &mut templates)?;
        theme.assets.extend(stemmers(layers.language).map(|(name, bytes)| (name.to_string(), bytes.to_vec())));
        let mut prefixes = vec![DEFAULT.to_string()];
        if let Some((name, files)) = named {
            let prefix = format!("{name}/");
            theme.lay(&prefix, files.iter().copied(), &mut templates)?;
            prefixes.insert(0, prefix);
        }
        if let Some(files) = layers.files {
            theme.own.0 = files.keys().cloned().collect();
            let files = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
            theme.lay("", files, &mut templates).map_err(|error| theme.placed(error))?;
        }
        theme.warnings.extend(unused(&templates, &theme.own));
        let compiled =
            theme.tera.set_fallback_prefixes(prefixes).and_then(|()| theme.tera.add_raw_templates(templates));
        compiled.map_err(|error| theme.placed(explain("", &error)))?;
        theme.assets.insert("icons.js".into(), icons_script(&theme.symbols).into_bytes());
        if !layers.colors.is_empty() {
            theme.assets.insert("colors.css".into(), layers.colors.as_bytes().to_vec());
        }
        if let Some((name, bytes)) = layers.logo {
            theme.assets.insert(name.to_string(), bytes.to_vec());
        }
        if layers.unsearched {
            theme.assets.retain(|name, _| !of_search(name));
        }
        Ok(theme)
    }

    /// Lays the files of one layer over those below. `prefix` keeps its templates apart from those above.
    fn lay<'f>(
        &mut self,
        prefix: &str,
        files: impl Iterator<Item = (&'f str, &'f [u8])>,
        templates: &mut Vec<(String, String)>,
    ) -> Result<(), ThemeError> {
        let wrong = |name: &str, message: String| ThemeError { file: name.to_string(), place: None, message };
        let text = |name: &str, bytes: &[u8]| match std::str::from_utf8(bytes) {
            Ok(text) => Ok(text.trim_start_matches('\u{feff}').to_string()),
            Err(_) => Err(wrong(name, "is not UTF-8".into())),
        };
        for (name, bytes) in files {
            if let Some((_, source)) = MADE.iter().find(|(made, _)| *made == name) {
                return Err(wrong(name, format!("is made while building; change {source} instead")));
            }
            if name == ABOUT {
                self.warnings.extend(about(name, &text(name, bytes)?)?);
            } else if name.ends_with(".html") {
                let taken = |(theme, _): &(&str, Files)| name.starts_with(&format!("{theme}/"));
                if name.starts_with(DEFAULT) || THEMES.iter().any(taken) {
                    return Err(wrong(name, "a folder of that name belongs to a theme of plansite; rename it".into()));
                }
                templates.push((format!("{prefix}{name}"), text(name, bytes)?));
            } else if name == ICONS {
                let text = text(name, bytes)?;
                let symbols = icons(&text);
                if symbols.len() != text.matches("<symbol").count() {
                    return Err(wrong(name, "each icon is a line `<symbol id=\"i-name\" …>…</symbol>`".into()));
                }
                self.symbols.extend(symbols);
            } else if let Some(icon) = name.strip_prefix(ICON_FOLDER).and_then(|icon| icon.strip_suffix(".svg")) {
                let symbol = symbol(name, icon, &text(name, bytes)?)?;
                self.symbols.insert(icon.to_string(), symbol);
            } else {
                self.assets.insert(name.to_string(), bytes.to_vec());
            }
        }
        Ok(())
    }

    /// Names the folder of a file that isn't built in.
    fn placed(&self, error: ThemeError) -> ThemeError {
        let (files, folder) = &self.own;
        match files.contains(&error.file) && !folder.is_empty() {
            true => ThemeError { file: format!("{folder}/{}", error.file), ..error },
            false => error,
        }
    }

    /// The files that pages ask for besides themselves: path on the site (`assets/style.css`) and content, sorted.
    pub fn assets(&self) -> impl Iterator<Item = (String, &[u8])> {
        let folder = |name: &str| if of_search(name) { "search" } else { "assets" };
        self.assets.iter().map(move |(name, bytes)| (format!("{}/{name}", folder(name)), bytes.as_slice()))
    }

    /// Prints one view with a template. Text is escaped; `prose` is not.
    pub fn print(&self, template: &str, view: &serde_json::Value, prose: &str) -> Result<String, ThemeError> {
        let wrong = |error: tera::Error| self.placed(explain(template, &error));
        let mut context = Context::from_serialize(view).map_err(wrong)?;
        context.insert_value("prose", Value::safe_string(prose));
        self.tera.render(template, &context).map_err(wrong)
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

/// The scripts that the search of a site in this language needs, with their licence.
fn stemmers(tag: &str) -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let scripts = language::of(tag).scripts();
    let wanted =
        move |name: &str| !scripts.is_empty() && (name == STEMMERS_LICENCE || scripts.iter().any(|s| s == name));
    STEMMERS.iter().copied().filter(move |(name, _)| wanted(name))
}

/// Whether a file belongs to the search, which lies beside its index, because it finds that by its own address.
fn of_search(name: &str) -> bool {
    let known = FILES.iter().chain(STEMMERS).any(|(file, _)| *file == name);
    known && (name.starts_with("search") || name.starts_with("vendor/lunr"))
}

/// The symbols of the icon file, one a line.
fn icons(text: &str) -> BTreeMap<String, String> {
    let symbols = text.lines().filter_map(|line| {
        let rest = line.trim().strip_prefix("<symbol id=\"i-")?;
        rest.split_once('"').map(|(name, _)| (name.to_string(), line.trim().to_string()))
    });
    symbols.collect()
}

/// A single icon as a symbol of the sprite, checked, because it becomes part of every page that shows it.
fn symbol(file: &str, icon: &str, text: &str) -> Result<String, ThemeError> {
    let wrong = |message: &str| ThemeError { file: file.to_string(), place: None, message: message.to_string() };
    if icon.is_empty() || !icon.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
        return Err(wrong("an icon's name holds small letters, digits and hyphens only"));
    }
    let drawing = svg::read(file, text)?;
    if !drawing.attributes.iter().any(|(name, _)| *name == "viewBox") {
        return Err(wrong("an icon needs a viewBox"));
    }
    // ids would meet those of the page
    if drawing.inside.contains(" id=") {
        return Err(wrong("an icon can't have ids"));
    }
    let outer = |name: &str| !matches!(name, "xmlns" | "xmlns:xlink" | "width" | "height" | "id" | "class" | "version");
    let kept = drawing.attributes.iter().filter(|(name, _)| outer(name));
    let attributes: String = kept.map(|(name, value)| format!(" {name}=\"{}\"", value.replace('"', "'"))).collect();
    let inside: String = drawing.inside.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    Ok(format!("<symbol id=\"i-{icon}\"{attributes}>{inside}</symbol>"))
}

fn unknown_theme(name: &str) -> ThemeError {
    let known: Vec<&str> = THEMES.iter().map(|(known, _)| *known).collect();
    let help = words::nearest(name, known.iter().copied())
        .map_or(format!("; there is {}", known.join(", ")), |near| format!("; did you mean `{near}`?"));
    ThemeError { file: "[theme] name".into(), place: None, message: format!("there is no theme `{name}`{help}") }
}

/// Reads `theme.toml`. A theme that was written for other data is told so, and used.
fn about(file: &str, text: &str) -> Result<Option<String>, ThemeError> {
    let about: About = toml::from_str(text).map_err(|error| {
        let before = text.get(..error.span().map_or(0, |span| span.start)).unwrap_or(text);
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        let place = Some((before.matches('\n').count() + 1, column));
        ThemeError { file: file.to_string(), place, message: error.message().to_string() }
    })?;
    let other = about.data_version != DATA_VERSION;
    Ok(other.then(|| {
        format!(
            "the theme was written for version {} of the pages' data, this plansite has version {DATA_VERSION}; read what changed in themes/README.md, then set data_version = {DATA_VERSION} in {file}",
            about.data_version
        )
    }))
}

/// Files of a folder that nothing uses: templates that no page and no other template names, and assets whose name is
/// nearly that of a built-in file.
fn unused(templates: &[(String, String)], (own, folder): &(BTreeSet<String>, String)) -> Vec<String> {
    let known: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
    let mut told = Vec::new();
    for name in own.iter().filter(|name| !known.contains(&name.as_str()) && name.as_str() != ABOUT) {
        let near = words::nearest(name, known.iter().copied());
        let quoted = [format!("\"{name}\""), format!("'{name}'")];
        let named = || templates.iter().any(|(_, text)| quoted.iter().any(|quoted| text.contains(quoted.as_str())));
        let brings = || {
            let own = templates.iter().find(|(template, _)| template == name);
            own.is_some_and(|(_, text)| text.contains("{% component") || text.contains("{%- component"))
        };
        match near {
            Some(near) => told.push(format!("{folder}/{name} takes the place of no file; did you mean `{near}`?")),
            None if name.ends_with(".html") && !named() && !brings() => {
                told.push(format!("{folder}/{name} is used by no page and no other template"));
            }
            None => {}
        }
    }
    told
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
        kind => listed(template, &kind.to_string()),
    }
}

/// Of several mistakes that tera draws below each other, the first and its place.
fn listed(template: &str, drawn: &str) -> ThemeError {
    let message = drawn.lines().next().unwrap_or("").trim_start_matches("error: ");
    let place = drawn.lines().find_map(|line| line.trim_start().strip_prefix("--> "));
    let mut parts = place.unwrap_or(template).rsplitn(3, ':');
    let (column, line) = (parts.next(), parts.next());
    let number = |part: Option<&str>| part.and_then(|part| part.trim().parse::<usize>().ok());
    let (file, place) = match (parts.next(), number(line), number(column)) {
        (Some(file), Some(line), Some(column)) => (file, Some((line, column))),
        _ => (template, None),
    };
    let help = match message.contains("not defined in any parent") {
        true => "; a layout of one's own has all blocks of default/layout.html, or extends it",
        false => "",
    };
    ThemeError { file: file.to_string(), place, message: format!("{message}{help}") }
}

#[cfg(test)]
mod tests;
