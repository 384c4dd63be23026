/** The place of one element, and the page's address when the place is kept there. */

import { format, parse } from "./place.js";

/** @import { Place } from "./place.js" */

/** Milliseconds of silence after which the address follows. */
const SETTLED_MS = 400;

export class Address {
  /** @type {Place} */
  place;
  #isKept;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #settling;

  /** @param {() => boolean} isKept whether the page's address keeps the place @param {Place} place */
  constructor(isKept, place) {
    this.#isKept = isKept;
    this.place = place;
  }

  /** The place that the page's address names; null when it names none, or keeps none. */
  read() {
    return this.#isKept() ? parse(location.hash) : null;
  }

  /**
   * The address of the place with a turn in it, or without one.
   * @param {Pick<Place, "meeting" | "n">} turn
   * @returns {string | null} null when the page's address does not keep the place
   */
  href(turn) {
    return this.#isKept() ? format({ ...this.place, ...turn }) : null;
  }

  /** @param {boolean} push whether this is a step that the back button undoes */
  write(push) {
    this.stop();
    const hash = this.href(this.place);
    if (hash === null || hash === location.hash || (hash === "#/" && !this.read())) return;
    history[push ? "pushState" : "replaceState"](history.state, "", hash);
  }

  /** Lets the address follow after a silence. @param {() => void} settled is called then */
  settle(settled) {
    this.stop();
    this.#settling = setTimeout(() => {
      this.write(false);
      settled();
    }, SETTLED_MS);
  }

  /** Somebody goes on: the address does not follow yet. */
  stop() {
    clearTimeout(this.#settling);
  }
}
