//! Styles: what a name of them says of the text that is set in it.

use std::collections::HashMap;

/// Styles that one style can be based on, one on another.
const MAX_BASES: usize = 16;

/// What a style says, as far as it says it.
#[derive(Debug, Default, Clone)]
pub(crate) struct Style {
    /// Its name for readers.
    pub name: String,
    /// The style that it is based on.
    pub base: Option<String>,
    /// Bold type.
    pub strong: Option<bool>,
    /// Text that is not shown.
    pub hidden: Option<bool>,
    /// The level of a heading, from 1; 0 for text.
    pub level: Option<u8>,
}

/// All styles of a document, by identifier.
#[derive(Debug, Default)]
pub(crate) struct Styles(HashMap<String, Style>);

impl Styles {
    /// Adds a style.
    pub fn add(&mut self, id: String, style: Style) {
        self.0.insert(id, style);
    }

    /// The name of a style, in small letters; the identifier of one that is not described.
    pub fn name(&self, id: &str) -> String {
        let name = self.0.get(id).map(|style| style.name.as_str());
        let name = name.filter(|name| !name.is_empty());
        name.unwrap_or(id).to_lowercase()
    }

    /// The name of a style in small letters; of one that stands for changes by hand (`P12`), that
    /// of the style that was changed.
    pub fn base_name(&self, id: &str) -> String {
        let mut name = id;
        for _ in 0..MAX_BASES {
            let number = name.strip_prefix('P');
            let is_of_hand = number.is_some_and(|number| number.parse::<u32>().is_ok());
            match self.0.get(name).and_then(|style| style.base.as_deref()) {
                Some(base) if is_of_hand => name = base,
                _ => break,
            }
        }
        self.name(name)
    }

    /// Whether what is set in a style is bold.
    pub fn is_strong(&self, id: &str) -> bool {
        self.find(id, |style| style.strong).unwrap_or(false)
    }

    /// Whether what is set in a style is hidden.
    pub fn is_hidden(&self, id: &str) -> bool {
        self.find(id, |style| style.hidden).unwrap_or(false)
    }

    /// The level of the heading that is set in a style.
    pub fn level(&self, id: &str) -> Option<u8> {
        self.find(id, |style| style.level)
            .filter(|&level| level > 0)
    }

    /// What a style says, or the first of those that it is based on.
    fn find<T>(&self, id: &str, said: impl Fn(&Style) -> Option<T>) -> Option<T> {
        let mut style = self.0.get(id);
        for _ in 0..MAX_BASES {
            let known = style?;
            if let Some(found) = said(known) {
                return Some(found);
            }
            style = self.0.get(known.base.as_deref()?);
        }
        None
    }
}
