// Previews of what links lead to: a small file beside each page that has one says so, and is asked for once a reader means to
// see it. What it says is text, whatever it holds.

import { wordsOfSite } from "../wide/words.js"

/**
 * @import { Said } from "./details.js"
 * @import { Words } from "../wide/words.js"
 *
 * @typedef {object} Preview of an issue with `parts`, `[anchor, heading, beginning]`, the first the issue's own; of a KEP or
 *   a topic with `lines`
 * @property {"issue" | "kep" | "topic"} kind @property {string} title
 * @property {string} [day] @property {[string, string, string][]} [parts]
 * @property {string[]} [lines] @property {string} [stage] @property {string} [ended] @property {string} [pull]
 */

/** Previews that were asked for, by their addresses. @type {Map<string, Promise<Preview | null>>} */
const asked = new Map()

/** @param {{ href: string }} link @returns {string} where the preview of its page is */
export function addressOf({ href }) {
  const { origin, pathname } = new URL(href)
  return origin + pathname.replace(/(?:\/index\.html|\/)$/, "/preview.json").replace(/\.html$/, ".preview.json")
}

/** @param {HTMLAnchorElement} link @returns {Promise<Said | null>} null where it could not be loaded */
export async function previewOf(link) {
  const address = addressOf(link)
  const preview = asked.get(address) ?? loaded(address)
  asked.set(address, preview)
  const found = await preview
  if (!found) asked.delete(address) // perhaps there is a network when somebody asks again
  return found && saidOf(found, link.hash, wordsOfSite())
}

/** @param {string} address @returns {Promise<Preview | null>} */
async function loaded(address) {
  try {
    const response = await fetch(address)
    return response.ok ? await response.json() : null
  } catch {
    return null
  }
}

/** @param {Preview} preview @param {string} hash of the link @param {Words} words @returns {Said} */
export function saidOf({ kind, title, day = "", parts, lines = [], stage, ended, pull }, hash, words) {
  if (!parts) return { title, page: words[kind], data: { more: lines.join("\n"), stage, ended, pull } }
  const anchor = decoded(hash.slice(1))
  const [, heading = "", beginning = ""] = parts.find(it => it[0] === anchor) ?? parts[0] ?? []
  const dated = day && !title.includes(day) ? `${title} (${day})` : title
  const more = [heading ? dated : day, beginning].filter(Boolean).join("\n")
  return { title: heading || title, page: heading ? words.part : words.issue, data: { more } }
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
