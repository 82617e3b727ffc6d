// The worker that every page starts: it says that it is ready, and loads the engine when somebody searches.

import { PREFETCH, QUERY, READY, RESULT, SETUP } from "./messages.js"
import { REVALIDATED, scope } from "./scope.js"

/** @import { Message } from "./messages.js" */

const MANIFEST = "index.json" // as in library.js, which is the engine's
const NOTHING = { total: 0, filters: [], unknown: [], near: null }

const address = new URL(scope.location.href)
/** @param {string} name */
const named = name => address.searchParams.get(name)
/** @param {string} name */
const file = name => new URL(name, address).href

/** @type {Message | null} */
let setup = null // kept for the engine

scope.necoAhead = new Map()

scope.addEventListener("message", event => {
  /** @type {Message} */
  const message = event.data
  const isQuery = message.type === QUERY
  const isBlank = isQuery && !String(message.data ?? "").trim()
  const isSearch = message.type === PREFETCH || (isQuery && !isBlank)
  if (message.type === SETUP) {
    setup = message
    scope.postMessage({ type: READY })
    scope.necoSearch?.(message)
    return
  }
  if (isSearch && !scope.necoSearch) start()
  if (scope.necoSearch) scope.necoSearch(message)
  else if (isQuery) answerNothing(message.data, isBlank ? 0 : 1)
})

/** @param {unknown} query @param {number} failed */
function answerNothing(query, failed) {
  const neco = { query, complete: true, shards: { loaded: 0, failed, total: failed }, ...NOTHING }
  scope.postMessage({ type: RESULT, data: { items: [], suggest: [], neco } })
}

function start() {
  const engine = named("engine")
  fetchManifest()
  try {
    scope.importScripts(file(engine ? `engine.${engine}.js` : "engine.js"))
  } catch {
    return // the next message tries again
  }
  if (setup) scope.necoSearch?.(setup)
}

function fetchManifest() {
  if (scope.necoAhead.has(MANIFEST)) return
  const response = fetch(file(MANIFEST), REVALIDATED)
  scope.necoAhead.set(MANIFEST, response)
  response.catch(() => scope.necoAhead.delete(MANIFEST)) // who has taken it is told
}
