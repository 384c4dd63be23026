/**
 * The elements as classes, under no name: a page defines them itself, or classes of its own that
 * extend them.
 *
 * `TurnSearchElement` shows turns in a `TurnReader`, so a page that defines it defines that one
 * too.
 */

// Texts and styles side by side, near the beginning: like beside like compresses better.
import "./state/address.js";
import "./i18n/en.js";
import "./styles/search.js";
import "./styles/base.js";

export { TurnSearch } from "./client.js";
export { TurnReader } from "./elements/turn-reader.js";
export { TurnSearchElement } from "./elements/turn-search.js";
