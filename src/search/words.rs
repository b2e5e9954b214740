//! A text becomes the words that are indexed.
//!
//! lunr's own way (split at white space and hyphens, trim what isn't ASCII) can't find `parser` in `src/parser.rs` and
//! can't find `über` or `日本` at all, so the words are cut here, and `search-words.js` cuts queries the same way.

use finl_unicode::categories::CharacterCategories;
use icu_normalizer::ComposingNormalizerBorrowed;

/// A text as [`each`] takes it: lower case, and letters in one piece with their accents.
pub fn plain(text: &str) -> String {
    let lower = text.to_lowercase();
    match lower.is_ascii() {
        true => lower,
        false => ComposingNormalizerBorrowed::new_nfc().normalize(&lower).into_owned(),
    }
}

/// Calls `take` with each word of a plain text: a run of letters and digits, with a full stop where it stands between
/// digits (`2.3.9`). What is written without spaces between words gives every two neighbouring characters and the last
/// one alone, so that each character begins one word and can be found by itself.
pub fn each<'a>(text: &'a str, mut take: impl FnMut(&'a str)) {
    let mut rest = text;
    while let Some(start) = rest.find(begins) {
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

/// Characters of scripts without spaces between words: Chinese, Japanese, Thai, Lao, Burmese, Khmer. And Korean, where
/// what is between spaces is a word with all that is said of it.
pub fn dense(c: char) -> bool {
    match c {
        '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fa}'
        | '\u{30fc}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{fa6d}'
        | '\u{fa70}'..='\u{fad9}'
        | '\u{20000}'..='\u{323af}' => true,
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => {
            c.is_alphabetic() && !c.is_numeric() && !c.is_mark()
        }
        _ => false,
    }
}

/// Length of the word at the start of the text, in bytes.
fn spaced(text: &str) -> usize {
    let within = |c: char| begins(c) && !dense(c);
    let mut length = run(text, within);
    while text[..length].ends_with(char::is_numeric)
        && text[length..].strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_numeric() && within(c)))
    {
        length += 1 + run(&text[length + 1..], within);
    }
    length
}

fn pairs<'a>(run: &'a str, take: &mut impl FnMut(&'a str)) {
    let starts = run.char_indices().filter(|(_, c)| !continues(*c)).map(|(at, _)| at);
    let places: Vec<usize> = starts.chain([run.len()]).collect();
    places.windows(3).for_each(|place| take(&run[place[0]..place[2]]));
    if let [.., last, end] = places[..] {
        take(&run[last..end]);
    }
}

/// Length of a run of such characters, each with the marks upon it.
fn run(text: &str, within: impl Fn(char) -> bool) -> usize {
    let mut inside = false;
    let beyond = text.find(|c| {
        inside = within(c) || (inside && continues(c));
        !inside
    });
    beyond.unwrap_or(text.len())
}

fn begins(c: char) -> bool {
    c.is_alphanumeric() && !(c > '\u{2ff}' && continues(c))
}

/// Vowel signs, tone marks, accents that have no letter of their own; not the marks that choose an emoji's look.
fn continues(c: char) -> bool {
    c > '\u{2ff}'
        && (c.is_mark_nonspacing() || c.is_mark_spacing())
        && !matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
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
        assert_eq!(words(" .. -- 1. "), ["1"]);
        assert_eq!(words(&plain("Cafe\u{301} 1\u{fe0f}\u{20e3} İ")), ["café", "1", "i\u{307}"]);
    }

    #[test]
    fn scripts_without_spaces_give_neighbours_and_the_last() {
        assert_eq!(words("日本語の計画x 私"), ["日本", "本語", "語の", "の計", "計画", "画", "x", "私"]);
        assert_eq!(words("검색을 2단계"), ["검색", "색을", "을", "2", "단계", "계"]);
        assert_eq!(words("ค้นหา ๑๒"), ["ค้น", "นห", "หา", "า", "๑๒"]);
        assert_eq!(words("မြန်မာ"), ["မြန်", "န်မာ", "မာ"]);
        assert_eq!(words("हिन्दी"), ["हिन्दी"]);
    }
}
