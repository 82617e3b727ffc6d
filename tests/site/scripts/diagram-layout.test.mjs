// The steps of mermaid's layout: taken for one node or edge after the other, and all that is drawn lies together.

import assert from "node:assert/strict"
import { test } from "node:test"

import { inTurns } from "#diagram/layout.js"

/** Two nodes, of which one holds the other, and an edge between them, as dagre has them. */
const graph = {
  nodes: () => ["a", "b"],
  edges: () => [{ v: "a", w: "b" }],
  node: (/** @type {string} */ id) => (id === "gone" ? undefined : { id }),
  hasNode: () => true,
  children: (/** @type {string} */ id) => (id === "a" ? ["b"] : []),
}
const clusterDb = new Map()

/** A group of an SVG as d3 has it, with a list in place of an element. @param {string[]} drawn */
function group(drawn) {
  const element = { childNodes: drawn, append: (/** @type {string[]} */ ...more) => drawn.push(...more) }
  return { drawn, node: () => element, remove: () => drawn.push("removed") }
}

/** @param {string[]} said @param {{rootGroups: string[], nodes: string[]}[]} groups what is drawn, part by part */
function layout(said, groups) {
  const listed = (/** @type {typeof graph} */ it) => `${it.nodes()} and ${it.edges().length} edges`
  return {
    prepareLayoutForDagre: () => ({ graph }),
    measureDagreLayout: (/** @type {object} */ _, /** @type {any} */ { preparedLayout }) => {
      said.push(`measure ${listed(preparedLayout.graph)}`)
      const part = { rootGroups: [], nodes: [...preparedLayout.graph.nodes()] }
      groups.push(part)
      return { groups: { rootGroups: group(part.rootGroups), nodes: group(part.nodes) } }
    },
    runDagreLayoutCore: (/** @type {object} */ _, /** @type {any} */ { preparedLayout }) => {
      said.push(`lay out ${listed(preparedLayout.measuredLayout.graph)}`)
    },
  }
}

/** @param {string[]} said */
const tools = said => ({
  a: function createCommonLayoutRenderer(/** @type {any} */ steps) {
    return async (/** @type {any} */ data) => {
      const shared = { preparedLayout: steps.prepareLayout(data) }
      const measure = await steps.measureLayout(data, shared)
      await steps.runLayoutCore(data, shared)
      await steps.paintLayout(data, { measure })
    }
  },
  b: function sortNodesByHierarchy() {
    return ["b", "gone", "a"]
  },
  c: function paintLayoutData(/** @type {any} */ { edges }, /** @type {any} */ _, /** @type {any} */ options) {
    assert.equal(options.clusterDb, clusterDb)
    for (const it of options.getNodes())
      said.push(`paint ${it.id}, ${options.isCluster(it) ? "which holds others" : "alone"}`)
    for (const it of edges)
      said.push(`paint from ${options.getEdgeNode(it.start).id} to ${options.getEdgeNode(it.end)}`)
  },
  d: clusterDb,
})

test("nodes and edges are measured and painted one by one", async () => {
  /** @type {string[]} */
  const said = []
  const steps = /** @type {any} */ (layout(said, []))
  const { render } = await inTurns(Promise.resolve(steps), Promise.resolve(tools(said)))
  await render({ nodes: [], edges: [{ start: "a" }] })
  assert.deepEqual(said, [
    "measure  and 0 edges",
    "measure a and 0 edges",
    "measure b and 0 edges",
    "measure  and 1 edges",
    "lay out a,b and 1 edges",
    "paint b, alone",
    "paint a, which holds others",
    "paint from a to undefined",
  ])
})

test("what is drawn of each lies with the rest, and no group is left", async () => {
  /** @type {{rootGroups: string[], nodes: string[]}[]} */
  const groups = []
  const steps = /** @type {any} */ (layout([], groups))
  const { render } = await inTurns(Promise.resolve(steps), Promise.resolve(tools([])))
  await render({ nodes: [], edges: [] })
  assert.deepEqual(groups[0]?.nodes, ["a", "b"])
  assert.deepEqual(
    groups.map(it => it.rootGroups),
    [[], ["removed"], ["removed"], ["removed"]],
  )
})
