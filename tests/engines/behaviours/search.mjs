// The search box: keys, an input method as the engines tell of it, addresses and filters.

import { deepEqual, equal, match, ok } from "node:assert/strict"
import { until } from "../driver.mjs"

const START = "issues/2026/06/2026-06-05/"

/** @type {import("../run.mjs").Behaviours} */
export const search = {
  "a slash opens the box, what is typed is found, Escape closes it": async driver => {
    await searched(driver, "スワップ")
    ok((await driver.evaluate(addresses)).length > 1)
    match(
      await driver.evaluate(() => document.querySelector(".md-search [role=status]")?.textContent ?? ""),
      /^\d+ 件$/,
    )
    await driver.press("Escape")
    await until(driver, isClosed)
  },
  "arrows go through the results and Enter follows one": async driver => {
    await searched(driver, "スワップ")
    const [, second] = await driver.evaluate(addresses)
    await driver.press("ArrowDown")
    await driver.press("ArrowDown")
    await until(driver, isAt, second)
    await driver.press("Enter")
    await until(driver, path => decodeURI(location.pathname) === path, second?.split("#")[0])
  },
  "an input method searches on the way, and not for half a syllable": async driver => {
    await searched(driver, "swap")
    await driver.evaluate(emptied)
    await driver.evaluate(noteWhatIsAsked)
    await driver.evaluate(() => document.activeElement?.dispatchEvent(new CompositionEvent("compositionstart")))
    for (const text of ["ｓ", "す", "すｗ", "すわ", "すわｐ", "すわっｐ", "すわっぷ"])
      await driver.evaluate(composed, text)
    await until(driver, text => Reflect.get(globalThis, "asked")().includes(text), "すわっぷ")
    await driver.evaluate(ended, "スワップ")
    await until(driver, text => Reflect.get(globalThis, "asked")().at(-1) === text, "スワップ")
    deepEqual(
      (await driver.evaluate(() => Reflect.get(globalThis, "asked")())).filter((/** @type {string} */ text) =>
        /[ｓｗｐ]$/.test(text),
      ),
      [],
    )
  },
  "the Enter that ends a composition follows nothing": async driver => {
    await searched(driver, "スワップ")
    for (const init of [{ isComposing: true }, { keyCode: 229 }]) {
      const at = await driver.evaluate(init => {
        document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, ...init }))
        return location.pathname
      }, init)
      equal(at, `/${START}`)
    }
    ok(await driver.evaluate(() => document.activeElement?.matches("input.md-search__input")))
  },
  "an address with a query opens its results, and a chip takes its filter away": async driver => {
    await driver.open(`${START}?q=${encodeURIComponent("スワップ year:2024")}`)
    await until(driver, isComplete)
    const issues = (await driver.evaluate(addresses)).map(it => it.split("#")[0])
    deepEqual([...new Set(issues)], ["/issues/2024/05/2024-05-10/"])
    await driver.click(".neco-search__chips button")
    await until(
      driver,
      () => /** @type {any} */ (document.querySelector("input.md-search__input")).value === "スワップ",
    )
  },
  "back from a result is back at the search": async driver => {
    await searched(driver, "スワップ")
    await driver.press("Enter")
    await until(driver, () => location.search.includes("h="))
    await driver.back()
    await until(
      driver,
      words => /** @type {any} */ (document.querySelector("input.md-search__input")).value === words,
      "スワップ",
    )
    await until(driver, isComplete)
  },
}

/** @param {import("../driver.mjs").Driver} driver @param {string} words */
async function searched(driver, words) {
  await driver.open(START)
  await until(driver, () => "necoSearch" in document)
  await driver.press("/")
  await until(driver, () => document.activeElement?.matches("input.md-search__input"))
  await driver.type(words)
  await until(driver, isComplete)
}

const isComplete = () =>
  document.querySelector("[data-md-component=search-result][data-neco-search=complete]") !== null &&
  document.querySelector("a.md-search-result__link") !== null
const isClosed = () => !(/** @type {HTMLInputElement} */ (document.querySelector("#__search")).checked)
const addresses = () =>
  [.../** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a.md-search-result__link"))]
    .filter(link => link.checkVisibility())
    .map(link => decodeURIComponent(link.pathname + link.hash))

/** @param {string | undefined} address of a result; whether the focus is there */
function isAt(address) {
  const { pathname, hash } = /** @type {any} */ (document.activeElement)
  return decodeURIComponent(`${pathname}${hash}`) === address
}

function emptied() {
  const box = /** @type {HTMLInputElement} */ (document.activeElement)
  box.value = ""
  box.dispatchEvent(new InputEvent("input", { bubbles: true }))
}

function noteWhatIsAsked() {
  /** @type {string[]} */
  const list = []
  Reflect.set(globalThis, "asked", () => list)
  const worker = Reflect.get(document, "necoSearch")
  worker.addEventListener("message", (/** @type {MessageEvent} */ event) => {
    const { type, data } = event.data
    if (type === 3 && list.at(-1) !== data.neco.query) list.push(data.neco.query)
  })
}

/** A step of a composition, with the end of the key that all engines tell. @param {string} text */
function composed(text) {
  const box = /** @type {HTMLInputElement} */ (document.activeElement)
  box.value = text
  box.dispatchEvent(new CompositionEvent("compositionupdate", { data: text, bubbles: true }))
  box.dispatchEvent(
    new InputEvent("input", { data: text, isComposing: true, inputType: "insertCompositionText", bubbles: true }),
  )
  box.dispatchEvent(new KeyboardEvent("keyup", { key: "Process", isComposing: true, bubbles: true }))
}

/** @param {string} text */
function ended(text) {
  const box = /** @type {HTMLInputElement} */ (document.activeElement)
  box.value = text
  box.dispatchEvent(new CompositionEvent("compositionend", { data: text, bubbles: true }))
  box.dispatchEvent(new InputEvent("input", { data: text, inputType: "insertFromComposition", bubbles: true }))
}
