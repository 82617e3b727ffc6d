// The room of a diagram: what stands below it does not move while somebody looks at it.
//
// A drawing is rarely as high as its source. Where both it and what follows are in view, it gets no more room than its source
// had, until it is out of view, until what follows is, or until its reader wants to see all of it.

/** @import { Words } from "./words.js" */

/**
 * Whether a change of its height would be seen to move what follows. Above the window it is not, where the browser then
 * scrolls along.
 *
 * @param {{bottom: number}} box of an element in the window @param {number} height of the window @param {boolean} scrollsAlong
 */
export const movesWhatIsSeen = ({ bottom }, height, scrollsAlong) => bottom < height && (bottom > 0 || !scrollsAlong)

/** @param {{bottom: number}} box */
const isSeen = box => movesWhatIsSeen(box, innerHeight, CSS.supports("overflow-anchor: auto"))

/**
 * Exchange what is in a frame, and let the frame be as high as that is, at once or later.
 *
 * @param {HTMLElement} frame @param {() => void} exchange @param {Words} words
 */
export function exchanged(frame, exchange, words) {
  const { height, bottom } = frame.getBoundingClientRect()
  exchange()
  if (!isSeen({ bottom })) return loosen(frame)
  frame.style.setProperty("--neco-room", `${height}px`)
  frame.classList.add("neco-diagram--held")
  const whole = button(frame, words)
  const release = () => {
    watch.disconnect()
    frame.removeEventListener("click", release)
    if (document.activeElement === whole) frame.querySelector("summary")?.focus({ preventScroll: true })
    whole?.remove()
    loosen(frame)
  }
  const watch = new IntersectionObserver(
    entries => {
      const last = entries.at(-1)
      if (last && !isSeen(last.boundingClientRect)) release()
    },
    { threshold: [0, 1] },
  )
  watch.observe(frame)
  frame.addEventListener("click", release)
}

/** Where not all of a drawing is seen, a button for the rest. @param {HTMLElement} frame @param {Words} words */
function button(frame, words) {
  const drawings = [...frame.querySelectorAll(".neco-diagram__drawing")]
  if (drawings.every(it => it.scrollHeight <= it.clientHeight)) return
  const whole = document.createElement("button")
  whole.type = "button"
  whole.className = "neco-diagram__whole"
  whole.textContent = words.whole
  frame.append(whole)
  return whole
}

/** @param {HTMLElement} frame */
function loosen(frame) {
  frame.classList.remove("neco-diagram--held")
  frame.removeAttribute("style")
}
