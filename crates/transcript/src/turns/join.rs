//! Lines and pieces of lines that were one.

use crate::signs::script::joint;

/// Appends a piece to a text, with a blank between where one belongs.
pub(crate) fn append(text: &mut String, piece: &str) {
    if let (Some(before), Some(after)) = (text.chars().next_back(), piece.chars().next()) {
        text.push_str(joint(before, after));
    }
    text.push_str(piece);
}

/// Pieces as one text on one line.
pub(crate) fn join(pieces: impl IntoIterator<Item = String>) -> String {
    let mut pieces = pieces.into_iter();
    let mut text = pieces.next().unwrap_or_default();
    pieces.for_each(|piece| append(&mut text, &piece));
    text
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn blanks_stand_where_a_typist_would_put_them() {
        for (pieces, text) in [
            (
                &["克里斯·刘易斯·埃文", "斯："][..],
                "克里斯·刘易斯·埃文斯：",
            ),
            (&["BERTRAND DE LA", "CHAPELLE:"], "BERTRAND DE LA CHAPELLE:"),
            (&["", "甲"], "甲"),
            (&[], ""),
        ] {
            assert_eq!(join(pieces.iter().map(|&piece| piece.to_owned())), text);
        }
    }
}
