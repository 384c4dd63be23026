/**
 * Remembers every WebAssembly memory of the page: the platform's own measurement of a page's memory
 * leaves them out. To be loaded before anything makes one.
 */

/** @type {Set<WebAssembly.Memory>} */
const memories = new Set();

/** @param {WebAssembly.Instance} instance */
function remember(instance) {
  for (const exported of Object.values(instance.exports)) {
    if (exported instanceof WebAssembly.Memory) memories.add(exported);
  }
}

const { instantiate, instantiateStreaming, Memory } = WebAssembly;

WebAssembly.Memory = class extends Memory {
  /** @param {WebAssembly.MemoryDescriptor} descriptor */
  constructor(descriptor) {
    super(descriptor);
    memories.add(this);
  }

  /** Memories that a module makes itself are no instances of this class, yet count as such. */
  static [Symbol.hasInstance](/** @type {unknown} */ value) {
    return Function.prototype[Symbol.hasInstance].call(Memory, value);
  }
};

for (const [name, original] of Object.entries({ instantiate, instantiateStreaming })) {
  Object.assign(WebAssembly, {
    /** @param {Parameters<typeof instantiate>} args */
    async [name](...args) {
      const made = await Reflect.apply(original, WebAssembly, args);
      remember(made instanceof WebAssembly.Instance ? made : made.instance);
      return made;
    },
  });
}

/** Bytes of all memories. */
export function wasmBytes() {
  return [...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}
