//! Whose the rows without a speaker are: nobody's, unless the table names people at changes only,
//! as merged cells do.

use crate::signs::names::key;

/// Names stated again for one row without a name, of which there may be one in so many.
const AGAIN: usize = 5;
/// Rows without a name after which somebody else is named show the form of the table where there
/// are so many of them,
const SURE: usize = 3;
/// or so many where they are one row in `AGAIN` at least.
const SOME: usize = 2;
/// Of these, one in so many may be followed by the same name as before.
const SAME: usize = 10;

/// Whose a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whose {
    /// It names somebody.
    Named,
    /// Whoever is named above it goes on.
    GoesOn,
    /// Nobody's, and the table leaves no doubt.
    Nobody,
    /// Nobody's, since a person could not tell.
    Doubtful,
}

/// Rows without a name that follow each other.
struct Gap {
    /// The first, and the one after the last.
    rows: (usize, usize),
    /// Whether the name after it is another one than before; unknown at the ends of a table.
    changes: Option<bool>,
}

/// Tells for each row that says something, by its name, whose it is.
pub(crate) fn whose(names: &[Option<&str>]) -> Vec<Whose> {
    let keys: Vec<Option<String>> = names.iter().map(|name| name.map(key)).collect();
    let gaps = gaps(&keys);
    let again = keys
        .windows(2)
        .filter(|pair| pair[0].is_some() && pair[0] == pair[1])
        .count();
    let without = keys.iter().filter(|key| key.is_none()).count();
    let counted = |changes| {
        gaps.iter()
            .filter(|gap| gap.changes == Some(changes))
            .count()
    };
    let (changed, same) = (counted(true), counted(false));
    // The last rows of a table say as much as others do.
    let open = gaps
        .iter()
        .filter(|gap| gap.rows.0 > 0 && gap.changes.is_none())
        .count();
    let is_frequent = without * AGAIN >= keys.len() && changed + open >= SOME && changed > 0;
    let at_changes =
        again * AGAIN <= without && same * SAME <= changed && (changed >= SURE || is_frequent);
    let each = again >= without;
    let mut whose: Vec<Whose> = keys
        .iter()
        .map(|key| match key {
            Some(_) => Whose::Named,
            None if at_changes => Whose::GoesOn,
            None if each => Whose::Nobody,
            None => Whose::Doubtful,
        })
        .collect();
    for gap in gaps {
        let above_all = gap.rows.0 == 0;
        for row in &mut whose[gap.rows.0..gap.rows.1] {
            match *row {
                _ if above_all => *row = Whose::Nobody,
                // Where names are stated at changes, somebody must have spoken in between.
                Whose::GoesOn if gap.changes == Some(false) => *row = Whose::Doubtful,
                _ => {}
            }
        }
    }
    whose
}

fn gaps(keys: &[Option<String>]) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let mut at = 0;
    while at < keys.len() {
        if keys[at].is_some() {
            at += 1;
            continue;
        }
        let start = at;
        while at < keys.len() && keys[at].is_none() {
            at += 1;
        }
        let before = start
            .checked_sub(1)
            .and_then(|before| keys[before].as_ref());
        let after = keys.get(at).and_then(Option::as_ref);
        gaps.push(Gap {
            rows: (start, at),
            changes: before.zip(after).map(|(before, after)| before != after),
        });
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A letter for each name, a dot for none; the answer has a letter for each row.
    fn shown(rows: &str) -> String {
        let cells: Vec<String> = rows.chars().map(String::from).collect();
        let names: Vec<Option<&str>> = cells
            .iter()
            .map(|cell| Some(cell.as_str()).filter(|cell| *cell != "."))
            .collect();
        let letter = |whose: &Whose| match whose {
            Whose::Named => 'n',
            Whose::GoesOn => 'g',
            Whose::Nobody => '.',
            Whose::Doubtful => '?',
        };
        whose(&names).iter().map(letter).collect()
    }

    #[test]
    fn rows_without_a_name_go_on_where_names_stand_at_changes_and_are_nobodys_elsewhere() {
        for (rows, expected) in [
            ("A.B..A.", "ngnggng"),
            ("A.B.", "ngng"),
            (".A.B..A", ".ngnggn"),
            // Once is not enough, and neither is twice in a long table.
            ("AB.AB", "nn?nn"),
            ("A..", "n??"),
            ("ABABABAB.ABABAB.ABABAB", "nnnnnnnn?nnnnnn?nnnnnn"),
            ("ABABABAB.ABABAB.ABABAB.ABA", "nnnnnnnngnnnnnngnnnnnngnnn"),
            // Names are stated again, so whoever has none is somebody else.
            ("AAB.BBA.AA", "nnn.nnn.nn"),
            ("A.AB.BA.A", "n?nn?nn?n"),
            ("....", "...."),
        ] {
            assert_eq!(shown(rows), expected, "{rows}");
        }
        // One of many gaps is between two rows of one name: somebody else spoke there.
        let rows = "A.B.".repeat(12) + "A.AB";
        let expected = "ngng".repeat(12) + "n?nn";
        assert_eq!(shown(&rows), expected);
    }
}
