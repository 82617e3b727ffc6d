// What a reader follows, what a visit tells, and the list of chosen feeds.

import assert from "node:assert/strict"
import { test } from "node:test"

import { feedOf, hasPage, opmlOf, pageOf } from "#following/opml.js"
import { followed, Kept, left, nothing, stateOf } from "#following/stars.js"
import { listed, things, visited } from "#following/visits.js"

/** @typedef {import("#following/visits.js").Data} Data */
/** @typedef {import("#following/stars.js").State} State */

const FIVE = [11, 12, 13, 14, 15]
const ROOT = "https://example.org/weekly/"

/** @param {number} number @param {string} reached @param {string} day */
const change = (number, reached, day) => ({
  id: `kep/${number}/${reached}`,
  day,
  kind: reached === "stable" ? "shipped" : "plan",
  keps: [number],
  text: `to ${reached}`,
})

/** @param {string} generated @param {Data["changes"]} changes @param {Partial<Data>} rest @returns {Data} */
const data = (generated, changes, rest = {}) => ({
  generated,
  since: "2025-01-01",
  changes,
  keps: Object.fromEntries(FIVE.map(it => [it, { title: `Title ${it}`, sig: "sig-node", url: `keps/${it}/` }])),
  releases: [],
  issues: [],
  pages: { keps: FIVE, sigs: ["sig-node"], topics: ["nap"] },
  ...rest,
})

/** @param {string} day @param {...string} ids @returns {State} */
const starred = (day, ...ids) => ids.reduce((state, id) => followed(state, id, { name: id, day }), nothing())

/** @param {State} state @param {Data} known @returns {string[]} */
const ids = (state, known) => listed(state, known).map(it => it.id)

// --- visits -----------------------------------------------------------------------------------------------------------

/** Ten refreshes: what each adds to what is known. Some days are long past, some KEPs are not followed. */
const REFRESHES = /** @type {[string, Data["changes"]][]} */ ([
  ["2026-01-07", [change(11, "alpha", "2026-01-05"), change(99, "alpha", "2026-01-05")]],
  ["2026-01-14", []],
  [
    "2026-01-21",
    [change(12, "beta", "2026-01-20"), change(13, "beta", "2026-01-21"), change(11, "late", "2025-06-01")],
  ],
  ["2026-01-28", [change(14, "alpha", "2026-01-28")]],
  ["2026-02-04", [change(99, "beta", "2026-02-01")]],
  ["2026-02-11", [change(15, "stable", "2026-02-10"), change(15, "status", "2026-02-10")]],
  ["2026-02-18", [change(11, "beta", "2026-02-12"), change(12, "back", "2026-01-02")]],
  ["2026-02-25", []],
  ["2026-03-04", [change(13, "stable", "2026-03-01"), change(98, "alpha", "2026-03-04")]],
  ["2026-03-11", [change(14, "beta", "2026-03-05")]],
])

test("of ten refreshes each tells exactly what history added to the five KEPs that are followed", () => {
  let state = starred("2026-01-01", ...FIVE.map(it => `kep/${it}`))
  let changes = [change(11, "before", "2025-12-31"), change(12, "before", "2026-01-01")]
  const told = REFRESHES.map(([day, added]) => {
    changes = [...added, ...changes]
    const known = data(day, changes)
    state = visited(stateOf(JSON.stringify(state)), known)
    const before = ids(state, known)
    state = visited(state, known)
    assert.deepEqual(ids(state, known), before, "a list stays while the data do")
    return before.sort()
  })
  const history = REFRESHES.map(([, added]) =>
    added
      .filter(it => it.keps.some(number => FIVE.includes(number)))
      .map(it => it.id)
      .sort(),
  )
  assert.deepEqual([told[0], ...told.slice(1)], [["kep/11/alpha"], ...history.slice(1)])
})

test("what lay before a choice and is learned between it and the first visit is told of a KEP whose page says what it knew", () => {
  const before = [change(11, "alpha", "2025-12-31"), change(11, "new", "2025-06-01")]
  const late = [change(11, "late", "2025-11-01"), change(12, "late", "2025-11-01")]
  const star = { name: "", day: "2026-01-01" }
  const chosen = followed(followed(nothing(), "kep/11", star, ["kep/11/alpha", "kep/11/new", ""]), "kep/12", star)
  const next = data("2026-01-08", [...late, ...before], {
    issues: [{ day: "2025-12-30", title: "Issue", url: "issues/1/", keps: [11], sigs: [], topics: [] }],
  })
  const state = visited(stateOf(JSON.stringify(chosen)), next)
  assert.deepEqual(ids(state, next), ["kep/11/late"])
  assert.ok(!Object.hasOwn(chosen.seen, ""))
})

test("a visit in the middle of a week adds to the list, the visit after the next refresh begins a new one", () => {
  const first = data("2026-02-01", [change(11, "alpha", "2026-01-30")])
  const more = data("2026-02-01", [change(11, "beta", "2026-02-01"), ...first.changes])
  const next = data("2026-02-08", more.changes)
  let state = visited(starred("2026-01-01", "kep/11"), first)
  state = visited(state, more)
  assert.deepEqual(ids(state, more), ["kep/11/beta", "kep/11/alpha"])
  state = visited(state, next)
  assert.deepEqual([ids(state, next), state.since], [[], "2026-02-01"])
})

test("what goes and comes back is told once", () => {
  const there = [change(11, "alpha", "2026-01-30")]
  let state = visited(starred("2026-01-01", "kep/11"), data("2026-02-01", there))
  state = visited(state, data("2026-02-08", []))
  const again = data("2026-02-15", there)
  state = visited(state, again)
  assert.deepEqual(ids(state, again), [])
})

test("what is older than the data is forgotten, so that what is kept stays small", () => {
  let state = visited(starred("2025-01-01", "kep/11"), data("2026-02-01", [change(11, "alpha", "2025-06-01")]))
  state = visited(state, data("2026-07-01", [], { since: "2025-06-01" }))
  assert.deepEqual(state.seen, {})
})

test("a SIG is what happened to its KEPs, a topic its releases, and issues tell of topics and KEPs", () => {
  const known = data("2026-02-01", [change(11, "alpha", "2026-01-30")], {
    releases: [{ id: "topic/nap/v1", day: "2026-01-31", topic: "nap", text: "Nap v1", url: "https://example.org/v1" }],
    issues: [{ day: "2026-01-29", title: "Issue", url: "issues/1/", keps: [12], sigs: ["sig-node"], topics: ["nap"] }],
  })
  const cases = Object.entries({
    "sig/sig-node": ["kep/11/alpha", "issue/issues/1/"],
    "topic/nap": ["topic/nap/v1", "issue/issues/1/"],
    "kep/12": ["issue/issues/1/"],
    "sig/sig-auth": [],
  })
  const found = cases.map(([id]) => [id, ids(visited(starred("2026-01-01", id), known), known)])
  assert.deepEqual(found, cases)
})

test("a KEP without a page here is told of with its issue", () =>
  assert.deepEqual(
    things(data("2026-02-01", [change(11, "alpha", "2026-01-30"), change(99, "alpha", "2026-01-30")])).map(
      it => it.url,
    ),
    ["keps/11/", "https://github.com/kubernetes/enhancements/issues/99"],
  ))

test("what shipped and what is planned are told apart", () =>
  assert.deepEqual(
    things(data("2026-02-01", [change(11, "stable", "2026-01-30"), change(11, "beta", "2026-01-29")])).map(
      it => it.isShipped,
    ),
    [true, false],
  ))

test("what is left is listed no more, and chosen again it tells nothing of before", () => {
  const known = data("2026-02-01", [change(11, "alpha", "2026-01-30")])
  let state = left(visited(starred("2026-01-01", "kep/11"), known), "kep/11")
  assert.deepEqual(ids(state, known), [])
  state = visited(
    followed(left(starred("2026-01-01", "kep/12"), "kep/12"), "kep/11", { name: "", day: "2026-02-01" }),
    known,
  )
  assert.deepEqual(ids(state, known), [])
})

// --- what is kept -----------------------------------------------------------------------------------------------------

test("what was kept is read as if anybody had written it", () => {
  const damaged = [null, "", "{", "[]", "null", "3", '{"stars": [], "seen": 3, "shown": {}, "until": "<b>"}']
  assert.deepEqual(damaged.map(stateOf), damaged.map(nothing))
  const star = { name: "n", day: "" }
  const wrong = {
    "kep/0": star,
    "kep/../x": star,
    "topic/<b>": star,
    "kep/1": { name: 3, day: "" },
    "kep/2": { name: "n" },
  }
  assert.deepEqual(stateOf(JSON.stringify({ stars: { ...wrong, "kep/127": star } })).stars, { "kep/127": star })
})

test("without storage nothing is kept, and nothing fails", () => {
  const kept = new Kept(() => {
    throw new Error("SecurityError")
  }, `${ROOT}following/`)
  assert.deepEqual([kept.read(), kept.write(nothing())], [nothing(), false])
})

test("each site of a host keeps its own", () => {
  /** @type {Map<string, string>} */
  const stored = new Map()
  const store = () => ({
    getItem: (/** @type {string} */ key) => stored.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ text) => void stored.set(key, text),
  })
  const state = starred("2026-01-01", "kep/11")
  assert.ok(new Kept(store, `${ROOT}following/index.html`).write(state))
  assert.deepEqual(new Kept(store, `${ROOT}following/`).read(), state)
  assert.deepEqual(new Kept(store, "https://example.org/following/").read(), nothing())
})

// --- feeds ------------------------------------------------------------------------------------------------------------

test("the list of feeds has whole addresses, and titles that are no markup", () => {
  const name = `</outline>"&<script>\u0000\ud800é`
  const state = followed(starred("", "sig/sig-node"), "topic/nap", { name, day: "" })
  const text = opmlOf(state, null, "My <feeds>", ROOT, "/")
  assert.ok(text.includes('xmlUrl="https://example.org/weekly/sigs/sig-node/feed.xml"'))
  assert.ok(text.includes('title="&lt;/outline&gt;&quot;&amp;&lt;script&gt; é"'))
  assert.ok(text.includes("<title>My &lt;feeds&gt;</title>"))
  assert.equal(text.match(/<outline /g)?.length, 2)
})

test("what has no page any more has no feed either", () => {
  const known = data("2026-02-01", [])
  const followed = ["kep/11", "kep/16", "sig/sig-node", "sig/sig-gone", "topic/nap", "topic/gone"]
  assert.deepEqual(
    followed.filter(id => hasPage(id, known)),
    ["kep/11", "sig/sig-node", "topic/nap"],
  )
  const text = opmlOf(starred("", ...followed), known, "", ROOT, "/")
  assert.deepEqual(text.match(/(?<=xmlUrl="\S+\/)[\w-]+(?=\/feed)/g), ["11", "sig-node", "nap"])
})

test("feeds and pages lie where the site has them", () => {
  assert.equal(feedOf("kep/127", ROOT), `${ROOT}keps/127/feed.xml`)
  assert.equal(pageOf("topic/argo-cd", ROOT, "/"), `${ROOT}topics/argo-cd/`)
})
