//! Emoji by name: `:rocket:`, from the table that GitHub keeps. Never within code, which the parser doesn't look into.

use comrak::nodes::{Node, NodeShortCode};

use super::{become_text, before, behind};

/// The longest name is shorter.
const LONGEST: usize = 60;

/// Whether a text holds the name of an emoji between colons.
pub(super) fn held(text: &str) -> bool {
    text.match_indices(':').any(|(at, _)| {
        let rest = &text.as_bytes()[at + 1..];
        let letter = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_+-".contains(byte);
        let length = rest.iter().take(LONGEST).take_while(|byte| letter(byte)).count();
        length > 0 && rest.get(length) == Some(&b':') && NodeShortCode::resolve(&text[at + 1..][..length]).is_some()
    })
}

/// A name that is glued to what stands beside it belongs to that: the path `std::key::x`, the pattern `a:b:c`, the time
/// `12:100:00`. A word before it is fine: GitHub shows `done:tada:` with the emoji.
pub(super) fn mend(node: Node<'_>, name: &str) {
    let glued = |c: char| c.is_alphanumeric() || matches!(c, ':' | '_' | '/');
    let digit = |c: char| c.is_numeric() || matches!(c, ':' | '/' | '_');
    if behind(node).is_some_and(glued) || before(node).is_some_and(digit) {
        become_text(node, format!(":{name}:"));
    }
}

#[cfg(test)]
mod tests {
    use comrak::Arena;

    use super::held;
    use crate::markdown::{parse, words};

    #[test]
    fn names_become_emoji_where_they_stand_by_themselves() {
        let shown = |text: &str| words(parse(&Arena::new(), text));
        for (text, expected) in [
            ("Ship it :rocket:", "Ship it 🚀"),
            ("(:+1:), :white_check_mark:", "(👍), ✅"),
            ("done:tada:!", "done🎉!"),
            (":tada::rocket:", "🎉🚀"),
            ("std::key::x and a:b:c", "std::key::x and a:b:c"),
            ("`:rocket:` 12:100:00 :no_such_emoji:", ":rocket: 12:100:00 :no_such_emoji:"),
            (r"\:rocket: and :\rocket:", r":rocket: and :\rocket:"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
        assert!(held("a :x: b") && !held("at 12:30:00, x: y::z") && !held(":"));
    }
}
