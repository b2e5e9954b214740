//! A verdict narrowed to what a change can answer for.
//!
//! Findings of changed documents stay as they are. Of unchanged ones those stay that speak of a changed file, because
//! the change may have broken them; those of the clock become notices that never fail; the others are left out.

use std::collections::BTreeSet;

use crate::diagnostic::{Finding, Severity};
use crate::judge::CLOCK;
use crate::path;
use crate::resolve::{Collection, Target};

/// Narrows findings to changed files, whose paths are relative to the repository's root. Gives how many are left out,
/// and for each finding that is left whether it counts for the exit code.
pub fn narrow(
    collection: &Collection,
    prefix: &str,
    changed: &BTreeSet<String>,
    findings: &mut Vec<Finding>,
) -> (usize, Vec<bool>) {
    let touched = |path: &str| changed.contains(&format!("{prefix}{path}"));
    let documents: Vec<bool> = collection
        .documents
        .iter()
        .map(|document| {
            touched(document.path()) || document.source.sidecar.as_ref().is_some_and(|sidecar| touched(&sidecar.path))
        })
        .collect();
    let before = findings.len();
    let mut counts = Vec::with_capacity(before);
    findings.retain_mut(|finding| {
        let own = documents[finding.document];
        let clock = CLOCK.contains(&finding.rule);
        let stays = own || clock || speaks(collection, prefix, changed, &documents, finding);
        if !own && clock {
            finding.severity = Severity::Notice;
        }
        if stays {
            counts.push(own || !clock);
        }
        stays
    });
    (before - findings.len(), counts)
}

/// Whether the words at fault name a changed file, or an id that a changed document claims.
fn speaks(
    collection: &Collection,
    prefix: &str,
    changed: &BTreeSet<String>,
    documents: &[bool],
    finding: &Finding,
) -> bool {
    let document = &collection.documents[finding.document];
    let within = |start: u32, end: u32| start < finding.span.end && finding.span.start < end;
    let mentions = document.mentions.iter().zip(&collection.targets[finding.document]);
    let mut mentioned = mentions.filter(|(mention, _)| within(mention.span.start, mention.span.end));
    let leads = mentioned.any(|(mention, target)| match target {
        Target::Document { index, .. } => *index != finding.document && documents[*index],
        Target::Attachment(path) | Target::File(path) => changed.contains(path),
        Target::Missing | Target::Gone(_) | Target::Nothing => {
            landing(prefix, document.path(), &mention.target).iter().any(|path| changed.contains(path))
        }
        Target::External | Target::Refused => false,
    });
    let relations = collection.relations_of(finding.document);
    let related = relations.iter().any(|relation| {
        let other = relation.to.is_some_and(|to| documents[to]);
        other && (relation.inferred || within(relation.span.start, relation.span.end)) && finding.span.end > 0
    });
    let id = document.id.as_ref().filter(|id| within(id.span.start, id.span.end.max(id.span.start + 1)));
    let claimed = id.is_some_and(|id| collection.ids.claimants(&id.value).iter().any(|other| documents[*other]));
    leads || related || claimed
}

/// Where a link that leads nowhere would lead: from the document's folder, and from the repository's root.
fn landing(prefix: &str, document: &str, target: &str) -> Vec<String> {
    let bare = target.split(['#', '?']).next().unwrap_or("").replace("%20", " ");
    let folder = format!("{prefix}{document}");
    let folder = path::folder(&folder);
    let mut found = Vec::new();
    for base in [folder, prefix.trim_end_matches('/'), ""] {
        let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
        for part in bare.split('/') {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()),
                part => parts.push(part),
            }
        }
        let path = parts.join("/");
        found.push(format!("{path}.md"));
        found.push(path);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::landing;

    #[test]
    fn a_dead_link_has_a_place() {
        let found = landing("docs/", "plans/a.md", "../adr/0001%20x.md#y");
        assert!(found.contains(&"docs/adr/0001 x.md".to_string()), "{found:?}");
        assert!(landing("", "a.md", "../../b").contains(&"b.md".to_string()));
    }
}
