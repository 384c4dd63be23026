/**
 * The text of a meeting, turn by turn.
 *
 * A long meeting opens at once because only the part around the wanted turn is built at first; the rest follows when
 * it comes near the view, and in idle time, so that printing and the browser's own search find all of it. Parts that
 * are out of view are skipped by the browser (`content-visibility`).
 */

import { latest } from "../latest.js";
import { article, words } from "./article.js";
import { el } from "./dom.js";
import { bringIntoView } from "./scroll.js";

/** @import { Arrival, Meeting, Turn } from "../types/turnsearch.js" */
/** @import { Spot } from "../asking/matches.js" */
/** @import { ScriptContext } from "./article.js" */

/** Turns that are built together. */
const CHUNK = 40;

/** How near to the view a chunk is built. */
const NEAR = "1500px";

/** Lines that a turn takes on average, to reserve its room. */
const LINES_PER_TURN = 5;

/**
 * @typedef {object} Chunk
 * @property {HTMLElement} element
 * @property {Turn[]} turns
 * @property {Promise<void>} [filled] once it has begun
 */

export class Script {
  #context;
  #meeting;
  /** @type {Chunk[]} */
  #chunks = [];
  /** Those that are built, by the id of the turn. @type {Map<number, { article: HTMLElement, turn: Turn }>} */
  #built = new Map();
  #going = latest();
  /** @type {number | null} */
  #playing = null;
  /** @type {number | null | undefined} */
  #following;
  #nearby;
  #listening = new AbortController();

  /** @param {ScriptContext} context @param {Meeting} meeting @param {Turn[]} turns */
  constructor(context, meeting, turns) {
    this.#context = context;
    this.#meeting = meeting;
    for (let at = 0; at < turns.length; at += CHUNK) {
      const some = turns.slice(at, at + CHUNK);
      const element = el("div", { class: "chunk" });
      element.style.setProperty("--lines", String(some.length * LINES_PER_TURN));
      this.#chunks.push({ element, turns: some });
    }
    this.element = el("div", { class: "turns" }, ...this.#chunks.map(({ element }) => element));
    this.#nearby = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          const chunk = this.#chunks.find(({ element }) => element === target);
          if (isIntersecting && chunk) void this.#fill(chunk);
        }
      },
      { rootMargin: NEAR },
    );
    for (const { element } of this.#chunks) this.#nearby.observe(element);
    addEventListener("beforeprint", () => this.#chunks.forEach((chunk) => this.#fill(chunk)), {
      signal: this.#listening.signal,
    });
    this.#fillInIdleTime();
  }

  /** Ends all work in the background. */
  stop() {
    this.#nearby.disconnect();
    this.#listening.abort();
  }

  #fillInIdleTime() {
    const idle =
      globalThis.requestIdleCallback ?? ((/** @type {() => void} */ work) => setTimeout(work, 50));
    idle(async () => {
      const chunk = this.#chunks.find(({ filled }) => !filled);
      if (!chunk || this.#listening.signal.aborted) return;
      await this.#fill(chunk);
      this.#fillInIdleTime();
    });
  }

  /** @param {Chunk} chunk */
  #fill(chunk) {
    return (chunk.filled ??= this.#write(chunk));
  }

  /** @param {Chunk} chunk */
  async #write({ element, turns }) {
    this.#nearby.unobserve(element);
    const texts = await this.#texts(turns);
    const made = turns.map((turn, at) => {
      const built = { turn, article: article(this.#context, this.#meeting, turn, texts[at]) };
      this.#built.set(turn.id, built);
      this.#showState(built);
      return built.article;
    });
    element.replaceChildren(...made);
  }

  /** @param {Turn[]} turns */
  #texts(turns) {
    return this.#context.archive.texts(turns.map(({ id }) => id));
  }

  /** Marks the matches anew, after the query changed. @param {Set<number>} ids of turns that have matches, or had some */
  async refresh(ids) {
    this.follow(undefined);
    const built = [...this.#built.values()].filter(({ turn }) => ids.has(turn.id));
    const texts = await this.#texts(built.map(({ turn }) => turn));
    for (const [at, { turn, article }] of built.entries()) {
      const made = words(this.#context, this.#meeting, turn, texts[at]);
      article.querySelector(".words")?.replaceChildren(...made);
    }
  }

  /**
   * Brings a turn, or a match in it, into view.
   * @param {Spot} spot
   * @param {Arrival} how
   */
  async goTo({ turn, match }, { focus, scroll: wanted }) {
    const isLast = this.#going();
    const at = this.#chunks.findIndex(({ turns }) => turns.some(({ id }) => id === turn));
    const near = this.#chunks.slice(Math.max(0, at - 1), at + 2);
    await Promise.all(near.map((chunk) => this.#fill(chunk)));
    const { article } = this.#built.get(turn) ?? {};
    if (!article || !isLast()) return;
    this.#mark(article, match);
    if (focus) article.focus({ preventScroll: true });
    if (!wanted) return;
    const scroll = () => bringIntoView(article, article.querySelector("mark.current"));
    scroll();
    // Chunks above take their real height once they have been in view; then the place is exact.
    requestAnimationFrame(() => {
      scroll();
      requestAnimationFrame(scroll);
    });
  }

  /** @param {HTMLElement} article @param {number | null} match */
  #mark(article, match) {
    for (const old of this.element.querySelectorAll(".current")) old.classList.remove("current");
    const marks = article.querySelectorAll(`mark[data-match="${match}"]`);
    for (const each of [article, ...marks]) each.classList.add("current");
  }

  /** Sets off the turns of a speaker. @param {number | null | undefined} speaker undefined for nobody's */
  follow(speaker) {
    this.#following = speaker;
    this.#showStates();
  }

  /** The recording has reached a turn. @param {number | null} id */
  playing(id) {
    if (id === this.#playing) return;
    this.#playing = id;
    this.#showStates();
    if (id !== null) this.#built.get(id)?.article.scrollIntoView({ block: "nearest" });
  }

  #showStates() {
    for (const each of this.#built.values()) this.#showState(each);
  }

  /** @param {{ article: HTMLElement, turn: Turn }} built */
  #showState({ article, turn }) {
    // Nobody has the speaker `undefined`; who is not named has `null`.
    article.classList.toggle("followed", turn.speaker === this.#following);
    article.classList.toggle("playing", turn.id === this.#playing);
  }
}
