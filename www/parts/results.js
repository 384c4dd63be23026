/** The results: a card for each turn, or a line for each match (keyword in context). */

import { card } from "./card.js";
import { el } from "./dom.js";
import { mainLink, nameOf, opener } from "./link.js";
import { around } from "./quote.js";

/** @import { Meeting, Turn } from "../types/turnsearch.js" */
/** @import { ShownHit } from "../asking/asking.js" */
/** @import { Context } from "./link.js" */

/** Characters on each side of a match in the view of lines; more than any screen shows. */
const LINE_CONTEXT = 60;

/**
 * @param {Context} context
 * @param {ShownHit[]} hits
 * @param {number} [before] id of the turn before these, so that a group goes on without a new
 *   heading
 * @returns {HTMLLIElement[]}
 */
export function results(context, hits, before) {
  const { archive, view } = context;
  const made = [];
  let last = before === undefined ? null : archive.turn(before).meeting;
  for (const hit of hits) {
    const turn = archive.turn(hit.turn);
    const meeting = /** @type {Meeting} */ (archive.meeting(turn.meeting));
    if (view !== "list" && last !== meeting.id) made.push(groupHeading(context, meeting));
    last = meeting.id;
    if (view === "lines") made.push(...lines(context, hit, turn, meeting));
    else made.push(card(context, hit, turn, meeting, view === "groups"));
  }
  return made;
}

/** @param {Context} context @param {Meeting} meeting */
function groupHeading({ t }, meeting) {
  const day = meeting.date && el("span", { class: "day" }, t.date(meeting.date));
  return el(
    "li",
    { class: "group" },
    el("h3", { dir: "auto", lang: meeting.language }, meeting.title),
    day,
  );
}

/**
 * A line for each match, the match in the middle column; one in an event with the event as part of
 * the text.
 * @param {Context} context
 * @param {ShownHit} hit
 * @param {Turn} turn
 * @param {Meeting} meeting
 */
function lines(context, { text = "", events = [], marks = new Uint32Array() }, turn, meeting) {
  const { language } = meeting;
  const words = { text: text.replaceAll("\n", " "), events };
  const made = [];
  for (let pair = 0; pair + 1 < marks.length; pair += 2) {
    const [flat, from] = around(words, marks[pair]);
    const to = from + marks[pair + 1] - marks[pair];
    const line = el(
      "span",
      { class: "kwic", lang: language },
      el("span", { class: "left" }, el("bdi", flat.slice(Math.max(0, from - LINE_CONTEXT), from))),
      el("mark", flat.slice(from, to)),
      el("span", { class: "right" }, el("bdi", flat.slice(to, to + LINE_CONTEXT))),
    );
    const name = mainLink(context, turn, nameOf(context, turn, meeting), language);
    const attributes = { class: "line", part: "line", onclick: opener(context, turn) };
    made.push(el("li", attributes, name, line));
  }
  return made;
}
