//! The page of a bundle: its `index.html`, its policy, and the text on how to upload it.

use std::collections::BTreeSet;

use askama::Template;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use turnsearch_bundle::names::integrity;
use turnsearch_model::Field;
use turnsearch_pack::CollectionInfo;

use crate::build::words::{Words, words};
use crate::build::writer::Written;
use crate::error::CliError;

/// Styles of the search page and the reading pages.
pub const STYLE: &str = include_str!("../../templates/page.css");

/// A file that a page names, with the value of its `integrity` attribute.
#[derive(Debug)]
pub struct Asset {
    /// Address relative to the top of the bundle.
    pub name: String,
    /// `sha384-…`.
    pub integrity: String,
}

impl Asset {
    /// The file `name` with these bytes.
    pub fn new(name: &str, bytes: &[u8]) -> Self {
        Self {
            name: name.to_owned(),
            integrity: integrity(bytes),
        }
    }
}

/// What all pages say of the collection.
#[derive(Debug)]
pub struct About {
    /// Title, or a word in the language of the collection.
    pub title: String,
    /// BCP 47 tag of the text; that of the interface where none is known.
    pub language: String,
    /// Totals.
    pub about: String,
    /// The pages' own words.
    pub words: &'static Words,
    /// Where recordings may be played from, for the policy.
    media: Vec<String>,
}

impl About {
    /// Of this collection.
    pub fn new(collection: &CollectionInfo) -> Self {
        let words = words(collection.language.as_deref());
        let turns = collection.turns();
        let media: BTreeSet<&str> = collection
            .meetings
            .iter()
            .filter_map(|meeting| origin(meeting.meta.get(Field::Media)?))
            .collect();
        Self {
            title: collection
                .title
                .clone()
                .unwrap_or_else(|| words.untitled.to_owned()),
            language: collection
                .language
                .clone()
                .unwrap_or_else(|| words.language.to_owned()),
            about: (words.about)(turns, collection.meetings.len()),
            words,
            media: media.into_iter().map(str::to_owned).collect(),
        }
    }

    /// The policy of a page whose files lie beside it.
    pub fn policy(&self) -> String {
        self.policy_of("'self'", "'self'", "'self'")
    }

    fn policy_of(&self, scripts: &str, styles: &str, connect: &str) -> String {
        let media = self.media.join(" ");
        let media = if media.is_empty() { "'self'" } else { &media };
        format!(
            "default-src 'none'; script-src {scripts} 'wasm-unsafe-eval'; style-src {styles}; \
             connect-src {connect}; img-src 'self' data:; media-src {media}; base-uri 'none'; \
             form-action 'none'; require-trusted-types-for 'script'"
        )
    }
}

/// Scheme and host of an address; `None` for a relative one.
fn origin(address: &str) -> Option<&str> {
    let host = address.find("://")? + 3;
    let end = address[host..]
        .find(['/', '?', '#'])
        .map_or(address.len(), |length| host + length);
    // Anything else would end the directive, or add one.
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-.:[]/".contains(c);
    Some(&address[..end]).filter(|origin| origin.chars().all(is_plain))
}

#[derive(Template)]
#[template(path = "index.html")]
struct Index<'a> {
    title: &'a str,
    language: &'a str,
    about: &'a str,
    words: &'a Words,
    policy: &'a str,
    style: &'a Asset,
    script: &'a Asset,
    src: Option<&'a str>,
    list: Option<&'a str>,
}

/// `index.html`. `src` is the address of a separate pack, `list` that of the list of reading pages.
///
/// # Errors
/// None that these templates can give.
pub fn index(
    about: &About,
    style: &Asset,
    script: &Asset,
    src: Option<&str>,
    list: Option<&str>,
) -> Result<String, CliError> {
    let index = Index {
        title: &about.title,
        language: &about.language,
        about: &about.about,
        words: about.words,
        policy: &about.policy(),
        style,
        script,
        src,
        list,
    };
    Ok(index.render()?)
}

#[derive(Template)]
#[template(path = "single.html")]
struct Single<'a> {
    title: &'a str,
    language: &'a str,
    about: &'a str,
    words: &'a Words,
    policy: &'a str,
    style: &'a str,
    script: &'a str,
    src: Option<&'a str>,
    list: Option<&'a str>,
}

/// A page with everything inside; `script` is a module that needs no other file.
///
/// # Errors
/// None that these templates can give.
pub fn single(about: &About, script: &str) -> Result<String, CliError> {
    // The files inside are `data:` addresses. That lets in any script of that kind, but nothing of
    // a transcript becomes markup, and the policy lets no script make any.
    let scripts = format!("{} data:", hash_source(script));
    let single = Single {
        title: &about.title,
        language: &about.language,
        about: &about.about,
        words: about.words,
        policy: &about.policy_of(&scripts, &hash_source(STYLE), "data:"),
        style: STYLE,
        script,
        src: None,
        list: None,
    };
    Ok(single.render()?)
}

/// What a policy says to let in exactly this inline text.
fn hash_source(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

#[derive(Template)]
#[template(path = "upload.txt", escape = "none")]
struct Upload<'a> {
    script: &'a Asset,
    src: Option<&'a str>,
    policy: &'a str,
    how: Serving,
    files: &'a [Written],
}

/// How the files are made to be served.
#[derive(Debug, Clone, Copy)]
pub struct Serving {
    /// With `.br` and `.gz` copies.
    pub compressed: bool,
    /// Under names that hold hashes.
    pub hashed: bool,
}

/// `UPLOAD.txt`: how to put the folder on a server.
///
/// # Errors
/// None that these templates can give.
pub fn upload(
    about: &About,
    script: &Asset,
    src: Option<&str>,
    how: Serving,
    files: &[Written],
) -> Result<String, CliError> {
    let upload = Upload {
        script,
        src,
        policy: &about.policy(),
        how,
        files,
    };
    Ok(upload.render()? + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_scheme_and_host_and_nothing_that_a_policy_would_misread() {
        for (address, expected) in [
            ("https://a.org/b.mp3#t=1", Some("https://a.org")),
            ("https://a.org:8443", Some("https://a.org:8443")),
            ("b.mp3", None),
            ("https://a.org; script-src *", None),
        ] {
            assert_eq!(origin(address), expected);
        }
    }

    #[test]
    fn titles_are_text() {
        let collection = CollectionInfo {
            title: Some("<b>\"Q & A\"".to_owned()),
            language: Some("en\" onload=\"x".to_owned()),
            ..CollectionInfo::default()
        };
        let asset = Asset::new("a.js", b"");
        let page = index(&About::new(&collection), &asset, &asset, None, None).expect("it renders");
        assert!(
            !page.contains("<b>") && !page.contains("onload=\""),
            "{page}"
        );
    }
}
