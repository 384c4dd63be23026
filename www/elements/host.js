/** Where a search shows turns: the reader that the page gives it, or one of its own in a dialog. */

import { TurnReader } from "./turn-reader.js";

/** @import { Turn, TurnSearchElement } from "../types/turnsearch.js" */
/** @import { Address } from "../state/address.js" */

/** The `<turn-search>`, as far as it matters here. @typedef {HTMLElement & Pick<TurnSearchElement, "archive" | "src" | "theme" | "reader">} Searching */

export class ReaderHost {
  #element;
  #address;
  /** @type {TurnReader | null} */
  #own = null;
  /** @type {HTMLDialogElement | null} */
  #dialog = null;
  /** What had the focus when a turn was opened. @type {HTMLElement | null} */
  #opener = null;
  /** Readers that are listened to. @type {WeakSet<TurnReader>} */
  #heard = new WeakSet();

  /** @param {Searching} element @param {Address} address says which turn is read */
  constructor(element, address) {
    this.#element = element;
    this.#address = address;
  }

  /** Gives the dialog for a reader of its own. @param {HTMLDialogElement} dialog */
  attach(dialog) {
    this.#dialog = dialog;
    dialog.addEventListener("close", () => this.#own?.close());
    if (!this.#own) return;
    dialog.append(this.#own);
    if (this.#own.open) dialog.showModal();
  }

  get isOpen() {
    return this.#reader()?.open ?? false;
  }

  /** The address of a turn. @param {Turn} turn */
  href(turn) {
    const meeting = this.#element.archive?.meeting(turn.meeting);
    return meeting ? this.#address.href({ meeting: meeting.slug, n: turn.n }) : null;
  }

  /** Shows a turn. @param {Turn} turn @param {Element | null} opener gets the focus back when the reader closes */
  open(turn, opener) {
    if (opener instanceof HTMLElement) this.#opener = opener;
    this.#stand(turn, true);
    this.#show(turn.id);
  }

  /** Shows the turn of the present place, or none. */
  go() {
    const { meeting: slug, n } = this.#address.place;
    const meeting = slug === null ? undefined : this.#element.archive?.meeting(slug);
    if (meeting) this.#show(meeting.firstTurn + Math.min(Math.max(n ?? 1, 1), meeting.turns) - 1);
    else this.#reader()?.close();
  }

  /** @param {number} id of a turn */
  #show(id) {
    const reader = this.#reader() ?? this.#make();
    reader.href = (turn) => this.href(turn);
    if (reader === this.#own && !this.#dialog?.open) this.#dialog?.showModal();
    void reader.show(id, this.#address.place.q);
    // The page may lay the results out anew to make room for the reader.
    this.#opener?.scrollIntoView({ block: "nearest" });
  }

  /** The address says which turn is being read. @param {Turn | null} turn @param {boolean} push */
  #stand(turn, push) {
    const meeting = turn && this.#element.archive?.meeting(turn.meeting);
    Object.assign(this.#address.place, { meeting: meeting?.slug ?? null, n: turn?.n ?? null });
    this.#address.write(push);
  }

  /**
   * The reader that the page gives and shows, else the own one once there is one.
   * A page hides its reader where there is no room beside the results; then the dialog takes over.
   * @returns {TurnReader | null}
   */
  #reader() {
    const { reader: id } = this.#element;
    const root = /** @type {Document | ShadowRoot} */ (this.#element.getRootNode());
    const given = id ? root.getElementById(id) : null;
    const usable = given instanceof TurnReader && getComputedStyle(given).display !== "none";
    if (!usable) return this.#own;
    this.#listenTo(given);
    return given;
  }

  #make() {
    const reader = new TurnReader();
    const { src, theme } = this.#element;
    Object.assign(reader, { src, theme });
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
      this.#stand(/** @type {CustomEvent<Turn>} */ (event).detail, false);
    });
    reader.addEventListener("reader-close", () => {
      if (reader === this.#own) this.#dialog?.close();
      if (this.#address.place.meeting !== null) this.#stand(null, true);
      if (this.#opener?.isConnected) this.#opener.focus();
      this.#opener = null;
    });
  }
}
