// The page of what a reader follows: what is new since the last visit, what is followed, and the list of its feeds. Only
// this page loads `api/changes.json`, and only where something is followed.

import { element, followedOf, newsOf } from "./list.js"
import { opmlOf } from "./opml.js"
import { Kept, left } from "./stars.js"
import { listed, visited } from "./visits.js"
import { said } from "./words.js"

/** @import { Data } from "./visits.js" */

class Following {
  /** @type {Data | null} */
  #data = null
  #failed = false

  /** @param {HTMLElement} place what a reader without scripts is told stands there */
  constructor(place) {
    this.place = place
    this.changes = new URL(place.dataset.necoFollowing ?? "", location.href)
    this.root = new URL("../", this.changes).href
    this.kept = new Kept(() => localStorage, location.href)
    const keps = document.querySelector("a.neco-to-keps")
    this.ending = keps instanceof HTMLAnchorElement && keps.pathname.endsWith(".html") ? ".html" : "/"
  }

  async show() {
    const state = this.kept.read()
    if (!this.kept.write(state)) return this.#draw(element("p", { role: "status" }, said("no_storage")))
    if (!Object.keys(state.stars).length) return this.#draw(element("p", { role: "status" }, said("nothing")))
    try {
      this.#data ??= await loaded(this.changes)
      this.kept.write(visited(this.kept.read(), this.#data))
    } catch {
      this.#failed = true
    }
    this.#drawAll()
  }

  #drawAll() {
    const state = this.kept.read()
    if (!Object.keys(state.stars).length) return this.#draw(element("p", { role: "status" }, said("nothing")))
    const news = this.#data ? newsOf(listed(state, this.#data), state, this.root) : []
    const failed = this.#failed ? [element("p", { role: "alert" }, said("failed"))] : []
    const chosen = followedOf(state, this.#data, id => this.#leave(id), this.root, this.ending)
    const hasFeeds = this.place.dataset.feeds !== undefined
    this.#draw(
      ...failed,
      ...news,
      ...chosen,
      ...(hasFeeds ? [this.#download()] : []),
      element("p", {}, said("kept_here")),
    )
  }

  /** @param {string} id what the reader follows no more */
  #leave(id) {
    this.kept.write(left(this.kept.read(), id))
    this.#drawAll()
    const next = this.place.querySelector("button")
    if (next instanceof HTMLElement) next.focus() // whose button is gone
  }

  #download() {
    const button = element("button", { type: "button" }, said("download"))
    button.addEventListener("click", () => {
      const text = opmlOf(this.kept.read(), this.#data, said("opml_title"), this.root, this.ending)
      const address = URL.createObjectURL(new Blob([text], { type: "text/x-opml" }))
      element("a", { href: address, download: "following.opml" }).click()
      setTimeout(() => URL.revokeObjectURL(address))
    })
    return element("p", {}, button)
  }

  /** @param {HTMLElement[]} parts */
  #draw(...parts) {
    this.place.replaceChildren(...parts)
  }
}

/** @param {URL} address @returns {Promise<Data>} */
async function loaded(address) {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(answer.statusText)
  return answer.json()
}

const place = document.querySelector("div[data-neco-following]")
if (place instanceof HTMLElement) new Following(place).show()
