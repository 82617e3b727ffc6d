// A query answered from the shards that are in.

import { asTyped } from "./clauses.js"
import { isAbout, passing, unknownOf } from "./filters.js"
import { isNameOfKep } from "./kep.js"
import { asMeant } from "./meaning.js"
import { parsed } from "./query.js"
import { CANDIDATES, ENOUGH_PAGES, EQUAL, MOST_SORTED, PRIOR, TIERS } from "./ranking-weights.js"
import { grouped, itemsOf } from "./results.js"
import { scored } from "./score.js"
import { nearest } from "./spelling.js"
import { titleFactor } from "./title.js"

/**
 * @import { Clause } from "./clauses.js"
 * @import { Filter } from "./filters.js"
 * @import { Query, Term } from "./query.js"
 * @import { Item, Row } from "./results.js"
 * @import { Found } from "./score.js"
 * @import { Page, Shard } from "./shard.js"
 * @import { Site } from "./site.js"
 */

/**
 * @typedef {Map<Shard, Uint8Array | null>} Passes which sections the filters let through
 * @typedef {(clauses: Clause[], isStrict: boolean) => Found[]} Search
 *
 * @typedef {object} Answer
 * @property {Item[][]} items
 * @property {number} total sections found
 * @property {Filter[]} filters
 * @property {Filter[]} unknown
 * @property {string | null} near another spelling of the query
 */

/**
 * @param {string} text
 * @param {Site} site
 * @param {boolean} isComplete whether all of the site is in, so that nothing found means that there is nothing
 * @returns {Answer}
 */
export function answer(text, site, isComplete = true) {
  const query = parsed(text)
  const rows = rowsFor(query, site)
  return {
    items: itemsOf(grouped(best(rows, MOST_SORTED))),
    total: rows.length,
    filters: query.filters,
    unknown: unknownOf(query.filters, site.facets),
    near: isComplete && !rows.length ? nearest(query, site) : null,
  }
}

/**
 * A KEP and what mentions it, then what was typed, then what may have been meant, as long as that is not enough.
 *
 * @param {Query} query @param {Site} site @returns {Row[]}
 */
function rowsFor({ terms, filters, phrase }, site) {
  const passes = new Map(site.shards.map(shard => [shard, passing(filters, shard)]))
  if (!terms.length) return filters.length ? everything(site, passes, filters) : []
  /** @type {Search} */
  const search = (clauses, isStrict) => scored(clauses, site.shards, isStrict, passes)
  const rows = about(terms, search)
  if (rows.length && terms.some(({ kep, text }) => kep !== null && !text)) return rows
  const typed = asTyped(terms)
  add(rows, rated(search(typed, true), typed, phrase), TIERS.typed)
  if (pagesIn(rows) >= ENOUGH_PAGES) return rows
  const meant = asMeant(terms, site)
  add(rows, rated(search(meant, false), meant, phrase), TIERS.meant)
  return rows
}

/**
 * Where a query is nothing but a KEP's number: its page, then what mentions it, newest first.
 *
 * @param {Term[]} terms @param {Search} search @returns {Row[]}
 */
function about(terms, search) {
  const [asked, ...others] = terms.filter(({ text }) => !isNameOfKep(text))
  if (!asked || asked.kep === null || others.length) return []
  const clauses = asTyped([{ ...asked, text: "" }])
  const { kep } = asked
  return search(clauses, true).map(row => {
    const tier = isPageOf(row, [kep]) ? TIERS.kep : TIERS.mention
    return Object.assign(row, { score: tier * (1 + row.score * EQUAL), clauses })
  })
}

/** @param {Pick<Row, "shard" | "section">} row @param {number[]} numbers */
const isPageOf = ({ shard, section }, numbers) => numbers.includes(shard.pages[section].e?.n ?? -1)

/**
 * What was found, with what its headings and its pages are worth.
 *
 * @param {Found[]} found @param {Clause[]} clauses @param {string} phrase
 * @returns {Row[]}
 */
function rated(found, clauses, phrase) {
  const factor = titleFactor(phrase)
  for (const row of best(found, CANDIDATES)) row.score *= factor(row)
  return found.map(row => {
    const { k = "", b = 1 } = row.shard.pages[row.section]
    return Object.assign(row, { score: row.score * (PRIOR[k] ?? 1) * b, clauses })
  })
}

/**
 * Add rows of a lower tier, without the sections that are there.
 *
 * @param {Row[]} rows @param {Row[]} more @param {number} tier
 */
function add(rows, more, tier) {
  /** @type {Map<Shard, Set<number>>} */
  const taken = new Map()
  for (const { shard, section } of rows) taken.set(shard, (taken.get(shard) ?? new Set()).add(section))
  for (const row of more) {
    if (!taken.get(row.shard)?.has(row.section)) rows.push(Object.assign(row, { score: row.score * tier }))
  }
}

/**
 * The rows with the highest scores, in no order: about so many, where there are more.
 *
 * @template {Found} R @param {R[]} rows @param {number} count
 */
function best(rows, count) {
  if (rows.length <= count) return rows
  const least = Float64Array.from(rows, row => row.score).sort()[rows.length - count]
  return rows.filter(row => row.score >= least)
}

/** @param {Row[]} rows */
function pagesIn(rows) {
  const pages = new Set()
  for (const { shard, section } of rows) {
    pages.add(shard.pages[section])
    if (pages.size === ENOUGH_PAGES) break
  }
  return pages.size
}

/**
 * Everything that the filters let through, the page of a KEP or of a topic that they name first.
 *
 * @param {Site} site @param {Passes} passes @param {Filter[]} filters
 * @returns {Row[]}
 */
function everything({ shards }, passes, filters) {
  const numbers = filters.filter(({ name }) => name === "kep").map(({ value }) => Number(value))
  const topics = filters.filter(({ name }) => name === "topic").map(({ value }) => value)
  /** @param {Page} page */
  const isOfTopic = page => page.k === "topic" && topics.some(topic => isAbout(page, topic))
  return shards.flatMap(shard => {
    const sections = [...shard.sections.keys()].filter(section => passes.get(shard)?.[section])
    /** @param {number} section */
    const score = section => (isPageOf({ shard, section }, numbers) || isOfTopic(shard.pages[section]) ? TIERS.kep : 1)
    return sections.map(section => ({ shard, section, score: score(section), clauses: [] }))
  })
}
