/**
 * `<turn-reader>`: one meeting to read, with the turn that was found in view and every match
 * marked.
 *
 * Attributes, each also a property: `src`, `lang`, `theme`, `eager` as for `<turn-search>`;
 * `meeting` (slug), `turn` (ordinal) and `query` show a turn without any script; `open` is set
 * while a meeting is shown. Methods: `show(id, query)`, `close()`. Events: `turn-select` (`detail`:
 * the turn), `reader-close`.
 */

import { later } from "../later.js";
import { latest } from "../latest.js";
import { Matches } from "../asking/matches.js";
import { el } from "../parts/dom.js";
import { publish } from "../parts/tell.js";
import { readerScreen } from "../screens/reader.js";
import { TurnElement } from "./base.js";
import { count, mirrored, text } from "./mirror.js";

/** @import { Arrival, Meeting, Turn } from "../types/turnsearch.js" */
/** @import { Reading } from "../screens/reader.js" */

const ATTRIBUTES = { meeting: text, turn: count(1), query: text };

export class TurnReader extends mirrored(TurnElement, ATTRIBUTES) {
  static observedAttributes = ["lang", "src", ...Object.keys(ATTRIBUTES)];

  /** @type {Reading} */
  #reading = { turn: null, query: "", arrival: { focus: false, scroll: true } };
  /** @type {ReturnType<typeof readerScreen> | null} */
  #screen = null;
  #opening = latest();
  /** Resolves when this one is styled. @type {Promise<unknown> | undefined} */
  #styled;

  constructor() {
    super();
    this.root.addEventListener("leave", () => this.close());
    this.root.addEventListener("chosen", (event) => {
      // A turn was chosen here, by stepping or by its number.
      const { detail: id } = /** @type {CustomEvent<number>} */ (event);
      publish(this, "turn-select", this.archive?.turn(id));
    });
  }

  /** Whether a meeting is shown. */
  get open() {
    return this.hasAttribute("open");
  }

  /**
   * Where a link to a turn leads; a page that has such links puts a function of its own here.
   * @param {Turn} turn
   * @returns {string | null}
   */
  href(turn) {
    return null;
  }

  /** An empty reader needs nothing; `show` loads the collection. */
  get wantsNear() {
    return this.meeting !== null;
  }

  /** @param {string} name @param {string | null} before @param {string | null} now */
  attributeChangedCallback(name, before, now) {
    if (before === now || !this.isConnected) return;
    if (name === "src") this.#leave();
    if (name === "src" || name === "lang") super.attributeChangedCallback(name, before, now);
    else if (this.archive) this.#openNamed();
    else void this.load();
  }

  ready() {
    if (this.#reading.turn === null) this.#openNamed();
    else void this.#open();
  }

  render() {
    this.#reading.arrival = { focus: false, scroll: true };
    if (this.archive) this.ready();
    else this.root.replaceChildren(...this.status);
  }

  /**
   * Shows a turn in its meeting.
   * @param {number} id of the turn in the collection
   * @param {string} [query] what to mark
   * @param {Arrival} [arrival]
   */
  async show(id, query = "", arrival = { focus: true, scroll: true }) {
    const { archive } = this;
    const screen = this.#screen;
    const isSame =
      screen && query === this.#reading.query && archive?.turn(id).meeting === screen.meeting;
    Object.assign(this.#reading, { turn: id, query, arrival });
    if (!archive) await this.load();
    else if (isSame) await screen.goTo(id);
    else await this.#open();
  }

  close() {
    if (!this.open) return;
    this.#leave();
    publish(this, "reader-close");
  }

  #leave() {
    this.removeAttribute("open");
    this.#opening();
    this.#clear();
    this.#reading.turn = null;
    this.root.replaceChildren(...this.status);
  }

  #clear() {
    this.#screen?.stop();
    this.#screen = null;
  }

  /** Follows the attributes. */
  #openNamed() {
    const { archive, meeting: slug, turn: n } = this;
    if (!archive || slug === null) return;
    const meeting = archive.meeting(slug);
    if (!meeting || n > meeting.turns) {
      void this.#style();
      this.root.replaceChildren(el("p", { class: "missing" }, this.t.text("notFound")));
      return;
    }
    // The page stands as its author wrote it: the focus stays, and it scrolls only to a turn that
    // is named.
    const arrival = { focus: false, scroll: this.hasAttribute("turn") };
    void this.show(meeting.firstTurn + n - 1, this.query ?? "", arrival);
  }

  /** Sees to the styles; where they do not come, the meeting is shown without. */
  #style() {
    return (this.#styled ??= later.reader().then(
      ({ readerStyles }) => this.root.adoptedStyleSheets.push(readerStyles),
      () => (this.#styled = undefined),
    ));
  }

  async #open() {
    const { archive, t, status } = this;
    const reading = this.#reading;
    if (!archive || reading.turn === null) return;
    const isLast = this.#opening();
    const meeting = /** @type {Meeting} */ (archive.meeting(archive.turn(reading.turn).meeting));
    this.setAttribute("open", "");
    this.#clear();
    const matches = new Matches(archive, meeting);
    await Promise.all([matches.find(reading.query), this.#style()]);
    if (!isLast()) return; // another turn was opened in the meantime, or this one closed
    const context = { archive, t, status, href: (/** @type {Turn} */ turn) => this.href(turn) };
    const screen = (this.#screen = readerScreen(context, meeting, matches, reading));
    this.root.replaceChildren(screen.page);
    await screen.goTo(reading.turn);
  }
}
