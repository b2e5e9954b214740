//! A drawing (SVG) is read and written anew from an allow-list, so that it runs nothing and asks nobody, also when it
//! is opened by itself.
//!
//! What stays are shapes, text, gradients, filters and styles. What goes: scripts, events, links, animation, foreign
//! content, doctypes and their entities, and every address but a place in the drawing itself and an image of pixels
//! within it. The text of a style that could ask for something goes as a whole; rules for what isn't there go too.

use std::collections::BTreeSet;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::escape;

/// A drawing of more bytes isn't read.
const LARGEST: usize = 4 * 1024 * 1024;

/// Elements within elements.
const DEEPEST: usize = 200;

const ELEMENTS: &[&str] = &[
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "feBlend",
    "feColorMatrix",
    "feComposite",
    "feDropShadow",
    "feFlood",
    "feGaussianBlur",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "filter",
    "g",
    "image",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "style",
    "svg",
    "switch",
    "symbol",
    "text",
    "textPath",
    "title",
    "tspan",
    "use",
];

/// Beginnings and whole names of attributes that do more than set a drawing: they go, whatever their value.
const REFUSED: &[&str] =
    &["on", "data-", "xmlns", "xml:base", "xlink:", "aria-", "attributename", "from", "to", "begin"];

/// Stands where a drawing could not be read.
pub const REFUSAL: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 320 40\" width=\"320\" height=\"40\">\
                           <rect width=\"320\" height=\"40\" fill=\"#f1f1ed\"/><text x=\"12\" y=\"25\" fill=\"#333\" \
                           font-family=\"sans-serif\" font-size=\"13\">This drawing can't be shown safely</text></svg>";

/// A drawing that can be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// The SVG, one element without declaration.
    pub svg: String,
    /// Its size as it says itself, in pixels, by its view box or its width and height.
    pub size: Option<(u32, u32)>,
}

/// The drawing without what could run or ask. Absent where it isn't a drawing or nothing of it may stay.
pub fn clean(text: &str) -> Option<Drawing> {
    if text.len() > LARGEST {
        return None;
    }
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    reader.config_mut().check_end_names = true;
    let mut pen = Pen::default();
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => pen.start(&tag, false)?,
            Event::Empty(tag) => pen.start(&tag, true)?,
            Event::End(_) => pen.end(),
            Event::Text(text) => pen.text(&text.xml10_content()),
            Event::CData(text) => pen.text(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let named = match reference.xml10_content().as_ref() {
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "amp" => Some('&'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => None,
                };
                let numbered = || reference.resolve_char_ref().ok().flatten();
                if let Some(character) = named.or_else(numbered) {
                    pen.text(character.encode_utf8(&mut [0; 4]));
                }
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
        if pen.done {
            break;
        }
    }
    pen.finish()
}

#[derive(Default)]
struct Pen {
    svg: String,
    open: Vec<&'static str>,
    /// Elements open within one that isn't allowed.
    lost: usize,
    done: bool,
    size: Option<(u32, u32)>,
    /// The style at hand, and those that are read: where they stand and what they say.
    style: String,
    styles: Vec<(usize, String)>,
    /// Classes, ids and elements that the drawing has, as a style names them: `.a`, `#b`, `rect`.
    used: BTreeSet<String>,
}

impl Pen {
    fn start(&mut self, tag: &BytesStart<'_>, alone: bool) -> Option<()> {
        let name = tag.name();
        let known = ELEMENTS.iter().find(|known| known.as_bytes() == name.as_ref().as_bytes());
        let first = self.open.is_empty();
        let known = known.filter(|name| self.lost == 0 && (first == (**name == "svg") || !first));
        let Some(name) = known else {
            if first && self.lost == 0 {
                return None;
            }
            self.lost += usize::from(!alone);
            return Some(());
        };
        if self.open.len() >= DEEPEST {
            return None;
        }
        self.used.insert((*name).to_string());
        if *name == "style" {
            if !alone {
                self.open.push(name);
            }
            return Some(());
        }
        self.svg.push('<');
        self.svg.push_str(name);
        if first {
            self.svg.push_str(" xmlns=\"http://www.w3.org/2000/svg\"");
        }
        self.attributes(name, tag, first);
        if alone {
            self.svg.push_str("/>");
            self.done |= first;
        } else {
            self.svg.push('>');
            self.open.push(name);
        }
        Some(())
    }

    fn attributes(&mut self, element: &str, tag: &BytesStart<'_>, first: bool) {
        let mut given = BTreeSet::new();
        let (mut width, mut height, mut view) = (None, None, None);
        for attribute in tag.attributes().with_checks(false).flatten() {
            let name = attribute.key.as_ref().to_string();
            let Ok(value) = attribute.normalized_value(XmlVersion::Implicit1_0) else { continue };
            let link = matches!(name.as_str(), "href" | "xlink:href");
            if link && !address(element, value.trim()) || !link && (refused(&name) || !harmless(&value)) {
                continue;
            }
            let name = if link { "href" } else { &name };
            if !given.insert(name.to_string()) {
                continue;
            }
            match name {
                "class" => self.used.extend(value.split_whitespace().map(|class| format!(".{class}"))),
                "id" => drop(self.used.insert(format!("#{value}"))),
                "width" => width = number(&value),
                "height" => height = number(&value),
                "viewBox" => view = Some(value.to_string()),
                _ => {}
            }
            self.svg.push(' ');
            self.svg.push_str(name);
            self.svg.push_str("=\"");
            escape::value(&mut self.svg, &value);
            self.svg.push('"');
        }
        if first {
            let view: Vec<f64> = view.iter().flat_map(|view| view.split([' ', ','])).filter_map(number).collect();
            self.size = match (view.as_slice(), width.zip(height)) {
                ([_, _, width, height], _) => sized(*width, *height),
                (_, Some((width, height))) => sized(width, height),
                _ => None,
            };
        }
    }

    fn end(&mut self) {
        if self.lost > 0 {
            self.lost -= 1;
            return;
        }
        match self.open.pop() {
            Some("style") => self.styles.push((self.svg.len(), std::mem::take(&mut self.style))),
            Some(name) => {
                self.svg.push_str("</");
                self.svg.push_str(name);
                self.svg.push('>');
                self.done |= self.open.is_empty();
            }
            None => {}
        }
    }

    fn text(&mut self, text: &str) {
        match self.open.last() {
            Some(&"style") if self.lost == 0 => self.style.push_str(text),
            Some(_) if self.lost == 0 => {
                let plain: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
                escape::text(&mut self.svg, &plain);
            }
            _ => {}
        }
    }

    fn finish(mut self) -> Option<Drawing> {
        if !self.done {
            return None;
        }
        let styles = std::mem::take(&mut self.styles);
        for (at, style) in styles.into_iter().rev() {
            let rules = rules(&style, &self.used);
            if !rules.is_empty() {
                let mut element = String::from("<style>");
                escape::text(&mut element, &rules);
                element.push_str("</style>");
                self.svg.insert_str(at, &element);
            }
        }
        Some(Drawing { svg: self.svg, size: self.size })
    }
}

fn refused(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':'));
    !plain
        || REFUSED.iter().any(|refused| match refused.ends_with(['-', ':']) || matches!(*refused, "on" | "xmlns") {
            true => name.starts_with(refused),
            false => name == *refused,
        })
        || name.contains(':') && name != "xml:space"
}

/// An address may name a place in the drawing, or be an image of pixels.
fn address(element: &str, value: &str) -> bool {
    let place = value.strip_prefix('#').is_some_and(|name| !name.is_empty() && harmless(name));
    let pixels = ["png", "jpeg", "jpg", "gif", "webp"].iter().any(|kind| {
        let data = value.strip_prefix("data:image/").and_then(|data| data.strip_prefix(kind));
        let data = data.and_then(|data| data.strip_prefix(";base64,"));
        data.is_some_and(|data| data.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=\n\r \t".contains(&byte)))
    });
    if element == "image" { pixels } else { place }
}

/// A value or style asks for nothing: `url()` names a place in the drawing, and nothing is hidden by an escape.
fn harmless(value: &str) -> bool {
    let bare: String =
        value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect::<String>().to_lowercase();
    let asks =
        ["javascript:", "expression(", "image(", "image-set(", "src(", "@import", "-moz-binding", "behavior:", "/*"];
    let places =
        bare.match_indices("url(").all(|(at, _)| bare[at + 4..].trim_start_matches(['"', '\'']).starts_with('#'));
    places && !bare.contains('\\') && !asks.iter().any(|ask| bare.contains(ask))
}

/// The rules of a style that can apply. Comments and what begins with `@` go.
fn rules(style: &str, used: &BTreeSet<String>) -> String {
    let mut plain = String::with_capacity(style.len());
    let mut rest = style;
    while let Some((before, comment)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    let mut rules = String::new();
    let mut rest = plain.as_str();
    while let Some(at) = rest.find(['{', ';', '}']) {
        let (head, tail) = rest.split_at(at);
        if !tail.starts_with('{') {
            rest = &tail[1..];
            continue;
        }
        let length = block(tail);
        let (body, after) = tail.split_at(length);
        rest = after;
        let inside = body.trim_start_matches('{').trim_end_matches('}').trim();
        let head = head.trim();
        if head.starts_with('@') || inside.contains('{') || !harmless(head) || !harmless(inside) {
            continue;
        }
        let heads: Vec<&str> = head.split(',').map(str::trim).filter(|head| applies(head, used)).collect();
        if !heads.is_empty() && !inside.is_empty() {
            rules.push_str(&heads.join(","));
            rules.push('{');
            rules.push_str(inside);
            rules.push('}');
        }
    }
    rules
}

/// Bytes of a block in braces at the start of a text.
fn block(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    text.len()
}

/// Whether the drawing has every class and id that a selector names. Attributes of data are gone, so their rules go.
fn applies(selector: &str, used: &BTreeSet<String>) -> bool {
    if selector.is_empty() || selector.contains("[data-") {
        return false;
    }
    let mut rest = selector;
    while let Some(at) = rest.find(['.', '#']) {
        let name = &rest[at..];
        let end =
            name[1..].find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_')).map_or(name.len(), |end| end + 1);
        if !used.contains(&name[..end]) && !selector.contains(":not(") {
            return false;
        }
        rest = &name[end..];
    }
    true
}

fn number(value: &str) -> Option<f64> {
    value.trim().trim_end_matches("px").parse().ok()
}

fn sized(width: f64, height: f64) -> Option<(u32, u32)> {
    let fine = |side: f64| (1.0..=100_000.0).contains(&side);
    (fine(width) && fine(height)).then_some((width.ceil() as u32, height.ceil() as u32))
}

#[cfg(test)]
mod tests {
    use super::clean;

    fn cleaned(svg: &str) -> String {
        clean(svg).map(|drawing| drawing.svg).unwrap_or_default()
    }

    #[test]
    fn shapes_text_and_styles_stay() {
        let svg = "<?xml version=\"1.0\"?>\n<!DOCTYPE svg>\n<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"x\" viewBox=\"0 0 10.2 20\">\
                   <!-- c --><style>.a, .gone{fill:url(#g)} .gone{fill:red} @media print{.a{fill:red}} rect{stroke:&#35;fff}</style>\
                   <defs><linearGradient id=\"g\"><stop offset=\"0\" stop-color=\"#fff\"/></linearGradient></defs>\
                   <g class=\"a\" transform=\"scale(2)\"><rect x=\"1\" style=\"fill: url( '#g' )\"/><text>a &lt; b &amp; <tspan>c</tspan></text></g>\
                   <use xlink:href=\"#g\"/><image href=\"data:image/png;base64,AA==\"/></svg>";
        let drawing = clean(svg).unwrap();
        assert_eq!(drawing.size, Some((11, 20)));
        assert_eq!(
            drawing.svg,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10.2 20\"><style>.a{fill:url(#g)}rect{stroke:#fff}</style>\
             <defs><linearGradient id=\"g\"><stop offset=\"0\" stop-color=\"#fff\"/></linearGradient></defs>\
             <g class=\"a\" transform=\"scale(2)\"><rect x=\"1\" style=\"fill: url( '#g' )\"/><text>a &lt; b &amp; <tspan>c</tspan></text></g>\
             <use href=\"#g\"/><image href=\"data:image/png;base64,AA==\"/></svg>"
        );
        // what is clean stays as it is
        assert_eq!(cleaned(&drawing.svg), drawing.svg);
    }

    #[test]
    fn nothing_that_runs_or_asks_stays() {
        let hostile = [
            "<script>alert(1)</script>",
            "<script href=\"http://x.example/\"/>",
            "<a href=\"javascript:alert(1)\"><text>a</text></a>",
            "<a xlink:href=\"http://x.example\"><text>a</text></a>",
            "<rect onload=\"alert(1)\" ONCLICK=\"alert(1)\"/>",
            "<foreignObject><body xmlns=\"http://www.w3.org/1999/xhtml\"><script>alert(1)</script></body></foreignObject>",
            "<animate attributeName=\"href\" to=\"javascript:alert(1)\"/><set attributeName=\"onclick\" to=\"alert(1)\"/>",
            "<image href=\"http://x.example/p.png\"/><image href=\"data:image/svg+xml;base64,PHN2Zz4=\"/>",
            "<use href=\"http://x.example/a.svg#b\"/><use href=\"data:image/svg+xml,x#b\"/>",
            "<feImage href=\"http://x.example\"/><filter><feImage href=\"#a\"/></filter>",
            "<style>@import url(http://x.example/a.css);</style>",
            "<style>rect{fill:url(http://x.example/p)}</style><rect/>",
            "<style>rect{fill:u\\72l(http://x.example/p)}</style><rect/>",
            "<style>rect{fill:u/**/rl(http://x.example)}</style><rect/>",
            "<style><![CDATA[rect{background:url('//x.example')}]]></style><rect/>",
            "<style>@font-face{font-family:a;src:url(http://x.example/f)}</style>",
            "<style>rect{fill:red}&lt;/style>&lt;script>alert(1)&lt;/script></style><rect/>",
            "<rect style=\"fill:url(//x.example)\" fill=\"url( http://x.example )\" filter=\"url('http://x.example#a')\"/>",
            "<rect style=\"background:image-set('http://x.example' 1x)\"/>",
            "<iframe src=\"http://x.example\"/><object data=\"x\"/><embed src=\"x\"/>",
            "<handler>alert(1)</handler><metadata><script>alert(1)</script></metadata>",
            "<text>&lt;script&gt;alert(1)&lt;/script&gt; &nbsp; &#0; &#xb;</text>",
            "<svg:script xmlns:svg=\"http://www.w3.org/2000/svg\">alert(1)</svg:script>",
            "<g xml:base=\"http://x.example/\" xmlns:x=\"http://www.w3.org/1999/xhtml\"><x:script>alert(1)</x:script></g>",
            "<?xml-stylesheet href=\"http://x.example\"?>",
            "<discard/><mpath href=\"#a\"/><view/><audio src=\"http://x.example\"/>",
        ];
        for hostile in hostile {
            let clean =
                cleaned(&format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{hostile}<path d=\"M0 0\"/></svg>"));
            assert!(clean.ends_with("<path d=\"M0 0\"/></svg>"), "{hostile}: {clean}");
            let markup = clean.replacen("http://www.w3.org/2000/svg", "", 1).to_lowercase();
            for word in [
                "<script",
                "script:",
                "x.example",
                " on",
                "foreign",
                "<a ",
                "<animate",
                "<set",
                "<iframe",
                "import",
                "svg+xml",
                "\u{0}",
            ] {
                assert!(!markup.contains(word), "{hostile}: {clean}");
            }
        }
        for none in ["", "<html/>", "<svg>", "<svg></g>", "text", "<g><svg/></g>", "<!DOCTYPE x [<!ENTITY a \"b\">]>"] {
            assert_eq!(clean(none), None, "{none}");
        }
        let entity = "<!DOCTYPE svg [<!ENTITY a \"<script>alert(1)</script>\">]><svg><text>&a;b</text></svg>";
        assert_eq!(cleaned(entity), "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>b</text></svg>");
        assert_eq!(clean(&format!("<svg>{}", "<g>".repeat(100_000))), None);
    }
}
