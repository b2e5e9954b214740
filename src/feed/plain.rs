//! Untrusted text as Markdown that agents read: it stays what it is, and can't pass for words of ours.

use crate::words;

/// A document's text: characters that don't show or turn the text around are written out, because they could hide words
/// from people that an agent reads. Lines end with a line feed. What belongs to scripts and emoji stays.
pub(super) fn text(source: &str) -> String {
    let mut plain = String::with_capacity(source.len() + 1);
    for line in source.lines() {
        for c in line.chars() {
            if odd(c) {
                plain.push_str(&format!("\\u{{{:x}}}", c as u32));
            } else {
                plain.push(c);
            }
        }
        plain.push('\n');
    }
    plain
}

fn odd(c: char) -> bool {
    (c.is_control() && c != '\t')
        || matches!(c, '\u{200b}' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
        // letters that nothing shows
        || matches!(c, '\u{e0000}'..='\u{e007f}')
}

/// A title or name within a line of Markdown: on one line, and without what would begin a link, code or HTML.
pub(super) fn inline(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut plain = String::with_capacity(line.len());
    for c in words::shorten(&words::visible(&line), 160).chars() {
        if matches!(c, '\\' | '[' | ']' | '<' | '`') {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}

/// How many tokens a text takes, at four characters a token.
pub(super) fn tokens(text: &str) -> u64 {
    text.chars().count().div_ceil(4) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_written_out_and_scripts_are_left_alone() {
        assert_eq!(text("a\u{1b}[2J\r\nb\u{202e}\tc\u{e0041}"), "a\\u{1b}[2J\nb\\u{202e}\tc\\u{e0041}\n");
        assert_eq!(text("👩\u{200d}💻 שלום\u{200f} می\u{200c}خواهم"), "👩\u{200d}💻 שלום\u{200f} می\u{200c}خواهم\n");
        assert_eq!(text(""), "");
    }

    #[test]
    fn titles_open_nothing() {
        assert_eq!(inline("a](http://x)\n## b <i> `c`"), "a\\](http://x) ## b \\<i> \\`c\\`");
    }
}
