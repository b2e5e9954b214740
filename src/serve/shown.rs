//! What is shown at one moment, and what it answers to an address: a value, so that a request gets all of it from one
//! generation.

use std::sync::Arc;

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::panel::{self, About};
use super::site::Site;
use crate::view::encode;

/// The last good site, and what keeps it from being that of what is on disk.
#[derive(Clone, Default)]
pub struct Shown {
    /// Absent where there is none yet.
    pub site: Option<Arc<Site>>,
    /// Absent where all is well.
    pub failure: Option<String>,
    /// Names the generation; the only thing that a browser is told of a change.
    pub build: String,
    /// Where a click on a line leads to.
    pub editor: Option<Editor>,
}

/// What is answered.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The content type.
    pub kind: &'static str,
    /// Names the bytes, for `ETag`.
    pub hash: u64,
    /// For an address that only lacks its slash: the one that has it.
    pub location: Option<String>,
    /// The content.
    pub bytes: Vec<u8>,
}

/// An editor that opens files by a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Editor {
    /// Its name, as the command line takes it.
    pub name: &'static str,
    link: &'static str,
}

/// Those that are known.
pub const EDITORS: &[Editor] = &[
    Editor { name: "vscode", link: "vscode://file{path}:{line}:{column}" },
    Editor { name: "vscodium", link: "vscodium://file{path}:{line}:{column}" },
    Editor { name: "cursor", link: "cursor://file{path}:{line}:{column}" },
    Editor { name: "zed", link: "zed://file{path}:{line}:{column}" },
    Editor { name: "idea", link: "idea://open?file={path}&line={line}&column={column}" },
    Editor { name: "sublime", link: "subl://open?url=file://{path}&line={line}&column={column}" },
];

impl Editor {
    /// Opens a file, whose path is encoded already, at a line and column.
    pub(super) fn link(&self, path: &str, line: u32, column: u32) -> String {
        let path = if path.starts_with('/') { path.to_string() } else { format!("/{path}") };
        let link = self.link.replace("{line}", &line.to_string()).replace("{column}", &column.to_string());
        link.replace("{path}", &path)
    }
}

/// Content types by the endings of paths.
const KINDS: &[(&str, &str)] = &[
    ("html", "text/html; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("svg", "image/svg+xml"),
    ("xml", "application/xml"),
    ("ics", "text/calendar; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("md", "text/markdown; charset=utf-8"),
    ("txt", "text/plain; charset=utf-8"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("woff2", "font/woff2"),
];

const HTML: &str = KINDS[0].1;

impl Shown {
    /// The answer to an address: what stood behind the first slash, decoded, without a query.
    pub fn answer(&self, address: &str) -> Answer {
        if let Some((_, bytes)) = panel::ASSETS.iter().find(|(path, _)| *path == address) {
            return plain(200, kind_of(address), bytes.to_vec());
        }
        if address.starts_with(panel::OWN) {
            return plain(404, "text/plain; charset=utf-8", b"there is no such file\n".to_vec());
        }
        let Some(site) = &self.site else {
            let message = self.failure.as_deref().unwrap_or("the documents are being read");
            return match address.is_empty() || address.ends_with('/') || address.ends_with(".html") {
                true => self.page(503, &panel::failed(message), "", 0),
                false => plain(404, "text/plain; charset=utf-8", b"there is no site yet\n".to_vec()),
            };
        };
        let path =
            if address.is_empty() || address.ends_with('/') { format!("{address}index.html") } else { address.into() };
        match site.file(&path) {
            Err(message) => self.page(500, &panel::failed(&message), "", 0),
            Ok(Some(file)) if kind_of(&path) == HTML => {
                let status = if path == "404.html" { 404 } else { 200 };
                let found = file.document.map(|index| panel::findings(site, index, self.editor.as_ref()));
                self.page(status, &file.bytes, &found.unwrap_or_default(), file.hash)
            }
            Ok(Some(file)) => {
                Answer { status: 200, kind: kind_of(&path), hash: file.hash, location: None, bytes: file.bytes.clone() }
            }
            Ok(None) if site.has_page(&format!("{path}/index.html")) => {
                let to = format!("/{}/", encode(&path));
                Answer { location: Some(to), ..plain(308, "text/plain; charset=utf-8", Vec::new()) }
            }
            Ok(None) => match site.file("404.html") {
                Ok(Some(lost)) => self.page(404, &lost.bytes, "", lost.hash),
                _ => self.page(404, &panel::failed("there is no such page"), "", 0),
            },
        }
    }

    /// A page with what the preview adds.
    fn page(&self, status: u16, html: &[u8], found: &str, look: u64) -> Answer {
        let still = self.failure.as_deref().filter(|_| self.site.is_some()).map(panel::failure);
        let added = still.unwrap_or_default() + found;
        let hash = xxh3_64_with_seed(added.as_bytes(), if look == 0 { xxh3_64(html) } else { look });
        let bytes = panel::with(html, &added, &About { page: hash, build: &self.build });
        Answer { status, kind: HTML, hash, location: None, bytes }
    }
}

fn plain(status: u16, kind: &'static str, bytes: Vec<u8>) -> Answer {
    Answer { status, kind, hash: xxh3_64(&bytes), location: None, bytes }
}

fn kind_of(path: &str) -> &'static str {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    if path == "feed.xml" {
        return "application/atom+xml";
    }
    KINDS.iter().find(|(known, _)| *known == ending).map_or("application/octet-stream", |(_, kind)| kind)
}
