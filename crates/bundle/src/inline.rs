//! One module with everything inside, for a page that opens from disk.
//!
//! Browsers load no module and no WebAssembly beside a page that was opened from disk, but they run
//! what stands in the page. So the files that the module refers to become `data:` addresses in it:
//! in base64, which takes a third more room than the bytes. Compressing the engine first would save
//! about 110 kB of a file and need code of its own to unpack it; the pack does not shrink.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::Files;
use crate::media::media_type;
use crate::names::{Circle, references, replace_references};

/// The widget's half of a worker. A file by itself has none: browsers start no worker from a page
/// on disk, and engine and glue would stand in it a second time, in base64 of base64.
const REMOTE: &str = "remote.js";

/// A module with nothing in it, so that whoever asks it for a worker gets none and goes on without.
const NOTHING: &str = "data:text/javascript,";

/// Why a module cannot hold all that it refers to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InlineError {
    /// No module of a circle can be written into another.
    #[error(transparent)]
    Circle(#[from] Circle),
    /// The module cannot stand in a page.
    #[error("{name} is not UTF-8")]
    NotText {
        /// The module.
        name: String,
    },
}

/// The module `entry` with all files that it refers to inside, as it may stand in HTML. Empty where
/// there is no such file.
///
/// # Errors
/// Where modules refer to each other in a circle, or the module is not UTF-8.
pub fn script(entry: &str, files: &Files) -> Result<String, InlineError> {
    let script = inlined(entry, files, &mut BTreeSet::new())?;
    let script = str::from_utf8(&script).map_err(|_| InlineError::NotText {
        name: entry.to_owned(),
    })?;
    Ok(escaped(script))
}

/// The file `name` with `data:` addresses in place of the files that it refers to.
fn inlined(name: &str, files: &Files, open: &mut BTreeSet<String>) -> Result<Vec<u8>, Circle> {
    let bytes = files.get(name).cloned().unwrap_or_default();
    open.insert(name.to_owned());
    let mut addresses = BTreeMap::new();
    for other in references(name, &bytes) {
        if open.contains(&other) {
            return Err(Circle {
                names: vec![name.to_owned(), other],
            });
        }
        if other == REMOTE {
            addresses.insert(other.clone(), NOTHING.to_owned());
        // Types are for tools: a comment of the glue names its own.
        } else if files.contains_key(&other) && !other.ends_with(".d.ts") {
            let content = inlined(&other, files, open)?;
            addresses.insert(other.clone(), data_address(&other, &content));
        }
    }
    open.remove(name);
    Ok(replace_references(name, bytes, |other| {
        addresses.get(other).cloned()
    }))
}

fn data_address(name: &str, bytes: &[u8]) -> String {
    // A module is UTF-8 whatever its address says.
    let media = media_type(name).split(';').next().unwrap_or_default();
    format!("data:{media};base64,{}", STANDARD.encode(bytes))
}

/// A script as it may stand in HTML, where an end tag ends it and a comment confuses its end. In
/// JavaScript both occur in strings and patterns only, where the escapes mean the same.
fn escaped(script: &str) -> String {
    script
        .replace("</script", "<\\/script")
        .replace("<!--", "\\x3c!--")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files;
    use crate::site::ENTRY;

    #[test]
    fn files_become_addresses_in_the_module() {
        let files = files(&[
            (
                ENTRY,
                r#"import("./engine.js"); new URL("./engine_bg.wasm", import.meta.url); "./not-there.js"; "./engine.d.ts"; import("./remote.js")"#,
            ),
            ("remote.js", "3"),
            ("engine.js", "1"),
            ("engine.d.ts", "2"),
            ("engine_bg.wasm", "\0asm"),
        ]);
        let made = inlined(ENTRY, &files, &mut BTreeSet::new()).expect("there is no circle");
        assert_eq!(
            String::from_utf8_lossy(&made),
            r#"import("data:text/javascript;base64,MQ=="); new URL("data:application/wasm;base64,AGFzbQ==", import.meta.url); "./not-there.js"; "./engine.d.ts"; import("data:text/javascript,")"#
        );
    }

    #[test]
    fn circles_are_refused() {
        let files = files(&[(ENTRY, r#""./a.js""#), ("a.js", r#""./turnsearch.js""#)]);
        let error = inlined(ENTRY, &files, &mut BTreeSet::new()).expect_err("there is a circle");
        assert_eq!(error.names, ["a.js", ENTRY]);
    }

    #[test]
    fn nothing_in_a_script_ends_its_element() {
        let script = escaped(r#"x = "</script><!--";"#);
        for end in ["</script", "<!--"] {
            assert!(!script.contains(end), "{script}");
        }
    }
}
