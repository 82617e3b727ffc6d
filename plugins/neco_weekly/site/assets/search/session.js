// The engine behind the worker's messages: what is loaded when, and what is answered.

import { answer } from "./engine.js"
import { Library, MANIFEST } from "./library.js"
import { FACETS, PREFETCH, QUERY, RESULT, SETUP } from "./messages.js"
import { REVALIDATED, scope } from "./scope.js"
import { completions } from "./suggest.js"

const PAUSE = 100 // ms between answers while shards arrive: what is being read must not jump for each

const address = new URL(scope.location.href)
const library = new Library({ fetch: read, onOpen: tellFacets, onArrival: arrived })

let query = ""
let suggests = false
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer
let isAnswered = true // with anything at all

scope.necoSearch = message => {
  if (message.type === SETUP) {
    suggests = message.data?.options?.suggest === true
  } else if (message.type === QUERY) {
    query = String(message.data ?? "")
    isAnswered = false
    if (query.trim()) library.load()
    later(0)
  } else if (message.type === PREFETCH) {
    library.load()
  }
}

/** @param {string} file @param {boolean} isFresh */
async function read(file, isFresh) {
  const ahead = isFresh ? undefined : scope.necoAhead.get(file)
  scope.necoAhead.delete(file) // whoever asks once more wants another answer
  const options = file === MANIFEST ? REVALIDATED : {} // the names of all others change with their content
  const response = await (ahead ?? fetch(new URL(file, address), options))
  if (!response.ok) throw new Error(`${file}: ${response.status}`)
  return response.json()
}

/** @param {{facets?: Record<string, string[]>, latest?: unknown[]}} manifest */
function tellFacets({ facets = {}, latest = [] }) {
  scope.postMessage({ type: FACETS, data: { facets, latest } })
}

function arrived() {
  if (!query.trim()) return
  if (isAnswered) later(library.isComplete ? 0 : PAUSE)
  else respond() // now: the next shard, which may have come as well, is made ready behind it
}

/** Of several reasons to answer the earliest counts, of several queries the last. @param {number} delay */
function later(delay) {
  if (delay && timer) return
  clearTimeout(timer)
  timer = setTimeout(respond, delay)
}

function respond() {
  clearTimeout(timer)
  timer = undefined
  const { shards, site, isComplete } = library
  const isBlank = !query.trim()
  if (!isBlank && !isComplete && !shards.loaded) return // nothing found yet is not nothing found
  isAnswered = true
  const complete = isBlank || isComplete
  const { items, ...found } = answer(query, site, complete)
  const suggest = suggests ? { suggest: completions(query, site.headingWords) } : {}
  scope.postMessage({ type: RESULT, data: { items, ...suggest, neco: { query, complete, shards, ...found } } })
}
