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
import { nearView } from "./near.js";
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

/**
 * @param {ScriptContext} context
 * @param {Meeting} meeting
 * @param {Turn[]} turns of the meeting
 */
export function script(context, meeting, turns) {
  /** Those that are built, by the id of the turn. @type {Map<number, { article: HTMLElement, turn: Turn }>} */
  const built = new Map();
  /** @type {number | null} */
  let spoken = null;
  /** @type {number | null | undefined} */
  let followed;
  const begin = latest();
  const chunks = chunksOf(turns);
  const element = el("div", { class: "turns" }, ...chunks.map((chunk) => chunk.element));
  const nearby = nearView(NEAR, (near) => {
    const chunk = chunks.find((each) => each.element === near);
    if (chunk) void fill(chunk);
  });
  for (const chunk of chunks) nearby.observe(chunk.element);
  const listening = new AbortController();
  const { signal } = listening;
  addEventListener("beforeprint", () => chunks.forEach(fill), { signal });

  const fillInIdleTime = () => {
    const idle =
      globalThis.requestIdleCallback ?? ((/** @type {() => void} */ work) => setTimeout(work, 50));
    idle(async () => {
      const chunk = chunks.find(({ filled }) => !filled);
      if (!chunk || signal.aborted) return;
      await fill(chunk);
      fillInIdleTime();
    });
  };
  /** @param {Chunk} chunk */
  const fill = (chunk) => (chunk.filled ??= write(chunk));
  /** @param {Chunk} chunk */
  const write = async (chunk) => {
    nearby.unobserve(chunk.element);
    const texts = await textsOf(chunk.turns);
    const made = chunk.turns.map((turn, at) => {
      const each = { turn, article: article(context, meeting, turn, texts[at]) };
      built.set(turn.id, each);
      showState(each);
      return each.article;
    });
    chunk.element.replaceChildren(...made);
  };
  /** @param {Turn[]} some */
  const textsOf = (some) => context.archive.texts(some.map(({ id }) => id));
  /** @param {{ article: HTMLElement, turn: Turn }} built */
  const showState = ({ article, turn }) => {
    // Nobody has the speaker `undefined`; who is not named has `null`.
    article.classList.toggle("followed", turn.speaker === followed);
    article.classList.toggle("playing", turn.id === spoken);
  };
  /** Sets off the turns of a speaker. @param {number | null | undefined} speaker undefined for nobody's */
  const follow = (speaker) => {
    followed = speaker;
    built.forEach(showState);
  };
  fillInIdleTime();

  return {
    element,
    follow,

    /** Ends all work in the background. */
    stop() {
      nearby.disconnect();
      listening.abort();
    },

    /** Marks the matches anew, after the query changed. @param {Set<number>} ids of turns that have some, or had */
    async refresh(ids) {
      follow(undefined);
      const changed = [...built.values()].filter(({ turn }) => ids.has(turn.id));
      const texts = await textsOf(changed.map(({ turn }) => turn));
      for (const [at, { turn, article }] of changed.entries()) {
        const made = words(context, meeting, turn, texts[at]);
        article.querySelector(".words")?.replaceChildren(...made);
      }
    },

    /**
     * Brings a turn, or a match in it, into view.
     * @param {Spot} spot
     * @param {Arrival} how
     */
    async goTo({ turn, match }, { focus, scroll: wanted }) {
      const isLast = begin();
      const at = chunks.findIndex(({ turns }) => turns.some(({ id }) => id === turn));
      await Promise.all(chunks.slice(Math.max(0, at - 1), at + 2).map(fill));
      const { article } = built.get(turn) ?? {};
      if (!article || !isLast()) return;
      for (const old of element.querySelectorAll(".current")) old.classList.remove("current");
      const marks = article.querySelectorAll(`mark[data-match="${match}"]`);
      for (const each of [article, ...marks]) each.classList.add("current");
      if (focus) article.focus({ preventScroll: true });
      if (!wanted) return;
      const scroll = () => bringIntoView(article, article.querySelector("mark.current"));
      scroll();
      // Chunks above take their real height once they have been in view; then the place is exact.
      requestAnimationFrame(() => {
        scroll();
        requestAnimationFrame(scroll);
      });
    },

    /** The recording has reached a turn. @param {number | null} id */
    playing(id) {
      if (id === spoken) return;
      spoken = id;
      built.forEach(showState);
      if (id !== null) built.get(id)?.article.scrollIntoView({ block: "nearest" });
    },
  };
}

/** @param {Turn[]} turns @returns {Chunk[]} */
function chunksOf(turns) {
  const chunks = [];
  for (let at = 0; at < turns.length; at += CHUNK) {
    const some = turns.slice(at, at + CHUNK);
    const element = el("div", { class: "chunk" });
    element.style.setProperty("--lines", String(some.length * LINES_PER_TURN));
    chunks.push({ element, turns: some });
  }
  return chunks;
}
