// Every kind of page, on a phone and on a desk, in light and dark.

import { deepEqual } from "node:assert/strict"
import { until } from "../driver.mjs"

const KINDS = JSON.parse(process.env.NECO_KINDS ?? "{}")
const UNASKED = ["sitemap.xml", "search_index.json", "search/neco/index", "search/neco/engine"]

/** @type {import("../run.mjs").Behaviours} */
export const pages = {
  "every kind of page fits a phone and a desk in light and dark, and marks of stages are round": async driver => {
    const wide = []
    const oval = []
    for (const width of [360, 1280]) {
      await driver.size(width)
      for (const [kind, path] of Object.entries(KINDS)) {
        await driver.open(path)
        const found = await driver.evaluate(widths)
        for (const [inner, outer] of found)
          if (inner !== outer || outer !== width) wide.push([kind, width, inner, outer])
        for (const mark of await driver.evaluate(marksThatAreNotRound)) oval.push([kind, ...mark])
      }
    }
    deepEqual({ wide, oval }, { wide: [], oval: [] })
  },
  "a page that is only looked at asks for no list of pages and no index": async driver => {
    await driver.open(KINDS.issue)
    await driver.evaluate(() => scrollTo(0, document.body.scrollHeight))
    await driver.open(KINDS["kep-table"])
    const asked = await driver.evaluate(() => performance.getEntriesByType("resource").map(it => it.name))
    deepEqual(
      asked.filter(name => UNASKED.some(part => name.includes(part))),
      [],
    )
  },
  "a diagram is drawn when it comes near": async driver => {
    await driver.open(KINDS["guide-markdown"])
    await driver.evaluate(() => document.querySelector(".neco-diagram, pre.mermaid, .mermaid")?.scrollIntoView())
    await until(driver, () => document.querySelector("article :is(.neco-diagram, .mermaid) :is(svg, img)") !== null)
  },
}

/** Widths of what is drawn and of the window, in either scheme. */
function widths() {
  /** @returns {[number, number]} */
  const width = () => [document.documentElement.scrollWidth, document.documentElement.clientWidth]
  const first = width()
  const other = document.querySelector("label[for^=__palette_]:not([hidden])")
  if (other instanceof HTMLElement) other.click()
  return [first, width()]
}

/** Round is what is as wide as high in whole pixels: else an engine that draws in these may make an oval of it. */
function marksThatAreNotRound() {
  return [...document.querySelectorAll("article :is(.neco-stage, .neco-kep__stage, .neco-kep__plan)")]
    .flatMap(pill => [getComputedStyle(pill), getComputedStyle(pill, "::before")])
    .filter(mark => mark.borderTopLeftRadius === "50%" && mark.content !== "none" && mark.width !== "auto")
    .map(mark => /** @type {[number, number]} */ ([Number.parseFloat(mark.width), Number.parseFloat(mark.height)]))
    .filter(([width, height]) => width !== height || !Number.isInteger(width))
    .slice(0, 3)
}
