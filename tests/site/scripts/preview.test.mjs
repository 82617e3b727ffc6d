// Previews: where one lies, and what is said of it.

import assert from "node:assert/strict"
import { test } from "node:test"

import { addressOf, saidOf } from "#popover/preview.js"

const WORDS = {
  close: "",
  table: "",
  table_of: "",
  issue: "号へ",
  part: "ここから",
  kep: "KEP へ",
  topic: "トピックへ",
}
/** @type {[string, string, string][]} */
const parts = [
  ["", "", "書き出し"],
  ["a-節", "節", "節の初め"],
]
/** @type {import("#popover/preview.js").Preview} */
const ISSUE = { kind: "issue", title: "三つの話題", day: "2026-09-04", parts }

test("a preview lies beside its page, whatever the link is for", () => {
  /** @type {[string, string][]} */
  const places = [
    ["https://neco.example/issues/a/#b", "https://neco.example/issues/a/preview.json"],
    ["https://neco.example/issues/a/index.html?q=x", "https://neco.example/issues/a/preview.json"],
    ["https://neco.example/issues/a.html#b", "https://neco.example/issues/a.preview.json"],
  ]
  for (const [href, place] of places) assert.equal(addressOf({ href }), place)
})

test("a link to a heading shows its beginning, one to an issue the issue's", () => {
  assert.deepEqual(saidOf(ISSUE, "#a-%E7%AF%80", WORDS), {
    title: "節",
    page: "ここから",
    data: { more: "三つの話題 (2026-09-04)\n節の初め" },
  })
  const whole = { title: "三つの話題", page: "号へ", data: { more: "2026-09-04\n書き出し" } }
  assert.deepEqual(saidOf(ISSUE, "", WORDS), whole)
  assert.deepEqual(saidOf(ISSUE, "#fn:1", WORDS), whole) // of what is no heading
  assert.deepEqual(saidOf(ISSUE, "#%E7%", WORDS), whole)
})

test("a day stands there once", () => {
  const said = saidOf({ ...ISSUE, title: "Neco Weekly (2026-09-04号)" }, "#a-節", WORDS)
  assert.equal(said.data.more, "Neco Weekly (2026-09-04号)\n節の初め")
})

test("a KEP and a topic say their lines", () => {
  /** @type {import("#popover/preview.js").Preview} */
  const kep = { kind: "kep", title: "#1 x", lines: ["いま", "出典"], stage: "beta", pull: "7" }
  assert.deepEqual(saidOf(kep, "", WORDS), {
    title: "#1 x",
    page: "KEP へ",
    data: { more: "いま\n出典", stage: "beta", ended: undefined, pull: "7" },
  })
})
