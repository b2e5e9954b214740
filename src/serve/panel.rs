//! What a preview adds to a page: the findings of its document, why the site stands still, and the script that reloads.
//!
//! It is put in when a page is answered, so that no build ever holds it. Every text is escaped here.

use std::fmt::Write;

use super::shown::Editor;
use super::site::Site;
use crate::diagnostic::{Finding, Severity};
use crate::render::escaped;
use crate::view::{capital, encode};
use crate::words;

/// Where the preview's own files lie; no page of a site has an address that begins like this.
pub(super) const OWN: &str = "-/";
/// Its script and style, by their paths.
pub(super) const ASSETS: &[(&str, &[u8])] = &[
    ("-/preview.js", include_bytes!("../../themes/default/preview.js")),
    ("-/preview.css", include_bytes!("../../themes/default/preview.css")),
];
/// More findings than this are counted, not shown.
const SHOWN: usize = 50;

/// A page with what the preview adds. `about` names it and its generation to the script.
pub(super) fn with(page: &[u8], added: &str, about: &About<'_>) -> Vec<u8> {
    let mut tail = String::from("\n<link rel=\"stylesheet\" href=\"/-/preview.css\">\n");
    let _ = writeln!(
        tail,
        "<div class=\"pv\" id=\"ps-preview\" data-page=\"{:016x}\" data-build=\"{}\">{added}</div>\n\
         <script src=\"/-/preview.js\"></script>",
        about.page,
        escaped(about.build)
    );
    // a theme of one's own needn't close what it opens
    let at = page.windows(7).rposition(|part| part.eq_ignore_ascii_case(b"</body>")).unwrap_or(page.len());
    [&page[..at], tail.as_bytes(), &page[at..]].concat()
}

/// What the script is told of a page.
pub(super) struct About<'a> {
    /// The number of its look.
    pub(super) page: u64,
    /// The number of its generation.
    pub(super) build: &'a str,
}

/// Why the site isn't that of what is on disk.
pub(super) fn failure(message: &str) -> String {
    format!(
        "<section class=\"pv-still\" role=\"alert\" aria-labelledby=\"pv-still\">\
         <h2 id=\"pv-still\">The preview stands still</h2><pre tabindex=\"0\">{}</pre>\
         <p>This is the last site that could be made. It goes on once this is mended.</p></section>",
        escaped(&words::visible(message))
    )
}

/// The page where there is no site yet, or where one page can't be made.
pub(super) fn failed(message: &str) -> Vec<u8> {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>Nothing to show · plansite</title></head>\n\
         <body class=\"pv-page\">\n<main><h1>There is nothing to show yet</h1><pre tabindex=\"0\">{}</pre>\
         <p>The page comes once this is mended.</p></main>\n</body>\n</html>\n",
        escaped(&words::visible(message))
    )
    .into_bytes()
}

/// What the rules say of a document; empty where they say nothing.
pub(super) fn findings(site: &Site, document: usize, editor: Option<&Editor>) -> String {
    let findings = site.findings(document);
    if findings.is_empty() {
        return String::new();
    }
    let count = words::count(findings.len(), "problem", "problems");
    let worst = findings.iter().map(|finding| finding.severity).max().unwrap_or(Severity::Notice);
    let rows: String = findings.iter().take(SHOWN).map(|finding| row(site, finding, editor)).collect();
    let more = match findings.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!("<p>{more} more. plansite check lists all</p>"),
    };
    format!(
        "<aside class=\"pv-found\" aria-label=\"Preview\"><details><summary><span class=\"pv-dot pv-{}\"></span>{count}</summary>\
         <div class=\"pv-list\" role=\"group\" tabindex=\"0\" aria-label=\"{count} in this document\"><ul>{rows}</ul>{more}</div></details>\
         <button type=\"button\" class=\"pv-close\" hidden>Hide</button></aside>",
        worst.word()
    )
}

fn row(site: &Site, finding: &Finding, editor: Option<&Editor>) -> String {
    let scene = site.scene();
    let path = format!("{}{}", scene.prefix, scene.collection.documents[finding.document].path());
    let (line, column) = (finding.start.line, finding.start.column);
    let place = escaped(&words::visible(&format!("{path}:{line}")));
    let repository = &site.judged().ground.place.repository;
    let place = match editor {
        None => format!("<code class=\"pv-at\">{place}</code>"),
        Some(editor) => {
            let file = encode(&repository.join(&path).to_string_lossy().replace('\\', "/"));
            format!(
                "<a class=\"pv-at\" href=\"{}\"><code>{place}</code></a>",
                escaped(&editor.link(&file, line, column))
            )
        }
    };
    let help = finding.help.as_deref().map(|help| format!("<p class=\"pv-help\">{}</p>", sentence(help)));
    format!(
        "<li><p><span class=\"pv-dot pv-{}\"></span><b>{}</b> <code class=\"pv-rule\">{}</code></p><p>{}</p>{}{place}</li>",
        finding.severity.word(),
        capital(finding.severity.word()),
        finding.rule,
        sentence(&finding.message),
        help.unwrap_or_default(),
    )
}

/// What stands in backticks is set as code; a sentence begins with a capital.
fn sentence(text: &str) -> String {
    let part = |(at, part): (usize, &str)| match at % 2 {
        1 => format!("<code>{}</code>", escaped(&words::visible(part))),
        _ if at == 0 => escaped(&words::visible(&capital(part))),
        _ => escaped(&words::visible(part)),
    };
    text.split('`').enumerate().map(part).collect()
}
