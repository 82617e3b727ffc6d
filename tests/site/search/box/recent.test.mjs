// What was searched for is kept, and read as if anybody had written it; where nothing can be kept, it lasts as a page does.

import assert from "node:assert/strict"
import { test } from "node:test"

import { queriesOf, Recent, remembered } from "#search-box/recent.js"

const BASE = new URL("https://neco.example/weekly/")

/** A storage, which refuses where it is not `open`. */
function storage(open = true) {
  const kept = new Map()
  const store = {
    getItem: key => kept.get(key) ?? null,
    setItem: (key, text) => kept.set(key, text),
    removeItem: key => kept.delete(key),
  }
  return {
    kept,
    store: () => {
      if (!open) throw new Error("refused")
      return store
    },
  }
}

test("the latest comes first, once, and five are enough", () => {
  const all = ["a", "b", "c", " b ", "d", "e", "f"].reduce(remembered, [])
  assert.deepEqual(all, ["f", "e", "d", "b", "c"])
})

test("nothing, and what is too long to be typed again, is not remembered", () => {
  assert.deepEqual(remembered(["a"], "  "), ["a"])
  assert.deepEqual(remembered(["a"], "長".repeat(61)), ["a"])
  assert.deepEqual(remembered(["a"], "長".repeat(60)), ["長".repeat(60), "a"])
})

test("what is kept may be anything", () => {
  for (const text of [null, "", "{", "{}", "3", '"a"']) assert.deepEqual(queriesOf(text), [])
  assert.deepEqual(queriesOf('["a", 3, "", null, "a", "b"]'), ["a", "b"])
})

test("sites of one host do not read each other's", () => {
  const { kept, store } = storage()
  new Recent(store, BASE).remember("swap")
  assert.deepEqual(new Recent(store, BASE).queries, ["swap"])
  assert.deepEqual(new Recent(store, new URL("/other/", BASE)).queries, [])
  new Recent(store, BASE).forget()
  assert.equal(kept.size, 0)
})

test("where nothing can be kept, they last as long as the page", () => {
  const recent = new Recent(storage(false).store, BASE)
  assert.deepEqual(recent.queries, [])
  recent.remember("swap")
  assert.deepEqual(recent.queries, ["swap"])
  recent.forget()
  assert.deepEqual(recent.queries, [])
})
