// Where a KEP stands, in the words of a row: what shipped and what is only planned.

import assert from "node:assert/strict"
import { test } from "node:test"

import { planOf, reachedOf } from "#search-box/standing.js"

/** @import { Words } from "#search-box/words.js" */

const words = /** @type {Words} */ (
  /** @type {Partial<Words>} */ ({
    closed: "{status}, {stage}",
    ended: { withdrawn: "withdrawn" },
    plan: "planned: {stage} {release}",
    stages: { beta: "beta", stable: "stable" },
  })
)
const NOTHING = { stage: undefined, milestone: undefined, plan: undefined, ended: undefined }
const PLAN = { stage: "stable", release: "v1.38" }

/** Where it stands, what shipped, and what is planned. @type {[object, string, string][]} */
const STANDING = [
  [{}, "", ""],
  [{ stage: "beta", milestone: "v1.36" }, "beta v1.36", ""],
  [{ stage: "beta" }, "beta", ""],
  [{ plan: PLAN }, "", "planned: stable v1.38"],
  [{ stage: "beta", milestone: "v1.36", plan: PLAN }, "beta v1.36", "planned: stable v1.38"],
  [{ ended: "withdrawn" }, "withdrawn", ""],
  [{ ended: "withdrawn", stage: "beta", milestone: "v1.36" }, "withdrawn, beta v1.36", ""],
  [{ ended: "lost", stage: "gamma", plan: { ...PLAN, stage: "delta" } }, "lost, gamma", "planned: delta v1.38"],
]

for (const [standing, reached, plan] of STANDING) {
  test(`standing: ${JSON.stringify(standing)}`, () => {
    const it = { ...NOTHING, ...standing }
    assert.deepEqual([reachedOf(it, words), planOf(it, words)], [reached, plan])
  })
}
