/**
 * The bar of a reader: what is marked in the meeting, and where one stands among the places. Tells `find` with the text,
 * and `step` with 1 or -1.
 */

import { el, iconButton } from "./dom.js";
import { tell } from "./tell.js";

/** @import { Translator } from "../i18n.js" */

/** @param {Translator} t @param {string} query */
export function findBar(t, query) {
  const step = (/** @type {-1 | 1} */ direction) => tell(element, "step", direction);
  const changed = () => tell(element, "find", find.value);
  const label = t.text("findHere");
  const find = el("input", {
    type: "search",
    maxlength: 1365, // as in the box of `<turn-search>`
    class: "find",
    "aria-label": label,
    placeholder: label,
    value: query,
    oninput: (/** @type {InputEvent} */ event) => {
      if (!event.isComposing) changed();
    },
    oncompositionend: changed,
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      step(event.shiftKey ? -1 : 1);
    },
  });
  const count = el("span", { class: "count", role: "status" });
  const previous = iconButton("up", t.text("previous"), { onclick: () => step(-1) });
  const next = iconButton("down", t.text("next"), { onclick: () => step(1) });
  const stepper = el("span", { class: "stepper" }, previous, count, next);
  const element = el("div", { class: "bar", role: "search" }, find, stepper);
  return {
    element,
    /**
     * @param {number | null} index of the place that is shown
     * @param {number} length how many places there are
     * @param {string} query what they match
     */
    show(index, length, query) {
      previous.disabled = next.disabled = length === 0;
      const place =
        index === null ? t.number(length) : t.text("matchOf", { k: index + 1, n: length });
      count.textContent = length > 0 ? place : query.trim() ? t.text("noMatch") : "";
    },
  };
}
