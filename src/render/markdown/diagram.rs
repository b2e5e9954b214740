//! Diagrams: an image and the source behind it.

use comrak::nodes::NodeCodeBlock;

use super::Walk;
use super::inline::attribute;
use crate::render::diagram;

/// Bytes of drawings on one page; further diagrams stay source.
const MOST: usize = 600 * 1024;

/// A drawing wider than this isn't pressed into the column: it keeps most of its size and scrolls.
const WIDE: u32 = 1400;

/// A drawing wider than this scrolls on a phone.
const BROAD: u32 = 480;

impl Walk<'_> {
    /// A fence of a diagram. Says whether it could be drawn.
    pub(super) fn diagram(&mut self, code: &NodeCodeBlock) -> bool {
        let Some(drawing) = diagram::draw(&code.literal) else { return false };
        let src = address(&drawing.svg);
        self.drawn += src.len();
        if self.drawn > MOST {
            return false;
        }
        // Drawings have a bound of their own, so they don't use up what the page may grow.
        self.sheet.allow(src.len());
        let name = diagram::name(&code.literal);
        let (width, height) = drawing.size.unwrap_or_default();
        let (width, height, class) = match width {
            _ if width > WIDE => (width * 7 / 10, height * 7 / 10, " class=\"dgi wide\""),
            _ if width > BROAD => (width, height, " class=\"dgi broad\""),
            _ => (width, height, " class=\"dgi\""),
        };
        let mut group = format!("{class} tabindex=\"0\" role=\"group\"");
        attribute(&mut group, "aria-label", &name);
        let mut image = String::new();
        attribute(&mut image, "src", &src);
        attribute(&mut image, "alt", &format!("{name}, drawn from the source below"));
        attribute(&mut image, "width", &width.to_string());
        attribute(&mut image, "height", &height.to_string());
        let depth = self.sheet.depth();
        self.sheet.open("div", " class=\"dg\"");
        self.sheet.open("div", &group);
        self.sheet.void("img", &image);
        self.sheet.close();
        self.sheet.open("details", "");
        self.leaf("summary", "Source");
        self.sheet.open("pre", " tabindex=\"0\"");
        self.sheet.open("code", " class=\"language-mermaid\"");
        self.sheet.text(&code.literal);
        self.sheet.close_to(depth);
        self.sheet.line();
        true
    }
}

/// The drawing as an address that holds it. What would end the address or the attribute is written as its number.
fn address(svg: &str) -> String {
    let mut address = String::with_capacity(svg.len() * 5 / 4);
    address.push_str("data:image/svg+xml,");
    for c in svg.chars() {
        match c {
            '"' => address.push_str("%22"),
            '%' => address.push_str("%25"),
            '#' => address.push_str("%23"),
            '<' => address.push_str("%3C"),
            '>' => address.push_str("%3E"),
            '&' => address.push_str("%26"),
            '\n' | '\t' => address.push(' '),
            c => address.push(c),
        }
    }
    address
}
