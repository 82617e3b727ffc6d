// The words of the box, in the language of the site: a script before this one has them.

/**
 * @typedef {object} Words with `{…}` where something is to be filled in
 * @property {string} again @property {string} broken @property {string} closed @property {string} count
 * @property {string} examples @property {string} forget @property {string} latest @property {string} recent
 * @property {Record<string, string>} ended @property {string} failed @property {string} filters @property {string} issue
 * @property {string} near @property {string} none @property {string} number @property {string} page
 * @property {string} partial @property {string} plan @property {string} planned @property {string} remove
 * @property {string} searching @property {string} sig @property {string} site @property {string} stage
 * @property {Record<string, string>} stages @property {string} topic @property {string} unknown @property {string} unreleased
 * @property {string} year
 */

const LONGEST = 60 // letters of a query that are told again

/** @returns {Words} */
export const wordsOfSite = () =>
  /** @type {typeof globalThis & { necoSearchWords: Words }} */ (globalThis).necoSearchWords

/** @param {string} text @param {Record<string, string | number>} fields */
export const filled = (text, fields) => text.replace(/\{(\w+)\}/g, (_, field) => String(fields[field]))

/** A number with commas. Intl would take 10 ms to load. @param {number} count */
export const withCommas = count => String(count).replace(/\B(?=(?:\d{3})+$)/g, ",")

/** @param {string} text */
export function shortened(text) {
  const letters = [...text]
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST).join("")}…` : text
}
