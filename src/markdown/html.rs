//! Raw HTML as tags, comments and the text between them.
//!
//! What may be shown of it is the renderer's matter; names of places and addresses in it matter to reading, too.

/// Bytes looked at in vain, behind each `<` that begins a tag without end, before the rest is taken for text. Without
/// a bound, a text of nothing but such beginnings would be read once for each of them.
const MOST_WASTED: usize = 1024 * 1024;

/// One thing in raw HTML.
#[derive(Debug, PartialEq, Eq)]
pub enum Token<'t> {
    /// What stands between.
    Text(&'t str),
    /// A comment, a declaration or an instruction, without its marks.
    Comment(&'t str),
    /// `<name key="value">`, with its source.
    Start {
        /// As written.
        name: &'t str,
        /// Keys and values, as written.
        attributes: Vec<(&'t str, &'t str)>,
        /// The whole tag.
        source: &'t str,
    },
    /// `</name>`, with its source.
    End {
        /// As written.
        name: &'t str,
        /// The whole tag.
        source: &'t str,
    },
}

/// All of it, in order. Nothing is lost.
pub fn tokens(html: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = html;
    let mut text = 0;
    let mut wasted = 0;
    while let Some(open) = rest[text..].find('<').map(|at| at + text) {
        let Some((token, length)) = markup(&rest[open..]) else {
            let begun = rest[open + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
            wasted += if begun { rest.len() - open } else { 0 };
            text = open + 1;
            if wasted >= MOST_WASTED {
                break;
            }
            continue;
        };
        if open > 0 {
            tokens.push(Token::Text(&rest[..open]));
        }
        tokens.push(token);
        rest = &rest[open + length..];
        text = 0;
    }
    if !rest.is_empty() {
        tokens.push(Token::Text(rest));
    }
    tokens
}

/// The tag or comment at the start of a text that begins with `<`, and its length. Absent where it is neither, or has
/// no end.
fn markup(text: &str) -> Option<(Token<'_>, usize)> {
    if let Some(comment) = text.strip_prefix("<!--") {
        let end = comment.find("-->")?;
        return Some((Token::Comment(&comment[..end]), end + 7));
    }
    if text.starts_with("<!") || text.starts_with("<?") {
        let end = text.find('>')? + 1;
        return Some((Token::Comment(&text[2..end - 1]), end));
    }
    let ending = text.starts_with("</");
    let from = if ending { 2 } else { 1 };
    let length = text[from..].find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(text.len() - from);
    let name = &text[from..from + length];
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let (attributes, end) = attributes(text, from + length)?;
    let source = &text[..end];
    let token = if ending { Token::End { name, source } } else { Token::Start { name, attributes, source } };
    Some((token, end))
}

/// The attributes from a byte on, and where the tag ends. Absent where it doesn't.
fn attributes(text: &str, from: usize) -> Option<(Vec<(&str, &str)>, usize)> {
    let mut attributes = Vec::new();
    let mut at = from;
    loop {
        at += text[at..].find(|c: char| !c.is_ascii_whitespace() && c != '/')?;
        if text[at..].starts_with('>') {
            return Some((attributes, at + 1));
        }
        let length = text[at..].find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/'))?;
        let key = &text[at..at + length.max(1)];
        at += length.max(1);
        let after = at + text[at..].find(|c: char| !c.is_ascii_whitespace())?;
        if !text[after..].starts_with('=') {
            attributes.push((key, ""));
            continue;
        }
        at = after + 1;
        at += text[at..].find(|c: char| !c.is_ascii_whitespace())?;
        let quote = text[at..].chars().next().filter(|c| matches!(c, '"' | '\''));
        let value = match quote {
            Some(quote) => {
                let end = text[at + 1..].find(quote)?;
                let value = &text[at + 1..at + 1 + end];
                at += end + 2;
                value
            }
            None => {
                let end = text[at..].find(|c: char| c.is_ascii_whitespace() || c == '>')?;
                let value = &text[at..at + end];
                at += end;
                value
            }
        };
        attributes.push((key, value));
    }
}

#[cfg(test)]
mod tests {
    use super::{Token, tokens};

    #[test]
    fn tags_end_where_a_browser_ends_them() {
        let shown = |html: &str| {
            let name = |token: &Token<'_>| match token {
                Token::Text(text) => format!("text {text}"),
                Token::Comment(text) => format!("comment {text}"),
                Token::End { name, .. } => format!("end {name}"),
                Token::Start { name, attributes, .. } => format!("start {name} {attributes:?}"),
            };
            tokens(html).iter().map(name).collect::<Vec<_>>().join("|")
        };
        assert_eq!(shown("a<b title='</b>'>c</b >"), r#"text a|start b [("title", "</b>")]|text c|end b"#);
        assert_eq!(shown("1 < 2 <3 <"), "text 1 < 2 <3 <");
        assert_eq!(shown("<a href=x/y>"), r#"start a [("href", "x/y")]"#);
        assert_eq!(shown("<br/><img src = \"a>b\" alt>"), r#"start br []|start img [("src", "a>b"), ("alt", "")]"#);
        assert_eq!(shown("<!-- <b> --><?php </b><!x>"), "comment  <b> |comment php </b|comment x");
        assert_eq!(shown("<a =x>"), r#"start a [("=", ""), ("x", "")]"#);
        assert_eq!(shown("<a href=\"x"), "text <a href=\"x");
    }
}
