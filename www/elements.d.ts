/** Lets TypeScript and frameworks know the elements by their names. */

import type { TurnReader } from "./turn-reader.js";
import type { TurnSearchElement } from "./turn-search.js";

declare global {
  interface HTMLElementTagNameMap {
    "turn-search": TurnSearchElement;
    "turn-reader": TurnReader;
  }
}
