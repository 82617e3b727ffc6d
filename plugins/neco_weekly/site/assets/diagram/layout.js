// How mermaid lays out what has nodes and edges, cut so that a page answers its reader in between.
//
// Mermaid measures all nodes and edges of such a diagram, finds their places and paints them in one go. Its module has these
// steps for layouts that are made of them. Here they are taken for one node or edge after the other, with turns between;
// what comes out is what mermaid draws.

import { turn } from "./turn.js"

/** @typedef {{nodes: object[], edges: object[]}} Data what is to be laid out; mermaid writes into it */
/** @typedef {{node: () => Element, remove: () => void}} Group an element of an SVG, as d3 has it */
/** @typedef {Record<string, Group>} Groups `rootGroups`, and in it a group for each kind of thing */
/**
 * @typedef {object} Graph as dagre has it
 * @property {() => string[]} nodes @property {() => unknown[]} edges
 * @property {(id: string) => object | undefined} node
 * @property {(id: string) => boolean} hasNode @property {(id: string) => string[] | undefined} children
 */
/** @typedef {{graph: Graph, groups: Groups}} Measured */
/** @typedef {{graph: Graph, measuredLayout?: Measured}} Prepared */
/** @typedef {{preparedLayout: Prepared}} Parts */
/** @typedef {{measure: Measured}} Context */
/** @typedef {(...parts: unknown[]) => Promise<unknown>} Render */
/**
 * A module of mermaid that lays out, with the steps of that.
 *
 * @typedef {object} Layout
 * @property {Render} render
 * @property {(data: Data) => Prepared} prepareLayoutForDagre
 * @property {(data: Data, parts: Parts) => Promise<Measured>} measureDagreLayout
 * @property {(data: Data, parts: Parts) => unknown} runDagreLayoutCore
 */
/** @typedef {(data: Data, context: Context, options: object) => Promise<void>} Paint */
/**
 * What mermaid makes layouts of steps with, by its functions' own names: those of its exports are shortened.
 *
 * @typedef {object} Tools
 * @property {(steps: object) => Render} createCommonLayoutRenderer
 * @property {(graph: Graph) => string[]} sortNodesByHierarchy
 * @property {Paint} paintLayoutData
 */

/** Milliseconds after which the next node or edge waits for a turn. */
const LONGEST = 8

/**
 * A layout in turns, which also divide reading a source, drawing it and cleaning the drawing.
 *
 * @param {Promise<Layout>} layout @param {Promise<Record<string, unknown>>} tools @returns {Promise<{render: Render}>}
 */
export async function inTurns(layout, tools) {
  const [steps, exported] = [await layout, Object.values(await tools)]
  await turn()
  const clusterDb = exported.find(it => it instanceof Map)
  const named = Object.fromEntries(exported.filter(it => typeof it === "function").map(it => [it.name, it]))
  const render = named.createCommonLayoutRenderer({
    prepareLayout: steps.prepareLayoutForDagre,
    /** @param {Data} data @param {Parts} parts */
    measureLayout: (data, parts) => measured(steps, data, parts),
    /** @param {Data} data @param {Parts} parts */
    runLayoutCore: async (data, parts) => {
      const places = steps.runDagreLayoutCore(data, parts)
      await turn()
      return places
    },
    /** @param {Data} data @param {Context} context */
    paintLayout: (data, context) => painted(/** @type {Tools} */ (named), data, context, clusterDb),
  })
  return {
    render: async (...parts) => {
      await render(...parts)
      await turn()
    },
  }
}

/** Measure a diagram, by putting it into the page. @param {Layout} steps @param {Data} data @param {Parts} parts */
async function measured(steps, data, parts) {
  const { graph } = parts.preparedLayout
  const breath = breather()
  /** @param {string[]} nodes @param {unknown[]} edges */
  const part = (nodes, edges) =>
    steps.measureDagreLayout(data, { ...parts, preparedLayout: { graph: only(graph, nodes, edges) } })
  const whole = { ...(await part([], [])), graph }
  for (const node of graph.nodes()) {
    joined(whole.groups, (await part([node], [])).groups)
    await breath()
  }
  for (const edge of graph.edges()) {
    joined(whole.groups, (await part([], [edge])).groups)
    await breath()
  }
  parts.preparedLayout.measuredLayout = whole
  return whole
}

/** Paint what has its place. @param {Tools} tools @param {Data} data @param {Context} context @param {unknown} clusterDb */
async function painted({ paintLayoutData, sortNodesByHierarchy }, data, context, clusterDb) {
  const { graph } = context.measure
  const breath = breather()
  const options = {
    clusterDb,
    getNodes: () => /** @type {object[]} */ ([]),
    /** @param {string} id */
    getEdgeNode: id => (id ? graph.node(id) : undefined),
    /** @param {{id: string}} node */
    isCluster: ({ id }) => graph.hasNode(id) && (graph.children(id) ?? []).length > 0,
  }
  for (const node of sortNodesByHierarchy(graph).map(id => graph.node(id))) {
    if (node) await paintLayoutData({ ...data, edges: [] }, context, { ...options, getNodes: () => [node] })
    await breath()
  }
  for (const edge of data.edges) {
    await paintLayoutData({ ...data, edges: [edge] }, context, options)
    await breath()
  }
}

/** A graph as it is, of which only some nodes and edges are listed. @param {Graph} graph @param {string[]} nodes @param {unknown[]} edges @returns {Graph} */
const only = (graph, nodes, edges) =>
  Object.create(graph, { nodes: { value: () => nodes }, edges: { value: () => edges } })

/** Put what lies in some groups behind what lies in those of the whole. @param {Groups} whole @param {Groups} part */
function joined(whole, { rootGroups, ...part }) {
  for (const [name, group] of Object.entries(part)) whole[name]?.node().append(...group.node().childNodes)
  rootGroups?.remove()
}

/** A function that waits for a turn where the last one is long ago. */
function breather() {
  let began = performance.now()
  return async () => {
    if (performance.now() - began < LONGEST) return
    await turn()
    began = performance.now()
  }
}
