// The worker that every page starts: it says that it is ready, and loads the engine when somebody searches.

import { PREFETCH, QUERY, READY, RESULT, SETUP } from "./messages.js"

const NOTHING = { total: 0, filters: [], unknown: [], near: null }

let setup = null // kept for the engine

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
  const build = new URL(self.location.href).searchParams.get("engine")
  try {
    self.importScripts(new URL(build ? `engine.${build}.js` : "engine.js", self.location.href).href)
  } catch {
    return false // the next message tries again
  }
  if (setup) self.necoSearch(setup)
  return true
}
