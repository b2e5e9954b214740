//! The theme that the settings ask for, read and compiled; what is odd about it is told once.

use super::console::Console;
use super::{Failure, Judged};
use crate::config::Config;
use crate::discover::{self, Place};
use crate::render::theme::{Layers, Theme};
use crate::render::{colors, svg};
use crate::view;
use xxhash_rust::xxh3::Xxh3;

/// The first bytes of the images that may be a logo, by the endings of their files' names.
const FORMS: &[(&[&str], &[u8])] =
    &[(&["png"], b"\x89PNG\r\n\x1a\n"), (&["jpg", "jpeg"], b"\xff\xd8\xff"), (&["gif"], b"GIF8"), (&["webp"], b"RIFF")];

/// Reads the theme's folder and logo, compiles all of it, and says what is odd about it.
pub(super) fn look(judged: &Judged, console: &Console) -> Result<Theme, Failure> {
    let looked = compiled(&judged.place, &judged.config)?;
    looked.warnings.iter().for_each(|warning| console.say(&format!("warning: {}", crate::words::visible(warning))));
    Ok(looked.theme)
}

/// A theme, what is odd about it, and a number that is another one for other files and settings.
pub(super) struct Compiled {
    pub(super) theme: Theme,
    pub(super) warnings: Vec<String>,
    #[cfg_attr(not(feature = "serve"), expect(dead_code, reason = "only a preview compares themes"))]
    pub(super) sources: u64,
}

/// Reads the theme's folder and logo, and compiles all of it.
pub(super) fn compiled(place: &Place, config: &Config) -> Result<Compiled, Failure> {
    let settings = &config.theme;
    let folder = settings.directory.as_deref();
    let files = folder.map(|folder| discover::theme(&place.base.join(folder))).transpose()?;
    let stylesheet = colors::stylesheet(&settings.colors);
    let logo = settings.logo.as_deref().map(|path| logo(place, path)).transpose()?;
    let mut sources = Xxh3::new();
    for (name, bytes) in files.iter().flatten().chain(logo.iter().map(|(name, bytes)| (name, bytes))) {
        sources.update(format!("{name} {}\n", bytes.len()).as_bytes());
        sources.update(bytes);
    }
    sources.update(format!("{settings:?} {} {}", config.site.language, config.search.enabled).as_bytes());
    let layers = Layers {
        name: settings.name.as_deref(),
        files: files.as_ref(),
        folder: folder.unwrap_or_default().trim_end_matches('/'),
        colors: &stylesheet,
        language: &config.site.language,
        unsearched: !config.search.enabled,
        logo: logo.as_ref().map(|(name, bytes)| (name.as_str(), bytes.as_slice())),
    };
    let theme = Theme::layered(&layers)?;
    let warnings = theme.warnings.iter().cloned().chain(colors::too_close(&settings.colors)).collect();
    Ok(Compiled { theme, warnings, sources: sources.digest() })
}

/// The logo's name below `assets/` and its bytes, if they are what the name promises.
fn logo(place: &Place, path: &str) -> Result<(String, Vec<u8>), Failure> {
    let wrong = |why: String| Failure(format!("[theme] logo: {path} {why}"));
    let name = view::logo(path);
    let form = name.trim_start_matches("logo.");
    let bytes = discover::logo(place, path).map_err(wrong)?;
    if form == "svg" {
        let text = std::str::from_utf8(&bytes).map_err(|_| wrong("is not UTF-8".into()))?;
        svg::read(path, text)?;
        return Ok((name, bytes));
    }
    match FORMS.iter().find(|(forms, _)| forms.contains(&form)) {
        None => Err(wrong("has another form than svg, png, jpg, gif or webp".into())),
        Some((_, start)) if !bytes.starts_with(start) => Err(wrong(format!("is no {form} image"))),
        Some(_) => Ok((name, bytes)),
    }
}
