//! A text becomes the words that are indexed.
//!
//! lunr's own way (split at white space and hyphens, trim what isn't ASCII) can't find `parser` in `src/parser.rs` and
//! can't find `über` or `日本` at all, so the words are cut here, and `words` in `search-core.js` cuts queries the same way.

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

/// Calls `take` with each word of a lower-case text: a run of letters and digits, with a full stop where it stands
/// between digits (`2.3.9`). Chinese and Japanese, which have no spaces, give every two neighbouring characters.
pub fn each<'a>(text: &'a str, mut take: impl FnMut(&'a str)) {
    let mut rest = text;
    while let Some(start) = rest.find(wordly) {
        rest = &rest[start..];
        let length = if rest.starts_with(dense) { run(rest, dense) } else { spaced(rest) };
        let (word, after) = rest.split_at(length);
        match word.starts_with(dense) {
            true => pairs(word, &mut take),
            false => take(word),
        }
        rest = after;
    }
}

/// Length of the word at the start of the text, in bytes.
fn spaced(text: &str) -> usize {
    let within = |c: char| wordly(c) && !dense(c);
    let mut length = run(text, within);
    while text[..length].ends_with(char::is_numeric)
        && text[length..].strip_prefix('.').is_some_and(|rest| rest.starts_with(char::is_numeric))
    {
        length += 1 + run(&text[length + 1..], within);
    }
    length
}

fn pairs<'a>(run: &'a str, take: &mut impl FnMut(&'a str)) {
    let places: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
    match places.len() {
        0..=2 => take(run),
        _ => places.windows(3).for_each(|place| take(&run[place[0]..place[2]])),
    }
}

fn run(text: &str, within: impl Fn(char) -> bool) -> usize {
    text.find(|c| !within(c)).unwrap_or(text.len())
}

fn wordly(c: char) -> bool {
    c.is_alphanumeric()
}

/// Kana and Han characters of the basic plane.
fn dense(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{fa6d}' | '\u{fa70}'..='\u{fad9}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let mut words = Vec::new();
        each(text, |word| words.push(word));
        words
    }

    #[test]
    fn words_are_what_people_look_for() {
        assert_eq!(words("plan-023: src/outbox_relay.rs"), ["plan", "023", "src", "outbox", "relay", "rs"]);
        assert_eq!(words("lunr 2.3.9. don't v1.2x"), ["lunr", "2.3.9", "don", "t", "v1.2x"]);
        assert_eq!(words("über — größe"), ["über", "größe"]);
        assert_eq!(words("日本語の計画x 私"), ["日本", "本語", "語の", "の計", "計画", "x", "私"]);
        assert_eq!(words(" .. -- 1. "), ["1"]);
    }
}
