//! Packs inside WebAssembly modules: reading the custom section, and replacing it.

use std::ops::Range;
use std::path::Path;

use turnsearch_pack::CUSTOM_SECTION;
use wasmparser::{Parser, Payload};

use crate::error::CliError;

/// Bytes of magic number and version.
const MODULE_HEADER: usize = 8;

/// The pack that the module `bytes` (read from `path`) carries.
///
/// # Errors
/// Where the bytes are no module, or the module has no pack.
pub fn pack_of(path: &Path, bytes: &[u8]) -> Result<Vec<u8>, CliError> {
    let sections = pack_sections(path, bytes)?;
    let content = sections.into_iter().next().map(|place| place.content);
    let content = content.ok_or_else(|| CliError::Module {
        path: path.to_owned(),
        what: format!("this module has no section `{CUSTOM_SECTION}`; it is an engine without a collection, or no turnsearch module"),
    })?;
    Ok(bytes[content].to_vec())
}

/// The module `bytes` with `pack` in place of whatever pack it carries.
///
/// # Errors
/// Where the bytes are no module.
pub fn with_pack(path: &Path, bytes: &[u8], pack: &[u8]) -> Result<Vec<u8>, CliError> {
    let mut module = without_pack(path, bytes)?;
    let name = CUSTOM_SECTION.as_bytes();
    let mut content = Vec::with_capacity(name.len() + pack.len() + 5);
    push_leb128(&mut content, name.len());
    content.extend(name);
    content.extend(pack);
    module.push(0);
    push_leb128(&mut module, content.len());
    module.extend(content);
    Ok(module)
}

/// The module `bytes` without any pack.
///
/// # Errors
/// Where the bytes are no module.
pub fn without_pack(path: &Path, bytes: &[u8]) -> Result<Vec<u8>, CliError> {
    let mut module = Vec::with_capacity(bytes.len());
    let mut kept = 0;
    for Place { whole, .. } in pack_sections(path, bytes)? {
        module.extend(&bytes[kept..whole.start]);
        kept = whole.end;
    }
    module.extend(&bytes[kept..]);
    Ok(module)
}

/// Where a section lies.
struct Place {
    /// The whole section, with its header.
    whole: Range<usize>,
    /// What stands behind its name.
    content: Range<usize>,
}

/// Where each pack section lies.
fn pack_sections(path: &Path, bytes: &[u8]) -> Result<Vec<Place>, CliError> {
    let mut found = Vec::new();
    // A section begins where the one before ends; the first one behind the module's header. (Its length
    // may be written in more bytes than it needs, so it cannot be reckoned back from the content.)
    let mut start = MODULE_HEADER;
    for payload in Parser::new(0).parse_all(bytes) {
        let payload = payload.map_err(|error| CliError::Module {
            path: path.to_owned(),
            what: format!("this is no whole WebAssembly module: {error}"),
        })?;
        let Some((_, range)) = payload.as_section() else {
            continue;
        };
        let end = range.end as usize;
        if let Payload::CustomSection(section) = &payload
            && section.name() == CUSTOM_SECTION
        {
            let content = end - section.data().len()..end;
            found.push(Place {
                whole: start..end,
                content,
            });
        }
        start = end;
    }
    Ok(found)
}

fn push_leb128(out: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY_MODULE: &[u8] = b"\0asm\x01\0\0\0";

    #[test]
    fn a_pack_goes_in_comes_out_and_is_replaced() {
        let path = Path::new("engine.wasm");
        assert!(pack_of(path, EMPTY_MODULE).is_err());
        let pack = vec![7; 1000];
        let module = with_pack(path, EMPTY_MODULE, &pack).expect("it is a module");
        assert_eq!(pack_of(path, &module).expect("it has a pack"), pack);
        let other = with_pack(path, &module, b"other").expect("it is a module");
        assert_eq!(pack_of(path, &other).expect("it has a pack"), b"other");
        assert_eq!(
            without_pack(path, &other).expect("it is a module"),
            EMPTY_MODULE
        );
    }

    #[test]
    fn what_is_no_module_is_refused() {
        for bytes in [
            &b"<html>"[..],
            b"",
            &EMPTY_MODULE[..6],
            b"\0asm\x01\0\0\0\0\x7f",
        ] {
            let error = pack_of(Path::new("page.wasm"), bytes).expect_err("it is no module");
            assert!(error.to_string().starts_with("page.wasm: "));
        }
    }
}
