//! The turns that the filters written in a query (`speaker:`, `before:`) let through.

use turnsearch_model::{Field, MeetingId};
use turnsearch_text::fold_query;

use crate::compact::chars::pieces;
use crate::find::query::{FilterKey, Query};
use crate::index::Index;
use crate::index::turn_set::TurnSet;

/// The turns that the filters in `query` let through.
#[inline(never)] // A seam: browsers compile small functions faster.
pub(crate) fn allowed(query: &Query, index: &Index) -> TurnSet {
    let mut allowed = TurnSet::all(index.turns());
    for (key, value) in &query.filters {
        let folded = fold_query(value, index.fold_table());
        allowed.intersect(&match key {
            FilterKey::Speaker => turns_of_people(&folded, index),
            FilterKey::Meeting => index.turns_of_meetings(&index.meetings_named(&folded)),
            FilterKey::Before | FilterKey::After => turns_by_day(&day(value), *key, index),
            // The plan has what must not occur.
            FilterKey::Without => continue,
        });
    }
    allowed
}

fn turns_of_people(name: &str, index: &Index) -> TurnSet {
    let mut turns = TurnSet::none(index.turns());
    for speaker in index.people.meant_by(name) {
        turns.unite(&index.turns_of_speaker(speaker));
    }
    turns
}

fn turns_by_day(day: &str, key: FilterKey, index: &Index) -> TurnSet {
    let mut fitting = Vec::new();
    for (number, meeting) in (0..).zip(&index.pack.collection().meetings) {
        let date = meeting.meta.get(Field::Date);
        if date.is_some_and(|date| (date < day) == (key == FilterKey::Before)) {
            fitting.push(MeetingId(number));
        }
    }
    index.turns_of_meetings(&fitting)
}

/// A date as it is compared: `2019/3` and `2019-03` as `2019-03`. The beginning of a month comes
/// before its days, as it should.
fn day(typed: &str) -> String {
    let mut day = String::new();
    for part in pieces(typed, |c| !c.is_ascii_digit()) {
        if !day.is_empty() {
            day.push('-');
        }
        if part.len() == 1 {
            day.push('0');
        }
        day.push_str(part);
    }
    day
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn dates_compare_by_their_beginnings() {
        assert_eq!(day("2019/3"), "2019-03");
        assert!("2019-03-12" >= day("2019-3").as_str());
        assert!("2019-03-12" < day("2019-03-13").as_str());
        assert!("2018-12-31" < day("2019").as_str());
        assert!("2019-01-01" >= day("2019年1月1日").as_str());
    }
}
