/**
 * The search box: a combobox with a listbox of suggestions (ARIA 1.2, "List Autocomplete with Manual Selection").
 *
 * The suggestions stand in one row under the box instead of a pop-up over the results, so that nothing moves and
 * nothing is covered while typing. Keys: down and up choose a suggestion, down after the last one leaves for the
 * results, Enter takes it or commits the text, Escape lets go of it or clears the box.
 */

import { el, icon, iconButton } from "./dom.js";
import { Suggestions } from "./suggestions.js";

/** @import { Translator } from "../i18n.js" */

/**
 * @typedef {object} ComboboxEvents
 * @property {(text: string) => void} typed the text changed, and no input method is composing
 * @property {(text: string) => void} committed Enter, or a suggestion was taken
 * @property {() => void} leave the reader goes on to the results
 * @property {() => void} focus
 */

export class Combobox {
  #events;
  #composing = false;

  /**
   * @param {Translator} translator
   * @param {string} placeholder
   * @param {ComboboxEvents} events
   */
  constructor(translator, placeholder, events) {
    this.#events = events;
    this.input = el("input", {
      part: "input",
      type: "search",
      // The engine looks at 4,096 bytes of a query, and a code unit has three at most: nothing in the box is cut off.
      maxlength: 1365,
      role: "combobox",
      "aria-expanded": "false",
      "aria-autocomplete": "list",
      "aria-label": translator.text("searchLabel"),
      placeholder,
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      enterkeyhint: "search",
      dir: "auto",
      oninput: () => this.#changed(),
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.#key(event),
      onfocus: () => events.focus(),
      oncompositionstart: () => (this.#composing = true),
      oncompositionend: () => {
        this.#composing = false;
        this.#changed();
      },
    });
    this.suggestions = new Suggestions(translator, this.input, (insert) => this.#take(insert));
    this.clearButton = iconButton("close", translator.text("clear"), {
      class: "tool clear",
      hidden: true,
      onclick: () => this.#clear(),
    });
    this.box = el(
      "div",
      { class: "box", part: "box" },
      icon("search"),
      this.input,
      this.clearButton,
    );
  }

  get value() {
    return this.input.value;
  }

  set value(text) {
    if (this.input.value !== text) this.input.value = text;
    this.clearButton.hidden = text === "";
  }

  #changed() {
    if (this.#composing) return;
    this.clearButton.hidden = this.value === "";
    this.#events.typed(this.value);
  }

  #clear() {
    this.value = "";
    this.input.focus();
    this.#events.typed("");
  }

  /** @param {string} insert */
  #take(insert) {
    this.value = insert;
    this.suggestions.show([]);
    this.#events.committed(insert);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    // Keys belong to the input method while it composes; Safari ends with keyCode 229 after the composition.
    if (
      event.isComposing ||
      event.keyCode === 229 ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey
    )
      return;
    if (this.#handled(event.key)) event.preventDefault();
  }

  /**
   * @param {string} key
   * @returns {boolean} whether the box used the key
   */
  #handled(key) {
    const { suggestions } = this;
    const { chosen } = suggestions;
    switch (key) {
      case "ArrowDown":
        if (!suggestions.step(1)) this.#leave();
        return true;
      case "ArrowUp":
        return suggestions.step(-1);
      case "PageDown":
        this.#leave();
        return true;
      case "Enter":
        if (chosen) this.#take(chosen.insert);
        else this.#events.committed(this.value);
        return true;
      case "Escape":
        if (chosen) suggestions.choose(-1);
        else if (this.value) this.#clear();
        else return false;
        return true;
      default:
        return false;
    }
  }

  #leave() {
    this.suggestions.choose(-1);
    this.#events.leave();
  }
}
