// The chooser: two releases, in the form or in the address (`?from=1.33&to=1.36`), and what changes between them.
//
// The page lists the comparisons that have pages of their own; this draws any other one from `changes.json`, which only
// this page loads, once. What an address names is compared, and quoted as text.

import { Chooser } from "./chooser.js"

/** @type {Chooser | null} that is shown: with instant navigation there may be several, one after the other */
let chooser = null

const form = document.querySelector("form.neco-compare[hidden]")
const target = document.querySelector("[data-compared]")
if (form instanceof HTMLFormElement && target instanceof HTMLElement) {
  chooser = new Chooser(form, target)
  addEventListener("popstate", () => {
    if (form.isConnected) chooser?.readAddress()
  })
}
