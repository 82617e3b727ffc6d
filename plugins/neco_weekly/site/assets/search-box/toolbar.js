// Buttons that are one stop of Tab: arrow keys go from one to the next, and Tab comes back to the one that was left.
// https://www.w3.org/WAI/ARIA/apg/patterns/toolbar/

/** @typedef {(place: number, count: number, forward: number) => number} Step */

/** Where each key leads. @type {[string, Step][]} */
const KEYS = [
  ["ArrowRight", (place, count, forward) => (place + forward + count) % count],
  ["ArrowLeft", (place, count, forward) => (place - forward + count) % count],
  ["Home", () => 0],
  ["End", (_, count) => count - 1],
]
const STEPS = new Map(KEYS)

/** @param {string} key @param {number} place @param {number} count @param {boolean} isRtl @returns {number} the next place; -1 for another key */
export const nextPlace = (key, place, count, isRtl) => STEPS.get(key)?.(place, count, isRtl ? -1 : 1) ?? -1

export class Toolbar {
  /**
   * Tab stops in that part of it which scrolls, as long as there is a button: from there keys reach all of it.
   *
   * @param {HTMLElement} element @param {string} name @param {HTMLElement} scroller
   */
  constructor(element, name, scroller) {
    this.element = element
    this.scroller = scroller
    element.setAttribute("role", "toolbar")
    element.setAttribute("aria-label", name)
    scroller.addEventListener("focusin", ({ target }) => this.#stopAt(target))
  }

  /** @returns {HTMLButtonElement | undefined} where Tab stops; none where there is no button */
  get stop() {
    const buttons = [...this.scroller.querySelectorAll("button")]
    return buttons.find(it => it.tabIndex === 0) ?? buttons[0] ?? this.#buttons[0]
  }

  /** To be called when buttons have come or gone. */
  refresh() {
    this.#stopAt(this.stop)
  }

  /** @param {KeyboardEvent} event on a button @returns {boolean} whether it has moved the focus */
  moves({ key, target }) {
    const buttons = this.#buttons
    const place = buttons.indexOf(/** @type {HTMLButtonElement} */ (target))
    if (place < 0) return false
    const next = buttons[nextPlace(key, place, buttons.length, getComputedStyle(this.element).direction === "rtl")]
    next?.focus()
    return next !== undefined
  }

  get #buttons() {
    return [...this.element.querySelectorAll("button")]
  }

  /** @param {EventTarget | null | undefined} stop */
  #stopAt(stop) {
    for (const it of this.#buttons) it.tabIndex = it === stop ? 0 : -1
  }
}
