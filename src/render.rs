//! One page and the theme become bytes: a pure function, called for every page by `build` and for one by `serve`.
//!
//! What a page says is decided in `view`; here templates only loop and print.

mod diagram;
mod escape;
pub mod highlight;
pub mod markdown;
mod math;
pub mod svg;
pub mod theme;

use crate::view::Page;
use theme::{Theme, ThemeError};

/// Why a page could not be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderError {
    /// The page's file on the site.
    pub page: String,
    /// What is wrong in the theme, and where.
    pub cause: ThemeError,
}

impl std::fmt::Display for RenderError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}: {}", self.page, self.cause)
    }
}

impl std::error::Error for RenderError {}

/// A text with the characters escaped that mean something in HTML.
pub fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escape::text(&mut html, text);
    html
}

/// Where the template leaves room for the icons that the page turns out to use.
const ICONS: &str = "<!--icons-->";

/// Prints a page. `prose` is a document's text as HTML that is already safe; it is printed as it is.
pub fn page(page: &Page, theme: &Theme, prose: Option<&str>) -> Result<String, RenderError> {
    let fail = |cause| RenderError { page: page.path.clone(), cause };
    let html = theme.print(page.template, &page.view, prose.unwrap_or("")).map_err(fail)?;
    // The mark stands at the page's end, so the last one is ours even if a document could write one.
    let Some(at) = html.rfind(ICONS) else { return Ok(html) };
    let (before, after) = (&html[..at], &html[at + ICONS.len()..]);
    Ok([before, &theme.sprite(before), after].concat())
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::config::Config;
    use crate::date;
    use crate::judge;
    use crate::read;
    use crate::resolve::{self, World};
    use crate::source::Source;
    use crate::view::{self, Scene};

    const HOSTILE: &str = "\"><script>alert(1)</script><img src=x onerror=alert(1)>";

    fn plan(id: &str, more: &str) -> String {
        format!("---\nid: {id}\n{more}\n---\n# A plan\n\n## Phases\n\n### Phase 1: Build\n\n- [x] one\n- [ ] two\n")
    }

    fn files() -> Vec<(String, String)> {
        let hostile = format!(
            "---\nid: 'PLAN-9{HOSTILE}'\ntitle: '{HOSTILE}'\nstatus: '{HOSTILE}'\nowner: '{HOSTILE}'\ntags: ['{HOSTILE}']\n\
             stakeholders: ['{HOSTILE}']\nexpires: '{HOSTILE}'\nrelated_code: ['{HOSTILE}']\n---\n\n## {HOSTILE}\n\n\
             ### Phase 1: {HOSTILE}\n\n- [ ] {HOSTILE}\n\n[x](javascript:alert(1)) [y]({HOSTILE}.md)\n"
        );
        let named = [
            ("plans/hostile.md", hostile),
            ("plans/1.md", plan("PLAN-001", "status: active\nexpires: 2026-07-03\nowner: Priya Raman")),
            ("plans/2.md", plan("PLAN-002", "status: superseded\nsuperseded_by: PLAN-001\ntags: [ledger]")),
            (
                "plans/3.md",
                plan("PLAN-003", "status: active\nexpires: 2026-12-01\nowner: ledger-agent\ndepends_on: PLAN-001"),
            ),
            ("plans/4.md", plan("PLAN-004", "status: parked")),
            ("plans/<b>&\"odd\".md", plan("PLAN-005", "status: completed")),
            ("decisions/0001-x.md", "# ADR-0001 Use x\n\n## Status\n\nAccepted\n".into()),
            (
                "templates/plan.md",
                "---\nid: PLAN-XXX\nstatus: [draft | active]\ncreated: YYYY-MM-DD\n---\n# [NAME]\n".into(),
            ),
        ];
        named.into_iter().map(|(path, text)| (path.to_string(), text)).collect()
    }

    /// Every page of a site made of these files, by path.
    fn site(files: Vec<(String, String)>, config: &Config) -> BTreeMap<String, String> {
        let read = files.into_iter().map(|(path, text)| read::read(Source::new(path, text), config)).collect();
        let collection = resolve::resolve(read, &World::default());
        let today = date::parse("2026-11-23").expect("a date");
        let judgement = judge::judge(&collection, config, today);
        let scene =
            Scene { collection: &collection, judgement: &judgement, config, today, title: HOSTILE, prefix: "docs/" };
        let scenery = view::scenery(scene);
        let theme = Theme::load(&BTreeMap::new()).expect("the built-in theme is sound");
        let print = |slot: &view::Slot| {
            let html = page(&view::page(&scenery, slot), &theme, Some("<p>text</p>"));
            (slot.path.clone(), html.unwrap_or_else(|error| format!("ERROR {error}")))
        };
        view::outline(&scenery).iter().map(print).collect()
    }

    /// Every tag of a page with its attributes. Text and values are escaped, so `<` only ever opens one.
    fn tags(html: &str) -> Vec<(String, Vec<(String, String)>)> {
        let mut tags = Vec::new();
        for part in html.split('<').skip(1) {
            let inside = part.split('>').next().unwrap_or("");
            let (name, mut rest) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
            let mut attributes = Vec::new();
            loop {
                rest = rest.trim_start_matches([' ', '\n', '/']);
                if rest.is_empty() {
                    break;
                }
                let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
                let attribute = rest[..end].to_string();
                rest = &rest[end..];
                let value = match rest.strip_prefix("=\"").and_then(|quoted| quoted.split_once('"')) {
                    Some((value, after)) => {
                        rest = after;
                        value.to_string()
                    }
                    None => String::new(),
                };
                attributes.push((attribute, value));
            }
            tags.push((name.to_string(), attributes));
        }
        tags
    }

    #[test]
    fn no_document_can_write_markup_into_any_page() {
        let pages = site(files(), &Config::default());
        assert!(pages.len() > 25, "{} pages", pages.len());
        let known = "!doctype html head meta title link script body a header svg use path rect circle symbol span details \
                     summary nav div aside kbd h1 h2 h3 main p b small button section ul ol li time dl dt dd i table thead \
                     tr th tbody td code pre article caption colgroup col label input";
        let known: BTreeSet<&str> = known.split_whitespace().collect();
        for (path, html) in &pages {
            assert!(!html.starts_with("ERROR"), "{html}");
            for (name, attributes) in tags(html) {
                assert!(known.contains(name.trim_start_matches('/')), "{path} has <{name}>");
                for (attribute, value) in attributes {
                    assert!(attribute != "style" && !attribute.starts_with("on"), "{path}: <{name} {attribute}>");
                    let plain = attribute.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_!:".contains(&byte));
                    assert!(plain, "{path}: <{name} {attribute}>");
                    assert!(!value.trim().to_lowercase().starts_with("javascript:"), "{path}: {attribute}={value}");
                }
            }
            assert!(!html.contains("<script>"), "{path} has an inline script");
        }
    }

    #[test]
    fn each_page_has_one_heading_unique_ids_and_relative_links_that_lead_somewhere() {
        let pages = site(files(), &Config::default());
        let theme = Theme::load(&BTreeMap::new()).expect("the built-in theme is sound");
        let assets: BTreeSet<String> = theme.assets().map(|(path, _)| path).collect();
        for (path, html) in &pages {
            let tags = tags(html);
            assert_eq!(tags.iter().filter(|(name, _)| name == "h1").count(), 1, "{path}");
            let all = |wanted: &'static str| {
                let attributes = tags.iter().flat_map(|(_, attributes)| attributes);
                attributes.filter(move |(name, _)| name == wanted).map(|(_, value)| value.clone())
            };
            let ids: Vec<String> = all("id").collect();
            assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{path}: {ids:?}");
            for label in all("aria-labelledby") {
                assert!(ids.contains(&label), "{path} is labelled by {label}");
            }
            if path == "404.html" {
                continue;
            }
            for link in all("href").chain(all("src")) {
                let (target, _) = link.split_once('#').unwrap_or((&link, ""));
                assert!(!target.starts_with('/') && !target.contains(':'), "{path}: {link}");
                let mut at: Vec<&str> = path.split('/').collect();
                at.pop();
                for part in target.split('/').filter(|part| !part.is_empty()) {
                    match part {
                        "." => {}
                        ".." => assert!(at.pop().is_some(), "{path}: {link} leaves the site"),
                        part => at.push(part),
                    }
                }
                let reached = at.join("/");
                let there = target.is_empty()
                    || pages.contains_key(&reached)
                    || assets.contains(&reached)
                    // what feeds write, which only the browser's tests can follow
                    || reached.starts_with("data/")
                    || reached == "expiries.ics";
                assert!(there, "{path}: {link} leads to {reached}, which isn't there");
            }
        }
    }

    #[test]
    fn an_empty_collection_has_all_pages_too() {
        let pages = site(Vec::new(), &Config::default());
        assert!(pages["index.html"].contains("No plans yet"));
        assert!(pages["problems/index.html"].contains("No problems"));
        assert!(pages.contains_key("404.html"));
    }

    #[test]
    fn the_lost_page_finds_the_site_from_any_depth_where_the_address_is_known() {
        let mut config = Config::default();
        config.site.base_url = Some("https://user.example/repo/".into());
        let pages = site(files(), &config);
        assert!(pages["404.html"].contains("href=\"/repo/assets/style.css\""), "{}", pages["404.html"]);
        assert!(pages["index.html"].contains("<link rel=\"canonical\" href=\"https://user.example/repo/\">"));
    }

    #[test]
    fn a_document_says_what_is_wrong_with_it_and_what_replaced_it() {
        let pages = site(files(), &Config::default());
        let expired = &pages["plans/plan-001/index.html"];
        assert!(expired.contains("data-age=\"long\">143 days ago</time>, on 3 July 2026"), "{expired}");
        assert!(pages["plans/plan-002/index.html"].contains("Superseded by PLAN-001"));
        assert!(pages["board/index.html"].contains("parked"), "an unknown status is shown as written");
        assert!(pages["index.html"].contains("143 days ago"));
    }

    #[test]
    fn many_documents_keep_pages_small_and_counts_true() {
        let files = (0..1200).map(|number| {
            let more =
                format!("status: {}\nowner: Person {}", ["active", "draft", "completed"][number % 3], number % 40);
            (format!("plans/{number}.md"), plan(&format!("PLAN-{number:04}"), &more))
        });
        let pages = site(files.collect(), &Config::default());
        let largest = pages.iter().max_by_key(|(_, html)| html.len()).map(|(path, html)| (path, html.len()));
        assert!(largest.is_some_and(|(_, bytes)| bytes < 1_000_000), "{largest:?}");
        assert!(pages["board/index.html"].contains("1200 documents, 400 of them active."));
        assert!(pages.contains_key("all/3/index.html") && !pages.contains_key("all/4/index.html"));
        assert!(pages.contains_key("board/active/index.html"));
    }
}
