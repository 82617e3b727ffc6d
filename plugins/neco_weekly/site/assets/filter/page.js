// A page with a form that narrows its rows down: what happens when the form, or the address, says something else.

import { addButton, addPicks } from "./buttons.js"
import { Controls } from "./controls.js"
import { drawList, listsOf, numberOf } from "./lists.js"
import { listenToCopy } from "./markdown.js"
import { Order } from "./order.js"
import { testsOf } from "./query.js"
import { choicesOf, sentence } from "./said.js"
import { closeSearch } from "./theme.js"

const PAUSE = 400 // ms without a change until rows out of sight are laid out too, as finding and listening need it

export class FilteredPage {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #settling

  /** @param {HTMLFormElement} form hidden as long as nothing answers it */
  constructor(form) {
    this.form = form
    this.title = document.title
    this.controls = new Controls(form)
    this.lists = listsOf(form.dataset.rows ?? "")
    this.rows = this.lists.flatMap(list => list.rows)
    this.order = new Order(this.controls, this.lists)
    this.picks = addPicks(this.controls, () => this.change())
    for (const header of this.order.headers) {
      addButton(header, () => {
        this.controls.sort.value = this.order.after(header)
        this.change()
      })
    }
    this.readAddress()
    closeSearch(() => this.controls.writeAddress())
    listenToCopy(this)
    form.hidden = false
    this.#listen()
  }

  get isShown() {
    return this.form.isConnected
  }

  readAddress() {
    this.controls.readAddress()
    this.draw()
  }

  change() {
    this.#settle()
    this.draw()
    this.controls.writeAddress()
  }

  draw() {
    const { chosen, q, sort, result } = this.controls
    const tests = testsOf(q.value, this.rows)
    const count = this.lists.reduce((sum, list) => {
      return (
        sum + drawList(list, row => chosen.every(it => row.has(it.name, it.value)) && tests.every(test => test(row)))
      )
    }, 0)
    this.order.sort(sort.value)
    for (const { button, filter, value } of this.picks) {
      button.setAttribute("aria-pressed", filter.value === value ? "true" : "false")
    }
    const found = sentence(choicesOf(this.controls), q.value, numberOf(result, count), result.dataset)
    result.value = count ? found || numberOf(result, count) : (result.dataset.none ?? "")
    document.title = [found, this.title].filter(Boolean).join(" - ")
  }

  /** While they are busy, the style sheet leaves out what is not in sight: hundreds of rows take a tenth of a second. */
  #settle() {
    for (const { body } of this.lists) body.setAttribute("aria-busy", "true")
    clearTimeout(this.#settling)
    this.#settling = setTimeout(() => {
      for (const { body } of this.lists) body.removeAttribute("aria-busy")
    }, PAUSE)
  }

  #listen() {
    const { form } = this
    form.addEventListener("submit", event => event.preventDefault())
    form.addEventListener("input", event => {
      if (!(/** @type {InputEvent} */ (event).isComposing)) this.change()
    })
    form.addEventListener("compositionend", () => this.change())
    form.addEventListener("focusin", () => this.#readAhead(), { once: true })
    form.querySelector("button")?.addEventListener("click", () => {
      form.reset()
      this.change()
    })
  }

  /** The words of thousands of rows take a while: before somebody types. */
  #readAhead() {
    for (const row of this.rows) row.readAhead()
  }
}
