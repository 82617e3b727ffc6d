// The original text with marks where the query stands in it: escaped, and the only markup are the marks.

import { placesOf } from "./find.js"
import { namesOfKep } from "./kep.js"
import { kana, normWithPlaces, originalPlace } from "./norm.js"

const TEASER = 140
const BEFORE = 30 // letters before the first mark, where no sentence begins
const LONG_WORD = 20 // letters; a longer one is cut
const MOST = 30
const MOST_READ = 600 // texts of which places are kept
/** @type {Record<string, string>} */
const ESCAPED = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" }

/** @import { Way } from "./clauses.js" */

/**
 * @typedef {[number, number]} Mark where it begins and ends
 * @typedef {{text: string, at: number[], readable: string}} Read a text normalised, the places of its letters, its kana
 */

/** @type {Map<string, Read>} */
const lately = new Map()

/**
 * @param {string} original
 * @param {Way[]} ways what was looked for
 * @returns {Mark[]} in order, apart from each other
 */
export function marksIn(original, ways) {
  const { text, at, readable } = readAgain(original)
  /** @type {Mark[]} */
  const marks = []
  for (const { word, kep = 0 } of ways) {
    const places = word ? placesOf(text, readable, word) : placesOfKep(text, kep)
    for (const [start, end] of places) marks.push(originalPlace(original, at, start, end))
  }
  return joined(marks)
}

/** A text normalised: most texts are found by the next letter that is typed, too. @param {string} original @returns {Read} */
function readAgain(original) {
  if (lately.size > MOST_READ) lately.clear()
  const known = lately.get(original)
  if (known) return known
  const { text, at } = normWithPlaces(original)
  const read = { text, at, readable: kana(text) }
  lately.set(original, read)
  return read
}

/** @param {string} original @param {Mark[]} marks */
export function marked(original, marks) {
  let html = ""
  let end = 0
  for (const [from, to] of marks) {
    html += `${escaped(original.slice(end, from))}<mark data-md-highlight>${escaped(original.slice(from, to))}</mark>`
    end = to
  }
  return html + escaped(original.slice(end))
}

/**
 * The part of a text where most marks are, from the beginning of a sentence if that is near.
 *
 * @param {string} original @param {Mark[]} marks
 */
export function teaser(original, marks) {
  const from = startOf(original, marks)
  const to = original.length - from > TEASER ? border(original, from + TEASER) : original.length
  const inside = marks.filter(([start, end]) => start >= from && end <= to)
  const moved = inside.map(([start, end]) => /** @type {Mark} */ ([start - from, end - from]))
  return (from > 0 ? "…" : "") + marked(original.slice(from, to), moved) + (to < original.length ? "…" : "")
}

/** @param {string} text */
export const escaped = text => text.replace(/[&<>"']/g, letter => ESCAPED[letter])

/** @param {string} original @param {Mark[]} marks */
function startOf(original, marks) {
  if (!marks.length || original.length <= TEASER) return 0
  /** @param {number} start @param {Mark} mark */
  const isWithin = (start, [from, to]) => from >= start && to <= start + TEASER - BEFORE
  /** @param {number} start */
  const letters = start => marks.reduce((sum, mark) => sum + (isWithin(start, mark) ? mark[1] - mark[0] : 0), 0)
  const best = marks.map(([start]) => start).reduce((most, start) => (letters(start) > letters(most) ? start : most))
  const sentence = original.lastIndexOf("。", best - 1) + 1
  if (best - sentence <= BEFORE) return sentence
  return border(original, best - BEFORE)
}

/**
 * The place, or one a little before it that is not inside of a word, nor of a letter of two code units.
 *
 * @param {string} text @param {number} at
 */
function border(text, at) {
  const word = text.slice(Math.max(0, at - LONG_WORD), at).match(/[\w.-]*$/)?.[0].length ?? 0
  const start = /^[\w.-]/.test(text.slice(at)) && word < LONG_WORD ? at - word : at
  return /^[\udc00-\udfff]/.test(text.slice(start, start + 1)) ? start - 1 : start
}

/** @param {string} text @param {number} number @returns {Generator<Mark>} */
function* placesOfKep(text, number) {
  for (const { 0: found, index } of text.matchAll(namesOfKep(number))) yield [index, index + found.length]
}

/** @param {Mark[]} marks */
function joined(marks) {
  /** @type {Mark[]} */
  const result = []
  for (const [start, end] of marks.sort((one, other) => one[0] - other[0] || one[1] - other[1])) {
    const last = result.at(-1)
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else if (result.length < MOST) result.push([start, end])
  }
  return result
}
