//! Meetings made up: who speaks in which order, what they say, and when.

use turnsearch_model::Field;

use crate::languages::{Language, Name};
use crate::random::Random;
use crate::shapes::{Shape, Who};

/// Milliseconds that a sentence takes in captions.
pub const SENTENCE_MS: u64 = 2_000;

/// What somebody says at a time.
#[derive(Debug, Clone)]
pub struct Said {
    /// The name as the shape prints it.
    pub label: String,
    /// The name as it should come out; `None` for nobody.
    pub name: Option<String>,
    /// Paragraphs of sentences.
    pub paragraphs: Vec<Vec<String>>,
    /// When it begins.
    pub start_ms: u64,
    /// What stands between two sentences.
    pub joint: String,
}

impl Said {
    /// The paragraphs as text.
    pub fn texts(&self) -> Vec<String> {
        let texts = self.paragraphs.iter();
        texts.map(|sentences| sentences.join(&self.joint)).collect()
    }

    /// All sentences.
    pub fn sentences(&self) -> impl Iterator<Item = &String> {
        self.paragraphs.iter().flatten()
    }

    /// When the last sentence ends.
    pub fn end_ms(&self) -> u64 {
        self.start_ms + SENTENCE_MS * self.sentences().count() as u64
    }
}

/// A meeting.
#[derive(Debug)]
pub struct Meeting {
    /// The names of those present, in no order.
    pub present: Vec<String>,
    /// What is said, in order.
    pub said: Vec<Said>,
}

/// A turn, be it true or found.
#[derive(Debug, Clone)]
pub struct Turn {
    /// Who speaks.
    pub name: Option<String>,
    /// What they say.
    pub text: String,
    /// From when, where that is stated.
    pub start_ms: Option<u64>,
}

/// What a careful person would type up.
#[derive(Debug, Default)]
pub struct Truth {
    /// What the head states.
    pub fields: Vec<(Field, String)>,
    /// Who says what.
    pub turns: Vec<Turn>,
    /// Whether turns may be parted or joined where nobody begins to speak, since it is one person's
    /// talk or nobody's.
    pub is_run: bool,
    /// Whether words of nobody stand in the source that are none of these turns: a head.
    pub has_head: bool,
}

/// Somebody's label, and their name as it should come out.
type Person = (String, Option<String>);

/// Makes a meeting for a shape in a language.
pub fn make(shape: &Shape, language: &Language) -> Option<Meeting> {
    let cell = format!("{}/{}{}", shape.name, language.code, crate::seed());
    let mut random = Random::of(&cell);
    let people = people(shape, language, &mut random)?;
    let order = order(people.len(), &mut random);
    let mut talk = Talk::new(shape, language, &people, &mut random);
    let mut said: Vec<Said> = Vec::new();
    let mut start_ms = 1_000 * (1 + random.below(9) as u64);
    for who in order {
        let (label, name) = people[who].clone();
        let several = shape.has_paragraphs && random.below(4) == 0;
        let paragraphs = (0..if several { 2 + random.below(2) } else { 1 })
            .map(|at| talk.paragraph(at, &label, &mut random))
            .collect();
        let turn = Said {
            label,
            name,
            paragraphs,
            start_ms,
            joint: language.joint.clone(),
        };
        start_ms = turn.end_ms() + 1_000 * (1 + random.below(20) as u64);
        said.push(turn);
    }
    let present = people.into_iter().map(|(label, _)| label).collect();
    Some(Meeting { present, said })
}

/// Three to five people of the language: label and name each.
fn people(shape: &Shape, language: &Language, random: &mut Random) -> Option<Vec<Person>> {
    let mut names: Vec<&Name> = language.names.iter().collect();
    if shape.who == Who::Inverted {
        names.retain(|name| name.inverted.is_some());
        if names.len() < 3 {
            return None;
        }
    }
    random.shuffle(&mut names);
    let number = (3 + random.below(3)).min(names.len());
    let named = |at: usize| {
        let plain = names[at].plain.clone();
        match shape.who {
            Who::Named => (plain.clone(), Some(plain)),
            Who::Inverted => (
                names[at].inverted.clone().expect("inverted names only"),
                Some(plain),
            ),
            Who::Numbered(prefix, first, digits) => {
                let label = format!("{prefix}{:0digits$}", first + at);
                (label.clone(), Some(label))
            }
            Who::Questions => {
                let label = ["Q", "A"][at];
                (label.to_owned(), Some(label.to_owned()))
            }
            Who::One => (names[0].plain.clone(), Some(names[0].plain.clone())),
            Who::Nobody => (plain, None),
        }
    };
    let number = match shape.who {
        Who::Questions => 2,
        _ => number,
    };
    Some((0..number).map(named).collect())
}

/// Who speaks when: the last of them once, the last but one twice, the others by turns, and nobody
/// two times in a row.
fn order(people: usize, random: &mut Random) -> Vec<usize> {
    let turns = 14 + random.below(17);
    let seldom: &[usize] = match people {
        0..=2 => &[],
        3 => &[2],
        4 => &[3],
        _ => &[4, 3, 3],
    };
    let regulars = people
        - if people > 4 {
            2
        } else {
            usize::from(people > 2)
        };
    let mut order = vec![0];
    while order.len() < turns - seldom.len() {
        let next = random.below(regulars);
        if order.last() != Some(&next) {
            order.push(next);
        }
    }
    for who in seldom {
        loop {
            let at = 1 + random.below(order.len() - 1);
            if order[at] != *who && order[at - 1] != *who {
                order.insert(at, *who);
                break;
            }
        }
    }
    order
}

/// The sentences that are left to say.
struct Talk<'a> {
    language: &'a Language,
    people: Vec<Person>,
    deck: Vec<&'a String>,
}

/// Whether a sentence has a colon that could be taken for that of a label.
fn has_colon(sentence: &str) -> bool {
    sentence.contains([':', '：'])
}

impl<'a> Talk<'a> {
    fn new(
        shape: &Shape,
        language: &'a Language,
        people: &[Person],
        random: &mut Random,
    ) -> Talk<'a> {
        let mut deck: Vec<&String> = language.talk.iter().collect();
        random.shuffle(&mut deck);
        let people = match shape.who {
            Who::Named | Who::Inverted => people.to_vec(),
            // Nobody is called by a number.
            _ => {
                let names = language.names.iter().take(4);
                let names = names.map(|name| (String::new(), Some(name.plain.clone())));
                names.collect()
            }
        };
        Talk {
            language,
            people,
            deck,
        }
    }

    /// One to three sentences. A further paragraph of a turn begins with a colon inside if there is
    /// such a sentence left.
    fn paragraph(&mut self, at: usize, label: &str, random: &mut Random) -> Vec<String> {
        let mut sentences = Vec::new();
        if at > 0 && random.below(2) == 0 {
            let place = self.deck.iter().position(|sentence| has_colon(sentence));
            if let Some(place) = place {
                sentences.push(self.deck.remove(place).clone());
            }
        }
        for _ in sentences.len()..1 + random.below(3) {
            let next = self.next(random);
            sentences.push(next);
        }
        if sentences.is_empty() {
            let next = self.next(random);
            sentences.push(next);
        }
        sentences
            .into_iter()
            .map(|sentence| self.fill(&sentence, label, random))
            .collect()
    }

    /// A sentence that was not said yet; when all were, those without a colon are said again.
    fn next(&mut self, random: &mut Random) -> String {
        if self.deck.is_empty() {
            let again = self.language.talk.iter();
            self.deck = again.filter(|sentence| !has_colon(sentence)).collect();
            random.shuffle(&mut self.deck);
        }
        self.deck.pop().expect("sentences").clone()
    }

    /// Puts numbers for `{n}` and somebody else who is present for `{name}`.
    fn fill(&self, sentence: &str, label: &str, random: &mut Random) -> String {
        let mut sentence = sentence.to_owned();
        if sentence.contains("{n}") {
            sentence = sentence.replace("{n}", &(2 + random.below(90)).to_string());
        }
        if sentence.contains("{name}") {
            let others = self.people.iter().filter(|(other, _)| other != label);
            let others: Vec<&String> = others.filter_map(|(_, name)| name.as_ref()).collect();
            sentence = sentence.replace("{name}", others[random.below(others.len())]);
        }
        sentence
    }
}
