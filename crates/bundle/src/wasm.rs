//! Custom sections of WebAssembly modules: reading, replacing and removing them.

use std::ops::Range;

use wasmparser::{BinaryReaderError, Parser, Payload};

/// Bytes of magic number and version.
const MODULE_HEADER: usize = 8;

/// Why a module cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModuleError {
    /// The bytes are no module, or not all of one.
    #[error("this is no whole WebAssembly module: {0}")]
    NotWhole(#[from] BinaryReaderError),
    /// The module has no such custom section.
    #[error(
        "this module has no section `{name}`; it is an engine without a collection, or no \
         turnsearch module"
    )]
    NoSection {
        /// The section that was looked for.
        name: String,
    },
}

/// The content of the first custom section `name`.
///
/// # Errors
/// Where the bytes are no module, or the module has no such section.
pub fn section<'module>(module: &'module [u8], name: &str) -> Result<&'module [u8], ModuleError> {
    let first = places(module, name)?.into_iter().next();
    first
        .map(|place| &module[place.content])
        .ok_or_else(|| ModuleError::NoSection {
            name: name.to_owned(),
        })
}

/// The module with one custom section `name`, at its end, in place of all that have this name.
///
/// # Errors
/// Where the bytes are no module.
pub fn with_section(module: &[u8], name: &str, content: &[u8]) -> Result<Vec<u8>, ModuleError> {
    let mut made = without_section(module, name)?;
    let mut section = Vec::with_capacity(name.len() + content.len() + 5);
    push_leb128(&mut section, name.len());
    section.extend(name.as_bytes());
    section.extend(content);
    made.push(0);
    push_leb128(&mut made, section.len());
    made.extend(section);
    Ok(made)
}

/// The module without custom sections `name`.
///
/// # Errors
/// Where the bytes are no module.
pub fn without_section(module: &[u8], name: &str) -> Result<Vec<u8>, ModuleError> {
    let mut made = Vec::with_capacity(module.len());
    let mut kept = 0;
    for Place { whole, .. } in places(module, name)? {
        made.extend(&module[kept..whole.start]);
        kept = whole.end;
    }
    made.extend(&module[kept..]);
    Ok(made)
}

/// Where a section lies.
struct Place {
    /// The whole section, with its header.
    whole: Range<usize>,
    /// What follows its name.
    content: Range<usize>,
}

/// Where each custom section `name` lies.
fn places(module: &[u8], name: &str) -> Result<Vec<Place>, BinaryReaderError> {
    let mut found = Vec::new();
    // A section begins where the one before ends; the first one after the module's header. (Its
    // length may be written in more bytes than it needs, so it cannot be reckoned back from the
    // content.)
    let mut start = MODULE_HEADER;
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        let Some((_, range)) = payload.as_section() else {
            continue;
        };
        let end = range.end as usize;
        if let Payload::CustomSection(section) = &payload
            && section.name() == name
        {
            found.push(Place {
                whole: start..end,
                content: end - section.data().len()..end,
            });
        }
        start = end;
    }
    Ok(found)
}

/// Writes a number as wasm does, seven bits a byte.
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
    const NAME: &str = "turnsearch.pack";

    #[test]
    fn a_section_goes_in_comes_out_and_is_replaced() {
        assert!(matches!(
            section(EMPTY_MODULE, NAME),
            Err(ModuleError::NoSection { .. })
        ));
        let pack = vec![7; 1000];
        let module = with_section(EMPTY_MODULE, NAME, &pack).expect("it is a module");
        assert_eq!(section(&module, NAME).expect("it is there"), pack);
        let other = with_section(&module, NAME, b"other").expect("it is a module");
        assert_eq!(section(&other, NAME).expect("it is there"), b"other");
        assert_eq!(
            without_section(&other, NAME).expect("it is a module"),
            EMPTY_MODULE
        );
    }

    #[test]
    fn sections_of_other_names_stay_as_they_are() {
        let other = with_section(EMPTY_MODULE, "producers", &[7; 100]).expect("it is a module");
        let both = with_section(&other, NAME, &[1; 50]).expect("it is a module");
        assert_eq!(without_section(&both, NAME).expect("it is one"), other);
        assert_eq!(without_section(&other, NAME).expect("it is one"), other);
    }

    #[test]
    fn what_is_no_module_is_refused() {
        let whole = with_section(EMPTY_MODULE, NAME, b"turns").expect("it is a module");
        for bytes in [
            &b"<html>"[..],
            b"",
            &EMPTY_MODULE[..6],
            b"\0asm\x01\0\0\0\0\x7f",
            &whole[..whole.len() - 1],
        ] {
            for made in [
                section(bytes, NAME).map(<[u8]>::to_vec),
                without_section(bytes, NAME),
                with_section(bytes, NAME, b""),
            ] {
                assert!(matches!(made, Err(ModuleError::NotWhole(_))), "{bytes:?}");
            }
        }
    }

    #[test]
    fn a_length_has_seven_bits_a_byte() {
        for (length, wanted) in [(0, &[0][..]), (127, &[127]), (128, &[0x80, 1])] {
            let mut bytes = Vec::new();
            push_leb128(&mut bytes, length);
            assert_eq!(bytes, wanted);
        }
    }
}
