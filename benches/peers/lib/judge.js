/**
 * How much of what people judged to be right comes back; the same rules as `tests/relevance.rs`.
 */

/** @import { Query } from "./types.js" */

const QUESTION = "question";
/** Places of the list that count for questions. */
const LOOKED_AT = 10;

/**
 * @param {Query[]} queries with judgements
 * @param {{ turns: number[], approximate: boolean }[]} found for each query
 * @returns {{ exactSets: number, reciprocalRank: number }} share of sets that are exactly right;
 *   MRR@10 of questions
 */
export function judge(queries, found) {
  let [sets, exact, questions, reciprocalRanks] = [0, 0, 0, 0];
  for (const [at, { kind, expected = [] }] of queries.entries()) {
    const { turns, approximate } = found[at];
    if (kind === QUESTION) {
      const rank = turns.slice(0, LOOKED_AT).findIndex((turn) => expected.includes(turn));
      questions += 1;
      reciprocalRanks += rank < 0 ? 0 : 1 / (rank + 1);
      continue;
    }
    // What is marked as approximate is no claim that the string occurs.
    const claimed = new Set(expected.length === 0 && approximate ? [] : turns);
    sets += 1;
    if (claimed.size === new Set(expected).size && expected.every((turn) => claimed.has(turn)))
      exact += 1;
  }
  return { exactSets: exact / sets, reciprocalRank: reciprocalRanks / questions };
}
