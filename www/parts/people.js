/** How speakers look: a colour and initials of their own, and how much of a meeting each one spoke. */

import { el, svg } from "./dom.js";

/** @import { Meeting } from "../engine.js" */
/** @import { TurnSearch } from "../client.js" */
/** @import { Translator } from "../i18n.js" */

/** Degrees between the hues of neighbouring ids; the golden angle keeps any few of them apart. */
const GOLDEN_ANGLE = 137.508;

/** @param {string} name */
export function initials(name) {
  const parts = name.split(/[\s·・‧•.,()（）-]+/u).filter(Boolean);
  const first = [...(parts[0] ?? "?")][0];
  const last = parts.length > 1 ? [...parts[parts.length - 1]][0] : "";
  return (first + last).toUpperCase();
}

/**
 * Gives an element the colour of a speaker, which the style sheets read as `--hue`.
 * @template {HTMLElement | SVGElement} T
 * @param {T} element
 * @param {number | null} speaker id
 * @returns {T}
 */
export function tint(element, speaker) {
  if (speaker === null) element.classList.add("nobody");
  else element.style.setProperty("--hue", ((speaker * GOLDEN_ANGLE + 20) % 360).toFixed(1));
  return element;
}

/**
 * The disc beside a name. The name stands next to it, so it says nothing itself.
 * @param {number | null} speaker
 * @param {string | undefined} name
 */
export function avatar(speaker, name) {
  const text = name ? initials(name) : "–";
  return tint(el("span", { class: "avatar", "aria-hidden": "true" }, text), speaker);
}

/**
 * @typedef {object} Share
 * @property {number | null} speaker
 * @property {string} name
 * @property {number} turns
 * @property {number} characters
 */

/**
 * Counts who spoke how much in a meeting, most first.
 * @param {TurnSearch} turns
 * @param {Meeting} meeting
 * @param {Translator} translator
 * @returns {Share[]}
 */
export function shares(turns, meeting, translator) {
  /** @type {Map<number | null, Share>} */
  const counted = new Map();
  for (let id = meeting.firstTurn; id < meeting.firstTurn + meeting.turns; id++) {
    const { speaker, text } = turns.turn(id);
    let share = counted.get(speaker);
    if (!share) {
      const name = turns.speaker(speaker)?.name ?? translator.text("unnamed");
      counted.set(speaker, (share = { speaker, name, turns: 0, characters: 0 }));
    }
    share.turns += 1;
    share.characters += text.length;
  }
  return [...counted.values()].sort((a, b) => b.characters - a.characters);
}

/**
 * @param {number} fraction of the longest bar
 * @param {number | null} speaker
 */
export function bar(fraction, speaker) {
  const picture = svg(
    "svg",
    { class: "bar", viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("rect", { width: Math.max(0.5, fraction * 100).toFixed(2), height: 4, rx: 0.6 }),
  );
  return tint(picture, speaker);
}
