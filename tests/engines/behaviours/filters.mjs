// Lists that a form narrows down and sorts, and two releases that are compared.

import { deepEqual, equal, ok } from "node:assert/strict"
import { until } from "../driver.mjs"

const WORDS = ".neco-filter input[name=q]"

/** @type {import("../run.mjs").Behaviours} */
export const filters = {
  "what is typed narrows the table down, the address follows, and a button shows all": async driver => {
    const all = await opened(driver)
    await driver.click(WORDS)
    await driver.type("127")
    await until(driver, () => location.search === "?q=127")
    const rows = await driver.evaluate(shown)
    ok(rows.length > 0 && rows.length < all.length, `${rows.length} of ${all.length}`)
    ok(rows.every(row => row.includes("127")))
    await driver.click(".neco-filter button")
    await until(driver, () => location.search === "")
    equal((await driver.evaluate(shown)).length, all.length)
  },
  "Japanese is looked for once it is composed": async driver => {
    const all = await opened(driver)
    await driver.click(WORDS)
    const during = await driver.evaluate(composed, "ゆきだるまのねこ")
    equal(during, all.length)
    await until(driver, () => document.querySelectorAll("table.neco-kep-table tbody tr:not([hidden])").length === 0)
  },
  "a choice and going back bring rows and form along": async driver => {
    await opened(driver)
    const value = await driver.evaluate(chosen, "stage", "alpha")
    equal(value, "alpha")
    await until(driver, () => location.search === "?stage=alpha")
    const rows = await driver.evaluate(shown)
    await driver.open("links/")
    await driver.back()
    await until(driver, () => document.querySelector(".neco-filter:not([hidden])") !== null)
    deepEqual(await driver.evaluate(shown), rows)
  },
  "a header sorts, and sorts the other way": async driver => {
    await driver.size(1280)
    await opened(driver)
    await driver.click("table.neco-kep-table th button")
    await until(driver, isSorted, "ascending")
    const up = await driver.evaluate(shown)
    await driver.click("table.neco-kep-table th button")
    await until(driver, isSorted, "descending")
    deepEqual((await driver.evaluate(shown)).length, up.length)
    ok((await driver.evaluate(shown))[0] !== up[0])
  },
  "two releases are compared": async driver => {
    await driver.open("releases/compare/?from=1.33&to=1.36")
    await until(driver, () => (document.querySelector("[data-compared]")?.textContent ?? "").length > 500)
  },
}

/** @param {import("../driver.mjs").Driver} driver */
async function opened(driver) {
  await driver.open("keps/")
  await until(driver, () => document.querySelector(".neco-filter:not([hidden])") !== null)
  return driver.evaluate(shown)
}

const shown = () =>
  [...document.querySelectorAll("table.neco-kep-table tbody tr:not([hidden])")].map(row => row.textContent ?? "")

/** @param {string} order */
const isSorted = order => document.querySelector("table.neco-kep-table th")?.getAttribute("aria-sort") === order

/** How many rows are there while it is composed; then it is. @param {string} text */
function composed(text) {
  const box = /** @type {HTMLInputElement} */ (document.activeElement)
  box.value = text
  box.dispatchEvent(new InputEvent("input", { data: text, isComposing: true, bubbles: true }))
  const { length } = document.querySelectorAll("table.neco-kep-table tbody tr:not([hidden])")
  box.dispatchEvent(new CompositionEvent("compositionend", { data: text, bubbles: true }))
  return length
}

/** @param {string} name @param {string} value */
function chosen(name, value) {
  const select = /** @type {HTMLSelectElement} */ (document.querySelector(`.neco-filter select[name=${name}]`))
  select.value = value
  select.dispatchEvent(new InputEvent("input", { bubbles: true }))
  return select.value
}
