/** The places of a meeting that "previous" and "next" go through: matches of a query, or the turns of a speaker. */

/** @import { Meeting, Turn, TurnSearch } from "../types/turnsearch.js" */

/**
 * @typedef {object} Spot
 * @property {number} turn id
 * @property {number | null} match number of the match in the turn, null for the turn as a whole
 */

export class Matches {
  #archive;
  #meeting;
  #query = "";
  /** Marks of the turns that were found, by id. @type {Map<number, Uint32Array>} */
  #marks = new Map();
  /** @type {Spot[]} */
  #spots = [];
  /** Which spot is shown. @type {number | null} */
  index = null;

  /** @param {TurnSearch} archive @param {Meeting} meeting */
  constructor(archive, meeting) {
    this.#archive = archive;
    this.#meeting = meeting;
  }

  get length() {
    return this.#spots.length;
  }

  /**
   * @param {string} query
   * @returns {Promise<boolean>} whether these are the matches that are wanted, and no later ones
   */
  async find(query) {
    this.#query = query;
    /** @type {number[]} */
    let found = [];
    /** @type {Uint32Array[]} */
    let marks = [];
    if (query.trim()) {
      const request = {
        limit: this.#meeting.turns,
        typing: true,
        filter: { meetings: [this.#meeting.id] },
      };
      const { hits } = await this.#archive.search(query, request);
      found = hits.map(({ turn }) => turn).sort((a, b) => a - b);
      marks = await this.#archive.marks(found, query, { typing: true });
    }
    if (query !== this.#query) return false;
    this.#marks = new Map(found.map((turn, at) => [turn, marks[at]]));
    this.#spots = found.flatMap((turn, at) =>
      Array.from({ length: marks[at].length / 2 }, (_, match) => ({ turn, match })),
    );
    this.index = null;
    return true;
  }

  /** Ids of the turns that have matches. */
  get found() {
    return [...this.#marks.keys()];
  }

  /**
   * @param {number} turn id
   * @returns {ArrayLike<number>} pairs of offsets
   */
  marks(turn) {
    return this.#marks.get(turn) ?? [];
  }

  /** Goes through whole turns instead. @param {Turn[]} turns */
  through(turns) {
    this.#spots = turns.map(({ id }) => ({ turn: id, match: null }));
    this.index = null;
  }

  /**
   * The first spot of a turn, if it has one.
   * @param {number} turn
   */
  at(turn) {
    const index = this.#spots.findIndex((spot) => spot.turn === turn);
    this.index = index < 0 ? null : index;
    return this.#spots[index];
  }

  /**
   * The first spot in a turn or after it, else the first of all.
   * @param {number} turn
   */
  from(turn) {
    if (this.#spots.length === 0) return undefined;
    const index = this.#spots.findIndex((spot) => spot.turn >= turn);
    this.index = Math.max(0, index);
    return this.#spots[this.index];
  }

  /**
   * The neighbouring spot, round in a circle.
   * @param {-1 | 1} direction
   */
  step(direction) {
    const { length } = this.#spots;
    if (length === 0) return undefined;
    const start = this.index ?? (direction > 0 ? -1 : 0);
    this.index = (start + direction + length) % length;
    return this.#spots[this.index];
  }
}
