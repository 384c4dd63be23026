//! Cutting a run of ideographs, which has no blanks, into words.

use turnsearch_pack::Lexicon;
use turnsearch_text::part;

/// Longest word of ideographs that is looked up.
const MOST_CHARACTERS: usize = 8;

/// Cuts a run of ideographs into words of the lexicon and single ideographs, the last one first: as
/// few pieces as possible, and of two ways to do that the one whose words are rarer.
pub(super) fn cut<'r>(run: &'r str, lexicon: Lexicon<'_>) -> Vec<&'r str> {
    const PIECE: u64 = 1 << 32;
    let mut last = Cut {
        end: 0,
        cost: 0,
        before: 0,
    };
    let mut best = Vec::new();
    for c in run.chars() {
        let end = last.end + c.len_utf8();
        let first = (best.len() + 1).saturating_sub(MOST_CHARACTERS);
        let mut chosen = Cut {
            end,
            cost: last.cost + 2 * PIECE,
            before: best.len(),
        };
        for (before, cut) in best.iter().enumerate().skip(first) {
            let cut: &Cut = cut;
            if let Some(value) = lexicon.get(part(run, cut.end..end))
                && cut.cost + PIECE + value < chosen.cost
            {
                chosen.cost = cut.cost + PIECE + value;
                chosen.before = before;
            }
        }
        best.push(std::mem::replace(&mut last, chosen));
    }
    let mut pieces = Vec::new();
    while let Some(before) = best.get(last.before) {
        pieces.push(part(run, before.end..last.end));
        if last.before == 0 {
            break;
        }
        last = *before;
    }
    pieces
}

/// The best way to cut the beginning of a run.
#[derive(Clone, Copy)]
struct Cut {
    /// The length of that beginning.
    end: usize,
    cost: u64,
    /// The number of the beginning before the last piece.
    before: usize,
}
