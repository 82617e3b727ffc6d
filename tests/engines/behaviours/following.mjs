// What a browser keeps for its reader: stars, and the reader's own release.

import { ok } from "node:assert/strict"
import { until } from "../driver.mjs"

const STAR = ".neco-follow button"
const isPressed = () => document.querySelector(".neco-follow button")?.getAttribute("aria-pressed") === "true"

/** @type {import("../run.mjs").Behaviours} */
export const following = {
  "a star is kept, listed on its page, and can be taken away": async driver => {
    await driver.open("keps/127/")
    await driver.click(STAR)
    await until(driver, isPressed)
    await driver.open("following/")
    await until(driver, () => document.querySelector(".neco-followed a")?.textContent?.startsWith("KEP-127: "))
    await driver.open("keps/127/")
    await until(driver, isPressed)
    await driver.click(STAR)
    await until(driver, () => document.querySelector(".neco-follow button")?.getAttribute("aria-pressed") === "false")
  },
  "the reader's own release is asked once and told on other pages": async driver => {
    await driver.open("keps/")
    await until(driver, () => document.querySelector(".neco-my-release select") !== null)
    await driver.evaluate(() => {
      const select = document.querySelector(".neco-my-release select")
      if (select instanceof HTMLSelectElement) select.value = "1.33"
      select?.dispatchEvent(new Event("change", { bubbles: true }))
    })
    await driver.open("keps/127/")
    ok(await until(driver, () => /v1\.33/.test(document.querySelector(".neco-at")?.textContent ?? "")))
  },
}
