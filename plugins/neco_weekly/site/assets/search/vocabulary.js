// The words of the site, for those that are misspelt.

import { distance } from "./distance.js"
import { MOST_NEAR, ONE_SLIP_FROM, TWO_SLIPS_FROM } from "./ranking-weights.js"

const WORDS = /[a-z\u00c0-\u1fff][a-z0-9\u00c0-\u1fff]{2,}|[ァ-ヺ]{2,}/g

/**
 * @param {string} word of one script
 * @returns {number} how many slips it may have and still be known by; katakana says more with a letter than English does
 */
export function slipsIn(word) {
  if (word.length < ONE_SLIP_FROM) return /^[ァ-ヺ]{2,}$/.test(word) ? 1 : 0
  return word.length < TWO_SLIPS_FROM ? 1 : 2
}

/** @typedef {{word: string, slips: number}} Near */

export class Vocabulary {
  /** Words and the letters that are in them, a bit for each; other letters share them. @type {Map<string, number>} */
  #words = new Map()

  /** @param {string} text normalised */
  learn(text) {
    for (const word of text.match(WORDS) ?? []) if (!this.#words.has(word)) this.#words.set(word, lettersOf(word))
  }

  /** @param {string} word normalised */
  has(word) {
    return this.#words.has(word)
  }

  /**
   * @param {string} typed of one script
   * @param {number} most slips
   * @param {boolean} isPart whether a word may be longer than what was typed, if that is not very short
   * @returns {Near[]} the nearest, a few; none where nothing is near
   */
  nearest(typed, most, isPart) {
    /** @type {Near[]} */
    let found = []
    isPart &&= typed.length >= ONE_SLIP_FROM
    const letters = lettersOf(typed)
    for (const [word, others] of this.#words) {
      if (bits(letters & ~others) > most || word.length < typed.length - most) continue
      if (!isPart && word.length > typed.length + most) continue
      const slips = distance(typed, word, most, isPart)
      if (slips > most) continue
      if (slips < most) found = []
      most = slips
      found.push({ word, slips })
    }
    /** @param {Near} near */
    const length = ({ word }) => Math.abs(word.length - typed.length)
    return found.sort((one, other) => length(one) - length(other)).slice(0, MOST_NEAR)
  }
}

/** @param {string} word */
function lettersOf(word) {
  let letters = 0
  for (let i = 0; i < word.length; i++) letters |= 1 << (word.charCodeAt(i) & 31)
  return letters
}

/** @param {number} letters */
function bits(letters) {
  let count = 0
  for (; letters; letters &= letters - 1) count++
  return count
}
