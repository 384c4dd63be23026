/** The filters: speakers, meetings and years with their counts under the present query. */

import { el, icon } from "./dom.js";

/** @import { Answer } from "../engine.js" */
/** @import { TurnSearch } from "../client.js" */
/** @import { Translator } from "../i18n.js" */
/** @import { Place } from "../address.js" */

/** @typedef {"speaker" | "within" | "year"} FilterKind */

/**
 * @typedef {object} Entry
 * @property {string} key what stands in the address: a name, a slug, a year
 * @property {string} label
 * @property {number} count
 */

/** A list up to this length is shown whole. */
const SHORT = 7;

/** A list longer than this can be searched once it is open. */
const SEARCHABLE = 12;

const TITLES = /** @type {const} */ ({ speaker: "speakers", within: "meetings", year: "year" });

/** The panel with all the groups. */
export class Filters {
  #groups;

  /**
   * @param {Translator} t
   * @param {(kind: FilterKind, key: string, chosen: boolean) => void} changed
   */
  constructor(t, changed) {
    const kinds = /** @type {FilterKind[]} */ (["speaker", "within", "year"]);
    this.#groups = kinds.map(
      (kind) => new Group(t, kind, (key, chosen) => changed(kind, key, chosen)),
    );
    this.element = el(
      "div",
      { class: "filters", part: "filters" },
      ...this.#groups.map((group) => group.element),
    );
  }

  /**
   * @param {TurnSearch} turns
   * @param {Answer} answer
   * @param {Place} place what is chosen
   */
  update(turns, answer, place) {
    for (const group of this.#groups) {
      const chosen = new Set(place[group.kind]);
      const entries = entriesOf(turns, answer, group.kind);
      const listed = new Set(entries.map(({ key }) => key));
      for (const key of chosen) {
        if (!listed.has(key))
          entries.push({ key, label: labelOf(turns, group.kind, key), count: 0 });
      }
      group.update(entries, chosen);
    }
  }
}

/**
 * @param {TurnSearch} turns
 * @param {Answer} answer
 * @param {FilterKind} kind
 * @returns {Entry[]}
 */
function entriesOf(turns, { facets }, kind) {
  if (kind === "year") return facets.years.map(({ id, count }) => ({ key: id, label: id, count }));
  if (kind === "speaker") {
    return facets.speakers.map(({ id, count }) => {
      const name = turns.speaker(id)?.name ?? String(id);
      return { key: name, label: name, count };
    });
  }
  return facets.meetings.map(({ id, count }) => {
    const meeting = turns.meeting(id);
    return { key: meeting?.slug ?? String(id), label: meeting?.title ?? String(id), count };
  });
}

/**
 * What a chosen filter is called.
 * @param {TurnSearch} turns
 * @param {FilterKind} kind
 * @param {string} key
 */
export function labelOf(turns, kind, key) {
  return (kind === "within" && turns.meeting(key)?.title) || key;
}

/** One facet: a field set of check boxes. Rows are kept between updates, so that the focus stays where it is. */
class Group {
  #t;
  #changed;
  #title;
  /** @type {Map<string, HTMLLIElement>} */
  #rows = new Map();
  #list = el("ul");
  #all = el("button", {
    class: "quiet",
    onclick: () => {
      this.#open = !this.#open;
      this.#layOut();
    },
  });
  #search;
  #open = false;
  /** @type {Entry[]} */
  #entries = [];
  /** @type {Set<string>} */
  #chosen = new Set();

  /**
   * @param {Translator} t
   * @param {FilterKind} kind
   * @param {(key: string, chosen: boolean) => void} changed
   */
  constructor(t, kind, changed) {
    this.#t = t;
    this.kind = kind;
    this.#changed = changed;
    this.#title = t.text(TITLES[kind]);
    const label = t.text("findIn", { name: this.#title });
    this.#search = el("input", {
      type: "search",
      class: "find",
      placeholder: label,
      "aria-label": label,
      hidden: true,
      oninput: () => this.#layOut(),
    });
    this.element = el("fieldset", el("legend", this.#title), this.#search, this.#list, this.#all);
  }

  /** @param {Entry[]} entries @param {Set<string>} chosen */
  update(entries, chosen) {
    this.#entries = entries;
    this.#chosen = chosen;
    this.element.hidden = entries.length === 0;
    this.#layOut();
  }

  #layOut() {
    const wanted = this.#search.value.trim().toLowerCase();
    const long = this.#entries.length > SHORT + 1;
    const shown = this.#entries.filter(({ key, label }, index) => {
      if (wanted && this.#open)
        return label.toLowerCase().includes(wanted) || this.#chosen.has(key);
      return !long || this.#open || index < SHORT || this.#chosen.has(key);
    });
    const rows = shown.map((entry) => this.#row(entry));
    // An unchanged order is left alone: moving a row would take the focus from it.
    if (
      rows.length !== this.#list.children.length ||
      rows.some((each, index) => this.#list.children[index] !== each)
    ) {
      this.#list.replaceChildren(...rows);
    }
    this.#all.hidden = !long;
    this.#all.setAttribute("aria-expanded", String(this.#open));
    this.#all.textContent = this.#t.text(this.#open ? "fewer" : "allOf", {
      n: this.#entries.length,
    });
    this.#search.hidden = !(this.#open && this.#entries.length > SEARCHABLE);
  }

  /** @param {Entry} entry */
  #row({ key, label, count }) {
    let row = this.#rows.get(key);
    if (!row) {
      const onchange = () => this.#changed(key, box.checked);
      const box = el("input", { type: "checkbox", onchange });
      const text = el("span", { class: "name", dir: "auto" }, label);
      row = el("li", el("label", box, text, el("span", { class: "count" })));
      this.#rows.set(key, row);
    }
    const [box, , number] = /** @type {[HTMLInputElement, Element, Element]} */ ([
      ...row.children[0].children,
    ]);
    box.checked = this.#chosen.has(key);
    number.textContent = this.#t.number(count);
    return row;
  }
}

/**
 * The chosen filters as buttons that take them away.
 * @param {TurnSearch} turns
 * @param {Translator} t
 * @param {Place} place
 * @param {(kind: FilterKind, key: string) => void} remove
 */
export function chips(turns, t, place, remove) {
  const kinds = /** @type {FilterKind[]} */ (["speaker", "within", "year"]);
  return kinds.flatMap((kind) =>
    place[kind].map((key) => {
      const name = labelOf(turns, kind, key);
      const label = t.text("remove", { name });
      const attributes = {
        class: "chip",
        "aria-label": label,
        onclick: () => remove(kind, key),
      };
      return el("button", attributes, el("bdi", name), icon("close"));
    }),
  );
}
