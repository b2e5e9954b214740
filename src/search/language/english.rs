//! English: Porter's stemmer of 1980, in the form that lunr.js 2.3.9 gives it, so that an index written here and a query
//! stemmed in the browser meet on the same words.
//!
//! It follows the published steps; where lunr differs from them (every character that isn't a vowel counts as a
//! consonant, `logi` becomes `log`, words under three characters stay) it follows lunr. `tests/search` compares the two
//! on a word list. Words are UTF-16 here, because lunr counts as JavaScript does.

/// Words that say nothing about a document: those lunr.js leaves out, and what an apostrophe leaves behind.
pub const STOP: &[&str] = &[
    "a", "able", "about", "across", "after", "all", "almost", "also", "am", "among", "an", "and", "any", "are", "as",
    "at", "be", "because", "been", "but", "by", "can", "cannot", "could", "dear", "did", "do", "does", "either",
    "else", "ever", "every", "for", "from", "get", "got", "had", "has", "have", "he", "her", "hers", "him", "his",
    "how", "however", "i", "if", "in", "into", "is", "it", "its", "just", "least", "let", "like", "likely", "may",
    "me", "might", "most", "must", "my", "neither", "no", "nor", "not", "of", "off", "often", "on", "only", "or",
    "other", "our", "own", "rather", "said", "say", "says", "she", "should", "since", "so", "some", "than", "that",
    "the", "their", "them", "then", "there", "these", "they", "this", "tis", "to", "too", "twas", "us", "wants", "was",
    "we", "were", "what", "when", "where", "which", "while", "who", "whom", "why", "will", "with", "would", "yet",
    "you", "your", "s", "t", "ll", "ve",
];

/// The stem of a lower-case word.
pub fn stem(word: &str) -> String {
    let mut w: Vec<u16> = word.encode_utf16().collect();
    if w.len() < 3 {
        return word.to_string();
    }
    // A leading y is a consonant; upper case keeps it out of every class below.
    let leading_y = w[0] == u16::from(b'y');
    if leading_y {
        w[0] = b'Y'.into();
    }
    plural(&mut w);
    past(&mut w);
    if w.len() > 2 && ends(&w, "y") && !vowel(w[w.len() - 2]) {
        replace(&mut w, 1, "i");
    }
    derived(&mut w, STEP_2);
    derived(&mut w, STEP_3);
    residue(&mut w);
    final_e(&mut w);
    if leading_y {
        w[0] = b'y'.into();
    }
    String::from_utf16_lossy(&w)
}

/// Step 2: double suffixes to single ones. A longer suffix stands before its own ending.
const STEP_2: &[(&str, &str)] = &[
    ("ational", "ate"),
    ("ization", "ize"),
    ("iveness", "ive"),
    ("fulness", "ful"),
    ("ousness", "ous"),
    ("tional", "tion"),
    ("biliti", "ble"),
    ("entli", "ent"),
    ("ousli", "ous"),
    ("ation", "ate"),
    ("alism", "al"),
    ("aliti", "al"),
    ("iviti", "ive"),
    ("enci", "ence"),
    ("anci", "ance"),
    ("izer", "ize"),
    ("alli", "al"),
    ("ator", "ate"),
    ("logi", "log"),
    ("bli", "ble"),
    ("eli", "e"),
];

/// Step 3.
const STEP_3: &[(&str, &str)] =
    &[("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ness", ""), ("ful", "")];

/// Step 4, the longest first.
const STEP_4: &[&str] = &[
    "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "al",
    "er", "ic", "ou",
];

/// Step 1a: `caresses` to `caress`, `ponies` to `poni`, `cats` to `cat`.
fn plural(w: &mut Vec<u16>) {
    let n = w.len();
    if (ends(w, "sses") && n > 4) || (ends(w, "ies") && n > 3) {
        w.truncate(n - 2);
    } else if n > 2 && ends(w, "s") && !ends(w, "ss") {
        w.truncate(n - 1);
    }
}

/// Step 1b: `agreed` to `agree`, `hopping` to `hop`, `filing` to `file`.
fn past(w: &mut Vec<u16>) {
    let n = w.len();
    if ends(w, "eed") && n > 3 {
        if measure(&w[..n - 3]).0 > 0 {
            w.truncate(n - 1);
        }
        return;
    }
    let cut = match () {
        () if ends(w, "ed") && n > 2 => 2,
        () if ends(w, "ing") && n > 3 => 3,
        () => return,
    };
    if !has_vowel(&w[..n - cut]) {
        return;
    }
    w.truncate(n - cut);
    let n = w.len();
    if ends(w, "at") || ends(w, "bl") || ends(w, "iz") {
        w.push(b'e'.into());
    } else if n > 1 && w[n - 1] == w[n - 2] && !among(w[n - 1], "aeiouylsz") {
        w.truncate(n - 1);
    } else if short(w) {
        w.push(b'e'.into());
    }
}

/// Steps 2 and 3: the longest suffix that leaves something is the one that counts, whether or not it goes.
fn derived(w: &mut Vec<u16>, suffixes: &[(&str, &str)]) {
    let found = suffixes.iter().find(|(suffix, _)| w.len() > suffix.len() && ends(w, suffix));
    if let Some((suffix, plain)) = found
        && measure(&w[..w.len() - suffix.len()]).0 > 0
    {
        replace(w, suffix.len(), plain);
    }
}

/// Step 4: the suffix goes where enough word is left.
fn residue(w: &mut Vec<u16>) {
    let n = w.len();
    let found = STEP_4.iter().find(|suffix| n > suffix.len() && ends(w, suffix));
    let cut = match found {
        Some(suffix) => suffix.len(),
        None if n > 4 && (ends(w, "sion") || ends(w, "tion")) => 3,
        None => return,
    };
    if measure(&w[..n - cut]).0 > 1 {
        w.truncate(n - cut);
    }
}

/// Step 5: a last `e` and a double `l`.
fn final_e(w: &mut Vec<u16>) {
    let n = w.len();
    if n > 1 && ends(w, "e") {
        let stem = &w[..n - 1];
        let (count, _) = measure(stem);
        if count > 1 || (count == 1 && !short(stem)) {
            w.truncate(n - 1);
        }
    }
    if ends(w, "ll") && measure(w).0 > 1 {
        w.truncate(w.len() - 1);
    }
}

/// How often a run of vowels is followed by consonants, and where reading ended.
fn measure(w: &[u16]) -> (usize, usize) {
    let run = |from: usize, within: fn(u16) -> bool| from + w[from..].iter().take_while(|c| within(**c)).count();
    let consonants = |at: usize| run(at + 1, |c| !vowel_or_y(c));
    let mut at = match w.first() {
        Some(first) if !vowel(*first) => consonants(0),
        _ => 0,
    };
    let mut count = 0;
    while at < w.len() {
        at = run(at + 1, vowel);
        if at < w.len() {
            count += 1;
            at = consonants(at);
        }
    }
    (count, at)
}

/// Consonants, one vowel, one consonant that isn't w, x or y: `hop`, `fil`.
fn short(w: &[u16]) -> bool {
    let [first, middle @ .., v, last] = w else { return false };
    !vowel(*first) && !middle.iter().any(|c| vowel_or_y(*c)) && vowel_or_y(*v) && !among(*last, "aeiouwxy")
}

fn has_vowel(w: &[u16]) -> bool {
    w.iter().any(|c| vowel_or_y(*c))
}

fn vowel(c: u16) -> bool {
    among(c, "aeiou")
}

fn vowel_or_y(c: u16) -> bool {
    among(c, "aeiouy")
}

fn among(c: u16, letters: &str) -> bool {
    letters.bytes().any(|letter| u16::from(letter) == c)
}

fn ends(w: &[u16], suffix: &str) -> bool {
    w.len() >= suffix.len() && w[w.len() - suffix.len()..].iter().copied().eq(suffix.bytes().map(u16::from))
}

fn replace(w: &mut Vec<u16>, cut: usize, ending: &str) {
    w.truncate(w.len() - cut);
    w.extend(ending.bytes().map(u16::from));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pairs on which lunr.stemmer of lunr.js 2.3.9 was asked; the long list is in `tests/search`.
    #[test]
    fn stems_are_those_of_lunr() {
        for (word, expected) in [
            ("caresses", "caress"),
            ("ponies", "poni"),
            ("ies", "ie"),
            ("agreed", "agre"),
            ("feed", "feed"),
            ("hopping", "hop"),
            ("filing", "file"),
            ("sky", "ski"),
            ("happy", "happi"),
            ("relational", "relat"),
            ("ational", "ation"),
            ("adoption", "adopt"),
            ("controlling", "control"),
            ("yes", "ye"),
            ("yyy", "yyi"),
            ("größen", "größen"),
            ("naïves", "naïv"),
        ] {
            assert_eq!(stem(word), expected, "{word}");
        }
    }
}
