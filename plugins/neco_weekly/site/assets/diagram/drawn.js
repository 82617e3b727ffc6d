// A diagram in place of its source, which stays below it, to be opened.

import { exchanged } from "./room.js"
import { settings } from "./settings.js"
import { asksAnotherHost, firstLine, hasOwnColours } from "./source.js"
import { turn } from "./turn.js"

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
  const frame = framed(source)
  try {
    const drawings = await allDrawings(await load(), text, frame, words)
    await turn()
    exchanged(frame, () => show(frame, drawings, source, words), words)
  } catch (error) {
    frame.replaceWith(source)
    tell(source, words.failed.replace("{reason}", firstLine(error)))
  }
}

/** A frame around a source, which stays where it is and as far from what is around it. @param {HTMLElement} source */
function framed(source) {
  const { marginTop, marginBottom } = getComputedStyle(source)
  const frame = element("div", "neco-diagram neco-diagram--drawing")
  frame.style.marginBlock = `${marginTop} ${marginBottom}`
  source.replaceWith(frame)
  frame.append(source)
  return frame
}

/**
 * Mermaid reads a source twice: what a kind of diagram needs is loaded and has run before it draws, which is long.
 *
 * @param {Mermaid} mermaid @param {string} text @param {HTMLElement} frame @param {Words} words
 */
async function allDrawings(mermaid, text, frame, words) {
  const drawings = []
  for (const scheme of hasOwnColours(text) ? [undefined] : SCHEMES) {
    await turn()
    const wanted = settings(scheme, getComputedStyle(frame).fontFamily)
    await turn()
    mermaid.initialize(wanted)
    await turn()
    if (!drawings.length) await mermaid.parse(text)
    await turn()
    drawings.push(await drawing(mermaid, text, scheme, frame, words))
  }
  return drawings
}

/**
 * @param {Mermaid} mermaid @param {string} text @param {Scheme | undefined} scheme @param {HTMLElement} frame
 * @param {Words} words
 */
async function drawing(mermaid, text, scheme, frame, words) {
  const box = element("div", `neco-diagram__drawing neco-diagram__drawing--${scheme ?? "own"}`)
  // Drawn where it will be: a text takes as much room as the page's own style gives it.
  const bench = element("div", "neco-diagram__bench")
  frame.append(bench)
  const { svg } = await mermaid.render(`neco-diagram-${++count}`, text, bench)
  bench.remove()
  await turn()
  box.innerHTML = svg // which mermaid has cleaned of what is not a drawing
  const image = /** @type {SVGSVGElement} */ (box.querySelector("svg"))
  image.setAttribute("role", image.querySelector("a") ? "group" : "img")
  if (!image.hasAttribute("aria-labelledby")) image.setAttribute("aria-label", words.label)
  const { width, height } = image.viewBox.baseVal
  image.style.setProperty("--neco-natural", `${width}px`)
  image.style.setProperty("--neco-natural-height", `${height}px`)
  return box
}

/** @param {HTMLElement} frame @param {HTMLElement[]} drawings @param {HTMLElement} source @param {Words} words */
function show(frame, drawings, source, words) {
  frame.className = "neco-diagram"
  frame.replaceChildren(...drawings, below(source, words))
  if (drawings.some(it => it.scrollWidth > it.clientWidth)) for (const it of drawings) reachable(it, words)
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
