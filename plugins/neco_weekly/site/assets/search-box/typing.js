// Letters that come into the box, from a keyboard or through an input method.

/** @import { Box } from "./box.js" */

const UNFINISHED = /[ぁ-ゖー][a-zａ-ｚ]{1,3}$|[ａ-ｚ]$/i

/** @param {string} text of an input method; whether it waits for a vowel, as in "せいg" */
export const isUnfinished = text => UNFINISHED.test(text)

/** @param {Box} box @param {() => void} onKey called for each key that the theme may see */
export function listenToTyping(box, onKey) {
  const { box: themesBox, input } = box.theme
  let composing = "" // what the input method has not finished

  input.addEventListener("input", event => {
    const { isComposing, data } = /** @type {InputEvent} */ (event)
    composing = isComposing ? (data ?? "") : ""
    if (!isUnfinished(composing)) box.tell()
  })
  input.addEventListener("compositionend", () => {
    composing = ""
    box.tell()
  })
  input.form?.addEventListener("reset", () => setTimeout(() => box.tell()))
  themesBox.addEventListener(
    "keyup",
    event => {
      if (event.isComposing && isUnfinished(composing)) event.stopPropagation()
      else onKey()
    },
    true,
  )
}
