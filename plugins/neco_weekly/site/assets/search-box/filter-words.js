// Filters as words of a query, which buttons write and take away.

/** @typedef {{name: string, value: string}} Named a filter by its name, with a value as in the facets */

/** @param {Named} filter */
export const nameOf = ({ name, value }) => `${name}:${value}`

/** @param {Named} filter @returns {string} its value as people write it: node for sig-node */
export const shortValue = ({ value }) => value.replace(/^sig-/, "")

/** @param {string} text @param {Named} filter */
export const withFilter = (text, filter) => `${text.trimEnd()} ${filter.name}:${shortValue(filter)}`.trimStart()

/** @param {string} text @param {string[]} words */
export function withoutWords(text, words) {
  const typed = text.split(/\s+/)
  return typed.filter(word => !words.includes(word)).join(" ")
}
