//! Decisions that are sections of one document: `## ADR-001: …`, each with a status and a date of its own.

use super::body::id_words;
use super::fact::{self, Fact};
use super::statuses::{self, Places};
use crate::date;
use crate::model::{Decision, Field, Heading};
use crate::source::{Span, Spanned};

/// The decisions of a document. `parts` are the lines of their headings with the facts below them.
pub fn read(parts: &[(usize, Vec<Field>)], places: &Places<'_>) -> Vec<Decision> {
    parts.iter().filter_map(|(line, fields)| one(*line, fields, places)).collect()
}

fn one(line: usize, fields: &[Field], places: &Places<'_>) -> Option<Decision> {
    let heading = places.headings.iter().find(|heading| heading.line as usize == line)?;
    let (_, id) = id_words(&heading.text).into_iter().next()?;
    let fact = |field: &Field| fact::of(&field.key.value, places.dialect.keys, &places.config.fields);
    let stated: Vec<(Option<Fact>, &Field)> = fields.iter().map(|field| (fact(field), field)).collect();
    let status = statuses::stated(places, &stated).into_iter().next();
    let dated = stated.iter().filter(|(fact, _)| matches!(fact, Some(Fact::Date | Fact::Decided)));
    let date = dated.filter_map(|(_, field)| field.value.text()).find_map(|text| date::parse(&text.value).ok());
    Some(Decision {
        id: Spanned::new(id.to_string(), id_span(heading, id, places)),
        title: heading.text[id.len()..].trim_start_matches([':', '-', '–', '—', '.', '|', ' ']).to_string(),
        status,
        date,
        anchor: heading.anchor.clone(),
        line: heading.line,
    })
}

fn id_span(heading: &Heading, id: &str, places: &Places<'_>) -> Span {
    let line = places.source.line_span(heading.line as usize);
    let at = places.source.slice(line).find(id).unwrap_or(0);
    Span::new(line.start as usize + at, line.start as usize + at + id.len())
}
