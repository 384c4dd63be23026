/**
 * `<turn-search>`: a box, and under it who said it, in which meeting, and where.
 *
 * Attributes: `src` (a `.turns` pack; without it the one inside the engine), `lang`, `theme` (`light`, `dark`, `auto`;
 * without it the page's colour scheme), `placeholder`, `limit`, `sort`, `speaker` and `meeting` (filters to begin with),
 * `mode="dialog"` (a button, Ctrl/⌘ K or `/` open it), `hash` (search and turn are kept in the address; for one element
 * of a page), `reader` (id of the `<turn-reader>` that shows turns; without it a dialog does), `eager` (loads at once).
 *
 * Events: `turns-ready`, `turns-error`, `turn-results` (`detail`: the answer), `turn-open` (`detail`: turn and query;
 * cancel it to show the turn yourself).
 */

import { format, parse, placeOf, SORTS } from "./address.js";
import { dispersionPlot } from "./parts/dispersion.js";
import { el } from "./parts/dom.js";
import { TurnElement } from "./parts/element.js";
import { chips } from "./parts/filters.js";
import { frame } from "./parts/frame.js";
import { ReaderHost } from "./parts/host.js";
import { csv, row, save } from "./parts/quote.js";
import { forget, recent, remember } from "./parts/recent.js";
import { results } from "./parts/results.js";
import { helpTable, meetingList, notes } from "./parts/start.js";
import { searchStyles } from "./styles/search.js";

/** @import { Answer, Dispersion, Turn } from "./engine.js" */
/** @import { TurnSearch } from "./client.js" */
/** @import { Place } from "./address.js" */
/** @import { FilterKind } from "./parts/filters.js" */
/** @import { Frame, FrameEvents } from "./parts/frame.js" */
/** @import { ResultContext, View } from "./parts/results.js" */
/** @import { Option } from "./parts/combobox.js" */

/** Milliseconds of silence after which the number of results is spoken, and the address follows. */
const SETTLED_MS = 400;

/** Results that PageUp and PageDown pass over. */
const PAGE = 5;

/** Attributes that say where an element begins; a change begins anew, with what stands in the box. */
const PRESETS = ["speaker", "meeting", "sort"];

export class TurnSearchElement extends TurnElement {
  static observedAttributes = ["lang", "src", "placeholder", "mode", "limit", ...PRESETS];

  #place = placeOf();
  /** @type {View} */
  #view = "list";
  #typing = false;
  /** What is shown. @type {Answer | null} */
  #answer = null;
  /** How many searches there were. The answer to any but the last is not shown. */
  #searches = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #settling;
  #listening = new AbortController();
  #host = new ReaderHost(this, {
    href: (turn) => this.#href(turn),
    selected: (turn) => this.#stand(turn, false),
    closed: () => this.#closed(),
  });
  /** Null before the texts have arrived. @type {Frame | null} */
  #parts = null;

  constructor() {
    super(searchStyles);
  }

  connectedCallback() {
    // An element that is moved within the page keeps what it shows.
    if (!this.#parts) this.#place = (this.#inAddress && parse(location.hash)) || this.#preset();
    super.connectedCallback();
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    document.addEventListener("keydown", (event) => this.#shortcut(event), { signal });
    if (!this.#inAddress) return;
    addEventListener("popstate", () => this.#arrive(parse(location.hash) ?? this.#preset()), {
      signal,
    });
    if (parse(location.hash)) void this.load();
  }

  /** @param {string} name @param {string | null} before @param {string | null} now */
  attributeChangedCallback(name, before, now) {
    if (PRESETS.includes(name)) this.#place = { ...this.#preset(), q: this.#place.q };
    super.attributeChangedCallback(name, before, now);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#listening.abort();
    clearTimeout(this.#settling);
  }

  /** What stands in the box. Setting it searches. */
  get query() {
    return this.#place.q;
  }

  set query(text) {
    this.#place.q = text;
    if (this.#parts) this.#parts.box.value = text;
    void this.#search({ typing: false });
  }

  /** Opens the dialog (`mode="dialog"`) and puts the caret into the box. */
  focus() {
    if (this.#parts?.modal && !this.#parts.modal.open) this.#parts.modal.showModal();
    this.#parts?.box.input.focus();
    this.#parts?.box.input.select();
  }

  /** The box of a dialog is not in view before the dialog opens; its focus loads the collection then. */
  get wantsNear() {
    return this.getAttribute("mode") !== "dialog";
  }

  get #inAddress() {
    return this.hasAttribute("hash");
  }

  /** Where an element without an address begins. */
  #preset() {
    const list = (/** @type {string} */ name) => [this.getAttribute(name) ?? ""].filter(Boolean);
    const sort = SORTS.find((known) => known === this.getAttribute("sort"));
    return placeOf({
      speaker: list("speaker"),
      within: list("meeting"),
      sort: sort ?? "relevance",
    });
  }

  get #limit() {
    return Math.max(1, Number(this.getAttribute("limit")) || 10);
  }

  render() {
    const hadFocus = this.#parts !== null && this.root.activeElement === this.#parts.box.input;
    const options = {
      placeholder: this.getAttribute("placeholder"),
      dialog: this.getAttribute("mode") === "dialog",
      sort: this.#place.sort,
      view: this.#view,
      status: this.status,
    };
    const parts = frame(this.t, options, this.#events);
    this.#parts = parts;
    parts.box.value = this.#place.q;
    this.root.replaceChildren(...parts.top);
    this.#host.attach(parts.sheet);
    // A turn that is being read stays as it is.
    if (this.#host.isOpen) void this.#search({});
    else if (this.turns) this.#go();
    if (hadFocus) parts.box.input.focus();
  }

  /** What a person does with the parts. @type {FrameEvents} */
  #events = {
    box: {
      typed: (text) => this.#typed(text),
      committed: (text) => this.#commit(text),
      leave: () => this.#focusResult(0),
      focus: () => {
        void this.load();
        void this.#suggest();
      },
    },
    filter: (kind, key, chosen) => this.#filter(kind, key, chosen),
    sort: (sort) => {
      this.#place.sort = sort;
      void this.#search({ push: true });
    },
    view: (view) => {
      this.#view = view;
      void this.#search({});
    },
    more: () => void this.#more(),
    save: (kind) => void this.#save(kind),
    resultKey: (event) => this.#resultKey(event),
    open: () => this.focus(),
  };

  ready() {
    this.#go();
    if (this.#parts && this.root.activeElement === this.#parts.box.input) void this.#suggest();
  }

  /** The address has changed. @param {Place} place */
  #arrive(place) {
    this.#place = place;
    if (this.#parts) this.#parts.box.value = place.q;
    this.#typing = false;
    this.#go();
  }

  /** Shows the present place: its results and, if it names one, its turn. */
  #go() {
    if (!this.#parts) return;
    void this.#search({});
    const turn = this.#turnAt(this.#place);
    if (turn) this.#host.show(turn, this.#place.q);
    else this.#host.close();
  }

  /** @param {Place} place @returns {Turn | null} */
  #turnAt({ meeting: slug, n }) {
    const meeting = slug === null ? undefined : this.turns?.meeting(slug);
    if (!meeting || !this.turns) return null;
    const ordinal = Math.min(Math.max(n ?? 1, 1), meeting.turns);
    return this.turns.turn(meeting.firstTurn + ordinal - 1);
  }

  // ----- searching

  /** @param {string} text */
  #typed(text) {
    this.#place.q = text;
    void this.load();
    void this.#search({ typing: true });
    void this.#suggest();
  }

  /** @param {string} text */
  #commit(text) {
    this.#place.q = text;
    remember(text);
    void this.#search({ typing: false, push: true });
    void this.#suggest();
  }

  /** @param {FilterKind} kind @param {string} key @param {boolean} chosen */
  #filter(kind, key, chosen) {
    const others = this.#place[kind].filter((each) => each !== key);
    this.#place[kind] = chosen ? [...others, key] : others;
    void this.#search({ push: true });
  }

  /**
   * Searches for what the place says and shows the answer: within the task of the key press, unless a worker searches.
   * @param {{ typing?: boolean, push?: boolean }} how `push` makes a step that the back button undoes
   */
  async #search({ typing = this.#typing, push = false }) {
    this.#typing = typing;
    clearTimeout(this.#settling);
    if (push) this.#writeAddress(true);
    const search = ++this.#searches;
    if (this.turns && this.#parts) {
      const context = this.#context(); // now: `src` may change before there is an answer
      const wanted = this.#place.q.trim() !== "" || this.#filtered;
      const answer = wanted ? await this.#ask(0, this.#limit) : null;
      const dispersion = (await answer?.dispersion) ?? [];
      const list = await results(context, answer?.hits ?? [], this.#shownView, null);
      if (search !== this.#searches || !this.isConnected) return;
      this.#answer = answer;
      this.#paint(dispersion, list);
      if (answer) this.dispatchEvent(new CustomEvent("turn-results", { detail: answer }));
    }
    this.#settling = setTimeout(() => this.#settle(), SETTLED_MS);
  }

  #settle() {
    this.#writeAddress(false);
    if (this.#answer && this.#parts) this.announce(this.#parts.found.textContent ?? "");
  }

  get #filtered() {
    const { speaker, within, year } = this.#place;
    return speaker.length + within.length + year.length > 0;
  }

  /** @param {number} offset @param {number} limit */
  async #ask(offset, limit) {
    const { q, speaker, within: meeting, year, sort } = this.#place;
    const filter = { speaker, meeting, year };
    const request = { offset, limit, sort, typing: this.#typing, filter };
    return (await this.turns?.search(q, request)) ?? null;
  }

  /** @param {boolean} push */
  #writeAddress(push) {
    if (!this.#inAddress) return;
    const hash = format(this.#place);
    const unchanged = hash === location.hash || (hash === "#/" && !parse(location.hash));
    if (!unchanged) history[push ? "pushState" : "replaceState"](history.state, "", hash);
  }

  async #suggest() {
    const { box } = this.#parts ?? {};
    if (!box) return;
    const text = box.value;
    const options = text.trim()
      ? await this.#suggestions(text)
      : recent().map((each) => ({ text: each, insert: each, detail: "" }));
    if (text === box.value) box.suggest(options);
  }

  /** @param {string} text @returns {Promise<Option[]>} */
  async #suggestions(text) {
    const found = (await this.turns?.suggest(text)) ?? [];
    return found
      .filter(({ insert }) => insert !== text)
      .map(({ kind, text: shown, insert, detail, count }) => {
        const about = kind === "phrase" || kind === "term" ? "" : this.t.text(kind);
        return {
          text: shown,
          insert,
          detail: [about, detail, count ? this.t.number(count) : ""].filter(Boolean).join(" · "),
        };
      });
  }

  // ----- showing

  /** @param {Dispersion[]} dispersion @param {HTMLLIElement[]} list */
  #paint(dispersion, list) {
    const { turns, t } = this;
    const parts = this.#parts;
    const answer = this.#answer;
    if (!parts || !turns) return;
    const nothing = answer === null || answer.total === 0;
    // With filters there must be a way to take them away.
    parts.body.hidden = nothing && !(answer && this.#filtered);
    parts.start.hidden = !nothing;
    if (!answer) {
      parts.start.replaceChildren(
        el("slot", { name: "empty" }, meetingList(this.#context(), turns.collection)),
        helpTable(t),
        this.#history(),
      );
      return;
    }
    const { total } = answer;
    parts.found.replaceChildren(
      el("b", t.text("found", { n: total })),
      total > 0 ? t.text("inMeetings", { n: dispersion.length }) : "",
    );
    parts.apply.textContent = t.text("done", { n: total });
    parts.sort.value = this.#place.sort;
    parts.filters.update(turns, answer, this.#place);
    const taken = chips(turns, t, this.#place, (kind, key) => this.#filter(kind, key, false));
    parts.chosen.hidden = taken.length === 0;
    parts.chosen.replaceChildren(...taken);
    parts.said.replaceChildren(...notes(t, answer, (query) => (this.query = query)));
    parts.plot.replaceChildren(...(total > 0 ? [dispersionPlot(this.#context(), dispersion)] : []));
    parts.list.className = `results ${this.#shownView}`;
    parts.list.replaceChildren(...list);
    parts.saving.hidden = total === 0;
    this.#paintMore();
    if (total === 0) {
      const lost = this.#filtered
        ? t.text("nothingHere")
        : t.text("nothing", { query: this.#place.q });
      parts.start.replaceChildren(
        el("p", { class: "nothing", dir: "auto" }, lost),
        el("p", t.text("nothingHelp")),
        helpTable(t),
      );
    }
  }

  /** Lines need matches; a filter alone has none. */
  get #shownView() {
    return this.#view === "lines" && !this.#place.q.trim() ? "groups" : this.#view;
  }

  #paintMore() {
    const { more } = this.#parts ?? {};
    if (!more || !this.#answer) return;
    const left = this.#answer.total - this.#answer.hits.length;
    more.hidden = left <= 0;
    more.textContent = this.t.text("more", { n: Math.min(left, this.#limit) });
  }

  async #more() {
    const parts = this.#parts;
    const shown = this.#answer;
    if (!parts || !shown) return;
    const context = this.#context();
    const { length } = shown.hits;
    const next = await this.#ask(length, this.#limit);
    if (!next) return;
    const last = shown.hits.at(-1);
    const lastMeeting = last ? context.turns.turn(last.turn).meeting : null;
    const added = await results(context, next.hits, this.#shownView, lastMeeting);
    if (shown !== this.#answer || length !== shown.hits.length) return; // searched, or pressed, once more
    shown.hits.push(...next.hits);
    parts.list.append(...added);
    this.#paintMore();
    added
      .find((each) => each.querySelector(".main"))
      ?.querySelector(/** @type {"a"} */ (".main"))
      ?.focus();
  }

  #history() {
    if (recent().length === 0) return "";
    const button = el("button", { class: "quiet" }, this.t.text("forget"));
    button.addEventListener("click", () => {
      forget();
      button.remove();
      void this.#suggest();
    });
    return button;
  }

  /** @returns {ResultContext} */
  #context() {
    const turns = /** @type {TurnSearch} */ (this.turns); // there are no results before it is open
    return {
      turns,
      t: this.t,
      marks: (ids) => turns.marks(ids, this.#place.q, { typing: this.#typing }),
      href: (turn) => this.#href(turn),
      open: (turn) => this.#open(turn),
      announce: (text) => this.announce(text),
    };
  }

  /** @param {"csv" | "json"} kind */
  async #save(kind) {
    const { turns } = this;
    const all = await this.#ask(0, this.#answer?.total ?? 0);
    if (!all || !turns) return;
    const rows = all.hits.map(({ turn: id }) => {
      const turn = turns.turn(id);
      const href = this.#href(turn);
      return row(turns, turn, href && new URL(href, location.href).href);
    });
    if (kind === "csv") return save("turns.csv", "text/csv;charset=utf-8", csv(rows));
    const data = { query: this.#place.q, turns: rows };
    return save("turns.json", "application/json", `${JSON.stringify(data, null, 2)}\n`);
  }

  // ----- turns in their meeting

  /** @param {Turn} turn */
  #href(turn) {
    const meeting = this.#inAddress ? this.turns?.meeting(turn.meeting) : undefined;
    return meeting ? format({ ...this.#place, meeting: meeting.slug, n: turn.n }) : null;
  }

  /** @param {Turn} turn */
  #open(turn) {
    const detail = { turn, query: this.#place.q };
    const how = { detail, bubbles: true, composed: true, cancelable: true };
    if (!this.dispatchEvent(new CustomEvent("turn-open", how))) return;
    remember(this.#place.q);
    this.#stand(turn, true);
    this.#host.show(turn, this.#place.q, this.root.activeElement);
  }

  /** The address says which turn is being read. @param {Turn | null} turn @param {boolean} push */
  #stand(turn, push) {
    this.#place.meeting = (turn && this.turns?.meeting(turn.meeting)?.slug) ?? null;
    this.#place.n = turn?.n ?? null;
    clearTimeout(this.#settling);
    this.#writeAddress(push);
  }

  #closed() {
    if (this.#place.meeting !== null) this.#stand(null, true);
  }

  // ----- keys

  /** @param {KeyboardEvent} event */
  #shortcut(event) {
    if (!this.#parts?.modal || event.isComposing) return;
    const withControl = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    const slash = event.key === "/" && !modified && !isEditable(event.composedPath()[0]);
    if (!withControl && !slash) return;
    event.preventDefault();
    this.focus();
  }

  get #links() {
    return /** @type {HTMLElement[]} */ ([...(this.#parts?.list.querySelectorAll(".main") ?? [])]);
  }

  /** @param {number} index below 0 is the box */
  #focusResult(index) {
    const links = this.#links;
    if (index < 0 || links.length === 0) this.#parts?.box.input.focus();
    else links[Math.min(index, links.length - 1)].focus();
  }

  /** @param {KeyboardEvent} event */
  #resultKey(event) {
    const at = this.#links.indexOf(/** @type {HTMLElement} */ (event.target));
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    /** @type {Record<string, number>} */
    const goals = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: Infinity,
      PageDown: at + PAGE,
      PageUp: Math.max(0, at - PAGE),
      Escape: -1,
    };
    if (!(event.key in goals)) return;
    event.preventDefault();
    event.stopPropagation();
    this.#focusResult(goals[event.key]);
  }
}

/** @param {EventTarget} target */
function isEditable(target) {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}
