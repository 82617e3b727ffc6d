// What the theme has of a search: the elements that it draws, and the worker that it talks to.

/**
 * @typedef {object} Theme
 * @property {Worker} worker
 * @property {URL} base of the site
 * @property {HTMLInputElement} toggle checked while the search is open
 * @property {HTMLElement} box
 * @property {HTMLInputElement} input
 * @property {HTMLElement} result
 * @property {HTMLElement} status
 * @property {HTMLElement} list
 */

/** @returns {Theme | null} null where there is no search, or another one than ours */
export function themesSearch() {
  const { necoSearch: worker } = /** @type {Document & { necoSearch?: Worker }} */ (document) // since before the theme began
  const box = document.querySelector("[data-md-component=search]")
  if (!worker || !(box instanceof HTMLElement)) return null
  const result = part(box, "[data-md-component=search-result]", HTMLElement)
  return {
    worker,
    base: new URL(JSON.parse(part(document, "#__config", HTMLElement).textContent).base, location.href),
    toggle: part(document, "#__search", HTMLInputElement),
    box,
    input: part(box, "[data-md-component=search-query]", HTMLInputElement),
    result,
    status: part(result, ":scope > :first-child", HTMLElement),
    list: part(result, ":scope > :last-child", HTMLElement),
  }
}

/**
 * @template {Element} E
 * @param {ParentNode} above @param {string} selector @param {new () => E} kind
 * @returns {E}
 */
function part(above, selector, kind) {
  const found = above.querySelector(selector)
  if (!(found instanceof kind)) throw new TypeError(`the theme's search has no ${selector}`)
  return found
}
