// Words that mean the same, as the site's writers keep them.

import { norm } from "./norm.js"
import { goesOn, LATIN, scriptOf } from "./script.js"

/**
 * @param {string[][]} groups
 * @returns {Map<string, string[]>} for each word, normalised, the others of its groups; long words first
 */
export function synonymsOf(groups) {
  /** @type {Map<string, string[]>} */
  const others = new Map()
  for (const words of groups.map(group => group.map(norm))) {
    for (const word of words) {
      others.set(word, [...(others.get(word) ?? []), ...words.filter(other => other !== word)])
    }
  }
  return new Map([...others].sort(([one], [other]) => other.length - one.length))
}

/**
 * @param {string} text normalised words with spaces between them
 * @param {Map<string, string[]>} synonyms
 * @returns {{text: string, others?: string[]}[]} the text in pieces; those with synonyms have the other words
 */
export function cutAtSynonyms(text, synonyms) {
  for (const [word, others] of synonyms) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      const end = endOf(text, at, word)
      if (end < 0) continue
      const [before, after] = [text.slice(0, at), text.slice(end)]
      return [
        ...cutAtSynonyms(before, synonyms),
        { text: text.slice(at, end), others },
        ...cutAtSynonyms(after, synonyms),
      ]
    }
  }
  return text ? [{ text }] : []
}

/**
 * Where a synonym ends that begins here; -1 where it is only a part of another word: キュー in ドキュメント, GA in gang.
 * A Japanese compound may begin or end with it, an English word may have its plural.
 *
 * @param {string} text @param {number} at @param {string} word
 */
function endOf(text, at, word) {
  const plural = isLatin(word.slice(-1)) ? /^e?s(?![a-z])/.exec(text.slice(at + word.length)) : null
  const end = at + word.length + (plural?.[0].length ?? 0)
  const startsInside = goesOn(text.charCodeAt(at), text.charCodeAt(at - 1))
  const endsInside = goesOn(text.charCodeAt(end - 1), text.charCodeAt(end))
  const isWhole =
    isLatin(word[0]) || isLatin(word.slice(-1)) ? !startsInside && !endsInside : !(startsInside && endsInside)
  return isWhole ? end : -1
}

/** @param {string} letter */
const isLatin = letter => scriptOf(letter.charCodeAt(0)) === LATIN
