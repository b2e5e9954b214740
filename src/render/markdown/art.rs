//! Drawings made of characters: boxes, trees, arrows. Each character gets the columns that its author counted on.
//!
//! A browser takes a sign that the font doesn't have from another font, whose signs are wider or narrower, and every
//! line with an arrow or an emoji ends elsewhere. So what isn't plain is put in a box of one or two columns.

use unicode_width::UnicodeWidthStr;

use crate::render::escape;

/// Code with lines that go down or around a corner: its lines have to touch. A mere rule of `─` is no drawing.
pub fn drawn(code: &str) -> bool {
    code.contains(['│', '┃', '║', '├', '└', '┌', '┐', '┘', '┤', '┬', '┴', '┼', '╔', '╚', '╗', '╝', '╠', '╣', '╭', '╰'])
}

/// The code as HTML, with what other fonts would draw in boxes of one or two columns.
pub fn html(code: &str) -> String {
    let mut html = String::with_capacity(code.len() * 2);
    let mut rest = code;
    while let Some(at) = rest.find(odd) {
        escape::text(&mut html, &rest[..at]);
        let (sign, after) = rest[at..].split_at(cluster(&rest[at..]));
        html.push_str(if sign.width() > 1 { "<span class=ch2>" } else { "<span class=ch1>" });
        escape::text(&mut html, sign);
        html.push_str("</span>");
        rest = after;
    }
    escape::text(&mut html, rest);
    html
}

/// Symbols and wide letters. Lines and blocks are in every font for code, as letters and quotes are.
fn odd(c: char) -> bool {
    c >= '\u{2100}' && !matches!(c, '\u{2500}'..='\u{259f}')
}

/// Bytes of the sign at the start of a text: with its marks, variants, skin and what is joined to it.
fn cluster(text: &str) -> usize {
    let mut joined = false;
    let more = |(at, c): &(usize, char)| {
        let goes_on =
            *at == 0 || joined || matches!(c, '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}');
        joined = *c == '\u{200d}';
        goes_on
    };
    text.char_indices().take_while(more).last().map_or(0, |(at, c)| at + c.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::{drawn, html};

    #[test]
    fn signs_of_other_fonts_get_their_columns() {
        assert_eq!(html("│ a<b → é │"), "│ a&lt;b <span class=ch1>→</span> é │");
        assert_eq!(html("✅ 漢▶"), "<span class=ch2>✅</span> <span class=ch2>漢</span><span class=ch1>▶</span>");
        assert_eq!(
            html("⚠\u{fe0f}|👩\u{200d}🚀|"),
            "<span class=ch2>⚠\u{fe0f}</span>|<span class=ch2>👩\u{200d}🚀</span>|"
        );
        assert!(drawn("┌─┐") && drawn("├── a") && !drawn("// ─── a") && !drawn("+--+\n|  |"));
    }
}
