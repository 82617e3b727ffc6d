// Details of a badge: for a mouse, for keys and for a finger (WCAG 2.2, 1.4.13).

import { equal, match, ok } from "node:assert/strict"
import { until } from "../driver.mjs"

const ISSUE = "issues/2022/09/2022-09-02/"
const BADGE = "h3 a.neco-kep[data-kep='127']"
const isOpen = () => document.querySelector(".neco-more")?.checkVisibility() ?? false
const isShut = () => document.querySelector(".neco-more") === null

/** @type {import("../run.mjs").Behaviours} */
export const popover = {
  "a mouse that rests on a badge is told, may go into what it is told, and leaves it": async driver => {
    await driver.open(ISSUE)
    await driver.hover(BADGE)
    await until(driver, isOpen)
    match(
      await driver.evaluate(() => document.querySelector(".neco-more")?.textContent ?? ""),
      /alpha v1\.25.*stable v1\.36/,
    )
    await driver.hover(".neco-more__line")
    await driver.hover(".neco-more a")
    ok(await driver.evaluate(isOpen))
    ok(await driver.evaluate(isInSight))
    await driver.leave()
    await until(driver, isShut)
  },
  "keys open it, go into it, and Escape leads back to the badge": async driver => {
    await driver.open(ISSUE)
    await driver.press("Tab")
    await driver.evaluate(badge => /** @type {any} */ (document.querySelector(badge)).focus(), BADGE)
    await until(driver, isOpen)
    await driver.press("Tab")
    await until(driver, () => document.activeElement?.closest(".neco-more") !== null)
    await driver.press("Escape")
    await until(driver, isShut)
    ok(await driver.evaluate(badge => document.activeElement?.matches(badge), BADGE))
  },
  "a finger's first tap tells, and a tap beside closes": async driver => {
    await driver.size(360)
    await driver.open(ISSUE)
    const at = await driver.evaluate(() => location.href)
    await driver.evaluate(tapped, BADGE)
    await until(driver, isOpen)
    equal(await driver.evaluate(() => location.href), at)
    ok(await driver.evaluate(isInSight))
    await driver.evaluate(tapped, "h1")
    await until(driver, isShut)
  },
}

function isInSight() {
  const box = document.querySelector(".neco-more")?.getBoundingClientRect()
  return box && box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight
}

/** A finger on a place, in the page. @param {string} place */
export function tapped(place) {
  const element = /** @type {HTMLElement} */ (document.querySelector(place))
  element.scrollIntoView({ block: "center", behavior: "instant" })
  for (const kind of ["pointerover", "pointerdown", "pointerup"]) {
    element.dispatchEvent(new PointerEvent(kind, { pointerType: "touch", bubbles: true, isPrimary: true }))
  }
  element.click()
}
