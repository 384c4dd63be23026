/** Attributes as properties, by a table of their names and of how each is read. */

/** @param {string | null} value of an attribute that is a text */
export const text = (value) => value;

/** @param {string | null} value of an attribute that counts by being there */
export const flag = (value) => value !== null;

/**
 * How an attribute is read that is a number from 1.
 * @param {number} otherwise what holds without it
 */
export const count = (otherwise) => (/** @type {string | null} */ value) =>
  Math.max(1, Number(value) || otherwise);

/**
 * A class with a property for each attribute. Setting one sets the attribute; null, undefined and false take it away.
 * @template {new (...values: any[]) => HTMLElement} Base
 * @template {Record<string, (value: string | null) => unknown>} Attributes
 * @param {Base} base
 * @param {Attributes} attributes how each attribute is read
 * @returns {Base & (new (...values: any[]) => { [Name in keyof Attributes]: ReturnType<Attributes[Name]> })}
 */
export function mirrored(base, attributes) {
  const made = class extends base {};
  for (const [name, read] of Object.entries(attributes)) {
    Object.defineProperty(made.prototype, name, {
      get() {
        return read(this.getAttribute(name));
      },
      set(value) {
        if (value === false || value === null || value === undefined) this.removeAttribute(name);
        else this.setAttribute(name, value === true ? "" : value);
      },
    });
  }
  return /** @type {any} */ (made);
}
