//! Names of files: how modules refer to each other, and names made of contents.
//!
//! A module refers to another file of the bundle by a quoted relative address (`"./engine.js"`), as
//! `import` and `new URL(…, import.meta.url)` have it, so references can be found and replaced
//! without knowing more of the language.

use std::collections::BTreeMap;
use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384};

use crate::Files;

/// Hexadecimal digits of the hash in a name: enough that no two versions of a file ever share one.
const DIGITS: usize = 12;

/// The service worker that a page may add.
const WORKER: &str = "turnsearch-offline.js";

/// Quotation marks of JavaScript.
const QUOTES: [char; 3] = ['"', '\'', '`'];

/// Modules refer to each other in a circle, so that none can be finished before the others.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("these modules refer to each other in a circle: {}", names.join(", "))]
pub struct Circle {
    /// The modules of the circle and those that refer to it, by their names.
    pub names: Vec<String>,
}

/// The files under names that hold a hash of their contents, and what each was called before.
pub struct Hashed {
    /// By their new names.
    pub files: Files,
    /// New names by old ones.
    pub names: BTreeMap<String, String>,
}

/// Renames files by their contents (`engine.js` to `engine-0123456789ab.js`), in the modules that
/// refer to them too.
///
/// # Errors
/// Where modules refer to each other in a circle, so that no name can be made first.
pub fn hashed(files: Files) -> Result<Hashed, Circle> {
    let mut hashed = Hashed {
        files: Files::new(),
        names: BTreeMap::new(),
    };
    let mut waiting = files;
    while !waiting.is_empty() {
        let is_free = |name: &str, bytes: &[u8]| {
            references(name, bytes)
                .iter()
                .all(|other| other == name || !waiting.contains_key(other))
        };
        let free: Vec<String> = waiting
            .iter()
            .filter(|(name, bytes)| is_free(name, bytes))
            .map(|(name, _)| name.clone())
            .collect();
        if free.is_empty() {
            return Err(Circle {
                names: waiting.into_keys().collect(),
            });
        }
        for name in free {
            let Some(bytes) = waiting.remove(&name) else {
                continue;
            };
            let bytes = replace_references(&name, bytes, |other| {
                hashed.names.get(other).map(|new| relative(&name, new))
            });
            let new = name_of(&name, &bytes);
            hashed.files.insert(new.clone(), bytes);
            hashed.names.insert(name, new);
        }
    }
    Ok(hashed)
}

/// The files that the module `name` refers to, by their names in the bundle.
pub fn references(name: &str, bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    each_reference(name, bytes, |_, target| found.push(target));
    found.sort();
    found.dedup();
    found
}

/// The module with other addresses in place of its references; `address` returns them by the name
/// of the file, or `None` where a reference stays.
pub fn replace_references(
    name: &str,
    bytes: Vec<u8>,
    address: impl Fn(&str) -> Option<String>,
) -> Vec<u8> {
    let mut made = Vec::with_capacity(bytes.len());
    let mut copied = 0;
    each_reference(name, &bytes, |range, target| {
        if let Some(new) = address(&target) {
            made.extend(&bytes[copied..range.start]);
            made.extend(new.as_bytes());
            copied = range.end;
        }
    });
    made.extend(&bytes[copied..]);
    made
}

/// The value of an `integrity` attribute for these bytes.
pub fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

/// The name of a file with a hash of its contents before the ending.
fn name_of(name: &str, bytes: &[u8]) -> String {
    let Some(dot) = name.rfind('.').filter(|_| !is_stable(name)) else {
        return name.to_owned();
    };
    let digest = Sha256::digest(bytes);
    let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{}-{}{}", &name[..dot], &digits[..DIGITS], &name[dot..])
}

/// Whether a file keeps its name: types and texts, which nobody caches, and the service worker,
/// which a browser knows by its address.
fn is_stable(name: &str) -> bool {
    let endings = [".d.ts", ".txt", ".html"];
    name == WORKER || endings.iter().any(|ending| name.ends_with(ending))
}

/// Calls `found` for every quoted relative address, with its place and the name that it means.
fn each_reference(name: &str, bytes: &[u8], mut found: impl FnMut(Range<usize>, String)) {
    if !name.ends_with(".js") {
        return;
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    for (at, quote) in text.match_indices(QUOTES) {
        let start = at + quote.len();
        let rest = &text[start..];
        if !rest.starts_with("./") && !rest.starts_with("../") {
            continue;
        }
        let Some(length) = rest.find(quote) else {
            continue;
        };
        let address = &rest[..length];
        // An address is short and has no blanks; anything else that begins so is text.
        if address.contains(|c: char| c.is_whitespace() || "(){}\"'`".contains(c)) {
            continue;
        }
        if let Some(target) = resolve(name, address) {
            found(start..start + length, target);
        }
    }
}

/// The name of the file that `address` means in the module `name`; `None` above the top.
fn resolve(name: &str, address: &str) -> Option<String> {
    let mut parts: Vec<&str> = name.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            other => parts.push(other),
        }
    }
    Some(parts.join("/"))
}

/// The address of `target` seen from the file `name`.
fn relative(name: &str, target: &str) -> String {
    let from: Vec<&str> = name.split('/').collect();
    let to: Vec<&str> = target.split('/').collect();
    let shared = from[..from.len() - 1]
        .iter()
        .zip(&to[..to.len() - 1])
        .take_while(|(a, b)| a == b)
        .count();
    let up = from.len() - 1 - shared;
    let start = if up == 0 {
        "./".to_owned()
    } else {
        "../".repeat(up)
    };
    start + &to[shared..].join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files;

    #[test]
    fn references_are_quoted_relative_addresses() {
        let module = r#"import { a } from "./b.js"; import('../c.js'); new URL("./d.wasm", import.meta.url); "../ e"; "f.js""#;
        assert_eq!(
            references("parts/a.js", module.as_bytes()),
            ["c.js", "parts/b.js", "parts/d.wasm"]
        );
    }

    #[test]
    fn names_hold_hashes_and_references_follow() {
        let files = files(&[
            (
                "turnsearch.js",
                r#"import("./i18n/en.js"); new URL("./engine_bg.wasm", x)"#,
            ),
            ("i18n/en.js", r#"import "../shared.js""#),
            ("shared.js", "1"),
            ("engine_bg.wasm", "\0asm"),
            ("turnsearch.d.ts", "export {}"),
        ]);
        let made = hashed(files).expect("there is no circle");
        assert_eq!(made.names["turnsearch.d.ts"], "turnsearch.d.ts");
        let text =
            |name: &str| String::from_utf8_lossy(&made.files[&made.names[name]]).into_owned();
        assert_eq!(
            text("i18n/en.js"),
            format!(r#"import "../{}""#, made.names["shared.js"])
        );
        assert_eq!(
            text("turnsearch.js"),
            format!(
                r#"import("./{}"); new URL("./{}", x)"#,
                made.names["i18n/en.js"], made.names["engine_bg.wasm"]
            )
        );
        assert_ne!(made.names["shared.js"], "shared.js");
    }

    #[test]
    fn another_content_is_another_name_up_to_the_top() {
        let of = |shared: &str| {
            let files = files(&[("a.js", r#"import "./b.js""#), ("b.js", shared)]);
            hashed(files).expect("there is no circle").names["a.js"].clone()
        };
        assert_ne!(of("1"), of("2"));
    }

    #[test]
    fn circles_are_refused_with_the_names() {
        let files = files(&[
            ("a.js", r#""./b.js""#),
            ("b.js", r#""./a.js""#),
            ("c.js", ""),
        ]);
        let circle = hashed(files).err().expect("there is a circle");
        assert_eq!(circle.names, ["a.js", "b.js"]);
    }
}
