// What the parts of the box share: the theme's elements, the words, the latest answer, and a way to ask.

import { PREFETCH, QUERY } from "../search/messages.js"

/**
 * @import { Result } from "../search/messages.js"
 * @import { Theme } from "./theme.js"
 * @import { Words } from "./words.js"
 */

export class Box {
  /** @type {Result | null} the latest, whichever query it is for */
  answer = null

  /** @param {Theme} theme @param {Words} words @param {() => void} onChange called whenever the text is another */
  constructor(theme, words, onChange) {
    this.theme = theme
    this.words = words
    this.onChange = onChange
  }

  /** Write it into the box, and have it answered. @param {string} text */
  ask(text) {
    this.theme.input.value = text
    this.tell()
  }

  /** The theme looks at the box when a key comes up: not after a paste, nor a choice among an input method's candidates. */
  tell() {
    this.theme.input.dispatchEvent(new Event("keyup"))
    this.onChange()
  }

  /** What failed to load before is tried again; once all is there, asking for it would only answer the query again. */
  prefetch() {
    const { loaded, total } = this.answer?.shards ?? { loaded: 0, total: 0 }
    if (!total || loaded < total) this.theme.worker.postMessage({ type: PREFETCH })
  }

  /** Ask once more, which the theme never does. */
  askAgain() {
    const { worker, input } = this.theme
    this.prefetch()
    worker.postMessage({ type: QUERY, data: input.value })
    input.focus()
  }
}
