//! Which files changed since a revision, as git tells.
//!
//! A revision is a word from the command line: git is asked for the commit it means before it is used, and one that
//! could be an option is refused. Where history is cut off nothing is guessed: everything would seem new.

use std::collections::BTreeSet;

use super::git::Git;
use super::{DiscoverError, Place};

/// What helps where history is missing.
const DEEPER: &str = "fetch the whole history (`fetch-depth: 0` for actions/checkout, `git fetch --unshallow`)";

/// The commit that a revision means, as its id.
pub(super) fn commit(git: &Git, revision: &str) -> Result<String, DiscoverError> {
    let unknown = |why: &str| {
        let revision = crate::words::visible(&crate::words::shorten(revision, 80));
        DiscoverError::Revision(format!("there is no revision `{revision}` here{why}; {DEEPER}"))
    };
    if revision.starts_with('-') || revision.is_empty() || revision.contains(['\0', '\n', ':']) {
        return Err(unknown(""));
    }
    let name = format!("{revision}^{{commit}}");
    let id = git.ask(&["rev-parse", "--verify", "--quiet", "--end-of-options", &name]);
    match id {
        Ok(id) if !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_hexdigit()) => Ok(id),
        _ => Err(unknown("")),
    }
}

/// Git and the repository that a place lies in.
pub(super) fn git(place: &Place) -> Result<Git, DiscoverError> {
    if !place.repository.join(".git").exists() {
        let folder = place.root.display();
        return Err(DiscoverError::Revision(format!(
            "{folder} is in no git repository, so nothing is known of changes"
        )));
    }
    let git = Git::find(&place.repository).ok_or_else(|| DiscoverError::Revision("git is not installed".into()))?;
    match git.ask(&["rev-parse", "--is-shallow-repository"]).as_deref() {
        Ok("false") => Ok(git),
        Ok(_) => {
            Err(DiscoverError::Revision(format!("the repository's history is cut off (a shallow clone); {DEEPER}")))
        }
        Err(why) => Err(DiscoverError::Revision(format!("git refuses: {why}"))),
    }
}

/// The files that differ between the working tree and the commit at which it parted from a revision, new ones and
/// removed ones too. Paths are relative to the repository's root.
pub fn changes(place: &Place, revision: &str) -> Result<BTreeSet<String>, DiscoverError> {
    let git = git(place)?;
    let revision = commit(&git, revision)?;
    let refused =
        |why: String| DiscoverError::Revision(format!("git can't compare with the revision: {why}; {DEEPER}"));
    let head = commit(&git, "HEAD")?;
    let base = git.ask(&["merge-base", &revision, &head]).map_err(refused)?;
    let diff =
        ["diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-relative", &base, "--"];
    let changed = git.ask(&diff).map_err(refused)?;
    let fresh = git.ask(&["ls-files", "--others", "--exclude-standard", "-z", "--full-name", "--"]).map_err(refused)?;
    let paths = changed.split('\0').chain(fresh.split('\0'));
    Ok(paths.filter(|path| !path.is_empty()).map(str::to_string).collect())
}
