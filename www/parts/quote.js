/** A turn as a quotation, and what is said of a turn's place in its meeting. */

/** @import { Turn, TurnEvent, TurnSearch, TurnText } from "../types/turnsearch.js" */
/** @import { Translator } from "../i18n.js" */

/**
 * Words of a turn with their source.
 * @param {TurnSearch} archive
 * @param {Translator} t
 * @param {Turn} turn
 * @param {string} text
 * @param {string | null} link
 */
export function quotation(archive, t, turn, text, link) {
  const meeting = archive.meeting(turn.meeting);
  const who = archive.speaker(turn.speaker)?.name ?? turn.heading.at(-1);
  const place = meeting && position(t, turn.n, meeting);
  const source = [who, meeting?.title, meeting?.date && t.date(meeting.date), place].filter(
    Boolean,
  );
  const comma = t.language.startsWith("zh") ? "，" : ", ";
  const quoted = t.text("quotation", { text, source: source.join(comma) });
  return link ? `${quoted}\n${link}` : quoted;
}

/**
 * The words of a turn without the headings that open it, unless it is nothing but headings.
 * @param {TurnText} turn
 */
export function ownText({ text, headingEnd }) {
  return text.slice(headingEnd) || text;
}

/**
 * The text around a match, and where in it the match begins: for a match in an event the text has
 * the event in its place.
 * @param {{ text: string, events: TurnEvent[] }} turn
 * @param {number} start as marks have it
 * @returns {[text: string, start: number]}
 */
export function around({ text, events }, start) {
  let at = start - text.length;
  for (const { offset, text: label } of events) {
    if (at >= 0 && at < label.length)
      return [text.slice(0, offset) + label + text.slice(offset), offset + at];
    at -= label.length;
  }
  return [text, start];
}

/**
 * @param {Translator} t
 * @param {number} n
 * @param {{ kind: string, turns: number }} meeting
 */
export function position(t, n, meeting) {
  return t.text(meeting.kind === "document" ? "sectionOf" : "turnOf", { k: n, all: meeting.turns });
}

/**
 * How long a meeting is.
 * @param {Translator} t
 * @param {{ kind: string, turns: number }} meeting
 */
export function size(t, { kind, turns }) {
  return t.text(kind === "document" ? "sections" : "found", { n: turns });
}
