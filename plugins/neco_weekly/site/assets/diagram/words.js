// The words of a diagram, in the language of the site, and where mermaid is: the lines before this script have them.

/**
 * @typedef {object} Words
 * @property {string[]} modules the addresses of mermaid's, from that of this script
 * @property {string[]} layout the addresses of mermaid's layout, and of what it makes layouts with
 * @property {string} label @property {string} source @property {string} whole
 * @property {string} failed with `{reason}` @property {string} foreign
 */

/** @returns {Words} */
export const wordsOfSite = () =>
  /** @type {typeof globalThis & { necoDiagramWords: Words }} */ (globalThis).necoDiagramWords
