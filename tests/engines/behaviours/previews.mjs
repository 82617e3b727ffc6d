// Previews of links to issues (WCAG 2.2, 1.4.13), and pictures that open large.

import { equal, ok } from "node:assert/strict"
import { until } from "../driver.mjs"
import { tapped } from "./popover.mjs"

const ISSUE = "issues/2026/07/2026-07-10/"
const TO_HEADING = "article a[href$='2025-12-05/#kueue-v0150']"
const GUIDE = "guide/markdown/"
const PICTURE = "article a.neco-zoom"
const title = () => document.querySelector(".neco-more__title")?.textContent
const isShut = () => document.querySelector(".neco-more") === null
const isLarge = () => {
  const picture = /** @type {HTMLImageElement | null} */ (document.querySelector("dialog.neco-large[open] img"))
  return picture?.complete && picture.naturalWidth > 0
}
const isSmall = () => document.querySelector("dialog") === null

/** @type {import("../run.mjs").Behaviours} */
export const previews = {
  "a mouse that rests on a link to a heading is shown its beginning, and leaves it": async driver => {
    await driver.open(ISSUE)
    await driver.hover(TO_HEADING)
    equal(await until(driver, title), "Kueue v0.15.0")
    await driver.hover(".neco-more a")
    equal(await driver.evaluate(title), "Kueue v0.15.0")
    await driver.leave()
    await until(driver, isShut)
  },
  "keys show a preview, and Escape puts it away": async driver => {
    await driver.open(ISSUE)
    await driver.press("Tab")
    await driver.evaluate(link => /** @type {any} */ (document.querySelector(link)).focus(), TO_HEADING)
    equal(await until(driver, title), "Kueue v0.15.0")
    await driver.press("Escape")
    await until(driver, isShut)
    ok(await driver.evaluate(link => document.activeElement?.matches(link), TO_HEADING))
  },
  "a finger's first tap shows a preview and stays on the page": async driver => {
    await driver.size(360)
    await driver.open(ISSUE)
    const at = await driver.evaluate(() => location.href)
    await driver.evaluate(tapped, "article a[data-neco-preview='tap'][href$='topics/kueue/']")
    equal(await until(driver, title), "Kueue")
    equal(await driver.evaluate(() => location.href), at)
    await driver.evaluate(tapped, "h1")
    await until(driver, isShut)
  },
  "a picture opens large by a click, and Escape leads back to it": async driver => {
    await driver.open(GUIDE)
    await driver.click(PICTURE)
    await until(driver, isLarge)
    await driver.press("Escape")
    await until(driver, isSmall)
    ok(await driver.evaluate(link => document.activeElement?.matches(link), PICTURE))
  },
  "a picture opens large by Enter, and its button closes it": async driver => {
    await driver.open(GUIDE)
    await driver.evaluate(link => /** @type {any} */ (document.querySelector(link)).focus(), PICTURE)
    await driver.press("Enter")
    await until(driver, isLarge)
    await driver.click("dialog button")
    await until(driver, isSmall)
  },
}
