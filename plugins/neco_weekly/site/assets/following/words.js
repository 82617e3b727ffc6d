// What the head of a built script says: the words of the site's language, and up to which day all is known.

/** @typedef {{ day: string, words: Record<string, string> }} Told */

/** @returns {Told} */
export const toldOfSite = () => /** @type {typeof globalThis & { necoFollowing: Told }} */ (globalThis).necoFollowing

/** @param {string} name @param {Record<string, string | number>} fields @returns {string} a phrase, filled */
export const said = (name, fields = {}) =>
  (toldOfSite().words[name] ?? name).replace(/\{(\w+)\}/g, (_, field) => String(fields[field] ?? ""))
