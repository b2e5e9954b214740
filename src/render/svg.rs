//! SVG from a theme or the settings, let in by an allow-list: shapes, gradients and their attributes, nothing that could
//! run, ask another address, or bring other markup.

use crate::render::theme::ThemeError;

const ELEMENTS: &[&str] = &[
    "svg",
    "g",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "title",
    "desc",
    "defs",
    "symbol",
    "use",
    "clipPath",
    "mask",
    "linearGradient",
    "radialGradient",
    "stop",
    "text",
    "tspan",
];

const ATTRIBUTES: &[&str] = &[
    "xmlns",
    "version",
    "viewBox",
    "width",
    "height",
    "id",
    "class",
    "role",
    "aria-label",
    "aria-hidden",
    "aria-labelledby",
    "focusable",
    "preserveAspectRatio",
    "transform",
    "d",
    "x",
    "y",
    "x1",
    "x2",
    "y1",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "dx",
    "dy",
    "points",
    "pathLength",
    "fill",
    "fill-opacity",
    "fill-rule",
    "clip-rule",
    "clip-path",
    "mask",
    "opacity",
    "color",
    "stroke",
    "stroke-width",
    "stroke-opacity",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-dasharray",
    "stroke-dashoffset",
    "vector-effect",
    "gradientUnits",
    "gradientTransform",
    "spreadMethod",
    "fx",
    "fy",
    "offset",
    "stop-color",
    "stop-opacity",
    "clipPathUnits",
    "maskUnits",
    "maskContentUnits",
    "font-family",
    "font-size",
    "font-weight",
    "text-anchor",
    "dominant-baseline",
    "letter-spacing",
    "href",
    "xlink:href",
    "xmlns:xlink",
    "xml:space",
];

/// A drawing that may be shown: its attributes, and what is inside.
#[derive(Debug, PartialEq, Eq)]
pub struct Drawing<'t> {
    /// The attributes of the outermost element.
    pub attributes: Attributes<'t>,
    /// What stands between its tags.
    pub inside: &'t str,
}

/// Reads an SVG file. `name` is for the message.
pub fn read<'t>(name: &str, text: &'t str) -> Result<Drawing<'t>, ThemeError> {
    let mut reader = Reader { text, at: 0 };
    reader.drawing().map_err(|message| {
        let before = text.get(..reader.at).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        ThemeError { file: name.to_string(), place: Some((line, column)), message }
    })
}

/// Name and value of each attribute.
pub type Attributes<'t> = Vec<(&'t str, &'t str)>;

struct Reader<'t> {
    text: &'t str,
    /// Byte offset of what is being looked at.
    at: usize,
}

impl<'t> Reader<'t> {
    fn drawing(&mut self) -> Result<Drawing<'t>, String> {
        let mut open: Vec<&str> = Vec::new();
        let mut outer: Option<(Attributes<'_>, usize)> = None;
        loop {
            let rest = &self.text[self.at..];
            let Some(less) = rest.find('<') else { return Err("the drawing isn't closed".into()) };
            self.between(&rest[..less], open.is_empty())?;
            self.at += less;
            let rest = &self.text[self.at..];
            if let Some(after) = rest.strip_prefix("<!--") {
                let end = after.find("-->").ok_or("a comment isn't closed")?;
                self.at += "<!--".len() + end + "-->".len();
            } else if rest.starts_with("<?xml") && outer.is_none() {
                self.at += rest.find("?>").ok_or("the declaration isn't closed")? + "?>".len();
            } else if let Some(after) = rest.strip_prefix("</") {
                let name = after.split('>').next().unwrap_or("").trim_end();
                if open.pop() != Some(name) {
                    return Err(format!("`</{name}>` closes nothing"));
                }
                let closed = self.at;
                self.at += rest.find('>').ok_or("a tag isn't closed")? + 1;
                if open.is_empty() {
                    return self.end(outer, closed);
                }
            } else {
                let (name, attributes, alone) = self.tag()?;
                if open.is_empty() && name != "svg" {
                    return Err("it isn't an SVG drawing".into());
                }
                if outer.is_none() {
                    outer = Some((attributes, self.at));
                }
                match alone {
                    false => open.push(name),
                    true if open.is_empty() => return self.end(outer, self.at),
                    true => {}
                }
            }
        }
    }

    fn end(&self, outer: Option<(Attributes<'t>, usize)>, closed: usize) -> Result<Drawing<'t>, String> {
        let (attributes, start) = outer.ok_or("it isn't an SVG drawing")?;
        match self.text[self.at..].trim().is_empty() {
            true => Ok(Drawing { attributes, inside: &self.text[start.min(closed)..closed] }),
            false => Err("something follows the drawing".into()),
        }
    }

    fn between(&self, text: &str, outside: bool) -> Result<(), String> {
        match outside && !text.trim_start_matches('\u{feff}').trim().is_empty() {
            true => Err("it isn't an SVG drawing".into()),
            false => Ok(()),
        }
    }

    /// The tag at the reader's place, which moves behind it: name, attributes, whether it closes itself.
    fn tag(&mut self) -> Result<(&'t str, Attributes<'t>, bool), String> {
        let rest = &self.text[self.at + 1..];
        let name = &rest[..rest.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(rest.len())];
        if !ELEMENTS.contains(&name) {
            return Err(format!("`<{}>` isn't allowed in a drawing here", crate::words::shorten(name, 30)));
        }
        self.at += 1 + name.len();
        let mut attributes = Vec::new();
        loop {
            let rest = &self.text[self.at..];
            let rest_trimmed = rest.trim_start();
            self.at += rest.len() - rest_trimmed.len();
            if rest_trimmed.starts_with("/>") {
                self.at += 2;
                return Ok((name, attributes, true));
            }
            if rest_trimmed.starts_with('>') {
                self.at += 1;
                return Ok((name, attributes, false));
            }
            attributes.push(self.attribute(rest_trimmed)?);
        }
    }

    fn attribute(&mut self, rest: &'t str) -> Result<(&'t str, &'t str), String> {
        let (name, after) = rest.split_once('=').ok_or("a tag isn't closed")?;
        let name = name.trim_end();
        if !ATTRIBUTES.contains(&name) {
            return Err(format!("`{}` isn't allowed in a drawing here", crate::words::shorten(name, 30)));
        }
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\'')).ok_or("a value isn't in quotes")?;
        let (value, behind) = after[1..].split_once(quote).ok_or("a value isn't closed")?;
        let own = match name {
            "href" | "xlink:href" => value.starts_with('#'),
            "xmlns" => value == "http://www.w3.org/2000/svg",
            "xmlns:xlink" => value == "http://www.w3.org/1999/xlink",
            _ => value
                .match_indices("url(")
                .all(|(at, _)| value[at + 4..].trim_start_matches(['"', '\'']).starts_with('#')),
        };
        // a reference to a character could spell what was just looked for
        if !own || value.contains(['<', '&', '\\']) {
            return Err(format!("`{name}` may only name a part of the drawing itself"));
        }
        self.at = self.text.len() - behind.len();
        Ok((name, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings_pass() {
        let text = "<?xml version=\"1.0\"?>\n<!-- x -->\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox='0 0 16 16'><defs><linearGradient id=\"a\"><stop offset=\"0\" stop-color=\"#fff\"/></linearGradient></defs><path d=\"M0 0h9\" fill=\"url(#a)\"/></svg>\n";
        let drawing = read("a.svg", text).expect("is sound");
        assert_eq!(drawing.attributes[1], ("viewBox", "0 0 16 16"));
        assert!(drawing.inside.starts_with("<defs>") && drawing.inside.ends_with("/>"), "{drawing:?}");
        assert_eq!(read("a.svg", "<svg/>").map(|drawing| drawing.inside.len()), Ok(0));
    }

    #[test]
    fn what_could_run_or_ask_is_refused_at_its_place() {
        for (wrong, place) in [
            ("<svg><script>alert(1)</script></svg>", (1, 6)),
            ("<svg onload=\"alert(1)\"/>", (1, 6)),
            ("<svg>\n <a href=\"javascript:alert(1)\">x</a></svg>", (2, 2)),
            ("<svg><use href=\"https://example.org/x.svg#a\"/></svg>", (1, 11)),
            ("<svg><path fill=\"url(https://example.org/x)\"/></svg>", (1, 12)),
            ("<svg><path style=\"x\"/></svg>", (1, 12)),
            ("<svg><foreignObject/></svg>", (1, 6)),
            ("<svg xmlns:x=\"http://www.w3.org/1999/xhtml\"><x:script/></svg>", (1, 6)),
            ("<svg xmlns=\"http://www.w3.org/1999/xhtml\"/>", (1, 6)),
            ("<!DOCTYPE svg [<!ENTITY x \"y\">]><svg/>", (1, 1)),
            ("<svg><![CDATA[<script>]]></svg>", (1, 6)),
            ("<svg><path d=\"&#x6a;\"/></svg>", (1, 12)),
            ("<svg><g></svg>", (1, 9)),
            ("<svg/><script/>", (1, 7)),
            ("<svg", (1, 5)),
            ("<html/>", (1, 1)),
            ("", (1, 1)),
            ("<svg><animate attributeName=\"href\"/></svg>", (1, 6)),
        ] {
            let error = read("a.svg", wrong).expect_err(wrong);
            assert_eq!(error.place, Some(place), "{wrong}: {error}");
        }
    }
}
