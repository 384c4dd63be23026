/** How speakers look: a colour and initials of their own, and a bar for how much each one spoke. */

import { el, svg } from "./dom.js";

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
