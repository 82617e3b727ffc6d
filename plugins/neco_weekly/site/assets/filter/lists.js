// Lists of rows on the page: which rows there are, and which of them are shown.

import { Row } from "./row.js"

/**
 * @typedef {object} List perhaps with a heading, which goes when nothing fits and tells how many do
 * @property {HTMLElement} body
 * @property {HTMLElement | null} section
 * @property {HTMLElement | null} count
 * @property {Row[]} rows
 */

/** @param {string} selector @returns {List[]} */
export function listsOf(selector) {
  const bodies = [...document.querySelectorAll(selector)].filter(body => body instanceof HTMLElement)
  return bodies.map(body => {
    const section = body.closest("section")
    const rows = [...body.children].filter(row => row instanceof HTMLElement)
    return {
      body,
      section,
      count: section?.querySelector("[data-count]") ?? null,
      rows: rows.map((row, place) => new Row(row, body, place)),
    }
  })
}

/** @param {List} list @param {(row: Row) => boolean} fits @returns {number} how many do */
export function drawList({ body, rows, section, count: output }, fits) {
  let count = 0
  for (const row of rows) {
    const isFound = fits(row)
    if (row.element.hidden === isFound) row.element.hidden = !isFound
    if (isFound) count++
  }
  body.style.setProperty("--rows", String(count)) // where the style sheet leaves out what is not in sight, it keeps its place
  if (section) section.hidden = !count
  if (output) output.textContent = numberOf(output, count)
  return count
}

/** @param {HTMLElement} output @param {number} count */
export function numberOf(output, count) {
  const language = document.documentElement.lang || "ja"
  return (output.dataset.count ?? "").replace("{count}", count.toLocaleString(language))
}
