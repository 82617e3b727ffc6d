// What the words of a query may have been meant as, where a site is given to know its words.

import assert from "node:assert/strict"
import { test } from "node:test"

import { asTyped } from "#search/clauses.js"
import { asMeant } from "#search/meaning.js"
import { parsed } from "#search/query.js"
import { page, siteOf } from "./tiny.mjs"

const TEXT = `the node ノードの大きさが足りないとき 起動 落とす 管理者権限 gang scheduling Kueue スケジューラー ヌルポ
  エフェメラルコンテナ コンテナ 2026-07-10 containerd 2.0 待ち行列 いろいろな 空 の を ab`
const SITE = siteOf([[page("p", { a: { x: TEXT, q: [127, 1278] } })]], {
  synonyms: [
    ["待ち行列", "キュー", "queue"],
    ["GA", "安定版"],
  ],
})

/** A clause as its ways with what they are worth if that is not 1, and its weight if that is not 1. */
function shown({ ways, weight, extra = 0 }) {
  const rounded = number => Math.round(number * 100) / 100
  const way = ({ word, kep, worth }) => {
    const marks = word ? "^".repeat(word.edges) + (word.isStem ? "~" : "") + (word.isOpen ? "…" : "") : ""
    return `${word ? word.text : `KEP-${kep}`}${marks}${worth === 1 ? "" : ` ${rounded(worth)}`}`
  }
  const share = extra ? ` +${extra}` : weight === 1 ? "" : ` × ${rounded(weight)}`
  return ways.map(way).join(" | ") + share
}

/**
 * `^` for each end that has to be the end of a word, `~` for a stem, `…` for a number that may go on.
 *
 * @type {[string, string[]][]}
 */
const TYPED = [
  ["ノードの大きさ", ["ノドの大きさ"]],
  ["policies", ["policies | polic~ 0.8"]],
  ["キュー", ["キユ^"]],
  ["すわっp", ["すわつp | すわつ 0.5"]],
  ["127", ["KEP-127 | 127"]],
  ["#127", ["KEP-127"]],
  ["gang スケジューラ 127", ["gang", "スケジユラ", "KEP-127 | 127", "gangスケジユラ +1", "スケジユラ127 +1"]],
  [
    "クレデンシャル プロバイダー",
    ["クレデンシヤル", "プロバイダ", "クレデンシヤル プロバイダ | クレデンシヤルプロバイダ +1"],
  ],
]

for (const [query, clauses] of TYPED) {
  test(`as typed: ${query}`, () => assert.deepEqual(asTyped(parsed(query).terms).map(shown), clauses))
}

/** @type {[string, string[]][]} */
const MEANT = [
  // cut where the script changes; what only joins words counts little or not at all
  ["ノードの大きさ", ["ノド^", "大き × 0.6"]],
  ["空が落とすコンテナ", ["空が | 空 0.5 × 0.6", "落と × 0.6", "コンテナ"]],
  ["the ノード", ["the × 0.15", "ノド^"]],
  ["いろいろなノード", ["いろいろな × 0.15", "ノド^"]],
  ["a ノード", ["a × 0.15", "ノド^"]],
  ["containerd2.0", ["containerd", "2.0"]],
  // nowhere as it is
  ["管理権限者", ["管理 0.5 × 0.25", "理権 0.5 × 0.25", "権限 0.5 × 0.25", "限者 0.5 × 0.25"]],
  ["起きる", ["起き | 起 0.5 × 0.6"]],
  ["gangscheduling", ["gang^ 0.8 × 0.5", "scheduling^ 0.8 × 0.5"]],
  ["keuue", ["keuue | keuu~ 0.8 | kueue^^ 0.6"]],
  ["shceduilng", ["shceduilng | scheduling^^ 0.4"]],
  ["エフェメルコンテナ", ["エフエメルコンテナ | エフエメラルコンテナ^^ 0.54"]],
  ["エフェラメル", ["エフエラメル | エフエメラルコンテナ^^ 0.36"]],
  ["けじゅーらー", ["けじゆら × 0.15"]],
  ["すげじゅーらー", ["すげじゆら | スケジユラ^^ 0.6 × 0.15"]],
  ["ぬろぽ", ["ぬろぽ × 0.15"]],
  ["スケジュラーの落とす", ["スケジユラ", "落と × 0.6"]],
  ["スジューラーの起動", ["スジユラ | スケジユラ^^ 0.48", "スケジユラの起動 0.48 +1", "起動"]],
  ["ヴァイオリン", ["バイオ 0.5 × 0.33", "イオリ 0.5 × 0.33", "オリン 0.5 × 0.33"]],
  ["2026-07-1", ["2026", "07", "1 | 1… 0.5 × 0.6"]],
  // synonyms
  ["キューの大きさ", ["キユ^ | 待ち行列^ 0.7 | queue^^ 0.7 | queu^^~ 0.56", "大き × 0.6"]],
  ["安定版", ["安定版 | ga^^ 0.7"]],
  // KEPs
  ["#127 起動", ["KEP-127", "起動"]],
  ["#12", ["KEP-12 | KEP-127 0.5 | KEP-1278 0.5"]],
  ["#99", ["KEP-99"]],
]

for (const [query, clauses] of MEANT) {
  test(`as meant: ${query}`, () => assert.deepEqual(asMeant(parsed(query).terms, SITE).map(shown), clauses))
}
