// What a change between two releases means to who upgrades: the rules of model/release_changes.py, once more.

/** @import { Stage, State } from "./data.js" */

/** @typedef {State | null} Seen what a KEP was in a release, null: not there */

export const KINDS = /** @type {const} */ ([
  "stable",
  "on-by-default",
  "off-by-default",
  "beta",
  "alpha",
  "deprecated",
  "removed",
])

/** @typedef {typeof KINDS[number]} Kind */

/** The stages in which a KEP grows up, in order. @type {Stage[]} */
const MATURING = ["alpha", "beta", "stable"]

/** All stages in the order of a life. @type {Stage[]} */
const ORDER = [...MATURING, "deprecated", "disabled", "removed"]

/** @type {Partial<Record<Stage, Kind>>} */
const ENDS = { deprecated: "deprecated", disabled: "removed", removed: "removed" }

/** @param {Seen} before @param {Seen} after @returns {Kind | null} null: no change, or only a default that is not known */
export function kindOf(before, after) {
  if (!after) return before ? "removed" : null
  const moved = before?.stage !== after.stage
  const end = ENDS[after.stage]
  if (moved && end) return end
  if (after.stage === "alpha" || after.stage === "beta") {
    const wasOn = !before ? false : before.stage === "stable" ? true : before.on
    if (wasOn === false && after.on === true) return "on-by-default"
    if (wasOn === true && after.on === false) return "off-by-default"
  }
  return moved && MATURING.includes(after.stage) ? /** @type {Kind} */ (after.stage) : null
}

/** @param {Seen} one @param {Seen} other */
const same = (one, other) => one?.stage === other?.stage && one?.on === other?.on

/** @param {Seen[]} lived in each release from the old to the new one @returns {[step: number, state: State][]} what was so only in between */
export function passingIn(lived) {
  const before = lived[0] ?? null
  const after = lived.at(-1) ?? null
  let last = before
  /** @type {[number, State][]} */
  const found = []
  for (const [place, state] of lived.slice(0, -1).entries()) {
    const isNew = place > 0 && !same(state, last) && !same(state, before) && !same(state, after)
    if (state && isNew && !onTheWay(before, state, after)) found.push([place, state])
    last = state
  }
  return found
}

/** Whether a KEP only grew up: no stage was left backwards, no known default was turned back or forth.
 * @param {Seen} before @param {State} between @param {Seen} after
 */
function onTheWay(before, between, after) {
  if (!after || !MATURING.includes(after.stage)) return false
  const lived = [before, between, after].filter(it => it !== null)
  return (
    isRising(lived.map(it => ORDER.indexOf(it.stage))) && isRising(lived.map(it => it.on).filter(it => it !== null))
  )
}

/** @param {(number | boolean)[]} values */
const isRising = values => values.every((value, place) => place === 0 || Number(values[place - 1]) <= Number(value))
