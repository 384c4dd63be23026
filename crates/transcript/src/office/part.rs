//! A part in XML as a stream of what opens, what closes and what is written.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::entity;
use crate::fault::Fault;

/// Whoever reads a part.
pub(crate) trait Listener {
    /// An element opens; `name` is its name without prefix.
    fn open(&mut self, name: &str, element: &Attributes<'_>);
    /// The innermost element closes.
    fn close(&mut self, name: &str);
    /// Text.
    fn text(&mut self, text: &str);
}

/// The attributes of an element.
pub(crate) struct Attributes<'e>(&'e BytesStart<'e>);

impl Attributes<'_> {
    /// The value of the attribute with this name, prefix aside.
    pub fn get(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let found = attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().into_inner() == name)?;
        Some(entity::unescape(&found.value).into_owned())
    }
}

/// Reads a part of this name.
pub(crate) fn read(part: &str, text: &str, listener: &mut impl Listener) -> Result<(), Fault> {
    let mut reader = Reader::from_str(text);
    let mut depth = 0usize;
    let wrong = |at: u64, problem: String| {
        let at = usize::try_from(at).unwrap_or(usize::MAX).min(text.len());
        let line = 1 + text.as_bytes()[..at]
            .iter()
            .filter(|&&byte| byte == b'\n')
            .count();
        Fault::Part {
            part: format!("{part}:{line}"),
            problem,
        }
    };
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                depth += 1;
                listener.open(start.local_name().into_inner(), &Attributes(&start));
            }
            Ok(Event::Empty(start)) => {
                let name = start.local_name();
                listener.open(name.into_inner(), &Attributes(&start));
                listener.close(name.into_inner());
            }
            Ok(Event::End(end)) => {
                depth = depth.saturating_sub(1);
                listener.close(end.local_name().into_inner());
            }
            Ok(Event::Text(text)) => listener.text(&text),
            Ok(Event::CData(text)) => listener.text(&text),
            Ok(Event::GeneralRef(name)) => match entity::resolve(&name) {
                Some(character) => listener.text(&character),
                None => {
                    let problem = format!(
                        "`&{};` stands for nothing that the file says; save it anew",
                        Cow::Borrowed(&*name)
                    );
                    return Err(wrong(reader.buffer_position(), problem));
                }
            },
            Ok(Event::DocType(_)) => {
                let problem = "declares a document type, which no such file does; save it anew";
                return Err(wrong(reader.buffer_position(), problem.to_owned()));
            }
            Ok(Event::Eof) if depth > 0 => {
                let problem = "ends in the middle, so it was probably cut off; get the file whole";
                return Err(wrong(reader.buffer_position(), problem.to_owned()));
            }
            Ok(Event::Eof) => return Ok(()),
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_)) => {}
            Err(error) => {
                let problem = format!("the XML is broken ({error}); save the file anew");
                return Err(wrong(reader.error_position(), problem));
            }
        }
    }
}
