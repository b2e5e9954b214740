//! Keys and status words in other languages than English: one leaf a language, all of it data.
//!
//! What is missing here a collection names itself, in `[fields]` and `[status]` of its configuration.

use crate::model::{RelationKind, Stage};
use crate::read::fact::Fact;

mod cs;
mod de;
mod es;
mod fr;
mod it;
mod ja;
mod ko;
mod nl;
mod pl;
mod pt;
mod ru;
mod tr;
mod zh;

/// What one language adds.
#[derive(Debug)]
pub struct Language {
    /// Its English name.
    pub name: &'static str,
    /// Metadata keys, normalised as [`crate::read::fact::normal`] does.
    pub keys: &'static [(&'static str, Fact)],
    /// Status words, lower case.
    pub words: &'static [(&'static str, Stage)],
    /// Words right before a link that make it more than a mention, lower case.
    pub lead_ins: &'static [(&'static str, RelationKind)],
}

/// All languages. Where two share a word, they mean the same.
pub const LANGUAGES: &[Language] = &[
    cs::LANGUAGE,
    de::LANGUAGE,
    es::LANGUAGE,
    fr::LANGUAGE,
    it::LANGUAGE,
    ja::LANGUAGE,
    ko::LANGUAGE,
    nl::LANGUAGE,
    pl::LANGUAGE,
    pt::LANGUAGE,
    ru::LANGUAGE,
    tr::LANGUAGE,
    zh::LANGUAGE,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::fact::normal;

    #[test]
    fn entries_are_normalised_and_agree() {
        let mut keys: std::collections::BTreeMap<&str, Fact> = Default::default();
        let mut words: std::collections::BTreeMap<&str, Stage> = Default::default();
        for language in LANGUAGES {
            for (key, fact) in language.keys {
                assert_eq!(normal(key), *key, "{}", language.name);
                assert_eq!(*keys.entry(key).or_insert(*fact), *fact, "{key}");
            }
            for (word, stage) in language.words {
                assert_eq!(word.to_lowercase(), *word, "{}", language.name);
                assert_eq!(*words.entry(word).or_insert(*stage), *stage, "{word}");
            }
        }
    }
}
