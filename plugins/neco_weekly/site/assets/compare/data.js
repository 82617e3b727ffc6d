// What `changes.json` holds (site/pages/upgrade_data.py), and how a life in releases is read.

/** @typedef {"alpha" | "beta" | "stable" | "deprecated" | "disabled" | "removed"} Stage */

/** @typedef {{stage: Stage, on: boolean | null, locked: boolean}} State a stage in a release; `on` null: not known */

/** @typedef {[number: number, title: string, sig: string, life: string, gates: number[], places: [issue: number, anchor: string, text: string][], more: number]} Kep */

/** @typedef {[name: string, keps: number[], life: string]} Gate */

/** @typedef {[step: number, gate: number, isGone: number, last: string]} End a gate that goes, or is deprecated */

/** @typedef {[step: number, kinds: string[], versions: string[], replacements: [name: string, since: string | null][], url: string]} Removed */

/** @typedef {{day: string, removed: Removed[], late: number[], unread: [section: string, step: number][]}} Guide */

/**
 * @typedef {object} Data numbers of releases are places in `steps`
 * @property {string} root
 * @property {string[]} steps all releases that are out, oldest first
 * @property {number[]} choices those of them that have a page
 * @property {string[]} planned releases that have a page and are not out
 * @property {number | null} gates_until the newest release that gates tell of
 * @property {boolean} only_mentioned whether only KEPs that issues mention are known
 * @property {Kep[]} keps
 * @property {Gate[]} gates
 * @property {End[]} ends
 * @property {Record<string, string>} pages of KEPs, by number
 * @property {string[]} issues
 * @property {Guide | null} guide null: never read
 * @property {Record<string, string>} upgrades pages by both releases
 * @property {string[]} releases pages of the steps
 * @property {Record<string, string>} words
 */

/** @type {Record<string, Stage>} */
const STAGES = { a: "alpha", b: "beta", s: "stable", d: "deprecated", x: "disabled", r: "removed" }

/** @param {string} code @returns {State | null} null: it was not there */
export function stateOf(code) {
  const stage = STAGES[code[0] ?? ""]
  if (!stage) return null
  return { stage, on: code.includes("+") ? true : code.includes("-") ? false : null, locked: code.endsWith("!") }
}

/** Lives that were read: few different ones are those of hundreds of KEPs. @type {Map<string, [step: number, state: State | null][]>} */
const known = new Map()

/** @param {string} life `0n5a-9b+` @param {number} step @returns {State | null} what was in a release */
export function stateAt(life, step) {
  let turns = known.get(life)
  if (!turns) {
    turns = [...life.matchAll(/(\d+)([a-z][-+!]*)/g)].map(([, place, code = ""]) => [Number(place), stateOf(code)])
    known.set(life, turns)
  }
  return turns.findLast(([place]) => place <= step)?.[1] ?? null
}
