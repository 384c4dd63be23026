//! When rows begin and end, whatever the unit of their times is.

use crate::signs::script::is_ideograph;
use crate::tables::cells::Row;
use crate::tables::columns::{Columns, Unit};
use crate::tables::stamps::{Time, parse};

/// Numbers without a fraction are milliseconds where a character takes so many of them.
const PER_CHARACTER: f64 = 5.0;
/// When what a row says begins and ends, in milliseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Span {
    /// When it begins.
    pub start_ms: Option<u64>,
    /// When it ends.
    pub end_ms: Option<u64>,
}

/// Reads the times of the rows of a table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader {
    columns: Columns,
    unit: Unit,
}

impl Reader {
    /// A reader of these columns. Where no name states the unit of numbers, they do: a fraction is
    /// one of seconds, and nobody says a word in a millisecond.
    pub fn new(columns: Columns, rows: &[Row]) -> Self {
        let unit = columns.unit.unwrap_or_else(|| unit(&columns, rows));
        Reader { columns, unit }
    }

    /// When a row begins and ends; a range in one cell goes before the column of the end.
    pub fn read(&self, row: &Row) -> Span {
        let cell = |column| row.get(column).and_then(|cell| parse(&cell.text));
        let Some((start, until)) = cell(self.columns.start) else {
            return Span::default();
        };
        let start_ms = self.milliseconds(start);
        let end = until.or_else(|| cell(self.columns.end).map(|(end, _)| end));
        let duration = cell(self.columns.duration).map(|(duration, _)| duration);
        let end_ms = match (end, duration) {
            (Some(end), _) => Some(self.milliseconds(end)),
            (None, Some(duration)) => Some(start_ms.saturating_add(self.milliseconds(duration))),
            (None, None) => None,
        };
        Span {
            start_ms: Some(start_ms),
            end_ms,
        }
    }

    fn milliseconds(&self, time: Time) -> u64 {
        match (time, self.unit) {
            (Time::Clock(ms), _) => ms,
            (Time::Number(ms), Unit::Milliseconds) => ms.round() as u64,
            (Time::Number(seconds), Unit::Seconds) => (seconds * 1000.0).round() as u64,
        }
    }
}

fn unit(columns: &Columns, rows: &[Row]) -> Unit {
    let (mut first, mut last, mut size) = (None, 0.0, 0);
    for row in rows {
        let times = [columns.start, columns.end].map(|column| {
            let cell = row.get(column)?;
            match parse(&cell.text)?.0 {
                Time::Number(number) => Some(number),
                Time::Clock(_) => None,
            }
        });
        let Some(number) = times[1].or(times[0]) else {
            continue;
        };
        if number.fract() != 0.0 {
            return Unit::Seconds;
        }
        first = first.or(times[0].or(times[1]));
        last = number;
        let text = row.get(columns.text).map_or("", |cell| &cell.text);
        size += text
            .chars()
            .map(|c| 1 + 2 * usize::from(is_ideograph(c)))
            .sum::<usize>();
    }
    let passed = last - first.unwrap_or(0.0);
    if passed > PER_CHARACTER * size as f64 {
        Unit::Milliseconds
    } else {
        Unit::Seconds
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::column_names::ColumnNames;
    use crate::tables::dialect;

    #[test]
    fn the_unit_of_numbers_is_that_of_the_name_or_the_one_in_which_people_speak() {
        for (text, expected) in [
            (
                "start,end,text\n0,3200,Good evening and welcome\n3200,5000,Thank you\n",
                3200,
            ),
            (
                "start,end,text\n0,3,Good evening and welcome\n3,5,Thank you\n",
                3000,
            ),
            (
                "start,end,text\n0.0,3.2,Good evening\n3.2,5.0,Thank you\n",
                3200,
            ),
            (
                "start_ms,text\n0,Good evening and welcome\n3,Thank you\n",
                3,
            ),
            ("start (s),text\n0,Hm\n3200,Thank you\n", 3_200_000),
            (
                "start;text\n0;Good evening and welcome\n3,2;Thank you\n",
                3200,
            ),
            ("开始\t内容\n0\t大家晚上好\n3200\t谢谢主席\n", 3200),
        ] {
            let table = dialect::read(text).expect("a table");
            let columns = Columns::of(&table.rows, &ColumnNames::default()).expect("named");
            let reader = Reader::new(columns, &table.rows[1..]);
            assert_eq!(
                reader.read(&table.rows[2]).start_ms,
                Some(expected),
                "{text}"
            );
        }
    }
}
