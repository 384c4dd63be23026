//! Folding texts that are made of pieces which occur again and again.
//!
//! A character folds to the same wherever it stands; only a blank looks at what is on either side
//! of it. So each piece is folded once, by itself, and a text is folded by joining what its pieces
//! came to.

use crate::chars::{is_space, is_token};
use crate::fold::{FoldTable, FoldedText, fold_into};
use crate::part;

/// Pieces of text, each folded by itself.
#[derive(Debug, Clone, Default)]
pub struct FoldedPieces {
    /// The folded pieces, one after the other, with the spans of the last.
    folded: FoldedText,
    pieces: Vec<Piece>,
}

/// How a piece meets its neighbours.
#[derive(Debug, Clone, Copy)]
struct Piece {
    /// Where it ends in the folded pieces.
    end: u32,
    /// UTF-8 bytes that it has unfolded.
    length: u32,
    /// Whether it has white space before its first character that folds to something.
    opens_with_blank: bool,
    /// Whether it has white space behind its last one.
    closes_with_blank: bool,
    first_is_token: bool,
    last_is_token: bool,
}

/// What folding has to know of the text so far.
#[derive(Debug, Clone, Copy, Default)]
pub struct Joint {
    blank_pending: bool,
    after_token: bool,
}

impl FoldedPieces {
    /// Room for so many pieces, and none yet.
    pub fn with_capacity(pieces: usize) -> Self {
        Self {
            folded: FoldedText::default(),
            pieces: Vec::with_capacity(pieces),
        }
    }

    /// Folds the next piece.
    pub fn push(&mut self, piece: &str, table: &FoldTable) {
        let start = self.folded.text.len();
        self.folded.spans.clear();
        let closes_with_blank = fold_into(piece, table, &mut self.folded, usize::MAX);
        let first = self.folded.spans.first();
        let first = first.map_or(piece.len(), |span| span.start as usize);
        let folded = part(&self.folded.text, start..);
        self.pieces.push(Piece {
            end: self.folded.text.len() as u32,
            length: piece.len() as u32,
            opens_with_blank: part(piece, ..first).chars().any(is_space),
            closes_with_blank,
            first_is_token: folded.chars().next().is_some_and(is_token),
            last_is_token: folded.chars().next_back().is_some_and(is_token),
        });
    }

    /// Appends the piece with this number (from 0, in the order of [`FoldedPieces::push`]) to the
    /// folded text `out`; nothing for a number that is too large. `joint` goes from piece to piece
    /// of one text, and is new at its beginning. Tells how many UTF-8 bytes the piece has unfolded.
    pub fn join(&self, number: usize, joint: &mut Joint, out: &mut String) -> usize {
        let Some(&piece) = self.pieces.get(number) else {
            return 0;
        };
        let before = number.checked_sub(1).and_then(|at| self.pieces.get(at));
        let start = before.map_or(0, |before| before.end);
        joint.blank_pending |= piece.opens_with_blank;
        if start == piece.end {
            return piece.length as usize;
        }
        if joint.blank_pending && joint.after_token && piece.first_is_token {
            out.push(' ');
        }
        out.push_str(part(&self.folded.text, start as usize..piece.end as usize));
        *joint = Joint {
            blank_pending: piece.closes_with_blank,
            after_token: piece.last_is_token,
        };
        piece.length as usize
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
            pieces in prop::collection::vec("[aB1 ，。、\u{A0}\u{200B}\u{301}é新問Ａ「\n…-]{0,4}", 0..12)
        ) {
            let table = FoldTable::new(
                vec![('問', "问".into()), ('é', "e".into()), ('\u{301}', "".into()), ('…', "...".into())],
                vec![],
            );
            let mut folded = FoldedPieces::default();
            for piece in &pieces {
                folded.push(piece, &table);
            }
            let (mut out, mut joint) = (String::new(), Joint::default());
            let lengths: Vec<usize> = (0..=pieces.len())
                .map(|number| folded.join(number, &mut joint, &mut out))
                .collect();
            prop_assert_eq!(lengths.iter().sum::<usize>(), pieces.concat().len());
            prop_assert_eq!(out, fold(&pieces.concat(), &table));
        }
    }
}
