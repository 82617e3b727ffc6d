// All shards that are in, seen as one site.

import { find } from "./find.js"
import { headingOf } from "./shard.js"
import { learnHeading } from "./suggest.js"
import { synonymsOf } from "./synonyms.js"
import { slipsIn, Vocabulary } from "./vocabulary.js"

export class Site {
  /** @type {import("./shard.js").Shard[]} */
  shards = []
  #vocabulary = new Vocabulary()
  #readWords = 0
  /** @type {import("./suggest.js").HeadingWords} */
  #headingWords = new Map()
  #readHeadings = 0

  /** @param {{synonyms?: string[][], facets?: Record<string, string[]>}} manifest */
  constructor({ synonyms = [], facets = {} } = {}) {
    this.synonyms = synonymsOf(synonyms)
    this.facets = facets
  }

  /** In how many sections a word stands. @param {import("./find.js").Word} word */
  count(word) {
    return this.shards.reduce((sum, shard) => sum + find(shard, word).count, 0)
  }

  /** Whether a KEP is mentioned. @param {number} kep */
  mentions(kep) {
    return this.shards.some(shard => shard.mentions.has(kep))
  }

  /** The KEPs whose numbers begin with this one. @param {number} kep */
  kepsFrom(kep) {
    /** @param {number} number */
    const begins = number => String(number).startsWith(String(kep))
    return [...new Set(this.shards.flatMap(shard => [...shard.mentions.keys()].filter(begins)))]
  }

  /** Whether the site has a word. @param {string} word normalised, of one script */
  knows(word) {
    return this.#words.has(word)
  }

  /** The words nearest to a misspelt one. @param {string} word normalised, of one script */
  nearest(word, slips = slipsIn(word), isPart = true) {
    return slips ? this.#words.nearest(word, slips, isPart) : []
  }

  /** What stands in headings. */
  get headingWords() {
    for (const { pages, sections } of this.shards.slice(this.#readHeadings)) {
      for (const [place, section] of sections.entries()) {
        learnHeading(this.#headingWords, headingOf(pages[place], section))
      }
    }
    this.#readHeadings = this.shards.length
    return this.#headingWords
  }

  /** Learned when first asked for: most queries are spelt well. */
  get #words() {
    for (const { text } of this.shards.slice(this.#readWords)) this.#vocabulary.learn(text)
    this.#readWords = this.shards.length
    return this.#vocabulary
  }
}
