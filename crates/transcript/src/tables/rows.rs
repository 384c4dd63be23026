//! Rows to captions: who, what, when, and what is none of these.

use crate::captions::cue::{Captions, Cue, Span};
use crate::captions::events::is_event;
use crate::column_names::ColumnNames;
use crate::entity::unescape;
use crate::fault::Fault;
use crate::signs::script::is_colon;
use crate::signs::suspect::Doubt;
use crate::tables::cells::Row;
use crate::tables::columns::Columns;
use crate::tables::dialect::{self, Table};
use crate::tables::speakers::{Whose, whose};
use crate::tables::stamps;
use crate::tables::times::Reader;
use crate::turns::furniture::Reason;

/// Reads a table. `given` is what a person says of its columns.
pub(crate) fn captions(text: &str, given: &ColumnNames) -> Result<Captions, Fault> {
    let mut table = dialect::read(text)?;
    table.rows.retain(|row| !row.is_blank());
    if table.rows.is_empty() {
        return Err(Fault::Empty);
    }
    let columns = Columns::of(&table.rows, given)?;
    let top = columns.header.map_or(0, |at| at + 1);
    fit(&mut table, &columns, top, text)?;
    let body = &table.rows[top..];
    let mut captions = Captions {
        paragraphs: true,
        // A row without an end is a paragraph; with one it is a piece of speech, cut anywhere.
        rows: columns.end.is_none(),
        endless: columns.end.is_none() && columns.duration.is_none(),
        ..Captions::default()
    };
    let reader = Reader::new(columns, body);
    captions.endless &= !body.iter().any(|row| reader.read(row).end_ms.is_some());
    if let Some(declaration) = table.declaration {
        captions.add_furniture(1, declaration, Reason::Metadata);
    }
    for row in &table.rows[..top] {
        for cell in &row.cells {
            captions.add_furniture(cell.line, &cell.text, Reason::Metadata);
        }
    }
    let owners = owners(body, &columns);
    for (row, owner) in body.iter().zip(owners) {
        Writer {
            captions: &mut captions,
            columns: &columns,
            reader: &reader,
        }
        .add(row, owner);
    }
    Ok(captions)
}

/// Takes delimiters in a last cell for text, and refuses rows that have more cells than the header.
fn fit<'t>(
    table: &mut Table<'t>,
    columns: &Columns,
    top: usize,
    text: &'t str,
) -> Result<(), Fault> {
    let Some(header) = columns.header else {
        return Ok(());
    };
    let names = &table.rows[header].cells;
    let named = names.iter().rposition(|cell| !cell.is_blank());
    let width = named.map_or(0, |last| last + 1);
    for row in &mut table.rows[top..] {
        if row.cells.iter().skip(width).all(|cell| cell.is_blank()) {
            continue;
        }
        if columns.text.is_some_and(|column| column + 1 == width) {
            row.join_from(width - 1, text, table.dialect);
            continue;
        }
        let problem = format!(
            "{} cells where the header has {width}; put the text into quotation marks if it holds \
             the delimiter",
            row.cells.len()
        );
        return Err(Fault::at(row.line(), problem));
    }
    Ok(())
}

/// Whose each row is; what happens and is said by nobody is left aside.
fn owners(body: &[Row], columns: &Columns) -> Vec<Option<Whose>> {
    let name = |row: &Row| columns.speaker.and_then(|_| name(row, columns));
    let speaks = |row: &&Row| {
        let text = row.get(columns.text);
        text.is_some_and(|cell| !is_event(cell.text.trim()))
    };
    let spoken: Vec<Option<String>> = body.iter().filter(speaks).map(name).collect();
    let names: Vec<Option<&str>> = spoken.iter().map(Option::as_deref).collect();
    let mut whose = whose(&names).into_iter();
    body.iter()
        .map(|row| if speaks(&row) { whose.next() } else { None })
        .collect()
}

/// The name in a row, without the colon that some writers put behind it.
fn name(row: &Row, columns: &Columns) -> Option<String> {
    let cell = row.get(columns.speaker)?;
    let name = unescape(cell.text.trim());
    let name = name.trim_end_matches(is_colon).trim_end();
    (!name.is_empty()).then(|| name.to_owned())
}

struct Writer<'w> {
    captions: &'w mut Captions,
    columns: &'w Columns,
    reader: &'w Reader,
}

impl Writer<'_> {
    /// Adds a row: its times and what else it states, its speaker, its text.
    fn add(&mut self, row: &Row, owner: Option<Whose>) {
        let times = [self.columns.start, self.columns.end, self.columns.duration];
        let speech = [self.columns.speaker, self.columns.text];
        for (column, cell) in row.cells.iter().enumerate() {
            let from = self.captions.content.text().len();
            if speech.contains(&Some(column)) {
                continue;
            }
            let is_time = times.contains(&Some(column));
            let reason = if is_time {
                Reason::Timing
            } else {
                Reason::Metadata
            };
            self.captions.add_furniture(cell.line, &cell.text, reason);
            if is_time && !cell.is_blank() && stamps::parse(&cell.text).is_none() {
                self.doubt(from, Doubt::BrokenTimes);
            }
        }
        let span = self.span(row, owner);
        let times = self.reader.read(row);
        let start_ms = times.start_ms.unwrap_or_default();
        self.captions.cues.push(Cue {
            timed: times.start_ms.is_some(),
            start_ms,
            end_ms: times.end_ms.unwrap_or(start_ms),
            spans: vec![span],
        });
    }

    fn span(&mut self, row: &Row, owner: Option<Whose>) -> Span {
        let content = &mut self.captions.content;
        let speaker = row.get(self.columns.speaker).and_then(|cell| {
            let name = unescape(&cell.text);
            content.push_line(
                cell.line,
                &name.split_whitespace().collect::<Vec<_>>().join(" "),
            )
        });
        let is_nobodys = matches!(owner, Some(Whose::Nobody | Whose::Doubtful));
        let nobody = content.text().len();
        let nobody = (is_nobodys && self.columns.speaker.is_some()).then_some(nobody..nobody);
        let from = content.text().len();
        let mut lines = Vec::new();
        if let Some(cell) = row.get(self.columns.text) {
            let text = unescape(&cell.text);
            for (line, number) in text.lines().zip(cell.line..) {
                lines.extend(content.push_line(number, line));
            }
        }
        if owner == Some(Whose::Doubtful) && self.columns.speaker.is_some() {
            self.doubt(from, Doubt::MissingSpeaker);
        }
        Span {
            voice: speaker.or(nobody),
            closed: false,
            lines,
        }
    }

    /// Lists what was added since `from`.
    fn doubt(&mut self, from: usize, doubt: Doubt) {
        let content = &self.captions.content;
        let place = content.trim(from..content.text().len());
        self.captions
            .doubts
            .extend(place.map(|place| (place, doubt)));
    }
}
