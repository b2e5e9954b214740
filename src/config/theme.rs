//! `[theme]`: the look, as far as the settings say it.
//!
//! Colours are named as in the design, each with the custom property that carries it. They are read strictly, because
//! they end up in a stylesheet.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::words;

/// Where the look comes from.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Theme {
    /// Name of a theme that comes with plansite.
    pub name: Option<String>,
    /// A folder whose files take the place of the built-in theme's files of the same name. Relative to the config file.
    pub directory: Option<String>,
    /// Colours that differ from the theme's.
    #[serde(alias = "colours")]
    pub colors: Colors,
    /// An image for the head of each page. Relative to the config file.
    pub logo: Option<String>,
}

/// Colours by name, for each of both appearances.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Colors {
    /// On a light screen.
    pub light: BTreeMap<ColorName, Color>,
    /// On a dark screen.
    pub dark: BTreeMap<ColorName, Color>,
}

impl Colors {
    /// Whether none is set.
    pub fn is_empty(&self) -> bool {
        self.light.is_empty() && self.dark.is_empty()
    }
}

/// What is known of a colour that can be set.
#[derive(Debug)]
pub struct ColorEntry {
    /// Its name in the settings.
    pub name: &'static str,
    /// The custom property that carries it, without the hyphens.
    pub property: &'static str,
    /// What it is on a light screen unless set.
    pub light: &'static str,
    /// What it is on a dark screen unless set.
    pub dark: &'static str,
}

const fn color(name: &'static str, property: &'static str, light: &'static str, dark: &'static str) -> ColorEntry {
    ColorEntry { name, property, light, dark }
}

/// All colours that can be set, with those of the built-in theme.
pub const COLORS: &[ColorEntry] = &[
    color("canvas", "canvas", "#ffffff", "#0f1012"),
    color("surface", "surface", "#ffffff", "#16171a"),
    color("subtle", "subtle", "#f8f8f6", "#141518"),
    color("inset", "inset", "#f1f1ed", "#1d1e22"),
    color("hover", "hover", "#f5f5f2", "#1b1c20"),
    color("selected", "sel", "#ebebe6", "#26272c"),
    color("line", "line", "#e6e5e0", "#26272b"),
    color("line-2", "line-2", "#d5d4cd", "#393b41"),
    color("control", "control", "#86857d", "#777a83"),
    color("text-1", "t1", "#1b1b18", "#ededee"),
    color("text-2", "t2", "#53524b", "#b5b7bd"),
    color("text-3", "t3", "#68675f", "#94969e"),
    color("link", "link", "#1a56c4", "#86b3ff"),
    color("focus", "focus", "#1a56c4", "#86b3ff"),
    color("mark", "mark", "#ffe9a8", "#5a4708"),
    color("blue", "blue", "#1a56c4", "#86b3ff"),
    color("blue-tint", "blue-bg", "#edf3fd", "#14213a"),
    color("blue-border", "blue-bd", "#c5d8f8", "#27416f"),
    color("blue-solid", "blue-so", "#2f6fe0", "#5b94f5"),
    color("green", "green", "#1a6a3b", "#70cf94"),
    color("green-tint", "green-bg", "#e8f4eb", "#10271a"),
    color("green-border", "green-bd", "#bcdec7", "#204a31"),
    color("green-solid", "green-so", "#2b8650", "#47b174"),
    color("amber", "amber", "#7d5000", "#e7b656"),
    color("amber-tint", "amber-bg", "#fdf3da", "#2b210c"),
    color("amber-border", "amber-bd", "#ecd493", "#514118"),
    color("amber-solid", "amber-so", "#a66a00", "#d39d33"),
    color("red", "red", "#b1261d", "#ff9189"),
    color("red-tint", "red-bg", "#fdefed", "#331715"),
    color("red-border", "red-bd", "#f4c7c2", "#632b26"),
    color("red-solid", "red-so", "#d0382e", "#f0655b"),
    color("violet", "violet", "#6a3eb4", "#c2a4f6"),
    color("violet-tint", "violet-bg", "#f4effc", "#231a37"),
    color("violet-border", "violet-bd", "#dacbf3", "#45346c"),
    color("violet-solid", "violet-so", "#8457cf", "#a37fe8"),
];

/// The name of a colour that can be set: its index in [`COLORS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct ColorName(usize);

impl ColorName {
    /// What is known of it.
    pub fn entry(self) -> &'static ColorEntry {
        &COLORS[self.0]
    }

    /// The colour of that name.
    pub fn from_word(word: &str) -> Option<ColorName> {
        COLORS.iter().position(|entry| entry.name == word).map(ColorName)
    }
}

impl TryFrom<String> for ColorName {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let near = words::nearest(&text, COLORS.iter().map(|entry| entry.name));
        let help = near.map(|word| format!("; did you mean `{word}`?")).unwrap_or_default();
        ColorName::from_word(&text).ok_or(format!("there is no colour `{text}`{help}"))
    }
}

/// A colour as red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Color(pub [u8; 3]);

impl Color {
    /// Reads `#1a56c4` or `#15c`; nothing else is a colour here.
    pub fn parse(text: &str) -> Option<Color> {
        let digits: Vec<u8> =
            text.strip_prefix('#')?.chars().map(|c| c.to_digit(16).map(|digit| digit as u8)).collect::<Option<_>>()?;
        match digits.as_slice() {
            [r, g, b] => Some(Color([r * 17, g * 17, b * 17])),
            [r, s, g, h, b, c] => Some(Color([r * 16 + s, g * 16 + h, b * 16 + c])),
            _ => None,
        }
    }
}

impl std::fmt::Display for Color {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [r, g, b] = self.0;
        write!(out, "#{r:02x}{g:02x}{b:02x}")
    }
}

impl TryFrom<String> for Color {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Color::parse(&text).ok_or(format!("`{text}` is not a colour; write it as #1a56c4"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_hex_and_nothing_else() {
        assert_eq!(Color::parse("#15C").map(|color| color.to_string()), Some("#1155cc".into()));
        assert_eq!(Color::parse("#1a56c4"), Some(Color([0x1a, 0x56, 0xc4])));
        for wrong in ["", "#", "1a56c4", "#1a56c", "#1a56c4ff", "red", "#12345g", "#1a56c4;}", "#é1a5", "#+1a56c"] {
            assert_eq!(Color::parse(wrong), None, "{wrong}");
        }
    }
}
