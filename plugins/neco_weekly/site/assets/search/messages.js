// Kinds of messages between a page and its worker: the first four are the theme's.

export const SETUP = 0
export const READY = 1
export const QUERY = 2
export const RESULT = 3
export const PREFETCH = 10
export const FACETS = 11

/**
 * @typedef {{type: typeof SETUP, data?: {options?: {suggest?: boolean}}}} Setup
 * @typedef {Setup | {type: typeof QUERY | typeof PREFETCH, data?: unknown}} Message to the worker
 *
 * @typedef {object} Latest an issue of the last ones
 * @property {string} location from the site's root @property {string} title @property {string} day may be empty
 * @property {string[]} headings its first @property {number[]} keps its first
 *
 * @typedef {object} Result what is told of an answer, beside its rows
 * @property {string} query
 * @property {boolean} complete whether all of the site was searched
 * @property {{loaded: number, failed: number, total: number}} shards
 * @property {number} total sections found
 * @property {import("./filters.js").Filter[]} filters
 * @property {import("./filters.js").Filter[]} unknown those that let nothing through
 * @property {string | null} near another spelling
 */
