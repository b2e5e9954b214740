//! Phases by the names other places give them: `Phase 2`, `Phases 1-3`, `Setup`.

use std::collections::BTreeMap;

use super::phases;
use crate::model::Phase;

/// Phases beyond these are not known by name.
const MOST: usize = 500;
/// More phases than this in a range are a slip.
const LONGEST_RANGE: usize = 50;

/// The phases of a document by number and title.
pub struct Names {
    numbers: BTreeMap<String, usize>,
    titles: Vec<String>,
}

impl Names {
    /// The names of phases; of two with the same number the first one counts.
    pub fn of(phases: &[Phase]) -> Self {
        let mut numbers = BTreeMap::new();
        for (at, phase) in phases.iter().enumerate().take(MOST) {
            numbers.entry(phase.number.to_lowercase()).or_insert(at);
        }
        Names { numbers, titles: phases.iter().take(MOST).map(|phase| normal(&phase.title)).collect() }
    }

    /// The phase a cell or a label names.
    pub fn find(&self, text: &str) -> Option<usize> {
        if let Some(found) = phases::title(text) {
            return self.numbers.get(&found.number.to_lowercase()).copied();
        }
        if let Some(at) = self.numbered(text).first() {
            return Some(*at);
        }
        let name = normal(text);
        if name.is_empty() {
            return None;
        }
        if let Some(at) = self.numbers.get(&name) {
            return Some(*at);
        }
        let same = self.titles.iter().position(|title| *title == name);
        let begins = |long: &str, short: &str| {
            short.len() >= 4
                && long.strip_prefix(short).is_some_and(|rest| rest.starts_with(|c: char| !c.is_alphanumeric()))
        };
        same.or_else(|| self.titles.iter().position(|title| begins(title, &name) || begins(&name, title)))
    }

    /// Adds the phases that a text names to those a phase depends on.
    pub fn add(&self, own: usize, depends_on: &mut Vec<usize>, text: &str) {
        depends_on.extend(self.all(own, text));
        depends_on.sort_unstable();
        depends_on.dedup();
    }

    /// All phases that a text names, besides `own`.
    pub fn all(&self, own: usize, text: &str) -> Vec<usize> {
        let lower = text.to_lowercase();
        if ["all previous", "all prior", "all earlier", "all phases", "all above"].iter().any(|all| lower.contains(all))
        {
            return (0..own.min(LONGEST_RANGE)).collect();
        }
        let mut found = self.numbered(text);
        if found.is_empty() {
            let parts = || lower.split([',', ';', '+', '&', '/']).flat_map(|part| part.split(" and ")).map(str::trim);
            let bare = parts().all(|part| self.numbers.contains_key(part));
            let worded = |part: &&str| bare || !part.starts_with(|c: char| c.is_ascii_digit());
            found = parts().filter(worded).filter_map(|part| self.find(completed(part))).collect();
        }
        found.retain(|at| *at != own);
        found
    }

    /// `Phase 2`, `Phases 1-3`, `phases 1, 2 and 4` within a text.
    fn numbered(&self, text: &str) -> Vec<usize> {
        let lower = text.to_lowercase();
        let mut found = Vec::new();
        for (at, _) in lower.match_indices("phase") {
            let rest = lower[at + 5..].trim_start_matches('s');
            let mut last: Option<usize> = None;
            let mut range = false;
            for word in rest.split_inclusive([' ', ',', '-', '–', '&', '+']).take(12) {
                let number = word.trim_matches(|c: char| !c.is_ascii_alphanumeric()).trim_end_matches('.');
                match self.numbers.get(number) {
                    Some(to) => {
                        let from = last.filter(|from| range && from < to && to - from < LONGEST_RANGE);
                        found.extend(from.map_or(*to, |from| from + 1)..=*to);
                        (last, range) = (Some(*to), word.ends_with(['-', '–']));
                    }
                    None if number.is_empty() || matches!(number, "and" | "to" | "und") => {
                        range |= matches!(word.trim(), "-" | "–" | "to");
                    }
                    None => break,
                }
            }
        }
        found
    }
}

/// Without words that say only that it has to be over.
fn completed(part: &str) -> &str {
    let part = ["depends on ", "after ", "requires ", "needs "]
        .iter()
        .find_map(|word| part.strip_prefix(word))
        .unwrap_or(part);
    let end =
        [" complete", " completion", " done", " finished", " must be"].iter().filter_map(|word| part.find(word)).min();
    part[..end.unwrap_or(part.len())].trim()
}

fn normal(text: &str) -> String {
    let text = text.split('(').next().unwrap_or("");
    text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phases_by_number_range_and_title() {
        let phase =
            |number: &str, title: &str| Phase { number: number.into(), title: title.into(), ..Phase::default() };
        let names = Names::of(&[
            phase("1", "Setup"),
            phase("1.5", "Config"),
            phase("2", "Core Implementation"),
            phase("3", "Verify"),
        ]);
        assert_eq!(names.find("Phase 2"), Some(2));
        assert_eq!(names.find("Phase 2: Core"), Some(2));
        assert_eq!(names.find("Core"), Some(2));
        assert_eq!(names.find("**Setup** (Phase 1)"), Some(0));
        assert_eq!(names.find("Total"), None);
        assert_eq!(names.all(3, "Phase 1 complete"), [0]);
        assert_eq!(names.all(3, "Phases 1-2"), [0, 1, 2]);
        assert_eq!(names.all(3, "Setup, Config"), [0, 1]);
        assert_eq!(names.all(2, "1, 1.5"), [0, 1]);
        assert_eq!(names.all(2, "Depends on Setup completion - BLOCKS all user stories"), [0]);
        assert_eq!(names.all(3, "all previous phases"), [0, 1, 2]);
        assert!(names.all(3, "None").is_empty());
    }
}
