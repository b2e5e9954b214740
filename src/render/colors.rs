//! Colours from the settings: the stylesheet that sets them, and where they are too close to be told apart.

use std::fmt::Write;

use crate::config::{COLORS, Color, ColorName, Colors};

/// Colours that words are set in.
const WORDS: &[&str] = &["text-1", "text-2", "text-3", "link", "blue", "green", "amber", "red", "violet"];
/// Colours of signals; their words also stand on their own tint.
const SIGNALS: &[&str] = &["blue", "green", "amber", "red", "violet"];
/// Colours that words and drawings stand on.
const GROUNDS: &[&str] = &["canvas", "surface", "subtle", "inset", "hover", "selected"];
/// Colours of drawings, borders of fields and the focus ring.
const DRAWINGS: &[&str] =
    &["control", "focus", "blue-solid", "green-solid", "amber-solid", "red-solid", "violet-solid"];

/// What WCAG 2.2 AA asks of words and of drawings.
const OF_WORDS: f64 = 4.5;
const OF_DRAWINGS: f64 = 3.0;

/// The stylesheet that sets the colours; empty where none is set. It speaks of screens only, because paper is black on
/// white in every theme.
pub fn stylesheet(colors: &Colors) -> String {
    if colors.is_empty() {
        return String::new();
    }
    let mut css = String::from("/* Made from [theme.colors] of plansite.toml. */\n");
    let mut rule = |media: &str, selector: &str, set: &[(&str, Color)]| {
        if set.is_empty() {
            return;
        }
        let properties: String = set.iter().map(|(name, color)| format!("--{name}:{color};")).collect();
        // writing to a text cannot fail
        let _ = writeln!(css, "@media screen{media}{{{selector}{{{properties}}}}}");
    };
    let (light, dark) = (properties(colors, false), properties(colors, true));
    rule("", ":root", &light);
    // what the dark appearance doesn't set must not come from the light one
    let mut whole: Vec<(&str, Color)> = Vec::new();
    for (name, _) in &light {
        if !dark.iter().any(|(set, _)| set == name) {
            whole.extend(built_in(name).map(|color| (*name, color)));
        }
    }
    whole.extend(dark);
    rule("", ":root[data-theme=dark]", &whole);
    rule(" and (prefers-color-scheme:dark)", ":root:not([data-theme=light])", &whole);
    // whoever asks for more contrast gets it as without colours of one's own
    css.push_str(
        "@media screen and (prefers-contrast:more){:root:root,:root:root[data-theme]{--t3:var(--t2);--line:var(--control);--line-2:var(--control);}}\n",
    );
    css
}

/// The dark colour of a property unless set.
fn built_in(property: &str) -> Option<Color> {
    let name = if property == "knock" { "canvas" } else { property };
    COLORS.iter().find(|entry| entry.property == name).and_then(|entry| Color::parse(entry.dark))
}

/// The custom properties that are set. What is knocked out of an icon is the canvas, and the focus follows the links
/// unless it is set itself.
fn properties(colors: &Colors, dark: bool) -> Vec<(&'static str, Color)> {
    let set = if dark { &colors.dark } else { &colors.light };
    let mut properties: Vec<(&str, Color)> = set.iter().map(|(name, color)| (name.entry().property, *color)).collect();
    let of = |word: &str| ColorName::from_word(word).and_then(|name| set.get(&name)).copied();
    properties.extend(of("canvas").map(|color| ("knock", color)));
    if of("focus").is_none() {
        properties.extend(of("link").map(|color| ("focus", color)));
    }
    properties
}

/// Pairs of colours that WCAG 2.2 AA doesn't allow and of which at least one was set: for each colour of words or
/// drawings the worst ground, as a sentence.
pub fn too_close(colors: &Colors) -> Vec<String> {
    let mut told = Vec::new();
    for (appearance, dark) in [("light", false), ("dark", true)] {
        let set = properties(colors, dark);
        if set.is_empty() {
            continue;
        }
        let color = |word: &str| -> Option<(Color, bool)> {
            let entry = COLORS.iter().find(|entry| entry.name == word)?;
            let own = set.iter().find(|(property, _)| *property == entry.property).map(|(_, color)| *color);
            let built_in = || Color::parse(if dark { entry.dark } else { entry.light });
            Some((own.or_else(built_in)?, own.is_some()))
        };
        let mut judge = |front: &str, grounds: &[String], least: f64, what: &str| {
            let Some((over, set)) = color(front) else { return };
            let pair = |ground: &String| {
                let (under, own) = color(ground)?;
                let ratio = contrast(over, under);
                (ratio < least && (set || own)).then(|| (ratio, ground.clone(), under))
            };
            let worst = grounds.iter().filter_map(pair).min_by(|a, b| a.0.total_cmp(&b.0));
            if let Some((ratio, ground, under)) = worst {
                // cut, not rounded: 4.498 is not 4.5
                let ratio = (ratio * 100.0).floor() / 100.0;
                told.push(format!(
                    "[theme.colors.{appearance}] {front} {over} on {ground} {under} has a contrast of {ratio:.2}:1; {what} need at least {least}:1 (WCAG 2.2 AA)"
                ));
            }
        };
        let grounds: Vec<String> = GROUNDS.iter().map(|ground| ground.to_string()).collect();
        for front in WORDS {
            let mut under = grounds.clone();
            if SIGNALS.contains(front) {
                under.push(format!("{front}-tint"));
            }
            if *front == "text-1" {
                under.push("mark".into());
            }
            judge(front, &under, OF_WORDS, "words");
        }
        for front in DRAWINGS {
            judge(front, &grounds[..1], OF_DRAWINGS, "icons, bars and borders of fields");
        }
    }
    told
}

/// The ratio of two colours' lightness, from 1 to 21, as WCAG 2 defines it.
fn contrast(a: Color, b: Color) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(Color(parts): Color) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    let [r, g, b] = parts.map(linear);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colors(light: &[(&str, &str)], dark: &[(&str, &str)]) -> Colors {
        let named = |set: &[(&str, &str)]| {
            let one = |(name, color): &(&str, &str)| {
                (ColorName::from_word(name).expect("known"), Color::parse(color).expect("a colour"))
            };
            set.iter().map(one).collect()
        };
        Colors { light: named(light), dark: named(dark) }
    }

    #[test]
    fn the_built_in_colours_are_those_of_the_stylesheet_and_far_enough_apart() {
        let css = include_str!("../../themes/default/style.css");
        let block = |start: &str| css.split_once(start).and_then(|(_, rest)| rest.split_once('}')).expect("there").0;
        let (light, dark) = (block(":root {"), block("[data-theme=dark] {"));
        for entry in COLORS {
            assert!(light.contains(&format!("--{}:{};", entry.property, entry.light)), "{entry:?}");
            assert!(dark.contains(&format!("--{}:{};", entry.property, entry.dark)), "{entry:?}");
        }
        let all = |dark: bool| -> Vec<(&str, &str)> {
            COLORS.iter().map(|entry| (entry.name, if dark { entry.dark } else { entry.light })).collect()
        };
        assert_eq!(too_close(&colors(&all(false), &all(true))), Vec::<String>::new());
    }

    #[test]
    fn a_pair_that_is_too_close_is_named_with_its_ratio() {
        let told = too_close(&colors(&[("link", "#88aaff")], &[]));
        assert_eq!(told.len(), 2, "{told:#?}");
        assert!(
            told[0].starts_with("[theme.colors.light] link #88aaff on selected #ebebe6 has a contrast of 1.90:1"),
            "{told:?}"
        );
        assert!(told[0].ends_with("words need at least 4.5:1 (WCAG 2.2 AA)"), "{told:?}");
        assert!(told[1].contains("] focus #88aaff on canvas"), "{told:?}");
        // the ground may be the one that was set
        assert!(too_close(&colors(&[], &[("canvas", "#777777")])).iter().any(|told| told.contains("] text-3 ")));
        assert!((contrast(Color([0; 3]), Color([255; 3])) - 21.0).abs() < 1e-9);
    }

    #[test]
    fn a_light_colour_alone_leaves_the_dark_appearance_as_it_was() {
        let css = stylesheet(&colors(&[("link", "#0b57d0")], &[]));
        assert!(css.contains("@media screen{:root{--link:#0b57d0;--focus:#0b57d0;}}"), "{css}");
        assert!(css.contains(":root[data-theme=dark]{--link:#86b3ff;--focus:#86b3ff;}"), "{css}");
        let css = stylesheet(&colors(&[], &[("canvas", "#000")]));
        assert!(!css.contains("{:root{--canvas") && css.contains("{--canvas:#000000;--knock:#000000;}"), "{css}");
        assert_eq!(stylesheet(&Colors::default()), "");
    }
}
