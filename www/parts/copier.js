/** The button that copies a turn, or the words of it that are selected, as a quotation. */

import { el } from "./dom.js";
import { selectedIn } from "./link.js";
import { ownText, quotation } from "./quote.js";

/** @import { Turn } from "../types/turnsearch.js" */
/** @import { Context } from "./link.js" */

/** Milliseconds for which a button says that it has copied. */
const COPIED_MS = 1600;

/**
 * @param {Context} context
 * @param {Turn} turn
 * @param {HTMLElement} body where words may be selected
 */
export function copier(context, turn, body) {
  const { t, archive, announce } = context;
  const label = el("span", t.text("copy"));
  const copy = async () => {
    const href = context.href(turn);
    const link = href && new URL(href, location.href).href;
    const words = selectedIn(body) || ownText((await archive.texts([turn.id]))[0]);
    const done = await copyText(quotation(archive, t, turn, words, link));
    label.textContent = t.text(done ? "copied" : "notCopied");
    announce(label.textContent);
    setTimeout(() => (label.textContent = t.text("copy")), COPIED_MS);
  };
  return el("button", { class: "quiet", onclick: copy }, label);
}

/** @param {string} text */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // refused, or not a secure context
  }
}
