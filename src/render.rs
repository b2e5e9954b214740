//! One page and the theme become bytes: a pure function, called for every page by `build` and for one by `serve`.
//!
//! What a page says is decided in `view`; here templates only loop and print.

mod escape;
pub mod highlight;
pub mod markdown;
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
