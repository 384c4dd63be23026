/** Text of transcripts as nodes: marks, events, paragraphs. Offsets are UTF-16 code units. */

import { el } from "./dom.js";

/** @import { Turn, TurnEvent, TurnText } from "../types/turnsearch.js" */

/**
 * A text with its matches in `<mark>`, and its events.
 * @param {string} text
 * @param {ArrayLike<number>} marks as of a snippet
 * @param {TurnEvent[]} events
 * @returns {(Node | string)[]}
 */
export function marked(text, marks, events) {
  return compose(text, 0, text.length, marks, events);
}

/**
 * A whole turn: a `<p>` for each paragraph, with matches marked and events where they happened.
 * Each mark carries the number of its match as `data-match`; an event inside a match makes two
 * marks of one number.
 * @param {Turn} turn
 * @param {TurnText} text
 * @param {ArrayLike<number>} marks pairs of start and end, as the client gives them
 * @param {string | null} language of the text
 * @param {(depth: number) => "h3" | "h4" | "h5" | "p"} [headingTag] element of a heading that opens
 *   the turn, by its depth in the path of headings
 * @returns {HTMLElement[]}
 */
export function paragraphs(turn, { text, events }, marks, language, headingTag = () => "p") {
  const made = [];
  const depth = turn.heading.length - turn.headingLines;
  let start = 0;
  for (const [line, paragraph] of text.split("\n").entries()) {
    const end = start + paragraph.length;
    const nodes = compose(text, start, end, marks, events);
    const isHeading = line < turn.headingLines;
    const attributes = { lang: language, dir: "auto", class: isHeading && "heading" };
    made.push(el(isHeading ? headingTag(depth + line) : "p", attributes, ...nodes));
    start = end + 1;
  }
  return made;
}

/**
 * The text from `start` to `end`, with the events there.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @param {ArrayLike<number>} marks
 * @param {TurnEvent[]} events of the whole text
 */
function compose(text, start, end, marks, events) {
  /** @type {(Node | string)[]} */
  const nodes = [];
  /** The events there, as nodes. @type {[offset: number, node: Node][]} */
  const within = [];
  let at = start;
  let match = 0;
  // Marks go on through the texts of the events.
  let whole = text;
  for (const { offset, text: label } of events) {
    const from = whole.length;
    whole += label;
    if (offset < start || offset > end) continue;
    const nodes = compose(whole, from, whole.length, marks, []);
    within.push([offset, el("span", { class: "event" }, ...nodes)]);
  }

  /** @param {number} to @param {boolean} isMatch @param {number} [until] of events */
  const write = (to, isMatch, until = to) => {
    while (within.length > 0 && within[0][0] < until) {
      const [[offset, node]] = within.splice(0, 1);
      piece(offset, isMatch);
      nodes.push(node);
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
  write(end, false, end + 1);
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
