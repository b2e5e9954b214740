//! Where a link leads: what was decided about the mention at its place, else what its scheme allows.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::MentionForm;
use crate::source::Span;
use crate::view::{Link, LinkState, Prose};

/// The mentions of one document by their places.
#[derive(Debug)]
pub struct Links<'p> {
    prose: &'p Prose<'p>,
    /// Links and images: where they begin, and which mention they are. Sorted.
    starts: Vec<(u32, usize)>,
    /// Ids in running text that lead somewhere or are marked. Sorted.
    ids: Vec<(Span, usize)>,
    /// Links and images by their targets, for raw HTML, in which nobody looked for mentions.
    targets: BTreeMap<&'p str, usize>,
    /// Names that raw HTML gives to places and no heading has.
    names: BTreeSet<String>,
}

impl<'p> Links<'p> {
    /// The links of a document. `names` are those that its raw HTML gives to places.
    pub fn new(prose: &'p Prose<'p>, names: impl Iterator<Item = String>) -> Self {
        let mentions = || prose.document.mentions.iter().enumerate().filter(|(at, _)| *at < prose.links.len());
        let linked = |form: MentionForm| matches!(form, MentionForm::Link | MentionForm::Image | MentionForm::Wiki);
        let mut starts: Vec<(u32, usize)> = mentions()
            .filter(|(_, mention)| linked(mention.form))
            .map(|(at, mention)| (mention.span.start, at))
            .collect();
        starts.sort_unstable();
        let shown = |at: usize| {
            prose.links[at].href.is_some() || matches!(prose.links[at].state, LinkState::Missing | LinkState::Deleted)
        };
        let mut ids: Vec<(Span, usize)> = mentions()
            .filter(|(at, mention)| mention.form == MentionForm::Id && shown(*at))
            .map(|(at, mention)| (mention.span, at))
            .collect();
        ids.sort_unstable();
        let targets =
            mentions().filter(|(_, mention)| linked(mention.form)).map(|(at, mention)| (mention.target.as_str(), at));
        let taken = |name: &String| !prose.document.anatomy.headings.iter().any(|heading| heading.anchor == *name);
        Links { prose, starts, ids, targets: targets.collect(), names: names.filter(taken).collect() }
    }

    /// What was decided about the link or image that begins at a byte of the source.
    pub fn at(&self, start: u32) -> Option<&'p Link> {
        let found = self.starts.binary_search_by_key(&start, |(start, _)| *start).ok()?;
        Some(&self.prose.links[self.starts[found].1])
    }

    /// The ids that stand within a stretch of the source, with what was decided about them.
    pub fn ids(&self, within: Span) -> impl Iterator<Item = (Span, &'p Link)> {
        let first = self.ids.partition_point(|(span, _)| span.start < within.start);
        let inside = self.ids[first..].iter().take_while(move |(span, _)| span.start < within.end);
        inside.filter(move |(span, _)| span.end <= within.end).map(|(span, at)| (*span, &self.prose.links[*at]))
    }

    /// The address for a link's target that no mention speaks of; absent where it must stay text.
    pub fn plain(&self, target: &str) -> Option<String> {
        (target.starts_with('#') || scheme(target) == Scheme::Known).then(|| self.settled(target))
    }

    /// An address with a link to a name in raw HTML changed to the prefixed name that it has on the page.
    pub fn settled(&self, href: &str) -> String {
        match href.strip_prefix('#') {
            Some(name) if self.names.contains(name) => format!("#user-content-{name}"),
            _ => href.to_string(),
        }
    }

    /// The address for an `href` in raw HTML, as written there.
    pub fn raw(&self, target: &str) -> Option<String> {
        let decided = self.targets.get(target).map(|at| &self.prose.links[*at]);
        match decided {
            Some(link) => link.href.as_deref().filter(|href| allowed(href)).map(|href| self.settled(href)),
            None => self.plain(target),
        }
    }

    /// The address of an image in raw HTML: one that is copied to the site, or one of another site.
    pub fn raw_image(&self, target: &str) -> Option<String> {
        self.raw(target).filter(|src| {
            let copied = self.targets.get(target).map(|at| self.prose.links[*at].state);
            other_site(src) || copied == Some(LinkState::Attachment)
        })
    }
}

/// The address has no scheme, or one of those that are allowed.
pub fn allowed(href: &str) -> bool {
    scheme(href) != Scheme::Unknown
}

/// The address leads to another site.
pub fn other_site(href: &str) -> bool {
    let head = href.get(..8).unwrap_or(href).to_ascii_lowercase();
    head.starts_with("http://") || head.starts_with("https://") || head.starts_with("//")
}

#[derive(Debug, PartialEq, Eq)]
enum Scheme {
    Known,
    None,
    Unknown,
}

/// Decided as a browser reads it: control characters and white space don't count. What may hide a colon, a character
/// reference, makes the scheme unknown.
fn scheme(href: &str) -> Scheme {
    let head: String = href
        .chars()
        .filter(|c| !c.is_control() && !c.is_whitespace() && !invisible(*c))
        .take_while(|c| !matches!(c, '/' | '?' | '#' | '\\'))
        .take(64)
        .collect();
    match head.split_once(':') {
        Some((name, _)) if ["http", "https", "mailto"].iter().any(|known| name.eq_ignore_ascii_case(known)) => {
            Scheme::Known
        }
        Some(_) => Scheme::Unknown,
        None if head.contains('&') => Scheme::Unknown,
        None => Scheme::None,
    }
}

fn invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::{Scheme, scheme};

    #[test]
    fn schemes_are_read_as_a_browser_reads_them() {
        for known in ["http://a", "HTTPS:a", "mailto:a@b.c", " ht\ttp://a"] {
            assert_eq!(scheme(known), Scheme::Known, "{known:?}");
        }
        for none in ["a/b:c", "#a:b", "?a:b", "../a.md", "", "a b.md", "//x"] {
            assert_eq!(scheme(none), Scheme::None, "{none:?}");
        }
        let refused = [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            "java\nscript:x",
            "\u{1}javascript:x",
            "java&#x73;cript:x",
            "javascript&colon;x",
            "jav%61script:x",
            "data:text/html,x",
            "Data:x",
            "vbscript:x",
            "file:///etc/passwd",
            "blob:x",
            "vscode:x",
            "C:\\x",
            "\u{200b}javascript:x",
        ];
        for refused in refused {
            assert_eq!(scheme(refused), Scheme::Unknown, "{refused:?}");
        }
    }
}
