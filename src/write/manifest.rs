//! The list of what plansite wrote into an output folder, as text.
//!
//! Pure: text in, text out. A manifest is a head (one line for the version, one per file, one that seals them) and,
//! while a build is under way or after one was killed, a journal: what that build was about to write. A line of the
//! journal stands in the file before its page does, so no page of ours can ever be taken for somebody else's.
//!
//! ```text
//! plansite-manifest 1
//! 0b8ec7a1f3d2c945 index.html
//! seal 5d5c0f7f0a6a1b3e
//! + 9f1d1c2b3a495867 plans/plan-7/index.html
//! ```

use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_64;

use super::name;

const OPENING: &str = "plansite-manifest ";
const VERSION: &str = "1";

/// What earlier builds wrote or were about to write.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// Files of finished builds: path and hash of the bytes.
    pub files: BTreeMap<String, u64>,
    /// Files of a build that did not finish: path and the hashes it may have left there.
    pub journal: BTreeMap<String, Vec<u64>>,
    /// Length in bytes of the text up to its last whole line; what follows was cut off while it was written.
    pub whole: usize,
}

impl Manifest {
    /// Whether the bytes at a path are exactly what an earlier build left there.
    pub fn left(&self, path: &str, hash: u64) -> bool {
        self.files.get(path) == Some(&hash) || self.journal.get(path).is_some_and(|hashes| hashes.contains(&hash))
    }

    /// Whether a path is on either list.
    pub fn lists(&self, path: &str) -> bool {
        self.files.contains_key(path) || self.journal.contains_key(path)
    }

    /// Whether a file of either list lies in a folder.
    pub fn holds(&self, folder: &str) -> bool {
        self.paths().any(|path| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')))
    }

    /// Whether either list has the path in other letter case only: one place, where the file system does not tell.
    pub fn in_other_case(&self, path: &str) -> bool {
        let lower = path.to_lowercase();
        self.paths().any(|other| other != path && other.to_lowercase() == lower)
    }

    /// Every path of either list, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let unlisted = self.journal.keys().filter(|path| !self.files.contains_key(*path));
        let mut paths: Vec<&str> = self.files.keys().chain(unlisted).map(String::as_str).collect();
        paths.sort_unstable();
        paths.into_iter()
    }
}

/// What is wrong with a manifest: line, from 1, and the fact.
#[derive(Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The line, from 1.
    pub line: usize,
    /// The fact: lower case, no full stop.
    pub fact: String,
}

/// The head for a list of files. Equal lists give equal bytes.
pub fn head<'a>(files: impl IntoIterator<Item = (&'a String, &'a u64)>) -> String {
    let mut text = format!("{OPENING}{VERSION}\n");
    for (path, hash) in files {
        text.push_str(&format!("{hash:016x} {path}\n"));
    }
    let seal = xxh3_64(text.as_bytes());
    text.push_str(&format!("seal {seal:016x}\n"));
    text
}

/// One line of the journal.
pub fn intent(path: &str, hash: u64) -> String {
    format!("+ {hash:016x} {path}\n")
}

/// Reads a manifest. Everything in it is checked, because whoever can edit the folder can edit the list of what may be
/// removed from it.
pub fn parse(text: &str) -> Result<Manifest, Flaw> {
    let whole = text.rfind('\n').map_or(0, |at| at + 1);
    let mut manifest = Manifest { whole, ..Manifest::default() };
    let mut sealed = false;
    let mut at = 0;
    for (index, line) in text[..whole].split_terminator('\n').enumerate() {
        let flaw = |fact: &str| Flaw { line: index + 1, fact: fact.to_string() };
        if index == 0 {
            opening(line).map_err(|fact| flaw(&fact))?;
        } else if let Some(seal) = line.strip_prefix("seal ").filter(|_| !sealed) {
            if hex(seal) != Some(xxh3_64(&text.as_bytes()[..at])) {
                return Err(flaw("the seal does not fit the list above it"));
            }
            sealed = true;
        } else {
            let entry = if sealed { line.strip_prefix("+ ") } else { Some(line) };
            let Some((hash, path)) = entry.and_then(|entry| entry.split_once(' ')) else {
                return Err(flaw("this is not a line of a manifest"));
            };
            let Some(hash) = hex(hash) else { return Err(flaw("this is not a line of a manifest")) };
            if let Some(why) = name::flaw(path) {
                return Err(flaw(&format!("the path {why}")));
            }
            match sealed {
                true => manifest.journal.entry(path.to_string()).or_default().push(hash),
                false if manifest.files.insert(path.to_string(), hash).is_some() => {
                    return Err(flaw("the path is listed twice"));
                }
                false => {}
            }
        }
        at += line.len() + 1;
    }
    match sealed {
        true => Ok(manifest),
        false => Err(Flaw { line: text.lines().count().max(1), fact: "the list ends without its seal".into() }),
    }
}

fn opening(line: &str) -> Result<(), String> {
    match line.strip_prefix(OPENING) {
        Some(VERSION) => Ok(()),
        Some(other) if other.parse::<u32>().is_ok() => {
            Err(format!("it is of version {other}, and this plansite knows version {VERSION}"))
        }
        _ => Err("this is not the first line of a manifest".into()),
    }
}

fn hex(text: &str) -> Option<u64> {
    let plain = text.len() == 16 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    plain.then(|| u64::from_str_radix(text, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(list: &[(&str, u64)]) -> BTreeMap<String, u64> {
        list.iter().map(|(path, hash)| (path.to_string(), *hash)).collect()
    }

    fn sealed(lines: &str) -> String {
        format!("{lines}seal {:016x}\n", xxh3_64(lines.as_bytes()))
    }

    #[test]
    fn what_is_written_is_read_back() {
        let list = files(&[("b c/index.html", 7), ("a", u64::MAX)]);
        let text = head(&list);
        assert!(text.starts_with("plansite-manifest 1\nffffffffffffffff a\n0000000000000007 b c/index.html\nseal "));
        let manifest = parse(&text).expect("our own text");
        assert_eq!((manifest.files, manifest.whole), (list, text.len()));
    }

    #[test]
    fn a_journal_that_was_cut_off_counts_up_to_its_last_whole_line() {
        let whole = format!("{}{}{}", head(&files(&[("a", 1)])), intent("a", 2), intent("n", 3));
        let manifest = parse(&format!("{whole}+ 00000000000")).expect("a cut journal is no corruption");
        assert_eq!(manifest.whole, whole.len());
        assert!(manifest.left("a", 1) && manifest.left("a", 2) && manifest.left("n", 3) && !manifest.left("n", 1));
        assert_eq!(manifest.paths().collect::<Vec<_>>(), ["a", "n"]);
    }

    #[test]
    fn a_list_that_can_not_be_trusted_is_refused_with_its_line() {
        let good = head(&files(&[("a", 1), ("b", 2)]));
        let wrong = |text: &str| parse(text).map_or_else(|flaw| format!("{}: {}", flaw.line, flaw.fact), |_| "".into());
        assert_eq!(wrong(""), "1: the list ends without its seal");
        assert_eq!(wrong("hello\n"), "1: this is not the first line of a manifest");
        assert_eq!(wrong("plansite-manifest 2\n"), "1: it is of version 2, and this plansite knows version 1");
        assert_eq!(wrong(&good.replace(" b", " c")), "4: the seal does not fit the list above it");
        assert_eq!(wrong(&good[..45]), "3: the list ends without its seal");
        let climbing = sealed("plansite-manifest 1\n0000000000000001 ../x\n");
        assert_eq!(wrong(&climbing), "2: the path is absolute, climbs or has an empty part");
        let absolute = format!("{good}+ 0000000000000001 /etc/x\n");
        assert_eq!(wrong(&absolute), "5: the path is absolute, climbs or has an empty part");
        let twice = sealed("plansite-manifest 1\n0000000000000001 a\n0000000000000001 a\n");
        assert_eq!(wrong(&twice), "3: the path is listed twice");
        assert_eq!(wrong(&format!("{good}noise\n")), "5: this is not a line of a manifest");
        assert_eq!(wrong(&sealed("plansite-manifest 1\n+1 a\n")), "2: this is not a line of a manifest");
    }
}
