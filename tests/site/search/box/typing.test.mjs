// What the box makes of letters, keys and its address.

import assert from "node:assert/strict"
import { test } from "node:test"

import { withQuery } from "#search-box/address.js"
import { isThemes } from "#search-box/keys.js"
import { isUnfinished } from "#search-box/typing.js"

test("an input method waits for a vowel", () => {
  const unfinished = ["せいg", "すわっp", "きょうしゅky", "サー", "ｎ", "せいｇ"].filter(isUnfinished)
  assert.deepEqual(unfinished, ["せいg", "すわっp", "きょうしゅky", "ｎ", "せいｇ"])
  assert.deepEqual(["", "せいげん", "制限", "pod", "資源g"].filter(isUnfinished), [])
})

test("the theme gets letters, arrows and Escape that are pressed on a button, and not what presses the button", () => {
  assert.deepEqual(
    ["a", "あ", "/", "Escape", "ArrowUp", "ArrowDown"].filter(key => !isThemes(key)),
    [],
  )
  assert.deepEqual([" ", "Enter", "Tab", "ArrowLeft"].filter(isThemes), [])
})

const PAGE = "https://neco.example/issues/2026-07-10/?h=x#swap"

test("the address has the query, and keeps everything else", () => {
  assert.equal(
    withQuery(PAGE, " スワップ "),
    `https://neco.example/issues/2026-07-10/?h=x&q=${encodeURI("スワップ")}#swap`,
  )
  assert.equal(withQuery(withQuery(PAGE, "swap"), "pod"), "https://neco.example/issues/2026-07-10/?h=x&q=pod#swap")
  assert.equal(withQuery(withQuery(PAGE, "swap"), " "), PAGE)
  assert.equal(withQuery(PAGE, ""), PAGE)
})
