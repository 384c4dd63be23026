//! Akoma Ntoso 3.0 debates.

use std::fmt::Write as _;

use quick_xml::escape::escape;
use turnsearch_model::{Field, Kind, Meeting, Speaker, SpeakerId, Turn};

use super::piece::{Piece, paragraphs};

/// The namespace of Akoma Ntoso 3.0.
const NAMESPACE: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";
/// A date for records that state none; the format demands one.
const NO_DATE: &str = "0001-01-01";

/// Writes a debate: people as references, a section for each heading, a speech for each turn.
pub(super) fn write(meeting: &Meeting, speakers: &[Speaker]) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        out,
        "<akomaNtoso xmlns=\"{NAMESPACE}\">\n<debate name=\"transcript\">"
    );
    meta(meeting, speakers, &mut out);
    preface(meeting, &mut out);
    out.push_str("<debateBody>\n");
    let mut sections = Sections::default();
    for turn in &meeting.turns {
        sections.go_to(&turn.heading, &mut out);
        speech(turn, meeting.kind, speakers, &mut out);
    }
    sections.go_to(&[], &mut out);
    out.push_str("</debateBody>\n</debate>\n</akomaNtoso>\n");
    out
}

fn meta(meeting: &Meeting, speakers: &[Speaker], out: &mut String) {
    let meta = &meeting.meta;
    let date = meta[Field::Date].as_deref().unwrap_or(NO_DATE);
    let language = meta[Field::Language].as_deref().unwrap_or("und");
    let uri = meta[Field::Url]
        .clone()
        .unwrap_or_else(|| format!("/akn/debate/{}", meeting.id));
    let (uri, language) = (escape(&uri), escape(language));
    out.push_str("<meta>\n<identification source=\"#source\">\n");
    for (level, extra) in [
        ("FRBRWork", "<FRBRcountry value=\"un\"/>".to_owned()),
        (
            "FRBRExpression",
            format!("<FRBRlanguage language=\"{language}\"/>"),
        ),
        ("FRBRManifestation", String::new()),
    ] {
        let _ = writeln!(
            out,
            "<{level}><FRBRthis value=\"{uri}\"/><FRBRuri value=\"{uri}\"/>\
             <FRBRdate date=\"{date}\" name=\"session\"/><FRBRauthor href=\"#source\"/>{extra}</{level}>"
        );
    }
    out.push_str("</identification>\n<references source=\"#source\">\n");
    let name = escape(meeting.source.as_str());
    let _ = writeln!(
        out,
        "<TLCReference eId=\"source\" name=\"source\" href=\"#\" showAs=\"{name}\"/>"
    );
    if let Some(place) = &meta[Field::Place] {
        let place = escape(place.as_str());
        let _ = writeln!(
            out,
            "<TLCLocation eId=\"place\" href=\"/ontology/location/place\" showAs=\"{place}\"/>"
        );
    }
    for id in speaking(meeting) {
        if let Some(speaker) = speakers.get(id.index()) {
            let name = escape(speaker.name.as_str());
            let _ = writeln!(
                out,
                "<TLCPerson eId=\"person_{id}\" href=\"/ontology/person/person_{id}\" showAs=\"{name}\"/>"
            );
            if let Some(role) = &speaker.role {
                let role = escape(role.as_str());
                let _ = writeln!(
                    out,
                    "<TLCRole eId=\"role_{id}\" href=\"/ontology/role/role_{id}\" showAs=\"{role}\"/>"
                );
            }
        }
    }
    out.push_str("</references>\n</meta>\n");
}

/// Those who speak, in order of first appearance.
fn speaking(meeting: &Meeting) -> Vec<SpeakerId> {
    let mut seen = std::collections::HashSet::new();
    let speakers = meeting.turns.iter().filter_map(|turn| turn.speaker);
    speakers.filter(|&speaker| seen.insert(speaker)).collect()
}

/// Title and date. A meeting without a title has an empty one, so that no heading is taken for it.
fn preface(meeting: &Meeting, out: &mut String) {
    let title = escape(meeting.meta[Field::Title].as_deref().unwrap_or(""));
    let _ = write!(out, "<preface>\n<p><docTitle>{title}</docTitle></p>\n");
    if let Some(date) = &meeting.meta[Field::Date] {
        let date = escape(date.as_str());
        let _ = writeln!(out, "<p><docDate date=\"{date}\">{date}</docDate></p>");
    }
    out.push_str("</preface>\n");
}

/// The sections that are open.
#[derive(Default)]
struct Sections {
    open: Vec<String>,
    count: usize,
}

impl Sections {
    /// Closes and opens sections until their headings are these.
    fn go_to(&mut self, headings: &[String], out: &mut String) {
        let same = self
            .open
            .iter()
            .zip(headings)
            .take_while(|(a, b)| a == b)
            .count();
        for _ in same..self.open.len() {
            out.push_str("</debateSection>\n");
        }
        self.open.truncate(same);
        for heading in &headings[same..] {
            self.count += 1;
            let _ = writeln!(
                out,
                "<debateSection eId=\"dbsect_{}\" name=\"section\">\n<heading>{}</heading>",
                self.count,
                escape(heading.as_str())
            );
            self.open.push(heading.clone());
        }
    }
}

fn speech(turn: &Turn, kind: Kind, speakers: &[Speaker], out: &mut String) {
    out.push_str("<speech");
    if let Some(speaker) = turn.speaker {
        let _ = write!(out, " by=\"#person_{speaker}\"");
        let role = speakers.get(speaker.index()).map(|speaker| &speaker.role);
        if role.is_some_and(Option::is_some) {
            let _ = write!(out, " as=\"#role_{speaker}\"");
        }
    }
    let _ = writeln!(out, " eId=\"speech_{}\">", turn.n);
    if let (Some(label), Kind::Transcript) = (&turn.label, kind) {
        let _ = writeln!(out, "<from>{}</from>", escape(label.as_str()));
    }
    for pieces in paragraphs(turn) {
        out.push_str("<p>");
        for piece in pieces {
            match piece {
                Piece::Text(text) => out.push_str(&escape(text)),
                Piece::Event(event) => {
                    let _ = write!(out, "<remark type=\"event\">{}</remark>", escape(event));
                }
            }
        }
        out.push_str("</p>\n");
    }
    out.push_str("</speech>\n");
}
