// Where the details of a badge stand.

import assert from "node:assert/strict"
import { test } from "node:test"

import { placeFor } from "#popover/place.js"

const ROOM = { width: 400, height: 600, roof: 50 }
const SIZE = { width: 200, height: 100 }
const badge = (/** @type {number} */ left, /** @type {number} */ top) => ({ left, top, bottom: top + 20 })

/**
 * Where the badge is, and where its details are.
 *
 * @type {[string, import("#popover/place.js").Seen, { left: number, top: number }][]}
 */
const PLACES = [
  ["below it", badge(100, 200), { left: 100, top: 228 }],
  ["above it, where there is more room", badge(100, 550), { left: 100, top: 442 }],
  ["below it, where there is too little room above as well", badge(100, 80), { left: 100, top: 108 }],
  ["inside the window on the right", badge(390, 200), { left: 192, top: 228 }],
  ["inside the window on the left", badge(-20, 200), { left: 8, top: 228 }],
]

for (const [name, seen, place] of PLACES) {
  test(`details stand ${name}`, () => assert.deepEqual(placeFor(SIZE, seen, ROOM), place))
}
