//! Letters without their accents: `größe` is found as `grosse`, `ёлка` as `елка`.
//!
//! Only marks that readers leave out when they type. й is another letter than и, が another than か: they stay.

use std::borrow::Cow;

use icu_normalizer::DecomposingNormalizerBorrowed;

/// Letters that are no base with a mark upon it.
const LETTERS: &[(char, &str)] = &[
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('ð', "d"),
    ('đ', "d"),
    ('þ', "th"),
    ('ł', "l"),
    ('ħ', "h"),
    ('ŧ', "t"),
    ('ı', "i"),
    ('ſ', "s"),
    ('ς', "σ"),
    ('ى', "ي"),
    ('ة', "ه"),
];

/// A lower-case word without accents.
pub fn fold(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        return word.into();
    }
    let nfd = DecomposingNormalizerBorrowed::new_nfd();
    let mut bare = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            c if c.is_ascii() => bare.push(c),
            // full width, as Japanese keyboards give
            '０'..='９' | 'ａ'..='ｚ' => bare.extend(char::from_u32(c as u32 - 0xfee0)),
            _ if accented(c) => nfd.normalize_iter([c].into_iter()).for_each(|c| push(c, &mut bare)),
            _ => push(c, &mut bare),
        }
    }
    if bare.is_empty() || bare == word { word.into() } else { bare.into() }
}

fn push(c: char, bare: &mut String) {
    match LETTERS.iter().find(|(letter, _)| *letter == c) {
        Some((_, letters)) => bare.push_str(letters),
        None if left_out(c) => {}
        None => bare.push(c),
    }
}

/// Latin and Greek letters with accents, ё, and the alefs of Arabic.
fn accented(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{24f}' | '\u{370}'..='\u{3ff}' | 'ё' | '\u{622}' | '\u{623}' | '\u{625}' | '\u{1e00}'..='\u{1fff}')
}

/// Accents by themselves, and the vowel points of Hebrew and Arabic, which are rarely written.
fn left_out(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}'
        | '\u{5c7}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_go_and_letters_stay() {
        for (word, bare) in [
            ("größe", "grosse"),
            ("łódź", "lodz"),
            ("smørrebrød", "smorrebrod"),
            ("ệ", "e"),
            ("ǿ", "o"),
            ("ΰ", "υ"),
            ("ёлкой", "елкой"),
            ("i\u{307}stanbul", "istanbul"),
            ("ｐｌａｎ２", "plan2"),
            ("أَحمد", "احمد"),
            ("が검か", "が검か"),
            ("\u{301}", "\u{301}"),
        ] {
            assert_eq!(fold(word), bare);
        }
    }
}
