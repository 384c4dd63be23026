/**
 * `<turn-reader>`: one meeting to read, with the turn that was found in view and every match marked.
 *
 * Attributes: `src`, `lang`, `theme` as for `<turn-search>`; `meeting` (slug), `turn` (ordinal) and `query` show a
 * turn without any script; `open` is set while a meeting is shown. Methods: `show(id, query)`, `close()`.
 * Events: `turn-select` (`detail`: the turn), `reader-close`.
 */

import { el, factsRow, icon, iconButton, webAddress } from "./parts/dom.js";
import { TurnElement } from "./parts/element.js";
import { Matches } from "./parts/matches.js";
import { avatar, bar, shares } from "./parts/people.js";
import { player } from "./parts/player.js";
import { size } from "./parts/quote.js";
import { Script } from "./parts/script.js";
import { readerStyles } from "./styles/reader.js";

/** @import { Meeting, Turn } from "./engine.js" */

/**
 * How a turn is shown: `focus` moves the focus to it, so that a screen reader goes on from there.
 * @typedef {{ focus: boolean, scroll: boolean }} Arrival
 */

export class TurnReader extends TurnElement {
  static observedAttributes = ["lang", "src", "meeting", "turn", "query"];

  /** Where a link to a turn leads; null when the page has no such links. @type {(turn: Turn) => string | null} */
  href = () => null;

  /** @type {Meeting | null} */
  #meeting = null;
  /** The turn in view. @type {number | null} */
  #turn = null;
  #query = "";
  /** @type {Arrival} */
  #arrival = { focus: false, scroll: true };
  /** @type {Script | null} */
  #script = null;
  /** @type {Matches | null} */
  #matches = null;
  /** Speaker whose turns are stepped through, instead of matches. @type {number | null | undefined} */
  #following;
  /** @type {ReturnType<typeof this.build> | null} */
  #parts = null;

  constructor() {
    super(readerStyles);
  }

  /** An empty reader needs nothing; `show` loads the collection. */
  get wantsNear() {
    return this.hasAttribute("meeting");
  }

  /** @param {string} name @param {string | null} before @param {string | null} now */
  attributeChangedCallback(name, before, now) {
    if (before === now || !this.isConnected) return;
    if (name === "src") this.#leave();
    if (name === "src" || name === "lang") super.attributeChangedCallback(name, before, now);
    else if (this.turns) this.#openNamed();
    else void this.load();
  }

  ready() {
    if (this.#turn !== null) void this.#open();
    else this.#openNamed();
  }

  render() {
    this.#arrival = { focus: false, scroll: true };
    if (this.#meeting) void this.#open();
    else if (this.turns) this.#openNamed();
    else this.root.replaceChildren(...this.status);
  }

  /**
   * Shows a turn in its meeting.
   * @param {number} id of the turn in the collection
   * @param {string} [query] what to mark
   * @param {Arrival} [arrival]
   */
  async show(id, query = "", arrival = { focus: true, scroll: true }) {
    const sameMeeting = this.#meeting !== null && this.turns?.turn(id).meeting === this.#meeting.id;
    const same = sameMeeting && query === this.#query && this.#script;
    this.#turn = id;
    this.#query = query;
    this.#arrival = arrival;
    if (!this.turns) return this.load();
    if (same) this.#goTo(id);
    else await this.#open();
  }

  close() {
    if (!this.hasAttribute("open")) return;
    this.#leave();
    this.dispatchEvent(new CustomEvent("reader-close"));
  }

  #leave() {
    this.removeAttribute("open");
    this.#script?.stop();
    this.#script = null;
    this.#matches = null;
    this.#meeting = null;
    this.#turn = null;
    this.root.replaceChildren(...this.status);
  }

  /** Follows the attributes. */
  #openNamed() {
    const slug = this.getAttribute("meeting");
    if (!this.turns || slug === null) return;
    const meeting = this.turns.meeting(slug);
    const n = Math.max(1, Number(this.getAttribute("turn")) || 1);
    if (!meeting || n > meeting.turns) {
      this.root.replaceChildren(el("p", { class: "missing" }, this.t.text("notFound")));
      return;
    }
    // The page stands as its author wrote it: the focus stays, and it scrolls only to a turn that is named.
    const arrival = { focus: false, scroll: this.hasAttribute("turn") };
    void this.show(meeting.firstTurn + n - 1, this.getAttribute("query") ?? "", arrival);
  }

  async #open() {
    const { turns } = this;
    if (!turns || this.#turn === null) return;
    const meeting = /** @type {Meeting} */ (turns.meeting(turns.turn(this.#turn).meeting));
    this.#meeting = meeting;
    this.#following = undefined;
    this.setAttribute("open", "");
    this.#script?.stop();
    this.#script = null;
    const matches = (this.#matches = new Matches(turns, meeting));
    await matches.find(this.#query);
    if (matches !== this.#matches) return; // another turn was opened in the meantime, or this one closed
    this.#script = new Script(this, turns, meeting, matches);
    this.#parts = this.build(meeting);
    this.root.replaceChildren(this.#parts.page);
    this.#goTo(this.#turn);
  }

  /** @param {Meeting} meeting */
  build(meeting) {
    const { t } = this;
    const close = el(
      "button",
      { class: "quiet close", onclick: () => this.close() },
      icon("back"),
      t.text("back"),
    );
    const title = el("h2", { dir: "auto", lang: meeting.language }, meeting.title);
    const find = el("input", {
      type: "search",
      maxlength: 1365, // as in the box of `<turn-search>`
      class: "find",
      "aria-label": t.text("findHere"),
      placeholder: t.text("findHere"),
      value: this.#query,
      oninput: (/** @type {InputEvent} */ event) => {
        if (!event.isComposing) void this.#find(find.value);
      },
      oncompositionend: () => void this.#find(find.value),
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        if (event.key !== "Enter" || event.isComposing) return;
        event.preventDefault();
        this.#step(event.shiftKey ? -1 : 1);
      },
    });
    const count = el("span", { class: "count", role: "status" });
    const previous = iconButton("up", t.text("previous"), { onclick: () => this.#step(-1) });
    const next = iconButton("down", t.text("next"), { onclick: () => this.#step(1) });
    const who = this.#speakers(meeting);
    const media = player(this, meeting, (turn) => this.#script?.playing(turn));
    const top = el(
      "header",
      { class: "top" },
      el("div", { class: "line-of-title" }, close, title),
      this.#facts(meeting),
      media?.element,
      el(
        "div",
        { class: "bar", role: "search" },
        find,
        el("span", { class: "stepper" }, previous, count, next),
      ),
    );
    const body = el(
      "div",
      { class: "scroll", part: "text", tabindex: -1 },
      who,
      this.#script?.element,
    );
    const page = el(
      "section",
      { class: "page", part: "page", "aria-label": meeting.title },
      top,
      ...this.status,
      body,
    );
    page.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing || (event.target === find && find.value))
        return;
      event.preventDefault();
      this.close();
    });
    return { page, body, count, previous, next, media };
  }

  /** @param {Meeting} meeting */
  #facts(meeting) {
    const { t } = this;
    const source = webAddress(meeting.url);
    const time = [meeting.time?.replace("-", "–"), meeting.zone].filter(Boolean).join(" ");
    const language = meeting.language;
    return factsRow(
      meeting.date && el("time", { datetime: meeting.date }, t.date(meeting.date)),
      time && el("span", { lang: language, dir: "auto" }, time),
      meeting.place && el("span", { lang: language, dir: "auto" }, meeting.place),
      size(t, meeting),
      source && el("a", { href: source }, t.text("source")),
    );
  }

  /** Who spoke how much; counted when it is opened. @param {Meeting} meeting */
  #speakers(meeting) {
    if (meeting.kind === "document") return null;
    const list = el("ul", { class: "shares" });
    const ontoggle = () => {
      if (list.children.length === 0) list.append(...this.#shares(meeting));
    };
    const summary = el("summary", this.t.text("whoSpoke"));
    return el("details", { class: "who-spoke", ontoggle }, summary, list);
  }

  /** @param {Meeting} meeting */
  #shares(meeting) {
    const { turns, t } = this;
    if (!turns) return [];
    const counted = shares(turns, meeting, t);
    const all = counted.reduce((sum, { characters }) => sum + characters, 0) || 1;
    return counted.map(({ speaker, name, turns: n, characters }) => {
      const share = `${Math.round((100 * characters) / all)}%`;
      const facts = el("span", { class: "share" }, `${share} · ${t.text("found", { n })}`);
      const button = el(
        "button",
        { "aria-pressed": "false", title: t.text("jumpTo", { name }), onclick: () => follow() },
        avatar(speaker, name),
        el("span", { class: "name", dir: "auto" }, name),
        bar(characters / counted[0].characters, speaker),
        facts,
      );
      const follow = () =>
        void this.#follow(this.#following === speaker ? undefined : speaker, button);
      return el("li", button);
    });
  }

  /**
   * Steps through the turns of one speaker from now on, or through the matches again.
   * @param {number | null | undefined} speaker undefined for matches
   * @param {HTMLButtonElement} button
   */
  async #follow(speaker, button) {
    this.#following = speaker;
    for (const each of button.closest("ul")?.querySelectorAll("button") ?? []) {
      each.setAttribute("aria-pressed", String(each === button && speaker !== undefined));
    }
    await this.#matches?.follow(speaker);
    this.#script?.follow(speaker);
    if (speaker === undefined) this.#showCount();
    else this.#step(1);
  }

  /** @param {string} query */
  async #find(query) {
    if (!this.#matches || !this.#script || this.#turn === null) return;
    this.#query = query;
    this.#following = undefined;
    const before = this.#matches.found;
    if (!(await this.#matches.find(query))) return;
    this.#script.refresh(before);
    const near = this.#matches.from(this.#turn);
    if (near) this.#script.goTo(near, { focus: false, scroll: true });
    this.#showCount();
  }

  /** @param {-1 | 1} direction */
  #step(direction) {
    const spot = this.#matches?.step(direction);
    if (!spot) return;
    this.#turn = spot.turn;
    this.#script?.goTo(spot, { focus: false, scroll: true });
    this.#showCount();
    this.#select(spot.turn);
  }

  /** @param {number} id */
  #goTo(id) {
    this.#turn = id;
    const spot = this.#matches?.at(id) ?? { turn: id, match: null };
    this.#script?.goTo(spot, this.#arrival);
    this.#showCount();
  }

  #showCount() {
    const { count, previous, next } = this.#parts ?? {};
    if (!count || !previous || !next || !this.#matches) return;
    const { index, length } = this.#matches;
    previous.disabled = next.disabled = length === 0;
    const place =
      index === null ? this.t.number(length) : this.t.text("matchOf", { k: index + 1, n: length });
    count.textContent = length > 0 ? place : this.#query.trim() ? this.t.text("noMatch") : "";
  }

  /** A turn was chosen here, by stepping or by its number. @param {number} id */
  #select(id) {
    if (this.turns)
      this.dispatchEvent(new CustomEvent("turn-select", { detail: this.turns.turn(id) }));
  }

  /** The number of a turn was pressed. @param {Turn} turn */
  choose(turn) {
    this.#arrival = { focus: true, scroll: true };
    this.#goTo(turn.id);
    this.#select(turn.id);
  }

  /** @param {Turn} turn */
  play(turn) {
    this.#parts?.media?.play(turn);
  }

  /** The part that scrolls, when the page gives the reader a height. */
  get scroller() {
    return this.#parts?.body ?? null;
  }
}
