// The rows that are shown as a table in Markdown, and the button that copies it.

/** @import { FilteredPage } from "./page.js" */

/** @param {string} text @returns {string} in one line, in which nothing is markup or ends a cell */
export const escaped = text => text.replace(/\s+/g, " ").replace(/[\\`*_[\]<>|~]/g, "\\$&")

/** @param {string} text @param {string} address @returns {string} a link, in which no sign of the address ends it */
export const linked = (text, address) =>
  `[${escaped(text)}](${address.replace(/[()<>|\s\\]/g, sign => `%${sign.charCodeAt(0).toString(16).padStart(2, "0")}`)})`

/** @param {string[]} heads @param {string[][]} rows of cells that are Markdown already */
export function markdownTable(heads, rows) {
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(" | ")} |`
  return [line(heads.map(escaped)), line(heads.map(() => "---")), ...rows.map(line), ""].join("\n")
}

/** @param {Node} node @returns {string} its text as Markdown; what a reader does not see, or another script says, left out */
function markdownOf(node) {
  if (!(node instanceof HTMLElement)) return escaped(node.textContent ?? "")
  if (node.matches(".neco-hidden, .neco-at, img")) return ""
  if (node instanceof HTMLAnchorElement) return linked((node.textContent ?? "").trim(), node.href)
  return [...node.childNodes].map(markdownOf).join(node.matches("div, li") ? " " : "")
}

/** @param {Iterable<Node>} nodes */
const cell = nodes => [...nodes].map(markdownOf).join(" ").replace(/ +/g, " ").trim()

/** @param {HTMLElement} row @param {string[]} parts selectors, where a row is no row of a table */
function cellsOf(row, parts) {
  if (row instanceof HTMLTableRowElement) return [...row.cells].map(it => cell([it]))
  return parts.map(part => cell(row.querySelectorAll(`:scope > ${part}`)))
}

/** @param {FilteredPage} page @returns {string} */
export function tableOf({ order, lists, controls }) {
  const { heads = "", parts = "" } = controls.result.dataset
  const names = heads ? heads.split("|") : order.headers.map(it => it.textContent ?? "")
  const shown = lists.flatMap(({ body }) => [...body.children]).filter(row => row instanceof HTMLElement && !row.hidden)
  const rows = shown.map(row => cellsOf(/** @type {HTMLElement} */ (row), parts.split("|")))
  return markdownTable(names, rows)
}

/** A button that is there with the form, so that nothing moves; where no page may write into the clipboard it goes. @param {FilteredPage} page */
export function listenToCopy(page) {
  const button = page.form.querySelector("button[data-copied]")
  if (!(button instanceof HTMLButtonElement)) return
  const { textContent: copy } = button
  button.hidden = !navigator.clipboard
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(tableOf(page))
    button.textContent = button.dataset.copied ?? copy
  })
  page.form.addEventListener("input", () => {
    button.textContent = copy
  })
}
