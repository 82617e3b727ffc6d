// Mermaid, as its authors built it: modules that load what a kind of diagram needs from where they lie themselves.

import { turn } from "./turn.js"

/** @typedef {(id: string, source: string, container?: Element) => Promise<{svg: string}>} Render */
/**
 * @typedef {object} Mermaid
 * @property {(settings: Record<string, unknown>) => void} initialize
 * @property {(source: string) => Promise<unknown>} parse
 * @property {Render} render
 * @property {(loaders: {name: string, loader: () => Promise<Layout>}[]) => void} registerLayoutLoaders
 */
/** @typedef {{render: (...parts: unknown[]) => Promise<unknown>}} Layout draws what has nodes and edges, all at once */
/** @typedef {() => Promise<Mermaid>} Load */

/** Mermaid's own name of the layout that is used where a source asks for no other. */
const LAYOUT = "dagre"

/**
 * What mermaid begins with is half a megabyte, which would run as one long task. So the modules run one by one, each
 * behind those that it imports; all are fetched at once.
 *
 * @param {string} script the address of the script that draws
 * @param {string[]} modules addresses from there, in the order in which they run; mermaid is the last
 * @param {string} layout the address of mermaid's own layout @returns {Load}
 */
export function loader(script, modules, layout) {
  const [last, ...addresses] = [layout, ...modules].map(it => new URL(it, script).href)
  /** @type {Promise<Mermaid> | undefined} */
  let mermaid
  return () => {
    mermaid ??= loaded(addresses, String(last)).catch(error => {
      mermaid = undefined // the next diagram tries again
      throw error
    })
    return mermaid
  }
}

/** @param {string[]} addresses @param {string} layout @returns {Promise<Mermaid>} */
async function loaded(addresses, layout) {
  for (const href of addresses) {
    document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href }))
  }
  let last
  for (const address of addresses) {
    last = await import(address)
    await turn()
  }
  const { default: mermaid } = last
  mermaid.registerLayoutLoaders([{ name: LAYOUT, loader: () => inTurns(import(layout)) }])
  return mermaid
}

/** A layout between turns, which divide reading a source, drawing it and cleaning the drawing. @param {Promise<Layout>} layout */
async function inTurns(layout) {
  const { render } = await layout
  await turn()
  return {
    /** @param {unknown[]} parts */
    render: async (...parts) => {
      const done = await render(...parts)
      await turn()
      return done
    },
  }
}
