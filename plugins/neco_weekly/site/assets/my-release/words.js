// The words of the lines, in the language of the site, and the releases to choose from: the head of the built script has both.

/**
 * @typedef {object} Words with `{…}` where something is to be filled in
 * @property {string[]} releases that may be chosen, `1.33`, oldest first @property {string[]} next those that are not out
 * @property {string} label of the chooser @property {string} any the choice of none
 * @property {string} to_come a release that is not out @property {string} at the line of a KEP
 * @property {string} refused of a release that is none of these
 * @property {string} state @property {string} planned @property {Record<string, string>} kinds
 * @property {Record<string, string>} stages @property {Record<string, string>} defaults
 */

/** @returns {Words} */
export const wordsOfSite = () =>
  /** @type {typeof globalThis & { necoReleaseWords: Words }} */ (globalThis).necoReleaseWords
