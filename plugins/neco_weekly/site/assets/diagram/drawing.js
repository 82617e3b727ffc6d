// What draws diagrams, loaded when the first comes near a window: the first view of a page is lighter by that.

import { drawn } from "./drawn.js"
import { loader } from "./library.js"
import { wordsOfSite } from "./words.js"

/** @import { Load } from "./library.js" */
/** @typedef {{load: Load, drawn: (source: HTMLElement) => Promise<void>}} Drawing */

const words = wordsOfSite()
/** @type {Load | undefined} */
let load

/** @param {string} address of this script @returns {Drawing} */
function necoDrawing(address) {
  load ??= loader(address, words.modules, words.layout)
  const ready = load
  return { load, drawn: source => drawn(source, ready, words) }
}

Object.assign(globalThis, { necoDrawing })
