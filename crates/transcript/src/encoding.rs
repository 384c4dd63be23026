//! Bytes to text, in whatever encoding, detected or given.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::DecoderResult;

use crate::unknown_name::UnknownName;

macro_rules! encodings {
    ($($(#[$about:meta])* $variant:ident => $name:literal, $table:ident;)*) => {
        /// How the bytes of a source stand for characters.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Encoding {
            $($(#[$about])* $variant,)*
        }

        impl Encoding {
            /// Every encoding that is read, in the order in which messages list them.
            pub const ALL: &[Encoding] = &[$(Encoding::$variant,)*];

            /// The name by which people ask for it, and which messages use.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Encoding::$variant => $name,)*
                }
            }

            fn table(self) -> &'static encoding_rs::Encoding {
                match self {
                    $(Encoding::$variant => encoding_rs::$table,)*
                }
            }
        }
    };
}

encodings! {
    /// UTF-8, with or without byte order mark.
    Utf8 => "utf-8", UTF_8;
    /// UTF-16, low byte first, with or without byte order mark.
    Utf16Le => "utf-16le", UTF_16LE;
    /// UTF-16, high byte first, with or without byte order mark.
    Utf16Be => "utf-16be", UTF_16BE;
    /// GB18030, with GBK and GB2312, which are parts of it.
    Gb18030 => "gb18030", GB18030;
    /// Big5, with the Hong Kong characters.
    Big5 => "big5", BIG5;
    /// Shift_JIS, as Windows has it: Japanese.
    ShiftJis => "shift_jis", SHIFT_JIS;
    /// EUC-JP: Japanese.
    EucJp => "euc-jp", EUC_JP;
    /// ISO-2022-JP: Japanese. It is never detected.
    Iso2022Jp => "iso-2022-jp", ISO_2022_JP;
    /// EUC-KR, as Windows has it: Korean.
    EucKr => "euc-kr", EUC_KR;
    /// Windows, Central Europe.
    Windows1250 => "windows-1250", WINDOWS_1250;
    /// Windows, Cyrillic.
    Windows1251 => "windows-1251", WINDOWS_1251;
    /// Windows, Western Europe, with ISO 8859-1, which is a part of it.
    Windows1252 => "windows-1252", WINDOWS_1252;
    /// Windows, Greek.
    Windows1253 => "windows-1253", WINDOWS_1253;
    /// Windows, Turkish, with ISO 8859-9, which is a part of it.
    Windows1254 => "windows-1254", WINDOWS_1254;
    /// Windows, Hebrew.
    Windows1255 => "windows-1255", WINDOWS_1255;
    /// Windows, Arabic.
    Windows1256 => "windows-1256", WINDOWS_1256;
    /// Windows, Baltic.
    Windows1257 => "windows-1257", WINDOWS_1257;
    /// Windows, Vietnamese.
    Windows1258 => "windows-1258", WINDOWS_1258;
    /// Windows, Thai, with ISO 8859-11, which is a part of it.
    Windows874 => "windows-874", WINDOWS_874;
    /// ISO 8859-2: Central Europe.
    Iso8859_2 => "iso-8859-2", ISO_8859_2;
    /// ISO 8859-3: Southern Europe.
    Iso8859_3 => "iso-8859-3", ISO_8859_3;
    /// ISO 8859-4: Northern Europe.
    Iso8859_4 => "iso-8859-4", ISO_8859_4;
    /// ISO 8859-5: Cyrillic.
    Iso8859_5 => "iso-8859-5", ISO_8859_5;
    /// ISO 8859-6: Arabic.
    Iso8859_6 => "iso-8859-6", ISO_8859_6;
    /// ISO 8859-7: Greek.
    Iso8859_7 => "iso-8859-7", ISO_8859_7;
    /// ISO 8859-8: Hebrew.
    Iso8859_8 => "iso-8859-8", ISO_8859_8;
    /// ISO 8859-8 in the order in which it is read: Hebrew.
    Iso8859_8I => "iso-8859-8-i", ISO_8859_8_I;
    /// ISO 8859-10: Nordic.
    Iso8859_10 => "iso-8859-10", ISO_8859_10;
    /// ISO 8859-13: Baltic.
    Iso8859_13 => "iso-8859-13", ISO_8859_13;
    /// ISO 8859-14: Celtic.
    Iso8859_14 => "iso-8859-14", ISO_8859_14;
    /// ISO 8859-15: Western Europe with the euro sign.
    Iso8859_15 => "iso-8859-15", ISO_8859_15;
    /// ISO 8859-16: South-Eastern Europe.
    Iso8859_16 => "iso-8859-16", ISO_8859_16;
    /// KOI8-R: Russian.
    Koi8R => "koi8-r", KOI8_R;
    /// KOI8-U: Ukrainian.
    Koi8U => "koi8-u", KOI8_U;
    /// Code page 866 of DOS: Cyrillic.
    Ibm866 => "ibm866", IBM866;
    /// Mac OS before X, Western Europe.
    Macintosh => "macintosh", MACINTOSH;
    /// Mac OS before X, Cyrillic.
    MacCyrillic => "x-mac-cyrillic", X_MAC_CYRILLIC;
}

impl Encoding {
    /// Whether it is one of Unicode, which is told by marks or by all bytes being valid.
    pub fn is_unicode(self) -> bool {
        matches!(self, Encoding::Utf8 | Encoding::Utf16Le | Encoding::Utf16Be)
    }

    /// The encoding that the library knows by a table; GBK is read as GB18030, of which it is a
    /// part. None for those that are no text.
    fn of(table: &'static encoding_rs::Encoding) -> Option<Encoding> {
        let table = if table == encoding_rs::GBK {
            encoding_rs::GB18030
        } else {
            table
        };
        let mut all = Encoding::ALL.iter().copied();
        all.find(|encoding| encoding.table() == table)
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Encoding {
    type Err = UnknownName;

    /// The encoding with this name, or with one of those that the web has for it, such as
    /// `latin1`; case means nothing.
    fn from_str(name: &str) -> Result<Encoding, UnknownName> {
        encoding_rs::Encoding::for_label(name.as_bytes())
            .and_then(Encoding::of)
            .ok_or_else(|| UnknownName {
                kind: "encoding",
                name: name.to_owned(),
                known: Encoding::ALL.iter().map(|known| known.as_str()).collect(),
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

/// The text of a source, without byte order mark, and its encoding.
///
/// Nothing is replaced: bytes that are no character of the encoding are an error with their line.
pub(crate) fn decode(
    bytes: &[u8],
    given: Option<Encoding>,
) -> Result<(Cow<'_, str>, Encoding), Undecodable> {
    let encoding = match given {
        Some(encoding) => encoding,
        None => detect(bytes)?,
    };
    let table = encoding.table();
    let body = match encoding_rs::Encoding::for_bom(bytes) {
        Some((marked, length)) if marked == table => &bytes[length..],
        _ => bytes,
    };
    let text = table
        .decode_without_bom_handling_and_without_replacement(body)
        .ok_or_else(|| {
            let cause = match given {
                Some(_) => Miscoding::Given,
                None => Miscoding::Detected,
            };
            undecodable(body, table, cause)
        })?;
    Ok((text, encoding))
}

/// Tells the encoding: by its mark, because the bytes are UTF-8, by where zero bytes stand, by what
/// XML declares, or by which characters the bytes would be.
fn detect(bytes: &[u8]) -> Result<Encoding, Undecodable> {
    if let Some(encoding) = encoding_rs::Encoding::for_bom(bytes)
        .and_then(|(table, _)| Encoding::of(table))
        .or_else(|| unmarked_utf16(bytes))
    {
        return Ok(encoding);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Ok(Encoding::Utf8);
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
    if bytes.contains(&0) {
        return no_utf8(Miscoding::ZeroBytes);
    }
    // In encodings of one byte a character, even one that is UTF-8 is rarely an accident.
    if guess.is_single_byte() && is_partly_utf8(bytes, 1) {
        return no_utf8(Miscoding::Mixed);
    }
    match Encoding::of(guess) {
        Some(encoding) if is_text(bytes, guess) => Ok(encoding),
        _ => no_utf8(Miscoding::Detected),
    }
}

/// Whether bytes hold no control characters but those of lines: tables with a character for every
/// byte take anything.
fn is_text(bytes: &[u8], table: &'static encoding_rs::Encoding) -> bool {
    let is_sign = |byte: u8| {
        byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1a | 0x1b)
    };
    // The bytes of a character outside ASCII are above 0x20 in all encodings that are detected.
    if bytes.iter().any(|&byte| is_sign(byte)) {
        return false;
    }
    // In the tables of one byte a character, these alone can be control characters.
    let upper: Vec<u8> = (0x80..=0x9f).filter(|byte| bytes.contains(byte)).collect();
    let text = table.decode_without_bom_handling(&upper).0;
    !table.is_single_byte()
        || !text
            .chars()
            .any(|c| c.is_control() || c == char::REPLACEMENT_CHARACTER)
}

/// The encoding that an XML declaration names, if it is another one than UTF-8.
fn declared(bytes: &[u8]) -> Option<Encoding> {
    let head = bytes.strip_prefix(b"<?xml")?;
    let end = head.windows(2).take(200).position(|pair| pair == b"?>")?;
    let declaration = std::str::from_utf8(&head[..end]).ok()?;
    let (_, value) = declaration.split_once("encoding")?;
    let name = value.trim_matches(|c: char| c == '=' || c.is_whitespace());
    let quote = name.chars().next()?;
    let name = name[quote.len_utf8()..].split(quote).next()?;
    encoding_rs::Encoding::for_label(name.as_bytes())
        .and_then(Encoding::of)
        .filter(|&encoding| encoding != Encoding::Utf8)
}

/// Share of characters that must be common ones for bytes to be UTF-16, in percent.
const COMMON: usize = 95;
/// Bytes that are looked at.
const SAMPLE: usize = 64 << 10;

/// UTF-16 without a mark. Every blank and line end has a zero byte in it, which no other encoding
/// of text has; what the pairs stand for tells the order.
fn unmarked_utf16(bytes: &[u8]) -> Option<Encoding> {
    if bytes.len() % 2 == 1 || !bytes.contains(&0) {
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
        Some(Encoding::Utf16Le)
    } else if common(u16::from_be_bytes) {
        Some(Encoding::Utf16Be)
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
        decode(bytes, None).map(|(text, _)| text.into_owned())
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
    fn older_encodings_are_told_by_the_characters_that_the_bytes_would_be() {
        for (label, text) in [
            (
                "windows-1252",
                "Moderatorin: Grüß Gott, schön, dass Sie „alle“ da sind.\nGast: Danke für die Einladung.\n",
            ),
            (
                "windows-1252",
                "Président : La séance est ouverte, à l’unanimité.\nMme Hélène Côté : Merci, très bien.\n",
            ),
            (
                "windows-1250",
                "Přednosta: Dobrý den, vítám vás všechny na dnešní schůzi.\nHost: Děkuji za pozvání, těší mě.\n",
            ),
            (
                "windows-1251",
                "Председатель: Добрый вечер, начинаем заседание.\nГостья: Спасибо за приглашение.\n",
            ),
            (
                "koi8-u",
                "Голова: Добрий вечір, починаємо засідання комітету.\nГостя: Дякую за запрошення, її слухали.\n",
            ),
            (
                "iso-8859-5",
                "Председатель: Добрый вечер, начинаем заседание комитета.\nГостья: Спасибо за приглашение.\n",
            ),
            (
                "windows-1253",
                "Πρόεδρος: Καλησπέρα σας, αρχίζουμε τη συνεδρίαση.\nΆννα: Ευχαριστώ πολύ.\n",
            ),
            (
                "windows-1254",
                "Başkan: İyi akşamlar, toplantıyı açıyorum, hoş geldiniz.\nÜye: Teşekkür ederim, çok güzel.\n",
            ),
            (
                "windows-1255",
                "יושב ראש: ערב טוב לכולם, אנחנו פותחים את הישיבה.\nאורחת: תודה רבה על ההזמנה.\n",
            ),
            (
                "windows-1256",
                "الرئيس: مساء الخير، نفتتح الجلسة الآن.\nالضيفة: شكرا جزيلا على الدعوة.\n",
            ),
            (
                "shift_jis",
                "議長：こんばんは。会議を始めます。\n田中：ありがとうございます。\n",
            ),
            (
                "euc-jp",
                "議長：こんばんは。会議を始めます。\n田中：ありがとうございます。\n",
            ),
            (
                "euc-kr",
                "의장: 안녕하십니까. 회의를 시작하겠습니다.\n손님: 초대해 주셔서 감사합니다.\n",
            ),
        ] {
            let encoding: Encoding = label.parse().expect(label);
            let (bytes, _, lossy) = encoding.table().encode(text);
            assert!(!lossy, "{label} cannot hold the text");
            let (read, taken) = decode(&bytes, None).unwrap_or_else(|e| panic!("{label}: {e:?}"));
            assert_eq!((read.as_ref(), taken), (text, encoding), "{label}");
        }
    }

    #[test]
    fn bytes_that_no_text_has_are_refused_though_a_table_has_characters_for_them() {
        for bytes in [
            &b"a\xe9b\x01c"[..],
            b"caf\xe9 \x81 x",
            b"\x89PNG\r\n\x02\xff\xfe",
        ] {
            let error = read(bytes).expect_err("no text");
            assert_eq!(error.cause, Miscoding::Detected, "{bytes:?}");
        }
    }

    #[test]
    fn a_given_encoding_is_taken_at_its_word() {
        let (bytes, _, _) = encoding_rs::GB18030.encode("甲：好");
        let (text, encoding) = decode(&bytes, Some(Encoding::Gb18030)).expect("GB18030");
        assert_eq!((text.as_ref(), encoding), ("甲：好", Encoding::Gb18030));
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
        let error = read(b"ab\nc\xff\x02").expect_err("no text");
        assert_eq!((error.line, error.byte), (2, 2));
        let cut = utf16("\u{feff}ab\ncd", u16::to_le_bytes);
        let error = read(&cut[..cut.len() - 1]).expect_err("half a character");
        assert_eq!((error.line, error.byte), (2, 3));
    }

    #[test]
    fn names_are_read_as_they_are_written() {
        for &encoding in Encoding::ALL {
            assert_eq!(
                encoding.to_string().parse::<Encoding>().ok(),
                Some(encoding)
            );
        }
        assert_eq!(
            "Latin1".parse::<Encoding>().ok(),
            Some(Encoding::Windows1252)
        );
        assert_eq!("gbk".parse::<Encoding>().ok(), Some(Encoding::Gb18030));
        let error = "latin-99".parse::<Encoding>().expect_err("not read");
        let error = error.to_string();
        assert!(
            error.contains("latin-99") && error.contains("gb18030"),
            "{error}"
        );
    }
}
