/** What is known of each turn without its text. It is in the page wherever the engine is. */

/** @import { Columns } from "../engine.js" */
/** @import { Meeting, Turn } from "../types/turnsearch.js" */

/** In place of a number that is not known. */
const NONE = 0xffff_ffff;

/** How many numbers a turn has. */
const NUMBERS = 6;

/**
 * @param {Columns} columns
 * @param {Meeting[]} meetings
 * @param {number} id of a turn that is there
 * @returns {Turn}
 */
export function turnOf({ numbers, headings }, meetings, id) {
  const [meeting, speaker, heading, headingLines, startMs, endMs] = numbers.subarray(NUMBERS * id);
  return {
    id,
    n: id - meetings[meeting].firstTurn + 1,
    meeting,
    speaker: known(speaker),
    heading: headings[heading] ?? [],
    headingLines,
    startMs: known(startMs),
    endMs: known(endMs),
  };
}

/** @param {number} number */
function known(number) {
  return number === NONE ? null : number;
}
