//! The entities that a document declares: characters by name, and nothing more.
//!
//! A declaration may name characters, as older records do for `&mdash;` and `&pound;`. One that
//! refers to other entities could blow up without bound, and one that refers to a file would read
//! it: both are refused.

use std::collections::HashMap;

use crate::entity;

/// What opens a declaration.
const ENTITY: &str = "<!ENTITY";
/// An entity that stands for more bytes than this is text and no character.
const MAX_VALUE: usize = 16;
/// The named characters of HTML are not many more than this.
const MAX_ENTITIES: usize = 4096;

/// Why a declaration is refused.
#[derive(Debug)]
pub(crate) struct Refused {
    /// Lines below the beginning of the document type declaration.
    lines_below: u32,
    /// What is wrong, and what to do.
    pub problem: String,
}

impl Refused {
    /// The line, where the document type declaration begins on `line`.
    pub fn line_of(&self, line: u32) -> u32 {
        line.saturating_add(self.lines_below)
    }
}

/// The entities of a document type declaration, which is all that is read of it.
pub(crate) fn entities(doctype: &str) -> Result<HashMap<String, String>, Refused> {
    let mut entities = HashMap::new();
    let mut lines_below = 0;
    let mut rest = doctype;
    while let Some(at) = rest.find(ENTITY) {
        let ends = rest[..at].bytes().filter(|&byte| byte == b'\n').count();
        lines_below += u32::try_from(ends).unwrap_or(u32::MAX);
        let declaration = &rest[at + ENTITY.len()..];
        let (name, value) = declared(declaration).map_err(|problem| Refused {
            lines_below,
            problem,
        })?;
        entities.insert(name, value);
        if entities.len() > MAX_ENTITIES {
            return Err(Refused {
                lines_below,
                problem: format!(
                    "more than {MAX_ENTITIES} entities are declared; remove those that name no character"
                ),
            });
        }
        rest = declaration;
    }
    Ok(entities)
}

/// Name and characters of one declaration.
fn declared(declaration: &str) -> Result<(String, String), String> {
    let declaration = declaration.trim_start();
    if declaration.starts_with('%') {
        return Err("a parameter entity (`%`) is declared; remove the declaration".to_owned());
    }
    let end = declaration
        .find(char::is_whitespace)
        .unwrap_or(declaration.len());
    let (name, rest) = declaration.split_at(end);
    let rest = rest.trim_start();
    if rest.starts_with("SYSTEM") || rest.starts_with("PUBLIC") {
        return Err(format!(
            "the entity `{name}` stands for another file, which is never read; put its text in its \
             place and remove the declaration"
        ));
    }
    let quoted = rest
        .chars()
        .next()
        .filter(|&quote| matches!(quote, '"' | '\''));
    let value = quoted
        .and_then(|quote| rest[1..].split(quote).next())
        .unwrap_or("");
    let characters = entity::unescape(value);
    let value_is_plain = !value.contains(['<', '%']) && characters.len() <= MAX_VALUE;
    let references_are_characters = value
        .split('&')
        .skip(1)
        .all(|reference| reference.starts_with('#'));
    if quoted.is_some() && value_is_plain && references_are_characters {
        return Ok((name.to_owned(), characters.into_owned()));
    }
    Err(format!(
        "the entity `{name}` stands for more than a character, which can make a small file endless; \
         put its text in its place and remove the declaration"
    ))
}
