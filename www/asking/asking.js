/**
 * What one element asks its archive: questions in their order, of which the answer to the last one
 * is shown.
 */

import { isFiltered } from "../state/place.js";
import { latest } from "../latest.js";

/** @import { Answer, Dispersion, Hit, TurnSearch, TurnText } from "../types/turnsearch.js" */
/** @import { Address } from "../state/address.js" */
/** @import { FilterKind, Place } from "../state/place.js" */

/** @typedef {"list" | "groups" | "lines"} View */

/**
 * A hit, with its text and the matches in it where the view shows them.
 * @typedef {Hit & Partial<TurnText> & { marks?: Uint32Array }} ShownHit
 */

/**
 * @typedef {object} Found
 * @property {Answer | null} answer null when nothing was asked for
 * @property {Dispersion[]} dispersion
 * @property {ShownHit[]} hits
 */

/**
 * @typedef {object} Source
 * @property {TurnSearch | null} archive what is asked
 * @property {number} limit hits that are wanted at a time
 * @property {boolean} isConnected whether there is somebody to show an answer to
 */

/**
 * @typedef {object} AskingEvents
 * @property {(found: Found) => void} found there is an answer to the last question
 * @property {(answer: Answer, added: ShownHit[]) => void} more there are more hits of the answer
 *   that is shown
 * @property {() => void} settled nothing has been asked for a while
 */

export class Asking {
  /** Whether the last word is being typed still. */
  typing = false;
  /** What is shown. @type {Answer | null} */
  answer = null;
  /** @type {View} */
  #view = "list";
  #source;
  #address;
  #events;
  #begin = latest();

  /**
   * @param {Source} source
   * @param {Address} address says what is searched for
   * @param {AskingEvents} events
   */
  constructor(source, address, events) {
    this.#source = source;
    this.#address = address;
    this.#events = events;
  }

  /** How results are shown: lines need matches, and a filter alone has none. */
  get view() {
    return this.#view === "lines" && !this.#address.place.q.trim() ? "groups" : this.#view;
  }

  set view(view) {
    this.#view = view;
    void this.search();
  }

  /** @param {FilterKind} kind @param {string} key @param {boolean} chosen */
  choose(kind, key, chosen) {
    const { filter } = this.#address.place;
    const others = filter[kind].filter((each) => each !== key);
    const changed = { ...filter, [kind]: chosen ? [...others, key] : others };
    void this.search({ filter: changed, push: true });
  }

  /**
   * Searches for what the place says: within the task of the key press, unless a worker searches.
   * @param {Partial<Place> & { typing?: boolean, push?: boolean }} [changes] of the place; `push`
   *   makes a step that the back button undoes
   */
  async search({ typing = this.typing, push = false, ...changes } = {}) {
    const { archive, limit } = this.#source;
    const { place } = this.#address;
    Object.assign(place, changes);
    this.typing = typing;
    if (push) this.#address.write(true);
    else this.#address.stop();
    if (archive) {
      const isLast = this.#begin();
      const isWanted = place.q.trim() || isFiltered(place);
      const answer = isWanted ? await this.#ask(archive, 0, limit) : null;
      const dispersion = (await answer?.dispersion) ?? [];
      const hits = await this.#shown(archive, answer?.hits ?? []);
      if (!isLast() || !this.#source.isConnected || archive !== this.#source.archive) return;
      this.answer = answer;
      this.#events.found({ answer, dispersion, hits });
    }
    this.#address.settle(this.#events.settled);
  }

  async more() {
    const { archive, limit } = this.#source;
    const { answer } = this;
    if (!archive || !answer) return;
    const known = answer.hits.length;
    const { hits } = await this.#ask(archive, known, limit);
    const shown = await this.#shown(archive, hits);
    if (answer !== this.answer || known !== answer.hits.length) return; // searched, or asked, once more
    answer.hits.push(...hits);
    this.#events.more(answer, shown);
  }

  /** All hits of the answer that is shown. @param {TurnSearch} archive */
  async all(archive) {
    return (await this.#ask(archive, 0, this.answer?.total ?? 0)).hits;
  }

  /** @param {TurnSearch} archive @param {number} offset @param {number} limit */
  #ask(archive, offset, limit) {
    const { q, sort, filter } = this.#address.place;
    return archive.search(q, { offset, limit, sort, typing: this.typing, filter });
  }

  /** @param {TurnSearch} archive @param {Hit[]} hits @returns {Promise<ShownHit[]>} */
  async #shown(archive, hits) {
    if (this.view !== "lines") return hits;
    const ids = hits.map(({ turn }) => turn);
    const [texts, marks] = await Promise.all([
      archive.texts(ids),
      archive.marks(ids, this.#address.place.q, { typing: this.typing }),
    ]);
    return hits.map((hit, at) => ({ ...hit, ...texts[at], marks: marks[at] }));
  }
}
