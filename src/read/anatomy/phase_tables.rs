//! What tables and lists elsewhere say of the phases: where they stand, how long they take, what they wait for.

use super::columns;
use super::names::Names;
use super::outline::Outline;
use super::phases::{self, Part};
use super::text;
use super::topic::Topics;
use crate::model::Phase;
use crate::read::body::{Content, Table};

/// Heads of the column that names the phase.
const PHASE: &[&str] = &["phase", "phases", "stage", "milestone", "sprint", "wave", "fase", "etapa"];
/// Heads of the other columns and what they fill.
const COLUMNS: &[(&[&str], Part)] = &[
    (&["status", "state", "estado"], Part::Status),
    (
        &[
            "estimate",
            "effort",
            "estimated effort",
            "estimated time",
            "duration",
            "time",
            "hours",
            "aufwand",
            "dauer",
            "duración",
        ],
        Part::Estimate,
    ),
    (&["priority", "priorität", "prioridad"], Part::Priority),
    (&["start", "start date", "begin", "inicio"], Part::Start),
    (&["end", "end date", "due", "target date", "target", "finish", "fin"], Part::End),
    (&["when", "timeline", "timeframe", "dates", "week", "weeks", "schedule"], Part::When),
];
const DEPENDS: &[&str] =
    &["depends on", "dependencies", "dependency", "prerequisites", "requires", "after", "abhängig von"];
const BLOCKS: &[&str] = &["blocks", "enables", "before", "unblocks"];
/// Cells of a matrix that say yes.
const YES: &[&str] = &["x", "✓", "✔", "✅", "●", "•", "yes", "y", "1", "ja", "sí", "sim"];

/// Fills what the phases' own lines leave open.
pub fn read(outline: &Outline<'_>, phases: &mut [Phase]) {
    if phases.is_empty() {
        return;
    }
    let names = Names::of(phases);
    for (at, block) in outline.blocks.iter().enumerate() {
        match &block.content {
            Content::Table(table) if !matrix(table, &names, phases) => {
                rows(table, &names, phases);
            }
            // - **User Story 1 (Phase 3)**: depends on Foundational completion
            Content::Item(item) if outline.about(at).has(Topics::PHASES) => {
                let Some(said) = item.said.first() else { continue };
                let (Some(label), Some(from)) = (&said.label, said.text.to_lowercase().find("depend")) else {
                    continue;
                };
                let rest = said.text.get(from..).and_then(|rest| rest.split_once(' ')).map_or("", |(_, rest)| rest);
                let rest = rest.trim_start_matches("on ");
                if let Some(own) = names.find(label) {
                    names.add(own, &mut phases[own].depends_on, rest.split('(').next().unwrap_or(rest));
                }
            }
            _ => {}
        }
    }
}

fn rows(table: &Table, names: &Names, phases: &mut [Phase]) {
    let Some(phase) = columns::exact(table, PHASE) else { return };
    let filled: Vec<(usize, Part)> =
        COLUMNS.iter().filter_map(|(heads, part)| Some((columns::exact(table, heads)?, *part))).collect();
    let (depends, blocks) = (columns::exact(table, DEPENDS), columns::exact(table, BLOCKS));
    for row in &table.rows {
        let Some(at) = columns::cell(row, Some(phase)).and_then(|cell| names.find(cell)) else { continue };
        for (column, part) in &filled {
            if let Some(cell) = columns::cell(row, Some(*column)) {
                phases::fill(&mut phases[at], *part, cell);
            }
        }
        if let Some(cell) = columns::value(row, depends) {
            names.add(at, &mut phases[at].depends_on, &cell);
        }
        if let Some(cell) = columns::value(row, blocks) {
            for later in names.all(at, &cell) {
                names.add(later, &mut phases[later].depends_on, &format!("phase {}", phases[at].number.clone()));
            }
        }
    }
}

/// A matrix: each row is a phase, each other column too, and a mark says that the row waits for the column.
fn matrix(table: &Table, names: &Names, phases: &mut [Phase]) -> bool {
    let Some((_, others)) = table.head.split_first().filter(|(_, others)| others.len() >= 2) else { return false };
    let known: Vec<Option<usize>> = others.iter().map(|head| names.find(head)).collect();
    if known.iter().any(Option::is_none) {
        return false;
    }
    for row in &table.rows {
        let Some(at) = row.cells.first().and_then(|cell| names.find(cell)) else { continue };
        for (cell, other) in row.cells.iter().skip(1).zip(known.iter().flatten()) {
            let yes = YES.contains(&cell.trim().to_lowercase().as_str());
            if yes && *other != at {
                phases[at].depends_on.push(*other);
            }
        }
        phases[at].depends_on.sort_unstable();
        phases[at].depends_on.dedup();
    }
    true
}

/// A row that sums up the others.
pub fn is_total(cell: &str) -> bool {
    text::starts_with_word(cell, &["total", "sum", "overall", "summe", "gesamt", "итого"])
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;

    fn phases(text: &str) -> Vec<String> {
        shown(text, |anatomy| {
            let dash = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".into());
            let day = |day: &Option<crate::date::Date>| day.map_or("-".into(), |day| day.to_string());
            let line = |phase: &crate::model::Phase| {
                let depends: Vec<&str> =
                    phase.depends_on.iter().map(|at| anatomy.phases[*at].number.as_str()).collect();
                format!(
                    "{} {} {} {} {}..{} {} <{}",
                    phase.number,
                    dash(&phase.estimate),
                    dash(&phase.priority),
                    dash(&phase.when),
                    day(&phase.start),
                    day(&phase.end),
                    dash(&phase.status),
                    depends.join(",")
                )
            };
            anatomy.phases.iter().map(line).collect()
        })
    }

    const HEADINGS: &str = "## Phases\n### Phase 1: Setup\n### Phase 2: Core\n### Phase 3: Verify\n## More\n";

    #[test]
    fn own_lines_and_brackets() {
        assert_eq!(
            phases(
                "### Phase 1: A (Est: 12 hours)\n**Priority:** High\n### Phase 2: B [Weeks 3-4] (Priority: P1)\n**Dependencies:** Phase 1 complete\n**Duration:** [X weeks]\n### Phase 3: C (2026-01-02 – 2026-02-03)\n- Depends on: Phases 1-2\n- Status: ✅ done\n"
            ),
            [
                "1 12 hours High - -..- - <",
                "2 - P1 Weeks 3-4 -..- - <1",
                "3 - - 2026-01-02 – 2026-02-03 2026-01-02..2026-02-03 ✅ done <1,2"
            ]
        );
    }

    #[test]
    fn tables_matrices_and_lists() {
        let with = |table: &str| phases(&format!("{HEADINGS}{table}"));
        assert_eq!(
            with(
                "| Phase | Depends On | Blocks |\n|-|-|-|\n| Setup | None | Core |\n| Verify | Setup, Core | None |\n"
            ),
            ["1 - - - -..- - <", "2 - - - -..- - <1", "3 - - - -..- - <1,2"]
        );
        assert_eq!(
            with(
                "| Phase | Status | Start | End | Effort |\n|-|-|-|-|-|\n| Phase 2 | 🔄 | 2026-03-01 | [Date] | 2h |\n| **Total** | | | | 9h |\n"
            )[1],
            "2 2h - - 2026-03-01..- 🔄 <"
        );
        assert_eq!(
            with("| | Phase 1 | Phase 2 | Phase 3 |\n|-|-|-|-|\n| Phase 2 | ✓ | X | |\n| Phase 3 | x | ✓ | |\n"),
            ["1 - - - -..- - <", "2 - - - -..- - <1", "3 - - - -..- - <1,2"]
        );
        assert_eq!(
            with(
                "### Phase Dependencies\n- **Setup (Phase 1)**: No dependencies - start\n- **Core (Phase 2)**: Depends on Setup - BLOCKS all\n"
            )[1],
            "2 - - - -..- - <1"
        );
    }
}
