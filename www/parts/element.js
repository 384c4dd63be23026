/** What the two elements have in common: shadow root, language, and opening the pack when it is needed. */

import { messageOf, TurnSearch } from "../client.js";
import { fallback, languageOf, translator } from "../i18n.js";
import { base } from "../styles/base.js";
import { el } from "./dom.js";

/** @import { ProgressListener } from "../client.js" */

/** An element near enough to the view, in pixels, begins to load. */
const NEAR = "300px";

/** Base of `<turn-search>` and `<turn-reader>`. */
export class TurnElement extends HTMLElement {
  /** The open collection, null until it has been loaded. @type {TurnSearch | null} */
  turns = null;
  t = fallback;
  root;
  /** @type {"idle" | "loading" | "failed"} */
  #state = "idle";
  #announcer = el("p", { class: "spoken", role: "status" });
  #notice = el("div", { class: "notice", hidden: true });
  /** @type {IntersectionObserver | undefined} */
  #near;
  /** Says what the notice says, in the present language. */
  #say = () => {};

  /** @param {CSSStyleSheet} styles */
  constructor(styles) {
    super();
    this.root = this.attachShadow({ mode: "open" });
    this.root.adoptedStyleSheets = [base, styles];
  }

  connectedCallback() {
    void this.#translate();
    if (this.hasAttribute("eager")) void this.load();
    else if (this.wantsNear) this.#loadWhenNear();
  }

  disconnectedCallback() {
    this.#near?.disconnect();
  }

  /** @param {string} name @param {string | null} before @param {string | null} now */
  attributeChangedCallback(name, before, now) {
    if (before === now || !this.isConnected) return;
    if (name === "lang") void this.#translate();
    else if (name === "src") {
      this.turns = null;
      void this.load({ again: true });
    } else if (this.root.hasChildNodes()) this.render();
  }

  /** Builds the whole tree anew, in the present language. */
  render() {}

  /** Called once the collection is open. */
  ready() {}

  /** Whether the collection is wanted as soon as the element is near the view. */
  get wantsNear() {
    return true;
  }

  /** Parts that every element shows: announcements, and how loading stands. */
  get status() {
    return [this.#notice, this.#announcer];
  }

  /**
   * Tells a screen reader. The last of several quick messages is the one that is spoken.
   * @param {string} text
   */
  announce(text) {
    this.#announcer.textContent = text;
  }

  /** Builds the tree once the texts are there, so that no other language flashes up. */
  async #translate() {
    const wanted = languageOf(this);
    const found = await translator(wanted);
    if (wanted !== languageOf(this)) return; // the texts of another language have come in the meantime
    const unchanged = found === this.t && this.root.hasChildNodes();
    this.t = found;
    if (!unchanged) this.#say();
    if (!unchanged && this.isConnected) this.render();
  }

  #loadWhenNear() {
    this.#near = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) void this.load();
      },
      { rootMargin: NEAR },
    );
    this.#near.observe(this);
  }

  /**
   * Opens the collection, if that has not begun. A failure is shown with a way to try again and does not reject; until
   * that is taken, nothing is fetched again.
   * @param {{ again?: boolean }} [how]
   * @returns {Promise<void>}
   */
  async load({ again = false } = {}) {
    if (this.turns || this.#state === "loading" || (this.#state === "failed" && !again)) return;
    this.#near?.disconnect();
    if (typeof WebAssembly !== "object") {
      this.#say = () => this.#show(el("slot", { name: "unsupported" }, this.t.text("unsupported")));
      return this.#say();
    }
    this.#state = "loading";
    this.#say = () => {};
    this.setAttribute("aria-busy", "true");
    const src = this.getAttribute("src");
    let opened;
    try {
      opened = await TurnSearch.open({ src, onProgress: this.#progress() });
      this.#state = "idle";
    } catch (error) {
      this.#say = () => this.#showFailure(error);
      this.#say();
      this.#state = "failed";
      this.dispatchEvent(new CustomEvent("turns-error", { detail: error }));
    }
    this.removeAttribute("aria-busy");
    // Another pack was named in the meantime.
    if (src !== this.getAttribute("src")) return this.load({ again: true });
    if (!opened) return;
    this.#show(null);
    this.turns = opened;
    this.ready();
    this.dispatchEvent(new CustomEvent("turns-ready", { detail: this.turns.collection }));
  }

  /** @returns {ProgressListener} */
  #progress() {
    const bar = el("progress");
    const label = el("span", this.t.text("loading"));
    this.#show(el("label", { class: "loading" }, bar, label));
    return ({ loaded, total }) => {
      if (total) bar.value = loaded / total;
      label.textContent = `${this.t.text("loading")} ${this.t.number(Math.round(loaded / 1000))} kB`;
    };
  }

  /** @param {unknown} error */
  #showFailure(error) {
    const again = el(
      "button",
      { class: "plain", onclick: () => void this.load({ again: true }) },
      this.t.text("retry"),
    );
    const reason = el("p", { class: "reason", dir: "auto" }, messageOf(error));
    this.#show(
      el("div", { class: "failure", role: "alert" }, el("p", this.t.text("failed")), reason, again),
    );
  }

  /** @param {Node | null} content */
  #show(content) {
    this.#notice.hidden = content === null;
    this.#notice.replaceChildren(...(content ? [content] : []));
  }
}
