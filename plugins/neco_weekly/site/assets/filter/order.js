// The order of the rows: by what a header or the form says, and back to that of the page.

/**
 * @import { Controls } from "./controls.js"
 * @import { List } from "./lists.js"
 * @import { Row } from "./row.js"
 */

/** @typedef {string | number | null} Key by which rows are compared; null where one has no value */

const collator = new Intl.Collator(globalThis.document?.documentElement.lang || "ja", { numeric: true })

/**
 * What has no value comes last either way; what is equal stays in the order of the page.
 *
 * @param {Key} one @param {Key} other @param {number} direction 1 or -1
 */
export function compare(one, other, direction) {
  if (one === null || other === null) return Number(one === null) - Number(other === null)
  if (typeof one === "number" && typeof other === "number") return direction * (one - other)
  return direction * collator.compare(String(one), String(other))
}

/** @param {string} order @returns {{name: string, direction: number}} `-year` is by year, backwards */
export function understood(order) {
  return { name: order.replace("-", ""), direction: order.startsWith("-") ? -1 : 1 }
}

export class Order {
  /** @param {Controls} controls @param {List[]} lists */
  constructor(controls, lists) {
    this.lists = lists
    this.own = controls.order
    this.now = controls.order
    /** A vocabulary's order is that of its options; the first option stands for all of them. @type {Map<string, Map<string, number>>} */
    this.ranks = new Map(
      controls.filters.map(({ name, options }) => [
        name,
        new Map([...options].slice(1).map((option, place) => [option.value, place])),
      ]),
    )
    this.headers = [...document.querySelectorAll("th[data-sort]")].filter(header => header instanceof HTMLElement)
  }

  /** @param {HTMLElement} header that is pressed @returns {string} the order after that */
  after({ dataset: { sort = "" } }) {
    return this.now === sort ? `-${sort}` : sort
  }

  /** @param {string} order */
  sort(order) {
    const { name, direction } = understood(order)
    for (const header of this.headers) {
      if (header.dataset.sort !== name) header.removeAttribute("aria-sort")
      else header.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending")
    }
    if (order === this.now) return
    this.now = order
    for (const { body, rows } of this.lists) {
      const keyed = rows.map(row => ({ key: this.#key(row, name), element: row.element }))
      keyed.sort((one, other) => compare(one.key, other.key, direction))
      body.append(...keyed.map(({ element }) => element))
    }
  }

  /** @param {Row} row @param {string} name @returns {Key} */
  #key(row, name) {
    if (name === this.own) return row.place
    if (name === "number") return Number(row.number)
    if (name === "title") return row.link?.textContent ?? ""
    const ranks = this.ranks.get(name)
    return (ranks ? ranks.get(row.data(name)) : row.data(name) || null) ?? null
  }
}
