// The sentences on a comparison as a whole, and what is said where two releases cannot be compared.

/**
 * @import { Comparison } from "./comparison.js"
 * @import { Data } from "./data.js"
 * @import { Words } from "./texts.js"
 */

/** @param {Comparison} found @param {Words} words @returns {string} how many KEPs change, by kind, and how many did in between */
export function summaryOf(found, words) {
  const { old, new: then } = found
  const told = found.kinds.map(([kind, rows]) =>
    words("upgrade.counted", { kind: words(`upgrade.kind_${kind}`), count: rows.length }),
  )
  const count = found.kinds.reduce((sum, [, rows]) => sum + rows.length, 0)
  const said = count
    ? words("upgrade.said", { old, new: then, count, kinds: told.join(words("site.and")) })
    : words("upgrade.said_nothing", { old, new: then })
  return found.passed.length ? `${said} ${words("upgrade.said_passed", { count: found.passed.length })}` : said
}

/** @typedef {{old: number, new: number, problem: ""} | {problem: string}} Chosen two releases, or a sentence why there are none */

const LONGEST = 20 // characters that are quoted of what an address names

/** @param {string} from @param {string} to as an address has them, `1.33` @param {Data} data @param {Words} words @returns {Chosen} */
export function chosenOf(from, to, data, words) {
  if (!(from && to)) return { problem: words("upgrade.choose") }
  const places = [from, to].map(written => data.steps.indexOf(named(written)))
  for (const [place, written] of [from, to].entries()) {
    const problem = data.choices.includes(places[place] ?? -1) ? "" : stranger(written, data, words)
    if (problem) return { problem }
  }
  const [old = 0, then = 0] = places
  if (old < then) return { old, new: then, problem: "" }
  return { problem: words("upgrade.not_newer", { old: data.steps[old] ?? "", new: data.steps[then] ?? "" }) }
}

/** `1.33`, `v1.33` and ` V1.33` are all v1.33. @param {string} written */
const named = written => `v${written.trim().replace(/^v/i, "")}`

/** @param {string} written @param {Data} data @param {Words} words */
function stranger(written, data, words) {
  const release = named(written)
  if (data.planned.includes(release)) return words("upgrade.not_out", { release })
  const [first = "", last = ""] = [data.choices[0], data.choices.at(-1)].map(it => data.steps[it ?? -1])
  const quoted = written.length > LONGEST ? `${written.slice(0, LONGEST)}…` : written
  return words("upgrade.not_there", { written: quoted, first, last })
}
