// What a narrowed list is, in a sentence: for the form, and for the page's title.

/** @import { Controls } from "./controls.js" */

/**
 * @typedef {object} Choice that narrows the list down
 * @property {string} label of its filter
 * @property {string} value as the reader sees it
 *
 * @typedef {object} Words
 * @property {string} [said] the sentence, with places for the filters and the count
 * @property {string} [pair] a filter with its value
 * @property {string} [quoted] words that were looked for
 * @property {string} [and] what stands between filters
 */

/** @param {HTMLSelectElement} select @returns {Choice} without the number of rows that fit */
function choiceOf(select) {
  const label = select.labels[0]?.firstChild?.textContent ?? ""
  return { label: label.trim(), value: (select.selectedOptions[0]?.textContent ?? "").replace(/ · [\d,.]+$/, "") }
}

/** @param {Controls} controls @returns {Choice[]} the filters that let not everything through */
export const choicesOf = ({ filters }) => filters.filter(it => it.value).map(choiceOf)

/**
 * What a reader typed goes in as it is: neither `$&` nor `{count}` in it is a place for something.
 *
 * @param {string} text @param {Record<string, string>} values
 */
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place)

/**
 * @param {Choice[]} choices @param {string} looked for @param {string} count how many fit @param {Words} words
 * @returns {string} empty where nothing narrows the list down
 */
export function sentence(choices, looked, count, { said = "", pair = "", quoted = "", and = "" }) {
  const filters = choices.map(({ label, value }) => filled(pair, { label, value }))
  if (looked.trim()) filters.push(filled(quoted, { words: looked.trim() }))
  return filters.length ? filled(said, { filters: filters.join(and), count }) : ""
}
