/** Events of elements, and of the parts inside them. */

/**
 * Tells the page.
 * @param {EventTarget} element
 * @param {string} type
 * @param {unknown} [detail]
 * @param {EventInit} [how]
 * @returns {boolean} false when a listener has cancelled the event
 */
export function publish(element, type, detail, how) {
  return element.dispatchEvent(new CustomEvent(type, { detail, ...how }));
}

/**
 * Tells the screen around a part. The event goes up to it, and no further than to the element that both stand in.
 * @param {Element} part
 * @param {string} type
 * @param {unknown} [detail]
 */
export function tell(part, type, detail) {
  publish(part, type, detail, { bubbles: true });
}
