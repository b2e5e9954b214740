//! Findings for a terminal and for logs: place and fact on one line, then the source line with a caret, then the help.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::{Format, Report};
use crate::diagnostic::{Finding, Severity};
use crate::source::Span;
use crate::words;

pub(super) const FORMAT: Format = Format { name: "text", about: "for people: place, fact, source line, help", print };

/// A snippet's line is cut to this many characters around the caret.
const WIDTH: usize = 160;

fn print(report: &Report<'_>, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for finding in &report.scene.judgement.findings {
        out += &one(report, finding, &renderer);
        out.push('\n');
    }
    let counts = report.counts();
    let mut parts = vec![words::count(report.scene.collection.documents.len(), "document", "documents")];
    let numbers = [
        (counts.errors, "error", "errors"),
        (counts.warnings, "warning", "warnings"),
        (counts.notices, "notice", "notices"),
    ];
    parts.extend(
        numbers.iter().filter(|(number, ..)| *number > 0).map(|(number, one, many)| words::count(*number, one, many)),
    );
    if counts.errors + counts.warnings + counts.notices == 0 {
        parts.push("no findings".into());
    }
    out + &format!("{}, as of {}\n", parts.join(", "), report.scene.today)
}

fn one(report: &Report<'_>, finding: &Finding, renderer: &Renderer) -> String {
    let document = &report.scene.collection.documents[finding.document];
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Notice => Level::NOTE.with_name("notice"),
    };
    let message = words::visible(&finding.message);
    let title = level.primary_title(&message).id(finding.rule);
    let line = finding.start.line as usize;
    let (text, caret) = excerpt(document.source.line(line), document.source.line_span(line), finding.span);
    let snippet = Snippet::source(&text).line_start(line).fold(false).annotation(AnnotationKind::Primary.span(caret));
    let help = finding.help.as_deref().map(words::visible);
    let mut group = title.element(snippet);
    if let Some(help) = &help {
        group = group.element(Level::HELP.message(help));
    }
    let place = format!(
        "{}{}:{}:{}",
        report.scene.prefix,
        words::visible(document.path()),
        finding.start.line,
        finding.start.column
    );
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
