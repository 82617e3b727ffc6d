// The words of a query as what is to be found: each in the ways it may be written.

import { kana, norm } from "./norm.js"
import { PAIR_WEIGHT, STEM_WORTH, UNFINISHED_WORTH } from "./ranking-weights.js"
import { stemOf } from "./stem.js"

/**
 * @typedef {import("./find.js").Word} Word
 * @typedef {{word?: Word, kep?: number, worth: number}} Way to write something, and what it is worth beside the best
 *
 * @typedef {object} Clause
 * @property {Way[]} ways
 * @property {number} weight how much of the query it is
 * @property {number} [extra] what it is worth where nobody needs to find it, as words side by side
 * @property {string} typed
 */

const SHORT_WORD = /^[ァ-ヺ]{1,2}$/ // キュー is not in ドキュメント
const WAITING = /(?<=[ぁ-ゖ])[a-z]{1,2}$/ // すわっp: an input method waits for the vowel

/**
 * @param {string} text normalised @param {Partial<Word>} [options]
 * @returns {Word}
 */
export function wordOf(text, { edges = 0, isStem = false, isOpen = false } = {}) {
  return { text, kana: kana(text), edges, isStem, isOpen }
}

/**
 * @param {import("./query.js").Term[]} terms
 * @returns {Clause[]} each word as it was typed, and each two that stand side by side
 */
export function asTyped(terms) {
  const clauses = terms.map(({ text, kep, typed }) => ({
    ways: [...waysOfKep(kep), ...waysOf(text)],
    weight: 1,
    typed,
  }))
  const pairs = terms
    .slice(1)
    .map((term, i) => [terms[i].text, term.text])
    .filter(pair => pair.every(Boolean))
  return [...clauses, ...pairs.map(pair => sideBySide(waysTogether(pair), pair.join(" ")))]
}

/** Katakana words have a space between them or none. @param {string[]} pair */
function waysTogether(pair) {
  const apart = norm(pair.join(" "))
  const texts = new Set([apart, apart.replace(/(?<=[ァ-ヺ]) (?=[ァ-ヺ])/, "")])
  return [...texts].map(text => ({ word: wordOf(text), worth: 1 }))
}

/**
 * @param {string} text normalised; of nothing there is no way
 * @param {number} edges as of a word
 * @returns {Way[]} itself, an English word in its other forms, and what an input method has not finished
 */
export function waysOf(text, edges = 0) {
  if (!text) return []
  const stem = stemOf(text)
  return [
    { word: wordOf(text, { edges: Math.max(edges, SHORT_WORD.test(text) ? 1 : 0) }), worth: 1 },
    ...(stem ? [{ word: wordOf(stem, { edges, isStem: true }), worth: STEM_WORTH }] : []),
    ...(WAITING.test(text) ? [{ word: wordOf(text.replace(WAITING, "")), worth: UNFINISHED_WORTH }] : []),
  ]
}

/** @param {Way[]} ways @param {string} typed @returns {Clause} */
export const sideBySide = (ways, typed) => ({ ways, weight: 0, extra: PAIR_WEIGHT, typed })

/** @param {number | null} kep @returns {Way[]} */
const waysOfKep = kep => (kep === null ? [] : [{ kep, worth: 1 }])
