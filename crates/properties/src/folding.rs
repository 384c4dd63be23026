//! Folding, and the way back to the displayed text.

use std::collections::BTreeSet;

use turnsearch_text::table::fold_table;
use turnsearch_text::{
    FoldTable, MAX_QUERY_VARIANTS, fold, fold_query, fold_with_spans, query_variants,
};

/// Of any text, with the table that the builder makes for it and with no table: folding what is
/// folded changes nothing, every part of the folded text leads back to whole characters, and a
/// query has few forms.
pub fn folding(text: &str) {
    let used: BTreeSet<char> = text.chars().collect();
    for table in [FoldTable::default(), fold_table(&used)] {
        let folded = fold(text, &table);
        assert_eq!(
            fold(&folded, &table),
            folded,
            "folding {text:?} is not idempotent"
        );
        assert_spans(text, &folded, &table);
        let forms = query_variants(text, &table);
        assert!((1..=MAX_QUERY_VARIANTS).contains(&forms.len()));
        assert_eq!(forms.first(), Some(&fold_query(text, &table)));
    }
}

fn assert_spans(text: &str, folded: &str, table: &FoldTable) {
    let with_spans = fold_with_spans(text, table);
    assert_eq!(with_spans.text, folded);
    let mut display_end = 0;
    for span in &with_spans.spans {
        assert!(
            span.start >= display_end && span.end > span.start,
            "{span:?} of {text:?}"
        );
        display_end = span.end;
        assert!(text.is_char_boundary(span.start as usize));
        assert!(text.is_char_boundary(span.end as usize));
        assert!(folded.is_char_boundary(span.folded as usize));
    }
    let mut before = 0;
    for (at, c) in folded.char_indices() {
        let range = with_spans.display_range(at..at + c.len_utf8());
        assert!(
            text.get(range.clone()).is_some_and(|part| !part.is_empty()),
            "{range:?} of {text:?}"
        );
        assert!(
            range.start >= before,
            "the way back goes backwards in {text:?}"
        );
        before = range.start;
    }
}
