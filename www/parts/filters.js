/** The filters: speakers, meetings and years with their counts under the present query. */

import { el, icon } from "./dom.js";

/** @import { Answer, TurnSearch } from "../types/turnsearch.js" */
/** @import { Translator } from "../i18n.js" */
/** @import { FilterKind, Place } from "../state/place.js" */

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

/** The panel with all the groups. */
export class Filters {
  #groups;

  /**
   * @param {Translator} t
   * @param {FilterKind[]} kinds
   * @param {(kind: FilterKind, key: string, chosen: boolean) => void} changed
   */
  constructor(t, kinds, changed) {
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
   * @param {TurnSearch} archive
   * @param {Answer} answer
   * @param {Place["filter"]} filter what is chosen
   */
  update(archive, { facets }, filter) {
    for (const group of this.#groups) {
      const { kind } = group;
      const counted = facets[kind].map(({ id, count }) => ({
        key: keyOf(archive, kind, id),
        count,
      }));
      const listed = new Set(counted.map(({ key }) => key));
      const absent = filter[kind].filter((key) => !listed.has(key));
      const entries = [...counted, ...absent.map((key) => ({ key, count: 0 }))].map((entry) => ({
        ...entry,
        label: labelOf(archive, kind, entry.key),
      }));
      group.update(entries, new Set(filter[kind]));
    }
  }
}

/**
 * How a filter is written in an address.
 * @param {TurnSearch} archive
 * @param {FilterKind} kind
 * @param {number | string} id
 */
function keyOf(archive, kind, id) {
  if (typeof id === "string") return id;
  const key = kind === "speakers" ? archive.speaker(id)?.name : archive.meeting(id)?.slug;
  return key ?? String(id);
}

/**
 * What a filter is called.
 * @param {TurnSearch} archive
 * @param {FilterKind} kind
 * @param {string} key
 */
function labelOf(archive, kind, key) {
  return (kind === "meetings" && archive.meeting(key)?.title) || key;
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
    this.#title = t.text(kind);
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
 * @param {TurnSearch} archive
 * @param {Translator} t
 * @param {Place["filter"]} filter
 * @param {(kind: FilterKind, key: string, chosen: boolean) => void} changed
 */
export function chips(archive, t, filter, changed) {
  const kinds = /** @type {FilterKind[]} */ (Object.keys(filter));
  return kinds.flatMap((kind) =>
    filter[kind].map((key) => {
      const name = labelOf(archive, kind, key);
      const attributes = {
        class: "chip",
        "aria-label": t.text("remove", { name }),
        onclick: () => changed(kind, key, false),
      };
      return el("button", attributes, el("bdi", name), icon("close"));
    }),
  );
}
