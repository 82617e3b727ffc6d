// Filters: those of the query as chips that take them away, and those that the site has as buttons.

import { button, element } from "./elements.js"
import { nameOf, shortValue, withFilter, withoutWords } from "./filter-words.js"
import { Toolbar } from "./toolbar.js"
import { filled } from "./words.js"

/**
 * @import { Named } from "./filter-words.js"
 * @import { Box } from "./box.js"
 */

/** So many values of each have a button, under a word. @type {["year" | "stage" | "planned" | "sig" | "topic" | "site", number][]} */
const OFFERED = [
  ["year", 4],
  ["stage", 3],
  ["planned", 2],
  ["sig", 6],
  ["topic", 4],
  ["site", 4],
]
/** Of one value a button narrows nothing down, but for a plan, which few have. @param {{name: string, values: string[]}} group */
const narrows = ({ name, values }) => values.length > (name === "planned" ? 0 : 1)

export class Filters {
  #chips = element("div", "neco-search__chips")
  #facets = element("div", "neco-search__facets")

  /** @param {Box} box */
  constructor(box) {
    this.box = box
    const filters = element("div", "neco-search")
    filters.append(this.#chips, this.#facets)
    box.theme.result.prepend(filters)
    this.toolbar = new Toolbar(filters, box.words.filters, this.#facets)
  }

  /** Those of the latest answer. */
  draw() {
    const { filters, unknown } = this.box.answer ?? { filters: [], unknown: [] }
    const before = document.activeElement
    const lost = before instanceof HTMLButtonElement && this.#chips.contains(before) ? before.value : null
    const names = [...new Set(filters.map(nameOf))]
    const chips = names.map(name => this.#chip(name, unknown.map(nameOf).includes(name)))
    this.#chips.replaceChildren(...chips)
    for (const facet of this.#facets.querySelectorAll("button")) {
      facet.setAttribute("aria-pressed", names.includes(facet.value) ? "true" : "false")
    }
    this.toolbar.refresh()
    if (lost !== null) (chips.find(chip => chip.value === lost) ?? this.box.theme.input).focus()
  }

  /** @param {Record<string, string[]>} facets what values there are */
  offer(facets) {
    const words = this.box.words
    const groups = OFFERED.map(([name, most]) => ({ name, values: (facets[name] ?? []).slice(0, most) }))
    this.#facets.replaceChildren(
      ...groups.filter(narrows).map(({ name, values }) => this.#group(name, words[name], values)),
    )
    if (this.box.answer) this.draw()
    else this.toolbar.refresh()
  }

  /** @param {string} name @param {boolean} isUnknown */
  #chip(name, isUnknown) {
    const made = button(name, () => this.#remove(name))
    made.className = "neco-search__chip"
    made.value = name
    made.title = filled(this.box.words.remove, { filter: name })
    made.setAttribute("aria-label", made.title)
    made.classList.toggle("neco-search__chip--unknown", isUnknown)
    return made
  }

  /** @param {string} name @param {string} word for it @param {string[]} values */
  #group(name, word, values) {
    const made = element("span", "neco-search__group")
    made.setAttribute("role", "group")
    made.setAttribute("aria-label", word)
    made.append(element("span", "neco-search__name", word))
    made.append(...values.map(value => this.#facet({ name, value })))
    return made
  }

  /** @param {Named} filter */
  #facet(filter) {
    const name = nameOf(filter)
    const made = button(shortValue(filter), () => {
      if (this.#written(name).length) this.#remove(name)
      else this.box.ask(withFilter(this.box.theme.input.value, filter))
    })
    made.value = name
    made.setAttribute("aria-pressed", "false")
    return made
  }

  /** @param {string} name */
  #remove(name) {
    this.box.ask(withoutWords(this.box.theme.input.value, this.#written(name)))
  }

  /** A filter as it is written in the query that was answered: perhaps in several ways. @param {string} name */
  #written(name) {
    return this.box.answer?.filters.filter(it => nameOf(it) === name).map(it => it.typed) ?? []
  }
}
