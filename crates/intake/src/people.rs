//! Speakers to people: who is one person in several sources.

use std::collections::HashMap;

use turnsearch_model::{Speaker, SpeakerId};
use turnsearch_transcript::Parsed;
use turnsearch_transcript::names::{self, is_full, is_native, key};

use crate::config::CollectionConfig;

/// The speakers of all sources as people.
#[derive(Debug)]
pub(crate) struct People {
    /// Who there is.
    pub speakers: Vec<Speaker>,
    /// For each source, the person of each of its speakers.
    pub of_source: Vec<Vec<SpeakerId>>,
}

impl People {
    /// Brings together who is one person by name, by full alias, or as the configuration says.
    pub fn of(sources: &[Parsed], config: &CollectionConfig) -> People {
        // Every speaker of every source, and every one of the configuration, is a node of a
        // forest; nodes that share a full name are joined.
        let mut forest = Forest::default();
        let mut configured = Vec::new();
        for speaker in &config.speakers {
            let node = forest.add();
            configured.push(node);
            forest.claim(node, &speaker.name);
            speaker
                .aliases
                .iter()
                .for_each(|alias| forest.claim(node, alias));
        }
        let mut nodes = Vec::new();
        for parsed in sources {
            let mut of_source = Vec::new();
            for speaker in &parsed.speakers {
                let node = forest.add();
                of_source.push(node);
                forest.claim(node, &speaker.name);
                for alias in speaker.aliases.iter().filter(|alias| is_full(alias)) {
                    forest.claim(node, alias);
                }
            }
            nodes.push(of_source);
        }
        let mut speakers: Vec<Speaker> = Vec::new();
        let mut person_of_root: HashMap<usize, SpeakerId> = HashMap::new();
        for (node, given) in configured.iter().zip(&config.speakers) {
            let person = person(*node, &mut forest, &mut person_of_root, &mut speakers);
            absorb(
                &mut speakers[person.index()],
                &given.name,
                &given.aliases,
                given.role.as_deref(),
            );
        }
        let of_source = nodes
            .iter()
            .zip(sources)
            .map(|(nodes, parsed)| {
                nodes
                    .iter()
                    .zip(&parsed.speakers)
                    .map(|(&node, speaker)| {
                        let person = person(node, &mut forest, &mut person_of_root, &mut speakers);
                        let role = speaker.role.as_deref();
                        absorb(
                            &mut speakers[person.index()],
                            &speaker.name,
                            &speaker.aliases,
                            role,
                        );
                        person
                    })
                    .collect()
            })
            .collect();
        People {
            speakers,
            of_source,
        }
    }
}

fn person(
    node: usize,
    forest: &mut Forest,
    person_of_root: &mut HashMap<usize, SpeakerId>,
    speakers: &mut Vec<Speaker>,
) -> SpeakerId {
    let root = forest.root(node);
    *person_of_root.entry(root).or_insert_with(|| {
        speakers.push(Speaker::default());
        SpeakerId::at(speakers.len() - 1)
    })
}

/// Adds the names of one source to a person. A Chinese name takes the place of a Latin one, except
/// the first name given by the configuration.
fn absorb(person: &mut Speaker, name: &str, aliases: &[String], role: Option<&str>) {
    if person.name.is_empty() {
        name.clone_into(&mut person.name);
    } else if person.name.is_ascii() && is_native(name) {
        let latin = std::mem::replace(&mut person.name, name.to_owned());
        names::add_alias(person, &latin);
    } else {
        names::add_alias(person, name);
    }
    aliases
        .iter()
        .for_each(|alias| names::add_alias(person, alias));
    if person.role.is_none() {
        person.role = role.map(str::to_owned);
    }
}

#[derive(Default)]
struct Forest {
    parent: Vec<usize>,
    owner: HashMap<String, usize>,
}

impl Forest {
    fn add(&mut self) -> usize {
        self.parent.push(self.parent.len());
        self.parent.len() - 1
    }

    fn claim(&mut self, node: usize, name: &str) {
        let other = *self.owner.entry(key(name)).or_insert(node);
        let (a, b) = (self.root(node), self.root(other));
        self.parent[a.max(b)] = a.min(b);
    }

    fn root(&mut self, mut node: usize) -> usize {
        while self.parent[node] != node {
            self.parent[node] = self.parent[self.parent[node]];
            node = self.parent[node];
        }
        node
    }
}
