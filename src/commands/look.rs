//! The theme that the settings ask for, read and compiled; what is odd about it is told once.

use super::console::Console;
use super::{Failure, Judged};
use crate::discover;
use crate::render::theme::{Layers, Theme};
use crate::render::{colors, svg};
use crate::view;

/// The first bytes of the images that may be a logo, by the endings of their files' names.
const FORMS: &[(&[&str], &[u8])] =
    &[(&["png"], b"\x89PNG\r\n\x1a\n"), (&["jpg", "jpeg"], b"\xff\xd8\xff"), (&["gif"], b"GIF8"), (&["webp"], b"RIFF")];

/// Reads the theme's folder and logo, and compiles all of it.
pub(super) fn look(judged: &Judged, console: &Console) -> Result<Theme, Failure> {
    let settings = &judged.config.theme;
    let folder = settings.directory.as_deref();
    let files = folder.map(|folder| discover::theme(&judged.place.base.join(folder))).transpose()?;
    let stylesheet = colors::stylesheet(&settings.colors);
    let logo = settings.logo.as_deref().map(|path| logo(judged, path)).transpose()?;
    let layers = Layers {
        name: settings.name.as_deref(),
        files: files.as_ref(),
        folder: folder.unwrap_or_default().trim_end_matches('/'),
        colors: &stylesheet,
        language: &judged.config.site.language,
        logo: logo.as_ref().map(|(name, bytes)| (name.as_str(), bytes.as_slice())),
    };
    let theme = Theme::layered(&layers)?;
    for warning in theme.warnings.iter().chain(&colors::too_close(&settings.colors)) {
        console.say(&format!("warning: {}", crate::words::visible(warning)));
    }
    Ok(theme)
}

/// The logo's name below `assets/` and its bytes, if they are what the name promises.
fn logo(judged: &Judged, path: &str) -> Result<(String, Vec<u8>), Failure> {
    let wrong = |why: String| Failure(format!("[theme] logo: {path} {why}"));
    let name = view::logo(path);
    let form = name.trim_start_matches("logo.");
    let bytes = discover::logo(&judged.place, path).map_err(wrong)?;
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
