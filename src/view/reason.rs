//! Why a document needs attention, in words: what it waits for, where it contradicts itself.

use crate::judge::RULES;
use crate::model::{RelationKind, Signal, Stage};
use crate::view::{Scenery, capital, visible};

/// What a blocked document waits for.
pub(super) fn waits(scenery: &Scenery<'_>, index: usize) -> String {
    let document = &scenery.scene.collection.documents[index];
    let blocked = document.anatomy.phases.iter().find(|phase| phase.blocked);
    let subject = match blocked {
        Some(phase) => format!("Phase {}", phase.number),
        None => String::new(),
    };
    match (pending(scenery, index), blocked) {
        (Some(other), _) => {
            let face = &scenery.faces[other];
            let verb = if subject.is_empty() { "Waits" } else { " waits" };
            format!("{subject}{verb} for {}, still {}", face.call(), face.status.word.to_lowercase())
        }
        (None, Some(phase)) => format!("{subject}, {}, is marked as blocked", visible(&phase.title)),
        (None, None) if document.stage() == Some(Stage::Blocked) => "Its status is blocked".into(),
        (None, None) => "Says that it is blocked".into(),
    }
}

/// A document that this one needs and that is still open.
pub(super) fn pending(scenery: &Scenery<'_>, index: usize) -> Option<usize> {
    let relations = scenery.scene.collection.relations_of(index);
    let needs = relations.iter().filter(|relation| relation.kind == RelationKind::DependsOn);
    needs.filter_map(|relation| relation.to).find(|to| scenery.faces[*to].open)
}

/// What a finding says about a contradiction in the document.
pub(super) fn contradiction(scenery: &Scenery<'_>, index: usize) -> Option<String> {
    let findings = &scenery.scene.judgement.findings;
    let found = scenery.findings[index].iter().map(|at| &findings[*at]);
    found
        .into_iter()
        .find(|finding| contradicts(finding.rule))
        .map(|finding| capital(&visible(&finding.message.replace('`', ""))))
}

/// Whether a rule is about two places that disagree.
fn contradicts(rule: &str) -> bool {
    RULES.iter().any(|known| known.name == rule && known.signal == Some(Signal::Contradiction))
}
