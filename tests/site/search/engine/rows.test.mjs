// What a row says: marks in the original text, a teaser, what is missing, how a query may go on.

import assert from "node:assert/strict"
import { test } from "node:test"

import { answer } from "#search/engine.js"
import { completions } from "#search/suggest.js"
import { kepPage, page, siteOf } from "./tiny.mjs"

const MARK = /<mark data-md-highlight>(.*?)<\/mark>/g
const marks = html => [...html.matchAll(MARK)].map(([, text]) => text)
const first = (query, ...pages) => answer(query, siteOf([pages])).items[0][0]
const inText = (query, text) => first(query, page("p", { a: text })).text

/** A query, a text, and what is marked in it. */
const MARKED = [
  ["名前空間", "ユーザー名前空間と名前空間", ["名前空間", "名前空間"]],
  ["ﾕｰｻﾞｰ", "ユーザー名前空間", ["ユーザー"]],
  ["ユーザ", "ﾕｰｻﾞｰ名前空間", ["ﾕｰｻﾞｰ"]],
  ["swap", "Swap と ＳＷＡＰ", ["Swap", "ＳＷＡＰ"]],
  ["の資源", "ノード の 資源", ["の 資源"]],
  ["資源 ノード", "ノードの資源", ["ノード", "資源"]],
  ["すわっぷ", "スワップを", ["スワップ"]],
  ["policies", "A policy, policies", ["policy", "policies"]],
  ["127", "127 と 1278", ["127"]],
  ["keuue", "Kueue は", ["Kueue"]],
  ["podgroup group", "PodGroup", ["PodGroup"]],
  ["podgroups group", "PodGroups", ["PodGroups"]],
  ["スワップ領域 領域の", "スワップ領域の大きさ", ["スワップ領域の"]],
  ["🦀", "🦀と🦐", ["🦀"]],
]

for (const [query, text, marked] of MARKED) {
  test(`marks of ${query} in ${text}`, () => assert.deepEqual(marks(inText(query, text)), marked))
}

test("a KEP is marked in all its forms", () => {
  const text = "KEP-127、#127、KEP 0127、kubernetes/enhancements#127 と KEP-1278"
  const { title, text: teaser } = first("kep127", page("p", { "#127 x": { x: text, q: [127] } }))
  assert.deepEqual(marks(title), ["#127"])
  assert.deepEqual(marks(teaser), ["KEP-127", "#127", "KEP 0127", "#127"])
})

test("particles of what was meant are not marked", () => {
  const html = inText("ノードのリゾースを止めるのは", "ノードのリソースを止めたのは、ノードのためです。")
  assert.ok(marks(html).includes("リソース"))
  assert.ok(!marks(html).includes("の"))
})

test("nothing of a text is markup, in its marks neither", () => {
  const hostile = `<script>alert("x")</script> & <img src=x onerror='y'>`
  const { title, text } = first("script img", page("p", { [hostile]: hostile }))
  for (const html of [title, text]) {
    assert.equal(
      html.replace(MARK, "$1"),
      "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &lt;img src=x onerror=&#39;y&#39;&gt;",
    )
    assert.deepEqual(marks(html), ["script", "script", "img"])
  }
})

test("a teaser begins with a sentence near the first mark, and tells what is cut", () => {
  const sentence = "これは長い文で、ほかのことを書いています。"
  const text = `${sentence.repeat(10)}ここで swap の話をします。${sentence.repeat(10)}`
  const html = inText("swap", text)
  assert.match(html, /^…ここで <mark/)
  assert.match(html, /…$/)
  assert.equal(html.replace(MARK, "$1").length, 142)
})

test("a teaser may begin with a mark", () => {
  assert.match(
    inText("swap", `${"あ".repeat(20)}。${"い".repeat(20)}。swap です。${"う".repeat(300)}`),
    /^…<mark[^>]*>swap/,
  )
})

test("a teaser of a text without sentences begins a little before the first mark", () => {
  assert.match(inText("swap", `${"あ".repeat(300)}swap${"い".repeat(300)}`), /^…あ{30}<mark[^>]*>swap<\/mark>い{106}…$/)
})

test("a teaser cuts no word in two that is not very long", () => {
  const html = inText(
    "swap",
    `${"あ".repeat(100)} ephemeralContainers がここにあり、いつもの swap も使うという話と${"い".repeat(88)} kube-apiserver と${"う".repeat(99)}`,
  )
  assert.equal(
    html.replace(MARK, "$1"),
    `…ephemeralContainers がここにあり、いつもの swap も使うという話と${"い".repeat(88)} …`,
  )
  assert.match(inText("swap", `${"x".repeat(300)} swap ${"y".repeat(300)}`), /^…x{29} <mark[^>]*>swap<\/mark> y{105}…$/)
})

test("a teaser is where most of the query is", () => {
  const html = inText("swap memory", `swap です。${"あ".repeat(300)}。ここに swap と memory が。${"い".repeat(300)}`)
  assert.deepEqual(marks(html), ["swap", "memory"])
  const before = inText("swap memory", `${"あ".repeat(99)}ここに swap と memory が。${"い".repeat(300)}swap です。`)
  assert.deepEqual(marks(before), ["swap", "memory"])
})

test("a short text is shown as a whole, a text without marks from its beginning", () => {
  assert.equal(inText("swap", "あれと swap"), "あれと <mark data-md-highlight>swap</mark>")
  const { text } = first("swap", page("p", { swap: "あ".repeat(300) }))
  assert.equal(text, `${"あ".repeat(140)}…`)
})

test("a teaser cuts no letter in two", () => {
  for (let before = 0; before < 4; before++) {
    const html = inText("swap", `${"x".repeat(before)}${"🦀".repeat(100)}swap${"🦀".repeat(100)}`)
    assert.ok(html.isWellFormed(), html)
  }
})

test("where only a card has the query, the teaser is of the cards", () => {
  const card = { x: "本文です", c: ["ほか\nx.com", "Combiner の話\ngithub.com\nまとめるもの"] }
  const { text } = first("combiner", page("p", { a: card }))
  assert.equal(text, "ほか · x.com / <mark data-md-highlight>Combiner</mark> の話 · github.com · まとめるもの")
  assert.equal(first("本文", page("p", { a: card })).text, "<mark data-md-highlight>本文</mark>です")
})

test("terms are what the page has, and what it lacks, as they are written", () => {
  const pages = [page("p", { ユーザー名前空間: "ＳＷＡＰ" }), page("q", { x: "y" })]
  assert.deepEqual(first("ﾕｰｻﾞ swap ゼブラ", ...pages).terms, { ユーザー: true, ＳＷＡＰ: true, ゼブラ: false })
})

test("a word that stands above a section is not missing", () => {
  const { terms } = first("資源 swap", page("p", { a: "swap" }, { t: "資源の号" }))
  assert.deepEqual(terms, { swap: true })
})

test("a row tells of its page and its KEP", () => {
  const known = { stage: "beta", milestone: "v1.36", plan: { stage: "stable", release: "v1.38" } }
  const issue = page("2026-07-10", { "#127 swap": { q: [5, 127] }, ほか: { x: "swap", q: [5] } }, { n: 6 })
  const pages = [issue, kepPage(127, "swap", { ...known, sig: "sig-node" })]
  const { items } = answer("swap", siteOf([{ pages, keps: { 127: known, 5: { stage: "alpha" } } }]))
  const facts = Object.fromEntries(items.flat().map(item => [item.location, item.neco]))
  const kep = { number: 127, standing: { ...known, ended: undefined } }
  assert.deepEqual(facts["2026-07-10/##127 swap"], {
    kind: "issue",
    date: "2026-07-10",
    number: 6,
    kep,
  })
  assert.deepEqual(facts["2026-07-10/#ほか"].kep, null)
  assert.deepEqual(facts["2026-07-10/"], { kind: "issue", date: "2026-07-10", number: 6, kep: null })
  assert.deepEqual(facts["keps/127/"], { kind: "kep", date: null, number: null, kep })
})

test("of a KEP of which nothing is known a row tells the number alone", () => {
  const { kep } = first("swap", page("p", { "#9 swap": { q: [9] } })).neco
  assert.deepEqual(kep, { number: 9, standing: null })
})

// --- how a query may go on ---

const NAMES = [
  "ユーザー名前空間の分離",
  "UserNamespacesSupport と kube-proxy",
  "スケジューリング",
  "スケジューラー",
  "スケジューラーの話",
]
const HEADINGS = siteOf([[page("p", Object.fromEntries(NAMES.map(name => [name, "x"])))]])

/** @type {[string, string[]][]} */
const COMPLETIONS = [
  ["ユーザ", ["ユーザー名前空間"]],
  ["ユーザー", ["ユーザー名前空間"]],
  ["ﾕｰｻﾞｰ", []],
  ["user", ["userNamespacesSupport"]],
  ["USER", ["USERNamespacesSupport"]],
  ["kube-pro", ["proxy"]],
  ["これは スケ", ["スケジューラー"]],
  ["次のスケ", ["次のスケジューラー"]],
  ["スケジューリング", []],
  ["zebra", []],
  ["", []],
  ["swap ", []],
]

for (const [query, completed] of COMPLETIONS) {
  test(`completion of ${query}`, () => assert.deepEqual(completions(query, HEADINGS.headingWords), completed))
}

// --- another spelling ---

const WRITTEN = siteOf([
  [page("p", { a: "Kueue と MutatingAdmissionPolicy と エフェメラルコンテナー" }), page("2024-05-10", { b: "Pod" })],
])

/** @type {[string, string | null][]} */
const SPELLINGS = [
  ["keuue year:2024", "Kueue year:2024"],
  ["pdo", "Pod"],
  ["ＰＤＯ", "Pod"],
  ["エフェラメルコンテナ year:2024", "エフェメラルコンテナー year:2024"],
  ["zebra giraffe pdo", "zebra giraffe Pod"],
  ["zebra", null],
  ["kueue year:2024", null],
  ["🦀", null],
  ["KEP-9999", null],
]

for (const [query, near] of SPELLINGS) {
  test(`another spelling of ${query}`, () => {
    const { total, near: found } = answer(query, WRITTEN)
    assert.deepEqual([total, found], [0, near])
  })
}

test("there is no other spelling of what is found, nor as long as more is to come", () => {
  assert.equal(answer("kueue", WRITTEN).near, null)
  assert.equal(answer("pdo", WRITTEN, false).near, null)
})
