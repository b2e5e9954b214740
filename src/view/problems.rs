//! The findings, as `plansite check` prints them: what, why it matters here, what to do, and the line itself.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diagnostic::{Finding, Severity};
use crate::view::{Page, PageEntry, Run, Scenery, Slot, Tab, encode, framed, sentence, visible};
use crate::words;

pub(super) const PAGE: PageEntry =
    PageEntry { name: "problems", address: "problems/", title: "Problems", icon: "broken", nav: true, slots, page };

/// More findings than this are counted, not shown.
const SHOWN: usize = 300;

/// What the findings are grouped by on pages of their own.
const BY: &[(By, &str, &str)] =
    &[(By::Severity, "Severity", "problems/"), (By::File, "File", BY_FILE), (By::Owner, "Owner", BY_OWNER)];
const BY_FILE: &str = "problems/by-file/";
const BY_OWNER: &str = "problems/by-owner/";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Severity,
    File,
    Owner,
}

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
    /// `3 more are suppressed in the files.`, or empty.
    suppressed: String,
    tabs: Vec<SeverityTab>,
    /// The groupings to choose from.
    by: Vec<Tab>,
    /// The problems in their groups.
    groups: Vec<Group>,
    /// `5 more`, or empty.
    more: String,
    /// There are no findings at all.
    good: bool,
}

/// Findings that have something in common.
#[derive(Serialize)]
struct Group {
    /// A file, an owner; empty where the page has one group only.
    label: String,
    /// The page of it; empty where there is none.
    href: String,
    /// `from CODEOWNERS`, or empty.
    note: &'static str,
    count: usize,
    rows: Vec<Problem>,
}

#[derive(Serialize)]
struct SeverityTab {
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
    /// Name of the rule.
    pub rule: &'static str,
    /// The line, from 1.
    pub line: u32,
}

#[derive(Debug, Serialize)]
pub(super) struct Line {
    /// Its number, from 1.
    pub number: u32,
    pub text: String,
    /// The finding is in this line.
    pub marked: bool,
}

fn slots(scenery: &Scenery<'_>) -> Vec<Slot> {
    let shown = |(severity, ..): &(Option<Severity>, &str, &str)| severity.is_none() || count(scenery, *severity) > 0;
    let tabs = TABS.iter().enumerate().filter(|(_, tab)| shown(tab));
    let tabs = tabs.map(|(of, (_, _, address))| Slot::at(&PAGE, address, of, 0));
    let by = BY.iter().enumerate().skip(1).filter(|_| count(scenery, None) > 0);
    tabs.chain(by.map(|(at, (_, _, address))| Slot::at(&PAGE, address, 0, at))).collect()
}

fn of<'s>(scenery: &'s Scenery<'_>, severity: Option<Severity>) -> impl Iterator<Item = &'s Finding> {
    let findings = &scenery.scene.judgement.findings;
    findings.iter().filter(move |finding| severity.is_none_or(|severity| severity == finding.severity))
}

fn count(scenery: &Scenery<'_>, severity: Option<Severity>) -> usize {
    of(scenery, severity).count()
}

fn page<'a>(scenery: &Scenery<'a>, slot: &Slot) -> Page<'a> {
    let ((severity, label, _), (by, named, _)) = (TABS[slot.of], BY[slot.part]);
    let mut shown: Vec<&Finding> = of(scenery, severity).collect();
    // The worst first; within a severity as everywhere by path and place.
    shown.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let all = shown.len();
    let rest = all.saturating_sub(SHOWN);
    shown.truncate(SHOWN);
    let tab = |(at, (severity, label, address)): (usize, &(Option<Severity>, &'static str, &str))| SeverityTab {
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
    let other = |(at, (_, label, address)): (usize, &(By, &'static str, &str))| Tab {
        label,
        href: format!("{address}index.html"),
        current: at == slot.part,
    };
    let suppressed = scenery.scene.judgement.suppressed.len();
    let view = Problems {
        lead: lead(scenery),
        suppressed: match suppressed {
            0 => String::new(),
            1 => "1 more is suppressed in its file.".into(),
            more => format!("{more} more are suppressed in the files."),
        },
        tabs: TABS.iter().enumerate().map(tab).filter(|tab| tab.count > 0 || tab.icon.is_empty()).collect(),
        by: BY.iter().enumerate().map(other).collect(),
        groups: grouped(scenery, by, &shown),
        more: if rest > 0 { format!("{rest} more. plansite check lists all {all}") } else { String::new() },
        good: scenery.scene.judgement.findings.is_empty(),
    };
    let title = match (severity, by) {
        (Some(_), _) => format!("{}: {}", PAGE.title, label.to_lowercase()),
        (None, By::Severity) => PAGE.title.to_string(),
        (None, _) => format!("{} by {}", PAGE.title, named.to_lowercase()),
    };
    framed(scenery, slot, "problems.html", &title, view)
}

/// Findings in their groups: files by path; owners by name, after what nobody answers for.
fn grouped(scenery: &Scenery<'_>, by: By, shown: &[&Finding]) -> Vec<Group> {
    let scene = &scenery.scene;
    let mut groups: BTreeMap<(bool, String), Group> = BTreeMap::new();
    for finding in shown {
        let mut add = |key: (bool, String), href: String, note| {
            let new = || Group { label: key.1.clone(), href, note, count: 0, rows: Vec::new() };
            let group = groups.entry(key.clone()).or_insert_with(new);
            group.count += 1;
            group.rows.push(problem_of(scenery, finding));
        };
        match by {
            By::Severity => add((false, String::new()), String::new(), ""),
            By::File => {
                let path = visible(&format!("{}{}", scene.prefix, scene.collection.documents[finding.document].path()));
                add((false, path), scenery.faces[finding.document].href.clone(), "");
            }
            By::Owner => {
                let (people, fallback) = scenery.answerable(finding.document);
                let note = if fallback { "from CODEOWNERS" } else { "" };
                if people.is_empty() {
                    add((false, "No owner".into()), String::new(), "");
                }
                people.into_iter().for_each(|person| add((true, person.name), person.href, note));
            }
        }
    }
    groups.into_values().collect()
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
