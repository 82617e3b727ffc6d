// What helps while reading says so in the language of the site: a script before this one has the words.

/**
 * @typedef {object} Words with `{…}` where something is to be filled in
 * @property {string} table @property {string} table_of
 */

/** @returns {Words} */
export const wordsOfSite = () => /** @type {typeof globalThis & { necoReading: Words }} */ (globalThis).necoReading
