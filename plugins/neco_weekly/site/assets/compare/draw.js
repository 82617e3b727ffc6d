// A comparison as elements, the same as templates/upgrade_parts.html has them. Every text is text, never markup.

import { summaryOf } from "./sentences.js"

/**
 * @import { Comparison, GateEnd, Link, RemovedApi, Row } from "./comparison.js"
 * @import { Words } from "./texts.js"
 */

/** @typedef {HTMLElement | string | false | null} Child */

/** Phrases that only some kinds have: of the others the name says all. */
const REMARKED = ["on-by-default", "off-by-default", "beta", "removed"]

const AT_ONCE = 20 // rows that are drawn before a reader may see them; more than a screen has

/** @param {string} tag @param {Record<string, string>} attributes @param {Child[]} children */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children.filter(it => it !== false && it !== null))
  return made
}

/** As pages have it: long code may be broken, since a phone has no room for it. @param {string} text */
const code = text => element("code", text.length > 27 ? { class: "neco-long" } : {}, text)

/** @param {Link} link */
const anchor = ({ text, url }) => element("a", { href: url }, text)

/** @param {string} text @param {string} kind */
const paragraph = (text, kind = "") => element("p", kind ? { class: kind } : {}, text)

/** @param {string} id @param {string} text @param {number} count that is told unless it is 0 */
const heading = (id, text, count) =>
  element("h2", { id }, count > 0 ? `${text} ` : text, count > 0 && element("small", {}, String(count)))

/** @param {string[]} labels @param {HTMLElement} body @param {string} kind */
function table(labels, body, kind) {
  const head = labels.map(label => element("th", { scope: "col" }, label))
  return element("table", { class: kind }, element("thead", {}, element("tr", {}, ...head)), body)
}

/**
 * Each element is made when it is asked for, and null is where a reader may be shown what there is so far.
 *
 * @param {Comparison} found @param {Words} words @returns {Generator<HTMLElement | null, void>}
 */
export function* drawn(found, words) {
  const { old, new: then } = found
  yield paragraph(summaryOf(found, words))
  if (found.onlyMentioned) yield paragraph(words("upgrade.only_mentioned"), "neco-source")
  yield* defaultsKnown(found, words)
  yield* apis(found, words)
  yield* ends(found, words)
  for (const [kind, rows] of found.kinds) {
    yield heading(kind, words(`upgrade.kind_${kind}`), rows.length)
    if (REMARKED.includes(kind)) yield paragraph(words(`upgrade.about_${kind}`))
    yield* keps(rows, "gates", words)
  }
  if (!found.passed.length) return
  yield heading("passed", words("upgrade.passed"), found.passed.length)
  yield paragraph(words("upgrade.about_passed", { old, new: then }))
  yield* keps(found.passed, "between", words)
}

/** @param {Comparison} found @param {Words} words */
function defaultsKnown({ gatesUntil, isTold }, words) {
  if (gatesUntil === null) return [paragraph(words("upgrade.defaults_unknown"), "neco-source")]
  return isTold ? [] : [paragraph(words("upgrade.defaults_until", { release: gatesUntil }), "neco-source")]
}

/** @param {Row[]} rows @param {"gates" | "between"} third column @param {Words} words @returns {Generator<HTMLElement | null, void>} */
function* keps(rows, third, words) {
  const between = third === "gates" ? words("upgrade.gates") : words("upgrade.between")
  const labels = [words("upgrade.kep"), words("upgrade.stage"), between, words("upgrade.places")]
  const body = element("tbody", {})
  yield table(labels, body, "neco-upgrade__keps")
  for (const [place, row] of rows.entries()) {
    if (place && place % AT_ONCE === 0) yield null
    body.append(line(row, third, words))
  }
  yield null
}

/** @param {Row} row @param {"gates" | "between"} third column @param {Words} words */
const line = (row, third, words) =>
  element(
    "tr",
    {},
    element("th", { scope: "row" }, anchor(row.kep), element("small", {}, row.owner)),
    element("td", {}, row.change),
    element("td", {}, ...(third === "gates" ? gates(row, words) : row.passing.map(it => element("span", {}, it)))),
    element(
      "td",
      {},
      ...row.places.map(anchor),
      row.more > 0 && element("small", {}, words("upgrade.more", { count: row.more })),
    ),
  )

/** @param {Row} row @param {Words} words @returns {Child[]} */
function gates(row, words) {
  if (!row.gates.length) return [words("upgrade.default_unknown")]
  return row.gates.map(([name, text]) => element("span", {}, code(name), ` ${text}`))
}

/** @param {Comparison} found @param {Words} words */
function ends({ ends: all, gatesUntil, isTold, toldUntil }, words) {
  const told = all.filter(it => !it.isRoutine)
  const routine = all.filter(it => it.isRoutine)
  const first = heading("gates", words("upgrade.ends"), told.length)
  if (gatesUntil === null) return [first, paragraph(words("upgrade.ends_unknown"))]
  const found = [first]
  if (told.length) found.push(paragraph(words("upgrade.about_ends")), listOf(told))
  else if (!all.length && toldUntil) found.push(paragraph(words("upgrade.ends_none", { release: toldUntil })))
  if (routine.length) {
    const summary = element("summary", {}, words("upgrade.ends_routine", { count: routine.length }))
    found.push(element("details", {}, summary, listOf(routine)))
  }
  if (!isTold) found.push(paragraph(words("upgrade.ends_until", { release: gatesUntil })))
  return found
}

/** @param {GateEnd[]} ends */
function listOf(ends) {
  const items = ends.map(({ name, text, keps }) => {
    const links = keps.flatMap(it => [" ", anchor(it)])
    return element("li", {}, code(name), " ", element("span", {}, text), ...links)
  })
  return element("ul", {}, ...items)
}

/** @param {RemovedApi[]} removed @param {Words} words */
function removedTable(removed, words) {
  const labels = [words("upgrade.api"), words("upgrade.release"), words("upgrade.replacement")]
  const lines = removed.map(it => {
    const replacements = it.replacements.map(text => element("span", {}, text))
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, anchor(it.api), element("small", {}, it.versions)),
      element("td", {}, it.release),
      element("td", {}, ...(replacements.length ? replacements : [words("upgrade.api_nothing")])),
    )
  })
  return table(labels, element("tbody", {}, ...lines), "neco-upgrade__apis")
}

/** @param {Comparison} found @param {Words} words */
function apis({ guide }, words) {
  const first = heading("apis", words("upgrade.apis"), guide?.removed.length ?? 0)
  if (!guide) return [first, paragraph(words("upgrade.apis_unknown"))]
  const { day, removed, late, unread } = guide
  const found = [first]
  const and = words("site.and")
  if (removed.length) found.push(removedTable(removed, words))
  else if (!late && !unread.length) found.push(paragraph(words("upgrade.apis_none")))
  if (unread.length) found.push(paragraph(words("upgrade.apis_unread", { sections: unread.join(and) })))
  if (late) found.push(paragraph(words("upgrade.apis_late", { day, release: late })))
  return [...found, paragraph(words("upgrade.apis_source", { day }), "neco-source")]
}
