// What was typed, understood: filters, KEP numbers, words.

import { filterOf } from "./filters.js"
import { bareNumber, kepReferences } from "./kep.js"
import { norm } from "./norm.js"
import { withoutQuestion } from "./question.js"

const LONGEST = 256 // letters that are read; nobody types more, and a paste must not take seconds
const MOST_WORDS = 24
const PARTING = /[\s、。，．,;|()（）[\]【】〈〉《》!?！？"“”]+/
const EDGES = /^[.:&*+=_'`~^<>{}\\…]+|[.:&*+=_'`~^<>{}\\…-]+$/g

/**
 * @typedef {object} Term a word, or a KEP's number
 * @property {string} text normalised; empty for a number in one of its forms
 * @property {number | null} kep
 * @property {string} typed
 *
 * @typedef {object} Query
 * @property {string} text as it was typed
 * @property {import("./filters.js").Filter[]} filters
 * @property {Term[]} terms
 * @property {string} phrase all words in one, normalised; the filters are not among them
 */

/**
 * @param {string} text
 * @returns {Query}
 */
export function parsed(text) {
  const typed = text.slice(0, LONGEST).split(/\s+/)
  /** @type {import("./filters.js").Filter[]} */
  const filters = []
  /** @type {string[]} */
  const words = []
  for (const word of typed) {
    const filter = filterOf(word)
    if (filter) filters.push(filter)
    else words.push(word)
  }
  return { text, filters, terms: termsOf(words), phrase: norm(words.join(" ")).trim() }
}

/** @param {string[]} words @returns {Term[]} */
function termsOf(words) {
  const { numbers, rest } = kepReferences(words.map(norm).join(" "))
  const keps = numbers.map(kep => ({ text: "", kep, typed: `KEP-${kep}` }))
  const plain = rest.split(PARTING).map(bare).filter(hasWords)
  const asked = withoutQuestion(plain)
  const texts = asked.length || keps.length ? asked : plain
  /** @param {string} text */
  const typed = text => words.find(word => norm(word).includes(text)) ?? text
  return [...keps, ...texts.map(text => ({ text, kep: bareNumber(text), typed: typed(text) }))].slice(0, MOST_WORDS)
}

/** v1.25 is written 1.25 as well. @param {string} word */
const bare = word => word.replace(EDGES, "").replace(/^v(?=\d+\.\d)/, "")
/** @param {string} word */
const hasWords = word => /[\p{L}\p{N}\p{So}]/u.test(word)
