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
 */
