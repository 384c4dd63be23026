/** Taking turns along: as a quotation, as a table, as data. */

/** @import { Turn } from "../engine.js" */
/** @import { TurnSearch } from "../client.js" */
/** @import { Translator } from "../i18n.js" */

/**
 * A turn, or the words of it that the reader selected, with its source.
 * @param {TurnSearch} turns
 * @param {Translator} t
 * @param {Turn} turn
 * @param {{ selected?: string, link?: string | null }} [options]
 */
export function quotation(turns, t, turn, { selected, link } = {}) {
  const meeting = turns.meeting(turn.meeting);
  const who = turns.speaker(turn.speaker)?.name ?? turn.heading.at(-1);
  const place = meeting && position(t, turn.n, meeting);
  const source = [who, meeting?.title, meeting?.date && t.date(meeting.date), place].filter(
    Boolean,
  );
  const comma = t.language.startsWith("zh") ? "，" : ", ";
  const quoted = t.text("quotation", {
    text: selected || ownText(turn),
    source: source.join(comma),
  });
  return link ? `${quoted}\n${link}` : quoted;
}

/**
 * The words of a turn without the headings that open it, unless it is nothing but headings.
 * @param {Turn} turn
 */
export function ownText({ text, headingEnd }) {
  return text.slice(headingEnd) || text;
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

/**
 * @typedef {object} Row
 * @property {string} meeting slug
 * @property {string} title
 * @property {string | null} date
 * @property {number} turn
 * @property {string | null} speaker
 * @property {string} heading
 * @property {number | null} start_ms
 * @property {string} text
 * @property {string | null} link
 */

/**
 * @param {TurnSearch} turns
 * @param {Turn} turn
 * @param {string | null} link
 * @returns {Row}
 */
export function row(turns, turn, link) {
  const meeting = turns.meeting(turn.meeting);
  return {
    meeting: meeting?.slug ?? "",
    title: meeting?.title ?? "",
    date: meeting?.date ?? null,
    turn: turn.n,
    speaker: turns.speaker(turn.speaker)?.name ?? null,
    heading: turn.heading.join(" > "),
    start_ms: turn.startMs,
    text: ownText(turn),
    link,
  };
}

/**
 * A table after RFC 4180, with a byte order mark so that spreadsheets read it as UTF-8.
 * @param {Row[]} rows at least one
 */
export function csv(rows) {
  const lines = [Object.keys(rows[0]), ...rows.map((each) => Object.values(each))];
  return `\ufeff${lines.map((line) => line.map(field).join(",")).join("\r\n")}\r\n`;
}

/**
 * A text that a spreadsheet would take for a formula gets an apostrophe in front, which it does not show.
 * @param {string | number | null} value
 */
function field(value) {
  const text = String(value ?? "");
  const inert = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${inert.replaceAll('"', '""')}"`;
}

/**
 * Offers a text to the reader as a file.
 * @param {string} name
 * @param {string} type
 * @param {string} content
 */
export function save(name, type, content) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The download has taken its own hold of the data by the next task.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
