/** FlexSearch over pairs of ideographs. */

import { bigrams } from "../lib/text.js";
import { buildFlexSearch, openFlexSearch } from "../lib/flexsearch.js";

/** @import { File, Opened, Turn } from "../lib/types.js" */

export const title = "FlexSearch, bigrams";
export { npm } from "../lib/flexsearch.js";

const OPTIONS = { encode: bigrams, tokenize: "strict" };

/** @param {Turn[]} turns @returns {Promise<File[]>} */
export function build(turns) {
  return buildFlexSearch(turns, OPTIONS);
}

/** @returns {Promise<Opened>} */
export function open() {
  return openFlexSearch(OPTIONS);
}
