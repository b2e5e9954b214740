//! Phases: headings with a number, or without one below a heading that names phases; and what their own lines say.

use super::effort;
use super::names::Names;
use super::outline::Outline;
use super::text;
use crate::model::{Heading, Phase};
use crate::read::body::{Block, Said};

/// Words for a phase of work at the start of a heading. A number has to follow.
const PHASE_WORDS: &[&str] = &[
    "phase",
    "stage",
    "milestone",
    "iteration",
    "sprint",
    "wave",
    "workstream",
    "fase",
    "etapa",
    "étape",
    "фаза",
    "этап",
];
/// Headings whose children are phases even without a number.
const PHASE_PARENTS: &[&str] = &[
    "phases",
    "implementation phases",
    "project phases",
    "delivery phases",
    "development phases",
    "phasen",
    "fases",
    "étapes",
];
/// Headings under which `Phase 1` is something else than a phase of the work.
const OTHER_PHASES: &[&str] = &[
    "rollout",
    "rollback",
    "update log",
    "timeline",
    "effort",
    "phase status",
    "phase dependencies",
    "version history",
];

/// What a line of a phase states, by its label.
const LINES: &[(&str, Part)] = &[
    ("priority", Part::Priority),
    ("priorität", Part::Priority),
    ("prioridad", Part::Priority),
    ("prioridade", Part::Priority),
    ("estimate", Part::Estimate),
    ("est", Part::Estimate),
    ("estimated effort", Part::Estimate),
    ("estimated time", Part::Estimate),
    ("estimated duration", Part::Estimate),
    ("time estimate", Part::Estimate),
    ("effort", Part::Estimate),
    ("duration", Part::Estimate),
    ("timebox", Part::Estimate),
    ("aufwand", Part::Estimate),
    ("dauer", Part::Estimate),
    ("duración", Part::Estimate),
    ("duração", Part::Estimate),
    ("dependencies", Part::Depends),
    ("dependency", Part::Depends),
    ("depends on", Part::Depends),
    ("prerequisites", Part::Depends),
    ("prerequisite", Part::Depends),
    ("requires", Part::Depends),
    ("blocked by", Part::Depends),
    ("abhängigkeiten", Part::Depends),
    ("start", Part::Start),
    ("start date", Part::Start),
    ("starts", Part::Start),
    ("end", Part::End),
    ("end date", Part::End),
    ("ends", Part::End),
    ("due", Part::End),
    ("due date", Part::End),
    ("deadline", Part::End),
    ("target", Part::End),
    ("target date", Part::End),
    ("timeline", Part::When),
    ("timeframe", Part::When),
    ("dates", Part::When),
    ("when", Part::When),
    ("week", Part::When),
    ("weeks", Part::When),
    ("schedule", Part::When),
    ("zeitraum", Part::When),
    ("status", Part::Status),
    ("state", Part::Status),
];
/// What a time without a day begins with.
const SPANS: &[&str] = &[
    "week", "weeks", "day", "days", "month", "months", "sprint", "sprints", "q1", "q2", "q3", "q4", "kw", "woche",
    "semana",
];

/// What a statement or a cell fills.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Part {
    /// How urgent.
    Priority,
    /// How much work.
    Estimate,
    /// What has to be done before; needs all phases and is filled apart.
    Depends,
    /// First day.
    Start,
    /// Last day.
    End,
    /// Time, as days or otherwise.
    When,
    /// Where it stands.
    Status,
}

/// The phases, and for each heading the phase it lies in.
pub fn read(outline: &Outline<'_>) -> (Vec<Phase>, Vec<Option<usize>>) {
    let headings = outline.headings;
    let mut phases: Vec<Phase> = Vec::new();
    let mut inside: Vec<Option<usize>> = vec![None; headings.len()];
    let others: Vec<bool> = headings.iter().map(|heading| other(&heading.text)).collect();
    let mut strange: Vec<bool> = Vec::with_capacity(headings.len());
    for (at, heading) in headings.iter().enumerate() {
        let above = outline.parent(at);
        strange.push(others[at] || above.is_some_and(|above| strange[above]));
        inside[at] = above.and_then(|above| inside[above]);
        if inside[at].is_some() {
            continue;
        }
        let elsewhere = above.is_some_and(|above| strange[above]);
        let child = above.is_some_and(|above| PHASE_PARENTS.contains(&lower(&headings[above].text).as_str()));
        let found = match title(&heading.text) {
            Some(found) if !elsewhere => Some(found),
            None if child && !super::tasks::is_gate(&heading.text) => {
                Some(Title { number: (phases.len() + 1).to_string(), title: heading.text.clone(), rest: "" })
            }
            _ => None,
        };
        if let Some(found) = found {
            inside[at] = Some(phases.len());
            phases.push(phase(found, at, heading));
        }
    }
    for phase in &mut phases {
        for said in outline.section(phase.heading).iter().flat_map(own_lines) {
            if let Some((part, value)) = text::part(said, LINES) {
                fill(phase, part, value);
            }
        }
    }
    (phases, inside)
}

/// What the phases wait for, by their own lines.
pub fn depend(outline: &Outline<'_>, phases: &mut [Phase]) {
    let names = Names::of(phases);
    for (at, phase) in phases.iter_mut().enumerate() {
        for said in outline.section(phase.heading).iter().flat_map(own_lines) {
            if let Some((Part::Depends, value)) = text::part(said, LINES) {
                names.add(at, &mut phase.depends_on, value);
            }
        }
    }
}

/// A heading taken apart.
pub struct Title<'t> {
    /// As written.
    pub number: String,
    /// Without what stands in brackets.
    pub title: String,
    /// From the first bracket on.
    pub rest: &'t str,
}

/// `Phase 2b: Backfill (Weeks 3-4)` is number `2b` and title `Backfill`.
pub fn title(text: &str) -> Option<Title<'_>> {
    let plain = text.trim_start_matches(|c: char| !c.is_alphabetic());
    let lower = plain.to_lowercase();
    let word = PHASE_WORDS.iter().find(|word| lower.starts_with(**word))?;
    let rest = plain.get(word.len()..)?.strip_prefix([' ', '-'])?.trim_start();
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(rest.len());
    let number = rest[..end].trim_end_matches('.');
    let letter = number.len() == 1 && number.chars().all(|c| c.is_ascii_uppercase());
    let roman = number.chars().all(|c| matches!(c, 'I' | 'V' | 'X')) && !number.is_empty();
    if !(number.starts_with(|c: char| c.is_ascii_digit()) || letter || roman) {
        return None;
    }
    let title = rest[end..].trim_start_matches([':', '.', '-', '–', '—', ')', ' ']);
    let bracket = [title.find(" ("), title.find(" [")].into_iter().flatten().min();
    let (title, rest) = match bracket {
        Some(end) => (title[..end].trim_end_matches([' ', '-', '–', ':']), &title[end..]),
        None if title.starts_with(['(', '[']) => (title.trim(), title),
        None => (title.trim(), ""),
    };
    let title = if title.is_empty() {
        format!(
            "{}{} {number}",
            plain.chars().next().map_or(String::new(), |c| c.to_uppercase().collect()),
            &lower[first(&lower)..word.len()]
        )
    } else {
        title.to_string()
    };
    Some(Title { number: number.to_string(), title, rest })
}

/// Fills what isn't known yet.
pub fn fill(phase: &mut Phase, part: Part, value: &str) {
    let put = |place: &mut Option<String>, value: Option<String>| {
        if place.is_none() {
            *place = value;
        }
    };
    match part {
        Part::Priority => put(&mut phase.priority, text::value(value).filter(|value| !value.contains(" | "))),
        // `Duration: 12 January to 6 February` is a time, not an amount
        Part::Estimate
            if value.contains(|c: char| c.is_ascii_digit()) && !value.split([',', ';', '(']).any(effort::is_amount) =>
        {
            fill(phase, Part::When, value);
        }
        Part::Estimate => put(&mut phase.estimate, text::value(value)),
        Part::Status => {
            phase.blocked |= blocked(value);
            put(&mut phase.status, text::value(value));
        }
        Part::Start => phase.start = phase.start.or(text::day(value).map(|(day, _)| day)),
        Part::End => phase.end = phase.end.or(text::day(value).map(|(day, _)| day)),
        Part::When => {
            if let Some((first, range)) = text::day(value)
                && let Some((last, _)) = text::day(&value[range.end..])
            {
                (phase.start, phase.end) = (phase.start.or(Some(first)), phase.end.or(Some(last)));
            }
            put(&mut phase.when, text::value(value));
        }
        Part::Depends => {}
    }
}

/// A text that marks its phase as blocked.
pub fn blocked(text: &str) -> bool {
    text::has_cross(text) || text.to_lowercase().contains("blocked")
}

fn phase(found: Title<'_>, at: usize, heading: &Heading) -> Phase {
    let mut phase = Phase {
        number: found.number,
        title: found.title,
        heading: at,
        blocked: blocked(&heading.text),
        line: heading.line,
        ..Phase::default()
    };
    for group in found.rest.split(['(', '[', ')', ']']).map(str::trim).filter(|group| !group.is_empty()) {
        detail(&mut phase, group);
    }
    if text::has_tick(&heading.text) {
        phase.status.get_or_insert_with(|| "✅".into());
    }
    phase
}

/// What stands in brackets behind a phase's title: `Est: 12 hours`, `Weeks 3-4`, `Priority: P1`.
fn detail(phase: &mut Phase, group: &str) {
    if let Some((key, value)) = text::pair(group)
        && let Some((_, part)) = LINES.iter().find(|(known, _)| known.eq_ignore_ascii_case(key))
    {
        return fill(phase, *part, value);
    }
    let level = group.len() == 2 && group.starts_with('P') && group.ends_with(|c: char| c.is_ascii_digit());
    if level {
        fill(phase, Part::Priority, group);
    } else if effort::is_amount(group) {
        fill(phase, Part::Estimate, group);
    } else if text::starts_with_word(group, SPANS) || text::day(group).is_some() {
        fill(phase, Part::When, group);
    }
}

/// The statements right below a phase's heading, without those of boxes and of items within items.
fn own_lines(block: &Block) -> &[Said] {
    match block.item() {
        Some(item) if item.depth > 0 || item.mark.is_some() => &[],
        _ => block.said(),
    }
}

fn other(name: &str) -> bool {
    let name = name.to_lowercase();
    OTHER_PHASES.iter().any(|word| name.contains(word))
}

fn lower(name: &str) -> String {
    name.trim_start_matches(|c: char| !c.is_alphabetic()).to_lowercase()
}

fn first(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}
