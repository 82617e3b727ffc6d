// The chooser: which releases an address means, how a life in releases is read, and what a change means.

import assert from "node:assert/strict"
import { test } from "node:test"

import { kindOf, passingIn } from "#compare/changes.js"
import { stateAt } from "#compare/data.js"
import { filled } from "#compare/filled.js"
import { chosenOf } from "#compare/sentences.js"
import { wordsOf } from "#compare/texts.js"

const words = wordsOf({
  "upgrade.choose": "choose two",
  "upgrade.not_newer": "{new} is not newer than {old}",
  "upgrade.not_there": "no {written} from {first} to {last}",
  "upgrade.not_out": "{release} is not out",
  counted: "{count} {count:issue|issues} of {what}",
})

const DATA = /** @type {import("#compare/data.js").Data} */ ({
  steps: ["v1.32", "v1.33", "v1.34", "v1.35"],
  choices: [0, 1, 3],
  planned: ["v1.36"],
})

/** What the address names, and what is compared or said. */
const ASKED = [
  ["1.32", "1.35", [0, 3]],
  ["v1.33", " V1.35 ", [1, 3]],
  ["1.32", "", "choose two"],
  ["", "1.35", "choose two"],
  ["1.35", "1.32", "v1.32 is not newer than v1.35"],
  ["1.33", "1.33", "v1.33 is not newer than v1.33"],
  ["1.32", "1.34", "no 1.34 from v1.32 to v1.35"], // out, and without a page
  ["1.32", "1.36", "v1.36 is not out"],
  ["1.36", "1.99", "v1.36 is not out"],
  ["1.3", "1.35", "no 1.3 from v1.32 to v1.35"],
  ["constructor", "1.35", "no constructor from v1.32 to v1.35"],
  [`<img src=x>${"a".repeat(500)}`, "1.35", `no <img src=x>${"a".repeat(9)}… from v1.32 to v1.35`],
]

test("two releases are compared, or a sentence says why not", () => {
  const found = ASKED.map(([from, to]) => {
    const chosen = chosenOf(String(from), String(to), DATA, words)
    return [from, to, "old" in chosen ? [chosen.old, chosen.new] : chosen.problem]
  })
  assert.deepEqual(found, ASKED)
})

test("a phrase has one word for a count of one, and another for many", () => {
  const told = [0, 1, 2].map(count => words("counted", { count, what: "{count}" }))
  assert.deepEqual(told, ["0 issues of {count}", "1 issue of {count}", "2 issues of {count}"])
})

test("a life in releases is read from the release on that it names", () => {
  const life = "0n2a-10b+!12s"
  assert.deepEqual(
    [0, 1, 2, 9, 10, 12, 99].map(step => stateAt(life, step)),
    [
      null,
      null,
      { stage: "alpha", on: false, locked: false },
      { stage: "alpha", on: false, locked: false },
      { stage: "beta", on: true, locked: true },
      { stage: "stable", on: null, locked: false },
      { stage: "stable", on: null, locked: false },
    ],
  )
  assert.equal(stateAt("", 3), null)
})

/** @param {string} life */
const seen = life => [...life.matchAll(/[a-z][-+]?/g)].map(it => stateAt(`0${it[0]}`, 0))

/** The life from the old to the new release, the kind of change, and the releases that pass. */
const LIVES = [
  ["b+b+", null, []],
  ["a-b+", "on-by-default", []],
  ["nb+", "on-by-default", []],
  ["s+b-", "off-by-default", []],
  ["sb-", "off-by-default", []],
  ["b+b-", "off-by-default", []],
  ["bb+", null, []],
  ["ab", "beta", []],
  ["b+s+", "stable", []],
  ["b+d-", "deprecated", []],
  ["b+x-", "removed", []],
  ["b+n", "removed", []],
  ["nn", null, []],
  ["b-b+b-", null, [1]],
  ["b+a-a-b+", null, [1]],
  ["na-n", null, [1]],
  ["na-b+s+", "stable", []],
  ["d-x-a-", "alpha", [1]],
]

test("a change is what it means to who upgrades, and apart what was so only in between", () => {
  const found = LIVES.map(([life]) => {
    const lived = seen(String(life))
    return [life, kindOf(lived[0] ?? null, lived.at(-1) ?? null), passingIn(lived).map(([place]) => place)]
  })
  assert.deepEqual(found, LIVES)
})

test("no space stands between a particle and a field that is Japanese", () => {
  const said = it => filled("v1.36 の {it} を {it}に {it} {n:one|many}", { it, n: 1 })
  assert.equal(said("beta"), "v1.36 の beta を betaに beta one")
  assert.equal(said("無効化"), "v1.36 の無効化を無効化に無効化 one")
  assert.equal(filled("予定 {it} 猫 {no}", { it: "無効化" }), "予定 無効化 猫 ")
})
