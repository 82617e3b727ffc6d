// Mermaid, as its authors built it: modules that load what a kind of diagram needs from where they lie themselves.

import { inTurns } from "./layout.js"
import { turn } from "./turn.js"

/** @typedef {(id: string, source: string, container?: Element) => Promise<{svg: string}>} Render */
/**
 * @typedef {object} Mermaid
 * @property {(settings: Record<string, unknown>) => void} initialize
 * @property {(source: string) => Promise<unknown>} parse
 * @property {Render} render
 * @property {(loaders: {name: string, loader: () => Promise<{render: (...parts: unknown[]) => Promise<unknown>}>}[]) => void} registerLayoutLoaders
 */
/** @typedef {() => Promise<Mermaid>} Load */

/** Mermaid's own name of the layout that is used where a source asks for no other. */
const LAYOUT = "dagre"

/**
 * What mermaid begins with is half a megabyte, which would run as one long task. So the modules run one by one, each
 * behind those that it imports; all are fetched at once.
 *
 * @param {string} script the address of the script that draws
 * @param {string[]} modules addresses from there, in the order in which they run; mermaid is the last
 * @param {string[]} layout the addresses of mermaid's own layout, and of what it makes layouts with @returns {Load}
 */
export function loader(script, modules, layout) {
  const [layouts, addresses] = [layout, modules].map(some => some.map(it => new URL(it, script).href))
  /** @type {Promise<Mermaid> | undefined} */
  let mermaid
  return () => {
    mermaid ??= loaded(addresses ?? [], layouts ?? []).catch(error => {
      mermaid = undefined // the next diagram tries again
      throw error
    })
    return mermaid
  }
}

/** @param {string[]} addresses @param {string[]} layout @returns {Promise<Mermaid>} */
async function loaded(addresses, [layout, tools]) {
  for (const href of addresses) {
    document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href }))
  }
  let last
  for (const address of addresses) {
    last = await import(address)
    await turn()
  }
  const { default: mermaid } = last
  mermaid.registerLayoutLoaders([
    { name: LAYOUT, loader: () => inTurns(import(String(layout)), import(String(tools))) },
  ])
  return mermaid
}
