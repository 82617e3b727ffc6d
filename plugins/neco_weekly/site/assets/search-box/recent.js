// What a reader has searched for and found: the last few, kept in the browser alone and sent nowhere.

const KEY = "neco-searches"
const MOST = 5
const LONGEST = 60 // letters of a query: a longer one was pasted, and nobody looks for it again

/** What was kept is read as if anybody had written it. @param {string | null} text @returns {string[]} the latest first */
export function queriesOf(text) {
  try {
    const kept = JSON.parse(text ?? "")
    return Array.isArray(kept) ? [...new Set(kept.filter(isQuery))].slice(0, MOST) : []
  } catch {
    return []
  }
}

/** @param {string[]} queries @param {string} query @returns {string[]} with it as the latest, where it can be kept */
export function remembered(queries, query) {
  const text = query.trim()
  return isQuery(text) ? [text, ...queries.filter(it => it !== text)].slice(0, MOST) : queries
}

/** @param {unknown} it */
const isQuery = it => typeof it === "string" && it.trim() !== "" && [...it].length <= LONGEST

/** @typedef {() => Pick<Storage, "getItem" | "setItem" | "removeItem">} Store which may throw where there is none */

/** Without storage, as in some private windows, they last as long as the page. */
export class Recent {
  /** @type {string[] | null} those of this page, where the browser keeps nothing */
  #own = null

  /** @param {Store} store @param {URL} base of the site: sites of one host have one storage, and each a key of its own */
  constructor(store, base) {
    this.store = store
    this.key = `${KEY} ${base.pathname}`
  }

  /** @returns {string[]} the latest first */
  get queries() {
    if (this.#own) return this.#own
    try {
      return queriesOf(this.store().getItem(this.key))
    } catch {
      return []
    }
  }

  /** @param {string} query whose result was followed */
  remember(query) {
    this.#keep(remembered(this.queries, query))
  }

  forget() {
    this.#keep([])
  }

  /** @param {string[]} queries */
  #keep(queries) {
    try {
      if (queries.length) this.store().setItem(this.key, JSON.stringify(queries))
      else this.store().removeItem(this.key)
      this.#own = null
    } catch {
      this.#own = queries
    }
  }
}
