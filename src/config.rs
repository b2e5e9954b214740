//! `plansite.toml`, understood.
//!
//! Everything has a default, so an absent file is the default configuration. An unknown key is an error that names the
//! nearest known one, because a setting that is silently ignored is worse than none.

mod rules;
mod theme;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::date::Period;
use crate::model::{Kind, Stage};
use crate::source::{Place, Source};
use crate::words;

pub use rules::{Level, Rules};
pub use theme::{COLORS, Color, ColorEntry, ColorName, Colors, Theme};

/// The name of the file.
pub const FILE: &str = "plansite.toml";

/// All settings.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// `[site]`
    pub site: Site,
    /// `[collection]`
    pub collection: Collection,
    /// `[freshness]`
    pub freshness: Freshness,
    /// `[status]`: a status word and the stage it means. Words are compared without case.
    pub status: BTreeMap<String, StageWord>,
    /// `[fields]`: a key as documents write it and the fact it states, such as `"gut bis" = "expires"`.
    pub fields: BTreeMap<String, String>,
    /// `[kinds]`: a word of `type:` or a folder's name and the kind it means.
    pub kinds: BTreeMap<String, KindWord>,
    /// `[rules]`
    pub rules: Rules,
    /// `[theme]`
    pub theme: Theme,
    /// `[search]`
    pub search: Search,
    /// `[agents]`
    pub agents: Agents,
}

/// What the site's search finds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Search {
    /// Without it the site has no index and no search, and links lead to the table of all documents.
    pub enabled: bool,
    /// Documents that are not searched, as patterns as in `.gitignore`.
    pub exclude: Vec<String>,
}

impl Default for Search {
    fn default() -> Self {
        Search { enabled: true, exclude: Vec::new() }
    }
}

/// How the site presents itself.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Site {
    /// Name of the collection; default: the name of the repository's or the collection's folder.
    pub title: Option<String>,
    /// Where the site will be, for feeds and the sitemap. Pages never need it.
    pub base_url: Option<String>,
    /// Address of the repository on its forge, without a slash at the end.
    pub repository: Option<String>,
    /// Address of a file's edit form, with `{path}` in it.
    pub edit_url: Option<String>,
    /// Language of the documents, as in HTML's `lang`.
    pub language: String,
}

impl Default for Site {
    fn default() -> Self {
        Site { title: None, base_url: None, repository: None, edit_url: None, language: "en".into() }
    }
}

/// Which files belong to the collection.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Collection {
    /// The root, relative to the config file.
    pub docs: Option<String>,
    /// Globs of files to take besides, hidden folders for instance. Relative to the root.
    pub include: Vec<String>,
    /// Globs of files to leave out.
    pub exclude: Vec<String>,
    /// Whether to ask git when documents and code were changed.
    pub git: bool,
    /// The folders that lead to the root, from the repository's: `docs/adr` says of a file what `adr/` says elsewhere.
    /// Filled where the root is found.
    #[serde(skip)]
    pub home: String,
}

impl Default for Collection {
    fn default() -> Self {
        Collection { docs: None, include: Vec::new(), exclude: Vec::new(), git: true, home: String::new() }
    }
}

/// When a document is due.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Freshness {
    /// How long before a deadline a document is due.
    pub warn_before: Length,
    /// How long the content of an active document may stay as it is.
    pub stale_after: Length,
    /// How long after its deadline a document is late without being an error.
    pub grace: Option<Length>,
    /// How long a review is good for, per kind, where a document doesn't say it.
    pub lease: BTreeMap<KindWord, Length>,
    /// Stages besides draft, proposed, active and blocked that can be late.
    pub live: Vec<StageWord>,
}

impl Default for Freshness {
    fn default() -> Self {
        let length = |days| Length(Period::of_days(days));
        let (warn_before, stale_after) = (length(14), length(90));
        Freshness { warn_before, stale_after, grace: None, lease: BTreeMap::new(), live: Vec::new() }
    }
}

/// What agents get.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Agents {
    /// How many tokens `agents/context.md` may cost, at four characters a token.
    pub token_budget: u64,
}

impl Default for Agents {
    fn default() -> Self {
        Agents { token_budget: 20_000 }
    }
}

/// A period in the config: `"14d"`, `"3 months"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Length(pub Period);

impl TryFrom<String> for Length {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Period::parse(&text)
            .map(Length)
            .ok_or(format!("`{text}` is not a period; write it as 14d, 6 weeks or 3 months"))
    }
}

/// A stage in the config.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct StageWord(pub Stage);

impl TryFrom<String> for StageWord {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let known = crate::model::STAGES.iter().map(|stage| stage.word());
        let help = words::nearest(&text, known).map(|word| format!("; did you mean `{word}`?")).unwrap_or_default();
        Stage::from_word(&text).map(StageWord).ok_or(format!("`{text}` is not a stage{help}"))
    }
}

/// A kind in the config.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct KindWord(pub Kind);

impl TryFrom<String> for KindWord {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let known = crate::model::KINDS.iter().map(|entry| entry.word);
        let help = words::nearest(&text, known).map(|word| format!("; did you mean `{word}`?")).unwrap_or_default();
        Kind::from_word(&text).map(KindWord).ok_or(format!("`{text}` is not a kind{help}"))
    }
}

/// What is wrong with a config file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// Where in the file.
    pub place: Place,
    /// The fact, and the nearest known key where one is near.
    pub message: String,
}

/// Reads the text of a `plansite.toml`. Rule names are checked against `rules`, fact names against `facts`.
pub fn parse(text: &str, rules: &[&str], facts: &[&str]) -> Result<Config, ConfigError> {
    let source = Source::new(FILE, text);
    let config: Config = toml::from_str(&source.text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start as u32);
        ConfigError { place: source.place(at), message: explain(error.message()) }
    })?;
    let unknown = |what: &str, word: &str, at: usize, known: &[&str]| {
        let near = words::nearest(word, known.iter().copied());
        let help = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        ConfigError { place: source.place(at as u32), message: format!("there is no {what} `{word}`{help}") }
    };
    if let Some((name, at)) = config.rules.named.iter().find(|(name, _)| !rules.contains(&name.as_str())) {
        return Err(unknown("rule", name, *at, rules));
    }
    match config.fields.values().find(|fact| !facts.contains(&fact.as_str())) {
        Some(fact) => Err(unknown("fact", fact, source.text.find(fact.as_str()).unwrap_or(0), facts)),
        None => Ok(config),
    }
}

/// serde's sentence for an unknown field lists every known one; a person wants the nearest.
fn explain(message: &str) -> String {
    let Some(rest) = message.strip_prefix("unknown field `") else { return message.to_string() };
    let mut names = rest.split('`').step_by(2);
    let Some(key) = names.next() else { return message.to_string() };
    match words::nearest(key, names) {
        Some(near) => format!("there is no key `{key}`; did you mean `{near}`?"),
        None => format!("there is no key `{key}` here"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> String {
        match parse(text, &["expired"], &["expires"]) {
            Ok(_) => "fine".into(),
            Err(error) => format!("{}:{}: {}", error.place.line, error.place.column, error.message),
        }
    }

    #[test]
    fn mistakes_are_named_where_they_stand() {
        assert_eq!(wrong("[site]\ntitel = \"x\"\n"), "2:1: there is no key `titel`; did you mean `title`?");
        assert_eq!(
            wrong("[status]\nparked = \"archivd\"\n"),
            "2:10: `archivd` is not a stage; did you mean `archived`?"
        );
        assert_eq!(wrong("[rules]\nexpird = \"off\"\n"), "2:1: there is no rule `expird`; did you mean `expired`?");
        assert_eq!(
            wrong("[freshness]\nwarn_before = \"soon\"\n"),
            "2:15: `soon` is not a period; write it as 14d, 6 weeks or 3 months"
        );
        assert_eq!(wrong("[freshness.lease]\nadr = \"1 year\"\n"), "fine");
        assert_eq!(
            wrong("[theme.colors.light]\nlnik = \"#123456\"\n"),
            "2:1: there is no colour `lnik`; did you mean `link`?"
        );
        assert_eq!(
            wrong("[theme]\nname = \"plain\"\n[theme.colours.dark]\nlink = \"red;}\"\n"),
            "4:8: `red;}` is not a colour; write it as #1a56c4"
        );
        assert_eq!(
            wrong("[theme.colors]\nligth = { link = \"#123456\" }\n"),
            "2:1: there is no key `ligth`; did you mean `light`?"
        );
        assert_eq!(wrong("[agents]\ntoken_budget = -1\n").split(':').next(), Some("2"));
        assert_eq!(wrong("[freshness]\nstale_after = \"1 year\"\ngrace = \"7d\"\n"), "fine");
    }
}
