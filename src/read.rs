//! A source becomes a document: metadata, dialect, body, facts.
//!
//! Nothing fails here. What cannot be read is absent and noted, with its place.

pub mod anatomy;
pub mod badge;
pub mod body;
pub mod comment;
pub mod content;
pub mod decision;
pub mod fact;
pub mod frontmatter;
pub mod header;
pub mod identity;
pub mod language;
pub mod lines;
pub mod listed;
pub mod mention;
pub mod placeholder;
pub mod preamble;
pub mod sidecar;
pub mod status;
pub mod statuses;

use crate::config::Config;
use crate::date::{self, Date, NotADate, Period};
use crate::diagnostic::{Note, Noted};
use crate::dialect::{self, Outline};
use crate::model::{Ai, CodePath, Dates, Document, Field, Kind, Origin, Role, Value};
use crate::path;
use crate::source::{Source, Span, Spanned};
use fact::Fact;
use identity::Identity;
use statuses::Places;

/// Reads one document.
pub fn read(source: Source, config: &Config) -> Noted<Document> {
    let Noted { value: top, mut notes } = frontmatter::read(&source);
    if let Some(trouble) = &source.trouble {
        let rule = if trouble.fatal { "unreadable-file" } else { "unreadable-metadata" };
        notes.push(Note::new(rule, Span { start: trouble.at, end: trouble.at }, trouble.message.clone()));
    }
    let lines = lines::prose(&source, top.body);
    let mut fields = top.fields;
    let Noted { value: beside, notes: noted } = sidecar::read(&source);
    fields.extend(beside);
    notes.extend(noted);
    fields.extend(comment::read(&source));
    fields.extend(preamble::read(&source, top.body));
    fields.extend(badge::read(&source, &lines, &config.status));
    let header = header::read(&source, &lines, &config.fields);
    fields.extend(header.fields);
    let body = body::read(&source, top.body);
    let placeholders = placeholder::find(&source, &lines);
    let keys: Vec<String> = fields.iter().map(|field| fact::normal(&field.key.value)).collect();
    let outline = Outline {
        path: &source.path,
        home: &config.collection.home,
        fields: &fields,
        keys: &keys,
        headings: &body.headings,
        paragraphs: &body.paragraphs,
    };
    let dialect = dialect::choose(&outline);
    let facts = keys.iter().map(|key| fact::of_normal(key, dialect.keys, &config.fields));
    let stated: Vec<(Option<Fact>, &Field)> = facts.zip(&fields).collect();
    let kind = identity::kind(&outline, dialect, &stated, config);
    let mut facts = Facts { source: &source, stated: &stated, notes: &mut notes, kind };
    let dates = facts.dates();
    let declared = facts.declared();
    let (owners, stakeholders, tags) =
        (facts.people(Fact::Owner), facts.people(Fact::Stakeholder), facts.list(Fact::Tag));
    let (code, ai) = (facts.code(), facts.ai());
    let places = Places { source: &source, stated: &stated, headings: &body.headings, dialect, config, kind };
    let decisions = decision::read(&header.parts, &places);
    let mut statuses = statuses::read(&places);
    if kind == Kind::Adr && statuses.iter().all(|status| matches!(status.origin, Origin::Folder | Origin::FileName)) {
        // a record of several decisions stands where the first of them does
        statuses.splice(0..0, decisions.iter().find_map(|decision| decision.status.clone()));
    }
    let (mut anatomy, body) = anatomy::read(&source, &lines, body, declared);
    anatomy.placeholders = placeholders;
    let Identity { id, title, summary } =
        identity::read(&source, &stated, &anatomy.headings, &body.paragraphs, kind, top.heading, config);
    let role = identity::role(&source.path, &title.value, &stated, &anatomy.placeholders, &statuses);
    let mentions = mention::read(&source, &stated, &anatomy.headings, body);
    // the number of a template's file is no id
    let id = id.filter(|id| role == Role::Document || id.span != Span::default());
    let listed = listed::read(&source, &lines);
    let document = Document {
        kind,
        role,
        dialect: dialect.name,
        id,
        title,
        summary,
        status: statuses.first().cloned(),
        statuses,
        owners,
        stakeholders,
        tags,
        dates,
        anatomy,
        mentions,
        code,
        listed,
        ai,
        decisions,
        body: top.body,
        fields,
        source,
    };
    Noted { value: document, notes }
}

/// The stated fields, asked for one fact at a time.
struct Facts<'a> {
    source: &'a Source,
    stated: &'a [(Option<Fact>, &'a Field)],
    notes: &'a mut Vec<Note>,
    kind: Kind,
}

impl<'a> Facts<'a> {
    fn all(&self, fact: Fact) -> impl Iterator<Item = &'a Field> {
        let stated = self.stated;
        stated.iter().filter(move |(stated, _)| *stated == Some(fact)).map(|(_, field)| *field)
    }

    fn dates(&mut self) -> Dates {
        let mut dates = Dates {
            created: self.date(Fact::Created),
            updated: self.date(Fact::Updated),
            reviewed: self.date(Fact::Reviewed),
            expires: self.date(Fact::Expires),
            next_review: self.date(Fact::NextReview),
            decided: self.date(Fact::Decided),
            completed: self.date(Fact::Completed),
            review_in: self.period(),
        };
        let decision = self.kind == Kind::Adr;
        if let Some(date) = self.date(Fact::Date) {
            let place = if decision { &mut dates.decided } else { &mut dates.created };
            *place = place.clone().or(Some(date));
        }
        let name = path::name(&self.source.path);
        dates.created = dates.created.or_else(|| Some(Spanned::new(date::leading(name)?, Span::default())));
        dates
    }

    /// The first field that holds a date. Every field that should hold one and doesn't is noted.
    fn date(&mut self, fact: Fact) -> Option<Spanned<Date>> {
        let mut first = None;
        let deadline = matches!(fact, Fact::Expires | Fact::NextReview);
        let texts: Vec<&Spanned<String>> =
            self.all(fact).flat_map(|field| field.value.texts().into_iter().take(1)).collect();
        for text in texts {
            match date::parse(&text.value) {
                Ok(day) => first = first.or(Some(Spanned::new(day, text.span))),
                Err(NotADate::Absent | NotADate::Placeholder) => {}
                // `Completed: 14 of 14`, `Accepted: yes`, `Date: soon` are no dates and don't want to be
                Err(NotADate::Wrong(_)) if matches!(fact, Fact::Completed | Fact::Decided) => {}
                Err(NotADate::Wrong(_)) if fact == Fact::Date && !text.value.contains(|c: char| c.is_ascii_digit()) => {
                }
                // a deadline must be plain, for other dates a day among words will do
                Err(NotADate::Wrong(message)) => match date::within(&text.value).filter(|_| !deadline) {
                    Some(day) => first = first.or(Some(Spanned::new(day, text.span))),
                    None => self.notes.push(Note::new("invalid-date", text.span, message).help(date::FORMS)),
                },
            }
        }
        first
    }

    fn period(&mut self) -> Option<Spanned<Period>> {
        let texts: Vec<&Spanned<String>> = self.all(Fact::ReviewIn).filter_map(|field| field.value.text()).collect();
        for text in texts {
            match Period::parse(text.value.trim_matches(['*', '`'])) {
                Some(period) => return Some(Spanned::new(period, text.span)),
                None if date::nothing(&text.value) || placeholder::within(&text.value) => {}
                None => {
                    let message = format!("`{}` is not a period", crate::words::shorten(&text.value, 40));
                    self.notes.push(
                        Note::new("invalid-date", text.span, message)
                            .help("write it as 90d, 6 weeks, 3 months or monthly"),
                    );
                }
            }
        }
        None
    }

    fn declared(&self) -> Option<Spanned<u32>> {
        self.all(Fact::Progress)
            .filter_map(|field| field.value.text())
            .find_map(|text| anatomy::declared(Fact::Progress, text))
    }

    /// Names of people, from lists and from strings parted by commas, without mail addresses and link targets.
    fn people(&self, fact: Fact) -> Vec<Spanned<String>> {
        let mut people: Vec<Spanned<String>> = Vec::new();
        for name in self.list(fact) {
            let bare = status::bare(&name.value);
            let bare = match bare.split_once('<') {
                Some((before, _)) if !before.trim().is_empty() => before.trim(),
                _ => bare.trim_matches(['<', '>']),
            };
            // an address of mail behind the name, and the brackets of a link without a target
            let bare = match bare.split_once(" (") {
                Some((before, mail)) if mail.contains('@') && mail.contains('.') => before,
                _ => bare.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')).unwrap_or(bare),
            };
            let handles = bare.split_whitespace().all(|word| word.starts_with('@'));
            let several: Vec<&str> = if handles { bare.split_whitespace().collect() } else { joined(bare) };
            for one in several {
                let nobody = matches!(one.to_lowercase().as_str(), "" | "tbd" | "tba" | "?" | "nobody" | "unassigned");
                if !nobody && !people.iter().any(|known| known.value == one) {
                    people.push(Spanned::new(one.to_string(), name.span));
                }
            }
        }
        people
    }

    /// The values of a fact, strings parted at commas outside brackets. Nothings and placeholders are left out.
    fn list(&self, fact: Fact) -> Vec<Spanned<String>> {
        let mut values: Vec<Spanned<String>> = Vec::new();
        for text in self.all(fact).flat_map(|field| names(&field.value)) {
            for part in split_outside_brackets(&text.value) {
                let marks: &[char] =
                    if fact == Fact::Tag { &['"', '\'', '*', '`', '#'] } else { &['"', '\'', '*', '`'] };
                let part = part.trim().trim_matches(marks).trim_start_matches(": ").trim();
                let aside = part.starts_with('(') && part.ends_with(')');
                if date::nothing(part) || aside || placeholder::is_whole(part) || part.len() > 120 {
                    continue;
                }
                let within = Span::of(part, &text.value);
                let span = Span { start: text.span.start + within.start, end: text.span.start + within.end };
                values.push(Spanned::new(
                    part.to_string(),
                    if self.source.slice(span) == part { span } else { text.span },
                ));
            }
        }
        values
    }

    fn code(&self) -> Vec<CodePath> {
        let path = |path: Spanned<String>| CodePath { path, exists: true };
        self.list(Fact::Code).into_iter().filter(|path| !path.value.contains(' ')).map(path).collect()
    }

    fn ai(&self) -> Option<Ai> {
        let field = self.all(Fact::Ai).find(|field| field.origin == Origin::Frontmatter)?;
        let Value::Map(keys, _) = &field.value else { return None };
        let text = |name: &str| keys.iter().find(|key| fact::normal(&key.key.value) == name).map(|key| &key.value);
        let scalar = |name: &str| {
            text(name).and_then(Value::text).map(|text| text.value.clone()).filter(|text| !text.is_empty())
        };
        Some(Ai {
            priority: scalar("priority"),
            context_load: scalar("context load"),
            triggers: text("triggers")
                .map(|value| value.texts().iter().map(|text| text.value.clone()).collect())
                .unwrap_or_default(),
            token_budget: scalar("token budget").and_then(|text| text.parse().ok()),
        })
    }
}

/// The texts of a value; of a map with a `name`, as lists of people have them, that one.
fn names(value: &Value) -> Vec<&Spanned<String>> {
    match value {
        Value::Scalar(text) => vec![text],
        Value::List(values, _) => values.iter().flat_map(names).collect(),
        Value::Map(fields, _) => {
            let name = fields.iter().find(|field| fact::normal(&field.key.value) == "name");
            name.map_or_else(|| value.texts(), |name| name.value.texts())
        }
    }
}

/// `Ana Silva and Ben Cho` are two people where both sides look like names.
fn joined(text: &str) -> Vec<&str> {
    let parts: Vec<&str> = text.split(" and ").flat_map(|part| part.split(" & ")).map(str::trim).collect();
    let name = |part: &&str| {
        let words = part.split_whitespace().count();
        (1..=3).contains(&words)
            && part.starts_with(|c: char| c.is_uppercase() || c == '@')
            && !part.contains(['(', '['])
    };
    if parts.len() > 1 && parts.iter().all(name) { parts } else { vec![text] }
}

fn split_outside_brackets(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0i32);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' | '<' => depth += 1,
            ')' | ']' | '>' => depth -= 1,
            ',' | ';' if depth <= 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}
