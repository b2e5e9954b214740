//! The findings, as `plansite check` prints them: what, why it matters here, what to do, and the line itself.

use serde::Serialize;

use crate::diagnostic::{Finding, Severity};
use crate::view::{Page, PageEntry, Run, Scenery, Slot, encode, framed, sentence, visible};
use crate::words;

pub(super) const PAGE: PageEntry =
    PageEntry { name: "problems", address: "problems/", title: "Problems", icon: "broken", nav: true, slots, page };

/// More findings than this are counted, not shown.
const SHOWN: usize = 300;

/// The pages: all findings, then those of one severity.
const TABS: &[(Option<Severity>, &str, &str)] = &[
    (None, "All", "problems/"),
    (Some(Severity::Error), "Errors", "problems/errors/"),
    (Some(Severity::Warning), "Warnings", "problems/warnings/"),
    (Some(Severity::Notice), "Notices", "problems/notices/"),
];

#[derive(Serialize)]
struct Problems {
    /// `2 errors and 11 warnings in 9 files.`
    lead: String,
    tabs: Vec<Tab>,
    rows: Vec<Problem>,
    /// `5 more`, or empty.
    more: String,
    /// There are no findings at all.
    good: bool,
}

#[derive(Serialize)]
struct Tab {
    label: &'static str,
    href: String,
    count: usize,
    current: bool,
    /// Icon and its colour, none for all.
    icon: &'static str,
    class: &'static str,
}

/// A finding for people.
#[derive(Debug, Serialize)]
pub(super) struct Problem {
    /// `Error`, with class and icon of its chip.
    pub severity: &'static str,
    pub class: &'static str,
    pub icon: &'static str,
    /// The fact.
    pub message: Vec<Run>,
    /// The deed, where one is clear.
    pub help: Vec<Run>,
    /// Lines of the file around it, the one at fault marked.
    pub lines: Vec<Line>,
    /// `docs/plans/a.md:9`, and the page of the document.
    pub place: String,
    pub href: String,
    /// The line on the forge; empty where that isn't known.
    pub source: String,
    pub rule: &'static str,
    /// The line, from 1.
    pub line: u32,
}

#[derive(Debug, Serialize)]
pub(super) struct Line {
    pub number: u32,
    pub text: String,
    pub marked: bool,
}

fn slots(scenery: &Scenery<'_>) -> Vec<Slot> {
    let shown = |(severity, ..): &(Option<Severity>, &str, &str)| severity.is_none() || count(scenery, *severity) > 0;
    let tabs = TABS.iter().enumerate().filter(|(_, tab)| shown(tab));
    tabs.map(|(of, (_, _, address))| Slot::at(&PAGE, address, of, 0)).collect()
}

fn of<'s>(scenery: &'s Scenery<'_>, severity: Option<Severity>) -> impl Iterator<Item = &'s Finding> {
    let findings = &scenery.scene.judgement.findings;
    findings.iter().filter(move |finding| severity.is_none_or(|severity| severity == finding.severity))
}

fn count(scenery: &Scenery<'_>, severity: Option<Severity>) -> usize {
    of(scenery, severity).count()
}

fn page<'a>(scenery: &Scenery<'a>, slot: &Slot) -> Page<'a> {
    let (severity, label, _) = TABS[slot.of];
    let mut shown: Vec<&Finding> = of(scenery, severity).collect();
    // The worst first; within a severity as everywhere by path and place.
    shown.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let rest = shown.len().saturating_sub(SHOWN);
    let tab = |(at, (severity, label, address)): (usize, &(Option<Severity>, &'static str, &str))| Tab {
        label,
        href: format!("{address}index.html"),
        count: count(scenery, *severity),
        current: at == slot.of,
        icon: severity.map_or("", |severity| mark(severity).2),
        class: match severity {
            Some(Severity::Error) => "f-red",
            Some(Severity::Warning) => "f-amber",
            _ => "muted",
        },
    };
    let view = Problems {
        lead: lead(scenery),
        tabs: TABS.iter().enumerate().map(tab).filter(|tab| tab.count > 0 || tab.icon.is_empty()).collect(),
        rows: shown.iter().take(SHOWN).map(|finding| problem_of(scenery, finding)).collect(),
        more: if rest > 0 { format!("{rest} more. plansite check lists all {}", shown.len()) } else { String::new() },
        good: scenery.scene.judgement.findings.is_empty(),
    };
    let title =
        if severity.is_none() { PAGE.title.to_string() } else { format!("{}: {}", PAGE.title, label.to_lowercase()) };
    framed(scenery, slot, "problems.html", &title, view)
}

/// `2 errors and 11 warnings in 9 files.`
fn lead(scenery: &Scenery<'_>) -> String {
    let named = |(severity, one, many): (Severity, &str, &str)| match count(scenery, Some(severity)) {
        0 => None,
        number => Some(words::count(number, one, many)),
    };
    let severities = [
        (Severity::Error, "error", "errors"),
        (Severity::Warning, "warning", "warnings"),
        (Severity::Notice, "notice", "notices"),
    ];
    let counts: Vec<String> = severities.into_iter().filter_map(named).collect();
    let files = scenery.findings.iter().filter(|findings| !findings.is_empty()).count();
    let together = match counts.as_slice() {
        [] => return "No problem was found.".into(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    };
    format!("{together} in {}.", words::count(files, "file", "files"))
}

fn mark(severity: Severity) -> (&'static str, &'static str, &'static str) {
    match severity {
        Severity::Error => ("Error", "c-red", "blocked"),
        Severity::Warning => ("Warning", "c-amber", "risks"),
        Severity::Notice => ("Notice", "", "info"),
    }
}

/// A finding for people.
pub(super) fn problem_of(scenery: &Scenery<'_>, finding: &Finding) -> Problem {
    let scene = &scenery.scene;
    let document = &scene.collection.documents[finding.document];
    let (severity, class, icon) = mark(finding.severity);
    let at = finding.start.line;
    let lines = (at.saturating_sub(1).max(1)..=at + 1).map(|number| Line {
        number,
        text: words::shorten(&visible(document.source.line(number as usize)), 160),
        marked: number == at,
    });
    let lines: Vec<Line> = lines.filter(|line| line.marked || !line.text.trim().is_empty()).collect();
    let path = format!("{}{}", scene.prefix, document.path());
    let help = finding.help.as_deref().unwrap_or_default();
    Problem {
        severity,
        class,
        icon,
        message: sentence(&finding.message),
        help: if help.is_empty() { Vec::new() } else { sentence(help) },
        lines: if lines.iter().any(|line| line.marked && !line.text.is_empty()) { lines } else { Vec::new() },
        place: format!("{}:{at}", visible(&path)),
        href: scenery.faces[finding.document].href.clone(),
        source: source_of(scenery, finding.document, Some(at)),
        rule: finding.rule,
        line: at,
    }
}

/// A document's file on the forge, at a line; empty where the forge isn't known.
pub(super) fn source_of(scenery: &Scenery<'_>, document: usize, line: Option<u32>) -> String {
    let scene = &scenery.scene;
    let Some(repository) = scene.config.site.repository.as_deref() else { return String::new() };
    let path = encode(&format!("{}{}", scene.prefix, scene.collection.documents[document].path()));
    let line = line.map(|line| format!("#L{line}")).unwrap_or_default();
    format!("{}/blob/HEAD/{path}{line}", repository.trim_end_matches('/'))
}
