// Where a reader is when a page of a preview loads itself again.

import assert from "node:assert/strict"
import { test } from "node:test"

import { placeOf, placeToScroll } from "#live/place.js"

const BEFORE = [
  { id: "title", top: -800 },
  { id: "one", top: -120 },
  { id: "two", top: 300 },
]

test("a reader stays at the same distance from the heading above, however much was written before it", () => {
  const place = placeOf(BEFORE, 900)
  assert.deepEqual(place, { id: "one", top: -120, scrolled: 900 })
  const after = [
    { id: "title", top: 100 },
    { id: "new", top: 300 },
    { id: "one", top: 980 },
  ]
  assert.equal(placeToScroll(place, after, 0), 1100)
  assert.equal(
    placeToScroll(
      place,
      after.map(it => ({ ...it, top: it.top - 50 })),
      50,
    ),
    1100,
  )
})

test("where the heading is gone, or above all of them, a reader stays as far down as before", () => {
  assert.equal(placeToScroll(placeOf(BEFORE, 900), [{ id: "other", top: 0 }], 0), 900)
  assert.equal(placeToScroll(placeOf([{ id: "title", top: 60 }], 12), BEFORE, 0), 12)
})

test("a heading at the very top counts, half a pixel below it or not", () => {
  assert.equal(placeOf([...BEFORE, { id: "here", top: 0.5 }], 0).id, "here")
})
