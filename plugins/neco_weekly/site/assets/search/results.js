// Found sections as the rows that the theme draws: a group for each page.

import { marked, marksIn, teaser } from "./highlight.js"
import { FOLDED, MOST_GROUPS, MOST_ROWS, NEAR, NOTEWORTHY, SHOWN, STEPS } from "./ranking-weights.js"
import { hitsOf } from "./score.js"
import { headingOf } from "./shard.js"

const MOST_TERMS = 6 // that the theme marks in the page that is opened

/**
 * @import { Clause, Way } from "./clauses.js"
 * @import { Mark } from "./highlight.js"
 * @import { Found } from "./score.js"
 * @import { Kep, Page, Section } from "./shard.js"
 */

/**
 * @typedef {Found & {clauses: Clause[]}} Row
 *
 * @typedef {object} Item a row as the theme takes it; what it does not know of is in `neco`
 * @property {string} location
 * @property {string} title HTML
 * @property {string} text HTML
 * @property {number} score
 * @property {Record<string, boolean>} terms
 * @property {Facts} neco
 *
 * @typedef {object} Facts
 * @property {string} kind of page
 * @property {string | null} date
 * @property {number | null} number of the issue
 * @property {{number: number, standing: Standing | null} | null} kep with where it stands, if that is known
 *
 * @typedef {object} Standing as in a shard
 * @property {string | undefined} stage @property {string | undefined} milestone
 * @property {Kep["plan"]} plan @property {string | undefined} ended
 */

/**
 * @param {Row[]} rows
 * @returns {Row[][]} a group for each page, best first, and in each the best row first; the newer page first among equals
 */
export function grouped(rows) {
  /** @type {Map<string, Row[]>} */
  const groups = new Map()
  for (const row of rows) {
    const { u } = pageOf(row)
    const group = groups.get(u)
    if (group) group.push(row)
    else groups.set(u, [row])
  }
  /** @param {Row} one @param {Row} other */
  const better = (one, other) => other.score - one.score || one.section - other.section
  /** @param {Row[]} group */
  const level = ([{ score }]) => Math.round(Math.log(score) * STEPS)
  /** @param {Row[]} group */
  const day = ([row]) => pageOf(row).d ?? ""
  /** @param {Row[]} one @param {Row[]} other */
  const newer = (one, other) => (day(one) < day(other) ? 1 : day(one) > day(other) ? -1 : 0)
  for (const group of groups.values()) group.sort(better)
  /** @param {Row[]} one @param {Row[]} other */
  const order = (one, other) => level(other) - level(one) || newer(one, other) || other[0].score - one[0].score
  return [...groups.values()].sort(order)
}

/**
 * @param {Row[][]} groups
 * @returns {Item[][]} items as the theme takes them. Their scores only say what comes first: the theme opens the
 *   highest on Enter, and shows the rows of a group that have that of its first.
 */
export function itemsOf(groups) {
  return groups.slice(0, MOST_GROUPS).map((group, place) => itemsOfPage(group, MOST_GROUPS - place))
}

/** The page's own row is always among them. @param {Row[]} group @param {number} highest @returns {Item[]} */
function itemsOfPage(group, highest) {
  /** @param {Row} row */
  const isOwn = ({ shard, section }) => shard.parents[section] < 0
  const rows = group.slice(0, MOST_ROWS)
  const own = group.find(isOwn)
  if (own && !rows.includes(own)) rows.push(own)
  let shown = 0
  const items = rows.map(row => {
    const isShown = row === group[0] || (row !== own && row.score >= NEAR * group[0].score && shown < SHOWN)
    if (isShown) shown++
    return item(row, isShown ? highest : highest - FOLDED)
  })
  return own ? items : [...items, item({ ...group[0], section: firstOf(group[0]), clauses: [] }, 0)]
}

/** @param {Row} row @param {number} score @returns {Item} */
function item(row, score) {
  const page = pageOf(row)
  const section = row.shard.sections[row.section]
  const clauses = row.clauses.filter(clause => clause.weight >= NOTEWORTHY)
  const ways = clauses.flatMap(clause => clause.ways)
  const heading = headingOf(page, section)
  const inHeading = marksIn(heading, ways)
  const { text, marks } = bestText(section, ways)
  return {
    location: section.a ? `${page.u}#${section.a}` : page.u,
    title: marked(heading, inHeading),
    text: teaser(text, marks),
    score,
    terms: { ...wordsMarked(heading, inHeading), ...wordsMarked(text, marks), ...missing(row, clauses) },
    neco: { kind: page.k ?? "page", date: page.d ?? null, number: page.n ?? null, kep: kepOf(row, page) },
  }
}

/** Where the query stands: in the prose, or else in the cards. @param {Section} section @param {Way[]} ways */
function bestText({ x = "", c = [] }, ways) {
  const marks = marksIn(x, ways)
  if (marks.length || !c.length) return { text: x, marks }
  const cards = c.map(card => card.replaceAll("\n", " · ")).join(" / ")
  const inCards = marksIn(cards, ways)
  return inCards.length || !x ? { text: cards, marks: inCards } : { text: x, marks }
}

/** What the theme marks in the page that is opened. @param {string} text @param {Mark[]} marks */
function wordsMarked(text, marks) {
  return Object.fromEntries(marks.slice(0, MOST_TERMS).map(([start, end]) => [text.slice(start, end), true]))
}

/** @param {Row} row @param {Clause[]} clauses */
function missing({ shard, section }, clauses) {
  /** @param {number} place @returns {number[]} */
  const above = place => (place < 0 ? [] : [place, ...above(shard.parents[place])])
  const places = above(section)
  /** @param {Clause} clause */
  const isThere = clause => places.some(place => hitsOf(shard, clause)[place] > 0)
  const there = new Set(clauses.filter(isThere).map(clause => clause.typed))
  return Object.fromEntries(clauses.filter(clause => !there.has(clause.typed)).map(clause => [clause.typed, false]))
}

/** @param {Row} row @param {Page} page @returns {Facts["kep"]} */
function kepOf({ shard, section }, page) {
  const number = shard.about[section].at(0)
  if (number === undefined) return null
  const kep = page.e ?? shard.keps[number]
  if (!kep) return { number, standing: null }
  const { stage, milestone, plan, ended } = kep
  return { number, standing: { stage, milestone, plan, ended } }
}

/** @param {Row} row */
const pageOf = ({ shard, section }) => shard.pages[section]

/** The page's own section above one. @param {Row} row */
function firstOf({ shard, section }) {
  while (shard.parents[section] >= 0) section = shard.parents[section]
  return section
}
