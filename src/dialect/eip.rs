//! Improvement proposals with a preamble in frontmatter: EIP, ERC, CIP, NEP, FIP, SIMD, BIP.

use super::{Dialect, Outline};
use crate::model::{Kind, Stage};
use crate::read::fact::Fact;

pub(super) const DIALECT: Dialect = Dialect {
    name: "eip",
    about: "frontmatter with eip/cip/nep/fip/simd, title, status, type, category, created, requires",
    claims: |outline: &Outline<'_>| {
        ["eip", "erc", "cip", "nep", "fip", "simd", "bip", "caip"].iter().any(|key| outline.frontmatter(key))
    },
    kind: |_| Some(Kind::Proposal),
    keys: &[("requires", Fact::DependsOn), ("replaces", Fact::Supersedes), ("superseded by", Fact::SupersededBy)],
    words: &[
        ("review", Stage::Proposed),
        ("stagnant", Stage::Archived),
        ("moved", Stage::Archived),
        ("living", Stage::Active),
    ],
};
