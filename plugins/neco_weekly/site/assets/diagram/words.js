// The words of a diagram, in the language of the site, and where mermaid is: the lines before this script have them.

/**
 * @typedef {object} Words
 * @property {string} library the address of mermaid, from that of this script
 * @property {string} label @property {string} source
 * @property {string} failed with `{reason}` @property {string} foreign
 */

/** @returns {Words} */
export const wordsOfSite = () =>
  /** @type {typeof globalThis & { necoDiagramWords: Words }} */ (globalThis).necoDiagramWords
