//! Making a pack from a collection.

mod code;
mod collection;
mod grammar;
mod huffman;
mod literals;
mod parallel;
mod parse;
mod phrases;
mod vocabulary;
mod words;

use std::borrow::Cow;

use turnsearch_model::Collection;
use turnsearch_text::FoldTable;

use self::literals::characters;
use self::words::Words;
use crate::code::TextCode;
use crate::container;
use crate::error::PackError;
use crate::format::SectionTag;
use crate::read::{MAX_TEXT_BYTES, Pack, most_text};
use crate::tables;

/// Why a collection cannot become a pack.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// There is nothing to search.
    #[error("the collection has no turn; give at least one transcript or document with text")]
    Empty,
    /// The collection is larger than one pack may be.
    #[error("the collection has {0} bytes of text, a pack holds at most {max}; split it into several packs", max = MAX_TEXT_BYTES)]
    TooLarge(usize),
    /// The texts, of so many bytes, repeat themselves so much that readers would take the pack of
    /// them, of so many bytes, for a forged one.
    #[error("the collection has {0} bytes of text that repeats itself so much that a pack of it has {1}, in which a reader takes at most {max}; leave the copies out", max = most_text(*.1))]
    TooRepetitive(usize, usize),
    /// The lexicon could not be made.
    #[error("the lexicon could not be made: {0}")]
    Lexicon(#[from] fst::Error),
    /// What was written does not fit or cannot be read back.
    #[error("the finished pack does not open: {0}")]
    Pack(#[from] PackError),
}

/// The pack of `collection`. The same collection gives the same bytes.
///
/// # Errors
/// A [`WriteError`] where the collection is empty or too large.
pub fn write(collection: &Collection) -> Result<Vec<u8>, WriteError> {
    let turns = collection::turn_texts(collection);
    let outline = Outline::of(collection, &turns)?;
    pack(outline, turns.iter().map(|turn| &**turn).collect())
}

/// The pack of `collection`, as [`write()`] makes it, in less memory: of the collection only the
/// texts are kept while words and rules are looked for.
///
/// # Errors
/// As [`write()`].
pub fn write_owned(collection: Collection) -> Result<Vec<u8>, WriteError> {
    let outline = Outline::of(&collection, &collection::turn_texts(&collection))?;
    let texts = collection::take_turn_texts(collection);
    pack(outline, texts.iter().map(|text| &**text).collect())
}

/// What a pack holds of a collection besides its turns.
struct Outline {
    /// The section [`SectionTag::COLLECTION`].
    section: Vec<u8>,
    /// The strings that it mentions.
    strings: Vec<String>,
}

impl Outline {
    fn of(collection: &Collection, turns: &[Cow<'_, str>]) -> Result<Self, WriteError> {
        if turns.is_empty() {
            return Err(WriteError::Empty);
        }
        let text_bytes = turns.iter().map(|turn| turn.len()).sum();
        if text_bytes > MAX_TEXT_BYTES {
            return Err(WriteError::TooLarge(text_bytes));
        }
        let mut strings = Vec::new();
        let section = collection::write(collection, text_bytes, &mut strings);
        Ok(Self { section, strings })
    }
}

fn pack(outline: Outline, turns: Vec<&str>) -> Result<Vec<u8>, WriteError> {
    let used = characters(turns.iter().copied());
    let fold_table = turnsearch_text::table::fold_table(&used.into_iter().collect());
    let words = Words::of(&turns, &fold_table)?;

    let strings = outline.strings.iter().map(String::as_str);
    let phrases = words.phrases.iter().map(|phrase| phrase.text.as_str());
    let phrase_turns: Vec<u32> = words.phrases.iter().map(|phrase| phrase.turns).collect();
    let texts: Vec<&str> = strings.chain(phrases).chain(turns).collect();
    let (code_section, text_section) = code::encode(&texts);
    let text_bytes = texts.iter().map(|text| text.len()).sum();
    // The tables are made for the characters that the code has, which include those of names.
    let mut code = TextCode::default();
    let read = code.read(&code_section);
    read.map_err(|fault| PackError::malformed(SectionTag::CODE, fault))?;
    let literals = code.literals();
    let fold_table = turnsearch_text::table::fold_table(&literals.iter().copied().collect());

    let sections = [
        (SectionTag::COLLECTION, outline.section),
        (SectionTag::PHRASES, crate::phrases::write(&phrase_turns)),
        (SectionTag::CODE, code_section),
        (SectionTag::FOLD, tables::write_fold(&fold_table, literals)),
        (SectionTag::PINYIN, pinyin_section(literals, &fold_table)),
        (SectionTag::LEXICON, words.lexicon),
        (SectionTag::TEXT, text_section),
    ];
    let pack = container::assemble(&sections)?;
    if text_bytes > most_text(pack.len()) {
        return Err(WriteError::TooRepetitive(text_bytes, pack.len()));
    }
    // Nobody gets a pack that no reader takes.
    Pack::open(pack.clone(), &mut |_, _| ())?;
    Ok(pack)
}

fn pinyin_section(literals: &[char], fold_table: &FoldTable) -> Vec<u8> {
    let ideographs = tables::folded_ideographs(literals, fold_table);
    let readings: Vec<Vec<&str>> = ideographs
        .iter()
        .map(|&ideograph| readings(ideograph))
        .collect();
    tables::write_pinyin(&readings)
}

/// The readings of an ideograph without tones, the usual one first, at most three: rarer ones
/// would cost bytes and bring false matches.
fn readings(ideograph: char) -> Vec<&'static str> {
    use pinyin::{ToPinyin, ToPinyinMulti};
    const MOST: usize = 3;
    let mut readings: Vec<&str> = ideograph
        .to_pinyin()
        .map(|usual| usual.plain())
        .into_iter()
        .collect();
    for reading in ideograph.to_pinyin_multi().into_iter().flatten() {
        if readings.len() < MOST
            && reading.plain().is_ascii()
            && !readings.contains(&reading.plain())
        {
            readings.push(reading.plain());
        }
    }
    readings.retain(|reading| reading.is_ascii());
    readings
}

#[cfg(test)]
mod tests {
    use turnsearch_model::{Collection, Kind, Meeting, Speaker, SpeakerId, Turn};

    #[test]
    fn a_collection_given_away_makes_the_same_pack() {
        // Both with turns and with blocks that have headings of their own.
        let turn = |n: u32, heading: &str, text: &str| Turn {
            n,
            speaker: heading.is_empty().then_some(SpeakerId(0)),
            heading: (!heading.is_empty())
                .then(|| heading.to_owned())
                .into_iter()
                .collect(),
            text: text.repeat(20),
            ..Turn::default()
        };
        let meeting = |id: &str, kind: Kind, turns: Vec<Turn>| Meeting {
            id: id.to_owned(),
            source: format!("{id}.txt"),
            kind,
            turns,
            ..Meeting::default()
        };
        let collection = Collection {
            meetings: vec![
                meeting(
                    "talk",
                    Kind::Transcript,
                    vec![turn(1, "", "多利益相关方。"), turn(2, "", "Yes.")],
                ),
                meeting(
                    "plan",
                    Kind::Document,
                    vec![turn(1, "目标", "加强合作。"), turn(2, "Goals", "Work.")],
                ),
            ],
            speakers: vec![Speaker {
                name: "莎莉".to_owned(),
                ..Speaker::default()
            }],
            ..Collection::default()
        };
        let pack = super::write(&collection).expect("a pack");
        assert_eq!(super::write_owned(collection).expect("a pack"), pack);
    }
}
