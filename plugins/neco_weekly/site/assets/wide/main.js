// What is wider than the page scrolls in itself: tables, which the theme's script puts into a box, and formulas. Not every
// browser lets keys come to such a box by itself, so as long as it scrolls, Tab stops there.

const BOXES = ".md-typeset__scrollwrap, .md-typeset math[display=block]"

function reach() {
  for (const box of document.querySelectorAll(BOXES)) {
    if (box.scrollWidth > box.clientWidth) box.setAttribute("tabindex", "0")
    else box.removeAttribute("tabindex")
  }
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
new ResizeObserver(() => requestAnimationFrame(reach)).observe(document.body) // at once, and when a window, type or a box that opens changes the page
