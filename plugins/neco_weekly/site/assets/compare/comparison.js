// Two releases compared: the same rows as the page of an upgrade has (site/pages/upgrade.py), from the chooser's data.

import { KINDS, kindOf, passingIn } from "./changes.js"
import { stateAt, stateOf } from "./data.js"
import { changeText, endText, gateText, ownerText, passingText, stageText } from "./texts.js"

/**
 * @import { Kind, Seen } from "./changes.js"
 * @import { Data, Gate, Kep, Removed } from "./data.js"
 * @import { Words } from "./texts.js"
 */

/** @typedef {{text: string, url: string}} Link */

/** @typedef {{kep: Link, owner: string, change: string, gates: [name: string, text: string][], passing: string[], places: Link[], more: number}} Row */

/** @typedef {{name: string, text: string, keps: Link[], isRoutine: boolean}} GateEnd */

/** @typedef {{api: Link, versions: string, release: string, replacements: string[]}} RemovedApi */

/**
 * @typedef {object} Comparison
 * @property {string} old
 * @property {string} new
 * @property {[kind: Kind, rows: Row[]][]} kinds
 * @property {Row[]} passed
 * @property {boolean} onlyMentioned whether only KEPs that issues mention are known
 * @property {string | null} gatesUntil null: there is no record of gates
 * @property {boolean} isTold whether gates tell of the new release
 * @property {string | null} toldUntil the newest release after the old one that gates tell of
 * @property {GateEnd[]} ends
 * @property {{day: string, removed: RemovedApi[], late: string | null, unread: string[]} | null} guide
 */

export class Comparer {
  /** @param {Data} data @param {Words} words */
  constructor(data, words) {
    this.data = data
    this.words = words
  }

  /** @param {number} old @param {number} then the new release @returns {Comparison} */
  compare(old, then) {
    const { steps, gates_until: until } = this.data
    const changes = this.data.keps.map(kep => this.#change(kep, old, then))
    const kinds = KINDS.map(kind => /** @type {[Kind, Row[]]} */ ([kind, rowsOf(changes, it => it.kind === kind)]))
    const told = until === null ? -1 : Math.min(until, then)
    return {
      old: steps[old] ?? "",
      new: steps[then] ?? "",
      kinds: kinds.filter(([, rows]) => rows.length),
      passed: rowsOf(changes, it => it.passing.length > 0),
      onlyMentioned: this.data.only_mentioned,
      gatesUntil: until === null ? null : (steps[until] ?? ""),
      isTold: until !== null && then <= until,
      toldUntil: told > old ? (steps[told] ?? "") : null,
      ends: this.#ends(old, then),
      guide: this.#guide(old, then),
    }
  }

  /** @param {Kep} kep @param {number} old @param {number} then */
  #change(kep, old, then) {
    const lived = this.data.steps.slice(old, then + 1).map((_, place) => stateAt(kep[3], old + place))
    const before = lived[0] ?? null
    const after = lived.at(-1) ?? null
    const passing = passingIn(lived).map(([place, state]) =>
      passingText(this.data.steps[old + place] ?? "", state, this.words),
    )
    const row = () => this.#row(kep, old, then, before, after, passing)
    return { kind: kindOf(before, after), passing, row }
  }

  /** @param {Kep} kep @param {number} old @param {number} then @param {Seen} before @param {Seen} after @param {string[]} passing @returns {Row} */
  #row(kep, old, then, before, after, passing) {
    const [number, title, sig, , gates, places, more] = kep
    const { words, data } = this
    return {
      kep: this.kepLink(number, title),
      owner: ownerText(number, sig, words),
      change: changeText(stageText(before, words), stageText(after, words), words),
      gates: gates.flatMap(it => this.#gate(kep, data.gates[it], old, then)),
      passing,
      places: places.map(([issue, anchor, text]) => ({ text, url: this.address(data.issues[issue], anchor) })),
      more,
    }
  }

  /** @param {Kep} kep @param {Gate | undefined} gate @param {number} old @param {number} then @returns {[name: string, text: string][]} */
  #gate(kep, gate, old, then) {
    if (!gate || ![old, then].some(it => stateAt(gate[2], this.#told(it)))) return []
    const before = this.#default(kep, gate, old)
    return [[gate[0], changeText(before, this.#default(kep, gate, then), this.words)]]
  }

  /** @param {number} step @returns {number} the newest release that gates tell of in the place of a later one */
  #told(step) {
    return Math.min(step, this.data.gates_until ?? step)
  }

  /** In a later release than gates tell of a default is not known where the stage is new.
   * @param {Kep} kep @param {Gate} gate @param {number} step
   */
  #default(kep, gate, step) {
    const told = this.#told(step)
    const text = gateText(stateAt(gate[2], told), this.words)
    if (told === step) return text
    const then = stateAt(kep[3], told)?.stage
    if (!then || then !== stateAt(kep[3], step)?.stage) return this.words("upgrade.unknown")
    return this.words("upgrade.at", { text, release: this.data.steps[told] ?? "" })
  }

  /** @param {number} old @param {number} then @returns {GateEnd[]} */
  #ends(old, then) {
    const found = this.data.ends.filter(([step]) => old < step && step <= then)
    return found.flatMap(([step, place, isGone, code]) => {
      const gate = this.data.gates[place]
      const last = stateOf(code)
      if (!gate) return []
      return {
        name: gate[0],
        text: endText(this.data.steps[step] ?? "", Boolean(isGone), last, this.words),
        keps: gate[1].map(number => this.kepLink(number, this.words("upgrade.number", { number }))),
        isRoutine: Boolean(isGone) && last?.stage === "stable",
      }
    })
  }

  /** @param {number} old @param {number} then @returns {Comparison["guide"]} */
  #guide(old, then) {
    const { guide, steps } = this.data
    if (!guide) return null
    /** @param {number} step */
    const isBetween = step => old < step && step <= then
    const late = guide.late.find(isBetween)
    return {
      day: guide.day,
      removed: guide.removed.filter(([step]) => isBetween(step)).map(it => this.#removed(it)),
      late: late === undefined ? null : (steps[late] ?? ""),
      unread: guide.unread.filter(([, step]) => isBetween(step)).map(([section]) => section),
    }
  }

  /** @param {Removed} removed @returns {RemovedApi} */
  #removed([step, kinds, versions, replacements, url]) {
    const and = this.words("site.and")
    return {
      api: { text: kinds.join(and), url },
      versions: versions.join(and),
      release: this.data.steps[step] ?? "",
      replacements: replacements.map(([name, since]) =>
        since === null ? name : this.words("upgrade.api_since", { name, since }),
      ),
    }
  }

  /** @param {number} number @param {string} text @returns {Link} to our page, else to the KEP's issue on GitHub */
  kepLink(number, text) {
    const page = this.data.pages[number]
    return { text, url: page ? this.address(page) : `https://github.com/kubernetes/enhancements/issues/${number}` }
  }

  /** @param {string | undefined} path from the site's root @param {string} anchor @returns {string} relative to the chooser's page */
  address(path = "", anchor = "") {
    return `${this.data.root}/${path}${anchor && `#${anchor}`}`
  }
}

/** @template {{row: () => Row}} C @param {C[]} changes @param {(change: C) => boolean} fits @returns {Row[]} */
const rowsOf = (changes, fits) => changes.filter(fits).map(it => it.row())
