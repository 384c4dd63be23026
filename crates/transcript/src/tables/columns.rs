//! Which column holds what: by its name, by what a person says, or by its cells.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::column_names::{ColumnName, ColumnNames};
use crate::fault::Fault;
use crate::signs::names::key;
use crate::signs::script::{is_finished, is_ideograph};
use crate::tables::cells::Row;
use crate::tables::stamps;

/// Rows in which a header is looked for: titles may stand above it.
const ABOVE: usize = 20;
/// A name of a column is not longer than this many characters.
const MAX_NAME: usize = 40;
/// Rows that tell what a column holds.
const SAMPLE: usize = 2000;
/// Cells of a time column, in percent, that must be times.
const TIMES: usize = 90;
/// Cells with speech have so many characters in the mean,
const SPEECH: usize = 12;
/// and at least so many times as many as those of any other column with letters.
const LONGER: usize = 2;
/// The name of a speaker is not longer than this many characters.
const MAX_SPEAKER: usize = 60;

/// Programs that put tables together leave it inside.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Role {
    Speaker,
    Text,
    Start,
    End,
    Duration,
}

/// What the name of a column says of the unit of its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Milliseconds.
    Milliseconds,
    /// Seconds.
    Seconds,
}

/// The columns that are read, counted from 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Columns {
    /// Who speaks.
    pub speaker: Option<usize>,
    /// What is said.
    pub text: Option<usize>,
    /// When it begins.
    pub start: Option<usize>,
    /// When it ends.
    pub end: Option<usize>,
    /// How long it takes.
    pub duration: Option<usize>,
    /// The unit of times, where a name states it.
    pub unit: Option<Unit>,
    /// The row with the names, if there is one.
    pub header: Option<usize>,
}

/// Names of columns, the surest first.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    speaker: Vec<String>,
    text: Vec<String>,
    start: Vec<String>,
    end: Vec<String>,
    duration: Vec<String>,
    units: Units,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Units {
    milliseconds: Vec<String>,
    seconds: Vec<String>,
}

/// The role of each name with its rank, and the endings that state a unit.
struct Known {
    roles: HashMap<String, (Role, usize)>,
    units: Units,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let names: Names = match toml::from_str(include_str!("columns.toml")) {
        Ok(names) => names,
        Err(error) => unreachable!("columns.toml is checked by a test: {error}"),
    };
    let mut roles = HashMap::new();
    for (role, names) in [
        (Role::Speaker, names.speaker),
        (Role::Text, names.text),
        (Role::Start, names.start),
        (Role::End, names.end),
        (Role::Duration, names.duration),
    ] {
        for (rank, name) in names.into_iter().enumerate() {
            roles.entry(name).or_insert((role, rank));
        }
    }
    Known {
        roles,
        units: names.units,
    }
});

/// A name of a column as it is looked for: letters, marks and digits without what stands in
/// brackets, and the unit that the brackets state.
fn plain(name: &str) -> (String, Option<Unit>) {
    let (name, note) = name.split_once(['(', '[', '（']).unwrap_or((name, ""));
    let lower = |text: &str| -> String {
        let letters = text
            .chars()
            .filter(|c| !c.is_ascii_punctuation() && !c.is_whitespace() && *c != BYTE_ORDER_MARK);
        letters.flat_map(char::to_lowercase).collect()
    };
    (lower(name), unit(&lower(note)))
}

fn unit(word: &str) -> Option<Unit> {
    let units = &KNOWN.units;
    let has = |words: &[String]| words.iter().any(|known| known == word);
    if has(&units.milliseconds) {
        Some(Unit::Milliseconds)
    } else {
        has(&units.seconds).then_some(Unit::Seconds)
    }
}

/// Whether a name is one that machines give to people whom they only tell apart: `SPEAKER_00`,
/// `spk_1`, `Sprecher 2`, `Speaker A`, `B`, `1`.
pub fn is_machine_made(name: &str) -> bool {
    let plain = plain(name).0;
    let word = plain.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_word =
        |word: &str| matches!(KNOWN.roles.get(word), Some((Role::Speaker, _))) && !word.is_empty();
    if word.len() < plain.len() {
        return word.is_empty() || is_word(word);
    }
    let mut letters = name.chars();
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_uppercase());
    match name.rsplit_once([' ', '_', '-']) {
        Some((word, letter)) => {
            letter.len() == 1 && is_letter(letter.chars().next()) && is_word(&self::plain(word).0)
        }
        None => is_letter(letters.next()) && letters.next().is_none(),
    }
}

/// What a name says of its column: its role, how sure that is, and a unit.
fn role(name: &str) -> Option<(Role, usize, Option<Unit>)> {
    if name.chars().count() > MAX_NAME {
        return None;
    }
    let (name, noted) = plain(name);
    if let Some(&(role, rank)) = KNOWN.roles.get(&name) {
        return Some((role, rank, noted));
    }
    let units = KNOWN.units.milliseconds.iter().chain(&KNOWN.units.seconds);
    units
        .filter_map(|word| Some((name.strip_suffix(word.as_str())?, unit(word))))
        .find_map(|(name, unit)| {
            let &(role, rank) = KNOWN.roles.get(name)?;
            let is_time = matches!(role, Role::Start | Role::End | Role::Duration);
            is_time.then_some((role, rank, unit))
        })
}

impl Columns {
    /// The columns that a row of names has, if it has any.
    fn of_names(row: &Row) -> Columns {
        let mut columns = Columns::default();
        let mut ranks: HashMap<Role, usize> = HashMap::new();
        for (column, cell) in row.cells.iter().enumerate() {
            let Some((role, rank, unit)) = role(&cell.text) else {
                continue;
            };
            if ranks.get(&role).is_some_and(|&before| before <= rank) {
                continue;
            }
            ranks.insert(role, rank);
            *columns.of_role(role) = Some(column);
            columns.unit = unit.or(columns.unit);
        }
        columns
    }

    fn of_role(&mut self, role: Role) -> &mut Option<usize> {
        match role {
            Role::Speaker => &mut self.speaker,
            Role::Text => &mut self.text,
            Role::Start => &mut self.start,
            Role::End => &mut self.end,
            Role::Duration => &mut self.duration,
        }
    }

    /// The columns, where a row at the top names what is said and who says it or when.
    pub fn find(rows: &[Row]) -> Option<Columns> {
        rows.iter().take(ABOVE).enumerate().find_map(|(at, row)| {
            let columns = Columns::of_names(row);
            let is_header =
                columns.text.is_some() && (columns.speaker.is_some() || columns.start.is_some());
            is_header.then_some(Columns {
                header: Some(at),
                ..columns
            })
        })
    }

    /// The columns, by what a person says, by their names, and else by what they hold.
    ///
    /// # Errors
    /// Where nothing tells which column holds what is said, or who says it.
    pub fn of(rows: &[Row], given: &ColumnNames) -> Result<Columns, Fault> {
        let mut columns = Columns::find(rows)
            .or_else(|| Columns::of_some_names(rows))
            .unwrap_or_default();
        columns.take_given(rows, given)?;
        let is_given = *given != ColumnNames::default();
        let found = match (columns.text, columns.header) {
            (Some(_), Some(_)) => true,
            (Some(_), None) if is_given => true,
            (_, header) => columns.by_content(rows, header.is_none() && !is_given),
        };
        if found {
            Ok(columns)
        } else {
            Err(untold(rows))
        }
    }

    /// The columns of a first row that names some of them, and can be no speech.
    fn of_some_names(rows: &[Row]) -> Option<Columns> {
        let first = rows.first()?;
        let columns = Columns::of_names(first);
        let is_name = |text: &str| {
            text.chars().count() <= MAX_NAME
                && !is_finished(text.trim_end())
                && stamps::parse(text).is_none()
        };
        let comes_back = |column: usize| {
            let name = first.get(Some(column)).map(|cell| key(&cell.text));
            let mut cells = rows.iter().skip(1).filter_map(|row| row.get(Some(column)));
            cells.any(|cell| Some(key(&cell.text)) == name)
        };
        let names_some =
            columns.text.is_some() || columns.speaker.is_some_and(|at| !comes_back(at));
        let is_header = names_some && first.cells.iter().all(|cell| is_name(&cell.text));
        is_header.then_some(Columns {
            header: Some(0),
            ..columns
        })
    }

    /// Takes the columns that a person names.
    fn take_given(&mut self, rows: &[Row], given: &ColumnNames) -> Result<(), Fault> {
        let roles = [
            (Role::Speaker, &given.speaker),
            (Role::Text, &given.text),
            (Role::Start, &given.start),
            (Role::End, &given.end),
        ];
        for (role, name) in roles {
            let Some(name) = name else { continue };
            let column = match name {
                ColumnName::Number(number) => number.checked_sub(1),
                ColumnName::Name(name) => self.place_of(rows, name),
            };
            let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
            match column.filter(|&column| column < width) {
                Some(column) => *self.of_role(role) = Some(column),
                // Another table of the collection may be called otherwise.
                None if self.of_role(role).is_some() => {}
                None => return Err(missing(rows, name)),
            }
        }
        Ok(())
    }

    /// The column with this name, in the row that is the header.
    fn place_of(&mut self, rows: &[Row], name: &str) -> Option<usize> {
        let wanted = plain(name).0;
        let in_row = |row: &Row| {
            let mut cells = row.cells.iter();
            cells.position(|cell| plain(&cell.text).0 == wanted)
        };
        if let Some(header) = self.header {
            return in_row(&rows[header]);
        }
        let mut rows = rows.iter().take(ABOVE).enumerate();
        let (header, column) = rows.find_map(|(at, row)| Some((at, in_row(row)?)))?;
        self.header = Some(header);
        Some(column)
    }

    /// Finds the column of the text, and, where no row has names, the others too.
    fn by_content(&mut self, rows: &[Row], all: bool) -> bool {
        let body = rows.get(self.header.map_or(0, |at| at + 1)..);
        let body: Vec<&Row> = body.unwrap_or_default().iter().take(SAMPLE).collect();
        let width = body.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let taken = [self.speaker, self.start, self.end, self.duration];
        let mut held: Vec<Held> = (0..width)
            .filter(|column| !taken.contains(&Some(*column)))
            .map(|column| Held::of(&body, column))
            .collect();
        if all {
            let times: Vec<usize> = held
                .iter()
                .filter(|held| held.times)
                .map(|h| h.column)
                .collect();
            self.start = times.first().copied();
            self.end = times.get(1).copied();
            held.retain(|held| !held.times);
        }
        held.retain(|held| held.letters);
        let Some(longest) = held.iter().map(|held| held.mean).max() else {
            return false;
        };
        let (long, others): (Vec<&Held>, Vec<&Held>) =
            held.iter().partition(|held| held.mean * LONGER > longest);
        let [text] = &long[..] else { return false };
        if text.mean < SPEECH {
            return false;
        }
        self.text = Some(text.column);
        !all || self.speaker_by_content(&body, &others)
    }

    /// The speaker by content: the one column of short names that come back. Without one, times
    /// must say that it is a table of speech.
    fn speaker_by_content(&mut self, body: &[&Row], others: &[&Held]) -> bool {
        let names: Vec<&&Held> = others.iter().filter(|held| held.names).collect();
        match &names[..] {
            [] => self.start.is_some() && others.is_empty(),
            [only] => {
                self.speaker = Some(only.column);
                // Otherwise the first row may be one of names that are not known.
                let first = body.first().and_then(|row| row.get(self.start));
                let is_timed = first.is_some_and(|cell| stamps::parse(&cell.text).is_some());
                is_timed || only.first_comes_back
            }
            _ => false,
        }
    }
}

/// What a column holds.
#[derive(Debug)]
struct Held {
    column: usize,
    /// Nearly all cells are times of day or of a recording.
    times: bool,
    /// Some have letters.
    letters: bool,
    /// Characters of a cell in the mean; an ideograph counts as two.
    mean: usize,
    /// They are short and come back.
    names: bool,
    /// What stands in the first row comes back.
    first_comes_back: bool,
}

impl Held {
    fn of(body: &[&Row], column: usize) -> Held {
        let cells = body.iter().filter_map(|row| row.get(Some(column)));
        let texts: Vec<&str> = cells.map(|cell| cell.text.trim()).collect();
        let times = texts.iter().filter(|text| stamps::is_clock(text)).count();
        let size =
            |text: &str| -> usize { text.chars().map(|c| 1 + usize::from(is_ideograph(c))).sum() };
        let keys: Vec<String> = texts.iter().map(|text| key(text)).collect();
        let distinct: HashSet<&String> = keys.iter().collect();
        let is_short = texts.iter().all(|text| text.chars().count() <= MAX_SPEAKER);
        Held {
            column,
            times: !texts.is_empty() && times * 100 >= TIMES * texts.len(),
            letters: texts.iter().any(|text| text.contains(char::is_alphabetic)),
            mean: texts.iter().map(|text| size(text)).sum::<usize>() / texts.len().max(1),
            names: is_short && distinct.len() > 1 && distinct.len() * 3 <= keys.len() * 2,
            first_comes_back: keys.iter().skip(1).any(|key| Some(key) == keys.first()),
        }
    }
}

/// The names in the first row, for messages.
fn first_row(rows: &[Row]) -> String {
    let cells = rows.first().map(|row| &row.cells[..]).unwrap_or_default();
    let shown = |text: &str| text.trim().chars().take(MAX_NAME).collect::<String>();
    let names: Vec<String> = cells
        .iter()
        .take(8)
        .map(|cell| format!("`{}`", shown(&cell.text)))
        .collect();
    names.join(", ")
}

fn untold(rows: &[Row]) -> Fault {
    let problem = format!(
        "nothing tells which column holds what is said, and which one who says it (here stands \
         {}); write a row with `speaker` and `text` above, or name the columns in collection.toml: \
         [columns] speaker = 1, text = 2",
        first_row(rows)
    );
    Fault::at(rows.first().map_or(1, Row::line), problem)
}

fn missing(rows: &[Row], name: &ColumnName) -> Fault {
    let problem = format!(
        "there is no column {name}, which collection.toml names under [columns]; the first row is \
         {}",
        first_row(rows)
    );
    Fault::at(rows.first().map_or(1, Row::line), problem)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::dialect;

    fn columns(text: &str, given: &ColumnNames) -> Result<Columns, usize> {
        let table = dialect::read(text).expect("a table");
        Columns::of(&table.rows, given).map_err(|fault| match fault {
            Fault::Syntax { line, .. } => line,
            other => panic!("{other:?}"),
        })
    }

    fn places(text: &str) -> Result<[Option<usize>; 4], usize> {
        let found = columns(text, &ColumnNames::default())?;
        Ok([found.speaker, found.text, found.start, found.end])
    }

    #[test]
    fn names_are_in_the_form_that_is_looked_for() {
        let names: Names = toml::from_str(include_str!("columns.toml")).expect("columns.toml");
        for name in [
            names.speaker,
            names.text,
            names.start,
            names.end,
            names.duration,
        ]
        .concat()
        {
            assert_eq!(plain(&name), (name.clone(), None), "{name}");
        }
    }

    #[test]
    fn columns_are_known_by_their_names_in_many_languages() {
        for (header, expected) in [
            ("speaker,text", [Some(0), Some(1), None, None]),
            (
                "Start Time,End Time,Speaker Name,Text",
                [Some(2), Some(3), Some(0), Some(1)],
            ),
            (
                "id,start_ms,end_ms,spk,utterance",
                [Some(3), Some(4), Some(1), Some(2)],
            ),
            (
                "name,speaker,words,tags,timestamp",
                [Some(1), Some(2), Some(4), None],
            ),
            ("發言人,內容,時間", [Some(0), Some(1), Some(2), None]),
            (
                "Sprecher:in;Redebeitrag;Beginn;Ende",
                [Some(0), Some(1), Some(2), Some(3)],
            ),
            (
                "Orateur;Texte;Début;Fin",
                [Some(0), Some(1), Some(2), Some(3)],
            ),
            ("Hablante,Texto,Tiempo", [Some(0), Some(1), Some(2), None]),
            ("話者\t発言\t開始", [Some(0), Some(1), Some(2), None]),
            ("Time (s),Who,What", [Some(1), Some(2), Some(0), None]),
        ] {
            assert_eq!(places(&format!("{header}\n")), Ok(expected), "{header}");
        }
    }

    #[test]
    fn names_that_machines_give_are_told_from_those_of_people() {
        for name in [
            "SPEAKER_00",
            "spk_1",
            "Speaker 12",
            "Sprecher 2",
            "話者1",
            "speaker-3",
            "Speaker A",
            "B",
            "7",
        ] {
            assert!(is_machine_made(name), "{name}");
        }
        for name in [
            "Speaker",
            "Ann Lee",
            "Jo 2",
            "R2D2",
            "Mr Speaker",
            "Anna B",
            "a",
            "Li",
            "王",
        ] {
            assert!(!is_machine_made(name), "{name}");
        }
    }

    #[test]
    fn titles_may_stand_above_the_names() {
        let found = columns(
            "Minutes\n2024-05-01\n\nspeaker,text\nA,x\n",
            &ColumnNames::default(),
        );
        assert_eq!(found.map(|columns| columns.header), Ok(Some(2)));
    }

    #[test]
    fn without_names_columns_say_themselves_what_they_are_or_it_is_an_error() {
        let speech = "Good evening and welcome to all of you";
        let rows = |form: &str| -> String {
            let people = ["Anna", "Tom", "Anna", "Tom", "Anna"];
            let row = |(at, name): (usize, &&str)| {
                form.replace("{n}", name)
                    .replace("{t}", speech)
                    .replace("{s}", &format!("0:{at}1"))
                    .replace("{e}", &format!("0:{at}9"))
            };
            people.iter().enumerate().map(row).collect()
        };
        for (form, expected) in [
            ("{n},{t}\n", Ok([Some(0), Some(1), None, None])),
            ("{t};{n}\n", Ok([Some(1), Some(0), None, None])),
            (
                "7,{s},{e},{n},{t}\n",
                Ok([Some(3), Some(4), Some(1), Some(2)]),
            ),
            ("{s}\t{t}\n", Ok([None, Some(1), Some(0), None])),
            // Two columns of names, two of speech, none of speech.
            ("{n},{n},{t}\n", Err(1)),
            ("{t},{t}\n", Err(1)),
            ("{n},{s}\n", Err(1)),
        ] {
            assert_eq!(places(&rows(form)), expected, "{form}");
        }
        // The first row may be one of names.
        assert_eq!(places(&format!("Wen,Was\n{}", rows("{n},{t}\n"))), Err(1));
    }

    #[test]
    fn a_person_can_name_the_columns() {
        let given = |speaker: ColumnName, text: ColumnName| ColumnNames {
            speaker: Some(speaker),
            text: Some(text),
            ..ColumnNames::default()
        };
        let name = |name: &str| ColumnName::Name(name.to_owned());
        let text = "Wen,Was,Wozu\nA,x,y\n";
        let found = columns(text, &given(name("wen"), name("Wozu"))).expect("named");
        assert_eq!(
            (found.speaker, found.text, found.header),
            (Some(0), Some(2), Some(0))
        );
        let text = "A,x,y\nB,z,y\n";
        let found = columns(text, &given(ColumnName::Number(1), ColumnName::Number(3)));
        let found = found.expect("numbered");
        assert_eq!(
            (found.speaker, found.text, found.header),
            (Some(0), Some(2), None)
        );
        assert_eq!(columns(text, &given(name("Wer"), name("Was"))), Err(1));
        assert_eq!(
            columns(text, &given(ColumnName::Number(9), ColumnName::Number(2))),
            Err(1)
        );
    }
}
