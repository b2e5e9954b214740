//! Links, ids and paths as mentions, each with the relation that its place gives it.

use super::body::{self, Body};
use super::fact::{self, Fact};
use super::language::LANGUAGES;
use crate::model::{Field, Heading, Mention, MentionForm, RelationKind, Value};
use crate::source::{Source, Span, Spanned};

/// Words right before a link or id that make it more than a mention, lower case.
const LEAD_INS: &[(&str, RelationKind)] = &[
    ("superseded by", RelationKind::SupersededBy),
    ("superceded by", RelationKind::SupersededBy),
    ("replaced by", RelationKind::SupersededBy),
    ("obsoleted by", RelationKind::SupersededBy),
    ("supersedes", RelationKind::Supersedes),
    ("supercedes", RelationKind::Supersedes),
    ("replaces", RelationKind::Supersedes),
    ("obsoletes", RelationKind::Supersedes),
    ("depends on", RelationKind::DependsOn),
    ("blocked by", RelationKind::DependsOn),
    ("blocks", RelationKind::Blocks),
    ("based on", RelationKind::BasedOn),
    ("implements", RelationKind::Implements),
    ("amends", RelationKind::Amends),
];

/// Bytes before a link in which such words are looked for.
const NEAR: u32 = 160;

/// The relation a metadata key gives what stands behind it.
pub fn relation_of(fact: Fact) -> Option<RelationKind> {
    match fact {
        Fact::Supersedes => Some(RelationKind::Supersedes),
        Fact::SupersededBy => Some(RelationKind::SupersededBy),
        Fact::Related => Some(RelationKind::Related),
        Fact::DependsOn => Some(RelationKind::DependsOn),
        Fact::Blocks => Some(RelationKind::Blocks),
        Fact::BasedOn => Some(RelationKind::BasedOn),
        Fact::Implements => Some(RelationKind::Implements),
        Fact::Decides => Some(RelationKind::Decides),
        Fact::Amends => Some(RelationKind::Amends),
        _ => None,
    }
}

/// All mentions of a document in the order of the text.
pub fn read(source: &Source, fields: &[(Option<Fact>, &Field)], headings: &[Heading], body: Body) -> Vec<Mention> {
    let places: Vec<(Span, RelationKind)> =
        fields.iter().filter_map(|(fact, field)| Some((field.value.span(), relation_of((*fact)?)?))).collect();
    let own = own_lines(headings);
    let relation = |span: Span| {
        let holds = |place: &&(Span, RelationKind)| place.0.start <= span.start && span.end <= place.0.end;
        places.iter().find(holds).map_or_else(|| lead_in(source, span, &own), |place| place.1)
    };
    let mut mentions: Vec<Mention> = Vec::new();
    for link in body.links {
        mentions.push(Mention { target: link.url, form: link.form, relation: relation(link.span), span: link.span });
    }
    for span in body.ids {
        mentions.push(Mention {
            target: source.slice(span).to_string(),
            form: MentionForm::Id,
            relation: relation(span),
            span,
        });
    }
    let mut add = |target: String, relation: RelationKind, span: Span| {
        if !mentions.iter().any(|mention| mention.span.start < span.end && span.start < mention.span.end) {
            mentions.push(Mention { target, form: MentionForm::Field, relation, span });
        }
    };
    for (fact, field) in fields {
        let status = matches!(fact, Some(Fact::Status | Fact::Lifecycle));
        let kind = fact.and_then(relation_of);
        for text in field.value.texts() {
            match kind {
                Some(kind) => {
                    let kind = if partial(&text.value.to_lowercase()) { part_of(kind) } else { kind };
                    // an anchor or an escape sets what was written apart from what it means, and may end within a letter
                    let place = |span| if source.slice(span).is_empty() { text.span } else { span };
                    targets(text).into_iter().for_each(|(target, span)| add(target, kind, place(span)));
                }
                None if status => {
                    let found = successor(text).map(|rest| targets(&rest)).unwrap_or_default();
                    found.into_iter().for_each(|(target, span)| add(target, RelationKind::SupersededBy, span));
                }
                None => {}
            }
        }
        if kind.is_none() && fact::normal(&field.key.value) == "links" {
            structured(&field.value).into_iter().for_each(|(target, kind, span)| add(target, kind, span));
        }
    }
    mentions.sort_by_key(|mention| (mention.span.start, mention.span.end));
    mentions
}

/// The targets in a metadata value: links, wikilinks, else the parts of a comma string that are ids, paths or slugs.
pub fn targets(text: &Spanned<String>) -> Vec<(String, Span)> {
    let value = text.value.as_str();
    let at = |part: &str| {
        let span = Span::of(part, value);
        Span {
            start: text.span.start + span.start,
            end: (text.span.start + span.end).min(text.span.end.max(text.span.start + span.start)),
        }
    };
    let links: Vec<&str> =
        value.match_indices("](").filter_map(|(open, _)| value[open + 2..].split(')').next()).collect();
    let wikis: Vec<&str> =
        value.match_indices("[[").filter_map(|(open, _)| value[open + 2..].split("]]").next()).collect();
    let parts: Vec<&str> = if !links.is_empty() {
        links
    } else if !wikis.is_empty() {
        wikis.into_iter().map(|name| name.split('|').next().unwrap_or(name)).collect()
    } else {
        let several = value.split([',', ';']).count() > 1;
        value.split([',', ';']).filter_map(part).filter(|part| !(several && aside(part))).collect()
    };
    let open = |part: &str| matches!(part.to_lowercase().as_str(), "tbd" | "tba" | "?");
    let fine = |part: &&str| !crate::date::nothing(part) && !open(part) && !super::placeholder::is_whole(part);
    parts.into_iter().map(str::trim).filter(fine).map(|part| (part.to_string(), at(part))).collect()
}

/// One part of a comma string: an id in it, else a path or a single word; prose is no target.
fn part(text: &str) -> Option<&str> {
    let ticked = text.trim().strip_prefix('`').and_then(|rest| rest.split_once('`')).map(|(name, _)| name);
    // a name in back-ticks, and words about it
    if let Some(name) = ticked.filter(|name| !name.is_empty() && !name.contains(' ')) {
        return Some(name);
    }
    let text = text.trim().trim_matches(['"', '\'', '*', '(', ')']).trim();
    if let Some((_, id)) = body::id_words(text).first() {
        return Some(id);
    }
    let mut words = text.split_whitespace();
    let first = words.next()?;
    let path = |word: &str| {
        word.ends_with(".md") || (word.contains('/') && !word.ends_with(':') && !word.contains(['"', '(']))
    };
    match words.next() {
        None => Some(first),
        // `ADR 12` and `RFC #12`
        Some(number) if prefix(first) && digits(number.trim_start_matches('#')) => {
            let end = Span::of(number, text).end as usize;
            Some(&text[..end])
        }
        Some(_) => text.split_whitespace().find(|word| path(word)),
    }
}

/// A part of a list that names no document: a section's number, a word of the sentence.
fn aside(part: &str) -> bool {
    let decimal = part.contains('.') && part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    decimal || part.chars().all(char::is_alphabetic)
}

fn prefix(word: &str) -> bool {
    (2..=8).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn digits(word: &str) -> bool {
    let word = word.trim_end_matches(|c: char| c.is_ascii_punctuation());
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// `links: [{target: 2, kind: supersedes}]`, as some tools write relations.
fn structured(value: &Value) -> Vec<(String, RelationKind, Span)> {
    let Value::List(items, _) = value else { return Vec::new() };
    let one = |item: &Value| {
        let Value::Map(fields, _) = item else { return None };
        let text = |names: &[&str]| {
            let named = |field: &&Field| names.contains(&fact::normal(&field.key.value).as_str());
            fields.iter().find(named).and_then(|field| field.value.text())
        };
        let target = text(&["target", "to", "id", "ref", "path"])?;
        let kind = text(&["kind", "type", "rel", "relation"])?;
        let kind = relation_of(fact::of(&kind.value, &[], &Default::default())?)?;
        Some((target.value.clone(), kind, target.span))
    };
    items.iter().filter_map(one).collect()
}

/// What follows `superseded by` in a status; absent for other statuses, and where prose follows.
fn successor(text: &Spanned<String>) -> Option<Spanned<String>> {
    let lower = text.value.to_lowercase();
    let same = lower.len() == text.value.len();
    let (at, lead) = lead_ins()
        .filter(|(_, kind)| *kind == RelationKind::SupersededBy && same)
        .find_map(|(lead, _)| Some((lower.find(lead)?, lead)))?;
    if partial(&lower[..at]) {
        return None;
    }
    let rest = text.value[at + lead.len()..].trim_start_matches([':', ' ']);
    let end =
        rest.find([';', '\n']).or_else(|| rest.find(". ")).or_else(|| rest.find(" (")).or_else(|| rest.find(" — "));
    let rest = &rest[..end.unwrap_or(rest.len())];
    // one bare word may be anything; a name of a document has a digit, a path or a link in it
    let named = rest.contains(|c: char| c.is_ascii_digit() || matches!(c, '/' | '[')) || rest.contains(".md");
    let within = Span::of(rest, &text.value);
    let span = Span { start: text.span.start + within.start, end: text.span.start + within.end };
    named.then(|| Spanned::new(rest.to_string(), span))
}

fn lead_ins() -> impl Iterator<Item = (&'static str, RelationKind)> {
    LEAD_INS.iter().chain(LANGUAGES.iter().flat_map(|language| language.lead_ins)).copied()
}

/// Who replaces a part of a document changes it.
fn part_of(kind: RelationKind) -> RelationKind {
    match kind {
        RelationKind::Supersedes => RelationKind::Amends,
        RelationKind::SupersededBy => RelationKind::Related,
        other => other,
    }
}

/// The lines, from 1, on which a document speaks of itself: above its first section, and in the section of its status.
fn own_lines(headings: &[Heading]) -> Vec<(u32, u32)> {
    let section = |heading: &&Heading| heading.level > 1 || heading.line > headings[0].line;
    let first = headings.iter().find(section).map_or(u32::MAX, |heading| heading.line);
    let ends = |at: usize| headings.get(at + 1).map_or(u32::MAX, |next| next.line);
    let status = |(at, heading): (usize, &Heading)| {
        let name = fact::normal(heading.text.trim_start_matches(|c: char| !c.is_alphabetic()));
        let related = ["links", "related", "see also", "relations", "supersedes", "superseded by", "supersession"];
        let own = super::header::value_section(&name) || related.iter().any(|start| name.starts_with(start));
        own.then(|| (heading.line, ends(at)))
    };
    std::iter::once((0, first)).chain(headings.iter().enumerate().filter_map(status)).collect()
}

/// What the words before a link on its line make of it. What replaces what is only believed where a document speaks of
/// itself: further down, `superseded by` speaks of a function, a rule, a section.
fn lead_in(source: &Source, span: Span, own: &[(u32, u32)]) -> RelationKind {
    let near = span.start.saturating_sub(NEAR);
    let near = (near..=span.start).find(|at| source.text.is_char_boundary(*at as usize)).unwrap_or(span.start);
    let before = source.slice(Span { start: near, end: span.start });
    let before = before.rsplit('\n').next().unwrap_or("").to_lowercase();
    let before = before.rsplit(['.', ';', ')']).next().unwrap_or("");
    let line = source.place(span.start).line;
    let itself = own.iter().any(|(from, to)| (*from..*to).contains(&line));
    let words = |text: &str| text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).count();
    for (lead, kind) in lead_ins() {
        if let Some(at) = before.rfind(lead) {
            let negated = partial(&before[..at]) || before[..at].trim_end().ends_with("not");
            let replaced = matches!(kind, RelationKind::Supersedes | RelationKind::SupersededBy);
            if words(&before[at + lead.len()..]) <= 2
                && !negated
                && (!replaced || itself || speaks_of_itself(&before[..at]))
            {
                return kind;
            }
        }
    }
    RelationKind::Mentions
}

/// `This RFC has been`, `The present decision is`.
fn speaks_of_itself(before: &str) -> bool {
    let mut words = before.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let this = matches!(words.next(), Some("this" | "note")) && before.contains("this");
    let sorts = [
        "adr",
        "rfc",
        "plan",
        "proposal",
        "document",
        "doc",
        "spec",
        "specification",
        "decision",
        "record",
        "kep",
        "enhancement",
        "task",
    ];
    this && words.any(|word| sorts.contains(&word))
}

fn partial(text: &str) -> bool {
    let sections = text.contains("sections ") || text.contains('§');
    sections
        || ["partly", "partially", "in part", "parcialmente", "teilweise", "partiellement", "parzialmente"]
            .iter()
            .any(|word| text.contains(word))
}
