//! Old versions of documents out of git's store: which was the last commit that changed the content?
//!
//! Objects are asked for one by one, only as many as it takes; what a name or a commit holds is never part of a command.

use super::git::Git;
use super::log::Walk;
use super::objects::{Object, Objects};
use crate::model::{Gap, Touch};
use crate::source::Source;

/// What one commit did to one document.
pub(super) struct Version {
    /// Index of the commit in the walk.
    pub(super) commit: u32,
    /// The text before; absent where the commit added the file.
    pub(super) old: Option<Oid>,
    /// The text after; absent where the commit took the file away.
    pub(super) new: Option<Oid>,
    /// The commit gave it another path.
    pub(super) moved: bool,
}

/// Git's store of objects.
pub struct Store {
    objects: Objects,
    content: fn(&str) -> u64,
}

impl Store {
    /// Absent where git can't be started.
    pub(super) fn open(git: &Git, content: fn(&str) -> u64) -> Option<Store> {
        Some(Store { objects: Objects::open(git)?, content })
    }

    /// The last commit after which the content was another one than before. `path` is relative to the repository,
    /// `versions` go from the latest to the first.
    pub(super) fn changed(
        &mut self,
        path: &str,
        text: &str,
        versions: &[Version],
        walk: &Walk<'_>,
    ) -> Result<Touch, Gap> {
        // a line end in a name would end the question
        let head = if path.contains('\n') { None } else { self.object(&format!("HEAD:{path}"))? };
        let Some((id, committed)) = head else { return Err(Gap::Uncommitted) };
        if Source::new("", committed).text != text {
            return Err(Gap::Modified);
        }
        let mut known = (id, (self.content)(text));
        for version in versions {
            if walk.commits[version.commit as usize].boundary {
                return Err(Gap::Shallow);
            }
            let touch = || walk.touch(version.commit).ok_or(Gap::Lost);
            let (Some(old), Some(new)) = (version.old, version.new) else { return touch() };
            if old == new {
                continue;
            }
            let after = if known.0 == new { known.1 } else { self.measure(new)? };
            let before = self.measure(old)?;
            if before != after {
                return touch();
            }
            known = (old, before);
        }
        Err(Gap::Lost)
    }

    /// A version's text; absent where it can't be had or is none.
    pub(super) fn text(&mut self, id: Oid) -> Option<String> {
        Some(self.object(&id.hex()).ok()??.1)
    }

    /// The measure of a version's content. A version too large to be read is like itself only.
    fn measure(&mut self, id: Oid) -> Result<u64, Gap> {
        let found = self.object(&id.hex())?;
        Ok(found.map_or_else(|| id.head(), |(_, text)| (self.content)(&text)))
    }

    /// The text of an object; absent where there is none of that name, or where it is no text of reasonable size.
    fn object(&mut self, name: &str) -> Result<Option<(Oid, String)>, Gap> {
        let answer = self.objects.ask(name).ok_or_else(|| Gap::Refused("its objects can't be read".into()))?;
        let readable = |object: &Object| object.blob && !object.too_large();
        Ok(answer.filter(readable).and_then(|object| {
            let text = String::from_utf8(object.bytes);
            let text = text.unwrap_or_else(|odd| String::from_utf8_lossy(odd.as_bytes()).into_owned());
            Some((Oid::read(&object.id)?, text))
        }))
    }
}

/// The id of an object: 20 bytes, or 32 in repositories of the newer format.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Oid {
    bytes: [u8; 32],
    length: u8,
}

impl Oid {
    /// From hex digits; absent for anything else.
    pub(super) fn read(hex: &str) -> Option<Oid> {
        let (mut bytes, length) = ([0; 32], hex.len() / 2);
        if !matches!(hex.len(), 40 | 64) {
            return None;
        }
        for (at, byte) in bytes.iter_mut().take(length).enumerate() {
            *byte = u8::from_str_radix(hex.get(at * 2..at * 2 + 2)?, 16).ok()?;
        }
        Some(Oid { bytes, length: length as u8 })
    }

    fn hex(&self) -> String {
        self.bytes.iter().take(self.length as usize).map(|byte| format!("{byte:02x}")).collect()
    }

    fn head(&self) -> u64 {
        self.bytes.iter().take(8).fold(0, |sum, byte| sum << 8 | u64::from(*byte))
    }
}
