// What changes, in words: the phrases of the site, filled as site/pages/upgrade_words.py fills them.

import { filled } from "./filled.js"

/**
 * @import { Seen } from "./changes.js"
 * @import { State } from "./data.js"
 */

/** @typedef {(name: string, fields?: Record<string, string | number>) => string} Words a phrase by its name, filled */

/** @param {Record<string, string>} phrases @returns {Words} */
export const wordsOf =
  phrases =>
  (name, fields = {}) =>
    filled(phrases[name] ?? name, fields)

/** @param {Seen} seen @param {Words} words */
export const stageText = (seen, words) => words(seen ? `stage.${seen.stage}` : "upgrade.none")

/** What was before and what is after, once where both are the same.
 * @param {string} before @param {string} after @param {Words} words
 */
export const changeText = (before, after, words) =>
  before === after ? before : words("upgrade.change", { before, after })

/** @param {State} state @param {Words} words @param {string} otherwise a phrase for a default that is not known */
function defaultText({ on, locked }, words, otherwise) {
  if (on === null) return words(otherwise)
  return words(`gate.default_${on ? "on" : "off"}${locked ? "_locked" : ""}`)
}

/** @param {State | null} state of a gate @param {Words} words */
export const gateText = (state, words) =>
  state ? defaultText(state, words, "upgrade.unknown") : words("upgrade.no_gate")

/** @param {string} release @param {State} state what was so in between @param {Words} words */
export const passingText = (release, state, words) =>
  words("upgrade.passing", {
    release,
    stage: stageText(state, words),
    default: defaultText(state, words, "upgrade.default_unknown"),
  })

/** @param {string} release @param {boolean} isGone or deprecated @param {State | null} last what the gate was before @param {Words} words */
export function endText(release, isGone, last, words) {
  const end = words(isGone ? "upgrade.end_gone" : "upgrade.end_deprecated", { release })
  if (!last) return end
  return words("upgrade.end_last", { end, stage: stageText(last, words), default: gateText(last, words) })
}

/** @param {number} number @param {string} sig @param {Words} words */
export const ownerText = (number, sig, words) =>
  sig ? words("upgrade.owner", { number, sig }) : words("upgrade.number", { number })
