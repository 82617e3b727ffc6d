// What helps while reading says so in the language of the site: a script before this one has the words.

/**
 * @typedef {object} Words with `{…}` where something is to be filled in
 * @property {string} table @property {string} table_of
 * @property {string} issue @property {string} kep @property {string} topic where the link of a preview leads
 * @property {string} part the same of a heading @property {string} close
 */

/** @returns {Words} */
export const wordsOfSite = () => /** @type {typeof globalThis & { necoReading: Words }} */ (globalThis).necoReading
