//! Which keys state which fact. Dialects, languages and the configuration add their own.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use super::language::LANGUAGES;

/// What a metadata key can state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// What it is called.
    Title,
    /// What it is about.
    Summary,
    /// Its identifier.
    Id,
    /// Which sort of document it is.
    Kind,
    /// Where it stands, in the key that outranks `status`.
    Lifecycle,
    /// Where it stands.
    Status,
    /// First written.
    Created,
    /// Last changed.
    Updated,
    /// Last confirmed.
    Reviewed,
    /// Good through.
    Expires,
    /// To be confirmed by.
    NextReview,
    /// How long a review is good for.
    ReviewIn,
    /// When it was decided. `date` means this in a decision and `created` elsewhere.
    Decided,
    /// When it was done.
    Completed,
    /// A date without a meaning of its own.
    Date,
    /// Who answers for it.
    Owner,
    /// Who cares.
    Stakeholder,
    /// Tags.
    Tag,
    /// Whose place it takes.
    Supersedes,
    /// Who takes its place.
    SupersededBy,
    /// What belongs to it.
    Related,
    /// What it needs first.
    DependsOn,
    /// What needs it first.
    Blocks,
    /// What it follows from.
    BasedOn,
    /// What it carries out.
    Implements,
    /// What it decides.
    Decides,
    /// What it changes a part of.
    Amends,
    /// Code it is about.
    Code,
    /// What it asks of AI agents.
    Ai,
    /// The share of the work that is done, in percent.
    Progress,
    /// Speaks of plansite itself: suppressed rules.
    Plansite,
    /// Nothing: a dialect uses the key for something of its own, as KEPs use `stage`.
    Other,
}

/// Every fact and its name in the configuration.
pub const FACTS: &[(&str, Fact)] = &[
    ("title", Fact::Title),
    ("summary", Fact::Summary),
    ("id", Fact::Id),
    ("kind", Fact::Kind),
    ("lifecycle", Fact::Lifecycle),
    ("status", Fact::Status),
    ("created", Fact::Created),
    ("updated", Fact::Updated),
    ("reviewed", Fact::Reviewed),
    ("expires", Fact::Expires),
    ("next_review", Fact::NextReview),
    ("review_in", Fact::ReviewIn),
    ("decided", Fact::Decided),
    ("completed", Fact::Completed),
    ("date", Fact::Date),
    ("owner", Fact::Owner),
    ("stakeholders", Fact::Stakeholder),
    ("tags", Fact::Tag),
    ("supersedes", Fact::Supersedes),
    ("superseded_by", Fact::SupersededBy),
    ("related", Fact::Related),
    ("depends_on", Fact::DependsOn),
    ("blocks", Fact::Blocks),
    ("based_on", Fact::BasedOn),
    ("implements", Fact::Implements),
    ("decides", Fact::Decides),
    ("amends", Fact::Amends),
    ("supersedes partially", Fact::Amends),
    ("partially supersedes", Fact::Amends),
    ("related_code", Fact::Code),
    ("ai", Fact::Ai),
    ("progress", Fact::Progress),
    ("plansite", Fact::Plansite),
];

/// Keys in use, normalised by [`normal`], and what they state.
pub const KEYS: &[(&str, Fact)] = &[
    ("title", Fact::Title),
    ("name", Fact::Title),
    ("feature name", Fact::Title),
    ("proposal name", Fact::Title),
    ("description", Fact::Summary),
    ("summary", Fact::Summary),
    ("abstract", Fact::Summary),
    ("tldr", Fact::Summary),
    ("tl;dr", Fact::Summary),
    ("one liner", Fact::Summary),
    ("id", Fact::Id),
    ("plan id", Fact::Id),
    ("spec id", Fact::Id),
    ("specification id", Fact::Id),
    ("document id", Fact::Id),
    ("research id", Fact::Id),
    ("adr", Fact::Id),
    ("adr id", Fact::Id),
    ("adr number", Fact::Id),
    ("rfc", Fact::Id),
    ("rfd", Fact::Id),
    ("eip", Fact::Id),
    ("cip", Fact::Id),
    ("nep", Fact::Id),
    ("bip", Fact::Id),
    ("fip", Fact::Id),
    ("simd", Fact::Id),
    ("number", Fact::Id),
    ("tep", Fact::Id),
    ("tep number", Fact::Id),
    ("kep number", Fact::Id),
    ("sip", Fact::Id),
    ("pep", Fact::Id),
    ("dep", Fact::Id),
    ("frc", Fact::Id),
    ("cps", Fact::Id),
    ("erc", Fact::Id),
    ("rfc number", Fact::Id),
    ("rfc id", Fact::Id),
    ("decision id", Fact::Id),
    ("proposal id", Fact::Id),
    ("task id", Fact::Id),
    ("ticket id", Fact::Id),
    ("feature id", Fact::Id),
    ("work package id", Fact::Id),
    ("proposal", Fact::Id),
    ("type", Fact::Kind),
    ("kind", Fact::Kind),
    ("doc type", Fact::Kind),
    ("document type", Fact::Kind),
    ("lifecycle", Fact::Lifecycle),
    ("status", Fact::Status),
    ("state", Fact::Status),
    ("stage", Fact::Status),
    ("current status", Fact::Status),
    ("overall status", Fact::Status),
    ("plan status", Fact::Status),
    ("rfc status", Fact::Status),
    ("adr status", Fact::Status),
    ("document status", Fact::Status),
    ("decision status", Fact::Status),
    ("proposal status", Fact::Status),
    ("spec status", Fact::Status),
    ("task status", Fact::Status),
    ("project status", Fact::Status),
    ("lifecycle status", Fact::Status),
    ("lane", Fact::Status),
    ("created", Fact::Created),
    ("created at", Fact::Created),
    ("created date", Fact::Created),
    ("creation date", Fact::Created),
    ("created on", Fact::Created),
    ("start date", Fact::Created),
    ("started", Fact::Created),
    ("started on", Fact::Created),
    ("date created", Fact::Created),
    ("proposed on", Fact::Created),
    ("date proposed", Fact::Created),
    ("authored", Fact::Created),
    ("since", Fact::Created),
    ("updated", Fact::Updated),
    ("updated at", Fact::Updated),
    ("updated date", Fact::Updated),
    ("last updated", Fact::Updated),
    ("last modified", Fact::Updated),
    ("last update", Fact::Updated),
    ("last updated at", Fact::Updated),
    ("last updated on", Fact::Updated),
    ("last changed", Fact::Updated),
    ("last edited", Fact::Updated),
    ("date updated", Fact::Updated),
    ("date last updated", Fact::Updated),
    ("updated on", Fact::Updated),
    ("lastupdated", Fact::Updated),
    ("modified", Fact::Updated),
    ("reviewed", Fact::Reviewed),
    ("last reviewed", Fact::Reviewed),
    ("last reviewed on", Fact::Reviewed),
    ("last review", Fact::Reviewed),
    ("last review date", Fact::Reviewed),
    ("last reviewed at", Fact::Reviewed),
    ("status last reviewed", Fact::Reviewed),
    ("reviewed at", Fact::Reviewed),
    ("reviewed on", Fact::Reviewed),
    ("last verified", Fact::Reviewed),
    ("verified on", Fact::Reviewed),
    ("expires", Fact::Expires),
    ("expiry", Fact::Expires),
    ("expiry date", Fact::Expires),
    ("expires on", Fact::Expires),
    ("valid until", Fact::Expires),
    ("valid through", Fact::Expires),
    ("valid to", Fact::Expires),
    ("good until", Fact::Expires),
    ("expires at", Fact::Expires),
    ("expiration", Fact::Expires),
    ("expiration date", Fact::Expires),
    ("expire date", Fact::Expires),
    ("review period end", Fact::Expires),
    ("last call deadline", Fact::Expires),
    ("sunset", Fact::Expires),
    ("next review", Fact::NextReview),
    ("next review date", Fact::NextReview),
    ("review by", Fact::NextReview),
    ("next review by", Fact::NextReview),
    ("next review on", Fact::NextReview),
    ("review on", Fact::NextReview),
    ("revisit", Fact::NextReview),
    ("revisit by", Fact::NextReview),
    ("revisit on", Fact::NextReview),
    ("review date", Fact::NextReview),
    ("review due", Fact::NextReview),
    ("review in", Fact::ReviewIn),
    ("review every", Fact::ReviewIn),
    ("review cadence", Fact::ReviewIn),
    ("review cycle", Fact::ReviewIn),
    ("review frequency", Fact::ReviewIn),
    ("review interval", Fact::ReviewIn),
    ("review period", Fact::ReviewIn),
    ("decided", Fact::Decided),
    ("decision date", Fact::Decided),
    ("decided on", Fact::Decided),
    ("date decided", Fact::Decided),
    ("date accepted", Fact::Decided),
    ("accepted on", Fact::Decided),
    ("approved on", Fact::Decided),
    ("accepted", Fact::Decided),
    ("completed", Fact::Completed),
    ("completed at", Fact::Completed),
    ("completed date", Fact::Completed),
    ("completion date", Fact::Completed),
    ("completed on", Fact::Completed),
    ("date completed", Fact::Completed),
    ("end date", Fact::Completed),
    ("finished", Fact::Completed),
    ("closed", Fact::Completed),
    ("date", Fact::Date),
    ("owner", Fact::Owner),
    ("owners", Fact::Owner),
    ("author", Fact::Owner),
    ("authors", Fact::Owner),
    ("assignee", Fact::Owner),
    ("assignees", Fact::Owner),
    ("lead", Fact::Owner),
    ("dri", Fact::Owner),
    ("maintainer", Fact::Owner),
    ("maintainers", Fact::Owner),
    ("responsible", Fact::Owner),
    ("point of contact", Fact::Owner),
    ("champion", Fact::Owner),
    ("champions", Fact::Owner),
    ("co author", Fact::Owner),
    ("co authors", Fact::Owner),
    ("co owner", Fact::Owner),
    ("proposer", Fact::Owner),
    ("proposed by", Fact::Owner),
    ("driver", Fact::Owner),
    ("drivers", Fact::Owner),
    ("editor", Fact::Owner),
    ("editors", Fact::Owner),
    ("creator", Fact::Owner),
    ("created by", Fact::Owner),
    ("written by", Fact::Owner),
    ("owned by", Fact::Owner),
    ("assigned to", Fact::Owner),
    ("contact", Fact::Owner),
    ("contacts", Fact::Owner),
    ("primary contact", Fact::Owner),
    ("accountable", Fact::Owner),
    ("responsible party", Fact::Owner),
    ("tech lead", Fact::Owner),
    ("team lead", Fact::Owner),
    ("project lead", Fact::Owner),
    ("plan owner", Fact::Owner),
    ("document owner", Fact::Owner),
    ("owning team", Fact::Owner),
    ("owner slack", Fact::Owner),
    ("implementor", Fact::Owner),
    ("implementors", Fact::Owner),
    ("decider", Fact::Owner),
    ("deciders", Fact::Owner),
    ("decision makers", Fact::Owner),
    ("decision maker", Fact::Owner),
    ("stakeholder", Fact::Stakeholder),
    ("stakeholders", Fact::Stakeholder),
    ("consulted", Fact::Stakeholder),
    ("informed", Fact::Stakeholder),
    ("reviewer", Fact::Stakeholder),
    ("reviewers", Fact::Stakeholder),
    ("reviewed by", Fact::Stakeholder),
    ("approver", Fact::Stakeholder),
    ("approvers", Fact::Stakeholder),
    ("approved by", Fact::Stakeholder),
    ("collaborators", Fact::Stakeholder),
    ("contributors", Fact::Stakeholder),
    ("sponsor", Fact::Stakeholder),
    ("sponsors", Fact::Stakeholder),
    ("shepherd", Fact::Stakeholder),
    ("shepherds", Fact::Stakeholder),
    ("shepherd leader", Fact::Stakeholder),
    ("shepherd team", Fact::Stakeholder),
    ("tags", Fact::Tag),
    ("tag", Fact::Tag),
    ("labels", Fact::Tag),
    ("keywords", Fact::Tag),
    ("label", Fact::Tag),
    ("topics", Fact::Tag),
    ("supersedes", Fact::Supersedes),
    ("replaces", Fact::Supersedes),
    ("obsoletes", Fact::Supersedes),
    ("superseded by", Fact::SupersededBy),
    ("supersededby", Fact::SupersededBy),
    ("replaced by", Fact::SupersededBy),
    ("obsoleted by", Fact::SupersededBy),
    ("superseding proposal", Fact::SupersededBy),
    ("deprecated by", Fact::SupersededBy),
    ("replacement", Fact::SupersededBy),
    ("successor", Fact::SupersededBy),
    ("proposed replacement", Fact::SupersededBy),
    ("related", Fact::Related),
    ("related plans", Fact::Related),
    ("related docs", Fact::Related),
    ("related documents", Fact::Related),
    ("related adrs", Fact::Related),
    ("related to", Fact::Related),
    ("relates to", Fact::Related),
    ("see also", Fact::Related),
    ("related adr", Fact::Related),
    ("related decisions", Fact::Related),
    ("related rfcs", Fact::Related),
    ("related specs", Fact::Related),
    ("related issues", Fact::Related),
    ("related proposals", Fact::Related),
    ("relatesto", Fact::Related),
    ("amended by", Fact::Related),
    ("parent task id", Fact::Related),
    ("depends on", Fact::DependsOn),
    ("dependencies", Fact::DependsOn),
    ("requires", Fact::DependsOn),
    ("blocked by", Fact::DependsOn),
    ("blocks", Fact::Blocks),
    ("based on", Fact::BasedOn),
    ("spec", Fact::BasedOn),
    ("specification", Fact::BasedOn),
    ("parent mainspec", Fact::BasedOn),
    ("parent spec", Fact::BasedOn),
    ("parent plan", Fact::BasedOn),
    ("previous proposal", Fact::BasedOn),
    ("extends", Fact::BasedOn),
    ("refines", Fact::BasedOn),
    ("derived from", Fact::BasedOn),
    ("implements", Fact::Implements),
    ("feature", Fact::Implements),
    ("decides", Fact::Decides),
    ("amends", Fact::Amends),
    ("related code", Fact::Code),
    ("code", Fact::Code),
    ("code paths", Fact::Code),
    ("affects", Fact::Code),
    ("ai", Fact::Ai),
    ("completion", Fact::Progress),
    ("progress", Fact::Progress),
    ("overall progress", Fact::Progress),
    ("plansite", Fact::Plansite),
];

/// Keys that are often misspelt, normalised, and the key that is meant: they count, and are told.
pub const MISSPELT: &[(&str, &str)] = &[
    ("supercedes", "supersedes"),
    ("superceedes", "supersedes"),
    ("superceded", "superseded by"),
    ("superceded by", "superseded by"),
    ("superseeded by", "superseded by"),
    ("supercededby", "superseded by"),
    ("dependancies", "dependencies"),
    ("stake holders", "stakeholders"),
    ("reviwed", "reviewed"),
];

/// Words that stand before a key and don't change what it states.
const WHOSE: &[&str] = &["rfc", "adr", "tep", "plan", "proposal", "spec", "document", "doc", "original", "primary"];

/// Keys that are read wherever a line such as `**Next review:** …` stands, not only at the top and the foot.
pub const ROAMING: &[Fact] = &[Fact::NextReview, Fact::ReviewIn, Fact::Progress];

/// [`KEYS`] and those of other languages, by name.
static BY_NAME: LazyLock<HashMap<&'static str, Fact>> = LazyLock::new(|| {
    let foreign = LANGUAGES.iter().flat_map(|language| language.keys);
    // English comes last, because the last of two counts
    foreign.chain(KEYS).copied().collect()
});

/// The fact a key states. `extra` (a dialect's own keys) counts before `config` and [`KEYS`].
pub fn of(key: &str, extra: &[(&str, Fact)], config: &BTreeMap<String, String>) -> Option<Fact> {
    of_normal(&normal(key), extra, config)
}

/// [`of`] for a key that is normalised already.
pub fn of_normal(key: &str, extra: &[(&str, Fact)], config: &BTreeMap<String, String>) -> Option<Fact> {
    let key = MISSPELT.iter().find(|(wrong, _)| *wrong == key).map_or(key, |(_, right)| *right);
    let own = || extra.iter().find(|(name, _)| *name == key).map(|(_, fact)| *fact);
    let configured = || {
        let (_, name) = config.iter().find(|(written, _)| normal(written) == key)?;
        FACTS.iter().find(|(fact, _)| fact == name).map(|(_, fact)| *fact)
    };
    // `RFC Driver`, `Original Author`: a word before the key says of what
    let bare = || {
        WHOSE
            .iter()
            .find_map(|word| key.strip_prefix(word)?.strip_prefix(' '))
            .and_then(|bare| BY_NAME.get(bare).copied())
            .filter(|fact| !matches!(fact, Fact::Kind | Fact::Id | Fact::Title))
    };
    own().or_else(configured).or_else(|| BY_NAME.get(key).copied()).or_else(bare).filter(|fact| *fact != Fact::Other)
}

/// The key that a misspelt or mistyped one stands for, normalised: one letter more or less, exchanged or swapped, in a
/// word long enough, because two words that merely look alike are not meant.
pub fn meant(key: &str) -> Option<&'static str> {
    let key = normal(key);
    let close = |known: &str| {
        let long = key.len() >= 5 && known.len() >= 5 && key.len().abs_diff(known.len()) <= 1;
        // one slip leaves all before and behind it as it is, which is quick to see
        let same = |pairs: &mut dyn Iterator<Item = (u8, u8)>| pairs.take_while(|(a, b)| a == b).count();
        let ends = || same(&mut key.bytes().zip(known.bytes())) + same(&mut key.bytes().rev().zip(known.bytes().rev()));
        long && ends() + 2 >= key.len().max(known.len()) && strsim::damerau_levenshtein(&key, known) == 1
    };
    let misspelt = MISSPELT.iter().find(|(wrong, _)| *wrong == key).map(|(_, right)| *right);
    misspelt.or_else(|| KEYS.iter().map(|(name, _)| *name).find(|name| close(name)))
}

/// A key without case and with one space for any of `-_ `: `Superseded-By`, `superseded_by` and `supersededBy` are one.
pub fn normal(key: &str) -> String {
    let mut normal = String::with_capacity(key.len() + 2);
    let mut lower = false;
    let key = key.trim().trim_end_matches('#').trim_end().trim_end_matches("(s)");
    for c in key.chars() {
        if matches!(c, '-' | '_' | ' ') {
            if !normal.ends_with(' ') {
                normal.push(' ');
            }
            lower = false;
        } else {
            if c.is_uppercase() && lower {
                normal.push(' ');
            }
            lower = c.is_lowercase();
            // nearly all keys are ASCII, for which the general way costs ten times as much
            if c.is_ascii() {
                normal.push(c.to_ascii_lowercase());
            } else {
                normal.extend(c.to_lowercase());
            }
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_key() {
        for key in ["superseded_by", "Superseded By", "superseded-by", "supersededBy", "SupersededBy"] {
            assert_eq!(of(key, &[], &Default::default()), Some(Fact::SupersededBy), "{key}");
        }
        assert_eq!(of("related_plan", &[], &Default::default()), None);
    }
}
