// Rows narrowed down by a form, sorted, and both kept in the address: the table of all KEPs, the list of all links.
//
// Form and rows come with the page: the form names its lists of rows, a row tells what it is. The form's controls are the
// state; the address follows them, and they follow the address when the page is opened or the reader goes back. What the
// address says is compared, never drawn.

import { FilteredPage } from "./page.js"

const form = document.querySelector("form.neco-filter[hidden]")
if (form instanceof HTMLFormElement) {
  const page = new FilteredPage(form)
  addEventListener("popstate", () => {
    if (page.isShown) page.readAddress() // with instant navigation it may have been left
  })
}
