// The list of what is new and that of what is followed, as elements. Every text is text, never markup.

import { hasPage, pageOf } from "./opml.js"
import { ELSEWHERE } from "./visits.js"
import { said } from "./words.js"

/**
 * @import { State } from "./stars.js"
 * @import { Data, Thing } from "./visits.js"
 */

/** @param {string} tag @param {Record<string, string>} attributes @param {...(HTMLElement | string)} children */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children)
  return made
}

/** A link to a web page; where the address is none of the web, the text alone.
 * @param {string} text @param {string} url @param {string} root
 */
function anchor(text, url, root) {
  const address = URL.canParse(url, root) ? new URL(url, root) : null
  return url && address && /^https?:$/.test(address.protocol) ? element("a", { href: address.href }, text) : text
}

/** @param {Thing[]} things @param {State} state @param {string} root @returns {HTMLElement[]} */
export function newsOf(things, state, root) {
  const { since, until } = state
  const phrase = things.length === 0 ? "quiet" : since ? "told" : "first"
  const parts = [
    element("h2", { id: "news" }, said("news")),
    element("p", { role: "status" }, said(phrase, { since, until, count: things.length })),
  ]
  if (things.length) parts.push(element("ul", { class: "neco-changes" }, ...things.map(it => line(it, root))))
  return parts
}

/** @param {Thing} thing @param {string} root */
function line({ day, text, url, names, isShipped }, root) {
  const told = names.length
    ? [anchor(names.join(" · "), url, root), " ", element("p", {}, text)]
    : [anchor(text, url, root)]
  const form = isShipped ? { "data-shipped": "" } : undefined // as on the page of changes
  return element("li", form, element("time", { datetime: day }, day), " ", element("div", {}, ...told))
}

/**
 * @param {State} state @param {Data | null} data @param {(id: string) => void} leave
 * @param {string} root @param {string} ending of addresses of pages
 */
export function followedOf(state, data, leave, root, ending) {
  const items = Object.entries(state.stars).map(([id, { name }]) => {
    const label = said("stop", { name })
    const button = element("button", { type: "button", "aria-label": label, title: label }, "★")
    button.addEventListener("click", () => leave(id))
    if (hasPage(id, data)) return element("li", {}, button, " ", element("a", { href: pageOf(id, root, ending) }, name))
    const number = id.match(/^kep\/(\d+)$/)?.[1]
    const elsewhere = number ? element("a", { href: `${ELSEWHERE}${number}` }, name) : name
    return element("li", {}, button, " ", element("div", {}, elsewhere, " ", element("small", {}, said("gone"))))
  })
  return [element("h2", { id: "followed" }, said("followed")), element("ul", { class: "neco-followed" }, ...items)]
}
