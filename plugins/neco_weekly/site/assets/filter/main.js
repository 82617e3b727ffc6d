// Rows narrowed down by a form, sorted, and both kept in the address: the table of all KEPs, the list of all links.
//
// Form and rows come with the page: the form names its lists of rows, a row tells what it is. The form's controls are the
// state; the address follows them, and they follow the address when the page is opened or the reader goes back. What the
// address says is compared, never drawn.

import { FilteredPage } from "./page.js"

/** @type {FilteredPage | null} that is shown: with instant navigation there may be several, one after the other */
let page = null

function start() {
  const form = document.querySelector("form.neco-filter[hidden]")
  if (form instanceof HTMLFormElement) page = new FilteredPage(form)
}

start()
addEventListener("popstate", () => {
  if (page?.isShown) page.readAddress()
})

/** What the theme tells of pages, if it shows them without loading them. @typedef {{subscribe: (seen: () => void) => void}} Pages */
const { document$: pages } = /** @type {typeof globalThis & { document$?: Pages }} */ (globalThis)
pages?.subscribe(start)
