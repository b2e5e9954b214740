//! Text becomes HTML text, or the value of an attribute in double quotes.

/// Adds text between tags.
pub(super) fn text(html: &mut String, text: &str) {
    escape(html, text, |byte| match byte {
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'&' => Some("&amp;"),
        _ => None,
    });
}

/// Adds text within a value in double quotes.
pub(super) fn value(html: &mut String, text: &str) {
    escape(html, text, |byte| match byte {
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'&' => Some("&amp;"),
        b'"' => Some("&quot;"),
        _ => None,
    });
}

#[inline]
fn escape(html: &mut String, text: &str, escaped: impl Fn(u8) -> Option<&'static str>) {
    let mut start = 0;
    for (at, byte) in text.bytes().enumerate() {
        let (escaped, length) = match escaped(byte) {
            Some(escaped) => (escaped, 1),
            None if byte == 0xef && noncharacter(&text.as_bytes()[at..]) => ("\u{fffd}", 3),
            None => continue,
        };
        html.push_str(&text[start..at]);
        html.push_str(escaped);
        start = at + length;
    }
    html.push_str(&text[start..]);
}

/// U+FDD0 to U+FDEF, as bytes. A source has none, but a character reference in it can stand for one, and the renderer
/// marks places with them.
fn noncharacter(bytes: &[u8]) -> bool {
    matches!(bytes, [0xef, 0xb7, 0x90..=0xaf, ..])
}

#[cfg(test)]
mod tests {
    #[test]
    fn text_and_values_cannot_leave_their_place() {
        let (mut text, mut value) = (String::new(), String::new());
        super::text(&mut text, "a<b> \"&\" é\u{fdd0}\u{fdef}\u{fdcf}");
        super::value(&mut value, "\"x' <");
        assert_eq!(text, "a&lt;b&gt; \"&amp;\" é\u{fffd}\u{fffd}\u{fdcf}");
        assert_eq!(value, "&quot;x' &lt;");
    }
}
