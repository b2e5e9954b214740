//! Whether a path may be written below the output folder.
//!
//! The same answer on every system, so that a site built on Linux can be built on Windows too. Making a good path out
//! of a bad one is the business of the stages before; here a bad one is refused.

/// Folders and files of plansite's own bear names that begin so; no page may.
pub const OURS: &str = ".plansite-";

/// Why a path can't be written; absent for a path that can: relative, `/` between its parts, each an ordinary name.
pub fn flaw(path: &str) -> Option<&'static str> {
    if path.is_empty() {
        return Some("is empty");
    }
    if path.chars().any(|c| c.is_control() || c == '\\' || c == ':') {
        return Some("holds a control character, a backslash or a colon");
    }
    path.split('/').find_map(part_flaw)
}

fn part_flaw(part: &str) -> Option<&'static str> {
    let lower = part.to_ascii_lowercase();
    if part.is_empty() || part == "." || part == ".." {
        return Some("is absolute, climbs or has an empty part");
    }
    if part.len() > 255 {
        return Some("has a part of more than 255 bytes");
    }
    if part.ends_with(['.', ' ']) {
        return Some("has a part that ends in a dot or a space, which Windows drops");
    }
    if lower == ".git" || lower.starts_with(OURS) {
        return Some("has a part that belongs to git or to plansite itself");
    }
    is_device(&lower).then_some("has a part that is a device on Windows")
}

/// Windows takes these names for devices, whatever extension follows.
fn is_device(lower: &str) -> bool {
    let stem = lower.split('.').next().unwrap_or("").trim_end();
    let numbered = |name: &str| stem.strip_prefix(name).is_some_and(|n| matches!(n.as_bytes(), [b'1'..=b'9']));
    matches!(stem, "con" | "prn" | "aux" | "nul" | "conin$" | "conout$") || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_paths_are_refused_and_plain_ones_are_not() {
        let hostile = [
            "",
            "/",
            "/etc/passwd",
            "..",
            "../x",
            "a/../../x",
            "a/..",
            "./a",
            "a//b",
            "a/",
            "a\\b",
            "..\\x",
            "C:x",
            "c:/x",
            "a/b:stream",
            "a\0b",
            "a\nb",
            "a\u{85}b",
            "CON",
            "a/nul.html",
            "Com1",
            "lpt9.txt",
            "a./b",
            "a /b",
            ".git/config",
            "a/.GIT/hooks",
            ".plansite-manifest",
            "a/.plansite-0.tmp",
        ];
        for path in hostile {
            assert!(flaw(path).is_some(), "{path:?} was let through");
        }
        let long = "é".repeat(128);
        assert!(flaw(&long).is_some(), "256 bytes in a part");
        for path in ["index.html", "plans/plan-1/index.html", ".nojekyll", "a..b", "console", "com10", "…/é 😀.png"]
        {
            assert_eq!(flaw(path), None, "{path:?}");
        }
    }
}
