//! A formula becomes MathML, which browsers draw without a script.
//!
//! What the library writes is read again and written anew from an allow-list: it colours with `style`, which the page's
//! policy refuses, and nobody here vouches for its next version. What it can't read, what defines macros and what is
//! too large stays source, which the caller shows as code.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pulldown_latex::config::DisplayMode;
use pulldown_latex::{Event, Parser, ParserError, RenderConfig, Storage, mathml};

use super::escape;

/// A formula of more bytes stays source.
const LARGEST: usize = 8 * 1024;

/// A formula of more parts stays source.
const MOST_EVENTS: usize = 20_000;

/// Elements of MathML Core.
const ELEMENTS: &[&str] = &[
    "math",
    "merror",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "ms",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
];

/// Attributes that say how a formula is set. Their values hold nothing but words, numbers and units.
const ATTRIBUTES: &[&str] = &[
    "accent",
    "accentunder",
    "class",
    "columnspan",
    "depth",
    "display",
    "displaystyle",
    "fence",
    "form",
    "height",
    "largeop",
    "linethickness",
    "lspace",
    "mathvariant",
    "maxsize",
    "minsize",
    "movablelimits",
    "rowspan",
    "rspace",
    "scriptlevel",
    "separator",
    "stretchy",
    "symmetric",
    "voffset",
    "width",
];

/// Commands that give a name to other commands: their use can grow without end.
const MACROS: &[&str] =
    &["def", "gdef", "edef", "xdef", "let", "futurelet", "newcommand", "renewcommand", "DeclareMath"];

/// The formula as a `<math>` element, its source within; absent where it must stay source.
pub fn mathml(source: &str, display: bool) -> Option<String> {
    let source = source.trim();
    let named = |name: &&str| source.match_indices(name).any(|(at, _)| source[..at].ends_with('\\'));
    if source.is_empty() || source.len() > LARGEST || MACROS.iter().any(named) {
        return None;
    }
    // The library is asked to refuse what it can't read; that it never panics is more than it promises.
    let written = catch_unwind(AssertUnwindSafe(|| write(source, display).or_else(|| write_lines(source, display))));
    let written = written.ok()??;
    let drawn = rewritten(&written)?;
    // The source goes along for who copies the formula or can't see it drawn.
    let inside = drawn.strip_prefix("<math ")?.strip_suffix("</math>")?;
    let (attributes, inside) = inside.split_once('>')?;
    let mut html =
        format!("<math {attributes}><semantics><mrow>{inside}</mrow><annotation encoding=\"application/x-tex\">");
    escape::text(&mut html, source);
    html.push_str("</annotation></semantics></math>");
    Some(html)
}

fn write(source: &str, display: bool) -> Option<String> {
    let storage = Storage::new();
    let mut events: Vec<Result<Event<'_>, ParserError>> = Vec::new();
    for event in Parser::new(source, &storage) {
        if event.is_err() || events.len() == MOST_EVENTS {
            return None;
        }
        events.push(event);
    }
    let display_mode = if display { DisplayMode::Block } else { DisplayMode::Inline };
    let config = RenderConfig { display_mode, ..RenderConfig::default() };
    let mut written = String::new();
    mathml::push_mathml(&mut written, events.into_iter(), config).ok()?;
    Some(written)
}

/// Lines without an environment around them, which GitHub's library takes and ours doesn't.
fn write_lines(source: &str, display: bool) -> Option<String> {
    let around = if source.contains('&') { "aligned" } else { "gathered" };
    let lines = display && source.contains(r"\\");
    lines.then(|| write(&format!("\\begin{{{around}}}{source}\\end{{{around}}}"), display)).flatten()
}

/// The same MathML with nothing but what the lists have. Absent where an element isn't on them or doesn't close.
fn rewritten(written: &str) -> Option<String> {
    let mut html = String::with_capacity(written.len());
    let mut open: Vec<&str> = Vec::new();
    let mut rest = written;
    while let Some(at) = rest.find('<') {
        html.push_str(&rest[..at]);
        // the sign itself, which the library leaves as it is
        if !rest[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
            html.push_str("&lt;");
            rest = &rest[at + 1..];
            continue;
        }
        let (tag, after) = split_tag(&rest[at + 1..])?;
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name.trim()) {
                return None;
            }
            html.push_str("</");
            html.push_str(name.trim());
            html.push('>');
            continue;
        }
        let (tag, alone) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, attributes) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
        if !ELEMENTS.contains(&name) || name == "merror" {
            return None;
        }
        html.push('<');
        html.push_str(name);
        set(&mut html, attributes)?;
        html.push('>');
        if alone {
            html.push_str("</");
            html.push_str(name);
            html.push('>');
        } else {
            open.push(name);
        }
    }
    html.push_str(rest);
    open.is_empty().then_some(html)
}

/// A tag's inside and what comes behind it. A value may hold `>`.
fn split_tag(text: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return Some((&text[..at], &text[at + 1..])),
            _ => {}
        }
    }
    None
}

fn set(html: &mut String, attributes: &str) -> Option<()> {
    let mut rest = attributes.trim_start();
    while !rest.is_empty() {
        let (name, value) = rest.split_once("=\"")?;
        let (value, after) = value.split_once('"')?;
        rest = after.trim_start();
        let plain = value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" .-+%/".contains(&byte));
        if ATTRIBUTES.contains(&name) && plain {
            attribute(html, name, value);
        } else if name == "style" {
            for (property, name) in [("color:", "mathcolor"), ("background-color:", "mathbackground")] {
                let value = value.split(';').find_map(|part| part.trim().strip_prefix(property));
                if let Some(colour) = value.and_then(colour) {
                    attribute(html, name, &colour);
                }
            }
        }
    }
    Some(())
}

fn attribute(html: &mut String, name: &str, value: &str) {
    html.push(' ');
    html.push_str(name);
    html.push_str("=\"");
    html.push_str(value);
    html.push('"');
}

/// `rgb(1 2 3)` as `#010203`.
fn colour(rgb: &str) -> Option<String> {
    let numbers = rgb.trim().strip_prefix("rgb(")?.strip_suffix(')')?;
    let numbers: Vec<u8> = numbers.split_whitespace().map_while(|number| number.parse().ok()).collect();
    let [red, green, blue] = numbers[..] else { return None };
    Some(format!("#{red:02x}{green:02x}{blue:02x}"))
}

#[cfg(test)]
mod tests {
    use super::{mathml, rewritten};

    #[test]
    fn formulas_are_drawn_or_refused() {
        let small = mathml("x^2", false).unwrap();
        assert!(small.starts_with("<math display=\"inline\"><semantics>"), "{small}");
        assert!(small.contains("<msup><mi>x</mi><mn>2</mn></msup>"), "{small}");
        assert!(small.contains("x^2</annotation>"), "{small}");
        let drawn = [
            r"\frac{a}{b} \leq \sum_{i=0}^{n} \sqrt[3]{x_i}",
            r"\text{Phase Time} = \max\left( \frac{1}{2}, \frac{3}{4} \right)",
            r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
            r"\begin{cases} 1 & x < 0 \\ 0 & \text{else} \end{cases}",
            r"\begin{aligned} a &= b \\ &= c \end{aligned}",
            r"\mathbb{R}, \mathcal{O}(n \log n), \vec{v}, \hat{\beta}_1, \lfloor x \rfloor",
            r"a < b \\ c &= d",
            r"\textcolor{red}{x} \neq \colorbox{blue}{y}",
        ];
        for formula in drawn {
            let html = mathml(formula, true).unwrap_or_else(|| panic!("{formula}"));
            assert!(!html.contains("style"), "{html}");
        }
        for refused in [r"\frac{a}", r"\nosuch{x}", r"\def\a{\a\a}\a", "}", r"\begin{x}", "", "  "] {
            assert_eq!(mathml(refused, true), None, "{refused}");
        }
    }

    #[test]
    fn nothing_in_a_formula_becomes_markup() {
        for hostile in [
            r"<script>alert(1)</script>",
            r"\text{<img src=x onerror=alert(1)>}",
            r#"\href{javascript:alert(1)}{x} "onclick="x"#,
            r#"\color{"><script>}x"#,
            r#"\begin{array}{c"onclick="x} a \end{array}"#,
            r#"\htmlStyle{color:red}{x} \htmlClass{a}{b} \includegraphics{http://x}"#,
            r#"\operatorname{</math><script>} \unicode{x3c} \mathrm{</annotation>}"#,
            "\\text{\u{fdd0}0\u{fdd2}} ]]> <!-- --> &lt;script&gt;",
        ] {
            for display in [false, true] {
                let html = mathml(hostile, display).unwrap_or_default();
                for tag in html.split('<').skip(1).filter(|tag| !tag.starts_with('/')) {
                    let tag = tag.split('>').next().unwrap();
                    assert!(
                        tag.starts_with('m') || tag.starts_with("semantics") || tag.starts_with("annotation "),
                        "{html}"
                    );
                    assert!(!tag.contains("on") || !tag.contains('=') || tag.starts_with("annotation"), "{html}");
                }
            }
        }
        for refused in
            ["<math><script></script></math>", "<math><mi></math>", "<math", "<merror></merror>", "<math x></math>"]
        {
            assert_eq!(rewritten(refused), None, "{refused}");
        }
        let kept = rewritten(
            "<mi onclick=\"x\" href=\"javascript:x\" style=\"color: rgb(1 2 255); x: y\" width=\"1em\">a</mi>",
        );
        assert_eq!(kept.unwrap(), "<mi mathcolor=\"#0102ff\" width=\"1em\">a</mi>");
    }

    #[test]
    fn bombs_end_in_little_stack_and_time() {
        let bombs = [
            "{".repeat(4_000) + &"}".repeat(4_000),
            r"\sqrt".repeat(1_600),
            r"\frac".repeat(1_600),
            r"\left(".repeat(1_300),
            r"\begin{matrix}".repeat(500),
            "x^".repeat(4_000),
            "x^{".repeat(2_500),
            r"\sqrt{".repeat(1_000) + "x" + &"}".repeat(1_000),
            r"\text{".repeat(1_000),
            "a&".repeat(4_000),
            format!(r"\begin{{array}}{{{}}} a \end{{array}}", "c|".repeat(3_000)),
            format!(r"\begin{{array}}{{*{{99999999}}{{c}}}} {} \end{{array}}", r"a \\".repeat(1_000)),
            r"\mathbb\mathbf".repeat(500) + "x",
            r"\not".repeat(2_000),
            "'".repeat(8_000),
        ];
        let run = move || {
            for bomb in bombs {
                let start = std::time::Instant::now();
                let html = mathml(&bomb, true);
                assert!(html.is_none_or(|html| html.len() < 4 * 1024 * 1024), "{}", &bomb[..20]);
                assert!(start.elapsed().as_secs() < 5, "{}", &bomb[..20]);
            }
        };
        std::thread::Builder::new().stack_size(2 * 1024 * 1024).spawn(run).unwrap().join().unwrap();
    }
}
