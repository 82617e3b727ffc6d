// What is wider than the page scrolls in itself: tables, which the theme's script puts into a box, and formulas. Not every
// browser lets keys come to such a box by itself, so as long as it scrolls, Tab stops there, and a box of the theme's, which
// is nothing by itself, says what it is. A formula has its own role, and what it says.

import { wordsOfSite } from "./words.js"

const TABLES = ".md-typeset__scrollwrap"
const BOXES = `${TABLES}, .md-typeset math[display=block]`
const HEADINGS = ".md-content :is(h1, h2, h3, h4, h5, h6)"

function reach() {
  for (const box of document.querySelectorAll(BOXES)) {
    const scrolls = box.scrollWidth > box.clientWidth
    const said = box.matches(TABLES) ? { role: "group", "aria-label": nameOf(box) } : {}
    for (const [name, value] of Object.entries({ tabindex: "0", ...said })) {
      if (scrolls) box.setAttribute(name, value)
      else box.removeAttribute(name)
    }
  }
}

/** What a table is about: its caption says so, or else the heading before it. @param {Element} box */
function nameOf(box) {
  const { table, table_of } = wordsOfSite()
  const before = [...document.querySelectorAll(HEADINGS)].filter(
    it => it.compareDocumentPosition(box) & Node.DOCUMENT_POSITION_FOLLOWING,
  )
  const title = textOf(box.querySelector("caption")) || textOf(before[before.length - 1])
  return title ? table_of.replace("{title}", () => title) : table
}

/** @param {Element | null | undefined} element without the sign of its link */
function textOf(element) {
  const copy = element?.cloneNode(true)
  if (!(copy instanceof Element)) return ""
  for (const sign of copy.querySelectorAll(".headerlink")) sign.remove()
  return copy.textContent.trim()
}

/** The theme puts each button that copies code into a part of the page for navigation, which has no name and is none. */
function unmark() {
  for (const nav of document.querySelectorAll("nav.md-code__nav")) nav.setAttribute("role", "none")
}

/** Tells of pages that are shown without being loaded, too. @typedef {{subscribe: (seen: () => void) => void}} Pages */
const { document$: pages } = /** @type {typeof globalThis & { document$?: Pages }} */ (globalThis)
pages?.subscribe(() => {
  reach()
  unmark()
})
new ResizeObserver(reach).observe(document.body) // at once, and when a window, type or a box that opens changes the page
