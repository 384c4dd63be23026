/** WebAssembly modules changed byte by byte, for faults that no server makes. */

const HEADER_BYTES = 8;
const MEMORY_SECTION = 5;
/** Flag of a memory's limits: a maximum follows the minimum. */
const HAS_MAXIMUM = 1;

/**
 * The module with a memory that can never grow: its first allocation of any size fails.
 * @param {Uint8Array} wasm
 * @returns {Buffer}
 */
export function withoutGrowth(wasm) {
  for (let at = HEADER_BYTES; at < wasm.length;) {
    const [size, start] = number(wasm, at + 1);
    if (wasm[at] === MEMORY_SECTION) {
      const [pages] = number(wasm, start + 2);
      const body = Buffer.from([1, HAS_MAXIMUM, ...leb128(pages), ...leb128(pages)]);
      const section = Buffer.from([MEMORY_SECTION, ...leb128(body.length), ...body]);
      return Buffer.concat([wasm.subarray(0, at), section, wasm.subarray(start + size)]);
    }
    at = start + size;
  }
  throw new Error("the module has no memory of its own");
}

/**
 * The LEB128 number at `at`, and where the bytes behind it begin.
 * @param {Uint8Array} bytes
 * @param {number} at
 * @returns {[number, number]}
 */
function number(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7, at += 1) {
    value |= (bytes[at] & 0x7f) << shift;
    if (bytes[at] < 0x80) return [value, at + 1];
  }
}

/**
 * @param {number} value
 * @returns {number[]}
 */
export function leb128(value) {
  const bytes = [];
  let rest = value;
  do {
    const byte = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest ? byte | 0x80 : byte);
  } while (rest);
  return bytes;
}
