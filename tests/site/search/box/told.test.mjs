// What the box tells of an answer.

import assert from "node:assert/strict"
import { test } from "node:test"

import { told } from "#search-box/status.js"
import { filled, shortened, withCommas } from "#search-box/words.js"

const words = /** @type {import("#search-box/words.js").Words} */ ({
  broken: "broken.",
  count: "{count} found.",
  failed: "Some failed.",
  none: "No “{query}”.",
  partial: "{count} so far.",
  searching: "Searching.",
  unknown: "No {filter} here.",
})

const ALL = { loaded: 3, failed: 0, total: 3 }
const answer = (/** @type {Partial<import("#search/messages.js").Result>} */ fields) => ({
  ...{ query: "swap", total: 1234, complete: true, shards: ALL, filters: [], unknown: [], near: null },
  ...fields,
})

const FILTER = { name: "year", value: "1999", typed: "Year:1999" }

/** An answer, and what is told of it. @type {[import("#search/messages.js").Result, string][]} */
const TOLD = [
  [answer({}), "1,234 found."],
  [answer({ complete: false }), "1,234 so far."],
  [answer({ total: 0 }), "No “swap”."],
  [answer({ total: 0, query: " swap " }), "No “swap”."],
  [answer({ total: 0, complete: false }), "Searching."],
  [answer({ total: 0, unknown: [FILTER, FILTER] }), "No “swap”. No Year:1999 Year:1999 here."],
  [answer({ total: 0, unknown: [FILTER], complete: false }), "Searching."],
  [answer({ shards: { loaded: 2, failed: 1, total: 3 } }), "1,234 found. Some failed."],
  [answer({ shards: { loaded: 1, failed: 1, total: 3 }, complete: false }), "1,234 so far."],
  [answer({ total: 0, shards: { loaded: 0, failed: 3, total: 3 } }), "broken."],
  [answer({ total: 0, shards: { loaded: 0, failed: 0, total: 0 } }), "No “swap”."],
]

for (const [it, sentences] of TOLD) test(`told: ${sentences}`, () => assert.equal(told(it, words), sentences))

test("fields are filled by their names, and text of a reader is not looked at again", () => {
  assert.equal(filled("{b} and {a}", { a: 1, b: "{a}" }), "{a} and 1")
})

test("numbers have commas", () => {
  assert.deepEqual([0, 999, 1000, 1234567].map(withCommas), ["0", "999", "1,000", "1,234,567"])
})

test("a long query is told by its beginning, in whole letters", () => {
  assert.equal(shortened("🦀".repeat(60)), "🦀".repeat(60))
  assert.equal(shortened("🦀".repeat(61)), `${"🦀".repeat(60)}…`)
})
