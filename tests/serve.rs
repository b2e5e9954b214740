//! The preview: what it answers, whom it refuses, and that it ends up where a fresh build would, whatever happened.

mod answers;
mod random;
mod running;
mod watching;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use plansite::config::Config;
use plansite::date;
use plansite::discover;
use plansite::judge::RULES;
use plansite::pipeline::Observer;
use plansite::render::theme::{Layers, Theme};
use plansite::serve::{Ask, Ground, Look, Preview, Shown};

pub struct Silent;

impl Observer for Silent {
    fn begin(&self, _: &'static str, _: usize) {}
    fn step(&self) {}
}

/// A preview of `docs` in a folder, without git.
pub fn preview(folder: &Path) -> Preview {
    let (cwd, settings) = (folder.to_path_buf(), folder.join("plansite.toml"));
    let ground = move || {
        let rules: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
        let placed = discover::place(&cwd, Some(Path::new("docs")), None, &rules, &[]);
        let (place, mut config) = placed.map_err(|error| error.to_string())?;
        config.collection.git = false;
        Ok(Ground { place, config })
    };
    let today = date::parse("2026-11-23").expect("a day");
    let ask = Ask {
        settings: vec![settings],
        ground: Box::new(ground),
        look: Box::new(look),
        today: Box::new(move || today),
    };
    Preview::open(ask, &Silent)
}

fn look(ground: &Ground) -> Result<Look, String> {
    let Config { theme, .. } = &ground.config;
    let files = theme.directory.as_ref().map(|folder| discover::theme(&ground.place.base.join(folder)));
    let files = files.transpose().map_err(|error| error.to_string())?;
    let sources = files.iter().flatten().flat_map(|(name, bytes)| name.bytes().chain(bytes.iter().copied()));
    let sources = sources.fold(7u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)));
    let layers = Layers { files: files.as_ref(), folder: "look", ..Layers::default() };
    let theme = Theme::layered(&layers).map_err(|error| error.to_string())?;
    Ok(Look { theme, warnings: Vec::new(), sources })
}

/// What is shown of a preview.
pub fn shown(preview: &Preview) -> Shown {
    Shown {
        site: preview.site().map(Arc::clone),
        failure: preview.failure().map(str::to_string),
        build: "b".into(),
        editor: None,
    }
}

/// Every file of the site, by its path.
pub fn files(preview: &Preview) -> BTreeMap<String, Vec<u8>> {
    let site = preview.site().expect("there is a site");
    let file = |path: String| {
        let file = site.file(&path).expect("the theme is sound").expect("an address has a file");
        (path, file.bytes.clone())
    };
    site.addresses().into_iter().map(file).collect()
}
