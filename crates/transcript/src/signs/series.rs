//! Which openings of lines are labels: what the document repeats.
//!
//! A transcript shows itself by its structure, in every language: short openings set in one form
//! stand at the start of paragraphs and come back interleaved, or carry times that grow. A form
//! that does so is the document's way of setting speakers. Then whatever is set in this form is a
//! label, even where it stands once, except for fields (`Present:`), which nobody speaks, and what
//! rather looks like the beginning of a sentence.

use std::collections::{HashMap, HashSet};

use crate::signs::colons::ColonUse;
use crate::signs::court;
use crate::signs::label::{Label, shape, split_role};
use crate::signs::lang;
use crate::signs::names::key;
use crate::signs::opening::{Close, Form, Lead, Opening, Wrap};
use crate::signs::phrases::{has_inner_office, has_office, is_clause, is_initials};
use crate::signs::script::is_ideograph;
use crate::signs::stamp::Stamp;
use crate::signs::tally::{Tally, share};

/// Labels that come back after somebody else spoke, from which openings are a series.
const MIN_RETURNS: usize = 2;
/// So many are no list of things and what is said of them.
const MANY_RETURNS: usize = 6;
/// Share of paragraphs with a label from which a paragraph without one is an exception.
const DENSE: f32 = 0.85;
/// Share of paragraphs that open like labels from which there are none without.
const ALL: f32 = 0.95;
/// Names that come back for each opening beyond the first that is not set like a name, from which
/// there are too many of these to be labels.
const MANY_UNSURE: usize = 20;
/// Share of the paragraphs below which openings may as well be headings.
const SPARSE: f32 = 0.3;
/// Weight of the form of a name that is enough on its own.
const SURE: f32 = 3.0;
/// Names that are looked for in the text; more are not people of one source.
const MAX_SEARCHED: usize = 400;
/// Words of a label in which the name of an office shows that it is one.
const MAX_OFFICE_WORDS: usize = 4;
/// A name of so many characters is short, whatever the others are.
const SHORT: usize = 6;
/// Share of openings from which they are of one kind.
const MOSTLY: f32 = 0.8;
/// So many openings with a name are no chance.
const OFTEN: usize = 3;
/// So many lines above all labels, set like labels, are fields.
const MIN_FIELDS: usize = 2;
/// Words of a name that is seen once, where paragraphs without labels are usual.
const MAX_ONCE_WORDS: usize = 6;

/// A line that may open with a label.
#[derive(Debug)]
pub(crate) struct Place {
    /// Its index among the lines of the source.
    pub line: usize,
    /// Whether a paragraph begins here, as far as the layout tells.
    pub starts: bool,
    /// Whether text stands directly below, without a blank line between.
    pub is_followed: bool,
    /// Whether a blank line stands above, or nothing.
    pub is_apart: bool,
    /// Every way to read it.
    pub readings: Vec<Opening>,
}

/// The labels of a transcript.
#[derive(Debug, Default)]
pub(crate) struct Series {
    /// In the order of the source.
    pub labels: Vec<Label>,
    /// Lines with openings that were not taken, though set in the same form.
    pub left: Vec<usize>,
    /// Lines with labels that stand once.
    pub once: Vec<usize>,
    /// Somebody is examined, and a line says by whom.
    pub is_examination: bool,
}

/// The labels of the document, if its structure shows that it is a transcript. `is_wrapped`: lines
/// begin in the middle of sentences, so that a name that stands once has to look like one.
pub(crate) fn find(text: &str, places: &[Place], is_wrapped: bool) -> Option<Series> {
    let mut tallies: HashMap<Form, Tally> = HashMap::new();
    let often = called_often(text, places);
    for place in places {
        for reading in place
            .readings
            .iter()
            .filter(|reading| may_open(place, reading, &often))
        {
            let tally = tallies.entry(plain(reading.form)).or_default();
            tally.initials += usize::from(is_initials(&reading.name));
            tally.names.push(key(&reading.name));
            tally.times.extend(reading.start_ms);
            tally.starts.push(place.starts);
        }
    }
    let paragraphs = places.iter().filter(|place| place.starts).count();
    let main = main_form(&tallies, paragraphs)?;
    let finder = Finder::new(text, main, &tallies, paragraphs, places, is_wrapped);
    let mut series = Series::default();
    let mut searches = 0;
    let fields = finder.fields(places);
    for place in places {
        if fields.contains(&place.line) {
            series.left.push(place.line);
            continue;
        }
        finder.read(place, &mut series, |name| {
            searches += 1;
            !is_wrapped && searches <= MAX_SEARCHED && text.matches(name).nth(1).is_some()
        });
    }
    series.is_examination = court::name_examiners(&mut series.labels, text);
    add_times(&mut series.labels, places);
    name_inverted(&mut series.labels);
    name_offices(&mut series.labels);
    Some(series)
}

/// Takes labels in the form of the document.
struct Finder<'t> {
    main: Form,
    /// How often each name stands in it.
    known: HashMap<&'t str, usize>,
    /// Share of the paragraphs that open with a name that comes back.
    density: f32,
    /// Nearly every paragraph opens like a label.
    all_open: bool,
    /// Characters of the longest of these names.
    longest: usize,
    /// Lines begin in the middle of sentences.
    is_wrapped: bool,
    /// Labels stand on lines of their own.
    stand_alone: bool,
    /// Names are set family name first, `Nguyen, Hoa`.
    inverted: bool,
    /// The colon that names have.
    colon: Option<ColonUse>,
    /// Questions and answers, where the record sets them in a form of their own.
    dialogue: Option<Form>,
    /// Questions and answers are most of the record.
    is_dialogue: bool,
    /// Who is set without the time or the bullet that the labels of others have, or with a time.
    beside: HashSet<String>,
}

impl<'t> Finder<'t> {
    fn new(
        text: &str,
        main: Form,
        tallies: &'t HashMap<Form, Tally>,
        paragraphs: usize,
        places: &[Place],
        is_wrapped: bool,
    ) -> Finder<'t> {
        let tally = &tallies[&main];
        let known = tally.known();
        let recurring = || known.iter().filter(|&(_, &count)| count > 1);
        let labels: usize = recurring().map(|(_, &count)| count).sum();
        // Where labels stand below blank lines, only what stands so is a paragraph.
        let apart = |place: &&Place| place.is_apart;
        let opened = |place: &&Place| {
            let mut readings = place.readings.iter();
            readings.any(|reading| plain(reading.form) == main)
        };
        let openings = places.iter().filter(opened).count();
        let apart_openings = places.iter().filter(apart).filter(opened).count();
        let whole = if 10 * apart_openings >= 9 * openings {
            places.iter().filter(apart).count()
        } else {
            tally.opened(paragraphs)
        };
        let dialogue = tallies.iter().find(|&(form, tally)| {
            form.close == Close::Dot
                && *form != main
                && tally.returns() >= MIN_RETURNS
                && tally
                    .counts()
                    .iter()
                    .filter(|&(name, &n)| n > 1 && is_letter(name))
                    .count()
                    == 2
        });
        let set_so = || {
            let readings = places.iter().flat_map(|place| &place.readings);
            readings.filter(|reading| plain(reading.form) == main)
        };
        let is_known = |reading: &&Opening| {
            let known = known.get(key(&reading.name).as_str());
            known.is_some_and(|&count| count > 1)
        };
        let colon = (main.close == Close::Colon)
            .then(|| ColonUse::of(text, set_so(), set_so().filter(is_known)))
            .flatten();
        let names = set_so().filter(is_known).count();
        let unsure = set_so().filter(|reading| !is_known(reading) && !is_name(reading));
        let alone = set_so().filter(is_known).filter(|name| name.is_alone);
        let commas = set_so().filter(is_known);
        let commas = commas.filter(|name| inverted_halves(&name.name).is_some());
        Finder {
            main,
            is_wrapped,
            stand_alone: 10 * alone.count() >= 9 * names,
            inverted: 10 * commas.count() >= 8 * names,
            colon,
            dialogue: dialogue.map(|(form, _)| *form),
            beside: beside(main, &known, places),
            is_dialogue: main.close == Close::Dot
                && recurring().all(|(name, _)| court::asks(name).is_some()),
            density: share(labels, whole),
            all_open: share(openings, whole) >= ALL && unsure.count() <= 1 + names / MANY_UNSURE,
            longest: recurring()
                .map(|(name, _)| name.chars().count())
                .max()
                .unwrap_or(0),
            known,
        }
    }

    fn comes_back(&self, reading: &Opening) -> bool {
        self.known
            .get(key(&reading.name).as_str())
            .is_some_and(|&count| count > 1)
    }

    fn is_known(&self, reading: &Opening) -> bool {
        self.known.contains_key(key(&reading.name).as_str())
    }

    /// The reading of a line in the form of the labels.
    fn main_reading<'p>(&self, place: &'p Place) -> Option<&'p Opening> {
        let mut readings = place.readings.iter();
        readings.find(|reading| plain(reading.form) == self.main && is_placed(place, reading))
    }

    /// Lines above the first label of a name that comes back which are set like labels, if there
    /// are several: they are fields of the record, such as its date and who is present.
    fn fields(&self, places: &[Place]) -> HashSet<usize> {
        // `主　席：` is the key of a field where whoever speaks is set as `主席：`.
        let is_spaced = |name: &str| name.contains('\u{3000}');
        let tight: HashSet<String> = places
            .iter()
            .filter_map(|place| self.main_reading(place))
            .filter(|reading| !is_spaced(&reading.name))
            .map(|reading| key(&reading.name))
            .collect();
        let comes_back = |place: &&Place| {
            self.main_reading(place).is_some_and(|name| {
                let is_key = is_spaced(&name.name) && tight.contains(&key(&name.name));
                self.comes_back(name) && !is_key
            })
        };
        let above = places.iter().take_while(|place| !comes_back(place));
        let above = above.filter_map(|place| Some((place.line, self.main_reading(place)?)));
        let above: Vec<(usize, &Opening)> = above.collect();
        let are_fields = above.len() >= MIN_FIELDS && !self.main.is_timed();
        // Who is called `DS` for short speaks, and is no field.
        let is_key = |key: &Opening| !is_initials(&key.name) || is_field(&key.name);
        let keys = above.into_iter().filter(|(_, reading)| is_key(reading));
        let lines: HashSet<usize> = keys.map(|(line, _)| line).collect();
        if are_fields { lines } else { HashSet::new() }
    }

    /// Reads a line. `mentioned` tells whether a name stands in the text more than once.
    fn read(&self, place: &Place, series: &mut Series, mentioned: impl FnMut(&str) -> bool) {
        // The title before a surname is no letter of a question.
        let main = self.main_reading(place);
        let main = main.filter(|reading| !self.is_dialogue || is_letter(&reading.name));
        let Some(reading) = main else {
            // Somebody who is known, set in another form, or a question or an answer.
            let asks = |reading: &Opening| {
                self.dialogue == Some(plain(reading.form)) && is_letter(&reading.name)
            };
            let set_beside = |reading: &&Opening| {
                place.starts
                    && is_beside(self.main, reading.form)
                    && self.beside.contains(&key(&reading.name))
            };
            let other = place.readings.iter().find(|reading| {
                let known = !reading.form.nameless && self.comes_back(reading);
                let speaks = self.is_dialogue && place.starts && is_party(reading);
                let chats = reading.form.wrap == Wrap::Angle && self.is_known(reading);
                // `**Ann Lee** stopped transcription` among labels with times.
                let tells = self.main.is_timed()
                    && !reading.form.is_timed()
                    && reading.form.close == Close::Blank;
                known && is_clear(reading.form) && !tells
                    || asks(reading)
                    || speaks
                    || chats
                    || set_beside(reading)
            });
            // A field between labels is nobody's, however it is set.
            let field = place.readings.iter().find(|reading| {
                let form = reading.form;
                form.close == Close::Colon && !form.is_timed() && is_field(&reading.name)
            });
            if let (Some(field), None, Close::Colon, false) =
                (field, other, self.main.close, self.main.is_timed())
                && place.starts
                && !series.labels.is_empty()
            {
                series.labels.push(nobody(place, field));
                return;
            }
            series
                .labels
                .extend(other.map(|reading| label(place, reading)));
            return;
        };
        if is_field(&reading.name) && !self.main.is_timed() && !self.comes_back(reading) {
            if !series.labels.is_empty() {
                series.labels.push(nobody(place, reading));
            }
        } else if self.comes_back(reading) {
            series.labels.push(label(place, reading));
        } else {
            match self.once(place, reading, mentioned) {
                Once::Label => {
                    series.once.push(place.line);
                    series.labels.push(label(place, reading));
                }
                Once::Doubtful => {
                    series.left.push(place.line);
                    series.labels.push(nobody(place, reading));
                }
                Once::Text => series.left.push(place.line),
            }
        }
    }

    /// What an opening in the form of the labels is that stands once.
    fn once(
        &self,
        place: &Place,
        reading: &Opening,
        mut mentioned: impl FnMut(&str) -> bool,
    ) -> Once {
        if self.main.is_timed()
            || self.main.nameless
            || matches!(self.main.lead, Lead::Chevron | Lead::Ring)
        {
            return Once::Label;
        }
        let name = reading.name.as_str();
        let words: Vec<&str> = name.split_whitespace().collect();
        let set_otherwise = self.stand_alone && !reading.is_alone;
        if !place.starts || set_otherwise || is_clause(name) {
            return Once::Text;
        }
        if self.density >= DENSE {
            return Once::label_if(words.len() <= 2 * MAX_ONCE_WORDS);
        }
        let is_usual = |colon: &ColonUse| colon.is_usual(reading);
        if !self.colon.as_ref().is_none_or(is_usual) {
            return Once::label_if(shape(name).1 >= SURE || mentioned(name));
        }
        if is_name(reading) {
            return Once::Label;
        }
        if place.is_apart && !self.is_wrapped && opens_with_office(&words) {
            return Once::label_if(words.len() <= 2 * MAX_ONCE_WORDS);
        }
        if words.len() > MAX_ONCE_WORDS {
            return Once::Text;
        }
        let in_line = self.is_wrapped && !place.is_apart;
        // Sentences that begin with a colon are set like sentences even there.
        let cased = name.chars().any(|c| c.is_lowercase() || c.is_uppercase());
        let capital = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
        let is_phrase = cased && words.len() > 2 && !words[1..].iter().any(|word| capital(word));
        let is_kept = |colon: &ColonUse| colon.is_kept_for_names;
        let kept = self.colon.as_ref().is_some_and(is_kept) && !is_phrase;
        let inverted = self.inverted && inverted_halves(name).is_some();
        let by_office = words.len() <= MAX_OFFICE_WORDS && has_office(name);
        let opens = self.all_open && !is_phrase;
        if inverted || !in_line && (kept || self.stand_alone || by_office || opens) {
            return Once::Label;
        }
        let length = name.chars().count();
        if length > 2 * self.longest.max(SHORT) {
            return Once::Text;
        }
        if length >= 3 && mentioned(name) {
            return Once::Label;
        }
        match (cased, words.len()) {
            _ if in_line => Once::Text,
            _ if length > self.longest.max(SHORT) => Once::doubtful_if(!cased),
            (false, 1) => Once::label_if(length <= 4 || !name.chars().all(is_ideograph)),
            (false, _) | (true, 1) => Once::Doubtful,
            (true, _) => Once::Text,
        }
    }
}

/// What is thought of an opening that is set like labels and stands once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Once {
    /// It is a label.
    Label,
    /// A careful person could not tell: whoever spoke before is not known to go on.
    Doubtful,
    /// It is text.
    Text,
}

impl Once {
    fn label_if(is_label: bool) -> Once {
        if is_label { Once::Label } else { Once::Text }
    }

    fn doubtful_if(is_doubtful: bool) -> Once {
        if is_doubtful {
            Once::Doubtful
        } else {
            Once::Text
        }
    }
}

/// Family and given name of `Nguyen, Hoa`.
fn inverted_halves(name: &str) -> Option<(&str, &str)> {
    let (last, first) = name.split_once(", ")?;
    let short = first.split_whitespace().count() <= 3 && !first.contains(',');
    (short && !last.is_empty()).then_some((last, first))
}

/// Whether somebody is set so who speaks between questions and answers: `THE COURT:`.
fn is_party(reading: &Opening) -> bool {
    let form = reading.form;
    let is_named = shape(&reading.name).1 >= SURE || has_office(&reading.name);
    form.close == Close::Colon && !is_field(&reading.name) && is_named
}

fn is_letter(name: &str) -> bool {
    name.chars().count() == 1
}

fn label(place: &Place, reading: &Opening) -> Label {
    Label {
        lines: place.line..place.line + 1,
        pieces: vec![reading.label.clone()],
        end: reading.label.end,
        name: reading.name.clone(),
        brackets: reading.brackets.clone(),
        // A line above is taken in later.
        start_ms: match reading.form.before {
            Some(Stamp::Above) => None,
            _ => reading.start_ms,
        },
        is_alone: reading.is_alone,
    }
}

/// The opening as one after which nobody speaks; what it says stays text.
fn nobody(place: &Place, reading: &Opening) -> Label {
    Label::of_nobody(place.line, reading.label.start)
}

/// Times on lines of their own belong to the label below them, or to one that stands alone above.
fn add_times(labels: &mut [Label], places: &[Place]) {
    let times: HashMap<usize, &Opening> = places
        .iter()
        .filter_map(|place| {
            let alone =
                |reading: &&Opening| reading.form.nameless && reading.form.close == Close::End;
            Some((place.line, place.readings.iter().find(alone)?))
        })
        .collect();
    let mut taken = HashSet::new();
    for label in labels.iter_mut().filter(|label| !label.pieces.is_empty()) {
        let above = label.lines.start.checked_sub(1);
        let above = above.and_then(|line| Some((line, *times.get(&line)?)));
        if label.start_ms.is_some() {
            continue;
        }
        if let Some((line, time)) = above.filter(|(line, _)| taken.insert(*line)) {
            label.lines.start = line;
            label.pieces.insert(0, time.label.clone());
            label.start_ms = time.start_ms;
        } else if let Some(time) = times.get(&label.lines.end).filter(|_| label.is_alone) {
            taken.insert(label.lines.end);
            label.lines.end += 1;
            label.pieces.push(time.label.clone());
            label.end = time.label.end;
            label.start_ms = time.start_ms;
        }
    }
}

/// `Nguyen, Hoa` in a document that sets all names so is Hoa Nguyen; elsewhere a comma or a dash
/// opens a role. Where the same name comes back with one role and with another one, it may be that
/// of a family, and the roles those of its members: nothing is taken apart then.
fn name_inverted(labels: &mut [Label]) {
    let named: Vec<&Label> = labels
        .iter()
        .filter(|label| !label.name.is_empty())
        .collect();
    let split: Vec<_> = named
        .iter()
        .filter_map(|label| inverted_halves(&label.name))
        .collect();
    let inverted = split.len() * 10 >= named.len() * 8 && split.len() >= 2;
    let mut roles: HashMap<String, HashMap<String, usize>> = HashMap::new();
    for label in named {
        if let (name, Some(role)) = split_role(&label.name) {
            *roles
                .entry(key(&name))
                .or_default()
                .entry(role)
                .or_default() += 1;
        }
    }
    let are_shared = roles
        .values()
        .any(|roles| roles.values().filter(|&&count| count > 1).count() > 1);
    for label in labels {
        if inverted && let Some((last, first)) = inverted_halves(&label.name) {
            label.name = format!("{first} {last}");
        } else if !are_shared && label.name.split_whitespace().count() <= MAX_ONCE_WORDS {
            let (name, role) = split_role(&label.name);
            label.name = name;
            label.brackets.extend(role);
        }
    }
}

/// `The Minister for Ports (Ann Lowe):` is Ann Lowe where labels name her so.
fn name_offices(labels: &mut [Label]) {
    let names: HashSet<String> = labels.iter().map(|label| key(&label.name)).collect();
    for label in labels {
        let words = |name: &str| name.split_whitespace().count();
        let is_person = |name: &&mut String| {
            let is_longer = words(&label.name) > words(name) && words(name) > 1;
            is_longer && has_office(&label.name) && names.contains(&key(name))
        };
        if let Some(name) = label.brackets.iter_mut().find(is_person) {
            std::mem::swap(name, &mut label.name);
        }
    }
}

/// Forms that are one for who reads them: bold type beside a colon or a time adds nothing, nor do
/// brackets beside a colon.
fn plain(form: Form) -> Form {
    let wrap = match form.wrap {
        Wrap::Strong if form.close == Close::Colon || form.is_timed() => Wrap::None,
        Wrap::Square if form.close == Close::Colon && !form.is_timed() => Wrap::None,
        wrap => wrap,
    };
    Form { wrap, ..form }
}

/// The form in which speakers are set, if one is.
fn main_form(tallies: &HashMap<Form, Tally>, paragraphs: usize) -> Option<Form> {
    let named = |form: &Form| !form.nameless;
    tallies
        .iter()
        .filter(|&(form, tally)| is_established(*form, tally, paragraphs))
        .max_by(|a, b| {
            let weight = |&(form, tally): &(&Form, &Tally)| {
                let names = if named(form) { 2.0 } else { 1.0 };
                let timed = if form.is_timed() { 1.5 } else { 1.0 };
                let sure = match (form.wrap, form.close) {
                    (Wrap::Chat, _) => 1.2,
                    (_, Close::Colon) => 1.1,
                    // Questions and answers among the labels of a record.
                    (_, Close::Dot) => 0.3,
                    _ => 1.0,
                };
                tally.names.len() as f32 * names * timed * sure
            };
            weight(a).total_cmp(&weight(b)).then_with(|| a.0.cmp(b.0))
        })
        .map(|(form, _)| with_colon(*form, tallies))
}

/// The form with the colon, where all that is set before a dash has one after it: the dash stands
/// inside the labels, `Renner - Ben:`.
fn with_colon(form: Form, tallies: &HashMap<Form, Tally>) -> Form {
    let longer = Form {
        close: Close::Colon,
        ..form
    };
    let count = |form: &Form| tallies.get(form).map_or(0, |tally| tally.names.len());
    if form.close == Close::Dash && 10 * count(&longer) >= 9 * count(&form) {
        longer
    } else {
        form
    }
}

/// Whether a form stands in the document as labels do.
fn is_established(form: Form, tally: &Tally, paragraphs: usize) -> bool {
    let count = tally.names.len();
    let coverage = tally.coverage(paragraphs);
    let returns = tally.returns();
    let people = tally.counts().values().filter(|&&count| count > 1).count();
    if form.is_timed() && !tally.is_growing() {
        return false;
    }
    if form.lead == Lead::Heading || form.before == Some(Stamp::Above) {
        return returns >= 1 && tally.recurring() >= 0.5;
    }
    if form.nameless {
        return count >= 3 && coverage >= 0.5;
    }
    if form.is_timed() {
        return count >= 2 && (returns >= 1 || coverage >= 0.5);
    }
    let recurring = tally.recurring();
    let initials = share(tally.initials, count);
    let regular = tally.regularity() >= if coverage < SPARSE { 0.7 } else { 0.9 };
    match (form.wrap, form.close) {
        (_, Close::Colon) => {
            returns >= MIN_RETURNS
                && (people >= 2 || coverage >= 0.5)
                && (recurring >= 0.5 || recurring >= 0.25 && initials >= MOSTLY)
                && coverage >= 0.1
                && !regular
        }
        (Wrap::Square | Wrap::Angle | Wrap::Strong, _) => {
            returns >= 1 && recurring >= 0.7 && coverage >= 0.4
        }
        (_, Close::End) => returns >= MIN_RETURNS && recurring >= 0.6 && coverage >= 0.3,
        (_, Close::Dot) => returns >= MIN_RETURNS && people >= 2 && coverage >= 0.4 && !regular,
        _ => {
            let enough = if returns >= MANY_RETURNS { 0.35 } else { 0.6 };
            returns >= MIN_RETURNS
                && people >= 2
                && recurring >= 0.8
                && coverage >= enough
                && !regular
        }
    }
}

/// Whether a form is that of the labels but for the time, or for the bullet, which only some have.
fn is_beside(main: Form, form: Form) -> bool {
    let colons = form.close == Close::Colon && main.close == Close::Colon;
    let same =
        plain(form).wrap == plain(main).wrap && !form.nameless && form.before != Some(Stamp::Above);
    let other_time = form.is_timed() != main.is_timed() && form.lead == main.lead;
    let other_lead =
        (main.lead, form.lead) == (Lead::Bullet, Lead::None) && form.is_timed() == main.is_timed();
    colons && same && (other_time || other_lead)
}

/// Who comes back in the form beside that of the document, between its labels and others who are
/// `known` from these.
fn beside(main: Form, known: &HashMap<&str, usize>, places: &[Place]) -> HashSet<String> {
    // How often each came back, and the labels that stood above then.
    let mut returns: HashMap<String, (usize, usize)> = HashMap::new();
    let mut labels = 0;
    for place in places.iter().filter(|place| place.starts) {
        let mut readings = place.readings.iter();
        if readings.any(|reading| plain(reading.form) == main) {
            labels += 1;
            continue;
        }
        let mut readings = place.readings.iter();
        let Some(reading) = readings.find(|reading| is_beside(main, reading.form)) else {
            continue;
        };
        let name = reading.name.as_str();
        let name_key = key(name);
        if known.get(name_key.as_str()).is_some_and(|&count| count > 1) {
            labels += 1;
            continue;
        }
        if is_field(name) || is_clause(name) || name.split_whitespace().count() > MAX_ONCE_WORDS {
            continue;
        }
        let (count, last) = returns.entry(name_key).or_insert((0, 0));
        if labels > *last {
            (*count, *last) = (*count + 1, labels);
        }
    }
    let often = returns
        .into_iter()
        .filter(|(_, (count, _))| *count >= OFTEN);
    often.map(|(name, _)| name).collect()
}

/// Whether this reading may count for its form. `often`: who is called so often that it is a name.
fn may_open(place: &Place, reading: &Opening, often: &HashSet<String>) -> bool {
    let form = reading.form;
    is_placed(place, reading)
        && (form.is_timed()
            || !is_field(&reading.name) && !is_clause(&reading.name)
            || often.contains(&key(&reading.name)))
}

/// Names that read like fields or clauses, yet stand before colons as often as only speakers do:
/// `ATA` (minutes, in Portuguese) where the text explains it, `廖部長了以` (with the sign of a past
/// tense).
fn called_often(text: &str, places: &[Place]) -> HashSet<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for place in places.iter().filter(|place| place.starts) {
        let mut readings = place.readings.iter();
        let reading = readings.find(|reading| {
            let name = reading.name.as_str();
            let explained = || text.contains(&format!("({name})"));
            reading.form.close == Close::Colon
                && !reading.form.is_timed()
                && (is_clause(name) && has_inner_office(name)
                    || is_field(name) && is_initials(name) && explained())
        });
        if let Some(reading) = reading {
            *counts.entry(key(&reading.name)).or_default() += 1;
        }
    }
    let often = counts.into_iter().filter(|&(_, count)| count >= OFTEN);
    often.map(|(name, _)| name).collect()
}

/// Whether a label in this form can stand here: a name alone stands above its speech.
fn is_placed(place: &Place, reading: &Opening) -> bool {
    let form = reading.form;
    match (form.wrap, form.close) {
        _ if form.is_timed() => true,
        (Wrap::None, Close::End) => place.is_apart && place.is_followed,
        (_, Close::Colon) => true,
        _ => place.starts,
    }
}

/// Forms that are labels wherever they name somebody who speaks.
fn is_clear(form: Form) -> bool {
    form.close == Close::Colon || form.is_timed() || form.wrap == Wrap::Strong
}

/// Whether the name is that of a field of the record.
pub(crate) fn is_field(name: &str) -> bool {
    let name = lang::tight(&name.trim().to_lowercase());
    let words = lang::words();
    let ends = |ending: &String| name.ends_with(ending.as_str());
    words.field.contains(&name)
        || words.head_field(&name).is_some()
        || name.ends_with(is_ideograph) && words.field_endings.iter().any(ends)
}

/// Whether the form says that this is a name, wherever it stands.
fn is_name(reading: &Opening) -> bool {
    let words: Vec<&str> = reading.name.split_whitespace().collect();
    !reading.brackets.is_empty() || is_set_as_name(&words) || shape(&reading.name).1 >= SURE
}

/// Whether an office is the first word, or the second one after an article.
fn opens_with_office(words: &[&str]) -> bool {
    let is_article = |word: &&str| (2..=3).contains(&word.chars().count());
    let cased = |word: &&&str| word.starts_with(char::is_uppercase);
    let first = words.iter().find(|word| !is_article(word));
    words.len() > 1 && first.filter(cased).is_some_and(|word| has_office(word))
}

/// Whether all words but particles begin like names do.
fn is_set_as_name(words: &[&str]) -> bool {
    let begins = |word: &&str| word.chars().find(|c| c.is_alphanumeric());
    let large = |word: &&str| begins(word).is_some_and(|c| c.is_uppercase() || c.is_numeric());
    let cased = words
        .iter()
        .any(|word| word.chars().any(char::is_uppercase));
    cased
        && words.first().is_some_and(large)
        && 2 * words.iter().filter(|word| large(word)).count() >= words.len()
        && words
            .iter()
            .all(|word| large(word) || word.chars().count() <= 3 || begins(word).is_none())
        && (words.len() > 1 || words[0].chars().filter(|c| c.is_uppercase()).count() > 1)
}
