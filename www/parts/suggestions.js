/** The row of suggestions under the box: a listbox whose choice the box announces. */

import { el } from "./dom.js";

/** @import { Translator } from "../i18n.js" */

/**
 * @typedef {object} Option
 * @property {string} text
 * @property {string} insert what goes into the box
 * @property {string} detail said after the text
 */

/** Makes ids unique where several boxes share a root. */
let boxes = 0;

export class Suggestions {
  /** @type {Option[]} */
  #options = [];
  #chosen = -1;
  #input;
  #taken;

  /**
   * @param {Translator} t
   * @param {HTMLInputElement} input the box
   * @param {(insert: string) => void} taken a suggestion was pressed
   */
  constructor(t, input, taken) {
    this.#input = input;
    this.#taken = taken;
    this.element = el("ul", {
      id: `turns-box-${++boxes}`,
      class: "options",
      part: "suggestions",
      role: "listbox",
      "aria-orientation": "horizontal",
      "aria-label": t.text("suggestions"),
      hidden: true,
    });
    input.setAttribute("aria-controls", this.element.id);
  }

  /** The one that was chosen with the keys. @returns {Option | undefined} */
  get chosen() {
    return this.#options[this.#chosen];
  }

  /** @param {Option[]} options */
  show(options) {
    this.#options = options;
    this.element.hidden = options.length === 0;
    this.#input.setAttribute("aria-expanded", String(options.length > 0));
    this.element.replaceChildren(...options.map((option, index) => this.#row(option, index)));
    this.choose(-1);
  }

  /**
   * @param {-1 | 1} step
   * @returns {boolean} whether there is one to choose, or before the first one none
   */
  step(step) {
    const index = this.#chosen + step;
    const isThere = index >= -1 && index < this.#options.length;
    if (isThere) this.choose(index);
    return isThere;
  }

  /** @param {Option} option @param {number} index */
  #row({ text, insert, detail }, index) {
    return el(
      "li",
      {
        id: `${this.element.id}-${index}`,
        role: "option",
        "aria-selected": "false",
        // The box keeps the focus, also when a suggestion is pressed.
        onpointerdown: (/** @type {PointerEvent} */ event) => event.preventDefault(),
        onclick: () => this.#taken(insert),
      },
      el("bdi", text),
      " ",
      detail && el("span", { class: "detail" }, detail),
    );
  }

  /** Chooses a suggestion for the keys. @param {number} index -1 for none */
  choose(index) {
    this.#chosen = index;
    for (const [at, row] of [...this.element.children].entries()) {
      row.setAttribute("aria-selected", String(at === index));
      if (at !== index) continue;
      this.#input.setAttribute("aria-activedescendant", row.id);
      row.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
    if (index < 0) this.#input.removeAttribute("aria-activedescendant");
  }
}
