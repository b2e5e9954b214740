//! What a document is: its kind, id, title, summary, and whether it is a template.

use super::body::{self, Paragraph};
use super::fact::Fact;
use super::header::value_section;
use super::placeholder;
use crate::config::Config;
use crate::dialect::{Dialect, Outline};
use crate::model::{Field, Heading, KINDS, Kind, Origin, Role, Status};
use crate::path;
use crate::source::{Source, Span, Spanned};
use crate::words;

/// File names that are never plans, lower case, without ending.
pub const PAGES: &[&str] = &[
    "readme",
    "contributing",
    "agents",
    "claude",
    "gemini",
    "copilot-instructions",
    "changelog",
    "license",
    "code_of_conduct",
    "code-of-conduct",
    "security",
    "index",
    "_index",
    "_sidebar",
    "_footer",
    "home",
    "summary",
    "glossary",
    "support",
    "maintainers",
    "governance",
];
/// Headings whose first paragraph sums the document up, lower case.
const SUMMARIES: &[&str] = &[
    "summary",
    "executive summary",
    "overview",
    "abstract",
    "tl;dr",
    "plan summary",
    "introduction",
    "simple summary",
];
/// Headings that name a part and no document, lower case.
const SECTIONS: &[&str] = &[
    "meta",
    "metadata",
    "status",
    "summary",
    "abstract",
    "overview",
    "introduction",
    "motivation",
    "motivations",
    "context",
    "background",
    "why",
    "what changes",
    "problem",
    "problem statement",
    "goals",
    "goal",
    "tasks",
    "requirements",
    "description",
    "purpose",
    "preamble",
];
/// Words that with a number make a part of something, not an id.
const PARTS: &[&str] = &[
    "phase",
    "part",
    "week",
    "step",
    "day",
    "version",
    "sprint",
    "slice",
    "chapter",
    "level",
    "wave",
    "round",
    "tier",
    "iteration",
    "page",
];

/// Id, title and summary.
#[derive(Debug)]
pub struct Identity {
    /// As written or made of the file's number.
    pub id: Option<Spanned<String>>,
    /// Without the id.
    pub title: Spanned<String>,
    /// Without markup.
    pub summary: Option<String>,
}

/// The kind: a page by its name, else `type:`, the dialect, the nearest folder, the file's name, the title.
pub fn kind(outline: &Outline<'_>, dialect: &Dialect, stated: &[(Option<Fact>, &Field)], config: &Config) -> Kind {
    let stem = outline.stem();
    let configured =
        |word: &str| config.kinds.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, kind)| kind.0);
    let typed = stated.iter().filter(|(fact, _)| *fact == Some(Fact::Kind)).find_map(|(_, field)| {
        let word = field.value.text()?.value.as_str();
        configured(word).or_else(|| Kind::from_word(word))
    });
    if let Some(kind) = typed {
        return kind;
    }
    // a README is a page, unless its folder is the document: `0042-queue/README.md` with a status, or with a sidecar
    let own_folder = outline.path.rsplit('/').nth(1).is_some_and(|folder| {
        let numbered = |part: &str| words::digits(part) >= 2;
        numbered(folder) || folder.split_once('-').is_some_and(|(_, rest)| numbered(rest))
    });
    let stands = || stated.iter().any(|(fact, field)| *fact == Some(Fact::Status) && field.origin != Origin::Badge);
    let beside = stated.iter().any(|(_, field)| field.origin == Origin::Sidecar);
    let claimed = || (dialect.kind)(outline).is_some();
    if PAGES.contains(&stem.as_str()) && !beside && !(own_folder && (stands() || claimed())) {
        return Kind::Page;
    }
    let folder = || {
        let known = |name: &str| KINDS.iter().find(|entry| entry.folders.contains(&name)).map(|entry| entry.kind);
        outline.folders().find_map(|name| configured(&name).or_else(|| known(name.trim_start_matches('.'))))
    };
    let file = || {
        let holds = |mark: &str| {
            let parted = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            stem.match_indices(mark)
                .any(|(at, _)| parted(stem[..at].chars().next_back()) && parted(stem[at + mark.len()..].chars().next()))
        };
        KINDS.iter().find(|entry| entry.files.iter().any(|mark| holds(mark))).map(|entry| entry.kind)
    };
    let title = || {
        let first = outline.headings.first()?.text.to_lowercase();
        KINDS.iter().find(|entry| entry.titles.iter().any(|start| first.starts_with(start))).map(|entry| entry.kind)
    };
    // `text/0042-name.md` is where RFCs lie
    let text = || {
        let numbered = outline.path.rsplit('/').take(2).any(|part| words::digits(part) >= 3);
        (numbered && outline.folders().take(2).any(|folder| folder == "text")).then_some(Kind::Rfc)
    };
    // an id at the start of the title and a status make a document of a sort that has no folder here
    let by_id = || {
        let titles =
            stated.iter().filter(|(fact, _)| *fact == Some(Fact::Title)).filter_map(|(_, field)| field.value.text());
        let mut titles = titles.map(|text| text.value.as_str()).chain([outline.title()]);
        let id = titles.find_map(|title| match body::id_words(title).first() {
            Some((0, id)) => Some(id.to_string()),
            _ => spaced_id(title),
        });
        let prefix = id.as_deref().filter(|_| stands()).and_then(|id| id.split('-').next().map(str::to_string))?;
        let known = KINDS.iter().find(|entry| entry.prefix == prefix).map(|entry| entry.kind);
        Some(known.unwrap_or(if prefix == "RFD" { Kind::Rfc } else { Kind::Proposal }))
    };
    let kind = (dialect.kind)(outline).or_else(folder).or_else(file).or_else(title);
    kind.or_else(text).or_else(by_id).unwrap_or(Kind::Page)
}

/// Id, title and summary. `above` is the line of a heading before the frontmatter.
pub fn read(
    source: &Source,
    stated: &[(Option<Fact>, &Field)],
    headings: &[Heading],
    paragraphs: &[Paragraph],
    kind: Kind,
    above: Option<usize>,
    config: &Config,
) -> Identity {
    let heading = headings.iter().find(|heading| heading.level == 1 && !heading.text.is_empty());
    let sections = headings.iter().filter(|heading| heading.level == 1).count() > 2;
    let written = |origin: Origin| {
        let named = stated.iter().filter(|(fact, field)| *fact == Some(Fact::Title) && field.origin == origin);
        let texts = named.filter_map(|(_, field)| field.value.text());
        let said = |text: &&Spanned<String>| !matches!(text.value.trim(), "" | "null" | "~") && text.value.len() < 300;
        let text = texts.into_iter().find(said)?;
        Some(Spanned::new(super::status::bare(&text.value), text.span))
    };
    let at_heading = |heading: &Heading| {
        let text = super::statuses::bare_title(&heading.text, config);
        Spanned::new(text.to_string(), source.line_span(heading.line as usize))
    };
    // documents whose sections are first-level headings (Rust RFCs) have no title heading
    let part = |heading: &Heading| SECTIONS.contains(&bare_heading(heading).as_str());
    let own = heading.filter(|heading| !(part(heading) || sections && summary_heading(heading)));
    // `# Implementation Plan` says what it is, not what it is called
    let called =
        |heading: &&Heading| !KINDS.iter().any(|kind| kind.titles.contains(&heading.text.to_lowercase().as_str()));
    let over =
        above.map(|line| Spanned::new(source.line(line).trim_matches(['#', ' ']).to_string(), source.line_span(line)));
    // one second-level heading may be a title; the first of several is a section
    let second = || {
        let lone = headings.iter().filter(|heading| heading.level == 2).count() == 1;
        let titled = |heading: &&Heading| {
            let stated = heading.text.contains(':') && !super::header::decision(&heading.text);
            heading.level == 2 && !summary_heading(heading) && !part(heading) && !stated
        };
        headings.first().filter(|heading| lone && titled(heading)).map(at_heading)
    };
    // `Title: …` above the first heading, as in mail, is the title; `Feature Name: …` is a name beside it
    let mail = |title: &Spanned<String>| {
        let before = own.is_none_or(|own| title.span.start < source.line_start(own.line as usize));
        let line = source.line(source.place(title.span.start).line as usize).trim_start();
        before && line.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("title:"))
    };
    // `title: move-the-queue` is a slug; the heading has the words
    let slug = |title: &Spanned<String>| {
        let text = title.value.as_str();
        text.contains('-') && !text.contains(char::is_whitespace) && !text.contains(char::is_uppercase)
    };
    let spoken = own.filter(|_| !sections).is_some();
    let title = written(Origin::Frontmatter)
        .filter(|title| !(slug(title) && spoken))
        .or_else(|| written(Origin::Sidecar))
        .or(over)
        .or_else(|| written(Origin::Header).filter(mail))
        .or_else(|| own.filter(|_| !sections).filter(called).map(at_heading))
        .or_else(|| written(Origin::Header))
        .or_else(|| own.map(at_heading))
        .or_else(second)
        .unwrap_or_else(|| Spanned::new(from_file_name(&source.path), Span::default()));
    let headed = heading.map_or("", |heading| heading.text.as_str());
    let id = id(source, stated, [&title.value, headed], kind);
    let plain = without_id(&title.value, id.as_ref().map(|id| id.value.as_str()), kind);
    // a title that is only the id has the words in the heading right below it
    let below = || {
        let at = headings.iter().position(|heading| heading.text == title.value)?;
        headings
            .get(at + 1)
            .filter(|next| next.line <= headings[at].line + 4 && !part(next))
            .map(|next| next.text.clone())
    };
    let plain = if plain.is_empty() { below().unwrap_or_default() } else { plain };
    let title = Spanned::new(if plain.is_empty() { from_file_name(&source.path) } else { plain }, title.span);
    Identity { id, title, summary: summary(source, stated, headings, paragraphs) }
}

/// A template: named or stored as one, or with placeholders where title and status should be.
pub fn role(
    path: &str,
    title: &str,
    stated: &[(Option<Fact>, &Field)],
    placeholders: &[Span],
    statuses: &[Status],
) -> Role {
    let lower = path.to_lowercase();
    let name = path::name(&lower);
    let stem = name.split('.').next().unwrap_or(name);
    let folder = path::name(path::folder(&lower));
    let mould = PAGES.contains(&stem) && (folder.contains("nnnn") || folder.ends_with("-template"));
    let named = mould
        || stem == "template"
        || stem.ends_with("-template")
        || stem.ends_with("_template")
        || (stem.starts_with("0000-") && (stem.contains("template") || !placeholders.is_empty()))
        || stem.contains("nnnn")
        || stem.starts_with("xxxx")
        || stem.starts_with("yyyy-mm-dd")
        || name.ends_with(".template.md");
    let mut folders = lower.split('/').rev().skip(1);
    let stored =
        folders.any(|folder| matches!(folder.trim_start_matches(['.', '_']), "template" | "templates" | "scaffold"));
    let open = |field: &Field| {
        field.value.texts().iter().any(|text| {
            placeholder::is_whole(&text.value) || placeholder::within(&text.value) || text.value.contains(" | ")
        })
    };
    let marks =
        [Fact::Status, Fact::Lifecycle, Fact::Created, Fact::Date, Fact::Owner, Fact::Id, Fact::Expires, Fact::Updated];
    let open_facts =
        stated.iter().filter(|(fact, field)| fact.is_some_and(|fact| marks.contains(&fact)) && open(field)).count();
    let mould = placeholder::within(title) || title.to_lowercase().ends_with("template");
    let stated_status = statuses.iter().any(|status| status.origin != Origin::Folder);
    let template = named
        || ((stored || stem.starts_with("template-")) && (!placeholders.is_empty() || open_facts > 0))
        || (mould && !stated_status)
        || (mould && open_facts >= 2);
    if template && stem != "readme" { Role::Template } else { Role::Document }
}

fn summary_heading(heading: &Heading) -> bool {
    let name = bare_heading(heading);
    SUMMARIES.contains(&name.as_str()) || name == "motivation"
}

/// Lower case, without numbering.
fn bare_heading(heading: &Heading) -> String {
    words::unnumbered(&heading.text).to_lowercase()
}

fn id(source: &Source, stated: &[(Option<Fact>, &Field)], titles: [&str; 2], kind: Kind) -> Option<Spanned<String>> {
    let numbered = matches!(kind, Kind::Adr | Kind::Rfc | Kind::Plan | Kind::Spec | Kind::Research | Kind::Proposal);
    let prefixed = |prefix: &str, digits: &str| format!("{prefix}-{digits}");
    let fields =
        stated.iter().filter(|(fact, field)| *fact == Some(Fact::Id) && !matches!(field.origin, Origin::Section));
    for (_, field) in fields {
        let Some(text) = field.value.text() else { continue };
        let key = super::fact::normal(&field.key.value);
        // `adr: 12` in a plan names another document
        if KINDS.iter().any(|entry| entry.kind != kind && entry.word == key) && kind != Kind::Proposal {
            continue;
        }
        let raw = super::status::bare(&text.value);
        let lower = raw.to_lowercase();
        let open = matches!(lower.as_str(), "tbd" | "tba" | "unassigned") || lower.bytes().all(|byte| byte == b'x');
        let mould = open
            || raw.starts_with(['[', '{', '<'])
            || raw.contains("##")
            || raw.contains("NNN")
            || raw.contains("XXX");
        let word = !raw.is_empty() && raw.len() <= 60 && !raw.contains(char::is_whitespace) && !mould;
        if !word || crate::date::nothing(&raw) || placeholder::is_whole(&text.value) {
            continue;
        }
        if !raw.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Spanned::new(raw, text.span));
        }
        let generic = |word: &&str| {
            !matches!(
                *word,
                "id" | "number"
                    | "plan"
                    | "spec"
                    | "proposal"
                    | "document"
                    | "research"
                    | "decision"
                    | "task"
                    | "ticket"
                    | "feature"
                    | "work"
            )
        };
        let of_key = key.split(' ').next().filter(generic);
        let prefix = of_key.map(str::to_uppercase).unwrap_or_else(|| kind.entry().prefix.to_string());
        let id = if prefix.is_empty() { raw } else { prefixed(&prefix, &raw) };
        return Some(Spanned::new(id, text.span));
    }
    if kind == Kind::Page {
        return None;
    }
    let plain = titles.map(|title| title.trim_start_matches(|c: char| !c.is_alphanumeric()));
    let written = plain.iter().find_map(|title| body::id_words(title).into_iter().next().filter(|(at, _)| *at == 0));
    // the log of a session is called by the plan it is about
    let about = |id: &str| {
        let prefix = id.split('-').next().unwrap_or("");
        let others = KINDS.iter().any(|entry| entry.kind != kind && entry.prefix == prefix);
        others && matches!(kind, Kind::Session | Kind::Tasks | Kind::Research | Kind::Goal)
    };
    if let Some((_, id)) = written.filter(|(_, id)| !about(id)) {
        return Some(Spanned::new(id.to_string(), Span::default()));
    }
    let titled = plain.iter().find_map(|title| spaced_id(title));
    let mut parts = source.path.rsplit('/');
    let name = parts.next().unwrap_or(&source.path);
    // of `0042-queue/README.md` the folder has the number
    let name = match name.split('.').next().map(str::to_lowercase) {
        Some(stem) if PAGES.contains(&stem.as_str()) => parts.next().unwrap_or(name),
        _ => name,
    };
    if let Some((_, id)) = body::id_words(name).into_iter().next().filter(|(at, id)| *at == 0 && !about(id)) {
        return Some(Spanned::new(id.to_string(), Span::default()));
    }
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    let rest = name[letters..].trim_start_matches(['-', '_', ' ']);
    let digits = words::digits(rest);
    if let Some(id) = titled {
        // the file's number, where it is the same, has the zeros
        let (prefix, number) = id.rsplit_once('-').unwrap_or(("", &id));
        let same = rest[..digits].trim_start_matches('0') == number.trim_start_matches('0');
        return Some(Spanned::new(if same { prefixed(prefix, &rest[..digits]) } else { id }, Span::default()));
    }
    let after = rest[digits..].chars().next();
    let ends = after.is_none_or(|c| !c.is_alphanumeric());
    let own = letters > 0 && letters + 1 == name.len() - rest.len() && (2..=8).contains(&letters);
    if own && (1..=6).contains(&digits) && ends && !PARTS.contains(&name[..letters].to_lowercase().as_str()) {
        return Some(Spanned::new(prefixed(&name[..letters].to_uppercase(), &rest[..digits]), Span::default()));
    }
    let dated = digits == 4 && rest[digits..].starts_with('-') && words::digits(&rest[digits + 1..]) == 2;
    let number = letters == 0 && (3..=5).contains(&digits) && ends && !dated && numbered;
    number.then(|| Spanned::new(prefixed(kind.entry().prefix, &rest[..digits]), Span::default()))
}

/// `RFC 18: Freeze writes`, `RFD 18 Freeze writes`: the id of a title that parts prefix and number by a space.
fn spaced_id(title: &str) -> Option<String> {
    // `Aries RFC 0036: …` has the name of its series before
    let lead = title.split_once(' ').filter(|(word, rest)| {
        let series = word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase);
        series && rest.split_once(':').is_some_and(|(id, _)| id.split_whitespace().count() == 2)
    });
    let title = lead.map_or(title, |(_, rest)| rest);
    let (prefix, rest) = title.split_once([' ', '#'])?;
    let prefixed = (2..=5).contains(&prefix.len()) && prefix.bytes().all(|byte| byte.is_ascii_uppercase());
    let rest = rest.trim_start_matches('#');
    let digits = words::digits(rest);
    let ends = rest[digits..].chars().next().is_none_or(|c| matches!(c, ':' | ' ' | '.' | ')' | ','));
    let known = KINDS.iter().any(|entry| entry.prefix == prefix)
        || matches!(prefix, "RFD" | "SIP" | "MSC" | "KIP" | "FLIP" | "JEP" | "KEP" | "TEP" | "GEP" | "NIP" | "BIP");
    let part = PARTS.contains(&prefix.to_lowercase().as_str());
    (prefixed && known && !part && (1..=6).contains(&digits) && ends).then(|| format!("{prefix}-{}", &rest[..digits]))
}

/// `ADR-0018: Freeze writes`, `18. Freeze writes` and `RFC 18 - Freeze writes` without what names the id again.
fn without_id(title: &str, id: Option<&str>, kind: Kind) -> String {
    let plain = title.trim();
    let Some(id) = id else { return plain.to_string() };
    let (prefix, digits) = id.rsplit_once('-').unwrap_or(("", id));
    let bare_number = digits.trim_start_matches('0');
    let lower = plain.to_lowercase();
    let mut rest = plain;
    for lead in [prefix.to_lowercase(), kind.entry().prefix.to_lowercase()] {
        let after = lower
            .strip_prefix(&lead)
            .filter(|_| !lead.is_empty())
            .map(|after| after.trim_start_matches([' ', '-', '#']));
        if let Some(after) = after.filter(|after| after.starts_with(|c: char| c.is_ascii_digit())) {
            rest = &plain[plain.len() - after.len()..];
            break;
        }
    }
    let count = words::digits(rest);
    let same = count > 0 && rest[..count].trim_start_matches('0') == bare_number;
    let after = &rest[count..];
    let parted = after.starts_with([':', '.', ' ', ')', '-', '–', '—']);
    if same
        && parted
        && (rest.len() < plain.len() || kind == Kind::Adr || kind == Kind::Rfc || after.starts_with(['.', ':']))
    {
        return after.trim_start_matches([':', '.', ' ', ')', '-', '–', '—']).to_string();
    }
    plain.strip_prefix(id).map_or(plain, |after| after.trim_start_matches([':', '.', ' ', '-', '–', '—'])).to_string()
}

/// The file's name in words; where it only says which sort of file it is, with its folder before.
fn from_file_name(path: &str) -> String {
    let (folder, stem) = (path::name(path::folder(path)), path::stem(path));
    let lower = stem.to_lowercase();
    let common = PAGES.contains(&lower.as_str()) || KINDS.iter().any(|entry| entry.files.contains(&lower.as_str()));
    if common && !folder.is_empty() {
        return format!("{}: {}", in_words(folder), lower.replace(['-', '_'], " "));
    }
    in_words(stem)
}

/// `2026-05-01-move-the-queue` and `0042-move_the_queue` are `Move the queue`.
fn in_words(stem: &str) -> String {
    let undated = match stem.as_bytes() {
        [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'-', ..]
            if [y1, y2, y3, y4, m1, m2, d1, d2].iter().all(|byte| byte.is_ascii_digit()) =>
        {
            &stem[11..]
        }
        _ => stem.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['-', '_', '.', ' ']),
    };
    let text = if undated.is_empty() { stem } else { undated }.replace(['-', '_'], " ");
    let mut letters = text.trim().chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => stem.to_string(),
    }
}

fn summary(
    source: &Source,
    stated: &[(Option<Fact>, &Field)],
    headings: &[Heading],
    paragraphs: &[Paragraph],
) -> Option<String> {
    let written =
        stated.iter().filter(|(fact, field)| *fact == Some(Fact::Summary) && field.origin == Origin::Frontmatter);
    let written = written.filter_map(|(_, field)| field.value.text()).map(|text| text.value.trim());
    if let Some(text) = written.into_iter().find(|text| !text.is_empty() && !placeholder::within(text)) {
        return Some(words::shorten(text, 400));
    }
    let fact_lines: Vec<u32> = stated.iter().map(|(_, field)| source.place(field.key.span.start).line).collect();
    let says = |paragraph: &&Paragraph| {
        let under = headings.iter().rev().find(|heading| heading.line < paragraph.line);
        let value = under.is_some_and(|under| value_section(&bare_heading(under)));
        let fact = value || fact_lines.contains(&paragraph.line);
        paragraph.text.chars().count() >= 30 && !fact && !placeholder::within(&paragraph.text)
    };
    let after = headings.iter().find(|heading| summary_heading(heading)).and_then(|heading| {
        let next = headings
            .iter()
            .find(|next| next.line > heading.line && next.level <= heading.level)
            .map_or(u32::MAX, |next| next.line);
        paragraphs.iter().filter(|paragraph| paragraph.line > heading.line && paragraph.line < next).find(says)
    });
    after.or_else(|| paragraphs.iter().find(says)).map(|paragraph| paragraph.text.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_do_not_repeat_the_id() {
        for (title, id, kind, want) in [
            ("18. Freeze writes", "ADR-0018", Kind::Adr, "Freeze writes"),
            ("ADR-0018: Freeze writes", "ADR-0018", Kind::Adr, "Freeze writes"),
            ("ADR 18 – Freeze writes", "ADR-0018", Kind::Adr, "Freeze writes"),
            ("3 ways to freeze", "ADR-0018", Kind::Adr, "3 ways to freeze"),
            ("PLAN-23: Ship", "PLAN-023", Kind::Plan, "Ship"),
            ("Plan for 2027", "PLAN-023", Kind::Plan, "Plan for 2027"),
            ("FEAT-081-x", "FEAT-081", Kind::Plan, "x"),
        ] {
            assert_eq!(without_id(title, Some(id), kind), want);
        }
        assert_eq!(from_file_name("a/2026-05-01-move-the-queue.md"), "Move the queue");
        assert_eq!(from_file_name("a/0042-move_it.md"), "Move it");
    }
}
