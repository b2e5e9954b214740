//! Untrusted text made harmless, one function a sink: a log, a workflow command, XML, Markdown, an address.
//!
//! Everything that comes from documents, file names or git goes through one of these; none of them ever fails.

use crate::words;

/// A finished text for a log. GitHub's runner takes `::name::` at the start of a line and `##[name]` anywhere in one for
/// its commands; a space without width keeps it from that and leaves the carets in their columns.
pub fn log(text: &str) -> String {
    let text = text.replace("##[", "##\u{200b}[");
    let mut safe = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start();
        if bare.starts_with("::") {
            safe += &line[..line.len() - bare.len()];
            safe.push('\u{200b}');
            safe += bare;
        } else {
            safe += line;
        }
    }
    safe
}

/// A finished JSON text that may stand in a log. `##[` can only stand within a string there, where `#` may be written as
/// an escape.
pub fn json(text: &str) -> String {
    text.replace("##[", "\\u0023#[")
}

/// The message of a workflow command.
pub fn command(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a workflow command.
pub fn property(text: &str) -> String {
    command(text).replace(':', "%3A").replace(',', "%2C")
}

/// Text or attribute of an XML document. What XML 1.0 can't hold becomes U+FFFD: one such character would make the whole
/// report unreadable.
pub fn xml(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe += "&amp;",
            '<' => safe += "&lt;",
            '>' => safe += "&gt;",
            '"' => safe += "&quot;",
            '\'' => safe += "&#39;",
            '\t' | '\n' | '\r' => safe += &format!("&#{};", c as u32),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            _ => safe.push(c),
        }
    }
    safe.replace("##[", "##&#91;")
}

/// Text as code in Markdown: nothing in it can become a link, an image, HTML, or the name of a person who is then told.
pub fn code(text: &str) -> String {
    let text = words::visible(&text.replace(['\n', '\r', '\t'], " "));
    let text = text.trim();
    if text.is_empty() {
        return String::new();
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if longest > 0 { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// Text as code in a cell of a Markdown table, where a bar would end the cell unless a backslash stands before it.
pub fn cell(text: &str) -> String {
    let mut cell = String::new();
    let mut slashes = 0;
    for c in code(text).chars() {
        if c == '|' && slashes % 2 == 0 {
            cell.push('\\');
        }
        slashes = if c == '\\' { slashes + 1 } else { 0 };
        cell.push(c);
    }
    cell
}

/// A name or label of Graphviz's language, in quotes. A line end in it stays one; a backslash means itself.
pub fn dot(text: &str) -> String {
    let inside = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\r', " ");
    format!("\"{inside}\"")
}

/// A label of a Mermaid diagram, to stand within quotes. What could end it, or mean something in it, is written as a
/// character's number.
pub fn mermaid(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            _ if c.is_whitespace() => safe.push(' '),
            '"' | '#' | ';' | '&' | '<' | '>' | '`' | '\\' | '[' | ']' | '{' | '}' | '|' | '%' => {
                safe += &format!("#{};", c as u32);
            }
            _ => safe.push(c),
        }
    }
    safe
}

/// A path as a relative address.
pub fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri += &format!("%{byte:02X}"),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};
    use proptest::{prop_assert, prop_assert_eq};

    use super::*;

    type Command = (String, Vec<(String, String)>, String);

    /// What GitHub's runner does with a line, written from its documentation: name, properties, message of a command.
    fn parsed(line: &str) -> Option<Command> {
        let rest = line.trim_start().strip_prefix("::")?;
        let (head, message) = rest.split_once("::")?;
        let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
        let plain = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n");
        let value = |text: &str| plain(text).replace("%3A", ":").replace("%2C", ",").replace("%25", "%");
        let pairs = properties.split(',').filter_map(|pair| pair.split_once('='));
        let pairs = pairs.map(|(key, text)| (key.to_string(), value(text))).collect();
        Some((name.to_string(), pairs, plain(message).replace("%25", "%")))
    }

    proptest! {
        #[test]
        fn a_command_says_what_it_was_given(title in any::<String>(), message in any::<String>()) {
            let line = format!("::error title=t{}::{}", property(&title), command(&message));
            prop_assert!(!line.contains('\n') && !line.contains('\r'));
            let (name, properties, said) = parsed(&line).expect("a command");
            prop_assert_eq!((name.as_str(), said), ("error", message));
            prop_assert_eq!(properties, vec![("title".to_string(), format!("t{title}"))]);
        }

        #[test]
        fn no_line_of_a_log_is_a_command(text in "(?s)[ \t\n:#\\[\\]a-e]{0,40}") {
            for line in log(&text).lines() {
                prop_assert!(parsed(line).is_none() && !line.contains("##["), "{line:?}");
            }
        }

        #[test]
        fn a_cell_stays_one_cell(text in "[a|`\\\\ ]{0,20}") {
            let cell = cell(&text);
            let (mut escaped, mut bars) = (false, 0);
            for c in cell.chars() {
                bars += usize::from(c == '|' && !escaped);
                escaped = c == '\\' && !escaped;
            }
            prop_assert_eq!(bars, 0, "{}", cell);
        }
    }

    #[test]
    fn each_sink_has_its_own_way() {
        assert_eq!(log("  ::error::x\na ##[add-path]y ::b"), "  \u{200b}::error::x\na ##\u{200b}[add-path]y ::b");
        assert_eq!(json("\"a\\\\##[b\""), "\"a\\\\\\u0023#[b\"");
        assert_eq!(xml("<a&\u{1b}\n'\"\u{ffff}"), "&lt;a&amp;\u{fffd}&#10;&#39;&quot;\u{fffd}");
        assert_eq!(code("@ana #1 `x` <b>\n![y](z)"), "`` @ana #1 `x` <b> ![y](z) ``");
        assert_eq!(cell("a|b\\|c"), "`a\\|b\\|c`");
        assert_eq!(dot("a\"b\\\nc\r"), "\"a\\\"b\\\\\\nc \"");
        assert_eq!(mermaid("a\"]\n<b>#1;"), "a#34;#93; #60;b#62;#35;1#59;");
        assert_eq!(uri("plans/a b%[é].md"), "plans/a%20b%25%5B%C3%A9%5D.md");
    }
}
