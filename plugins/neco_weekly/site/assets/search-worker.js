// Joined by scripts/bundle-search from the modules in search/: change those.
(() => {
const SETUP = 0
const READY = 1
const QUERY = 2
const RESULT = 3
const PREFETCH = 10
const FACETS = 11
const NOTHING = { total: 0, filters: [], unknown: [], near: null }
const address = new URL(self.location.href)
const named = name => address.searchParams.get(name)
const file = name => new URL(name, address).href
let setup = null
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
return false
}
if (setup) self.necoSearch(setup)
return true
}
function fetchAhead(name) {
if (self.necoAhead.has(name)) return
const response = fetch(file(name))
self.necoAhead.set(name, response)
response.catch(() => self.necoAhead.delete(name))
}
})()
