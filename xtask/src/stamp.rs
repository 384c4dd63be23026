//! Skipping work whose inputs have not changed.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::Path;

use anyhow::Result;
use fs_err as fs;
use turnsearch_bundle::folder::files_below;

/// A digest of everything that a result depends on.
///
/// It only has to notice changes, so the standard library's 64-bit SipHash is enough; a newer
/// standard library with another hash merely makes the work be done once more.
#[derive(Default)]
pub struct Digest(DefaultHasher);

impl Digest {
    /// Takes in anything that can be hashed: a version, a flag.
    pub fn add(&mut self, value: impl Hash) {
        value.hash(&mut self.0);
    }

    /// Takes in the names and contents of files, or of all files below folders, in a fixed order.
    /// A path that does not exist counts as empty.
    ///
    /// # Errors
    ///
    /// When a file or folder cannot be read.
    pub fn add_files(&mut self, root: &Path, paths: &[&str]) -> Result<()> {
        for path in paths {
            let path = root.join(path);
            if !path.exists() {
                continue;
            }
            for file in files_below(&path)? {
                self.add(file.strip_prefix(root).unwrap_or(&file));
                self.add(fs::read(&file)?);
            }
        }
        Ok(())
    }

    /// The digest as text.
    pub fn finish(&self) -> String {
        format!("{:016x}", self.0.finish())
    }
}

/// Whether the work that wrote this stamp had the same inputs.
pub fn is_fresh(stamp: &Path, digest: &str) -> bool {
    fs::read_to_string(stamp).is_ok_and(|old| old == digest)
}

/// Records that the work is done for these inputs.
///
/// # Errors
///
/// When the stamp cannot be written.
pub fn write(stamp: &Path, digest: &str) -> Result<()> {
    Ok(fs::write(stamp, digest)?)
}

/// Removes a stamp, or an old report, before work begins, so that a broken run is not taken for a
/// finished one.
///
/// # Errors
///
/// When there is a stamp that cannot be removed.
pub fn clear(stamp: &Path) -> Result<()> {
    if stamp.exists() {
        fs::remove_file(stamp)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(root: &Path) -> String {
        let mut digest = Digest::default();
        digest.add_files(root, &["seeds", "absent"]).unwrap();
        digest.finish()
    }

    #[test]
    fn notices_changed_added_renamed_and_removed_files() {
        let folder = tempfile::tempdir().unwrap();
        let seeds = folder.path().join("seeds");
        fs::create_dir(&seeds).unwrap();
        fs::write(seeds.join("a.txt"), "one").unwrap();
        let first = digest(folder.path());
        assert_eq!(first, digest(folder.path()));

        fs::write(seeds.join("a.txt"), "two").unwrap();
        let changed = digest(folder.path());
        fs::write(seeds.join("b.txt"), "").unwrap();
        let added = digest(folder.path());
        fs::rename(seeds.join("b.txt"), seeds.join("c.txt")).unwrap();
        let renamed = digest(folder.path());
        fs::remove_file(seeds.join("c.txt")).unwrap();
        let removed = digest(folder.path());

        assert_ne!(first, changed);
        assert_ne!(changed, added);
        assert_ne!(added, renamed);
        assert_eq!(changed, removed);
    }

    #[test]
    fn a_stamp_is_fresh_only_for_its_digest() {
        let folder = tempfile::tempdir().unwrap();
        let stamp = folder.path().join("stamp");
        assert!(!is_fresh(&stamp, "1"));
        write(&stamp, "1").unwrap();
        assert!(is_fresh(&stamp, "1"));
        assert!(!is_fresh(&stamp, "2"));
        clear(&stamp).unwrap();
        assert!(!is_fresh(&stamp, "1"));
        clear(&stamp).unwrap();
    }
}
