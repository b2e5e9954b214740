//! Paths as plansite keeps them: relative, with `/` between the parts on every system.

/// The file's name; the whole path where it has no folder.
pub fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The folder, without a slash at its end; empty at the root.
pub fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The file's name without its ending.
pub fn stem(path: &str) -> &str {
    let name = name(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The path of another file in the same folder.
pub fn beside(path: &str, other: &str) -> String {
    match folder(path) {
        "" => other.to_string(),
        folder => format!("{folder}/{other}"),
    }
}

/// The name of a folder whose documents are counted from one, as `007-move`: two to four digits and a hyphen.
pub fn numbered(name: &str) -> bool {
    let digits = crate::words::digits(name);
    (2..=4).contains(&digits) && name[digits..].starts_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_paths() {
        let parts = |path: &'static str| (folder(path), name(path), stem(path), beside(path, "b"));
        assert_eq!(parts("a/b/c.d.md"), ("a/b", "c.d.md", "c.d", "a/b/b".into()));
        assert_eq!(parts("README"), ("", "README", "README", "b".into()));
        assert!(numbered("007-move") && !numbered("7-move") && !numbered("00070-x") && !numbered("007"));
    }
}
