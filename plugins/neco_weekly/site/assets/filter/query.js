// The words of the free text, and which rows they fit.

/** @typedef {{number: string, title: string, words: string, tokens: (name: string) => string[]}} Read a row, as words are looked for in it */

/** Where a row has releases: those with which a stage shipped, that for which one is planned. */
const RELEASES = ["release", "planned"]

/** @param {string} text */
export const folded = text => text.normalize("NFKC").toLowerCase()

/** v1.37 is 1.37. @param {string} name of a filter @param {string} value */
export const withoutV = (name, value) => (RELEASES.includes(name) ? value.replace(/^v(?=\d)/i, "") : value)

/** "KEP-127", "#127" and "１２７" are all 127, "v1.37" is 1.37. @param {string} text */
export function wordsIn(text) {
  const words = folded(text)
    .replace(/(?:\bkep[-\s‐–−ー]*|#)(?=\d)/g, " ")
    .split(/\s+/)
  return words.filter(Boolean).map(word => word.replace(/^v(?=\d+\.\d)/, ""))
}

/** @template {Read} R @param {string} text @param {R[]} rows @returns {((row: R) => boolean)[]} a test for each of its words */
export const testsOf = (text, rows) => wordsIn(text).map(word => testOf(word, rows))

/**
 * Where rows have numbers, a number or a release that exists is meant as it is; any other may be the beginning of one.
 * Or a title says it.
 *
 * @template {Read} R @param {string} word @param {R[]} rows @returns {(row: R) => boolean}
 */
function testOf(word, rows) {
  if (!rows[0]?.number || !/^\d+(\.\d+)?$/.test(word)) return row => row.words.includes(word)
  /** @param {R} row */
  const values = row => (word.includes(".") ? RELEASES.flatMap(name => row.tokens(name)) : [row.number])
  const exists = rows.some(row => values(row).includes(word))
  /** @param {string} value */
  const fits = value => (exists ? value === word : value.startsWith(word))
  return row => values(row).some(fits) || (!exists && row.title.includes(word))
}
