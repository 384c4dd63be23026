//! Putting the page together: the demo page, the widget, its types, the engine, and all of them in
//! compressed form.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use fs_err as fs;
use turnsearch_bundle::folder::{files_below, name_in};
use turnsearch_bundle::site::ENGINE;
use turnsearch_bundle::{compress, wasm};
use turnsearch_pack::CUSTOM_SECTION;

use crate::engine;
use crate::licences;
use crate::workspace::Workspace;

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

/// Files that are published, by their names: where each lies.
type Sources = BTreeMap<String, PathBuf>;

/// Makes target/site hold exactly the page: copies and compresses what has changed, removes what is
/// no longer part of it.
///
/// # Errors
///
/// When the page has no index.html, or a file cannot be read or written.
pub fn assemble(workspace: &Workspace) -> Result<()> {
    let demo = workspace.www().join(DEMO);
    let mut files = sources(&demo)?;
    ensure!(
        files.contains_key("index.html"),
        "{} has no index.html",
        demo.display()
    );
    files.extend(widget(workspace, "page")?);
    for name in [engine::GLUE, ENGINE, licences::FILE] {
        files.insert(name.to_owned(), workspace.engine().join(name));
    }
    files.insert(EXAMPLE_PACK.to_owned(), example_pack(workspace)?);
    publish(&files, &workspace.site())
}

/// The pack of the seeds as a file of its own, which the examples name in `src`.
fn example_pack(workspace: &Workspace) -> Result<PathBuf> {
    let file = workspace.root().join("target").join(EXAMPLE_PACK);
    let module = engine::module(workspace)?;
    fs::write(&file, wasm::section(&module, CUSTOM_SECTION)?)?;
    Ok(file)
}

/// What somebody needs to put the search on a page, besides the engine: the widget as it is bundled
/// for a `page` or for `npm`, and from www/ what is published as it is.
///
/// # Errors
///
/// When a folder cannot be listed.
pub fn widget(workspace: &Workspace, kind: &str) -> Result<Sources> {
    let mut files = sources(&workspace.widget().join(kind))?;
    for place in AS_THEY_ARE {
        let name = place.rsplit('/').next().unwrap_or(place);
        files.insert(name.to_owned(), workspace.www().join(place));
    }
    Ok(files)
}

/// The files of a folder; not the hidden ones.
fn sources(folder: &Path) -> Result<Sources> {
    let mut files = Sources::new();
    for source in files_below(folder)? {
        let name = name_in(folder, &source)
            .with_context(|| format!("{} cannot be published", source.display()))?;
        if !is_hidden(&name) {
            files.insert(name, source);
        }
    }
    Ok(files)
}

fn is_hidden(name: &str) -> bool {
    name.split('/').any(|part| part.starts_with('.'))
}

/// Brings a folder to exactly these files and their compressed copies.
fn publish(files: &Sources, site: &Path) -> Result<()> {
    fs::create_dir_all(site)?;
    for (name, source) in files {
        let bytes = fs::read(source)?;
        if std::fs::read(site.join(name)).is_ok_and(|old| old == bytes) {
            continue;
        }
        remove_copies(site, name)?;
        for (ending, copy) in compress::copies(name, &bytes)? {
            write(&site.join(format!("{name}.{ending}")), &copy)?;
        }
        // Last, so that a file that is up to date has all its copies.
        write(&site.join(name), &bytes)?;
    }
    let is_part = |name: &str| {
        let of_copy = name.rsplit_once('.').filter(|_| compress::is_copy(name));
        files.contains_key(of_copy.map_or(name, |(file, _)| file))
    };
    for file in files_below(site)? {
        if !name_in(site, &file).is_some_and(|name| is_part(&name)) {
            fs::remove_file(&file)?;
        }
    }
    Ok(())
}

fn remove_copies(site: &Path, name: &str) -> Result<()> {
    for ending in compress::ENDINGS {
        let copy = site.join(format!("{name}.{ending}"));
        if copy.exists() {
            fs::remove_file(copy)?;
        }
    }
    Ok(())
}

/// Writes a file, and makes its folder where there is none.
///
/// # Errors
///
/// When the folder or the file cannot be written.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(path, bytes)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(folder: &Path) -> Vec<String> {
        let files = files_below(folder).unwrap();
        let names = files.iter().map(|file| name_in(folder, file).unwrap());
        names.collect()
    }

    #[test]
    fn hidden_files_are_not_published() {
        for (place, hidden) in [
            ("index.html", false),
            ("i18n/zh-Hans.js", false),
            (".DS_Store", true),
            (".git/config", true),
        ] {
            assert_eq!(is_hidden(place), hidden, "{place}");
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
}
