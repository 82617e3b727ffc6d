// The search opens when somebody means it: by Enter, an arrow or a letter in its box, by a key of the theme's, by a click.
// The theme opens it as soon as its box has the focus, so that Tab could not pass by: what it opens for a focus that nobody
// meant is refused once, and the box is a box like any other until somebody goes on there.

/** @import { Theme } from "./theme.js" */

const LABELS = "label[for=__search]"
const ON = ["Enter", "ArrowDown", "ArrowUp"]
const PASSING = ["Tab", "Shift", "Control", "Alt", "Meta"]

/** @param {Theme} theme @returns {() => void} opens it, where it is not open */
export function openOnIntent({ toggle, input }) {
  let isMeant = false // while an event lasts by which somebody means to go where it leads
  let isPassing = false // the focus has come to the box, and the theme is about to open the search

  const open = () => {
    isPassing = false
    if (!toggle.checked) toggle.click()
  }
  const mean = () => {
    isMeant = true
    setTimeout(() => {
      isMeant = false
    })
  }
  document.addEventListener("keydown", ({ key }) => PASSING.includes(key) || mean(), true)
  document.addEventListener(
    "click",
    ({ target }) => target instanceof Element && target.closest(LABELS) && mean(),
    true,
  )
  input.addEventListener("focus", () => {
    isPassing = !isMeant && !toggle.checked
  })
  input.addEventListener("blur", () => {
    isPassing = false
  })
  toggle.addEventListener("click", event => {
    if (!isPassing || event.isTrusted || !toggle.checked) return
    isPassing = false
    event.preventDefault() // it stays closed, and nobody is told of a change
  })
  input.addEventListener("click", open)
  input.addEventListener("input", open)
  input.addEventListener("keydown", event => {
    if (toggle.checked || !ON.includes(event.key) || event.isComposing) return
    event.preventDefault()
    event.stopPropagation() // else the theme would take it for one in an open search
    open()
  })
  return open
}
