// What a diagram's source would make a browser do, and what is told of it.

import assert from "node:assert/strict"
import { test } from "node:test"

import { asksAnotherHost, firstLine } from "#diagram/source.js"

/** Sources, and whether drawing them would ask another host. */
const SOURCES = [
  ['flowchart TD\n  A@{ img: "https://img.example.com/a.png" }', true],
  ["flowchart TD\n  A@{ img: '//img.example.com/a.png' }", true],
  ['flowchart TD\n  A["<img src=https://img.example.com/a.png>"]', true],
  ["flowchart TD\n  A[<img src='HTTP://img.example.com/a.png'/>]", true],
  ["graph TD\n  classDef a fill:url( 'https://img.example.com/a.svg#b')", true],
  ["%%{init: {'themeCSS': '@import \"https://css.example.com/a\"'}}%%\ngraph TD", true],
  ["graph TD\n  A[https://example.com/ を読む] --> B", false],
  ['graph TD\n  click A "https://example.com/"', false],
  ['flowchart TD\n  A@{ img: "/assets/neco.svg" }', false],
  ['flowchart TD\n  A@{ img: "data:image/png;base64,//8=" }', false],
  ["graph TD\n  style A fill:url(#pattern)", false],
]

for (const [source, foreign] of SOURCES) {
  test(`${foreign ? "asks another host" : "asks nobody"}: ${source}`, () => {
    assert.equal(asksAnotherHost(String(source)), foreign)
  })
}

test("of an error its first line is told, without the source that it quotes", () => {
  assert.equal(firstLine(new Error("Parse error on line 2:\ngraph TD A-->\n----^")), "Parse error on line 2")
  assert.equal(firstLine("Failed to fetch."), "Failed to fetch")
  assert.equal(firstLine(undefined), "undefined")
})
