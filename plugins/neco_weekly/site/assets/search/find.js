// Where a word stands: in which sections of a shard, how often, and how well it stands there.

import { INSIDE, MOST_IN_FIELD, READING_WORTH } from "./ranking-weights.js"
import { DIGIT, goesOn, HIRAGANA, LATIN, scriptOf } from "./script.js"
import { FIELDS, WORTH } from "./shard.js"
import { endsAlike } from "./stem.js"

/** @import { Shard } from "./shard.js" */

/**
 * @typedef {object} Word what is looked for
 * @property {string} text normalised
 * @property {string} kana the same, hiragana as katakana
 * @property {number} edges how many of its ends must be ends of a word: 0, 1 or 2
 * @property {boolean} isStem an English word without its ending, found with any
 * @property {boolean} isOpen a number that may have more digits
 *
 * @typedef {Float32Array & {count: number}} Hits what the word is worth in each section, and in how many it is at all
 */

const MOST_KEPT = 100 // words, as many as a query has while it is typed

/**
 * @param {Shard} shard @param {Word} word
 * @returns {Hits}
 */
export function find(shard, word) {
  const key = `${word.text}\n${word.edges}${word.isStem}${word.isOpen}`
  const known = shard.found.get(key)
  if (known) return known
  if (shard.found.size === MOST_KEPT) shard.found.clear()
  const hits = search(shard, word)
  shard.found.set(key, hits)
  return hits
}

/** @param {number} sections how many there are @returns {Hits} none in any of them */
export const noHits = sections => Object.assign(new Float32Array(sections), { count: 0 })

/** @param {Shard} shard @param {Word} word @returns {Hits} */
function search(shard, word) {
  const hits = noHits(shard.sections.length)
  const { text, ends } = shard
  const [haystack, needle] = isReadable(word) ? [shard.kana, word.kana] : [text, word.text]
  let field = 0
  let inField = 0
  for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at + 1)) {
    if (ends[field] <= at) {
      while (ends[field] <= at) field++
      inField = 0
    }
    const quality = qualityAt(text, at, word)
    if (quality === 0) continue
    const section = (field / FIELDS) | 0
    if (hits[section] === 0) hits.count++
    hits[section] += quality * WORTH[field % FIELDS]
    if (++inField === MOST_IN_FIELD) at = ends[field]
  }
  return hits
}

/** Whether a word has hiragana, so that it may be katakana in the text. @param {Word} word */
const isReadable = word => word.kana !== word.text

/**
 * @param {string} text normalised @param {string} readable the same, hiragana as katakana @param {Word} word
 * @yields {[number, number]} where the word begins and ends
 */
export function* placesOf(text, readable, word) {
  const [haystack, needle] = isReadable(word) ? [readable, word.kana] : [text, word.text]
  for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at + 1)) {
    const ending = word.isStem ? endingAt(text, at, word) : ""
    if (qualityAt(text, at, word) > 0) yield [at, at + word.text.length + ending.length]
  }
}

/**
 * How well a word stands at a place where its kana are the same: 1 as a whole word, 0 not at all.
 *
 * @param {string} text @param {number} at @param {Word} word
 */
function qualityAt(text, at, word) {
  const isLiteral = !isReadable(word) || text.startsWith(word.text, at)
  if (!isLiteral && !isReading(text, at, word.text)) return 0
  if (word.isStem && !endsAlike(word.text, endingAt(text, at, word))) return 0
  const end = at + word.text.length
  const first = scriptOf(text.charCodeAt(at))
  const last = scriptOf(text.charCodeAt(end - 1))
  const startsInside = goesOn(text.charCodeAt(at), text.charCodeAt(at - 1))
  const endsInside = !word.isStem && goesOn(text.charCodeAt(end - 1), text.charCodeAt(end))
  if ((startsInside && first === DIGIT) || (endsInside && last === DIGIT && !word.isOpen)) return 0 // 127 is not 1278
  if (Number(startsInside) + Number(endsInside) > 2 - word.edges) return 0
  const quality = 1 - (startsInside ? INSIDE[first][0] : 0) - (endsInside ? INSIDE[last][1] : 0)
  return isLiteral ? quality : quality * READING_WORTH
}

/**
 * Hiragana may stand for katakana, as it does until an input method has converted it; never the other way round.
 *
 * @param {string} text @param {number} at @param {string} wanted
 */
function isReading(text, at, wanted) {
  for (let i = 0; i < wanted.length; i++) {
    if (text[at + i] !== wanted[i] && scriptOf(wanted.charCodeAt(i)) !== HIRAGANA) return false
  }
  return true
}

/** @param {string} text @param {number} at @param {Word} word */
function endingAt(text, at, word) {
  let end = at + word.text.length
  const start = end
  while (scriptOf(text.charCodeAt(end)) === LATIN) end++
  return text.slice(start, end)
}
