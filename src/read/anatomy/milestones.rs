//! Milestones: rows of tables, items of lists, headings below `Milestones`, and timelines drawn in a fence.

use super::outline::Outline;
use super::topic::Topics;
use super::{columns, text};
use crate::model::Milestone;
use crate::read::body::{Block, Content, Fence, Item, Table};
use crate::source::Source;

/// Heads of the column that names the milestone.
const TITLE: &[&str] = &["milestone", "milestones", "key milestone", "meilenstein", "hito", "marco", "jalon", "里程碑"];
/// Heads of the column that says what it is, where its name is only `M1`.
const DESCRIPTION: &[&str] =
    &["description", "name", "title", "deliverable", "deliverables", "event", "beschreibung", "descripción"];
const WHEN: &[&str] = &[
    "target date",
    "target",
    "date",
    "due date",
    "due",
    "deadline",
    "when",
    "eta",
    "planned",
    "week",
    "end",
    "datum",
    "termin",
    "fecha",
    "data",
    "échéance",
];
const STATUS: &[&str] = &["status", "state", "done", "estado"];
const ACTUAL: &[&str] = &["actual", "actual date", "completed", "achieved"];
/// What a time without a day begins with.
const SPANS: &[&str] =
    &["week", "weeks", "day", "month", "sprint", "q1", "q2", "q3", "q4", "kw", "woche", "semana", "semaine"];
/// Labels in such a section that state something else.
const OTHER: &[&str] = &[
    "start",
    "end",
    "start date",
    "end date",
    "total",
    "total duration",
    "duration",
    "overall",
    "phase",
    "note",
    "notes",
    "estimated",
    "goal",
    "deliverables",
    "tasks",
    "owner",
    "status",
    "criteria",
    "exit criteria",
    "acceptance",
    "result",
    "proof",
];

/// All milestones, in the order of the text. `inside` is the phase of each heading.
pub fn read(source: &Source, outline: &Outline<'_>, inside: &[Option<usize>]) -> Vec<Milestone> {
    let mut found = Vec::new();
    let mut heading = 0;
    for (at, block) in outline.blocks.iter().enumerate() {
        let under = block.under.map_or(0, |under| under + 1);
        (heading.max(1)..=under).for_each(|passed| found.extend(headed(outline, passed - 1, inside)));
        heading = heading.max(under + 1);
        let about = outline.about(at);
        match &block.content {
            Content::Table(table) => rows(table, about, &mut found),
            // the lists of a phase are its tasks, whatever it is called
            Content::Item(_) if block.under.is_some_and(|under| inside[under].is_some()) => {}
            Content::Item(item) if about.has(Topics::MILESTONES) => found.extend(listed(outline, block, item, false)),
            Content::Item(item) if about.has(Topics::TIMELINE) => found.extend(listed(outline, block, item, true)),
            Content::Fence(fence) => {
                let named = about.has(Topics::MILESTONES) || about.has(Topics::TIMELINE);
                drawn(source, fence, named, &mut found);
            }
            _ => {}
        }
    }
    (heading.max(1)..=outline.headings.len()).for_each(|passed| found.extend(headed(outline, passed - 1, inside)));
    found
}

/// A heading right below one that is about milestones and nothing else.
fn headed(outline: &Outline<'_>, at: usize, inside: &[Option<usize>]) -> Option<Milestone> {
    let above = outline.parent(at)?;
    let heading = &outline.headings[at];
    let child = outline.headings[above].level + 1 == heading.level;
    let named = outline.names(above, Topics::MILESTONES) && !outline.names(above, Topics::TIMELINE);
    if !child
        || !named
        || inside[at].is_some()
        || text::starts_with_word(&heading.text, OTHER)
        || heading.text.starts_with('(')
    {
        return None;
    }
    let section = outline.section(at);
    let said = section.first().and_then(|block| block.said().first());
    let below = said.and_then(|said| {
        said.label.as_deref().filter(|label| WHEN.contains(&label.to_lowercase().as_str())).map(|_| said.text.as_str())
    });
    let mut milestone = dated(&heading.text, heading.line)?;
    let numbered = heading.text.contains(|c: char| c.is_ascii_digit());
    if let Some(below) = below {
        milestone.date = milestone.date.or(text::day(below).map(|(day, _)| day));
        milestone.when = milestone.when.or_else(|| text::value(below));
    }
    milestone.done = text::has_tick(&heading.text);
    (numbered || milestone.when.is_some()).then_some(milestone)
}

fn rows(table: &Table, about: Topics, found: &mut Vec<Milestone>) {
    let when = columns::like(table, WHEN);
    let (status, actual) = (columns::exact(table, STATUS), columns::exact(table, ACTUAL));
    let named = columns::exact(table, TITLE);
    let told = columns::exact(table, DESCRIPTION);
    let title = named.or(told.filter(|_| about.has(Topics::MILESTONES) && when.is_some()));
    let Some(title) = title.filter(|title| {
        let placed = about.has(Topics::MILESTONES) || about.has(Topics::TIMELINE);
        (when.is_some() || status.is_some() || placed) && when != Some(*title)
    }) else {
        return;
    };
    for row in &table.rows {
        let Some(name) = columns::cell(row, Some(title)).and_then(text::title) else { continue };
        let told = columns::value(row, told.filter(|told| *told != title)).filter(|_| name.len() <= 4);
        let when = columns::value(row, when).filter(|when| !crate::read::placeholder::within(when));
        let done = match columns::value(row, status) {
            Some(status) => text::is_done(&status),
            None => columns::value(row, actual).is_some(),
        };
        found.push(Milestone {
            title: told.map_or_else(|| name.clone(), |told| format!("{name}: {told}")),
            date: when.as_deref().and_then(text::day).map(|(day, _)| day),
            when,
            done: done || text::has_tick(&name),
            line: row.line,
        });
    }
}

/// `- **2026-03-01:** Launch`, `- [x] **Milestone 1**: Launch - 1 March 2026`, `- Week 4: Beta`.
fn listed(outline: &Outline<'_>, block: &Block, item: &Item, day_needed: bool) -> Option<Milestone> {
    let first = item.said.first()?;
    let below =
        item.parent.is_some_and(|parent| !outline.blocks[parent].said().iter().any(|said| said.text.is_empty()));
    let label = first.label.as_deref().unwrap_or("");
    if below || text::starts_with_word(label, OTHER) || text::is_nothing(&first.whole()) {
        return None;
    }
    let mut milestone = dated(&first.whole(), block.line)?;
    // a time of day makes it an entry of a log
    let clock = first
        .whole()
        .as_bytes()
        .windows(5)
        .any(|part| part[2] == b':' && part[0].is_ascii_digit() && part[4].is_ascii_digit());
    if day_needed && (milestone.date.is_none() || clock) {
        return None;
    }
    for said in item.said.iter().skip(1) {
        let named = said.label.as_deref().is_some_and(|label| WHEN.contains(&label.to_lowercase().as_str()));
        if named && milestone.when.is_none() {
            milestone.date = text::day(&said.text).map(|(day, _)| day);
            milestone.when = text::value(&said.text);
        }
    }
    let ticked = matches!(item.mark, Some(Some('x' | 'X' | '✅' | '✓' | '✔')));
    let signed = text::has_tick(&first.text) || text::has_tick(label);
    milestone.done = ticked || signed;
    Some(milestone)
}

/// Title and time from a line.
fn dated(line: &str, number: u32) -> Option<Milestone> {
    let marks = ['▲', '✅', '✓', '✔', '☑', '⏳', '🔄', '🎯', ' ', '\u{fe0f}'];
    let line = line.trim().trim_matches(marks);
    let mut milestone = Milestone { line: number, ..Milestone::default() };
    let named = |title: &str| {
        let title = title.trim();
        let bare = ["Milestone ", "milestone "].iter().find_map(|word| title.strip_prefix(word));
        // `Milestone 1: Launch` is `Launch`, but `M1: Launch` keeps its name
        let rest =
            bare.and_then(|bare| bare.split_once(':')).filter(|(number, _)| number.chars().all(|c| c.is_ascii_digit()));
        text::title(&text::short(rest.map_or(title, |(_, rest)| rest)))
    };
    if let Some((day, range)) = text::day(line) {
        milestone.date = Some(day);
        milestone.when = Some(line[range.clone()].to_string());
        milestone.title = named(&text::without(line, range))?;
        return Some(milestone);
    }
    if text::starts_with_word(line, SPANS)
        && let Some((when, title)) =
            line.split_once(": ").or_else(|| line.split_once(" - ")).or_else(|| line.split_once(" — "))
        && when.len() <= 30
    {
        milestone.when = text::value(when);
        milestone.title = named(title)?;
        return Some(milestone);
    }
    // `Launch - [Date]` is a line of a template
    let open = line.rsplit_once(" - ").is_some_and(|(_, last)| crate::read::placeholder::is_whole(last));
    milestone.title = named(line).filter(|_| !open)?;
    Some(milestone)
}

/// Lines below `Milestones:` in a drawing, `Week 8: Launch ▲`, and milestones of a Mermaid chart.
fn drawn(source: &Source, fence: &Fence, named: bool, found: &mut Vec<Milestone>) {
    if !named && fence.info != "mermaid" {
        return;
    }
    let mut listing = false;
    for number in fence.first..=fence.last {
        let line = source.line(number as usize).trim();
        if fence.info == "mermaid" {
            let Some((title, rest)) =
                line.split_once(':').filter(|(_, rest)| rest.split(',').any(|part| part.trim() == "milestone"))
            else {
                continue;
            };
            let date = text::day(rest);
            let Some(title) = text::title(title) else { continue };
            let when = date.as_ref().map(|(_, range)| rest[range.clone()].to_string());
            let done = rest.split(',').any(|part| part.trim() == "done");
            found.push(Milestone { title, date: date.map(|(day, _)| day), when, done, line: number });
        } else if line.to_lowercase().trim_end_matches(':').ends_with("milestones") && line.len() <= 30 {
            listing = true;
        } else if line.is_empty() {
            listing &= found.last().is_none_or(|last| last.line + 1 != number);
        } else if listing || (line.contains(['▲', '◆']) || line.contains("‚ñ≤")) && line.contains(": ") {
            let line = line.replace("‚ñ≤", " ").replace(['▲', '◆', '│', '●'], " ");
            found.extend(dated(line.trim(), number).filter(|milestone| milestone.when.is_some()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;

    fn milestones(text: &str) -> Vec<String> {
        shown(text, |anatomy| {
            let line = |milestone: &super::Milestone| {
                let date = milestone.date.map_or("-".into(), |day| day.to_string());
                let when = milestone.when.clone().unwrap_or_else(|| "-".into());
                format!("{} {} | {date} | {when} | {}", milestone.line, milestone.title, milestone.done)
            };
            anatomy.milestones.iter().map(line).collect()
        })
    }

    #[test]
    fn lists() {
        assert_eq!(
            milestones(
                "## Milestones\n- **2026-03-01:** Launch\n- [x] **Milestone 1**: Ready - 1 March 2026\n- **M2**: Core done\n- Week 4: Beta ✅\n- **[Date 1]:** [Milestone 1]\n"
            ),
            [
                "2 Launch | 2026-03-01 | 2026-03-01 | false",
                "3 Ready | 2026-03-01 | 1 March 2026 | true",
                "4 M2: Core done | - | - | false",
                "5 Beta | - | Week 4 | true"
            ]
        );
        assert_eq!(
            milestones(
                "## Timeline\n- 2019-05-17 (Fri) hard deadline\n- **Phase 1**: 7 days\n- Total: 4 weeks\n- 2026-05-02 02:13:08 begun\n\n**Key milestones:**\n- **[Date 1]:** [Milestone 1]\n- **May 2026:** Done\n"
            ),
            ["2 (Fri) hard deadline | 2019-05-17 | 2019-05-17 | false", "9 Done | 2026-05-31 | May 2026 | false"]
        );
        assert_eq!(milestones("## 6.2 Key Milestones\n- [ ] **Milestone 1**: [Description] - [Date]\n"), [""; 0]);
    }

    #[test]
    fn tables() {
        assert_eq!(
            milestones(
                "## L3: MILESTONES\n| Milestone | Description | Success Criteria | Target |\n|-|-|-|-|\n| M1 | Foundation | it runs | Day 1 EOD |\n| M2 | [Core Done] | x | [Date/Phase] |\n"
            ),
            ["4 M1: Foundation | - | Day 1 EOD | false", "5 M2 | - | - | false"]
        );
        assert_eq!(
            milestones(
                "## Roadmap\n| Date | Status | Milestone |\n|-|-|-|\n| 2026-04-01 | ✅ Done | Beta |\n| Q3 | open | GA |\n"
            ),
            ["4 Beta | 2026-04-01 | 2026-04-01 | true", "5 GA | - | Q3 | false"]
        );
    }

    #[test]
    fn drawings_and_headings() {
        assert_eq!(
            milestones(
                "## Timeline\n```\nWeek 1-2:  Phase 1 [====]\n\nMilestones:\nWeek 2:  Dug ▲\n2026-05-01: Launch    ▲\n```\n"
            ),
            ["6 Dug | - | Week 2 | false", "7 Launch | 2026-05-01 | 2026-05-01 | false"]
        );
        assert_eq!(
            milestones("```mermaid\ngantt\n  Launch :milestone, m1, 2026-03-01, 0d\n  Work :a, 2026-01-01, 3d\n```\n"),
            ["3 Launch | 2026-03-01 | 2026-03-01 | false"]
        );
        assert_eq!(
            milestones(
                "## Milestones\n### v0.13.0 (2026-07-23)\n| # | Item |\n|-|-|\n| 1 | x |\n### Details\n## Next\n### More\n"
            ),
            ["2 v0.13.0 | 2026-07-23 | 2026-07-23 | false"]
        );
    }
}
