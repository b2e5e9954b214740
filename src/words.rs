//! Words for people: shortening, plurals, slugs, and the nearest known word.

/// At most `limit` characters, cut at a character with an ellipsis.
pub fn shorten(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        None => text.to_string(),
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
    }
}

/// `1 task`, `2 tasks`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

/// An address part: lower-case letters and digits of any script, joined by single hyphens. Never empty, never a name
/// that Windows reserves, at most 80 characters.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    let slug: String = slug.trim_end_matches('-').chars().take(80).collect();
    let slug = slug.trim_end_matches('-');
    let device = matches!(slug, "con" | "prn" | "aux" | "nul")
        || (slug.len() == 4
            && (slug.starts_with("com") || slug.starts_with("lpt"))
            && slug.ends_with(|c: char| c.is_ascii_digit()));
    match slug {
        "" => "document".into(),
        _ if device => format!("{slug}-document"),
        _ => slug.into(),
    }
}

/// The known word that is most like `word`, where one is near enough to be meant.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let near = |known: &&str| strsim::damerau_levenshtein(&word, known) <= 1 + known.chars().count() / 8;
    let closeness = |known: &str| strsim::damerau_levenshtein(&word, known);
    known.into_iter().filter(near).min_by_key(|known| (closeness(known), *known))
}

/// Control characters, marks that turn the direction of text, and letters that nothing shows are written out: a terminal,
/// a log and a page show them, none obeys them.
pub fn visible(text: &str) -> String {
    let odd = |c: char| {
        (c.is_control() && c != '\t')
            || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
    };
    if !text.contains(odd) {
        return text.to_string();
    }
    let mut visible = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if odd(c) {
            visible += &format!("\\u{{{:x}}}", c as u32);
        } else {
            visible.push(c);
        }
    }
    visible
}

/// How many ASCII digits a text begins with.
pub fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// A heading without its number: `3.1. Risks` is `Risks`.
pub fn unnumbered(heading: &str) -> &str {
    heading.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_safe() {
        assert_eq!(slug("PLAN-023"), "plan-023");
        assert_eq!(slug("../../Etc/passwd%2e"), "etc-passwd-2e");
        assert_eq!(slug("日本 plan"), "日本-plan");
        assert_eq!(slug("???"), "document");
        assert_eq!(slug("CON"), "con-document");
    }

    #[test]
    fn nearest_forgives_one_slip_in_a_short_word() {
        assert_eq!(nearest("actve", ["active", "archived"]), Some("active"));
        assert_eq!(nearest("parked", ["active", "archived", "rejected"]), None);
    }
}
