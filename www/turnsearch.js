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

// Texts and styles first, side by side: like beside like compresses better.
import "./i18n/en.js";
import "./styles/search.js";
import "./styles/reader.js";
import "./styles/base.js";
import { TurnReader } from "./turn-reader.js";
import { TurnSearchElement } from "./turn-search.js";

export { TurnSearch } from "./client.js";
export { TurnReader, TurnSearchElement };

if (!customElements.get("turn-reader")) customElements.define("turn-reader", TurnReader);
if (!customElements.get("turn-search")) customElements.define("turn-search", TurnSearchElement);
