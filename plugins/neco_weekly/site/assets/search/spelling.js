// The nearest spelling of a query that has found nothing.

import { wordOf } from "./clauses.js"
import { find } from "./find.js"
import { marksIn } from "./highlight.js"
import { piecesOf } from "./meaning.js"
import { normWithPlaces, originalPlace } from "./norm.js"
import { CORRECTED_BY_TWO_FROM, CORRECTED_FROM } from "./ranking-weights.js"
import { fieldsOf } from "./shard.js"

/** @param {string} piece */
const slipsAllowed = piece => (piece.length < CORRECTED_BY_TWO_FROM ? 1 : 2)

/**
 * @param {import("./query.js").Query} query
 * @param {import("./site.js").Site} site
 * @returns {string | null} the query with the words that the site does not know replaced by those nearest to them; null
 *   if none is near
 */
export function nearest({ text: typed, terms }, site) {
  const { text, at } = normWithPlaces(typed)
  let result = typed
  for (const piece of terms.flatMap(term => piecesOf(term.text)).reverse()) {
    const place = text.lastIndexOf(piece)
    if (place < 0 || piece.length < CORRECTED_FROM || site.count(wordOf(piece)) > 0) continue
    const [near] = site.nearest(piece, slipsAllowed(piece), false)
    if (!near) continue
    const [start, end] = originalPlace(typed, at, place, place + piece.length)
    result = result.slice(0, start) + asWritten(near.word, site) + result.slice(end)
  }
  return result === typed ? null : result
}

/** A word of the vocabulary as the site writes it. @param {string} text @param {import("./site.js").Site} site */
function asWritten(text, { shards }) {
  const word = wordOf(text, { edges: 2 })
  for (const shard of shards) {
    const section = find(shard, word).findIndex(hit => hit > 0)
    for (const original of section < 0 ? [] : fieldsOf(shard, section)) {
      const [mark] = marksIn(original, [{ word, worth: 1 }])
      if (mark) return original.slice(...mark)
    }
  }
  return text
}
