// Every page under its own policy, where the theme exchanges what is in a document instead of loading another one
// (`navigation.instant`): a document keeps the policy of the page that it was loaded for, and can only get narrower ones.
//
// What cannot be shown under the policy of this document is loaded anew. The theme has an address in the address bar before
// it has the page, so that a page which comes while the address is the old one is only asked for a preview.

import { policyOf } from "./policy.js"

/** @typedef {{ subscribe: (next: () => void) => void }} Pages */

const { document$: pages } = /** @type {typeof globalThis & { document$?: Pages }} */ (globalThis)
const own = policyOf(document.head.innerHTML)
let shown = location.pathname

pages?.subscribe(() => {
  shown = location.pathname
})

const parse = DOMParser.prototype.parseFromString

/** @type {typeof parse} */
DOMParser.prototype.parseFromString = function (text, type) {
  if (type === "text/html" && location.pathname !== shown && policyOf(text) !== own) {
    location.reload()
    throw new Error("a page with a policy of its own is loaded anew")
  }
  return parse.call(this, text, type)
}
