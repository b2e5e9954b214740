//! Git's store of objects, asked for one after another (`git cat-file --batch`).

use std::io::{BufRead, Read, Write};

use super::MAX_BYTES;
use super::git::{Git, Running};

/// An object as git gives it.
pub(super) struct Object {
    /// Its id, in hex digits.
    pub(super) id: String,
    /// A file's content, not a folder or a commit.
    pub(super) blob: bool,
    /// Its bytes, cut where they are more than a document may have: then one byte over [`MAX_BYTES`].
    pub(super) bytes: Vec<u8>,
}

impl Object {
    /// More than a document may have.
    pub(super) fn too_large(&self) -> bool {
        self.bytes.len() as u64 > MAX_BYTES
    }
}

/// A running git that answers.
pub(super) struct Objects {
    running: Running,
}

impl Objects {
    /// Absent where git can't be started.
    pub(super) fn open(git: &Git) -> Option<Objects> {
        Some(Objects { running: git.start(&["cat-file", "--batch"])? })
    }

    /// One question, one answer: `id kind size`, the bytes, a line end; or `name missing`, which is an absent object.
    /// Absent altogether where git ended. A name must hold no line end.
    pub(super) fn ask(&mut self, name: &str) -> Option<Option<Object>> {
        let input = self.running.input.as_mut()?;
        writeln!(input, "{name}").and_then(|()| input.flush()).ok()?;
        let mut head = String::new();
        self.running.output.read_line(&mut head).ok()?;
        let mut parts = head.trim_end().rsplitn(3, ' ');
        let (last, kind, id) = (parts.next()?, parts.next()?, parts.next());
        if last == "missing" {
            return Some(None);
        }
        let size: u64 = last.parse().ok()?;
        let (id, blob) = (id?.to_string(), kind == "blob");
        let wanted = size.min(MAX_BYTES + 1);
        let mut bytes = Vec::with_capacity(wanted as usize);
        self.running.output.by_ref().take(wanted).read_to_end(&mut bytes).ok().filter(|read| *read as u64 == wanted)?;
        // what is too large, and the line end behind every object
        let left = (size - wanted).checked_add(1)?;
        std::io::copy(&mut self.running.output.by_ref().take(left), &mut std::io::sink()).ok()?;
        Some(Some(Object { id, blob, bytes }))
    }
}
