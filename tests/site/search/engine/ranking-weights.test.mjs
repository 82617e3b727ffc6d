// The numbers of the ranking: all in one table, each with what it means, and what some of them are for.

import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import { test } from "node:test"
import { fileURLToPath } from "node:url"

import { norm } from "#search/norm.js"
import * as ranking from "#search/ranking-weights.js"
import { prepared } from "#search/shard.js"
import { titleFactor } from "#search/title.js"
import { page, pagesOf, siteOf } from "./tiny.mjs"

// --- the table ---

const FOLDER = fileURLToPath(new URL(".", import.meta.resolve("#search/ranking-weights.js")))
const MODULES = readdirSync(FOLDER).filter(name => name !== "ranking-weights.js")
const textOf = name => readFileSync(FOLDER + name, "utf-8")
const TABLE = textOf("ranking-weights.js")

test("each number says what it does, and what higher and lower mean", () => {
  const entries = [...TABLE.matchAll(/\/\*\*\n((?: \*.*\n)+?) \*\/\nexport const (\w+) = /g)]
  assert.deepEqual(entries.map(([, , name]) => name).sort(), Object.keys(ranking).sort())
  for (const [, comment, name] of entries) assert.match(comment, /^ \* \S[\s\S]+ \* Higher: [\s\S]+ Lower: /, name)
})

test("each number is used", () => {
  const others = MODULES.map(textOf).join("")
  for (const name of Object.keys(ranking)) assert.match(others, new RegExp(`(?<!\\w)${name}(?!\\w)`))
})

/** What other modules have beside 0, 1 and 2: numbers of letters, files and milliseconds, which rank nothing. */
const OTHERS = {
  "find.js": ["100"], // words of which the places are kept
  "highlight.js": ["140", "30", "20", "30", "600"], // letters of a teaser, marks, texts that are kept
  "messages.js": ["3", "10", "11"], // kinds of messages
  "norm.js": ["0x3041", "0x3096", "0x60"], // letters
  "query.js": ["256", "24"], // letters and words that are read
  "results.js": ["6"], // words that the theme marks
  "script.js": ["3", "4", "5"], // scripts
  "session.js": ["100"], // ms
  "title.js": ["0x10000"], // two letters in one number
  "vocabulary.js": ["31"], // bits
}

// Strings, templates, comments and regular expressions, as Biome writes them: a division has spaces around it.
const STRING = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`/
const COMMENT = /\/\/.*|\/\*[\s\S]*?\*\//
const PATTERN = /\/(?![*/ ])(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n[])+\//
const QUOTED = new RegExp([STRING, COMMENT, PATTERN].map(({ source }) => source).join("|"), "g")

const numbersIn = name =>
  textOf(name)
    .replace(QUOTED, "")
    .match(/(?<![\w.$])\d[\w.]*/g) ?? []

for (const name of MODULES) {
  test(`no number of the ranking is in ${name}`, () => {
    const numbers = numbersIn(name).filter(number => !["0", "1", "2"].includes(number))
    const isLetter = number => name === "script.js" && number.startsWith("0x")
    assert.deepEqual(
      numbers.filter(number => !isLetter(number)),
      OTHERS[name] ?? [],
    )
  })
}

// --- what they are for ---

/** What the heading of a page adds to its score for a query. */
function factorOf(heading, query) {
  const shard = prepared({ version: 1, name: "x", pages: [page("p", { [heading]: "" })] })
  return titleFactor(norm(query))({ shard, section: 1, score: 1 })
}

test("a heading with the whole query in it is worth more than one with the same letters apart", () => {
  const [inOne, apart] = [factorOf("abcxy", "abc"), factorOf("bcxab", "abc")] // both have ab and bc, and as many others
  assert.equal(Number((inOne - apart).toFixed(6)), ranking.CONTAINED)
  assert.ok(inOne > apart)
})

test("the heading that is the query comes before one that only has it", () => {
  assert.ok(factorOf("スワップ", "スワップ") > factorOf("スワップの使い方", "スワップ"))
  assert.ok(factorOf("スワップの使い方", "スワップ") > factorOf("ノードの使い方", "スワップ"))
})

/** Kinds of pages, those that come first among equals before the others. */
const KINDS = [["issue"], ["kep", "page"], ["release", "sig"]]

test("issues come first, then KEPs and other pages, then what is only a list", () => {
  const pages = KINDS.flat().map(k => page(k, { a: "swap" }, { k }))
  for (const site of [siteOf([pages]), siteOf([pages.toReversed()])]) {
    const found = pagesOf("swap", site)
    const groups = [found.slice(0, 1), found.slice(1, 3), found.slice(3)]
    assert.deepEqual(
      groups.map(group => group.sort()),
      KINDS,
    )
  }
})

test("an issue comes before a KEP's page that says the same, and after one that says it better", () => {
  const issue = page("2026-07-10", { a: "swap" })
  assert.deepEqual(pagesOf("swap", siteOf([[page("keps/1", { a: "swap" }, { k: "kep" }), issue]])), [
    "2026-07-10",
    "keps/1",
  ])
  assert.deepEqual(pagesOf("swap", siteOf([[page("keps/1", { swap: "swap" }, { k: "kep" }), issue]])), [
    "keps/1",
    "2026-07-10",
  ])
})

test("a word is worth the most in a heading, and less in a card than in prose", () => {
  const { HEADING_WORTH, PROSE_WORTH, ABOUT_WORTH, CARD_WORTH, MENTIONED_WORTH } = ranking
  const worths = [HEADING_WORTH, PROSE_WORTH, ABOUT_WORTH, CARD_WORTH, MENTIONED_WORTH]
  assert.deepEqual(
    worths,
    worths.toSorted((one, other) => other - one),
  )
  assert.equal(new Set(worths).size, worths.length)
})
