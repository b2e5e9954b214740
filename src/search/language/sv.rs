//! Swedish.

/// Words that say nothing about a document.
pub const STOP: &[&str] = &[
    "alla", "allt", "andra", "att", "av", "blev", "bli", "blir", "blivit", "både", "båda", "de", "dem", "den", "denna",
    "deras", "dess", "dessa", "det", "detta", "dig", "din", "dina", "ditt", "du", "där", "därför", "då", "efter", "ej",
    "eller", "en", "enligt", "er", "era", "ert", "ett", "från", "för", "före", "genom", "ha", "hade", "han", "hans",
    "har", "hela", "henne", "hennes", "hon", "honom", "hos", "hur", "här", "i", "icke", "in", "ingen", "inget", "inom",
    "inte", "ja", "jag", "ju", "kan", "kommer", "kunde", "man", "med", "medan", "mellan", "men", "mer", "mig", "min",
    "mina", "mitt", "mot", "mycket", "måste", "ned", "ni", "nu", "någon", "något", "några", "när", "och", "också",
    "om", "oss", "på", "redan", "samma", "samt", "sedan", "sen", "sig", "sin", "sina", "sitt", "ska", "skall",
    "skulle", "som", "så", "sådan", "till", "tills", "under", "upp", "ut", "utan", "vad", "var", "vara", "varför",
    "varit", "varje", "vars", "vem", "vi", "vid", "vilka", "vilkas", "vilken", "vilket", "vill", "vår", "våra", "vårt",
    "än", "är", "även", "åt", "över",
];
