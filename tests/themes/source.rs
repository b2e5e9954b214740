//! The structs that views are made of, read from the source: names, forms and doc comments.

use std::collections::BTreeMap;
use std::path::Path;

/// A struct that becomes an object.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Struct {
    /// The file it stands in: `src/view/list.rs`.
    pub file: String,
    /// `List`
    pub name: String,
    /// Its doc comment; may be empty.
    pub about: String,
    pub fields: Vec<Field>,
}

/// A field of an object.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Field {
    pub name: String,
    /// Its doc comment; may be empty.
    pub about: String,
    /// Its type without references and lifetimes: `Option<Vec<Face>>`.
    pub form: String,
    /// Its own fields stand in its place.
    pub flat: bool,
    pub line: usize,
}

/// All structs of the views, and the text of each file.
pub fn structs(root: &Path) -> (Vec<Struct>, BTreeMap<String, String>) {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.join("src/view")];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                let text = std::fs::read_to_string(&path).expect("sources are readable").replace("\r\n", "\n");
                files.insert(name, text);
            }
        }
    }
    let found = files.iter().flat_map(|(file, text)| of_file(file, text)).collect();
    (found, files)
}

/// The structs of one file that are serialised.
pub fn of_file(file: &str, text: &str) -> Vec<Struct> {
    let (mut found, mut current): (Vec<Struct>, Option<Struct>) = (Vec::new(), None);
    let (mut about, mut serialised, mut attributes) = (String::new(), false, String::new());
    for (at, line) in text.lines().enumerate() {
        let bare = line.trim();
        if let Some(words) = bare.strip_prefix("///") {
            about = format!("{about} {}", words.trim()).trim().to_string();
            continue;
        }
        if bare.starts_with("#[") {
            serialised |= bare.starts_with("#[derive(") && bare.contains("Serialize");
            attributes.push_str(bare);
            continue;
        }
        let shown = bare.strip_prefix("pub(super) ").or_else(|| bare.strip_prefix("pub(crate) "));
        let bare = shown.or_else(|| bare.strip_prefix("pub ")).unwrap_or(bare);
        if line.starts_with('}') {
            found.extend(current.take());
        } else if let Some(rest) = bare.strip_prefix("struct ").filter(|_| serialised) {
            let name = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("").to_string();
            current = Some(Struct { file: file.to_string(), name, about: about.clone(), fields: Vec::new() });
        } else if let (Some(own), Some((name, form))) = (current.as_mut(), bare.split_once(": ")) {
            let named = |key: &str| {
                attributes.split_once(&format!("{key} = \"")).map(|(_, rest)| rest.split('"').next().unwrap_or(""))
            };
            let plain = name.trim_start_matches("r#").to_string();
            if !attributes.contains("skip)") && !attributes.contains("skip,") {
                own.fields.push(Field {
                    name: named("rename").map_or(plain, str::to_string),
                    about: about.clone(),
                    form: form_of(form.trim_end_matches(',')),
                    flat: attributes.contains("flatten"),
                    line: at + 1,
                });
            }
        }
        if !bare.is_empty() && !bare.starts_with("//") {
            about.clear();
            attributes.clear();
            serialised = false;
        }
    }
    found
}

/// A type without references, lifetimes and paths: `Option<&'a [Vec<Row<'a>>]>` is `Option<List<List<Row>>>`.
fn form_of(written: &str) -> String {
    let mut form = String::new();
    let mut chars = written.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '&' | ' ' => {}
            '\'' => while chars.next_if(|c| c.is_alphanumeric() || *c == '_').is_some() {},
            '[' => form.push_str("Vec<"),
            ']' => form.push('>'),
            c => form.push(c),
        }
    }
    form.replace("<,", "<").replace(",>", ">").replace("<>", "").replace("Cow<str>", "String").replace("Vec<", "List<")
}

/// The struct a form is made of at last: `Row` of `Option<List<Row>>`.
pub fn leaf(form: &str) -> &str {
    form.rsplit('<').next().unwrap_or(form).trim_end_matches('>').rsplit("::").next().unwrap_or(form)
}

#[test]
fn structs_are_read_with_their_comments() {
    let text = "/// A row,\n/// or two.\n#[derive(Debug, Serialize)]\npub(super) struct Row<'a> {\n    /// Which.\n    pub face: &'a Face,\n    \
                #[serde(skip)]\n    pub open: bool,\n    more: Option<Vec<&'a [Cell<'a>]>>,\n}\n\nstruct Not {\n    x: u8,\n}\n";
    let found = of_file("a.rs", text);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].name.as_str(), found[0].about.as_str()), ("Row", "A row, or two."));
    let fields: Vec<(&str, &str, &str)> =
        found[0].fields.iter().map(|field| (field.name.as_str(), field.about.as_str(), field.form.as_str())).collect();
    assert_eq!(fields, [("face", "Which.", "Face"), ("more", "", "Option<List<List<Cell>>>")]);
    assert_eq!(leaf("Option<List<List<Cell>>>"), "Cell");
}
