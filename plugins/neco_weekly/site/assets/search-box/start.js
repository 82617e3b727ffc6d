// What the open search shows before anything is typed: the last issues, what was searched for lately, examples.

import { button, element } from "./elements.js"
import { withFilter } from "./filter-words.js"

/**
 * @import { Latest } from "../search/messages.js"
 * @import { Box } from "./box.js"
 * @import { Recent } from "./recent.js"
 */

/** @typedef {Record<string, string[]>} Facets what values there are */

const EXAMPLES = /** @type {const} */ (["sig", "topic", "planned"])

/** What the site can answer: a KEP of its latest issue, and a value of each filter. @param {Latest[]} latest @param {Facets} facets */
export function examplesOf(latest, facets) {
  const kep = latest.flatMap(it => it.keps)[0]
  const filters = EXAMPLES.map(name => ({ name, value: facets[name]?.[0] ?? "" })).filter(it => it.value)
  return [...(kep ? [`KEP-${kep}`] : []), ...filters.map(it => withFilter("", it))]
}

export class Start {
  #panel = element("div", "neco-start")
  /** @type {Latest[]} */
  #latest = []
  /** @type {Facets} */
  #facets = {}

  /** @param {Box} box @param {Recent} recent */
  constructor(box, recent) {
    this.box = box
    this.recent = recent
    box.theme.toggle.addEventListener("change", () => this.draw())
    box.theme.list.addEventListener("click", ({ target }) => {
      if (target instanceof Element && target.closest("[href]")) recent.remember(box.theme.input.value)
    })
    this.draw()
  }

  /** @param {Latest[]} latest issues, the newest first @param {Facets} facets */
  offer(latest, facets) {
    this.#latest = latest
    this.#facets = facets
    this.draw()
  }

  /** It is there as long as the box is empty: the theme would take its links for results. */
  draw() {
    const { toggle, input, list } = this.box.theme
    if (!toggle.checked || input.value.trim()) this.#panel.remove()
    else if (!this.#panel.contains(document.activeElement)) {
      this.#panel.replaceChildren(...this.#groups())
      list.before(this.#panel)
    }
  }

  #groups() {
    const { words } = this.box
    const recent = this.recent.queries
    const forget = button(words.forget, () => {
      this.recent.forget()
      this.box.theme.input.focus()
      this.draw()
    })
    return [
      this.#group(words.recent, recent.map(this.#query), forget),
      this.#group(words.latest, this.#latest.map(this.#issue)),
      this.#group(words.examples, examplesOf(this.#latest, this.#facets).map(this.#query)),
    ].filter(it => it.querySelector("li"))
  }

  /** @param {string} name @param {HTMLElement[]} entries @param {HTMLElement[]} others */
  #group(name, entries, ...others) {
    const made = element("div", "neco-start__group")
    const title = element("p", "neco-start__title", name)
    const list = element("ul", "neco-start__list")
    made.setAttribute("role", "group")
    made.setAttribute("aria-label", name)
    title.append(...others)
    list.append(
      ...entries.map(entry => {
        const item = element("li", "")
        item.append(entry)
        return item
      }),
    )
    made.append(title, list)
    return made
  }

  /** @param {Latest} issue */
  #issue = ({ location, title, day, headings }) => {
    const link = element("a", "neco-start__issue")
    link.href = new URL(location, this.box.theme.base).href
    const dated = day && !title.includes(day) ? `${title} ${day}` : title
    if (headings.length) link.append(element("span", "", headings.join(" / ")), " ")
    link.append(element(headings.length ? "small" : "span", "", dated))
    return link
  }

  /** A link, so that it opens in another window as well. @param {string} query */
  #query = query => {
    const link = element("a", "neco-start__query", query)
    link.href = `?q=${encodeURIComponent(query)}`
    link.addEventListener("click", event => {
      event.stopPropagation() // the theme closes the search behind a link that is followed
      if (event.ctrlKey || event.metaKey || event.shiftKey) return
      event.preventDefault()
      this.box.theme.input.focus()
      this.box.ask(query)
    })
    return link
  }
}
