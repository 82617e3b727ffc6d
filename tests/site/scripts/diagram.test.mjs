// What a diagram's source would make a browser do, and what is told of it.

import assert from "node:assert/strict"
import { test } from "node:test"

import { hex } from "#diagram/colours.js"
import { movesWhatIsSeen } from "#diagram/room.js"
import { asksAnotherHost, firstLine, hasOwnColours } from "#diagram/source.js"

/** Sources, and whether drawing them would ask another host. */
const SOURCES = [
  ['flowchart TD\n  A@{ img: "https://img.example.com/a.png" }', true],
  ["flowchart TD\n  A@{ img: '//img.example.com/a.png' }", true],
  ['flowchart TD\n  A["<img src=https://img.example.com/a.png>"]', true],
  ["flowchart TD\n  A[<img src='HTTP://img.example.com/a.png'/>]", true],
  ["graph TD\n  classDef a fill:url( 'https://img.example.com/a.svg#b')", true],
  ["%%{init: {'themeCSS': '@import \"https://css.example.com/a\"'}}%%\ngraph TD", true],
  ['flowchart TD\n  A@{ "img": "https:\\u002f\\u002fimg.example.com/a.png" }', true],
  ["flowchart TD\n  A[\"<picture><source srcset='//img.example.com/a'></picture>\"]", true],
  ["flowchart TD\n  A[\"<b style='background:image-set(&quot;http:\\/\\/img.example.com/a&quot; 1x)'>b</b>\"]", true],
  ["sequenceDiagram\n  A->>B: <img src='/\\img.example.com/a'>", true],
  ["graph TD\n  A[https://example.com/ を読む] --> B", false],
  ['graph TD\n  click A "https://example.com/"', false],
  ['flowchart TD\n  A@{ img: "/assets/neco.svg" }', false],
  ['flowchart TD\n  A@{ img: "data:image/png;base64,//8=" }', false],
  ['graph TD\n  A["一<br/>二"] -->|<b>太字</b>| B\n  click A "https://example.com/" _blank', false],
  ["flowchart TD\n  A[\"<img src='../a.png'>\"]", false],
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

test("a source may ask for colours of its own", () => {
  for (const source of ["%%{init: {'theme': 'forest'}}%%\ngraph TD", "---\nconfig:\n  theme: dark\n---\ngraph TD"]) {
    assert.ok(hasOwnColours(source), source)
  }
  assert.ok(!hasOwnColours("graph TD\n  theme --> B"))
})

test("a colour is told to mermaid without a comma", () => {
  assert.equal(hex("rgb(32, 36, 44)"), "#20242c")
  assert.equal(hex("rgba(0, 0, 0, 0.5)"), "#00000080")
  assert.equal(hex("rgb(255, 255, 255)"), "#ffffff")
})

test("what follows a diagram is seen to move where its end is in the window", () => {
  assert.ok(movesWhatIsSeen({ bottom: 699 }, 700, true))
  assert.ok(!movesWhatIsSeen({ bottom: 700 }, 700, true), "what follows is below the window")
  assert.ok(!movesWhatIsSeen({ bottom: 0 }, 700, true), "the diagram is above it, and the browser scrolls along")
  assert.ok(movesWhatIsSeen({ bottom: 0 }, 700, false))
})
