// A shard made ready: its words normalised in one long text, which a word is looked for in at one go.

import { kana, norm } from "./norm.js"
import { ABOUT_WORTH, CARD_WORTH, HEADING_WORTH, MENTIONED_WORTH, PROSE_WORTH } from "./ranking-weights.js"

export const VERSION = 1

/** The fields of a section, in the order they stand in the text, and what a word in each is worth. */
export const HEADING = 0
export const CARDS = 2
export const WORTH = [
  HEADING_WORTH,
  PROSE_WORTH,
  CARD_WORTH,
  ABOUT_WORTH, // names of the KEP a section is about
  MENTIONED_WORTH, // names of the KEPs it mentions
]
export const FIELDS = WORTH.length

/**
 * @typedef {object} Section as it stands in a shard's file; what is absent is empty
 * @property {string} [a] anchor @property {string} [h] heading @property {string} [x] prose
 * @property {string[]} [c] cards @property {number[]} [q] KEPs @property {string[]} [o] topics
 * @property {number} [l] level of the heading
 *
 * @typedef {object} Kep @property {string} [title] @property {string} [sig] @property {string} [stage] that shipped
 * @property {string} [milestone] the release that the stage came with
 * @property {{stage: string, release: string}} [plan] what is only planned
 * @property {string} [ended] status of a proposal that goes no further @property {string[]} [gates] those of today
 *
 * @typedef {object} Page @property {string} u address @property {string} t title @property {string} [d] ISO day
 * @property {number} [n] issue @property {string} [k] kind
 * @property {number} [b] what its author wants its rank multiplied by @property {Kep & {n: number}} [e] the KEP it is about
 * @property {Section[]} s
 *
 * @typedef {{version: number, name: string, pages: Page[], keps?: Record<string, Kep>}} ShardFile what its JSON holds
 *
 * @typedef {{page: Page, section: Section, above: number}} PlacedSection `above`: by how many places the one that it stands
 *   under comes before it; 0 for the page's own
 *
 * @typedef {object} Shard
 * @property {string} name
 * @property {Section[]} sections
 * @property {Page[]} pages the page of each section
 * @property {Int32Array} parents the section whose heading each one stands under; -1 for the page's own
 * @property {Int32Array} lengths letters of heading, prose and cards
 * @property {number} letters all of them
 * @property {number[][]} about the KEPs that each section is about
 * @property {Map<number, number[]>} mentions sections by KEP
 * @property {Record<string, Kep>} keps
 * @property {string} text all fields of all sections, normalised, each ended by a line feed
 * @property {string} kana the same, hiragana as katakana
 * @property {Int32Array} ends where each field ends: FIELDS of them for each section
 * @property {Map<string, import("./find.js").Hits>} found what was looked for
 */

/**
 * @param {unknown} file what a shard's JSON holds
 * @returns {Shard}
 * @throws {TypeError} it is of another version or shape
 */
export function prepared(file) {
  expect(isShardFile(file), "shard of this version")
  const rows = file.pages.flatMap(rowsOf)
  const shard = {
    name: file.name,
    keps: file.keps ?? {},
    pages: rows.map(row => row.page),
    sections: rows.map(row => row.section),
    parents: Int32Array.from(rows, (row, place) => (row.above ? place - row.above : -1)),
    about: rows.map(row => aboutOf(row.page, row.section)),
    mentions: mentionsOf(rows),
    found: new Map(),
  }
  const text = norm(
    rows
      .flatMap((_, place) => fieldsOf(shard, place))
      .map(asLine)
      .join(""),
  )
  const ends = endsOf(text, rows.length * FIELDS)
  const lengths = lengthsOf(ends)
  return { ...shard, text, kana: kana(text), ends, lengths, letters: lengths.reduce((sum, length) => sum + length, 0) }
}

/**
 * @param {Pick<Shard, "pages" | "sections" | "about" | "keps">} shard @param {number} place of a section
 * @returns {string[]} its words as they are written, a text for each field
 */
export function fieldsOf({ pages, sections, about, keps }, place) {
  const page = pages[place]
  const section = sections[place]
  const own = about[place]
  const others = kepsOf(page, section).filter(number => !own.includes(number))
  /** @param {number} number */
  const names = number => namesOf(page.e?.n === number ? page.e : keps[number])
  const day = isFirst(page, section) && page.d ? [page.d] : []
  const words = [...day, ...own.flatMap(names)]
  return [
    headingOf(page, section),
    section.x ?? "",
    ...[section.c ?? [], words, others.flatMap(names)].map(it => it.join(" ")),
  ]
}

/** @param {Page} page @param {Section} section */
export const headingOf = (page, section) => section.h || (isFirst(page, section) ? page.t : "")

/** @param {Page} page @param {Section} section */
export const kepsOf = (page, section) => section.q ?? (isFirst(page, section) && page.e ? [page.e.n] : [])

/** @param {unknown} file @returns {file is ShardFile} its pages are looked at one by one */
function isShardFile(file) {
  if (typeof file !== "object" || file === null || !("version" in file) || !("pages" in file)) return false
  return file.version === VERSION && Array.isArray(file.pages)
}

/** @param {Page} page @returns {PlacedSection[]} */
function rowsOf(page) {
  expect(isText(page?.u) && isText(page.t) && Array.isArray(page.s) && page.s.length > 0, "page")
  /** @type {number[]} */
  const open = [] // headings that the next section may stand under
  return page.s.map((section, place) => {
    expect(
      [section.a, section.h, section.x].every(text => isText(text ?? "")),
      "section",
    )
    while (open.length > 1 && levelOf(section) <= levelOf(page.s[open[open.length - 1]])) open.pop()
    const above = open.length ? place - open[open.length - 1] : 0
    open.push(place)
    return { page, section, above }
  })
}

/** The KEPs that a section is about: that of its page, those in its heading. A page's title has other numbers, of days. @param {Page} page @param {Section} section */
function aboutOf(page, section) {
  if (isFirst(page, section)) return page.e ? [page.e.n] : []
  if (!section.q) return []
  const numbers = ((section.h ?? "").normalize("NFKC").match(/\d+/g) ?? []).map(Number)
  return section.q.filter(number => numbers.includes(number))
}

/** @param {PlacedSection[]} rows */
function mentionsOf(rows) {
  /** @type {Map<number, number[]>} */
  const mentions = new Map()
  rows.forEach(({ page, section }, place) => {
    for (const number of kepsOf(page, section)) mentions.set(number, [...(mentions.get(number) ?? []), place])
  })
  return mentions
}

/** @param {Page} page @param {Section} section */
const isFirst = (page, section) => section === page.s[0]
/** @param {Kep | undefined} kep @returns {string[]} */
const namesOf = kep => (kep ? [kep.title ?? "", ...(kep.gates ?? []), kep.sig ?? ""] : [])
/** @param {Section} section */
const levelOf = section => section.l ?? 2
/** @param {unknown} value */
const isText = value => typeof value === "string"
/** @param {string} text */
const asLine = text => `${text.replaceAll("\n", " ")}\n`

/** @param {boolean} isSo @param {string} what @returns {asserts isSo} */
function expect(isSo, what) {
  if (!isSo) throw new TypeError(`no ${what}`)
}

/** @param {string} text @param {number} count */
function endsOf(text, count) {
  const ends = new Int32Array(count)
  for (let field = 0, end = -1; field < count; field++) ends[field] = end = text.indexOf("\n", end + 1)
  return ends
}

/** @param {Int32Array} ends */
function lengthsOf(ends) {
  /** @param {number} section */
  const start = section => (section ? ends[section * FIELDS - 1] : -1)
  return Int32Array.from(
    { length: ends.length / FIELDS },
    (_, section) => ends[section * FIELDS + CARDS] - start(section),
  )
}
