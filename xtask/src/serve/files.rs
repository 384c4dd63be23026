//! From the path of a request to a file, never to one outside of the folder that is served.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use percent_encoding::percent_decode_str;

/// A folder and the path of the address under which it is served.
pub struct Site {
    /// Without symbolic links, so that a file can be compared with it.
    root: PathBuf,
    /// With a slash at both ends.
    base: String,
}

/// What a path leads to.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    File(PathBuf),
    /// The page is elsewhere: the same path with a slash at its end.
    Moved(String),
    Nothing,
}

impl Site {
    /// Serves `root` below the path `base` of the address.
    ///
    /// # Errors
    ///
    /// When there is no such folder, or the path cannot stand in an address as it is.
    pub fn new(root: &Path, base: &str) -> Result<Self> {
        let root = fs::canonicalize(root)
            .with_context(|| format!("cannot serve the folder {}", root.display()))?;
        let inner = base.trim_matches('/');
        let is_plain = |segment: &str| {
            !segment.is_empty()
                && !segment.starts_with('.')
                && segment
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "-._~".contains(c))
        };
        let base = if inner.is_empty() {
            "/".to_owned()
        } else if inner.split('/').all(is_plain) {
            format!("/{inner}/")
        } else {
            bail!("the base {base:?} is not a path of letters, digits, `-`, `.`, `_` and `~`");
        };
        Ok(Self { root, base })
    }

    /// The path under which the folder is served, with a slash at both ends.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// What the target of a request leads to.
    pub fn find(&self, target: &str) -> Found {
        let (path, query) = target.split_at(target.find('?').unwrap_or(target.len()));
        let moved = || Found::Moved(format!("{path}/{query}"));
        let Some(inner) = path.strip_prefix(&self.base) else {
            let is_base = !path.is_empty() && format!("{path}/") == self.base;
            return if is_base { moved() } else { Found::Nothing };
        };
        let Some(place) = place(inner) else {
            return Found::Nothing;
        };
        let file = self.root.join(place);
        // Follows symbolic links, so that one which leads out of the folder is noticed.
        let Ok(file) = fs::canonicalize(file) else {
            return Found::Nothing;
        };
        if !file.starts_with(&self.root) {
            Found::Nothing
        } else if file.is_dir() {
            moved()
        } else if file.is_file() {
            Found::File(file)
        } else {
            Found::Nothing
        }
    }
}

/// The relative path of a file, from the part of an address below the base; none for a path that no
/// page links to: with empty, hidden or parent folders, or with separators in disguise.
fn place(inner: &str) -> Option<PathBuf> {
    let (folders, name) = inner
        .rsplit_once('/')
        .map_or((None, inner), |(folders, name)| (Some(folders), name));
    let name = if name.is_empty() { "index.html" } else { name };
    folders
        .into_iter()
        .flat_map(|folders| folders.split('/'))
        .chain([name])
        .map(segment)
        .collect()
}

/// One folder or file name, decoded.
fn segment(encoded: &str) -> Option<String> {
    let segment = percent_decode_str(encoded).decode_utf8().ok()?;
    let is_safe = !segment.is_empty()
        && !segment.starts_with('.')
        && !segment.contains(['/', '\\', ':', '\0']);
    is_safe.then(|| segment.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder `site` beside a file that must not be served.
    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("site");
        fs::create_dir_all(site.join("parts")).unwrap();
        fs::write(site.join("index.html"), "").unwrap();
        fs::write(site.join("parts/list.js"), "").unwrap();
        fs::write(site.join("会议.html"), "").unwrap();
        fs::write(site.join(".hidden"), "").unwrap();
        fs::write(folder.path().join("secret"), "").unwrap();
        folder
    }

    fn site(folder: &tempfile::TempDir, base: &str) -> Site {
        Site::new(&folder.path().join("site"), base).unwrap()
    }

    fn file(site: &Site, place: &str) -> Found {
        Found::File(site.root.join(place))
    }

    #[test]
    fn finds_files_by_their_path() {
        let folder = folder();
        let site = site(&folder, "/");
        assert_eq!(site.find("/"), file(&site, "index.html"));
        assert_eq!(site.find("/?q=1"), file(&site, "index.html"));
        assert_eq!(site.find("/index.html"), file(&site, "index.html"));
        assert_eq!(
            site.find("/parts/list.js?v=2/../.."),
            file(&site, "parts/list.js")
        );
        assert_eq!(
            site.find("/%E4%BC%9A%E8%AE%AE.html"),
            file(&site, "会议.html")
        );
        assert_eq!(site.find("/parts"), Found::Moved("/parts/".to_owned()));
        assert_eq!(site.find("/parts/"), Found::Nothing);
        assert_eq!(site.find("/absent.js"), Found::Nothing);
        assert_eq!(site.find("/index.html/"), Found::Nothing);
    }

    #[test]
    fn serves_nothing_outside_of_the_folder() {
        let folder = folder();
        let site = site(&folder, "/");
        for target in [
            "/../secret",
            "/%2e%2e/secret",
            "/%2E%2e/secret",
            "/..%2fsecret",
            "/..%5csecret",
            "/..\\secret",
            "/parts/../../secret",
            "/parts/%2e%2e/%2e%2e/secret",
            "/parts/../index.html",
            "/./index.html",
            "//index.html",
            "//parts",
            "/%00",
            "/index.html%00.js",
            "/%ff",
            "/.hidden",
            "/c:/secret",
            "secret",
            "",
            "*",
            "http://127.0.0.1/index.html",
        ] {
            assert_eq!(site.find(target), Found::Nothing, "{target}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn follows_links_only_inside_the_folder() {
        use std::os::unix::fs::symlink;

        let folder = folder();
        let site = site(&folder, "/");
        symlink("../secret", site.root.join("link")).unwrap();
        symlink(folder.path(), site.root.join("up")).unwrap();
        symlink("index.html", site.root.join("start.html")).unwrap();
        assert_eq!(site.find("/link"), Found::Nothing);
        assert_eq!(site.find("/up/secret"), Found::Nothing);
        assert_eq!(site.find("/up"), Found::Nothing);
        assert_eq!(site.find("/start.html"), file(&site, "index.html"));
    }

    #[test]
    fn below_a_base_only_the_base_is_served() {
        let folder = folder();
        for base in ["/some/path/", "some/path", "/some/path"] {
            let site = site(&folder, base);
            assert_eq!(site.base(), "/some/path/");
            assert_eq!(site.find("/some/path/"), file(&site, "index.html"));
            assert_eq!(
                site.find("/some/path?q"),
                Found::Moved("/some/path/?q".to_owned())
            );
            assert_eq!(
                site.find("/some/path/parts/list.js"),
                file(&site, "parts/list.js")
            );
            for target in [
                "/",
                "/index.html",
                "/some/",
                "/some/pathindex.html",
                "/some/path/../x",
            ] {
                assert_eq!(site.find(target), Found::Nothing, "{target}");
            }
        }
    }

    #[test]
    fn a_base_is_a_plain_path() {
        let folder = folder();
        for base in ["/a//b/", "/../", "/a b/", "/a?b/", "/会议/", "/.x/"] {
            assert!(Site::new(folder.path(), base).is_err(), "{base}");
        }
        assert!(Site::new(&folder.path().join("absent"), "/").is_err());
    }
}
