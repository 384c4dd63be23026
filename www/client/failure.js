/** What goes wrong while a collection is opened. */

/**
 * Why a collection could not be opened. Whoever shows it to readers words its code: see `worded` of
 * `i18n.js`.
 */
export class Failure extends Error {
  /**
   * @param {string} address of the file that it is about
   * @param {string} code with its values, separated by blanks: `pack/damaged coll`.
   * `i18n/errors.js` has them all
   * @param {unknown} [cause]
   */
  constructor(address, code, cause) {
    super(`${address}: ${code}`, { cause });
    this.address = address;
    this.code = code;
  }
}
