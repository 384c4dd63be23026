/**
 * FlexSearch with its own encoder for Chinese, and its context of neighbours, without which it
 * knows no order.
 */

import { Charset } from "flexsearch";

import { buildFlexSearch, openFlexSearch } from "../lib/flexsearch.js";

/** @import { File, Opened, Turn } from "../lib/types.js" */

export const title = "FlexSearch, CJK with context";
export { npm } from "../lib/flexsearch.js";

const OPTIONS = {
  encoder: Charset.CJK,
  tokenize: "strict",
  context: { depth: 1, bidirectional: false, resolution: 3 },
};

/** @param {Turn[]} turns @returns {Promise<File[]>} */
export function build(turns) {
  return buildFlexSearch(turns, OPTIONS);
}

/** @returns {Promise<Opened>} */
export function open() {
  return openFlexSearch(OPTIONS);
}
