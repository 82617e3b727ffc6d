// The built scripts as a browser runs them: the worker's messages, against files that arrive, fail, or are slow.

import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import vm from "node:vm"

import { kepPage, page } from "./tiny.mjs"

const ASSETS = new URL("../", import.meta.resolve("#search/worker.js"))
const script = name => readFileSync(new URL(`search-${name}.js`, ASSETS), "utf-8")
const WORKER = script("worker")
const ENGINE = script("engine")
const BASE = "https://neco.example/site/search/neco/"

const shard = (name, ...pages) => ({ version: 1, name, pages })
/** @type {Record<string, unknown>} */
const FILES = {
  "index.json": {
    version: 1,
    shards: ["2026", "keps", "2022"].map(name => ({ name, file: `${name}.a.json` })),
    facets: { year: ["2026", "2022"] },
    latest: [{ location: "issues/a/" }],
  },
  "2026.a.json": shard("2026", page("2026-07-10", { swap: "スワップ" })),
  "keps.a.json": shard("keps", kepPage(127, "User Namespaces")),
  "2022.a.json": shard("2022", page("2022-09-02", { memory: "スワップ メモリ" })),
}

/** A worker among these files; `until(n)` waits for its nth answer, `hold(file)` keeps a file back until it is let go. */
function started({
  files = FILES,
  newest = /** @type {unknown} */ (null),
  engine = "engine.1.js",
  query = "?engine=1",
} = {}) {
  const fetched = []
  const messages = []
  const held = new Map()
  let receive
  const self = {
    location: { href: `${BASE}worker.1.js${query}` },
    addEventListener: (_, listener) => (receive = listener),
    postMessage: message => messages.push(structuredClone(message)),
    importScripts: href => {
      fetched.push(href.replace(BASE, ""))
      if (href !== BASE + engine) throw new Error("network")
      vm.runInContext(ENGINE, context)
    },
  }
  const fetch = async (url, options = {}) => {
    const file = String(url).replace(BASE, "")
    if (newest && fetched.includes(`${file} no-cache`)) files[file] = newest
    fetched.push(options.cache ? `${file} ${options.cache}` : file)
    await held.get(file)?.promise
    return file in files ? { ok: true, json: async () => structuredClone(files[file]) } : { ok: false, status: 404 }
  }
  const context = vm.createContext({ self, fetch, URL, TextDecoder, setTimeout, clearTimeout, structuredClone })
  vm.runInContext(WORKER, context)
  const answers = () => messages.filter(({ type }) => type === 3).map(({ data }) => data)
  return {
    fetched,
    messages,
    answers,
    send: (type, data) => receive({ data: { type, data } }),
    hold: file => held.set(file, Promise.withResolvers()),
    letGo: file => held.get(file).resolve(),
    until: async isSo => {
      for (let turn = 0; turn < 500 && !isSo(); turn++) await new Promise(resolve => setTimeout(resolve, 5))
      assert.ok(isSo(), JSON.stringify(messages))
    },
    async complete() {
      await this.until(() => answers().at(-1)?.neco.complete)
      return answers().at(-1)
    },
  }
}

const SETUP = { config: { lang: ["ja"], separator: "\\s+" }, docs: [], options: { suggest: false } }
const found = ({ items }) => items.map(([row]) => row.location)

test("it is ready at once, and answers an empty box, without a request", async () => {
  const worker = started()
  worker.send(0, SETUP)
  assert.deepEqual(worker.messages, [{ type: 1 }])
  worker.send(2, "")
  worker.send(2, " 　")
  const [answer] = await worker.answers()
  assert.deepEqual(answer, {
    items: [],
    suggest: [],
    neco: {
      query: "",
      complete: true,
      shards: { loaded: 0, failed: 0, total: 0 },
      total: 0,
      filters: [],
      unknown: [],
      near: null,
    },
  })
  assert.deepEqual(worker.fetched, [])
})

test("a query loads engine and index, and is answered", async () => {
  const worker = started()
  worker.send(0, SETUP)
  worker.send(2, "スワップ")
  const answer = await worker.complete()
  assert.deepEqual(worker.fetched, ["index.json no-cache", "engine.1.js", "2026.a.json", "keps.a.json", "2022.a.json"])
  assert.deepEqual(found(answer), ["2026-07-10/#swap", "2022-09-02/#memory"])
  const { query, shards, total, near } = answer.neco
  assert.deepEqual(
    { query, shards, total, near },
    { query: "スワップ", shards: { loaded: 3, failed: 0, total: 3 }, total: 2, near: null },
  )
  assert.equal("suggest" in answer, false)
})

test("the box's focus loads ahead, before setup as well, and the next query finds everything there", async () => {
  const worker = started()
  worker.send(10)
  await worker.until(() => worker.fetched.length === 5)
  worker.send(0, SETUP)
  worker.send(2, "スワップ")
  const answer = await worker.complete()
  assert.equal(worker.fetched.length, 5)
  assert.equal(answer.items.length, 2)
})

test("what can be filtered by is told once, when it is known", async () => {
  const worker = started()
  worker.send(10)
  worker.send(2, "スワップ")
  await worker.complete()
  assert.deepEqual(
    worker.messages.filter(({ type }) => type === 11),
    [{ type: 11, data: { facets: { year: ["2026", "2022"] }, latest: [{ location: "issues/a/" }] } }],
  )
})

test("answers refine as shards arrive", async () => {
  const worker = started()
  worker.hold("2022.a.json")
  worker.send(2, "スワップ")
  await worker.until(() => worker.answers().length > 0)
  assert.deepEqual(found(worker.answers()[0]), ["2026-07-10/#swap"])
  assert.equal(worker.answers()[0].neco.complete, false)
  worker.letGo("2022.a.json")
  const last = await worker.complete()
  assert.deepEqual(found(last), ["2026-07-10/#swap", "2022-09-02/#memory"])
})

test("nothing is answered before the first shard is in", async () => {
  const worker = started()
  worker.hold("2026.a.json")
  worker.send(2, "スワップ")
  await worker.until(() => worker.fetched.includes("2026.a.json"))
  await new Promise(resolve => setTimeout(resolve, 30))
  assert.deepEqual(worker.answers(), [])
  assert.ok(!worker.fetched.includes("keps.a.json"))
  worker.letGo("2026.a.json")
  await worker.complete()
})

test("a newer query ends the answers to an older one", async () => {
  const worker = started()
  worker.hold("2022.a.json")
  worker.send(2, "スワップ")
  await worker.until(() => worker.answers().length > 0)
  worker.send(2, "メモ")
  worker.send(2, "メモリ")
  worker.letGo("2022.a.json")
  await worker.complete()
  const queries = worker.answers().map(({ neco }) => neco.query)
  assert.deepEqual([...new Set(queries)], ["スワップ", "メモリ"])
  assert.equal(queries.lastIndexOf("スワップ") < queries.indexOf("メモリ"), true)
})

test("an emptied box is answered at once, and no shard answers it again", async () => {
  const worker = started()
  worker.hold("2022.a.json")
  worker.send(2, "スワップ")
  await worker.until(() => worker.answers().length > 0)
  worker.send(2, "")
  await worker.until(() => worker.answers().at(-1).neco.query === "")
  assert.deepEqual(worker.answers().at(-1).items, [])
  const count = worker.answers().length
  worker.letGo("2022.a.json")
  await new Promise(resolve => setTimeout(resolve, 150))
  assert.equal(worker.answers().length, count)
})

test("the rest is searched where a shard has failed, and it is told", async () => {
  const { "keps.a.json": _, ...files } = FILES
  const worker = started({ files })
  worker.send(2, "スワップ")
  const answer = await worker.complete()
  assert.deepEqual(answer.neco.shards, { loaded: 2, failed: 1, total: 3 })
  assert.equal(answer.items.length, 2)
})

test("the index is asked for anew each time, for its name stays, and once more where it is older than a shard", async () => {
  const { "2026.a.json": gone, ...files } = FILES
  const newer = { version: 1, shards: [{ name: "2026", file: "2026.b.json" }] }
  const worker = started({ files: { ...files, "2026.b.json": gone }, newest: newer })
  worker.send(2, "スワップ")
  assert.equal((await worker.complete()).items.length, 2)
  const asked = worker.fetched.filter(it => it.startsWith("index"))
  assert.deepEqual(asked, ["index.json no-cache", "index.json no-cache"])
})

test("what was asked for ahead and did not come is asked for once more when it is needed again", async () => {
  const { "2026.a.json": later, ...files } = FILES
  const worker = started({ files })
  worker.send(2, "スワップ")
  assert.deepEqual((await worker.complete()).neco.shards, { loaded: 2, failed: 1, total: 3 })
  files["2026.a.json"] = later
  worker.send(10)
  await worker.until(() => worker.answers().at(-1).neco.shards.loaded === 3)
})

test("an index that cannot be had is told as failed", async () => {
  const worker = started({ files: {} })
  worker.send(2, "スワップ")
  const { items, neco } = await worker.complete()
  assert.deepEqual([items, neco.shards, neco.near], [[], { loaded: 0, failed: 1, total: 1 }, null])
})

test("an engine that cannot be had is told as failed, and tried again with the next message", async () => {
  const worker = started({ engine: "engine.2.js" })
  worker.send(0, SETUP)
  worker.send(2, "スワップ")
  const [{ items, neco }] = worker.answers()
  assert.deepEqual(
    [items, neco.query, neco.complete, neco.shards],
    [[], "スワップ", true, { loaded: 0, failed: 1, total: 1 }],
  )
  worker.send(10)
  assert.deepEqual(worker.fetched, ["index.json no-cache", "engine.1.js", "engine.1.js"])
})

test("without names in its address it takes the files beside it", async () => {
  const worker = started({ engine: "engine.js", query: "" })
  worker.send(2, "スワップ")
  await worker.complete()
  assert.deepEqual(worker.fetched.slice(0, 2), ["index.json no-cache", "engine.js"])
})

test("completions are sent where the theme wants them", async () => {
  const worker = started()
  worker.send(0, { ...SETUP, options: { suggest: true } })
  worker.send(2, "mem")
  const answer = await worker.complete()
  assert.deepEqual(answer.suggest, ["memory"])
})

test("other messages are none of its business", () => {
  const worker = started()
  worker.send(99, "x")
  worker.send(undefined)
  assert.deepEqual([worker.messages, worker.fetched], [[], []])
})
