//! The outer shape of a pack: signature, version, and a table of sections with checksums.
//!
//! ```text
//! offset  bytes  what (numbers little-endian)
//! 0       8      signature 89 "turns" 0D 0A
//! 8       2      format version
//! 10      2      number of sections S
//! 12      4      bytes of the whole pack
//! 16      4      checksum of the table, begun with the checksum of the bytes 0..16
//! 20      16·S   table: tag (4 ASCII letters), offset, length, checksum of the section
//! …              the sections, in the order of the table, without gaps
//! ```
//!
//! Every byte is under exactly one checksum, so no change goes unseen. The signature begins with a
//! byte that is not ASCII and ends in CR LF, which betrays a transfer in text mode.
//!
//! Checksums are XXH32 (Y. Collet: xxHash, 2012), which takes four numbers at a time and no tables:
//! CRC-32 takes eight times as long. Each step of it can be undone, so every change of a single
//! byte of a section is seen; of other changes one in 2^32 is not.

use std::ops::Range;

use twox_hash::XxHash32;

use crate::bytes::number_at;
use crate::error::PackError;
use crate::format::{FORMAT_VERSION, SIGNATURE, SectionTag};

const HEADER: usize = 20;
const TABLE_ENTRY: usize = 16;

/// The sections of a pack: where each lies in the bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sections(Vec<(SectionTag, Range<usize>)>);

impl Sections {
    /// Reads and checks header, table and checksums of `pack`.
    ///
    /// # Errors
    /// Every kind of damage has its own [`PackError`]. Nothing past the header is looked at before
    /// the header's own checksum has been found right.
    #[inline(never)] // a seam: docs/ARCHITECTURE.md, "The module"
    pub fn read(pack: &[u8]) -> Result<Self, PackError> {
        if !pack.starts_with(&SIGNATURE) {
            return Err(PackError::NotAPack);
        }
        let short = |expected: usize, section| PackError::Length {
            expected: expected as u64,
            found: pack.len() as u64,
            section,
        };
        if pack.len() < HEADER {
            return Err(short(HEADER, None));
        }
        let found = number_at(pack, 8, 2) as u16;
        if found != FORMAT_VERSION {
            return Err(PackError::Version { found });
        }
        let table_end = HEADER + TABLE_ENTRY * number_at(pack, 10, 2);
        let total = number_at(pack, 12, 4);
        let Some(table) = pack.get(HEADER..table_end) else {
            return Err(short(total.max(table_end), None));
        };
        if header_checksum(pack, table) != number_at(pack, 16, 4) as u32 {
            return Err(PackError::Header);
        }
        if pack.len() != total {
            return Err(short(total, last_begun(pack, table)));
        }
        Self::read_table(pack, table)
    }

    fn read_table(pack: &[u8], table: &[u8]) -> Result<Self, PackError> {
        let mut sections = Vec::new();
        let mut expected_start = HEADER + table.len();
        for entry in table.chunks_exact(TABLE_ENTRY) {
            let section = tag_of(entry);
            let start = number_at(entry, 4, 4);
            let range = start..start.saturating_add(number_at(entry, 8, 4));
            let content = pack.get(range.clone());
            let content = content.filter(|_| start == expected_start);
            let content = content.ok_or(PackError::Header)?;
            if checksum(content) != number_at(entry, 12, 4) as u32 {
                return Err(PackError::Checksum { section });
            }
            expected_start = range.end;
            sections.push((section, range));
        }
        if expected_start != pack.len() {
            return Err(PackError::Header);
        }
        Ok(Self(sections))
    }

    /// Where `section` lies.
    ///
    /// # Errors
    /// [`PackError::Missing`] if the pack has no such section.
    pub fn get(&self, section: SectionTag) -> Result<Range<usize>, PackError> {
        for (tag, range) in self.iter() {
            if tag == section {
                return Ok(range);
            }
        }
        Err(PackError::Missing { section })
    }

    /// Every section with its place, in the order of the pack.
    pub fn iter(&self) -> impl Iterator<Item = (SectionTag, Range<usize>)> + '_ {
        self.0.iter().cloned()
    }
}

/// Puts `sections` into one pack.
///
/// # Errors
/// [`PackError::Length`] where the whole would not fit the format's 32-bit offsets.
#[cfg(feature = "write")]
pub fn assemble(sections: &[(SectionTag, Vec<u8>)]) -> Result<Vec<u8>, PackError> {
    let table_end = HEADER + TABLE_ENTRY * sections.len();
    let total = table_end + sections.iter().map(|(_, bytes)| bytes.len()).sum::<usize>();
    let too_large = |_| PackError::Length {
        expected: u64::from(u32::MAX),
        found: total as u64,
        section: None,
    };
    let total = u32::try_from(total).map_err(too_large)?;

    let mut pack = Vec::with_capacity(total as usize);
    pack.extend(SIGNATURE);
    pack.extend(FORMAT_VERSION.to_le_bytes());
    pack.extend((sections.len() as u16).to_le_bytes());
    pack.extend(total.to_le_bytes());
    pack.extend([0; 4]);
    let mut start = table_end as u32;
    for (tag, bytes) in sections {
        pack.extend(tag.0);
        pack.extend(start.to_le_bytes());
        pack.extend((bytes.len() as u32).to_le_bytes());
        pack.extend(checksum(bytes).to_le_bytes());
        start += bytes.len() as u32;
    }
    let checksum = header_checksum(&pack, &pack[HEADER..table_end]);
    pack[16..20].copy_from_slice(&checksum.to_le_bytes());
    for (_, bytes) in sections {
        pack.extend(bytes);
    }
    Ok(pack)
}

/// The section in which a pack that was cut short ends; `None` where it is too long.
fn last_begun(pack: &[u8], table: &[u8]) -> Option<SectionTag> {
    let mut entries = table.chunks_exact(TABLE_ENTRY);
    let end = |entry: &[u8]| number_at(entry, 4, 4) as u64 + number_at(entry, 8, 4) as u64;
    let cut = entries.find(|entry| end(entry) > pack.len() as u64)?;
    Some(tag_of(cut))
}

fn tag_of(entry: &[u8]) -> SectionTag {
    SectionTag(entry.first_chunk().copied().unwrap_or_default())
}

/// The checksum of a section.
pub fn checksum(section: &[u8]) -> u32 {
    XxHash32::oneshot(0, section)
}

/// The checksum of the header but for itself, and of the table behind it.
fn header_checksum(pack: &[u8], table: &[u8]) -> u32 {
    let before = checksum(pack.get(..16).unwrap_or_default());
    XxHash32::oneshot(before, table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_those_of_the_specification() {
        assert_eq!(checksum(b""), 0x02CC_5D05);
        assert_eq!(checksum(b"abc"), 0x32D1_53FF);
        assert_eq!(
            checksum(b"Nobody inspects the spammish repetition"),
            0xE229_3B2F
        );
    }
}
