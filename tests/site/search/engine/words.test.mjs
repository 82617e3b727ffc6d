// English forms, misspellings, synonyms.

import assert from "node:assert/strict"
import { test } from "node:test"

import { distance } from "#search/distance.js"
import { endsAlike, stemOf } from "#search/stem.js"
import { cutAtSynonyms, synonymsOf } from "#search/synonyms.js"
import { slipsIn, Vocabulary } from "#search/vocabulary.js"

const isForm = (word, other) => {
  const stem = stemOf(word)
  return stem !== null && other.startsWith(stem) && endsAlike(stem, other.slice(stem.length))
}

const FORMS = [
  ["webhooks", "webhook"],
  ["policies", "policy"],
  ["policies", "policies"],
  ["caches", "cache"],
  ["relaxing", "relaxed"],
  ["exposing", "expose"],
  ["removing", "remove"],
  ["tune", "tuning"],
  ["scheduled", "scheduling"],
  ["dropped", "drop"],
  ["dropped", "dropping"],
  ["running", "run"],
  ["validating", "validation"],
  ["users", "user"],
]
const NO_FORMS = [
  ["webhooks", "webhookserver"],
  ["class", "clas"],
  ["news", "network"],
  ["policies", "police-"],
  ["scheduled", "scheduler"],
  ["pods", "podgroup"],
]

for (const [word, other] of FORMS) test(`${word} finds ${other}`, () => assert.ok(isForm(word, other)))
for (const [word, other] of NO_FORMS) test(`${word} does not find ${other}`, () => assert.ok(!isForm(word, other)))
for (const word of ["pod", "kubectl", "スワップ", "v1beta1", "class", "", "rhythms1"]) {
  test(`no stem: ${word}`, () => assert.equal(stemOf(word), null))
}

/**
 * Typed, a word, the slips between them as whole words, and as a part of the word.
 *
 * @type {[string, string, number, number][]}
 */
const DISTANCES = [
  ["swap", "swap", 0, 0],
  ["swpa", "swap", 1, 1],
  ["swp", "swap", 1, 1],
  ["swwap", "swap", 1, 1],
  ["swep", "swap", 1, 1],
  ["keuue", "kueue", 1, 1],
  ["spaw", "swap", 2, 2],
  ["admision", "validatingadmissionpolicy", 3, 1],
  ["クレンデシャル", "クレデンシャルプロバイダ", 3, 1],
  ["swap", "", 3, 3],
]

for (const [typed, word, whole, part] of DISTANCES) {
  test(`slips between ${typed} and ${word}`, () => {
    assert.equal(Math.min(3, distance(typed, word, 2, false)), whole)
    assert.equal(Math.min(3, distance(typed, word, 2, true)), part)
  })
}

const vocabulary = new Vocabulary()
vocabulary.learn("kueue queue scheduler scheduling pod ポド スワツプ クレデンシヤルプロバイダ メモリ\n")
vocabulary.learn("validatingadmissionpolicy")
const nearest = (typed, isPart = true) =>
  vocabulary.nearest(typed, slipsIn(typed), isPart).map(({ word, slips }) => `${word} ${slips}`)

const NEAREST = [
  ["keuue", ["kueue 1"]],
  ["schedulng", ["scheduling 1"]],
  ["admision", ["validatingadmissionpolicy 1"]],
  ["クレンデシヤル", ["クレデンシヤルプロバイダ 1"]],
  ["メリ", ["メモリ 1"]],
  ["pdo", []],
  ["poddd", []],
  ["terraform", []],
]

for (const [typed, words] of NEAREST) test(`nearest to ${typed}`, () => assert.deepEqual(nearest(typed), words))

test("the nearest are those with the fewest slips, the shortest first", () => {
  const words = new Vocabulary()
  words.learn("webhooks webhookserver webhook wabhook")
  assert.deepEqual(
    words.nearest("webhok", 2, true).map(({ word }) => word),
    ["webhook", "webhooks", "webhookserver"],
  )
  assert.deepEqual(
    words.nearest("webhok", 2, false).map(({ word }) => word),
    ["webhook"],
  )
})

test("a vocabulary has words of one script, and no short ones", () => {
  const words = new Vocabulary()
  words.learn("cgroup2fs の ノ ノド 資源 v2 1.25")
  assert.deepEqual(
    ["cgroup2fs", "ノド", "ノ", "資源", "v2", "1.25", "の"].filter(word => words.has(word)),
    ["cgroup2fs", "ノド"],
  )
})

const synonyms = synonymsOf([
  ["待ち行列", "キュー", "queue"],
  ["安定版", "stable", "GA"],
  ["名前空間", "namespace", "ネームスペース"],
  ["環境変数", "environment variable"],
  ["サイズ変更", "リサイズ"],
  ["サイズ", "大きさ"],
])

/** A text in pieces: those with synonyms in brackets. */
const CUTS = [
  ["キュ", "[キュー]"],
  ["ドキュメント", "ドキュメント"],
  ["ジョブキュー", "ジョブ|[キュー]"],
  ["ユーザーネームスペース", "ユーザー|[ネームスペース]"],
  ["ユーザー名前空間の分離", "ユーザー|[名前空間]|の分離"],
  ["GA", "[GA]"],
  ["gang", "gang"],
  ["gaになる", "[ga]|になる"],
  ["namespaces を namespaced", "[namespaces]|を namespaced"],
  ["ファイルから environment variables", "ファイルから|[environment variables]"],
  ["サイズ変更とサイズ", "[サイズ変更]|と|[サイズ]"],
  ["", ""],
]

for (const [text, cut] of CUTS) {
  test(`synonyms in ${text}`, async () => {
    const { norm } = await import("#search/norm.js")
    const pieces = cutAtSynonyms(norm(text), synonyms).map(({ text, others }) =>
      others ? `[${text.trim()}]` : text.trim(),
    )
    assert.deepEqual(pieces, cut === "" ? [] : cut.split("|").map(norm))
  })
}

test("a synonym has the other words of its groups", () => {
  const others = synonymsOf([
    ["a", "b", "c"],
    ["b", "d"],
  ])
  assert.deepEqual(others.get("b"), ["a", "c", "d"])
  assert.deepEqual(others.get("d"), ["b"])
})
