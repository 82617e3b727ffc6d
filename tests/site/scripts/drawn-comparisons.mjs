// Draws comparisons for a test in Python: `{data, pairs}` comes in, each pair's elements go out as [tag, attributes, …].

import { readFileSync } from "node:fs"

import { Comparer } from "#compare/comparison.js"
import { drawn } from "#compare/draw.js"
import { wordsOf } from "#compare/texts.js"

/** An element of a browser, as far as drawing needs one. */
class Element {
  /** @type {Record<string, string>} */
  attributes = {}
  /** @type {(Element | string)[]} */
  children = []

  constructor(tag) {
    this.tag = tag
  }

  setAttribute(name, value) {
    this.attributes[name] = value
  }

  append(...children) {
    this.children.push(...children)
  }

  toJSON() {
    return [this.tag, this.attributes, ...this.children]
  }
}

Object.assign(globalThis, { document: { createElement: tag => new Element(tag) } })

const { data, pairs } = JSON.parse(readFileSync(0, "utf8"))
const words = wordsOf(data.words)
const comparer = new Comparer(data, words)
const found = pairs.map(([old, then]) =>
  [...drawn(comparer.compare(data.steps.indexOf(old), data.steps.indexOf(then)), words)].filter(it => it !== null),
)
process.stdout.write(JSON.stringify(found))
