// The words of a query as they may have been meant: cut where Japanese words seem to begin and end, with synonyms, and
// in place of what is nowhere on the site that which is near.

import { asTyped, sideBySide, waysOf, wordOf } from "./clauses.js"
import { kana } from "./norm.js"
import {
  APART_WORTH,
  HAN_PART,
  KATAKANA_PART,
  LETTER_WEIGHT,
  PART_WORTH,
  PARTICLE_WEIGHT,
  SHORTEST_WORD,
  SLIPS_WORTH,
  SYNONYM_WORTH,
} from "./ranking-weights.js"
import { DIGIT, HAN, HIRAGANA, KATAKANA, LATIN, scriptOf } from "./script.js"
import { cutAtSynonyms } from "./synonyms.js"

/**
 * @import { Clause, Way } from "./clauses.js"
 * @import { Term } from "./query.js"
 * @import { Site } from "./site.js"
 */

const STOP_WORDS = new Set("a an and as at by for from in is of on or the to with".split(" "))

const LETTER = "[a-z\\u00c0-\\u1fff]"
const PIECES = new RegExp(
  [
    `${LETTER}(?:${LETTER}|\\d+(?!\\.?\\d))*`, // with its digits, but not with a version
    "\\d+(?:\\.\\d+)*",
    "[ァ-ヺ]+",
    "[㐀-鿿々]{2,}",
    "[㐀-鿿々][ぁ-ゖ]?", // with the beginning of its ending
    "[ぁ-ゖ]{3,}", // less of it only joins words
  ].join("|"),
  "g",
)

/**
 * @param {Term[]} terms
 * @param {Site} site
 * @returns {Clause[]}
 */
export function asMeant(terms, site) {
  /** @param {Term} term */
  const isKep = term => term.kep !== null
  const text = terms
    .filter(term => !isKep(term))
    .map(term => term.text)
    .join(" ")
  const parts = cutAtSynonyms(text, site.synonyms)
  return [
    ...terms.filter(isKep).map(term => begun(term, site)),
    ...parts.flatMap(({ text, others }) => (others ? [synonymous(text, others)] : meanings(text, site))),
  ]
}

/** @param {string} text normalised @returns {string[]} */
export const piecesOf = text => text.match(PIECES) ?? []

/**
 * A KEP, or where nobody mentions it, those whose numbers begin like this.
 *
 * @param {Term} term @param {Site} site @returns {Clause}
 */
function begun(term, site) {
  const [clause] = asTyped([term])
  const longer = term.kep === null || site.mentions(term.kep) ? [] : site.kepsFrom(term.kep)
  return { ...clause, ways: [...clause.ways, ...longer.map(kep => ({ kep, worth: PART_WORTH }))] }
}

/** @param {string} text @param {string[]} others @returns {Clause} */
function synonymous(text, others) {
  /** @param {string} other */
  const isEnglish = other => /^[a-z]|[a-z]$/.test(other) // it has to be whole: GA is not in gang
  const ways = others.flatMap(other => waysOf(other, isEnglish(other) ? 2 : 1))
  const clause = { ways: waysOf(text), weight: 1, typed: text }
  return withWays(
    clause,
    ways.map(way => ({ ...way, worth: way.worth * SYNONYM_WORTH })),
  )
}

/** @param {string} text @param {Site} site @returns {Clause[]} */
function meanings(text, site) {
  return piecesOf(text).flatMap(piece => {
    const clause = { ways: waysOf(piece), weight: weightOf(piece), typed: piece }
    const isFound = clause.ways.some(({ word }) => word && site.count(word) > 0)
    const meant = isFound ? null : UNKNOWN[scriptOf(piece.charCodeAt(0))]
    return meant?.(clause, site, text) ?? [clause]
  })
}

/** @param {string} piece */
function weightOf(piece) {
  /** @param {string} letter */
  const isEnding = letter => scriptOf(letter.charCodeAt(0)) === HIRAGANA
  if (isEnding(piece[0]) || STOP_WORDS.has(piece)) return PARTICLE_WEIGHT
  return piece.length === 1 || (piece.length === 2 && isEnding(piece[1])) ? LETTER_WEIGHT : 1
}

/**
 * What a piece that is nowhere stands for, by its script; null where nobody knows.
 *
 * @type {Record<number, (clause: Clause, site: Site, text: string) => Clause[] | null>}
 */
const UNKNOWN = {
  [LATIN]: (clause, site, text) => inWords(clause, site) ?? misspelt(clause, site, text),
  [KATAKANA]: (clause, site, text) =>
    inWords(clause, site) ?? misspelt(clause, site, text) ?? inParts(clause, KATAKANA_PART),
  [HIRAGANA]: (clause, site, text) => (clause.typed.length > SHORTEST_WORD ? misspelt(clause, site, text) : null),
  [HAN]: clause =>
    inParts(clause, HAN_PART) ?? [withWays(clause, [{ word: wordOf(clause.typed[0]), worth: PART_WORTH }])],
  [DIGIT]: clause => [withWays(clause, [{ word: wordOf(clause.typed, { isOpen: true }), worth: PART_WORTH }])],
}

/** @param {Clause} clause @param {Way[]} ways @returns {Clause} */
const withWays = (clause, ways) => ({ ...clause, ways: [...clause.ways, ...ways] })

/** Words of the site that were typed without the space between them. @param {Clause} clause @param {Site} site */
function inWords(clause, site) {
  const words = apart(clause.typed, site)
  /** @param {string} word */
  const ways = word => [{ word: wordOf(word, { edges: 1 }), worth: APART_WORTH }]
  return words?.map(word => ({ ...clause, ways: ways(word), weight: clause.weight / words.length })) ?? null
}

/** @param {string} text @param {Site} site @returns {string[] | null} */
function apart(text, site) {
  if (site.knows(text)) return [text]
  for (let end = text.length - SHORTEST_WORD; end >= SHORTEST_WORD; end--) {
    const rest = site.knows(text.slice(0, end)) ? apart(text.slice(end), site) : null
    if (rest) return [text.slice(0, end), ...rest]
  }
  return null
}

/**
 * The words of the site that are nearest, and the text with each of them in the place of what was typed.
 *
 * @param {Clause} clause @param {Site} site @param {string} text
 */
function misspelt(clause, site, text) {
  const near = site.nearest(kana(clause.typed))
  if (!near.length) return null
  /** @param {import("./vocabulary.js").Near} near */
  const worth = ({ word, slips }) => SLIPS_WORTH[slips] * Math.min(1, clause.typed.length / word.length)
  const corrected = near.map(it => ({ word: wordOf(text.replace(clause.typed, it.word)), worth: worth(it) }))
  const instead = withWays(
    clause,
    near.map(it => ({ word: wordOf(it.word, { edges: 2 }), worth: worth(it) })),
  )
  return text === clause.typed ? [instead] : [instead, sideBySide(corrected, clause.typed)]
}

/**
 * Every few letters side by side, for a compound of which a part may be found; null where it is too short for that.
 *
 * @param {Clause} clause @param {number} size
 */
function inParts(clause, size) {
  const count = clause.typed.length - size + 1
  if (count < 2) return null
  const parts = Array.from({ length: count }, (_, i) => clause.typed.slice(i, i + size))
  return parts.map(part => ({
    ...clause,
    ways: [{ word: wordOf(part), worth: PART_WORTH }],
    weight: clause.weight / count,
  }))
}
