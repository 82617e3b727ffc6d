// The worker's global scope, with what worker and engine leave there for each other.

/**
 * @typedef {object} Left
 * @property {(message: import("./messages.js").Message) => void} [necoSearch] the engine, when it is there
 * @property {Map<string, Promise<Response>>} necoAhead answers to requests, by file, that need not wait for the engine,
 *   which is on its way beside them
 */

/** How a file is fetched whose name stays when it changes. @type {RequestInit} */
export const REVALIDATED = { cache: "no-cache" }

export const scope = /** @type {DedicatedWorkerGlobalScope & Left} */ (/** @type {unknown} */ (self))
