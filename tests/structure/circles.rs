//! Files that reach each other.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::house::Edge;

/// The shortest way from a file back to itself, for each circle of files:
/// `a:LINE mention → b:LINE mention → a`.
pub fn find(edges: &BTreeMap<&str, Vec<Edge>>) -> Vec<String> {
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let mut circles = Vec::new();
    for &start in edges.keys() {
        if told.contains(start) {
            continue;
        }
        if let Some(way) = way_back(edges, start) {
            told.extend(way.iter().map(|(file, _)| *file));
            let steps: Vec<String> = way
                .iter()
                .map(|(file, edge)| format!("{file}:{} `{}`", edge.mention.line, edge.mention.what))
                .collect();
            circles.push(format!("{} → {start}", steps.join(" → ")));
        }
    }
    circles
}

fn way_back<'e>(
    edges: &'e BTreeMap<&'e str, Vec<Edge>>,
    start: &'e str,
) -> Option<Vec<(&'e str, &'e Edge)>> {
    let mut reached: BTreeMap<&str, (&str, &Edge)> = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(file) = queue.pop_front() {
        for edge in edges.get(file).into_iter().flatten() {
            let to = edge.to.as_str();
            if reached.contains_key(to) {
                continue;
            }
            reached.insert(to, (file, edge));
            if to == start {
                let mut way = vec![(file, edge)];
                while way[way.len() - 1].0 != start {
                    let (file, _) = way[way.len() - 1];
                    way.push(reached[file]);
                }
                way.reverse();
                return Some(way);
            }
            queue.push_back(to);
        }
    }
    None
}
