//! How far the text says the work is: `62% overall`, `**Progress**: 3/8`, `[████░░] 62%`, `Phase 5 of 7`, `On track`.

use super::outline::Outline;
use super::text;
use super::topic::Topics;
use crate::model::CurrentPhase;
use crate::read::body::{Content, Said};
use crate::source::{Source, Spanned};

/// Labels of a line that gives the share.
const SHARE: &[&str] = &[
    "progress",
    "overall progress",
    "total progress",
    "completion",
    "overall completion",
    "overall",
    "percent complete",
    "complete",
    "completed",
    "done",
    "fortschritt",
    "progreso",
    "progresso",
];
/// Of these, those that may stand outside of sections about progress.
const PLAIN: &[&str] = &["overall progress", "overall completion", "total progress"];
/// Labels of a line that names the phase.
const PHASE: &[&str] = &["current phase", "phase", "aktuelle phase", "fase actual", "fase atual"];
/// Labels of a line that says how it goes, and words that say so alone.
const COURSE: &[&str] = &["on track", "health", "overall health", "schedule status", "rag status", "rag"];
const COURSES: &[&str] = &["on track", "at risk", "off track", "behind schedule", "ahead of schedule", "delayed"];

/// What the text declares.
#[derive(Debug, Default)]
pub struct Declared {
    /// The share of the work, in percent.
    pub share: Option<Spanned<u32>>,
    /// The phase it is in.
    pub phase: Option<Spanned<CurrentPhase>>,
    /// How it goes.
    pub course: Option<Spanned<String>>,
}

/// Reads the lines outside of phases: at the top, at the foot, and in sections about progress.
pub fn read(source: &Source, outline: &Outline<'_>, inside: &[Option<usize>]) -> Declared {
    let mut declared = Declared::default();
    for (at, block) in outline.blocks.iter().enumerate() {
        if block.under.is_some_and(|under| inside[under].is_some()) {
            continue;
        }
        let topical = outline.about(at).has(Topics::PROGRESS);
        let top = block.under.is_none_or(|under| outline.headings[under].level == 1);
        match &block.content {
            Content::Paragraph(said) => said.iter().for_each(|said| line(source, said, topical, top, &mut declared)),
            Content::Item(item) if item.mark.is_none() && item.depth == 0 => {
                item.said.iter().for_each(|said| line(source, said, topical, top, &mut declared));
            }
            Content::Fence(fence) if topical && declared.share.is_none() => {
                let lines = (fence.first..=fence.last).take(20);
                declared.share = lines.filter(|line| bar(source.line(*line as usize))).find_map(|line| {
                    let share = percent(source.line(line as usize))?;
                    Some(Spanned::new(share, source.line_span(line as usize)))
                });
            }
            _ => {}
        }
    }
    declared
}

fn line(source: &Source, said: &Said, topical: bool, top: bool, declared: &mut Declared) {
    let placed = topical || top;
    let plain = |label: &String| PLAIN.iter().any(|name| label.eq_ignore_ascii_case(name));
    let elsewhere = || said.label.as_ref().map_or_else(|| said.text.starts_with(['o', 'O', 't', 'T', 'c', 'C']), plain);
    let current = || said.label.as_deref().is_some_and(|label| label.eq_ignore_ascii_case(PHASE[0]));
    if !placed && !elsewhere() && !current() {
        return;
    }
    let span = || source.line_span(said.line as usize);
    let (label, value) = match (&said.label, text::pair(&said.text)) {
        (Some(label), _) => (label.to_lowercase(), said.text.as_str()),
        (None, Some((label, value))) => (label.to_lowercase(), value),
        (None, None) => (String::new(), said.text.as_str()),
    };
    let placed = topical || top || PLAIN.contains(&label.as_str());
    let named = SHARE.contains(&label.as_str()) && placed;
    let overall = topical
        && label.is_empty()
        && value.len() <= 80
        && ["overall", "complete", "done"].iter().any(|word| value.to_lowercase().contains(word));
    if declared.share.is_none() && (named || bar(value) && (topical || top) || overall) {
        declared.share =
            percent(value).or_else(|| fraction(value).filter(|_| named)).map(|share| Spanned::new(share, span()));
    }
    let first = label == "current phase" || topical || top;
    if declared.phase.is_none() && PHASE.contains(&label.as_str()) && first {
        let counted = |phase: &CurrentPhase| label != "phase" || phase.of.is_some();
        declared.phase = phase(value).filter(counted).map(|phase| Spanned::new(phase, span()));
    }
    if declared.course.is_none() && (topical || top) && text::value(value).is_some() {
        let word = |value: &str| {
            COURSES.iter().find(|word| text::starts_with_word(value, &[word])).map(|word| (*word).to_string())
        };
        let course = match COURSE.contains(&label.as_str()) {
            true if label == "on track" && text::starts_with_word(value, &["yes", "✅"]) => {
                Some("on track".to_string())
            }
            true if label == "on track" && text::starts_with_word(value, &["no"]) => Some("off track".to_string()),
            true => word(value).or_else(|| text::value(value).filter(|value| !value.contains('/'))),
            false if matches!(label.as_str(), "" | "status" | "current status" | "overall status") => word(value),
            false => None,
        };
        declared.course = course.map(|course| Spanned::new(course, span()));
    }
}

/// The first number before a percent sign; no placeholder and no range.
pub fn percent(text: &str) -> Option<u32> {
    let at = text.find('%')?;
    // `100% (planning phase)` is the share of a phase
    if text[at..].to_lowercase().contains("phase") {
        return None;
    }
    let head = text[..at].trim_end();
    let start = head
        .rfind(|c: char| !c.is_ascii_digit() && c != '.')
        .map_or(0, |at| at + head[at..].chars().next().map_or(1, char::len_utf8));
    let number: f64 = head[start..].parse().ok()?;
    (0.0..=100.0).contains(&number).then(|| number.round() as u32)
}

/// `3/8`, `3 of 8 tasks`.
fn fraction(text: &str) -> Option<u32> {
    let (done, rest) = number(text.trim_start_matches(|c: char| !c.is_ascii_alphanumeric()))?;
    let rest = rest.trim_start();
    let rest = rest.strip_prefix('/').or_else(|| rest.strip_prefix("of "))?;
    let (total, _) = number(rest.trim_start())?;
    (total > 0 && done <= total).then(|| (done * 100 + total / 2) / total)
}

/// `5 of 7`, `Phase 5 of 7`, `Phase 2b: Backfill`, `3/6`.
fn phase(text: &str) -> Option<CurrentPhase> {
    let text = text.trim();
    let rest = ["Phase ", "phase ", "PHASE "].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(rest.len());
    let number_of = rest[..end].trim_end_matches('.');
    if !number_of.starts_with(|c: char| c.is_ascii_digit()) || number_of.len() > 5 {
        return None;
    }
    let after = rest[end..].trim_start();
    let of = after.strip_prefix('/').or_else(|| after.strip_prefix("of ")).and_then(|after| number(after.trim_start()));
    Some(CurrentPhase { number: number_of.to_string(), of: of.map(|(of, _)| of) })
}

fn number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let number = text[..end].parse().ok().filter(|number| *number <= 100_000)?;
    Some((number, &text[end..]))
}

/// A drawn bar.
fn bar(text: &str) -> bool {
    text.contains(['█', '▓', '░', '▒', '■', '▰', '▱'])
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;

    fn declared(text: &str) -> String {
        let seen = shown(text, |anatomy| {
            let share = anatomy.declared.as_ref().map_or("-".into(), |share| share.value.to_string());
            let phase = anatomy
                .current
                .as_ref()
                .map_or("-".into(), |phase| format!("{}/{:?}", phase.value.number, phase.value.of));
            let course = anatomy.course.as_ref().map_or("-".into(), |course| course.value.clone());
            vec![format!("{share} {phase} {course}")]
        });
        seen.join("")
    }

    #[test]
    fn what_the_text_declares() {
        for (text, want) in [
            (
                "## Progress Tracking\n### Overall Progress\n**Completion:** 62% overall\n\n**On track:** Yes\n",
                "62 - on track",
            ),
            ("# T\n**Current Phase:** Phase 5 of 7\n", "- 5/Some(7) -"),
            ("# T\n**Progress**: 3/8\n", "38 - -"),
            ("# T\nProgress: [████░░] 62%\n", "62 - -"),
            ("## Progress\n```\n[██████░░] 75%\n```\n", "75 - -"),
            ("# T\n**Status:** On track\n", "- - on track"),
            ("## Text\nOverall progress: 62%\n", "62 - -"),
            ("## Text\n**Progress**: a student's 40% share\n", "- - -"),
            ("## Progress\n**Completion:** [X]% overall\n\n**On track:** [Yes/No/At Risk]\n", "- - -"),
            ("# T\n**Progress**: 100% (planning phase)\n", "- - -"),
            ("## Phase 1: A\n**Progress:** 40%\n", "- - -"),
        ] {
            assert_eq!(declared(text), want, "{text}");
        }
    }
}
