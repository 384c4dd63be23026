//! Putting the page together: the demo page, the widget, its types, the engine, and all of them in compressed form.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::compress;
use crate::engine;
use crate::licences;
use crate::serve::media;
use crate::stamp::files_below;
use crate::workspace::Workspace;

/// A way to compress a file in advance, and the ending of the copy that it makes.
type Encoder = (&'static str, fn(&[u8]) -> Result<Vec<u8>>);

/// Folder of www/ with the demo page.
const DEMO: &str = "demo";

/// Name of the pack that the examples open.
const EXAMPLE_PACK: &str = "example.turns";

/// Files of www/ that are published without the bundler.
const AS_THEY_ARE: [&str; 4] = [
    "remote.js",
    "worker.js",
    "types/turnsearch.d.ts",
    "offline/turnsearch-offline.js",
];

const ENCODERS: [Encoder; 2] = [("br", compress::brotli), ("gz", compress::gzip)];

/// Makes target/site hold exactly the page: copies and compresses what has changed, removes what is
/// no longer part of it.
///
/// # Errors
///
/// When the page has no index.html, or a file cannot be read or written.
pub fn assemble(workspace: &Workspace) -> Result<()> {
    let demo = workspace.www().join(DEMO);
    let mut files = sources(&demo)?;
    if !files.contains_key(Path::new("index.html")) {
        bail!("{} has no index.html", demo.display());
    }
    files.extend(widget(workspace, "page")?);
    for name in [engine::GLUE, engine::MODULE, licences::FILE] {
        files.insert(name.into(), workspace.engine().join(name));
    }
    files.insert(EXAMPLE_PACK.into(), example_pack(workspace)?);
    publish(&files, &workspace.site())
}

/// The pack of the seeds as a file of its own, which the examples name in `src`.
fn example_pack(workspace: &Workspace) -> Result<PathBuf> {
    let module = workspace.engine().join(engine::MODULE);
    let module = fs::read(&module).with_context(|| format!("cannot read {}", module.display()))?;
    let file = workspace.root().join("target").join(EXAMPLE_PACK);
    write(&file, engine::pack(&module)?)?;
    Ok(file)
}

/// What somebody needs to put the search on a page, besides the engine: the widget as it is bundled for a `page` or for
/// `npm`, and from www/ what is published as it is.
///
/// # Errors
///
/// When a folder cannot be listed.
pub fn widget(workspace: &Workspace, kind: &str) -> Result<BTreeMap<PathBuf, PathBuf>> {
    let mut files = sources(&workspace.widget().join(kind))?;
    for name in AS_THEY_ARE {
        let place = Path::new(name).file_name().unwrap_or(name.as_ref());
        files.insert(place.into(), workspace.www().join(name));
    }
    Ok(files)
}

/// The files of a folder, by their place below it; not the hidden ones.
fn sources(folder: &Path) -> Result<BTreeMap<PathBuf, PathBuf>> {
    let mut files = BTreeMap::new();
    for source in files_below(folder)? {
        let place = source.strip_prefix(folder)?.to_owned();
        if !is_hidden(&place) {
            files.insert(place, source);
        }
    }
    Ok(files)
}

fn is_hidden(place: &Path) -> bool {
    let mut parts = place.components().map(|part| part.as_os_str());
    parts.any(|part| part.to_string_lossy().starts_with('.'))
}

/// Brings a folder to exactly these files and their compressed copies.
fn publish(files: &BTreeMap<PathBuf, PathBuf>, site: &Path) -> Result<()> {
    let mut kept = Vec::new();
    for (place, source) in files {
        let target = site.join(place);
        let bytes =
            fs::read(source).with_context(|| format!("cannot read {}", source.display()))?;
        let is_new = fs::read(&target).map_or(true, |old| old != bytes);
        if is_new {
            write(&target, &bytes)?;
        }
        if bytes.len() as u64 > compress::SMALLEST && media::is_compressible(place) {
            for (ending, encode) in ENCODERS {
                let packed = with_ending(&target, ending);
                if is_new || !packed.exists() {
                    write(&packed, &encode(&bytes)?)?;
                }
                kept.push(packed);
            }
        }
        kept.push(target);
    }
    for file in files_below(site)? {
        if !kept.contains(&file) {
            fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
        }
    }
    Ok(())
}

/// The path with one more ending: `turnsearch.js` gives `turnsearch.js.br`.
pub fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

/// Writes a file, and makes its folder where there is none.
///
/// # Errors
///
/// When the folder or the file cannot be written.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The places and sizes of all files of a folder.
    fn listing(folder: &Path) -> Vec<String> {
        files_below(folder)
            .unwrap()
            .iter()
            .map(|file| {
                file.strip_prefix(folder)
                    .unwrap()
                    .to_string_lossy()
                    .replace('\\', "/")
            })
            .collect()
    }

    #[test]
    fn hidden_files_are_not_published() {
        for (place, hidden) in [
            ("index.html", false),
            ("i18n/zh-Hans.js", false),
            (".DS_Store", true),
            (".git/config", true),
        ] {
            assert_eq!(is_hidden(Path::new(place)), hidden, "{place}");
        }
    }

    #[test]
    fn the_site_follows_its_sources() {
        let folder = tempfile::tempdir().unwrap();
        let (www, site) = (folder.path().join("www"), folder.path().join("site"));
        write(&www.join("index.html"), b"<p>").unwrap();
        write(&www.join("parts/long.js"), &[b' '; 2000]).unwrap();
        write(&www.join("photo.png"), &[0; 2000]).unwrap();
        publish(&sources(&www).unwrap(), &site).unwrap();
        assert_eq!(
            listing(&site),
            [
                "index.html",
                "parts/long.js",
                "parts/long.js.br",
                "parts/long.js.gz",
                "photo.png"
            ]
        );

        let old = fs::read(site.join("parts/long.js.br")).unwrap();
        write(&www.join("parts/long.js"), &[b'x'; 2000]).unwrap();
        fs::remove_file(www.join("photo.png")).unwrap();
        publish(&sources(&www).unwrap(), &site).unwrap();
        assert_ne!(fs::read(site.join("parts/long.js.br")).unwrap(), old);
        assert!(!site.join("photo.png").exists());

        write(&www.join("parts/long.js"), b"short").unwrap();
        publish(&sources(&www).unwrap(), &site).unwrap();
        assert_eq!(listing(&site), ["index.html", "parts/long.js"]);
    }

    #[test]
    fn compressed_copies_give_back_the_file() {
        use std::io::Read;

        let bytes = "多利益相关方 multistakeholder ".repeat(100).into_bytes();
        let mut brotli = Vec::new();
        brotli::BrotliDecompress(&mut &*compress::brotli(&bytes).unwrap(), &mut brotli).unwrap();
        assert_eq!(brotli, bytes);

        let packed = compress::gzip(&bytes).unwrap();
        let mut gzip = Vec::new();
        flate2::read::GzDecoder::new(&*packed)
            .read_to_end(&mut gzip)
            .unwrap();
        assert_eq!(gzip, bytes);
    }
}
