/**
 * The search box: a combobox with a listbox of suggestions (ARIA 1.2, "List Autocomplete with Manual Selection").
 *
 * The suggestions stand in one row under the box instead of a pop-up over the results, so that nothing moves and
 * nothing is covered while typing. Keys: down and up choose a suggestion, down after the last one leaves for the
 * results, Enter takes it or commits the text, Escape lets go of it or clears the box.
 */

import { el, icon, iconButton } from "./dom.js";

/** @import { Translator } from "../i18n.js" */

/**
 * @typedef {object} Option
 * @property {string} text
 * @property {string} insert what goes into the box
 * @property {string} detail said after the text
 */

/**
 * @typedef {object} ComboboxEvents
 * @property {(text: string) => void} typed the text changed, and no input method is composing
 * @property {(text: string) => void} committed Enter, or a suggestion was taken
 * @property {() => void} leave the reader goes on to the results
 * @property {() => void} focus
 */

/** Makes ids unique where several boxes share a root. */
let boxes = 0;

export class Combobox {
  #events;
  /** @type {Option[]} */
  #options = [];
  #active = -1;
  #composing = false;
  #id = `turns-box-${++boxes}`;

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
      "aria-controls": this.#id,
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
    this.list = el("ul", {
      id: this.#id,
      class: "options",
      part: "suggestions",
      role: "listbox",
      "aria-orientation": "horizontal",
      "aria-label": translator.text("suggestions"),
      hidden: true,
    });
  }

  get value() {
    return this.input.value;
  }

  set value(text) {
    if (this.input.value !== text) this.input.value = text;
    this.clearButton.hidden = text === "";
  }

  /** @param {Option[]} options */
  suggest(options) {
    this.#options = options;
    this.#active = -1;
    this.list.hidden = options.length === 0;
    this.input.setAttribute("aria-expanded", String(options.length > 0));
    this.input.removeAttribute("aria-activedescendant");
    this.list.replaceChildren(...options.map((option, index) => this.#row(option, index)));
  }

  /** @param {Option} option @param {number} index */
  #row({ text, detail }, index) {
    return el(
      "li",
      {
        id: `${this.#id}-${index}`,
        role: "option",
        "aria-selected": "false",
        // The box keeps the focus, also when a suggestion is pressed.
        onpointerdown: (/** @type {PointerEvent} */ event) => event.preventDefault(),
        onclick: () => this.#take(index),
      },
      el("bdi", text),
      " ",
      detail && el("span", { class: "detail" }, detail),
    );
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

  /** @param {number} index */
  #take(index) {
    this.value = this.#options[index].insert;
    this.suggest([]);
    this.#events.committed(this.value);
  }

  /** @param {number} index -1 for none */
  #activate(index) {
    this.#active = index;
    for (const [at, row] of [...this.list.children].entries()) {
      row.setAttribute("aria-selected", String(at === index));
      if (at !== index) continue;
      this.input.setAttribute("aria-activedescendant", row.id);
      row.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
    if (index < 0) this.input.removeAttribute("aria-activedescendant");
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
    const last = this.#options.length - 1;
    switch (key) {
      case "ArrowDown":
        if (this.#active < last) this.#activate(this.#active + 1);
        else this.#leave();
        return true;
      case "ArrowUp":
        if (this.#active < 0) return false;
        this.#activate(this.#active - 1);
        return true;
      case "PageDown":
        this.#leave();
        return true;
      case "Enter":
        if (this.#active >= 0) this.#take(this.#active);
        else this.#events.committed(this.value);
        return true;
      case "Escape":
        if (this.#active >= 0) this.#activate(-1);
        else if (this.value) this.#clear();
        else return false;
        return true;
      default:
        return false;
    }
  }

  #leave() {
    this.#activate(-1);
    this.#events.leave();
  }
}
