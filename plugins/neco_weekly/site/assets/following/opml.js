// The feeds of what is followed, as a list that feed readers take: OPML 2.0, the same as the site's own list of all feeds.

/**
 * @import { State } from "./stars.js"
 * @import { Data } from "./visits.js"
 */

/** @type {Record<string, string>} */
const FOLDERS = { kep: "keps", sig: "sigs", topic: "topics" }

/** @type {Record<string, string>} */
const ESCAPED = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }

// XML 1.0 (production 2) has no place for these, not even escaped.
const NO_XML = /[^\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]+/gu

/** @param {string} id `kep/127` @param {string} root the whole address of the site's root @param {string} ending of addresses: `/` or `.html` */
export const pageOf = (id, root, ending) => new URL(`${path(id)}${ending}`, root).href

/** @param {string} id @param {string} root */
export const feedOf = (id, root) => new URL(`${path(id)}/feed.xml`, root).href

/** @param {string} id */
function path(id) {
  const [kind = "", name = ""] = id.split("/")
  return `${FOLDERS[kind]}/${name}`
}

/** Whether something has a page, and so a feed; that is taken for granted as long as nobody says.
 * @param {string} id @param {Data | null} data
 */
export function hasPage(id, data) {
  const [kind = "", name = ""] = id.split("/")
  return data === null || (data.pages[FOLDERS[kind] ?? ""] ?? []).some(it => String(it) === name)
}

/** @param {string} text */
const escaped = text => text.replace(NO_XML, " ").replace(/[&<>"]/g, it => ESCAPED[it] ?? "")

/**
 * @param {State} state @param {Data | null} data @param {string} title
 * @param {string} root @param {string} ending @returns {string}
 */
export function opmlOf(state, data, title, root, ending) {
  const there = Object.entries(state.stars).filter(([id]) => hasPage(id, data))
  const lines = there.map(([id, { name }]) => {
    const text = escaped(name)
    const [xml, html] = [feedOf(id, root), pageOf(id, root, ending)].map(escaped)
    return `<outline text="${text}" title="${text}" type="rss" xmlUrl="${xml}" htmlUrl="${html}" />`
  })
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<opml version="2.0">',
    `<head><title>${escaped(title)}</title></head>`,
    "<body>",
    ...lines,
    "</body>",
    "</opml>",
    "",
  ].join("\n")
}
