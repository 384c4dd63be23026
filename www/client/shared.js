/** Work that several callers share. */

/** @import { Report } from "./download.js" */

/**
 * Work that is done once and shared by everybody who asks while it lasts or after it succeeded.
 * @template T
 */
export class Shared {
  /** @type {Promise<T> | undefined} */
  #promise;
  /** @type {Set<Report | undefined>} */
  #listeners = new Set();
  #work;

  /** @param {(onProgress: Report) => Promise<T>} work */
  constructor(work) {
    this.#work = work;
  }

  /**
   * @param {Report} [onProgress]
   * @returns {Promise<T>}
   */
  async get(onProgress) {
    this.#listeners.add(onProgress);
    this.#promise ??= this.#work((...progress) => {
      for (const listener of this.#listeners) listener?.(...progress);
    });
    try {
      return await this.#promise;
    } catch (error) {
      // A failure is not kept: the next call tries again.
      this.forget();
      throw error;
    } finally {
      this.#listeners.delete(onProgress);
    }
  }

  /** The next call does the work again. */
  forget() {
    this.#promise = undefined;
  }
}
