/** What leads to a turn. */

import { el } from "./dom.js";

/** @import { Meeting, Turn, TurnSearch } from "../types/turnsearch.js" */
/** @import { View } from "../asking/asking.js" */
/** @import { Translator } from "../i18n.js" */

/**
 * What a part needs that shows turns and leads to them.
 * @typedef {object} Context
 * @property {TurnSearch} archive
 * @property {Translator} t
 * @property {View} view
 * @property {number} limit hits that are shown at a time
 * @property {(turns: number[]) => Promise<Uint32Array[]>} marks matches of the present query in turns
 * @property {(turn: Turn) => string | null} href fragment that leads to a turn, null when the page has no such links
 * @property {(turn: Turn) => void} open
 * @property {(text: string) => void} announce
 */

/**
 * What opens a turn: a link, or where the page has no links to turns, a button.
 * @param {Context} context
 * @param {Turn} turn
 * @param {string} text
 * @param {string | null} language
 */
export function mainLink(context, turn, text, language) {
  const href = context.href(turn);
  const onclick = plainly(() => context.open(turn));
  const attributes = { class: "main", dir: "auto", lang: language, onclick };
  return href ? el("a", { href, ...attributes }, text) : el("button", attributes, text);
}

/**
 * What a press on a link does, unless it has a modifier: then the browser opens the link elsewhere.
 * @param {() => void} act
 */
export function plainly(act) {
  return (/** @type {MouseEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    act();
  };
}

/**
 * A press on the text of a card opens it, unless the reader is selecting words or presses something else.
 * @param {Context} context
 * @param {Turn} turn
 */
export function opener(context, turn) {
  return (/** @type {MouseEvent} */ { target, currentTarget, button }) => {
    const pressed = target instanceof Element && target.closest("a, button");
    const item = /** @type {HTMLElement} */ (currentTarget);
    if (button === 0 && !pressed && !selectedIn(item)) context.open(turn);
  };
}

/**
 * What a link to a turn says.
 * @param {Context} context
 * @param {Turn} turn
 * @param {Meeting} meeting
 */
export function nameOf({ archive, t }, turn, meeting) {
  const heading = turn.heading.join(" › ");
  if (meeting.kind === "document") return heading || meeting.title;
  return archive.speaker(turn.speaker)?.name ?? t.text("unnamed");
}

/**
 * What the reader has selected, if it lies in the element.
 * @param {HTMLElement} element
 */
export function selectedIn(element) {
  const root = element.getRootNode();
  // Chromium keeps a selection per shadow root; elsewhere the document's one reaches into it.
  const scope = /** @type {{ getSelection?: () => Selection | null }} */ (root);
  const selection = scope.getSelection?.() ?? document.getSelection();
  const inside = selection && !selection.isCollapsed && element.contains(selection.anchorNode);
  return inside ? selection.toString().trim() : "";
}
