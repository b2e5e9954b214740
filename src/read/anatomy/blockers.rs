//! Blockers: items and rows of sections that hold them, dependencies marked as blocked, `**Blocked by:**` lines, blocked
//! tasks and phases.

use super::outline::Outline;
use super::topic::Topics;
use super::{columns, text};
use crate::date;
use crate::model::{Blocker, Phase, Task, TaskState};
use crate::read::body::{Block, Content, Item, Said, Table};

const TITLE: &[&str] = &[
    "blocker",
    "blockers",
    "blocked by",
    "blocking issue",
    "dependency",
    "issue",
    "item",
    "description",
    "hindernis",
    "bloqueo",
    "bloqueio",
];
const STATUS: &[&str] = &["status", "state", "estado"];
const OWNER: &[&str] = &["owner", "responsible", "assignee", "who", "verantwortlich", "responsable", "responsável"];
const IMPACT: &[&str] = &["impact", "impact if blocked", "blocks", "blocking", "affects", "task id", "auswirkung"];
const ETA: &[&str] = &["eta", "expected", "resolution date", "due", "target", "target date", "date"];

/// Labels of a line that names what is waited for.
const LABELS: &[&str] = &[
    "blocked by",
    "blocked on",
    "blocker",
    "blockers",
    "current blockers",
    "active blockers",
    "waiting for",
    "waiting on",
    "blockiert durch",
    "bloqueado por",
];
/// Headings below which such lines tell how to act, not what is missing.
const RULES: &[&str] = &[
    "communication",
    "escalation",
    "checkpoint",
    "protocol",
    "workflow",
    "template",
    "guideline",
    "process",
    "instruction",
    "rules",
];
/// What a line says that gives an order instead.
const ORDERS: &[&str] = &["immediate", "report", "escalate", "keine", "ninguno", "nenhum", "aucun", "[none", "clear"];
/// Labels of lines below a blocker and what they fill.
const LINES: &[(&str, Part)] = &[
    ("owner", Part::Owner),
    ("responsible", Part::Owner),
    ("assignee", Part::Owner),
    ("impact", Part::Impact),
    ("blocks", Part::Impact),
    ("eta", Part::Eta),
    ("expected", Part::Eta),
    ("due", Part::Eta),
];

#[derive(Clone, Copy)]
enum Part {
    Owner,
    Impact,
    Eta,
}

/// All blockers, by line.
pub fn read(outline: &Outline<'_>, phases: &[Phase], tasks: &[Task]) -> Vec<Blocker> {
    let mut found = Vec::new();
    let numbered: Vec<Option<Blocker>> = (0..outline.headings.len()).map(|at| headed(outline, at)).collect();
    for (at, block) in outline.blocks.iter().enumerate() {
        let about = outline.about(at);
        // what stands below `### Blocker 2: …` belongs to it
        if outline.chain(block.under).any(|above| numbered[above].is_some()) {
            continue;
        }
        match &block.content {
            Content::Table(table) => rows(table, about, &mut found),
            Content::Item(item) if about.has(Topics::BLOCKERS) => found.extend(listed(outline, at, block, item)),
            Content::Item(item) => {
                let dependency = about.has(Topics::DEPENDENCIES) && item.depth == 0;
                let held = item.said.first().filter(|said| dependency && is_held(&said.whole()));
                let title = held.and_then(|said| text::title(&bare(&said.whole())));
                match title {
                    Some(title) => found.push(Blocker { title, line: block.line, ..Blocker::default() }),
                    None => lines(outline, block, &item.said, &mut found),
                }
            }
            Content::Paragraph(said) => lines(outline, block, said, &mut found),
            Content::Fence(_) => {}
        }
    }
    found.extend(numbered.into_iter().flatten().filter(|blocker| !blocker.title.is_empty()));
    let task = |task: &Task| {
        let title = text::title(&task.text)?;
        Some(Blocker {
            title,
            owner: task.detail.as_ref().and_then(|own| own.owner.clone()),
            line: task.line,
            ..Blocker::default()
        })
    };
    found.extend(tasks.iter().filter(|task| task.state == TaskState::Blocked).filter_map(task));
    let phase = |phase: &Phase| {
        let title = text::title(&format!("Phase {}: {}", phase.number, phase.title))?;
        Some(Blocker { title, line: phase.line, ..Blocker::default() })
    };
    found.extend(phases.iter().filter(|phase| phase.blocked).filter_map(phase));
    found.sort_by_key(|blocker| blocker.line);
    found.dedup_by_key(|blocker| blocker.line);
    found
}

/// `### Blocker 1: No quota`; without a title where it is settled.
fn headed(outline: &Outline<'_>, at: usize) -> Option<Blocker> {
    let heading = &outline.headings[at];
    if !outline.parent(at).is_some_and(|above| outline.heading_about(above).has(Topics::BLOCKERS)) {
        return None;
    }
    let (label, rest) = heading.text.split_once([':', '—', '–'])?;
    let (word, number) = label.trim().split_once(' ')?;
    let fits = word.eq_ignore_ascii_case("blocker") || word.eq_ignore_ascii_case("issue");
    if !fits || !number.trim_start_matches('#').bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let settled = text::has_tick(rest) || text::says_resolved(rest) || rest.contains("FIXED");
    let title = text::title(&bare(rest)).filter(|_| !settled).unwrap_or_default();
    let mut blocker = Blocker { title, line: heading.line, ..Blocker::default() };
    outline.section(at).iter().flat_map(Block::said).for_each(|said| fill(&mut blocker, said));
    Some(blocker)
}

fn listed(outline: &Outline<'_>, at: usize, block: &Block, item: &Item) -> Option<Blocker> {
    let first = item.said.first()?;
    let ticked = matches!(item.mark, Some(Some('x' | 'X' | '✅' | '✓' | '✔' | '-')));
    let named = |parent: usize| {
        outline.blocks[parent].said().first().is_some_and(|said| said.text.is_empty() && said.label.is_some())
    };
    let below = item.parent.is_some_and(|parent| !named(parent));
    // `- Impact: …` is a line of the blocker before it, `- **Blockers:**` only a label
    let part = text::part(first, LINES).is_some() || first.text.is_empty();
    if below || ticked || part || item.struck || is_rule(outline, block) {
        return None;
    }
    let whole = first.whole();
    if text::is_nothing(&whole) || text::starts_with_word(&whole, ORDERS) || text::is_settled(&whole) {
        return None;
    }
    let labelled = first.label.as_deref().filter(|label| LABELS.contains(&label.to_lowercase().as_str()));
    let mut blocker = Blocker {
        title: text::title(labelled.map_or(&bare(&whole), |_| &first.text))?,
        line: block.line,
        ..Blocker::default()
    };
    item.said.iter().skip(1).for_each(|said| fill(&mut blocker, said));
    for (_, inner) in outline.within(at) {
        inner.said().iter().for_each(|said| fill(&mut blocker, said));
    }
    Some(blocker)
}

fn rows(table: &Table, about: Topics, found: &mut Vec<Blocker>) {
    let named = columns::exact(table, &["blocker", "blockers", "blocking issue"]);
    let dependency = columns::exact(table, &["dependency"]);
    let title = named.or(dependency).or_else(|| columns::exact(table, TITLE).filter(|_| about.has(Topics::BLOCKERS)));
    let status = columns::exact(table, STATUS);
    let Some(title) = title else { return };
    // a table of dependencies says which ones hold the work up in its status
    let all = named.is_some() || about.has(Topics::BLOCKERS);
    let (owner, impact, eta) =
        (columns::exact(table, OWNER), columns::exact(table, IMPACT), columns::exact(table, ETA));
    for row in &table.rows {
        let state = columns::cell(row, status).unwrap_or("");
        let counts = if all { !text::is_settled(state) || state.is_empty() } else { is_red(state) };
        let Some(name) = columns::cell(row, Some(title)).and_then(text::title).filter(|_| counts) else { continue };
        if !text::is_nothing(&name) {
            found.push(Blocker {
                title: name,
                owner: columns::cell(row, owner).and_then(text::owner),
                impact: columns::value(row, impact),
                eta: columns::value(row, eta),
                line: row.line,
            });
        }
    }
}

/// `**Blocked by:** the API` anywhere but in rules of conduct.
fn lines(outline: &Outline<'_>, block: &Block, said: &[Said], found: &mut Vec<Blocker>) {
    for said in said {
        let Some(label) = &said.label else { continue };
        if !LABELS.iter().any(|known| label.eq_ignore_ascii_case(known)) {
            continue;
        }
        let nothing = date::nothing(&said.text)
            || text::is_nothing(&said.text)
            || text::starts_with_word(&said.text, ORDERS)
            || text::is_settled(&said.text);
        if !nothing && !is_rule(outline, block) {
            found.extend(text::title(&said.text).map(|title| Blocker { title, line: said.line, ..Blocker::default() }));
        }
    }
}

fn fill(blocker: &mut Blocker, said: &Said) {
    let Some((part, value)) = text::part(said, LINES) else { return };
    let (place, value) = match part {
        Part::Owner => (&mut blocker.owner, text::owner(value)),
        Part::Impact => (&mut blocker.impact, text::value(value)),
        Part::Eta => (&mut blocker.eta, text::value(value)),
    };
    if place.is_none() {
        *place = value;
    }
}

fn is_rule(outline: &Outline<'_>, block: &Block) -> bool {
    outline.chain(block.under).any(|at| RULES.iter().any(|word| outline.name(at).contains(word)))
}

/// A dependency in a list that holds the work up: `- Search API - ❌ blocked`.
fn is_held(text: &str) -> bool {
    let lower = text.to_lowercase();
    text.contains('⛔')
        || ["❌ blocked", "- blocked", "— blocked", "(blocked", "[blocked", ": blocked"]
            .iter()
            .any(|mark| lower.contains(mark))
        || text.ends_with('❌')
}

fn is_red(status: &str) -> bool {
    text::is_blocked(status) || text::starts_with_word(status, &["not available", "unavailable", "missing"])
}

/// Without the signs before a blocker.
fn bare(text: &str) -> String {
    text.trim_matches(|c: char| matches!(c, '❌' | '⛔' | '🔴' | '🚧' | '⚠' | '\u{fe0f}' | ' ')).to_string()
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;

    fn blockers(text: &str) -> Vec<String> {
        shown(text, |anatomy| {
            let dash = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".into());
            let line = |blocker: &super::Blocker| {
                let fields = [&blocker.owner, &blocker.impact, &blocker.eta].map(dash);
                format!("{} {} | {}", blocker.line, blocker.title, fields.join(" | "))
            };
            anatomy.blockers.iter().map(line).collect()
        })
    }

    #[test]
    fn sections() {
        assert_eq!(
            blockers(
                "### Current Blockers\n**Active blockers:**\n\n1. No quota\n   - Impact: Phase 2\n   - Owner: Ana\n   - ETA: May\n\n2. [Blocker 2]\n   - Impact: [What it blocks]\n3. ✅ Keys arrived\n"
            ),
            ["4 No quota | Ana | Phase 2 | May"]
        );
        assert_eq!(
            blockers(
                "## Blockers\n| Blocker | Status | Owner |\n|-|-|-|\n| Quota | open | Bo |\n| Key | Resolved | Bo |\n"
            ),
            ["4 Quota | Bo | - | -"]
        );
        assert_eq!(
            blockers(
                "## 6. DEPENDENCIES\n| Dependency | Type | Status | Impact if Blocked |\n|-|-|-|-|\n| API | Internal | Green | none |\n| Host | External | Red | all of it |\n\n- Search ❌\n- Login - ready\n"
            ),
            ["5 Host | - | all of it | -", "7 Search | - | - | -"]
        );
        for none in ["None", "- None", "- No blockers identified", "| ID | Requirement |\n|-|-|\n| 1 | x |"] {
            assert!(
                blockers(&format!("### P0 - Blockers (MUST complete)\n{none}\n## Blockers\n{none}\n")).is_empty(),
                "{none}"
            );
        }
    }

    #[test]
    fn lines_tasks_and_phases() {
        assert_eq!(
            blockers(
                "# T\n**Blocked by:** the API\n\n## Communication plan\n- **Blockers**: Immediate escalation\n## Work\n**Blockers**: None\n- [B] wait for it\n### Phase 2: Ship ❌\n"
            ),
            ["2 the API | - | - | -", "8 wait for it | - | - | -", "9 Phase 2: Ship ❌ | - | - | -"]
        );
    }
}
