// Rows as the theme draws them, with what it does not know of: day and number, and a KEP with where it stands. Where
// sections of a page were found, their headings come first, and the page that they are of behind them.

import { element } from "./elements.js"
import { planOf, reachedOf } from "./standing.js"
import { filled } from "./words.js"

/**
 * @import { Facts, Item } from "../search/results.js"
 * @import { Box } from "./box.js"
 * @import { Words } from "./words.js"
 */

/** @param {{pathname: string, hash: string}} address @returns {string} by what a row is known */
const keyOf = ({ pathname, hash }) => pathname + hash

/** @param {EventTarget | null} target @returns {target is HTMLAnchorElement} */
const isLink = target => target instanceof HTMLAnchorElement && target.href !== ""

export class Rows {
  /** @type {Map<string, Facts>} */
  #facts = new Map()
  #focused = "" // the row that has the focus

  /** @param {Box} box */
  constructor(box) {
    this.box = box
    const { list } = box.theme
    document.addEventListener("focusin", ({ target }) => {
      this.#focused = isLink(target) && list.contains(target) ? keyOf(target) : ""
    })
    new MutationObserver(() => this.#addFacts()).observe(list, { childList: true }) // more rows come as the reader does
  }

  /** @param {Item[]} items of the latest answer */
  know(items) {
    this.#facts = new Map(items.map(item => [keyOf(new URL(item.location, this.box.theme.base)), item.neco]))
  }

  /** They are drawn anew whenever more has come: whoever was on one stays there. */
  draw() {
    this.#addFacts()
    if (!this.#focused || document.activeElement !== document.body) return
    const links = [...this.box.theme.list.querySelectorAll("[href]")].filter(isLink)
    links.find(link => keyOf(link) === this.#focused)?.focus({ preventScroll: true })
  }

  #addFacts() {
    const bare = this.box.theme.list.querySelectorAll(".md-search-result__link:not(:has(.neco-search__facts))")
    for (const link of [...bare].filter(isLink)) {
      const facts = this.#facts.get(keyOf(link))
      const heading = link.querySelector("h1, h2")
      if (facts) heading?.after(this.#drawn(facts, heading))
      if (heading?.matches("h1")) moveBehind(link)
    }
  }

  /**
   * A page says when it was written; its sections say so to those who only hear them.
   *
   * @param {Facts} facts @param {Element} heading
   */
  #drawn({ kind, date, number, kep }, heading) {
    const { words } = this.box
    const isPage = heading.matches("h1")
    const dated = isPage && heading.textContent.includes(date ?? "") ? "" : date // its title says it, often
    const line = element("span", "neco-search__facts")
    const when = element("span", isPage ? "" : "neco-hidden")
    const facts = [
      isPage && !number && nameOf(kind, words),
      dated && day(dated),
      number && filled(words.number, { number }),
    ]
    for (const fact of facts) if (fact) when.append(fact, " ")
    line.append(when)
    if (kep) line.append(badge(kep, words))
    return line
  }
}

/** The row of a page goes behind those of its sections, if these are what was found. @param {HTMLAnchorElement} page */
function moveBehind(page) {
  const sections = [...(page.parentElement?.querySelectorAll(":scope > .md-search-result__link") ?? [])]
  const last = sections[sections.length - 1]
  if (last === page || sections[0] !== page) return
  last.after(page)
  page.classList.add("neco-search__page")
}

/** What a page is called by its kind; a title says it of the others. @param {string} kind @param {Words} words */
function nameOf(kind, words) {
  /** @type {Record<string, string>} */
  const names = { issue: words.issue, page: words.page, sig: words.sig, topic: words.topic }
  return names[kind]
}

/** @param {string} date */
function day(date) {
  const made = element("time", "", date)
  made.dateTime = date
  return made
}

/** As everywhere on the site: a pill for what shipped, another form for what is only planned. @param {NonNullable<Facts["kep"]>} kep @param {Words} words */
function badge({ number, standing }, words) {
  const made = element("span", "neco-search__kep", `KEP-${number}`)
  if (!standing) return made
  const reached = reachedOf(standing, words)
  const plan = planOf(standing, words)
  if (reached || !plan) {
    const pill = element("span", "neco-stage", reached || words.unreleased)
    if (standing.stage) pill.dataset.stage = standing.stage
    if (standing.ended) pill.dataset.ended = standing.ended
    made.append(" ", pill)
  }
  if (plan) made.append(" ", element("i", "neco-planned", plan))
  return made
}
