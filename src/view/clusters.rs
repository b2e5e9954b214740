//! Which documents hang together: each relation once, whichever side writes it, and the groups that relations make.
//!
//! Relations that are stated make clusters; mentions don't, else a collection that talks of itself is one knot. What
//! stands beside a single cluster by mentions alone is shown with it. A cluster beyond what a picture can show is cut
//! into parts around its most connected documents. All of it is linear in relations, but for sorting.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{RelationKind, Role};
use crate::resolve::Collection;
use crate::view::{call, capital, components, visible};
use crate::words;

/// Documents of one picture, and of a part where a cluster has to be cut.
const MOST: usize = 80;
const PART: usize = 60;

/// A relation, said once for both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bond {
    /// How `from` hangs together with `to`. `SupersededBy` only where `to` isn't there; else the newer one supersedes.
    pub kind: RelationKind,
    /// Index of the document that has the relation.
    pub from: usize,
    /// Index of the other; absent where there is no such document.
    pub to: Option<usize>,
    /// Index of the relation that says so, in the collection.
    pub at: usize,
    /// The other side says so too.
    pub both: bool,
}

impl Bond {
    /// More than a mention.
    pub fn stated(&self) -> bool {
        self.kind != RelationKind::Mentions
    }
}

/// Every relation of the collection once: stated ones first, then mentions, each in the collection's order.
pub fn bonds(collection: &Collection) -> Vec<Bond> {
    let mut bonds: Vec<Bond> = Vec::new();
    let mut known: BTreeMap<(RelationKind, usize, usize), usize> = BTreeMap::new();
    // what is inferred counts only where neither side writes it: names of files imply it
    let all = || collection.relations.iter().enumerate();
    let ordered =
        all().filter(|(_, relation)| !relation.inferred).chain(all().filter(|(_, relation)| relation.inferred));
    for (at, relation) in ordered {
        let Some(to) = relation.to else {
            bonds.push(Bond { kind: relation.kind, from: relation.from, to: None, at, both: false });
            continue;
        };
        let (kind, from, other) = match relation.kind {
            RelationKind::SupersededBy => (RelationKind::Supersedes, to, relation.from),
            kind => (kind, relation.from, to),
        };
        let key = match kind {
            RelationKind::Blocks => (RelationKind::DependsOn, other, from),
            RelationKind::Related => (kind, from.min(other), from.max(other)),
            kind => (kind, from, other),
        };
        match known.get(&key) {
            None => {
                known.insert(key, bonds.len());
                bonds.push(Bond { kind, from, to: Some(other), at, both: false });
            }
            Some(index) if !relation.inferred => {
                let bond = &mut bonds[*index];
                bond.both |= collection.relations[bond.at].from != relation.from;
                if kind == RelationKind::DependsOn {
                    *bond = Bond { kind, from, to: Some(other), at, ..*bond };
                }
            }
            Some(_) => {}
        }
    }
    bonds.sort_by_key(|bond| (!bond.stated(), bond.from, strength(bond.kind), bond.to.unwrap_or(usize::MAX), bond.at));
    bonds
}

/// The kinds of relations, the strongest first: what a picture draws when it can't draw all.
pub(super) fn strength(kind: RelationKind) -> usize {
    let order = [
        RelationKind::Supersedes,
        RelationKind::SupersededBy,
        RelationKind::DependsOn,
        RelationKind::Blocks,
        RelationKind::Decides,
        RelationKind::Implements,
        RelationKind::BasedOn,
        RelationKind::Amends,
        RelationKind::Related,
        RelationKind::Mentions,
    ];
    order.iter().position(|known| *known == kind).unwrap_or(order.len())
}

/// Documents that hang together, or as many of them as one picture shows.
#[derive(Debug)]
pub(super) struct Cluster {
    /// Its documents, in the collection's order.
    pub members: Vec<usize>,
    /// The most connected one.
    pub hub: usize,
    /// Its name: a tag that most of them share, else the most connected document.
    pub label: String,
    /// Part of the address of its page: `plan-023`.
    pub slug: String,
    /// Indices of the bonds that a member has a part in.
    pub bonds: Vec<usize>,
    /// How many documents the whole has, where this is a part of it.
    pub whole: Option<usize>,
}

impl Cluster {
    /// Indices of the bonds that have both ends in it.
    pub(super) fn between<'c>(&'c self, bonds: &'c [Bond]) -> impl Iterator<Item = usize> + 'c {
        let inside = |document: usize| self.members.binary_search(&document).is_ok();
        self.bonds.iter().copied().filter(move |bond| {
            let Bond { from, to, .. } = bonds[*bond];
            to.is_some_and(|to| to != from && inside(from) && inside(to))
        })
    }
}

/// All that hangs together.
#[derive(Debug)]
pub(super) struct Clusters {
    pub bonds: Vec<Bond>,
    /// The largest first.
    pub clusters: Vec<Cluster>,
    /// Two documents that hang together with nothing else.
    pub pairs: Vec<Cluster>,
    /// For each document the index of its cluster.
    pub of: Vec<Option<usize>>,
    /// Documents of large clusters that found no place in any part.
    pub scattered: Vec<usize>,
    /// How many clusters were too large for one picture.
    pub cut: usize,
    /// How many documents have no stated relation and stand with no cluster.
    pub alone: usize,
}

impl Clusters {
    pub(super) fn new(collection: &Collection) -> Clusters {
        let bonds = bonds(collection);
        let count = collection.documents.len();
        let proper = |index: usize| collection.documents[index].role == Role::Document;
        let ends = |bond: &Bond| Some((bond.from, bond.to?)).filter(|(a, b)| a != b && proper(*a) && proper(*b));
        let near = neighbours(count, bonds.iter().filter(|bond| bond.stated()).filter_map(ends));
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let roots = components(count, bonds.iter().filter(|bond| bond.stated()).filter_map(ends));
        for (member, root) in roots.iter().enumerate().filter(|(member, _)| !near[*member].is_empty()) {
            groups.entry(*root).or_default().push(member);
        }
        let (mut sets, mut pairs, mut scattered, mut large) = (Vec::new(), Vec::new(), Vec::new(), 0);
        for members in groups.into_values() {
            let whole = members.len();
            match whole {
                2 => pairs.push(members),
                3..=MOST => sets.push((members, None)),
                _ => {
                    large += 1;
                    let (parts, rest) = parts(&members, &near);
                    sets.extend(parts.into_iter().map(|part| (part, Some(whole))));
                    scattered.extend(rest);
                }
            }
        }
        let mentioned = neighbours(count, bonds.iter().filter(|bond| !bond.stated()).filter_map(ends));
        let tracked = |index: usize| collection.documents[index].tracked();
        let single = |index: &usize| near[*index].is_empty() && tracked(*index);
        let small = pairs.iter().cloned().chain((0..count).filter(single).map(|index| vec![index]));
        let joined = join(count, &mut sets, small, &mentioned);
        pairs.retain(|pair| !joined.contains(&pair[0]));
        scattered.sort_unstable();

        let (mut slugs, mut labels) = (BTreeSet::new(), BTreeSet::new());
        let degree = |index: usize| (near[index].len(), mentioned[index].len());
        let mut cluster = |members: Vec<usize>, whole| {
            let inside =
                |index: &usize| near[*index].iter().filter(|other| members.binary_search(other).is_ok()).count();
            let hub =
                members.iter().copied().max_by_key(|index| (inside(index), degree(*index), std::cmp::Reverse(*index)));
            let hub = hub.unwrap_or(0);
            let slug = slug(&collection.addresses[hub], &mut slugs);
            let hub_call = words::shorten(&call(&collection.documents[hub]), 60);
            let label = match shared_tag(collection, &members) {
                Some(tag) if labels.insert(tag.clone()) => tag,
                Some(tag) => format!("{tag}, around {hub_call}"),
                None => format!("Around {hub_call}"),
            };
            Cluster { members, hub, label, slug, bonds: Vec::new(), whole }
        };
        sets.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then(a.cmp(b)));
        let mut clusters: Vec<Cluster> = sets.into_iter().map(|(members, whole)| cluster(members, whole)).collect();
        let mut pairs: Vec<Cluster> = pairs.into_iter().map(|members| cluster(members, None)).collect();
        let mut of = vec![None; count];
        for (at, cluster) in clusters.iter().chain(&pairs).enumerate() {
            cluster.members.iter().for_each(|member| of[*member] = Some(at));
        }
        for (at, bond) in bonds.iter().enumerate() {
            let ends: BTreeSet<usize> =
                [Some(bond.from), bond.to].into_iter().flatten().filter_map(|end| of[end]).collect();
            for end in ends {
                let known = clusters.len();
                let cluster = if end < known { clusters.get_mut(end) } else { pairs.get_mut(end - known) };
                cluster.into_iter().for_each(|cluster| cluster.bonds.push(at));
            }
        }
        let placed = of.iter().filter(|cluster| cluster.is_some()).count() + scattered.len();
        let alone = (0..count).filter(|index| proper(*index)).count() - placed;
        Clusters { bonds, clusters, pairs, of, scattered, cut: large, alone }
    }

    /// How many documents stand in pictures, pairs among them.
    pub(super) fn drawn(&self) -> usize {
        self.of.iter().filter(|cluster| cluster.is_some()).count()
    }
}

/// For each document those it has a bond with, sorted.
fn neighbours(count: usize, ends: impl Iterator<Item = (usize, usize)>) -> Vec<Vec<usize>> {
    let mut near: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (a, b) in ends {
        near[a].push(b);
        near[b].push(a);
    }
    for near in &mut near {
        near.sort_unstable();
        near.dedup();
    }
    near
}

/// Cuts a large cluster: the most connected document and what is nearest to it, then the most connected of the rest …
/// What is left without a neighbour is given back beside.
fn parts(members: &[usize], near: &[Vec<usize>]) -> (Vec<Vec<usize>>, Vec<usize>) {
    let mut left: BTreeSet<usize> = members.iter().copied().collect();
    let mut seeds = members.to_vec();
    seeds.sort_by_key(|member| (std::cmp::Reverse(near[*member].len()), *member));
    let (mut parts, mut rest) = (Vec::new(), Vec::new());
    for seed in seeds {
        if !left.remove(&seed) {
            continue;
        }
        let mut part = vec![seed];
        let mut next = 0;
        while next < part.len() && part.len() < PART {
            let free = near[part[next]].iter().filter(|other| left.contains(other)).copied();
            let free: Vec<usize> = free.take(PART - part.len()).collect();
            for other in &free {
                left.remove(other);
            }
            part.extend(free);
            next += 1;
        }
        part.sort_unstable();
        if part.len() > 1 { parts.push(part) } else { rest.extend(part) }
    }
    (parts, rest)
}

/// Puts documents and pairs with the one cluster they mention or are mentioned by, while there is room, and gives back
/// which were put.
fn join(
    count: usize,
    sets: &mut [(Vec<usize>, Option<usize>)],
    small: impl Iterator<Item = Vec<usize>>,
    mentioned: &[Vec<usize>],
) -> BTreeSet<usize> {
    let mut of = vec![None; count];
    for (at, (members, _)) in sets.iter().enumerate() {
        members.iter().for_each(|member| of[*member] = Some(at));
    }
    let mut wishes: Vec<Vec<usize>> = vec![Vec::new(); sets.len()];
    for group in small {
        let reached: BTreeSet<usize> =
            group.iter().flat_map(|member| &mentioned[*member]).filter_map(|other| of[*other]).collect();
        if let (1, Some(only)) = (reached.len(), reached.first()) {
            wishes[*only].extend(group);
        }
    }
    let mut joined = BTreeSet::new();
    for ((members, _), wish) in sets.iter_mut().zip(wishes) {
        // all or none, so that the picture can say which
        if members.len() + wish.len() <= PART {
            joined.extend(wish.iter().copied());
            members.extend(wish);
            members.sort_unstable();
        }
    }
    joined
}

/// A tag that at least half of the documents have, and two of them.
fn shared_tag(collection: &Collection, members: &[usize]) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for member in members {
        let tags: BTreeSet<&str> = collection.documents[*member].tags.iter().map(|tag| tag.value.as_str()).collect();
        tags.into_iter().for_each(|tag| *counts.entry(capital(&visible(tag))).or_default() += 1);
    }
    let common = counts.into_iter().filter(|(_, count)| *count > 1 && *count * 2 >= members.len());
    common.max_by(|(a, of_a), (b, of_b)| of_a.cmp(of_b).then(b.cmp(a))).map(|(tag, _)| words::shorten(&tag, 40))
}

/// The last part of a document's address, made unique. The list and its numbered pages lie in the same folder.
fn slug(address: &str, taken: &mut BTreeSet<String>) -> String {
    let name = address.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let name = words::slug(name);
    let reserved = name == "list" || name.bytes().all(|byte| byte.is_ascii_digit());
    let name = if reserved { format!("around-{name}") } else { name };
    let mut slug = name.clone();
    let mut number = 2;
    while !taken.insert(slug.clone()) {
        slug = format!("{name}-{number}");
        number += 1;
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::diagnostic::Noted;
    use crate::model::Document;
    use crate::read;
    use crate::resolve::{World, resolve};
    use crate::source::Source;

    fn collection(files: &[(String, String)]) -> Collection {
        let read = |(path, text): &(String, String)| -> Noted<Document> {
            read::read(Source::new(path.clone(), text.clone()), &Config::default())
        };
        resolve(files.iter().map(read).collect(), &World::default())
    }

    fn plan(number: usize, more: &str) -> (String, String) {
        (
            format!("plans/{number:04}.md"),
            format!("---\nid: PLAN-{number}\nstatus: active\n{more}\n---\n# Plan\n\ntext\n"),
        )
    }

    fn said(collection: &Collection) -> Vec<(usize, &'static str, Option<usize>, bool)> {
        bonds(collection).iter().map(|bond| (bond.from, bond.kind.word(), bond.to, bond.both)).collect()
    }

    #[test]
    fn each_relation_is_said_once_whichever_side_writes_it() {
        let both = [plan(0, "superseded_by: PLAN-1"), plan(1, "supersedes: PLAN-0")];
        assert_eq!(said(&collection(&both)), [(1, "supersedes", Some(0), true)]);
        let old = [plan(0, "superseded_by: PLAN-1"), plan(1, "")];
        assert_eq!(said(&collection(&old)), [(1, "supersedes", Some(0), false)]);
        let needs = [plan(0, "blocks: PLAN-1"), plan(1, "depends_on: PLAN-0")];
        assert_eq!(said(&collection(&needs)), [(1, "depends-on", Some(0), true)]);
        assert_eq!(said(&collection(&[plan(0, "blocks: PLAN-1"), plan(1, "")])), [(0, "blocks", Some(1), false)]);
        let related = [plan(0, "related: PLAN-1"), plan(1, "related: PLAN-0")];
        assert_eq!(said(&collection(&related)), [(0, "related", Some(1), true)]);
        assert_eq!(said(&collection(&[plan(0, "depends_on: PLAN-9")])), [(0, "depends-on", None, false)]);
    }

    #[test]
    fn what_only_mentions_a_cluster_stands_with_it_and_what_mentions_two_does_not() {
        let chain = |at: usize| {
            [
                plan(at, ""),
                plan(at + 1, &format!("depends_on: PLAN-{at}")),
                plan(at + 2, &format!("depends_on: PLAN-{at}")),
            ]
        };
        let mut files: Vec<(String, String)> = chain(0).into_iter().chain(chain(3)).collect();
        files.extend([plan(6, ""), plan(7, ""), plan(8, "")]);
        files[6].1.push_str("See PLAN-1.\n");
        files[7].1.push_str("See PLAN-1 and PLAN-4.\n");
        let clusters = Clusters::new(&collection(&files));
        let members: Vec<&[usize]> = clusters.clusters.iter().map(|cluster| cluster.members.as_slice()).collect();
        assert_eq!(members, [&[0, 1, 2, 6][..], &[3, 4, 5]]);
        assert_eq!((clusters.drawn(), clusters.alone, clusters.of[7]), (7, 2, None));
        assert_eq!(clusters.clusters[0].slug, "plan-0");
    }

    #[test]
    fn clusters_are_named_by_a_tag_most_share_else_by_their_hub() {
        let tagged = [
            plan(0, "tags: [ledger]"),
            plan(1, "depends_on: PLAN-0\ntags: [ledger, x]"),
            plan(2, "depends_on: PLAN-0"),
        ];
        assert_eq!(Clusters::new(&collection(&tagged)).clusters[0].label, "Ledger");
        let plain = [plan(0, "tags: [a]"), plan(1, "depends_on: PLAN-0"), plan(2, "depends_on: PLAN-0")];
        assert_eq!(Clusters::new(&collection(&plain)).clusters[0].label, "Around PLAN-0");
    }

    #[test]
    fn addresses_of_clusters_do_not_meet_those_of_lists() {
        let mut taken = BTreeSet::new();
        let slugs = ["pages/list/", "adr/2/", "plans/a/", "rfcs/a/"].map(|address| slug(address, &mut taken));
        assert_eq!(slugs, ["around-list", "around-2", "a", "a-2"]);
    }

    #[test]
    fn large_clusters_are_cut_and_nobody_is_lost() {
        // a chain of 150, and a star of 120
        let mut files: Vec<(String, String)> = (0..150)
            .map(|at| plan(at, &if at > 0 { format!("supersedes: PLAN-{}", at - 1) } else { String::new() }))
            .collect();
        files.extend((150..270).map(|at| plan(at, if at > 150 { "depends_on: PLAN-150" } else { "" })));
        let clusters = Clusters::new(&collection(&files));
        assert!(clusters.clusters.iter().all(|cluster| cluster.members.len() <= MOST && cluster.whole.is_some()));
        assert_eq!(clusters.drawn() + clusters.scattered.len(), 270);
        assert_eq!(clusters.scattered.len(), 60, "what hangs on the star's centre alone");
        let slugs: BTreeSet<&str> = clusters.clusters.iter().map(|cluster| cluster.slug.as_str()).collect();
        assert_eq!(slugs.len(), clusters.clusters.len());
        assert_eq!(clusters.alone, 0);
    }
}
