//! Folding texts that are made of pieces which occur again and again.
//!
//! A character folds to the same wherever it stands; only a blank looks at what is on either side
//! of it. So each piece is folded once, by itself, and a text is folded by joining what its pieces
//! came to.

use crate::chars::{is_space, is_token};
use crate::fold::{FoldTable, FoldedText, fold_into, folds_to_itself};
use crate::part;

/// Pieces of text, each folded by itself.
#[derive(Debug, Clone, Default)]
pub struct FoldedPieces {
    /// The folded pieces that are not [`SHORT`], one after the other, with the spans of the last.
    folded: FoldedText,
    pieces: Vec<Piece>,
}

/// Bytes of a folded piece that stand beside what else is known of it: what is near in memory comes
/// at once.
const SHORT: usize = 12;

/// A folded piece, and how it meets its neighbours.
#[derive(Debug, Clone, Copy, Default)]
struct Piece {
    /// The folded piece and zeros, where it has no more bytes than that.
    short: [u8; SHORT],
    /// Where it ends in the folded pieces, where it has more.
    end: u32,
    /// UTF-8 bytes that it has folded.
    folded: u32,
    /// UTF-8 bytes that it has unfolded.
    length: u32,
    /// Whether it has white space before its first character that folds to something.
    opens_with_blank: bool,
    /// Whether it has white space behind its last one.
    closes_with_blank: bool,
    first_is_token: bool,
    last_is_token: bool,
    /// Whether a text ends with it.
    ends: bool,
}

/// A folded text that is joined of pieces.
///
/// Bytes rather than a string: pieces are mostly a few bytes long, and to copy always as many bytes
/// is a fraction of the work of copying so many.
#[derive(Debug, Clone, Default)]
pub struct JoinedText {
    /// The text, and behind it what copies left there.
    bytes: Vec<u8>,
    end: usize,
    blank_pending: bool,
    after_token: bool,
}

impl JoinedText {
    /// Begins a new text.
    pub fn clear(&mut self) {
        self.end = 0;
        (self.blank_pending, self.after_token) = (false, false);
    }

    /// The text so far, in UTF-8: to prove that it is would take a good part of the time that
    /// joining takes.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.end).unwrap_or_default()
    }

    /// UTF-8 bytes of the text so far.
    pub fn len(&self) -> usize {
        self.end
    }

    /// Whether nothing has been joined yet.
    pub fn is_empty(&self) -> bool {
        self.end == 0
    }

    /// Appends the first `length` bytes of `text`, and leaves the others behind the end.
    fn push_short(&mut self, text: [u8; SHORT], length: usize) {
        match self
            .bytes
            .get_mut(self.end..)
            .unwrap_or_default()
            .first_chunk_mut()
        {
            Some(head) => *head = text,
            None => self.grow(&text),
        }
        self.end += length;
    }

    fn push_long(&mut self, text: &[u8]) {
        let end = self.end + text.len();
        match self.bytes.get_mut(self.end..end) {
            Some(place) => place.copy_from_slice(text),
            None => self.grow(text),
        }
        self.end = end;
    }

    /// Puts `text` at the end, and room for as much again as there is by then behind it.
    fn grow(&mut self, text: &[u8]) {
        self.bytes.truncate(self.end);
        self.bytes.extend_from_slice(text);
        self.bytes.resize(2 * self.bytes.len(), 0);
    }
}

impl FoldedPieces {
    /// Room for so many pieces, and none yet.
    pub fn with_capacity(pieces: usize) -> Self {
        Self {
            folded: FoldedText::default(),
            pieces: Vec::with_capacity(pieces),
        }
    }

    /// Folds the next piece. [`FoldedPieces::join`] tells whether a text `ends` with it.
    #[inline(never)] // a seam: docs/ARCHITECTURE.md, "The module"
    pub fn push(&mut self, text: &str, ends: bool, table: &FoldTable) {
        let start = self.folded.text.len();
        let mut piece = Piece {
            length: text.len() as u32,
            ends,
            ..Piece::default()
        };
        // Most pieces of a Chinese text have nothing to fold, and nothing that blanks would look
        // at.
        if folds_to_itself(text, table) {
            self.folded.text.push_str(text);
        } else {
            self.folded.spans.clear();
            piece.closes_with_blank = fold_into(text, table, &mut self.folded, usize::MAX);
            let first = self.folded.spans.first();
            let first = first.map_or(text.len(), |span| span.start as usize);
            piece.opens_with_blank = part(text, ..first).chars().any(is_space);
            let mut folded = part(&self.folded.text, start..).chars();
            let first = folded.next();
            piece.first_is_token = first.is_some_and(is_token);
            piece.last_is_token = folded.next_back().or(first).is_some_and(is_token);
        }
        let folded = self.folded.text.as_bytes().get(start..);
        let folded = folded.unwrap_or_default();
        for (byte, &of_piece) in piece.short.iter_mut().zip(folded) {
            *byte = of_piece;
        }
        piece.folded = folded.len() as u32;
        piece.end = self.folded.text.len() as u32;
        if folded.len() <= SHORT {
            self.folded.text.truncate(start);
        }
        self.pieces.push(piece);
    }

    /// Appends the piece with this number (from 0, in the order of [`FoldedPieces::push`]) to
    /// `out`. Tells how many UTF-8 bytes the piece has unfolded, and whether the text ends with it;
    /// a number that is too large is an empty end.
    pub fn join(&self, number: usize, out: &mut JoinedText) -> (usize, bool) {
        let Some(piece) = self.pieces.get(number) else {
            return (0, true);
        };
        out.blank_pending |= piece.opens_with_blank;
        let folded = piece.folded as usize;
        if folded > 0 {
            if out.blank_pending && out.after_token && piece.first_is_token {
                out.push_short([b' '; SHORT], 1);
            }
            if folded <= SHORT {
                out.push_short(piece.short, folded);
            } else {
                let end = piece.end as usize;
                let long = self.folded.text.as_bytes().get(end - folded..end);
                out.push_long(long.unwrap_or_default());
            }
            out.blank_pending = piece.closes_with_blank;
            out.after_token = piece.last_is_token;
        }
        (piece.length as usize, piece.ends)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn joined_pieces_are_the_folded_text(
            pieces in prop::collection::vec("[aB1 ，。、\u{A0}\u{200B}\u{301}é新問Ａ「\n…-]{0,9}", 0..12)
        ) {
            let table = FoldTable::new(
                vec![('問', "问".into()), ('é', "e".into()), ('\u{301}', "".into()), ('…', "...".into())],
                vec![],
            );
            for piece in pieces.iter().filter(|piece| folds_to_itself(piece, &table)) {
                prop_assert_eq!(&fold(piece, &table), piece);
            }
            let mut folded = FoldedPieces::default();
            for (at, piece) in pieces.iter().enumerate() {
                folded.push(piece, at % 3 == 0, &table);
            }
            let mut out = JoinedText::default();
            // The second time over what the first one left.
            for pieces in [&pieces[..], &pieces[..pieces.len() / 2]] {
                out.clear();
                for (number, piece) in pieces.iter().enumerate() {
                    prop_assert_eq!(folded.join(number, &mut out), (piece.len(), number % 3 == 0));
                }
                let expected = fold(&pieces.concat(), &table);
                prop_assert_eq!(out.as_bytes(), expected.as_bytes());
            }
            prop_assert_eq!(folded.join(pieces.len(), &mut out), (0, true));
        }
    }
}
