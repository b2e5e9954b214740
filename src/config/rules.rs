//! `[rules]`: how much each rule matters, everywhere, for a kind, below a path.
//!
//! The names of rules are checked by who knows them; here they are words with a place.

use std::collections::BTreeMap;
use std::fmt::{self, Formatter};

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use toml::Spanned;

use super::KindWord;
use crate::diagnostic::Severity;
use crate::model::Kind;

/// A rule's level in the config.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The rule is silent.
    Off,
    /// As [`Severity::Notice`].
    Notice,
    /// As [`Severity::Warning`].
    Warning,
    /// As [`Severity::Error`].
    Error,
}

impl Level {
    /// The severity; absent for [`Level::Off`].
    pub fn severity(self) -> Option<Severity> {
        match self {
            Level::Off => None,
            Level::Notice => Some(Severity::Notice),
            Level::Warning => Some(Severity::Warning),
            Level::Error => Some(Severity::Error),
        }
    }
}

/// The levels of rules.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// Whether a suppression must say why.
    pub require_reason: bool,
    /// `expired = "warning"`
    everywhere: BTreeMap<String, Level>,
    /// `[rules.kinds.adr]`
    kinds: BTreeMap<KindWord, BTreeMap<String, Level>>,
    /// `[rules.paths."archive/**"]`, in the order of the file.
    paths: Vec<(Gitignore, BTreeMap<String, Level>)>,
    /// Every rule that is named, and its byte offset in the file.
    pub(super) named: Vec<(String, usize)>,
}

impl Rules {
    /// What the configuration says of a rule for one document: by path, the last pattern that matches and names the rule;
    /// else by kind; else everywhere. Absent where it says nothing.
    pub fn level(&self, rule: &str, kind: Kind, path: &str) -> Option<Level> {
        let below = self.paths.iter().rev().filter_map(|(glob, levels)| Some((glob, levels.get(rule)?)));
        let mut below = below.filter(|(glob, _)| glob.matched_path_or_any_parents(path, false).is_ignore());
        let of_kind = || self.kinds.get(&KindWord(kind)).and_then(|levels| levels.get(rule));
        below.next().map(|(_, level)| level).or_else(of_kind).or_else(|| self.everywhere.get(rule)).copied()
    }

    fn take(&mut self, levels: BTreeMap<Spanned<String>, Level>) -> BTreeMap<String, Level> {
        let named = levels.keys().map(|name| (name.get_ref().clone(), name.span().start));
        self.named.extend(named);
        levels.into_iter().map(|(name, level)| (name.into_inner(), level)).collect()
    }
}

impl<'de> Deserialize<'de> for Rules {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(Entries)
    }
}

struct Entries;

impl<'de> Visitor<'de> for Entries {
    type Value = Rules;

    fn expecting(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str("a table of rules")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Rules, M::Error> {
        type Levels = BTreeMap<Spanned<String>, Level>;
        let mut rules = Rules::default();
        while let Some(key) = map.next_key::<Spanned<String>>()? {
            match key.get_ref().as_str() {
                "require_reason" => rules.require_reason = map.next_value()?,
                "kinds" => {
                    for (kind, levels) in map.next_value::<BTreeMap<KindWord, Levels>>()? {
                        let levels = rules.take(levels);
                        rules.kinds.insert(kind, levels);
                    }
                }
                "paths" => {
                    let mut paths: Vec<_> =
                        map.next_value::<BTreeMap<Spanned<String>, Levels>>()?.into_iter().collect();
                    paths.sort_by_key(|(pattern, _)| pattern.span().start);
                    for (pattern, levels) in paths {
                        let glob = glob(pattern.get_ref()).map_err(M::Error::custom)?;
                        let levels = rules.take(levels);
                        rules.paths.push((glob, levels));
                    }
                }
                _ => {
                    let level = map.next_value()?;
                    rules.named.push((key.get_ref().clone(), key.span().start));
                    rules.everywhere.insert(key.into_inner(), level);
                }
            }
        }
        Ok(rules)
    }
}

fn glob(pattern: &str) -> Result<Gitignore, String> {
    let wrong = |why: String| format!("the glob `{pattern}` is wrong: {why}");
    if pattern.starts_with('!') {
        return Err(wrong("it can't be turned round".into()));
    }
    let mut builder = GitignoreBuilder::new("");
    builder.add_line(None, pattern).map_err(|error| wrong(error.to_string()))?;
    builder.build().map_err(|error| wrong(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    #[test]
    fn the_nearest_word_counts() {
        let text = "[rules]\nexpired = \"notice\"\nrequire_reason = true\n\
                    [rules.paths.\"old/**\"]\nexpired = \"off\"\n[rules.paths.\"old/kept/**\"]\nexpired = \"error\"\n\
                    [rules.kinds.adr]\nexpired = \"warning\"\nstale = \"off\"\n";
        let config = parse(text, &["expired", "stale"], &[]).expect("it is sound");
        let level = |rule, kind, path| config.rules.level(rule, kind, path);
        assert!(config.rules.require_reason);
        assert_eq!(level("expired", Kind::Plan, "a.md"), Some(Level::Notice));
        assert_eq!(level("expired", Kind::Adr, "a.md"), Some(Level::Warning));
        assert_eq!(level("expired", Kind::Adr, "old/a.md"), Some(Level::Off));
        assert_eq!(level("expired", Kind::Adr, "old/kept/a.md"), Some(Level::Error));
        assert_eq!(level("stale", Kind::Adr, "old/a.md"), Some(Level::Off));
        assert_eq!(level("stale", Kind::Plan, "old/a.md"), None);
    }

    #[test]
    fn mistakes_are_named_where_they_stand() {
        let wrong = |text: &str| match parse(text, &["expired"], &[]) {
            Ok(_) => "fine".into(),
            Err(error) => format!("{}:{}: {}", error.place.line, error.place.column, error.message),
        };
        assert_eq!(
            wrong("[rules.paths.\"a/**\"]\nexpird = \"off\"\n"),
            "2:1: there is no rule `expird`; did you mean `expired`?"
        );
        assert_eq!(
            wrong("[rules.kinds.adr]\nexpird = \"off\"\n"),
            "2:1: there is no rule `expird`; did you mean `expired`?"
        );
        assert!(
            wrong("[rules.kinds.adrr]\nexpired = \"off\"\n").ends_with("`adrr` is not a kind; did you mean `adr`?")
        );
        assert!(wrong("[rules.paths.\"!a\"]\nexpired = \"off\"\n").ends_with("it can't be turned round"));
        assert!(wrong("[rules]\nexpired = \"of\"\n").starts_with("2:11: unknown variant `of`"));
    }
}
