/**
 * Building elements without markup strings: what comes from a transcript is only ever a text node
 * or an attribute value.
 */

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {Node | string | null | undefined | false} Child */
/**
 * @typedef {Record<string, string | number | boolean | null | undefined | EventListener | ((event:
 *   any) => void)>} Attributes
 */

/**
 * Makes an HTML element of attributes and children. An attribute that is `true` is set empty,
 * `false`, `null` and `undefined` leave it out, and a function under `onclick` and the like becomes
 * a listener. Buttons need no type: no form of a page reaches into a shadow tree.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {...(Attributes | Child)} parts
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, ...parts) {
  return fill(document.createElement(tag), parts);
}

/**
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {...(Attributes | Child)} parts
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function svg(tag, ...parts) {
  return fill(/** @type {SVGElementTagNameMap[Tag]} */ (document.createElementNS(SVG, tag)), parts);
}

/**
 * @template {Element} T
 * @param {T} element
 * @param {(Attributes | Child)[]} parts
 * @returns {T}
 */
function fill(element, parts) {
  for (const part of parts) {
    if (typeof part === "string" || part instanceof Node) element.append(part);
    else for (const [name, value] of Object.entries(part || {})) set(element, name, value);
  }
  return element;
}

/**
 * @param {Element} element
 * @param {string} name
 * @param {Attributes[string]} value
 */
function set(element, name, value) {
  if (typeof value === "function") element.addEventListener(name.slice(2), value);
  else if (value !== false && value !== null && value !== undefined)
    element.setAttribute(name, value === true ? "" : String(value));
}

/** Outlines on a grid of 16 by 16. */
const ICONS = {
  search: "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M10.4 10.4 14 14",
  close: "m4 4 8 8M12 4l-8 8",
  back: "M9.5 3 4.5 8l5 5",
  up: "m3.5 10 4.5-4.5L12.5 10",
  down: "m3.5 6 4.5 4.5L12.5 6",
  filter: "M2 4h12M4.5 8h7M7 12h2",
};

/** @param {keyof typeof ICONS} name */
export function icon(name) {
  return svg(
    "svg",
    { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true" },
    svg("path", { d: ICONS[name] }),
  );
}

/**
 * A button that shows an icon and says a text.
 * @param {keyof typeof ICONS} name
 * @param {string} label
 * @param {Attributes} attributes
 */
export function iconButton(name, label, attributes) {
  return el(
    "button",
    { class: "tool", "aria-label": label, title: label, ...attributes },
    icon(name),
  );
}

/**
 * The first rows of a list, and a button under it that brings the others.
 * @template Item
 * @param {string} kind class of the list
 * @param {Item[]} items
 * @param {(item: Item) => Node} row
 * @param {number} shown how many rows are there at first
 * @param {string} label of the button
 */
export function beginning(kind, items, row, shown, label) {
  const list = el("ul", { class: kind }, ...items.slice(0, shown).map(row));
  const more = () => {
    list.append(...items.slice(shown).map(row));
    button.remove();
    /** @type {HTMLElement | null} */ (
      list.children[shown].querySelector("a, button, [tabindex]")
    )?.focus();
  };
  const button = el("button", { class: "quiet", onclick: more }, label);
  return items.length > shown ? [list, button] : [list];
}

/**
 * What is known about a turn or a meeting, in a row.
 * @param {...Child} facts
 */
export function factsRow(...facts) {
  const rows = facts.map((fact) =>
    typeof fact === "string" && fact ? el("span", { dir: "auto" }, fact) : fact || null,
  );
  return el("p", { class: "where" }, ...rows);
}

/**
 * Makes a sheet that several shadow roots share.
 * @param {string} css
 */
export function sheet(css) {
  const made = new CSSStyleSheet();
  made.replaceSync(css);
  return made;
}

/**
 * @param {string | null} address from a collection, in which `{n}`, `{seconds}` and `{ms}` stand
 *   for the turn
 * @param {{ n: number, startMs: number | null }} [turn] the beginning of the meeting when absent
 * @returns {string | null} only if it leads to the web, so never `javascript:`
 */
export function webAddress(address, turn) {
  const ms = turn?.startMs ?? 0;
  /** @type {Record<string, number>} */
  const values = { n: turn?.n ?? 1, ms, seconds: Math.trunc(ms / 1000) };
  const whole = address?.replace(/{(\w+)}/g, (found, key) => String(values[key] ?? found)) ?? "";
  if (!address || !URL.canParse(whole, document.baseURI)) return null;
  const { href, protocol } = new URL(whole, document.baseURI);
  return /^https?:$/.test(protocol) ? href : null;
}
