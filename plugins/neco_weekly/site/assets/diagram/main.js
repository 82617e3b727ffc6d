// Diagrams, drawn from their sources by mermaid, which this site has itself.
//
// Only pages with a diagram load this. What draws is loaded when the first diagram comes near; until then, where it fails,
// and without scripts, a diagram is its source. With instant navigation this runs anew for every page with a diagram.

import { serveTheme } from "./theme.js"

/** @import { Drawing } from "./drawing.js" */

const NEAR = "100%" // of the window's height, below and above it

const page = /** @type {typeof globalThis & { necoDiagram: string, necoDrawing: (address: string) => Drawing }} */ (
  globalThis
)
const { src } = /** @type {HTMLScriptElement} */ (document.currentScript)
const address = new URL(page.necoDiagram, src).href // the line before this script has the one from there

/** @returns {Promise<Drawing>} */
async function drawing() {
  await import(address)
  return page.necoDrawing(address)
}

let before = Promise.resolve() // one after the other: mermaid has one set of colours at a time

const near = new IntersectionObserver(
  entries => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue
      near.unobserve(target)
      before = before.then(async () => (await drawing()).drawn(/** @type {HTMLElement} */ (target))).catch(() => {})
    }
  },
  { rootMargin: NEAR },
)
for (const source of document.querySelectorAll("pre.neco-diagram")) near.observe(source)

serveTheme(async () => (await drawing()).load())
