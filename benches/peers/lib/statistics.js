/** Middle and tails of measurements. */

/**
 * The value that a share of all values does not exceed (nearest rank).
 * @param {number[]} values not empty
 * @param {number} share 0 to 1
 */
export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/** @param {number[]} values not empty */
export function median(values) {
  return quantile(values, 0.5);
}

/** @param {number[]} values not empty */
export function tails(values) {
  return { p50: quantile(values, 0.5), p95: quantile(values, 0.95), p99: quantile(values, 0.99) };
}
