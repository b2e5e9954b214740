//! Addresses on the site: the kind and the id, else the file's name; the folder only where two collide.

use std::collections::BTreeMap;

use crate::model::Document;
use crate::path;
use crate::words::slug;

/// One address a document, unique without regard to case, in the documents' order; and of those that only a number keeps
/// apart, the index and that of the document whose address it would have been.
pub fn assign(documents: &[Document]) -> (Vec<String>, Vec<(usize, usize)>) {
    let mut choices: Vec<[String; 3]> = documents.iter().map(forms).collect();
    let mut level = vec![0usize; documents.len()];
    // whoever collides moves on to the longer form, all of them together, so that the order of files decides nothing
    for next in 1..3 {
        for same in groups(&choices, &level).values() {
            if same.len() > 1 {
                same.iter().for_each(|index| level[*index] = next);
            }
        }
    }
    let mut numbered = Vec::new();
    for same in groups(&choices, &level).values() {
        for (nth, index) in same.iter().enumerate().skip(1) {
            numbered.push((*index, same[0]));
            let taken = choices[*index][level[*index]].trim_end_matches('/').to_string();
            choices[*index][level[*index]] = format!("{taken}-{}/", nth + 1);
        }
    }
    let addresses = choices.into_iter().zip(level).map(|(mut forms, level)| std::mem::take(&mut forms[level]));
    (addresses.collect(), numbered)
}

fn groups(choices: &[[String; 3]], level: &[usize]) -> BTreeMap<String, Vec<usize>> {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, forms) in choices.iter().enumerate() {
        groups.entry(forms[level[index]].to_lowercase()).or_default().push(index);
    }
    groups
}

/// The forms that a document's address may have: by id or name, with the nearest folder, with all folders and the
/// file's name. A longer one is used where a shorter one is another document's, too.
pub fn forms(document: &Document) -> [String; 3] {
    let section = document.kind.entry().address;
    let path = document.path();
    let (folders, stem) = (path::folder(path), slug(path::stem(path)));
    let own = document.id.as_ref().map_or(stem.clone(), |id| slug(&id.value));
    let nearest = Some(path::name(folders)).filter(|folder| !folder.is_empty()).map(slug);
    let all = folders.split('/').filter(|folder| !folder.is_empty()).map(slug).collect::<Vec<_>>().join("/");
    let near = nearest.map_or(format!("{section}/{own}/"), |folder| format!("{section}/{folder}/{own}/"));
    let full = if all.is_empty() { format!("{section}/{stem}/") } else { format!("{section}/{all}/{stem}/") };
    [format!("{section}/{own}/"), near, full]
}
