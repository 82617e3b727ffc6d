// Keys in the search: which of them the theme gets to see, and where Tab leads.

/** @import { Theme } from "./theme.js" */

const THEIRS = /^(Escape|ArrowUp|ArrowDown|[^ ])$/u
const COMPOSING = 229 // Safari's Enter comes after the composition, with this code

/** @param {string} key on a button; whether it is for the theme, as letters are */
export const isThemes = key => THEIRS.test(key)

/** @param {Theme} theme */
export function listenToKeys({ box, input, result }) {
  document.addEventListener(
    "keydown",
    event => {
      if (!(event.target instanceof Element) || !box.contains(event.target)) return
      if (event.isComposing || event.keyCode === COMPOSING) event.stopPropagation()
      else if (event.key === "Tab") moveOn(event, [input, ...result.querySelectorAll("button")])
      else if (event.target.closest("button") && !isThemes(event.key)) event.stopPropagation()
    },
    true,
  )
}

/**
 * Tab goes from the box to its buttons; behind the last of them the theme closes the search.
 *
 * @param {KeyboardEvent} event @param {HTMLElement[]} stops
 */
function moveOn(event, stops) {
  const place = stops.indexOf(/** @type {HTMLElement} */ (event.target))
  const next = place < 0 ? undefined : stops[place + (event.shiftKey ? -1 : 1)]
  if (!next) return
  event.preventDefault()
  event.stopPropagation()
  next.focus()
}
