//! Relations between documents, and the status a successor gives.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Target, siblings};
use crate::model::{Document, MentionForm, Origin, Relation, RelationKind, Role, Stage, Status};
use crate::source::Span;

/// All relations, with the inverse of each where only one side is written.
pub(super) fn relations(documents: &[Arc<Document>], targets: &[Vec<Target>]) -> Vec<Relation> {
    let mut relations: Vec<Relation> = Vec::new();
    // who is related to whom by more than a mention, and how
    let mut known: BTreeMap<(usize, RelationKind, Option<usize>), usize> = BTreeMap::new();
    for (from, document) in documents.iter().enumerate().filter(|(_, document)| document.role == Role::Document) {
        for (mention, target) in document.mentions.iter().zip(&targets[from]) {
            let to = match target {
                Target::Document { index, .. } if *index != from => Some(*index),
                Target::Missing | Target::Gone(_) if mention.relation != RelationKind::Mentions => None,
                Target::Missing | Target::Gone(_) if matches!(mention.form, MentionForm::Field | MentionForm::Id) => {
                    None
                }
                // a pull request, or a document of another repository
                Target::External
                    if matches!(mention.relation, RelationKind::Supersedes | RelationKind::SupersededBy) =>
                {
                    None
                }
                _ => continue,
            };
            let key = (from, mention.relation, to);
            if to.is_some() && known.contains_key(&key) {
                continue;
            }
            known.insert(key, relations.len());
            let (raw, span) = (mention.target.clone(), mention.span);
            relations.push(Relation { kind: mention.relation, from, to, raw, span, inferred: false });
        }
    }
    let strong: std::collections::BTreeSet<(usize, Option<usize>)> = relations
        .iter()
        .filter(|relation| relation.kind != RelationKind::Mentions)
        .map(|relation| (relation.from, relation.to))
        .collect();
    relations
        .retain(|relation| relation.kind != RelationKind::Mentions || !strong.contains(&(relation.from, relation.to)));
    let mut inferred: Vec<Relation> = siblings::relations(documents, &relations);
    for relation in &relations {
        let (Some(to), Some(kind)) = (relation.to, relation.kind.inverse()) else { continue };
        let key = (to, kind, Some(relation.from));
        if !known.contains_key(&key) && documents[to].role == Role::Document {
            known.insert(key, usize::MAX);
            inferred.push(Relation {
                kind,
                from: to,
                to: Some(relation.from),
                raw: relation.raw.clone(),
                span: relation.span,
                inferred: true,
            });
        }
    }
    relations.extend(inferred);
    relations.sort_by_key(|relation| (relation.from, relation.kind, relation.inferred, relation.span, relation.to));
    relations
}

/// A document with a successor that exists is superseded, whatever its own status says. Where only the successor says
/// so, it must be more than a draft itself.
pub(super) fn succeed(documents: &mut [Arc<Document>], relations: &[Relation]) {
    let carries =
        |document: &Document| !matches!(document.stage(), Some(Stage::Draft | Stage::Proposed | Stage::Rejected));
    // `Partly superseded` says that the rest holds
    let partly = |document: &Document| {
        document.status.as_ref().is_some_and(|status| status.raw.to_lowercase().starts_with("part"))
    };
    let mut found: Vec<(usize, Status)> = Vec::new();
    for relation in relations.iter().filter(|relation| relation.kind == RelationKind::SupersededBy) {
        let (Some(to), from) = (relation.to, relation.from) else { continue };
        if documents[from].stage() == Some(Stage::Superseded) || !documents[from].tracked() {
            continue;
        }
        if partly(&documents[from]) || (relation.inferred && !carries(&documents[to])) {
            continue;
        }
        let raw = documents[from].status.as_ref().map_or_else(|| relation.raw.clone(), |status| status.raw.clone());
        let (key, span) = if relation.inferred {
            (None, Span::default())
        } else {
            (Some("superseded_by".to_string()), relation.span)
        };
        found.push((from, Status { raw, stage: Stage::Superseded, origin: Origin::Relation, key, span }));
    }
    for (index, status) in found {
        Arc::make_mut(&mut documents[index]).status = Some(status);
    }
}
