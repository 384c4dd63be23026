//! Bytes to text: UTF-8, UTF-16, GB18030 and Big5, detected or given.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::DecoderResult;

use crate::unknown_name::UnknownName;

/// How the bytes of a source stand for characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Encoding {
    /// UTF-8, with or without byte order mark.
    Utf8,
    /// UTF-16, low byte first, with or without byte order mark.
    Utf16Le,
    /// UTF-16, high byte first, with or without byte order mark.
    Utf16Be,
    /// GB18030, with GBK and GB2312, which are parts of it.
    Gb18030,
    /// Big5, with the Hong Kong characters.
    Big5,
}

impl Encoding {
    /// Every encoding that is read, in the order in which messages list them.
    pub const ALL: [Encoding; 5] = [
        Encoding::Utf8,
        Encoding::Utf16Le,
        Encoding::Utf16Be,
        Encoding::Gb18030,
        Encoding::Big5,
    ];

    /// The name by which people ask for it, and which messages use.
    pub fn as_str(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16Le => "utf-16le",
            Encoding::Utf16Be => "utf-16be",
            Encoding::Gb18030 => "gb18030",
            Encoding::Big5 => "big5",
        }
    }

    fn table(self) -> &'static encoding_rs::Encoding {
        match self {
            Encoding::Utf8 => encoding_rs::UTF_8,
            Encoding::Utf16Le => encoding_rs::UTF_16LE,
            Encoding::Utf16Be => encoding_rs::UTF_16BE,
            Encoding::Gb18030 => encoding_rs::GB18030,
            Encoding::Big5 => encoding_rs::BIG5,
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Encoding {
    type Err = UnknownName;

    /// The encoding with this name; case means nothing.
    fn from_str(name: &str) -> Result<Encoding, UnknownName> {
        Encoding::ALL
            .into_iter()
            .find(|encoding| encoding.as_str().eq_ignore_ascii_case(name))
            .ok_or_else(|| UnknownName {
                kind: "encoding",
                name: name.to_owned(),
                known: Encoding::ALL.map(Encoding::as_str).to_vec(),
            })
    }
}

/// Bytes that are no character of an encoding.
#[derive(Debug)]
pub(crate) struct Undecodable {
    /// Line of the first of them, from 1.
    pub line: usize,
    /// Byte in that line, from 1.
    pub byte: usize,
    /// Name of the encoding that was tried.
    pub encoding: &'static str,
    /// What is known of the reason.
    pub cause: Miscoding,
}

/// Why bytes are no text in the encoding that was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Miscoding {
    /// Somebody said that it is this encoding.
    Given,
    /// The bytes, or what they say of themselves, had spoken for it.
    Detected,
    /// Some lines are certainly UTF-8, and others are not.
    Mixed,
    /// There are zero bytes, which text does not have.
    ZeroBytes,
    /// It is probably an encoding of this name, which is not read.
    Other(&'static str),
}

impl fmt::Display for Miscoding {
    /// What to do.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Miscoding::Given => "give another encoding, or none, to have it detected",
            Miscoding::Detected => {
                "save the file in one encoding, best UTF-8, or say which one it is in"
            }
            Miscoding::Mixed => {
                "other lines are UTF-8, so the file mixes encodings or is damaged here; repair \
                 this line, or read all of it in one encoding"
            }
            Miscoding::ZeroBytes => "it contains zero bytes; is it a text file at all?",
            Miscoding::Other(guess) => {
                return write!(
                    f,
                    "it may be {guess}; save it as UTF-8 (iconv -f {guess} -t UTF-8), or, if it \
                     is one of {}, say so",
                    Encoding::ALL.map(Encoding::as_str).join(", ")
                );
            }
        })
    }
}

/// The bytes of a source without byte order mark.
pub(crate) fn without_mark(bytes: &[u8]) -> &[u8] {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((_, length)) => &bytes[length..],
        None => bytes,
    }
}

/// The text of a source, without byte order mark.
///
/// Nothing is replaced: bytes that are no character of the encoding are an error with their line.
pub(crate) fn decode(bytes: &[u8], given: Option<Encoding>) -> Result<Cow<'_, str>, Undecodable> {
    let encoding = match given {
        Some(encoding) => encoding.table(),
        None => detect(bytes)?,
    };
    let body = match encoding_rs::Encoding::for_bom(bytes) {
        Some((marked, length)) if marked == encoding => &bytes[length..],
        _ => bytes,
    };
    encoding
        .decode_without_bom_handling_and_without_replacement(body)
        .ok_or_else(|| {
            let cause = match given {
                Some(_) => Miscoding::Given,
                None => Miscoding::Detected,
            };
            undecodable(body, encoding, cause)
        })
}

/// Tells the encoding: by its mark, because the bytes are UTF-8, by where zero bytes stand, by what
/// XML declares, or by which characters the bytes would be.
fn detect(bytes: &[u8]) -> Result<&'static encoding_rs::Encoding, Undecodable> {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return Ok(encoding);
    }
    if bytes.contains(&0)
        && let Some(encoding) = unmarked_utf16(bytes)
    {
        return Ok(encoding);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Ok(encoding_rs::UTF_8);
    }
    if let Some(encoding) = declared(bytes) {
        return Ok(encoding);
    }
    let no_utf8 = |cause| Err(undecodable(bytes, encoding_rs::UTF_8, cause));
    if is_partly_utf8(bytes, NO_ACCIDENT) {
        return no_utf8(Miscoding::Mixed);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if guess == encoding_rs::GBK || guess == encoding_rs::GB18030 {
        Ok(encoding_rs::GB18030)
    } else if guess == encoding_rs::BIG5 {
        Ok(guess)
    } else if bytes.contains(&0) {
        no_utf8(Miscoding::ZeroBytes)
    } else if is_partly_utf8(bytes, 1) {
        // In encodings of one byte a character, even one that is UTF-8 is rarely an accident.
        no_utf8(Miscoding::Mixed)
    } else {
        no_utf8(Miscoding::Other(guess.name()))
    }
}

/// The encoding that an XML declaration names, if it is another one than UTF-8.
fn declared(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = bytes.strip_prefix(b"<?xml")?;
    let end = head.windows(2).take(200).position(|pair| pair == b"?>")?;
    let declaration = std::str::from_utf8(&head[..end]).ok()?;
    let (_, value) = declaration.split_once("encoding")?;
    let name = value.trim_matches(|c: char| c == '=' || c.is_whitespace());
    let quote = name.chars().next()?;
    let name = name[quote.len_utf8()..].split(quote).next()?;
    encoding_rs::Encoding::for_label(name.as_bytes())
        .filter(|&encoding| encoding != encoding_rs::UTF_8)
}

/// Share of characters that must be common ones for bytes to be UTF-16, in percent.
const COMMON: usize = 95;
/// Bytes that are looked at.
const SAMPLE: usize = 64 << 10;

/// UTF-16 without a mark. Every blank and line end has a zero byte in it, which no other encoding
/// of text has; what the pairs stand for tells the order.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    if bytes.len() % 2 == 1 {
        return None;
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let common = |unit: fn([u8; 2]) -> u16| {
        let common = sample
            .chunks_exact(2)
            .filter(|pair| is_common(unit([pair[0], pair[1]])))
            .count();
        common * 100 >= COMMON * (sample.len() / 2)
    };
    if common(u16::from_le_bytes) {
        Some(encoding_rs::UTF_16LE)
    } else if common(u16::from_be_bytes) {
        Some(encoding_rs::UTF_16BE)
    } else {
        None
    }
}

/// Latin letters and signs, common punctuation, kana, ideographs, Hangul, full-width forms.
fn is_common(unit: u16) -> bool {
    matches!(unit,
        0x09 | 0x0a | 0x0d | 0x20..=0x7e | 0xa0..=0x24f | 0x2010..=0x2044 | 0x3000..=0x30ff
        | 0x4e00..=0x9fff | 0xac00..=0xd7a3 | 0xff00..=0xffef)
}

/// Characters outside ASCII on a line that is UTF-8 by no accident.
const NO_ACCIDENT: usize = 4;

/// Whether lines are UTF-8 that cannot be so by accident, with `least` characters outside ASCII,
/// and enough of them (one character in ten) to rule out that all is in one other encoding.
fn is_partly_utf8(bytes: &[u8], least: usize) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for line in bytes.split(|&byte| byte == b'\n') {
        match std::str::from_utf8(line) {
            Ok(line) => {
                let characters = line.chars().filter(|c| !c.is_ascii()).count();
                good += characters * usize::from(characters >= least);
            }
            // Two bytes a character, as in the older encodings.
            Err(_) => bad += line.iter().filter(|byte| !byte.is_ascii()).count() / 2,
        }
    }
    good > 0 && good * 10 >= bad
}

/// The fault of the first bytes that are no character of `encoding`.
fn undecodable(
    body: &[u8],
    encoding: &'static encoding_rs::Encoding,
    cause: Miscoding,
) -> Undecodable {
    let at = valid_up_to(body, encoding);
    let newline: &[u8] = if encoding == encoding_rs::UTF_16LE {
        b"\n\0"
    } else if encoding == encoding_rs::UTF_16BE {
        b"\0\n"
    } else {
        b"\n"
    };
    let lines_before: Vec<usize> = body[..at]
        .chunks_exact(newline.len())
        .enumerate()
        .filter(|(_, unit)| *unit == newline)
        .map(|(index, _)| (index + 1) * newline.len())
        .collect();
    Undecodable {
        line: 1 + lines_before.len(),
        byte: 1 + at - lines_before.last().copied().unwrap_or(0),
        encoding: encoding.name(),
        cause,
    }
}

/// How many bytes are characters of the encoding before the first that are not.
fn valid_up_to(body: &[u8], encoding: &'static encoding_rs::Encoding) -> usize {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut sink = String::with_capacity(SAMPLE);
    let mut at = 0;
    loop {
        sink.clear();
        let (result, read) =
            decoder.decode_to_string_without_replacement(&body[at..], &mut sink, true);
        at += read;
        match result {
            DecoderResult::InputEmpty => return body.len(),
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(wrong, after) => {
                return at.saturating_sub(usize::from(wrong) + usize::from(after));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "莎莉·科斯特頓：大家好，今天我們討論網域名稱系統的安全問題。\n唐鳳：謝謝，ICANN 的工作很重要。\n";

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    fn read(bytes: &[u8]) -> Result<String, Undecodable> {
        decode(bytes, None).map(Cow::into_owned)
    }

    #[test]
    fn every_encoding_is_detected() {
        let simplified = TEXT
            .replace("頓", "顿")
            .replace("網", "网")
            .replace("討論", "讨论")
            .replace("謝謝", "谢谢");
        let mut cases: Vec<(&str, Vec<u8>)> = vec![
            (TEXT, TEXT.as_bytes().to_vec()),
            (TEXT, [b"\xef\xbb\xbf", TEXT.as_bytes()].concat()),
            (TEXT, encoding_rs::BIG5.encode(TEXT).0.into_owned()),
            (
                &simplified,
                encoding_rs::GB18030.encode(&simplified).0.into_owned(),
            ),
        ];
        for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            cases.push((TEXT, utf16(TEXT, bytes)));
            cases.push((TEXT, utf16(&format!("\u{feff}{TEXT}"), bytes)));
            cases.push(("Jo: hello there\n", utf16("Jo: hello there\n", bytes)));
        }
        for (text, bytes) in cases {
            assert_eq!(read(&bytes).expect("detected"), text);
        }
    }

    #[test]
    fn a_given_encoding_is_taken_at_its_word() {
        let (bytes, _, _) = encoding_rs::GB18030.encode("甲：好");
        let text = decode(&bytes, Some(Encoding::Gb18030)).expect("GB18030");
        assert_eq!(text, "甲：好");
        let error = decode(&bytes, Some(Encoding::Utf8)).expect_err("not UTF-8");
        assert_eq!(error.cause, Miscoding::Given);
    }

    #[test]
    fn a_file_that_mixes_encodings_is_named_with_the_line() {
        let (wrong, _, _) = encoding_rs::GB18030.encode("乙：不好，这一行是另一种编码。");
        let mixed = [TEXT.as_bytes(), &wrong, b"\n", TEXT.as_bytes()].concat();
        let others = [wrong.as_ref(), b"\n"].concat().repeat(3);
        let mostly_other = [others.as_slice(), TEXT.as_bytes()].concat();
        let latin = b"A: caf\xc3\xa9\nB: caf\xe9\n";
        for (bytes, line, byte) in [(&mostly_other[..], 1, 1), (&mixed, 3, 1), (latin, 2, 7)] {
            let error = read(bytes).expect_err("mixed");
            assert_eq!(
                (error.cause, error.line, error.byte),
                (Miscoding::Mixed, line, byte)
            );
            assert_eq!(error.encoding, "UTF-8");
        }
    }

    #[test]
    fn a_wrong_byte_is_named_with_its_place() {
        let error = read(b"ab\nc\xff").expect_err("no text");
        assert_eq!((error.line, error.byte), (2, 2));
        let cut = utf16("\u{feff}ab\ncd", u16::to_le_bytes);
        let error = read(&cut[..cut.len() - 1]).expect_err("half a character");
        assert_eq!((error.line, error.byte), (2, 3));
    }

    #[test]
    fn names_are_read_as_they_are_written() {
        for encoding in Encoding::ALL {
            assert_eq!(
                encoding.to_string().parse::<Encoding>().ok(),
                Some(encoding)
            );
        }
        let error = "latin1"
            .parse::<Encoding>()
            .expect_err("not read")
            .to_string();
        assert!(
            error.contains("latin1") && error.contains("gb18030"),
            "{error}"
        );
    }
}
