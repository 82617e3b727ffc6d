// The files of the index: in which order they are loaded, and what happens where they cannot be.

import assert from "node:assert/strict"
import { test } from "node:test"

import { Library } from "#search/library.js"
import { page } from "./tiny.mjs"

const shard = name => ({ version: 1, name, pages: [page(name, { a: "swap" })] })
const entry = file => ({ name: file.split(".")[0], file })
const manifest = (...files) => ({ version: 1, shards: files.map(entry), facets: { year: ["2026"] } })

/** @type {Record<string, unknown>} */
const FILES = {
  "index.json": manifest("2026.a.json", "keps.a.json", "2025.a.json"),
  "2026.a.json": shard("2026"),
  "keps.a.json": shard("keps"),
  "2025.a.json": shard("2025"),
}

/** A library of these files, of a newer build where they are to be fresh, and what it did: files asked for, states told. */
function library(files, newest = {}) {
  const done = []
  const fetch = async (file, isFresh) => {
    done.push(isFresh ? `${file} fresh` : file)
    await new Promise(resolve => setTimeout(resolve, 1))
    const found = isFresh && file in newest ? newest[file] : files[file]
    if (found === undefined) throw new Error("404")
    return typeof found === "string" ? JSON.parse(found) : found
  }
  const books = new Library({
    fetch,
    onOpen: ({ facets = {} }) => done.push(`open ${Object.keys(facets)}`),
    onArrival: () => done.push(state(books)),
  })
  return { books, done }
}

const state = ({ shards, isComplete }) => `${shards.loaded}+${shards.failed}/${shards.total}${isComplete ? "!" : ""}`
const names = ({ site }) => site.shards.map(it => it.name)

test("nothing is loaded before it is asked for", () => {
  const { books, done } = library(FILES)
  assert.deepEqual(done, [])
  assert.deepEqual([state(books), names(books)], ["0+0/0", []])
})

test("shards are loaded in the order of the manifest, the first alone, then one ahead", async () => {
  const { books, done } = library(FILES)
  await books.load()
  assert.deepEqual(done, [
    "index.json",
    "open year",
    "2026.a.json",
    "1+0/3",
    "keps.a.json",
    "2025.a.json",
    "2+0/3",
    "3+0/3!",
  ])
  assert.deepEqual(names(books), ["2026", "keps", "2025"])
})

test("what is loaded or being loaded is not loaded again", async () => {
  const { books, done } = library(FILES)
  await Promise.all([books.load(), books.load()])
  const count = done.length
  await books.load()
  assert.deepEqual(done.slice(count), ["3+0/3!"])
})

/** A file that is no shard of ours. */
const UNSOUND = {
  "not there": undefined,
  truncated: JSON.stringify(shard("keps")).slice(0, -10),
  empty: "",
  "no JSON": "<!doctype html>",
  "another version": { ...shard("keps"), version: 2 },
  "no object": null,
  "without pages": { version: 1 },
  "a page without an address": { version: 1, pages: [{ t: "x", s: [{}] }] },
  "a page without sections": { version: 1, pages: [{ u: "x", t: "x", s: [] }] },
  "a section whose text is none": { version: 1, pages: [{ u: "x", t: "x", s: [{ x: 5 }] }] },
  "a section that is none": { version: 1, pages: [{ u: "x", t: "x", s: [null] }] },
  "cards that are none": { version: 1, pages: [{ u: "x", t: "x", s: [{ c: "x" }] }] },
  "numbers that are none": { version: 1, pages: [{ u: "x", t: "x", s: [{}, { a: "y", q: 5 }] }] },
}

for (const [name, file] of Object.entries(UNSOUND)) {
  test(`the others are searched where a shard is unsound: ${name}`, async () => {
    const { "keps.a.json": _, ...others } = FILES
    const { books } = library(file === undefined ? others : { ...others, "keps.a.json": file })
    await books.load()
    assert.deepEqual([state(books), names(books)], ["2+1/3!", ["2026", "2025"]])
  })
}

test("what has failed is loaded again when it is asked for again", async () => {
  const files = { ...FILES }
  delete files["2026.a.json"]
  const { books } = library(files)
  await books.load()
  files["2026.a.json"] = FILES["2026.a.json"]
  await books.load()
  assert.deepEqual([state(books), names(books)], ["3+0/3!", ["keps", "2025", "2026"]])
})

test("where a shard is gone, that of the newest manifest is taken", async () => {
  const newer = { "2026.b.json": shard("2026"), "keps.b.json": shard("keps") }
  const files = { ...FILES, ...newer }
  delete files["2026.a.json"]
  delete files["keps.a.json"]
  const { books, done } = library(files, { "index.json": manifest("2026.b.json", "keps.b.json") })
  await books.load()
  assert.equal(done.filter(it => it === "index.json fresh").length, 1)
  assert.deepEqual([state(books), names(books)], ["3+0/3!", ["2026", "keps", "2025"]])
})

const NO_MANIFEST = [
  ...[undefined, "", "[]", null],
  ...[{ version: 2, shards: [] }, { version: 1 }, { version: 1, shards: [{}] }, { version: 1, shards: [null] }],
  ...[
    { ...manifest(), synonyms: "x" },
    { ...manifest(), synonyms: [["x", 5]] },
  ],
]

for (const file of NO_MANIFEST) {
  test(`without a manifest everything has failed: ${JSON.stringify(file)}`, async () => {
    const { books, done } = library({ "index.json": file })
    await books.load()
    assert.deepEqual(done, ["index.json", "index.json fresh", "0+1/1!"])
  })
}

test("a manifest that could not be had is asked for again", async () => {
  const files = {}
  const { books } = library(files)
  await books.load()
  Object.assign(files, FILES)
  await books.load()
  assert.equal(state(books), "3+0/3!")
})

test("a site of no pages is complete", async () => {
  const { books } = library({ "index.json": manifest() })
  await books.load()
  assert.equal(state(books), "0+0/0!")
})
