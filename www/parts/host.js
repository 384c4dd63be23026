/** Where a search shows turns: the reader that the page gives it, or one of its own in a dialog. */

import { TurnReader } from "../turn-reader.js";

/** @import { Turn } from "../engine.js" */

/**
 * @typedef {object} HostEvents
 * @property {(turn: Turn) => string | null} href
 * @property {(turn: Turn) => void} selected another turn came into view
 * @property {() => void} closed
 */

export class ReaderHost {
  #element;
  #events;
  /** @type {TurnReader | null} */
  #own = null;
  /** @type {HTMLDialogElement | null} */
  #dialog = null;
  /** What had the focus when a turn was opened. @type {HTMLElement | null} */
  #opener = null;
  /** Readers that are listened to. @type {WeakSet<TurnReader>} */
  #heard = new WeakSet();

  /** @param {HTMLElement} element the `<turn-search>` @param {HostEvents} events */
  constructor(element, events) {
    this.#element = element;
    this.#events = events;
  }

  /** Gives the dialog for a reader of its own. @param {HTMLDialogElement} dialog */
  attach(dialog) {
    this.#dialog = dialog;
    dialog.addEventListener("close", () => this.#own?.close());
    if (!this.#own) return;
    dialog.append(this.#own);
    if (this.#own.hasAttribute("open")) dialog.showModal();
  }

  get isOpen() {
    return this.#reader()?.hasAttribute("open") ?? false;
  }

  /**
   * @param {Turn} turn
   * @param {string} query
   * @param {Element | null} [opener] gets the focus back when the reader closes
   */
  show(turn, query, opener) {
    if (opener instanceof HTMLElement) this.#opener = opener;
    const reader = this.#reader() ?? this.#make();
    reader.href = this.#events.href;
    if (reader === this.#own && !this.#dialog?.open) this.#dialog?.showModal();
    void reader.show(turn.id, query);
    // The page may lay the results out anew to make room for the reader.
    this.#opener?.scrollIntoView({ block: "nearest" });
  }

  close() {
    this.#reader()?.close();
  }

  /**
   * The reader that the page gives and shows, else the own one once there is one.
   * A page hides its reader where there is no room beside the results; then the dialog takes over.
   * @returns {TurnReader | null}
   */
  #reader() {
    const id = this.#element.getAttribute("reader");
    const root = /** @type {Document | ShadowRoot} */ (this.#element.getRootNode());
    const given = id ? root.getElementById(id) : null;
    const usable = given instanceof TurnReader && getComputedStyle(given).display !== "none";
    if (!usable) return this.#own;
    this.#listenTo(given);
    return given;
  }

  #make() {
    const reader = new TurnReader();
    for (const name of ["src", "theme"]) {
      const value = this.#element.getAttribute(name);
      if (value !== null) reader.setAttribute(name, value);
    }
    this.#own = reader;
    this.#listenTo(reader);
    this.#dialog?.append(reader);
    return reader;
  }

  /** @param {TurnReader} reader */
  #listenTo(reader) {
    if (this.#heard.has(reader)) return;
    this.#heard.add(reader);
    reader.addEventListener("turn-select", (event) => {
      this.#events.selected(/** @type {CustomEvent<Turn>} */ (event).detail);
    });
    reader.addEventListener("reader-close", () => {
      if (reader === this.#own) this.#dialog?.close();
      this.#events.closed();
      if (this.#opener?.isConnected) this.#opener.focus();
      this.#opener = null;
    });
  }
}
