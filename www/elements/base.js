/**
 * What the two elements have in common: shadow root, language, and opening the pack when it is
 * needed.
 */

import { TurnSearch } from "../client.js";
import { fallback, languageOf, translator } from "../i18n.js";
import { fetchLater } from "../later.js";
import { el } from "../parts/dom.js";
import { nearView } from "../parts/near.js";
import { failure, loading, unsupported } from "../parts/notice.js";
import { publish } from "../parts/tell.js";
import { base } from "../styles/base.js";
import { flag, mirrored, text } from "./mirror.js";

/** An element near enough to the view, in pixels, begins to load. */
const NEAR = "300px";

/** Base of `<turn-search>` and `<turn-reader>`. */
export class TurnElement extends mirrored(HTMLElement, { src: text, theme: text, eager: flag }) {
  /** The open collection, null until it has been loaded. @type {TurnSearch | null} */
  archive = null;
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

  /** @param {CSSStyleSheet[]} styles besides those of both elements */
  constructor(...styles) {
    super();
    this.root = this.attachShadow({ mode: "open" });
    this.root.adoptedStyleSheets = [base, ...styles];
  }

  connectedCallback() {
    void this.#translate();
    if (this.eager) void this.load();
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
      this.archive = null;
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
    this.#near = nearView(NEAR, () => void this.load());
    this.#near.observe(this);
  }

  /**
   * Opens the collection, if that has not begun. A failure is shown with a way to try again and
   * does not reject; until that is taken, nothing is fetched again.
   * @param {{ again?: boolean }} [how]
   * @returns {Promise<void>}
   */
  async load({ again = false } = {}) {
    if (this.archive || this.#state === "loading" || (this.#state === "failed" && !again)) return;
    this.#near?.disconnect();
    if (typeof WebAssembly !== "object") return this.#keepSaying(() => unsupported(this.t));
    this.#state = "loading";
    this.#say = () => {};
    this.setAttribute("aria-busy", "true");
    const { src } = this;
    const { element, progress } = loading(this.t);
    this.#show(element);
    let opened;
    try {
      opened = await TurnSearch.open({ src, onProgress: progress });
      this.#state = "idle";
    } catch (error) {
      const again = () => void this.load({ again: true });
      this.#keepSaying(() => failure(this.t, /** @type {Error} */ (error), again));
      this.#state = "failed";
      publish(this, "turns-error", error);
    }
    this.removeAttribute("aria-busy");
    // Another pack was named in the meantime.
    if (src !== this.src) return this.load({ again: true });
    if (!opened) return;
    this.#show();
    this.archive = opened;
    this.ready();
    publish(this, "turns-ready", opened.collection);
    fetchLater();
  }

  /** @param {() => Node} notice made anew when the language changes */
  #keepSaying(notice) {
    this.#say = () => this.#show(notice());
    this.#say();
  }

  /** @param {Node[]} notice none when there is nothing to say */
  #show(...notice) {
    this.#notice.hidden = notice.length === 0;
    this.#notice.replaceChildren(...notice);
  }
}
