// How the last word of a query may go on: in a heading's word, behind what was typed, in its own capitals.

import { norm } from "./norm.js"

const HEADING_WORDS = /[A-Za-z][A-Za-z0-9.]+|[ァ-ヺー一-鿿々]{2,}/g
const LAST = /(?:[A-Za-z0-9.]+|[ァ-ヺー一-鿿々]+)$/

/** @typedef {Map<string, {word: string, count: number}>} HeadingWords by what they are normalised */

/** @param {HeadingWords} words @param {string} heading */
export function learnHeading(words, heading) {
  for (const [word] of heading.matchAll(HEADING_WORDS)) {
    const entry = words.get(norm(word)) ?? { word, count: 0 }
    entry.count++
    words.set(norm(word), entry)
  }
}

/**
 * @param {string} query as it is typed
 * @param {HeadingWords} words
 * @returns {string[]} the last of the parts that the theme cuts it into, completed; none where nothing goes on
 */
export function completions(query, words) {
  const part = query.split(/[\s-]+/).at(-1) ?? ""
  const typed = part.match(LAST)?.[0] ?? ""
  const start = norm(typed)
  if (!start) return []
  const longer = [...words].filter(([text]) => text.length > start.length && text.startsWith(start))
  if (!longer.length) return []
  const [, { word }] = longer.reduce((best, entry) => (entry[1].count > best[1].count ? entry : best))
  return [part + rest(word, typed, start)]
}

/**
 * What follows in a word behind the letters that were typed, however they are written there.
 *
 * @param {string} word @param {string} typed @param {string} start the letters, normalised
 */
function rest(word, typed, start) {
  /** @param {number} end */
  const isSame = end => norm(word.slice(0, end)) === start
  let end = 1
  while (!isSame(end)) end++
  if (typed.endsWith("ー") && word[end] === "ー") end++
  return word.slice(end)
}
