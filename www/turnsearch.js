/**
 * turnsearch: search over transcripts inside a web page, with no server.
 *
 * ```html
 * <script type="module" src="turnsearch.js"></script>
 * <turn-search></turn-search>
 * ```
 *
 * Loading this module defines `<turn-search>` and `<turn-reader>`; `TurnSearch` is the search without them.
 */

import { TurnReader, TurnSearchElement } from "./elements.js";

export * from "./elements.js";

/** @type {[string, CustomElementConstructor][]} */
const ELEMENTS = [
  ["turn-reader", TurnReader],
  ["turn-search", TurnSearchElement],
];
for (const [name, element] of ELEMENTS)
  if (!customElements.get(name)) customElements.define(name, element);
