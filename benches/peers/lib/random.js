/** Random choices that are the same in every run. */

/**
 * Mulberry32: numbers from 0 up to 1 (T. Ettinger, public domain).
 * @param {number} seed
 * @returns {() => number}
 */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * @template T
 * @param {T[]} items not empty
 * @param {() => number} next
 */
export function pick(items, next) {
  return items[Math.floor(next() * items.length)];
}
