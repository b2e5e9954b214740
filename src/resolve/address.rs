//! Addresses on the site: the kind and the id, else the file's name; the folder only where two collide.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::Document;
use crate::path;
use crate::spread::Spread;
use crate::words::slug;

/// Addresses below a kind's that pages of the site itself have, so that no document gets one. The pages are made later;
/// a test of theirs holds this list.
pub const RESERVED: &[&str] = &[
    "decisions/open/",
    "decisions/in-force/",
    "decisions/superseded/",
    "decisions/rejected/",
    "decisions/retired/",
    "decisions/unsorted/",
];

/// One address a document, unique without regard to case, in the documents' order; and of those that only a number keeps
/// apart, the index and that of the document whose address it would have been: none for a page of the site itself.
pub(super) fn assign(documents: &[Arc<Document>], spread: &impl Spread) -> (Vec<String>, Vec<(usize, Option<usize>)>) {
    let mut choices = spread.map(documents.len(), |index| forms(&documents[index]));
    let mut level = vec![0usize; documents.len()];
    // whoever collides moves on to the longer form, all of them together, so that the order of files decides nothing
    for next in 1..3 {
        for (address, same) in &groups(&choices, &level) {
            if same.len() > 1 || RESERVED.contains(&address.as_str()) {
                same.iter().for_each(|index| level[*index] = next);
            }
        }
    }
    let mut numbered = Vec::new();
    let last = groups(&choices, &level);
    let mut taken: BTreeSet<String> = last.keys().cloned().chain(RESERVED.iter().map(|own| (*own).into())).collect();
    for (address, same) in &last {
        let own = RESERVED.contains(&address.as_str());
        for index in same.iter().skip(usize::from(!own)) {
            numbered.push((*index, Some(same[0]).filter(|_| !own)));
            let base = choices[*index][level[*index]].trim_end_matches('/').to_string();
            // another document may be called what this one becomes
            let free = (2..).map(|nth| format!("{base}-{nth}/")).find(|free| taken.insert(free.to_lowercase()));
            choices[*index][level[*index]] = free.unwrap_or_default();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::read;
    use crate::source::Source;
    use crate::spread::InTurn;

    fn addresses(files: &[&str]) -> (Vec<String>, Vec<(usize, Option<usize>)>) {
        let document =
            |path: &&str| Arc::new(read::read(Source::new(*path, "# A decision\n"), &Config::default()).value);
        assign(&files.iter().map(document).collect::<Vec<_>>(), &InTurn)
    }

    #[test]
    fn no_document_gets_the_address_of_a_page() {
        let (given, numbered) = addresses(&["decisions/Open.md", "decisions/open/2.md", "adr/rejected.md"]);
        assert_eq!(given, ["decisions/decisions/open/", "decisions/2/", "decisions/adr/rejected/"]);
        assert_eq!(numbered, []);
    }

    #[test]
    fn what_collides_in_every_form_is_numbered_past_what_is_taken() {
        let (given, numbered) = addresses(&["plans/x.md", "plans/X.md", "plans/plans/x-2.md"]);
        let unique: BTreeSet<&String> = given.iter().collect();
        assert_eq!(unique.len(), 3, "{given:?}");
        assert_eq!(numbered, [(1, Some(0))]);
        let (given, _) = addresses(&["a/b-plan.md", "a/B-plan.md", "plans/a/b-plan-2.md"]);
        assert_eq!(given.iter().collect::<BTreeSet<_>>().len(), 3, "{given:?}");
    }
}
