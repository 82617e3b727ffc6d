// Filters that buttons write into a query, and take away from it.

import assert from "node:assert/strict"
import { test } from "node:test"

import { nameOf, withFilter, withoutWords } from "#search-box/filter-words.js"

const NODE = { name: "sig", value: "sig-node" }

test("a filter is called by its value as in the facets, and written as people write it", () => {
  assert.equal(nameOf(NODE), "sig:sig-node")
  assert.equal(withFilter("", NODE), "sig:node")
  assert.equal(withFilter("swap ", NODE), "swap sig:node")
  assert.equal(withFilter("swap", { name: "year", value: "2024" }), "swap year:2024")
})

test("a filter is taken away in every way it is written, and nothing else", () => {
  assert.equal(withoutWords("sig:node swap SIG:sig-node", ["sig:node", "SIG:sig-node"]), "swap")
  assert.equal(withoutWords("sig:nodes　swap", ["sig:node"]), "sig:nodes swap")
  assert.equal(withoutWords("sig:node", ["sig:node"]), "")
})
