//! A source becomes a document: metadata, dialect, body, facts.
//!
//! Nothing fails here. What cannot be read is absent and noted, with its place.

pub mod anatomy;
pub mod body;
pub mod content;
pub mod fact;
pub mod frontmatter;
pub mod header;
pub mod identity;
pub mod lines;
pub mod listed;
pub mod mention;
pub mod placeholder;
pub mod status;

use crate::config::Config;
use crate::date::{self, Date, NotADate, Period};
use crate::diagnostic::{Note, Noted};
use crate::dialect::{self, Dialect, Outline};
use crate::model::{Ai, CodePath, Dates, Document, Field, Kind, Origin, Stage, Status, Value};
use crate::source::{Source, Span, Spanned};
use fact::Fact;
use identity::Identity;

/// Reads one document.
pub fn read(source: Source, config: &Config) -> Noted<Document> {
    let Noted { value: top, mut notes } = frontmatter::read(&source);
    if let Some(trouble) = &source.trouble {
        let rule = if trouble.fatal { "unreadable-file" } else { "unreadable-metadata" };
        notes.push(Note::new(rule, Span { start: trouble.at, end: trouble.at }, trouble.message.clone()));
    }
    let lines = lines::prose(&source, top.body);
    let mut fields = top.fields;
    fields.extend(header::comments(&source));
    fields.extend(header::read(&source, &lines, &config.fields));
    let body = body::read(&source, top.body);
    let placeholders = placeholder::find(&source, &lines);
    let outline = Outline { path: &source.path, fields: &fields, headings: &body.headings };
    let dialect = dialect::choose(&outline);
    let stated: Vec<(Option<Fact>, &Field)> =
        fields.iter().map(|field| (fact::of(&field.key.value, dialect.keys, &config.fields), field)).collect();
    let kind = identity::kind(&outline, dialect, &stated, config);
    let mut facts = Facts { source: &source, stated: &stated, notes: &mut notes, kind };
    let dates = facts.dates();
    let declared = facts.declared();
    let (owners, stakeholders, tags) =
        (facts.people(Fact::Owner), facts.people(Fact::Stakeholder), facts.list(Fact::Tag));
    let (code, ai) = (facts.code(), facts.ai());
    let statuses = statuses(&source, &stated, dialect, config, kind);
    let (mut anatomy, body) = anatomy::read(body, declared);
    anatomy.placeholders = placeholders;
    let Identity { id, title, summary } =
        identity::read(&source, &stated, &anatomy.headings, &body.paragraphs, kind, top.heading);
    let role = identity::role(&source.path, &title.value, &stated, &anatomy.placeholders, &statuses);
    let mentions = mention::read(&source, &stated, body);
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
        body: top.body,
        fields,
        source,
    };
    Noted { value: document, notes }
}

/// Every status, strongest first: `lifecycle`, `status`, header lines, boxes, the folder.
fn statuses(
    source: &Source,
    stated: &[(Option<Fact>, &Field)],
    dialect: &Dialect,
    config: &Config,
    kind: Kind,
) -> Vec<Status> {
    let mut found: Vec<(u8, Status)> = Vec::new();
    for (fact, field) in stated {
        let rank = match (fact, field.origin) {
            (Some(Fact::Lifecycle), Origin::Frontmatter) => 0,
            (Some(Fact::Status), Origin::Frontmatter) => 1,
            (Some(Fact::Status | Fact::Lifecycle), Origin::Header | Origin::Table | Origin::Section) => 2,
            (Some(Fact::Status | Fact::Lifecycle), Origin::Checkbox) => 3,
            _ => continue,
        };
        let Some(text) = status_text(&field.value) else { continue };
        let stage = match status::read(&text.value, dialect.words, &config.status) {
            status::Reading::Known(stage) => stage,
            status::Reading::Unknown => Stage::Unknown,
            status::Reading::Open | status::Reading::Nothing => continue,
        };
        let raw = crate::words::shorten(&status::bare(&text.value), 200);
        found.push((
            rank,
            Status { raw, stage, origin: field.origin, key: Some(field.key.value.clone()), span: text.span },
        ));
    }
    if kind.entry().tracked
        && let Some((folder, stage)) = folder_stage(&source.path, &config.collection.home)
    {
        found.push((4, Status { raw: folder, stage, origin: Origin::Folder, key: None, span: Span::default() }));
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, status)| status).collect()
}

/// A scalar, the one text of a list, or the one key of a map without value (`status: { accepted }`).
fn status_text(value: &Value) -> Option<Spanned<String>> {
    match value {
        Value::Scalar(text) => Some(text.clone()),
        Value::List(values, _) => values.first().and_then(status_text),
        Value::Map(fields, _) => fields.first().map(|field| field.key.clone()),
    }
}

fn folder_stage(path: &str, home: &str) -> Option<(String, Stage)> {
    let folders = path.rsplit('/').skip(1).chain(home.rsplit('/'));
    folders.into_iter().find_map(|folder| {
        let name = folder.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '_' | ' '));
        let name = name.to_lowercase();
        status::FOLDERS.iter().find(|(known, _)| *known == name).map(|(_, stage)| (folder.to_string(), *stage))
    })
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
        dates
    }

    /// The first field that holds a date. Every field that should hold one and doesn't is noted.
    fn date(&mut self, fact: Fact) -> Option<Spanned<Date>> {
        let mut first = None;
        let texts: Vec<&Spanned<String>> =
            self.all(fact).flat_map(|field| field.value.texts().into_iter().take(1)).collect();
        for text in texts {
            match date::parse(&text.value) {
                Ok(day) => first = first.or(Some(Spanned::new(day, text.span))),
                Err(NotADate::Absent | NotADate::Placeholder) => {}
                // `Completed: 14 of 14` and `Accepted: yes` are no dates and don't want to be
                Err(NotADate::Wrong(_)) if matches!(fact, Fact::Completed | Fact::Decided) => {}
                Err(NotADate::Wrong(message)) => {
                    self.notes.push(Note::new("invalid-date", text.span, message).help(date::FORMS));
                }
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
            let handles = bare.split_whitespace().all(|word| word.starts_with('@'));
            let several: Vec<&str> = if handles { bare.split_whitespace().collect() } else { vec![bare] };
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
                let part = part.trim().trim_matches(['"', '\'', '*', '`', '#']).trim();
                if date::nothing(part) || placeholder::is_whole(part) || part.len() > 120 {
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
