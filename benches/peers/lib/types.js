/**
 * What the modules of this folder hand to each other.
 *
 * @typedef {object} Turn
 * @property {string} source name of the file
 * @property {number} n ordinal in the source, from 1
 * @property {string} speaker empty if nobody is named
 * @property {string} text what stands in the turn: headings that open it, a line each, then what
 *   was said
 *
 * @typedef {object} Hit
 * @property {number} turn index of the turn
 * @property {string} snippet part of its text
 *
 * @typedef {object} Found
 * @property {Hit[]} hits best first
 * @property {boolean} approximate nothing matched as asked, so these are near misses
 *
 * @typedef {object} Opened
 * @property {(query: string, limit: number) => Found | Promise<Found>} search
 * @property {(typed: string) => void | Promise<void>} [key] does what a page does at a key press:
 *   results and suggestions for what is typed so far
 *
 * @typedef {object} File
 * @property {string} name
 * @property {Uint8Array | string} bytes
 * @property {boolean} [preload] asked for by every visit, so that the page can name it in its head
 *
 * @typedef {object} BuildContext
 * @property {string} folder an empty folder for temporary files
 * @property {string[]} inputs the sources of the turns
 * @property {string} command the compiled `turnsearch` command
 * @property {string} site the folder that `cargo xtask build` makes
 *
 * @typedef {object} Peer
 * @property {string} title as the tables name it
 * @property {string} [npm] npm package that it is, for its version
 * @property {(turns: Turn[], context: BuildContext) => File[] | Promise<File[]>} build runs in node
 * @property {() => Promise<Opened>} open runs in the page
 *
 * @typedef {object} Query
 * @property {string} kind
 * @property {string} query
 * @property {number[]} [expected] turns that people judged to be right, best first; absent if
 *   nobody did
 */

export {};
