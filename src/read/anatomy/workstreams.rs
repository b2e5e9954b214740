//! Strands of work done side by side, and where they meet: tables that name them.

use super::outline::Outline;
use super::topic::Topics;
use super::{columns, text};
use crate::model::{SyncPoint, Workstream};
use crate::read::body::{Content, Table};

const NAME: &[&str] = &["workstream", "name", "stream", "title", "arbeitsstrang"];
const ID: &[&str] = &["id", "workstream id", "#"];
const OWNER: &[&str] = &["owner", "lead", "assignee", "agent", "responsible", "team"];
const SYNC: &[&str] = &["sync id", "sync point", "sync", "sync points"];
const TRIGGER: &[&str] = &["trigger", "when", "after", "condition"];
const OUTPUT: &[&str] = &["output", "outcome", "result"];

/// All of both, in the order of the text.
pub fn read(outline: &Outline<'_>) -> (Vec<Workstream>, Vec<SyncPoint>) {
    let (mut strands, mut points) = (Vec::new(), Vec::new());
    for (at, block) in outline.blocks.iter().enumerate() {
        let Content::Table(table) = &block.content else { continue };
        if columns::exact(table, SYNC).is_some() {
            sync(table, &mut points);
        } else if outline.about(at).has(Topics::WORKSTREAMS) {
            strand(table, &mut strands);
        }
    }
    (strands, points)
}

fn strand(table: &Table, found: &mut Vec<Workstream>) {
    let (name, owner) = (columns::exact(table, NAME), columns::exact(table, OWNER));
    let (Some(name), Some(owner)) = (name, owner) else { return };
    let (id, status) = (columns::exact(table, ID), columns::exact(table, &["status", "state"]));
    for row in &table.rows {
        if let Some(name) = columns::cell(row, Some(name)).and_then(text::title) {
            found.push(Workstream {
                id: columns::value(row, id),
                name,
                owner: columns::cell(row, Some(owner)).and_then(text::owner),
                status: columns::value(row, status),
                line: row.line,
            });
        }
    }
}

fn sync(table: &Table, found: &mut Vec<SyncPoint>) {
    let id = columns::exact(table, SYNC);
    let (trigger, output) = (columns::exact(table, TRIGGER), columns::exact(table, OUTPUT));
    for row in &table.rows {
        if let Some(id) = columns::cell(row, id).and_then(text::title) {
            found.push(SyncPoint {
                id,
                trigger: columns::value(row, trigger),
                output: columns::value(row, output),
                line: row.line,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;

    #[test]
    fn strands_and_where_they_meet() {
        let text = "## L3+: WORKSTREAM COORDINATION\n### Workstream Definition\n| ID | Name | Owner | Files | Status |\n|-|-|-|-|-|\n| W-A | Core | Ana | a.ts | Active |\n| W-B | [UI Components] | [Secondary] | b | c |\n### Sync Points\n| Sync ID | Trigger | Participants | Output |\n|-|-|-|-|\n| SYNC-001 | W-A done | all | a test |\n";
        let seen = shown(text, |anatomy| {
            let strand = anatomy
                .workstreams
                .iter()
                .map(|strand| format!("{} {} {:?} {:?}", strand.line, strand.name, strand.id, strand.status));
            let point =
                anatomy.sync_points.iter().map(|point| format!("{} {} {:?}", point.line, point.id, point.trigger));
            strand.chain(point).collect()
        });
        assert_eq!(seen, ["5 Core Some(\"W-A\") Some(\"Active\")", "10 SYNC-001 Some(\"W-A done\")"]);
    }
}
