//! Who is named in captions without voices: by how their openings repeat themselves.
//!
//! A label is a short text before a colon, in brackets or before a bar, at the beginning of a
//! caption. It is known by coming back, interleaved with others in the same setting; what is set
//! exactly like these is a label even where it stands once. Nothing of this asks for a language.
//! Where too little repeats, names are weighed as in plain text (`signs/evidence.rs`).

use std::collections::{HashMap, HashSet};

use crate::captions::cue::Captions;
use crate::captions::events::{is_event, is_sentence_end};
use crate::captions::leads::{self, Lead, Setting, Style, Turn};
use crate::captions::voices;
use crate::lines::layout::Layout;
use crate::lines::source::Source;
use crate::signs::evidence::{self, Hints, Labels};
use crate::signs::label::{self, Candidate};
use crate::signs::names::key;
use crate::signs::phrases::is_office;
use crate::signs::suspect::{Doubt, Suspect};

/// Share of captions, in percent, that must open with a short name in one setting for all such
/// openings to be labels: what software writes, whatever the names look like.
const UNIFORM: usize = 80;
/// Share of openings that look like labels, in percent, that must be names which come back.
const RETURNING: usize = 60;
/// With labels in so many captions of a hundred,
const DENSE: usize = 15;
/// so many openings are enough;
const FEW: usize = 3;
/// where they are rarer, there must be so many of two names that come back: a lecture has its
/// `Example:` twice, and once its `Question:`.
const MANY: usize = 6;
/// Openings with one name, without a capital, after a caption that stops in mid-sentence, in
/// percent, from which it is a part of sentences.
const INSIDE: usize = 60;
/// Lines that end a sentence, in percent, below which the writing has no signs for that, and every
/// caption may begin one.
const PUNCTUATED: usize = 10;
/// Names that are looked for in the text; more are not people of one recording.
const MAX_SEARCHED: usize = 400;
/// How doubtful a label is that stands once and is not set like a name.
const DOUBTFUL: f32 = 0.7;

/// The settings that are tried, each by itself.
const SETTINGS: [Setting; 6] = [
    Setting::Colon,
    Setting::WideColon,
    Setting::BracketColon,
    Setting::Angle,
    Setting::Bar,
    Setting::Bracket,
];

/// Labels by markup where there is any, else by what the captions open with, and dashes and `>>`
/// of people without a name.
pub(crate) fn find(captions: &Captions, source: &Source) -> Labels {
    let places = places(captions, source);
    let mut found = if voices::are_stated(captions) {
        let accepted = voices::labels(captions);
        Labels {
            anchored: accepted.len(),
            accepted,
            ..Labels::default()
        }
    } else {
        let mut openings = Openings::read(&places, source);
        openings
            .decide(source)
            .unwrap_or_else(|| weighed(captions, source, &places))
    };
    let taken: HashSet<usize> = found
        .accepted
        .iter()
        .flat_map(|label| label.lines.clone())
        .collect();
    if !voices::are_stated(captions) {
        let nameless = nameless(&places, source, &taken, !found.accepted.is_empty());
        found.accepted.extend(nameless);
        found.accepted.sort_by_key(|label| label.lines.start);
    }
    uninvert(&mut found.accepted, source);
    found
}

/// Labels that are weighed as in plain text.
fn weighed(captions: &Captions, source: &Source, places: &[Place]) -> Labels {
    let text_lines: Vec<usize> = places
        .iter()
        .filter(|place| !place.event)
        .map(|place| place.line)
        .collect();
    let hints = Hints {
        explicit: Vec::new(),
        only_explicit: false,
        chevrons: true,
        events: vec![false; source.lines.len()],
    };
    let layout = Layout::measure(source, &text_lines);
    let marks = captions.content.marks();
    let found = evidence::find(source, marks, &layout, &text_lines, &hints);
    if found.make_a_transcript(&source.text) {
        found
    } else {
        Labels::default()
    }
}

/// A line of a caption.
#[derive(Debug, Clone, Copy)]
struct Place {
    line: usize,
    cue: usize,
    /// It is the first of its caption.
    first: bool,
    /// It is what happens.
    event: bool,
    /// The speech before it ends a sentence, or the writing has no signs for that.
    after_sentence: bool,
    /// It does, by a sign.
    ends: bool,
}

fn places(captions: &Captions, source: &Source) -> Vec<Place> {
    let mut places = Vec::with_capacity(source.lines.len());
    let count = source.lines.len();
    let ended = (0..count).filter(|&line| is_sentence_end(source.line(line)));
    let has_ends = ended.count() * 100 >= PUNCTUATED * count;
    let mut after_sentence = true;
    let mut ends = false;
    for (cue, caption) in captions.cues.iter().enumerate() {
        let count: usize = caption.spans.iter().map(|span| span.lines.len()).sum();
        for index in 0..count {
            let line = places.len();
            let text = source.line(line);
            let event = is_event(text);
            places.push(Place {
                line,
                cue,
                first: index == 0,
                event,
                after_sentence: after_sentence || !has_ends && index == 0,
                ends,
            });
            ends = !event && is_sentence_end(text);
            after_sentence = event || ends;
        }
    }
    places
}

/// The openings of captions, and of lines inside them.
struct Openings<'p> {
    places: &'p [Place],
    /// Openings that can be labels, with the name by which they are compared.
    all: Vec<Opening<'p>>,
    /// Captions with speech.
    spoken: usize,
    /// Those of them that open with `>>` and no name.
    unnamed: usize,
    suspects: Vec<Suspect>,
}

struct Opening<'p> {
    place: Place,
    lead: Lead<'p>,
    key: String,
}

/// Which openings of one setting are labels.
struct Decision {
    /// Keys of names that come back.
    returning: HashSet<String>,
    /// Every first line that opens in this setting has a label.
    uniform: bool,
    /// Names that come back stand inside captions too.
    inside: bool,
    /// How the names that come back are written.
    style: Style,
}

impl<'p> Openings<'p> {
    fn read(places: &'p [Place], source: &'p Source) -> Self {
        let mut all = Vec::new();
        let (mut spoken, mut unnamed) = (0, 0);
        let mut last = None;
        for place in places.iter().filter(|place| !place.event) {
            let line = source.line(place.line);
            let lead = leads::lead(line);
            if last != Some(place.cue) {
                spoken += 1;
                let signed = matches!(leads::turn(line), Some(Turn::Chevron(_)));
                unnamed += usize::from(signed && lead.is_none());
                last = Some(place.cue);
            }
            if let Some(lead) = lead {
                all.push(Opening {
                    place: *place,
                    key: key(lead.name),
                    lead,
                });
            }
        }
        Openings {
            places,
            all,
            spoken,
            unnamed,
            suspects: Vec::new(),
        }
    }

    /// The labels, if the openings repeat themselves like labels do.
    fn decide(&mut self, source: &Source) -> Option<Labels> {
        let colons = [Setting::Colon, Setting::WideColon];
        let decisions: HashMap<Setting, Decision> = if self.is_uniform(&colons) {
            colons
                .into_iter()
                .map(|setting| (setting, self.uniform(setting)))
                .collect()
        } else {
            let decided = SETTINGS
                .into_iter()
                .filter_map(|setting| Some((setting, self.decide_setting(setting)?)));
            decided.collect()
        };
        if decisions.is_empty() {
            return None;
        }
        let small = self.has_small_names(&decisions);
        let mut searches = 0;
        let mut accepted: Vec<Candidate> = Vec::new();
        let mut suspects = Vec::new();
        for opening in &self.all {
            let Some(decision) = decisions.get(&opening.lead.setting) else {
                continue;
            };
            let verdict = decision.judge(opening, small, |name| {
                searches += 1;
                searches <= MAX_SEARCHED && source.text.matches(name).nth(1).is_some()
            });
            let line = opening.place.line;
            if verdict == Verdict::Label || verdict == Verdict::Weak {
                accepted.push(candidate(source, line, &opening.lead));
            } else if let Some(broken) = self.broken(source, opening, decision) {
                accepted.push(broken);
            } else if verdict == Verdict::Doubtful {
                accepted.push(nobody(source, line));
            }
            if let Some(doubt) = verdict.doubt() {
                let text = source.line(line).chars().take(60).collect();
                let number = source.lines[line].number;
                suspects.push(Suspect::new(number, DOUBTFUL, doubt, text));
            }
        }
        suspects.append(&mut self.suspects);
        Some(Labels {
            anchored: accepted.len(),
            accepted,
            groups: HashMap::new(),
            suspects,
        })
    }

    fn of(&self, setting: Setting) -> impl Iterator<Item = &Opening<'p>> {
        self.all
            .iter()
            .filter(move |opening| opening.lead.setting == setting)
    }

    fn is_uniform(&self, settings: &[Setting]) -> bool {
        let named = self
            .all
            .iter()
            .filter(|opening| settings.contains(&opening.lead.setting))
            .filter(|opening| opening.place.first && opening.lead.is_short())
            .count();
        // A sign in place of a label says nothing against the others, as long as they are more.
        let labelled = self.spoken - self.unnamed;
        named > 1 && named * 100 >= UNIFORM * labelled && named >= self.unnamed
    }

    /// Every first line has a label, so a name comes back wherever captions open with it twice.
    fn uniform(&self, setting: Setting) -> Decision {
        let mut returning = self.returning(setting);
        let mut seen: HashSet<&str> = HashSet::new();
        for opening in self.of(setting).filter(|opening| opening.place.first) {
            if !seen.insert(&opening.key) {
                returning.insert(opening.key.clone());
            }
        }
        Decision {
            inside: self.stand_inside(setting, &returning),
            style: self.style(setting, &returning),
            returning,
            uniform: true,
        }
    }

    fn stand_inside(&self, setting: Setting, returning: &HashSet<String>) -> bool {
        self.of(setting)
            .any(|opening| !opening.place.first && returning.contains(&opening.key))
    }

    fn style(&self, setting: Setting, returning: &HashSet<String>) -> Style {
        let openings = self.of(setting);
        let leads = openings.filter(|opening| returning.contains(&opening.key));
        Style::of(leads.map(|opening| &opening.lead))
    }

    /// Names that stand at the beginning of captions, or of lines after a sentence, twice or more.
    fn returning(&self, setting: Setting) -> HashSet<String> {
        // How often a name stands there, and how often in mid-sentence.
        let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
        for opening in self.of(setting).filter(|opening| opening.may_be_named()) {
            let (count, inside) = counts.entry(&opening.key).or_default();
            *count += 1;
            *inside += usize::from(!opening.place.after_sentence && !opening.lead.is_capital());
        }
        counts
            .into_iter()
            .filter(|(_, (count, inside))| *count > 1 && inside * 100 < INSIDE * count)
            .map(|(key, _)| key.to_owned())
            .collect()
    }

    fn decide_setting(&self, setting: Setting) -> Option<Decision> {
        let uniform = self.is_uniform(&[setting]);
        let returning = self.returning(setting);
        if setting == Setting::Bracket || uniform {
            // `[music] text` may open captions too.
            let is_sure = uniform && (setting != Setting::Bracket || !returning.is_empty());
            return is_sure.then(|| Decision {
                inside: self.stand_inside(setting, &returning),
                style: self.style(setting, &returning),
                returning,
                uniform,
            });
        }
        let likely: Vec<&Opening> = self
            .of(setting)
            .filter(|opening| {
                opening.may_be_named()
                    && (opening.place.after_sentence || returning.contains(&opening.key))
            })
            .collect();
        let back = likely
            .iter()
            .filter(|opening| returning.contains(&opening.key))
            .count();
        let is_dense = likely.len() * 100 >= DENSE * self.spoken && likely.len() >= FEW;
        let is_clear = returning.len() > 1 && back >= MANY;
        let are_labels = (is_dense || is_clear)
            && back * 100 >= RETURNING * likely.len()
            && are_interleaved(&likely, &returning);
        are_labels.then(|| Decision {
            inside: self.stand_inside(setting, &returning),
            style: self.style(setting, &returning),
            returning,
            uniform: false,
        })
    }

    /// Whether names that come back open with small letters, so that a name can.
    fn has_small_names(&self, decisions: &HashMap<Setting, Decision>) -> bool {
        self.all.iter().any(|opening| {
            opening.lead.is_small()
                && decisions
                    .get(&opening.lead.setting)
                    .is_some_and(|decision| decision.returning.contains(&opening.key))
        })
    }

    /// A name that comes back, broken by a line end inside the caption.
    fn broken(&self, source: &Source, opening: &Opening, decision: &Decision) -> Option<Candidate> {
        let line = opening.place.line;
        let before = self.places.get(line.checked_sub(1)?)?;
        if !before.first || before.cue != opening.place.cue || before.event {
            return None;
        }
        let half = source.line(before.line);
        let whole = format!("{half} {}", opening.lead.name);
        if !decision.returning.contains(&key(&whole)) {
            return None;
        }
        let mut label = candidate(source, line, &opening.lead);
        label
            .pieces
            .insert(0, source.lines[before.line].range.clone());
        label.lines.start = before.line;
        label.name = whole;
        Some(label)
    }
}

impl Opening<'_> {
    /// Whether a label may stand here and look like this.
    fn may_be_named(&self) -> bool {
        (self.place.first || self.place.after_sentence) && self.lead.is_like_a_name()
    }
}

/// What is thought of one opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// It is a label.
    Label,
    /// It is one, with little to speak for it.
    Weak,
    /// A careful person could not tell: whoever spoke before is not known to go on.
    Doubtful,
    /// It is text, though it could be a label.
    Possible,
    /// It is text.
    Text,
}

impl Verdict {
    fn doubt(self) -> Option<Doubt> {
        match self {
            Verdict::Label | Verdict::Text => None,
            Verdict::Weak => Some(Doubt::WeakLabel),
            Verdict::Doubtful | Verdict::Possible => Some(Doubt::PossibleLabel),
        }
    }
}

impl Decision {
    /// `mentioned` tells whether a name stands in the text more than once.
    fn judge(
        &self,
        opening: &Opening,
        small: bool,
        mut mentioned: impl FnMut(&str) -> bool,
    ) -> Verdict {
        let Place {
            first,
            after_sentence,
            ..
        } = opening.place;
        let lead = &opening.lead;
        let is_back = self.returning.contains(&opening.key);
        // Even software breaks a sentence with a colon: `for a reason: text`.
        let goes_on = !after_sentence && lead.is_small() && lead.has_words();
        if is_back || self.uniform && first && lead.is_short() && !goes_on {
            return Verdict::Label;
        }
        // Once: it must be set like the others, where a label can stand.
        let may_stand = !self.uniform || !first && self.inside;
        if !may_stand || !after_sentence || !lead.is_like_a_name() {
            return Verdict::Text;
        }
        // After the end of a sentence none begins with a small letter, so it is somebody's.
        let is_own = !lead.is_small() || small || opening.place.ends && self.style.is_sure(lead);
        if !is_own || !self.style.allows(lead) {
            return Verdict::Possible;
        }
        let is_handle = lead.is_small() && !small && !lead.has_words();
        if !is_handle && self.style.is_sure(lead) || mentioned(lead.name) {
            return if leads::is_set_like_names(lead.name) {
                Verdict::Label
            } else {
                Verdict::Weak
            };
        }
        Verdict::Doubtful
    }
}

/// Whether a name comes back after another one has been there.
fn are_interleaved(openings: &[&Opening], returning: &HashSet<String>) -> bool {
    let mut seen = HashSet::new();
    let mut before: Option<&str> = None;
    for opening in openings {
        let key = opening.key.as_str();
        let is_back = !seen.insert(key) && before != Some(key) && returning.contains(key);
        if is_back {
            return true;
        }
        before = Some(key);
    }
    false
}

/// The label of a line, with the role that stands beside the name.
fn candidate(source: &Source, line: usize, lead: &Lead) -> Candidate {
    let range = source.lines[line].range.clone();
    let end = range.start + lead.end;
    let text = source.line(line);
    let mut found = Candidate {
        lines: line..line + 1,
        pieces: std::iter::once(range.start..end).collect(),
        end,
        name: lead.name.to_owned(),
        brackets: Vec::new(),
        chevron: None,
        explicit: true,
        start_ms: None,
    };
    if matches!(lead.setting, Setting::Colon | Setting::WideColon) {
        let from = match leads::turn(text) {
            Some(Turn::Dash(end)) => end,
            _ => 0,
        };
        let signs: Vec<(Option<usize>, char)> = text[from..lead.end]
            .char_indices()
            .map(|(at, c)| (Some(range.start + from + at), c))
            .collect();
        if let Some(read) = label::read(&signs, line..line + 1, &[0])
            && read.end == end
            && !read.name.is_empty()
        {
            found.name = read.name;
            found.brackets = read.brackets;
            found.start_ms = read.start_ms;
        }
    }
    found
}

/// A place where it is not known who speaks; all that stands there stays text.
fn nobody(source: &Source, line: usize) -> Candidate {
    let start = source.lines[line].range.start;
    Candidate {
        lines: line..line + 1,
        pieces: std::iter::once(start..start).collect(),
        end: start,
        name: String::new(),
        brackets: Vec::new(),
        chevron: None,
        explicit: true,
        start_ms: None,
    }
}

/// Signs of another speaker who is not named. `>>` is one wherever names were found without it;
/// dashes are, where some caption has two of them.
fn nameless(
    places: &[Place],
    source: &Source,
    taken: &HashSet<usize>,
    is_named: bool,
) -> Vec<Candidate> {
    let signs: Vec<Option<Turn>> = places
        .iter()
        .map(|place| leads::turn(source.line(place.line)))
        .collect();
    let mut dashes: HashMap<usize, usize> = HashMap::new();
    for (place, sign) in places.iter().zip(&signs) {
        if let Some(Turn::Dash(_)) = sign {
            *dashes.entry(place.cue).or_default() += 1;
        }
    }
    let is_dialogue = dashes.values().any(|&count| count > 1);
    let mut labels = Vec::new();
    for (place, sign) in places.iter().zip(&signs) {
        let is_pair = dashes.get(&place.cue).is_some_and(|&count| count > 1);
        let end = match sign {
            Some(Turn::Chevron(end)) => *end,
            Some(Turn::Dash(end)) if is_pair || is_dialogue && !is_named => *end,
            _ => continue,
        };
        if taken.contains(&place.line) || place.event {
            continue;
        }
        let start = source.lines[place.line].range.start;
        labels.push(Candidate {
            lines: place.line..place.line + 1,
            pieces: std::iter::once(start..start + end).collect(),
            end: start + end,
            name: String::new(),
            brackets: Vec::new(),
            chevron: matches!(sign, Some(Turn::Chevron(_))).then_some(start + end),
            explicit: false,
            start_ms: None,
        });
    }
    labels
}

/// Names that are printed family name first, `Nguyen, Hoa`, are one name and no name with a role.
/// Where all names of a file are so, they are turned round.
fn uninvert(labels: &mut [Candidate], source: &Source) {
    let mut printed: Vec<Option<Inverted>> = labels
        .iter()
        .map(|label| Inverted::of(label, source))
        .collect();
    let mut given: HashMap<String, HashSet<String>> = HashMap::new();
    for name in printed.iter().flatten() {
        let given = given.entry(key(&name.family)).or_default();
        given.insert(key(&name.given));
    }
    let names: HashSet<String> = labels
        .iter()
        .filter(|label| !label.name.is_empty())
        .map(|label| key(&label.name))
        .collect();
    let all = labels
        .iter()
        .zip(&printed)
        .all(|(label, name)| label.name.is_empty() || name.is_some());
    let short = given.keys().filter(|family| !family.contains(' ')).count();
    let people: usize = given.values().map(HashSet::len).sum();
    let turned = all && people > 1 && short * 2 >= given.len();
    for (label, name) in labels.iter_mut().zip(&mut printed) {
        let Some(name) = name.take() else { continue };
        let is_shared = given
            .get(&key(&name.family))
            .is_some_and(|given| given.len() > 1);
        if turned {
            label.name = format!("{} {}", name.given, name.family);
        } else if is_shared && names.len() > 1 {
            label.name = format!("{}, {}", name.family, name.given);
        } else {
            continue;
        }
        label.brackets = name.brackets;
    }
}

/// `Nguyen, Hoa (guest)`.
struct Inverted {
    family: String,
    given: String,
    brackets: Vec<String>,
}

impl Inverted {
    fn of(label: &Candidate, source: &Source) -> Option<Inverted> {
        let [piece] = &label.pieces[..] else {
            return None;
        };
        let text = &source.text[piece.clone()];
        let name = if text.contains(label.name.as_str()) && !label.name.contains(',') {
            let from = text.find(label.name.as_str())?;
            text[from..]
                .trim_end_matches(|c: char| crate::signs::script::is_colon(c) || c.is_whitespace())
        } else {
            label.name.as_str()
        };
        let (name, brackets) = match name.split_once(['(', '[']) {
            Some((name, note)) => (name, vec![note.trim_end_matches([')', ']']).to_owned()]),
            None => (name, Vec::new()),
        };
        let (family, given) = name.split_once(',')?;
        let (family, given) = (
            family.trim(),
            given.trim().trim_end_matches(['>', ']', '|']),
        );
        let is_part = |part: &str, most: usize| {
            (1..=most).contains(&part.split_whitespace().count())
                && !part.contains(',')
                && leads::is_set_like_names(part)
                && part
                    .chars()
                    .all(|c| c.is_alphabetic() || " -.'’".contains(c))
        };
        // `Smith, GAC CHAIR` and `Reece, Ph.D.` have a role or a title.
        let is_given = is_part(given, 3)
            && !is_office(given)
            && !(given.ends_with('.') && given.matches('.').count() > 1)
            && (given.chars().any(char::is_lowercase) || !family.chars().any(char::is_lowercase));
        (is_part(family, 3) && is_given).then(|| Inverted {
            family: family.to_owned(),
            given: given.to_owned(),
            brackets,
        })
    }
}
