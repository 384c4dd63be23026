/**
 * What the first results do without: modules that are fetched once the collection is open, so that
 * they are there when they are wanted, without a network too.
 */

export const later = {
  /** Words for errors. */
  errors: () => import("./i18n/errors.js"),
  /** The styles of `<turn-reader>`. */
  reader: () => import("./styles/reader.js"),
  /** Results as a file. */
  saving: () => import("./parts/saving.js"),
};

/** Fetches all of them; one that does not come is asked for again when it is wanted. */
export function fetchLater() {
  for (const fetched of Object.values(later)) fetched().catch(() => {});
}
