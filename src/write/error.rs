//! Why a site could not be written, in words for the one who asked for it.

use std::path::PathBuf;
use std::{fmt, io};

/// Why a site could not be written. Each is one line that says what to do where that is clear.
#[derive(Debug)]
#[non_exhaustive]
pub enum WriteError {
    /// The folder is in a place where no output may be.
    Place {
        /// The folder as it was named.
        out: PathBuf,
        /// What follows its name in the message.
        reason: String,
    },
    /// The folder holds something, and no list of plansite's.
    Foreign {
        /// The folder as it was named.
        out: PathBuf,
    },
    /// Another build is writing there.
    Locked {
        /// The folder as it was named.
        out: PathBuf,
    },
    /// The list of what was written can't be trusted.
    Manifest {
        /// The list.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The fact.
        fact: String,
    },
    /// A page's path is none that may be written.
    Path {
        /// The path.
        path: String,
        /// What follows it in the message.
        reason: &'static str,
    },
    /// Two different pages have one path.
    Twice {
        /// The path.
        path: String,
    },
    /// Something that plansite did not write stands where a page should be.
    NotOurs {
        /// Where it stands.
        path: PathBuf,
    },
    /// The output can't be finished, because a page could not be written.
    Incomplete {
        /// The folder as it was named.
        out: PathBuf,
    },
    /// The operating system refused.
    Io {
        /// What was tried: a verb.
        deed: &'static str,
        /// With what.
        path: PathBuf,
        /// Its reason.
        error: io::Error,
    },
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::Place { out, reason } => {
                write!(f, "the output folder `{}` {reason}; name another one with --out", out.display())
            }
            WriteError::Foreign { out } => write!(
                f,
                "the output folder `{}` is not empty and was not written by plansite; nothing was touched: empty it, \
                 or name a new or empty folder with --out",
                out.display()
            ),
            WriteError::Locked { out } => write!(f, "another build holds the lock of `{}`", out.display()),
            WriteError::Manifest { path, line, fact } => write!(
                f,
                "{}:{line}: {fact}; nothing was touched: remove the folder if all of it can be built again, or name \
                 another one with --out",
                path.display()
            ),
            WriteError::Path { path, reason } => write!(f, "a page can't be written to {path:?}: the path {reason}"),
            WriteError::Twice { path } => write!(f, "two different pages want to be `{path}`"),
            WriteError::NotOurs { path } => {
                write!(f, "`{}` is in the way and was not written by plansite; move it away", path.display())
            }
            WriteError::Incomplete { out } => {
                write!(f, "`{}` is incomplete, because a page could not be written", out.display())
            }
            WriteError::Io { deed, path, error } => write!(f, "can't {deed} `{}`: {error}", path.display()),
        }
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            WriteError::Io { error, .. } => Some(error),
            _ => None,
        }
    }
}
