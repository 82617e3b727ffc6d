// The form of the chooser: its two selects are the state, the address follows them, and what changes is drawn below.

import { Comparer } from "./comparison.js"
import { drawn } from "./draw.js"
import { chosenOf, summaryOf } from "./sentences.js"
import { wordsOf } from "./texts.js"

/**
 * @import { Data } from "./data.js"
 * @import { Words } from "./texts.js"
 */

const PAUSE = 400 // ms without a change until rows out of sight are laid out too, as finding and listening need it

const NAMES = /** @type {const} */ (["from", "to"])

export class Chooser {
  /** @type {Promise<Data> | null} */
  #loading = null
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #settling
  #asked = 0

  /** @param {HTMLFormElement} form hidden as long as nothing answers it @param {HTMLElement} target what changes is drawn there */
  constructor(form, target) {
    this.form = form
    this.target = target
    this.said = form.querySelector("output")
    form.addEventListener("submit", event => event.preventDefault())
    form.addEventListener("input", () => {
      const chosen = NAMES.map(name => this.#select(name).value)
      this.#writeAddress(chosen)
      this.show(chosen)
    })
    form.hidden = false
    this.readAddress()
  }

  readAddress() {
    const asked = new URLSearchParams(location.search)
    const chosen = NAMES.map(name => asked.get(name) ?? "")
    for (const [place, name] of NAMES.entries()) this.#choose(name, chosen[place] ?? "")
    this.show(chosen)
  }

  /** @param {string[]} chosen the old and the new release, as written; empty where none was */
  async show([from = "", to = ""]) {
    const asked = ++this.#asked
    this.#settle(false)
    if (!from && !to) return this.#draw(this.form.dataset.choose ?? "", [])
    try {
      const data = await this.#load()
      if (asked === this.#asked) this.#compare(data, from, to)
    } catch {
      this.#loading = null // to be tried again with the next choice
      if (asked === this.#asked) this.#draw(this.form.dataset.failed ?? "", [])
    }
  }

  /** While it is busy, the style sheet leaves out what is not in sight: until a while after the last row, however late. */
  #settle(isDrawn = true) {
    this.target.setAttribute("aria-busy", "true")
    clearTimeout(this.#settling)
    if (isDrawn) this.#settling = setTimeout(() => this.target.removeAttribute("aria-busy"), PAUSE)
  }

  /** @param {Data} data @param {string} from @param {string} to */
  #compare(data, from, to) {
    const words = wordsOf(data.words)
    const chosen = chosenOf(from, to, data, words)
    if (!("old" in chosen)) return this.#draw(chosen.problem, [])
    const comparer = new Comparer(data, words)
    const found = comparer.compare(chosen.old, chosen.new)
    this.#draw(summaryOf(found, words), pageOf(comparer, chosen.old, chosen.new, words))
    const parts = drawn(found, words)
    parts.next() // the form says the first sentence
    this.#drawOn(parts, this.#asked)
  }

  /** @param {string} said @param {HTMLElement[]} elements */
  #draw(said, elements) {
    if (this.said) this.said.value = said
    this.target.replaceChildren(...elements)
    this.#settle()
  }

  /** Some rows at a time: a reader who chooses on does not wait for those that nobody has seen.
   * @param {Generator<HTMLElement | null, void>} parts @param {number} asked
   */
  #drawOn(parts, asked) {
    if (asked !== this.#asked) return
    this.#settle()
    for (let part = parts.next(); !part.done; part = parts.next()) {
      if (part.value === null) return void setTimeout(() => this.#drawOn(parts, asked))
      this.target.append(part.value)
    }
  }

  /** @returns {Promise<Data>} */
  #load() {
    this.#loading ??= fetch(this.form.dataset.changes ?? "").then(answer => {
      if (!answer.ok) throw new Error(answer.statusText)
      return answer.json()
    })
    return this.#loading
  }

  /** @param {string[]} chosen */
  #writeAddress(chosen) {
    const address = new URL(location.href)
    for (const [place, name] of NAMES.entries()) {
      if (chosen[place]) address.searchParams.set(name, chosen[place])
      else address.searchParams.delete(name)
    }
    if (address.href !== location.href) history.replaceState(history.state, "", address)
  }

  /** @param {"from" | "to"} name @returns {HTMLSelectElement} */
  #select(name) {
    return /** @type {HTMLSelectElement} */ (this.form.elements.namedItem(name)) // compare.html has both
  }

  /** @param {"from" | "to"} name @param {string} written a release, maybe one that is none */
  #choose(name, written) {
    const select = this.#select(name)
    select.value = written.trim().replace(/^v/i, "")
    if (select.selectedIndex < 0) select.value = ""
  }
}

/** The page that has the same for good; of neighbours the newer one's own page.
 * @param {Comparer} comparer @param {number} old @param {number} then @param {Words} words @returns {HTMLElement[]}
 */
function pageOf(comparer, old, then, words) {
  const { steps, choices, upgrades, releases } = comparer.data
  const [from = "", to = ""] = [steps[old], steps[then]]
  const isNext = choices.indexOf(then) === choices.indexOf(old) + 1
  const path = isNext ? releases[then] : upgrades[`${from} ${to}`]
  if (!path) return []
  const text = isNext ? words("upgrade.release_page", { release: to }) : words("upgrade.page", { old: from, new: to })
  const paragraph = document.createElement("p")
  const link = document.createElement("a")
  link.href = comparer.address(path)
  link.textContent = text
  paragraph.append(link)
  return [paragraph]
}
