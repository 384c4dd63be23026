/** Text of transcripts as nodes: marks, events, paragraphs. Offsets are UTF-16 code units. */

import { el } from "./dom.js";

/** @import { Turn, TurnText } from "../types/turnsearch.js" */

/**
 * A text with its matches in `<mark>`.
 * @param {string} text
 * @param {ArrayLike<number>} marks pairs of start and end, ascending
 * @returns {(Node | string)[]}
 */
export function marked(text, marks) {
  return compose(text, 0, text.length, marks, []);
}

/**
 * A whole turn: a `<p>` for each paragraph, with matches marked and events where they happened. Each mark carries the
 * number of its match as `data-match`; an event inside a match makes two marks of one number.
 * @param {Turn} turn
 * @param {TurnText} text
 * @param {ArrayLike<number>} marks pairs of start and end in the text, ascending
 * @param {string | null} language of the text
 * @param {(depth: number) => "h3" | "h4" | "h5" | "p"} [headingTag] element of a heading that opens the turn, by its
 *   depth in the path of headings
 * @returns {HTMLElement[]}
 */
export function paragraphs(turn, { text, events }, marks, language, headingTag = () => "p") {
  const made = [];
  const depth = turn.heading.length - turn.headingLines;
  let start = 0;
  for (const [line, paragraph] of text.split("\n").entries()) {
    const end = start + paragraph.length;
    const within = events.filter(({ offset }) => offset >= start && offset <= end);
    const nodes = compose(text, start, end, marks, within);
    const isHeading = line < turn.headingLines;
    const attributes = { lang: language, dir: "auto", class: isHeading && "heading" };
    made.push(el(isHeading ? headingTag(depth + line) : "p", attributes, ...nodes));
    start = end + 1;
  }
  return made;
}

/**
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @param {ArrayLike<number>} marks
 * @param {{ offset: number, text: string }[]} events
 */
function compose(text, start, end, marks, events) {
  /** @type {(Node | string)[]} */
  const nodes = [];
  let at = start;
  let nextEvent = 0;
  let match = 0;

  /** @param {number} to @param {boolean} isMatch */
  const write = (to, isMatch) => {
    while (nextEvent < events.length && events[nextEvent].offset < to) {
      piece(events[nextEvent].offset, isMatch);
      nodes.push(el("span", { class: "event" }, events[nextEvent].text));
      nextEvent += 1;
    }
    piece(to, isMatch);
  };
  /** @param {number} to @param {boolean} isMatch */
  const piece = (to, isMatch) => {
    if (to <= at) return;
    const part = text.slice(at, to);
    nodes.push(isMatch ? el("mark", { "data-match": match }, part) : part);
    at = to;
  };

  for (let pair = 0; pair + 1 < marks.length; pair += 2) {
    const from = Math.max(marks[pair], at);
    const to = Math.min(marks[pair + 1], end);
    if (from >= to) continue;
    write(from, false);
    match = pair / 2;
    write(to, true);
  }
  write(end, false);
  for (const { text: label } of events.slice(nextEvent))
    nodes.push(el("span", { class: "event" }, label));
  return nodes;
}

/**
 * @param {number} milliseconds
 * @returns {string} as `4:05` or `1:04:05`
 */
export function timeCode(milliseconds) {
  const seconds = Math.floor(milliseconds / 1000);
  const two = (/** @type {number} */ value) => String(value).padStart(2, "0");
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
