// Rows that fit the words of the free text, and their order.

import assert from "node:assert/strict"
import { test } from "node:test"

import { escaped, linked, markdownTable } from "#filter/markdown.js"
import { compare, understood } from "#filter/order.js"
import { folded, testsOf, withoutV, wordsIn } from "#filter/query.js"
import { sentence } from "#filter/said.js"

test("a KEP is meant by its number however it is written, a release without its v", () => {
  const forms = ["KEP-127", "#127", "１２７", "kep 127", "KEPー127", "kep–127"]
  assert.deepEqual(
    forms.map(wordsIn),
    forms.map(() => ["127"]),
  )
  assert.deepEqual(wordsIn("v1.37 Ｐｏｄ　メモリ"), ["1.37", "pod", "メモリ"])
  assert.deepEqual(wordsIn(" "), [])
  assert.deepEqual(
    ["release", "planned", "site"].map(name => withoutV(name, "v1.30")),
    ["1.30", "1.30", "v1.30"],
  )
})

const row = (/** @type {string} */ number, /** @type {string} */ title, releases = "", planned = "") => ({
  number,
  title: folded(title),
  words: folded(`${number} ${title} ${releases}`),
  tokens: (/** @type {string} */ name) => (name === "planned" ? planned : releases).split(" "),
})

const KEPS = [
  row("127", "User Namespaces", "1.25 1.30"),
  row("1278", "Another", "1.3", "1.38"),
  row("2400", "Node swap"),
  row("5", "Of 24 things"),
]

/** Words, and the numbers of the rows that they leave. */
const FITTING = [
  ["", ["127", "1278", "2400", "5"]],
  ["127", ["127"]], // a number that exists is meant as it is
  ["12", ["127", "1278"]], // any other may be the beginning of one
  ["24", ["2400", "5"]], // or a title says it
  ["v1.3", ["1278"]],
  ["1.2", ["127"]],
  ["1.38", ["1278"]], // also where it is only planned
  ["swap NODE", ["2400"]],
  ["swap user", []],
]

for (const [words, numbers] of FITTING) {
  test(`rows that fit: ${words}`, () => {
    const tests = testsOf(String(words), KEPS)
    assert.deepEqual(
      KEPS.filter(it => tests.every(fits => fits(it))).map(it => it.number),
      numbers,
    )
  })
}

test("where rows have no numbers, a number is a word", () => {
  const links = [row("", "Kubernetes 127"), row("", "Other")]
  const [fits] = testsOf("127", links)
  assert.deepEqual(links.map(fits), [true, false])
})

test("an order is by name, and backwards with a dash", () => {
  assert.deepEqual(
    [understood("year"), understood("-year")],
    [
      { name: "year", direction: 1 },
      { name: "year", direction: -1 },
    ],
  )
})

test("what has no value comes last either way, and numbers in words are numbers", () => {
  const sorted = (/** @type {(string | number | null)[]} */ keys, /** @type {number} */ direction) =>
    keys.toSorted((one, other) => compare(one, other, direction))
  assert.deepEqual(sorted(["1.10", null, "1.9"], 1), ["1.9", "1.10", null])
  assert.deepEqual(sorted(["1.10", null, "1.9"], -1), ["1.10", "1.9", null])
  assert.deepEqual(sorted([10, null, 9, 2], -1), [10, 9, 2, null])
})

const WORDS = { said: "KEP（{filters}）は {count}です。", pair: "{label}: {value}", quoted: "「{words}」", and: "、" }

test("a narrowed list says itself with its filters, its words and its count, and a whole one says nothing", () => {
  const sig = { label: "担当 SIG", value: "sig-node" }
  const stage = { label: "段階", value: "beta" }
  assert.equal(
    sentence([sig, stage], " pod ", "3 件", WORDS),
    "KEP（担当 SIG: sig-node、段階: beta、「pod」）は 3 件です。",
  )
  assert.equal(sentence([], "$& {count} {filters}", "3 件", WORDS), "KEP（「$& {count} {filters}」）は 3 件です。")
  assert.equal(sentence([], "  ", "3 件", WORDS), "")
})

test("a table in Markdown has no cell that ends early and no markup that nobody wrote", () => {
  assert.equal(escaped(" a|b\n*c* [d](e) <f> `g` \\ "), " a\\|b \\*c\\* \\[d\\](e) \\<f\\> \\`g\\` \\\\ ")
  assert.equal(linked("x]|", "https://a.jp/(b) c|d"), "[x\\]\\|](https://a.jp/%28b%29%20c%7cd)")
  assert.equal(markdownTable(["A|", "B"], [["1", linked("2", "#3")]]), "| A\\| | B |\n| --- | --- |\n| 1 | [2](#3) |\n")
})
