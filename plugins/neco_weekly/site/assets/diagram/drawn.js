// A diagram in place of its source, which stays below it, to be opened.

import { settings } from "./settings.js"
import { asksAnotherHost, firstLine, hasOwnColours } from "./source.js"

/** @import { Load, Mermaid } from "./library.js" */
/** @import { Scheme } from "./colours.js" */
/** @import { Words } from "./words.js" */

/** @type {Scheme[]} */
const SCHEMES = ["default", "slate"]
let count = 0

/**
 * Both schemes are drawn, and the style sheet shows one: so a reader's toggle waits for nothing, and paper is white.
 *
 * @param {HTMLElement} source @param {Load} load @param {Words} words
 */
export async function drawn(source, load, words) {
  const text = source.querySelector("code")?.textContent ?? ""
  if (!source.isConnected) return
  if (asksAnotherHost(text)) return tell(source, words.foreign)
  const frame = element("div", "neco-diagram neco-diagram--drawing")
  source.before(frame)
  try {
    const mermaid = await load()
    const schemes = hasOwnColours(text) ? [undefined] : SCHEMES
    for (const scheme of schemes) {
      await turn()
      frame.append(await drawing(mermaid, text, scheme, frame, words))
    }
    frame.className = "neco-diagram"
    frame.append(below(source, words))
    for (const it of frame.querySelectorAll(".neco-diagram__drawing")) reachable(/** @type {HTMLElement} */ (it), words)
  } catch (error) {
    frame.remove()
    tell(source, words.failed.replace("{reason}", firstLine(error)))
  }
}

/** Drawing is long: between two of them the page answers its reader. @returns {Promise<void>} */
const turn = () => new Promise(next => setTimeout(next))

/**
 * @param {Mermaid} mermaid @param {string} text @param {Scheme | undefined} scheme @param {HTMLElement} frame
 * @param {Words} words
 */
async function drawing(mermaid, text, scheme, frame, words) {
  const box = element("div", `neco-diagram__drawing neco-diagram__drawing--${scheme ?? "own"}`)
  // Drawn where it will be: a text takes as much room as the page's own style gives it.
  const bench = element("div", "neco-diagram__bench")
  frame.append(bench)
  mermaid.initialize(settings(scheme, getComputedStyle(frame).fontFamily))
  const { svg } = await mermaid.render(`neco-diagram-${++count}`, text, bench)
  bench.remove()
  box.innerHTML = svg // which mermaid has cleaned of what is not a drawing
  const image = /** @type {SVGSVGElement} */ (box.querySelector("svg"))
  image.setAttribute("role", image.querySelector("a") ? "group" : "img")
  if (!image.hasAttribute("aria-labelledby")) image.setAttribute("aria-label", words.label)
  image.style.setProperty("--neco-natural", `${image.viewBox.baseVal.width}px`)
  return box
}

/** The source in a box to be opened. @param {HTMLElement} source @param {Words} words */
function below(source, words) {
  const box = element("details", "neco-diagram__source")
  const title = element("summary", "")
  title.textContent = words.source
  box.append(title, source)
  return box
}

/** Let keys move a drawing that is wider than the page. @param {HTMLElement} box @param {Words} words */
function reachable(box, words) {
  if (box.scrollWidth <= box.clientWidth) return
  box.tabIndex = 0
  box.setAttribute("role", "group")
  box.setAttribute("aria-label", words.label)
}

/** @param {HTMLElement} source @param {string} sentence */
function tell(source, sentence) {
  const line = element("p", "neco-diagram__failed")
  line.textContent = sentence
  source.after(line)
}

/** @param {string} tag @param {string} name */
function element(tag, name) {
  const made = document.createElement(tag)
  if (name) made.className = name
  return made
}
