// Keys in the search: which of them the theme gets to see, and where Tab leads.

/**
 * @import { Theme } from "./theme.js"
 * @import { Toolbar } from "./toolbar.js"
 */

const THEIRS = /^(Escape|ArrowUp|ArrowDown|[^ ])$/u
const COMPOSING = 229 // Safari's Enter comes after the composition, with this code
const STOPS = ".neco-start :is(a, button), .md-search-result__meta button"

/** @param {string} key on a button; whether it is for the theme, as letters are */
export const isThemes = key => THEIRS.test(key)

/** @param {Theme} theme @param {Toolbar} toolbar */
export function listenToKeys({ box, toggle, input, result }, toolbar) {
  document.addEventListener(
    "keydown",
    event => {
      const { target } = event
      if (!(target instanceof Element) || !box.contains(target) || !toggle.checked) return
      if (event.isComposing || event.keyCode === COMPOSING) event.stopPropagation()
      else if (event.key === "Tab") moveOn(event, toolbar, [input, toolbar.stop, ...result.querySelectorAll(STOPS)])
      else if (toolbar.moves(event)) stop(event)
      else if (event.key === "Enter" && target === input && !input.value.trim())
        stop(event) // nothing is the best result
      else if (target.closest("button, .neco-start a") && !isThemes(event.key)) event.stopPropagation()
    },
    true,
  )
}

/** @param {Event} event */
function stop(event) {
  event.preventDefault()
  event.stopPropagation()
}

/**
 * Tab goes from the box to its filters and to what else there is; behind the last of them the theme closes the search.
 *
 * @param {KeyboardEvent} event @param {Toolbar} toolbar @param {(Element | undefined)[]} stops
 */
function moveOn(event, toolbar, stops) {
  const target = /** @type {HTMLElement} */ (event.target)
  const there = stops.filter(it => it instanceof HTMLElement)
  const from = toolbar.element.contains(target) ? toolbar.stop : target
  const place = from ? there.indexOf(from) : -1
  const next = place < 0 ? undefined : there[place + (event.shiftKey ? -1 : 1)]
  if (!next) return
  stop(event)
  next.focus()
}
