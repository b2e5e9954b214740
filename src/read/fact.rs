//! Which keys state which fact. Dialects and the configuration add their own.

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
    ("description", Fact::Summary),
    ("summary", Fact::Summary),
    ("abstract", Fact::Summary),
    ("tldr", Fact::Summary),
    ("id", Fact::Id),
    ("plan id", Fact::Id),
    ("spec id", Fact::Id),
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
    ("lane", Fact::Status),
    ("created", Fact::Created),
    ("created at", Fact::Created),
    ("created date", Fact::Created),
    ("creation date", Fact::Created),
    ("created on", Fact::Created),
    ("start date", Fact::Created),
    ("updated", Fact::Updated),
    ("updated at", Fact::Updated),
    ("updated date", Fact::Updated),
    ("last updated", Fact::Updated),
    ("last modified", Fact::Updated),
    ("modified", Fact::Updated),
    ("reviewed", Fact::Reviewed),
    ("last reviewed", Fact::Reviewed),
    ("last reviewed on", Fact::Reviewed),
    ("last review", Fact::Reviewed),
    ("expires", Fact::Expires),
    ("expiry", Fact::Expires),
    ("expiry date", Fact::Expires),
    ("expires on", Fact::Expires),
    ("valid until", Fact::Expires),
    ("last call deadline", Fact::Expires),
    ("sunset", Fact::Expires),
    ("next review", Fact::NextReview),
    ("next review date", Fact::NextReview),
    ("review by", Fact::NextReview),
    ("review date", Fact::NextReview),
    ("review due", Fact::NextReview),
    ("review in", Fact::ReviewIn),
    ("review every", Fact::ReviewIn),
    ("review cadence", Fact::ReviewIn),
    ("review cycle", Fact::ReviewIn),
    ("decided", Fact::Decided),
    ("decision date", Fact::Decided),
    ("accepted", Fact::Decided),
    ("completed", Fact::Completed),
    ("completed at", Fact::Completed),
    ("completed date", Fact::Completed),
    ("completion date", Fact::Completed),
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
    ("tags", Fact::Tag),
    ("tag", Fact::Tag),
    ("labels", Fact::Tag),
    ("keywords", Fact::Tag),
    ("supersedes", Fact::Supersedes),
    ("replaces", Fact::Supersedes),
    ("obsoletes", Fact::Supersedes),
    ("superseded by", Fact::SupersededBy),
    ("supersededby", Fact::SupersededBy),
    ("replaced by", Fact::SupersededBy),
    ("obsoleted by", Fact::SupersededBy),
    ("proposed replacement", Fact::SupersededBy),
    ("related", Fact::Related),
    ("related plans", Fact::Related),
    ("related docs", Fact::Related),
    ("related documents", Fact::Related),
    ("related adrs", Fact::Related),
    ("related to", Fact::Related),
    ("relates to", Fact::Related),
    ("see also", Fact::Related),
    ("depends on", Fact::DependsOn),
    ("dependencies", Fact::DependsOn),
    ("requires", Fact::DependsOn),
    ("blocked by", Fact::DependsOn),
    ("blocks", Fact::Blocks),
    ("based on", Fact::BasedOn),
    ("spec", Fact::BasedOn),
    ("specification", Fact::BasedOn),
    ("parent mainspec", Fact::BasedOn),
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

/// Keys that are read wherever a line such as `**Next review:** …` stands, not only at the top and the foot.
pub const ROAMING: &[Fact] = &[Fact::NextReview, Fact::ReviewIn, Fact::Progress];

/// The fact a key states. `extra` (a dialect's own keys) counts before `config` and [`KEYS`].
pub fn of(key: &str, extra: &[(&str, Fact)], config: &std::collections::BTreeMap<String, String>) -> Option<Fact> {
    let key = normal(key);
    let listed = |table: &[(&str, Fact)]| table.iter().find(|(name, _)| *name == key).map(|(_, fact)| *fact);
    let configured = || {
        let (_, name) = config.iter().find(|(written, _)| normal(written) == key)?;
        FACTS.iter().find(|(fact, _)| fact == name).map(|(_, fact)| *fact)
    };
    listed(extra).or_else(configured).or_else(|| listed(KEYS))
}

/// A key without case and with one space for any of `-_ `: `Superseded-By`, `superseded_by` and `supersededBy` are one.
pub fn normal(key: &str) -> String {
    let mut normal = String::with_capacity(key.len() + 2);
    let mut lower = false;
    for c in key.trim().trim_end_matches("(s)").chars() {
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
            normal.extend(c.to_lowercase());
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
