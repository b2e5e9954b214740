//! What hangs together with a document: the chain it stands in, who refers to it, what it points at, its code.

use serde::Serialize;

use crate::model::{CodePath, Document, RelationKind};
use crate::view::{Face, Moment, Scenery, encode, quote, visible};
use crate::words;

/// References that are shown at once, and those that unfold; the rest is a count.
const NEAR: usize = 6;
const FAR: usize = 200;
/// Mentions of one document by another that are looked at for a sentence.
const SENTENCES: usize = 12;
/// Links of a supersession chain.
const CHAIN: usize = 24;

#[derive(Serialize)]
pub(super) struct Step<'a> {
    pub face: &'a Face,
    /// This document.
    pub me: bool,
    pub note: String,
}

/// Who refers to the document.
#[derive(Serialize)]
pub(super) struct References<'a> {
    pub count: usize,
    /// The first of them.
    pub near: Vec<Reference<'a>>,
    /// Those that unfold.
    pub far: Vec<Reference<'a>>,
    /// `3 more references`
    pub more: String,
    /// How many aren't shown at all.
    pub rest: usize,
}

#[derive(Clone, Serialize)]
pub(super) struct Reference<'a> {
    pub face: &'a Face,
    /// `depends on`
    pub how: &'static str,
    /// The sentence in which the other document says it; empty where only its metadata does.
    pub quote: String,
}

#[derive(Serialize)]
pub(super) struct Relations<'a> {
    pub label: &'static str,
    pub rows: Vec<Reference<'a>>,
}

#[derive(Serialize)]
pub(super) struct Code {
    pub path: String,
    /// `14 commits since this plan was reviewed`, `Unchanged since review`; empty where git doesn't know.
    pub note: String,
    /// When git saw it change last.
    pub changed: Option<Moment>,
    /// On the forge; empty where unknown or missing.
    pub href: String,
    /// It is a folder.
    pub folder: bool,
    /// It is in the repository.
    pub exists: bool,
}

pub(super) fn chained(scenery: &Scenery<'_>, index: usize) -> bool {
    let kind = |kind| matches!(kind, RelationKind::Supersedes | RelationKind::SupersededBy);
    let relations = scenery.scene.collection.relations_of(index);
    relations.iter().any(|relation| kind(relation.kind) && relation.to.is_some_and(|to| to != index))
}

/// The chain of supersession, the newest first. A cycle ends where it closes.
pub(super) fn chain<'s>(scenery: &'s Scenery<'_>, index: usize) -> Vec<Step<'s>> {
    if !chained(scenery, index) {
        return Vec::new();
    }
    let next = |from: usize, kind: RelationKind| {
        let relations = scenery.scene.collection.relations_of(from).iter();
        relations.filter(move |relation| relation.kind == kind).filter_map(|relation| relation.to)
    };
    let mut newer = Vec::new();
    let mut at = index;
    while let Some(other) = next(at, RelationKind::SupersededBy).next() {
        if other == index || newer.contains(&other) || newer.len() == CHAIN {
            break;
        }
        newer.push(other);
        at = other;
    }
    let mut older: Vec<usize> = Vec::new();
    let mut queue = vec![index];
    while let Some(from) = queue.pop() {
        for other in next(from, RelationKind::Supersedes) {
            if other != index && !older.contains(&other) && !newer.contains(&other) && older.len() < CHAIN {
                older.push(other);
                queue.insert(0, other);
            }
        }
    }
    let step = |other: usize| {
        let face = &scenery.faces[other];
        let me = other == index;
        let word = &face.status.word;
        let note = match &face.changed {
            _ if me => format!("This {}, {}", face.kind.label, word.to_lowercase()),
            Some(day) => format!("{word}, {}", day.short),
            None => word.clone(),
        };
        Step { face, me, note }
    };
    newer.into_iter().rev().chain([index]).chain(older).map(step).collect()
}

/// A relation as the one who refers says it.
pub(super) fn how(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Supersedes => "supersedes",
        RelationKind::SupersededBy => "superseded by",
        RelationKind::DependsOn => "depends on",
        RelationKind::Blocks => "blocks",
        RelationKind::Related => "related",
        RelationKind::BasedOn => "based on",
        RelationKind::Implements => "implements",
        RelationKind::Decides => "decides",
        RelationKind::Amends => "amends",
        RelationKind::Mentions => "mentions",
    }
}

pub(super) fn references<'s>(scenery: &'s Scenery<'_>, index: usize) -> References<'s> {
    let relations = &scenery.scene.collection.relations;
    let mut links: Vec<usize> = scenery.backlinks[index].clone();
    links.sort_by_key(|at| (relations[*at].kind, relations[*at].from));
    let reference = |at: &usize| {
        let from = relations[*at].from;
        Reference { face: &scenery.faces[from], how: how(relations[*at].kind), quote: said(scenery, from, index) }
    };
    let far: Vec<Reference> = links.iter().skip(NEAR).take(FAR).map(reference).collect();
    References {
        count: links.len(),
        near: links.iter().take(NEAR).map(reference).collect(),
        more: words::count(far.len(), "more reference", "more references"),
        rest: links.len().saturating_sub(NEAR + FAR),
        far,
    }
}

/// The first sentence in which a document speaks of another one.
fn said(scenery: &Scenery<'_>, from: usize, of: usize) -> String {
    let document = &scenery.scene.collection.documents[from];
    let own = scenery.scene.collection.relations_of(from).iter();
    let own = own.filter(|relation| relation.to == Some(of) && !relation.inferred);
    own.take(SENTENCES).find_map(|relation| quote(document, relation.span)).unwrap_or_default()
}

/// What the document itself says it hangs together with, save the chain and mere mentions. What only others say stands
/// among those who refer to it.
pub(super) fn related<'s>(scenery: &'s Scenery<'_>, index: usize) -> Vec<Relations<'s>> {
    let labels = [
        (RelationKind::DependsOn, "Depends on"),
        (RelationKind::Blocks, "Blocks"),
        (RelationKind::BasedOn, "Based on"),
        (RelationKind::Implements, "Implements"),
        (RelationKind::Decides, "Decides"),
        (RelationKind::Amends, "Amends"),
        (RelationKind::Related, "Related"),
    ];
    let all = scenery.scene.collection.relations_of(index);
    let rows = |kind: RelationKind| {
        let mut seen = Vec::new();
        let mut rows = Vec::new();
        for relation in all.iter().filter(|relation| relation.kind == kind && !relation.inferred) {
            let Some(to) = relation.to.filter(|to| *to != index && !seen.contains(to)) else { continue };
            seen.push(to);
            rows.push(Reference { face: &scenery.faces[to], how: "", quote: String::new() });
            if rows.len() == FAR {
                break;
            }
        }
        rows
    };
    let named = labels.into_iter().map(|(kind, label)| Relations { label, rows: rows(kind) });
    named.filter(|relations| !relations.rows.is_empty()).collect()
}

pub(super) fn code_count(document: &Document) -> String {
    let missing = document.code.iter().filter(|code| !code.exists).count();
    let paths = words::count(document.code.len(), "path", "paths");
    if missing > 0 { format!("{paths}, {missing} missing") } else { paths }
}

pub(super) fn code(scenery: &Scenery<'_>, index: usize) -> Vec<Code> {
    let scene = &scenery.scene;
    let document = &scene.collection.documents[index];
    let repository = scene.config.site.repository.as_deref().map(|address| address.trim_end_matches('/'));
    let reviewed = document.dates.reviewed.as_ref().map(|day| day.value);
    let view = |code: &CodePath| {
        let path = &code.path.value;
        let href = repository.filter(|_| code.exists).map(|address| format!("{address}/blob/HEAD/{}", encode(path)));
        let worked = scene.collection.worked[index].iter().find(|worked| worked.path == code.path);
        let touches = worked.map(|worked| &*worked.touches).filter(|_| code.exists).unwrap_or_default();
        let since = reviewed.map(|day| touches.iter().filter(|touch| touch.day > day).count());
        let note = match since.filter(|_| !touches.is_empty()) {
            Some(0) => "Unchanged since review".to_string(),
            Some(commits) => {
                let kind = document.kind.entry().label;
                let acronym = kind.chars().nth(1).is_some_and(char::is_uppercase);
                let kind = if acronym { kind.to_string() } else { kind.to_lowercase() };
                format!("{} since this {kind} was reviewed", words::count(commits, "commit", "commits"))
            }
            None => String::new(),
        };
        Code {
            path: visible(path),
            note,
            changed: touches.first().map(|touch| Moment::new(touch.day, scene.today)),
            href: href.unwrap_or_default(),
            folder: path.ends_with('/'),
            exists: code.exists,
        }
    };
    document.code.iter().take(FAR).map(view).collect()
}
