/**
 * `<turn-search>`: a box, and under it who said it, in which meeting, and where.
 *
 * Attributes, each also a property: `src` (a `.turns` pack; without it the one inside the engine), `lang`, `theme`
 * (`light`, `dark`, `auto`; without it the page's colour scheme), `placeholder`, `limit`, `sort`, `speaker` and `meeting`
 * (filters to begin with), `mode="dialog"` (a button, Ctrl/⌘ K or `/` open it), `hash` (search and turn are kept in the
 * address; for one element of a page), `reader` (id of the `<turn-reader>` that shows turns; without it a dialog does),
 * `eager` (loads at once).
 *
 * Events: `turns-ready`, `turns-error`, `turn-results` (`detail`: the answer), `turn-open` (`detail`: turn and query;
 * cancel it to show the turn yourself).
 */

import { Asking } from "../asking/asking.js";
import { suggestions } from "../asking/suggestions.js";
import { isShortcut } from "../parts/keys.js";
import { saveHits } from "../parts/saving.js";
import { publish } from "../parts/tell.js";
import { SearchScreen } from "../screens/search.js";
import { Address } from "../state/address.js";
import { FILTER_KINDS, placeOf, sortOf } from "../state/place.js";
import { remember } from "../state/recent.js";
import { searchStyles } from "../styles/search.js";
import { TurnElement } from "./base.js";
import { ReaderHost } from "./host.js";
import { count, flag, mirrored, text } from "./mirror.js";

/** @import { Turn, TurnSearch } from "../types/turnsearch.js" */
/** @import { Found } from "../asking/asking.js" */
/** @import { Context } from "../parts/link.js" */
/** @import { SearchEvents } from "../screens/search.js" */

/** Attributes that say where an element begins; a change begins anew, with what stands in the box. */
const PRESETS = { speaker: text, meeting: text, sort: sortOf };

/** The other ones. */
const ATTRIBUTES = { placeholder: text, limit: count(10), mode: text, hash: flag, reader: text };

export class TurnSearchElement extends mirrored(TurnElement, { ...ATTRIBUTES, ...PRESETS }) {
  static observedAttributes = [
    ...["lang", "src", "placeholder", "mode", "limit"],
    ...Object.keys(PRESETS),
  ];

  #address = new Address(() => this.hash && this.isConnected, placeOf(this));
  #asking = new Asking(this, this.#address, {
    found: (found) => this.#show(found),
    more: (answer, added) => this.#screen?.append(this.#context, answer, added),
    settled: () => {
      if (this.#asking.answer) this.announce(this.#screen?.summary ?? "");
    },
  });
  #host = new ReaderHost(this, this.#address);
  /** Null before the texts have arrived. @type {SearchScreen | null} */
  #screen = null;
  #listening = new AbortController();

  constructor() {
    super(searchStyles);
  }

  connectedCallback() {
    // An element that is moved within the page keeps what it shows.
    if (!this.#screen) this.#begin(this.query);
    super.connectedCallback();
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    document.addEventListener("keydown", (event) => this.#shortcut(event), { signal });
    addEventListener("popstate", () => this.#arrive(), { signal });
    if (this.#address.read()) void this.load();
  }

  /** @param {string} name @param {string | null} before @param {string | null} now */
  attributeChangedCallback(name, before, now) {
    if (name in PRESETS) this.#address.place = placeOf(this, this.query);
    super.attributeChangedCallback(name, before, now);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#listening.abort();
    this.#address.stop();
  }

  /** What stands in the box. Setting it searches. */
  get query() {
    return this.#address.place.q;
  }

  set query(q) {
    this.#screen?.box.put(q);
    void this.#asking.search({ q, typing: false });
  }

  /** Opens the dialog (`mode="dialog"`) and puts the caret into the box. */
  focus() {
    this.#screen?.focus();
  }

  /** The box of a dialog is not in view before the dialog opens; its focus loads the collection then. */
  get wantsNear() {
    return this.mode !== "dialog";
  }

  render() {
    const hadFocus = this.#screen?.hasFocus;
    const { placeholder, status } = this;
    const { sort } = this.#address.place;
    const dialog = this.mode === "dialog";
    const { view } = this.#asking;
    const options = { placeholder, dialog, sort, view, kinds: FILTER_KINDS, status };
    const screen = (this.#screen = new SearchScreen(this.t, options, this.#events));
    screen.box.put(this.query);
    this.root.replaceChildren(...screen.top);
    this.#host.attach(screen.sheet);
    // A turn that is being read stays as it is.
    if (this.#host.isOpen) void this.#asking.search();
    else if (this.archive) this.#go();
    if (hadFocus) screen.box.input.focus();
  }

  ready() {
    this.#go();
    if (this.#screen?.hasFocus) void this.#suggest();
  }

  /** What a person does with the screen. @type {SearchEvents} */
  #events = {
    typed: (q) => {
      void this.load();
      void this.#asking.search({ q, typing: true });
      void this.#suggest();
    },
    committed: (q) => {
      remember(q);
      void this.#asking.search({ q, typing: false, push: true });
      void this.#suggest();
    },
    focus: () => {
      void this.load();
      void this.#suggest();
    },
    filter: (kind, key, chosen) => this.#asking.choose(kind, key, chosen),
    sort: (sort) => void this.#asking.search({ sort, push: true }),
    view: (view) => (this.#asking.view = view),
    more: () => void this.#asking.more(),
    save: (kind) => void this.#save(kind),
    open: () => this.focus(),
    search: (query) => (this.query = query),
    forgotten: () => void this.#suggest(),
  };

  /** Begins where the page's address says, or the attributes do. @param {string} [q] */
  #begin(q) {
    this.#address.place = this.#address.read() ?? placeOf(this, q);
  }

  /** The page's address has changed. */
  #arrive() {
    if (!this.hash) return;
    this.#begin();
    if (this.#screen) this.#screen.box.put(this.query);
    this.#asking.typing = false;
    this.#go();
  }

  /** Shows the present place: its results and, if it names one, its turn. */
  #go() {
    if (!this.#screen) return;
    void this.#asking.search();
    this.#host.go();
  }

  /** @param {Found} found */
  #show(found) {
    if (!this.#screen) return;
    this.#screen.paint(this.#context, found, this.#address.place);
    if (found.answer) publish(this, "turn-results", found.answer);
  }

  async #suggest() {
    const { box } = this.#screen ?? {};
    const text = box?.input.value ?? "";
    const options = await suggestions(this.archive, this.t, text);
    if (text === box?.input.value) box.suggestions.show(options);
  }

  /** @param {"csv" | "json"} kind */
  async #save(kind) {
    const context = this.#context;
    await saveHits(kind, context, this.query, await this.#asking.all(context.archive));
  }

  /** @returns {Context} */
  get #context() {
    const archive = /** @type {TurnSearch} */ (this.archive); // there are no results before it is open
    const { t, limit } = this;
    const { view } = this.#asking;
    return {
      archive,
      t,
      view,
      limit,
      marks: (ids) => archive.marks(ids, this.query, { typing: this.#asking.typing }),
      href: (turn) => this.#host.href(turn),
      open: (turn) => this.#open(turn),
      announce: (text) => this.announce(text),
    };
  }

  /** @param {Turn} turn */
  #open(turn) {
    const how = { bubbles: true, composed: true, cancelable: true };
    if (!publish(this, "turn-open", { turn, query: this.query }, how)) return;
    remember(this.query);
    this.#host.open(turn, this.root.activeElement);
  }

  /** @param {KeyboardEvent} event */
  #shortcut(event) {
    if (!this.#screen?.modal || !isShortcut(event)) return;
    event.preventDefault();
    this.focus();
  }
}
