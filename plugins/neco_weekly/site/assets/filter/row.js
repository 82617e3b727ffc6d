// A row: what a filter, a word or an order asks of it, read when it is asked, once.

import { folded, withoutV } from "./query.js"

/** What rows call otherwise than controls. @type {Record<string, string>} */
const ROW_DATA = { release: "releases", year: "years", mention: "mentioned" }

/** @param {string} address @returns {string} of another site; empty for one of ours */
const outside = address => (address.startsWith("http") ? address : "")

export class Row {
  /** @type {Record<string, string[]>} */
  #tokens = {}
  /** @type {string | undefined} */
  #number
  /** @type {string | undefined} */
  #title
  /** @type {string | undefined} */
  #words

  /** @param {HTMLElement} element @param {HTMLElement} body of its list @param {number} place in it */
  constructor(element, body, place) {
    this.element = element
    this.body = body
    this.place = place
  }

  /** What it does not say of itself, its list says of all. @param {string} name */
  data(name) {
    const key = ROW_DATA[name] ?? name
    return this.element.dataset[key] ?? this.body.dataset[key] ?? ""
  }

  /** @param {string} name @param {string} value */
  has(name, value) {
    return this.tokens(name).includes(value)
  }

  /** @param {string} name @returns {string[]} */
  tokens(name) {
    this.#tokens[name] ??= this.data(name)
      .split(" ")
      .filter(Boolean)
      .map(value => withoutV(name, value))
    return this.#tokens[name]
  }

  get link() {
    return this.element.querySelector("a")
  }

  get number() {
    this.#number ??= this.element.querySelector(".neco-number")?.textContent ?? ""
    return this.#number
  }

  get title() {
    this.#title ??= folded(this.link?.textContent ?? "")
    return this.#title
  }

  readAhead() {
    return this.words
  }

  /** What a row says of the reader's own release is another script's: it comes and goes, and is none of its words. */
  get #text() {
    const said = this.element.querySelector(".neco-at")?.textContent ?? ""
    return (this.element.textContent ?? "").replace(said, "")
  }

  get words() {
    this.#words ??= folded(`${this.#text} ${outside(this.link?.getAttribute("href") ?? "")}`)
    return this.#words
  }
}
