// The worker that every page starts: it says that it is ready, and loads the engine when somebody searches.

import { PREFETCH, QUERY, READY, RESULT, SETUP } from "./messages.js"

const NOTHING = { total: 0, filters: [], unknown: [], near: null }

const address = new URL(self.location.href)
const named = name => address.searchParams.get(name)
const file = name => new URL(name, address).href

let setup = null // kept for the engine

/** Answers to requests, by file, that need not wait for the engine, which is on its way beside them. */
self.necoAhead = new Map()

self.addEventListener("message", ({ data: message }) => {
  const isQuery = message.type === QUERY
  const isBlank = isQuery && !String(message.data ?? "").trim()
  const isSearch = message.type === PREFETCH || (isQuery && !isBlank)
  if (message.type === SETUP) {
    setup = message
    self.postMessage({ type: READY })
    self.necoSearch?.(message)
  } else if (self.necoSearch || (isSearch && isStarted())) {
    self.necoSearch(message)
  } else if (isQuery) {
    answerNothing(message.data, isBlank ? 0 : 1)
  }
})

function answerNothing(query, failed) {
  const neco = { query, complete: true, shards: { loaded: 0, failed, total: failed }, ...NOTHING }
  self.postMessage({ type: RESULT, data: { items: [], suggest: [], neco } })
}

function isStarted() {
  if (named("index")) fetchAhead(`index.${named("index")}.json`)
  if (named("first")) fetchAhead(named("first"))
  try {
    self.importScripts(file(named("engine") ? `engine.${named("engine")}.js` : "engine.js"))
  } catch {
    return false // the next message tries again
  }
  if (setup) self.necoSearch(setup)
  return true
}

function fetchAhead(name) {
  if (self.necoAhead.has(name)) return
  const response = fetch(file(name))
  self.necoAhead.set(name, response)
  response.catch(() => self.necoAhead.delete(name)) // who has taken it is told
}
