/** Taking results along as a file: as a table, as data. */

import { ownText } from "./quote.js";

/** @import { Hit, Turn, TurnSearch, TurnText } from "../types/turnsearch.js" */
/** @import { Context } from "./link.js" */

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
 * Offers turns to the reader as a file.
 * @param {"csv" | "json"} kind
 * @param {Context} context
 * @param {string} query
 * @param {Hit[]} hits
 */
export async function saveHits(kind, { archive, href }, query, hits) {
  const ids = hits.map(({ turn }) => turn);
  const texts = await archive.texts(ids);
  const turns = ids.map((id, at) => {
    const turn = archive.turn(id);
    const link = href(turn);
    return row(archive, turn, texts[at], link && new URL(link, location.href).href);
  });
  if (kind === "csv") return save("turns.csv", "text/csv;charset=utf-8", csv(turns));
  save("turns.json", "application/json", `${JSON.stringify({ query, turns }, null, 2)}\n`);
}

/**
 * @param {TurnSearch} archive
 * @param {Turn} turn
 * @param {TurnText} text
 * @param {string | null} link
 * @returns {Row}
 */
function row(archive, turn, text, link) {
  const meeting = archive.meeting(turn.meeting);
  return {
    meeting: meeting?.slug ?? "",
    title: meeting?.title ?? "",
    date: meeting?.date ?? null,
    turn: turn.n,
    speaker: archive.speaker(turn.speaker)?.name ?? null,
    heading: turn.heading.join(" > "),
    start_ms: turn.startMs,
    text: ownText(text),
    link,
  };
}

/**
 * A table after RFC 4180, with a byte order mark so that spreadsheets read it as UTF-8.
 * @param {Row[]} rows at least one
 */
function csv(rows) {
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
function save(name, type, content) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The download has taken its own hold of the data by the next task.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
