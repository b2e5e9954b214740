//! Findings for a terminal and for logs: place and fact on one line, then the source line with a caret, then the help.

use std::collections::BTreeMap;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::people::People;
use super::{Format, Group, Report, escape};
use crate::diagnostic::{Finding, Severity};
use crate::source::Span;
use crate::words;

pub(super) const FORMAT: Format =
    Format { name: "text", about: "for people: place, fact, source line, help", print, summary: None };

/// A snippet's line is cut to this many characters around the caret.
const WIDTH: usize = 160;

fn print(report: &Report<'_>, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for (name, findings) in groups(report) {
        if let Some(name) = name {
            out +=
                &format!("== {}: {}\n\n", words::visible(&name), words::count(findings.len(), "finding", "findings"));
        }
        for finding in findings {
            out += &one(report, finding, &renderer);
            out.push('\n');
        }
    }
    escape::log(&format!("{out}{}\n", report.tally()))
}

/// The findings in their groups. Those of documents with several owners are told to each of them.
fn groups<'a>(report: &Report<'a>) -> Vec<(Option<String>, Vec<&'a Finding>)> {
    let Some(group) = report.group else { return vec![(None, report.findings().iter().collect())] };
    let mut groups: BTreeMap<String, Vec<&Finding>> = BTreeMap::new();
    let people = People::of(report);
    for finding in report.findings() {
        let owners = || people.called(&report.owners(finding.document));
        let names = match group {
            Group::Owner | Group::Week => owners(),
            Group::Rule => vec![finding.rule.to_string()],
            Group::Path => vec![report.file(finding.document)],
            Group::Kind => vec![report.document(finding).kind.entry().word.to_string()],
        };
        names.into_iter().for_each(|name| groups.entry(name).or_default().push(finding));
    }
    // the empty name sorts first
    let named = |name: String| if name.is_empty() { "without an owner".to_string() } else { name };
    groups.into_iter().map(|(name, findings)| (Some(named(name)), findings)).collect()
}

fn one(report: &Report<'_>, finding: &Finding, renderer: &Renderer) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Notice => Level::NOTE.with_name("notice"),
    };
    let message = words::visible(&finding.message);
    let title = level.primary_title(&message).id(finding.rule);
    let line = finding.start.line as usize;
    let (source, span) = report.words(finding);
    let (text, caret) = excerpt(source.line(line), source.line_span(line), span);
    let snippet = Snippet::source(&text).line_start(line).fold(false).annotation(AnnotationKind::Primary.span(caret));
    let help = finding.help.as_deref().map(words::visible);
    let mut group = title.element(snippet);
    if let Some(help) = &help {
        group = group.element(Level::HELP.message(help));
    }
    let place = format!("{}:{}:{}", words::visible(&report.place(finding)), finding.start.line, finding.start.column);
    format!("{place}: {}\n", renderer.render(&[group]))
}

/// A line, cut to a readable width, with control characters made visible, and the span's bytes in it.
fn excerpt(line: &str, line_span: Span, span: Span) -> (String, std::ops::Range<usize>) {
    let offset = |at: u32| (at.saturating_sub(line_span.start) as usize).min(line.len());
    let (start, end) = (floor(line, offset(span.start)), floor(line, offset(span.end)));
    let before: Vec<char> = line[..start].chars().collect();
    let skipped = before.len().saturating_sub(WIDTH / 2);
    let head = words::visible(&before[skipped..].iter().collect::<String>());
    let head = if skipped > 0 { format!("…{head}") } else { head };
    let marked: String = line[start..end.max(start)].chars().take(WIDTH).collect();
    let tail: String = line[end.max(start)..].chars().take(WIDTH / 2).collect();
    let marked = words::visible(&marked);
    let range = head.len()..(head.len() + marked.len()).max(head.len());
    (format!("{head}{marked}{}", words::visible(&tail)), range)
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_and_control_characters() {
        let line = format!("{}\u{1b}[31mX{}", "a".repeat(500), "b".repeat(500));
        let (text, caret) = excerpt(&line, Span::new(0, line.len()), Span::new(505, 506));
        assert_eq!(&text[caret], "X");
        assert!(text.chars().count() < 250 && !text.contains('\u{1b}'), "{text}");
    }
}
