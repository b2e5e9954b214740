//! Where links and references lead.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Ids, Target, World};
use crate::diagnostic::Note;
use crate::model::{Deed, Document, Mention, MentionForm, RelationKind, Role, Worked};
use crate::path;
use crate::source::Spanned;
use crate::spread::Spread;
use crate::words;

/// Endings of images that are copied to the site. Nothing that a browser would run: a drawing is written anew on the way.
const IMAGES: &[&str] = &["png", "jpg", "jpeg", "gif", "webp", "avif", "svg"];

/// Paths relative to the repository that documents name and that are none of the documents: `discover` is asked which
/// of them exist.
pub fn wanted<'a>(documents: impl Iterator<Item = &'a Document>, prefix: &str) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    for document in documents {
        let links =
            document.mentions.iter().filter(|mention| matches!(mention.form, MentionForm::Link | MentionForm::Image));
        for mention in links {
            if let Form::Path { path, .. } = form(&mention.target) {
                paths.extend(candidates(&path, document.path(), prefix));
            }
        }
        paths.extend(
            document.code.iter().flat_map(|code| candidates(fixed_part(&code.path.value), document.path(), prefix)),
        );
    }
    paths
}

/// Paths and patterns of code whose history is asked for, relative to the repository.
pub fn wanted_history<'a>(documents: impl Iterator<Item = &'a Document>, prefix: &str) -> BTreeSet<String> {
    documents
        .flat_map(|document| code_paths(document).flat_map(|path| code_candidates(path, document, prefix)))
        .collect()
}

/// The code a document names or lists, with the commits that touched it.
pub(super) fn worked(document: &Document, world: &World) -> Vec<Worked> {
    let touches = &world.history.touches;
    let worked = |path: &Spanned<String>| {
        let candidates = code_candidates(path, document, &world.prefix);
        let touches = candidates.iter().filter_map(|path| touches.get(path)).find(|touches| !touches.is_empty())?;
        Some(Worked { path: path.clone(), touches: Arc::clone(touches) })
    };
    code_paths(document).filter_map(worked).collect()
}

fn code_paths(document: &Document) -> impl Iterator<Item = &Spanned<String>> {
    let live = document.tracked();
    document.code.iter().map(|code| &code.path).chain(&document.listed).filter(move |_| live)
}

/// As [`candidates`], with wildcards kept. Braces and brackets stand for the folder they lie in. Documents themselves
/// aren't code, and what stands for everything says nothing.
fn code_candidates(path: &Spanned<String>, document: &Document, prefix: &str) -> Vec<String> {
    let path = path.value.split(':').next().unwrap_or(&path.value);
    let path = if path.contains(['{', '[']) { fixed_part(path) } else { path };
    let path = path.strip_prefix("./").unwrap_or(path);
    let own = format!("{prefix}{}", document.path());
    let everything =
        |path: &String| crate::glob::fixed(path).is_empty() && path.contains(['*', '?']) || path.is_empty();
    candidates(path, document.path(), prefix).into_iter().filter(|path| !everything(path) && *path != own).collect()
}

/// Everything there is to find.
pub(super) struct Finder<'a> {
    documents: &'a [Arc<Document>],
    ids: &'a Ids,
    world: &'a World,
    names: &'a Names,
}

/// How documents are called.
#[derive(Debug, Default, Clone)]
pub(super) struct Names {
    /// Paths relative to the repository; and in lower case, for links that differ only in case.
    paths: Arc<[BTreeMap<String, usize>; 2]>,
    /// Decisions that are sections of a document, by normalised id: the document and the anchor.
    decisions: Arc<BTreeMap<String, Vec<(usize, String)>>>,
    /// Documents that are no more, by their paths relative to the repository and by their normalised ids.
    gone: Arc<BTreeMap<String, usize>>,
    /// Names by which wikilinks call documents: file names and titles, in lower case.
    called: Arc<BTreeMap<String, Vec<usize>>>,
}

impl Names {
    pub(super) fn new(documents: &[Arc<Document>], world: &World, spread: &impl Spread) -> Names {
        let own = spread.map(documents.len(), |index| {
            let document = &documents[index];
            let path = format!("{}{}", world.prefix, document.path());
            (path.to_lowercase(), path, own_names(document))
        });
        let (mut by_path, mut by_lower) = (BTreeMap::new(), BTreeMap::new());
        let mut decisions: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
        let mut called: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, (document, (lower, path, names))) in documents.iter().zip(own).enumerate() {
            by_path.insert(path, index);
            by_lower.insert(lower, index);
            for decision in &document.decisions {
                let id = super::ids::normal(&decision.id.value);
                decisions.entry(id).or_default().push((index, decision.anchor.clone()));
            }
            for name in names {
                let known = called.entry(name).or_default();
                if known.last() != Some(&index) {
                    known.push(index);
                }
            }
        }
        let mut gone = BTreeMap::new();
        for (index, one) in world.history.gone.iter().enumerate() {
            let id = one.name.as_ref().and_then(|(id, _)| id.as_deref()).map(super::ids::normal);
            for name in [Some(one.path.clone()), id].into_iter().flatten() {
                // the latest deletion comes first
                gone.entry(name).or_insert(index);
            }
        }
        Names {
            paths: Arc::new([by_path, by_lower]),
            decisions: Arc::new(decisions),
            gone: Arc::new(gone),
            called: Arc::new(called),
        }
    }

    /// The same names, where one document has another title. Gives the names that mean something else by now.
    pub(super) fn retitled(&mut self, index: usize, before: &Document, now: &Document) -> BTreeSet<String> {
        let (then, now) = (BTreeSet::from(own_names(before)), BTreeSet::from(own_names(now)));
        let other: BTreeSet<String> = then.symmetric_difference(&now).cloned().collect();
        if !other.is_empty() {
            let called = Arc::make_mut(&mut self.called);
            for name in &other {
                let known = called.entry(name.clone()).or_default();
                match known.binary_search(&index) {
                    Ok(at) if !now.contains(name) => drop(known.remove(at)),
                    Err(at) if now.contains(name) => known.insert(at, index),
                    _ => {}
                }
                if known.is_empty() {
                    called.remove(name);
                }
            }
        }
        other
    }
}

fn own_names(document: &Document) -> [String; 2] {
    [page_stem(document.path()), &document.title.value].map(wiki_name)
}

/// Whether a document mentions one of these names, as a wikilink or in metadata.
pub(super) fn calls(document: &Document, names: &BTreeSet<String>) -> bool {
    let by_name = |mention: &&Mention| !matches!(mention.form, MentionForm::Link | MentionForm::Image);
    document.mentions.iter().filter(by_name).any(|mention| {
        let bare = mention.target.split_once('#').map_or(mention.target.as_str(), |(name, _)| name);
        names.contains(&wiki_name(page_stem(&mention.target))) || names.contains(&wiki_name(page_stem(&decoded(bare))))
    })
}

impl<'a> Finder<'a> {
    pub(super) fn new(documents: &'a [Arc<Document>], ids: &'a Ids, world: &'a World, names: &'a Names) -> Self {
        Finder { documents, ids, world, names }
    }

    /// For each mention of a document its target. Links that lead nowhere are noted.
    pub(super) fn targets(&self, index: usize, notes: &mut Vec<Note>) -> Vec<Target> {
        let document = &self.documents[index];
        let quiet = document.role == Role::Template;
        let targets: Vec<Target> =
            document.mentions.iter().map(|mention| self.target(mention, index, notes, quiet)).collect();
        // where one wikilink leads somewhere they are links, and one that doesn't is broken
        let wiki = || document.mentions.iter().zip(&targets).filter(|(mention, _)| mention.form == MentionForm::Wiki);
        if !quiet && wiki().any(|(_, target)| matches!(target, Target::Document { .. })) {
            for (mention, _) in wiki().filter(|(_, target)| **target == Target::Nothing) {
                let shown = words::shorten(&mention.target, 80);
                notes.push(Note::new("broken-link", mention.span, format!("there is no document `{shown}`")));
            }
        }
        targets
    }

    fn target(&self, mention: &Mention, index: usize, notes: &mut Vec<Note>, quiet: bool) -> Target {
        match mention.form {
            MentionForm::Id => {
                match (self.decision(&mention.target, index), self.ids.claimants(&mention.target).first()) {
                    (Some(target), _) => target,
                    (None, Some(found)) => Target::Document { index: *found, anchor: None },
                    // `Superseded by ADR-0099` under `## Status` means a document, `see ISO-8601` doesn't
                    (None, None)
                        if mention.relation != RelationKind::Mentions && self.ids.prefix_in_use(&mention.target) =>
                    {
                        self.reference(mention, index, notes, quiet)
                    }
                    (None, None) => Target::Nothing,
                }
            }
            MentionForm::Field => self.reference(mention, index, notes, quiet),
            MentionForm::Wiki => self.wiki(&mention.target, index).unwrap_or(Target::Nothing),
            MentionForm::Link | MentionForm::Image => {
                let (target, note) = self.link(mention, index);
                notes.extend(note.filter(|_| !quiet));
                target
            }
        }
    }

    /// The section that records a decision: in the document itself or beside it, else the only one of this id.
    fn decision(&self, id: &str, from: usize) -> Option<Target> {
        let found = self.names.decisions.get(&super::ids::normal(id))?;
        let folder = |index: usize| path::folder(self.documents[index].path());
        let near = found.iter().find(|(index, _)| *index == from);
        let near = near.or_else(|| found.iter().find(|(index, _)| folder(*index) == folder(from)));
        let only = || found.first().filter(|_| found.len() == 1 && self.ids.claimants(id).is_empty());
        let (index, anchor) = near.or_else(only)?;
        Some(Target::Document { index: *index, anchor: Some(anchor.to_string()) })
    }

    /// What a wikilink means: a path, a file's name or a title, the nearest where several have it.
    fn wiki(&self, target: &str, from: usize) -> Option<Target> {
        let (name, anchor) = target.split_once('#').map_or((target, None), |(name, anchor)| (name, Some(anchor)));
        let name = decoded(name);
        let document = self.documents[from].path();
        let index = if name.is_empty() {
            from
        } else {
            let by_path = || self.page(&candidates(&name, document, &self.world.prefix));
            let named = self.names.called.get(&wiki_name(page_stem(&name)));
            let by_name = || self.nearest(named?, from);
            by_path().or_else(|| self.ids.claimants(&name).first().copied()).or_else(by_name)?
        };
        let wanted = anchor.map(wiki_name);
        let headings = &self.documents[index].anatomy.headings;
        let heading = wanted.and_then(|wanted| headings.iter().find(|heading| wiki_name(&heading.text) == wanted));
        Some(Target::Document { index, anchor: heading.map(|heading| heading.anchor.clone()) })
    }

    /// For each code path of a document whether it is there.
    pub(super) fn code(&self, document: &Document) -> Vec<bool> {
        let there = |path: &str| {
            let paths = candidates(fixed_part(path), document.path(), &self.world.prefix);
            paths.is_empty()
                || paths.iter().any(|path| self.world.existing.contains(path) || self.names.paths[0].contains_key(path))
        };
        document.code.iter().map(|code| there(&code.path.value)).collect()
    }

    fn reference(&self, mention: &Mention, from: usize, notes: &mut Vec<Note>, quiet: bool) -> Target {
        let document = &self.documents[from];
        let path = match form(&mention.target) {
            Form::Path { path, .. } => self.page(&candidates(&path, document.path(), &self.world.prefix)),
            Form::Web => match self.own_path(&mention.target) {
                Some(path) => self.page(&[path]),
                None => return Target::External,
            },
            Form::Anchor(_) | Form::Refused => None,
        };
        // a bare number counts on in the series of the document's own id: `requires: 20` in EIP-55
        let series = document.id.as_ref().and_then(|id| id.value.rsplit_once('-')).map_or("", |(prefix, _)| prefix);
        let prefixes = [series, document.kind.entry().prefix];
        if let Some(index) = path.or_else(|| self.nearest(self.ids.find(&mention.target, &prefixes), from)) {
            return Target::Document { index, anchor: None };
        }
        if let Some(target) = self.decision(&mention.target, from).or_else(|| self.named(&mention.target, from)) {
            return target;
        }
        // `payments:0020` is another collection's
        if mention.target.split_once(':').is_some_and(|(space, id)| !space.is_empty() && !id.contains(['/', ' '])) {
            return Target::External;
        }
        // `depends on: Redis 7` names no document and doesn't want to
        let id = crate::read::body::id_words(&mention.target).len() == 1;
        let strict = matches!(mention.relation, RelationKind::Supersedes | RelationKind::SupersededBy);
        let paths = candidates(&mention.target, document.path(), &self.world.prefix);
        let gone = || self.gone(&paths).or_else(|| self.names.gone.get(&super::ids::normal(&mention.target)).copied());
        let meant = strict || mention.target.ends_with(".md") || (id && self.ids.prefix_in_use(&mention.target));
        if meant && !quiet {
            let shown = words::shorten(&mention.target, 80);
            let note = Note::new("unknown-reference", mention.span, format!("there is no document `{shown}`"));
            notes.push(match gone() {
                Some(index) => note.help(self.deletion(index)),
                None => note,
            });
        }
        match meant {
            true => gone().map_or(Target::Missing, Target::Gone),
            false => Target::Nothing,
        }
    }

    /// A wikilink's name in metadata, where a path of several words or a title stands.
    fn named(&self, target: &str, from: usize) -> Option<Target> {
        let wordy = target.contains([' ', '#']) || self.names.called.contains_key(&wiki_name(page_stem(target)));
        if wordy { self.wiki(target, from) } else { None }
    }

    /// Of several documents the one with the longest way in common, the first of these: every feature has its `WP01`.
    fn nearest(&self, found: &[usize], from: usize) -> Option<usize> {
        let path = self.documents[from].path();
        let common =
            |other: usize| self.documents[other].path().bytes().zip(path.bytes()).take_while(|(a, b)| a == b).count();
        found.iter().copied().max_by_key(|other| (common(*other), std::cmp::Reverse(*other)))
    }

    fn link(&self, mention: &Mention, from: usize) -> (Target, Option<Note>) {
        let document = &self.documents[from];
        let broken = |message: String| Note::new("broken-link", mention.span, message);
        match form(&mention.target) {
            Form::Anchor(anchor) => self.anchored(from, from, &anchor, mention),
            Form::Refused => {
                let shown = words::shorten(&mention.target, 80);
                (Target::Refused, Some(broken(format!("`{shown}` is not an address that a page may link to"))))
            }
            Form::Web => match self.own_path(&mention.target).and_then(|path| self.page(&[path])) {
                Some(index) => (Target::Document { index, anchor: None }, None),
                None => (Target::External, None),
            },
            Form::Path { path, .. } if path.is_empty() => {
                (Target::Missing, Some(broken("the link has no target".into())))
            }
            Form::Path { path, anchor } => {
                let paths = candidates(&path, document.path(), &self.world.prefix);
                if paths.is_empty() {
                    let shown = words::shorten(&path, 80);
                    return (Target::Refused, Some(broken(format!("`{shown}` leads out of the repository"))));
                }
                if let Some(index) = self.page(&paths) {
                    return match anchor {
                        Some(anchor) => self.anchored(from, index, &anchor, mention),
                        None => (Target::Document { index, anchor: None }, None),
                    };
                }
                if let Some(file) = paths.iter().find(|path| self.world.existing.contains(*path)) {
                    let ending = file.rsplit('.').next().unwrap_or("").to_lowercase();
                    let image = IMAGES.contains(&ending.as_str());
                    return (if image { Target::Attachment(file.clone()) } else { Target::File(file.clone()) }, None);
                }
                let gone = self.gone(&paths);
                let note = self.missing(&path, &paths, gone, broken);
                (gone.map_or(Target::Missing, Target::Gone), Some(note))
            }
        }
    }

    /// The document that was at one of these paths.
    fn gone(&self, paths: &[String]) -> Option<usize> {
        paths
            .iter()
            .find_map(|path| self.names.gone.get(path).or_else(|| self.names.gone.get(&format!("{path}.md"))))
            .copied()
    }

    fn deletion(&self, gone: usize) -> String {
        let ended = self.world.history.gone[gone].end();
        ended.map_or_else(String::new, |step| {
            let (day, author) = (crate::date::long(step.touch.day), words::shorten(&step.touch.author, 40));
            let word = if matches!(step.deed, Deed::Left(_)) { "moved out of the collection" } else { "deleted" };
            format!("it was {word} in {} on {day} by {author}", step.touch.commit)
        })
    }

    fn missing(&self, path: &str, paths: &[String], gone: Option<usize>, broken: impl Fn(String) -> Note) -> Note {
        let note = broken(format!("there is no file `{}`", words::shorten(path, 120)));
        let other_case = paths.iter().find_map(|path| self.names.paths[1].get(&path.to_lowercase()));
        let name = path::name(path);
        let moved = || {
            let stem = name.trim_end_matches(".md");
            let same = |index: &usize| path::name(self.documents[*index].path()) == name;
            self.ids.find(stem, &[]).first().copied().filter(same)
        };
        match other_case.copied().or_else(moved) {
            Some(index) => note.help(format!("did you mean `{}`?", self.documents[index].path())),
            None => match gone {
                Some(gone) => note.help(self.deletion(gone)),
                None => note,
            },
        }
    }

    /// A link to a place in a page. Case is forgiven, as browsers of repositories forgive it.
    fn anchored(&self, from: usize, index: usize, anchor: &str, mention: &Mention) -> (Target, Option<Note>) {
        let document = &self.documents[index];
        let bare = anchor.strip_prefix("user-content-").unwrap_or(anchor);
        let headings = || document.anatomy.headings.iter().map(|heading| heading.anchor.as_str());
        let all = || headings().chain(document.anatomy.anchors.iter().map(String::as_str));
        let exact = all().find(|known| *known == bare);
        let found = exact.or_else(|| all().find(|known| known.to_lowercase() == bare.to_lowercase()));
        if found.is_some() || bare.is_empty() || bare == "top" {
            return (Target::Document { index, anchor: found.map(str::to_string) }, None);
        }
        let whose = if from == index { "this document".to_string() } else { document.path().to_string() };
        let note =
            Note::new("broken-anchor", mention.span, format!("{whose} has no heading `{}`", words::shorten(bare, 80)));
        let note = match words::nearest(bare, headings()) {
            Some(near) => note.help(format!("it has `{near}`")),
            None => note,
        };
        (Target::Document { index, anchor: None }, Some(note))
    }

    /// The document at one of these paths: the file, the file with `.md`, the index of a folder, the source of `.html`.
    fn page(&self, paths: &[String]) -> Option<usize> {
        let tries = |path: &String| {
            let page = path.strip_suffix(".html").map(|stem| format!("{stem}.md"));
            let inner = if path.is_empty() { String::new() } else { format!("{path}/") };
            let folder = ["README.md", "readme.md", "index.md"].map(|name| format!("{inner}{name}"));
            [Some(path.clone()), Some(format!("{path}.md")), page]
                .into_iter()
                .flatten()
                .chain(folder)
                .find_map(|path| self.names.paths[0].get(&path))
        };
        paths.iter().find_map(tries).copied()
    }

    /// The path within the repository that an address on its own forge names.
    fn own_path(&self, url: &str) -> Option<String> {
        let within = |rest: &str| {
            let rest = rest.trim_start_matches('/').trim_start_matches("-/");
            let rest = ["blob/", "tree/", "edit/", "raw/"].iter().find_map(|part| rest.strip_prefix(part))?;
            let (_, path) = rest.split_once('/')?;
            Some(decoded(path.split(['#', '?']).next().unwrap_or(path)))
        };
        match self.world.repository.as_deref() {
            Some(repository) => within(url.strip_prefix(repository)?),
            // nobody said which repository this is; a file of another one hardly has the very path of a document here
            None => {
                let forged = url.split_once("://")?.1.splitn(4, '/').nth(3)?;
                within(forged)
                    .filter(|path| path.matches('/').count() >= 1 && self.page(std::slice::from_ref(path)).is_some())
            }
        }
    }
}

enum Form {
    Anchor(String),
    Web,
    Refused,
    Path { path: String, anchor: Option<String> },
}

/// What an address looks like. Control characters and spaces that browsers drop from a scheme are dropped here too.
fn form(target: &str) -> Form {
    let target = target.trim();
    if let Some(anchor) = target.strip_prefix('#') {
        return Form::Anchor(decoded(anchor));
    }
    let visible: String = target.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    if visible.starts_with("//") {
        return Form::Web;
    }
    let scheme =
        visible.split(':').next().filter(|scheme| scheme.len() < visible.len() && !scheme.contains(['/', '?', '#']));
    match scheme.map(str::to_lowercase).as_deref() {
        Some("http" | "https" | "mailto") => return Form::Web,
        Some(_) => return Form::Refused,
        None => {}
    }
    if target.contains('\\') || target.starts_with("~/") {
        return Form::Refused;
    }
    let (path, anchor) = match target.split_once('#') {
        Some((path, anchor)) => (path, Some(decoded(anchor)).filter(|anchor| !anchor.is_empty())),
        None => (target, None),
    };
    Form::Path { path: decoded(path.split('?').next().unwrap_or(path)), anchor }
}

/// The normalised paths within the repository that a path in a document can mean: relative to the document, and for
/// `/x` and `x` alone to the collection's and the repository's root. Empty where all lead out of the repository.
fn candidates(path: &str, document: &str, prefix: &str) -> Vec<String> {
    let folder = path::folder(document);
    let bases = match path.strip_prefix('/') {
        Some(rest) => vec![format!("{prefix}{rest}"), rest.to_string()],
        None if path.starts_with('.') => vec![format!("{prefix}{folder}/{path}")],
        None => vec![format!("{prefix}{folder}/{path}"), format!("{prefix}{path}"), path.to_string()],
    };
    let mut paths: Vec<String> = Vec::new();
    for base in bases.iter().filter_map(|base| normalised(base)) {
        if !paths.contains(&base) {
            paths.push(base);
        }
    }
    paths
}

/// Without `.`, `..` and empty parts; absent where it leads above the root.
fn normalised(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ if part.contains('\0') => return None,
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// A file's name without its ending.
fn page_stem(path: &str) -> &str {
    let name = path::name(path);
    name.strip_suffix(".md").or_else(|| name.strip_suffix(".markdown")).unwrap_or(name)
}

/// A name as wikilinks compare it: `The Plan`, `the-plan` and `The_Plan` are one.
fn wiki_name(name: &str) -> String {
    name.trim().to_lowercase().replace(['-', '_'], " ")
}

/// `src/**/*.rs` up to its first wildcard's folder, `src/x.rs:10` without the line, `./src` as the repository's.
fn fixed_part(path: &str) -> &str {
    let path = path.split_once(':').map_or(path, |(path, _)| path);
    let path = path.strip_prefix("./").unwrap_or(path);
    match path.find(['*', '?', '{', '[']) {
        Some(at) => path::folder(&path[..at]),
        None => path.trim_end_matches('/'),
    }
}

/// Percent-decoded; left alone where that gives no UTF-8.
fn decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_string();
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) if bytes[at] == b'%' => {
                decoded.push(byte);
                at += 3;
            }
            _ => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_within_the_repository() {
        assert_eq!(candidates("../b/c.md", "a/x.md", "docs/"), ["docs/b/c.md"]);
        assert_eq!(candidates("../../../etc/passwd", "a/x.md", "docs/"), [""; 0]);
        assert_eq!(candidates("/keps/x.md", "a/x.md", "docs/"), ["docs/keps/x.md", "keps/x.md"]);
        assert_eq!(fixed_part("src/**/*.rs"), "src");
        assert_eq!(decoded("a%20b%2"), "a b%2");
    }

    #[test]
    fn schemes_are_allowed_not_forbidden() {
        for refused in [
            "javascript:alert(1)",
            "java\tscript:x",
            " JaVaScRiPt:x",
            "data:text/html,x",
            "vscode:x",
            "C:\\x",
            "file:///x",
            "..\\x",
        ] {
            assert!(matches!(form(refused), Form::Refused), "{refused}");
        }
        assert!(matches!(form("https://a.b/c:d"), Form::Web));
        assert!(matches!(form("a/b:c.md"), Form::Path { .. }));
    }
}
