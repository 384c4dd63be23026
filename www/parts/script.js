/**
 * The text of a meeting, turn by turn.
 *
 * A long meeting opens at once because only the part around the wanted turn is built at first; the rest follows when
 * it comes near the view, and in idle time, so that printing and the browser's own search find all of it. Parts that
 * are out of view are skipped by the browser (`content-visibility`).
 */

import { el } from "./dom.js";
import { avatar, tint } from "./people.js";
import { paragraphs, timeCode } from "./text.js";

/** @import { Meeting, Turn } from "../engine.js" */
/** @import { TurnSearch } from "../client.js" */
/** @import { Arrival, TurnReader } from "../turn-reader.js" */
/** @import { Matches, Spot } from "./matches.js" */

/** Turns that are built together. */
const CHUNK = 40;

/** How near to the view a chunk is built. */
const NEAR = "1500px";

/** Lines that a turn takes on average, to reserve its room. */
const LINES_PER_TURN = 5;

/** Elements of a document's headings; the title of the meeting is an `h2`. */
const HEADINGS = /** @type {const} */ (["h3", "h4", "h5"]);

/** Part of the view below which a match is too far from the start of its turn to see both. */
const FAR = 0.7;

/** Pixels above the turn in view. */
const MARGIN = 12;

/**
 * @typedef {object} Chunk
 * @property {HTMLElement} element
 * @property {number} first id of its first turn
 * @property {number} last id of its last turn
 * @property {boolean} filled
 */

export class Script {
  #reader;
  #turns;
  #meeting;
  #matches;
  /** @type {Chunk[]} */
  #chunks = [];
  /** @type {Map<number, HTMLElement>} */
  #articles = new Map();
  /** @type {Element | null} */
  #current = null;
  /** @type {number | null} */
  #playing = null;
  /** @type {number | null | undefined} */
  #following;
  #nearby;
  #listening = new AbortController();

  /** @param {TurnReader} reader @param {TurnSearch} turns @param {Meeting} meeting @param {Matches} matches */
  constructor(reader, turns, meeting, matches) {
    this.#reader = reader;
    this.#turns = turns;
    this.#meeting = meeting;
    this.#matches = matches;
    const end = meeting.firstTurn + meeting.turns;
    for (let first = meeting.firstTurn; first < end; first += CHUNK) {
      const last = Math.min(first + CHUNK, end) - 1;
      const element = el("div", { class: "chunk" });
      element.style.setProperty("--lines", String((last - first + 1) * LINES_PER_TURN));
      this.#chunks.push({ element, first, last, filled: false });
    }
    this.element = el("div", { class: "turns" }, ...this.#chunks.map(({ element }) => element));
    this.#nearby = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          const chunk = this.#chunks.find(({ element }) => element === target);
          if (isIntersecting && chunk) this.#fill(chunk);
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
    idle(() => {
      const chunk = this.#chunks.find(({ filled }) => !filled);
      if (!chunk || this.#listening.signal.aborted) return;
      this.#fill(chunk);
      this.#fillInIdleTime();
    });
  }

  /** @param {Chunk} chunk */
  #fill(chunk) {
    if (chunk.filled) return;
    chunk.filled = true;
    this.#nearby.unobserve(chunk.element);
    const made = [];
    for (let id = chunk.first; id <= chunk.last; id++) made.push(this.#article(id));
    chunk.element.replaceChildren(...made);
  }

  /** @param {number} id */
  #article(id) {
    const turn = this.#turns.turn(id);
    const isDocument = this.#meeting.kind === "document";
    const name = this.#turns.speaker(turn.speaker)?.name;
    const label = isDocument
      ? []
      : [
          avatar(turn.speaker, name),
          el("h3", { class: "name", dir: "auto" }, name ?? this.#reader.t.text("unnamed")),
        ];
    const article = el(
      "article",
      {
        class: isDocument ? "turn section" : "turn",
        tabindex: -1,
        part: "turn",
        "data-turn": turn.n,
      },
      el("header", ...label, this.#time(turn), this.#number(turn)),
      el("div", { class: "words" }, ...this.#words(turn)),
    );
    this.#articles.set(id, tint(article, turn.speaker));
    this.#showState(id, article);
    return article;
  }

  /** @param {Turn} turn */
  #words(turn) {
    const marks = this.#matches.marks(turn.id);
    return paragraphs(turn, marks, this.#meeting.language, (depth) => HEADINGS[Math.min(depth, 2)]);
  }

  /** @param {Turn} turn */
  #time(turn) {
    if (turn.startMs === null) return null;
    const time = timeCode(turn.startMs);
    if (!this.#meeting.media) return el("span", { class: "time" }, time);
    const label = this.#reader.t.text("play", { time });
    return el(
      "button",
      {
        class: "time",
        "aria-label": label,
        onclick: () => this.#reader.play(turn),
      },
      time,
    );
  }

  /** @param {Turn} turn */
  #number(turn) {
    const href = this.#reader.href(turn);
    const label = this.#reader.t.text("permalink", { k: turn.n });
    if (!href) return el("span", { class: "number", "aria-hidden": "true" }, String(turn.n));
    const attributes = { class: "number", href, "aria-label": label, title: label };
    return el(
      "a",
      { ...attributes, onclick: (/** @type {MouseEvent} */ event) => this.#choose(event, turn) },
      String(turn.n),
    );
  }

  /** @param {MouseEvent} event @param {Turn} turn */
  #choose(event, turn) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.#reader.choose(turn);
  }

  /** Marks the matches anew, after the query changed. @param {number[]} before turns that had matches */
  refresh(before) {
    this.follow(undefined);
    for (const id of new Set([...before, ...this.#matches.found])) {
      const words = this.#articles.get(id)?.querySelector(".words");
      words?.replaceChildren(...this.#words(this.#turns.turn(id)));
    }
  }

  /**
   * Brings a turn, or a match in it, into view.
   * @param {Spot} spot
   * @param {Arrival} how
   */
  goTo({ turn, match }, { focus, scroll: wanted }) {
    const at = this.#chunks.findIndex(({ last }) => turn <= last);
    for (const chunk of this.#chunks.slice(Math.max(0, at - 1), at + 2)) this.#fill(chunk);
    const article = this.#articles.get(turn);
    if (!article) return;
    this.#mark(article, match);
    if (focus) article.focus({ preventScroll: true });
    if (!wanted) return;
    const scroll = () => this.#scrollTo(article, match);
    scroll();
    // Chunks above take their real height once they have been in view; then the place is exact.
    requestAnimationFrame(() => {
      scroll();
      requestAnimationFrame(scroll);
    });
  }

  /** @param {HTMLElement} article @param {number | null} match */
  #scrollTo(article, match) {
    const scroller = this.#reader.scroller;
    const own = scroller !== null && scroller.scrollHeight > scroller.clientHeight + 1;
    const mark = match === null ? null : article.querySelector(`mark[data-match="${match}"]`);
    if (!own) {
      (mark ?? article).scrollIntoView({ block: mark ? "center" : "start" });
      return;
    }
    // Only the reader scrolls: `scrollIntoView` would move the page around it as well.
    const { top, height } = scroller.getBoundingClientRect();
    const turnAt = article.getBoundingClientRect().top - top;
    const markAt = (mark ?? article).getBoundingClientRect().top - top;
    // A match far down in a long turn is what counts, not the beginning of the turn.
    const isFar = markAt - turnAt > height * FAR;
    scroller.scrollTop += isFar ? markAt - height / 3 : turnAt - MARGIN;
  }

  /** @param {HTMLElement} article @param {number | null} match */
  #mark(article, match) {
    this.#current?.classList.remove("current");
    for (const old of this.element.querySelectorAll("mark.current"))
      old.classList.remove("current");
    article.classList.add("current");
    this.#current = article;
    if (match === null) return;
    for (const mark of article.querySelectorAll(`mark[data-match="${match}"]`))
      mark.classList.add("current");
  }

  /** Sets off the turns of a speaker. @param {number | null | undefined} speaker */
  follow(speaker) {
    this.#following = speaker;
    for (const [id, article] of this.#articles) this.#showState(id, article);
  }

  /** The recording has reached a turn. @param {number | null} turn id */
  playing(turn) {
    if (turn === this.#playing) return;
    const before = this.#playing;
    this.#playing = turn;
    for (const id of [before, turn]) {
      const article = id === null ? undefined : this.#articles.get(id);
      if (article && id !== null) this.#showState(id, article);
    }
    if (turn !== null) this.#articles.get(turn)?.scrollIntoView({ block: "nearest" });
  }

  /** @param {number} id @param {HTMLElement} article */
  #showState(id, article) {
    // Nobody has the speaker `undefined`; who is not named has `null`.
    article.classList.toggle("followed", this.#turns.turn(id).speaker === this.#following);
    article.classList.toggle("playing", id === this.#playing);
  }
}
