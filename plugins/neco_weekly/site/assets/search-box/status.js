// In words: how much was found, whether more is to come, what could not be loaded, what else may have been meant.

import { button } from "./elements.js"
import { filled, shortened, withCommas } from "./words.js"

/**
 * @import { Result } from "../search/messages.js"
 * @import { Box } from "./box.js"
 * @import { Words } from "./words.js"
 */

/** @param {Result["shards"]} shards */
const isBroken = ({ failed, total }) => failed > 0 && failed === total

/** @param {Result} answer @param {Words} words @returns {string} what is told of it */
export function told({ query, total, complete, shards, unknown }, words) {
  const sentences = isBroken(shards) ? [words.broken] : [amount(query, total, complete, words)]
  if (complete && unknown.length) {
    sentences.push(filled(words.unknown, { filter: unknown.map(it => it.typed).join(" ") }))
  }
  if (complete && shards.failed && !isBroken(shards)) sentences.push(words.failed)
  return sentences.join(" ")
}

/** @param {string} query @param {number} total @param {boolean} isComplete @param {Words} words */
function amount(query, total, isComplete, words) {
  if (total) return filled(isComplete ? words.count : words.partial, { count: withCommas(total) })
  return isComplete ? filled(words.none, { query: shortened(query.trim()) }) : words.searching
}

export class Status {
  /** @param {Box} box */
  constructor(box) {
    this.box = box
    box.theme.status.setAttribute("role", "status")
  }

  /** Until the answer to what stands in the box has come whole, it is partial. The first one may take a while to come. */
  tellState() {
    const { answer, theme, words } = this.box
    const isWhole = answer?.complete && answer.query === theme.input.value
    theme.result.dataset.necoSearch = isWhole ? "complete" : "partial"
    if (!answer?.query.trim() && theme.input.value.trim()) theme.status.textContent = words.searching
  }

  tellBroken() {
    this.box.theme.status.textContent = this.box.words.broken
  }

  /** @param {Result} answer */
  draw(answer) {
    if (!answer.query.trim()) return // the theme says what to do
    const { theme, words } = this.box
    theme.status.replaceChildren(told(answer, words))
    if (!answer.complete) return
    if (answer.near && !answer.total) this.#suggest(answer.near)
    if (answer.shards.failed)
      theme.status.append(
        " ",
        button(words.again, () => this.box.askAgain()),
      )
  }

  /** @param {string} near */
  #suggest(near) {
    const { theme, words } = this.box
    const [before, after] = words.near.split("{query}")
    const accept = button(near, () => {
      this.box.ask(near)
      theme.input.focus()
    })
    theme.status.append(" ", before, accept, after)
  }
}
