//! Dutch.

/// Words that say nothing about a document.
pub const STOP: &[&str] = &[
    "aan", "al", "alle", "als", "alsof", "altijd", "andere", "beide", "ben", "bij", "daar", "daarom", "dan", "dat",
    "de", "deze", "die", "dit", "doch", "doen", "door", "dus", "een", "eens", "elk", "elke", "en", "er", "ervan", "ge",
    "geen", "geweest", "haar", "had", "hadden", "heb", "hebben", "heeft", "hem", "hen", "het", "hier", "hij", "hoe",
    "hun", "iets", "ik", "in", "indien", "is", "ja", "je", "jij", "jou", "jouw", "jullie", "kan", "kon", "kunnen",
    "maar", "me", "meer", "men", "met", "mij", "mijn", "moet", "moeten", "mogen", "na", "naar", "niet", "niets", "nog",
    "nu", "of", "om", "omdat", "ons", "onze", "ook", "op", "over", "reeds", "sinds", "slechts", "steeds", "te", "ten",
    "ter", "terwijl", "tot", "tussen", "u", "uit", "uw", "van", "vanaf", "veel", "voor", "want", "waren", "was", "wat",
    "we", "wel", "welke", "werd", "werden", "wie", "wij", "wil", "willen", "worden", "wordt", "zal", "ze", "zelf",
    "zich", "zij", "zijn", "zo", "zoals", "zodat", "zonder", "zou", "zouden", "zowel",
];
