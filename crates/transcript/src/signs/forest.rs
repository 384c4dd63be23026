//! Names that are one person: a forest over the names, each root one person.

/// A set of things, some of which are the same.
#[derive(Debug)]
pub(crate) struct Forest {
    parent: Vec<usize>,
}

impl Forest {
    /// So many things, no two of which are the same.
    pub fn of(count: usize) -> Forest {
        Forest {
            parent: (0..count).collect(),
        }
    }

    /// The first of all that are the same as this one.
    pub fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    /// Makes two the same.
    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::Forest;

    #[test]
    fn what_is_joined_in_steps_has_one_root() {
        let mut forest = Forest::of(5);
        forest.join(4, 3);
        forest.join(1, 4);
        let roots: Vec<usize> = (0..5).map(|at| forest.root(at)).collect();
        assert_eq!(roots, [0, 1, 2, 1, 1]);
    }
}
