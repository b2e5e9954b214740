//! What themes rely on: the data of every page is documented in `themes/data/`, as it is, and the theme that comes with
//! plansite beside the default one builds the examples.
//!
//! The documentation is made of the doc comments of the views' structs and of real pages:
//! `PLANSITE_BLESS=1 cargo test --test main themes` writes it. It fails for a field without a comment, for a page that
//! isn't documented, and for a documented field that is gone.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use plansite::config::Config;
use plansite::judge::{self, RULES};
use plansite::pipeline::{self, Observer};
use plansite::read::{self, fact::FACTS};
use plansite::resolve::{self, Collection, World};
use plansite::source::Source;
use plansite::view::{self, DATA_VERSION, PAGES, Scene};
use plansite::{date, discover};
use serde_json::Value;
use source::{Field, Struct, leaf, structs};
use words::WORDS;

#[path = "themes/source.rs"]
mod source;
#[path = "themes/words.rs"]
mod words;

/// Pages of one entry that are looked at.
const LOOKED: usize = 40;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

struct Silent;
impl Observer for Silent {
    fn begin(&self, _: &'static str, _: usize) {}
    fn step(&self) {}
}

/// The data of pages by template, from the examples and from a collection that needs several pages for its lists.
fn pages() -> BTreeMap<String, Vec<Value>> {
    let names: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
    let facts: Vec<&str> = FACTS.iter().map(|(name, _)| *name).collect();
    let (place, mut config) =
        discover::place(root(), Some(Path::new("example-docs")), None, &names, &facts).expect("the examples are there");
    config.collection.git = false;
    config.site.base_url = Some("https://example.org/plans".into());
    config.site.repository = Some("https://forge.example/ledger".into());
    config.theme.logo = Some("logo.svg".into());
    let examples = pipeline::collect(&place, &config, &Silent).expect("the examples can be read");
    let many = (0..520).map(|number| {
        let text = format!("---\nid: PLAN-{number:04}\nstatus: active\nowner: Person {number}\ntags: [t{number}]\n---\n# Plan {number}\n");
        read::read(Source::new(format!("plans/{number:04}.md"), text), &Config::default())
    });
    let many = resolve::resolve(many.collect(), &World::default());
    let mut pages = BTreeMap::new();
    look(&examples, &config, &mut pages);
    look(&many, &Config::default(), &mut pages);
    pages
}

fn look(collection: &Collection, config: &Config, pages: &mut BTreeMap<String, Vec<Value>>) {
    let today = date::parse("2026-11-23").expect("a date");
    let judgement = judge::judge(collection, config, today);
    let scene = Scene { collection, judgement: &judgement, config, today, title: "Tidewater Ledger", prefix: "docs/" };
    let scenery = view::scenery(scene);
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for slot in view::outline(&scenery) {
        let seen = seen.entry(slot.entry.name).or_default();
        *seen += 1;
        if *seen <= LOOKED {
            let page = view::page(&scenery, &slot);
            pages.entry(page.template.to_string()).or_default().push(page.view);
        }
    }
}

/// All that is known of the views' data, and what is wrong with it.
struct Atlas {
    structs: Vec<Struct>,
    /// For each struct that was met, by its index, which templates need it and an example for each field.
    met: BTreeMap<usize, (BTreeSet<String>, BTreeMap<String, String>)>,
    wrong: BTreeSet<String>,
}

impl Atlas {
    /// The struct of that name that a file means: its own, else the one of another file.
    fn named(&self, name: &str, file: &str) -> Option<usize> {
        let of = |own: bool| self.structs.iter().position(|known| known.name == name && (known.file == file) == own);
        of(true).or_else(|| of(false))
    }

    /// A struct's fields, those that stand in another's place in theirs.
    fn fields(&self, of: usize) -> Vec<(usize, Field)> {
        let own = self.structs[of].fields.iter().flat_map(|field| {
            let flat = field.flat.then(|| self.named(leaf(&field.form), &self.structs[of].file)).flatten();
            flat.map_or_else(|| vec![(of, field.clone())], |inner| self.fields(inner))
        });
        own.collect()
    }

    /// The struct that a page's own data is made of: in a file that names the template, with these very keys.
    fn view_of(&mut self, template: &str, view: &Value, files: &BTreeMap<String, String>) -> Option<usize> {
        let keys: BTreeSet<&str> = view.as_object()?.keys().map(String::as_str).collect();
        let quoted = format!("\"{template}\"");
        let same = |of: &usize| {
            let fields = self.fields(*of);
            files[&self.structs[*of].file].contains(&quoted)
                && fields.iter().map(|(_, field)| field.name.as_str()).collect::<BTreeSet<_>>() == keys
        };
        let found: Vec<usize> = (0..self.structs.len()).filter(same).collect();
        if found.len() != 1 {
            self.wrong.insert(format!("{template}: {} structs have the keys of its view: {keys:?}", found.len()));
        }
        found.first().copied()
    }

    /// Follows real data through the structs. Each key must be a field and each field a key.
    fn walk(&mut self, of: usize, value: &Value, template: &str) {
        let Some(object) = value.as_object() else { return };
        let (file, name) = (self.structs[of].file.clone(), self.structs[of].name.clone());
        let fields = self.fields(of);
        let known: BTreeSet<&str> = fields.iter().map(|(_, field)| field.name.as_str()).collect();
        for key in object.keys().filter(|key| !known.contains(key.as_str())) {
            self.wrong.insert(format!("{file}: {name} has the key `{key}`, which is no field that can be read here"));
        }
        self.met.entry(of).or_default().0.insert(template.to_string());
        for (_, field) in fields {
            let Some(value) = object.get(&field.name) else {
                self.wrong.insert(format!("{file}: the field `{}` of {name} is missing on a page", field.name));
                continue;
            };
            if let Some(example) = example(value) {
                self.met.entry(of).or_default().1.entry(field.name.clone()).or_insert(example);
            }
            if let Some(inner) = self.named(leaf(&field.form), &file) {
                let mut values = vec![value];
                while let Some(value) = values.pop() {
                    match value {
                        Value::Array(list) => values.extend(list.iter().rev()),
                        value => self.walk(inner, value, template),
                    }
                }
            }
        }
    }

    /// Every struct that a template's data can hold, by reading types, whether or not a page of the examples has it.
    fn reach(&mut self, of: usize, template: &str) {
        let file = self.structs[of].file.clone();
        for (_, field) in self.fields(of) {
            let Some(inner) = self.named(leaf(&field.form), &file) else { continue };
            if self.met.entry(inner).or_default().0.insert(template.to_string()) || !self.reached(inner, template) {
                self.reach(inner, template);
            }
        }
    }

    fn reached(&self, of: usize, template: &str) -> bool {
        self.fields(of).iter().all(|(_, field)| {
            let inner = self.named(leaf(&field.form), &self.structs[of].file);
            inner.is_none_or(|inner| {
                inner == of || self.met.get(&inner).is_some_and(|(templates, _)| templates.contains(template))
            })
        })
    }
}

fn example(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => {
            Some(plansite::words::shorten(&text.replace(['\n', '|', '`'], " "), 60))
        }
        Value::Number(number) if number.as_f64() != Some(0.0) => Some(number.to_string()),
        Value::Bool(true) => Some("true".into()),
        Value::Array(list) => list.first().filter(|first| !first.is_object() && !first.is_array()).and_then(example),
        _ => None,
    }
}

/// `a list of [Row](#row)`
fn form(atlas: &Atlas, file: &str, form: &str, home: &str, homes: &BTreeMap<usize, String>) -> String {
    let inside = |form: &str| form.split_once('<').map(|(_, rest)| rest.strip_suffix('>').unwrap_or(rest).to_string());
    if form.starts_with("Option<") {
        return format!("{} or null", self::form(atlas, file, &inside(form).unwrap_or_default(), home, homes));
    }
    if form.starts_with("List<") {
        return format!("list: {}", self::form(atlas, file, &inside(form).unwrap_or_default(), home, homes));
    }
    match atlas.named(leaf(form), file) {
        Some(inner) => {
            let (name, page) = (&atlas.structs[inner].name, &homes[&inner]);
            let page = if page == home { String::new() } else { page.clone() };
            format!("[{name}]({page}#{})", name.to_lowercase())
        }
        None => match leaf(form) {
            "String" | "str" => "text",
            "bool" => "true or false",
            "V" => "the page's own",
            "usize" | "u8" | "u16" | "u32" | "u64" | "i32" | "i64" | "f64" => "number",
            _ => "value",
        }
        .into(),
    }
}

/// A struct as a section with a table. `kept` are the examples of the file as it was.
fn table(
    atlas: &Atlas,
    of: usize,
    home: &str,
    homes: &BTreeMap<usize, String>,
    kept: &BTreeMap<String, String>,
) -> String {
    let own = &atlas.structs[of];
    let about = if own.about.is_empty() { String::new() } else { format!("{}\n\n", own.about) };
    let mut text = format!("## {}\n\n{about}| field | form | meaning | example |\n|---|---|---|---|\n", own.name);
    let examples = atlas.met.get(&of).map(|(_, examples)| examples.clone()).unwrap_or_default();
    for (from, field) in atlas.fields(of) {
        let meaning = meaning(&field).unwrap_or_default().replace('|', "\\|");
        let form = form(atlas, &atlas.structs[from].file, &field.form, home, homes);
        let key = format!("{}.{}", own.name, field.name);
        let example = examples.get(&field.name).map(|example| format!("`{example}`")).unwrap_or_default();
        let example = kept.get(&key).cloned().filter(|kept| !kept.is_empty()).unwrap_or(example);
        let _ = writeln!(text, "| `{}` | {form} | {meaning} | {example} |", field.name);
    }
    text
}

fn meaning(field: &Field) -> Option<String> {
    let known = WORDS.iter().find(|(name, _)| *name == field.name).map(|(_, meaning)| meaning.to_string());
    match (field.about.as_str(), known) {
        ("", known) => known,
        // a comment that only shows what it may be
        (about, Some(known)) if about.starts_with('`') && matches!(field.name.as_str(), "class" | "more" | "sub") => {
            Some(format!("{known} Such as {about}"))
        }
        (about, _) if about.starts_with('`') => Some(format!("Such as {about}")),
        (about, _) => Some(about.to_string()),
    }
}

/// The examples of a file, by struct and field, so that a change of the examples' documents changes nothing here.
fn kept(text: &str) -> BTreeMap<String, String> {
    let (mut kept, mut section) = (BTreeMap::new(), String::new());
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            section = name.to_string();
        } else if let Some(row) = line.strip_prefix("| `").and_then(|row| row.strip_suffix(" |")) {
            let (field, rest) = row.split_once('`').unwrap_or((row, ""));
            let example = rest.rsplit(" | ").next().unwrap_or("").trim();
            kept.insert(format!("{section}.{field}"), example.to_string());
        }
    }
    kept
}

/// A file without its examples, which may be older than the documents.
fn without_examples(text: &str) -> String {
    let cut = |line: &str| match line.starts_with("| `") {
        true => line.trim_end_matches(" |").rsplit_once(" |").map_or(line, |(rest, _)| rest).to_string(),
        false => line.to_string(),
    };
    text.lines().map(|line| cut(line) + "\n").collect()
}

#[test]
fn the_data_of_every_page_is_documented() {
    let (structs, files) = structs(root());
    let mut atlas = Atlas { structs, met: BTreeMap::new(), wrong: BTreeSet::new() };
    let frame = atlas.named("Frame", "src/view/frame.rs").expect("the frame of all pages");
    let mut views: BTreeMap<String, usize> = BTreeMap::new();
    let mut pages: Vec<(String, Vec<Value>)> = pages().into_iter().collect();
    // examples of the frame come from the first page, and that nothing was found is no good one
    pages.sort_by_key(|(template, _)| (template != "document.html", template.clone()));
    for (template, pages) in pages {
        let Some(own) = atlas.view_of(&template, &pages[0]["view"], &files) else { continue };
        views.insert(template.clone(), own);
        for page in &pages {
            atlas.walk(frame, page, "every page");
            atlas.walk(own, &page["view"], &template);
        }
        atlas.reach(own, &template);
    }
    atlas.reach(frame, "every page");
    for (of, _) in atlas.met.clone() {
        let own = atlas.structs[of].clone();
        for field in own.fields.iter().filter(|field| meaning(field).is_none()) {
            let fact = format!(
                "{}:{}: `{}` of {} has no `///` that says what it means to a theme",
                own.file, field.line, field.name, own.name
            );
            atlas.wrong.insert(fact);
        }
    }
    assert!(
        atlas.wrong.is_empty(),
        "{} wrong:\n{}",
        atlas.wrong.len(),
        atlas.wrong.into_iter().collect::<Vec<_>>().join("\n")
    );
    // what several pages show has a file of its own
    let stem = |template: &str| template.trim_end_matches(".html").to_string();
    let homes: BTreeMap<usize, String> = atlas
        .met
        .iter()
        .map(|(of, (templates, _))| {
            let home = match templates.len() {
                _ if *of == frame => "every-page.md".to_string(),
                1 => format!(
                    "{}.md",
                    templates
                        .first()
                        .map(|template| stem(template))
                        .unwrap_or_default()
                        .replace("every page", "every-page")
                ),
                _ => "shared.md".into(),
            };
            (*of, home)
        })
        .collect();
    let folder = root().join("themes/data");
    let mut made: BTreeMap<String, String> = BTreeMap::new();
    for (of, home) in homes.iter().filter(|(of, _)| !views.values().any(|view| view == *of) && **of != frame) {
        let kept = kept(&std::fs::read_to_string(folder.join(home)).unwrap_or_default());
        made.entry(home.clone()).or_default().push_str(&format!("\n{}", table(&atlas, *of, home, &homes, &kept)));
    }
    for (template, of) in
        views.iter().map(|(template, of)| (template.as_str(), *of)).chain([("every-page.html", frame)])
    {
        let home = format!("{}.md", stem(template));
        let kept = kept(&std::fs::read_to_string(folder.join(&home)).unwrap_or_default());
        let rest = made.remove(&home).unwrap_or_default();
        let pages: Vec<String> = PAGES
            .iter()
            .filter(|page| {
                files.iter().any(|(file, text)| {
                    let stem = file.trim_end_matches(".rs").rsplit('/').next().unwrap_or("");
                    let own = format!("name: \"{}\",", page.name);
                    !stem.is_empty() && text.contains(&own) && text.contains(&format!("\"{template}\""))
                })
            })
            .map(|page| format!("{} (`{}`)", page.title, if page.address.is_empty() { "/" } else { page.address }))
            .collect();
        let about = match template {
            "every-page.html" => "# Every page\n\nWhat every template is given. A page's own data is `view`; `prose` is a document's text as HTML and empty\nelsewhere.\n".to_string(),
            _ => format!("# {template}\n\nThe data in `view`, besides [what every page has](every-page.md). Pages: {}.\n", pages.join(", ")),
        };
        made.insert(home.clone(), format!("{about}\n{}{rest}", table(&atlas, of, &home, &homes, &kept)));
    }
    if let Some(shared) = made.get_mut("shared.md") {
        *shared = format!("# Shared\n\nWhat the data of several pages is made of.\n{shared}");
    }
    let words: String = WORDS.iter().map(|(name, meaning)| format!("- `{name}`: {meaning}\n")).collect();
    let list: String = made.keys().map(|home| format!("- [{}]({home})\n", home.trim_end_matches(".md"))).collect();
    made.insert("README.md".into(), format!(
        "# The data of each page, version {DATA_VERSION}\n\nMade from the doc comments in `src/view/` and the example collection by\n`PLANSITE_BLESS=1 cargo test --test main themes`; a test holds it to what pages have. Absent texts are empty, absent\nobjects null; no field is ever missing, and using one that doesn't exist is an error with its place.\n\n{list}\nThe same names mean the same everywhere:\n\n{words}"
    ));
    hold(&folder, &made);
}

/// Holds a folder to what it should be, or writes it.
fn hold(folder: &Path, made: &BTreeMap<String, String>) {
    let there: BTreeSet<String> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    if std::env::var_os("PLANSITE_BLESS").is_some() {
        std::fs::create_dir_all(folder).expect("the folder can be made");
        there
            .iter()
            .filter(|name| !made.contains_key(*name))
            .for_each(|name| drop(std::fs::remove_file(folder.join(name))));
        made.iter()
            .for_each(|(name, text)| std::fs::write(folder.join(name), text).expect("documentation can be written"));
        return;
    }
    let mut wrong: Vec<String> = there
        .iter()
        .filter(|name| !made.contains_key(*name))
        .map(|name| format!("themes/data/{name} is about no page any more"))
        .collect();
    for (name, text) in made {
        let was = std::fs::read_to_string(folder.join(name)).unwrap_or_default().replace("\r\n", "\n");
        let (was, now) = (without_examples(&was), without_examples(text));
        let gone = was.lines().filter(|line| line.starts_with("| `") && !now.contains(*line));
        wrong.extend(gone.map(|line| format!("themes/data/{name}: vanished or changed: {line}")));
        let new = now.lines().filter(|line| line.starts_with("| `") && !was.contains(*line));
        wrong.extend(new.map(|line| format!("themes/data/{name}: not documented: {line}")));
        if was != now && !wrong.iter().any(|fact| fact.starts_with(&format!("themes/data/{name}:"))) {
            wrong.push(format!("themes/data/{name}: is out of date"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\nPLANSITE_BLESS=1 cargo test --test main themes writes what is. A field that is gone or means something else breaks themes: raise DATA_VERSION in src/view.rs and say in themes/README.md what changed.",
        wrong.join("\n")
    );
}

#[test]
fn documentation_that_differs_would_be_seen() {
    let was = "# a\n\n## Row\n\n| field | form | meaning | example |\n|---|---|---|---|\n| `face` | text | Which \\| one. | `old` |\n| `x` | text | X. |  |\n";
    assert_eq!(kept(was), BTreeMap::from([("Row.face".into(), "`old`".into()), ("Row.x".into(), String::new())]));
    assert_eq!(without_examples(was), without_examples(&was.replace("old", "new")));
    assert_ne!(without_examples(was), without_examples(&was.replace("Which", "What")));
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("themes-data");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("a.md"), was).expect("written");
    let held = |made: &[(&str, &str)]| {
        let made = made.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect();
        std::panic::catch_unwind(|| hold(&folder, &made)).is_ok()
    };
    if std::env::var_os("PLANSITE_BLESS").is_none() {
        assert!(held(&[("a.md", was)]));
        assert!(
            !held(&[("a.md", &was.replace("`x`", "`y`"))]) && !held(&[]) && !held(&[("a.md", was), ("b.md", "# b\n")])
        );
    }
}
