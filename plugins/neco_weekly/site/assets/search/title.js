// How much a heading is what was asked.

import { ALIKE, ALIKE_POWER, CONTAINED } from "./ranking-weights.js"
import { FIELDS, HEADING } from "./shard.js"

/**
 * @param {string} phrase all words of a query in one, normalised
 * @returns {(found: import("./score.js").Found) => number} a factor for the score of a section, 1 and more
 */
export function titleFactor(phrase) {
  const wanted = closed(phrase)
  const pairs = pairsOf(wanted)
  return ({ shard, section }) => {
    const heading = closed(headingIn(shard, section))
    const others = pairsOf(heading)
    let common = 0
    for (const pair of others) if (pairs.has(pair)) common++
    const likeness = common && (2 * common) / (pairs.size + others.size)
    return 1 + ALIKE * likeness ** ALIKE_POWER + (wanted && heading.includes(wanted) ? CONTAINED : 0)
  }
}

/** @param {import("./shard.js").Shard} shard @param {number} section */
function headingIn({ text, ends }, section) {
  const start = section ? ends[section * FIELDS - 1] + 1 : 0
  return text.slice(start, ends[section * FIELDS + HEADING])
}

/** @param {string} text */
const closed = text => text.replaceAll(" ", "")

/** Every two letters side by side, as a number. @param {string} text */
function pairsOf(text) {
  const pairs = new Set()
  for (let i = 1; i < text.length; i++) pairs.add(text.charCodeAt(i - 1) * 0x10000 + text.charCodeAt(i))
  return pairs
}
