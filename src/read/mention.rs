//! Links, ids and paths as mentions, each with the relation that its place gives it.

use super::body::{self, Body};
use super::fact::Fact;
use crate::model::{Field, Mention, MentionForm, Origin, RelationKind};
use crate::source::{Source, Span, Spanned};

/// Words right before a link or id that make it more than a mention, lower case.
const LEAD_INS: &[(&str, RelationKind)] = &[
    ("superseded by", RelationKind::SupersededBy),
    ("superceded by", RelationKind::SupersededBy),
    ("replaced by", RelationKind::SupersededBy),
    ("obsoleted by", RelationKind::SupersededBy),
    ("substituído por", RelationKind::SupersededBy),
    ("ersetzt durch", RelationKind::SupersededBy),
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
pub fn read(source: &Source, fields: &[(Option<Fact>, &Field)], body: Body) -> Vec<Mention> {
    let places: Vec<(Span, RelationKind)> =
        fields.iter().filter_map(|(fact, field)| Some((field.value.span(), relation_of((*fact)?)?))).collect();
    let relation = |span: Span| {
        let holds = |place: &&(Span, RelationKind)| place.0.start <= span.start && span.end <= place.0.end;
        places.iter().find(holds).map_or_else(|| lead_in(source, span), |place| place.1)
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
    for (fact, field) in fields {
        let status = matches!(fact, Some(Fact::Status | Fact::Lifecycle)) && field.origin == Origin::Frontmatter;
        let kind = fact.and_then(relation_of);
        for text in field.value.texts() {
            let kind = if status { status_relation(&text.value) } else { kind };
            let Some(relation) = kind else { continue };
            for (target, span) in targets(text) {
                let known =
                    mentions.iter().any(|mention| mention.span.start < span.end && span.start < mention.span.end);
                if !known {
                    mentions.push(Mention { target, form: MentionForm::Field, relation, span });
                }
            }
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
        value.split([',', ';']).filter_map(part).collect()
    };
    let fine = |part: &&str| !crate::date::nothing(part) && !super::placeholder::is_whole(part);
    parts.into_iter().map(str::trim).filter(fine).map(|part| (part.to_string(), at(part))).collect()
}

/// One part of a comma string: an id in it, else a path or a single word; prose is no target.
fn part(text: &str) -> Option<&str> {
    let text = text.trim().trim_matches(['"', '\'', '`', '*', '(', ')']).trim();
    if let Some((_, id)) = body::id_words(text).first() {
        return Some(id);
    }
    let mut words = text.split_whitespace();
    let first = words.next()?;
    let path = |word: &str| word.ends_with(".md") || (word.contains('/') && !word.ends_with(':'));
    match words.next() {
        None => Some(first),
        Some(_) => text.split_whitespace().find(|word| path(word)),
    }
}

fn status_relation(text: &str) -> Option<RelationKind> {
    let lower = text.to_lowercase();
    let found = LEAD_INS.iter().find(|(words, kind)| *kind == RelationKind::SupersededBy && lower.contains(words));
    found.filter(|_| !partial(&lower)).map(|(_, kind)| *kind)
}

/// What the words before a link on its line make of it.
fn lead_in(source: &Source, span: Span) -> RelationKind {
    let near = span.start.saturating_sub(NEAR);
    let near = (near..=span.start).find(|at| source.text.is_char_boundary(*at as usize)).unwrap_or(span.start);
    let before = source.slice(Span { start: near, end: span.start });
    let before = before.rsplit('\n').next().unwrap_or("").to_lowercase();
    let before = before.rsplit(['.', ';', ')']).next().unwrap_or("");
    let words = |text: &str| text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).count();
    for (lead, kind) in LEAD_INS {
        if let Some(at) = before.rfind(lead) {
            let negated = partial(&before[..at]) || before[..at].trim_end().ends_with("not");
            if words(&before[at + lead.len()..]) <= 2 && !negated {
                return *kind;
            }
        }
    }
    RelationKind::Mentions
}

fn partial(text: &str) -> bool {
    ["partly", "partially", "in part"].iter().any(|word| text.contains(word))
}
