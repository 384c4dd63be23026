/** MiniSearch over pairs of ideographs, which finds what word cutters cut apart. */

import { bigrams } from "../lib/text.js";
import { buildMiniSearch, openMiniSearch } from "../lib/minisearch.js";

/** @import { File, Opened, Turn } from "../lib/types.js" */

export const title = "MiniSearch, bigrams";
export { npm } from "../lib/minisearch.js";

/** @param {Turn[]} turns @returns {File[]} */
export function build(turns) {
  return buildMiniSearch(turns, bigrams);
}

/** @returns {Promise<Opened>} */
export function open() {
  return openMiniSearch(bigrams);
}
