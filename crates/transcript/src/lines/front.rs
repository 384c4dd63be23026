//! Front matter: what a file states of itself above its record, as YAML, TOML or JSON.
//!
//! Such a block is delimited, and its lines are never text: they are furniture whether or not they
//! can be understood. Values come from the libraries of the three languages, into a small tree of
//! bounded depth; aliases of YAML are not followed, so nothing can multiply.

use saphyr_parser::{Event, Parser};
use turnsearch_model::{Field, Metadata, Speaker};

use crate::lines::source::Source;
use crate::signs::dates;
use crate::signs::lang::{self, has};
use crate::signs::names::Name;
use crate::signs::suspect::{Doubt, Suspect};
use crate::turns::draft::Draft;
use crate::turns::furniture::{Furniture, Reason};
use crate::turns::marks::Marks;
use crate::turns::text::clean;

/// A longer block is set aside without being understood.
const MAX_BYTES: usize = 64 * 1024;
/// Values nested deeper than this make a block that is not understood.
const MAX_DEPTH: usize = 16;
/// A key is not longer than this many characters.
const MAX_KEY: usize = 40;

/// What stands above a record.
#[derive(Debug, Default)]
pub(crate) struct Front {
    /// What it states.
    pub meta: Metadata,
    /// Who speaks, as far as it says so.
    speakers: Vec<Speaker>,
    /// Its lines, which are in no turn.
    pub pieces: Vec<Furniture>,
    /// Where the line after it begins.
    pub end: usize,
    /// It breaks the rules of its language.
    broken: bool,
    /// What the properties of a file state, where its text does not.
    fallback: Metadata,
    /// What the markup says is in no turn, and is no line of the record.
    asides: Vec<Furniture>,
}

impl Front {
    /// What a file with markup states beside its text: `meta` holds before what the lines say,
    /// `fallback` after it. `asides` are in no turn.
    pub fn of_markup(meta: Metadata, fallback: Metadata, asides: Vec<Furniture>) -> Front {
        Front {
            meta,
            fallback,
            asides,
            ..Front::default()
        }
    }

    /// Whether there is any.
    pub fn is_there(&self) -> bool {
        !self.pieces.is_empty()
    }

    /// The one person who speaks, where exactly one is named.
    pub fn only_speaker(&self) -> Option<&Speaker> {
        match &self.speakers[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    /// Whether it gives the record this title.
    pub fn is_titled(&self, title: &str) -> bool {
        let letters = |text: &str| -> String {
            let letters = text.chars().filter(|c| c.is_alphanumeric());
            letters.flat_map(char::to_lowercase).collect()
        };
        self.meta
            .get(Field::Title)
            .is_some_and(|known| letters(known) == letters(title))
    }

    /// Adds what it states to a draft; it holds before what was read from the lines below it.
    pub fn state(self, draft: &mut Draft) {
        if let Some(first) = self.pieces.first().filter(|_| self.broken) {
            let text = self.pieces.get(1).unwrap_or(first).text.chars().take(60);
            draft.suspects.push(Suspect::new(
                first.line,
                0.6,
                Doubt::FrontMatter,
                text.collect(),
            ));
        }
        for (field, value) in self.meta.iter() {
            draft.meta[field] = Some(value.to_owned());
        }
        for (field, value) in self.fallback.iter() {
            draft.meta[field].get_or_insert_with(|| value.to_owned());
        }
        draft.furniture.extend(self.pieces);
        draft.furniture.extend(self.asides);
    }
}

/// Takes the front matter off a source.
pub(crate) fn take(source: Source) -> (Source, Front) {
    let Some(block) = Block::find(&source.text) else {
        return (source, Front::default());
    };
    let end = block.end;
    let mut front = Front {
        end,
        ..Front::default()
    };
    match &block.tree {
        Some(Node::Map(pairs)) => front.read(pairs),
        _ => front.broken = true,
    }
    let marks = Marks::default();
    front.pieces = source
        .lines
        .iter()
        .take_while(|line| line.range.start < end)
        .map(|line| Furniture {
            line: line.number,
            offset: line.range.start,
            reason: Reason::Metadata,
            text: clean(&source.text, line.range.clone(), &marks),
        })
        .collect();
    (source.below(end), front)
}

/// A value, as all three languages have them.
#[derive(Debug, Clone, PartialEq)]
enum Node {
    Nothing,
    Text(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

impl Node {
    fn text(&self) -> Option<&str> {
        match self {
            Node::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value of the first of these keys that is there.
    fn get(&self, keys: &[&str]) -> Option<&Node> {
        let Node::Map(pairs) = self else { return None };
        keys.iter().find_map(|wanted| {
            let mut found = pairs.iter().filter(|(key, _)| normal(key) == *wanted);
            found.next().map(|(_, value)| value)
        })
    }
}

/// A block at the head of a text.
struct Block {
    /// Where the line after it begins.
    end: usize,
    /// What it holds, if it could be read.
    tree: Option<Node>,
}

impl Block {
    fn find(text: &str) -> Option<Block> {
        let start = text.len() - text.trim_start().len();
        if text[start..].starts_with('{') {
            return Block::json(text, start);
        }
        let mut lines = Lines::of(text, start);
        let (_, opening) = lines.next()?;
        let (yaml, closing): (bool, &[&str]) = match opening.trim_end() {
            "---" => (true, &["---", "..."]),
            "+++" => (false, &["+++"]),
            _ => return None,
        };
        let begin = lines.at;
        let (close, _) = lines.find(|(_, line)| closing.contains(&line.trim_end()))?;
        let inside = &text[begin..close];
        let sign = if yaml { ':' } else { '=' };
        let keys = keys(inside, sign);
        let tree = (inside.len() <= MAX_BYTES)
            .then(|| {
                if yaml {
                    read_yaml(inside)
                } else {
                    read_toml(inside)
                }
            })
            .flatten()
            .filter(|tree| matches!(tree, Node::Map(_)));
        // What is no mapping must look like one. Between two rules a record can stand as well.
        let shaped = tree.is_some() || is_shaped(inside, sign);
        (shaped && are_of_front_matter(&keys)).then_some(Block {
            end: lines.at,
            tree,
        })
    }

    /// An object with a line end after it, and something else below.
    fn json(text: &str, start: usize) -> Option<Block> {
        let close = start + closing_brace(&text[start..])?;
        let (rest, below) = text[close..].split_once('\n')?;
        let below = below.trim_start();
        if !rest.trim().is_empty() || below.is_empty() || below.starts_with(['{', '[']) {
            return None;
        }
        let inside = &text[start..close];
        let opens = inside[1..].trim_start().starts_with('"') && inside.contains(':');
        let tree = (inside.len() <= MAX_BYTES)
            .then(|| serde_json::from_str(inside).ok())
            .flatten()
            .and_then(|value| of_json(value, 0));
        let is_front = match &tree {
            Some(Node::Map(pairs)) => {
                let keys: Vec<&str> = pairs.iter().map(|(key, _)| key.as_str()).collect();
                are_of_front_matter(&keys)
            }
            _ => opens,
        };
        let end = close + rest.len() + 1;
        is_front.then_some(Block { end, tree })
    }
}

/// The lines of a text, each with its place.
struct Lines<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str, at: usize) -> Lines<'t> {
        Lines { text, at }
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = (usize, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        let line = self.text[self.at..].split_inclusive('\n').next()?;
        let at = self.at;
        self.at += line.len();
        Some((at, line))
    }
}

/// The end of the object that opens a text. Braces in strings mean nothing.
fn closing_brace(text: &str) -> Option<usize> {
    let (mut depth, mut quoted, mut escaped) = (0usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' if !quoted => depth += 1,
            b'}' if !quoted => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// The keys at the beginning of lines.
fn keys(text: &str, sign: char) -> Vec<&str> {
    text.lines().filter_map(|line| key(line, sign)).collect()
}

fn key(line: &str, sign: char) -> Option<&str> {
    let (key, value) = line.split_once(sign)?;
    if sign == ':' && !value.is_empty() && !value.starts_with(char::is_whitespace) {
        return None;
    }
    let key = key.trim_end().trim_matches(['"', '\'']);
    let is_key = key.starts_with(char::is_alphanumeric)
        && key.chars().count() <= MAX_KEY
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.'));
    is_key.then_some(key)
}

/// Whether most lines at the margin open with a key, as none of prose do.
fn is_shaped(text: &str, sign: char) -> bool {
    let (mut keys, mut others) = (0, 0);
    for line in text.lines() {
        if key(line, sign).is_some() {
            keys += 1;
        } else if line.starts_with(|c: char| c.is_alphanumeric()) {
            others += 1;
        }
    }
    keys > others
}

/// Whether these are the keys of front matter, and no labels of speech: none comes back, and one
/// at least is known, or all are written as keys are.
fn are_of_front_matter(keys: &[&str]) -> bool {
    let mut normal_keys: Vec<String> = keys.iter().map(|key| normal(key)).collect();
    let is_plain = |key: &&str| {
        let mut signs = key.chars();
        signs.next().is_some_and(char::is_lowercase) && !key.contains(' ')
    };
    let words = lang::words();
    let known = normal_keys
        .iter()
        .any(|key| words.head_field(key).is_some() || has(&words.front_keys, key));
    let count = normal_keys.len();
    normal_keys.sort_unstable();
    normal_keys.dedup();
    count > 0 && normal_keys.len() == count && (known || keys.iter().all(is_plain))
}

/// A key as the lists have it: `pub_date` is `pub date`.
fn normal(key: &str) -> String {
    key.trim().to_lowercase().replace(['_', '-'], " ")
}

/// A mapping or list that is not finished.
enum Open {
    List(Vec<Node>),
    Map(Vec<(String, Node)>, Option<String>),
}

impl Open {
    fn add(&mut self, node: Node) {
        match self {
            Open::List(nodes) => nodes.push(node),
            Open::Map(pairs, key) => match key.take() {
                Some(key) => pairs.push((key, node)),
                // A key that is no text is kept as none that is known.
                None => *key = Some(node.text().unwrap_or_default().to_owned()),
            },
        }
    }

    fn close(self) -> Node {
        match self {
            Open::List(nodes) => Node::List(nodes),
            Open::Map(pairs, _) => Node::Map(pairs),
        }
    }
}

/// Reads YAML by its events, which recur nowhere, however deep the values are.
fn read_yaml(text: &str) -> Option<Node> {
    let (mut open, mut root): (Vec<Open>, Option<Node>) = (Vec::new(), None);
    for event in Parser::new_from_str(text) {
        let (event, _) = event.ok()?;
        let node = match event {
            Event::SequenceStart(..) | Event::MappingStart(..) if open.len() >= MAX_DEPTH => {
                return None;
            }
            Event::SequenceStart(..) => {
                open.push(Open::List(Vec::new()));
                continue;
            }
            Event::MappingStart(..) => {
                open.push(Open::Map(Vec::new(), None));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => open.pop()?.close(),
            Event::Scalar(text, style, ..) => {
                let plain = style == saphyr_parser::ScalarStyle::Plain;
                match &*text {
                    "" | "~" | "null" | "Null" | "NULL" if plain => Node::Nothing,
                    _ => Node::Text(text.into_owned()),
                }
            }
            Event::Alias(_) => Node::Nothing,
            _ => continue,
        };
        match open.last_mut() {
            Some(above) => above.add(node),
            None => root = Some(node),
        }
    }
    root
}

fn read_toml(text: &str) -> Option<Node> {
    let table: toml::Table = toml::from_str(text).ok()?;
    of_toml(toml::Value::Table(table), 0)
}

fn of_toml(value: toml::Value, depth: usize) -> Option<Node> {
    if depth > MAX_DEPTH {
        return None;
    }
    Some(match value {
        toml::Value::String(text) => Node::Text(text),
        toml::Value::Datetime(date) => Node::Text(date.to_string()),
        toml::Value::Integer(number) => Node::Text(number.to_string()),
        toml::Value::Float(number) => Node::Text(number.to_string()),
        toml::Value::Boolean(_) => Node::Nothing,
        toml::Value::Array(values) => Node::List(
            values
                .into_iter()
                .map(|value| of_toml(value, depth + 1))
                .collect::<Option<_>>()?,
        ),
        toml::Value::Table(table) => Node::Map(
            table
                .into_iter()
                .map(|(key, value)| Some((key, of_toml(value, depth + 1)?)))
                .collect::<Option<_>>()?,
        ),
    })
}

fn of_json(value: serde_json::Value, depth: usize) -> Option<Node> {
    use serde_json::Value;
    if depth > MAX_DEPTH {
        return None;
    }
    Some(match value {
        Value::Null | Value::Bool(_) => Node::Nothing,
        Value::Number(number) => Node::Text(number.to_string()),
        Value::String(text) => Node::Text(text),
        Value::Array(values) => Node::List(
            values
                .into_iter()
                .map(|value| of_json(value, depth + 1))
                .collect::<Option<_>>()?,
        ),
        Value::Object(pairs) => Node::Map(
            pairs
                .into_iter()
                .map(|(key, value)| Some((key, of_json(value, depth + 1)?)))
                .collect::<Option<_>>()?,
        ),
    })
}

impl Front {
    fn read(&mut self, pairs: &[(String, Node)]) {
        let words = lang::words();
        let keys: Vec<String> = pairs.iter().map(|(key, _)| normal(key)).collect();
        for field in Field::ALL {
            // The first of the synonyms that states anything: `date` before `published`.
            for wanted in words.head_keys(field) {
                let found = keys.iter().zip(pairs).filter(|(key, _)| *key == wanted);
                for (_, (_, value)) in found {
                    self.field(field, value);
                }
            }
        }
        let mut people = Some(Vec::new());
        for (key, (_, value)) in keys.iter().zip(pairs) {
            if has(&words.people_keys, key) {
                add_people(value, &mut people);
            }
        }
        // Where somebody stands without a name, nobody is the only one.
        self.speakers = people.unwrap_or_default();
    }

    fn field(&mut self, field: Field, value: &Node) {
        let text = match value {
            Node::Text(text) => Some(text.as_str()),
            Node::List(values) if field.is_address() => values.iter().find_map(address),
            Node::List(values) => match &values[..] {
                [only] => only.text(),
                _ => None,
            },
            Node::Map(_) if field.is_address() => address(value),
            Node::Map(_) => value.get(&["name", "title"]).and_then(Node::text),
            Node::Nothing => None,
        };
        let text = text.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
        let Some(text) = text.filter(|text| !text.is_empty()) else {
            return;
        };
        match field {
            Field::Date | Field::Time => {
                let stated = dates::read(&text);
                for (field, value) in [
                    (Field::Date, stated.date),
                    (Field::Time, stated.time),
                    (Field::Zone, stated.zone),
                ] {
                    self.meta[field] = self.meta[field].take().or(value);
                }
                return;
            }
            Field::Url | Field::Media if !is_address(&text) => return,
            Field::Language if !is_tag(&text) => return,
            _ => {}
        }
        let text = match field {
            Field::Language => text.replace('_', "-"),
            _ => text,
        };
        self.meta[field].get_or_insert(text);
    }
}

/// The address that a value holds.
fn address(value: &Node) -> Option<&str> {
    let text = match value {
        Node::Map(_) => value.get(&["url", "href", "src", "link", "file"])?.text(),
        _ => value.text(),
    };
    text.filter(|text| is_address(text))
}

/// `https://…`, `/a/b`, `week.mp3`; not `true`, nor words.
fn is_address(text: &str) -> bool {
    let text = text.trim();
    !text.contains(char::is_whitespace) && text.contains(['/', '.']) && !text.ends_with('.')
}

/// `en`, `zh-Hant`, `pt_BR`.
fn is_tag(text: &str) -> bool {
    let mut parts = text.split(['-', '_']);
    let first = parts.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// Adds who a value names, each once; `None` once somebody stands there without a name.
fn add_people(value: &Node, people: &mut Option<Vec<Speaker>>) {
    match value {
        Node::Nothing => {}
        Node::List(values) => {
            for value in values {
                add_people(value, people);
            }
        }
        Node::Text(text) => {
            for name in names(text) {
                add_person(name, None, Vec::new(), people);
            }
        }
        Node::Map(_) => {
            let Some(name) = value.get(&["name", "title"]).and_then(Node::text) else {
                *people = None;
                return;
            };
            let role = value.get(&["role", "office"]).and_then(Node::text);
            let aliases = match value.get(&["aliases", "alias"]) {
                Some(Node::List(names)) => names.iter().filter_map(Node::text).collect(),
                Some(Node::Text(name)) => vec![name.as_str()],
                _ => Vec::new(),
            };
            add_person(name, role, aliases, people);
        }
    }
}

fn add_person(
    name: &str,
    role: Option<&str>,
    aliases: Vec<&str>,
    people: &mut Option<Vec<Speaker>>,
) {
    let name = name
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '"'))
        .to_owned();
    let is_name =
        name.contains(char::is_alphanumeric) && !has(&lang::words().nobody, &name.to_lowercase());
    let Some(people) = people.as_mut().filter(|_| is_name) else {
        return;
    };
    if people.iter().any(|known| Name(&known.name).is(Name(&name))) {
        return;
    }
    let owned = |text: &str| text.trim().to_owned();
    people.push(Speaker {
        name,
        aliases: aliases.into_iter().map(owned).collect(),
        role: role.map(owned),
    });
}

/// The names of a line of names. A comma can stand inside one as well: that makes two, and no
/// single speaker.
fn names(text: &str) -> Vec<&str> {
    let signs = [',', ';', '、', '，', '/', '&', '\n'];
    let mut names = Vec::new();
    for part in text.split(signs) {
        let mut rest = part;
        while let Some((name, after)) = split_at_and(rest) {
            names.push(name);
            rest = after;
        }
        names.push(rest);
    }
    names.retain(|name| name.contains(char::is_alphanumeric));
    names
}

fn split_at_and(text: &str) -> Option<(&str, &str)> {
    let words = lang::words();
    let mut at = 0;
    text.split(' ').find_map(|word| {
        let start = at;
        at += word.len() + 1;
        let splits = start > 0 && at < text.len() && has(&words.and, &word.to_lowercase());
        splits.then(|| (&text[..start - 1], &text[at..]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn front(text: &str) -> Front {
        let (source, front) = take(Source::read(text).expect("readable"));
        assert!(
            source
                .lines
                .iter()
                .all(|line| line.range.start >= front.end)
        );
        front
    }

    fn names(front: &Front) -> Vec<&str> {
        let speakers = front.speakers.iter();
        speakers.map(|speaker| speaker.name.as_str()).collect()
    }

    #[test]
    fn keys_state_metadata_in_all_three_languages() {
        for text in [
            "---\r\nTitle: 'The harbour:\r\n  a talk'\r\npub_date: |\r\n\r\n  July 15th, 2021\r\ntags: [port, ferry]\r\nspeakers:\r\n- name: Mara Vogel\r\n  role: Chair\r\naudio: {url: a.mp3}\r\nlang: pt_BR\r\nevent: Port Days\r\n---\r\n\r\nHello.",
            "+++\ntitle = \"The harbour: a talk\"\ndate = 2021-07-15T14:00:00Z\nspeakers = [{name = \"Mara Vogel\", role = \"Chair\"}]\naudio = \"a.mp3\"\nlang = \"pt-BR\"\nevent = \"Port Days\"\n+++\nHello.",
            "{\n  \"title\": \"The harbour: a talk\",\n  \"date\": \"2021-07-15\",\n  \"speaker\": {\"name\": \"Mara Vogel\", \"role\": \"Chair\"},\n  \"draft\": true, \"media\": [\"a.mp3\"], \"language\": \"pt-BR\", \"event\": {\"name\": \"Port Days\"}\n}\nHello.",
        ] {
            let front = front(text);
            for (field, value) in [
                (Field::Title, "The harbour: a talk"),
                (Field::Date, "2021-07-15"),
                (Field::Media, "a.mp3"),
                (Field::Language, "pt-BR"),
                (Field::Event, "Port Days"),
            ] {
                assert_eq!(front.meta.get(field), Some(value), "{text}");
            }
            assert_eq!((front.meta.get(Field::Place), front.broken), (None, false));
            let only = front.only_speaker().expect("one");
            assert_eq!(
                (only.name.as_str(), only.role.as_deref()),
                ("Mara Vogel", Some("Chair"))
            );
        }
    }

    #[test]
    fn what_is_no_value_of_a_field_is_left_alone() {
        let front = front(
            "---\ntitle: ~\nvideo: true\nlink: see below\nlanguage: English, mostly\ndate: soon\n\
             published: 2024-05-14\nlocation: [a, b]\n---\nHello.",
        );
        let stated: Vec<_> = front.meta.iter().collect();
        assert_eq!(stated, [(Field::Date, "2024-05-14")]);
    }

    #[test]
    fn people_are_named_one_by_one() {
        for (value, expected) in [
            ("Anna Berg", vec!["Anna Berg"]),
            ("[Anna Berg]", vec!["Anna Berg"]),
            ("'[[Anna Berg]]'", vec!["Anna Berg"]),
            ("Anna Berg and Tom Reyes", vec!["Anna Berg", "Tom Reyes"]),
            (
                "Anna Berg, Tom Reyes und Jo Li",
                vec!["Anna Berg", "Tom Reyes", "Jo Li"],
            ),
            ("[Anna Berg, anna berg]", vec!["Anna Berg"]),
            ("Andy Sanderson", vec!["Andy Sanderson"]),
            ("Various", vec![]),
            ("[{name: Anna Berg}, {url: a.b}]", vec![]),
            (
                "Anna Berg\nguest: Tom Reyes",
                vec!["Anna Berg", "Tom Reyes"],
            ),
            ("Anna Berg\ntranscript_by: Tom Reyes", vec!["Anna Berg"]),
        ] {
            let front = front(&format!("---\ntitle: T\nspeaker: {value}\n---\nHello."));
            assert_eq!(names(&front), expected, "{value}");
        }
    }

    #[test]
    fn what_is_no_front_matter_stays_text() {
        for text in [
            "---\nHello.\n---\nMore.",
            "---\ntitle: never closed\n",
            "---\n---\nHello.",
            "---\n\nAnna: Hello.\n\nTom: Hello.\n\nAnna: Who pays?\n\n---\n\nTom: You do.",
            "---\nAnna Berg: Hello.\n\nTom Reyes: Bye.\n---\nMore.",
            "---\nHost: Hello.\nGuest: Bye.\n---\nMore.",
            "---\nNote: this was a long day.\nWe talked about much.\nNobody knew why.\n---\nMore.",
            "{ a brace }\nHello.",
            "{\"source\": \"a\"}\n{\"source\": \"b\"}\n",
            "{\"title\": \"all there is\"}",
            "+++\nHello.\n+++\n",
            "Anna: Hello.\n---\ntitle: value\n---\n",
        ] {
            assert!(!front(text).is_there(), "{text}");
        }
    }

    #[test]
    fn what_breaks_the_rules_is_set_aside_and_states_nothing() {
        let deep = "[".repeat(100_000);
        let wide = "a: b\n".repeat(20_000);
        for text in [
            "---\ntitle: a: b: c\ndate: 2024-05-14\n---\nHello.".to_owned(),
            "---\ntitle: \"open\ndate: 2024-05-14\n---\nHello.".to_owned(),
            format!("---\ntitle: T\na: {deep}\n---\nHello."),
            format!("---\ntitle: T\na: {}\n---\nHello.", "- ".repeat(20_000)),
            format!("---\ntitle: T\na:\n{}\n---\nHello.", " - ".repeat(20_000)),
            format!("+++\ntitle = \"T\"\na = {deep}\n+++\nHello."),
            format!("{{\"title\": \"T\", \"a\": {deep}}}\nHello."),
            format!(
                "---\ntitle: T\nlong: |\n  {}\n---\nHello.",
                wide.replace('\n', "\n  ")
            ),
        ] {
            let front = front(&text);
            assert!(front.is_there() && front.broken, "{}", &text[..40]);
            assert_eq!(front.meta, Metadata::default());
        }
    }

    #[test]
    fn aliases_of_yaml_are_not_followed() {
        let mut bomb = "---\ntitle: T\na0: &a0 [x, x]\n".to_owned();
        for level in 1..100 {
            let above = format!("*a{}", level - 1);
            bomb += &format!("a{level}: &a{level} [{above}, {above}, {above}]\n");
        }
        let front = front(&(bomb + "speaker: *a99\n---\nHello."));
        assert_eq!(front.meta.get(Field::Title), Some("T"));
        assert!(!front.broken && front.speakers.is_empty());
    }
}
