// What is text without scripts, and a button with them: headers that sort, values that are often looked for.

/** @import { Controls } from "./controls.js" */

/** @typedef {{button: HTMLButtonElement, filter: HTMLSelectElement, value: string}} Pick a value of a filter */

/** @param {HTMLElement} element whose content becomes the button's @param {() => void} press */
export function addButton(element, press) {
  const button = document.createElement("button")
  button.type = "button"
  button.append(...element.childNodes)
  element.append(button)
  button.addEventListener("click", press)
  return button
}

/** @param {Controls} controls @param {() => void} change called after one was pressed @returns {Pick[]} */
export function addPicks({ filters }, change) {
  /** @type {NodeListOf<HTMLElement>} */
  const elements = document.querySelectorAll("[data-pick] > li")
  return [...elements].flatMap(element => {
    const filter = filters.find(({ name }) => name === element.parentElement?.dataset.pick)
    const { value = "" } = element.dataset
    if (!filter) return []
    const press = () => {
      filter.value = filter.value === value ? "" : value
      change()
    }
    return [{ button: addButton(element, press), filter, value }]
  })
}
