// Which release is a reader's, and what is said of a KEP in it.

import assert from "node:assert/strict"
import { test } from "node:test"

import { Choices, chosenOf, releaseOf } from "#my-release/choice.js"
import { lineOf, stateIn, stateText } from "#my-release/states.js"

const RELEASES = ["1.31", "1.33", "1.36", "1.37"]
const TOLD = "1.31:absent 1.33:beta:off 1.36:stable 1.37:planned:stable"

/** @type {import("#my-release/words.js").Words} */
const WORDS = {
  releases: RELEASES,
  next: ["1.37"],
  label: "My release",
  any: "none",
  to_come: "planned {release}",
  at: "In {release}: {state}",
  refused: "{release} is none",
  state: "{stage}, {default}",
  planned: "planned: {stage}",
  kinds: { absent: "not there", gone: "removed", unknown: "not known", unplanned: "nothing planned" },
  stages: { alpha: "alpha", beta: "beta", stable: "stable" },
  defaults: { on: "on by default", off: "off by default" },
}

// --- states -----------------------------------------------------------------------------------------------------------

/** @type {[string, string[]][]} */
const STATES = [
  ["1.30", []],
  ["1.31", ["absent"]],
  ["1.33", ["beta", "off"]],
  ["1.35", ["beta", "off"]],
  ["1.36", ["stable"]],
  ["1.37", ["planned", "stable"]],
]

for (const [release, state] of STATES) {
  test(`a release that is left out is as the one before: ${release}`, () =>
    assert.deepEqual(stateIn(TOLD, release), state))
}

test("releases are in the order of numbers, not of letters", () =>
  assert.deepEqual(stateIn("1.9:alpha 1.10:beta", "1.11"), ["beta"]))

test("nothing is told of an entry that has nothing", () => assert.deepEqual(stateIn("", "1.33"), []))

/** @type {[string, string][]} */
const TEXTS = [
  ["beta:off", "beta, off by default"],
  ["stable", "stable"],
  ["absent", "not there"],
  ["gone", "removed"],
  ["unknown", "not known"],
  ["planned:stable", "planned: stable"],
  ["planned", "nothing planned"],
  ["", ""],
]

for (const [state, text] of TEXTS) {
  test(`in words: ${state || "a kind that nobody knows"}`, () => assert.equal(stateText(state.split(":"), WORDS), text))
}

test("what nobody tells is not known", () => assert.equal(stateText([], WORDS), "not known"))

test("a line names its release", () => assert.equal(lineOf(TOLD, "1.33", WORDS), "In v1.33: beta, off by default"))

// --- choices ----------------------------------------------------------------------------------------------------------

test("a release is found however it is written", () =>
  assert.deepEqual(["v1.33", "1.33", " V1.33 ", "ｖ１．３３"].map(releaseOf), ["1.33", "1.33", "1.33", "1.33"]))

/** @type {[string, string[], import("#my-release/choice.js").Choice][]} */
const WISHES = [
  ["the first that counts", ["1.36", "1.33"], { release: "1.36", refused: "" }],
  ["the next where nothing is asked for", ["", "v1.33"], { release: "1.33", refused: "" }],
  ["the next, and the release that is none is told", ["1.99", "1.33"], { release: "1.33", refused: "v1.99" }],
  ["none where all are none", ["", "1.12"], { release: "", refused: "v1.12" }],
  ["what is no release at all", ["<b>x</b>"], { release: "", refused: "“<b>x</b>”" }],
  ["something long", ["9".repeat(40)], { release: "", refused: `“${"9".repeat(20)}…”` }],
  ["none", ["", ""], { release: "", refused: "" }],
]

for (const [name, wishes, choice] of WISHES) {
  test(`chosen is ${name}`, () => assert.deepEqual(chosenOf(wishes, RELEASES), choice))
}

/** What a browser keeps. */
function store() {
  /** @type {Map<string, string>} */
  const kept = new Map()
  return {
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => void kept.set(key, value),
    removeItem: (/** @type {string} */ key) => void kept.delete(key),
  }
}

/** @returns {never} */
const none = () => {
  throw new Error("SecurityError")
}

test("a choice is kept from visit to visit", () => {
  const kept = store()
  new Choices(() => kept, store).choose("1.33", "https://a.example/keps/")
  assert.equal(new Choices(() => kept, store).read("https://a.example/keps/", RELEASES).release, "1.33")
})

test("the address wins for a visit, and is not kept beyond it", () => {
  const [kept, visit] = [store(), store()]
  const choices = new Choices(
    () => kept,
    () => visit,
  )
  choices.choose("1.33", "https://a.example/")
  assert.equal(choices.read("https://a.example/?at=v1.36", RELEASES).release, "1.36")
  assert.equal(choices.read("https://a.example/next/", RELEASES).release, "1.36")
  assert.equal(new Choices(() => kept, store).read("https://a.example/next/", RELEASES).release, "1.33")
})

test("a choice is what the address says from then on", () => {
  const visit = store()
  const choices = new Choices(store, () => visit)
  choices.read("https://a.example/?at=1.36&q=a", RELEASES)
  assert.equal(choices.choose("1.33", "https://a.example/?at=1.36&q=a#b"), "https://a.example/?at=1.33&q=a#b")
  assert.equal(choices.choose("", "https://a.example/?at=1.36"), "https://a.example/")
  assert.equal(choices.choose("1.33", "https://a.example/"), "https://a.example/")
  assert.equal(choices.read("https://a.example/", RELEASES).release, "")
})

test("without storage only the address and the page know", () => {
  const choices = new Choices(none, none)
  assert.equal(choices.choose("1.33", "https://a.example/"), "https://a.example/")
  assert.deepEqual(choices.read("https://a.example/", RELEASES), { release: "", refused: "" })
  assert.equal(choices.read("https://a.example/?at=1.33", RELEASES).release, "1.33")
})
