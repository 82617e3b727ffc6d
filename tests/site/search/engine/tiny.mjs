// Tiny sites for tests: a page is its address, its sections are headings and words.

import { answer } from "#search/engine.js"
import { prepared } from "#search/shard.js"
import { Site } from "#search/site.js"

/**
 * A page of an issue, where the address is a day, or of something else.
 *
 * @param {string} u @param {Record<string, string | object>} sections text, or fields, by heading; "" is the page's own
 * @param {object} [fields] more of the page
 */
export function page(u, sections, fields = {}) {
  const day = /^\d{4}-\d\d-\d\d$/.test(u) ? { d: u, k: "issue" } : {}
  const written = Object.entries({ "": "", ...sections })
  const fieldsOf = it => (typeof it === "string" ? { x: it } : { x: "", ...it })
  const s = written.map(([h, it]) => ({ a: h?.toLowerCase(), h, l: h ? 2 : 1, ...fieldsOf(it) }))
  return { u: `${u}/`, t: u, ...day, ...fields, s }
}

/** A KEP's page. */
export function kepPage(n, title, fields = {}) {
  const x = [fields.stage, fields.sig].filter(Boolean).join(" ")
  return { u: `keps/${n}/`, t: `KEP-${n}: ${title}`, k: "kep", e: { n, title, ...fields }, s: [{ a: "", x, q: [n] }] }
}

/** Shards of pages: each argument is a list of pages, or the whole of a shard. */
export function siteOf(shards, manifest = {}) {
  const site = new Site(manifest)
  for (const shard of shards)
    site.shards.push(prepared({ version: 1, name: "x", ...(Array.isArray(shard) ? { pages: shard } : shard) }))
  return site
}

/** What is asked of a site, as addresses: a list for each page, the page's own row last unless it was found itself. */
export function rowsOf(query, site) {
  return answer(query, site).items.map(group => group.map(item => item.location))
}

/** The addresses of the pages that are found. */
export const pagesOf = (query, site) => rowsOf(query, site).map(([row]) => row.split("#")[0].replace(/\/$/, ""))
