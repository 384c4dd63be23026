//! Voices that the markup of captions, or a field, states.

use crate::captions::cue::{Captions, Span};
use crate::captions::leads;
use crate::signs::label::Candidate;
use crate::signs::script::is_colon;
use crate::turns::furniture::Reason;

/// Share of voices, in percent, that must open with a name of their own for the voice to be that of
/// a room or of a channel: `<v Speaker 1>Anna: text`.
const NAMED_INSIDE: usize = 80;

/// Whether any voice has a name.
pub(crate) fn are_stated(captions: &Captions) -> bool {
    spans(captions).any(|span| span.voice.as_ref().is_some_and(|voice| !voice.is_empty()))
}

fn spans(captions: &Captions) -> impl Iterator<Item = &Span> {
    captions.cues.iter().flat_map(|cue| &cue.spans)
}

/// Takes away voices that name nobody: where the speech of nearly all opens with a name, and one of
/// these comes back, that name says who speaks.
pub(crate) fn take_channels(captions: &mut Captions) {
    let (mut voices, mut named) = (0, 0);
    let mut seen = std::collections::HashSet::new();
    let mut comes_back = false;
    for span in spans(captions) {
        let (Some(_), Some(first)) = (&span.voice, span.lines.first()) else {
            continue;
        };
        voices += 1;
        let line = &captions.content.text()[first.clone()];
        if let Some(lead) = leads::lead(line).filter(leads::Lead::is_like_a_name) {
            named += 1;
            comes_back |= !seen.insert(lead.name.to_owned());
        }
    }
    if !comes_back || named * 100 < NAMED_INSIDE * voices {
        return;
    }
    let Captions {
        cues, furniture, ..
    } = captions;
    for span in cues.iter_mut().flat_map(|cue| &mut cue.spans) {
        let voice = span.voice.take().filter(|voice| !voice.is_empty());
        furniture.extend(voice.map(|voice| (voice, Reason::Label)));
    }
}

/// Labels of voice tags and of speaker fields. A caption without one goes on with the voice before,
/// unless the file states the voice of every caption.
pub(crate) fn labels(captions: &Captions) -> Vec<Candidate> {
    let each = captions.voice_each || states_each(captions);
    let mut labels = Vec::new();
    let mut line = 0;
    for span in spans(captions) {
        let Some(first) = span.lines.first() else {
            continue;
        };
        // A voice without a name is nobody's, and not the one before.
        let nobody = first.start..first.start;
        let voice = span.voice.clone().or_else(|| each.then_some(nobody));
        if let Some(voice) = voice {
            labels.push(Candidate {
                lines: line..line + 1,
                pieces: std::iter::once(voice.clone()).collect(),
                end: first.start,
                name: name_of(&captions.content.clean(voice)),
                brackets: Vec::new(),
                chevron: None,
                explicit: true,
                start_ms: None,
            });
        }
        line += span.lines.len();
    }
    labels
}

/// Whether captions have the voice of the one before stated again, at least as often as one has
/// none; or all voices are closed, so that what follows is outside them.
fn states_each(captions: &Captions) -> bool {
    let (mut again, mut without, mut with, mut all_closed) = (0, 0, 0, true);
    let mut before = None;
    for cue in &captions.cues {
        for span in cue.spans.iter().filter(|span| !span.lines.is_empty()) {
            let Some(voice) = &span.voice else {
                without += 1;
                before = None;
                continue;
            };
            let voice = &captions.content.text()[voice.clone()];
            with += 1;
            again += usize::from(before == Some(voice));
            all_closed &= span.closed;
            before = Some(voice);
        }
    }
    again > 0 && again >= without || all_closed && with >= without
}

/// A name without the colon that some programs put into the tag, and without the brackets around
/// all of it. A number alone is that of a speaker.
fn name_of(voice: &str) -> String {
    let name = voice.trim_end_matches(is_colon).trim();
    let bare = name
        .strip_prefix('(')
        .and_then(|name| name.strip_suffix(')'));
    let name = bare.unwrap_or(name).trim();
    if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit()) {
        return format!("Speaker {name}");
    }
    name.to_owned()
}
