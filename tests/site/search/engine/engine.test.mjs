// What comes first: tiny sites, queries, and the pages or rows in their order.

import assert from "node:assert/strict"
import { test } from "node:test"

import { answer } from "#search/engine.js"
import { kepPage, page, pagesOf, rowsOf, siteOf } from "./tiny.mjs"

const site = (...pages) => siteOf([pages])

// --- words as they are typed ---

test("every word has to be there, in a section or above it", () => {
  const pages = site(
    page("both", { a: "スワップ メモリ" }),
    page("apart", { a: "スワップ", b: "メモリ" }),
    page("above", { a: "メモリ" }, { t: "スワップの号" }),
  )
  assert.deepEqual(pagesOf("スワップ メモリ", pages).slice(0, 2), ["both", "above"])
})

test("what stands above is that of the page's top and of the headings over a section, not of those beside it", () => {
  const sections = { 資源: { l: 2 }, cgroup: { l: 3, x: "版" }, 網: { l: 2 }, cilium: { l: 3, x: "版" } }
  const rows = rowsOf("資源 版", site(page("p", sections, { t: "x" })))
  assert.deepEqual(rows[0].slice(0, 1), ["p/#cgroup"])
  assert.equal(answer("資源 版", site(page("p", sections))).total, 2) // the other has half of it: perhaps that was meant
})

test("a heading comes before prose, prose before a card, a card before a name of a KEP that is mentioned", () => {
  const keps = { 7: { title: "Swap" } }
  const pages = [
    page("kep", { a: { x: "y", q: [7] } }),
    page("card", { a: { c: ["swap\nx.com"] } }),
    page("prose", { a: "swap" }),
    page("heading", { swap: "y" }),
  ]
  assert.deepEqual(pagesOf("swap", siteOf([{ pages, keps }])), ["heading", "prose", "card", "kep"])
})

test("the heading that is the query comes before those that have more", () => {
  const text = "スワップ スワップ スワップ スワップ"
  const longer = [page("longer", { スワップの設定を変える: text }), page("part", { "スワップ、その後": text })]
  const pages = site(...longer, page("exact", { スワップ: "x" }))
  assert.equal(pagesOf("スワップ", pages)[0], "exact")
})

test("words side by side come before words apart", () => {
  const together = page("together", { a: "その失敗パターンは長い文の中にあって、ほかの文も続く。" })
  const pages = site(page("apart", { a: "失敗した。別のパターン。" }), together)
  assert.deepEqual(pagesOf("失敗 パターン", pages), ["together", "apart"])
})

test("a rare word says more than a common one", () => {
  const common = Array.from({ length: 20 }, (_, i) => page(`c${i}`, { a: "pod pod pod" }))
  const pages = site(...common, page("rare", { a: "kueue と pod" }))
  assert.equal(pagesOf("pod kueue", pages)[0], "rare")
})

test("the newest comes first among equals, and the undated last", () => {
  const pages = site(...["guide", "2022-09-02", "2026-07-10", "2024-05-10"].map(u => page(u, { a: "swap" })))
  assert.deepEqual(pagesOf("swap", pages), ["2026-07-10", "2024-05-10", "2022-09-02", "guide"])
})

test("a better answer comes before a newer one", () => {
  const pages = site(page("2022-09-02", { swap: "swap" }), page("2026-07-10", { a: "ほかのことと swap" }))
  assert.deepEqual(pagesOf("swap", pages), ["2022-09-02", "2026-07-10"])
})

test("what is written comes before what is generated", () => {
  const sig = page("sigs/sig-node", { a: "swap" }, { k: "sig" })
  assert.deepEqual(pagesOf("swap", site(sig, page("p", { a: "swap" }))), ["p", "sigs/sig-node"])
})

test("an author may raise or lower a page", () => {
  const rank = (u, b) => page(u, { a: "swap" }, { b })
  assert.deepEqual(pagesOf("swap", site(rank("low", 0.5), rank("usual"), rank("high", 2))), ["high", "usual", "low"])
})

test("shards together are one site", () => {
  const one = [page("2026-07-10", { a: "swap" })]
  const other = [page("2022-09-02", { swap: "swap" })]
  assert.deepEqual(pagesOf("swap", siteOf([one, other])), ["2022-09-02", "2026-07-10"])
})

// --- rows of a page ---

test("a page's rows: the best first, the page's own last unless it was found", () => {
  const pages = site(page("p", { a: "swap", swap: "x", b: "no" }))
  assert.deepEqual(rowsOf("swap", pages), [["p/#swap", "p/#a", "p/"]])
  assert.deepEqual(rowsOf("no", pages), [["p/#b", "p/"]])
  assert.deepEqual(rowsOf("top", site(page("p", { "": "top", a: "x" }))), [["p/"]])
})

test("rows with the first one's score are shown: three at most, and none that is much worse", () => {
  const sections = Object.fromEntries(["a", "b", "c", "d"].map(name => [name, "swap"]))
  const [[first, ...others]] = answer("swap", site(page("p", sections))).items
  assert.deepEqual(
    others.map(row => row.score === first.score),
    [true, true, false, false],
  )
  const far = answer("swap", site(page("p", { swap: "swap swap", b: { q: [7] } }))).items[0]
  assert.equal(far.filter(row => row.score === far[0].score).length, 1)
})

test("the page's own row has a lower score than the best section, so that Enter opens that", () => {
  const [[first, ...others]] = answer("swap", site(page("p", { "": "swap です", swap: "swap" }))).items
  assert.equal(first.location, "p/#swap")
  assert.ok(others.every(row => row.score < first.score))
})

test("scores fall from page to page by what two decimals tell apart", () => {
  const { items } = answer("swap", site(...Array.from({ length: 80 }, (_, i) => page(`p${i}`, { a: "swap" }))))
  assert.ok(items.length <= 50)
  const scores = items.map(([row]) => Number(row.score.toFixed(2)))
  assert.ok(scores.every((score, i) => i === 0 || score < scores[i - 1]))
})

test("of very many sections the best are still the first", () => {
  const many = Array.from({ length: 2000 }, (_, i) => page(`p${i}`, { a: "swap swap" }))
  assert.equal(pagesOf("swap", site(...many, page("q", { swap: "x" })))[0], "q")
})

test("the number of sections is that of all, not of the rows sent", () => {
  assert.equal(answer("swap", site(...Array.from({ length: 80 }, (_, i) => page(`p${i}`, { a: "swap" })))).total, 80)
})

// --- KEPs ---

const KEPS = [
  page("2026-07-10", { "#127 名前空間": { q: [127] }, ほか: { x: "KEP-5 の話", q: [5] } }),
  page("2022-09-02", { 資源: { x: "KEP-127 も", q: [127] } }),
  page("2024-05-10", { 一覧: { x: "127件あった" }, 名前空間: { x: "KEP-127", q: [127] } }),
  kepPage(127, "Support User Namespaces", { stage: "stable", sig: "sig-node", gates: ["UserNamespacesSupport"] }),
  kepPage(5, "Pod Security Policy"),
  kepPage(1278, "Another"),
]

const FORMS = [
  ...[
    "127",
    "0127",
    "#127",
    "KEP-127",
    "kep127",
    "ＫＥＰ　１２７",
    "KEP-0127とは",
    "kubernetes/enhancements#127",
    "KEP: 127",
  ],
  ...["127 KEP", "#127 KEP", "KEPs: #127", "kep:127", "KEP：127"],
]

for (const query of FORMS) {
  test(`the KEP first, then the issues that mention it, newest first: ${query}`, () => {
    assert.deepEqual(pagesOf(query, site(...KEPS)).slice(0, 4), ["keps/127", "2026-07-10", "2024-05-10", "2022-09-02"])
  })
}

test("a bare number is looked for in the text too, a KEP's name is not", () => {
  assert.ok(
    rowsOf("127", site(...KEPS))
      .flat()
      .includes("2024-05-10/#一覧"),
  )
  assert.ok(
    !rowsOf("KEP-127", site(...KEPS))
      .flat()
      .includes("2024-05-10/#一覧"),
  )
})

test("a number that begins a KEP's is an answer as long as there is no better one", () => {
  assert.deepEqual(pagesOf("KEP-12", site(...KEPS)).sort(), [
    "2022-09-02",
    "2024-05-10",
    "2026-07-10",
    "keps/127",
    "keps/1278",
  ])
  assert.deepEqual(pagesOf("KEP-88", site(...KEPS)), [])
})

test("two KEPs are where both are mentioned", () => {
  const both = page("2025-09-05", { a: { x: "KEP-127 と KEP-5", q: [127, 5] } })
  assert.equal(pagesOf("KEP-5 KEP-127", site(...KEPS, both))[0], "2025-09-05")
})

test("a KEP with a word is where both are", () => {
  assert.deepEqual(rowsOf("資源 #127", site(...KEPS))[0], ["2022-09-02/#資源", "2022-09-02/"])
})

test("a section is found by the names of its KEP", () => {
  const keps = { 127: { title: "Support User Namespaces", gates: ["UserNamespacesSupport"], sig: "sig-node" } }
  const pages = siteOf([{ pages: KEPS.slice(0, 3), keps }])
  assert.equal(pagesOf("UserNamespacesSupport", pages)[0], "2026-07-10") // whose heading is about it
  assert.equal(pagesOf("user namespaces", pages).length, 3)
})

test("days in a title are no KEPs", () => {
  const pages = [page("2026-06-05", { "": { q: [5] } }), page("p", { "#5 x": { q: [5] } })]
  const keps = { 5: { title: "Zebra" } }
  assert.equal(pagesOf("zebra", siteOf([{ pages, keps }]))[0], "p")
})

// --- what may have been meant ---

/** A query, and a text that it finds though it is written otherwise there. */
const MEANT = [
  ["スケジューラーが起動しないのはなぜ", "起動に失敗するスケジューラの話"],
  ["webhooks", "webhook を減らす"],
  ["gangscheduling", "gang scheduling"],
  ["keuue", "kueue"],
  ["すけじゅーりんぐ", "スケジューリング"],
  ["すけじゅーりんg", "スケジューリング"],
  ["すけじゅりーんぐ", "スケジューリング"],
  ["クレンデシャル", "クレデンシャルプロバイダー"],
  ["動的割当管理", "動的な割当の管理"],
  ["containerd2.0", "containerd 2.0"],
  ["ユーザーネームスペース", "ユーザー名前空間"],
  ["キューの長さ", "待ち行列の長さ"],
  ["2026-07-1", "2026-07-10 の号"],
  ["使ってみる ノード", "ノードを使った"],
]

const SYNONYMS = [
  ["名前空間", "namespace", "ネームスペース"],
  ["待ち行列", "キュー", "queue"],
]

for (const [query, text] of MEANT) {
  test(`${query} finds ${text}`, () => {
    const pages = [page("p", { a: text }), page("q", { a: "ほかの話です" })]
    assert.deepEqual(pagesOf(query, siteOf([pages], { synonyms: SYNONYMS })), ["p"])
  })
}

const NOT_MEANT = [
  ["キュー", "ドキュメント"],
  ["queue", "ドキュメント"],
  ["電気自動車", "自動削除"],
  ["クリスマス", "リスト クラスタ マスター"],
  ["terraform", "platform"],
  ["KEP-8888", "KEP-888"],
  ["スワ", "すわる"],
  ["キー", "スキーマ"],
  ["pdo", "pod"],
]

for (const [query, text] of NOT_MEANT) {
  test(`${query} does not find ${text}`, () => {
    assert.deepEqual(pagesOf(query, siteOf([[page("p", { a: text })]], { synonyms: SYNONYMS })), [])
  })
}

test("a word as it was typed comes before its other forms", () => {
  assert.deepEqual(pagesOf("policies", site(page("p", { a: "a policy" }), page("q", { a: "policies" }))), ["q", "p"])
})

test("what was typed comes before what may have been meant", () => {
  const synonym = page("synonym", { 名前空間: "名前空間 名前空間" })
  const typed = page("typed", { a: "長い文の中に一度だけ、namespace と書いてあるだけの節です。" })
  const slip = page("slip", { namespaxe: "namespaxe" })
  assert.deepEqual(pagesOf("namespace", siteOf([[synonym, slip, typed]], { synonyms: SYNONYMS })), ["typed", "synonym"])
})

test("kana on their way to katakana find less surely than katakana", () => {
  const pages = site(page("katakana", { a: "スワップ" }), page("hiragana", { a: "すわっぷ" }))
  assert.deepEqual(pagesOf("すわっぷ", pages), ["hiragana", "katakana"])
})

test("half of a query is enough where not all of it is anywhere, less is not", () => {
  assert.deepEqual(pagesOf("swap zebra", site(page("p", { a: "swap" }))), ["p"])
  assert.deepEqual(pagesOf("swap zebra giraffe", site(page("p", { a: "swap" }))), [])
})

test("where ten pages have what was typed, nothing else is looked for", () => {
  const typed = Array.from({ length: 10 }, (_, i) => page(`p${i}`, { a: "webhook" }))
  const pages = [...typed, page("more", { a: "ウェブフック" })]
  const synonyms = [["webhook", "ウェブフック"]]
  assert.ok(!pagesOf("webhook", siteOf([pages], { synonyms })).includes("more"))
  assert.ok(pagesOf("webhook", siteOf([pages.slice(1)], { synonyms })).includes("more"))
})

// --- filters ---

const FACETS = {
  year: ["2026", "2024", "2022"],
  sig: ["sig-node"],
  stage: ["stable"],
  release: ["1.36"],
  planned: ["1.38"],
  site: ["github.com"],
}
const FILTERED = siteOf(
  [
    {
      pages: [
        page("2026-07-10", { swap: { x: "swap", q: [127] }, カード: { c: ["swap\ngithub.com\nx"] } }),
        page("2024-05-10", { swap: "swap", ほか: { c: ["y\ndocs.github.com"], q: [5] } }),
        page("2022-09-02", { 名前: "x" }),
        page("sigs/sig-node", {}, { k: "sig" }),
        page("sigs/sig-auth", {}, { k: "sig" }),
        page("releases/1.36", {}, { k: "release" }),
        page("releases/1.35", {}, { k: "release" }),
        page("guide/sig-node/1.36", {}),
        kepPage(127, "User Namespaces", { stage: "stable", sig: "sig-node", milestone: "v1.36" }),
      ],
      keps: {
        127: { stage: "stable", sig: "sig-node", milestone: "v1.36" },
        5: { stage: "beta", sig: "sig-auth", plan: { stage: "stable", release: "v1.38" } },
      },
    },
  ],
  { facets: FACETS },
)

/** @type {[string, string[]][]} */
const FILTERS = [
  ["swap year:2024", ["2024-05-10/#swap", "2024-05-10/"]],
  ["swap year:2024 year:2026", ["2024-05-10/#swap", "2026-07-10/#swap", "2026-07-10/#カード"]],
  ["swap sig:node", ["2026-07-10/#swap"]],
  ["sig:node", ["2026-07-10/#swap", "keps/127/", "sigs/sig-node/"]],
  ["stage:stable", ["2026-07-10/#swap", "keps/127/"]],
  ["stage:beta", ["2024-05-10/#ほか"]],
  ["planned:1.38", ["2024-05-10/#ほか"]],
  ["planned:v1.38 stage:beta", ["2024-05-10/#ほか"]],
  ["planned:1.38 stage:stable", []], // a plan is no stage
  ["planned:1.36", []],
  ["release:1.38", []],
  ["release:1.36", ["2026-07-10/#swap", "keps/127/", "releases/1.36/"]],
  ["kep:5", ["2024-05-10/#ほか"]],
  ["kep:127 kep:5", ["2024-05-10/#ほか", "2026-07-10/#swap", "keps/127/"]],
  ["kep:127 year:2024", []],
  ["site:github.com", ["2024-05-10/#ほか", "2026-07-10/#カード"]],
  ["site:hub.com", []],
  ["swap site:docs.github.com", []],
  ["127 year:2026", ["2026-07-10/#swap"]],
]

for (const [query, rows] of FILTERS) {
  test(`filters: ${query}`, () => {
    const found = rowsOf(query, FILTERED).flatMap(group => group.filter(row => row.includes("#") || group.length === 1))
    assert.deepEqual(found.sort(), rows.filter(row => row !== "2024-05-10/").sort())
  })
}

test("filters alone list the newest first", () => {
  assert.deepEqual(pagesOf("year:2022 year:2026 year:2024", FILTERED), ["2026-07-10", "2024-05-10", "2022-09-02"])
})

test("a filter takes every spelling of a SIG", () => {
  const { filters } = answer("sig:scheduler sig:sig-arch sig:constructor sig:node", FILTERED)
  assert.deepEqual(
    filters.map(({ value }) => value),
    ["sig-scheduling", "sig-architecture", "sig-constructor", "sig-node"],
  )
})

test("filters are told, those that nothing has besides", () => {
  const { filters, unknown } = answer("sig:node year:1999 kep:9999", FILTERED)
  assert.deepEqual(
    filters.map(({ name, value }) => `${name}:${value}`),
    ["sig:sig-node", "year:1999", "kep:9999"],
  )
  assert.deepEqual(unknown, [{ name: "year", value: "1999", typed: "year:1999" }])
})

// --- anything ---

const ODD = [
  ...["", " ", "a", "の", "。", "…", ".*", "(", "[a-", "\\", "${x}", "🦀", "\ud800", "\u202e", "\0", "kep-", "year:"],
  ...["<script>alert(1)</script>", "__proto__", "constructor", "#".repeat(100), "１".repeat(50)],
  ...["a".repeat(10_000), "あ ".repeat(5_000), "year:2024 ".repeat(1_000)],
]

for (const query of ODD) {
  test(`anything is answered: ${JSON.stringify(query.slice(0, 30))}`, () => {
    for (const pages of [FILTERED, siteOf([]), siteOf([[]])]) {
      const { items, total } = answer(query, pages)
      assert.ok(Array.isArray(items) && total >= 0)
    }
  })
}

test("nothing is found for nothing", () => {
  for (const query of ["", "  ", "。、", "...", "()"]) assert.deepEqual(rowsOf(query, FILTERED), [])
})
