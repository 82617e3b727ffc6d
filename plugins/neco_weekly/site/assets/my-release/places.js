// Where a page says what is so in the reader's release: lines of rows and heads, a column of the table, previews.

import { lineOf, stateIn } from "./states.js"

/** @import { Words } from "./words.js" */

/** What previews of badges said before. @type {WeakMap<HTMLElement, string>} */
const saidBefore = new WeakMap()

/** @param {string} release empty for none @param {Words} words */
export function drawPlaces(release, words) {
  for (const place of found(".neco-at[data-neco-at]")) fill(place, release, words)
  for (const cell of found(".neco-at-table [data-release]")) {
    cell.toggleAttribute("data-mine", cell.dataset.release === `v${release}`)
  }
  for (const entry of found("li[data-neco-at][data-more]")) {
    const { more = "", necoAt = "" } = entry.dataset
    const before = saidBefore.get(entry) ?? more
    saidBefore.set(entry, before)
    entry.dataset.more = release ? `${lineOf(necoAt, release, words)}\n${before}` : before
  }
}

/** What is only planned has a form of its own. @param {HTMLElement} place @param {string} release @param {Words} words */
function fill(place, release, words) {
  const { necoAt = "" } = place.dataset
  const line = release && lineOf(necoAt, release, words)
  const [kind, stage] = stateIn(necoAt, release)
  const planned = document.createElement("i")
  planned.className = "neco-planned"
  planned.textContent = line
  place.replaceChildren(line && kind === "planned" && stage ? planned : line)
}

/** @param {string} selector @returns {NodeListOf<HTMLElement>} */
const found = selector => document.querySelectorAll(selector)
