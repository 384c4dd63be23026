/**
 * The interface's languages. One is a file in `i18n/` and a line in `LANGUAGES`; nothing else knows
 * how many there are.
 */

import english from "./i18n/en.js";
import { later } from "./later.js";

/** @import { Messages } from "./i18n/en.js" */

/**
 * The languages and how their texts are fetched. The addresses are written out, so that bundlers
 * find the files.
 * @type {Record<string, () => Promise<{ default: Messages }>>}
 */
const LANGUAGES = {
  en: async () => ({ default: english }),
  "zh-Hans": () => import("./i18n/zh-Hans.js"),
  "zh-Hant": () => import("./i18n/zh-Hant.js"),
};

/** Texts, numbers and dates of one language. */
export class Translator {
  #messages;
  #plural;
  #number;
  // Formatters take long to make, in terms of a key press, so they are made once.
  #day;
  #list;

  /**
   * @param {string} language BCP 47 tag
   * @param {Messages} messages
   */
  constructor(language, messages) {
    this.language = language;
    this.#messages = messages;
    this.#plural = new Intl.PluralRules(language);
    this.#number = new Intl.NumberFormat(language);
    this.#day = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" });
    this.#list = new Intl.ListFormat(language, { type: "conjunction", style: "narrow" });
  }

  /**
   * @param {keyof Messages} key
   * @param {Record<string, string | number>} [values] `n` chooses the plural form
   * @returns {string}
   */
  text(key, values = {}) {
    const message = this.#messages[key] ?? english[key];
    const form = typeof message === "string" ? message : this.#form(message, Number(values.n));
    return form.replace(/\{(\w+)\}/g, (_, name) => {
      const value = values[name] ?? "";
      return typeof value === "number" ? this.number(value) : value;
    });
  }

  /**
   * @param {{ one?: string, other: string }} message
   * @param {number} n
   */
  #form(message, n) {
    return (this.#plural.select(n) === "one" && message.one) || message.other;
  }

  /** @param {number} value */
  number(value) {
    return this.#number.format(value);
  }

  /**
   * @param {string} day `YYYY-MM-DD`
   * @returns {string} the day as it is written in this language; unchanged if it is no day
   */
  date(day) {
    const time = Date.parse(`${day}T00:00:00Z`);
    if (Number.isNaN(time)) return day;
    return this.#day.format(time);
  }

  /** @param {string[]} items */
  list(items) {
    return this.#list.format(items);
  }
}

/** @type {Map<string, Promise<Translator>>} */
const translators = new Map();

/** What is used until the right language has arrived. */
export const fallback = new Translator("en", english);

/**
 * @param {string} wanted BCP 47 tag
 * @returns {Promise<Translator>} English when there is no better match
 */
export function translator(wanted) {
  const language = bestMatch(wanted);
  let found = translators.get(language);
  if (!found) {
    found = load(language);
    translators.set(language, found);
  }
  return found;
}

/** @param {string} language */
async function load(language) {
  try {
    return new Translator(language, (await LANGUAGES[language]()).default);
  } catch {
    translators.delete(language);
    return fallback;
  }
}

/**
 * An error in words, which are fetched now. Its message, which has the code, where they do not
 * come.
 * @param {Error} error
 * @param {string} language of a translator
 * @returns {Promise<string>}
 */
export function worded(error, language) {
  return later.errors().then(
    (errors) => errors.worded(error, language),
    () => error.message,
  );
}

/**
 * `zh-TW` is written in the script of `zh-Hant`: likely subtags make that known.
 * @param {string} wanted
 */
export function bestMatch(wanted) {
  try {
    const { language, script } = new Intl.Locale(wanted).maximize();
    return (
      [wanted, `${language}-${script}`, language].find((known) =>
        Object.hasOwn(LANGUAGES, known),
      ) ?? "en"
    );
  } catch {
    return "en"; // not a language tag
  }
}

/**
 * The language that holds for an element: its own or the nearest around it, also outside of its
 * shadow tree.
 * @param {Element} element
 * @returns {string}
 */
export function languageOf(element) {
  /** @type {Element | null} */
  let at = element;
  while (at) {
    const marked = at.closest("[lang]");
    if (marked) return marked.getAttribute("lang") || navigator.language;
    const root = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : null;
  }
  return navigator.language;
}
