//! Text becomes HTML text, or the value of a quoted attribute.

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
        if let Some(escaped) = escaped(byte) {
            html.push_str(&text[start..at]);
            html.push_str(escaped);
            start = at + 1;
        }
    }
    html.push_str(&text[start..]);
}
