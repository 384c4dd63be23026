/** The screen of a reader: one meeting, the turn that is read in view, and every match marked. */

import { el, factsRow, icon, webAddress } from "../parts/dom.js";
import { findBar } from "../parts/find-bar.js";
import { play, player } from "../parts/player.js";
import { size } from "../parts/quote.js";
import { Script } from "../parts/script.js";
import { whoSpoke } from "../parts/shares.js";
import { tell } from "../parts/tell.js";

/** @import { Arrival, Meeting, Turn, TurnSearch } from "../types/turnsearch.js" */
/** @import { Matches, Spot } from "../asking/matches.js" */
/** @import { Translator } from "../i18n.js" */

/**
 * What is read. The screen keeps it up to date, so that it can be built anew.
 * @typedef {object} Reading
 * @property {number | null} turn id of the turn in view
 * @property {string} query what is marked
 * @property {Arrival} arrival
 */

/**
 * @typedef {object} ReaderContext
 * @property {TurnSearch} archive
 * @property {Translator} t
 * @property {Node[]} status announcements and the state of loading
 * @property {(turn: Turn) => string | null} href
 */

/** How a match comes into view that is stepped to. @type {Arrival} */
const STEP = { focus: false, scroll: true };

/** Its parts tell the page what a person does; the page tells `leave`, and `chosen` with the id of a turn. */
export class ReaderScreen {
  /** Speaker whose turns are stepped through, instead of matches. @type {number | null | undefined} */
  #following;
  #turns;
  #matches;
  #reading;
  #script;
  #bar;
  #who;

  /**
   * @param {ReaderContext} context
   * @param {Meeting} meeting
   * @param {Matches} matches
   * @param {Reading} reading
   */
  constructor({ archive, t, status, href }, meeting, matches, reading) {
    this.meeting = meeting.id;
    this.#matches = matches;
    this.#reading = reading;
    const ids = Array.from({ length: meeting.turns }, (_, index) => meeting.firstTurn + index);
    const turns = (this.#turns = ids.map((id) => archive.turn(id)));
    const bar = (this.#bar = findBar(t, reading.query));
    const who = (this.#who = meeting.kind === "document" ? null : whoSpoke(archive, t, turns));
    const media = player(meeting, turns);
    const context = { archive, t, href, marks: (/** @type {number} */ id) => matches.marks(id) };
    const script = (this.#script = new Script(context, meeting, turns));
    const close = el(
      "button",
      { class: "quiet close", onclick: () => tell(this.page, "leave") },
      icon("back"),
      t.text("back"),
    );
    this.page = el(
      "section",
      {
        class: "page",
        part: "page",
        "aria-label": meeting.title,
        onkeydown: (/** @type {KeyboardEvent} */ event) => {
          if (event.key !== "Escape" || event.isComposing) return;
          // In the box Escape takes the text away first.
          if (/** @type {HTMLInputElement} */ (event.target).value) return;
          event.preventDefault();
          tell(this.page, "leave");
        },
        onfind: (/** @type {CustomEvent} */ { detail }) => void this.#find(detail),
        onstep: (/** @type {CustomEvent} */ { detail }) => this.#step(detail),
        onfollow: (/** @type {CustomEvent} */ { detail }) =>
          void this.#follow(detail === this.#following ? undefined : detail),
        onreach: (/** @type {CustomEvent} */ { detail }) => script.playing(detail),
        onplay: (/** @type {CustomEvent} */ { detail }) => media && play(media, detail),
        onchoose: (/** @type {CustomEvent} */ { detail }) => {
          reading.arrival = { focus: true, scroll: true };
          void this.goTo(detail);
          tell(this.page, "chosen", detail);
        },
      },
      el(
        "header",
        { class: "top" },
        el(
          "div",
          { class: "line-of-title" },
          close,
          el("h2", { dir: "auto", lang: meeting.language }, meeting.title),
        ),
        facts(t, meeting),
        media,
        bar.element,
      ),
      ...status,
      el("div", { class: "scroll", part: "text", tabindex: -1 }, who?.element, script.element),
    );
  }

  /** Ends all work in the background. */
  stop() {
    this.#script.stop();
  }

  /** Brings a turn into view. @param {number} id */
  goTo(id) {
    return this.#arrive(this.#matches.at(id) ?? { turn: id, match: null }, this.#reading.arrival);
  }

  /** @param {Spot} spot @param {Arrival} arrival */
  #arrive(spot, arrival) {
    this.#reading.turn = spot.turn;
    this.#showCount();
    return this.#script.goTo(spot, arrival);
  }

  /** @param {-1 | 1} direction */
  #step(direction) {
    const spot = this.#matches.step(direction);
    if (!spot) return;
    void this.#arrive(spot, STEP);
    tell(this.page, "chosen", spot.turn);
  }

  /** @param {string} query */
  async #find(query) {
    this.#reading.query = query;
    this.#following = undefined;
    this.#who?.press(undefined);
    const before = this.#matches.found;
    if (!(await this.#matches.find(query))) return;
    await this.#script.refresh(new Set([...before, ...this.#matches.found]));
    const near = this.#matches.from(this.#reading.turn ?? 0);
    if (near) await this.#script.goTo(near, STEP);
    this.#showCount();
  }

  /**
   * Steps through the turns of one speaker from now on, or through the matches again.
   * @param {number | null | undefined} speaker undefined for matches
   */
  async #follow(speaker) {
    this.#following = speaker;
    this.#who?.press(speaker);
    this.#script.follow(speaker);
    if (speaker === undefined) {
      await this.#matches.find(this.#reading.query);
      this.#showCount();
    } else {
      this.#matches.through(this.#turns.filter((turn) => turn.speaker === speaker));
      this.#step(1);
    }
  }

  #showCount() {
    const { index, length } = this.#matches;
    this.#bar.show(index, length, this.#reading.query);
  }
}

/** What is known of a meeting. @param {Translator} t @param {Meeting} meeting */
function facts(t, meeting) {
  const source = webAddress(meeting.url);
  const time = [meeting.time?.replace("-", "–"), meeting.zone].filter(Boolean).join(" ");
  const { language } = meeting;
  return factsRow(
    meeting.date && el("time", { datetime: meeting.date }, t.date(meeting.date)),
    time && el("span", { lang: language, dir: "auto" }, time),
    meeting.place && el("span", { lang: language, dir: "auto" }, meeting.place),
    size(t, meeting),
    source && el("a", { href: source }, t.text("source")),
  );
}
