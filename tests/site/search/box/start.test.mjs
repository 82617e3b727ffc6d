// Before anything is typed: examples that the site can answer, and keys that go from one filter to the next.

import assert from "node:assert/strict"
import { test } from "node:test"

import { examplesOf } from "#search-box/start.js"
import { nextPlace } from "#search-box/toolbar.js"

const issue = (...keps) => ({ location: "issues/a/", title: "a", day: "2026-09-04", headings: [], keps })

test("examples are of this site: a KEP of its last issues, and a value of each filter", () => {
  const facets = { sig: ["sig-node", "sig-apps"], topic: ["cilium"], planned: ["1.37"], year: ["2026"] }
  assert.deepEqual(examplesOf([issue(), issue(127, 2400)], facets), [
    "KEP-127",
    "sig:node",
    "topic:cilium",
    "planned:1.37",
  ])
})

test("what the site does not have is no example", () => {
  assert.deepEqual(examplesOf([], {}), [])
  assert.deepEqual(examplesOf([issue()], { sig: [], topic: ["cilium"] }), ["topic:cilium"])
})

test("arrows go round, Home and End to the ends, and other keys nowhere", () => {
  /** @type {[string, number, number][]} */
  const places = [
    ["ArrowRight", 0, 1],
    ["ArrowRight", 2, 0],
    ["ArrowLeft", 0, 2],
    ["Home", 1, 0],
    ["End", 1, 2],
    ["a", 1, -1],
    ["toString", 1, -1],
  ]
  for (const [key, from, to] of places) assert.equal(nextPlace(key, from, 3, false), to, key)
  assert.equal(nextPlace("ArrowLeft", 0, 3, true), 1)
})
