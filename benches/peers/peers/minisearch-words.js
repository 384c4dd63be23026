/** MiniSearch over the platform's words. */

import { words } from "../lib/text.js";
import { buildMiniSearch, openMiniSearch } from "../lib/minisearch.js";

/** @import { File, Opened, Turn } from "../lib/types.js" */

export const title = "MiniSearch, words";
export { npm } from "../lib/minisearch.js";

/** @param {Turn[]} turns @returns {File[]} */
export function build(turns) {
  return buildMiniSearch(turns, words);
}

/** @returns {Promise<Opened>} */
export function open() {
  return openMiniSearch(words);
}
