//! What a search knows of a language: which words say nothing, and which words are forms of the same one.
//!
//! One line a language. Stems are those that lunr.js and the scripts of lunr-languages give in the browser, because an
//! index and a query must meet on them; `tests/search` holds the two against each other. A language without a line has
//! no stems and no stop words, but its words are found as they stand, with and without accents, and by their beginning.

mod da;
mod de;
mod english;
mod es;
mod fi;
mod fold;
mod fr;
mod hu;
mod it;
mod nl;
mod no;
mod pt;
mod ro;
mod ru;
mod sv;
mod tr;

use icu_normalizer::ComposingNormalizerBorrowed;
use rust_stemmers::Algorithm;

pub use fold::fold;

/// What is known of a language.
#[derive(Debug)]
pub struct Language {
    /// Its code, as in HTML's `lang`, without country or script.
    pub code: &'static str,
    /// Who stems its words.
    own: Stemmer,
    /// Who stems words of ASCII letters: in Russian text these are English.
    ascii: Stemmer,
    stop: &'static [&'static [&'static str]],
}

/// Who finds the stem of a word.
#[derive(Debug, Clone, Copy)]
enum Stemmer {
    /// Nobody: the word is its own stem.
    None,
    English,
    /// One of Snowball, by the name of its script `lunr.NAME.js`.
    Snowball(&'static str, Algorithm),
}

use Stemmer::{English, Snowball};

/// The languages with a line, English first, as it is the default.
pub const LANGUAGES: &[Language] = &[
    Language { code: "en", own: English, ascii: English, stop: &[english::STOP] },
    latin("da", Algorithm::Danish, &[da::STOP]),
    latin("de", Algorithm::German, &[de::STOP]),
    latin("es", Algorithm::Spanish, &[es::STOP]),
    latin("fi", Algorithm::Finnish, &[fi::STOP]),
    latin("fr", Algorithm::French, &[fr::STOP]),
    latin("hu", Algorithm::Hungarian, &[hu::STOP]),
    latin("it", Algorithm::Italian, &[it::STOP]),
    latin("nl", Algorithm::Dutch, &[nl::STOP]),
    latin("no", Algorithm::Norwegian, &[no::STOP]),
    latin("pt", Algorithm::Portuguese, &[pt::STOP]),
    latin("ro", Algorithm::Romanian, &[ro::STOP]),
    latin("sv", Algorithm::Swedish, &[sv::STOP]),
    latin("tr", Algorithm::Turkish, &[tr::STOP]),
    Language { own: Snowball("ru", Algorithm::Russian), stop: &[ru::STOP, english::STOP], ..other("ru") },
    other("ar"),
    other("bg"),
    other("el"),
    other("fa"),
    other("he"),
    other("hi"),
    other("ja"),
    other("km"),
    other("ko"),
    other("lo"),
    other("my"),
    other("th"),
    other("uk"),
    other("zh"),
];

/// Any other language, and texts in several. A wrong stemmer would take words for one that have nothing in common, and
/// stop words of one language are what another looks for (German `war`, English `war`), so nothing is assumed.
const UNKNOWN: Language = Language { code: "und", own: Stemmer::None, ascii: Stemmer::None, stop: &[] };

/// Codes of languages that are written like one of the table's, and its code.
const SAME: &[(&str, &str)] = &[("nb", "no"), ("nn", "no")];

/// Letters that a language is also written with, and those that its stemmer expects: what older encodings made of ő and
/// ű, the cedilla for the comma of Romanian, ё without its points.
const SPELLING: &[(&str, char, &str)] =
    &[("hu", 'õ', "ő"), ("hu", 'û', "ű"), ("ro", 'ș', "ş"), ("ro", 'ț', "ţ"), ("ru", 'ё', "е")];

/// A language in Latin letters.
const fn latin(code: &'static str, algorithm: Algorithm, stop: &'static [&'static [&'static str]]) -> Language {
    Language { code, own: Snowball(code, algorithm), ascii: Snowball(code, algorithm), stop }
}

/// A language in other than Latin letters, whose words nobody stems.
const fn other(code: &'static str) -> Language {
    Language { code, own: Stemmer::None, ascii: English, stop: &[english::STOP] }
}

/// What is known of the language of a tag such as `de`, `pt-BR` or `zh-Hans`.
pub fn of(tag: &str) -> &'static Language {
    let code = tag.split(['-', '_']).next().unwrap_or("").trim().to_ascii_lowercase();
    let code = SAME.iter().find(|(other, _)| *other == code).map_or(code.as_str(), |(_, code)| code);
    LANGUAGES.iter().find(|language| language.code == code).unwrap_or(&UNKNOWN)
}

impl Language {
    /// The word's stem, without accents. The word is lower case.
    pub fn stem(&self, word: &str) -> String {
        self.forms(word).0
    }

    /// The word's stem, and for a word with accents also the stem it has where they are left out, if that is another:
    /// `documentación` is `document`, `documentacion` stays. An index holds both, so that it is found either way.
    pub fn forms(&self, word: &str) -> (String, Option<String>) {
        if word.is_ascii() {
            // Turkish stems may end in ç or ı where the word has c or i.
            return (fold(&self.ascii.stem(word)).into_owned(), None);
        }
        let word = ComposingNormalizerBorrowed::new_nfc().normalize(word);
        let bare = fold(&word);
        let by = if bare.is_ascii() { self.ascii } else { self.own };
        let Snowball(..) = by else { return (by.stem(&bare), None) };
        let stem = fold(&by.stem(&word)).into_owned();
        let other = (bare != word).then(|| fold(&by.stem(&bare)).into_owned());
        let other = other.filter(|other| *other != stem);
        (stem, other)
    }

    /// Words that say nothing about a document, lower case, also without their accents.
    pub fn stops(&self) -> impl Iterator<Item = String> {
        self.stop.iter().copied().flatten().flat_map(|word| {
            let bare = fold(word);
            let other = (bare != *word).then(|| bare.into_owned());
            [Some(word.to_string()), other].into_iter().flatten()
        })
    }

    /// Who stems in the browser, by name: words in the language's own letters, and words of ASCII. Empty for nobody.
    pub fn stemmers(&self) -> [&'static str; 2] {
        [self.own, self.ascii].map(|stemmer| match stemmer {
            Stemmer::None => "",
            English => "en",
            Snowball(name, _) => name,
        })
    }

    /// The scripts that the browser needs for it besides lunr itself, in their order, below the search's folder.
    pub fn scripts(&self) -> Vec<String> {
        match self.own {
            Snowball(name, _) => vec!["vendor/lunr.stemmer.support.js".into(), format!("vendor/lunr.{name}.js")],
            _ => Vec::new(),
        }
    }
}

impl Stemmer {
    fn stem(self, word: &str) -> String {
        match self {
            Stemmer::None => word.to_string(),
            English => english::stem(word),
            // JavaScript counts such a character twice and so comes to other stems; they are letters of formulas.
            Snowball(..) if word.chars().any(|c| c > '\u{ffff}') => word.to_string(),
            Snowball(name, algorithm) => {
                let letters = SPELLING.iter().filter(|(other, ..)| *other == name && !word.is_ascii());
                let word = letters.fold(word.to_string(), |word, (_, from, to)| word.replace(*from, to));
                let stem = rust_stemmers::Stemmer::create(algorithm).stem(&word).into_owned();
                // Some words are nothing but endings to a stemmer; such a word stays.
                if stem.is_empty() { word } else { stem }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(tag: &str, word: &str) -> Vec<String> {
        let (stem, other) = of(tag).forms(word);
        [Some(stem), other].into_iter().flatten().collect()
    }

    #[test]
    fn tags_name_languages() {
        for (tag, code) in [
            ("de", "de"),
            ("pt-BR", "pt"),
            ("zh-Hans", "zh"),
            ("nb-NO", "no"),
            ("EN_us", "en"),
            ("cs", "und"),
            ("", "und"),
        ] {
            assert_eq!(of(tag).code, code, "{tag}");
        }
    }

    #[test]
    fn words_meet_with_and_without_accents() {
        assert_eq!(forms("en", "naïves"), ["naiv"]);
        assert_eq!(forms("de", "übersichten"), ["ubersicht"]);
        assert_eq!(forms("de", "ubersicht"), ["ubersicht"]);
        assert_eq!(forms("de", "straße"), ["strass"]);
        assert_eq!(forms("es", "documentación"), ["document", "documentacion"]);
        assert_eq!(forms("es", "documentaciones"), ["document"]);
        assert_eq!(forms("pt", "evolução"), ["evolu", "evoluca"]);
        assert_eq!(forms("ru", "надёжности"), ["надежн"]);
        assert_eq!(forms("ru", "services"), ["servic"]);
        assert_eq!(forms("el", "σχέδιος"), ["σχεδιοσ"]);
        assert_eq!(forms("cs", "plány"), ["plany"]);
        assert_eq!(forms("ja", "計画"), ["計画"]);
        assert_eq!(forms("fr", "re\u{301}seaux"), forms("fr", "réseaux"));
        // a stem that would be nothing
        assert!(!forms("tr", "kumdakinin")[0].is_empty());
    }

    #[test]
    fn stop_words_are_words() {
        for language in LANGUAGES {
            let stops: Vec<String> = language.stops().collect();
            for word in &stops {
                let mut words = Vec::new();
                crate::search::words::each(word, |word| words.push(word));
                assert_eq!(words, [word.as_str()], "{}", language.code);
                assert_eq!(crate::search::words::plain(word), *word, "{}", language.code);
            }
            for list in language.stop {
                let mut sorted = list.to_vec();
                sorted.sort_unstable();
                sorted.dedup();
                assert_eq!(sorted.len(), list.len(), "{}: a word stands twice", language.code);
            }
        }
    }
}
