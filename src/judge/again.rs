//! What of an earlier verdict still holds: of documents of which no rule can see anything that is new.
//!
//! A rule sees a document, what is known of it, and those it has to do with, at most two steps away. So what changed is
//! marked and carried on for two steps; what is not marked is judged as before.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Judgement, Upkeep};
use crate::model::Standing;
use crate::resolve::{Collection, Target};

/// How far away a rule looks.
const STEPS: usize = 2;

/// A collection and the verdict on it, of the same day and by the same settings.
#[derive(Debug, Clone, Copy)]
pub struct Before<'a> {
    /// What was judged.
    pub collection: &'a Collection,
    /// How.
    pub judgement: &'a Judgement,
}

/// For each document whether it must be judged anew.
pub(super) fn anew(before: Before<'_>, now: &Collection, kept: &[(Standing, Upkeep)]) -> Vec<bool> {
    let (then, verdict, count) = (before.collection, before.judgement, now.documents.len());
    let other = then.documents.len() != count
        || (then.gone != now.gone || then.since != now.since || then.gap != now.gap)
        || then.documents.iter().zip(&now.documents).any(|(a, b)| !Arc::ptr_eq(a, b) && a.path() != b.path())
        || verdict.standings.len() != count;
    if other {
        return vec![true; count];
    }
    let changed = |at: usize| {
        !Arc::ptr_eq(&then.documents[at], &now.documents[at])
            || (&verdict.standings[at], &verdict.upkeep[at]) != (&kept[at].0, &kept[at].1)
            || then.notes[at] != now.notes[at]
            || then.targets[at] != now.targets[at]
            || then.relations_of(at) != now.relations_of(at)
            || (&then.pasts[at], &then.worked[at]) != (&now.pasts[at], &now.worked[at])
            || (&then.codeowners[at], &then.addresses[at]) != (&now.codeowners[at], &now.addresses[at])
    };
    let mut marked: Vec<bool> = (0..count).map(changed).collect();
    // who claims the same id, before or now
    let own: BTreeSet<&str> = (0..count)
        .filter(|at| marked[*at])
        .flat_map(|at| [&then.documents[at].id, &now.documents[at].id])
        .filter_map(|id| id.as_ref().map(|id| id.value.as_str()))
        .collect();
    for claimants in own.iter().flat_map(|id| [then.ids.claimants(id), now.ids.claimants(id)]) {
        claimants.iter().for_each(|at| marked[*at] = true);
    }
    for _ in 0..STEPS {
        let mut next = marked.clone();
        for relation in then.relations.iter().chain(&now.relations) {
            let Some(to) = relation.to.filter(|to| marked[*to] || marked[relation.from]) else { continue };
            (next[to], next[relation.from]) = (true, true);
        }
        for (at, targets) in now.targets.iter().enumerate() {
            next[at] |= targets.iter().any(|target| matches!(target, Target::Document { index, .. } if marked[*index]));
        }
        marked = next;
    }
    marked
}
