/** The screen of a search: the box stands from the beginning, and an answer is painted under it. */

import { dispersionPlot } from "../parts/dispersion.js";
import { el } from "../parts/dom.js";
import { chips } from "../parts/filters.js";
import { frame } from "../parts/frame.js";
import { goalOf } from "../parts/keys.js";
import { results } from "../parts/results.js";
import { helpTable, meetingList, notes } from "../parts/start.js";
import { forget, recent } from "../state/recent.js";
import { isFiltered } from "../state/place.js";

/** @import { Answer } from "../types/turnsearch.js" */
/** @import { Translator } from "../i18n.js" */
/** @import { Found, ShownHit } from "../asking/asking.js" */
/** @import { FrameEvents, FrameOptions } from "../parts/frame.js" */
/** @import { Context } from "../parts/link.js" */
/** @import { Place } from "../state/place.js" */

/**
 * What a person does with the screen.
 * @typedef {Omit<FrameEvents, "leave" | "resultKey"> & { search: (query: string) => void, forgotten: () => void }} SearchEvents
 */

export class SearchScreen {
  #t;
  #events;
  #parts;

  /** @param {Translator} t @param {FrameOptions} options @param {SearchEvents} events */
  constructor(t, options, events) {
    this.#t = t;
    this.#events = events;
    this.#parts = frame(t, options, {
      ...events,
      leave: () => this.#focus(0),
      resultKey: (event) => this.#key(event),
    });
    /** What stands in the root. */
    this.top = this.#parts.top;
    this.box = this.#parts.box;
    /** The dialog around the search, if it stands in one. */
    this.modal = this.#parts.modal;
    /** The dialog for a reader. */
    this.sheet = this.#parts.sheet;
  }

  /** How many turns were found, in words. */
  get summary() {
    return this.#parts.found.textContent ?? "";
  }

  /** Whether the box has the focus. */
  get hasFocus() {
    return this.box.input.matches(":focus");
  }

  /** Opens the dialog, where there is one, and puts the caret into the box. */
  focus() {
    if (!this.modal?.open) this.modal?.showModal();
    this.box.input.focus();
    this.box.input.select();
  }

  /**
   * @param {Context} context
   * @param {Found} found
   * @param {Place} place
   */
  paint(context, { answer, dispersion, hits }, place) {
    const parts = this.#parts;
    const t = this.#t;
    const { total = 0 } = answer ?? {};
    // With filters there must be a way to take them away.
    parts.body.hidden = total === 0 && !(answer && isFiltered(place));
    parts.start.hidden = total > 0;
    if (total === 0) parts.start.replaceChildren(...this.#instead(context, answer, place));
    if (!answer) return;
    parts.found.replaceChildren(
      el("b", t.text("found", { n: total })),
      total > 0 ? t.text("inMeetings", { n: dispersion.length }) : "",
    );
    parts.apply.textContent = t.text("done", { n: total });
    parts.sort.value = place.sort;
    parts.filters.update(context.archive, answer, place.filter);
    const taken = chips(context.archive, t, place.filter, this.#events.filter);
    parts.chosen.hidden = taken.length === 0;
    parts.chosen.replaceChildren(...taken);
    parts.said.replaceChildren(...notes(t, answer, this.#events.search));
    parts.plot.replaceChildren(...(total > 0 ? [dispersionPlot(context, dispersion)] : []));
    parts.list.className = `results ${context.view}`;
    parts.list.replaceChildren(...results(context, hits));
    parts.saving.hidden = total === 0;
    this.#paintMore(answer, context.limit);
  }

  /**
   * Puts more results under the ones that are there.
   * @param {Context} context
   * @param {Answer} answer with the added hits
   * @param {ShownHit[]} added
   */
  append(context, answer, added) {
    const before = answer.hits.at(-1 - added.length)?.turn;
    const made = results(context, added, before);
    this.#parts.list.append(...made);
    this.#paintMore(answer, context.limit);
    const links = made.map(
      (each) => /** @type {HTMLElement | null} */ (each.querySelector(".main")),
    );
    links.find(Boolean)?.focus();
  }

  /** @param {Answer} answer @param {number} limit */
  #paintMore({ total, hits }, limit) {
    const { more } = this.#parts;
    const left = total - hits.length;
    more.hidden = left <= 0;
    more.textContent = this.#t.text("more", { n: Math.min(left, limit) });
  }

  /**
   * What stands there when there are no results.
   * @param {Context} context
   * @param {Answer | null} answer
   * @param {Place} place
   */
  #instead(context, answer, place) {
    const t = this.#t;
    const help = helpTable(t);
    if (!answer)
      return [el("slot", { name: "empty" }, meetingList(context)), help, this.#history()];
    const lost = isFiltered(place) ? t.text("nothingHere") : t.text("nothing", { query: place.q });
    return [el("p", { class: "nothing", dir: "auto" }, lost), el("p", t.text("nothingHelp")), help];
  }

  #history() {
    if (recent().length === 0) return "";
    const onclick = () => {
      forget();
      button.remove();
      this.#events.forgotten();
    };
    const button = el("button", { class: "quiet", onclick }, this.#t.text("forget"));
    return button;
  }

  get #links() {
    return /** @type {HTMLElement[]} */ ([...this.#parts.list.querySelectorAll(".main")]);
  }

  /** @param {number} index of a result; below 0 is the box */
  #focus(index) {
    const links = this.#links;
    const goal = index < 0 ? undefined : links[Math.min(index, links.length - 1)];
    (goal ?? this.box.input).focus();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const at = this.#links.indexOf(/** @type {HTMLElement} */ (event.target));
    const goal = at < 0 ? undefined : goalOf(event, at);
    if (goal === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#focus(goal);
  }
}
