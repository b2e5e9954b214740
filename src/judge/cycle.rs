//! Circles among documents: who, by following one kind of relation, comes back to himself.
//!
//! Tarjan's components, with a stack of its own in place of the machine's, because a collection may be one long chain.

use crate::model::{Relation, RelationKind};
use crate::resolve::Collection;

/// The circles of one kind of relation. Each begins with its first document and follows the relations from there on;
/// circles that share documents are told as one.
#[derive(Debug, Default)]
pub(super) struct Cycles<'a> {
    circles: Vec<Vec<&'a Relation>>,
}

impl<'a> Cycles<'a> {
    /// Finds them.
    pub(super) fn find(collection: &'a Collection, kind: RelationKind) -> Self {
        let next: Vec<Vec<&Relation>> = (0..collection.documents.len())
            .map(|from| {
                let leads = |relation: &&Relation| relation.kind == kind && relation.to.is_some();
                collection.relations_of(from).iter().filter(leads).collect()
            })
            .collect();
        let mut circles: Vec<Vec<&Relation>> =
            components(&next).into_iter().filter(|part| part.len() > 1).map(|part| shortest(&part, &next)).collect();
        circles.sort_by_key(|circle| circle.first().map(|relation| relation.from));
        Cycles { circles }
    }

    /// The circle that begins with this document.
    pub(super) fn from(&self, document: usize) -> Option<&[&'a Relation]> {
        let begins = |circle: &&Vec<&Relation>| circle.first().is_some_and(|relation| relation.from == document);
        self.circles.iter().find(begins).map(Vec::as_slice)
    }
}

/// Documents that all lead to each other, each group sorted.
fn components(next: &[Vec<&Relation>]) -> Vec<Vec<usize>> {
    const NEW: usize = usize::MAX;
    let count = next.len();
    let (mut order, mut low, mut on) = (vec![NEW; count], vec![0; count], vec![false; count]);
    let (mut stack, mut found, mut met) = (Vec::new(), Vec::new(), 0);
    for root in 0..count {
        if order[root] != NEW || next[root].is_empty() {
            continue;
        }
        let mut calls = vec![(root, 0)];
        while let Some((at, child)) = calls.last_mut() {
            let at = *at;
            if *child == 0 && order[at] == NEW {
                (order[at], low[at], on[at]) = (met, met, true);
                met += 1;
                stack.push(at);
            }
            if let Some(to) = next[at].get(*child).and_then(|relation| relation.to) {
                *child += 1;
                if order[to] == NEW {
                    calls.push((to, 0));
                } else if on[to] {
                    low[at] = low[at].min(order[to]);
                }
                continue;
            }
            calls.pop();
            if let Some((above, _)) = calls.last() {
                low[*above] = low[*above].min(low[at]);
            }
            if low[at] == order[at] {
                let start = stack.iter().rposition(|member| *member == at).unwrap_or(0);
                let mut part = stack.split_off(start);
                part.iter().for_each(|member| on[*member] = false);
                part.sort_unstable();
                found.push(part);
            }
        }
    }
    found
}

/// The shortest way from a group's first document back to it.
fn shortest<'a>(part: &[usize], next: &[Vec<&'a Relation>]) -> Vec<&'a Relation> {
    let Some(first) = part.first().copied() else { return Vec::new() };
    let place = |document: usize| part.binary_search(&document).ok();
    let mut came: Vec<Option<&Relation>> = vec![None; part.len()];
    let mut queue = std::collections::VecDeque::from([first]);
    while let Some(at) = queue.pop_front() {
        for relation in &next[at] {
            let Some((to, slot)) = relation.to.and_then(|to| Some((to, place(to)?))) else { continue };
            if came[slot].is_none() {
                came[slot] = Some(relation);
                queue.push_back(to);
            }
        }
    }
    let mut way = Vec::new();
    let mut at = first;
    while let Some(relation) = place(at).and_then(|slot| came[slot]).filter(|_| way.len() < part.len()) {
        way.push(relation);
        at = relation.from;
        if at == first {
            break;
        }
    }
    way.reverse();
    way
}
