/** Keys that lead to a place: the ones that open a dialog, and the ones that go through the results. */

/** Results that PageUp and PageDown pass over. */
const PAGE = 5;

/**
 * Whether a key press on the page asks for the search: Ctrl K, ⌘ K, or `/` where nobody writes.
 * @param {KeyboardEvent} event
 */
export function isShortcut(event) {
  if (event.isComposing) return false;
  const withControl = event.ctrlKey || event.metaKey;
  if (withControl && event.key.toLowerCase() === "k") return true;
  return event.key === "/" && !withControl && !event.altKey && !isEditable(event.composedPath()[0]);
}

/**
 * The place in a list of results that a key press leads to.
 * @param {KeyboardEvent} event
 * @param {number} at the result that has the focus
 * @returns {number | undefined} below 0 is the box; undefined when the key has no meaning here
 */
export function goalOf(event, at) {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
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
  return goals[event.key];
}

/** @param {EventTarget} target */
function isEditable(target) {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}
