//! The ready page and engine, and what a bundle takes over from them.

use std::collections::BTreeSet;

use crate::Files;

/// The engine's module.
pub const ENGINE: &str = "engine_bg.wasm";
/// The module that a page names in its `<script>`.
pub const ENTRY: &str = "turnsearch.js";

/// How the names of the widget's files begin that a page may name.
const WIDGET: &str = "turnsearch";

/// A file without which there is no bundle is not there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no {name}")]
pub struct Missing {
    /// The file.
    pub name: &'static str,
}

/// What every bundle is made of besides its pack and pages.
#[derive(Debug, PartialEq, Eq)]
pub struct Site {
    /// The engine, with whatever pack it carries.
    pub engine: Vec<u8>,
    /// The widget's modules, their types, licences.
    pub files: Files,
}

impl Site {
    /// The engine and the widget among the files of a whole site, without the demo's pages.
    ///
    /// # Errors
    /// Where there is no engine or no widget.
    pub fn of(mut files: Files) -> Result<Self, Missing> {
        let engine = files.remove(ENGINE).ok_or(Missing { name: ENGINE })?;
        if !files.contains_key(ENTRY) {
            return Err(Missing { name: ENTRY });
        }
        let demo = demo_files(&files);
        files.retain(|name, _| !demo.contains(name));
        Ok(Self { engine, files })
    }
}

/// The demo's own pages, and what they name besides the widget: a bundle has a page of its own.
fn demo_files(files: &Files) -> BTreeSet<String> {
    let mut demo = BTreeSet::new();
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        let folder = name.rfind('/').map_or("", |slash| &name[..=slash]);
        for attribute in ["src=\"", "href=\""] {
            for rest in html.split(attribute).skip(1) {
                let address = rest.split('"').next().unwrap_or_default();
                demo.insert(format!("{folder}{}", address.trim_start_matches("./")));
            }
        }
        demo.insert(name.clone());
    }
    demo.retain(|name| !name.starts_with(WIDGET));
    demo
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files;

    #[test]
    fn the_demo_is_left_out_and_the_widget_comes_along() {
        let page = r#"<link rel="stylesheet" href="demo.css"><script src="./turnsearch.js"></script><script src="demo.js">"#;
        let site = Site::of(files(&[
            ("engine_bg.wasm", ""),
            ("turnsearch.js", ""),
            ("i18n/en.js", ""),
            ("turnsearch.d.ts", ""),
            ("index.html", page),
            ("demo.css", ""),
            ("demo.js", ""),
        ]))
        .expect("it is a whole site");
        let names: Vec<&String> = site.files.keys().collect();
        assert_eq!(names, ["i18n/en.js", "turnsearch.d.ts", "turnsearch.js"]);
    }

    #[test]
    fn what_is_missing_is_named() {
        for (there, name) in [("turnsearch.js", ENGINE), ("engine_bg.wasm", ENTRY)] {
            assert_eq!(Site::of(files(&[(there, "")])), Err(Missing { name }));
        }
    }
}
