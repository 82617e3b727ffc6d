// Where a word stands, and how well.

import assert from "node:assert/strict"
import { test } from "node:test"

import { wordOf } from "#search/clauses.js"
import { find } from "#search/find.js"
import { norm } from "#search/norm.js"
import { prepared } from "#search/shard.js"
import { page } from "./tiny.mjs"

/** What a word is worth in a page of one text. */
function worth(text, word, options) {
  const shard = prepared({ version: 1, name: "x", pages: [page("p", { "": text })] })
  return Number(find(shard, wordOf(norm(word), options))[0].toFixed(3))
}

/** A text, a word, and what it is worth there. */
const WORTH = [
  ["a pod is", "pod", 1],
  ["some pods are", "pod", 0.85],
  ["an xpod is", "pod", 0.65],
  ["xpody", "pod", 0.5],
  ["Podを作る", "pod", 1],
  ["kube-proxy", "proxy", 1],
  ["スワップを使う", "スワップ", 1],
  ["スワップファイル", "スワップ", 0.9],
  ["メモリスワップ", "スワップ", 0.8],
  ["ドキュメント", "キュー", 0.7],
  ["特権の", "特権", 1],
  ["非特権の", "特権", 0.9],
  ["非特権化", "特権", 0.85],
  ["使い方を", "い方", 1],
  ["nothing", "pod", 0],
  // numbers are whole
  ["127 と", "127", 1],
  ["1127", "127", 0],
  ["1278", "127", 0],
  ["1.25.3", "1.25", 1],
  ["v1.25", "1.25", 1],
  ["1.251", "1.25", 0],
  ["v12", "v1", 0],
  ["11.25", "1.25", 0],
  ["cgroup2fs", "cgroup2", 1],
  // hiragana stands for katakana, and never the other way round
  ["スワップ", "すわっぷ", 0.7],
  ["すわっぷ", "すわっぷ", 1],
  ["すわっぷ", "スワップ", 0],
  ["すわっぷの", "スワップの", 0],
  ["スワップノ", "スワップの", 0.7],
  ["ノードの資源", "のーどの資源", 0.7],
  ["スワップファイル", "すわっぷ", 0.63],
]

for (const [text, word, expected] of WORTH) {
  test(`${word} in ${text}: ${expected}`, () => assert.equal(worth(text, word), expected))
}

test("a number that is not finished may have more digits", () => {
  assert.equal(worth("1278", "127", { isOpen: true }), 0.5)
  assert.equal(worth("2127", "127", { isOpen: true }), 0)
})

/** How many ends of a word have to be ends in the text, too. */
const EDGES = [
  ["ドキュメント", "キュー", [0.7, 0, 0]],
  ["ジョブキュー", "キュー", [0.8, 0.8, 0]],
  ["キューは", "キュー", [1, 1, 1]],
  ["gang", "ga", [0.85, 0.85, 0]],
]

for (const [text, word, expected] of EDGES) {
  test(`ends of ${word} in ${text}`, () =>
    assert.deepEqual(
      [0, 1, 2].map(edges => worth(text, word, { edges })),
      expected,
    ))
}

test("a stem is found with any ending of its word", () => {
  assert.equal(worth("policy", "polic", { isStem: true }), 1)
  assert.equal(worth("policies", "polic", { isStem: true }), 1)
  assert.equal(worth("policing-", "polic", { isStem: true }), 1)
  assert.equal(worth("policeman", "polic", { isStem: true }), 0)
})

test("more often is better, up to five times in a field", () => {
  assert.equal(worth("pod pod", "pod"), 2)
  assert.equal(worth("ここここ", "ここ"), 3)
  assert.equal(worth("pod ".repeat(5), "pod"), 5)
  assert.equal(worth("pod ".repeat(100), "pod"), 5)
})

test("a heading is worth more than prose, that more than a card, that more than another name of a KEP mentioned", () => {
  const sections = {
    pod: {},
    a: { x: "pod" },
    b: { c: ["pod\nexample.com"] },
    "#7 c": { q: [7] },
    d: { q: [7] },
    e: { x: "another" },
  }
  const shard = prepared({
    version: 1,
    name: "x",
    pages: [page("p", sections)],
    keps: { 7: { title: "Pod", sig: "sig-node" } },
  })
  const hits = [...find(shard, wordOf("pod"))].map(hit => Number(hit.toFixed(3)))
  assert.deepEqual(hits, [0, 2.3, 1, 0.7, 0.8, 0.25, 0])
  assert.equal(find(shard, wordOf("pod")).count, 5)
})

test("words do not reach from one field into another", () => {
  const shard = prepared({ version: 1, name: "x", pages: [page("p", { 名前: "空間", 空: { c: ["間\nx"] } })] })
  assert.equal(find(shard, wordOf("名前空間")).count, 0)
  assert.equal(find(shard, wordOf("空間")).count, 1)
})

test("lines of a text are one line", () => {
  const shard = prepared({ version: 1, name: "x", pages: [page("p", { a: "名前\n空間\r\nx", b: "pod" })] })
  assert.deepEqual([...find(shard, wordOf("名前空間x"))], [0, 1, 0])
  assert.deepEqual([...find(shard, wordOf("pod"))], [0, 0, 1])
})
