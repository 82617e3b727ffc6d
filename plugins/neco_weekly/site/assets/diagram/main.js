// Diagrams, drawn from their sources by mermaid, which this site has itself.
//
// Only pages with a diagram load this. Mermaid is loaded when the first diagram comes near; until then, where it fails, and
// without scripts, a diagram is its source. With instant navigation this runs anew for every page with a diagram.

import { drawn } from "./drawn.js"
import { loader } from "./library.js"
import { serveTheme } from "./theme.js"
import { wordsOfSite } from "./words.js"

const NEAR = "100%" // of the window's height, below and above it

const words = wordsOfSite()
const load = loader(words.modules, words.layout)
let before = Promise.resolve() // one after the other: mermaid has one set of colours at a time

const near = new IntersectionObserver(
  entries => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue
      near.unobserve(target)
      before = before.then(() => drawn(/** @type {HTMLElement} */ (target), load, words))
    }
  },
  { rootMargin: NEAR },
)
for (const source of document.querySelectorAll("pre.neco-diagram")) near.observe(source)

serveTheme(load)
